"""Grouping: an indicator by province, district or level; the values shown stand in plans, none is made up."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

from comparison.digest import Digest
from comparison.indicators import Catalogue
from schemas.comparison import GroupRow

By = Literal["province", "district", "level"]
BYS: tuple[By, ...] = ("province", "district", "level")


def group_rows(digests: Sequence[Digest], catalogue: Catalogue, bys: Iterable[By] = BYS) -> list[GroupRow]:
    """Lowest, middle and highest level of each indicator, unit and horizon in each group; changes are left out."""
    rows: list[GroupRow] = []
    for by in bys:
        members: dict[str, set[str]] = defaultdict(set)
        levels: dict[tuple[str, str, str, str], dict[str, float]] = defaultdict(dict)
        for each in digests:
            group = _group(each, by)
            if group is None:
                continue
            members[group].add(each.id)
            for aim in each.aims:
                if aim.indicator and aim.change in {None, "increase_to", "decrease_to"}:
                    levels[(group, aim.indicator, aim.unit, aim.horizon or "")].setdefault(each.id, aim.low)
        for (group, indicator, unit, horizon), found in sorted(levels.items()):
            values = sorted(found.values())
            rows.append(
                GroupRow(
                    by=by, group=group, indicator=indicator, label=catalogue.label(indicator), measure=unit, horizon=horizon or None,
                    plans=len(members[group]), plans_with=len(values), low=values[0], middle=values[(len(values) - 1) // 2],
                    high=values[-1],
                )
            )
    return rows


def _group(digest: Digest, by: By) -> str | None:
    if by == "level":
        return digest.level
    if digest.place is None:
        return None
    return digest.place.province if by == "province" else digest.place.district
