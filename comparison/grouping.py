"""Grouping: an indicator by province, district or level; the values shown stand in plans, none is made up."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

from comparison.digest import Digest
from comparison.indicators import Catalogue
from comparison.localities import provinces_now
from schemas.comparison import GroupRow

By = Literal["province", "district", "level"]
BYS: tuple[By, ...] = ("province", "district", "level")
_Key = Literal["province", "province_now", "district", "level"]


def group_rows(digests: Sequence[Digest], catalogue: Catalogue, bys: Iterable[By] = BYS) -> list[GroupRow]:
    """Lowest, middle and highest level of each indicator, unit and horizon in each group; changes are left out."""
    rows: list[GroupRow] = []
    for by in (key for name in bys for key in _keys(name)):
        members: dict[str, set[str]] = defaultdict(set)
        levels: dict[tuple[str, str, str, str], dict[str, float]] = defaultdict(dict)
        for each in digests:
            for group in _groups(each, by):
                members[group].add(each.id)
                for aim in each.aims:
                    if aim.indicator and aim.change in {None, "increase_to", "decrease_to"}:
                        levels[(group, aim.indicator, aim.unit, aim.horizon or "")].setdefault(each.id, aim.low)
        rows += [_row((by, *key), len(members[key[0]]), sorted(found.values()), catalogue) for key, found in sorted(levels.items())]
    return rows


def _row(key: tuple[_Key, str, str, str, str], plans: int, values: list[float], catalogue: Catalogue) -> GroupRow:
    by, group, indicator, unit, horizon = key
    return GroupRow(
        by=by, group=group, indicator=indicator, label=catalogue.label(indicator), measure=unit, horizon=horizon or None,
        plans=plans, plans_with=len(values), low=values[0], middle=values[(len(values) - 1) // 2], high=values[-1],
    )  # fmt: skip


def _keys(by: By) -> tuple[_Key, ...]:
    """Provinces are shown as they were and as they are."""
    return ("province", "province_now") if by == "province" else (by,)


def _groups(digest: Digest, by: _Key) -> tuple[str, ...]:
    """The groups of a plan; one whose locality went into several provinces is in each."""
    place = digest.place
    if by == "level":
        return (digest.level,) if digest.level else ()
    if place is None:
        return ()
    if by == "province_now":
        return provinces_now(place)
    return tuple(filter(None, (place.province if by == "province" else place.district,)))
