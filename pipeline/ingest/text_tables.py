"""Tables in plain text: rows with bars (Markdown) or rows whose cells are parted by tabs."""

import re
from dataclasses import replace

from pipeline.ingest.layout import LETTERHEAD
from pipeline.pages import Grid, Line

_RULE = re.compile(r"\s*+\|?\s*+:?-++:?\s*+(?:\|\s*+:?-++:?\s*+)*+\|?\s*+")
_NUMBERED = re.compile(r"\s*(?:\d{1,3}|[IVX]{1,5}|[A-D])\s*\t")
_BARRED = re.compile(r"\s*\|.*\|\s*")


def tables_in(lines: list[Line]) -> list[Line | Grid]:
    """The lines, those of tables replaced by grids."""
    blocks: list[Line | Grid] = []
    rows: list[Line] = []
    kind = ""
    for line in [*lines, Line("")]:
        now = kind if _is_ragged(line.text, kind) else _kind(line.text)
        if now != kind:
            blocks += _closed(rows, kind)
            rows = []
        kind = now
        if kind:
            rows.append(line)
        else:
            blocks.append(line)
    return blocks[:-1]


def _kind(text: str) -> str:
    """`|` for a row with bars, the tabs of a row of at least three cells, empty for a line of text."""
    if _BARRED.fullmatch(text):
        return "|"
    tabs = text.count("\t")
    return "\t" * tabs if tabs > 1 and text.replace("\t", "").strip() else ""


def _is_ragged(text: str, kind: str) -> bool:
    """Whether a row has fewer cells than those before it, as the empty ones at its end are not printed; a row of a number and a
    title heads a section."""
    tabs = text.count("\t")
    return 0 < tabs < kind.count("\t") and (tabs > 1 or _NUMBERED.match(text) is not None)


def _closed(rows: list[Line], kind: str) -> list[Line | Grid]:
    least = 2 if kind == "|" else 3
    tabbed = [row.text for row in rows if sum(bool(cell.strip()) for cell in row.text.split("\t")) > 1]
    if len(rows) < 2 or (kind != "|" and len(tabbed) < 2) or LETTERHEAD.search("\n".join(row.text for row in rows)):
        return list(rows)
    printed = [_cells(row.text, kind) for row in rows if kind != "|" or not _RULE.fullmatch(row.text)]
    if not printed or max(len(row) for row in printed) < least:
        return list(rows)
    return [_grid(printed, rows[0])]


def _cells(text: str, kind: str) -> list[str]:
    if kind != "|":
        return text.split("\t")
    return text.strip().removeprefix("|").removesuffix("|").split("|")


def _grid(printed: list[list[str]], first: Line) -> Grid:
    width = max(len(row) for row in printed)
    cells: list[tuple[Line, ...]] = []
    rows = []
    for row in printed:
        rows.append(tuple(range(len(cells), len(cells) + width)))
        for text in [*row, *[""] * (width - len(row))]:
            parts = (part.strip() for part in re.split(r"<br\s*/?>", text))
            cells.append(tuple(replace(first, text=part, bold=None) for part in parts if part))
    return Grid(cells=tuple(cells), rows=tuple(rows), page=first.page)
