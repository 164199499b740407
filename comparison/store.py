"""Store: a comparison as files: JSON, CSV, Parquet, a workbook, a calendar and one DuckDB file.

`comparison.csv` and `comparison.parquet` hold the alignment, the table that most people want; everything is in the JSON, the
workbook and the database. Files are put in place only when they are whole.
"""

import csv
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import TypeAdapter

from comparison.cells import Rows, as_text, columns_of, rows_of, tables_of
from comparison.collecting import no_collecting
from comparison.database import write_database
from comparison.ics import ics_lines
from comparison.workbook import write_workbook
from schemas.comparison import COMPARISON_VERSION, Comparison

_TYPES = {"string": pa.string(), "int": pa.int64(), "float": pa.float64(), "bool": pa.bool_()}
MAIN = "alignment"
CHUNK = 20_000
FILES = ("comparison.json", "comparison.csv", "comparison.parquet", "comparison.xlsx", "comparison.ics", "kehoach.duckdb")


def write(comparison: Comparison, outputs: Path, out: Path) -> tuple[Path, ...]:
    """Write all files of a comparison of the run in `outputs` into `out`; raises `OSError` where that is not allowed."""
    out.mkdir(parents=True, exist_ok=True)
    tables = tables_of(comparison)
    with no_collecting(), tempfile.TemporaryDirectory(prefix=".unfinished-", dir=out) as folder:
        growing = Path(folder)
        write_json(tables, growing / "comparison.json")
        write_csv(tables[MAIN], growing / "comparison.csv")
        write_parquet(MAIN, tables[MAIN], growing / "comparison.parquet")
        with (growing / "comparison.ics").open("w", encoding="utf-8", newline="") as file:
            file.writelines(ics_lines(comparison.calendar, {plan.id: plan for plan in comparison.plans}))
        pieces = ((name, chunks_of(name, rows)) for name, rows in tables.items())
        write_database(pieces, outputs / "tables", growing / "kehoach.duckdb")
        write_workbook(tables, growing / "comparison.xlsx", Path(os.path.relpath(outputs, out)))
        for name in FILES:
            (growing / name).replace(out / name)
    return tuple(out / name for name in FILES)


def write_json(tables: Mapping[str, Rows], path: Path) -> None:
    """One JSON object, one row a line, so that two comparisons can be compared line by line."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{{"comparison_version": {json.dumps(COMPARISON_VERSION)}')
        for name, rows in tables.items():
            file.write(f',\n"{name}": [')
            dump = TypeAdapter(type(rows[0])).dump_json if rows else bytes
            for number, row in enumerate(rows):
                file.write(f"{',' if number else ''}\n{dump(row).decode()}")
            file.write("\n]" if rows else "]")
        file.write("\n}\n")


def write_csv(rows: Rows, path: Path) -> None:
    """UTF-8 with a byte order mark, as spreadsheets want it."""
    columns = columns_of(MAIN)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.name for column in columns])
        writer.writerows([as_text(cell) for cell in row] for row in rows_of(rows, columns))


def write_parquet(table: str, rows: Rows, path: Path) -> None:
    """One row group a chunk."""
    with pq.ParquetWriter(path, schema_of(table), compression="zstd") as writer:
        for chunk in chunks_of(table, rows):
            writer.write_table(chunk)


def schema_of(table: str) -> pa.Schema:
    """The typed columns of a table."""
    return pa.schema([(column.name, _TYPES[column.kind]) for column in columns_of(table)])


def chunks_of(table: str, rows: Rows) -> Iterator[pa.Table]:
    """A table piece by piece, since all of its cells at once take more memory than its rows; one empty piece where it is empty."""
    columns = columns_of(table)
    for start in range(0, max(len(rows), 1), CHUNK):
        piece = rows[start : start + CHUNK]
        yield pa.table([pa.array([c.take(row) for row in piece], _TYPES[c.kind]) for c in columns], schema=schema_of(table))
