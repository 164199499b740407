"""Legacy letters: Vietnamese as it was written before Unicode, in fonts whose letters stand in the places of others.

TCVN3 (ABC), VPS and VISCII have one byte a letter, VNI a letter and a mark, VIQR plain signs. What a text is written in shows
in the name of its font; where there is none, in whether its words become Vietnamese syllables. A paragraph that does not
clearly become Vietnamese stays as it is: a wrong conversion would be worse than none.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Literal, NamedTuple

from extractors.vocabulary import rows
from pipeline.ingest.letters import marked_share, vietnamese_share

Encoding = Literal["TCVN3", "VNI", "VPS", "VISCII", "VIQR"]
_BYTES: tuple[Encoding, ...] = ("TCVN3", "VNI", "VISCII", "VPS")
_VIETNAMESE = 0.85  # share of syllables in a paragraph that was converted rightly; wrongly converted ones have under 0.6
_MARKED = 0.3  # share of words with a Vietnamese mark in them
_KNOWN = 0.55  # share of known syllables among those with marks; rightly converted text has over 0.8, wrongly under 0.4
_KNOWN_LISTS = (
    "fixed_phrases",
    "indicators",
    "predicates",
    "unit_names",
    "unit_heads",
    "unit_fields",
    "programmes",
    "laws",
    "sections",
)
_FOREIGN = re.compile("[\x02-\x06\x10-\x1e\x80-\xff\u0152-\u02dc\u2013-\u203a\u20ac\u2122\uf080-\uf0ff]")
_UNICODE = re.compile("[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9\u0300-\u0323]")
_WINDOWS = {chr(code): bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
_FONT = re.compile(
    r"""
    (?:[A-Z]{6}\+)? (?:
        (?P<TCVN3> \.Vn[-\w\s]+ )                      # .VnTime, .VnArialH, ABCDEF+.VnTime
      | (?P<VNI> VNI[-\s_]? [-\w\s]* )               # VNI-Times, VNI Helve
      | (?P<VPS> VPS\s?\w* )                          # VPS Times
      | (?P<VISCII> (?:VI|HoangYen|U\sHoai|HeoMay|PhuongThao|ThaHuong|MinhQuan)\s[\w.\s]* )   # VI Times, MinhQuan 1.1
    )
    """,
    re.VERBOSE | re.IGNORECASE,  # style sheets are read in small letters
)
_CAPITALS = re.compile(r"\.vn\w*h\b", re.IGNORECASE)  # .VnTimeH draws small letters as capitals
_VIQR_WORD = re.compile(r"(?<![A-Za-z])[A-Za-z]*(?:[aeo]\^|a\(|[ou]\+|[aeiouy]['`?~.](?=[a-z])|dd|DD|Dd)[A-Za-z'`?~.^(+]*")
_VIQR_LETTER = re.compile(r"(?P<bar>dd|DD|Dd)|(?P<vowel>[AEIOUYaeiouy])(?P<shape>[\^(+*]?)(?P<tone>['`?~.]?)")
_SHAPES = {"^": "\u0302", "(": "\u0306", "+": "\u031b", "*": "\u031b", "": ""}
_TONES = {"'": "\u0301", "`": "\u0300", "?": "\u0309", "~": "\u0303", ".": "\u0323", "": ""}
_WORD = re.compile(r"[^\W\d_]+")
_CAPITAL_WORDS = re.compile(r"(?:(?<![^\W\d_])[^\W\d_a-z]*[A-Z][^\W\d_a-z]*(?![^\W\d_])[ ]?)+")  # no small plain letter in them
_PRINTED = re.compile(r"[^\s\d,.;:()/\"'“”‘’…–—%+-]+")  # words of legacy letters hold signs: `huy®n`


class Restored(NamedTuple):
    """Restored: a text in Unicode, and what it was written in, None where nothing was changed."""

    text: str
    encoding: Encoding | None


def restored(text: str) -> Restored:
    """The text with each paragraph that was written in a legacy encoding made Unicode.

    >>> restored("Uû ban nh©n d©n x· Hßa Phong ban hµnh kÕ ho¹ch")
    Restored(text='Uỷ ban nhân dân xã Hòa Phong ban hành kế hoạch', encoding='TCVN3')
    >>> restored("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam").text
    'Cộng hòa xã hội chủ nghĩa Việt Nam'
    >>> restored("Le café de la gare à côté")
    Restored(text='Le café de la gare à côté', encoding=None)
    """
    paragraphs = text.split("\n")
    encoding = encoding_of(paragraphs)
    if encoding is None:
        return Restored(text, None)
    return Restored("\n".join(paragraph_restored(paragraph, encoding) for paragraph in paragraphs), encoding)


def encoding_of(paragraphs: Iterable[str]) -> Encoding | None:
    """The encoding in which most paragraphs that are no Vietnamese become so; None where none does."""
    votes: Counter[Encoding] = Counter()
    asked = 0
    for paragraph in paragraphs:
        if not _suspect(paragraph):
            continue
        candidates = _BYTES if _FOREIGN.search(paragraph) else ("VIQR",)
        best = max(candidates, key=lambda encoding: known_share(decoded(paragraph, encoding)))
        made = decoded(paragraph, best)
        if known_share(made) >= _KNOWN and vietnamese_share(made) >= _VIETNAMESE and marked_share(made) >= _MARKED:
            votes[best] += len(paragraph)
        asked += 1
        if asked > 60:
            break
    return votes.most_common(1)[0][0] if votes else None


def paragraph_restored(paragraph: str, encoding: Encoding) -> str:
    """The paragraph converted from `encoding`, or as it is where it is Unicode or becomes no better."""
    if _UNICODE.search(paragraph) or not (_FOREIGN.search(paragraph) or encoding == "VIQR"):
        return paragraph
    made = decoded(paragraph, encoding)
    return made if known_share(made) >= known_share(paragraph) else paragraph


def known_share(text: str) -> float:
    """The share of the words with other letters than English ones that are syllables of the vocabulary, 0 to 1."""
    words = [word.lower() for word in _PRINTED.findall(text) if not word.isascii()]
    return sum(word in _syllables() for word in words) / len(words) if words else 0.0


def decoded(text: str, encoding: Encoding, *, capitals: bool = False) -> str:
    """The text taken to be in `encoding`; `capitals` where its font draws all letters as such.

    >>> decoded("Vie^.t Nam ddo^.c la^.p", "VIQR"), decoded("kÕ ho¹ch", "TCVN3", capitals=True)
    ('Việt Nam độc lập', 'KẾ HOẠCH')
    """
    made = text if _UNICODE.search(text) else decoded_aligned(text, encoding)[0]
    return made.upper() if capitals else made


def decoded_aligned(text: str, encoding: Encoding) -> tuple[str, list[int]]:
    """The decoded text and, for each of its letters, the index in `text` of the letter that it comes from."""
    letters: list[str] = []
    sources: list[int] = []
    plain = "".join(map(_byte_like, text)) if encoding != "VIQR" else text
    at = 0
    for match in (_VIQR_LETTER if encoding == "VIQR" else _pattern(encoding)).finditer(plain):
        letters += text[at : match.start()]
        sources += range(at, match.start())
        letter = _from_viqr(match) if encoding == "VIQR" else _letters(encoding)[match.group()]
        letters.append(letter)
        sources.append(match.start())
        at = match.end()
    letters += text[at:]
    sources += range(at, len(text))
    made = "".join(letters)
    return (_with_capitals(made, text) if encoding == "TCVN3" else made), sources


@cache
def encoding_of_font(name: str) -> tuple[Encoding, bool] | None:
    """What is written in a font of this name, and whether it draws small letters as capitals.

    >>> encoding_of_font(".VnTimeH"), encoding_of_font("VNI-Times"), encoding_of_font("Times New Roman")
    (('TCVN3', True), ('VNI', False), None)
    """
    found = _FONT.fullmatch(name.strip())
    if not found:
        return None
    encoding: Encoding = found.lastgroup  # type: ignore[assignment]
    return encoding, encoding == "TCVN3" and bool(_CAPITALS.search(name))


def is_written_in(texts: Iterable[str], encoding: Encoding) -> bool:
    """Whether texts in a font of this encoding are really in it; fonts are also named so where the letters are Unicode."""
    foreign = [text for text in texts if not text.isascii()]
    joined = " ".join(text for text in foreign if not _UNICODE.search(text))
    if 2 * len(joined) < sum(map(len, foreign)) or not joined:
        return False
    made = known_share(decoded(joined, encoding))
    return made >= _KNOWN and made > known_share(joined)


def _suspect(paragraph: str) -> bool:
    """Whether a paragraph holds letters of no Vietnamese, and is none as it is."""
    if _UNICODE.search(paragraph):
        return False
    if len(_FOREIGN.findall(paragraph)) < 3 and len(_VIQR_WORD.findall(paragraph)) < 3:
        return False
    return known_share(paragraph) < _KNOWN


@cache
def _syllables() -> frozenset[str]:
    """The syllables with marks that the vocabulary knows."""
    words = (
        word.lower() for name in _KNOWN_LISTS for row in rows(name) for cell in row.values() for word in _WORD.findall(cell or "")
    )
    return frozenset(word for word in words if not word.isascii())


def _byte_like(letter: str) -> str:
    """The letter that has the byte's number: `€` is 0x80, and Word moves symbol fonts to U+F0xx."""
    if "\uf020" <= letter <= "\uf0ff":
        return chr(ord(letter) - 0xF000)
    return _UNWINDOWS.get(letter, letter)


_UNWINDOWS = {shown: code for code, shown in _WINDOWS.items() if shown}


@cache
def _letters(encoding: Encoding) -> dict[str, str]:
    found = (row for row in rows("legacy_letters") if row["encoding"] == encoding)
    return {bytes.fromhex(row["code"]).decode("latin-1"): row["letter"] for row in found}


@cache
def _pattern(encoding: Encoding) -> re.Pattern[str]:
    codes = sorted(_letters(encoding), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, codes)))


def _from_viqr(match: re.Match[str]) -> str:
    if match["bar"]:
        return "đ" if match["bar"] == "dd" else "Đ"
    return unicodedata.normalize("NFC", match["vowel"] + _SHAPES[match["shape"]] + _TONES[match["tone"]])


def _with_capitals(made: str, source: str) -> str:
    """TCVN3 has no capitals with marks: `KÕ HO¹CH` is `KẾ HOẠCH`, because all its plain letters are capitals."""
    plain = [letter for letter in source if letter.isascii() and letter.isalpha()]
    if len(plain) >= 3 and all(letter.isupper() for letter in plain):
        return made.upper()

    for match in reversed(list(_CAPITAL_WORDS.finditer(made))):
        if sum(letter.isascii() and letter.isalpha() for letter in match.group()) > 1:
            made = made[: match.start()] + match.group().upper() + made[match.end() :]
    return made
