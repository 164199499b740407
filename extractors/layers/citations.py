"""Citations: instruments named by number (`Quyết định số 12/QĐ-UBND ngày 05/01/2024 của UBND tỉnh`, `Nghị quyết 18`).

A citation is found from its number: the type word stands before it, symbol, date and issuer behind it. Members of a
list share the type word on their left and the issuer on their right (`các Quyết định số ..., số ... và số ... của UBND
tỉnh`). Short forms give a number without symbol (`Chỉ thị 25`, `Thông tư 33/2015`).
"""

import re
from collections.abc import Sequence
from functools import cache

from extractors.layers.citation_cues import any_of
from extractors.layers.citation_dates import CitationDate, read_date
from extractors.layers.citation_lists import list_head, share
from extractors.layers.issuing_bodies import read_issuer, read_sender
from extractors.layers.naming import Citation, type_of, type_words, words_pattern
from extractors.layers.symbols import Symbol, read_symbol, type_signs

_NUMBER = re.compile(r"\d(?<![\d/.,–&-].)\d{0,5}(?!\d)")
"""No second part of a date, a decimal or a symbol (`03/5`, `1.200`, `A-1`). One sign first: the search is fast then."""
_UNNUMBERED = re.compile(
    r"""ố(?:(?P<blank>\s?:?[ \t.…_]*)(?=[/–-][ ]?[A-ZĐ])      # số ....../KH-UBND: left blank
        |[ ]?:?[ ]?(?P<void>[.…_][ .…_]{0,40})(?=ngày|của)           # số … ngày … của Sở Y tế
        |[ ](?P<sign>[A-Z]{2,6}-[A-Z]{0,4})(?=\d))            # số YBB-SA032/26-LR""",
    re.VERBOSE,
)
_VOID = re.compile(r"[.…_][ .…_]{0,40}(?=ngày|của)")
_SIGNED = re.compile(r"\d+(?:\.\d+)?[a-zđ]?[ \t]{0,2}(?:[/–—‑-]|(?<=[ ])[A-ZĐ]{2}\w{0,2}/)")
_LAST_WORD = re.compile(r"(?<![^\W\d_])([^\W\d_]++)\s*[:.]?\s*$")
_SIGN = re.compile(r"(?<!\w)(?P<word>QĐ|NQ|CT|KH|NĐ|TT|TTLT|CV|TB|KL|CTr|HD|VB|BC|TTr)(?P<gap>\s+(?:số\s*:?\s*)?)$")
_CONNECTIVE = re.compile(r"[\s,;]*(?:(?:và|cùng với|,|;)\s*)?(?:số\s*:?\s*)?$")
_MEMBER = re.compile(r"(?:[,;]|\bvà)\s+(?:số\s*:?\s*)$")
_OTHER_NUMBER = re.compile(
    r"^\s*[Ss][ốô]\s*:?\s*$|(?:[^\W\d_]\s+[Ss]ố\s*:?|\b(?:mẫu|biểu|phiếu|mã|phòng|lớp))\s*$", re.IGNORECASE
)
_OF_LAW = re.compile(r"\s*,?\s*(?:\(?\s*(?:Luật\s+)?số\s*:?\s*)$")
_NUMBER_WORD = re.compile(r"[Ss][ốô]\s*:?\s*$")
_PLAIN = re.compile(r"\d{1,5}[a-zđ]?(?![\w])")
_NOT_SHORT = re.compile(rf"\s?(?:[%‰/]|[-–]\s?\d|,\d|\.\d|\s*{any_of('not_short')}\b)")
_SHORT_TYPES = frozenset({"NQ", "CT", "KL", "QĐ", "NĐ", "TT", "KH", "ĐA", "CTr", "TB", "HD", "QyĐ", "TTLT", "CĐ", "PA"})
_SENT = frozenset({"VB", "CV", "TTr", "BC"})
_NAMED_TYPES = frozenset({"ĐA", "CTr", "CL"})


@cache
def _left() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?P<word>{words_pattern()})(?P<gap>\s*(?:(?:số|Số|sô)\s*[:.]?\s*)?)$", re.IGNORECASE)


@cache
def _last_words() -> frozenset[str]:
    return frozenset(word.split()[-1] for word in type_words()) | {"số", "sô"} | {sign.lower() for sign in type_signs()}


def find_citations(text: str, laws: Sequence[Citation] = ()) -> list[Citation]:
    """All namings by number, in order; `laws` are the laws named in the text, some of which a number follows."""
    by_end, found, done = {law.end: law for law in laws}, list[Citation](), 0
    for at in _anchors(text):
        if at >= done:
            citation = _cite(text, at, by_end, found[-1] if found else None)
            if citation:
                found.append(citation)
                done = citation.end
    return share(text, found)


def _anchors(text: str) -> list[int]:
    """Where numbers begin that may be those of instruments, blank ones too, in order."""
    unnumbered = [m.start(str(m.lastgroup)) for m in _UNNUMBERED.finditer(text)]
    numbers = [m.start() for m in _NUMBER.finditer(text)]
    return sorted(numbers + unnumbered) if unnumbered else numbers


def _cite(text: str, at: int, laws: dict[int, Citation], previous: Citation | None) -> Citation | None:
    """The citation whose number begins at `at`."""
    line = text.rfind("\n", max(0, at - 64), at) + 1
    left = text[max(line, at - 64) : at]
    symbol = read_symbol(text, at) if not text[at : at + 1].isdigit() or _SIGNED.match(text, at) else None
    word = (_left().search(left) or _SIGN.search(left)) if _is_worded(left) else None
    if word and symbol is None and (void := _VOID.match(text, at)):
        return _void(text, at, (len(left) - word.start(), word["word"]), void.end())
    if word and not (word["word"].isupper() and symbol is None):
        return _worded(text, at, (at - len(left) + word.start(), word["word"], "ố" in word["gap"].lower()), symbol)
    if symbol is None or symbol[0].style == "short":
        return None
    law = _law_before(text, at, laws)
    if law:
        return _complete(text, law._replace(form="full", word=law.type), symbol)
    return _unworded(text, at, left, symbol, previous)


def _is_worded(left: str) -> bool:
    """Whether what stands before a number ends with the last word of a type, or with `số`."""
    words = left.rstrip(" :.\t\xa0")
    begin = words.rfind(" ") + 1
    if words[begin:].isalpha() and words[begin:].lower() not in _last_words():
        return False
    last = _LAST_WORD.search(left, begin)
    return last is not None and last[1].lower() in _last_words()


def _law_before(text: str, at: int, laws: dict[int, Citation]) -> Citation | None:
    """The named law that `, số` joins to the number at `at`."""
    stretch = _OF_LAW.search(text[max(0, at - 16) : at])
    return laws.get(at - len(stretch[0])) if stretch else None


def _worded(text: str, at: int, word: tuple[int, str, bool], symbol: tuple[Symbol, int] | None) -> Citation | None:
    """A number with its type word; `word` is where it begins, the word, and whether `số` follows it."""
    begin, printed, numbered = word
    kind, _ = type_words().get(" ".join(printed.lower().split()), (printed, frozenset()))
    base = Citation(begin, at, "full", kind, printed)
    called = " ".join(printed.split())
    if symbol and symbol[0].style != "short":
        if kind in _NAMED_TYPES and symbol[0].type is None:
            return base._replace(form="short", end=symbol[1], number=symbol[0].number, name=f"{called} {symbol[0].number}")
        return _complete(text, base, symbol)
    if symbol:
        called = f"{called} {symbol[0].code}"
        short = base._replace(form="short", end=symbol[1], number=symbol[0].number, year=symbol[0].year, name=called)
        return short if kind in _SHORT_TYPES else None
    return _numbered(text, at, base, numbered=numbered)


def _void(text: str, at: int, word: tuple[int, str], end: int) -> Citation:
    """An instrument of which a draft gives no more than type, issuer or subject: `văn bản số … ngày … của Sở Y tế`."""
    back, printed = word
    kind, _ = type_words().get(" ".join(printed.lower().split()), (printed, frozenset()))
    unknown = Symbol("", None, None, None, None, (), "void")
    found = _complete(text, Citation(at - back, at, "full", kind, printed), (unknown, len(text[:end].rstrip())))
    return found._replace(name=" ".join(text[found.start : found.end].split()))


def _numbered(text: str, at: int, base: Citation, *, numbered: bool) -> Citation | None:
    """A number without signs: `Văn bản số 02 ngày 21/4/2026`, `Nghị quyết 18`, no year and no count of things."""
    digits, printed = _PLAIN.match(text, at), base.word or ""
    if not digits:
        return None
    date = read_date(text, digits.end()) if numbered else None
    if date and (date.value or date.flags):
        return _complete(text, base, (Symbol(digits[0], digits[0], None, None, None, (), "letter"), digits.end()))
    issuer = read_issuer(text, digits.end())
    short = base.type in _SHORT_TYPES or (base.type in {"CV", "VB"} and issuer is not None)
    plain = printed[0].isupper() and short and not _NOT_SHORT.match(text, digits.end())
    if not plain or (not numbered and re.fullmatch(r"(?:19|20)\d\d", digits[0])):
        return None
    end, called = issuer[1] if issuer else digits.end(), f"{' '.join(printed.split())} {digits[0]}"
    return base._replace(form="short", end=end, number=digits[0], issuer=issuer, name=called)


def _unworded(text: str, at: int, left: str, found: tuple[Symbol, int], previous: Citation | None) -> Citation | None:
    """A symbol without a type word: a member of a list, or so shaped that it can be nothing else."""
    symbol, _ = found
    strong = symbol.style in {"state", "party", "assembly"} and bool(symbol.number and symbol.issuers)
    start = at - (len(left) - len(_NUMBER_WORD.sub("", left)))
    header = list_head(text, at, left, start)
    if header:
        return _complete(text, header, found)
    if previous and previous.form == "full" and previous.end <= start and (strong or _alike(symbol, previous)):
        joined = _CONNECTIVE.match(text, previous.end, at)
        if joined or (_MEMBER.search(left) and "\n" not in text[previous.end : at]):
            headed = previous.issuer is not None and previous.issuer[0] < previous.start and not joined
            issuer = previous.issuer if headed else None
            return _complete(text, Citation(start, at, "full", previous.type, None, issuer=issuer, shared=True), found)
    if not strong or _OTHER_NUMBER.search(left):
        return None
    return _complete(text, Citation(start, at, "full", None, None), found)


def _alike(symbol: Symbol, previous: Citation) -> bool:
    """Whether a symbol without type sign looks like its neighbour's: a letter beside a letter."""
    return symbol.issuers == previous.signs or len(symbol.issuers) >= 2 or previous.type in _SENT


def _complete(text: str, base: Citation, found: tuple[Symbol, int]) -> Citation:
    """The citation with all that symbol, date and issuer say."""
    symbol, end = found
    date, issuer, flags = None, base.issuer, list(symbol.flags)
    for _ in range(2):
        date_here = read_date(text, end) if date is None else None
        if date_here:
            date, end = date_here, date_here.end
        issuer_here = (
            read_issuer(text, end, joint=len(symbol.issuers) > 1 or base.type in {"TTLT", "NQLT"}) if issuer is None else None
        )
        if issuer_here:
            issuer, end = issuer_here, issuer_here[1]
    kind, mismatch = type_of(base, symbol)
    if issuer is None and kind in _SENT:
        issuer = read_sender(text, base.start)
    flags += mismatch + _flags(symbol, date)
    return base._replace(
        end=end, type=kind, code=symbol.code if symbol.number or (symbol.style == "letter" and symbol.symbol is None) else None,
        name=base.name or (None if symbol.number or symbol.symbol is None else f"{base.word or ''} số {symbol.code}".strip()),
        number=symbol.number, year=symbol.year, symbol=symbol.symbol, signs=symbol.issuers, issued_on=date.value if date else None,
        issuer=issuer, flags=tuple(flags),
    )  # fmt: skip


def _flags(symbol: Symbol, date: CitationDate | None) -> list[str]:
    flags = [] if symbol.number or (symbol.symbol is None and symbol.style != "void") else ["blank_number"]
    if date:
        flags += date.flags
        if symbol.year and date.value and not date.value.startswith(str(symbol.year)):
            flags.append("year_date_mismatch")
    return flags
