"""Stored: outputs of older versions stay readable, and those of a newer one are refused with what to do."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from comparison.errors import UnusableOutputs
from comparison.reading import read_plans
from schemas import stored
from schemas.plan import SCHEMA_VERSION
from schemas.stored import UnknownVersion, stored_plan

STORED = Path(__file__).parent / "stored"
LINE = (STORED / "1.0" / "plans.jsonl").read_text(encoding="utf-8").splitlines()[0]


@pytest.mark.parametrize("version", sorted(folder.name for folder in STORED.iterdir()))
def test_outputs_of_every_version_are_read(version: str) -> None:
    (plan,) = read_plans(STORED / version)
    assert plan.schema_version == SCHEMA_VERSION
    assert [(target.value, target.comparator) for target in plan.targets] == [(80, "gt")]
    assert plan.header.code == "12/KH-UBND"


def test_every_version_has_stored_outputs_or_is_written_now() -> None:
    assert {folder.name for folder in STORED.iterdir()} == {*stored.STEPS, SCHEMA_VERSION}


def test_an_older_version_is_taken_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    def named(plan: dict[str, Any]) -> dict[str, Any]:
        return {**{key: value for key, value in plan.items() if key != "aims"}, "goals": plan["aims"], "schema_version": "0.9"}

    monkeypatch.setattr(stored, "STEPS", {"0.8": named, "0.9": lambda plan: {**plan, "schema_version": "1.0"}})
    old = json.loads(LINE)
    old = {**{key: value for key, value in old.items() if key != "goals"}, "aims": old["goals"], "schema_version": "0.8"}
    assert stored_plan(json.dumps(old)) == stored_plan(LINE)


@pytest.mark.parametrize("version", ["2.0", "0.1", "", None, [], 1.0])
def test_an_unknown_version_is_named(version: Any, tmp_path: Path) -> None:
    line = json.dumps({**json.loads(LINE), "schema_version": version})
    with pytest.raises(UnknownVersion, match="written with schema"):
        stored_plan(line)
    (tmp_path / "plans.jsonl").write_text(f"{line}\n", encoding="utf-8")
    (tmp_path / "run.json").write_text('{"schema_version": "1.0", "counts": {"plans": 1}}', encoding="utf-8")
    with pytest.raises(UnusableOutputs, match=r"line 1 was written with schema"):
        list(read_plans(tmp_path))


@pytest.mark.parametrize("text", ["{", "[]", "7", '{"schema_version": "1.0"}', "", LINE.replace('"%"', "7")])
def test_what_is_damaged_is_not_called_new(text: str) -> None:
    with pytest.raises(ValidationError):
        stored_plan(text)
