"""Days: readers of single days and of feasts: `ngày 30/6/2025`, `ngày 12 và 13 tháng 5`, `/ /2012`, `Tết Ất Tỵ`.

A reader takes the folded text, where to begin and where the line ends, and gives a moment or None.
"""

import re
from calendar import monthrange
from functools import cache

from extractors.layers.folded import fold_in_place, folded_pattern
from extractors.layers.moment import YEAR, Moment, number
from extractors.vocabulary import rows

_AND = r"\s*(?:-|,|và|đến)\s*(?:ngày\s*)?"
_DAY = folded_pattern(
    rf"""(?:ngày\s*(?P<from>\d{{1,2}}){_AND}|(?:ngày)?\s*)(?:
        (?!\d{{1,2}}\s-\s\d{{1,2}}\s?/)                                                       # 09 - 10/2026 are months
        (?P<d>\d{{1,2}})\s?[/.-]\s?(?P<m>\d{{1,2}})\s?[/.-]\s?(?P<y>{YEAR})                # ngày 30/6/2025   30-6-2025
      | (?P<d2>\d{{1,2}})_tháng\s*(?P<m2>\d{{1,2}})(?:\s*(?:năm|/|-)\s*(?P<y2>{YEAR}))?    # ngày 12 và 13 tháng 5 năm 2024
    )(?!\d|/)"""
)
_DAY_NO_YEAR = folded_pattern(
    rf"ngày\s*(?:(?P<from>\d{{1,2}}){_AND})?(?P<d>\d{{1,2}})\s?/\s?(?P<m>\d{{1,2}})(?![\d/%])"  # ngày 30/6   ngày 5-7/6
)
_MONTHDAY = folded_pattern(
    r"""ngày\s*(?:cuối_cùng|(?:mùng_)?(?P<d>\d{1,2}|một|đầu_tiên))(?:\s*(?:,|và|hoặc)\s*(?:ngày_)?\d{1,2}){0,6}
    (?=_(?:của_)?(?:(?:hằng|hàng|mỗi|từng|các)_tháng|tháng_(?:cuối|đầu|liền|sau|tiếp)))    # ngày 10 và ngày 25 (hằng tháng)"""
)
_BARE_DAY = folded_pattern(
    r"(?P<d>\d{1,2})\s?/\s?(?P<m>\d{1,2})(?=\s*(?:[,.;:()]|$|-|(?:và|hoặc|đến|hằng|hàng|của_năm|là)(?!\w)))"  # 30/4, 1/5
)
_DAY_BEFORE = folded_pattern(
    r"""(?<!\w)(?:ngày|dịp|trước|chậm_nhất|đến|từ|và|sau|lễ)(?:_[^,;.\d]{0,40})?\s*$
      | \d/\d{1,2}\s*(?:-|,|và|đến)\s*$                                                    # 15/6 - (15/8)"""
)
_DAY_AFTER = folded_pattern(r"\s*(?:-|đến)\s*(?:ngày\s*)?\d{1,2}\s?/\s?\d{1,2}(?!\d)")  # (16/3) - 31/3/2025
_BLANK_DAY = folded_pattern(
    rf"""(?:ngày)?[\s.…_]{{0,30}}/[\s.…_]{{0,30}}/\s*(?P<y>{YEAR})                                       # / /2012
      | ngày[\s.…_]{{0,30}}tháng[\s.…_]{{0,30}}(?P<m>\d{{1,2}})?[\s.…_]{{0,30}}năm\s*(?P<y2>{YEAR})             # ngày ... tháng 5 năm 2024"""
)
_LUNAR = folded_pattern(
    r"""(?:(?:ngày_)?(?:mùng|mồng)_\d{1,2}|rằm|ngày_\d{1,2})
    (?:(?:/|_tháng_|_)\d{1,2}(?:_năm_\d{4})?_âm_lịch                                       # ngày 10/3 âm lịch
      |(?:_đến_(?:mùng|mồng)_\d{1,2})?_tháng_(?:giêng|chạp)(?!\w)(?:_âm_lịch)?)            # mùng 8 đến mùng 10 tháng Giêng"""
)
_SPOKEN = {"tết nguyên đán": ("tết nguyên đán", "tết cổ truyền", "tết âm lịch", "tết")}


def day(key: str, at: int, end: int) -> Moment | None:
    """A day of a month, several days of one month among them."""
    m = _DAY.match(key, at, end)
    if m is None:
        return _numbered(_DAY_NO_YEAR.match(key, at, end), None)
    return _numbered(m, m["y"] or m["y2"])


def _numbered(m: re.Match[str] | None, year: str | None) -> Moment | None:
    if m is None:
        return None
    groups = m.groupdict()
    d, month = int(groups["d"] or groups["d2"]), int(groups["m"] or groups["m2"])
    if not (1 <= d <= 31 and 1 <= month <= 12):
        return None
    first, last = groups.get("from"), _tail(month, d, year)
    known = int(year) if year else None
    if first and 1 <= int(first) < d:
        return Moment(m.start(), m.end(), "day", known, _tail(month, int(first), year), last_tail=last)
    return Moment(m.start(), m.end(), "day", known, last)


def _tail(month: int, d: int, year: str | None) -> str:
    """Month and day of EDTF; a day that its month does not have stays open."""
    longest = monthrange(int(year) if year else 2024, month)[1]
    return f"-{month:02d}-{d:02d}" if d <= longest else f"-{month:02d}-XX"


def bare_day(key: str, at: int, end: int) -> Moment | None:
    """A day and month without `ngày`, only where words or another day announce it: a fraction looks the same."""
    m = _BARE_DAY.match(key, at, end)
    announced = m and (_DAY_BEFORE.search(key, max(0, at - 60), at) or _DAY_AFTER.match(key, m.end(), end))
    return _numbered(m, None) if announced else None


def blank_day(key: str, at: int, end: int) -> Moment | None:
    """A day that the draft leaves blank: `ngày ... tháng 5 năm 2024`."""
    m = _BLANK_DAY.match(key, at, end)
    if m is None:
        return None
    month = int(m["m"] or 0)
    return Moment(m.start(), m.end(), "day", int(m["y"] or m["y2"]), f"-{month:02d}-XX" if 1 <= month <= 12 else "-XX-XX")


def month_day(key: str, at: int, end: int) -> Moment | None:
    """A day of any month: `ngày 10 (hằng tháng)`, `ngày 15 (của tháng cuối quý)`."""
    m = _MONTHDAY.match(key, at, end)
    if m is None:
        return None
    d = 1 if m["d"] == "đầu tiên" else number(m["d"]) if m["d"] else None
    return Moment(m.start(), m.end(), "monthday", tail=f"-{d:02d}" if d else "")


def lunar_day(key: str, at: int, end: int) -> Moment | None:
    """A day of the lunar calendar, which is not converted."""
    m = _LUNAR.match(key, at, end)
    return Moment(m.start(), m.end(), "lunar") if m else None


def feast(key: str, at: int, end: int) -> Moment | None:
    """A feast of `vocabulary/holidays.csv`, with its year or the name of its lunar year."""
    pattern, days = _feasts()
    m = pattern.match(key, at, end)
    if m is None:
        return None
    name, year = m["feast"], m["y"]
    if (name, "") in days:
        return Moment(m.start(), m.end(), "feast", int(year) if year else None, f"-{days[name, '']}")
    found = days.get((name, year or m["name"] or ""))
    if found is None:
        return Moment(m.start(), m.end(), "feast", int(year) if year else None, name)
    return Moment(m.start(), m.end(), "feast", int(found[:4]), found[4:])


def feast_day(name: str, year: int | None) -> str | None:
    """The day of a lunar feast in a year.

    >>> feast_day("tết nguyên đán", 2025)
    '2025-01-29'
    """
    return _feasts()[1].get((name, str(year)))


@cache
def _feasts() -> tuple[re.Pattern[str], dict[tuple[str, str], str]]:
    """A pattern of all feasts with their year, and the day by feast and year or year's name."""
    days: dict[tuple[str, str], str] = {}
    for row in rows("holidays"):
        name, found = fold_in_place(row["feast"]), row["day"]
        if row["calendar"] == "lunar":
            for spoken in _SPOKEN.get(name, (name,)):
                days[spoken, found[:4]] = days[spoken, fold_in_place(row["name"])] = found
        else:
            days[name, ""] = found
    names = "|".join(re.escape(n) for n in sorted({name for name, _ in days}, key=len, reverse=True))
    zodiac = "|".join(re.escape(year) for year in sorted({year for _, year in days if year[:1].isalpha()}))
    pattern = rf"""(?P<feast>{names})(?!\w)
        (?:\s*(?:xuân\s+)?(?P<name>{zodiac})(?!\w))?                                       # Tết Nguyên đán Ất Tỵ
        (?:\s*,?\s*\(?\d{{1,2}}/\d{{1,2}}\)?(?!/))?                                        # Quốc khánh 2/9
        (?:\s*[-,]?\s*(?:năm\s*)?(?P<y>{YEAR}))?                                           # Tết Bính Ngọ 2026"""
    return re.compile(pattern, re.VERBOSE), days
