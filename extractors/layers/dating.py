"""Dating: a moment and the words before it to the value of a time.

*Trước* excludes the day and *chậm nhất* includes it; *đến* runs to the end of what it names, so does *cuối năm*. A year
that the text does not give comes from the document and is marked as assumed.
"""

from extractors.layers.days import feast_day
from extractors.layers.moment import Moment
from extractors.layers.when import BY, DURING, FROM, IN, Clock, When

MODS = {
    "đầu": "start", "nửa đầu": "start", "thượng tuần": "start", "giữa": "mid", "trung tuần": "mid",
    "cuối": "end", "nửa cuối": "end", "hạ tuần": "end",
}  # fmt: skip
_BOUNDS = {"latest": "on_or_before", "before": "before"}
_LEADS_BY = frozenset({"latest", "before", "until"})


def dated(moment: Moment, lead: str, edge: str, clock: Clock, *, ranged: bool) -> tuple[str, When]:
    """Kind and value of a moment with its preposition (`lead`) and part (`edge`); `ranged` if it was printed as two."""
    if moment.unit == "school":
        return _school(moment, lead, edge, clock)
    mod = "approx" if lead == "about" else MODS.get(edge) or _week(edge)
    start, end = _bounds(moment, clock)
    assumed = moment.year is None and end is not None
    if moment.unit == "until":
        return (DURING if clock.year else BY), When(start=str(clock.year) if clock.year else None, end=end)
    if lead == "today":
        return DURING, When(start=clock.today, end=end, assumed=assumed)
    if lead in _LEADS_BY and not (ranged and lead == "until"):
        return BY, When(end=end, mod=_BOUNDS.get(lead, mod), assumed=assumed)
    if lead in {"since", "after"} and not ranged and not (moment.wide and lead == "since"):
        return FROM, When(start=_next(start, moment) if lead == "after" else start, mod=mod, assumed=assumed)
    if moment.wide:
        return DURING, When(start=start, end=end, mod=mod, assumed=assumed)
    if (edge == "cuối" and moment.unit in {"year", "this"} and lead != "inside") or (edge == "hết" and moment.unit != "feast"):
        return BY, When(end=end, mod=mod, assumed=assumed)
    if end and lead in {"inside", "around"} and _is_new_year(moment, end):
        return IN, When(end=end[:4], assumed=assumed)
    return IN, When(end=end, mod=mod, assumed=assumed)


def recurring(moment: Moment, period: str, lead: str, edge: str) -> When:
    """The value of a moment that comes back; two days or months half a year apart come back every six months."""
    if period == "P1Y" and half_apart(moment):
        period = "P6M"
    mod = _BOUNDS.get(lead) or MODS.get(edge)
    day = f"XXXX-XX{moment.tail}" if moment.unit == "monthday" else f"XXXX{moment.tail}"
    return When(recurrence=period, mod=mod, anchor=day if moment.tail.startswith("-") else None)


def half_apart(moment: Moment) -> bool:
    """Whether the two ends of a moment are six months apart: `15/6 và 15/12`.

    >>> half_apart(Moment(0, 9, "day", tail="-06-15", last_tail="-12-15"))
    True
    """
    first, last = moment.tail[1:3], (moment.last_tail or "")[1:3]
    return first.isdigit() and last.isdigit() and abs(int(first) - int(last)) == 6


def _bounds(moment: Moment, clock: Clock) -> tuple[str | None, str | None]:
    """First and last part; a lunar feast without a year is that of the plan's year, the new year the one to come."""
    if moment.unit != "feast" or moment.tail.startswith("-"):
        month = moment.tail[1:3]
        turned = clock.turn and month.isdigit() and int(month) < clock.turn and int(month) <= 12
        return moment.bounds(clock.year + 1 if clock.year and turned else clock.year)
    year = moment.year or clock.year
    month = (clock.today or "")[5:7]
    if year and moment.year is None and "trung thu" not in moment.tail and month.isdigit() and int(month) > 2:
        year += 1
    day = feast_day(moment.tail, year)
    return day, day


def _next(start: str | None, moment: Moment) -> str | None:
    """*Sau năm 2025* begins in 2026."""
    return str(int(start[:4]) + 1) if start and moment.unit in {"year", "bare"} else start


def _is_new_year(moment: Moment, day: str) -> bool:
    """Whether a feast is the lunar new year, whose season is not one day."""
    return moment.unit == "feast" and day[5:7] in {"01", "02"} and day[5:] != "01-01"


def _week(edge: str) -> str | None:
    if not edge.startswith("tuần"):
        return None
    return "start" if "đầu" in edge else "end" if "cuối" in edge else None


def _school(moment: Moment, lead: str, edge: str, clock: Clock) -> tuple[str, When]:
    """A school year runs from September to May; its first term ends in the year in which it begins."""
    year = moment.year or clock.school
    if year is None:
        return IN, When(calendar="school_year")
    when = When(mod=MODS.get(edge), calendar="school_year", assumed=moment.year is None)
    kind = BY if lead in _LEADS_BY else IN
    if moment.tail != "-S":
        return kind, when._replace(end=str(year if moment.tail == "-S1" else year + 1))
    if edge in {"đầu", "cuối"}:
        return kind, when._replace(end=f"{year}-09" if edge == "đầu" else f"{year + 1}-05")
    if kind == BY:
        return BY, when._replace(end=str(year + (lead != "before")), mod="before" if lead == "before" else when.mod)
    return DURING, when._replace(start=str(year), end=str(year + 1))
