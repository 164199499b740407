"""Licences: what each package that the project installs is licensed under, and whether that may be imported by an Apache-2.0 project.

    python -m supply.licences

Read from the metadata of what is installed, along the requirements of `kehoach` with its extras; exit code 1 where one is not
allowed or says nothing.
"""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import NamedTuple

ROOT = "kehoach"
ALLOWED = frozenset(
    (
        "0BSD", "Apache-2.0", "Artistic", "BSD", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-0", "MIT-CMU", "MPL-2.0", "PSF-2.0", "Zlib",
    )
)  # fmt: skip
"""None of them asks that what imports a package be licensed alike; MPL-2.0 asks it of changed files of the package only."""
_SAID = {
    "Artistic License": "Artistic",
    "Apache Software License": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache License Version 2.0, January 2004": "Apache-2.0",
    "BSD License": "BSD",
    "3-Clause BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
}
"""What packages say in words of their own."""


class Licensed(NamedTuple):
    """Licensed: a package, its version and its licence as an SPDX expression, empty where it says none."""

    name: str
    version: str
    licence: str

    @property
    def is_allowed(self) -> bool:
        """Whether one way to read the expression holds allowed licences only."""
        return any(
            all(part.strip(" ()") in ALLOWED for part in choice.split(" AND "))
            for choice in re.split(r" OR |; ", self.licence.replace("AND (Apache-2.0 OR MIT)", "AND MIT"))
        )


def licensed(root: str = ROOT) -> list[Licensed]:
    """All packages that `root` and its extras need and that are installed here, by name."""
    found: dict[str, Licensed] = {}
    waiting = [root]
    while waiting:
        name = _key(waiting.pop())
        if name in found:
            continue
        try:
            package = distribution(name)
        except PackageNotFoundError:  # for another system, or an extra that is not installed
            continue
        found[name] = Licensed(name, package.version, licence_of(package))
        waiting += _required(package)
    return [found[name] for name in sorted(found) if name != _key(root)]


def licence_of(package: Distribution) -> str:
    """What the metadata of a package say, as an SPDX expression where that is known; else the title of the licence that comes with it."""
    data = package.metadata
    classes = [line.rpartition(" :: ")[2] for line in data.get_all("Classifier") or () if line.startswith("License ::")]
    expression, free = ("".join((data.get_all(field) or [""])[:1]).split("\n")[0] for field in ("License-Expression", "License"))
    words = expression or "; ".join(_SAID.get(one, one) for one in classes) or free or _title(package)
    return _SAID.get(words, words)


def _title(package: Distribution) -> str:
    """The first two lines of the licence file, in one."""
    text = package.read_text("licenses/LICENSE") or ""
    return " ".join(line.strip() for line in text.strip().split("\n")[:2])


def _required(package: Distribution) -> Iterator[str]:
    """What a package names, for any system; of extras those of the project itself only, since it asks for no other."""
    for line in package.requires or ():
        if "extra ==" not in line or _key(package.metadata["Name"]) == ROOT:
            name = re.match(r"[\w.-]+", line)
            if name:
                yield name[0]


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def main() -> int:
    """Print the table; exit code 1 where a licence is not allowed."""
    packages = licensed()
    for package in packages:
        print(f"{'  ' if package.is_allowed else '! '}{package.name:30} {package.version:14} {package.licence or 'says nothing'}")
    refused = [package for package in packages if not package.is_allowed]
    print(f"{len(packages)} packages, {len(refused)} under licences that are not allowed")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
