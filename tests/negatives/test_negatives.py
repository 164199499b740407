"""Negatives: at most one line in a hundred of those that hold no fact gives one."""

from collections import Counter

import pytest

from benchmarks.negatives import Negative, found_in, negatives

FLOOR = 0.01
ROWS = negatives()


@pytest.fixture(scope="module")
def false() -> list[tuple[Negative, str]]:
    return [(row, words) for row in ROWS for words in found_in(row)]


def test_there_are_enough_lines_of_every_family() -> None:
    families = Counter(row.family for row in ROWS)
    assert len(ROWS) >= 300
    assert families.keys() >= {"targets", "deadlines", "references", "responsibilities", "goals", "outline", "diagnostics"}
    assert len({row.text for row in ROWS}) > 0.98 * len(ROWS)


def test_hardly_a_line_gives_a_false_fact(false: list[tuple[Negative, str]]) -> None:
    assert len(false) <= FLOOR * len(ROWS), "\n".join(f"{row.family}: [{words}] {row.text}" for row, words in false)
