"""Layout: tables that only set things side by side are put one after the other; ruled ones become grids.

The letterhead and the block of recipients and signature are two columns (Nghị định 30/2020/NĐ-CP, Phụ lục I): all of the
left one is read before the right one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.pages import Grid, Line

LETTERHEAD = re.compile(
    r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM|ĐOÀN TNCS H(?:Ồ|ồ) CHÍ MINH|Độc lập\s*[-–]\s*Tự do|Nơi nhận\s*:|"
    r"(?:^|\n)[^\n,]{2,40}, ngày\s.{0,12}tháng.{0,12}năm[^\n]{0,8}(?:\n|$)|"
    r"(?:^|\n)[^\S\n]*+(?:TM|T/M|KT|K/T|TL|T/L|TUQ)\.\s*[A-ZĐƯƠĂÂÊÔÁÀẢÃẠỦỶỐỘ]{2}|(?:^|\n)[^\S\n]*+NGƯỜI LẬP"
)


_SPAN = re.compile(r"\s*+(\d{1,5})")
MOST_COLUMNS = 200
"""Columns that one cell may take; Word knows 63, and what says more wants to fill the memory."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Cell: one printed cell; `width` in grid columns; `goes_on` where it only continues the cell above."""

    lines: tuple[Line, ...]
    width: int
    goes_on: bool
    element: Any
    """The source's own cell, from which its reader takes the lines."""


def span_of(said: str | None) -> int:
    """How many columns or rows a cell takes that says so: one or more, no more than it may.

    >>> span_of("3"), span_of(None), span_of("x"), span_of("2000000000")
    (3, 1, 1, 200)
    """
    found = _SPAN.match(said or "")
    return max(1, min(int(found[1]), MOST_COLUMNS)) if found else 1


def is_letterhead(rows: list[list[Cell]]) -> bool:
    """Whether a small table holds what a letterhead or a signature block does."""
    if len(rows) > 6 or max(len(row) for row in rows) > 3:
        return False
    return bool(LETTERHEAD.search("\n".join(line.text for row in rows for cell in row for line in cell.lines)))


def is_tabular(rows: list[list[Cell]]) -> bool:
    """Whether a table without lines is a table all the same: at least three rows and columns, most filled, and a head."""
    texts = [[" ".join(line.text for line in cell.lines) for cell in row] for row in rows]
    full = [row for row in texts if sum(bool(text.strip()) for text in row) >= 3]
    return len(full) >= 3 and 2 * len(full) >= len(rows) and is_head(texts[0]) and not is_letterhead(rows)


def is_head(texts: list[str]) -> bool:
    """Whether these cells may head the columns of a table: three words or more, no numbers and no items of a list."""
    filled = [text.strip() for text in texts if text.strip()]
    return len(filled) >= 3 and all(text[0].isalpha() for text in filled)


def columns_of(rows: list[list[Cell]]) -> Iterator[Line]:
    """The lines of a layout table: column by column in a letterhead, else row by row, as one reads across."""
    if is_letterhead(rows):
        for column in range(max(len(row) for row in rows)):
            for row in rows:
                yield from row[column].lines if column < len(row) else ()
        return
    for row in rows:
        filled = [cell.lines for cell in row if any(line.text.strip() for line in cell.lines)]
        if len(filled) > 1 and all(len(lines) == 1 for lines in filled):
            yield Line("  ".join(lines[0].text for lines in filled), whole=True)
        else:
            yield from (line for lines in filled for line in lines)


def grid_of(rows: list[list[Cell]], page: int | None = None) -> Grid:
    """The grid of a ruled table."""
    cells: list[tuple[Line, ...]] = []
    covered: list[tuple[int, ...]] = []
    width = max(sum(cell.width for cell in row) for row in rows)
    for row in rows:
        line: list[int] = []
        for cell in row:
            above = covered[-1][len(line)] if covered and len(line) < len(covered[-1]) else None
            if cell.goes_on and above is not None:
                line += [above] * cell.width
            else:
                line += [len(cells)] * cell.width
                cells.append(cell.lines)
        if len(line) < width:
            line += [len(cells)] * (width - len(line))
            cells.append(())
        covered.append(tuple(line))
    return Grid(cells=tuple(cells), rows=tuple(covered), page=page)
