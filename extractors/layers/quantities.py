"""Quantities: what a number is of: its unit, the rate or the period that belongs to it, and so its sort."""

import re
from typing import NamedTuple

from extractors.layers.counted import per_at
from extractors.layers.folded import folded_pattern
from extractors.layers.marks import Mark
from extractors.layers.syllables import fold

PERCENTAGE, FRACTION, COUNT, FREQUENCY, RATIO = "percentage", "fraction", "count", "frequency", "ratio"
MONEY, AGE, GRADE, DURATION = "money", "age", "grade", "duration"
PERIODS = {"năm": "P1Y", "năm học": "P1Y", "học kỳ": "P6M", "quý": "P3M", "tháng": "P1M", "tuần": "P1W", "ngày": "P1D"}
PERIOD = r"(?:năm_học|học_kỳ|năm|quý|tháng|tuần|ngày)(?![^\W\d_])"
_LABELS = {"money": MONEY, "age": AGE, "grade": GRADE, "duration": DURATION}
_EVENTS = frozenset(fold(word) for word in ("lần", "lượt", "buổi", "đợt", "kỳ", "phiên", "số", "cuộc"))
_BOUND = r"(?:(?:ít_nhất|tối_thiểu|không_dưới|không_quá|tối_đa|khoảng|từ)(?:_là)?_)?"
_BEFORE = folded_pattern(rf"(?<![^\W\d_])(?<!nửa[ ])(?:(?:mỗi|một|hằng|hàng|trong)_|(?P<bare>)(?!năm|học))(?P<period>{PERIOD})[,]?_{_BOUND}$")
_LEADING = folded_pattern(rf"(?:(?:mỗi|một|hằng|hàng|trong)_|(?!năm|học)){PERIOD}[,]?_{_BOUND}")
_SLASH = re.compile(r"\s*/\s*")
_CYCLE = folded_pattern(r"(?:[ ]?/[ ]?(?:(?:01|1|một)_)?|_(?:01|1|một)_)lần(?!\w)")
_AFTER = folded_pattern(rf"[ ]?(?:/[ ]?|(?P<word>mỗi|một|trong|hằng|hàng)_(?:một_)?)(?P<period>{PERIOD})(?![ ]*(?:\d|[ivx]+\b))")


class Number(NamedTuple):
    """Number: `value` (and `high` of a range) in `unit`; `of` is the total of `15/20 xã`; `per` an ISO 8601 duration.

    `noun` is the kind of what is counted, `worded` says that the number is written in words.
    """

    value: float
    unit: str
    high: float | None = None
    of: float | None = None
    per: str | None = None
    noun: str = ""
    worded: bool = False


class Place(NamedTuple):
    """Place: figures or number words `[start, end)` and the noun behind them, which ends at `noun_end`."""

    start: int
    end: int
    noun_end: int


def quantity(text: str, key: str, place: Place, number: Number) -> Mark:
    """The mark of a counted noun, with the rate or the period that belongs to it."""
    start, end, noun_end = place
    unit = unit_of(text, end, noun_end)
    if number.noun == "percentage":
        return Mark(start, noun_end, PERCENTAGE, number._replace(unit=unit))
    label = _LABELS.get(number.noun, COUNT)
    cycle = _CYCLE.match(key, noun_end) if label == DURATION else None
    if cycle and number.high is None and fold(unit) in PERIODS:
        times = Number(1, f"lần/{' '.join(text[start:noun_end].split())}", per=_length(number.value, fold(unit)), noun="event")
        return Mark(start, cycle.end(), FREQUENCY, times)
    after, rate_end = _period_after(key, noun_end, label, unit), per_at(key, noun_end)
    if after and (rate_end is None or rate_end <= after.end()):
        kind, period = RATIO if number.noun == "measure" else FREQUENCY, after["period"]
        return Mark(start, after.end(), kind, number._replace(unit=f"{unit}/{period}", per=PERIODS[period]))
    if rate_end:
        kind = DURATION if label == DURATION else RATIO
        return Mark(start, rate_end, kind, number._replace(unit=unit_of(text, end, rate_end)))
    number = number._replace(unit=unit)
    return _in_period(key, place, number) or Mark(start, noun_end, label, number)


def _length(count: float, unit: str) -> str:
    """The duration of so many periods.

    >>> _length(6, "tháng"), _length(2, "quý"), _length(1, "năm học")
    ('P6M', 'P6M', 'P1Y')
    """
    period = PERIODS[unit]
    return f"P{int(count) * int(period[1:-1])}{period[-1]}"


def figures_at(key: str, mark: Mark) -> int:
    """Where the figures or number words of a mark begin: behind `mỗi năm`, where it begins with a period."""
    period = _LEADING.match(key, mark.start, mark.end)
    return period.end() if period else mark.start


def unit_of(text: str, start: int, end: int) -> str:
    """A unit as printed, blanks folded.

    >>> unit_of("50 triệu  đồng / người", 2, 23)
    'triệu đồng/người'
    """
    return _SLASH.sub("/", " ".join(text[start:end].split()))


def _period_after(key: str, at: int, label: str, unit: str) -> re.Match[str] | None:
    """`lần/năm`, `lần mỗi năm`; `trong năm` makes a frequency only of times."""
    after = _AFTER.match(key, at)
    if not after or label not in {COUNT, DURATION} or (label == DURATION and after["word"]):
        return None
    return None if after["word"] == "trong" and fold(unit) not in {"lần", "lượt"} else after


def _in_period(key: str, place: Place, number: Number) -> Mark | None:
    """`mỗi năm một lần` is a frequency; `mỗi năm 04 lớp` a count a year."""
    before = _BEFORE.search(key, max(0, place.start - 40), place.start)
    if not before or number.noun in _LABELS or (before["bare"] is not None and fold(number.unit) not in {"lần", "buổi"}):
        return None
    period = before["period"]
    number = number._replace(per=PERIODS[period])
    if period == "năm" and fold(number.unit) not in _EVENTS:
        return Mark(before.start(), place.noun_end, COUNT, number)
    return Mark(before.start(), place.noun_end, FREQUENCY, number._replace(unit=f"{number.unit}/{period}"))
