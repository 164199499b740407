"""Verdicts: how one target stands to another; comparability is stated, never assumed.

Two levels are compared only in one unit, of one group, of one kind (level or change), and for one horizon. With two
horizons one dominates where it is at least as strict and no later; otherwise the horizons stand in the way.
"""

from typing import NamedTuple

from comparison.aims import Aim
from comparison.denominators import agree
from comparison.facets import difference, parts_of
from schemas.comparison import Reason, Verdict, When
from schemas.facts import Level

LEVELS = frozenset({"same", "stricter", "weaker", "higher", "lower"})
"""Verdicts that compare numbers."""

_TO = {"increase_to", "decrease_to"}
_RANK = {"commune": 0, "district": 1, "province": 2, "central": 3}
_COUNTED = {"xã": "commune", "phường": "commune", "thị trấn": "commune", "huyện": "district", "quận": "district", "tỉnh": "province"}


class Finding(NamedTuple):
    """Finding: a verdict of the first target against the second, how their horizons stand, and what forbids comparing."""

    verdict: Verdict
    when: When
    reason: Reason | None = None


def find(one: Aim, other: Aim, direction: str | None) -> Finding:
    """How `one` stands to `other`; `direction` is that of their common indicator, if known."""
    when = when_of(one.end, other.end)
    hindrance = hindrance_of(one, other)
    if hindrance == "other_scope":
        return Finding("contributes_to", when, hindrance)
    if hindrance:
        return Finding("not_comparable", when, hindrance)
    verdict = order_of(one, other, direction)
    if verdict is None:
        return Finding("not_comparable", when, "range_overlaps")
    if "approx" in {one.comparator, other.comparator} and verdict != "same":
        return Finding("not_comparable", when, "approximate")
    conflict = (verdict in {"stricter", "higher"} and when == "later") or (verdict in {"weaker", "lower"} and when == "earlier")
    unknown = verdict in {"higher", "lower"} and when in {"earlier", "later"}
    return Finding("not_comparable", when, "other_horizon") if conflict or unknown else Finding(verdict, when)


def seen(aim: Aim) -> tuple[object, ...]:
    """All that `find` looks at: targets of one indicator that are the same here stand to every other alike."""
    return (
        aim.level, aim.counted, aim.group, aim.per, aim.unit, aim.change, aim.comparator, aim.low, aim.high, aim.end,
        parts_of(aim.indicator or "", aim.asked),
    )  # fmt: skip


def hindrance_of(one: Aim, other: Aim) -> Reason | None:
    """What forbids comparing two targets of one indicator as numbers."""
    if scope_differs(one, other) or scope_differs(other, one):
        return "other_scope"
    if (one.change in _TO or one.change is None) != (other.change in _TO or other.change is None):
        return "change_against_level"
    if one.change != other.change and not (one.change in _TO or one.change is None):
        return "other_change"
    if one.unit != other.unit or one.per != other.per:
        return "other_unit"
    if not agree(one.group, other.group):
        return "other_denominator"
    return difference(one.indicator or "", one.asked, other.asked)


def scope_differs(one: Aim, other: Aim) -> bool:
    """Whether `one` counts units that `other` has a part of, or is one of: 96 communes of the province, 12 of a district's.

    A share of 100% holds in every part, so that the part's share can be compared with it.
    """
    counted = _COUNTED.get(one.counted)
    if counted is None or one.level is None or other.level is None or _RANK[other.level] >= _RANK[one.level]:
        return False
    if _RANK[counted] == _RANK[other.level]:
        return True
    return other.counted == one.counted and not (one.unit == other.unit == "%" and one.low >= 100)


def binds(aim: Aim, level: Level | None) -> bool:
    """Whether a target obliges a plan of a level: shares of people, households, cases do; so does what holds for 100% of its
    kind, or for each of them. What bodies of the plan's own do binds none.
    """
    if aim.done_by and not any(generic and its == level for _, its, generic in aim.done_by):
        return False
    if scope_differs(aim, Aim.own(level, "")):
        return aim.unit == "%" and aim.low >= 100 and aim.whole is None
    if aim.change in {"increase_by", "decrease_by", "multiply_by"} or aim.group == "grdp":
        return False
    if aim.unit == "%":
        return aim.whole is None
    return "/" in aim.unit and aim.indicator is not None and not aim.indicator.startswith("x:")


def when_of(one: str | None, other: str | None) -> When:
    """How a last day stands to another.

    >>> when_of("2027-12-31", "2026-12-31"), when_of(None, "2026-12-31")
    ('later', 'unknown')
    """
    if one is None or other is None:
        return "unknown"
    return "same" if one == other else "later" if one > other else "earlier"


def _implied(aim: Aim) -> str | None:
    """The direction that the words of a target give: `giảm còn 36%`, `không quá`, `dưới` want less."""
    if aim.change in {"decrease_to"} or aim.comparator in {"le", "lt"}:
        return "lower"
    if aim.change in {"increase_to"} or aim.comparator in {"ge", "gt"}:
        return "higher"
    return None


def _both_imply(one: Aim, other: Aim) -> str | None:
    """The direction that one of two targets gives, or both; `không quá` against `ít nhất` gives none."""
    implied = {_implied(one), _implied(other)} - {None}
    return implied.pop() if len(implied) == 1 else None


def order_of(one: Aim, other: Aim, direction: str | None) -> Verdict | None:
    """Which of two levels asks for more, whatever their horizons; None where ranges overlap."""
    direction = direction or _both_imply(one, other)
    if (one.low, one.high) == (other.low, other.high):
        step = _boundary(one.comparator) - _boundary(other.comparator)
        if direction is None or step == 0:
            return "same"
        return "stricter" if (step > 0) == (direction == "higher") else "weaker"
    if one.low >= other.high:
        more = True
    elif one.high <= other.low:
        more = False
    else:
        return None
    if direction is None or one.change in {"increase_by", "decrease_by", "multiply_by"}:
        return "higher" if more else "lower"
    return "stricter" if more == (direction == "higher") else "weaker"


def _boundary(comparator: str) -> int:
    """`trên 95` asks for more than `đạt 95`, `dưới 95` for less."""
    return {"gt": 1, "lt": -1}.get(comparator, 0)
