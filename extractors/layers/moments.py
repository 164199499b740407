"""Moments: days, months, quarters, half-years, years, periods, school years and feasts in a line, left to right."""

import re
from collections.abc import Callable, Iterator

from extractors.layers import days, stretches
from extractors.layers.folded import folded_pattern
from extractors.layers.moment import Moment
from extractors.layers.windows import anchors, windows

_ANCHORS = anchors(
    "ngày", "mùng", "mồng", "rằm", "tháng", "quý", "năm", "giai đoạn", "thời kỳ", "nhiệm kỳ", "niên khóa", "học kỳ", "hk", "tết",
    "quốc khánh", "giỗ tổ", "nửa", "/", "19", "20", *(f" t{n}" for n in range(1, 10)), " q1", " q2", " q3", " q4", " qi",
)  # fmt: skip
_TRIGGER = folded_pattern(
    r"""
    (?<![\w/])(?:
        (?P<day>ngày|mùng|mồng|rằm)
      | (?P<month>các_tháng|tháng|t(?=\d))
      | (?P<quarter>các_quý|quý|q(?=[1-4i]))
      | (?P<year>trong_các_năm|các_năm|những_năm|năm)
      | (?P<period>giai_đoạn|thời_kỳ|nhiệm_kỳ|niên_khóa)
      | (?P<school>học_kỳ|hk(?=[12i])|cả_năm_học)
      | (?P<feast>tết|quốc_khánh|giỗ_tổ)
      | (?P<half>nửa_(?:đầu|cuối)_năm|(?:0?\d|1[0-2]|ba|sáu|chín)_tháng(?=_(?:đầu|cuối|năm)))
    )(?![^\W\d_])
    | (?<![\w/.,])(?P<figures>(?:(?<=trước\ )|(?<=đến\ )|(?<=nhất\ )|(?<=từ\ ))\d{1,2}_tháng\s*\d{1,2}(?!\d)    # trước 30 tháng 6
      |\d{1,2}\s?[/.-]\s?\d|(?:19|20)\d\d(?!\d))        # 30/6/2025   12/2025   2024 - 2026
    | (?<![\w/])(?P<blank>[.…]{0,9}\s?/\s?[.…]{0,9}\s?/\s?(?=20\d\d))                  # / /2012
    """
)
_READERS: dict[str, tuple[Callable[[str, int, int], Moment | None], ...]] = {
    "day": (days.lunar_day, days.feast, days.day, days.blank_day, days.month_day),
    "month": (stretches.month,),
    "quarter": (stretches.quarter,),
    "year": (stretches.school, stretches.year, stretches.this_year),
    "period": (stretches.period,),
    "school": (stretches.school,),
    "feast": (days.feast,),
    "half": (stretches.half,),
    "figures": (days.day, stretches.month, days.bare_day, stretches.bare_years, stretches.bare_year),
    "blank": (days.blank_day,),
}


def moments(key: str, start: int, end: int) -> Iterator[Moment]:
    """The moments in `[start, end)` of a folded text, left to right, none overlapping.

    >>> [(m.unit, m.bounds(2024)) for m in moments("trong quý iv năm 2024, đến ngày 30/6, 6 tháng đầu năm 2025", 0, 58)]
    [('quarter', ('2024-36', '2024-36')), ('day', ('2024-06-30', '2024-06-30')), ('half', ('2025-40', '2025-40'))]
    """
    at = start
    for first, stop in windows(_ANCHORS, key, (start, end), (14, 12)):
        at = max(at, first)
        while at < stop and (found := _TRIGGER.search(key, at, stop)):
            moment = _read(key, found, end)
            if moment:
                yield moment
            at = moment.end if moment else found.end()


def _read(key: str, found: re.Match[str], end: int) -> Moment | None:
    """The moment that a trigger opens, by the first reader that understands it."""
    for reader in _READERS[found.lastgroup or "figures"]:
        moment = reader(key, found.start(), end)
        if moment and moment.end > found.start():
            return moment
    return None
