"""Pages: what a reader hands on, one printed line or whole paragraph after the other, in reading order.

A reader (`pipeline.ingest`) knows its format and nothing else; `pipeline.unwrap` joins its lines into the canonical text.
"""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from schemas.plan import Signature

TextLayer = Literal["digital", "ocr", "mixed", "plain"]


class Glyphs(NamedTuple):
    """Glyphs: where the letters of one line stand on their page, in PDF points, origin top left.

    `lefts` and `rights` have one entry a character of the line's text (blanks included).
    """

    page: int
    top: float
    bottom: float
    lefts: tuple[float, ...]
    rights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """Line: one printed line, or one paragraph where the format knows paragraphs (`whole`).

    A whole line is never joined to its neighbours. `page` is 1-based, None where the source has no pages. `glyphs` is
    None where the source has no geometry. `bold` and `centred` are None where the format does not tell.
    """

    text: str
    whole: bool = False
    page: int | None = None
    glyphs: Glyphs | None = None
    bold: bool | None = None
    centred: bool | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """Grid: a ruled table. `cells` holds each printed cell once; `rows` has, for every row and column, the index of the
    cell that covers it (a merged cell's index stands in all rows and columns that it covers)."""

    cells: tuple[tuple[Line, ...], ...]
    rows: tuple[tuple[int, ...], ...]
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages: one document as read. `notes` are diagnostic codes that only the reader can know (`damaged`, ...)."""

    blocks: tuple[Line | Grid, ...]
    media_type: str
    engine: str
    text_layer: TextLayer
    page_count: int | None = None
    legacy_encoding: Literal["TCVN3", "VNI", "VPS", "VISCII", "VIQR"] | None = None
    notes: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()


class Run(NamedTuple):
    """Run: a stretch `[start, end)` of the canonical text that comes from one printed line.

    `glyphs` has one entry a character of the stretch; None where the source has no geometry.
    """

    start: int
    end: int
    page: int | None
    glyphs: Glyphs | None


class TableSpan(NamedTuple):
    """TableSpan: a ruled table in the canonical text. One row a line, cells joined by a tab.

    `rows` has for every row and column the `(start, end)` of the cell that covers it; a merged cell is printed once, in
    its first row and column, and its span is repeated in all that it covers.
    """

    start: int
    end: int
    page: int | None
    rows: tuple[tuple[tuple[int, int], ...], ...]


@dataclass(frozen=True, slots=True)
class Text:
    """Text: the canonical text (NFC, one paragraph a line) and the way back to pages and boxes."""

    text: str
    runs: tuple[Run, ...] = ()
    tables: tuple[TableSpan, ...] = ()
    emphasis: frozenset[int] = field(default=frozenset())
    """Start offsets of lines that the source sets in bold as a whole."""
