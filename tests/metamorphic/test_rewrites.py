"""Rewrites: a plan that is spelled, wrapped or spaced another way says the same."""

import os
from pathlib import Path

import pytest

from benchmarks.rewrites import REWRITES, Rewrite, differences, facts_of, upper_headings
from benchmarks.samples import texts

EVERY = bool(os.environ.get("KEHOACH_FULL"))
"""With this set, all plans of the corpus, those beside the project and 200 invented ones; else a few of each kind."""
TEXTS = texts(every=EVERY)
HEADINGS = Rewrite("headings in capitals", upper_headings)


@pytest.fixture(scope="module")
def before() -> dict[str, dict[str, object]]:
    return {name: facts_of(text) for name, text in TEXTS.items()}


@pytest.mark.parametrize("rewrite", [*REWRITES, HEADINGS], ids=lambda rewrite: rewrite.name)
def test_the_facts_stay_the_same(rewrite: Rewrite, before: dict[str, dict[str, object]]) -> None:
    faults = []
    for name, text in TEXTS.items():
        rewritten = rewrite.of(text)
        if rewritten != text:
            faults += [f"{Path(name).stem}: {fault}" for fault in differences(before[name], facts_of(rewritten))]
    assert not faults, "\n".join(faults)
