"""Spreadsheets: the sheets of an .xlsx, .ods or .xls file: what stands round a table as lines, the table as a grid.

Values are what the sheet shows in Vietnamese notation: a date as day/month/year, a share as per cent, a decimal comma.
"""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from lxml import etree

from pipeline.errors import EmptyDocument
from pipeline.ingest import office
from pipeline.ingest.layout import LETTERHEAD, Cell, grid_of
from pipeline.ingest.letters import clean
from pipeline.ingest.odt import table_rows
from pipeline.ingest.odt_styles import TABLE, TEXT
from pipeline.ingest.xlsx import xlsx_rows
from pipeline.ingest.xml_parts import parts_of
from pipeline.pages import Grid, Line, Pages

MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "xls": "application/vnd.ms-excel",
}
_OLE = b"\xd0\xcf\x11\xe0"
_SIGNS = re.compile(r"\s*(?:TM\.|T/M|KT\.|TL\.|Nơi nhận|NGƯỜI LẬP|Người lập)")

Rows = list[list[Cell]]


class _Shape(NamedTuple):
    """Shape: a row and how many of its cells hold something."""

    cells: list[Cell]
    filled: int


def read(data: bytes, name: str) -> Pages:
    """Read a spreadsheet; sheets follow one another, hidden ones are left out."""
    kind, engine = "xlsx", "lxml " + etree.__version__
    if data.startswith(_OLE):
        data, kind, engine = office.converted(data, name, kind="xls", into="xlsx"), "xls", f"{office.version()}, {engine}"
    with parts_of(data, name) as parts:
        if "xl/workbook.xml" in parts.names:
            sheets = list(xlsx_rows(parts, name))
        else:
            kind = "ods"
            content = parts.xml("content.xml")
            sheets = [_ods_rows(table) for table in content.iter(TABLE + "table")] if content is not None else []
    blocks = [block for rows in sheets for block in _blocks(rows)]
    if not blocks:
        raise EmptyDocument(f"{name}: no sheet holds anything.", remedy="Check that the right file was saved.")
    return Pages(tuple(blocks), MEDIA_TYPES[kind], engine, "digital")


def _ods_rows(table: etree._Element) -> Rows:
    return [[_with_lines(cell) for cell in row] for row in table_rows(table)]


def _with_lines(cell: Cell) -> Cell:
    texts = ["".join(p.itertext()) for p in cell.element.iter(TEXT + "p")] if cell.element is not None else []
    lines = tuple(Line(part.strip()) for text in texts for part in clean(text).split("\n") if part.strip())
    return Cell(lines, cell.width, cell.goes_on, None)


def _blocks(rows: Rows) -> Iterator[Line | Grid]:
    """What stands above the table, the table, and what stands below."""
    shapes = [_Shape(cells, sum(bool(cell.lines) for cell in cells)) for cells in rows]
    first = next((place for place in range(len(shapes)) if _is_head(shapes, place)), None)
    if first is None:
        yield from _loose(rows)
        return
    last = max(place for place, shape in enumerate(shapes) if place >= first and shape.filled > 1 and not _is_loose(shape.cells))
    below = next((place for place in range(first, last + 1) if _is_loose(rows[place])), last + 1)
    yield from _loose(rows[:first])
    table = _cropped([shape.cells for shape in shapes[first:below] if shape.filled or any(cell.goes_on for cell in shape.cells)])
    yield grid_of(table)
    yield from _loose(rows[below:])


def _is_head(shapes: list[_Shape], place: int) -> bool:
    """Whether a table begins here: three cells or more, more rows like it, no letterhead."""
    shape = shapes[place]
    return shape.filled > 2 and not _is_loose(shape.cells) and any(below.filled > 1 for below in shapes[place + 1 : place + 3])


def _is_loose(cells: list[Cell]) -> bool:
    """Whether a row is part of a letterhead or a signature block."""
    text = "\n".join(line.text for cell in cells for line in cell.lines)
    return bool(LETTERHEAD.search(text) or any(_SIGNS.match(line.text) for cell in cells for line in cell.lines))


def _cropped(rows: Rows) -> Rows:
    """The rows without the empty columns at their end."""

    def width(row: list[Cell]) -> int:
        place = used = 0
        for cell in row:
            place += cell.width
            used = place if cell.lines or cell.goes_on else used
        return used

    widest = max(width(row) for row in rows)
    out = []
    for row in rows:
        cells: list[Cell] = []
        place = 0
        for cell in row:
            if place >= widest:
                break
            cells.append(Cell(cell.lines, min(cell.width, widest - place), cell.goes_on, None))
            place += cell.width
        out.append(cells)
    return out


def _loose(rows: Rows) -> Iterator[Line]:
    """Rows that are no table: a stretch of rows of two cells is read column by column, all else row by row."""
    for double, stretch in groupby(rows, key=lambda row: sum(bool(cell.lines) for cell in row) > 1):
        filled = [[cell.lines for cell in row if cell.lines] for row in stretch]
        if double and any(_is_loose([Cell(lines, 1, False, None) for lines in row]) for row in filled):
            for column in range(max(map(len, filled))):
                yield from (line for row in filled if column < len(row) for line in row[column])
        else:
            yield from (Line(line.text, whole=True) for row in filled for lines in row for line in lines)
