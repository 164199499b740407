"""Lengths: so many days from or before an event (`trong vòng 05 ngày làm việc kể từ ...`): no calendar day follows.

A bare length (`trong 02 ngày`) tells how long something lasts; it counts here only with an event, in working days or in
hours.
"""

import re
from collections.abc import Iterator

from extractors.layers.folded import folded_pattern
from extractors.layers.moment import NUMBERS, number
from extractors.layers.when import WITHIN, Found, When
from extractors.layers.windows import anchors, windows

_AMOUNT = r"""(?P<n>\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s*(?:\([^)]{1,12}\)\s*)?
    (?P<unit>năm|tháng|quý|tuần|ngày|giờ|phút)(?P<business>_làm_việc)?(?!\w|_\d{4})"""
_SINCE = r"""(?:(?:kể_)?từ_(?:ngày|khi|thời_điểm)|(?:sau|trước)_(?:khi|ngày(?!\s*\d)|thời_điểm))_
    |trước_(?=(?:kỳ|hội_nghị|bầu_cử|đại_hội|khai_giảng|khai_mạc|tổ_chức)(?!\w))"""
_LENGTH = folded_pattern(
    rf"""(?<!\w)(?:
      (?P<strict>(?:trong|với)_(?:vòng|thời_hạn)|thời_hạn)(?:_(?:tối_đa|không_quá|là))?_                # trong thời hạn 30 ngày
    | (?P<loose>trong_thời_gian(?:_(?:tối_đa|không_quá))?|(?:chậm_nhất|muộn_nhất|không_quá|tối_đa|sau|trong)(?:_(?:là|trong|sau|vòng)){{0,3}})_
    | (?P<ahead>trước_(?:(?:ngày|khi|thời_điểm)_)?(?P<event>[^\d,;.()]{{3,40}}?)_(?:ít_nhất_|tối_thiểu_)?)     # trước ngày bầu cử 95 ngày
    | (?P<bare>(?:(?:ít_nhất|tối_thiểu|trước)_)?(?<![\d.,/-]))                                             # 95 ngày (trước ngày bầu cử)
    ){_AMOUNT}(?P<from>,?\s*(?:tính_)?(?:{_SINCE}))?"""
)
_SHORTENED = folded_pattern(r"(?<!\w)(?:còn|xuống|mức)_$")
"""A level that a procedure is cut to, not a time from its beginning."""
_ANCHORS = anchors(
    *(
        f"{amount}{blank}{unit}"
        for amount in (*"0123456789", *(f" {word}" for word in NUMBERS), ")")
        for blank in ("", " ")
        for unit in ("ngày", "giờ", "tuần", "tháng", "phút", "quý", "năm")
    )
)
_MARGINS = (64, 40)
_EVENT = re.compile(r"[^,;:.()“”\t\n]{0,140}")
_MAIN_CLAUSE = folded_pattern(r"_(?:phải|thì|sẽ|các_(?:đơn_vị|cơ_quan|xã|phường)|đơn_vị)(?!\w)")
_NO_EVENT = folded_pattern(r"ngày$|(?:và|hoặc|sau|mắt|đó|đây|hết|tiên|kia|nay)(?!\w)|[^,;.]*(?<!\w)(?:tháng|năm|quý|tết)(?!\w)")
_FORMS = {"năm": "P{}Y", "tháng": "P{}M", "tuần": "P{}W", "ngày": "P{}D", "giờ": "PT{}H", "phút": "PT{}M"}


def lengths(key: str, start: int, end: int) -> Iterator[Found]:
    """The lengths from an event in `[start, end)` of a folded text; `anchor` is the event.

    >>> text = "trong vòng 05 ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ"
    >>> [(f.when.duration, f.when.calendar, f.when.anchor) for f in lengths(text, 0, len(text))]
    [('P5D', 'business', 'nhận đủ hồ sơ hợp lệ')]
    """
    for first, last in windows(_ANCHORS, key, (start, end), _MARGINS):
        for m in _LENGTH.finditer(key, first, last):
            if _counts(m) and not _SHORTENED.search(key, max(0, m.start() - 12), m.start()):
                stop, anchor = _anchor(key, m, end)
                calendar = "business" if m["business"] else None
                ahead = bool(m["ahead"]) or "trước" in f"{m['bare']} {m['from']}"
                when = When(duration=_duration(number(m["n"]), m["unit"]), mod="before" if ahead else None, anchor=anchor, calendar=calendar)
                yield Found(m.start(), stop, WITHIN, when, lead="ahead" if ahead else "")


def _counts(m: re.Match[str]) -> bool:
    """Whether a length is counted from something and not how long a thing lasts."""
    if m["bare"] is not None:
        return bool(m["from"]) or (m["bare"].startswith("trước") and m["unit"] in {"ngày", "tuần"})
    if m["loose"]:
        return bool(m["from"] or m["business"]) or (m["loose"] == "trong" and m["unit"] in {"giờ", "phút"})
    return not (m["ahead"] and _NO_EVENT.match(m["event"]))


def _duration(count: int, unit: str) -> str:
    """An ISO 8601 duration.

    >>> _duration(5, "ngày"), _duration(24, "giờ"), _duration(1, "quý")
    ('P5D', 'PT24H', 'P3M')
    """
    return f"P{3 * count}M" if unit == "quý" else _FORMS[unit].format(count)


def _anchor(key: str, m: re.Match[str], end: int) -> tuple[int, str | None]:
    """Where the whole expression ends and the event that it counts from."""
    event = _EVENT.match(key, m.end(), end) if m["from"] else None
    if event is None:
        return m.end(), m["event"]
    main = _MAIN_CLAUSE.search(event[0])
    words = event[0][: main.start() if main else None].rstrip()
    return m.end() + len(words), words.strip() or None
