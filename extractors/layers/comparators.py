"""Comparators: how a number is bounded (`trên`, `ít nhất`, `từ ... trở lên`) and what changes by or to it.

The comparator is kept as printed: `trên 95%` is gt, `đạt 95%` is eq, `từ 95% trở lên` is ge. `tăng 5%` is an amount,
`tăng lên 75%` a level, `từ 68% lên 75%` a level with the one it starts from.
"""

import re
from typing import NamedTuple

from extractors.layers.clauses import Stretch
from extractors.layers.folded import fold_in_place, folded_pattern, last_of
from extractors.layers.numerals import FIGURES, worth
from schemas.facts import Change, Comparator


class Bound(NamedTuple):
    """Bound: what stands around a number; `[start, end)` holds number, comparator and verb.

    `verb` says that a verb of level (`đạt`, `chiếm`) leads to the number; `base` and `base_time` are what it starts from,
    `base_span` where that is written.
    """

    start: int
    end: int
    comparator: Comparator = "eq"
    change: Change | None = None
    verb: bool = False
    base: float | None = None
    base_time: str | None = None
    base_span: tuple[int, int] | None = None


_LEFT = folded_pattern(
    r"""(?<![^\W\d_])(?:
    (?P<ge>(?:ít_nhất|tối_thiểu|không_dưới|không_thấp_hơn|không_ít_hơn|không_nhỏ_hơn|thấp_nhất)(?:_là|_phải|_cũng)?(?:_đạt)?)
    |(?P<le>(?:không_quá|tối_đa|không_vượt_quá|không_vượt|không_cao_hơn|không_lớn_hơn|không_nhiều_hơn|nhiều_nhất|cao_nhất)(?:_là)?)
    |(?P<approx>(?:vào_|ước_|ước_tính_|dự_kiến_)?(?:khoảng|xấp_xỉ|gần|chừng|trên_dưới))
    |(?P<gt>trên|hơn|vượt_quá|vượt|cao_hơn|lớn_hơn|nhiều_hơn|quá)
    |(?P<lt>dưới|thấp_hơn|ít_hơn|nhỏ_hơn|chưa_đến|chưa_tới)
    |(?P<multiply>(?:tăng_)?gấp)
    |(?P<up_to>(?:(?:tăng|nâng)_)?(?:(?<!trở\s)lên(?:_(?:tới|đến|mức|thành))?))
    |(?P<down_to>(?:giảm_)?(?:xuống_còn|xuống_mức|còn_lại|xuống|còn)|giảm_còn|hạ_còn)
    |(?P<up_by>(?:có_thêm|tăng_thêm|bổ_sung_thêm|tăng_trưởng|tăng|thêm))
    |(?P<down_by>(?:cắt_giảm|kéo_giảm|tinh_giản|rút_ngắn|tiết_giảm|giảm_thêm|giảm)(?:_được)?)
    |(?P<verb>(?<!loại\s)(?:đạt_tỷ_lệ|đạt_mức|đạt_được|đạt|chiếm|ở_mức|bằng|hoàn_thành))
    |(?P<start>từ)
    |(?P<filler>bình_quân(?:_mỗi_năm|_hằng_năm|_hàng_năm)?|(?<![:,;]\s)(?<!loại\s)trung_bình|(?:mỗi|hằng|hàng)_(?:năm|quý|tháng|tuần|ngày)|một_năm|đều|là)
    )\s*$"""
)
_LAST = frozenset(
    fold_in_place(
        "nhất thiểu dưới hơn là phải cũng đạt quá đa vượt khoảng xỉ gần chừng trên đến tới gấp lên mức thành còn lại xuống thêm trưởng"
        " tăng giảm nâng giản ngắn được lệ chiếm bằng từ quân năm quý tháng tuần ngày bình đều"
    ).split()
)
"""The last words of all of these: a look at one word spares the search for most numbers."""
_SIGN = re.compile(r"(?P<ge>≥|>=|=>)\s*$|(?P<le>≤|<=|=<)\s*$|(?P<gt>>)\s*$|(?P<lt><)\s*$")
_SIGNS = frozenset("≥≤<>=")
_UPWARD = folded_pattern(r"(?P<noun>(?:,?\s[^\W\d_]+){0,8}?)_trở_(?P<way>lên|xuống)(?![^\W\d_])")
_OWN_BOUND = re.compile(r"(?<!\w)(?:từ|trên|dưới)(?!\w)")
_FROM = folded_pattern(
    rf"""(?P<whole>(?:(?P<change>giảm|tăng|nâng|hạ)_)?từ_(?P<base>{FIGURES})\s?(?:%|‰|[^\W\d_]+)?
    (?:\s?\(?\s?(?:vào_)?(?:cuối_)?năm_(?P<year>\d{{4}})\s?\)?)?\s*)$"""
)
_AGAINST = folded_pattern(
    rf"(?:so_với(?:_cùng_kỳ|_thực_hiện|_bình_quân|_cuối)*_năm|(?<=lần)_năm)_(?P<year>\d{{4}})(?:\s?\((?P<base>{FIGURES})\s[^()]*\))?"
)
_RANK_BEFORE = folded_pattern(r"(?:trong|thuộc|vào|giữ)_(?:(?:nhóm|tốp|top|số)_)?$")
_RANK_AFTER = folded_pattern(r"(?:_[^\W\d_]+){0,3}_(?:dẫn_đầu|đứng_đầu|hàng_đầu|cao_nhất|tốt_nhất|khá_nhất)(?![^\W\d_])")
_CHANGES: dict[str, Change] = {
    "multiply": "multiply_by", "up_to": "increase_to", "down_to": "decrease_to", "up_by": "increase_by", "down_by": "decrease_by",
}  # fmt: skip
_FAR = folded_pattern(
    r"(?<![^\W\d_])(?<!tốc[ ]độ[ ])(?<!tỷ[ ]lệ[ ])(?<!mức[ ])(?P<way>giảm(?!_nghèo|_thiểu|_tải|_sát)|kéo_giảm|cắt_giảm|hạ|tăng(?!_cường|_tốc))(?=_[^\W\d_])"
)
_NEARER = re.compile(r"[,;:\d%]|\b(?:trở|cho|để|nhằm)\b")
_ASIDE = folded_pattern(r"cả_(?:0?\d|ba|hai)_(?:tiêu_chí|mặt|chỉ_số)|\([^()]*\)|(?<!\d)\d{1,2}_tuổi")


def bound_of(key: str, start: int, end: int, within: Stretch, *, ranged: bool = False) -> Bound:
    """What bounds the number at `[start, end)` of a folded text, looked for inside its clause.

    >>> key = "tỷ lệ hộ nghèo giảm còn dưới 1,2% vào năm 2025"
    >>> bound_of(key, 29, 33, Stretch(0, len(key)))[2:4], key[15:33]
    (('lt', 'decrease_to'), 'giảm còn dưới 1,2%')
    """
    bound, upward = _leftward(key, start, end, within)
    bound = _rightward(key, bound, within, upward=upward)
    if ranged:
        bound = bound._replace(comparator="range")
    if _RANK_BEFORE.search(key, max(within.start, start - 30), start) and _RANK_AFTER.match(key, end, within.end):
        return bound._replace(comparator="le")
    return _distant_change(key, bound, within)


def _leftward(key: str, start: int, end: int, within: Stretch) -> tuple[Bound, bool]:
    """Strip comparators and verbs from the number leftwards; the nearest of each sort counts."""
    comparator: Comparator = "eq"
    change: Change | None = None
    at, first, upward, verb = start, start, False, False
    while True:
        window = max(within.start, at - 36)
        said = key[window:at].rstrip()
        found = _LEFT.search(key, window, at) if said[said.rfind(" ") + 1 :].lstrip("(") in _LAST else None
        if found is None and said[-1:] in _SIGNS:
            found = _SIGN.search(key, window, at)
        sort = str(found.lastgroup) if found else ""
        if not found or (sort == "filler" and (verb or change)):
            break
        at = found.start()
        if sort == "start":
            upward = True
        elif sort in _CHANGES:
            change = change or _CHANGES[sort]
        elif sort == "verb":
            verb = True
        elif sort != "filler" and comparator == "eq":
            comparator = sort  # type: ignore[assignment]
        elif sort != "filler" or not found[0].startswith(("bình quân", "trung bình", "mỗi", "hằng", "hàng")):
            continue
        first = at
    bound = Bound(first, end, comparator, change, verb)
    base = _FROM.search(key, max(within.start, at - 60), at) if not found and change in {"increase_to", "decrease_to"} else None
    return _based(bound, base) if base else bound, upward


def _based(bound: Bound, found: re.Match[str]) -> Bound:
    start = found.start()
    return bound._replace(start=start, base=worth(found["base"]), base_time=found["year"], base_span=found.span("base"))


def _rightward(key: str, bound: Bound, within: Stretch, *, upward: bool) -> Bound:
    """`trở lên` behind the number, and the time it is compared with."""
    found = _UPWARD.match(key, bound.end, within.end)
    if found and (upward or not found["noun"]) and not _OWN_BOUND.search(found["noun"]):
        bound = bound._replace(comparator="ge" if found["way"] == "lên" else "le", end=found.end())
    against = _AGAINST.search(key, bound.end - 1, within.end) if bound.base is None else None
    if against and bound.change:
        base = worth(against["base"]) if against["base"] else None
        span = against.span("base") if against["base"] else None
        bound = bound._replace(base=base, base_time=against["year"], base_span=span)
    return bound


def _distant_change(key: str, bound: Bound, within: Stretch) -> Bound:
    """`giảm tỷ lệ hộ nghèo 1,5%` is an amount, `giảm tỷ lệ hộ nghèo dưới 2%` a level."""
    if bound.change or bound.verb or key[bound.start : bound.start + 1] == "":
        return bound
    found = last_of(_FAR, key, within.start, bound.start)
    between = _ASIDE.sub("", key[found.end() : bound.start]) if found else ""
    if found is None or len(between.split()) > 14 or _NEARER.search(between):
        return bound
    up = found["way"] == "tăng"
    level = bound.comparator in {"lt", "le"}
    change: Change = ("increase_to" if up else "decrease_to") if level else ("increase_by" if up else "decrease_by")
    return bound._replace(change=change)
