"""Audit: whether weaknesses are known of the pinned packages, asked of the database that pip-audit knows.

    python -m supply.audit

Exit code 0 where none is known or no database can be reached, which is said; 1 where one is known; 2 where pip-audit is missing.
"""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

PINS = Path(__file__).parent.parent / "constraints.txt"
_SECONDS = 600


def main() -> int:
    """Ask and print."""
    if find_spec("pip_audit") is None:
        print("pip-audit is not installed: pip install -c constraints.txt -e '.[supply]'", file=sys.stderr)
        return 2
    command = [sys.executable, "-m", "pip_audit", "--no-deps", "--disable-pip", "--progress-spinner", "off", "-f", "json", "-r", str(PINS)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
        packages: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        packages = []
    code, words = verdict(packages)
    print(words)
    return code


def verdict(packages: list[dict[str, Any]]) -> tuple[int, str]:
    """Exit code and words for what pip-audit lists.

    >>> verdict([{"name": "a", "skip_reason": "not found"}])
    (0, 'Not audited: no database of known weaknesses can be reached from here.')
    >>> verdict([{"name": "a", "version": "1", "vulns": []}, {"name": "b", "skip_reason": "not found"}])
    (0, '1 of 2 packages audited, no known weakness. Not found in the database: b.')
    >>> print(verdict([{"name": "a", "version": "1", "vulns": [{"id": "X-1", "fix_versions": ["2"]}]}])[1])
    a 1: X-1, mended in 2
    1 of 1 packages audited, 1 known weakness.
    """
    asked = [package for package in packages if "skip_reason" not in package]
    if not asked:
        return 0, "Not audited: no database of known weaknesses can be reached from here."
    known = [
        f"{package['name']} {package['version']}: {one['id']}, mended in {', '.join(one['fix_versions']) or 'no version yet'}\n"
        for package in asked
        for one in package["vulns"]
    ]
    missed = ", ".join(package["name"] for package in packages if "skip_reason" in package)
    count = {0: "no known weakness", 1: "1 known weakness"}.get(len(known), f"{len(known)} known weaknesses")
    rest = f" Not found in the database: {missed}." if missed else ""
    return (1 if known else 0), f"{''.join(known)}{len(asked)} of {len(packages)} packages audited, {count}.{rest}"


if __name__ == "__main__":
    sys.exit(main())
