"""Stretches: readers of months, quarters, half-years, years, periods and school years.

A reader takes the folded text, where to begin and where the line ends, and gives a moment or None. A half-year is no
duration of six months. The tail of a school year is `-S`, of its terms `-S1` and `-S2`.
"""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from extractors.layers.folded import folded_pattern
from extractors.layers.moment import YEAR, Moment, number, years_of

_ROMAN = r"(?:iv|iii|ii|i|[1-4])(?![\w%])"
_QUARTERS = {"y": 33, "ii": 34, "iii": 35, "iv": 36, "1": 33, "2": 34, "3": 35, "4": 36}
"""EDTF numbers of the quarters; `i` alone is folded to `y`."""

_MONTH = folded_pattern(
    rf"""(?:các_)?t(?:háng)?\s*(?P<m>\d{{1,2}})(?!\d)(?P<more>(?:\s*(?:,|và|-|;)\s*(?:tháng_?)?\d{{1,2}}(?!\d)){{0,11}})
    (?:\s*(?:/|-|năm|của_năm)\s*(?P<y>{YEAR})|(?=_(?:hằng|hàng)_năm))                      # tháng 8, 9/2023   T9/2025"""
)
_MONTH_NO_YEAR = folded_pattern(
    r"""tháng\s*(?P<m>\d{1,2})(?![\d/%]|_tuổi)
    (?P<more>\s*(?:-|,)\s*(?:1[0-2]|[1-9])(?=\s*(?:[;.):]|,\s*[^\W\d_]|$))|(?:\s*(?:,|và|-)\s*tháng_\d{1,2}(?!\d)){0,11})   # tháng 9 và tháng 10"""
)
_BLANK_MONTH = folded_pattern(rf"tháng[\s.…_]{{0,30}}(?:/|năm)\s*(?P<y>{YEAR})")  # Tháng /2012
_BARE_MONTH = folded_pattern(
    rf"(?P<m>0?[1-9]|1[0-2])(?P<more>(?:\s-\s(?:0?[1-9]|1[0-2]))?)\s?/\s?(?P<y>{YEAR})(?!/|\w)"  # 12/2025   09 - 10/2026
)
_QUARTER = folded_pattern(
    rf"""(?:các_)?(?:quý|q)\s*(?P<q>{_ROMAN})(?P<more>(?:\s*(?:,|và|-|;|/)\s*(?:quý_)?{_ROMAN}){{0,3}})
    (?:(?:\s*[/,-])?\s*(?:(?:của_)?năm)?\s*(?P<y>{YEAR}))?                                 # quý IV năm 2024   Quý II, III/2024"""
)
_EVERY_YEAR = folded_pattern(r"\s*(?:của_)?(?:hằng|hàng|mỗi|từng|các)_năm(?!_\d)")
_HALF = folded_pattern(
    rf"""(?:(?P<n>\d{{1,2}}|ba|sáu|chín)_tháng(?:_(?P<side>đầu|cuối))?|nửa_(?P<half>đầu|cuối))_năm(?!_học)
    (?:\s*(?P<y>{YEAR}))?                                                                  # 6 tháng đầu năm 2025   nửa đầu năm"""
)
_YEAR = folded_pattern(
    rf"""(?:trong_)?(?:các_|những_)?năm\s*(?P<y>{YEAR})
    (?:\s*(?:-|/|đến(?:_hết)?(?:_năm)?|và|,)\s*(?:năm_)?(?P<y2>{YEAR}))?(?!/)              # năm 2024   các năm 2024 - 2026"""
)
_THIS_YEAR = folded_pattern(r"năm(?:_nay|_này|_ngân_sách|_tài_chính|(?=\s*(?:[.;,:)]|$)))(?!_\d)")
_IN_THIS_YEAR = folded_pattern(r"(?<!\w)(?:trong|đầu|giữa|cuối|hết)_$")
_PERIOD = folded_pattern(
    rf"""(?P<kind>giai_đoạn|thời_kỳ|nhiệm_kỳ|niên_khóa)(?:_từ)?(?:_năm)?\s*(?P<y>{YEAR})
        \s*(?:-|/|đến(?:_hết)?(?:_năm)?)\s*(?:năm_)?(?P<y2>{YEAR})                         # giai đoạn 2024 - 2026
      | giai_đoạn_(?:từ_nay_)?đến(?:_hết)?(?:_năm)?\s*(?P<y3>{YEAR})                       # giai đoạn đến năm 2030"""
)
_BARE_YEARS = re.compile(rf"(?P<y>{YEAR})\s?-\s?(?P<y2>{YEAR})(?![/\d])")
_BARE_YEAR = re.compile(r"(?P<y>20[0-4]\d)(?![\d/%]|[.,]\d|\s?-\s?\d)")
_SCHOOL = folded_pattern(rf"(?:cả_)?năm_học(?:\s*(?P<y>{YEAR})\s*-\s*(?P<y2>{YEAR}))?")
_TERM = folded_pattern(
    rf"(?:học_kỳ|hk)\s*(?P<n>ii|i|1|2)(?!\w)(?:(?:,|_của)?_năm_học\s*(?P<y>{YEAR})\s*-\s*(?P<y2>{YEAR}))?"
)


def month(key: str, at: int, end: int) -> Moment | None:
    """A month, or a list of months of one year."""
    m = _MONTH.match(key, at, end) or _MONTH_NO_YEAR.match(key, at, end) or _BARE_MONTH.match(key, at, end)
    if m is None:
        m = _BLANK_MONTH.match(key, at, end)
        return Moment(m.start(), m.end(), "month", int(m["y"]), "-XX") if m else None
    months = [int(m["m"]), *map(int, re.findall(r"\d+", m["more"]))]
    if not all(1 <= n <= 12 for n in months) or (m.re is _BARE_MONTH and months[-1] < months[0]):
        return None
    if _apart(m, "tháng", months, end):
        return Moment(m.start(), m.end("m"), "month", years_of(m)[0], f"-{months[0]:02d}")
    last = f"-{months[-1]:02d}" if len(months) > 1 else None
    return Moment(m.start(), m.end(), "month", years_of(m)[0], f"-{months[0]:02d}", last_tail=last)


def _apart(m: re.Match[str], word: str, numbers: Sequence[int], end: int) -> bool:
    """Whether a list names months or quarters that do not follow each other (`tháng 4 và tháng 10/2026`): each is a time of its own.

    Those of every year stay together, as what comes back names all of them.
    """
    listed = "-" not in m["more"] and m["more"].count(word) == len(numbers) - 1
    return listed and any(b != a + 1 for a, b in pairwise(numbers)) and _EVERY_YEAR.match(m.string, m.end(), end) is None


def quarter(key: str, at: int, end: int) -> Moment | None:
    """A quarter, or a list of quarters of one year."""
    m = _QUARTER.match(key, at, end)
    if m is None:
        return None
    printed = (m["q"], *re.findall(r"iv|iii|ii|y|[1-4]", m["more"].replace("quý", "")))
    if _apart(m, "quý", [_QUARTERS[one] for one in printed], end):
        return Moment(m.start(), m.end("q"), "quarter", years_of(m)[0], f"-{_QUARTERS[printed[0]]}")
    last = f"-{_QUARTERS[printed[-1]]}" if len(printed) > 1 else None
    return Moment(m.start(), m.end(), "quarter", years_of(m)[0], f"-{_QUARTERS[printed[0]]}", last_tail=last)


def half(key: str, at: int, end: int) -> Moment | None:
    """A half-year, or the first or last months of a year: `9 tháng đầu năm` is January to September."""
    m = _HALF.match(key, at, end)
    if m is None:
        return None
    year, side = years_of(m)[0], m["side"] or m["half"]
    if side is None and year is None:
        return None
    count = 6 if m["half"] else number(m["n"])
    if count == 6:
        return Moment(m.start(), m.end(), "half", year, "-41" if side == "cuối" else "-40")
    first, last = (13 - count, 12) if side == "cuối" else (1, count)
    return Moment(m.start(), m.end(), "half", year, f"-{first:02d}", last_tail=f"-{last:02d}") if 1 <= count <= 12 else None


def _years(pattern: re.Pattern[str], unit: str) -> Callable[[str, int, int], Moment | None]:
    def read(key: str, at: int, end: int) -> Moment | None:
        m = pattern.match(key, at, end)
        first, last = years_of(m) if m else (None, None)
        if m is None or first is None or (last and last <= first):
            return None
        return Moment(m.start(), m.end(), unit, first, last=last)

    return read


year = _years(_YEAR, "year")
bare_years = _years(_BARE_YEARS, "years")
bare_year = _years(_BARE_YEAR, "bare")


def this_year(key: str, at: int, end: int) -> Moment | None:
    """The running year: `trong năm`, `cuối năm`, `năm nay`."""
    m = _THIS_YEAR.match(key, at, end)
    if m is None or not (m.end() > at + len("năm") or _IN_THIS_YEAR.search(key, max(0, at - 12), at)):
        return None
    return Moment(m.start(), m.end(), "this")


def period(key: str, at: int, end: int) -> Moment | None:
    """A period of years, a term of office, or a period that has only an end."""
    m = _PERIOD.match(key, at, end)
    if m is None:
        return None
    if m["y3"]:
        return Moment(m.start(), m.end(), "until", int(m["y3"]))
    unit = "term" if m["kind"] in {"nhiệm kỳ", "niên khóa"} else "period"
    return Moment(m.start(), m.end(), unit, int(m["y"]), last=int(m["y2"])) if int(m["y"]) < int(m["y2"]) else None


def school(key: str, at: int, end: int) -> Moment | None:
    """A school year or one of its two terms."""
    m = _TERM.match(key, at, end)
    if m:
        return Moment(m.start(), m.end(), "school", years_of(m)[0], "-S1" if m["n"] in {"y", "1"} else "-S2")
    m = _SCHOOL.match(key, at, end)
    return Moment(m.start(), m.end(), "school", years_of(m)[0], "-S") if m else None
