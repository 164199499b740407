"""Tables: plans laid out flat, one row a fact, for spreadsheets, data frames and databases.

Every table is keyed by `plan_id`. A cell takes its value from the fact by a dotted path (`horizon.end`); what a path meets a
list in is joined by `; `. Columns may be added within 1.x, none renamed or dropped.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import Any, Literal, NamedTuple

from schemas.plan import Plan

ColumnType = Literal["string", "int", "float", "bool"]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
Cell = str | int | float | bool | None
Row = tuple[Cell, ...]
Rows = dict[str, list[Row]]
"""The rows of each table, by the table's name."""


class Column(NamedTuple):
    """Column: its name, its type, and where in the fact its value stands (by default under the same name)."""

    name: str
    type: ColumnType = "string"
    path: str = ""


def _texts(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name) for name in names)


_EVIDENCE = (
    Column("quote", "string", "evidence.quote"),
    Column("page", "int", "evidence.page"),
    Column("quote_start", "int", "evidence.start"),
    Column("quote_end", "int", "evidence.end"),
)


def _time(name: str, path: str = "") -> tuple[Column, ...]:
    """A `Time` in five columns: its words, its kind, its start and end (EDTF), and its recurrence."""
    path = path or name
    return (
        Column(name, "string", f"{path}.text"),
        *(Column(f"{name}_{part}", "string", f"{path}.{part}") for part in ("kind", "start", "end", "recurrence")),
    )


COLUMNS: dict[str, tuple[Column, ...]] = {
    "plans": (
        Column("plan_id", "string", "id"),
        Column("name", "string", "source.name"),
        Column("sha256", "string", "source.sha256"),
        Column("bytes", "int", "source.bytes"),
        Column("media_type", "string", "source.media_type"),
        Column("pages", "int", "source.pages"),
        Column("text_layer", "string", "source.text_layer"),
        Column("engine", "string", "source.engine"),
        Column("doc_type", "string", "header.doc_type"),
        Column("number", "int", "header.number"),
        Column("symbol", "string", "header.symbol"),
        Column("code", "string", "header.code"),
        Column("issuer", "string", "header.issuer.name"),
        Column("issuer_kind", "string", "header.issuer.kind"),
        Column("issuer_level", "string", "header.issuer.level"),
        Column("parent_issuer", "string", "header.parent_issuer.name"),
        Column("place", "string", "header.place"),
        Column("issued_on", "string", "header.issued_on"),
        Column("title", "string", "header.title"),
        Column("signer", "string", "header.signer.name"),
        Column("signer_position", "string", "header.signer.position"),
        Column("signer_capacity", "string", "header.signer.capacity"),
        Column("signer_on_behalf_of", "string", "header.signer.on_behalf_of"),
        Column("recipients", "string", "header.recipients"),
        Column("urgency", "string", "header.urgency"),
        Column("secrecy", "string", "header.secrecy"),
        Column("locality", "string", "locality.name"),
        Column("locality_type", "string", "locality.type"),
        Column("locality_level", "string", "locality.level"),
        Column("locality_within", "string", "locality.within"),
        Column("locality_code", "string", "locality.official.code"),
        Column("locality_province", "string", "locality.official.province"),
        Column("successor", "string", "locality.successor.name"),
        Column("successor_province", "string", "locality.successor.province"),
        Column("period_start", "string", "period.start"),
        Column("period_end", "string", "period.end"),
        Column("diagnostics", "string", "diagnostics.code"),
    ),
    "references": (
        *_texts("id", "code", "name", "type", "number"),
        Column("year", "int"),
        *_texts("symbol"),
        Column("issuer", "string", "issuer.name"),
        Column("issuer_kind", "string", "issuer.kind"),
        Column("issuer_level", "string", "issuer.level"),
        *_texts("issued_on", "title", "role", "relation", "alias", "pinpoints", "flags", "iri"),
        Column("mentions", "int", "mentions.#"),
        Column("quote", "string", "mentions.0.quote"),
        Column("page", "int", "mentions.0.page"),
        Column("quote_start", "int", "mentions.0.start"),
        Column("quote_end", "int", "mentions.0.end"),
    ),
    "goals": (
        *_texts("id", "section", "kind", "text", "indicator", "targets"),
        *_time("horizon"),
        *_EVIDENCE,
    ),
    "targets": (
        *_texts("id", "section", "kind", "text", "indicator", "indicator_text", "population", "comparator"),
        Column("value", "float"),
        Column("value_high", "float"),
        *_texts("unit", "change", "per", "modality"),
        Column("baseline_value", "float", "baseline.value"),
        Column("baseline_time", "string", "baseline.time"),
        *_time("horizon"),
        *_texts("goal"),
        *_EVIDENCE,
    ),
    "deadlines": (
        *_texts("id", "section"),
        *(Column(name, "string", f"time.{name}") for name in ("text", "kind", "start", "end", "mod", "recurrence")),
        *(Column(name, "string", f"time.{name}") for name in ("anchor", "duration", "calendar", "condition")),
        Column("assumed", "bool", "time.assumed"),
        Column("inherited", "bool", "time.inherited"),
        Column("applies_to_kind", "string", "applies_to.kind"),
        Column("applies_to_id", "string", "applies_to.id"),
        *_EVIDENCE,
    ),
    "responsibilities": (
        *_texts("id", "section"),
        Column("unit", "string", "unit.name"),
        Column("unit_surface", "string", "unit.surface"),
        Column("unit_kind", "string", "unit.kind"),
        Column("unit_level", "string", "unit.level"),
        Column("unit_generic", "bool", "unit.generic"),
        *_texts("role", "tasks"),
        *_EVIDENCE,
    ),
    "tasks": (
        *_texts("id", "section", "text"),
        Column("lead", "string", "lead.name"),
        Column("coordinate", "string", "coordinate.name"),
        *_texts("deadline", "product", "references"),
        *_EVIDENCE,
    ),
}  # fmt: skip
"""The columns of each table after `plan_id`, which every table has first."""


def header_of(table: str) -> tuple[Column, ...]:
    """All columns of a table in order."""
    columns = COLUMNS[table]
    return columns if table == "plans" else (Column("plan_id"), *columns)


_STEPS = {table: [(tuple((column.path or column.name).split(".")), column.type) for column in columns] for table, columns in COLUMNS.items()}
"""The steps to each column's value and its type, by table."""


def rows_of(plan: Plan) -> Rows:
    """The rows that a plan adds to each table, typed as its columns say."""
    return {
        table: [_row(plan, steps)] if table == "plans" else [(plan.id, *_row(fact, steps)) for fact in getattr(plan, table)]
        for table, steps in _STEPS.items()
    }


def _row(fact: object, columns: Sequence[tuple[Sequence[str], ColumnType]]) -> Row:
    return tuple([_cell(fact, steps, kind) for steps, kind in columns])


def _cell(value: Any, steps: Sequence[str], kind: ColumnType) -> Cell:
    for number, step in enumerate(steps):
        if value is None:
            return None
        if isinstance(value, tuple):
            return _joined(_follow(value, steps[number:]), kind)
        value = getattr(value, step)
    return _joined(value, kind) if isinstance(value, tuple) else _typed(value, kind)


def _joined(values: Iterable[Any], kind: ColumnType) -> Cell:
    found = [value for value in values if value is not None]
    if not found:
        return None
    return "; ".join(map(str, found)) if kind == "string" else _typed(found[0], kind)


def _typed(value: Any, kind: ColumnType) -> Cell:
    if value is None:
        return None
    typed: Cell = str(value) if kind == "string" else float(value) if kind == "float" else value
    return typed


def _follow(value: Any, steps: Sequence[str]) -> Iterator[Any]:
    """What stands at the end of a path: `0` takes the first of a list, `#` counts it, any other step goes into each."""
    for number, step in enumerate(steps):
        if isinstance(value, tuple):
            if step == "#":
                yield len(value)
            elif step == "0":
                yield from _follow(value[0], steps[number + 1 :]) if value else ()
            else:
                for item in value:
                    yield from _follow(item, steps[number:])
            return
        if value is None:
            return
        value = getattr(value, step)
    yield from value if isinstance(value, tuple) else (value,)


def csv_of(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Rows as lines of CSV (RFC 4180) for spreadsheets, in UTF-8.

    >>> csv_of([("a", None, 95.0, 'xóm "Đồi", Hạ'), ("b", True, -5, "=1+1")]).decode().splitlines()
    ['a,,95,"xóm ""Đồi"", Hạ"', "b,true,-5,'=1+1"]
    """
    lines = StringIO(newline="")
    csv.writer(lines).writerows([None if cell is None else as_text(cell) for cell in row] for row in rows)
    return lines.getvalue().encode()


def as_text(cell: Cell) -> str:
    """A cell as a spreadsheet shall show it: text that it would compute as a formula gets an apostrophe in front.

    >>> [as_text(cell) for cell in (95.0, 0.6667, -5, True, None, "- Trạm Y tế", "=1+1", "-5,2%")]
    ['95', '0.6667', '-5', 'true', '', "'- Trạm Y tế", "'=1+1", '-5,2%']
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return repr(cell).removesuffix(".0")
    text = str(cell)
    return f"'{text}" if text.startswith(_FORMULA) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    digits = text[1:].rstrip("%").replace(".", "").replace(",", "")
    return text[0] in "+-" and digits.isascii() and digits.isdigit()
