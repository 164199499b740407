"""Unwrapping: printed lines made into the canonical text, one paragraph a line, with the way back to every page.

The letterhead, the summary, the running text and the recipients with the signature follow different rules, so a document is
walked through in these regions, in this order; an annex starts with running text again.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from pipeline.joints import (
    Margins,
    Printed,
    closes_bracket,
    cuts_a_name,
    goes_on,
    letterhead_goes_on,
    signature_goes_on,
    title_goes_on,
)
from pipeline.pages import Glyphs, Grid, Line, Pages, Run, TableSpan, Text

Region = Literal["letterhead", "title", "body", "signature"]

_TYPE = re.compile(
    r"(?:KẾ HOẠCH|CHƯƠNG TRÌNH|ĐỀ ÁN|PHƯƠNG ÁN|QUYẾT ĐỊNH|NGHỊ QUYẾT|CHỈ THỊ|THÔNG BÁO|HƯỚNG DẪN|BÁO CÁO|TỜ TRÌNH|DỰ ÁN)"
    r"(?:[,\s][^a-zà-ỹ]*)?"
)
_SIGNATURE = re.compile(r"Nơi nhận\s*:?|(?:TM|T/M|KT|K/T|TL|T/L|TUQ)\.?\s+[A-ZĐƯƠĂÂÊÔÁÀẢÃẠỦỶỐỘ]{2}")
_ANNEX = re.compile(r"(?:PHỤ LỤC|Phụ lục|BIỂU|DANH MỤC|DANH SÁCH|Mẫu số|[IVX]+[.-]\s|\d{1,2}\.\s)(?!.*[.;]$)")
_LETTERHEAD_LINES = 40
_RULE = re.compile(r"[-_=*~–—|\s]+")  # under the letterhead and the title, beside the cells of a saved page
_SPLIT_WORD = re.compile(r"[A-ZĐ]{1,2}")  # TT in a column too narrow for it
_NO_SPACE = re.compile(r"(?<=[^\W\d_])-$|(?<=\w)/$")  # LĐTB- / XH, 133/ / KH-UBND


def unwrap(pages: Pages) -> Text:
    """Join the lines of `pages` into paragraphs; offsets of the result count Unicode code points."""
    writer = _Writer()
    parts = list(_parts(pages.blocks))
    margins = Margins([shape for part in parts if isinstance(part, list) for line, shape in part if not line.whole])
    regions = _Regions(pages.blocks)
    for part in parts:
        if isinstance(part, Grid):
            writer.table(part)
            continue
        for paragraph in _paragraphs(part, margins, regions):
            writer.paragraph(paragraph)
    return writer.result()


def _parts(blocks: Iterable[Line | Grid]) -> Iterator[Grid | list[tuple[Line, Printed]]]:
    """Tables, and the lines between them with their measures."""
    for kind, found in groupby(blocks, type):
        if kind is Grid:
            yield from (block for block in found if isinstance(block, Grid))
        else:
            yield list(_measured(block for block in found if isinstance(block, Line)))


class _Regions:
    """Regions: which part of the document a line stands in; told line after line, in order."""

    def __init__(self, blocks: Iterable[Line | Grid]) -> None:
        texts = [block.text.strip() for block in blocks if isinstance(block, Line) and block.text.strip()]
        self._has_type = any(_TYPE.fullmatch(text) for text in texts[:_LETTERHEAD_LINES])
        self.now: Region = "letterhead" if self._has_type else "body"

    def enter(self, text: str) -> bool:
        """Whether a region starts with this line."""
        before = self.now
        if self.now == "letterhead" and _TYPE.fullmatch(text):
            self.now = "title"
            return True
        if _SIGNATURE.match(text):
            self.now = "signature"
        elif self.now == "signature" and (_ANNEX.match(text) or len(text) > 100):
            self.now = "body"
        return self.now != before

    def leave_title(self, text: str) -> None:
        """End the summary with a paragraph of which `text` is the last line; the document's type alone does not end it."""
        if self.now == "title" and not _TYPE.fullmatch(text):
            self.now = "body"


def _paragraphs(lines: list[tuple[Line, Printed]], margins: Margins, regions: _Regions) -> Iterator[list[Line]]:
    """Lists of lines, each list one paragraph."""
    paragraph: list[Line] = []
    before: Printed | None = None
    for line, shape in lines:
        entered = regions.enter(shape.text)
        whole = line.whole or (bool(paragraph) and paragraph[-1].whole)
        if before and not entered and not whole and _joined(before, shape, margins, regions):
            paragraph.append(line)
            shape.item = before.item
        else:
            if paragraph:
                yield paragraph
            if before and not entered:
                regions.leave_title(before.text)
            paragraph = [line]
        before = shape
    if paragraph:
        yield paragraph


def _joined(a: Printed, b: Printed, margins: Margins, regions: _Regions) -> bool:
    if closes_bracket(a, b) or cuts_a_name(a, b):
        return True
    if regions.now == "letterhead":
        return letterhead_goes_on(a, b, margins)
    if regions.now == "title":
        return not _TYPE.fullmatch(a.text) and title_goes_on(a, b, margins)
    if regions.now == "signature":
        return signature_goes_on(a, b, margins)
    return goes_on(a, b, margins)


def _measured(lines: Iterable[Line]) -> Iterator[tuple[Line, Printed]]:
    """The lines that hold something, each with its measures."""
    blanks, last, page = 0, None, None
    for line in lines:
        text = " ".join(line.text.split())
        if not text or _RULE.fullmatch(text):
            blanks += 1
            continue
        shape = _geometric(line, text) if line.glyphs else _typed(line, text, blanks if line.page == page else 0)
        if line.glyphs and last is not None and last.page == line.glyphs.page:
            shape.gap = max(0.0, line.glyphs.bottom - last.bottom)
        last, blanks, page = line.glyphs, 0, line.page
        yield line, shape


def _typed(line: Line, text: str, blanks: int) -> Printed:
    indent = len(line.text) - len(line.text.lstrip())
    first = text.partition(" ")[0]
    return Printed(text, indent, indent + len(text), len(first) + 1, blanks, line.page, line.centred)


def _geometric(line: Line, text: str) -> Printed:
    glyphs = line.glyphs
    assert glyphs is not None
    start = len(line.text) - len(line.text.lstrip())
    stop = len(line.text.rstrip())
    word_end = start + len(text.partition(" ")[0])
    width = glyphs.rights[word_end - 1] - glyphs.lefts[start]
    space = (glyphs.bottom - glyphs.top) * 0.25
    left, right = glyphs.lefts[start], glyphs.rights[stop - 1]
    return Printed(text, left, right, width + space, 0, glyphs.page, line.centred, geometric=True)


@dataclass(slots=True)
class _Writer:
    """Writer: the canonical text as it grows, with its runs and tables."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    runs: list[Run] = field(default_factory=list)
    tables: list[TableSpan] = field(default_factory=list)
    emphasis: set[int] = field(default_factory=set)

    def paragraph(self, lines: list[Line]) -> None:
        """Write the lines as one line of text."""
        self._feed()
        if all(line.bold for line in lines):
            self.emphasis.add(self.length)
        self._words(lines)

    def table(self, grid: Grid) -> None:
        """Write the rows, each cell once; rows in which nothing is printed leave no line."""
        spans: dict[int, tuple[int, int]] = {}
        start: int | None = None
        for row in grid.rows:
            fresh = [cell for cell in dict.fromkeys(row) if cell not in spans]
            printed = any(line.text.strip() for cell in fresh for line in grid.cells[cell])
            if printed:
                self._feed()
            start = self.length if start is None else start
            for number, cell in enumerate(fresh):
                if number and printed:
                    self._put("\t")
                begin = self.length
                self._words([line for line in grid.cells[cell] if line.text.strip()], cell=True)
                spans[cell] = (begin, self.length)
        rows = tuple(tuple(spans[cell] for cell in row) for row in grid.rows)
        self.tables.append(TableSpan(start or 0, self.length, grid.page, rows))

    def result(self) -> Text:
        """The text as it stands."""
        return Text("".join(self.parts), tuple(self.runs), tuple(self.tables), frozenset(self.emphasis))

    def _words(self, lines: list[Line], *, cell: bool = False) -> None:
        for number, line in enumerate(lines):
            split = cell and number and all(_SPLIT_WORD.fullmatch(part.text.strip()) for part in lines[number - 1 : number + 1])
            if number and not split and not _NO_SPACE.search(self.parts[-1]):
                self._put(" ")
            text, kept = _folded(line.text)
            glyphs = _kept(line.glyphs, kept) if line.glyphs else None
            self.runs.append(Run(self.length, self.length + len(text), line.page, glyphs))
            self._put(text)

    def _feed(self) -> None:
        if self.parts:
            self._put("\n")

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """The text without needless blanks, and the index in `text` of each character that is left."""
    if "  " not in text and "\t" not in text and text == text.strip():
        return text, range(len(text))
    kept = [i for i, sign in enumerate(text) if not sign.isspace() or (i and not text[i - 1].isspace())]
    while kept and text[kept[-1]].isspace():
        kept.pop()
    return "".join(" " if text[i].isspace() else text[i] for i in kept), kept


def _kept(glyphs: Glyphs, kept: Sequence[int]) -> Glyphs:
    if len(kept) == len(glyphs.lefts):
        return glyphs
    lefts, rights = (tuple(side[i] for i in kept) for side in (glyphs.lefts, glyphs.rights))
    return Glyphs(glyphs.page, glyphs.top, glyphs.bottom, lefts, rights)
