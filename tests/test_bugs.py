"""Bugs: every file in `bugs` has once made a process die, a rule fall over or a number wrong; all of them are read or refused now."""

from pathlib import Path

import pytest

from benchmarks.fuzz import faults
from pipeline import errors
from pipeline.__main__ import main
from pipeline.document import read_document
from tests.test_hostile import lines

BUGS = Path(__file__).parent / "bugs"
FILES = sorted(BUGS.iterdir())
TEXTS = [path for path in FILES if path.suffix == ".txt"]


def test_each_is_read_or_refused_for_a_reason_that_the_file_gives(tmp_path: Path) -> None:
    assert main(["extract", str(BUGS), "--out", str(tmp_path), "--quiet", "--jobs", "1", "--time-limit", "20", "--memory-limit", "700"]) == 1
    failures = lines(tmp_path / "failures.jsonl")
    reasons = {error.code for error in vars(errors).values() if isinstance(error, type) and issubclass(error, errors.UnreadableDocument)}
    assert {failure["name"]: failure["message"] for failure in failures if failure["code"] not in reasons} == {}
    named = {line["source"]["name"].partition("/")[0] for line in lines(tmp_path / "plans.jsonl")} | {failure["name"] for failure in failures}
    assert named == {path.name for path in FILES}


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_no_function_falls_over_a_text(path: Path) -> None:
    assert faults(path.read_bytes()) == {}


@pytest.mark.parametrize("name", ["form-that-draws-itself-twice.pdf", "forms-that-each-draw-the-next-twice.pdf", "form-without-names-of-its-own.pdf"])
def test_what_would_never_end_is_refused_before_it_begins(name: str) -> None:
    with pytest.raises(errors.TooLargeDocument, match="draws itself or others more than 100000 times"):
        read_document(BUGS / name, name)


def test_figures_that_are_struck_out_are_no_numbers() -> None:
    plan = read_document(BUGS / "struck-out-figures.txt", "x").plan
    assert [target.value for target in plan.targets] == []
    assert [deadline.time.text for deadline in plan.deadlines] == ["vào cuối năm 2024", "trước ngày 30/6/2024"]
