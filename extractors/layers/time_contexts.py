"""Time contexts: what stands round a time and makes it no time of this plan: a vision, a term, a comparison, a title.

The labels are the reasons: `vision`, `orientation`, `term`, `validity`, `comparison`, `past`, `instrument_date`,
`title`, `programme` (it says which plan, budget or report is meant, not when something is to be done).
"""

import re
from functools import cache
from typing import NamedTuple

from extractors.layers.folded import fold_in_place, folded_pattern
from extractors.layers.when import BY, DURING, FROM, IN, PAST, RECURRING, Found
from extractors.layers.windows import anchors, count_in
from extractors.vocabulary import rows

VISION, ORIENTATION, TERM, VALIDITY, COMPARISON = "vision", "orientation", "term", "validity", "comparison"
INSTRUMENT_DATE, TITLE, PROGRAMME = "instrument_date", "title", "programme"
DEADLINES = frozenset({"by", "in", "from", "during", "recurring", "within", "conditional"})
"""Labels of times by which, at which or how often something is to be done."""
DATED = frozenset({BY, IN, FROM, DURING})

_WINDOW = 110
_LONGEST_QUOTE = 400
_NEAR = 6
"""Words between *kế hoạch* and the *hằng năm* that belongs to it, a comma among them."""
_LONG_AGO = 10
"""Years; a period that began earlier is history (an anniversary), not work."""

_AHEAD = folded_pattern(
    r"""(?<!\w)(?P<vision>tầm_nhìn)(?:_(?:đến|tới|chiến_lược))?(?:_năm)?\s*$
      | (?<!\w)(?:định_hướng|hướng)(?:_phát_triển)?(?:_(?:đến|tới))?\s*$"""
)
_COMPARED = folded_pattern(
    r"""(?:so_với|bằng|cùng_kỳ|của|gấp_\S+_lần|từ_mức)
        (?:_(?:cùng_kỳ|thời_điểm|cuối|đầu|mức|kết_quả|thực_hiện|hiện_trạng)){0,4}_(?:năm_)?$      # so với mức của (năm 2020)
      | (?:cùng_kỳ|so_với)(?:_[^,;.]{0,25})?\s*$"""
)
_AS_OF = folded_pattern(r"(?<!\w)(?:(?<!máy\s)tính|thống_kê|số_liệu)(?:_(?:đến|tới))?(?:_(?:hết|thời_điểm|cuối)){0,4}\s*$")
_NAMED_DAY = folded_pattern(r"(?:trường|đoàn|đường|phố|nhà_máy|công_ty|nông_trường|bệnh_viện|công_viên|phổ_thông|nghệ_thuật)_\d{1,2}_$")
_LIFE = folded_pattern(r"(?:đời_sống|cuộc_sống|bữa_ăn|sinh_hoạt|tiền_lương|lương|thu_nhập|chi_tiêu|công_việc|giao_tiếp)_$")
_EFFECT = folded_pattern(r"(?:có_)?hiệu_lực(?:_thi_hành)?(?:_(?:kể|từ)){0,4}\s*$|(?:áp_dụng|thi_hành)\s*$")
_BORN = folded_pattern(r"(?<!\w)(?:(?<!học\s)sinh|tốt_nghiệp|thành_lập|khóa|kỷ_niệm[^,;.]{0,40}|hưởng_ứng[^,;.()]{0,60}\()\s*(?:vào_)?$")
_ON_THE_DAY = folded_pattern(r"(?<!\w)(?:vào|trong)_dịp_kỷ_niệm_ngày[^,;.]{0,60}\($")
_CODE = folded_pattern(
    r"""(?:\d[\w.]{0,30}(?:/\d{4})?\s?[/-]\s?[a-zđ][\wđ./&-]{0,40}                                      # 15/QĐ-UBND (ngày)
      | (?:số|nghị_quyết|chỉ_thị|quyết_định|kế_hoạch|công_văn|thông_báo|kết_luận|thông_tư|nghị_định|luật)[^,;.()]{0,25}?\d\S{0,60}
    )\s*,?\s*(?:ban_hành\s*)?$"""
)
_OPENS = folded_pattern(r"(?:^|[.;:,(\t“]|\s-|(?<!\w)(?:và|riêng|trong_đó|sang|bước_sang|cụ_thể|là|gồm)|[%‰])\s*$")
_OF_THE_YEAR = folded_pattern(r"(?:kết_quả|phát_sinh|tình_hình|hoạt_động)[^.;]{0,30}$")
_ENDS = folded_pattern(r"\s*(?:[,.;:)/\d]|$|-\s|(?:đạt|có|là|hoàn|đưa|toàn|tất)(?!\w))")
_LEVEL = folded_pattern(r"\s(?:phấn_đấu_)?(?:đạt|còn|giảm|tăng|chiếm)_(?:(?:trên|dưới|từ|ít_nhất|tối_thiểu|khoảng|còn|xuống)_){0,2}\d")
_COUNTED = folded_pattern(r"\d\s?%(?:_[^\W\d_]+){0,8}[ ]$")
"""What is said of a level before or behind a time: the time is when it is to be reached."""
_PUBLISHED = folded_pattern(r"_(?:xuất_bản|phát_hành)")
_OR_LONGER = folded_pattern(r"\s*(?:,|và|hoặc)\s*(?:(?:0?5|năm|10)_năm|trung_hạn|dài_hạn|giai_đoạn)(?!\w)")
_DAY_FOLLOWS = folded_pattern(r"\s*\(?\s*(?:trước|chậm_nhất)(?!\w)")
_QUOTE = anchors('"')
_BOUNDARY = re.compile(r"[.;:,()“”\t](?!\d)")


class Setting(NamedTuple):
    """Setting: the line a time stands in: its bounds in the folded text, whether it is a heading, the plan's year."""

    start: int
    end: int
    heading: bool
    year: int | None


@cache
def _words(role: str, before: str = r"(?<!\w)", after: str = r"(?!\w)") -> re.Pattern[str]:
    """The phrases of a role of `vocabulary/times_contexts.csv`, longest first, between two patterns."""
    phrases = sorted((fold_in_place(row["phrase"]) for row in rows("times_contexts") if row["role"] == role), key=len, reverse=True)
    spelled = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases)
    return re.compile(f"{before}(?:{spelled}){after}")


def label_of(key: str, found: Found, setting: Setting) -> tuple[str, int]:
    """The label of a time and where it begins once the words that give the label are counted in."""
    left = key[max(setting.start, found.start - _WINDOW) : found.start]
    if found.label == RECURRING:
        return _label_of_recurrence(key, found, left, setting), found.start
    if found.label not in DATED:
        return found.label, found.start
    ahead = _AHEAD.search(left) if found.lead in {"until", "", "today"} else None
    if ahead and not (found.lead == "until" and ahead["vision"] and _opens_part(key, setting, found)):
        return VISION if ahead["vision"] else ORIENTATION, found.start - (len(left) - ahead.start())
    return _reason(key, found, left, setting) or found.label, found.start


def _opens_part(key: str, setting: Setting, found: Found) -> bool:
    """Whether *tầm nhìn đến năm ...* is all of a heading: then it sets the horizon of what follows."""
    return found.start - setting.start <= 12 and key[found.end : setting.end].lstrip()[:1] in {"", ":"}


def _reason(key: str, found: Found, left: str, setting: Setting) -> str | None:
    """Why a dated time is none of this plan's, None where it is one."""
    plain = found.lead in {"", "inside"}
    if found.unit == "term":
        return TERM
    if found.unit == "day" and not found.lead and _dates_instrument(key, found, left):
        return INSTRUMENT_DATE
    if (plain and _COMPARED.search(left)) or (found.lead in {"until", ""} and _AS_OF.search(left)):
        return COMPARISON
    if found.lead in {"since", ""} and _EFFECT.search(left):
        return VALIDITY
    if (plain and _BORN.search(left) and not _ON_THE_DAY.search(left)) or (found.lead == "since" and left.rstrip().endswith(" sinh")):
        return PROGRAMME
    if found.unit == "month" and not found.lead and _NAMED_DAY.search(left):
        return TITLE
    if plain and found.unit in {"quarter", "half"} and _DAY_FOLLOWS.match(key, found.end):
        return PROGRAMME
    if _is_past(found, setting):
        return PAST
    if _quoted(key, found, setting):
        return TITLE
    return PROGRAMME if _qualifies(key, found, left, setting) else None


def _is_past(found: Found, setting: Setting) -> bool:
    if not setting.year:
        return False
    if found.label == FROM:
        return (found.when.start or "9999")[:4].isdigit() and int((found.when.start or "9999")[:4]) < setting.year - _LONG_AGO
    years = [int(bound[:4]) for bound in (found.when.start, found.when.end) if bound and bound[:4].isdigit()]
    return bool(years) and (years[-1] < setting.year or years[0] < setting.year - _LONG_AGO)


def _dates_instrument(key: str, found: Found, left: str) -> bool:
    """Whether a day belongs to the instrument before it, or is followed by the body that issued it."""
    issuer = _words("issuer", before=r"\s*,?\s*của\s+").match(key, found.end)
    return issuer is not None or _CODE.search(left) is not None


def _quoted(key: str, found: Found, setting: Setting) -> bool:
    """Whether a time stands between quotation marks: it is part of a name or motto."""
    first, last = max(setting.start, found.start - _LONGEST_QUOTE), min(setting.end, found.end + _LONGEST_QUOTE)
    if count_in(key, _QUOTE, setting.start, found.start) % 2 and key.find('"', found.end, last) >= 0:
        return True
    opened = max(key.rfind("“", first, found.start), key.rfind("«", first, found.start))
    return opened >= 0 and key.rfind("”", opened, found.start) < 0 and key.find("”", found.end, last) >= 0


def _qualifies(key: str, found: Found, left: str, setting: Setting) -> bool:
    """Whether a time says which thing is meant (`kế hoạch năm 2024`), not when something is done."""
    if found.unit == "bare":
        said = bool(found.lead) and (_ENDS.match(key, found.end) or _words("action", before=r"\s*").match(key, found.end))
        return not (said or _alone(key, found, setting))
    if found.unit == "feast":
        return not found.lead and not any(char.isdigit() for char in key[found.start : found.end])
    if found.unit == "this":
        return found.lead in {"", "edge", "since", "after"} or bool(_OF_THE_YEAR.search(left))
    if found.unit == "years":
        return not (found.lead or _alone(key, found, setting))
    if found.unit not in {"year", "period", "until", "half", "school"}:
        return False
    if found.lead not in {"", "until", "since"} or (found.lead == "since" and found.label == FROM):
        return False
    return _names_thing(key, found, left, setting)


def _names_thing(key: str, found: Found, left: str, setting: Setting) -> bool:
    """Whether a year, half or period belongs to the noun before it: in a heading or at the head of a clause it does not."""
    if found.unit != "until" and setting.heading:
        return False
    if found.unit in {"year", "period"} and not found.lead and (_LEVEL.match(key, found.end) or _COUNTED.search(left)):
        return False
    clause = left[_clause_start(left) :]
    if found.start == setting.start or _OPENS.search(left):
        thing = _last(_words("thing"), left if found.unit in {"period", "until"} else clause)
        named = found.unit == "until" or thing >= 0
        return named and found.start != setting.start and not _alone(key, found, setting)
    thing, verb = _last(_words("thing"), clause), _last(_words("verb"), clause)
    if found.lead:
        return thing > verb
    return verb < 0 or thing > verb or found.unit in {"until", "period"}


def _alone(key: str, found: Found, setting: Setting) -> bool:
    """Whether a time is all that its line or cell says."""
    if found.start - setting.start > _WINDOW or setting.end - found.end > _WINDOW:
        return False
    return not key[setting.start : found.start].strip(" -+*(") and not key[found.end : setting.end].strip(" .;:,)")


def _clause_start(left: str) -> int:
    return max((m.end() for m in _BOUNDARY.finditer(left)), default=0)


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((m.start() for m in pattern.finditer(text)), default=-1)


_STANDING_NAMES = folded_pattern(
    r"""(?:giáo_dục|bồi_dưỡng|đào_tạo|(?:bài|điểm)_kiểm_tra|(?:điểm|đối_với|ưu_tiên|hình_thức)_(?:kiểm_tra,?_)?đánh_giá)\s$"""
)
"""`giáo dục thường xuyên`, `bài kiểm tra thường xuyên`: a kind of education or of marks and no rhythm."""
_BAD_HABITS = folded_pattern(r"_(?:bỏ_học|nghỉ_học|đi_muộn|vi_phạm|tái_phạm|gây|xảy_ra|bị|ngập|ùn_tắc|vắng)(?!\w)")
"""What is done often and shall not be: it says of whom or where, not how often the plan acts."""
_DAY_IN_CLAUSE = folded_pattern(r"[^.;]{0,160}\W(?:trước|chậm_nhất(?:_là)?(?:_vào)?)_ngày_\d")


def _label_of_recurrence(key: str, found: Found, left: str, setting: Setting) -> str:
    """*Hằng năm* that says which kind of plan is meant, *thường xuyên* that says which kind of money, is none."""
    said = " ".join(key[found.start : found.end].split())
    if _quoted(key, found, setting):
        return TITLE
    if said.startswith("thường xuyên"):
        if _STANDING_NAMES.search(left) or _BAD_HABITS.match(key, found.end):
            return PROGRAMME
        adjectives = r"\s+(?:(?:quan trọng|trọng tâm|then chốt|cấp bách|lâu dài|cơ bản)\s*,?\s*(?:và\s+|vừa\s+)?)*$"
        return PROGRAMME if _words("constant", after=adjectives).search(left) else RECURRING
    if said == "định kỳ" and (_PUBLISHED.match(key, found.end) or _DAY_IN_CLAUSE.match(key, found.end, setting.end)):
        return PROGRAMME
    if said in {"hằng ngày", "hàng ngày", "hằng tháng", "hàng tháng"} and _LIFE.search(left):
        return PROGRAMME
    yearly = said in {"hằng năm", "hàng năm", "mỗi năm"}
    return PROGRAMME if yearly and _kind_of_plan(key, found, left) else RECURRING


def _kind_of_plan(key: str, found: Found, left: str) -> bool:
    """Whether *hằng năm* tells one kind of plan from another: `kế hoạch hằng năm`, `hằng năm, 5 năm`."""
    if _OR_LONGER.match(key, found.end):
        return True
    kind = _last(_words("kind"), left)
    if kind < 0 or (kind < _clause_start(left) and len(left[kind:].split()) > _NEAR):
        return False
    return not (_words("action", before=r"\s*").match(key, found.end) or _DAY_FOLLOWS.match(key, found.end))
