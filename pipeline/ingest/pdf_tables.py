"""Tables of PDF: ruled tables found by their ruling lines, and the letters put into their cells.

A table has at least two rows and two columns, or one row of three cells (the rest of a table on a new page). Underlines, a
frame round a paragraph and the rules of a letterhead are none.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from pipeline.ingest.layout import LETTERHEAD
from pipeline.ingest.pdf_lines import Labels, Piece, ink_of, line_of, pieces_of, rows_of
from pipeline.ingest.pdf_rules import Box
from pipeline.ingest.pdf_sheet import Sheet
from pipeline.pages import Grid, Line

_DEEPEST_HEAD = 3  # rows
_NEAR = 4.0  # points between two drawings of one line


@dataclass(frozen=True, slots=True)
class Table:
    """Table: a grid with its top and its column edges on the page."""

    grid: Grid
    top: float
    edges: tuple[float, ...]


@dataclass(slots=True)
class _Frame:
    """Frame: column and row edges, and which cell covers each row and column."""

    xs: list[float]
    ys: list[float]
    owner: list[list[int]]
    count: int


def tables_of(sheet: Sheet) -> tuple[list[Table], list[Piece]]:
    """The ruled tables of a sheet from top to bottom, and the pieces outside of them."""
    ink = ink_of(sheet)
    labels = np.zeros(len(sheet.text), dtype=np.int64)
    frames = [frame for frame in _frames(sheet.rules.boxes) if _label(sheet, ink, labels, frame)]
    pieces = pieces_of(sheet, ink, labels)
    inside: dict[int, list[Piece]] = {}
    for piece in pieces:
        inside.setdefault(piece.label, []).append(piece)
    tables, first = [], 1
    for frame in frames:
        cells = tuple(tuple(line_of(sheet, row) for row in rows_of(inside.get(first + cell, []))) for cell in range(frame.count))
        first += frame.count
        grid = Grid(cells, tuple(tuple(row) for row in frame.owner), sheet.number)
        tables.append(Table(grid, frame.ys[0], tuple(frame.xs)))
    return tables, inside.get(0, [])


def _label(sheet: Sheet, ink: Labels, labels: Labels, frame: _Frame) -> bool:
    """Give the letters inside the frame the numbers of their cells; False where it holds a letterhead or nothing."""
    left, top, right, bottom = sheet.boxes[ink].T
    column = np.searchsorted(frame.xs, (left + right) / 2) - 1
    row = np.searchsorted(frame.ys, (top + bottom) / 2) - 1
    within = (column >= 0) & (column < len(frame.xs) - 1) & (row >= 0) & (row < len(frame.ys) - 1)
    letters = ink[within]
    if not len(letters) or LETTERHEAD.search("".join(sheet.text[i] for i in range(letters[0], letters[-1] + 1))):
        return False
    labels[letters] = np.asarray(frame.owner)[row[within], column[within]] + labels.max() + 1
    return True


def _frames(boxes: list[Box]) -> Iterator[_Frame]:
    """Frames from top to bottom: stretches of the page that vertical lines cover."""
    across = [box for box in boxes if box[2] - box[0] >= 8 and box[3] - box[1] <= 3.5]
    down = sorted((box for box in boxes if box[3] - box[1] >= 5 and box[2] - box[0] <= 3.5), key=lambda box: box[1])
    band: list[Box] = []
    reach = 0.0
    for box in [*down, (0.0, 1e9, 0.0, 1e9)]:
        if band and box[1] > reach + _NEAR:
            frame = _frame(band, across)
            if frame:
                yield frame
            band = []
        band.append(box)
        reach = max(reach, box[3]) if len(band) > 1 else box[3]


def _frame(band: list[Box], across: list[Box]) -> _Frame | None:
    top, bottom = min(box[1] for box in band), max(box[3] for box in band)
    left, right = min(box[0] for box in band), max(box[2] for box in band)
    near = [box for box in across if top - _NEAR <= box[1] <= bottom + _NEAR and box[0] < right + _NEAR and box[2] > left - _NEAR]
    if not near or len(band) < 2:
        return None
    ends = (left, right, min(box[0] for box in near), max(box[2] for box in near))
    xs = _clusters([(box[0] + box[2]) / 2 for box in band] + list(ends))
    ys = _clusters([(box[1] + box[3]) / 2 for box in near] + [top, bottom])
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 2 or (rows < 2 and columns < 3):
        return None
    bars = _intervals(band, xs, 0)
    rules = _intervals(near, ys, 1)
    return _merged(xs, ys, bars, rules)


def _clusters(values: list[float]) -> list[float]:
    """Values that differ by less than two drawings of one line do are one value."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= _NEAR:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _intervals(boxes: list[Box], edges: list[float], axis: int) -> list[list[tuple[float, float]]]:
    """For each edge, the stretches along which it is drawn."""
    found: list[list[tuple[float, float]]] = [[] for _ in edges]
    for box in boxes:
        middle = (box[axis] + box[axis + 2]) / 2
        place = min(range(len(edges)), key=lambda i: abs(edges[i] - middle))
        found[place].append((box[1 - axis] - _NEAR, box[3 - axis] + _NEAR))
    return found


def _merged(
    xs: list[float], ys: list[float], bars: list[list[tuple[float, float]]], rules: list[list[tuple[float, float]]]
) -> _Frame | None:
    """Join the places between which no line is drawn."""
    rows, columns = len(ys) - 1, len(xs) - 1
    parent = list(range(rows * columns))

    def root(place: int) -> int:
        while parent[place] != place:
            place = parent[place]
        return place

    for row in range(rows):
        for column in range(columns):
            here = row * columns + column
            y, x = (ys[row] + ys[row + 1]) / 2, (xs[column] + xs[column + 1]) / 2
            if column and not _drawn(bars[column], y):
                parent[root(here)] = root(here - 1)
            if row and not _drawn(rules[row], x):
                parent[root(here)] = root(here - columns)
    numbers: dict[int, int] = {}
    owner = [[numbers.setdefault(root(r * columns + c), len(numbers)) for c in range(columns)] for r in range(rows)]
    return _Frame(xs, ys, owner, len(numbers)) if len(numbers) >= 3 else None


def _drawn(stretches: list[tuple[float, float]], at: float) -> bool:
    return any(start <= at <= end for start, end in stretches)


def continued(above: Table, below: Table) -> Table | None:
    """One table of two where `below`, on the next page, has the same columns.

    Head rows that it repeats are left out, and a row that it goes on with becomes one.
    """
    if len(above.edges) != len(below.edges):
        return None
    if any(abs(a - b) > 2 * _NEAR for a, b in zip(above.edges, below.edges, strict=True)):
        return None
    rows = below.grid.rows
    head = 0
    while head < min(_DEEPEST_HEAD, len(rows) - 1) and _texts(above.grid, above.grid.rows[head]) == _texts(below.grid, rows[head]):
        head += 1
    rows = rows[head:]
    cells = list(above.grid.cells)
    if _goes_on(above.grid, above.grid.rows[-1], below.grid, rows[0]):
        for upper, lower in zip(above.grid.rows[-1], rows[0], strict=True):
            cells[upper] += below.grid.cells[lower]
        rows = rows[1:]
    shift = len(cells)
    grid = replace(
        above.grid,
        cells=(*cells, *below.grid.cells),
        rows=above.grid.rows + tuple(tuple(cell + shift for cell in row) for row in rows),
    )
    return Table(grid, above.top, above.edges)


def _goes_on(above: Grid, last: tuple[int, ...], below: Grid, first: tuple[int, ...]) -> bool:
    """Whether the first row of a page is the rest of the last one: without a number, and only where there was something before."""
    if len(set(last)) < len(last) or len(set(first)) < len(first):
        return False
    upper, lower = _texts(above, last), _texts(below, first)
    return not lower[0] and bool(upper[0]) and any(lower) and all(above for above, below in zip(upper, lower, strict=True) if below)


def _texts(grid: Grid, row: tuple[int, ...]) -> list[str]:
    def text(lines: tuple[Line, ...]) -> str:
        return " ".join(" ".join(line.text for line in lines).split())

    return [text(grid.cells[cell]) for cell in row]


def cells_of(rules: list[Box]) -> list[list[Box]]:
    """The boxes of the cells (left, top, right, bottom) of each frame that these ruling lines make, from top to bottom."""
    return [[_extent(frame, cell) for cell in range(frame.count)] for frame in _frames(rules)]


def _extent(frame: _Frame, cell: int) -> Box:
    places = [(row, column) for row, line in enumerate(frame.owner) for column, owner in enumerate(line) if owner == cell]
    rows, columns = [row for row, _ in places], [column for _, column in places]
    return frame.xs[min(columns)], frame.ys[min(rows)], frame.xs[max(columns) + 1], frame.ys[max(rows) + 1]
