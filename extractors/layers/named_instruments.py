"""Named instruments: programmes, schemes, strategies, master plans and congress resolutions that are named, not numbered.

A proper name is told from a generic one (`xây dựng đề án`) and from what is still to be made by its signs: a period or
horizon at its end, `quốc gia` in it, quotation marks, a known national target programme, a number (`Đề án 06`).
"""

import re
from functools import cache

from extractors.layers.citation_cues import any_of
from extractors.layers.issuing_bodies import read_issuer
from extractors.layers.law_names import name_key
from extractors.layers.naming import Citation
from extractors.layers.syllables import CAPITALS
from extractors.vocabulary import rows

_TYPES = {
    "chương trình": "CTr",
    "đề án": "ĐA",
    "chiến lược": "CL",
    "quy hoạch": "QH",
    "kế hoạch": "KH",
    "quy chế": "QC",
    "nghị quyết": "NQ",
    "chỉ thị": "CT",
    "kết luận": "KL",
    "quyết định": "QĐ",
}
_HEAD = re.compile(
    r"""(?P<word>Chương\ trình|Đề\ án|Chiến\ lược|Quy\ hoạch|Kế\ hoạch|Quy\ chế|Nghị\ quyết|Chỉ\ thị|Kết\ luận|Quyết\ định
    |kế\ hoạch(?=\ phát\ triển)|chương\ trình(?=\ mục\ tiêu\ quốc\ gia|\ MTQG))
    (?=[ \t:]+[^\W_]|[ \t]*:?[ \t]*[“"])""",
    re.VERBOSE,
)
_PERIOD = re.compile(
    r"""(?:,?\s*(?:giai\ đoạn|thời\ kỳ)\s*(?:năm\s+)?(?:19|20)\d\d\s*(?:[-–]|đến(?:\ năm)?)\s*(?:năm\s*)?20\d\d
    |,?\s*(?:giai\ đoạn\s+)?đến\ (?:hết\ )?năm\ 20\d\d
    |\s+quốc\ gia\ năm\ 20\d\d)
    (?:\s*,?\s*(?:(?:và\s+)?(?:định\ hướng|tầm\ nhìn)(?:\ đến)?(?:\ năm)?\s+20\d\d))?""",
    re.VERBOSE,
)  # fmt: skip
_BREAK = re.compile(r"[;:()\n“”\"/]|\.(?=\s|$)|(?<!\d)\d{1,20}\s?%")
_CLAUSE = re.compile(
    rf"\s+(?:{any_of('name_end')}|năm\s\d)\b|,\s+(?=[{CAPITALS}]|{any_of('name_comma')}\b)|,?\s+và\s(?=[{CAPITALS}]|các\b)",
)
_MAKING = re.compile(rf"{any_of('making')}\s+(?:(?:các|những|một|01|\d+|ra)\s+)?$", re.IGNORECASE)
_CONGRESS = re.compile(
    rf"""
    (?:\s+của)?\s+(?:Đại\ hội|Hội\ nghị|(?:Trung\ ương|TW)(?=\s+\d))
    (?:\s+(?:{any_of("congress")}\b|(?!Nghị|Kế|Quyết|Chỉ|Chương|Đề)[{CAPITALS}][^\W\d_]*|\d{{1,2}}))+     # Đảng bộ tỉnh lần thứ XX
    (?:\s*,?\s*nhiệm\ kỳ\s+\d{{4}}\s*[-–]\s*\d{{4}})?
    """,
    re.VERBOSE,
)
_DESCRIBED = frozenset({"nghị quyết", "kế hoạch", "chương trình", "đề án", "chỉ thị", "kết luận", "quyết định"})
_GENERIC = frozenset({"mục tiêu", "mục tiêu quốc gia", "mtqg"})
"""With a year behind it still no name of one programme: `Chương trình mục tiêu quốc gia năm 2024`."""
_DANGLING = re.compile(r"(?:\s+(?:của|và|lần|thứ|các|đại|trên)){1,6}$")
_OF = re.compile(r"\s+(?:hành động)?(?=\s*của\s)")
_ABOUT = re.compile(r"\s+về\s+(?:việc\s+)?[^;.:()\n“”\"]{4,160}")
_FOLLOWED = re.compile(rf"{any_of('following')}\s+(?:đúng\s+|tốt\s+|nghiêm\s+(?:túc\s+)?)?$", re.IGNORECASE)


@cache
def _programmes() -> tuple[str, ...]:
    """Keys of the names of national target programmes, longest first."""
    return tuple(sorted((name_key(row["name"]) for row in rows("programmes")), key=len, reverse=True))


def find_named(text: str) -> list[Citation]:
    """All namings of programmes, schemes, strategies, master plans and congress resolutions, in order.

    >>> text = "phù hợp với Quy hoạch huyện đến năm 2030, tầm nhìn đến năm 2050 và các quy hoạch khác; xây dựng Đề án chuyển đổi số"
    >>> [text[c.start : c.end] for c in find_named(text)]
    ['Quy hoạch huyện đến năm 2030, tầm nhìn đến năm 2050']
    """
    found, done = list[Citation](), 0
    for head in _HEAD.finditer(text):
        if head.start() < done or text[head.start() - 1 : head.start()].isalpha():
            continue
        kind = _TYPES[head["word"].lower()]
        end = _end_of_name(text, head, kind)
        if end and not _MAKING.search(text[max(0, head.start() - 40) : head.start()]):
            of = _OF.match(text, head.end())
            issuer = read_issuer(text, of.end()) if of else None
            name = " ".join(text[head.start() : end].split())
            found.append(Citation(head.start(), end, "named", kind, head["word"], name=name, issuer=issuer))
            done = end
    return found


def _end_of_name(text: str, head: re.Match[str], kind: str) -> int:
    """Where the proper name ends; 0 where the words are no proper name."""
    described = _described(text, head)
    if described or kind in {"CT", "KL", "QĐ"}:
        return described
    if kind == "NQ":
        congress = _CONGRESS.match(text, head.end(), head.end() + 160)
        return _trimmed(text, head.end(), congress.end()) if congress and "các cấp" not in congress[0] else 0
    broken = _BREAK.search(text, head.end(), head.end() + 240)
    limit = broken.start() if broken else min(len(text), head.end() + 240)
    if broken and broken[0] in '“"' and not text[head.end() : limit].strip(" :"):
        return _quoted(text, limit) if kind in {"ĐA", "CTr", "CL"} else 0
    known = _known_programme(text, head.end(), limit) if kind == "CTr" else 0
    clause = _CLAUSE.search(text, known or head.end(), limit)
    stop = clause.start() if clause else limit
    period = _PERIOD.search(text, known or head.end(), limit)
    generic = period is not None and text[head.end() : period.start()].strip().lower() in _GENERIC
    if period and not generic and kind != "QC" and period.start() <= stop and (known or len(text[head.end() : period.start()].split()) <= 24):
        return period.end()
    return known or _without_period(text, head, kind, stop)


def _without_period(text: str, head: re.Match[str], kind: str, stop: int) -> int:
    """Where a proper name without period ends: a national programme or strategy, a regulation that is followed; else 0."""
    words = text[head.end() : stop]
    length = len(words.split())
    if kind == "QC":
        proper = 5 <= length <= 16 and _FOLLOWED.search(text[max(0, head.start() - 40) : head.start()]) is not None
    else:
        national = re.search(r"\bquốc gia\b", words) and not re.search(r"mục tiêu quốc gia|MTQG", words)
        proper = kind in {"CTr", "CL"} and bool(national) and 3 <= length <= 14
    return _trimmed(text, head.end(), stop) if proper else 0


def _described(text: str, head: re.Match[str]) -> int:
    """Where `Nghị quyết của Tỉnh ủy về chuyển đổi số` ends: an instrument told by its issuer and subject; 0 if it is none."""
    of = _OF.match(text, head.end()) if head["word"].lower() in _DESCRIBED else None
    issuer = read_issuer(text, of.end()) if of else None
    about = _ABOUT.match(text, issuer[1]) if issuer else None
    if about is None:
        return 0
    clause = _CLAUSE.search(text, about.start() + 5, about.end())
    return clause.start() if clause else about.end()


def _known_programme(text: str, start: int, limit: int) -> int:
    """Where the name of a national target programme ends; 0 for `Chương trình mục tiêu quốc gia` alone."""
    lead = re.compile(r"\s+(?:mục tiêu(?: quốc gia)?|MTQG)\s+(?:về\s+)?", re.IGNORECASE).match(text, start, limit)
    if lead is None:
        return 0
    for end in _word_ends(text, lead.end(), limit):
        if name_key(text[lead.end() : end]) in _programmes():
            return end
    return 0


def _word_ends(text: str, start: int, limit: int) -> list[int]:
    """Ends of the words from `start`, longest stretch first."""
    return [m.end() for m in re.compile(r"[^\W_]+").finditer(text, start, limit)][:28][::-1]


def _quoted(text: str, opening: int) -> int:
    closing = re.compile(r"[”\"]").search(text, opening + 1, opening + 260)
    return closing.end() if closing and "\n" not in text[opening : closing.start()] else 0


def _trimmed(text: str, start: int, end: int) -> int:
    """The end without words that lead nowhere (`của`, `lần thứ`)."""
    return start + len(_DANGLING.sub("", text[start:end].rstrip(" ,")))
