"""Aims: what a comparison keeps of a target, small enough for a hundred thousand of them."""

import re
from functools import lru_cache
from typing import NamedTuple

from comparison.days import last_day
from comparison.denominators import group_of
from comparison.measures import level_words, measure_of
from extractors.layers.syllables import fold
from schemas.comparison import Text
from schemas.facts import Evidence, Level, OrganizationKind, Target
from schemas.plan import Plan

_UNITS = ("xã", "phường", "thị trấn", "huyện", "thành phố", "tỉnh")
_COUNTED = re.compile(rf"^(?:số |các |tỷ lệ )*+(?P<unit>{'|'.join(_UNITS)})(?!\w)(?! hội)")


_BEFORE = re.compile(r"(?: (?:của|tại|ở|trên địa bàn|toàn)){0,4}(?: (?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh))? ?$")
_Body = tuple[OrganizationKind, Level | None, bool]
_Led = tuple[int, int, tuple[_Body, ...]]


class Aim(NamedTuple):
    """Aim: a target in common units; `end` is the last day of its horizon, `counted` the kind of unit that it counts.

    `said` is the measure in the plan's words, `asked` the same without the plan's own place; `done_by` are kind, level and
    generic of the bodies that lead the task it stands in.
    """

    plan: str
    level: Level | None
    id: str
    indicator: str | None
    said: str
    asked: str
    population: str | None
    comparator: str
    value: float
    value_high: float | None
    printed_unit: str
    low: float
    high: float
    unit: str
    change: str | None
    per: str | None
    modality: str
    start: str | None
    horizon: str | None
    end: str | None
    group: str
    counted: str
    whole: float | None
    words: str
    clause: str
    section: str | None
    place: tuple[int, int, int | None]
    quote: str
    score: float | None = None
    runner_up: str | None = None
    runner_up_score: float | None = None
    printed_indicator: str | None = None
    done_by: tuple[_Body, ...] = ()

    @classmethod
    def own(cls, level: Level | None, plan: str) -> "Aim":
        """A target without content, that stands for a plan of a level."""
        blank = dict.fromkeys(cls._fields)
        return cls(**{**blank, "plan": plan, "level": level, "unit": "", "group": "", "asked": "", "counted": "", "done_by": ()})  # type: ignore[arg-type]

    @property
    def sort_key(self) -> tuple[str, int, str]:
        """Order within a folder that does not depend on the order of reading."""
        return self.plan, self.place[0], self.id


def aims_of(plan: Plan) -> tuple[Aim, ...]:
    """The targets of a plan, their indicators not yet matched."""
    level = level_of(plan)
    leaders = [(t.evidence.start, t.evidence.end, tuple((o.kind, o.level, o.generic) for o in t.lead)) for t in plan.tasks if t.lead]
    name = plan.locality.name if plan.locality else ""
    return tuple(
        _aim(plan, level, target, without_place(target.indicator_text, name), _leaders(leaders, target.evidence))
        for target in plan.targets
    )


def level_of(plan: Plan) -> Level | None:
    """The level of a plan: its locality's, else its issuer's."""
    if plan.locality is not None:
        return plan.locality.level
    return plan.header.issuer.level if plan.header.issuer else None


def text_at(plan: str, evidence: Evidence) -> Text:
    """Evidence as a row carries it, with a link into the canonical text."""
    return text(plan, (evidence.start, evidence.end, evidence.page), evidence.quote)


def text(plan: str, place: tuple[int, int, int | None], quote: str) -> Text:
    """The same from its parts."""
    link = f"plans/{plan}.txt#char={place[0]},{place[1]}"
    return Text(quote=quote, start=place[0], end=place[1], page=place[2], link=link)


def _aim(plan: Plan, level: Level | None, target: Target, asked: str, done_by: tuple[_Body, ...]) -> Aim:
    measure, time = measure_of(target), target.horizon
    horizon = (time.end or time.start) if time else None
    if horizon is None and plan.period is not None and target.horizon is None:
        horizon = plan.period.end
    return Aim(
        plan=plan.id, level=level, id=target.id, indicator=target.indicator, said=target.indicator_text, asked=asked,
        population=target.population, comparator=target.comparator, value=target.value, value_high=target.value_high,
        printed_unit=target.unit, low=measure.low, high=measure.high, unit=measure.unit, change=target.change,
        per=target.per, modality=target.modality, start=time.start if time else None, horizon=horizon, end=_end(horizon, time.mod if time else None),
        group=group_of(target.population, asked), counted=measure.part or _counted(target.unit, target.population or asked), whole=measure.whole,
        words=level_words(target), clause=target.text, section=target.section,
        place=(target.evidence.start, target.evidence.end, target.evidence.page), quote=target.evidence.quote,
        printed_indicator=target.indicator, done_by=done_by,
    )  # fmt: skip


def without_place(words: str, name: str) -> str:
    """A wording without the plan's own place, which tells nothing of the measure.

    >>> without_place("Tỷ lệ bao phủ bảo hiểm y tế trên địa bàn xã Hòa Phong", "Hòa Phong")
    'Tỷ lệ bao phủ bảo hiểm y tế'
    """
    at = words.find(name) if name else -1
    if at <= 0 or words[at + len(name) : at + len(name) + 1].isalnum():
        return words
    return _BEFORE.sub("", words[:at]) + words[at + len(name) :]


def _leaders(tasks: list[_Led], evidence: Evidence) -> tuple[_Body, ...]:
    return next((bodies for start, end, bodies in tasks if start <= evidence.start < end), ())


def _end(horizon: str | None, mod: str | None) -> str | None:
    """The last day; the middle of a year is the end of June, its beginning the end of March."""
    day = last_day(horizon)
    if day is not None and horizon is not None and len(horizon) == 4 and mod in {"mid", "start"}:
        return f"{horizon}-06-30" if mod == "mid" else f"{horizon}-03-31"
    return day


@lru_cache(maxsize=65536)
def _counted(unit: str, words: str) -> str:
    """The kind of administrative unit that a target counts, or takes a share of; empty where it counts none."""
    if unit in _UNITS:
        return unit
    if "/" in unit and unit.split("/")[-1] in _UNITS:
        return unit.split("/")[-1]
    if unit in {"%", "fraction"}:
        found = _COUNTED.match(fold(words))
        return found["unit"] if found else ""
    return ""
