"""Page blocks: sheets of letters made into lines and tables in reading order, and the pages of a document put together."""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.ingest.furniture import without_furniture
from pipeline.ingest.legacy import Encoding
from pipeline.ingest.pdf_lines import Piece, lines_of, mark_centred
from pipeline.ingest.pdf_sheet import Sheet
from pipeline.ingest.pdf_stamps import unstamped
from pipeline.ingest.pdf_tables import Table, continued, tables_of
from pipeline.ingest.pdf_unruled import unruled_tables
from pipeline.pages import Grid, Line, Pages, TextLayer

if TYPE_CHECKING:
    from pipeline.ingest.recognised import RecognisedSheet

_SURE = 75.0
"""Mean confidence of a page, 0 to 100, under which it is noted; clean print has over 90, a bad copy under 70."""


@dataclass(frozen=True, slots=True)
class PageBlocks:
    """PageBlocks: the lines and tables of one page.

    `pictured` where one picture covers the page; `recognised` by whom its letters were recognised, None where the page has
    text of its own; `sure` is the mean confidence of the recognition, 0 to 100, `unread` says which of the document's `number`
    and `date` are written on it but could not be read; `encoding` is what was made Unicode.
    """

    blocks: list[Line | Grid]
    tables: list[Table]
    width: float
    height: float
    pictured: bool = False
    readable: bool = True
    recognised: str | None = None
    sure: float | None = None
    unread: frozenset[str] = frozenset()
    encoding: Encoding | None = None

    @property
    def text(self) -> str:
        """All words of the page."""
        return " ".join(line.text for line in lines_in(self.blocks))


def blocks_of(sheet: Sheet, *, encoding: Encoding | None = None) -> PageBlocks:
    """The lines and tables of a sheet."""
    ruled, free = tables_of(sheet) if sheet.text.strip() else ([], [])
    unruled, free = unruled_tables(sheet, free)
    tables = sorted([*ruled, *unruled], key=lambda table: table.top)
    blocks = _in_order(sheet, tables, free)
    return PageBlocks(blocks, tables, sheet.width, sheet.height, sheet.pictured, encoding=encoding)


def recognised_blocks(sheet: "RecognisedSheet", engine: str) -> PageBlocks:
    """The lines and tables of a sheet whose letters `engine` recognised."""
    return replace(blocks_of(sheet), recognised=engine, sure=sheet.sure, unread=sheet.unread)


def joined(found: list[PageBlocks], media_type: str, engine: str) -> Pages:
    """One document of its pages: without furniture, tables that go on over pages whole."""
    pages = without_furniture([page.blocks for page in found], [page.height for page in found])
    pages = mark_centred(pages, [page.width for page in found])
    blocks = _one_after_another(pages, [table for page in found for table in page.tables])
    engines = dict.fromkeys([engine, *(page.recognised for page in found if page.recognised)])
    return Pages(
        blocks=tuple(blocks),
        media_type=media_type,
        engine=", ".join(filter(None, engines)),
        text_layer=_layer(found),
        page_count=len(found),
        legacy_encoding=next((page.encoding for page in found if page.encoding and page.recognised is None), None),
        notes=tuple(_notes(found)),
    )


def lines_in(blocks: list[Line | Grid]) -> list[Line]:
    """All lines, also those in the cells of tables."""
    lines: list[Line] = []
    for block in blocks:
        lines += [line for cell in block.cells for line in cell] if isinstance(block, Grid) else [block]
    return lines


def _in_order(sheet: Sheet, tables: list[Table], free: list[Piece]) -> list[Line | Grid]:
    """Tables where they stand among the lines."""
    waiting = list(tables)
    blocks: list[Line | Grid] = []
    for line in lines_of(sheet, unstamped(sheet, free)):
        while waiting and line.glyphs is not None and waiting[0].top < line.glyphs.top:
            blocks.append(waiting.pop(0).grid)
        blocks.append(line)
    return [*blocks, *(table.grid for table in waiting)]


def _one_after_another(pages: list[list[Line | Grid]], tables: list[Table]) -> list[Line | Grid]:
    """The blocks of all pages; a table that goes on at the top of the next page is one table."""
    known = {id(table.grid): table for table in tables}
    for above, below in pairwise(pages):
        if not above or not below:
            continue
        last, first = known.get(id(above[-1])), known.get(id(below[0]))
        whole = continued(last, first) if last and first else None
        if whole:
            known[id(whole.grid)] = whole
            above.pop()
            below[0] = whole.grid
    return [block for blocks in pages for block in blocks]


def _layer(found: list[PageBlocks]) -> TextLayer:
    """`ocr` where the letters were recognised, here or by whoever laid text over pictures of whole pages."""
    recognised = [page.pictured or page.recognised is not None for page in found if page.blocks]
    return "ocr" if all(recognised) else "mixed" if any(recognised) else "digital"


def _notes(found: list[PageBlocks]) -> list[str]:
    unread = any(page.pictured and not page.blocks and page.recognised is None for page in found)
    unsure = any(page.unread or (page.sure is not None and page.sure < _SURE) for page in found)
    broken = not all(page.readable for page in found)
    legacy = any(page.encoding and page.recognised is None for page in found)
    notes = {"legacy_encoding": legacy, "no_text_layer": unread, "low_ocr_confidence": unsure, "damaged": broken}
    illegible = (f"unread_{what}" for page in found for what in sorted(page.unread))
    return [*(note for note, holds in notes.items() if holds), *illegible]
