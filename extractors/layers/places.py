"""Places: administrative units named with their type word (`xã Hòa Phong`, `TP. Hải Dương`, `các xã A, B và C`).

Layer `places`: label = type written out, value = `Place`. A type word alone is no place, nor are the words that only
begin with one (`xã hội`, `tỉnh ủy`). Abbreviated types count only before names that the gazetteer knows, since P., Q.
and TT are phòng, quyền and trung tâm too.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from extractors.layers.gazetteer import TYPES, full_name, is_known, is_named
from extractors.layers.marks import Doc, Mark, put, text_of
from extractors.layers.syllables import fold

LAYER = "places"


class Place(NamedTuple):
    """Place: a unit as the text names it: type written out, name with capitals undone."""

    type: str
    name: str


class Found(NamedTuple):
    """Found: a place and the characters `[start, end)` that name it."""

    start: int
    end: int
    place: Place


UPPER = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
SYLLABLE = rf"[{UPPER}][\w'’]*"
_TIME = r"(?i:năm|quý|tháng|đợt|số|lần|khóa|khoá|nhiệm|giai)[ ]+(?i:\d|[IVX]+\b|thứ\b|kỳ\b|đoạn\b)"
"""What stands behind a name or a type word alone and is no part of a name: `TRÊN ĐỊA BÀN TỈNH GIAI ĐOẠN 2022 - 2025`."""
NAME = rf"""
    (?:(?!{_TIME}){SYLLABLE}
       (?:(?:[ \u00a0]{{1,3}}|[ ]?[-–][ ]?)                       # Phan Rang - Tháp Chàm
          (?!{_TIME})
          {SYLLABLE}){{0,5}}
       (?:[ ](?:[1-9]|[1-5]\d)(?![\w%/.,]*[\d%/]|[ ]?(?i:năm|xã|thôn|hộ|người)))?   # Mỹ Đình 1
      |\d{{1,2}}(?![\d/%]|[.,]\d))                                 # Phường 1, Quận 10
"""
_LONG = r"tỉnh|thành[ ]+phố|thị[ ]+xã|thị[ ]+trấn|huyện|quận|phường|xã|đặc[ ]+khu"
_PLACE = re.compile(
    rf"""
    (?P<type>
      [TtHhQqPpXxĐđ](?=[ỉỈuUãÃặẶPpXxTt.]|[hH][àÀịỊưƯ])            # first letters first: the scan then skips all others
      (?:(?i:ỉnh|hành[ ]+phố|hị[ ]+xã|hị[ ]+trấn|uyện|uận|hường|ã|ặc[ ]+khu)(?![^\W\d_])
        |\.?[PpXxTt]\.?|\.)                                        # TP. Hải Dương, T.X Mỹ Hào, TT Chũ, H. Lục Ngạn
    )
    (?P<list>                                                     # các xã: A, B   03 xã, thị trấn (A, B)   02 huyện gồm A, B
      (?:(?:,|[ ]và)[ ](?:{_LONG})){{0,3}}
      [ ]?(?::|\(|,?[ ]?gồm:?[ ]|,?[ ]?là:?[ ])
    )?
    [ \u00a0]{{0,3}}(?P<name>{NAME})
    """,
    re.VERBOSE,
)  # fmt: skip
_TYPES = re.compile(_LONG, re.VERBOSE)
_DASH, _PARTED, _DASHED = re.compile(r"[-–]"), re.compile(r"\s[-–]"), re.compile(r"\s*[-–]\s*")
_SYLLABLES, _LETTERS = re.compile(r"\S+\s*"), re.compile(r"[^\W\d_]+")
_NEXT = re.compile(rf"[ ]{{0,2}}(?:[,;][ ]{{0,2}}(?:và[ ]{{1,2}})?|[ ]và[ ]{{1,2}})(?P<name>{NAME})", re.VERBOSE)
_PLURAL = re.compile(r"(?:\bcác|\bnhững|\bgồm|\bhai|\bba|(?<!\d)\d{1,3})\s+$|:\s*$", re.IGNORECASE)
_SHORT = {"tp": "thành phố", "tx": "thị xã", "tt": "thị trấn", "h": "huyện", "q": "quận", "p": "phường", "x": "xã"}
_DIGIT_TYPES = frozenset({"phường", "quận"})
_CAPS_STOP = re.compile(
    r"""
    (?:^|(?<=\s))
    (?:NĂM|GIAI|ĐẾN|VÀ|CỦA|VỀ|TRONG|THEO|NHIỆM|LẦN|KHÓA|KHOÁ|THỰC|TRIỂN|ĐẠT|SỐ|ĐỘC|CỘNG|PHỤ
      |BAN|SỞ|PHÒNG|ỦY|UỶ|HỘI|ĐẢNG|TRẠM|TRUNG\s+TÂM|TRƯỜNG|CÔNG\s+AN|ĐOÀN|BỘ|VĂN\s+PHÒNG|CHI|LIÊN|TỔ
      |UBND|HĐND|BCH|BTV|BTT|BCĐ|MTTQ|UBMTTQ|TTYT
      |HUYỆN|TỈNH|QUẬN|PHƯỜNG|XÃ|THỊ\s+XÃ|THỊ\s+TRẤN|THÀNH\s+PHỐ|ĐẶC\s+KHU)
    (?=\s|$)
    """,
    re.VERBOSE,
)
_MADE_OF = re.compile(r"(?:THƯỢNG|HẠ|TRUNG|ĐÔNG|TÂY|NAM|BẮC|NỘI|NGOẠI|CỔ)(?=\s*$)")
"""What makes a new name of an old one, as after merging and splitting: `MƯỜNG LÁT THƯỢNG` is not Mường Lát."""
_BODY_WORDS = frozenset(
    {
        "ubnd", "hđnd", "mttq", "trạm", "phòng", "ban", "sở", "công", "ủy", "hội", "đoàn", "đội", "trường", "trung", "văn", "chi",
        "đảng", "kế", "chủ", "bộ", "tổ", "cục", "viện", "đài", "kho", "bảo",
    }
)  # fmt: skip
_WORDS_NOT_NAMES = ("nông thôn", "thông minh", "văn minh", "an toàn", "điển hình", "kiểu mẫu", "sáng tạo", "đáng sống")


def mark_places(doc: Doc) -> None:
    """Set the `places` layer of a document."""
    put(doc, LAYER, (Mark(f.start, f.end, f.place.type, f.place) for f in places_in(text_of(doc))))


def places_in(text: str, start: int = 0, end: int | None = None) -> Iterator[Found]:
    """All places in a stretch of text, in order.

    >>> [found.place.name for found in places_in("các xã Hòa An, Tân Lập và thị trấn Bình Minh")]
    ['Hòa An', 'Tân Lập', 'Bình Minh']
    >>> list(places_in("kinh tế - xã hội, thị ủy, các xã, phường, thành phố thông minh"))
    []
    """
    end = len(text) if end is None else end
    at = start
    while match := _PLACE.search(text, at, end):
        at = match.start("name")
        for found in _read(text, match, start, end):
            at = found.end
            yield found


def _read(text: str, match: re.Match[str], start: int, end: int) -> Iterator[Found]:
    """The place that a match names, and the further ones of its list; none where the words are no name."""
    kinds = _kinds(match) if _stands_free(text, match.start()) else ()
    if not kinds:
        return
    name = _name(match["name"], kinds[0], caps=match["type"].isupper())
    if name is None or not _is_place(kinds[0], name, short=_is_short(match["type"])):
        return
    plural = _PLURAL.search(text, max(start, match.start() - 8), match.start())
    done = match.start("name") + len(name)
    if match["list"] and not (plural and _is_listed(name, kinds, text[done : min(end, done + 4)])):
        return
    yield Found(match.start("name") if match["list"] else match.start(), done, _place(kinds, name))
    if plural:
        yield from _rest(text, done, end, kinds)


def _stands_free(text: str, at: int) -> bool:
    """Whether a type word is no end of another word; tried here, since a look behind each letter slows the scan threefold."""
    return at == 0 or not (text[at - 1].isalnum() or text[at - 1] == ".")


def _kinds(match: re.Match[str]) -> tuple[str, ...]:
    """The type written out; of a list under several types (`các xã, thị trấn: A, B`) all of them."""
    first = _spaced(match["type"])
    more = _TYPES.findall(match["list"]) if match["list"] else ()
    kinds = (_SHORT.get(first.replace(".", ""), first), *map(_spaced, more))
    return kinds if kinds[0] in TYPES else ()


def _spaced(kind: str) -> str:
    return " ".join(kind.lower().split())


def _is_short(kind: str) -> bool:
    return _spaced(kind) not in TYPES


def _place(kinds: tuple[str, ...], name: str) -> Place:
    """A place of the first of the types that has such a name."""
    kind = kinds[0] if len(kinds) == 1 else next((kind for kind in kinds if is_named(kind, name)), kinds[0])
    return Place(kind, title_case(name))


def _name(words: str, kind: str, *, caps: bool) -> str | None:
    """The words that are the name: a dash holds only known names together; in capitals the name ends before a stop word."""
    if caps and words.isupper():
        words = _capital_name(words, kind)
    elif _DASH.search(words) and not is_known(_even(words)):
        words = re.split(r"\s?[-–]", words)[0]
    return words.strip() or None


def _even(words: str) -> str:
    return _DASHED.sub(" - ", words)


def _capital_name(words: str, kind: str) -> str:
    """The longest known name that a run of capitals begins with, one that is made of it with it; else all up to a stop word."""
    parts = _SYLLABLES.findall(words)
    for length in range(len(parts), 1, -1):
        head = "".join(parts[:length]).strip()
        if is_named(kind, _even(head)):
            made = _MADE_OF.match(words, len("".join(parts[:length])))
            return words[: made.end()] if made else head
    stop = _CAPS_STOP.search(words, len(parts[0])) or _PARTED.search(words)
    words = words[: stop.start()] if stop else words
    return words.strip()


def _is_place(kind: str, name: str, *, short: bool) -> bool:
    """Whether the words behind a type word name a place."""
    if name.isdigit():
        return kind in _DIGIT_TYPES and is_named(kind, name)
    words = name.split()
    first = fold(words[0])
    if first in {"ủy", "uỷ"} or fold(name).startswith(_WORDS_NOT_NAMES):
        return is_named(kind, name)
    if short and kind not in {"thành phố", "thị xã"}:
        return is_named(kind, name)
    acronym = words[0].isupper() and len(words[0]) > 1
    if first in {"hội", "đoàn", "đội", "đảng"} or len(words) == 1 or (acronym and not name.isupper()) or (short and acronym):
        return is_named(kind, name) or full_name(name) != name
    return not (acronym and len(words) < 2)


def _rest(text: str, at: int, end: int, kinds: tuple[str, ...]) -> Iterator[Found]:
    """The further names of a list: `, B và C`; a name is known, or has two syllables and no body's head word."""
    while match := _NEXT.match(text, at, end):
        name = _name(match["name"], kinds[0], caps=False)
        after = text[match.end("name") : min(end, match.end("name") + 4)]
        if name is None or not _is_listed(name, kinds, after):
            return
        start = match.start("name")
        at = start + len(name)
        yield Found(start, at, _place(kinds, name))


def _is_listed(name: str, kinds: tuple[str, ...], after: str) -> bool:
    """Whether a word without its own type word names a place: `after` are the characters behind it."""
    if any(is_named(kind, name) for kind in kinds):
        return True
    words = name.split()
    plain = len(words) > 1 and fold(words[0]) not in _BODY_WORDS and not words[0].isupper()
    return plain and (not after.strip() or after[0] in ",;.)" or after.startswith(" và"))


def title_case(name: str) -> str:
    """Each syllable of a name in capitals with one capital; a name in mixed case stays, white space folded.

    >>> title_case("LỤC NGẠN"), title_case("ĐẮK R'LẤP"), title_case("Mỹ  Hào")
    ('Lục Ngạn', "Đắk R'Lấp", 'Mỹ Hào')
    """
    name = " ".join(name.split())
    if name != name.upper() or name.isdigit():
        return name
    if full_name(name) != name:
        return full_name(name)
    return _LETTERS.sub(lambda m: m[0].capitalize(), name)
