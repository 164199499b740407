"""Store: a comparison as files: JSON, CSV, Parquet, a workbook, a calendar and one DuckDB file.

`comparison.csv` and `comparison.parquet` hold the alignment, the table that most people want; everything is in the JSON, the
workbook and the database. Files are put in place only when they are whole.
"""

import csv
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import TypeAdapter

from comparison.cells import Rows, as_text, columns_of, rows_of, tables_of
from comparison.collecting import no_collecting
from comparison.database import write_database
from comparison.ics import ics
from comparison.workbook import write_workbook
from schemas.comparison import COMPARISON_VERSION, Comparison

_TYPES = {"string": pa.string(), "int": pa.int64(), "float": pa.float64(), "bool": pa.bool_()}
MAIN = "alignment"
CHUNK = 50_000
FILES = ("comparison.json", "comparison.csv", "comparison.parquet", "comparison.xlsx", "comparison.ics", "kehoach.duckdb")


def write(comparison: Comparison, outputs: Path, out: Path) -> tuple[Path, ...]:
    """Write all files of a comparison of the run in `outputs` into `out`; raises `OSError` where that is not allowed."""
    out.mkdir(parents=True, exist_ok=True)
    tables = tables_of(comparison)
    with no_collecting(), tempfile.TemporaryDirectory(prefix=".unfinished-", dir=out) as folder:
        growing = Path(folder)
        write_json(tables, growing / "comparison.json")
        write_csv(tables[MAIN], growing / "comparison.csv")
        pq.write_table(arrow_of(MAIN, tables[MAIN]), growing / "comparison.parquet", compression="zstd")
        calendar = ics(comparison.calendar, {plan.id: plan for plan in comparison.plans})
        (growing / "comparison.ics").write_text(calendar, encoding="utf-8", newline="")
        write_database(((name, arrow_of(name, rows)) for name, rows in tables.items()), outputs / "tables", growing / "kehoach.duckdb")
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


def arrow_of(table: str, rows: Rows) -> pa.Table:
    """A table with typed columns."""
    columns = columns_of(table)
    schema = pa.schema([(column.name, _TYPES[column.kind]) for column in columns])
    arrays = [pa.array([column.take(row) for row in rows], _TYPES[column.kind]) for column in columns]
    return pa.table(arrays, schema=schema)
