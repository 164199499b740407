"""Cells: the rows of a comparison laid flat, one column a field, for spreadsheets, data frames and databases.

`Text` becomes five columns (quote, start, end, page, link), a list one cell with `; ` between. Columns keep the names and the
order of the models in `schemas/comparison.py`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, Literal, NamedTuple, get_args, get_type_hints

from schemas.comparison import Comparison, Successor, Text

Kind = Literal["string", "int", "float", "bool"]
Rows = Sequence[Any]
"""Rows of one table, all of one class of `schemas.comparison`."""
Cell = str | int | float | bool | None
_TEXT: tuple[tuple[str, Kind], ...] = (("quote", "string"), ("start", "int"), ("end", "int"), ("page", "int"), ("link", "string"))
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Column(NamedTuple):
    """Column: its name, its type and how its value is taken from a row."""

    name: str
    kind: Kind
    take: Callable[[Any], Cell]


def tables_of(comparison: Comparison) -> dict[str, Rows]:
    """All tables of a comparison by name, in the order of the model."""
    return {field.name: getattr(comparison, field.name) for field in fields(comparison) if field.name != "comparison_version"}


@cache
def columns_of(table: str) -> tuple[Column, ...]:
    """The columns of a table."""
    row = get_args(get_type_hints(Comparison)[table])[0]
    return tuple(column for name, hint in get_type_hints(row).items() for column in _columns(name, hint))


def rows_of(rows: Rows, columns: Sequence[Column]) -> Iterator[list[Cell]]:
    """Rows as lists of cells."""
    for row in rows:
        yield [column.take(row) for column in columns]


def _columns(name: str, hint: Any) -> Iterator[Column]:
    if hint is Text or Text in get_args(hint):
        prefix = name.removesuffix("evidence")
        for part, kind in _TEXT:
            yield Column(f"{prefix}{part}", kind, _part(name, part))
    elif "tuple" in str(hint):
        yield Column(name, "string", lambda row: "; ".join(_words(item) for item in getattr(row, name)) or None)
    else:
        yield Column(name, _kind(hint), attrgetter(name))


def _part(name: str, part: str) -> Callable[[Any], Cell]:
    whole, take = attrgetter(name), attrgetter(part)
    return lambda row: None if (text := whole(row)) is None else take(text)


def _kind(hint: Any) -> Kind:
    names = {hint, *get_args(hint)}
    return "bool" if bool in names else "float" if float in names else "int" if int in names else "string"


def _words(item: object) -> str:
    if isinstance(item, Successor):
        return item.name if item.name == item.province else f"{item.name}, {item.province}"
    return str(item)


def as_text(cell: Cell) -> str:
    """A cell as CSV wants it; text that a spreadsheet would compute gets an apostrophe in front.

    >>> [as_text(cell) for cell in (95.0, None, True, "=1+1", "- Trạm Y tế")]
    ['95', '', 'true', "'=1+1", "'- Trạm Y tế"]
    """
    if cell is None:
        return ""
    if type(cell) is str:
        return f"'{cell}" if cell.startswith(_FORMULA) else cell
    if isinstance(cell, bool):
        return str(cell).lower()
    return str(cell).removesuffix(".0")
