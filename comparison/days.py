"""Days: the first and last day that an EDTF expression of a plan can mean."""

import calendar
import re
from functools import lru_cache

_QUARTER = {33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12), 40: (1, 6), 41: (7, 12)}
_PART = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d|XX))?(?:-(?P<day>\d\d|XX))?")


@lru_cache(maxsize=65536)
def last_day(edtf: str | None) -> str | None:
    """ISO date of the last day; None for open or unreadable expressions.

    >>> last_day("2024"), last_day("2024-36"), last_day("2024-02"), last_day("2021/2025"), last_day("2025/..")
    ('2024-12-31', '2024-12-31', '2024-02-29', '2025-12-31', '2025-12-31')
    """
    if not edtf:
        return None
    first, _, second = edtf.partition("/")
    return _bound(first if second in {"", ".."} else second, last=True)


@lru_cache(maxsize=65536)
def first_day(edtf: str | None) -> str | None:
    """ISO date of the first day.

    >>> first_day("2024-40"), first_day("2024-05-XX")
    ('2024-01-01', '2024-05-01')
    """
    return _bound(edtf.partition("/")[0], last=False) if edtf else None


def _bound(part: str, *, last: bool) -> str | None:
    found = _PART.fullmatch(part)
    if not found:
        return None
    year, month, day = found["year"], found["month"], found["day"]
    if month in {None, "XX"}:
        return f"{year}-12-31" if last else f"{year}-01-01"
    if int(month) in _QUARTER:
        begin, end = _QUARTER[int(month)]
        return f"{year}-{end:02}-{_length(year, end):02}" if last else f"{year}-{begin:02}-01"
    if not 1 <= int(month) <= 12:
        return None
    if day in {None, "XX"}:
        return f"{year}-{month}-{_length(year, int(month)):02}" if last else f"{year}-{month}-01"
    return part


def _length(year: str, month: int) -> int:
    return calendar.monthrange(max(int(year), 1), month)[1]
