"""SBOM: the list of the parts of the program as CycloneDX 1.6, held against the published schema.

    python -m supply.sbom outputs/sbom.json

Exit code 0 where the list is whole and valid; 1 where it is not, which is said; 2 where cyclonedx-bom is missing. The schemas come with
the package; its own check of them takes minutes, another validator less than a second.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jsonschema_rs

ROOT = Path(__file__).parent.parent
_ADDRESS = "http://cyclonedx.org/schema/"
_SCHEMA = "bom-1.6.SNAPSHOT.schema.json"
_NAMED_IN_IT = ("spdx.SNAPSHOT.schema.json", "jsf-0.82.SNAPSHOT.schema.json")


def main(arguments: list[str]) -> int:
    """Write and check."""
    if find_spec("cyclonedx_py") is None:
        print("cyclonedx-bom is not installed: pip install -c constraints.txt -e '.[supply]'", file=sys.stderr)
        return 2
    out = Path(arguments[0])
    write(out)
    sbom = json.loads(out.read_text(encoding="utf-8"))
    wrong = list(problems(sbom))
    print(*wrong, f"{out}: {len(sbom['components'])} parts, {'not valid' if wrong else 'valid'} CycloneDX 1.6", sep="\n")
    return 1 if wrong else 0


def write(out: Path) -> None:
    """List what is installed beside this Python."""
    command = [sys.executable, "-m", "cyclonedx_py", "environment", sys.executable, "--pyproject", "pyproject.toml", "--sv", "1.6"]
    command += ["--of", "JSON", "--output-reproducible", "--no-validate", "-o", str(out.resolve())]
    subprocess.run(command, cwd=ROOT, check=True, stderr=subprocess.DEVNULL)


def problems(sbom: dict[str, Any]) -> Iterator[str]:
    """Where a list is not what the schema of CycloneDX 1.6 asks for, as lines."""
    registry = jsonschema_rs.Registry([(_ADDRESS + name, _schema(name)) for name in _NAMED_IN_IT])
    validator = jsonschema_rs.validator_for(_schema(_SCHEMA), registry=registry)
    for error in validator.iter_errors(sbom):
        yield f"{'/'.join(map(str, error.instance_path))}: {error.message[:200]}"


def _schema(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((files("cyclonedx.schema") / "_res" / name).read_text(encoding="utf-8"))
    return schema


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
