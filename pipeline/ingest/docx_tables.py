"""Word tables: the cells of a table, and whether it is ruled or only there to set things side by side."""

from collections.abc import Iterator

from lxml import etree

from pipeline.ingest.docx_styles import Styles, W
from pipeline.ingest.layout import MOST_COLUMNS, Cell, is_letterhead, is_tabular, span_of

_INVISIBLE = ("none", "nil")


def table_rows(table: etree._Element) -> list[list[Cell]]:
    """The printed cells of a table, row by row; cells that only continue a merged one above are marked so."""
    rows = []
    for row in _below(table, "tr"):
        if row.find(f"{W}trPr/{W}del") is not None:
            continue
        before = row.find(f"{W}trPr/{W}gridBefore")
        cells = [Cell((), min(int(before.get(W + "val", "0")), MOST_COLUMNS), False, None)] if before is not None else []
        rows.append([*cells, *(_cell(cell) for cell in _below(row, "tc"))])
    return [row for row in rows if row]


def is_layout(table: etree._Element, rows: list[list[Cell]], styles: Styles) -> bool:
    """Whether a table is no table to its reader: a letterhead, a signature block, one box, or without lines and few cells."""
    if sum(len(row) for row in rows) < 2 or max(len(row) for row in rows) < 2 or is_letterhead(rows):
        return True
    properties = table.find(W + "tblPr")
    own = properties.find(W + "tblBorders") if properties is not None else None
    if own is None and properties is not None:
        named = properties.find(W + "tblStyle")
        own = styles.table_borders(named.get(W + "val") if named is not None else None)
    if own is not None and any(_visible(own, side) for side in ("insideV", "insideH")):
        return False
    cells = [cell for row in _below(table, "tr") for cell in _below(row, "tc")]
    ruled = sum(_ruled(cell) for cell in cells)
    return ruled * 2 <= len(cells) and not is_tabular(rows)


def _ruled(cell: etree._Element) -> bool:
    borders = cell.find(f"{W}tcPr/{W}tcBorders")
    sides = ("top", "bottom", "left", "right", "start", "end")
    return borders is not None and sum(_visible(borders, side) for side in sides) >= 2


def _visible(borders: etree._Element, side: str) -> bool:
    found = borders.find(W + side)
    return found is not None and found.get(W + "val") not in _INVISIBLE


def _cell(element: etree._Element) -> Cell:
    properties = element.find(W + "tcPr")
    span, merged = 1, False
    if properties is not None:
        width, down = properties.find(W + "gridSpan"), properties.find(W + "vMerge")
        span = span_of(width.get(W + "val")) if width is not None else 1
        merged = down is not None and down.get(W + "val", "continue") == "continue"
    return Cell((), span, merged, element)


def _below(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Children of this name, also inside content controls, but not those of nested tables."""
    for child in parent:
        if child.tag == W + name:
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent", W + "customXml", W + "ins"):
            yield from _below(child, name)
