"""Citations: instruments named by number (`Quyết định số 12/QĐ-UBND ngày 05/01/2024 của UBND tỉnh`, `Nghị quyết 18`).

A citation is found from its number: the type word stands before it, symbol, date and issuer behind it. Members of a
list share the type word on their left and the issuer on their right (`các Quyết định số ..., số ... và số ... của UBND
tỉnh`). Short forms give a number without symbol (`Chỉ thị 25`, `Thông tư 33/2015`).
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from extractors.layers.citation_dates import CitationDate, read_date
from extractors.layers.issuing_bodies import read_issuer, read_sender
from extractors.layers.symbols import Symbol, read_symbol, type_signs
from extractors.vocabulary import rows

Span = tuple[int, int]


class Citation(NamedTuple):
    """Citation: one naming of an instrument, `[start, end)` from the type word to the end of code, date and issuer.

    `form` is `full` (number and symbol), `short` (number only), `named` (no number) or `alias`. `word` is the printed
    type word, None where a list or a bracket leaves it out. `issuer`, `title` and `pinpoint` are spans of the text; `target` is the
    start of the naming that an alias repeats.
    """

    start: int
    end: int
    form: str
    type: str | None
    word: str | None = None
    code: str | None = None
    name: str | None = None
    number: str | None = None
    year: int | None = None
    symbol: str | None = None
    signs: tuple[str, ...] = ()
    issued_on: str | None = None
    issuer: Span | None = None
    title: Span | None = None
    alias: str | None = None
    pinpoint: Span | None = None
    flags: tuple[str, ...] = ()
    shared: bool = False
    target: int | None = None


_ANCHOR = re.compile(
    r"""
    (?<![\d/.,–&-])(?<![A-Za-zĐđ]-)\d{1,6}(?!\d)                    # 25-CT/TW   33/2015/TT-BYT   số31-QĐ/TW
    | (?<=[ốỐ])\s?:?[ \t.…_]*(?=[/–-][ ]?[A-ZĐ])                     # số ....../KH-UBND: left blank
    | (?<=[ốỐ]\ )[A-Z]{2,6}-[A-Z]{0,4}(?=\d)                         # số YBB-SA032/26-LR
    """,
    re.VERBOSE,
)
_LAST_WORD = re.compile(r"([^\W\d_]+)\s*[:.]?\s*$")
_SIGN = re.compile(r"(?<!\w)(?P<word>QĐ|NQ|CT|KH|NĐ|TT|TTLT|CV|TB|KL|CTr|HD|VB|BC|TTr)(?P<gap>\s+(?:số\s*:?\s*)?)$")
_CONNECTIVE = re.compile(r"[\s,;]*(?:(?:và|cùng với|,|;)\s*)?(?:số\s*:?\s*)?$")
_NOT_SHORT = re.compile(
    r"""\s?(?:[%‰/]|[-–]\s?\d|,\d|\.\d
    |\s*(?:năm|tháng|ngày|quý|tuần|giờ|lần|xã|huyện|tỉnh|thôn|bản|hộ|người|em|cháu|học|nhiệm|mục|chỉ|tiêu|nội|nhóm|giải|điểm|triệu|tỷ|đồng|ha|km|m2|cấp
    |công|mô|dự|lớp|buổi|cuộc|đợt|đơn|cơ|trường|phường|thị|đối|bước|khâu|hoạt|chương|khu|loại|hợp|phần|trang|bộ|bài)\b)""",
    re.VERBOSE,
)
_SHORT_TYPES = frozenset({"NQ", "CT", "KL", "QĐ", "NĐ", "TT", "KH", "ĐA", "CTr", "TB", "HD", "QyĐ", "TTLT", "CĐ", "PA"})
_SENT = frozenset({"VB", "CV", "TTr", "BC"})
_ASSEMBLY_TYPES = frozenset({"Luật", "Bộ luật", "NQ", "PL", "Pháp lệnh", "VB", None})
_NAMED_TYPES = frozenset({"ĐA", "CTr", "CL"})


@cache
def type_words() -> dict[str, tuple[str, frozenset[str]]]:
    """Lower-case type word to its type and the signs that agree with it."""
    return {row["word"].lower(): (row["type"], frozenset(filter(None, row["codes"].split("|")))) for row in rows("type_words")}


@cache
def words_pattern() -> str:
    """The type words as one alternation, longest first, any white space between their syllables."""
    words = sorted(type_words(), key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)


@cache
def _left() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?P<word>{words_pattern()})(?P<gap>\s*(?:(?:số|Số|sô)\s*[:.]?\s*)?)$", re.IGNORECASE)


@cache
def _last_words() -> frozenset[str]:
    return frozenset(word.split()[-1] for word in type_words()) | {"số", "sô"} | {sign.lower() for sign in type_signs()}


def find_citations(text: str, laws: Sequence[Citation] = ()) -> list[Citation]:
    """All namings by number, in order; `laws` are the laws named in the text, some of which a number follows."""
    by_end, found, done = {law.end: law for law in laws}, list[Citation](), 0
    for anchor in _ANCHOR.finditer(text):
        if anchor.start() < done:
            continue
        citation = _cite(text, anchor.start(), by_end, found[-1] if found else None)
        if citation:
            found.append(citation)
            done = citation.end
    return _share(text, found)


def _cite(text: str, at: int, laws: dict[int, Citation], previous: Citation | None) -> Citation | None:
    """The citation whose number begins at `at`."""
    line = text.rfind("\n", max(0, at - 64), at) + 1
    left = text[max(line, at - 64) : at]
    last = _LAST_WORD.search(left)
    symbol = read_symbol(text, at)
    worded = last is not None and last[1].lower() in _last_words()
    word = (_left().search(left) or _SIGN.search(left)) if worded else None
    if word and not (word["word"].isupper() and symbol is None):
        return _worded(text, at, (at - len(left) + word.start(), word["word"], "ố" in word["gap"].lower()), symbol)
    if symbol is None or symbol[0].style == "short":
        return None
    law = _law_before(text, at, laws)
    if law:
        return _complete(text, law._replace(form="full", word=law.type), symbol)
    return _unworded(text, at, left, symbol, previous)


def _law_before(text: str, at: int, laws: dict[int, Citation]) -> Citation | None:
    """The named law that `, số` joins to the number at `at`."""
    stretch = re.search(r"\s*,?\s*(?:\(?\s*(?:Luật\s+)?số\s*:?\s*)$", text[max(0, at - 16) : at])
    return laws.get(at - len(stretch[0])) if stretch else None


def _worded(text: str, at: int, word: tuple[int, str, bool], symbol: tuple[Symbol, int] | None) -> Citation | None:
    """A number with its type word; `word` is where it begins, the word, and whether `số` follows it."""
    begin, printed, numbered = word
    kind, _ = type_words().get(" ".join(printed.lower().split()), (printed, frozenset()))
    base = Citation(begin, at, "full", kind, printed)
    if symbol and symbol[0].style != "short":
        if kind in _NAMED_TYPES and symbol[0].type is None:
            return base._replace(form="short", end=symbol[1], number=symbol[0].number)
        return _complete(text, base, symbol)
    digits = re.compile(r"\d{1,5}[a-zđ]?(?![\w])").match(text, at)
    if symbol:
        if kind in _SHORT_TYPES:
            return base._replace(form="short", end=symbol[1], number=symbol[0].number, year=symbol[0].year)
        return None
    if not digits:
        return None
    date = read_date(text, digits.end()) if numbered else None
    if date and (date.value or date.flags):
        return _complete(text, base, (Symbol(digits[0], digits[0], None, None, None, (), "letter"), digits.end()))
    plain = printed[0].isupper() and kind in _SHORT_TYPES and not _NOT_SHORT.match(text, digits.end())
    if plain and (numbered or not re.fullmatch(r"(?:19|20)\d\d", digits[0])):
        return base._replace(form="short", end=digits.end(), number=digits[0])
    return None


def _headed(text: str, at: int, left: str, start: int) -> Citation | None:
    """What a list shares that begins with its issuer: `các Nghị định của Chính phủ: số 118/2025/NĐ-CP ..., số ...`."""
    head = _list_head().search(text[max(text.rfind("\n", 0, at) + 1, at - 120) : at])
    if head is None or not left.rstrip(" :").lower().endswith("số"):
        return None
    kind, _ = type_words()[" ".join(head["word"].lower().split())]
    end = at - (len(head[0]) - head.end("body") + head.start())
    return Citation(start, at, "full", kind, head["word"], issuer=(end - len(head["body"]), end))


@cache
def _list_head() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?P<word>{words_pattern()})\s+của\s+(?P<body>[^\W\d_][^:;.,\n]{{2,60}}?)\s*:\s*[Ss]ố\s*:?\s*$", re.IGNORECASE)


def _unworded(text: str, at: int, left: str, found: tuple[Symbol, int], previous: Citation | None) -> Citation | None:
    """A symbol without a type word: a member of a list, or so shaped that it can be nothing else."""
    symbol, _ = found
    start = at - (len(left) - len(re.sub(r"[Ss][ốô]\s*:?\s*$", "", left)))
    if previous and previous.end <= start and previous.form == "full" and _CONNECTIVE.match(text, previous.end, at):
        return _complete(text, Citation(start, at, "full", previous.type, None, shared=True), found)
    header = _headed(text, at, left, start)
    if header:
        return _complete(text, header, found)
    if previous and previous.form == "full" and re.search(r"(?:[,;]|\bvà)\s+(?:số\s*:?\s*)$", left) and "\n" not in text[previous.end : at]:
        issuer = previous.issuer if previous.issuer and previous.issuer[0] < previous.start else None
        return _complete(text, Citation(start, at, "full", previous.type, None, issuer=issuer, shared=True), found)
    headed = re.fullmatch(r"\s*[Ss][ốô]\s*:?\s*", left)
    strong = symbol.style in {"state", "party", "assembly"} and symbol.number and symbol.issuers
    if not strong or headed:
        return None
    return _complete(text, Citation(start, at, "full", None, None), found)


def _complete(text: str, base: Citation, found: tuple[Symbol, int]) -> Citation:
    """The citation with all that symbol, date and issuer say."""
    symbol, end = found
    date, issuer, flags = None, base.issuer, list(symbol.flags)
    for _ in range(2):
        date_here = read_date(text, end) if date is None else None
        if date_here:
            date, end = date_here, date_here.end
        issuer_here = read_issuer(text, end, joint=len(symbol.issuers) > 1 or base.type in {"TTLT", "NQLT"}) if issuer is None else None
        if issuer_here:
            issuer, end = issuer_here, issuer_here[1]
    kind, mismatch = _type(base, symbol)
    if issuer is None and kind in _SENT:
        issuer = read_sender(text, base.start)
    flags += mismatch + _flags(symbol, date)
    return base._replace(
        end=end, type=kind, code=symbol.code if symbol.number or symbol.style == "letter" and symbol.symbol is None else None,
        name=base.name or (None if symbol.number or symbol.symbol is None else f"{base.word or ''} số {symbol.code}".strip()),
        number=symbol.number, year=symbol.year, symbol=symbol.symbol, signs=symbol.issuers, issued_on=date.value if date else None,
        issuer=issuer, flags=tuple(flags),
    )  # fmt: skip


def _type(base: Citation, symbol: Symbol) -> tuple[str | None, list[str]]:
    """The type, the symbol's where it has one, and the flag where the type word contradicts it.

    Party bodies abbreviate Quy định as QĐ, so both words go with that sign (66-QĐ/TW is a Quy định).
    """
    sign = symbol.type
    if symbol.style == "assembly":
        fits = base.word is None or base.type in _ASSEMBLY_TYPES
        law = "Luật" if symbol.issuers[0] == "QH" else "NQ"
        return (base.type or law, []) if fits else (law, ["type_symbol_mismatch"])
    if sign is None or (base.type == "VB" and sign in {"CV", "VB"}):
        return base.type or ("CV" if symbol.style == "letter" else None), []
    agreed = type_words().get(" ".join((base.word or "").lower().split()), (None, frozenset()))[1]
    if base.word is None or base.type == "VB" or sign in agreed or base.word == sign:
        known = base.type if base.word and sign in agreed and base.type not in {"QyĐ", None} else type_signs().get(sign, sign)
        return known, []
    return type_signs().get(sign, sign), ["type_symbol_mismatch"]


def _flags(symbol: Symbol, date: CitationDate | None) -> list[str]:
    flags = [] if symbol.number or symbol.symbol is None else ["blank_number"]
    if date:
        flags += date.flags
        if symbol.year and date.value and not date.value.startswith(str(symbol.year)):
            flags.append("year_date_mismatch")
    return flags


def _share(text: str, found: list[Citation]) -> list[Citation]:
    """Members of a list without issuer (or date) take those of the member on their right."""
    for k in range(len(found) - 2, -1, -1):
        left, right = found[k], found[k + 1]
        if left.form != "full" or right.form != "full" or not re.fullmatch(r"\s*[,;]?\s*(?:và\s+)?", text[left.end : right.start]):
            continue
        alike = right.shared or (left.type == right.type and left.signs == right.signs and left.signs)
        if alike and left.issuer is None and (left.signs == right.signs or right.shared):
            left = left._replace(issuer=right.issuer)
        if right.shared and left.issued_on is None and "blank_date" not in left.flags:
            left = left._replace(issued_on=right.issued_on)
        found[k] = left
    return found


def inside(spans: Sequence[Span], at: int) -> bool:
    """Whether one of the spans, ordered and apart, holds a character."""
    k = bisect_right(spans, (at, 1 << 60)) - 1
    return k >= 0 and spans[k][0] <= at < spans[k][1]
