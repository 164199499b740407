"""Printed forms: what recognition misreads in headings and letterheads, and what can only have been printed there.

Two things are known beforehand: Roman numerals of headings count up, and words in capitals that are the same but for their
marks as one phrase of official style are that phrase (`KÉ HOẠCH`, `CHỈ TIỂU`). Recognition loses marks on capitals most, and
strokes of `III`. Nothing else that was read is changed.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from extractors.layers.syllables import spell_alike
from extractors.vocabulary import rows
from pipeline.ingest.page_blocks import PageBlocks
from pipeline.pages import Glyphs, Grid, Line

_LISTS = (("doc_types", "name"), ("sections", "phrase"), ("issuers", "name"), ("labels", "phrase"), ("unit_names", "phrase"))
_FIXED = (
    "cộng hòa xã hội chủ nghĩa việt nam", "đảng cộng sản việt nam", "ủy ban nhân dân", "hội đồng nhân dân", "kế hoạch",
    "chủ tịch", "phó chủ tịch", "giám đốc", "phó giám đốc", "bí thư", "phó bí thư", "hiệu trưởng", "phó hiệu trưởng",
    "trưởng ban", "phó trưởng ban", "trưởng phòng", "mục đích", "yêu cầu", "chỉ tiêu", "tổ chức thực hiện", "phụ lục",
)  # fmt: skip
_BULLET = re.compile(r"^[¬~_=«»→](?=\s)")  # what is read for the dash before an item
_BEHIND_END = re.compile(r"(\./\.)\W{0,40}\w{1,6}\W{0,40}$")  # strokes of a pen behind the sign that ends a document
_ONE = re.compile(r"[Il|][.,]\s(?=[^\W\d_]*[^\W\dA-ZĐÀ-Ỹ_])")
_NUMBERED = re.compile(r"(?P<number>\d{1,2}|[IVX]{1,5})[.,/]\s")
_WORDS = re.compile(r"(?<![^\W\d_])[^\W\d_]++(?: [^\W\d_]++)+")
_LONGEST = 8  # words in a phrase
_HEADING = re.compile(
    r"""
    (?P<token>[IỊÍVXLTHUNJl1|!]{1,6})                  # III, IL, H, U
    (?P<sign>\s?[.,:/)]|\s?[-–]|(?=\s))                # III. NỘI DUNG, I/ MỤC TIÊU, I- MỤC ĐÍCH
    (?P<rest>\s*(?=[^\W\d_])(?P<words>[^a-zà-ỹ]*[A-ZĐÀ-Ỹ]{2}[^a-zà-ỹ]*|.{0,120}))
    """,
    re.VERBOSE,
)
_ANEW = re.compile(r"(?:PHẦN|Phần|CHƯƠNG|Chương|PHỤ LỤC|Phụ lục|[A-GĐ][.\-–]\s|K[ẾÉÊ] HO[ẠA]CH$|QUYẾT ĐỊNH|ĐỀ ÁN|PHƯƠNG ÁN)")
_SURELY = re.compile(r"(?:II|III|IV|V)[.,/)\s-]+[A-ZĐÀ-Ỹ]{2}|(?:II|III|IV|VI{1,3}|IX)[.,/]\s[A-ZĐÀ-Ỹ]")
_IN_SENTENCE_CASE = re.compile(r"(?=[1|!]*[IỊÍVHl])V?[IỊÍHl1|!]+L?[.,/]\s(?=[A-ZĐÀ-Ỹ][^\W\d_]*[\s,]+[^\W\dA-ZĐÀ-Ỹ_])")  # H. Đối tượng; not H. Mường La
_STROKES = {"I": 1, "Ị": 1, "Í": 1, "l": 1, "1": 1, "|": 1, "!": 1, "J": 1, "T": 1, "L": 1, "H": 2, "U": 2, "N": 2}
_ROMAN = (
    "",
    "I",
    "II",
    "III",
    "IV",
    "V",
    "VI",
    "VII",
    "VIII",
    "IX",
    "X",
    "XI",
    "XII",
    "XIII",
    "XIV",
    "XV",
    "XVI",
    "XVII",
    "XVIII",
)


def with_printed_forms(pages: list[PageBlocks]) -> list[PageBlocks]:
    """The pages with headings and letterhead of recognised ones as they can only have been printed."""
    lines = [block for page in pages for block in page.blocks if isinstance(block, Line)]
    ones = {id(lines[k]) for k in _ones([line.text for line in lines])}
    numerals = _Numerals(roman=any(_SURELY.match(line.text) for line in lines))
    return [
        replace(page, blocks=[_printed(block, numerals, one=id(block) in ones) for block in page.blocks])
        if page.recognised
        else page
        for page in pages
    ]


def _ones(texts: list[str]) -> Iterator[int]:
    """Where `1.` was read as `I.`: the next number that begins a line is `2.`.

    >>> list(_ones(["I. NỘI DUNG", "I. Việc đầu", "- Một", "2. Việc sau", "I. Hạ tầng", "II. Nước"]))
    [1]
    """
    following = ""
    for k in range(len(texts) - 1, -1, -1):
        if _ONE.match(texts[k]) and following == "2":
            yield k
        number = _NUMBERED.match(texts[k])
        following = number["number"] if number else following


def _printed(block: Line | Grid, numerals: "_Numerals", *, one: bool) -> Line | Grid:
    if isinstance(block, Grid):
        return block
    if one:
        return _with_text(block, f"1{block.text[1:]}")
    text = _BEHIND_END.sub(r"\1", _BULLET.sub("-", block.text))
    return _with_text(block, known_spelling(numerals.read(text)))


def _with_text(line: Line, text: str) -> Line:
    """The line with another text, whose letters take the places of the old ones in order."""
    if text == line.text or line.glyphs is None:
        return line
    old, new = len(line.text), len(text)
    if old == new:
        return replace(line, text=text)
    places = [min(index * old // new, old - 1) for index in range(new)]
    lefts, rights = (tuple(side[place] for place in places) for side in (line.glyphs.lefts, line.glyphs.rights))
    return replace(line, text=text, glyphs=Glyphs(line.glyphs.page, line.glyphs.top, line.glyphs.bottom, lefts, rights))


class _Numerals:
    """Numerals: where the count of Roman headings stands; `roman` where headings of the document surely have such numbers."""

    def __init__(self, *, roman: bool = True) -> None:
        self._last = 0
        self._roman = roman

    def read(self, text: str) -> str:
        """The line with the numeral that it must have, if it begins a heading with one."""
        heading = _HEADING.fullmatch(text.strip())
        if _ANEW.match(text) and not (heading and heading["token"] in _ROMAN):
            self._last = 0
        if not heading:
            return text
        token = heading["token"]
        capitals = heading["words"].isupper()
        surely = capitals or (self._roman and _IN_SENTENCE_CASE.match(text.strip()) is not None)
        plain = token.translate(_LIKE_I)
        value = _ROMAN.index(plain) if plain in _ROMAN else None
        expected = self._last + 1
        if expected < len(_ROMAN) and self._is(token, value, expected, certain=surely):
            self._last = expected
            sign = heading["sign"] or ("/" if token.endswith("U") else ".")
            return f"{_ROMAN[expected]}{sign}{heading['rest']}" if token != _ROMAN[expected] or not heading["sign"] else text
        if value is not None and capitals:
            self._last = value
        return text

    def _is(self, token: str, value: int | None, expected: int, *, certain: bool) -> bool:
        """Whether a token may be a misread numeral of this value: as many strokes or one less, and V and X as they must be."""
        if value == expected and token in _ROMAN:
            return True
        if token in ("1", "11", "111") and not (certain and self._roman):
            return False  # an Arabic number
        repeated = token in _ROMAN and value == self._last
        if not (certain or repeated) or (value == 1 and expected != 2) or (value is not None and value > expected):
            return False
        skeleton = "".join(letter for letter in _ROMAN[expected] if letter in "VX")
        if skeleton != "".join(letter for letter in token if letter in "VX"):
            return False
        strokes = _ROMAN[expected].count("I")
        read = sum(_STROKES.get(letter, 0) for letter in token)
        spare = 2 if token[-1] == "U" else 1 if token[-1] in "Ll1|!" else 0  # the sign after it was read as a letter too
        return read - spare <= strokes <= read + 1


_LIKE_I = str.maketrans("l1|!JỊÍ", "IIIIIII")


def known_spelling(text: str) -> str:
    """The line with phrases in capitals spelled as official style knows them, where only marks differ.

    >>> known_spelling("II. CHỈ TIỂU"), known_spelling("KÉ HOẠCH"), known_spelling("UỶ BAN NHAN DÂN XÃ LA")
    ('II. CHỈ TIÊU', 'KẾ HOẠCH', 'ỦY BAN NHÂN DÂN XÃ LA')
    """
    return _WORDS.sub(lambda words: _respelled(words.group()) if words.group().isupper() else words.group(), text)


def _respelled(words: str) -> str:
    parts = words.split(" ")
    out: list[str] = []
    place = 0
    while place < len(parts):
        length, phrase = _phrase_at(parts, place)
        if phrase and spell_alike(" ".join(parts[place : place + length]).lower()) != spell_alike(phrase):
            out += phrase.upper().split(" ")
        else:
            out += parts[place : place + length]
        place += length
    return " ".join(out)


def _phrase_at(parts: list[str], place: int) -> tuple[int, str | None]:
    """Length and spelling of the longest known phrase that begins here."""
    for length in range(min(_LONGEST, len(parts) - place), 1, -1):
        found = _phrases().get(unmarked(" ".join(parts[place : place + length])))
        if found:
            return length, found
    return 1, None


@cache
def _phrases() -> dict[str, str]:
    """Spelling by unmarked letters; letters that spell two phrases spell none."""
    found: dict[str, dict[str, str]] = {}
    for phrase in _known():
        found.setdefault(unmarked(phrase), {}).setdefault(spell_alike(phrase), phrase)
    return {letters: next(iter(spellings.values())) for letters, spellings in found.items() if len(spellings) == 1}


def _known() -> Iterator[str]:
    yield from _FIXED
    for name, column in _LISTS:
        yield from (row[column].lower() for row in rows(name) if re.fullmatch(r"[^\W\d_]+(?: [^\W\d_]+)+", row[column]))


def unmarked(text: str) -> str:
    """Small letters without marks.

    >>> unmarked("Đảng ủy XÃ")
    'dang uy xa'
    """
    letters: Iterable[str] = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).replace("đ", "d")
