"""Cells: ruled tables read by the heads of their columns: who does what by when, or which indicator reaches what.

A column's kind follows its head's words (`vocabulary/table_columns.csv`); `year` columns are headed by a year. Sections inside a
table (`I | Lĩnh vực y tế`), repeated heads and rows of column numbers are no rows of content; `nt` repeats the cell above.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

from extractors.layers.lines import Line, line_at
from extractors.layers.marks import Doc, text_of
from extractors.layers.syllables import fold
from extractors.layers.unit_words import pattern
from extractors.vocabulary import rows

DEEPEST_HEAD = 3
_YEAR = pattern(
    r"""(?:(?:kế\ hoạch|mục\ tiêu|chỉ\ tiêu|năm|đến|đến\ hết|kh|giai\ đoạn|thực\ hiện|ước\ thực\ hiện)\ ?){0,4}   # Mục tiêu đến năm 2025
        20\d\d(?:\ ?-\ ?20\d\d)?$"""
)
_ASIDE = re.compile(r"\s*\([^)]{0,200}\)")
_SLASH = re.compile(r"\s*/\s*")
_DOERS = pattern(
    r"""(?:(?:cơ\ quan|đơn\ vị|bộ\ phận|cá\ nhân|người|tổ\ chức|tập\ thể|cán\ bộ|lực\ lượng)(?:\ ?[,/]\ ?|\ và\ |\ hoặc\ |\ )){1,4}
        (?:phụ\ trách|thực\ hiện|chủ\ trì|đầu\ mối|chịu\ trách\ nhiệm|được\ phân\ công|được\ giao)(?:\ chính)?"""    # Người/bộ phận phụ trách
)
_SAME = re.compile(r"[-–\s]*(?:nt|như trên|[\"”“'])[-–\s.]*$", re.IGNORECASE)
_ORDINAL = re.compile(r"\d+(?:\.\d+)*[.)]?$")
_SECTION = re.compile(r"(?:[IVXLC]+|[A-Z])[.)]?$")

Span = tuple[int, int]


class Row(NamedTuple):
    """Row: one row of content: its line, its cells' spans by column, and whether it heads a section of the table."""

    line: Line
    cells: Sequence[Span]
    section: bool


class Grid(NamedTuple):
    """Grid: a table with typed columns. `kinds` has one entry a column (`task`, `lead`, `year`, `""` if unknown)."""

    start: int
    end: int
    page: int | None
    kinds: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[Row, ...]

    def column(self, kind: str) -> int | None:
        """The first column of a kind."""
        return self.kinds.index(kind) if kind in self.kinds else None

    @property
    def assigns(self) -> bool:
        """Whether the table gives work: tasks with a doer, a partner, a time or a product."""
        return "task" in self.kinds and bool({"lead", "partner", "time", "product"} & set(self.kinds)) and "indicator" not in self.kinds


class UnitCell(NamedTuple):
    """UnitCell: a cell of a column of bodies (or, without a role, of tasks) in a table that gives work, and its row's line."""

    start: int
    end: int
    role: Literal["lead", "coordinate"] | None
    line: Line


@cache
def _columns() -> dict[str, str]:
    return {fold(row["phrase"]): row["kind"] for row in rows("table_columns")}


def kind_of_column(head: str) -> str:
    """What a column holds, told by its head; `""` if unknown.

    >>> kind_of_column("Người/bộ phận phụ trách"), kind_of_column("Thời gian hoàn thành"), kind_of_column("Chỉ tiêu năm 2025")
    ('lead', 'time', 'year')
    """
    key = _SLASH.sub("/", _ASIDE.sub("", fold(head)).strip(" .:*"))
    return _columns().get(key) or ("year" if _YEAR.match(key) else "lead" if _DOERS.fullmatch(key) else "")


def grids_of(doc: Doc) -> tuple[Grid, ...]:
    """The document's tables; worked out once."""
    if "grids" not in doc.user_data:
        doc.user_data["grids"] = tuple(_grid(doc, table) for table in doc.user_data.get("tables", ()) if table[3])
    grids: tuple[Grid, ...] = doc.user_data["grids"]
    return grids


def _grid(doc: Doc, table: tuple[int, int, int | None, Sequence[Sequence[Span]]]) -> Grid:
    start, end, page, printed = table
    text = text_of(doc)
    depth = _depth(text, printed)
    heads = tuple(_head(text, printed[:depth], column) for column in range(len(printed[0])))
    kinds = tuple(max((kind_of_column(words) for words in column), key=len, default="") for column in _head_parts(text, printed[:depth]))
    kinds = _agenda(kinds)
    body = [row for row in printed[depth:] if not _repeats(text, row, printed[:depth])]
    return Grid(start, end, page, kinds, heads, tuple(_row(doc, text, row, kinds) for row in body if any(a < b for a, b in row)))


def _agenda(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """The kinds of columns, `Thực hiện` being who does it where the table says what is done when, and of no indicator what was reached."""
    doers = "baseline" in kinds and {"task", "time"} <= set(kinds) and not {"lead", "indicator", "unit", "year"} & set(kinds)
    return tuple("lead" if doers and kind == "baseline" else kind for kind in kinds)


def _depth(text: str, printed: Sequence[Sequence[Span]]) -> int:
    """How many rows the head takes: the first row whose heads are known, and those below that go on naming columns."""
    for depth in range(min(DEEPEST_HEAD, len(printed))):
        known = sum(bool(kind_of_column(text[a:b])) for a, b in set(printed[depth]))
        if known >= 2 or (known == 1 and len(printed[depth]) <= 2):
            while depth + 1 < min(DEEPEST_HEAD, len(printed)) and _names_columns(text, printed[depth + 1], printed[depth]):
                depth += 1
            return depth + 1
    return 1


def _names_columns(text: str, row: Sequence[Span], above: Sequence[Span]) -> bool:
    """Whether a row goes on with the head: it shares a merged cell with the row above, or only numbers the columns."""
    cells = [text[a:b].strip() for a, b in row]
    numbers = [re.sub(r"\W", "", cell) for cell in cells]
    if all(n == "" or (n.isdigit() and int(n) == k + 1) for k, n in enumerate(numbers)) and sum(map(bool, numbers)) > 1:
        return True
    return any(span in above and span[0] < span[1] for span in row) and any(kind_of_column(cell) for cell in cells)


def _head_parts(text: str, head: Sequence[Sequence[Span]]) -> Iterator[list[str]]:
    for column in range(len(head[0]) if head else 0):
        yield [text[slice(*row[column])] for row in head if column < len(row)]


def _head(text: str, head: Sequence[Sequence[Span]], column: int) -> str:
    """The words over a column, top down, none repeated."""
    words: list[str] = []
    for row in head:
        part = " ".join(text[slice(*row[column])].split()) if column < len(row) else ""
        if part and part not in words and not part.strip("()").isdigit():
            words.append(part)
    return " ".join(words)


def _repeats(text: str, row: Sequence[Span], head: Sequence[Sequence[Span]]) -> bool:
    """Whether a row prints the head once more, as behind a page break."""
    cells = [fold(text[a:b]) for a, b in row]
    return any(cells == [fold(text[a:b]) for a, b in other] for other in head)


def _row(doc: Doc, text: str, row: Sequence[Span], kinds: Sequence[str]) -> Row:
    filled = [(a, b) for a, b in row if text[a:b].strip()]
    line = line_at(doc, max((a for a, _ in filled), default=row[0][0]))
    first = text[slice(*row[0])].strip()
    alone = len(set(filled)) == 1 or (len(set(filled)) == 2 and bool(_SECTION.match(first)))
    ordinal = bool(kinds) and kinds[0] == "ordinal" and bool(_ORDINAL.match(first)) and len(set(filled)) > 1
    return Row(line, row, alone and not ordinal)


def cell_text(doc: Doc, grid: Grid, at: int, column: int | None) -> Span | None:
    """The span of a cell with text, that of the row above where it says `nt`; None where it is empty."""
    text = text_of(doc)
    while column is not None and 0 <= at < len(grid.rows) and column < len(grid.rows[at].cells):
        start, end = grid.rows[at].cells[column]
        words = text[start:end].strip(" -–.…")
        if not _SAME.match(text[start:end].strip() or " "):
            return (start, end) if words else None
        at -= 1
    return None


def unit_cells(doc: Doc) -> Iterator[UnitCell]:
    """The cells of task, lead and partner columns of the tables that give work, row by row."""
    for grid in grids_of(doc):
        if not grid.assigns:
            continue
        for at, row in enumerate(grid.rows):
            for kind, role in (("task", None), ("lead", "lead"), ("partner", "coordinate")):
                span = None if row.section else cell_text(doc, grid, at, grid.column(kind))
                if span:
                    yield UnitCell(*span, role, row.line)  # type: ignore[arg-type]
