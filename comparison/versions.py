"""Versions: what a later plan of one locality and subject did with the targets of the earlier one.

`raised` and `lowered` are about the printed level, whichever way is better; `moved` is the same level at another horizon.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from comparison.aims import Aim, text
from comparison.cascade import distinct
from comparison.digest import Digest
from comparison.indicators import Catalogue
from comparison.likeness import core
from comparison.verdicts import hindrance_of
from schemas.comparison import VersionChange, VersionRow


def versions(digests: Sequence[Digest], catalogue: Catalogue) -> list[VersionRow]:
    """Rows for each two plans that follow each other; copies with one header are no versions."""
    series: dict[tuple[str, str, str], list[Digest]] = defaultdict(list)
    for each in digests:
        if each.place is not None and each.subject:
            series[(each.place.key, each.subject, each.issuer or "")].append(each)
    rows: list[VersionRow] = []
    for key in sorted(series):
        ordered = sorted(series[key], key=lambda d: (d.issued_on or (d.period[0] if d.period else ""), d.id))
        for earlier, later in pairwise(ordered):
            if earlier.header_key is None or earlier.header_key != later.header_key:
                rows += _rows(earlier, later, catalogue)
    return rows


def _rows(earlier: Digest, later: Digest, catalogue: Catalogue) -> Iterator[VersionRow]:
    left = {id(aim): aim for aim in distinct(later.aims)}
    for aim in distinct(earlier.aims):
        other = _counterpart(aim, left.values())
        if other is not None:
            del left[id(other)]
        yield _row((earlier, later), aim, other, catalogue)
    for other in left.values():
        yield _row((earlier, later), None, other, catalogue)


def _counterpart(aim: Aim, others: Iterable[Aim]) -> Aim | None:
    """The same measure in the later plan: comparable and at the same horizon before others."""
    mine = [o for o in others if _measure(o) == _measure(aim)]
    return min(mine, key=lambda o: (hindrance_of(o, aim) is not None, o.end != aim.end, o.low != aim.low, o.place), default=None)


def _measure(aim: Aim) -> str:
    return aim.indicator or f"{core(aim.asked)}/{aim.unit}"


def _row(plans: tuple[Digest, Digest], aim: Aim | None, other: Aim | None, catalogue: Catalogue) -> VersionRow:
    shown = other or aim
    assert shown is not None
    reason = hindrance_of(other, aim) if aim is not None and other is not None else None
    return VersionRow(
        earlier=plans[0].id, later=plans[1].id, indicator=shown.indicator,
        label=catalogue.label(shown.indicator) if shown.indicator else shown.said,
        change="not_comparable" if reason else _change(aim, other), reason=reason,
        earlier_level=aim.words if aim else None, later_level=other.words if other else None,
        earlier_horizon=aim.horizon if aim else None, later_horizon=other.horizon if other else None,
        earlier_evidence=text(aim.plan, aim.place, aim.quote) if aim else None,
        later_evidence=text(other.plan, other.place, other.quote) if other else None,
    )  # fmt: skip


def _change(aim: Aim | None, other: Aim | None) -> VersionChange:
    if aim is None:
        return "added"
    if other is None:
        return "dropped"
    if (other.low, other.high) != (aim.low, aim.high):
        return "raised" if (other.low, other.high) > (aim.low, aim.high) else "lowered"
    return "kept" if other.end == aim.end else "moved"
