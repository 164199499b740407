"""Measured: the words that say what a number measures, and of whom, in the plan's own words.

`Tỷ lệ bao phủ đạt trên 95% dân số` measures what stands before the verb of level; `Trên 95% dân số được quản lý sức khỏe`
what follows the number; `mỗi trạm có ít nhất 01 bác sĩ` the counted noun of the one that has it.
"""

import re
from functools import cache
from typing import NamedTuple

from extractors.layers.clauses import Stretch
from extractors.layers.comparators import Bound
from extractors.layers.counted import counted_at
from extractors.layers.folded import folded, folded_pattern, last_of
from extractors.layers.marks import Doc, Mark, text_of
from extractors.layers.measures import MEASURE, MEASURES
from extractors.layers.quantities import FRACTION, FREQUENCY, PERCENTAGE, RATIO, Number
from extractors.layers.standings import cue
from extractors.layers.syllables import fold
from extractors.vocabulary import rows


class Measured(NamedTuple):
    """Measured: `text` is what is measured, `population` of whom (or None), `noun_end` where the counted noun ends."""

    text: str
    population: str | None
    noun_end: int


_YEAR = r"(?:\d{1,2}/)?(?:20\d\d|19\d\d)"
_WHEN = (
    r"(?:vào|đến|trước|trong|tới|từ)_(?:cuối_|hết_|giữa_|đầu_){0,4}(?:năm|quý|tháng|ngày|giai_đoạn)_[\d/ivx\s-]{0,30}(?:năm_)?\d{4}(?:_trở_đi)?"
    r"|(?:vào|trong|đến|hết)_(?:cuối_|hết_|đầu_){0,4}(?:quý_[ivx\d]{1,9}|tháng_\d+(?:/\d{4})?)(?!\w)|(?:trước|đến|từ|xong)_\d{1,2}/\d"
    rf"|năm_{_YEAR}"
)
_OPENING = folded_pattern(
    rf"\s*[,:;+*-]*\s*(?:(?:so_với_(?:cùng_kỳ_)?(?:cuối_)?(?:{_WHEN})(?=\s*,)|{_WHEN}|trong_thời_gian_tới|trong_(?:cả_)?(?:nhiệm_kỳ|giai_đoạn|thời_kỳ)(?:_\d{{4}}\s?-\s?\d{{4}})?|hằng_năm|hàng_năm|mỗi_năm|bình_quân_mỗi_năm)\s*[,:]?\s*)"
)
_CUT = folded_pattern(
    rf"""(?=[,.;(\s]|(?<![\w\s,])\w)(?:                       # one sign first: the search is fast then
    ,?\s*(?:hướng_tới|hướng_đến|tiến_tới|trong_đó|phấn_đấu|từng_bước)(?![^\W\d_])|\s+(?:so_với|nhằm|để|vào_dịp|thông_qua|qua_đó)(?![^\W\d_])
    |\s+và_(?:đảm_bảo|bảo_đảm|phấn_đấu|hướng_tới|duy_trì|từng_bước|tiếp_tục)(?![^\W\d_])
    |\s+giai_đoạn_\d{{4}}|,?\s*(?<!đoạn\s)(?:{_WHEN})|,\s*(?:xong|hoàn_thành|góp_phần|nâng|giảm|tăng|mỗi|bảo_đảm|đảm_bảo|ưu_tiên|chuyển|cắt_giảm|đáp_ứng|không)(?![^\W\d_])
    |,?\s*(?:xong|trong_năm|muộn_nhất|chậm_nhất|trước_(?:khi|mỗi|mùa|năm_học|ngày|tháng)|khi_có|trong_vòng|theo_lộ_trình)(?![^\W\d_])
    |\s+với_(?:ít_nhất_|tối_thiểu_|khoảng_|trên_)?\d|\s+và_(?:ít_nhất_|tối_thiểu_|khoảng_|trên_)?\d|\s*(?:[(;]|\.(?!\d))|\s+trong_\d+_năm|,\s*(?:\d|{MEASURE})|\s+và_\d|,\s*(?:ít_nhất|tối_thiểu|trên|dưới|khoảng)_\d
    |,\s*(?=(?:[^\W\d_]+\s){{1,6}}\d)|\s+cho_(?:ít_nhất_|tối_thiểu_|khoảng_|trên_)?\d|\s+\d+_(?:lần|buổi|vòng)(?!\w))"""
)
_NAMED = folded_pattern(r"(?:^|[-+*.)\s])\s*(?P<name>[^\W\d_][^:.;\n]{2,60}):\s*$")
_JOINS = folded_pattern(r"(?:,|(?<![^\W\d_])và)\s*$")
"""What stands before such a sign belongs to the number before it in the list."""
_UPWARD = re.compile(r"\s*(?<!\w)[Tt]rở (?:lên|xuống)(?!\w)")
_FIGURE = folded_pattern(r"\d[\d.,]*\s*(?:(?:nghìn|ngàn|vạn|triệu)\s+(?!đồng|tấn))?|(?<!\w)(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|trăm|nghìn|đôi)\s+")
_SIZE = folded_pattern(
    r"(?:với_|có_)?(?P<size>(?:tổng_)?(?:quy_mô|công_suất|diện_tích|chiều_dài|dung_tích)(?:_thiết_kế)?)_(?:là_|khoảng_)?$"
)
_LABEL = folded_pattern(
    r"""(?:(?<=[-+*.;:)\n])|(?<=[-+*.;:)\n]\s))(?P<label>(?:tỷ_lệ|tỷ_suất|tỷ_trọng|số_lượng|số|tổng_số|tổng|quy_mô|diện_tích|sản_lượng|thu_nhập|mức|độ|chỉ_số|tốc_độ|giá_trị|năng_suất)
    (?:_[^:.;\n]{1,80})?)\s*:\s*(?:dự_kiến_)?$"""
)
_MEASURE_OF = folded_pattern(rf"{MEASURE}(?:,?_[^\W\d_]+)+\s*")
_HAS = folded_pattern(r"(?P<who>.*?)_(?:đều_)?(?:phải_|cần_)?(?:có|bố_trí|duy_trì|tổ_chức|thành_lập|xây_dựng)(?:_được)?_?$")


@cache
def _edge(role: str, *, opening: bool) -> re.Pattern[str]:
    words = cue(role).pattern
    return re.compile(rf"[\s,:+*-]*{words}\s+" if opening else rf"\s*{words}\s*$")


class Within(NamedTuple):
    """Within: the part `[start, end)` of a clause that is not another number's, in the line that begins at `line`."""

    start: int
    end: int
    line: int


def measured_of(doc: Doc, found: tuple[Mark, Number, Bound], within: Within) -> Measured:
    """What a number measures: a label in front of it, else what the grammar of its clause says."""
    known: dict[tuple[int, Bound, Within], Measured] = doc.user_data.setdefault("measured", {})
    asked = (found[0].start, found[2], within)
    if asked not in known:
        known[asked] = _measured(text_of(doc), folded(doc), found, within)
    return known[asked]


def _measured(text: str, key: str, found: tuple[Mark, Number, Bound], within: Within) -> Measured:
    mark, number, bound = found
    label = _LABEL.search(key, max(within.line, bound.start - 110), bound.start)
    if label:
        return Measured(_words(text, Stretch(*label.span("label"))), None, mark.end)
    before = _last_piece(key, trim(key, Stretch(within.start, bound.start)))
    after = Stretch(mark.end, _cut(key, mark.end, within.end))
    if mark.label in {PERCENTAGE, FRACTION}:
        return _share(text, key, (mark, bound), (before, after), within.line)
    if mark.label in {FREQUENCY, RATIO} and before.end > before.start:
        return Measured(_words(text, before), None, mark.end)
    if mark.label == RATIO and "dân" in number.unit:
        return Measured(number.unit, None, mark.end)
    return _count(text, key, (mark, number, bound), (Stretch(within.start, bound.start), before, after), within.line)


def _share(text: str, key: str, found: tuple[Mark, Bound], parts: tuple[Stretch, Stretch], line: int) -> Measured:
    """Percentages and fractions: of the noun that follows, unless a verb of level or nothing at all comes between."""
    (mark, bound), (before, after) = found, parts
    if key.startswith(" là ", mark.end):
        return Measured(_words(text, Stretch(mark.end + len(" là "), after.end)), None, mark.end)
    noun = counted_at(key, mark.end + 1, anything=True) if key[mark.end : mark.end + 1] == " " else None
    if noun is not None and key.startswith("số ", mark.end + 1):
        noun = counted_at(key, mark.end + 4, anything=True) or noun
    if noun is not None and noun.end > after.end:
        noun = None
    population = _words(text, Stretch(mark.end, _population_end(key, noun.end, after.end))) if noun else None
    noun_end = noun.end if noun else mark.end
    if noun and before.end <= before.start and key.startswith("tổng", mark.end + 1):
        named = _NAMED.search(key, max(line, bound.start - 70), bound.start)
        if named:
            return Measured(_words(text, Stretch(*named.span("name"))), population, noun_end)
    measures = _MEASURE_OF.fullmatch(key, before.start, before.end) is not None
    leads = bound.verb or bound.change not in {None, "increase_by", "decrease_by"} or noun is None or measures
    if before.end > before.start and leads:
        return Measured(_words(text, before), population, noun_end)
    return Measured(_words(text, after), population, noun_end)


def _population_end(key: str, start: int, end: int) -> int:
    """The noun with its attributes, up to the verb of the relative clause."""
    found = cue("relation").search(key, start, end)
    comma = key.find(",", start, found.start() if found else end)
    stop = found.start() if found else end
    return min(stop, comma) if comma >= 0 else stop


def _count(text: str, key: str, found: tuple[Mark, Number, Bound], parts: tuple[Stretch, Stretch, Stretch], line: int) -> Measured:
    """Counts: the noun and what describes it, of the one that has it; a size or a label says it itself."""
    (mark, number, bound), (raw, before, after) = found, parts
    if _JOINS.search(key, raw.start, raw.end):
        before = Stretch(raw.end, raw.end)
    size = _SIZE.search(key, raw.start, bound.start)
    if size:
        whole = trim(key, Stretch(raw.start, size.start()))
        return Measured(f"{_words(text, Stretch(*size.span('size')))} {_owned(text, key, whole)}".strip(), None, mark.end)
    bare = not _words(text, Stretch(mark.end, after.end))
    led = bound.verb or bound.change is not None or bound.comparator != "eq"
    each = key.startswith(("mỗi ", "từng "), before.start)
    measures = MEASURES.match(key, before.start) is not None
    before_says = (measures and (led or bare)) or (bare and (bound.verb or bound.change is not None))
    if before.end > before.start and number.of is None and not each and before_says:
        return Measured(_words(text, before), None, mark.end)
    noun = _words(text, Stretch(_unit_start(key, mark), after.end))
    if number.noun == "measure":
        verb = _makes().search(key, raw.start, bound.start)
        done = _words(text, Stretch(*verb.span("verb"))) if verb else ""
        said = _words(text, Stretch(mark.end, after.end))
        named = None if done or said else _NAMED.search(key, max(line, bound.start - 70), bound.start)
        title = _words(text, Stretch(*named.span("name"))) if named else ""
        return Measured(f"{done} {said}".strip() or _words(text, before) or title or noun, None, mark.end)
    who = _HAS.match(key, before.start, raw.end) if before.end > before.start else None
    holder = before if bound.verb or (bound.change and each) else None
    owner = trim(key, Stretch(*who.span("who"))) if who else holder
    if owner and owner.end > owner.start and len(key[owner.start : owner.end].split()) <= 10 and (not who or _holds(key, owner)):
        return Measured(f"{noun} của {_words(text, owner)}", _words(text, owner), mark.end)
    if bare and before.end > before.start:
        did = _words(text, before)
        made = cue("output").match(key, before.end - len(key[before.start : before.end].lstrip(" ,;"))) is not None
        return Measured(f"{noun} {did[:1].lower()}{did[1:]}" if made or each else did, None, mark.end)
    return Measured(noun, None, mark.end)


@cache
def _makes() -> re.Pattern[str]:
    return re.compile(rf"(?P<verb>{cue('output').pattern}(?:\s+mới)?)\s+$")


def _holds(key: str, owner: Stretch) -> bool:
    """Whether the words before `có` name who has it: a distributive or a noun, no bare verb phrase."""
    words = key[owner.start : owner.end]
    return words.startswith(("mỗi ", "từng ", "các ", "toàn ", "bình quân ")) or counted_at(key, owner.start) is not None


def _owned(text: str, key: str, owner: Stretch) -> str:
    """The object of `xây mới X`: what follows the last verb of making."""
    found = last_of(cue("output"), key, owner.start, owner.end)
    return _words(text, Stretch(found.end() if found else owner.start, owner.end))


def _unit_start(key: str, mark: Mark) -> int:
    """Where the counted noun begins in a mark: behind its last figure or number word."""
    found = last_of(_FIGURE, key, mark.start, mark.end)
    return found.end() if found else mark.start


def _cut(key: str, start: int, end: int) -> int:
    """Where the description of what is counted ends."""
    found = _CUT.search(key, start, end)
    while found and found[0].strip() == "(" and (aside := _ASIDE.match(key, found.end() - 1, end)):
        found = _CUT.search(key, aside.end(), end)
    return found.start() if found else end


_ASIDE = folded_pattern(
    r"\((?:[^()\n\d]{2,40}\)(?=\s+(?!và|,)[^\W\d_])|[^()]{1,60}\)(?=_(?:được|có|thực_hiện|hoàn_thành|đạt_chuẩn|sử_dụng|tham_gia)(?!\w)))"
)
"""Words in brackets between what is counted and what is said of it: `văn bản đi (trừ văn bản mật) được ký số`."""
_COMMA = re.compile(r",\s+")
def _last_piece(key: str, before: Stretch) -> Stretch:
    """The last part that begins with a verb of aiming or a word of measure: `vận động ..., duy trì tỉ lệ ...`."""
    start = before.start
    for comma in _COMMA.finditer(key[before.start : before.end]):
        at = before.start + comma.end()
        if MEASURES.match(key, at) or _edge("lead", opening=True).match(key, at):
            start = at
    return trim(key, Stretch(start, before.end)) if start > before.start else before


def trim(key: str, part: Stretch) -> Stretch:
    """A stretch without times, cues and function words at its edges."""
    start, end = part
    moved = True
    while moved and start < end:
        moved = False
        for pattern in (_OPENING, _edge("lead", opening=True)):
            found = pattern.match(key, start, end)
            if found and found.end() > start:
                start, moved = found.end(), True
    moved = True
    while moved and start < end and _can_close(key[max(start, end - 40) : end]):
        moved = False
        for pattern in (_edge("tail", opening=False), _CLOSING):
            found = pattern.search(key, max(start, end - 40), end)
            if found and found.start() < end and not key.endswith("loại", start, found.start()):
                end, moved = found.start(), True
    return Stretch(min(start, end), end)


def _can_close(words: str) -> bool:
    """Whether a cue or a time can end with the last of these words: a look at it spares most searches."""
    words = words.rstrip()
    last = words[words.rfind(" ") + 1 :]
    return not last.isalpha() or last in _last_words() or _ROMAN.issuperset(last)


@cache
def _last_words() -> frozenset[str]:
    return frozenset({"đi", *(fold(row["phrase"]).split()[-1] for row in rows("target_cues") if row["role"] == "tail")})


_ROMAN = frozenset("ivx")
_CLOSING = folded_pattern(rf"\s*(?:[,:;(]{{1,9}}|,?\s*(?<!đoạn\s)(?:{_WHEN}))\s*$")


def _words(text: str, part: Stretch) -> str:
    """The words of a part; `trở lên` without its own `từ` belongs to the number before it and is left out."""
    words = " ".join(text[part.start : part.end].split())
    if "trở" in words and "từ" not in words.casefold().split():
        words = _UPWARD.sub("", words)
    words = words.strip(" .,;:-+*/")
    return words.rstrip(") ") if ")" in words and "(" not in words else words
