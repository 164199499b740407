"""Naming: one naming of an instrument, and the type words by which instruments are named."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from extractors.layers.symbols import Symbol, type_signs
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


_ASSEMBLY_TYPES = frozenset({"Luật", "Bộ luật", "NQ", "PL", "Pháp lệnh", "VB", None})


@cache
def type_words() -> dict[str, tuple[str, frozenset[str]]]:
    """Lower-case type word to its type and the signs that agree with it."""
    return {row["word"].lower(): (row["type"], frozenset(filter(None, row["codes"].split("|")))) for row in rows("type_words")}


@cache
def words_pattern() -> str:
    """The type words as one alternation, longest first, any white space between their syllables."""
    words = sorted(type_words(), key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)


def type_of(base: Citation, symbol: Symbol) -> tuple[str | None, list[str]]:
    """The type, the symbol's where it has one, and the flag where the type word contradicts it.

    Party bodies abbreviate Quy định as QĐ, so both words go with that sign (66-QĐ/TW is a Quy định). A joint instrument is
    often called by the plain word (Thông tư số 13/2016/TTLT-BYT-BGDĐT); its sign says what it is.
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
        worded = base.word and sign in agreed and base.type not in {"QyĐ", None} and not sign.endswith("LT")
        known = base.type if worded else type_signs().get(sign, sign)
        return known, []
    return type_signs().get(sign, sign), ["type_symbol_mismatch"]


def inside(spans: Sequence[Span], at: int) -> bool:
    """Whether one of the spans, ordered and apart, holds a character."""
    k = bisect_right(spans, (at, 1 << 60)) - 1
    return k >= 0 and spans[k][0] <= at < spans[k][1]
