"""Supply: pins with hashes and without addresses, licences that allow importing, and a list of parts."""

import json
import re
from email.message import Message
from importlib.metadata import Distribution
from pathlib import Path

import pytest

from supply.licences import Licensed, licence_of, licensed
from supply.sbom import problems, write

ROOT = Path(__file__).parent.parent


def pins(name: str) -> dict[str, str]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    found = (re.match(r"([\w.-]+)==([\w.+!-]+)", line) for line in lines)
    return {re.sub(r"[-_.]+", "-", pin[1]).lower(): pin[2] for pin in found if pin}


def test_the_lock_has_what_the_pins_say_with_hashes_and_no_address() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked, pinned = pins("requirements.lock"), pins("constraints.txt")
    assert {name: version for name, version in locked.items() if pinned.get(name) != version} == {}, "make lock writes it anew"
    assert "://" not in text
    assert "://" not in (ROOT / "constraints.txt").read_text(encoding="utf-8")
    for entry in re.split(r"\n(?=[\w.-]+==)", text.split("\n", 2)[2]):
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry[:80]


def test_the_lock_has_everything_that_runs() -> None:
    needed = {re.sub(r"[-_.]+", "-", line.split('"')[1].split(">")[0].split("[")[0]).lower() for line in _runtime()}
    assert needed <= set(pins("requirements.lock"))


def _runtime() -> list[str]:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return [line for line in text.split("dependencies = [")[1].split("]\n")[0].splitlines() if '"' in line]


def test_every_package_may_be_imported() -> None:
    packages = licensed()
    assert len(packages) > 50
    assert [package for package in packages if not package.is_allowed] == []


@pytest.mark.parametrize(
    ("fields", "allowed"),
    [
        ({"License-Expression": "MIT"}, True),
        ({"License-Expression": "Apache-2.0 OR GPL-3.0-only"}, True),
        ({"License-Expression": "MIT AND GPL-3.0-only"}, False),
        ({"Classifier": "License :: OSI Approved :: GNU General Public License v3 (GPLv3)"}, False),
        ({"Classifier": "License :: OSI Approved :: BSD License"}, True),
        ({"License": "GPL"}, False),
        ({"License": "a licence of our own"}, False),
        ({"licenses/LICENSE": "\n   Apache License\n   Version 2.0, January 2004\n   TERMS"}, True),
        ({"licenses/LICENSE": "GNU GENERAL PUBLIC LICENSE\n   Version 3, 29 June 2007\n"}, False),
        ({}, False),
    ],
)
def test_a_licence_is_judged_by_what_the_package_says(fields: dict[str, str], allowed: bool) -> None:
    class Package(Distribution):
        metadata = Message()

        def read_text(self, filename: str) -> str | None:
            return fields.get(filename)

        def locate_file(self, path: object) -> Path:
            return Path()

    for name, value in fields.items():
        if "/" not in name:
            Package.metadata[name] = value
    assert Licensed("x", "1", licence_of(Package())).is_allowed is allowed


def test_the_list_of_parts_is_valid_and_names_what_is_installed(tmp_path: Path) -> None:
    write(tmp_path / "sbom.json")
    sbom = json.loads((tmp_path / "sbom.json").read_text(encoding="utf-8"))
    assert (sbom["bomFormat"], sbom["specVersion"], sbom["metadata"]["component"]["name"]) == ("CycloneDX", "1.6", "kehoach")
    assert {"lxml", "pypdfium2", "pydantic"} <= {part["name"] for part in sbom["components"]}
    assert list(problems(sbom)) == []
    sbom["components"][0] |= {"type": "thing", "licenses": [{"license": {"id": "None-1.0"}}]}
    assert len(list(problems(sbom))) == 2
