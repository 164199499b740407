"""Changes: one value, unit, comparator, date, place or number changed in a plan changes what rests on it and nothing else."""

import os

import pytest

from benchmarks.changes import changes, faults, read, said
from benchmarks.rewrites import plan_of
from benchmarks.samples import texts

TEXTS = texts(every=bool(os.environ.get("KEHOACH_FULL")))


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_changed_changes_and_nothing_else(name: str) -> None:
    text = plan_of(TEXTS[name])[1]
    plan = read(text)
    before = said(plan)
    assert [fault for change in changes(text, plan) for fault in faults(change, before)] == []
