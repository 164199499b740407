"""OpenDocument: an .odt text as whole paragraphs and tables, read from the XML inside the ZIP.

The text is what the program shows: lists numbered, deleted text left out, footnotes at the end as `[1] ...`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from pipeline.errors import EmptyDocument, EncryptedDocument
from pipeline.ingest.columns import columns_apart
from pipeline.ingest.layout import Cell, columns_of, grid_of, is_letterhead, is_tabular, span_of
from pipeline.ingest.legacy_fonts import restore_markup
from pipeline.ingest.letters import clean
from pipeline.ingest.odt_styles import OFFICE, TABLE, TEXT, Lists, Styles
from pipeline.ingest.xml_parts import Parts, parts_of
from pipeline.pages import Grid, Line, Pages

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SKIPPED = frozenset((TEXT + "tracked-changes", TEXT + "table-of-content", TEXT + "sequence-decls", TEXT + "bookmark"))
_MOST_REPEATED = 1000


def read(data: bytes, name: str) -> Pages:
    """Read an .odt file."""
    with parts_of(data, name) as parts:
        _refuse_encrypted(parts, name)
        content = parts.xml("content.xml")
        if content is None:
            raise ValueError("no content.xml in it")
        body = next(content.iter(OFFICE + "text"), content)
        legacy = restore_markup(body)
        sheets = [sheet for sheet in (parts.xml("styles.xml"), content) if sheet is not None]
        story = _Story(Styles(sheets), Lists(sheets))
        blocks = columns_apart([*story.blocks(body), *story.notes])
    if not any(isinstance(block, Grid) or block.text.strip() for block in blocks):
        raise EmptyDocument(f"{name}: the document holds no text.", remedy="If it holds pictures of pages, save it as PDF.")
    notes = ("legacy_encoding",) if legacy else ()
    return Pages(tuple(blocks), MEDIA_TYPE, "lxml " + etree.__version__, "digital", legacy_encoding=legacy, notes=notes)


def _refuse_encrypted(parts: Parts, name: str) -> None:
    manifest = parts.xml("META-INF/manifest.xml")
    if manifest is not None and any(str(element.tag).endswith("encryption-data") for element in manifest.iter()):
        raise EncryptedDocument(f"{name}: the document asks for a password.", remedy="Open it and save it without one.")


@dataclass(slots=True)
class _Words:
    """Words: the text of one paragraph as it is put together, and what hangs on it."""

    parts: list[str] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)


class _Story:
    """Story: paragraphs and tables in document order; `notes` are the footnotes met so far."""

    def __init__(self, styles: Styles, lists: Lists) -> None:
        self._styles, self._lists = styles, lists
        self._marker = ""
        self.notes: list[Line] = []

    def blocks(self, parent: etree._Element) -> Iterator[Line | Grid]:
        """Lines and grids below `parent`."""
        for child in parent:
            if child.tag in (TEXT + "p", TEXT + "h"):
                yield from self._paragraph(child)
            elif child.tag == TEXT + "list":
                yield from self._list(child)
            elif child.tag == TABLE + "table":
                yield from self._table(child)
            elif child.tag not in _SKIPPED:
                yield from self.blocks(child)

    def _list(self, element: etree._Element) -> Iterator[Line | Grid]:
        with self._lists.entered(element):
            for item in element:
                if item.tag == TEXT + "list-item":
                    first = next((child for child in item if isinstance(child.tag, str)), None)
                    if first is not None and first.tag != TEXT + "list":
                        self._marker = self._lists.marker(item)
                yield from self.blocks(item)

    def _paragraph(self, element: etree._Element) -> Iterator[Line | Grid]:
        looks = self._styles.looks(element.get(TEXT + "style-name"))
        words = _Words()
        self._collect(element, words, looks.bold, looks.upper)
        text = clean("".join(words.parts)).strip()
        if text:
            text, self._marker = self._marker + text, ""
            lines = text.split("\n")
            bold = bool(words.bold) and all(words.bold)
            whole = len(lines) == 1 and not looks.centred
            for line in lines:
                yield Line(line.strip().replace("\t", "    "), whole=whole, bold=bold, centred=looks.centred)
        else:
            yield Line("", whole=True)
        for box in words.boxes:
            yield from self.blocks(box)

    def _collect(self, element: etree._Element, words: _Words, bold: bool, upper: bool) -> None:
        """The text of an element and of what is inside its line."""
        self._put(element.text, words, bold, upper)
        for child in element:
            tag = child.tag
            if tag == TEXT + "s":
                words.parts.append(" " * min(int(child.get(TEXT + "c", "1")), _MOST_REPEATED))
            elif tag in (TEXT + "tab", TEXT + "line-break"):
                words.parts.append("\t" if tag == TEXT + "tab" else "\n")
            elif tag == TEXT + "note":
                self._note(child)
            elif tag == TEXT + "span":
                looks = self._styles.looks(child.get(TEXT + "style-name"))
                if not looks.hidden:
                    self._collect(child, words, looks.bold or (bold and not looks.plain), upper or looks.upper)
            elif tag == _DRAW + "text-box":
                words.boxes.append(child)
            elif tag not in (TEXT + "page-number", TEXT + "page-count", OFFICE + "annotation"):
                self._collect(child, words, bold, upper)
            self._put(child.tail, words, bold, upper)

    def _put(self, text: str | None, words: _Words, bold: bool, upper: bool) -> None:
        if text:
            text = " ".join(part for part in _lines_as_blanks(text))
            words.parts.append(text.upper() if upper else text)
            if text.strip():
                words.bold.append(bold)

    def _note(self, note: etree._Element) -> None:
        body = note.find(TEXT + "note-body")
        marker, self._marker = self._marker, ""
        lines = [block for block in self.blocks(body) if isinstance(block, Line) and block.text] if body is not None else []
        self._marker = marker
        number = len({line.text[:4] for line in self.notes}) + 1
        self.notes += [replace(line, text=f"[{number}] {line.text}") for line in lines[:1]] + lines[1:]

    def _table(self, element: etree._Element) -> Iterator[Line | Grid]:
        rows = [[replace(cell, lines=tuple(self._cell(cell.element))) for cell in row] for row in table_rows(element)]
        if not rows:
            return
        if sum(map(len, rows)) < 2 or max(map(len, rows)) < 2 or is_letterhead(rows) or not (self._ruled(element) or is_tabular(rows)):
            yield from columns_of(rows)
        else:
            yield grid_of(rows)

    def _ruled(self, table: etree._Element) -> bool:
        cells = list(table.iter(TABLE + "table-cell"))
        return 2 * sum(self._styles.ruled(cell.get(TABLE + "style-name")) for cell in cells) > len(cells)

    def _cell(self, element: etree._Element | None) -> Iterator[Line]:
        for block in self.blocks(element) if element is not None else ():
            if isinstance(block, Grid):
                yield from (line for cell in block.cells for line in cell)
            elif block.text:
                yield block


def _lines_as_blanks(text: str) -> list[str]:
    return text.replace("\r", "\n").split("\n")


def table_rows(table: etree._Element) -> list[list[Cell]]:
    """The printed cells of a table of text or of a spreadsheet, row by row."""
    rows: list[list[Cell]] = []
    down: dict[int, int] = {}
    for row in table.iter(TABLE + "table-row"):
        cells: list[Cell] = []
        column = 0
        for cell in row:
            if cell.tag not in (TABLE + "table-cell", TABLE + "covered-table-cell"):
                continue
            width = span_of(cell.get(TABLE + "number-columns-spanned"))
            times = min(int(cell.get(TABLE + "number-columns-repeated", "1")), _MOST_REPEATED)
            for _ in range(times):
                if cell.tag == TABLE + "table-cell":
                    cells.append(Cell((), width, False, cell))
                    down.update(dict.fromkeys(range(column, column + width), int(cell.get(TABLE + "number-rows-spanned", "1"))))
                elif down.get(column, 0) > 0 and not _covered_across(cells, column):
                    cells.append(Cell((), 1, True, None))
                column += 1
        down = {place: left - 1 for place, left in down.items() if left > 1}
        rows.append(cells)
    return [row for row in rows if row]


def _covered_across(cells: list[Cell], column: int) -> bool:
    """Whether a covered cell belongs to the wide cell before it in its own row."""
    return sum(cell.width for cell in cells) > column
