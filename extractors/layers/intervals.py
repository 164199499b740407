"""Intervals: moments with the words that make them a deadline: by, from, in, during, and days that come back each year.

A year is shared inside a range (`từ tháng 3 đến tháng 5/2025`), running backwards over new year (`từ tháng 11 đến tháng
4/2026`).
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.layers.dating import dated, half_apart, recurring
from extractors.layers.folded import folded_pattern
from extractors.layers.moment import Moment
from extractors.layers.moments import moments
from extractors.layers.when import FROM, IN, PAST, RECURRING, Clock, Found

_HOUR = r"\d{1,2}\s*(?:giờ|h|g(?=\d))(?:\s*\d{1,2}\s*(?:phút|p|’|')?)?"
_DAYTIME = r"(?:(?:sáng|chiều|tối)\s*,?\s*)?"
_EDGE = r"(?P<edge>hết|đầu|giữa|cuối|nửa_đầu|nửa_cuối|(?:thượng|trung|hạ)_tuần|tuần_(?:thứ_)?\w+(?:_và_\d)?)"
_LEADS = ("latest", "around", "before", "today", "until", "since", "after", "inside")
_LEAD = folded_pattern(
    rf"""(?<!\w)(?:
        (?P<latest>(?:chậm|muộn|trễ)_nhất(?:_(?:là|vào|trong|đến|tới|trước|hết)){{0,3}}|không_(?:quá|(?:muộn|chậm|trễ)_hơn)
           |hạn_(?:cuối|chót|nộp)(?:_là)?)                                     # chậm nhất là ngày   hạn cuối là ngày
      | (?P<around>trước,?\s*(?:trong_)?(?:và|,)\s*sau)                        # trước, trong và sau Tết
      | (?P<before>(?:xong_|hoàn_thành_)?trước)
      | (?P<today>từ_nay_(?:cho_)?(?:đến|tới))
      | (?P<until>(?:cho_)?(?:đến|tới))
      | (?P<since>(?:kể_|bắt_đầu_)?từ)
      | (?P<after>sau)
      | (?P<inside>(?:vào|trong|nhân)(?:_(?:khoảng(?:_thời_gian)?|dịp|thời_gian|vòng|cả|toàn_bộ))?(?:_từ)?
           (?:_(?:dịp_)?(?:nghỉ_)?hè)?(?:_(?:\d{{1,2}}|hai|ba|bốn|năm)(?=\s*$|_năm))?|dịp)                # vào dịp   trong 3 (năm 2023 - 2025)
    )(?:\s+|$)
    (?:thời_điểm_)?(?:ngày_)?(?:(?:dự_kiến|khoảng)_)?(?:vào_)?(?:{_HOUR},?\s*{_DAYTIME}(?:đến_{_HOUR},?\s*)?)?
    (?:{_EDGE}_(?:của_)?)?(?:các_)?$"""
)
_PLAIN = folded_pattern(
    rf"""(?<!\w)(?:(?:dự_kiến|khoảng)_)?(?:ngày_)?(?:{_HOUR},?\s*{_DAYTIME}|{_EDGE}_(?:của_)?)$   # 8 giờ 00 ngày   đầu tháng
      | (?<!\w)(?P<about>dự_kiến|khoảng)_$"""
)
_RANGE = folded_pattern(r"\s*(?:,?\s*(?:cho_)?(?:đến|tới)(?:_hết|_cuối)?|-)\s*$")
_LIST = folded_pattern(r"\s*(?:,|và|,\s*và|hoặc)\s*$")
_ONWARDS = folded_pattern(r"\s*(?:trở_đi|trở_về_sau|về_sau|trở_lại_đây)")
_AND_AFTER = folded_pattern(r"\s*(?:và|,)\s*(?:các|những)_năm_(?:tiếp_theo|sau|tiếp|kế_tiếp)")
_BACKWARDS = folded_pattern(r"\s*trở_về_trước")
_COMES_BACK = (
    (
        folded_pattern(
            r"""\s*(?:của_)?(?:(?:hằng|hàng|mỗi|từng|các)_năm(?!_\d)
                |năm_(?:trước|sau|báo_cáo|liền_kề|kế_tiếp|tiếp_theo)(?:_(?:năm|liền_kề)[^,;.]{0,20})?)"""
        ),
        "P1Y",
    ),
    (
        folded_pattern(
            r"\s*(?:của_)?(?:(?:hằng|hàng|mỗi|từng|các)_tháng|tháng_(?:sau|liền_kề|tiếp_theo))(?:_trong_(?:năm|quý))?"
        ),
        "P1M",
    ),
    (folded_pattern(r"\s*(?:của_)?tháng_(?:cuối|đầu)_(?:của_)?(?:mỗi_|từng_|các_)?học_kỳ"), "P6M"),
    (
        folded_pattern(
            r"""\s*(?:của_)?tháng_(?:cuối|đầu|đầu_tiên|cuối_cùng)(?:_(?:của|mỗi|hằng|hàng|từng|các)){0,2}_(?:quý|kỳ)
                (?:_(?:sau|báo_cáo))?"""
        ),
        "P3M",
    ),
)
_LUNAR = folded_pattern(r"\s*\(?âm_lịch\)?")
_LUNAR_FEAST = re.compile(r"tết(?! dương)|rằm|giỗ")
_WINDOW = 70
"""Characters before a moment in which its preposition stands."""


class _Part(NamedTuple):
    """A moment with the words before it; `begin` is where they begin."""

    moment: Moment
    begin: int
    lead: str = ""
    edge: str = ""


def intervals(key: str, start: int, end: int, clock: Clock) -> Iterator[Found]:
    """The times of `[start, end)` of a folded text that are built on moments, left to right.

    >>> text = "từ tháng 11 đến tháng 4/2026, trước ngày 5/5"
    >>> [(f.label, f.when.start, f.when.end) for f in intervals(text, 0, len(text), Clock(2026))]
    [('during', '2025-11', '2026-04'), ('by', None, '2026-05-05')]
    """
    parts: list[_Part] = []
    for moment in moments(key, start, end):
        part = _part(key, parts[-1].moment.end if parts else start, moment)
        if parts and _joins(key, parts[-1], part):
            parts.append(part)
            continue
        if parts:
            yield _found(key, parts, end, clock)
        parts = [part]
    if parts:
        yield _found(key, parts, end, clock)


def _part(key: str, floor: int, moment: Moment) -> _Part:
    left = max(floor, moment.start - _WINDOW)
    m = _LEAD.search(key, left, moment.start)
    if m:
        return _Part(moment, m.start(), next(name for name in _LEADS if m[name]), " ".join((m["edge"] or "").split()))
    m = _PLAIN.search(key, left, moment.start)
    if m:
        return _Part(moment, m.start(), "edge" if m["edge"] else "about" if m["about"] else "", " ".join((m["edge"] or "").split()))
    return _Part(moment, moment.start)


def _joins(key: str, one: _Part, two: _Part) -> bool:
    """Whether two moments are the ends of a range or members of one list."""
    a, b = one.moment, two.moment
    if two.lead == "until" and not key[a.end : two.begin].strip(" ,"):
        opens = one.lead in {"since", "inside", "edge", "about", ""} and not a.wide
        return opens and a.unit not in {"period", "term", "until", "feast"}
    between = key[a.end : two.begin]
    if two.lead or len(between) > len(", cho đến hết "):
        return False
    if _RANGE.match(between):
        return (one.lead == "since" or a.unit == b.unit) and not a.wide
    if not _LIST.match(between) or a.unit != b.unit or _apart(a, b):
        return False
    return a.unit in {"month", "quarter", "year", "monthday"} or (a.unit == "day" and a.year is None and b.year is None)


_STEPS = {"month": frozenset({1, -11}), "quarter": frozenset({1, -3})}
"""By how much the next month or quarter is more, also over the new year."""


def _apart(a: Moment, b: Moment) -> bool:
    """Whether a list goes on with a month or quarter that does not follow on the one before, both or neither with a year."""
    counted = a.unit in _STEPS and a.tail[1:].isdigit() and b.tail[1:].isdigit()
    return counted and (a.year is None) == (b.year is None) and int(b.tail[1:]) - int((a.last_tail or a.tail)[1:]) not in _STEPS[a.unit]


def _found(key: str, parts: Sequence[_Part], end: int, clock: Clock) -> Found:
    first, moment, at = parts[0], _merged(parts), parts[-1].moment.end
    lunar = _LUNAR.match(key, at, end)
    at = lunar.end() if lunar else at
    calendar = "lunar" if lunar or moment.unit == "lunar" or _is_lunar_feast(key, moment) else None
    period, stop = _comes_back(key, at, end, moment)
    twice = len(parts) == 2 and first.lead in {"before", "latest"} and moment.unit == "day" and moment.year is None
    if period or (twice and half_apart(moment)):
        when = recurring(moment, period or "P1Y", first.lead, first.edge)
        return Found(first.begin, stop, RECURRING, when._replace(calendar=calendar) if calendar else when, first.lead, moment.unit)
    label, when = dated(moment, first.lead, first.edge, clock, ranged=len(parts) > 1)
    if calendar:
        when = when._replace(calendar=calendar)
    if calendar and calendar != "school_year" and moment.unit != "feast":
        when = when._replace(start=None, end=None, assumed=False)
    return _onwards(key, Found(first.begin, at, label, when, first.lead, moment.unit), moment, end)


def _comes_back(key: str, at: int, end: int, moment: Moment) -> tuple[str | None, int]:
    """How often a moment comes back by the words behind it, and where they end."""
    if moment.unit in {"year", "period", "years"}:
        return None, at
    for pattern, period in _COMES_BACK:
        m = pattern.match(key, at, end)
        if m and (moment.year is None or period != "P1Y"):
            return period, m.end()
    return None, at


def _onwards(key: str, found: Found, moment: Moment, end: int) -> Found:
    """The time with *trở đi*, *trở về trước*, *và các năm tiếp theo* behind it."""
    m = _ONWARDS.match(key, found.end, end)
    if m is None and not moment.wide and found.label in {IN, FROM}:
        m = _AND_AFTER.match(key, found.end, end)
    if m:
        begins = found.when.start or found.when.end
        return found._replace(end=m.end(), label=FROM, when=found.when._replace(start=begins, end=None))
    m = _BACKWARDS.match(key, found.end, end)
    return found._replace(end=m.end(), label=PAST) if m else found


def _merged(parts: Sequence[_Part]) -> Moment:
    """One moment from the first to the last part, the year shared."""
    a, b = parts[0].moment, parts[-1].moment
    if len(parts) == 1:
        return a
    tail = b.tail if b.last_tail is None else b.last_tail
    first, last = a.year, b.last or b.year
    over = _over_new_year(a.tail, tail)
    if first is None and last is not None:
        first = last - over
    if last is None and first is not None:
        last = first + over
    return Moment(a.start, b.end, b.unit if a.unit == "bare" else a.unit, first, a.tail, last, tail)


def _over_new_year(first: str, last: str) -> bool:
    """Whether a range without a year between its ends begins in the year before: months and quarters run backwards."""
    return bool(last) and first[:3] > last[:3] and (first[1:3] < "13") == (last[1:3] < "13")


def _is_lunar_feast(key: str, moment: Moment) -> bool:
    return moment.unit == "feast" and bool(_LUNAR_FEAST.match(key, moment.start))
