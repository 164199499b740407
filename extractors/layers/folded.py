"""Folded: the text as one comparison key of the same length, so that an offset in the key is an offset in the text.

`syllables.fold` also joins white space and serves phrases; this key serves grammars that must cite what they match.
"""

import re
from collections.abc import Iterable

from extractors.layers.marks import Doc, text_of
from extractors.layers.syllables import spell_alike

_SIGNS = (*((dash, "-") for dash in "–—−‑"), ("\u00a0", " "))
_COMBINING = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_ALTERED = re.compile(rf"(?<![\d{_COMBINING}])\d(?:[./,-]?[\d{_COMBINING}])*+")
_ALTERATION = re.compile(rf"\d[{_COMBINING}]")
_PIECES = re.compile(r"\\.|\(\?P<\w+>|\(\?P=\w+\)|\{[\d,]+\}|\[[^\]]*\]|[^\W\d_]+|_")


def folded(doc: Doc) -> str:
    """The document's text in lower case, tones and i/y placed as `syllables.fold` places them, dashes made `-`."""
    key: str | None = doc.user_data.get("folded")
    if key is None:
        key = doc.user_data["folded"] = fold_in_place(text_of(doc))
    return key


def fold_in_place(text: str) -> str:
    r"""The key of a text, character by character.

    >>> fold_in_place("Tỉ lệ bao phủ – UỶ BAN, hoàn thành")
    'tỷ lệ bao phủ - ủy ban, hoàn thành'

    Figures of which one is struck out or drawn over by a sign that combines with it are no figures: nobody knows what is left of them.

    >>> fold_in_place("đạt 8\N{COMBINING LONG STROKE OVERLAY}0%, nay là 90%")
    'đạt ___%, nay là 90%'
    """
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    key = spell_alike(lower)
    for sign, plain in _SIGNS:  # many times as fast as `translate`
        key = key.replace(sign, plain)
    return _ALTERED.sub(_blotted, key) if _ALTERATION.search(key) else key


def _blotted(figures: re.Match[str]) -> str:
    return "_" * len(figures[0]) if _ALTERATION.search(figures[0]) else figures[0]


def folded_pattern(pattern: str) -> re.Pattern[str]:
    """A verbose regex in common spelling, compiled to match a folded text; `_` stands for the blank between syllables.

    >>> bool(folded_pattern("tỉ_lệ (?:hộ|xã)?").match("tỷ  lệ"))
    True
    """
    return re.compile(_PIECES.sub(_spell, pattern), re.VERBOSE)


def any_of(phrases: Iterable[str], *, inside: str = r"[^\W\d_]") -> str:
    r"""A pattern of folded phrases that begin at the edge of a word; of two that begin alike the longer one counts.

    No phrase begins behind what matches `inside`.
    Each begins with its first sign, then looks back: a search skips the signs with which none begins, which takes half of the time.

    >>> re.findall(any_of(["tỷ lệ", "tỷ lệ hộ"]), "tỷ lệ hộ, quốctỷ lệ")
    ['tỷ lệ hộ']
    """
    by_sign: dict[str, list[str]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        by_sign.setdefault(re.escape(phrase[0]), []).append(re.escape(phrase[1:]).replace(r"\ ", r"\s+"))
    branches = (rf"{sign}(?<!{inside}{sign})(?:{'|'.join(rest)})" for sign, rest in by_sign.items())
    return f"(?:{'|'.join(branches)})"


def last_of(pattern: re.Pattern[str], key: str, start: int, end: int) -> re.Match[str] | None:
    """The last match of a pattern in a stretch of a folded text."""
    found = None
    for match in pattern.finditer(key, start, end):
        found = match
    return found


def _spell(piece: re.Match[str]) -> str:
    if piece[0] == "_":
        return "[ ]+"
    return fold_in_place(piece[0]) if piece[0][0].isalpha() else piece[0]
