"""Lines of PDF: letters put together into pieces, pieces into lines, lines into reading order.

A piece is a stretch of letters without a wide gap. Pieces on one baseline are one line, except in the letterhead and in the
block of recipients and signature, which are read column by column.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from pipeline.ingest.layout import LETTERHEAD
from pipeline.ingest.letters import clean_aligned
from pipeline.ingest.pdf_sheet import Sheet
from pipeline.pages import Glyphs, Grid, Line

Labels = npt.NDArray[np.int64]
_GUTTER = 6.0  # points; columns of a letterhead are at least this far apart
_BLANKS = "\0\t\n\r \xa0"


@dataclass(slots=True)
class Piece:
    """Piece: the letters `[start, end)` of a sheet; `label` is the table cell it stands in, 0 outside tables.

    `lefts` and `rights` are where each letter begins and ends.
    """

    start: int
    end: int
    left: float
    top: float
    right: float
    bottom: float
    label: int
    lefts: list[float]
    rights: list[float]

    @property
    def height(self) -> float:
        """Height of the letters."""
        return self.bottom - self.top


Row = list[Piece]


def ink_of(sheet: Sheet) -> npt.NDArray[np.int64]:
    """Indices of the letters that can be seen."""
    codes = np.frombuffer(sheet.text.encode("utf-32-le"), dtype=np.uint32)
    seen = sheet.boxes[:, 3] > sheet.boxes[:, 1]
    for blank in _BLANKS:
        seen &= codes != ord(blank)
    return np.flatnonzero(seen)


def pieces_of(sheet: Sheet, ink: npt.NDArray[np.int64], labels: Labels) -> list[Piece]:
    """All pieces of a sheet; a piece never reaches from one table cell into another. Gives blanks their boxes."""
    if not len(ink):
        return []
    left, top, right, bottom = sheet.boxes[ink].T
    height = np.maximum((bottom - top)[:-1], (bottom - top)[1:])
    ahead = left[1:] - right[:-1]
    cut = (np.abs(np.diff(bottom)) > 0.5 * height) | (ahead > 0.75 * height) | (ahead < -0.6 * height)
    cut |= np.diff(labels[ink]) != 0
    starts = np.concatenate(([0], np.flatnonzero(cut) + 1))
    ends = np.concatenate((starts[1:], [len(ink)]))
    _box_blanks(sheet, ink)
    tops, bottoms = np.minimum.reduceat(top, starts), np.maximum.reduceat(bottom, starts)
    lefts, rights = left[starts], right[ends - 1]
    columns = (ink[starts], ink[ends - 1] + 1, lefts, tops, rights, bottoms, labels[ink][starts])
    begin, end = sheet.boxes[:, 0].tolist(), sheet.boxes[:, 2].tolist()
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return [Piece(a, b, c, d, e, f, g, begin[a:b], end[a:b]) for a, b, c, d, e, f, g in rows]


def _box_blanks(sheet: Sheet, ink: npt.NDArray[np.int64]) -> None:
    """A blank reaches from the letter before to the letter after."""
    blank = np.ones(len(sheet.text), dtype=bool)
    blank[ink] = False
    places = np.flatnonzero(blank)
    after = np.searchsorted(ink, places)
    places, after = places[(after > 0) & (after < len(ink))], after[(after > 0) & (after < len(ink))]
    sheet.boxes[places, 0] = sheet.boxes[ink[after - 1], 2]
    sheet.boxes[places, 2] = np.maximum(sheet.boxes[ink[after], 0], sheet.boxes[places, 0])


def rows_of(pieces: Iterable[Piece]) -> list[Row]:
    """Pieces that stand on one baseline, from top to bottom, each row from left to right."""
    rows: list[Row] = []
    top = bottom = 0.0
    for piece in sorted(pieces, key=lambda piece: (piece.bottom, piece.left)):
        shared = min(bottom, piece.bottom) - max(top, piece.top)
        if rows and shared >= 0.6 * min(piece.height, bottom - top) and not _covers(rows[-1], piece):
            rows[-1].append(piece)
            top, bottom = min(top, piece.top), max(bottom, piece.bottom)
        else:
            rows.append([piece])
            top, bottom = piece.top, piece.bottom
    for row in rows:
        row.sort(key=lambda piece: piece.left)
    return rows


def _covers(row: Row, piece: Piece) -> bool:
    """Whether a piece stands over or under one of the row: two columns with lines of different heights meet there."""
    return any(min(other.right, piece.right) - max(other.left, piece.left) > 0.5 * piece.height for other in row)


def lines_of(sheet: Sheet, pieces: Iterable[Piece]) -> list[Line]:
    """Lines in reading order."""
    rows = rows_of(pieces)
    ordered: list[Row] = []
    index = 0
    while index < len(rows):
        found = _columns(rows, index) if _widest(rows[index])[0] > 1.5 * _GUTTER else None
        if found and LETTERHEAD.search(_words(sheet, rows[found[0] : found[1]])):
            first, last, gutter = found
            del ordered[len(ordered) - (index - first) :]
            block = rows[first:last]
            ordered += [part for row in block if (part := [piece for piece in row if piece.right <= gutter])]
            ordered += [part for row in block if (part := [piece for piece in row if piece.right > gutter])]
            index = last
        else:
            ordered.append(rows[index])
            index += 1
    return [line_of(sheet, row) for row in ordered]


def _widest(row: Row) -> tuple[float, float, float]:
    """Width, left and right edge of the widest gap in a row."""
    gaps = [(b.left - a.right, a.right, b.left) for a, b in pairwise(row)]
    return max(gaps, default=(0.0, 0.0, 0.0))


def _columns(rows: list[Row], start: int) -> tuple[int, int, float] | None:
    """First row, row after the last, and gutter of the two-column block that holds the row at `start`."""
    _, left, right = _widest(rows[start])
    first = last = start
    for index in range(start, len(rows)):
        narrowed = _narrowed(rows[index], left, right)
        if not narrowed or (index > start and rows[index][0].top - rows[index - 1][0].bottom > 130):
            break
        (left, right), last = narrowed, index
    for index in range(start - 1, max(start - 6, -1), -1):
        narrowed = _narrowed(rows[index], left, right)
        if not narrowed:
            break
        (left, right), first = narrowed, index
    sides = [piece.right <= left for row in rows[first : last + 1] for piece in row]
    return (first, last + 1, left) if any(sides) and not all(sides) else None


def _narrowed(row: Row, left: float, right: float) -> tuple[float, float] | None:
    """The gutter that is left when this row is taken in, None where the row crosses it."""
    middle = (left + right) / 2
    for piece in row:
        if (piece.left + piece.right) / 2 < middle:
            left = max(left, piece.right)
        else:
            right = min(right, piece.left)
    return (left, right) if right - left >= _GUTTER else None


def _words(sheet: Sheet, rows: list[Row]) -> str:
    return "\n".join(sheet.text[piece.start : piece.end] for row in rows for piece in row)


def line_of(sheet: Sheet, row: Row) -> Line:
    """The pieces of one baseline as a line; a gap between two pieces is one blank."""
    parts: list[str] = []
    lefts: list[float] = []
    rights: list[float] = []
    for number, piece in enumerate(row):
        if number:
            parts.append(" ")
            lefts.append(rights[-1])
            rights.append(max(piece.left, rights[-1]))
        parts.append(sheet.text[piece.start : piece.end])
        lefts += piece.lefts
        rights += piece.rights
    raw = "".join(parts)
    text, sources = clean_aligned(raw)
    if text != raw:
        lefts, rights = [lefts[i] for i in sources], [rights[i] for i in sources]
    text = text.replace("\n", " ").replace("\r", " ")
    top, bottom = min(piece.top for piece in row), max(piece.bottom for piece in row)
    glyphs = Glyphs(sheet.number, top, bottom, tuple(lefts), tuple(rights))
    bold = sheet.bold(row[0].start) and sheet.bold(row[-1].end - 1)
    return Line(text, page=sheet.number, glyphs=glyphs, bold=bold)


def mark_centred(pages: list[list[Line | Grid]], widths: list[float]) -> list[list[Line | Grid]]:
    """Say of each line whether it is centred between the margins of the pages of its width."""
    edges: dict[int, list[tuple[float, float]]] = {}
    for blocks, width in zip(pages, widths, strict=True):
        edges.setdefault(round(width), []).extend(_edges(block) for block in blocks if isinstance(block, Line))
    margins = {width: _margins(found) for width, found in edges.items() if found}
    return [
        [
            _told(block, _is_centred(block, margins[round(width)])) if isinstance(block, Line) else block
            for block in blocks
        ]
        for blocks, width in zip(pages, widths, strict=True)
    ]


def _told(line: Line, centred: bool) -> Line:
    """The line with what is known now; `replace` would take five times as long."""
    return Line(line.text, line.whole, line.page, line.glyphs, line.bold, centred)


def _edges(line: Line) -> tuple[float, float]:
    return (line.glyphs.lefts[0], line.glyphs.rights[-1]) if line.glyphs and line.glyphs.lefts else (0.0, 0.0)


def _margins(edges: list[tuple[float, float]]) -> tuple[float, float]:
    lefts, rights = sorted(left for left, _ in edges), sorted(right for _, right in edges)
    odd = len(edges) // 30
    return lefts[odd], rights[-1 - odd]


def _is_centred(line: Line, margins: tuple[float, float]) -> bool:
    (begin, end), (left, right) = _edges(line), margins
    unit = line.glyphs.bottom - line.glyphs.top if line.glyphs else 0.0
    return abs(begin + end - left - right) < 2 * unit and begin - left > 1.2 * unit and right - end > 1.2 * unit
