"""Reading: the plans of a finished run, one at a time, so that a folder of any size fits in memory."""

import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from comparison.errors import UnusableOutputs
from schemas.plan import Plan
from schemas.stored import UnknownVersion, check_version, stored_plan


def read_plans(folder: Path) -> Iterator[Plan]:
    """The plans of an outputs folder in their order; raises `UnusableOutputs` before the first where the run is none."""
    _check(folder)
    path = folder / "plans.jsonl"
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield _plan(line, f"{path}, line {number}")


def _check(folder: Path) -> None:
    """A finished run has `plans.jsonl` and, written last, `run.json`."""
    if not folder.is_dir():
        raise UnusableOutputs(f"no such folder: {folder}. Run `kehoach extract PATH --out {folder}` first.")
    if not (folder / "plans.jsonl").is_file():
        raise UnusableOutputs(f"{folder} holds no plans.jsonl, so it is no outputs folder. Name the folder that `extract --out` wrote.")
    report = folder / "run.json"
    if not report.is_file():
        raise UnusableOutputs(f"{folder} holds a half-written run (run.json is missing). Run extract again and let it finish.")
    try:
        run = json.loads(report.read_text(encoding="utf-8"))
        version, plans = run["schema_version"], run["counts"]["plans"]
    except (ValueError, KeyError, TypeError) as error:
        raise UnusableOutputs(f"{report} is damaged ({error}). Run extract again.") from error
    try:
        check_version(version)
    except UnknownVersion as error:
        raise UnusableOutputs(f"{folder} was {error}") from error
    with (folder / "plans.jsonl").open("rb") as file:
        found = sum(1 for line in file if line.strip())
    if found != plans:
        raise UnusableOutputs(f"{folder} is half-written: run.json counts {plans} plans, plans.jsonl holds {found}. Run extract again.")


def _plan(line: str, where: str) -> Plan:
    try:
        return stored_plan(line)
    except UnknownVersion as error:
        raise UnusableOutputs(f"{where} was {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])) or "the line"
        raise UnusableOutputs(f"{where}: {field}: {first['msg']}. The run is damaged or of another version; run extract again.") from error
