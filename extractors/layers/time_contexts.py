"""Time contexts: what stands round a time and makes it no time of this plan: a vision, a term, a comparison, a title.

The labels are the reasons: `vision`, `orientation`, `term`, `validity`, `comparison`, `past`, `instrument_date`,
`title`, `programme` (it says which plan, budget or report is meant, not when something is to be done).
"""

import re
from functools import cache
from typing import NamedTuple

from extractors.layers.folded import fold_in_place, folded_pattern
from extractors.layers.when import BY, DURING, FROM, IN, PAST, RECURRING, Found
from extractors.vocabulary import rows

VISION, ORIENTATION, TERM, VALIDITY, COMPARISON = "vision", "orientation", "term", "validity", "comparison"
INSTRUMENT_DATE, TITLE, PROGRAMME = "instrument_date", "title", "programme"
DEADLINES = frozenset({"by", "in", "from", "during", "recurring", "within", "conditional"})
"""Labels of times by which, at which or how often something is to be done."""

_WINDOW = 110
_NEAR = 6
"""Words between *kế hoạch* and the *hằng năm* that belongs to it, a comma among them."""
_LONG_AGO = 10
"""Years; a period that began earlier is history (an anniversary), not work."""


class Setting(NamedTuple):
    """Setting: the line that a time stands in: its bounds in the folded text, whether it is a heading, and the plan's year."""

    start: int
    end: int
    heading: bool
    year: int | None


_VISION = folded_pattern(r"(?<!\w)(?P<vision>tầm_nhìn)(?:_(?:đến|tới|chiến_lược))?(?:_năm)?\s*$|(?<!\w)(?P<orientation>định_hướng|hướng)(?:_phát_triển)?(?:_(?:đến|tới))?\s*$")
_COMPARED = folded_pattern(
    r"(?:so_với|bằng|cùng_kỳ|của|gấp_\S+_lần|từ_mức)(?:_(?:cùng_kỳ|thời_điểm|cuối|đầu|mức|kết_quả|thực_hiện|hiện_trạng))*_(?:năm_)?$|(?:cùng_kỳ|so_với)(?:_[^,;.]{0,25})?\s*$"
)
_AS_OF = folded_pattern(r"(?<!\w)(?:(?<!máy\s)tính|thống_kê|số_liệu)(?:_(?:đến|tới))?(?:_(?:hết|thời_điểm|cuối))*\s*$")
_EFFECT = folded_pattern(r"(?:có_)?hiệu_lực(?:_thi_hành)?(?:_(?:kể|từ))*\s*$|(?:áp_dụng|thi_hành)\s*$")
_BORN = folded_pattern(r"(?<!\w)(?:(?<!học\s)sinh|tốt_nghiệp|thành_lập|khóa|kỷ_niệm[^,;.]{0,40})\s*(?:vào_)?$")
_CODE = folded_pattern(
    r"(?:\d[\w.]*(?:/\d{4})?\s?[/-]\s?[a-zđ][\wđ./&-]*|(?:số|nghị_quyết|chỉ_thị|quyết_định|kế_hoạch|công_văn|thông_báo|kết_luận|thông_tư|nghị_định|luật)[^,;.()]{0,25}?\d+\S*)\s*,?\s*(?:ban_hành\s*)?$"
)
_BOUNDARY = re.compile(r"[.;:,()“”\t](?!\d)")
_OPENS = re.compile(r"(?:^|[.;:,(\t“–]|\s-|(?<!\w)(?:và|riêng|trong đó|sang|bước sang|cụ thể|là|gồm))\s*$")


@cache
def words(role: str) -> str:
    """The phrases of a role as one alternation, longest first."""
    phrases = sorted((fold_in_place(row["phrase"]) for row in rows("times_contexts") if row["role"] == role), key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases)


@cache
def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source)


def label_of(key: str, found: Found, setting: Setting) -> tuple[str, int]:
    """The label of a time and where it begins once the words that give the label are counted in."""
    left = key[max(setting.start, found.start - _WINDOW) : found.start]
    if found.label not in {BY, IN, FROM, DURING}:
        return _recurring_label(key, found, left, setting)
    m = _VISION.search(left) if found.lead in {"until", "", "today"} else None
    if m:
        return VISION if m["vision"] else ORIENTATION, found.start - (len(left) - m.start())
    for label, told in (
        (TERM, found.unit == "term"),
        (INSTRUMENT_DATE, found.unit == "day" and _dates_instrument(key, found, left)),
        (COMPARISON, bool(_COMPARED.search(left)) and found.lead in {"", "inside"} or bool(_AS_OF.search(left)) and found.lead in {"until", ""}),
        (VALIDITY, bool(_EFFECT.search(left)) and found.lead in {"since", ""}),
        (PROGRAMME, bool(_BORN.search(left)) and found.lead in {"", "inside"}),
        (PAST, _is_past(found, setting)),
        (TITLE, _quoted(key, found, setting)),
        (PROGRAMME, _qualifies(key, found, left, setting)),
    ):
        if told:
            return label, found.start
    return found.label, found.start


def _is_past(found: Found, setting: Setting) -> bool:
    if not setting.year or found.label == FROM:
        return False
    years = [int(bound[:4]) for bound in (found.when.start, found.when.end) if bound and bound[:4].isdigit()]
    return bool(years) and (years[-1] < setting.year or years[0] < setting.year - _LONG_AGO)


def _dates_instrument(key: str, found: Found, left: str) -> bool:
    """Whether a day belongs to the instrument before it, or is followed by the body that issued it."""
    if found.lead:
        return False
    issued = _pattern(rf"\s*,?\s*của\s+(?:{words('issuer')})(?!\w)").match(key, found.end)
    return bool(_CODE.search(left) or issued)


def _quoted(key: str, found: Found, setting: Setting) -> bool:
    """Whether a time stands between quotation marks: it is part of a name or motto."""
    opened = max(key.rfind("“", setting.start, found.start), key.rfind("«", setting.start, found.start))
    return opened >= 0 and key.rfind("”", opened, found.start) < 0 and key.find("”", found.end, setting.end) >= 0


def _qualifies(key: str, found: Found, left: str, setting: Setting) -> bool:
    """Whether a year or period says which thing is meant (`kế hoạch năm 2024`), not when something is done."""
    if found.unit == "bare":
        return not (found.lead in {"until", "before", "since", "latest", "inside", "after"} and _ends_clause(key, found.end) or _alone(key, found, setting))
    if found.unit == "feast":
        return not found.lead and not any(char.isdigit() for char in key[found.start : found.end])
    if found.unit == "this":
        return not (found.lead in {"inside", "before", "until", "latest"}) or bool(_pattern(r"(?:kết quả|phát sinh|tình hình|hoạt động)[^.;]{0,30}$").search(left))
    if found.unit == "years":
        return not (found.lead or _alone(key, found, setting))
    if found.lead in {"latest", "inside", "before", "today", "edge"} or found.unit not in {"year", "period", "until", "half", "school"}:
        return False
    opens = bool(_OPENS.search(left)) or found.start == setting.start
    if found.lead in {"since", "after"} and found.label == FROM:
        return False
    clause = left[_clause_start(left) :]
    thing = _last(rf"(?<!\w)(?:{words('thing')})(?!\w)", left if opens and found.unit in {"period", "until"} else clause)
    if setting.heading and found.unit != "until":
        return False
    if opens:
        return (found.unit == "until" or thing >= 0) and found.start != setting.start and not _alone(key, found, setting)
    verb = _last(rf"(?<!\w)(?:{words('verb')})(?!\w)", clause)
    if found.lead == "until" or found.label == DURING and found.lead == "since":
        return thing > verb
    return verb < 0 or thing > verb or found.unit == "until"


def _alone(key: str, found: Found, setting: Setting) -> bool:
    """Whether a time is all that its line or cell says."""
    before = key[setting.start : found.start].strip(" -+*(")
    after = key[found.end : setting.end].strip(" .;:,)")
    return not before and not after


def _ends_clause(key: str, at: int) -> bool:
    return bool(_pattern(rf"\s*(?:[,.;:)/]|$|-\s|(?:đạt|có|là|hoàn|đưa|toàn|tất|{words('action')})(?!\w)|\d)").match(key, at, at + 30))


def _clause_start(left: str) -> int:
    cuts = [m.end() for m in _BOUNDARY.finditer(left)]
    return cuts[-1] if cuts else 0


def _last(source: str, text: str) -> int:
    return max((m.start() for m in _pattern(source).finditer(text)), default=-1)


def _recurring_label(key: str, found: Found, left: str, setting: Setting) -> tuple[str, int]:
    """*Hằng năm* that says which kind of plan is meant, *thường xuyên* that says which kind of money."""
    if found.label != RECURRING:
        return found.label, found.start
    said = " ".join(key[found.start : found.end].split())
    if _quoted(key, found, setting):
        return TITLE, found.start
    if said.startswith("thường xuyên") and _pattern(rf"(?<!\w)(?:{words('constant')})\s+(?:(?:quan trọng|trọng tâm|then chốt|cấp bách|lâu dài|cơ bản)\s*,?\s*(?:và\s+|vừa\s+)?)*$").search(left):
        return PROGRAMME, found.start
    if said == "định kỳ" and key.startswith(("xuất bản", "phát hành"), found.end + 1):
        return PROGRAMME, found.start
    if said in {"hằng năm", "hàng năm", "mỗi năm"} and _kind_of_plan(key, found, left):
        return PROGRAMME, found.start
    return RECURRING, found.start


def _kind_of_plan(key: str, found: Found, left: str) -> bool:
    """Whether *hằng năm* tells one kind of plan from another: `kế hoạch hằng năm`, `hằng năm, 5 năm`, `hằng năm của đơn vị`."""
    if _pattern(r"\s*(?:,|và|hoặc)\s*(?:0?5|năm|10|trung|dài|giai đoạn)\s*(?:năm|hạn)?(?!\w)").match(key, found.end):
        return True
    kind = _last(rf"(?<!\w)(?:{words('kind')})(?!\w)", left)
    if kind < 0 or (kind < _clause_start(left) and len(left[kind:].split()) > _NEAR):
        return False
    return not _pattern(rf"\s*(?:{words('action')}|\(?\s*(?:trước|chậm nhất))(?!\w)").match(key, found.end)
