"""Letters: the cleaning that every reader gives its text, and the measure of how Vietnamese a text is.

All cleaning happens before the canonical text exists, so no offset ever has to be translated. Quotation marks and dashes
are the document's own and stay; what only looks like a Vietnamese letter becomes one.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

VOWELS = "aăâeêioôơuưyàằầèềìòồờùừỳảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹáắấéếíóốớúứýạặậẹệịọộợụựỵ"
MARKED = "".join(letter for letter in VOWELS if not letter.isascii()) + "đ"

_SAME = {"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ", "ƣ": "ư", "Ƣ": "Ư", "ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl"}
_BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_BREAKS = "\u0085\u2028\u2029\x0b\x1e"
_NOTHING = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\ufffe\uffff"
_UNSEEN = ((0x034F, 0x034F), (0x061C, 0x061C), (0x180B, 0x180F), (0x2061, 0x2064), (0x206A, 0x206F), (0xFE00, 0xFE0F), (0xFFF9, 0xFFFB), (0xE0000, 0xE0FFF))
"""More that is never drawn: joiners, selectors of a variant, tags; default ignorable in Unicode, chapter 5.21."""
_HALVES = range(0xD800, 0xE000)  # surrogates, which are no letters and cannot be written as UTF-8
_SYMBOL = {0xF02B: "+", 0xF02D: "-", 0xF0A3: "≤", 0xF0B3: "≥", 0xF0B1: "±", 0xF0B0: "°", 0xF0B4: "×", 0xF0AE: "→", 0xF0E0: "→"}
_CYRILLIC = dict(zip("аеорсухіјѕһԁАВЕКМНОРСТУХІЈЅ", "aeopcyxijshdABEKMHOPCTYXIJS", strict=True))

_TABLE: dict[int, str] = (
    dict.fromkeys(range(0xE000, 0xF900), "-")
    | {code: "" for code in [*range(0x20), *range(0x7F, 0xA0)] if code not in (0x09, 0x0A, 0x0C, 0x85)}
    | {ord(sign): "" for sign in _NOTHING}
    | dict.fromkeys(_HALVES, "")
    | {code: "" for first, last in _UNSEEN for code in range(first, last + 1)}
    | {ord(sign): " " for sign in _BLANKS}
    | {ord(sign): "\n" for sign in _BREAKS}
    | {ord(sign): same for sign, same in _SAME.items()}
    | _SYMBOL
)
_ODD = re.compile(f"[^\t\n\f -~{MARKED}{MARKED.upper()}“”‘’–—…•≥≤×°±²³‰§«»éÉ]")
_CYRILLIC_WORD = re.compile(r"(?<![\w\u0300-\u036f])[\w\u0300-\u036f]*[\u0400-\u052f][\w\u0300-\u036f]*")
_TURNED = re.compile(r"\u202e(?P<inner>[^\n\u202a-\u202e\u2066-\u2069]*+)")  # shown from right to left, whatever it is
_TONE_FIRST = re.compile("([\u0300\u0301\u0303\u0309])([\u0302\u0306\u031b])")
_MARK = re.compile("[\u0300-\u036f]")
_CLUSTER = re.compile("[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]+", re.DOTALL)


def clean(text: str) -> str:
    r"""Return `text` in NFC with look-alikes, odd blanks, bullets of symbol fonts and control characters made plain.

    >>> clean("tăng trƣởng\u00a0kinh tế - UBNÐ")
    'tăng trưởng kinh tế - UBNĐ'
    >>> clean("trên \u202e%08\u202c, 8\ufe0f\u034f5%")
    'trên 80%, 85%'
    """
    if not _ODD.search(text):
        return text
    if _CYRILLIC_WORD.search(text):
        text = _CYRILLIC_WORD.sub(_latin, text)
    if "\u202e" in text:
        text = _TURNED.sub(lambda turned: unicodedata.normalize("NFC", turned["inner"])[::-1], text)
    return _composed(text.translate(_TABLE))


def clean_aligned(text: str) -> tuple[str, Sequence[int]]:
    """Return the cleaned text and, for each of its characters, the index in `text` of the letter that it comes from."""
    if not _ODD.search(text):
        return text, range(len(text))
    if _CYRILLIC_WORD.search(text):
        text = _CYRILLIC_WORD.sub(_latin, text)
    letters: list[str] = []
    sources: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        shown = _composed(cluster.group().translate(_TABLE))
        letters.append(shown)
        sources.extend([cluster.start()] * len(shown))
    return "".join(letters), sources


def vietnamese_share(text: str) -> float:
    """Return the share of words in `text` that are Vietnamese syllables by their shape, 0 to 1; 0 where no word has a mark.

    >>> vietnamese_share("Ủy ban nhân dân xã"), vietnamese_share("Uû ban nh©n d©n x·")
    (1.0, 0.0)
    """
    words = [word.lower() for word in _WORD.findall(text) if not word.isupper() or len(word) > 4]
    if not any(_MARKED_WORD.search(word) for word in words):
        return 0.0
    return sum(map(_is_syllable, words)) / len(words)


def marked_share(text: str) -> float:
    """Return the share of words that carry a Vietnamese mark: about 0.75 in Vietnamese prose, 0 in English."""
    words = _WORD.findall(text)
    return sum(bool(_MARKED_WORD.search(word.lower())) for word in words) / max(len(words), 1)


_WORD = re.compile(r"[^\W\d_]+")
_MARKED_WORD = re.compile(f"[{MARKED}]")
_SYLLABLE = re.compile(
    rf"""
    (?: ngh? | gh? | kh | ph | th | tr | ch | nh | qu | gi | [bcdđhklmnpqrstvx] )?   # ngh-iệp, tr-ạm, qu-y
    [{VOWELS}]{{1,3}}                                                               # ươ, iê, uyê
    (?: ch | ng | nh | [cmnpt] )?                                                   # sá-ch, thườ-ng
    """,
    re.VERBOSE,
)


@lru_cache(maxsize=65536)
def _is_syllable(word: str) -> bool:
    return _SYLLABLE.fullmatch(word) is not None


def _composed(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    if not _MARK.search(text):
        return text
    parts = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", _TONE_FIRST.sub(r"\2\1", parts))


def _latin(word: re.Match[str]) -> str:
    latin = "".join(_CYRILLIC.get(letter, letter) for letter in word.group())
    return word.group() if re.search(r"[\u0400-\u052f]", latin) else latin
