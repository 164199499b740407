"""Tables of PDF without ruling lines: lines of at least three columns that the same white strips part, one below the other.

A new row of such a table begins where lines stand further apart than within a cell, or, where all are equally close, where
something stands in the first column.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from pipeline.ingest.layout import LETTERHEAD, is_head
from pipeline.ingest.pdf_lines import Piece, Row, line_of, rows_of
from pipeline.ingest.pdf_sheet import Sheet
from pipeline.ingest.pdf_tables import Table
from pipeline.pages import Grid

_STRIP = 6.0  # points; blanks between words of a spread line are narrower
_COLUMNS = 3
_APART = 5.0  # heights of a line; what stands further below is no part of the table
_STEP = 1.2  # times the smallest step from line to line; lines of one cell are closer
_FULL = 0.5  # share of the rows that have something in three columns

Strip = tuple[float, float]


class _Block(NamedTuple):
    """_Block: the lines `[first, last)` of a sheet that make a table, and the white strips between its columns."""

    first: int
    last: int
    strips: list[Strip]


def unruled_tables(sheet: Sheet, pieces: list[Piece]) -> tuple[list[Table], list[Piece]]:
    """The tables without lines among the pieces that no ruled table holds, and what is left of these."""
    rows = rows_of(pieces)
    if not any(len(row) >= _COLUMNS for row in rows):
        return [], pieces
    tables: list[Table] = []
    taken: set[int] = set()
    for block in _blocks(sheet, rows):
        lines = rows[block.first : block.last]
        table = _table(sheet, lines, block.strips)
        if table and not LETTERHEAD.search("\n".join(_words(sheet, row) for row in lines)):
            tables.append(table)
            taken |= {id(piece) for row in lines for piece in row}
    return tables, [piece for piece in pieces if id(piece) not in taken]


def _words(sheet: Sheet, row: Row) -> str:
    return " ".join(sheet.text[piece.start : piece.end] for piece in row)


def _blocks(sheet: Sheet, rows: list[Row]) -> Iterator[_Block]:
    """Stretches of lines that share white strips, from top to bottom."""
    index = 0
    while index < len(rows):
        block = _grown(sheet, rows, index) if len(rows[index]) >= _COLUMNS else None
        if block and block.last - block.first >= 3:
            yield block
            index = block.last
        else:
            index += 1


def _grown(sheet: Sheet, rows: list[Row], seed: int) -> _Block | None:
    """The lines round the seed that keep its strips; a heading below the table ends it."""
    strips = [(a.right, b.left) for a, b in pairwise(rows[seed]) if b.left - a.right >= _STRIP]
    if len(strips) < _COLUMNS - 1:
        return None
    first = last = seed
    while last + 1 < len(rows) and _close(rows, last) and not _is_heading(sheet, rows[last + 1], strips):
        kept = _kept(strips, rows[last + 1])
        if len(kept) < _COLUMNS - 1:
            break
        strips, last = kept, last + 1
    while first and _close(rows, first - 1) and len(rows[first - 1]) > 1:
        kept = _kept(strips, rows[first - 1])
        if len(kept) < len(strips):
            break
        strips, first = kept, first - 1
    return _Block(first, last + 1, strips)


def _close(rows: list[Row], above: int) -> bool:
    return rows[above + 1][0].top - rows[above][0].bottom < _APART * rows[above][0].height


def _is_heading(sheet: Sheet, row: Row, strips: list[Strip]) -> bool:
    """Whether a line is a heading in capitals that begins in the first column, and no more of a cell."""
    return len(row) == 1 and row[0].left < strips[0][0] and _words(sheet, row).isupper()


def _kept(strips: list[Strip], row: Row) -> list[Strip]:
    """What is left of the strips when the pieces of a line take their places."""
    kept = []
    for left, right in strips:
        for piece in row:
            if piece.right <= left or piece.left >= right:
                continue
            if piece.left - left < right - piece.right:
                left = piece.right
            else:
                right = piece.left
        if right - left >= _STRIP:
            kept.append((left, right))
    return kept


def _table(sheet: Sheet, lines: list[Row], strips: list[Strip]) -> Table | None:
    """The table of these lines; None where it has no head, too few rows, or is too thinly filled."""
    middles = [(left + right) / 2 for left, right in strips]
    columns = list(zip([0.0, *middles], [*middles, 1e9], strict=True))
    rows = [
        [tuple(line_of(sheet, row) for row in _column(record, low, high)) for low, high in columns]
        for record in _records(lines, middles[0])
    ]
    full = [row for row in rows if sum(map(bool, row)) >= _COLUMNS]
    if len(full) < _COLUMNS or len(full) < _FULL * len(rows) or not is_head([" ".join(line.text for line in cell) for cell in rows[0]]):
        return None
    left, right = min(row[0].left for row in lines), max(row[-1].right for row in lines)
    places = [tuple(range(place, place + len(columns))) for place in range(0, len(rows) * len(columns), len(columns))]
    cells = tuple(cell for row in rows for cell in row)
    return Table(Grid(cells, tuple(places), sheet.number), lines[0][0].top, (left, *middles, right))


def _column(record: list[Row], low: float, high: float) -> list[Row]:
    """The lines of one cell."""
    parts = ([piece for piece in row if low <= (piece.left + piece.right) / 2 < high] for row in record)
    return [part for part in parts if part]


def _records(lines: list[Row], first_column: float) -> list[list[Row]]:
    """Lines put together into rows."""
    steps = [below[0].bottom - above[0].bottom for above, below in pairwise(lines)]
    close = [step <= _STEP * min(steps) for step in steps]
    numbered = [line[0].left < first_column for line in lines[1:]]
    spaced = not all(close) and 2 * sum(near and new for near, new in zip(close, numbered, strict=True)) <= sum(close)
    records = [[lines[0]]]
    for line, near, new in zip(lines[1:], close, numbered, strict=True):
        if (spaced and not near) or (not spaced and new):
            records.append([line])
        else:
            records[-1].append(line)
    return records
