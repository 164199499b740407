"""Intervals: moments with the words that make them a deadline: by, from, in, during, and days that come back each year.

*Trước* excludes the day and *chậm nhất* includes it; *đến* runs to the end of what it names. A year is shared inside a
range (`từ tháng 3 đến tháng 5/2025`), running backwards over new year (`từ tháng 11 đến tháng 4/2026`). A year that the
text does not give comes from the document and is marked as assumed.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.layers.folded import folded_pattern
from extractors.layers.moments import Moment, moments

BY, IN, FROM, DURING, RECURRING, WITHIN, CONDITIONAL = "by", "in", "from", "during", "recurring", "within", "conditional"


class When(NamedTuple):
    """When: the value of a time, with the fields of the Plan's Time (EDTF; ISO 8601 durations)."""

    start: str | None = None
    end: str | None = None
    mod: str | None = None
    recurrence: str | None = None
    anchor: str | None = None
    duration: str | None = None
    calendar: str | None = None
    condition: str | None = None
    assumed: bool = False


class Found(NamedTuple):
    """Found: a time expression `[start, end)` of kind `label`; `lead` is its preposition's meaning, `unit` its moment's."""

    start: int
    end: int
    label: str
    when: When
    lead: str = ""
    unit: str = ""


class Clock(NamedTuple):
    """Clock: what the document gives to times without a year: its year, its date, the first year of its school year."""

    year: int | None = None
    today: str | None = None
    school: int | None = None


_HOUR = r"\d{1,2}\s*(?:giờ|h|g(?=\d))(?:\s*\d{1,2}\s*(?:phút|p|’|')?)?"
_LEAD = folded_pattern(
    rf"""(?<!\w)(?:
        (?P<latest>(?:chậm|muộn|trễ)_nhất(?:_(?:là|vào|trong|đến|tới|trước|hết))*|không_(?:quá|muộn_hơn|chậm_hơn|trễ_hơn)|hạn_(?:cuối|chót|nộp)(?:_là)?)
      | (?P<around>trước,?\s*(?:trong_)?(?:và|,)\s*sau)
      | (?P<before>(?:xong_|hoàn_thành_)?trước)
      | (?P<today>từ_nay_(?:cho_)?(?:đến|tới))
      | (?P<until>(?:cho_)?(?:đến|tới))
      | (?P<since>(?:kể_|bắt_đầu_)?từ)
      | (?P<after>sau)
      | (?P<inside>(?:vào|trong|nhân)(?:_(?:khoảng(?:_thời_gian)?|dịp|thời_gian|vòng|cả|toàn_bộ))?(?:_(?:từ))?(?:_(?:\d{{1,2}}|hai|ba|bốn|năm)(?=\s*$|_năm))?|dịp)
    )(?:\s+|$)
    (?:ngày_)?(?:(?:dự_kiến|khoảng)_)?(?:vào_)?(?P<hour>{_HOUR},?\s*(?:(?:sáng|chiều|tối)\s*,?\s*)?(?:đến_{_HOUR},?\s*)?)?
    (?:(?P<edge>hết|đầu|giữa|cuối|nửa_đầu|nửa_cuối|(?:thượng|trung|hạ)_tuần|tuần_\S+(?:_và_\d)?|tuần_thứ_\S+)_(?:của_)?)?(?:các_)?$"""
)
_EDGE = folded_pattern(
    rf"""(?<!\w)(?:(?:dự_kiến|khoảng)_)?(?:ngày_)?(?:(?P<hour>{_HOUR},?\s*(?:(?:sáng|chiều|tối)\s*,?\s*)?)
    |(?P<edge>đầu|giữa|cuối|hết|(?:thượng|trung|hạ)_tuần|tuần_(?:thứ_)?\w+(?:_và_\d)?)_(?:của_)?)$
    |(?<!\w)(?P<about>dự_kiến|khoảng)_$"""
)
_MODS = {"đầu": "start", "nửa đầu": "start", "thượng tuần": "start", "giữa": "mid", "trung tuần": "mid", "cuối": "end", "nửa cuối": "end", "hạ tuần": "end"}
_RANGE = folded_pattern(r"\s*(?:,?\s*(?:cho_)?(?:đến|tới)(?:_hết|_cuối)?|-)\s*$")
_LIST = folded_pattern(r"\s*(?:,|và|,\s*và|hoặc)\s*$")
_ONWARDS = folded_pattern(r"\s*(?:trở_đi|trở_về_sau|về_sau|trở_lại_đây)")
_AND_AFTER = folded_pattern(r"\s*(?:và|,)\s*(?:các|những)_năm_(?:tiếp_theo|sau|tiếp|kế_tiếp)")
_BACKWARDS = folded_pattern(r"\s*trở_về_trước")
_YEARLY = folded_pattern(r"\s*(?:của_)?(?:(?:hằng|hàng|mỗi|từng|các)_năm(?!_\d)|năm_(?:trước|sau|báo_cáo|liền_kề|kế_tiếp|tiếp_theo)(?:_(?:năm|liền_kề).{0,20})?)")
_MONTHLY = folded_pattern(r"\s*(?:của_)?(?:(?:hằng|hàng|mỗi|từng|các)_tháng|tháng_(?:sau|liền_kề|tiếp_theo))(?:_trong_(?:năm|quý))?")
_QUARTERLY = folded_pattern(r"\s*(?:của_)?tháng_(?:cuối|đầu|đầu_tiên|cuối_cùng)(?:_(?:của|mỗi|hằng|hàng|từng|các))*_(?:quý|kỳ)(?:_(?:sau|báo_cáo))?")
_LUNAR = folded_pattern(r"\s*\(?âm_lịch\)?")


class _Part(NamedTuple):
    """A moment with the words before it; `begin` is where they begin."""

    moment: Moment
    begin: int
    lead: str = ""
    edge: str = ""
    about: bool = False


def intervals(key: str, start: int, end: int, clock: Clock) -> Iterator[Found]:
    """The times of `[start, end)` of a folded text that are built on moments, left to right."""
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
    left = max(floor, moment.start - 70)
    m = _LEAD.search(key, left, moment.start)
    if m:
        lead = next(name for name in ("latest", "around", "before", "today", "until", "since", "after", "inside") if m[name])
        return _Part(moment, m.start(), lead, m["edge"] or "")
    m = _EDGE.search(key, left, moment.start)
    if m:
        return _Part(moment, m.start(), "edge" if m["edge"] else "", m["edge"] or "", bool(m["about"]))
    return _Part(moment, moment.start)


def _joins(key: str, one: _Part, two: _Part) -> bool:
    """Whether two moments are the ends of a range or members of one list."""
    a, b = one.moment, two.moment
    between = key[a.end : two.begin if two.lead != "until" else b.start]
    if two.lead == "until" and not key[a.end : two.begin].strip(" ,"):
        return one.lead in {"since", "inside", "edge", ""} and a.unit not in {"period", "term", "until", "feast"} and not a.wide
    if two.lead or two.edge or len(between) > 12:
        return False
    if _RANGE.match(between):
        return (one.lead == "since" or a.unit == b.unit) and not a.wide
    listed = bool(_LIST.match(between)) and a.unit == b.unit
    if listed and a.unit == "day":
        return a.year is None and b.year is None
    return listed and a.unit in {"month", "quarter", "year", "monthday"}


def _found(key: str, parts: Sequence[_Part], end: int, clock: Clock) -> Found:
    first, last = parts[0], parts[-1]
    moment = _merged(parts)
    at = last.moment.end
    calendar = "lunar" if moment.unit == "lunar" or _is_lunar_feast(key, moment) else None
    m = _LUNAR.match(key, at, end)
    if m:
        at, calendar = m.end(), "lunar"
    for pattern, period in ((_YEARLY, "P1Y"), (_MONTHLY, "P1M"), (_QUARTERLY, "P3M")):
        m = pattern.match(key, at, end)
        if m and (moment.year is None or period != "P1Y") and moment.unit not in {"year", "period", "years"}:
            return Found(first.begin, m.end(), RECURRING, _recurring(moment, period, first, calendar), first.lead, moment.unit)
    if first.lead in {"before", "latest"} and len(parts) == 2 and moment.unit == "day" and moment.year is None and _half_apart(moment):
        return Found(first.begin, at, RECURRING, _recurring(moment, "P1Y", first, calendar), first.lead, moment.unit)
    label, when = _dated(moment, first, len(parts), clock)
    when = when._replace(calendar=calendar or when.calendar)
    if calendar == "lunar" and moment.unit != "feast":
        when = when._replace(start=None, end=None)
    return _onwards(key, Found(first.begin, at, label, when, first.lead, moment.unit), moment, end)


def _onwards(key: str, found: Found, moment: Moment, end: int) -> Found:
    when = found.when
    m = _ONWARDS.match(key, found.end, end) or (not moment.wide and found.label in {IN, FROM} and _AND_AFTER.match(key, found.end, end))
    if m:
        return found._replace(end=m.end(), label=FROM, when=when._replace(start=when.start or when.end, end=None))
    m = _BACKWARDS.match(key, found.end, end)
    if m:
        return found._replace(end=m.end(), label="past")
    return found


def _merged(parts: Sequence[_Part]) -> Moment:
    """One moment from the first to the last part, the year shared."""
    a, b = parts[0].moment, parts[-1].moment
    if len(parts) == 1:
        return a
    tail = b.tail if b.last_tail is None else b.last_tail
    year, last = a.year, b.last or b.year
    if year is None and last is not None:
        year = last - 1 if _over_new_year(a.tail, tail) else last
    if last is None and year is not None:
        last = year + 1 if _over_new_year(a.tail, tail) else year
    return Moment(a.start, b.end, a.unit if a.unit != "bare" else b.unit, year, a.tail, last, tail)


def _over_new_year(first: str, last: str) -> bool:
    """Whether a range without a year between its ends begins in the year before: months and quarters run backwards."""
    return first[:3] > last[:3] and (first[1:3] < "13") == (last[1:3] < "13")


def _half_apart(moment: Moment) -> bool:
    first, last = moment.tail, moment.last_tail or ""
    return len(first) >= 3 and len(last) >= 3 and first[1:3].isdigit() and last[1:3].isdigit() and abs(int(first[1:3]) - int(last[1:3])) == 6


def _recurring(moment: Moment, period: str, first: _Part, calendar: str | None) -> When:
    if period == "P1Y" and moment.last_tail is not None and _half_apart(moment):
        period = "P6M"
    mod = {"before": "before", "latest": "on_or_before"}.get(first.lead) or _MODS.get(first.edge)
    if moment.unit == "monthday":
        return When(recurrence=period, mod=mod, anchor=f"XXXX-XX{moment.tail}" if moment.tail else None)
    return When(recurrence=period, mod=mod, anchor=f"XXXX{moment.tail}" if moment.tail else None, calendar=calendar)


def _dated(moment: Moment, first: _Part, count: int, clock: Clock) -> tuple[str, When]:
    lead, mod = first.lead, "approx" if first.about else _MODS.get(first.edge) or _week(first.edge)
    if moment.unit == "school":
        return _school(moment, first, clock)
    start, end = moment.bounds(_feast_year(clock) if moment.tail.startswith("tết") and "thu" not in moment.tail else clock.year)
    assumed = moment.year is None and start is not None
    if moment.unit == "until":
        return (DURING if clock.year else BY), When(start=str(clock.year) if clock.year else None, end=end)
    if lead == "today":
        return DURING, When(start=clock.today, end=end, assumed=assumed)
    if lead in {"latest", "before", "until"} and (count == 1 or lead != "until"):
        return BY, When(end=end, mod={"latest": "on_or_before", "before": "before"}.get(lead, mod), assumed=assumed)
    if lead == "since" and count == 1 and not moment.wide:
        return FROM, When(start=start, mod=mod, assumed=assumed)
    if lead == "after":
        later = str(int(start[:4]) + 1) if start and moment.unit in {"year", "bare"} else start
        return FROM, When(start=later, assumed=assumed)
    if moment.wide and (start != end or count > 1):
        return DURING, When(start=start, end=end, mod=mod, assumed=assumed)
    if (first.edge == "cuối" and moment.unit in {"year", "this"}) or (first.edge == "hết" and moment.unit != "feast"):
        return BY, When(end=end, mod=mod, assumed=assumed)
    if moment.unit == "feast" and lead in {"inside", "around"} and end and _floating(end):
        return IN, When(end=end[:4], assumed=assumed)
    return IN, When(end=end, mod=mod, assumed=assumed)


def _feast_year(clock: Clock) -> int | None:
    """The year of the next lunar new year: a plan of spring or later looks to the one after."""
    month = (clock.today or "")[5:7]
    return clock.year + 1 if clock.year and month.isdigit() and int(month) > 2 else clock.year


def _floating(day: str) -> bool:
    """Whether a feast's day is that of the lunar new year, whose season is not one day."""
    return day[5:7] in {"01", "02"}


def _week(edge: str) -> str | None:
    return None if not edge.startswith("tuần") else "start" if "đầu" in edge else "end" if "cuối" in edge else None


def _school(moment: Moment, first: _Part, clock: Clock) -> tuple[str, When]:
    year = moment.year or clock.school
    assumed = moment.year is None and year is not None
    if year is None:
        return IN, When(calendar="school_year")
    if moment.tail in {"-S1", "-S2"}:
        end = str(year if moment.tail == "-S1" else year + 1)
        return (BY if first.lead in {"before", "latest", "until"} else IN), When(end=end, mod=_MODS.get(first.edge), calendar="school_year", assumed=assumed)
    if first.edge in {"đầu", "cuối"}:
        end, mod = (f"{year}-09", "start") if first.edge == "đầu" else (f"{year + 1}-05", "end")
        return IN, When(end=end, mod=mod, calendar="school_year", assumed=assumed)
    if first.lead in {"before", "latest", "until"}:
        return BY, When(end=str(year + 1), calendar="school_year", assumed=assumed)
    return DURING, When(start=str(year), end=str(year + 1), calendar="school_year", assumed=assumed)


def _is_lunar_feast(key: str, moment: Moment) -> bool:
    words = key[moment.start : moment.end]
    return moment.unit == "feast" and bool(re.match(r"tết(?! dương)|rằm|giỗ", words))
