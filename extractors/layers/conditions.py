"""Conditions: times that hang on something else: an event, a need, a timetable of another document.

A condition has words and no date. Vague words (*kịp thời*, *trong thời gian tới*, *nếu có*, *theo quy định*) are none;
nor is what someone is busy with (*khi tham gia giao thông*).
"""

import re
from collections.abc import Iterator
from functools import cache

from extractors.layers.folded import fold_in_place, folded_pattern
from extractors.layers.when import CONDITIONAL, Found, When
from extractors.layers.windows import anchors, windows
from extractors.vocabulary import rows

LONGEST = 140
"""Characters; a condition that runs on further has swallowed its main clause."""
LONGEST_SUBJECT = 4
"""Words between *khi* and its verb (`khi hệ thống sẵn sàng`)."""

_TROUBLES = r"(?:khó_khăn|vướng_mắc|bất_cập|tồn_tại)"
_CUE = folded_pattern(
    rf"""(?<!\w)(?:
      (?P<sudden>đột_xuất_(?:khi|nếu)(?=_)|đột_xuất_theo_yêu_cầu)
    | (?P<ended>(?:(?<=\n)|(?<=[.;+–-]\s))kết_thúc_(?=[^,.;:\d]{{4,60}},))                         # Kết thúc thanh tra, ...
    | (?P<after>(?:(?:ngay_)?(?:sau|trước)|cho_đến)_khi(?=_)|ngay_sau(?=_)(?!_(?:đó|đây|này|khi)))         # sau khi được phê duyệt
    | (?P<when>(?:ngay_|chỉ_)?khi(?=_)|nếu(?=_)                                                # khi có quyết định   nếu có vướng mắc
        |(?<!các\s)(?<!những\s)(?<!mọi\s)(?<!một\ssố\s)trường_hợp(?=_(?:có|phát_sinh|gặp)))
    | (?<!trừ\s)(?P<needed>(?:trong_)?trường_hợp_(?:cần_thiết|khẩn_cấp|đột_xuất|đặc_biệt|bất_khả_kháng)|(?:ở_)?(?:những_)?nơi_(?:có_)?đủ_điều_kiện)
    | (?<!giải\s)(?P<season>(?:trước,?_trong_và_sau|trước|trong|sau|vào|nhân)_(?:các_)?(?:
        mùa_(?:mưa|bão|lũ|khô|hanh_khô|lạnh|cháy|vụ|lễ_hội|du_lịch|hè)(?:_(?:bão|lũ)){{0,2}}
        |dịp_(?:khai_giảng|bế_giảng|phát_động|ra_quân)(?:_(?!(?:và|để|của|theo|tại|cho)_)[^\W\d_]+){{0,6}}
        |dịp_tháng_hành_động(?:_(?:vì|về|phòng)(?:_(?!năm|trong|để|từ)[^\W\d_]+){{1,4}})?
        |ngày_lễ(?:,?_tết)?|giờ_(?:cao_điểm|tan_trường|tan_tầm|đến_trường)|(?:đầu|cuối)_vụ(?!_việc)
        |dịp_hè|tháng_(?:thanh_niên|hành_động|công_nhân|an_toàn|nhân_đạo|cao_điểm)(?:_(?:vì|về|phòng)(?:_(?!năm|trong|để|từ)[^\W\d_]+){{1,4}})?
        |(?:kỳ_thi|mùa_thi|kỳ_nghỉ|vụ_sản_xuất)(?:_(?!(?:và|để|của|theo|phải|cần)_)[^\W\d_]+){{0,5}}))             # trong mùa mưa bão   trước kỳ thi
    | (?P<unled>(?<=[;,.]\s)có_(?=(?:những_|các_)?{_TROUBLES}[^;]{{0,60}}(?:báo_cáo|phản_ánh|trao_đổi|kiến_nghị)))   # ; có vướng mắc báo cáo
    | (?P<trouble>quá_trình(?:_tổ_chức)?(?:_(?:thực_hiện|triển_khai)){{1,2}}[^.;:()]{{0,60}}?,?\s*
         (?P<what>(?:nếu_)?(?:có|gặp|phát_sinh)_(?:(?:những|các|phát_sinh)_)?(?:{_TROUBLES}|vấn_đề)))
    | (?P<route>(?:theo|bảo_đảm|đảm_bảo)_(?:đúng_)?lộ_trình|theo_lịch_(?=của|do|công_tác|phân_công|tiêm)|đúng_lộ_trình(?=_(?:tại|theo|của|trong)))
    | (?P<need>theo_nhu_cầu_thực_tế|theo_khả_năng_(?=cân_đối|của|ngân_sách|nguồn|kinh_phí|huy_động)
        |(?:tùy|tuỳ)_(?:theo|vào|thuộc)_(?=tình_hình|điều_kiện|nhu_cầu|khả_năng|nguồn|tiến_độ|thời)
        |theo_tiến_độ_(?!đề_ra|quy_định|kế_hoạch|chung|được|đã))                              # theo khả năng cân đối ngân sách
    | (?P<during>trong_(?:thời_gian|(?:các_)?đợt)_(?!\d|tới|qua|vừa|sớm|ngắn|nhanh|dài|này|đó|quy_định|nhất|làm|hành|trước|gần|từ|tiếp|tối
        |không|thực_hiện|hợp_lý|đầu|cao_điểm|ra_quân))                                        # trong thời gian phúc tra
    )"""
)
_ANCHORS = anchors(
    "khi ", "nếu ", "lộ trình", "theo lịch", "nhu cầu thực", "khả năng", "tùy ", "tuỳ ", "tiến độ", "trong thời gian", "trong đợt", "trong các đợt", "đột xuất",
    "ngay sau", "quá trình", "dịp khai giảng", "dịp bế giảng", "dịp phát động", "dịp ra quân", "ngày lễ", "giờ cao điểm",
    "giờ tan ", "giờ đến trường", "đầu vụ", "cuối vụ", "trường hợp ", " mùa ", " kỳ thi", " kỳ nghỉ", " vụ sản", "dịp hè",
    "tháng thanh niên", "tháng hành động", "tháng công nhân", "tháng an toàn", "tháng nhân đạo", "tháng cao điểm", "kết thúc ", "đủ điều",
    " có vướng mắc", " có khó khăn",
)  # fmt: skip
_MARGINS = (24, 90)
_TROUBLE = folded_pattern(
    rf"""(?:(?:những|các|phát_sinh|vấn_đề)_){{0,3}}{_TROUBLES}
    (?:(?:\s*[,/-]|_và|_hoặc|,_hoặc)\s*(?:những_|các_)?
       (?:{_TROUBLES}|phát_sinh|vấn_đề_(?:mới_)?(?:phát_sinh|cần[^,.;]{{0,30}}|vướng_mắc|khác)|vấn_đề)){{0,6}}(?:_phát_sinh)?"""
)
_CLAUSE = re.compile(rf"(?:[^,;:.()“”\t\n]|[.,](?=\d)){{0,{LONGEST}}}")
_OF_TROUBLE = folded_pattern(rf"{_TROUBLES}|phát_sinh|vấn_đề|cần_thiết|yêu_cầu|chỉ_định|đề_nghị|nhu_cầu|lệnh|chủ_trương|dịch|dấu_hiệu|sự_cố")
_CODE = re.compile(r"\d{1,9}(?:/\d{4})?\s?[-/]\s?[\w-]++(?:/[\w-]++)*+")


def conditions(key: str, start: int, end: int) -> Iterator[Found]:
    """The conditions in `[start, end)` of a folded text, left to right.

    >>> text = "theo lộ trình tại kế hoạch số 12/kh-ubnd ngày 3/5/2024; kịp thời; nếu có vướng mắc, báo cáo"
    >>> [text[found.start : found.end] for found in conditions(text, 0, len(text))]
    ['theo lộ trình tại kế hoạch số 12/kh-ubnd', 'nếu có vướng mắc']
    """
    at = start
    for first, last in windows(_ANCHORS, key, (start, end), _MARGINS):
        at = max(at, first)
        while at < last and (m := _CUE.search(key, at, last)):
            begin, stop = _extent(key, m, end)
            at = max(m.end(), stop)
            if stop > begin:
                yield Found(begin, stop, CONDITIONAL, When(condition=key[begin:stop]), lead=m.lastgroup or "")


def _extent(key: str, m: re.Match[str], end: int) -> tuple[int, int]:
    """Where the condition that a cue opens begins and ends; nothing where the cue's words go on otherwise."""
    if m["needed"] or m["season"]:
        return m.start(), m.end()
    if m["ended"]:
        return m.start(), key.index(",", m.end())
    if m["unled"]:
        trouble = _TROUBLE.match(key, m.end(), end)
        return m.start(), trouble.end() if trouble else m.start()
    if m["trouble"]:
        begin = m.start("what")
        trouble = _TROUBLE.search(key, begin, min(end, begin + LONGEST))
        return begin, trouble.end() if trouble else m.end()
    if m["when"]:
        return m.start(), _event_end(key, m, end)
    if m["route"]:
        return m.start(), _route_end(key, m.end(), end)
    stop = _clause_end(key, m.end(), end)
    if m["after"] and _words("life").match(key, m.end(), end):
        return m.start(), m.start()
    if m["after"]:
        return m.start(), stop if key[m.end() : stop].strip() else m.start()
    return m.start(), m.end() if m[0].endswith("yêu cầu") else stop


def _event_end(key: str, m: re.Match[str], end: int) -> int:
    """The end of a condition by *khi* or *nếu*: an event, its subject before it if any; the cue's start if there is none.
    Behind *ngay khi* any clause is an event."""
    busy = _words("manner").match(key, m.end(), end)
    if m[0].startswith("ngay") and not busy:
        return max(m.end(), _clause_end(key, m.end(), end))
    by_chance = m[0].endswith("nếu") and not _OF_TROUBLE.search(key, m.end(), min(end, m.end() + LONGEST // 2))
    if busy or by_chance:
        return m.start()
    event = _words("event").match(key, m.end(), end)
    if event is None:
        stop = _clause_end(key, m.end(), end)
        called = _words("call").match(key, stop, end)  # khi Công an xã yêu cầu
        if called and stop > m.end() and key[called.end() : called.end() + 1] in ".;,)\n\t":
            return called.end()
        return stop if _event_with_subject(key[m.end() : stop]) else m.start()
    for at in (event.end() + 1, event.start() + 1):
        trouble = _TROUBLE.match(key, at, end)
        if trouble:
            return trouble.end()
    stop = _clause_end(key, event.end(), end)
    return stop if stop > event.end() or not event[0].endswith("có") else m.start()


def _event_with_subject(clause: str) -> bool:
    """Whether a clause has a verb of an event behind a short subject."""
    places = [blank.start() for blank in re.finditer(r"\s", clause)]
    return any(_words("event").match(clause, place) or _words("call").match(clause, place) for place in places[1 : LONGEST_SUBJECT + 1])


def _clause_end(key: str, at: int, end: int) -> int:
    """The end of the clause that runs on at `at`, cut where a main clause begins without a comma."""
    m = _CLAUSE.match(key, at, end)
    stop = m.end() if m else at
    for word in list(re.finditer(r"\S+", key[at:stop]))[2:]:
        if _words("main").match(key, at + word.start(), stop):
            return at + len(key[at : at + word.start()].rstrip())
    return at + len(key[at:stop].rstrip())


def _route_end(key: str, at: int, end: int) -> int:
    """A timetable's document goes to the end of its number; its date and title are left out."""
    stop = _clause_end(key, at, end)
    code = _CODE.search(key, at, stop)
    return code.end() if code else stop


@cache
def _words(role: str) -> re.Pattern[str]:
    """The phrases of a role of `vocabulary/times_conditions.csv`, blanks before them allowed."""
    phrases = sorted((fold_in_place(row["phrase"]) for row in rows("times_conditions") if row["role"] == role), key=len, reverse=True)
    return re.compile(rf"\s*(?:{'|'.join(re.escape(phrase) for phrase in phrases)})(?!\w)")
