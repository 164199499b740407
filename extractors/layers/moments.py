"""Moments: days, months, quarters, half-years, years, periods, school years and feasts, wherever they stand.

A moment is read from the folded text of one line. Its parts are kept apart until the year is known: `tail` is what
stands behind the year in EDTF (`-12-15`, `-05`, `-36`), `last` and `last_tail` the other end of a moment that is wider. The tail of a lunar feast without a year is its name.
A school year begins in September and ends in May; a half-year is no duration of six months.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from extractors.layers.folded import fold_in_place, folded_pattern
from extractors.layers.windows import anchors, windows
from extractors.vocabulary import rows


class Moment(NamedTuple):
    """Moment: characters `[start, end)` of a line that name a stretch of the calendar.

    `unit` is `day`, `month`, `quarter`, `half`, `year`, `period`, `until` (a period without a start), `term`, `school`,
    `feast`, `this` (the running year), `monthday` (a day of any month) or `lunar` (a day of the lunar calendar, not converted).
    """

    start: int
    end: int
    unit: str
    year: int | None = None
    tail: str = ""
    last: int | None = None
    last_tail: str | None = None

    def bounds(self, year: int | None) -> tuple[str | None, str | None]:
        """EDTF of the first and the last part, `year` standing in for a missing one."""
        first = self.year or year
        last = self.last or first
        if self.unit == "feast" and not self.tail.startswith("-"):
            day = _feasts()[1].get((self.tail, str(first)))
            return day, day
        if self.unit in {"monthday", "lunar"} or first is None or last is None:
            return None, None
        return f"{first}{self.tail}", f"{last}{self.tail if self.last_tail is None else self.last_tail}"

    @property
    def wide(self) -> bool:
        """Whether its two ends differ."""
        return self.last is not None or self.last_tail is not None


_Y = r"(?:19|20)\d\d(?![\d%])"
_ROMAN = r"(?:iv|iii|ii|i|[1-4])(?![\w%])"
_QUARTERS = {"y": 33, "ii": 34, "iii": 35, "iv": 36, "1": 33, "2": 34, "3": 35, "4": 36}
NUMBERS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}

_ANCHORS = anchors(
    "ngày", "mùng", "mồng", "rằm", "tháng", "quý", "năm", "giai đoạn", "thời kỳ", "nhiệm kỳ", "niên khóa", "học kỳ", "hk", "tết", "quốc khánh",
    "giỗ tổ", "nửa", "/", "19", "20", " t1", " t2", " t3", " t4", " t5", " t6", " t7", " t8", " t9", " q1", " q2", " q3", " q4", " qi",
)  # fmt: skip
TRIGGER = folded_pattern(
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
    | (?<![\w/.,])(?P<figures>\d{1,2}\s?[/.-]\s?\d|(?:19|20)\d\d(?!\d))
    | (?<![\w/])(?P<blank>[.…]*\s?/\s?[.…]*\s?/\s?(?=20\d\d))
    """
)

_DAY = folded_pattern(
    rf"""(?:ngày\s*(?P<from>\d{{1,2}})\s*(?:-|,|và|đến)\s*(?:ngày\s*)?|(?:ngày)?\s*)(?:
        (?P<d>\d{{1,2}})\s?[/.-]\s?(?P<m>\d{{1,2}})\s?[/.-]\s?(?P<y>{_Y})          # ngày 30/6/2025   30-6-2025
      | (?P<d2>\d{{1,2}})_tháng\s*(?P<m2>\d{{1,2}})(?:\s*(?:năm|/|-)\s*(?P<y2>{_Y}))? # ngày 30 tháng 6 năm 2025   ngày 30 tháng 6
    )(?!\d|/)"""
)
_DAY_NO_YEAR = folded_pattern(r"ngày\s*(?:(?P<from>\d{1,2})\s*(?:-|,|và|đến)\s*(?:ngày\s*)?)?(?P<d>\d{1,2})\s?/\s?(?P<m>\d{1,2})(?![\d/%])")  # ngày 30/6
_MONTHDAY = folded_pattern(
    r"""ngày\s*(?:cuối_cùng|(?:mùng_)?(?P<d>\d{1,2}|một|đầu_tiên))
    (?:\s*(?:,|và|hoặc)\s*(?:ngày_)?\d{1,2})*                                         # ngày 10 và ngày 25 (hằng tháng)
    (?=_(?:(?:của_)?(?:hằng_tháng|hàng_tháng|mỗi_tháng|tháng_cuối|tháng_đầu|tháng_liền|tháng_sau|tháng_tiếp|từng_tháng|các_tháng)))"""
)
_BARE_DAY = folded_pattern(r"(?P<d>\d{1,2})\s?/\s?(?P<m>\d{1,2})(?=\s*(?:[,.;:)]|$|và_|hoặc_|đến_|-|hằng_|hàng_|của_năm|là_|\())")
_DAY_BEFORE = folded_pattern(r"(?<!\w)(?:ngày|dịp|trước|chậm_nhất|đến|từ|và|sau|lễ)(?:_[^,;.\d]{0,40})?\s*$|\d/\d{1,2}\s*(?:-|,|và|đến)\s*$")
_BLANK_DAY = folded_pattern(
    rf"""(?:ngày)?[\s.…_]*/[\s.…_]*/\s*(?P<y>{_Y})                                    # / /2012
      | ngày[\s.…_]*tháng[\s.…_]*(?P<m>\d{{1,2}})?[\s.…_]*năm\s*(?P<y2>{_Y})          # ngày ... tháng 5 năm 2024"""
)
_LUNAR = folded_pattern(r"(?:(?:ngày_)?(?:mùng|mồng)_\d{1,2}|rằm|ngày_\d{1,2})(?:/|_tháng_|_)(?P<m>\d{1,2}|giêng|chạp)(?:_năm_\d{4})?_(?:âm_lịch|năm_âm)")
_MONTH = folded_pattern(
    rf"""(?:các_)?t(?:háng)?\s*(?P<m>\d{{1,2}})(?!\d)(?P<more>(?:\s*(?:,|và|-|;)\s*(?:tháng_?)?\d{{1,2}}(?!\d))*)
    (?:\s*(?:/|-|năm|của_năm)\s*(?P<y>{_Y})|(?=_(?:hằng|hàng)_năm))"""                # tháng 8, 9/2023   tháng 9 năm 2025   T9/2025
)
_MONTH_NO_YEAR = folded_pattern(r"tháng\s*(?P<m>\d{1,2})(?![\d/%]|_tuổi)(?P<more>(?:\s*(?:,|và|-)\s*tháng_\d{1,2}(?!\d))*)(?P<y>)")
_BLANK_MONTH = folded_pattern(rf"tháng[\s.…_]*(?:/|năm)\s*(?P<y>{_Y})")              # Tháng /2012
_BARE_MONTH = folded_pattern(rf"(?P<m>0?[1-9]|1[0-2])\s?/\s?(?P<y>{_Y})(?!/|\w)(?P<more>)")
_QUARTER = folded_pattern(
    rf"""(?:các_)?(?:quý|q)\s*(?P<q>{_ROMAN})(?P<more>(?:\s*(?:,|và|-|;|/)\s*(?:quý_)?{_ROMAN})*)
    (?:(?:\s*[/,-])?\s*(?:(?:của_)?năm)?\s*(?P<y>{_Y}))?"""                           # quý IV năm 2024   Quý II, III/2024   Q4/2024
)
_HALF = folded_pattern(
    rf"""(?:(?P<n>\d{{1,2}}|ba|sáu|chín)_tháng(?:_(?P<side>đầu|cuối))?|nửa_(?P<half>đầu|cuối))_năm(?!_học)(?:\s*(?P<y>{_Y}))?"""
)
_YEAR = folded_pattern(
    rf"""(?:trong_)?(?:các_|những_)?năm\s*(?P<y>{_Y})(?:\s*(?:-|/|đến(?:_hết)?(?:_năm)?|và|,)\s*(?:năm_)?(?P<y2>{_Y}))?(?!/)"""
)
_THIS_YEAR = folded_pattern(r"năm(?:_nay|_này|_ngân_sách|_tài_chính|(?=\s*(?:[.;,:)]|$)))(?!_\d)")
_IN_THIS_YEAR = folded_pattern(r"(?<!\w)(?:trong|đầu|giữa|cuối|hết)_$")
_PERIOD = folded_pattern(
    rf"""(?P<kind>giai_đoạn|thời_kỳ|nhiệm_kỳ|niên_khóa)(?:_từ)?(?:_năm)?\s*(?P<y>{_Y})\s*(?:-|/|đến(?:_hết)?(?:_năm)?)\s*(?:năm_)?(?P<y2>{_Y})
      | giai_đoạn_(?:từ_nay_)?đến(?:_hết)?(?:_năm)?\s*(?P<y3>{_Y})"""                 # giai đoạn đến năm 2030
)
_BARE_YEARS = re.compile(rf"(?P<y>{_Y})\s?-\s?(?P<y2>{_Y})(?![/\d])")
_BARE_YEAR = re.compile(rf"(?P<y>20[0-4]\d)(?![\d/%]|[.,]\d|\s?-\s?\d)")
_SCHOOL = folded_pattern(rf"(?:cả_)?năm_học\s*(?:(?P<y>{_Y})\s*-\s*(?P<y2>{_Y}))?")
_SEMESTER = folded_pattern(rf"(?:học_kỳ|hk)\s*(?P<n>ii|i|1|2)(?!\w)(?:(?:,|_của)?_năm_học\s*(?P<y>{_Y})\s*-\s*(?P<y2>{_Y}))?")


def moments(key: str, start: int, end: int) -> Iterator[Moment]:
    """The moments in `[start, end)` of a folded text, left to right, none overlapping.

    >>> [(m.unit, m.bounds(2024)) for m in moments("trong quý iv năm 2024, đến ngày 30/6, 6 tháng đầu năm 2025", 0, 50)]
    [('quarter', ('2024-36', '2024-36')), ('day', ('2024-06-30', '2024-06-30')), ('half', ('2025-40', '2025-40'))]
    """
    at = start
    for first, stop in windows(_ANCHORS, key, (start, end), (14, 12)):
        at = max(at, first)
        while at < stop and (found := TRIGGER.search(key, at, stop)):
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


def _day(key: str, at: int, end: int) -> Moment | None:
    m = _DAY.match(key, at, end)
    if m is None:
        return _numbered_day(_DAY_NO_YEAR.match(key, at, end), None)
    return _numbered_day(m, m["y"] or m["y2"])


def _numbered_day(m: re.Match[str] | None, year: str | None) -> Moment | None:
    if m is None:
        return None
    groups = m.groupdict()
    day, month = int(groups["d"] or groups["d2"]), int(groups["m"] or groups["m2"])
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    first, last = groups.get("from"), f"-{month:02d}-{day:02d}"
    if first and 1 <= int(first) < day:
        return Moment(m.start(), m.end(), "day", int(year) if year else None, f"-{month:02d}-{int(first):02d}", last_tail=last)
    return Moment(m.start(), m.end(), "day", int(year) if year else None, last)


def _bare_day(key: str, at: int, end: int) -> Moment | None:
    """A day and month without `ngày`, only behind words that announce a day: a fraction looks the same."""
    m = _BARE_DAY.match(key, at, end)
    return _numbered_day(m, None) if m and _DAY_BEFORE.search(key, max(0, at - 60), at) else None


def _blank_day(key: str, at: int, end: int) -> Moment | None:
    m = _BLANK_DAY.match(key, at, end)
    if m is None:
        return None
    return Moment(m.start(), m.end(), "day", int(m["y"] or m["y2"]), f"-{int(m['m']):02d}-XX" if m["m"] else "-XX-XX")


def _monthday(key: str, at: int, end: int) -> Moment | None:
    m = _MONTHDAY.match(key, at, end)
    if m is None:
        return None
    day = {"một": 1, "đầu tiên": 1}.get(m["d"] or "") or (int(m["d"]) if (m["d"] or "").isdigit() else None)
    return Moment(m.start(), m.end(), "monthday", tail=f"-{day:02d}" if day else "")


def _lunar(key: str, at: int, end: int) -> Moment | None:
    m = _LUNAR.match(key, at, end)
    return Moment(m.start(), m.end(), "lunar") if m else None


def _month(key: str, at: int, end: int) -> Moment | None:
    m = _MONTH.match(key, at, end) or _MONTH_NO_YEAR.match(key, at, end) or _BARE_MONTH.match(key, at, end)
    if m is None:
        m = _BLANK_MONTH.match(key, at, end)
        return Moment(m.start(), m.end(), "month", int(m["y"]), "-XX") if m else None
    months = [int(m["m"]), *map(int, re.findall(r"\d+", m["more"]))]
    if not all(1 <= month <= 12 for month in months):
        return None
    last = f"-{months[-1]:02d}" if len(months) > 1 else None
    return Moment(m.start(), m.end(), "month", int(m["y"]) if m["y"] else None, f"-{months[0]:02d}", last_tail=last)


def _quarter(key: str, at: int, end: int) -> Moment | None:
    m = _QUARTER.match(key, at, end)
    if m is None:
        return None
    quarters = [_QUARTERS[n] for n in (m["q"], *re.findall(r"iv|iii|ii|y|[1-4]", m["more"].replace("quý", "")))]
    last = f"-{quarters[-1]}" if len(quarters) > 1 else None
    return Moment(m.start(), m.end(), "quarter", int(m["y"]) if m["y"] else None, f"-{quarters[0]}", last_tail=last)


def _half(key: str, at: int, end: int) -> Moment | None:
    m = _HALF.match(key, at, end)
    if m is None:
        return None
    year, side = int(m["y"]) if m["y"] else None, m["side"] or m["half"] or "đầu"
    count = 6 if m["half"] else NUMBERS.get(m["n"]) or int(m["n"])
    if not m["side"] and not m["half"] and year is None:
        return None
    if count == 6:
        return Moment(m.start(), m.end(), "half", year, "-40" if side == "đầu" else "-41")
    first, last = (1, count) if side == "đầu" else (13 - count, 12)
    return Moment(m.start(), m.end(), "half", year, f"-{first:02d}", last_tail=f"-{last:02d}") if 1 <= count <= 12 else None


def _years(pattern: re.Pattern[str], unit: str) -> Callable[[str, int, int], Moment | None]:
    def read(key: str, at: int, end: int) -> Moment | None:
        m = pattern.match(key, at, end)
        if m is None or m.groupdict().get("y") is None:
            return None
        last = m.groupdict().get("y2")
        if last and int(last) <= int(m["y"]):
            return None
        return Moment(m.start(), m.end(), unit, int(m["y"]), last=int(last) if last else None)

    return read


def _this_year(key: str, at: int, end: int) -> Moment | None:
    m = _THIS_YEAR.match(key, at, end)
    if m is None or not (m.end() > at + len("năm") or _IN_THIS_YEAR.search(key, max(0, at - 12), at)):
        return None
    return Moment(m.start(), m.end(), "this")


def _period(key: str, at: int, end: int) -> Moment | None:
    m = _PERIOD.match(key, at, end)
    if m is None:
        return None
    if m["y3"]:
        return Moment(m.start(), m.end(), "until", int(m["y3"]))
    unit = "term" if m["kind"] in {"nhiệm kỳ", "niên khóa"} else "period"
    return Moment(m.start(), m.end(), unit, int(m["y"]), last=int(m["y2"])) if int(m["y"]) < int(m["y2"]) else None


def _school(key: str, at: int, end: int) -> Moment | None:
    m = _SEMESTER.match(key, at, end)
    if m:
        year = int(m["y"]) if m["y"] else None
        tails = ("-09", None, "-12") if m["n"] in {"y", "1"} else ("", None, "-05")
        return Moment(m.start(), m.end(), "school", year, "-S1" if tails[0] else "-S2")
    m = _SCHOOL.match(key, at, end)
    return Moment(m.start(), m.end(), "school", int(m["y"]) if m["y"] else None, "-S") if m else None


_SPOKEN = {"tết nguyên đán": ("tết nguyên đán", "tết cổ truyền", "tết âm lịch", "tết")}


@cache
def _feasts() -> tuple[re.Pattern[str], dict[tuple[str, str], str]]:
    """A pattern of all feasts with their year, and the day by feast and year or year's name."""
    days: dict[tuple[str, str], str] = {}
    for row in rows("holidays"):
        feast, day = fold_in_place(row["feast"]), row["day"]
        if row["calendar"] == "lunar":
            for name in _SPOKEN.get(feast, (feast,)):
                days[name, day[:4]] = days[name, fold_in_place(row["name"])] = day
        else:
            days[feast, ""] = day
    names = sorted({feast for feast, _ in days}, key=len, reverse=True)
    zodiac = sorted({name for _, name in days if name[:1].isalpha()})
    pattern = rf"""(?P<feast>{'|'.join(re.escape(n) for n in names)})
        (?:\s*(?:xuân\s+)?(?P<name>{'|'.join(re.escape(z) for z in zodiac)}))?(?P<date>\s*,?\s*\(?\d{{1,2}}/\d{{1,2}}\)?(?!/))?(?:\s*[-,]?\s*(?:năm\s*)?(?P<y>{_Y}))?"""
    return re.compile(pattern, re.VERBOSE), days


def _feast(key: str, at: int, end: int) -> Moment | None:
    pattern, days = _feasts()
    m = pattern.match(key, at, end)
    if m is None:
        return None
    feast, year = m["feast"], m["y"]
    if (feast, "") in days:
        return Moment(m.start(), m.end(), "feast", int(year) if year else None, f"-{days[feast, '']}")
    day = days.get((feast, year or m["name"] or ""))
    if day is None:
        return Moment(m.start(), m.end(), "feast", int(year) if year else None, feast)
    return Moment(m.start(), m.end(), "feast", int(day[:4]), day[4:])


_READERS: dict[str, tuple[Callable[[str, int, int], Moment | None], ...]] = {
    "day": (_lunar, _feast, _day, _blank_day, _monthday),
    "month": (_month,),
    "quarter": (_quarter,),
    "year": (_school, _years(_YEAR, "year"), _this_year),
    "period": (_period,),
    "school": (_school,),
    "feast": (_feast,),
    "half": (_half,),
    "figures": (_day, _month, _bare_day, _years(_BARE_YEARS, "years"), _years(_BARE_YEAR, "bare")),
    "blank": (_blank_day,),
}
