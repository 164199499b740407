"""Times: EDTF expressions in words, Vietnamese and English."""

import re

from pipeline.labels import Language

_PART = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d|XX))?(?:-(?P<day>\d\d|XX))?")
_QUARTERS = {33: "I", 34: "II", 35: "III", 36: "IV"}
_HALVES = {40: ("6 tháng đầu năm", "first half of"), 41: ("6 tháng cuối năm", "second half of")}


def time_words(edtf: str | None, language: Language) -> str:
    """An EDTF expression for reading; what is none stands for itself.

    >>> [time_words(one, "vi") for one in ("2024", "2024-06-30", "2024-36", "2021/2025", "2025/..", "2024-05")]
    ['2024', '30/6/2024', 'quý IV/2024', '2021–2025', 'từ 2025', 'tháng 5/2024']
    >>> time_words("2024-36", "en"), time_words("2024-41", "en"), time_words("2024-06-30", "en"), time_words("2025/..", "en")
    ('Q4 2024', 'second half of 2024', '2024-06-30', 'from 2025')
    """
    first, slash, second = (edtf or "").partition("/")
    if not slash:
        return _point(first, language)
    if second in {"", ".."}:
        return f"{'từ' if language == 'vi' else 'from'} {_point(first, language)}"
    return f"{_point(first, language)}–{_point(second, language)}"


def span_words(start: str | None, end: str | None, language: Language) -> str:
    """Two ends as one span.

    >>> span_words("2021", "2025", "vi"), span_words(None, "2025", "vi")
    ('2021–2025', '2025')
    """
    return "–".join(time_words(one, language) for one in dict.fromkeys(filter(None, (start, end))))


def _point(part: str, language: Language) -> str:
    found = _PART.fullmatch(part)
    if not found or not found["month"] or found["month"] == "XX":
        return found["year"] if found else part
    year, month, vietnamese = found["year"], int(found["month"]), language == "vi"
    if month in _QUARTERS:
        return f"quý {_QUARTERS[month]}/{year}" if vietnamese else f"Q{month - 32} {year}"
    if month in _HALVES:
        return f"{_HALVES[month][0 if vietnamese else 1]} {year}"
    if not found["day"] or found["day"] == "XX":
        return f"tháng {month}/{year}" if vietnamese else f"{year}-{month:02}"
    return f"{int(found['day'])}/{month}/{year}" if vietnamese else part
