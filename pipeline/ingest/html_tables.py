"""Web tables: the cells of a table with their spans, and whether the browser draws lines between them."""

import re
from collections.abc import Iterator

from lxml import etree

from pipeline.ingest.layout import Cell, is_letterhead, is_tabular, span_of

_LINE = re.compile(
    r"border(?:-(?:top|bottom|left|right))?(?:-style|-width)?:[^;]{0,80}?(?:solid|double|dashed|dotted|[1-9][\d.]{0,9}p[xt])"
)
_NO_LINE = re.compile(r"border:\s*(?:none|0)")
_CELLS = re.compile(r"(?:^|[\s,}])(?:td|th)\b", re.IGNORECASE)
_SOLID = re.compile(r"solid|double|[1-9]p[xt]", re.IGNORECASE)
_MOST_ROWS = 20_000


def parse_style(element: etree._Element) -> str:
    """The element's own style, lower case and without needless blanks, so that it can be searched."""
    style = element.get("style")
    return re.sub(r" ?([:;]) ?", r"\1", " ".join(style.lower().split())) if style else ""


def ruled_by_sheet(sheet: str) -> bool:
    """Whether the page's style sheet draws lines round all table cells."""
    rules = (rule.rpartition("{") for rule in sheet.split("}"))
    return any(_CELLS.search(cells) and _SOLID.search(own.lower().partition("border")[2]) for cells, _, own in rules)


def table_rows(table: etree._Element) -> list[list[Cell]]:
    """The printed cells row by row; a cell that reaches down stands in the rows below as one that goes on."""
    rows: list[list[Cell]] = []
    above: dict[int, tuple[int, int]] = {}
    for row in _rows(table):
        cells: list[Cell] = []
        opened: dict[int, tuple[int, int]] = {}
        column = _fill(cells, above, 0)
        for element in row:
            if element.tag not in ("td", "th"):
                continue
            width = span_of(element.get("colspan"))
            cells.append(Cell((), width, False, element))
            opened[column] = (width, span_of(element.get("rowspan")))
            column = _fill(cells, above, column + width)
        above = {place: (width, left - 1) for place, (width, left) in (above | opened).items() if left > 1}
        if any(cell.element is not None for cell in cells):
            rows.append(cells)
    return rows[:_MOST_ROWS]


def is_layout(table: etree._Element, rows: list[list[Cell]], by_sheet: bool) -> bool:
    """Whether a table only sets things side by side: a letterhead, one column, or without lines and few cells."""
    if max(len(row) for row in rows) < 2 or len(rows) < 2 or is_letterhead(rows):
        return True
    if is_tabular(rows):
        return False
    styles = [parse_style(cell.element) for row in rows for cell in row if cell.element is not None]
    lines = sum(bool(_LINE.search(style)) for style in styles)
    if lines * 2 >= len(styles):
        return False
    own = parse_style(table)
    if _NO_LINE.search(own) or lines or table.get("border") == "0":
        return True
    return not (by_sheet or (table.get("border") or "0") != "0" or table.get("rules") in ("all", "rows", "cols"))


def _fill(cells: list[Cell], above: dict[int, tuple[int, int]], column: int) -> int:
    """Add cells that go on from above where they cover the next columns; the first free column."""
    while column in above:
        cells.append(Cell((), above[column][0], True, None))
        column += above[column][0]
    return column


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from child.iterchildren("tr")
