"""Matrices: plans as columns, so that one look shows who aims at what, and who rests on what.

A matrix shows `PLANS` plans at most, those of the highest level first; a larger folder is read in the database.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from comparison.measures import level_words
from schemas.comparison import Ground, PlanEntry, Position

PLANS = 100
"""Plans of a matrix: more columns are no table for the eye."""
_RANK = {"central": 0, "province": 1, "district": 2, "commune": 3, None: 4}


class Matrix(NamedTuple):
    """Matrix: the ids of the plans that are its columns, and rows of leading words with the cells by plan."""

    leading: tuple[str, ...]
    plans: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], Mapping[str, str]], ...]


def indicator_matrix(positions: Sequence[Position], plans: Sequence[PlanEntry]) -> Matrix:
    """Indicators by plans; a cell has the levels with their horizons, `có` for a goal without number, `-` for a gap."""
    chosen = _columns(plans)
    cells: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in positions:
        if one.plan in chosen:
            words = _level(one) if one.kind == "target" else "có" if one.kind == "goal" else "-"
            told = cells[(one.label, one.indicator)][one.plan]
            if words not in told:
                told.append(words)
    rows = tuple((key, {plan: "; ".join(words) for plan, words in found.items()}) for key, found in cells.items())
    return Matrix(("label", "indicator"), chosen, rows)


def ground_matrix(grounds: Sequence[Ground], plans: Sequence[PlanEntry]) -> Matrix:
    """Instruments by plans, those of most plans first; a cell says whether the plan rests on it or cites it."""
    chosen = _columns(plans)
    cells: dict[str, dict[str, str]] = defaultdict(dict)
    titles: dict[str, str] = {}
    for one in grounds:
        if one.plan in chosen:
            titles[one.instrument] = titles.get(one.instrument) or one.title or ""
            if cells[one.instrument].get(one.plan) != "căn cứ":
                cells[one.instrument][one.plan] = "căn cứ" if one.role == "basis" else "viện dẫn"
    ordered = sorted(cells, key=lambda instrument: (-len(cells[instrument]), instrument))
    return Matrix(("instrument", "title"), chosen, tuple(((each, titles[each]), cells[each]) for each in ordered))


def _columns(plans: Sequence[PlanEntry]) -> tuple[str, ...]:
    """The plans of a matrix, as a dictionary's keys keep their order and are found fast."""
    ordered = sorted(plans, key=lambda plan: (_RANK[plan.level], plan.locality or "~", plan.issued_on or "", plan.id))
    return tuple(plan.id for plan in ordered[:PLANS])


def _level(one: Position) -> str:
    level = level_words(one)
    return f"{level} ({one.horizon_end})" if one.horizon_end else level
