"""Recurrences: how often: each year, every six months, twice a month, on Saturdays, or only *định kỳ*, *thường xuyên*.

The value is an ISO 8601 duration, none where the text names no period. *Định kỳ 6 tháng, một năm* recurs by its shorter
period; *02 lần/năm* every six months.
"""

import re
from collections.abc import Iterator

from extractors.layers.folded import folded_pattern
from extractors.layers.moment import number
from extractors.layers.when import RECURRING, Found, When
from extractors.layers.windows import anchors, windows

_NUMBER = r"(?:\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)"
_ONE = r"(?:01|1|một)"
_EACH = r"(?:hằng|hàng|mỗi|từng)"
_UNIT = r"(?:năm_học|học_kỳ|năm|quý|tháng|tuần|ngày)"
_MONTHS_WORD = r"(?:0?[369]|ba|sáu|chín)_tháng"
_EVENT = r"""(?:lần|lượt|đợt|kỳ|buổi|số|cuộc|phiên|tin,?_bài|tin|bài_viết|bài|ngày|hội_nghị|lớp|chuyên_đề|chuyên_mục|phóng_sự
    |chương_trình|ca|tiết|hoạt_động)"""
_LEAST = r"(?:(?:ít_nhất|tối_thiểu|không_dưới|không_quá|bình_quân|trung_bình|đảm_bảo|bảo_đảm|tối_đa|từ|khoảng)_)?"
_HOUR = r"\d{1,2}\s*(?:giờ|h)(?:\s*\d{1,2}\s*(?:phút|’|')?)?"
_WEEKDAY = r"(?:(?:sáng|chiều|tối)_)?(?:các_)?(?:ngày_)?(?:thứ_(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ_nhật)"
_WEEKDAYS = rf"{_WEEKDAY}(?:\s*(?:,|và|-|đến)\s*{_WEEKDAY}){{0,6}}"
_PLACE = rf"""(?:(?:vào|trong|từ|trước|sau|chậm_nhất(?:_là)?(?:_vào)?)_(?:lúc_)?)?(?:{_HOUR}(?:\s*(?:đến|-)\s*{_HOUR})?\s*,?\s*)?
    (?:(?:(?:tuần|ngày|tháng)_(?:đầu_tiên|cuối_cùng|đầu|cuối|thứ_\w+)|đầu|giữa|cuối|trước|sau|sáng|chiều|tối)_(?:của_)?)?"""

_PATTERN = folded_pattern(
    rf"""(?<!\w)(?:
      (?P<cycle>(?:định_kỳ_|theo_định_kỳ_)?(?:cứ_)?(?P<n>{_NUMBER})_(?P<unit>năm|tháng|quý|tuần|ngày)
         (?:\s*/\s*(?:{_ONE}_)?|_{_ONE}_)(?:lần|kỳ|đợt))                        # 6 tháng/lần   cứ 02 năm một lần
    | (?P<rate>(?:định_kỳ_)?{_LEAST}(?<![\d.,])(?P<times>{_NUMBER})(?:\s*-\s*\d+)?_(?!buổi\s*/\s*ngày)(?P<what>{_EVENT})(?:_[^\W\d_]+){{0,4}}
         \s*(?:/|_(?:một|mỗi)_|_trong_(?:một|mỗi)_)\s*(?:\d+\s*)?(?P<per>{_UNIT})(?!_\d))     # ít nhất 01 lần/năm   02 lớp tập huấn/quý
    | (?P<listed>(?:định_kỳ_|theo_định_kỳ_)(?:báo_cáo_)?\(?(?:theo_)?(?:{_EACH}_)?
         (?P<first>ngày|tuần|tháng|quý|{_MONTHS_WORD}|(?:một_|01_)?năm)
         (?P<more>(?:\s*(?:,|và|,_và|hoặc|/)\s*(?:{_EACH}_)?(?:tháng|quý|{_MONTHS_WORD}|(?:đầu_|cuối_)?(?:một_|01_|cả_|cuối_)?năm)(?!\w)){{0,5}})
         \)?(?:_{_ONE}_lần|\s*/\s*lần)?(?!_\d))                                 # định kỳ hằng quý, 6 tháng, năm
    | (?P<halves>(?:(?:(?:hằng|hàng)_)?(?:tháng\s*,\s*)?(?:quý|tháng)\s*,\s*)?
         (?:0?6|sáu)_tháng\s*(?:,|và)\s*(?:một|hằng|hàng|01|cả|cuối)_năm(?!_\d))      # 6 tháng, một năm
    | (?P<days>{_PLACE}(?:(?:các_ngày_)?{_WEEKDAYS}_(?:của_)?(?:(?:hằng|hàng|mỗi|trong|đầu|cuối)_){{1,2}}(?P<day_per>tuần|tháng)
         | các_(?:ngày|buổi|chiều|sáng|tối)_{_WEEKDAYS})                        # sáng thứ Bảy hằng tuần
       | (?:vào|trước|chậm_nhất(?:_là)?)_(?:{_HOUR}_)?{_WEEKDAYS}(?=\s*[;.)]))   # chậm nhất 17 giờ thứ Sáu;
    | (?P<daily>(?:(?:vào|trong)_)?(?:tất_cả_)?(?<!một[ ])các_ngày_(?:làm_việc(?:_trong_tuần)?|trong_tuần))     # các ngày trong tuần
    | (?P<monthly>(?:(?<=cáo[ ]tháng[ ])|(?<=cáo[ ]tháng[ ]\())(?:trước|chậm_nhất(?:_là)?)_ngày_\d{{1,2}}(?=\s*[);.,]))   # báo cáo tháng (trước ngày 20)
    | (?P<yearly>(?<!báo[ ]cáo[ ])(?<!hội[ ]nghị[ ])(?<!đại[ ]hội[ ])thường_niên)                                   # tổ chức thường niên
    | (?P<every>{_PLACE}(?:định_kỳ_|thường_xuyên,?_)?{_LEAST}(?:hằng|hàng|mỗi)_(?P<every_unit>{_UNIT}|kỳ)(?!\s*\d{{4}})
         (?:\s*(?:,\s*)?(?:có_)?{_LEAST}(?P<count>{_NUMBER})_(?P<rounds>lần|đợt|buổi|kỳ|tin,?_bài|tin|bài)(?!\w))?(?:,_thường_xuyên)?)  # mỗi quý ít nhất 01 lần
    | (?P<one>một_(?P<one_unit>{_UNIT})_{_LEAST}(?P<one_count>{_NUMBER})_(?:lần|đợt|buổi|kỳ)(?!_(?:đầu|thứ)))   # một học kỳ ít nhất 01 buổi
    | (?P<plain>(?<!\d[ ])(?:định_kỳ_)?(?P<plain_unit>ngày|tuần|tháng|quý)_(?P<plain_count>0?[1-9]|hai|ba)_(?:lần|buổi)
         (?!_(?:đầu|thứ|lượt)))                                                 # ngày 02 lần   tháng 01 lần
    | (?P<event>(?:trước|sau|đầu|cuối)_(?:mỗi|từng)
         _(?:mùa_\w+|vụ|đợt_\w+|đợt|kỳ_\w+|kỳ|mùa|cuộc_\w+|phiên_\w+|buổi_\w+|lần_\w+))       # trước mỗi vụ
    | (?P<vague>thường_xuyên(?:\s*(?:,|và)\s*định_kỳ)?|(?:theo_)?định_kỳ(?:\s*(?:,|và)\s*thường_xuyên)?)
    )(?!\w)"""
)
_ANCHORS = anchors(
    *(f"{each} {unit}" for each in ("hằng", "hàng", "mỗi") for unit in ("năm", "học", "kỳ", "quý", "tháng", "tuần", "ngày")),
    *(f"{part} {each}" for part in ("trước", "sau", "đầu", "cuối") for each in ("mỗi ", "từng ")),
    *(f"thứ {day}" for day in ("hai", "ba", "tư", "năm", "sáu", "bảy", *range(2, 8))),
    "thường xuyên", "định kỳ", "/năm", "/ năm", "/quý", "/ quý", "/tháng", "/ tháng", "/tuần", "/ tuần", "/ngày", "/ ngày", "/học",
    " một lần", " 01 lần", " 1 lần", " 02 lần", " 2 lần", " 03 lần", " 3 lần", "/lần", "/ lần", "/01 ", "các ngày ", "thường niên",
    "cáo tháng ", "một học kỳ", "một năm ", "một quý ", "một tháng ", "một tuần ", "chủ nhật", "tháng, ", "tháng và ",
)  # fmt: skip
_MARGINS = (50, 70)
_LENGTHS = {
    "ngày": "P1D", "tuần": "P1W", "tháng": "P1M", "quý": "P3M", "năm": "P1Y", "năm học": "P1Y", "học kỳ": None, "kỳ": None,
}  # fmt: skip
"""A term of school has no length in months."""
_LETTERS = {"năm": "Y", "tháng": "M", "tuần": "W", "ngày": "D"}
_ROUNDS = frozenset({"lần", "đợt", "kỳ", "lượt"})
_PARTS_OF_YEAR = {2: "P6M", 3: "P4M", 4: "P3M", 6: "P2M", 12: "P1M"}
_PERIODS = re.compile(r"(?P<n>0?[369]|ba|sáu|chín) tháng|(?P<unit>ngày|tuần|tháng|quý|năm)")
_ORDER = ("P1D", "P1W", "P1M", "P3M", "P6M", "P9M", "P1Y")


def recurrences(key: str, start: int, end: int) -> Iterator[Found]:
    """The frequencies in `[start, end)` of a folded text, left to right.

    >>> text = "cứ 02 năm một lần; định kỳ 6 tháng, một năm; 02 đợt/năm; thường xuyên"
    >>> [found.when.recurrence for found in recurrences(text, 0, len(text))]
    ['P2Y', 'P6M', 'P6M', None]
    """
    for first, stop in windows(_ANCHORS, key, (start, end), _MARGINS):
        for m in _PATTERN.finditer(key, first, stop):
            unit = "vague" if m["vague"] else "frequency"
            yield Found(m.start(), m.end(), RECURRING, When(recurrence=_period(m)), unit=unit)


def _period(m: re.Match[str]) -> str | None:
    if m["cycle"]:
        return _every(number(m["n"]), m["unit"])
    if m["rate"]:
        return _rate(number(m["times"]), m["what"], " ".join(m["per"].split()))
    if m["daily"] or m["monthly"] or m["yearly"]:
        return "P1D" if m["daily"] else "P1M" if m["monthly"] else "P1Y"
    if m["one"]:
        return _rate(number(m["one_count"]), "lần", " ".join(m["one_unit"].split()))
    if m["plain"]:
        return _rate(number(m["plain_count"]), "lần", m["plain_unit"])
    if m["listed"]:
        return _shortest(m["first"] + " " + m["more"])
    if m["halves"]:
        return _shortest(m["halves"])
    if m["days"]:
        return _LENGTHS[m["day_per"] or "tuần"]
    if m["every"]:
        unit = " ".join(m["every_unit"].split())
        return _rate(number(m["count"]), "lần" if m["rounds"] in {"buổi", "kỳ"} else m["rounds"], unit) if m["count"] else _LENGTHS[unit]
    return None


def _every(count: int, unit: str) -> str:
    """A period of several units.

    >>> _every(2, "năm"), _every(6, "tháng"), _every(2, "quý")
    ('P2Y', 'P6M', 'P6M')
    """
    return f"P{3 * count}M" if unit == "quý" else f"P{count}{_LETTERS[unit]}"


def _rate(times: int, what: str, per: str) -> str | None:
    """The period of so many events a year or month: rounds divide a year, other things come within it."""
    if what in _ROUNDS and per in {"năm", "năm học"}:
        return _PARTS_OF_YEAR.get(times, "P1Y")
    return _LENGTHS[per]


def _shortest(words: str) -> str:
    """The shortest of the periods that a list names.

    >>> _shortest("quý, 6 tháng, năm")
    'P3M'
    """
    found = _PERIODS.finditer(" ".join(words.split()))
    periods = {f"P{number(m['n'])}M" if m["n"] else str(_LENGTHS[m["unit"]]) for m in found}
    return min(periods, key=_ORDER.index)
