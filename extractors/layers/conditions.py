"""Conditions: times that hang on something else: an event, a need, a timetable of another document, so many days from a day.

A condition has words and no date. *Trong vòng 05 ngày làm việc kể từ ...* is a length of time from an event (`within`),
from which no calendar day follows. Vague words (*kịp thời*, *trong thời gian tới*, *nếu có*, *theo quy định*) are neither.
"""

import re
from collections.abc import Iterator
from functools import cache

from extractors.layers.folded import fold_in_place, folded_pattern
from extractors.layers.intervals import CONDITIONAL, WITHIN, Found, When
from extractors.layers.moments import NUMBERS
from extractors.layers.windows import anchors, windows
from extractors.vocabulary import rows

LONGEST_SUBJECT = 4
"""Words between *khi* and its verb (`khi hệ thống sẵn sàng`)."""
LONGEST = 140
"""Characters; a condition that runs on further has swallowed its main clause."""

_AMOUNT = r"(?P<n>\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s*(?:\([^)]{1,12}\)\s*)?(?P<unit>năm|tháng|quý|tuần|ngày|giờ|phút)(?P<business>_làm_việc)?(?!_\d{4})"
_WITHIN = folded_pattern(
    rf"""(?<!\w)(?:
      (?P<strict>(?:trong|với)_(?:vòng|thời_hạn)|thời_hạn|trong_thời_gian(?:_(?:tối_đa|không_quá))?)(?:_(?:tối_đa|không_quá|là))?_{_AMOUNT}
    | (?P<loose>chậm_nhất|muộn_nhất|không_quá|tối_đa|sau|trong)(?:_(?:là|trong|sau|vòng))*_{_AMOUNT.replace('?P<n>', '?P<n2>').replace('?P<unit>', '?P<unit2>').replace('?P<business>', '?P<business2>')}
    | (?P<ahead>trước_(?:(?:ngày|khi|thời_điểm)_)?(?P<event>[^\d,;.()]{{3,40}}?)_(?:ít_nhất_|tối_thiểu_)?{_AMOUNT.replace('?P<n>', '?P<n3>').replace('?P<unit>', '?P<unit3>').replace('?P<business>', '?P<business3>')})
    )(?!\w)(?P<anchor>,?\s*(?:tính_)?(?:(?:kể_)?từ_(?:ngày|khi|thời_điểm)|(?:sau|trước)_khi|sau_ngày)_)?"""
)
_CUE = folded_pattern(
    r"""(?<!\w)(?:
      (?P<sudden>đột_xuất_(?:khi|theo_yêu_cầu|nếu))
    | (?P<after>(?:ngay_)?(?:sau|trước)_khi(?=_))
    | (?P<soon>ngay_sau(?!_(?:đó|đây|này|khi)))
    | (?P<when>(?:ngay_|chỉ_)?khi(?=_)|nếu(?=_)|trường_hợp(?=_(?:có|phát_sinh|gặp)))
    | (?P<trouble>quá_trình(?:_tổ_chức)?(?:_(?:thực_hiện|triển_khai)){1,2}[^.;:()]{0,60}?,?\s*(?P<what>(?:nếu_)?(?:có|gặp|phát_sinh)_(?:(?:những|các|phát_sinh)_)?(?:khó_khăn|vướng_mắc|vấn_đề)))
    | (?P<route>(?:theo|bảo_đảm|đảm_bảo)_(?:đúng_)?lộ_trình|đúng_lộ_trình(?=_(?:tại|theo|của|trong)))
    | (?P<need>theo_nhu_cầu_thực_tế|theo_khả_năng_(?=(?:cân_đối|của|ngân_sách|nguồn|kinh_phí|huy_động))|(?:tùy|tuỳ)_(?:theo|vào|thuộc)_(?=(?:tình_hình|điều_kiện|nhu_cầu|khả_năng|nguồn|tiến_độ|thời))|theo_tiến_độ_(?!đề_ra|quy_định|kế_hoạch|chung|được|đã))
    | (?P<during>trong_(?:thời_gian|đợt)_(?!\d|tới|qua|vừa|sớm|ngắn|nhanh|dài|này|đó|quy_định|nhất|làm|hành|trước|gần|từ|tiếp|tối|không|thực_hiện|hợp_lý|đầu|cao_điểm|ra_quân))
    )"""
)
_ANCHORS = anchors(
    "khy ", "nếu ", "lộ trình", "nhu cầu thực", "khả năng", "tùy ", "tuỳ ", "tiến độ", "trong thời gian", "trong đợt", "đột xuất", "ngay sau", "quá trình",
    "trường hợp ",
)  # fmt: skip
_LENGTH_ANCHORS = anchors(" ngày", " giờ", " tuần", " tháng", " phút", " quý", " năm", ") ngày", ")ngày")
_TROUBLE = folded_pattern(
    r"""(?:(?:những|các|phát_sinh|vấn_đề)_)*(?:khó_khăn|vướng_mắc|bất_cập|tồn_tại)(?:(?:\s*[,/-]|_và|_hoặc|,_hoặc)\s*(?:những_|các_)?(?:khó_khăn|vướng_mắc|bất_cập|tồn_tại|phát_sinh|vấn_đề_(?:mới_)?(?:phát_sinh|cần[^,.;]{0,30}|vướng_mắc|khác)|vấn_đề))*(?:_phát_sinh)?"""
)
_CLAUSE = re.compile(rf"(?:[^,;:.()“”\t\n]|[.,](?=\d)){{0,{LONGEST}}}")
_SUBJECT = folded_pattern(r"khó_khăn|vướng_mắc|bất_cập|phát_sinh|vấn_đề|cần_thiết|yêu_cầu")
_LETTERS = {"năm": "P{}Y", "tháng": "P{}M", "tuần": "P{}W", "ngày": "P{}D", "giờ": "PT{}H", "phút": "PT{}M"}


@cache
def _words(role: str) -> re.Pattern[str]:
    phrases = sorted((fold_in_place(row["phrase"]) for row in rows("times_conditions") if row["role"] == role), key=len, reverse=True)
    return re.compile(rf"\s*(?:{'|'.join(re.escape(p) for p in phrases)})(?!\w)")


def conditions(key: str, start: int, end: int) -> Iterator[Found]:
    """The conditions and lengths from an event in `[start, end)` of a folded text."""
    yield from _lengths(key, start, end)
    at = start
    for first, last in windows(_ANCHORS, key, (start, end), (16, 90)):
        at = max(at, first)
        while at < last and (m := _CUE.search(key, at, last)):
            begin, stop = _extent(key, m, end)
            at = max(m.end(), stop)
            if stop > begin:
                yield Found(begin, stop, CONDITIONAL, When(condition=key[begin:stop]), lead=m.lastgroup or "")


def _lengths(key: str, start: int, end: int) -> Iterator[Found]:
    for m in (m for a, b in windows(_LENGTH_ANCHORS, key, (start, end), (64, 40)) for m in _WITHIN.finditer(key, a, b)):
        number = next(name for name in ("", "2", "3") if m["n" + name])
        n, unit, business = m["n" + number], m["unit" + number], m["business" + number]
        if m["loose"] and not (m["anchor"] or business or (m["loose"] == "trong" and unit in {"giờ", "phút"})):
            continue
        if m["strict"] == "trong thời gian" and not m["anchor"]:
            continue
        if m["ahead"] and not _counts_from_event(m["event"]):
            continue
        count = int(n) if n.isdigit() else 1 if n == "một" else NUMBERS[n]
        duration = f"P{3 * count}M" if unit == "quý" else _LETTERS[unit].format(count)
        stop, anchor = m.end(), m["event"]
        if m["anchor"]:
            clause = _CLAUSE.match(key, m.end(), end)
            stop = m.end() + len(clause[0].rstrip()) if clause else m.end()
            anchor = key[m.end() : stop].strip()
        yield Found(m.start(), stop, WITHIN, When(duration=duration, anchor=anchor, calendar="business" if business else None), lead="ahead" if m["ahead"] else "")


def _counts_from_event(event: str) -> bool:
    return not re.search(r"^(?:và|hoặc|sau|mắt|đó|đây|hết|tiên|kia|nay)(?!\w)|(?<!\w)(?:tháng|năm|quý|tết)(?!\w)", event)


def _extent(key: str, m: re.Match[str], end: int) -> tuple[int, int]:
    """Where the condition that a cue opens begins and ends; nothing where the cue's words go on otherwise."""
    if m["trouble"]:
        begin = m.start("what")
        trouble = _TROUBLE.search(key, begin, min(end, begin + LONGEST))
        return begin, trouble.end() if trouble else m.end()
    if m["when"]:
        return _event(key, m, end)
    if m["route"]:
        return m.start(), _route_end(key, m.end(), end)
    if m["sudden"]:
        return m.start(), m.end() if "theo" in m[0] else _clause_end(key, m.end(), end)
    stop = _clause_end(key, m.end(), end)
    return m.start(), stop if key[m.end() : stop].strip() else m.start()


def _event(key: str, m: re.Match[str], end: int) -> tuple[int, int]:
    """A condition by *khi* or *nếu*: an event, its subject before it if any; what someone is busy with is none."""
    nothing = (m.start(), m.start())
    if _words("manner").match(key, m.end(), end) or ("nếu" in m[0] and not _SUBJECT.search(key, m.end(), min(end, m.end() + LONGEST // 2))):
        return nothing
    event = _words("event").match(key, m.end(), end)
    if event is None:
        stop = _clause_end(key, m.end(), end)
        late = [e for word in re.finditer(r"\s", key[m.end() : stop]) if (e := _words("event").match(key, m.end() + word.start(), stop))]
        return (m.start(), stop) if late and len(key[m.end() : late[0].start()].split()) <= LONGEST_SUBJECT else nothing
    trouble = _TROUBLE.match(key, event.end() + 1, end) or (_TROUBLE.match(key, event.start() + 1, end) if "vướng" in event[0] or "phát sinh" in event[0] else None)
    if trouble:
        return m.start(), trouble.end()
    stop = _clause_end(key, event.end(), end)
    return (m.start(), stop) if stop > event.end() or "có" not in event[0] else nothing


def _clause_end(key: str, at: int, end: int) -> int:
    """The end of the clause that runs on at `at`, cut where a main clause begins without a comma."""
    m = _CLAUSE.match(key, at, end)
    stop = m.end() if m else at
    words = list(re.finditer(r"\S+", key[at:stop]))
    for word in words[2:]:
        if _words("main").match(key, at + word.start(), stop):
            return at + word.start() - 1
    return at + len(key[at:stop].rstrip())


def _route_end(key: str, at: int, end: int) -> int:
    """A timetable's document goes to the end of its number; its date and title are left out."""
    stop = _clause_end(key, at, end)
    code = re.search(r"\d+(?:/\d{4})?\s?[-/]\s?[\w-]+(?:/[\w-]+)*", key[at:stop])
    return at + code.end() if code else stop
