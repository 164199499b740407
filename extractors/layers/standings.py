"""Standings: whether a number speaks of what the plan itself aims at, or why it does not.

Past results, other bodies' targets and rules, budgets, limits in definitions, titles and the letterhead are told by zone
and by cue phrases before the number; the nearest cue wins (`năm 2023 đạt 68%, phấn đấu năm 2025 đạt 75%`).
"""

import re
from functools import cache
from typing import Literal

from extractors.layers import lines as kinds
from extractors.layers.clauses import Stretch, clause_at
from extractors.layers.comparators import Bound
from extractors.layers.folded import any_of, fold_in_place, folded, folded_pattern, last_of
from extractors.layers.identity import identity_of
from extractors.layers.lines import Line, line_at
from extractors.layers.marks import Doc, Mark
from extractors.layers.measures import MEASURES
from extractors.layers.quantities import AGE, COUNT, DURATION, GRADE, MONEY, PERCENTAGE, RATIO
from extractors.layers.spans import spans_of
from extractors.layers.syllables import fold
from extractors.layers.zones import GOALS
from extractors.vocabulary import rows
from schemas.facts import Time

Reason = Literal["past_result", "quoted", "budget", "threshold", "title", "instrument_date", "population", "contact"]

_BY_KIND: dict[str, Reason] = {
    kinds.LETTERHEAD: "contact", kinds.SIGNATURE: "contact", kinds.RECIPIENTS: "contact", kinds.TYPE: "title",
    kinds.FORM: "title", kinds.TITLE: "title", kinds.PREAMBLE: "quoted", kinds.CLOSING: "quoted",
}  # fmt: skip
_BY_ZONE: dict[str, Reason] = {"background": "past_result", "basis": "quoted", "budget": "budget"}
_DONE = folded_pattern(r"(?<![^\W\d_])đã(?:_[^\W\d_]+){0,6}_(?:(?:trên|hơn|gần|khoảng|được)_)?$")
_DONE_STRAIGHT = folded_pattern(r"(?<![^\W\d_])đã_$")
"""What has been reached: `đã số hóa 60% hồ sơ`, `đã đạt 68%`; `dữ liệu đã số hóa đạt 60%` only tells which data."""
_NOT_PAST = tuple(map(fold_in_place, ("so với ", "chứng ")))
_YEAR_OPENS = folded_pattern(
    r"^\W*(?:trong_|đến_|đến_hết_|đến_cuối_|cuối_|tính_đến_(?:cuối_|hết_)?|kết_quả_)?năm_(?P<year>20\d\d)(?!\s*-)"
)
_AGAINST_PAST = folded_pattern(
    r"""(?:so_với|bằng)_cùng_kỳ(?!_năm)
    |(?:(?<![\d,.])(?:10[1-9]|1[1-9]\d|[2-9]\d\d)|\d,\d+)\s?%?_(?:so_với_)?kế_hoạch_(?:năm|đề_ra|giao)(?!\w)"""
)
"""A whole share of the plan up to 100% is what is aimed at; 108% or 97,6% of it has been counted."""
_JUDGED = folded_pattern(
    r"""(?<!\w)(?:khen_thưởng|biểu_dương|tuyên_dương|kiểm_điểm|phê_bình|nhắc_nhở|xử_lý|xem_xét|không_xét|xếp_loại|trừ_điểm|cộng_điểm)
    (?:,?_[^\W\d_]+){0,6}_(?:đơn_vị|địa_phương|cá_nhân|tập_thể|cán_bộ|công_chức|xã|phường|thôn|(?<!môi\s)trường)(?:,?_[^\W\d_]+){0,5}_$"""
)
_WHO = folded_pattern(r"(?<!\w)(?:(?:những|các)_người(?:_[^\W\d_]+){0,4}_(?:không_)?(?:đạt|được|có)|không_đạt)(?:_[^\W\d_]+){0,4}_$")
"""Who is meant by a level reached or missed: `những người không đạt tín nhiệm trên 50%`."""
_STATE = folded_pattern(r"(?<!\w)(?:khi|nếu|trường_hợp|nơi)(?:_[^\W_]+){1,14}_$")
_SUPPOSED = folded_pattern(r"^\W*(?:nếu|trường_hợp)(?:_[^\W_]+){1,14}_$")
_STORES = folded_pattern(r"(?<!\w)(?:dự_trữ|dự_phòng|lưu_trữ|lưu_giữ|duy_trì|trực|cách_ly|theo_dõi|tập_huấn|học|luyện_tập|bảo_hành)(?!\w)")
_ALLOTTED = folded_pattern(
    r"""(?<!\w)(?:bố_trí|dành|trích|phân_bổ|cân_đối|huy_động)(?:_[^\W\d_]+){0,6}_(?:tối_thiểu|ít_nhất|không_dưới)_$
    |(?<!\w)giải_ngân_(?:đạt_|hết_|trên_)?$"""
)
"""What a section on money aims at: a least amount set aside, a share paid out."""
RAISES = folded_pattern(r"(?<!\w)(?:huy_động|vận_động|quyên_góp)(?:_được|_thêm|_tối_thiểu|_ít_nhất){0,2}_$")
"""Money that the plan itself is to raise, right before its sum."""
_GIVES = folded_pattern(r"(?<!\w)(?:hỗ_trợ|trợ_cấp|chi_trả|thưởng|bồi_dưỡng)(?:_thêm|_tối_đa|_mức)?_$")
_ALLOTS = folded_pattern(r"(?<!\w)(?:bố_trí|dành|trích|phân_bổ|huy_động|vận_động|ủng_hộ|cân_đối)(?!\w)")
_RULE = folded_pattern(
    r"""^\W*(?:theo_quy_định|theo_luật|luật|theo_tiêu_chuẩn)(?![^\W\d_])
    |(?:luật|nghị_quyết|quyết_định|nghị_định|thông_tư|chỉ_thị|quy_hoạch|tỉnh|trung_ương|chính_phủ|bộ)(?:_[^\W\d_]+){0,6}_
    (?:quy_định|đề_ra|xác_định|đặt_ra|nêu_rõ|yêu_cầu)(?![^\W\d_])"""
)
_RULE_AFTER = folded_pattern(
    r"(?:mà|do|như|theo)_(?:nghị_quyết|quyết_định|kế_hoạch|chương_trình|tỉnh|trung_ương|chính_phủ|bộ|đại_hội)(?:_[^\W\d_]+){0,9}_(?:đề_ra|đặt_ra|xác_định|quy_định)"
)
_SHARES = folded_pattern(r"góp_phần_(?:[^\W\d_]+_){0,6}(?:mục_tiêu|chỉ_tiêu)_$")
_CASE = folded_pattern(r"\W*(?:đối_với|trường_hợp|nếu)_[^.;:]{0,60}(?:dưới|trên|từ|không_đủ|ít_hơn|nhiều_hơn)_\d")
"""What begins so is a rule for cases: `Đối với thôn có dưới 100 cử tri: ...`."""
_BEFORE_ONE = len("bình quân ")
_PER_ONE = folded_pattern(r"(?<!\w)(?:trên|bình_quân|cho|của|mỗi|từng)_(?P<one>0?1|một)_(?:ha|héc_ta|hecta|mẫu|sào|m2|km2|đơn_vị_diện_tích)(?!\w)[^;]*\d")
"""What a yield is counted by, the yield behind it: `giá trị sản xuất trên 01 ha đạt 145 triệu đồng`."""
_BY = folded_pattern(r"\W*(?:căn_cứ_)?theo_(?:tinh_thần_)?")
_OF_COSTS = folded_pattern(r"_(?:chi_phí|kinh_phí|giá_trị|mức_đóng|mức_chi|học_phí|lãi_suất|tiền|tổng_mức|tổng_vốn)(?![^\W\d_])")
_LIFETIME = folded_pattern(r"(?:tuổi_thọ|độ_tuổi_trung_bình|tuổi_kết_hôn)")


@cache
def cue(role: str) -> re.Pattern[str]:
    """All phrases of a role of `vocabulary/target_cues.csv` as one pattern for a folded text."""
    phrases = {fold(row["phrase"]) for row in rows("target_cues") if row["role"] == role}
    return re.compile(rf"{any_of(phrases)}(?![^\W\d_])")


def last(pattern: re.Pattern[str], key: str, within: Stretch) -> int:
    """Where the pattern last begins within a stretch, -1 where it does not."""
    found = last_of(pattern, key, *within)
    return found.start() if found else -1


def place_reason(doc: Doc, line: Line, mark: Mark) -> Reason | None:
    """Why a number cannot be a target where it stands, whatever the words around it say."""
    if line.kind in _BY_KIND:
        return _BY_KIND[line.kind]
    for layer, reason in (("titles", "title"), ("instruments", "instrument_date"), ("units", "population")):
        if spans_of(doc, layer).overlap(mark.start, mark.start + 1):
            return reason  # type: ignore[return-value]
    why: Reason | None = "budget" if line.kind == kinds.LABEL and line.label == "budget" else _BY_ZONE.get(line.zone)
    return None if why == "budget" and _ALLOTTED.search(folded(doc), max(0, mark.start - 60), mark.start) else why


def words_reason(doc: Doc, mark: Mark, sentence: Stretch, clause: Stretch, bound: Bound) -> Reason | None:
    """Why a number is none of the plan's aims by the words before it and its unit."""
    known: dict[tuple[int, int], Reason | None] = doc.user_data.setdefault("words_reasons", {})
    place = (mark.start, bound.start)
    if place not in known:
        known[place] = _words_reason(doc, mark, sentence, clause, bound)
    return known[place]


def _words_reason(doc: Doc, mark: Mark, sentence: Stretch, whole: Stretch, bound: Bound) -> Reason | None:
    key = folded(doc)
    before, clause = Stretch(sentence.start, bound.start), Stretch(whole.start, bound.start)
    own = last(cue("own"), key, before)
    if (age := _limits(key, clause, mark, bound)) is not None:
        return age
    if _CASE.match(key, before.start, before.end) or _is_case(key, clause, mark, bound) or _is_divisor(key, whole, mark):
        return "threshold"
    if _is_past(doc, before, clause, mark, own, _DONE_STRAIGHT if bound.verb else _DONE):
        return "past_result"
    quoted = max(last(cue("quoted"), key, clause), _last_rule(key, clause))
    if _cites(doc, key, clause) and own < clause.start:
        return "quoted"
    if (quoted >= 0 and (quoted >= own or own < clause.start)) or _is_another_aim(doc, key, sentence, bound):
        return "quoted"
    if _is_name(key, sentence, mark):
        return "title"
    return "budget" if _is_money(key, sentence, whole, (mark, bound), own) else None


def _cites(doc: Doc, key: str, clause: Stretch) -> bool:
    """`Theo Quyết định số ..., tỷ trọng đạt 30%`: the clause says what an instrument says."""
    opens = _BY.match(key, clause.start, clause.end)
    return opens is not None and spans_of(doc, "instruments").overlap(opens.end(), opens.end() + 2)


def _is_another_aim(doc: Doc, key: str, sentence: Stretch, bound: Bound) -> bool:
    """`góp phần cùng tỉnh đạt mục tiêu 80% ...`, `... mà Nghị quyết Đại hội đề ra`: an aim set elsewhere."""
    clause = clause_at(doc, sentence, bound.start)
    shares, told = _SHARES.search(key, clause.start, bound.start), _RULE_AFTER.search(key, bound.end, clause.end)
    return shares is not None or told is not None


def _is_name(key: str, sentence: Stretch, mark: Mark) -> bool:
    """Whether a count stands between quotation marks: it is part of a name (`“Mỗi nhà một người ...”`)."""
    if mark.label == COUNT and key.count('"', sentence.start, mark.start) % 2 and '"' in key[mark.end : sentence.end]:
        return key[mark.start : mark.end].count('"') == 0
    return mark.label == COUNT and key.rfind("“", sentence.start, mark.start) > key.rfind("”", sentence.start, mark.start)


def _limits(key: str, clause: Stretch, mark: Mark, bound: Bound) -> Reason | None:
    """Ages, grades and limits that define who is counted."""
    if mark.label == AGE:
        return None if _LIFETIME.search(key, clause.start, mark.start) else "population"
    if mark.label == GRADE:
        return "threshold"
    if mark.label == DURATION:
        shorter = bound.change is not None and bound.change != "increase_by"
        if key.startswith("quá ", bound.start):
            return "threshold"
        each = re.search(r"/\s?[^\W\d_]", key[mark.start : mark.end]) is not None
        if each or (bound.comparator in {"ge", "gt"} and _STORES.search(key, clause.start, bound.start)):
            return None
        waiting = bound.comparator in {"le", "lt"} and "thời gian" in key[clause.start : bound.start]
        return None if shorter or (waiting and "kể từ" not in key[bound.end : bound.end + 20]) else "threshold"
    return None


def _is_case(key: str, clause: Stretch, mark: Mark, bound: Bound) -> bool:
    """Levels that praise or blame follows on, and states that something depends on (`khi gió mạnh trên 6 m`)."""
    before = key[clause.start : bound.start]
    if _JUDGED.search(before) or _WHO.search(before):
        return True
    limits = bound.comparator in {"gt", "ge", "lt", "le"}
    return limits and (_STATE if mark.label == COUNT else _SUPPOSED).search(before) is not None


def _is_divisor(key: str, clause: Stretch, mark: Mark) -> bool:
    """Whether a number is the one unit of land that another number of the clause is counted by."""
    if mark.label != COUNT or not key.startswith(("1 ", "01 ", "một "), mark.start) or not MEASURES.search(key, clause.start, mark.start):
        return False
    found = _PER_ONE.search(key, max(clause.start, mark.start - _BEFORE_ONE), clause.end)
    return found is not None and found.start("one") == mark.start


def _is_past(doc: Doc, before: Stretch, clause: Stretch, mark: Mark, own: int, done: re.Pattern[str]) -> bool:
    key = folded(doc)
    past = max(_last_past(key, Stretch(before.start, mark.start)), last(done, key, before))
    if past >= 0 and past > own and not key.startswith("từ nay", max(0, past - 3)):
        return True
    against = _AGAINST_PAST.search(key, mark.start, min(len(key), mark.end + 40)) if own < 0 else None
    if against and not ("cùng kỳ" in against[0] and line_at(doc, mark.start).zone in GOALS):
        return True
    year = identity_of(doc).year
    opens = _YEAR_OPENS.search(key[clause.start : clause.end]) or _YEAR_OPENS.search(key[before.start : before.end])
    return bool(opens and year and int(opens["year"]) < year and own < before.start)


def _last_past(key: str, before: Stretch) -> int:
    """The last cue of the past; `so với năm trước` says what a change is measured against, `chứng chỉ đạt` no `chỉ đạt`."""
    found = [m.start() for m in cue("past").finditer(key, *before) if not key.endswith(_NOT_PAST, 0, m.start())]
    return found[-1] if found else -1


def _last_rule(key: str, clause: Stretch) -> int:
    found = last_of(_RULE, key[clause.start : clause.end], 0, clause.end - clause.start)
    return clause.start + found.start() if found else -1


def _is_money(key: str, sentence: Stretch, clause: Stretch, found: tuple[Mark, Bound], own: int) -> bool:
    """Money and shares of money; thu ngân sách, giải ngân, thu nhập and what is striven for are aims."""
    mark, bound = found
    shares = "gồm:" in key[sentence.start : clause.start]
    spent = cue("budget").search(key, sentence.start if shares else clause.start, clause.end) is not None
    priced = cue("cost").search(key, clause.start, clause.end) is not None
    money = mark.label == MONEY or (mark.label == RATIO and "đồng" in key[mark.start : mark.end])
    own = max(own, last(cue("income"), key, Stretch(sentence.start, bound.start)))
    aimed = own >= 0 or bound.verb or bound.change is not None
    if money:
        if RAISES.search(key, clause.start, bound.start) or _is_income(key, clause, bound):
            return False
        if bound.change == "increase_by" and _GIVES.search(key, clause.start, bound.start):
            return True
        named = _is_named(key, sentence, clause, bound)
        if bound.comparator in {"ge", "gt"} and _ALLOTS.search(key, clause.start, bound.start):
            return False
        capped = bound.comparator in {"le", "lt"} or (bound.comparator == "eq" and not named)
        return spent or priced or (not aimed and capped)
    if mark.label != PERCENTAGE:
        return False
    if priced and not aimed and "lãi suất" in key[clause.start : bound.start]:
        return True
    return (spent and own < sentence.start) or (not aimed and _OF_COSTS.match(key, mark.end) is not None)


def _is_income(key: str, clause: Stretch, bound: Bound) -> bool:
    """Whether what comes in is named before a sum, and no pot of money between: `thu ngân sách đạt 12 tỷ đồng, vượt 8% dự toán`."""
    named = last_of(cue("income"), key, clause.start, bound.start)
    return named is not None and cue("budget").search(key, named.end(), bound.start) is None


def _is_named(key: str, sentence: Stretch, clause: Stretch, bound: Bound) -> bool:
    """Whether a word of measure names the sum: `Thu nhập bình quân đầu người/năm: 60 triệu đồng`."""
    led = key[clause.start : bound.start].strip() == "" and key[sentence.start : clause.start].rstrip().endswith(":")
    return MEASURES.match(key[sentence.start if led else clause.start : bound.start].lstrip(" -+*")) is not None


def past_horizon(doc: Doc, time: Time | None) -> bool:
    """Whether a horizon lies before the document's own year: then the level is a result."""
    year = identity_of(doc).year
    end = (time.end or "") if time and not time.inherited else ""
    return bool(year and end[:4].isdigit() and int(end[:4]) < year)
