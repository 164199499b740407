"""Aims: whether a number in work prose is a level aimed at: bounded, striven for, or made by a verb of output."""

import re
from functools import cache
from typing import NamedTuple

from extractors.layers import lines as kinds
from extractors.layers.clauses import Stretch
from extractors.layers.comparators import Bound
from extractors.layers.folded import folded, folded_pattern
from extractors.layers.lines import Line
from extractors.layers.marks import Doc, Mark
from extractors.layers.measures import MEASURES
from extractors.layers.quantities import AGE, COUNT, DURATION, FRACTION, FREQUENCY, MONEY, PERCENTAGE, RATIO, Number
from extractors.layers.standings import RAISES, cue
from extractors.layers.zones import GOALS, PURPOSE, REQUIREMENT

_HOLDS = folded_pattern(r"(?:toàn|tổng_số|hiện|gồm|có|còn|cùng|với|giữa|cho|các|tại|trên|về|qua|đủ)(?:_[^\W\d_]+){0,3}_$")
_EACH = folded_pattern(r"(?<![^\W\d_])(?:mỗi|từng)_(?!năm|tháng|quý|tuần|ngày)")
_LABELLED = folded_pattern(r"(?:số_lượng|quy_mô|chỉ_tiêu|tổng_số)[^:.;\n]{0,40}:\s*(?:dự_kiến_)?(?:khoảng_)?$")
_SIZED = folded_pattern(r"(?:quy_mô|công_suất|diện_tích|chiều_dài)(?:_thiết_kế)?_(?:là_|khoảng_)?$")
_ASIDE = folded_pattern(r"\((?:với_|có_)?(?:tổng_)?(?:quy_mô|công_suất|diện_tích|chiều_dài)_$")
_LOCATED = folded_pattern(
    r"""(?<![^\W\d_])(?:ở|của|thuộc|gồm|cả|trong_tổng_số|trên_tổng_số|trên_địa_bàn|trong_số|trong|theo|đối_với|do|từ|bởi|như|hiện_có)_
    (?:cả_)?$"""
)
_KEPT = folded_pattern(
    r"""(?:gồm|(?:hoạt_động|sinh_hoạt|chất_lượng)(?:_[^\W\d_]+){0,4}_(?:của|tại|cho|ở))_$             # thành lập tổ giúp việc gồm 07 người
    |(?<!\w)(?<!qua[ ])(?:kiểm_tra|thanh_tra|giám_sát|hậu_kiểm|phúc_tra)(?:,?_[^\W\d_]+){0,6}_tại_$              # kiểm tra an toàn thực phẩm tại 12 cơ sở
    |(?<!\w)(?<!qua[ ])(?:kiểm_tra|thanh_tra|giám_sát|hậu_kiểm|phúc_tra)                                     # thanh tra 03 trường
     (?:_(?:đột_xuất|định_kỳ|thực_tế|chuyên_đề|thường_xuyên|toàn_diện|chéo))?_$
    """
)
"""What stands between the verb that opens a clause and a count that the plan itself sets."""
_PROVIDED = folded_pattern(r"(?:^|[,;:]\s|\svà\s)\W{0,5}(?:bảo_đảm|đảm_bảo|dự_kiến)_$")
_PART = folded_pattern(r"(?<!\w)trong_đó[:,]?\s$")
_LISTED = re.compile(r"(?:[,;]\s*|\s+và\s+|\s+cùng\s+)(?:và\s+)?$")
_REPORTS = folded_pattern(r"\W*(?:định_kỳ_)?(?:tổng_hợp,?_)?(?:báo_cáo|gửi_báo_cáo|họp|giao_ban)(?![^\W\d_])")
_NEGATED = folded_pattern(r"(?:không_còn|không_có|xóa_bỏ)(?:_[^\W\d_]+){1,5}_$")
_PIECE = re.compile(r"[,:]\s+|\)\s*")


class Place(NamedTuple):
    """Place: where a number stands; `follows` says that the number before it in the sentence is aimed at."""

    line: Line
    clause: Stretch
    follows: bool


@cache
def _verb_first() -> re.Pattern[str]:
    """A verb of output at the head of a piece of a sentence, behind at most a few words of frame."""
    frame = r"(?:tiếp\s+tục|chỉ\s+đạo|tập\s+trung|chủ\s+động|tham\s+mưu|cần|sẽ|và|để|hằng\s+năm|mỗi\s+năm)"
    return re.compile(rf"^\W*(?:{frame}\s+){{0,2}}{cue('output').pattern}")


_RANKED = folded_pattern(r"(?<!\w)thứ_$")
"""A place in an order is no count: `xếp thứ 5/20 xã`."""


@cache
def _ends_made(between: str) -> re.Pattern[str]:
    """A verb of output at the end of a stretch, with what may stand behind it."""
    return re.compile(rf"{cue('output').pattern}{between}\s+$")


def is_aim(doc: Doc, found: tuple[Mark, Number, Bound], place: Place) -> bool:
    """Whether the plan aims at the number."""
    mark, number, bound = found
    key, line = folded(doc), place.line
    ranked = _RANKED.search(key, max(place.clause.start, bound.start - 10), bound.start)
    if ranked or is_limit(key, found, place.clause) or _ASIDE.search(key, place.line.body, bound.start):
        return False
    if mark.label in {PERCENTAGE, FRACTION}:
        return True
    if mark.label == FREQUENCY:
        return _is_frequency(key, found, place)
    said_in_all = (number.of is None and key.startswith("cả ", max(0, bound.start - 3))) or (number.unit.casefold() == "lần" and number.worded)
    if mark.label == COUNT and said_in_all and not bound.verb and bound.change != "multiply_by":
        return False
    if mark.label == RATIO and _SIZED.search(key, place.clause.start, bound.start):
        return True
    in_goals = line.zone in GOALS and line.kind != kinds.HEADING
    if mark.label == AGE:
        return in_goals or bound.verb or bound.change is not None
    if mark.label == COUNT and place.follows and _PART.search(key[max(0, place.clause.start - 12) : place.clause.start]):
        return True
    if mark.label == MONEY and RAISES.search(key, place.clause.start, bound.start):
        return True
    if mark.label == DURATION and place.follows and "/" in key[mark.start : mark.end]:
        return True
    if mark.label in {MONEY, DURATION, RATIO}:
        if mark.label == RATIO and _PROVIDED.search(key[place.clause.start : bound.start]):
            return True
        return in_goals or bound.verb or bound.change is not None or bound.comparator not in {"eq", "approx"}
    return mark.label == COUNT and (_is_bounded(key, found, place) or _is_produced(key, found, place, in_goals=in_goals))


def _is_frequency(key: str, found: tuple[Mark, Number, Bound], place: Place) -> bool:
    """Frequencies are aims but for reports, meetings, who does the work, and mere rounds (`mỗi quý một lần`, `6 tháng một lần`)."""
    mark, number, bound = found
    line = place.line
    if _REPORTS.match(key, *place.clause) or line.zone == "reporting":
        return False
    if number.value != 1 or bound.comparator != "eq" or line.zone in GOALS:
        return True
    if not number.unit.startswith("lần"):
        return not number.unit.startswith(("tổ ", "đội ", "nhóm ", "tổ/", "đội/", "nhóm/"))
    cycle = key[mark.start].isdigit() and number.unit[4:5].isdigit()
    if cycle:
        return key.endswith("/lần", mark.start, mark.end) and line.kind not in {kinds.ROW, kinds.LABEL}
    return key.startswith(("mỗi ", "một ", "hằng ", "hàng "), mark.start) or not number.worded


def _is_bounded(key: str, found: tuple[Mark, Number, Bound], place: Place) -> bool:
    """A label, a bound, a period, a holder of each, or a cell of its own make a count an aim in any zone."""
    mark, number, bound = found
    if _LABELLED.search(key, max(0, bound.start - 90), bound.start) or _SIZED.search(key, place.clause.start, bound.start):
        return True
    if bound.comparator not in {"eq", "approx"} or bound.change is not None or bound.verb or number.per is not None:
        return True
    if key.startswith("toàn bộ ", max(0, bound.start - 8)) and number.noun in {"person", "place", "thing"}:
        return True
    if place.line.kind == kinds.ROW and key[slice(*place.clause)].strip() == key[mark.start : mark.end]:
        return number.noun != "document"
    if place.line.label == "product" and key[place.clause.start : mark.start].strip() == "":
        return number.noun != "document"
    return _EACH.search(key, place.clause.start, bound.start) is not None


def _is_produced(key: str, found: tuple[Mark, Number, Bound], place: Place, *, in_goals: bool) -> bool:
    """Other counts are aims among the goals, in a list behind an aim, or where a verb of output makes them."""
    _, number, bound = found
    clause = place.clause
    if number.worded:
        return number.value > 1 and _ends_made("").search(key[clause.start : bound.start]) is not None
    before = key[clause.start : bound.start]
    if place.follows and _LISTED.search(before):
        return True
    if number.noun not in {"topic", "document"} and (_PROVIDED.search(before) or (_KEPT.search(before) and _is_led(before))):
        return True
    if number.of is not None and key.startswith("cả ", max(0, bound.start - 3)):
        return True
    if _LOCATED.search(key, clause.start, bound.start) or number.noun == "topic" or place.line.zone in {PURPOSE, REQUIREMENT}:
        return False
    return in_goals or number.of is not None or _is_made(key, place, bound)


def _is_led(before: str) -> bool:
    """Whether a verb of output, of keeping or of inspection opens what stands before a number."""
    if before.endswith("gồm "):
        return cue("output").search(before) is not None
    return any(pattern.search(before) for pattern in (_verb_first(), cue("maintain"), cue("inspect")))


def is_located(key: str, found: tuple[Mark, Number, Bound], place: Place) -> bool:
    """Whether a count says how many there are: `trên địa bàn 08 xã`, `toàn huyện có 16 xã`, `rà soát 2.345 hộ`."""
    mark, number, bound = found
    before = key[place.clause.start : bound.start]
    told = any(pattern.search(before) for pattern in (_LOCATED, _HOLDS, cue("inspect")))
    return mark.label == COUNT and (told or number.worded or number.noun in {"document", "topic"})


def _is_made(key: str, place: Place, bound: Bound) -> bool:
    """A verb of output begins the clause or its last piece, or stands right before the number or its colon."""
    clause = place.clause
    if not key[clause.start : bound.start].strip():
        clause = Stretch(max(place.line.body, clause.start - 120), clause.end)
    start = clause.start
    for piece in _PIECE.finditer(key, clause.start, bound.start):
        if _verb_first().match(key[piece.end() : bound.start]):
            start = piece.end()
    before = key[start : bound.start]
    if _ends_made(r"(?:\s+[^\W\d_]+)?").search(before[-40:]):
        return True
    if cue("inspect").search(before):
        return False
    if _verb_first().match(before) or cue("strive").search(before) or cue("maintain").search(before):
        return True
    return _ends_made(r"(?:\s+[^\W\d_]+){0,2}").search(before[-40:]) is not None


def is_limit(key: str, found: tuple[Mark, Number, Bound], clause: Stretch) -> bool:
    """Limits that say who or what is counted: `doanh nghiệp từ 10 lao động trở lên`, `hộ nuôi dưới 10 con bò`, `xã dưới 13 tiêu chí`,
    `doanh nghiệp có từ 30 lao động trở lên thành lập công đoàn`, `trẻ nhẹ cân (dưới 2.500 gram) xuống dưới 8%`."""
    mark, number, bound = found
    if mark.label in {PERCENTAGE, FRACTION, FREQUENCY, AGE} or number.high is not None:
        return False
    if _explains(key, bound, clause):
        return True
    if bound.verb or bound.change:
        return False
    if not _LIMITS.match(key, bound.start, mark.end):
        return False
    before = key[clause.start : bound.start]
    if mark.label == RATIO and MEASURES.match(before.lstrip()):
        return False
    if _THEN.match(key, bound.end, clause.end):
        return True
    if bound.comparator in {"ge", "gt", "lt"} and _HOLDERS.search(before) and _GOES_ON.match(key, bound.end, clause.end):
        return True
    if bound.comparator == "ge" and _CONDITION.match(key, bound.end, clause.end):
        return True
    if _NEGATED.search(before) or _ABOUT.match(before) or (bound.comparator == "eq" and before.strip()):
        return True
    return re.search(r"[^\W\d_]\s+$", before) is not None and not _leads().search(before)


def _explains(key: str, bound: Bound, clause: Stretch) -> bool:
    """Whether brackets hold nothing but the bound, and a further number follows in the clause."""
    closes = key[bound.end : bound.end + 1] == ")"
    return closes and key[: bound.start].endswith("(") and re.search(r"\d", key[bound.end : clause.end]) is not None


@cache
def _leads() -> re.Pattern[str]:
    """Words that make a bound a level when they stand right before it: `có`, `đạt`, a verb of output."""
    words = r"(?<!\w)(?:có|là|được|phải|cho|tham\s+gia|với|tới|mức|quỹ|xuất\s+khẩu\s+lao\s+động|thu\s+hút|huy\s+động|duy\s+trì|bảo\s+đảm|đảm\s+bảo|phấn\s+đấu)"
    return re.compile(rf"(?:{words}|{cue('output').pattern})(?:\s+[^\W\d_]+)?\s+$")


_LIMITS = folded_pattern(r"(?:trên|dưới|từ|hơn)_")
_CONDITION = folded_pattern(r"(?:_[^\W\d_]+){0,3}_(?:phải|thì|được|cần)(?![^\W\d_])")
_THEN = folded_pattern(r"(?:_[^\W\d_]+){0,4}_thì(?![^\W\d_])")
_HOLDERS = folded_pattern(
    r"(?<!\w)(?:doanh_nghiệp|hộ|cơ_sở|đơn_vị|trường|lớp|thôn|xóm|xã|phường|hợp_tác_xã|chi_bộ|khu_dân_cư)(?:_(?!sẽ|phải|cần)[^\W\d_]+){0,3}_có_$"
)
_GOES_ON = folded_pattern(r"_(?:trở_lên_)?(?:được|phải|có|thành_lập|tổ_chức|xây_dựng|ký|tham_gia|đạt|thực_hiện|đăng_ký|áp_dụng)(?![^\W\d_])")
_ABOUT = folded_pattern(r"\W*(?:đối_với|nơi|cách|trường_hợp|những)(?![^\W\d_])")
