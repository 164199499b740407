"""Fuzz: a short run with fixed seeds; the long one is `make fuzz`. What it found stays here as a case."""

from pathlib import Path

import pytest

from benchmarks.fuzz import fuzzed_files, fuzzed_texts
from pipeline.ingest.xlsx import shown_number

PLANS = Path(__file__).parent.parent / "corpus" / "plans"


def test_made_up_texts_are_survived() -> None:
    assert list(fuzzed_texts(2_000, seed=1)) == []


def test_spoilt_files_are_read_or_refused() -> None:
    assert list(fuzzed_files(10, seed=2, folders=[PLANS])) == []


@pytest.mark.parametrize(
    ("value", "number", "code", "shown"),
    [("3000000", 14, "", "3000000"), ("-5", 14, "", "-5"), ("inf", 14, "", "inf"), ("nan", 0, "", "nan"), ("2958465", 14, "", "31/12/9999")],
)
def test_numbers_that_are_no_dates_any_more(value: str, number: int, code: str, shown: str) -> None:
    assert shown_number(value, number, code) == shown
