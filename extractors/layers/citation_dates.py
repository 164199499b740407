"""Citation dates: the date of an instrument behind its symbol, in figures or words, with blanks of drafts."""

import re
from datetime import date
from typing import NamedTuple

from extractors.layers.letterhead import edtf_date

_BLANK = r"[\s.…_]{0,20}"
_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"""
    [ \t]*[,(]?[ \t]*(?:(?:được\s+)?(?:ban\s+hành|ký)\s+)?
    (?:
      [Nn]gày[ \t]*(?P<d1>\d{{1,2}})?{_BLANK}[/.-]{_BLANK}(?P<m1>\d{{1,2}})?{_BLANK}[/.-]{_BLANK}(?P<y1>{_YEAR})?(?!\d)
                                                                  # ngày 03/5/2024   ngày .../.../2024
    | [Nn]gày{_BLANK}(?P<d2>\d{{1,2}})?{_BLANK}tháng{_BLANK}(?P<m2>\d{{1,2}})?{_BLANK},?\ ?năm{_BLANK}(?P<y2>{_YEAR})?
                                                                  # ngày 27 tháng 10 năm 2015   ngày tháng năm 2012
    | [Nn]gày[ \t]*[.…_]{{1,20}}(?=[ \t]*(?:của\b|[,;)\n]|$))              # ngày … của
    | [Nn]gày[ \t]*/[ \t]*(?P<m3>\d{{1,2}})/(?P<y3>{_YEAR})        # ngày /4/2026
    | tháng\s+(?P<m4>\d{{1,2}})(?:\s+năm\s+|\s?/\s?)(?P<y4>{_YEAR})    # tháng 4 năm 2026
    | năm\s+(?P<y5>{_YEAR})(?=\s+của\b)                           # năm 2017 của
    )
    \)?
    """,
    re.VERBOSE,
)


class CitationDate(NamedTuple):
    """CitationDate: `value` is EDTF, None where all is blank; `flags` tell blanks and days that no calendar has."""

    start: int
    end: int
    value: str | None
    flags: tuple[str, ...] = ()


def read_date(text: str, start: int) -> CitationDate | None:
    """The date that stands at `start`, behind a comma or blank.

    >>> read_date(" ngày 03/5/2024 của", 0).value, read_date(", ngày 27 tháng 10 năm 2015", 0).value
    ('2024-05-03', '2015-10-27')
    >>> read_date(" ngày .../.../2024", 0).value, read_date(" ngày 31/4/2024", 0).flags, read_date(" của Chính phủ", 0)
    ('2024-XX-XX', ('date_impossible',), None)
    """
    found = _DATE.match(text, start)
    if found is None:
        return None
    day, month, year = (
        next((found[f"{part}{k}"] for k in range(1, 6) if f"{part}{k}" in found.re.groupindex and found[f"{part}{k}"]), None)
        for part in "dmy"
    )
    value, flags = edtf_date(day, month, year), tuple[str, ...]()
    if found["y5"]:
        value = year
    elif found["y4"]:
        value, flags = f"{year}-{int(month or 0):02d}", ("blank_date",)
    elif not (day and month and year):
        flags = ("blank_date",)
    elif not _exists(int(year), int(month), int(day)):
        value, flags = None, ("date_impossible",)
    begin = found.start() + len(found[0]) - len(found[0].lstrip(" \t,("))
    end = found.end() - (found[0].endswith(")") and "(" not in found[0])
    return CitationDate(begin, end, value, flags)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
