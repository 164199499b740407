"""Outputs: tables are typed, complete, safe to open in a spreadsheet, and the same as the plans."""

import csv
from pathlib import Path

import jsonlines
import pyarrow.parquet as pq
import pytest

from pipeline.sheets import CsvFile, ParquetFile
from pipeline.tables import COLUMNS, Cell, as_text, csv_of, header_of, rows_of
from schemas.plan import Plan

PYTHON_TYPES = {"string": str, "int": int, "float": float, "bool": bool}


@pytest.mark.parametrize("table", COLUMNS)
def test_every_column_finds_its_value_in_a_full_plan(full_plan: Plan, table: str) -> None:
    (row,) = rows_of(full_plan)[table]
    for column, cell in zip(header_of(table), row, strict=True):
        assert type(cell) is PYTHON_TYPES[column.type], column


@pytest.mark.parametrize("table", COLUMNS)
def test_column_names_are_unique_and_start_with_the_plan(table: str) -> None:
    names = [column.name for column in header_of(table)]
    assert names[0] == "plan_id"
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("table", COLUMNS)
def test_sheets_hold_the_same_rows_as_the_plans(outputs: Path, table: str) -> None:
    with jsonlines.open(outputs / "plans.jsonl") as lines:
        plans = [Plan.model_validate(plan) for plan in lines]
    rows = [row for plan in plans for row in rows_of(plan)[table]]
    parquet = pq.read_table(outputs / "tables" / f"{table}.parquet")
    assert [tuple(row.values()) for row in parquet.to_pylist()] == rows
    with (outputs / "tables" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        header, *cells = csv.reader(file)
    assert header == [column.name for column in header_of(table)] == parquet.column_names
    assert cells == [[as_text(cell) for cell in row] for row in rows]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=HYPERLINK(A1)", "'=HYPERLINK(A1)"),
        ("+84 912 345 678 (Văn phòng)", "'+84 912 345 678 (Văn phòng)"),
        ("- Trạm Y tế xã", "'- Trạm Y tế xã"),
        ("@SUM(A1:A9)", "'@SUM(A1:A9)"),
        ("\t=1", "'\t=1"),
        ("-5", "-5"),
        ("-5,2%", "-5,2%"),
        ("+1.200", "+1.200"),
        ("-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0"),
        ("-", "'-"),
        ("", ""),
        ("Hòa Phong", "Hòa Phong"),
        (-5, "-5"),
        (-0.5, "-0.5"),
        (1200.0, "1200"),
        (1e300, "1e+300"),
        (True, "true"),
        (None, ""),
    ],
)
def test_cells_that_a_spreadsheet_would_compute_are_made_text(cell: Cell, shown: str) -> None:
    assert as_text(cell) == shown


def test_csv_has_a_byte_order_mark_and_quotes_what_it_must(tmp_path: Path) -> None:
    sheet = CsvFile(tmp_path, "tasks")
    sheet.write(csv_of([("a", 'Trồng "cây", hoa\nvà cỏ', *[None] * (len(header_of("tasks")) - 2))]))
    sheet.close()
    data = (tmp_path / "tasks.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfplan_id,id,section,")
    assert 'a,"Trồng ""cây"", hoa\nvà cỏ",,'.encode() in data


def test_parquet_writes_groups_of_a_fixed_size_however_rows_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.sheets.ROW_GROUP", 10)
    row = tuple(7 if column.type == "int" else "x" for column in header_of("tasks"))
    for name, portions in (("one", [25]), ("many", [3] * 8 + [1])):
        (tmp_path / name).mkdir()
        sheet = ParquetFile(tmp_path / name, "tasks")
        for portion in portions:
            sheet.write([row] * portion)
        sheet.close()
    one, many = (tmp_path / name / "tasks.parquet" for name in ("one", "many"))
    assert one.read_bytes() == many.read_bytes()
    assert pq.ParquetFile(one).metadata.num_row_groups == 3


def test_an_empty_table_still_has_its_columns(tmp_path: Path) -> None:
    ParquetFile(tmp_path, "targets").close()
    table = pq.read_table(tmp_path / "targets.parquet")
    assert (table.num_rows, str(table.schema.field("value").type)) == (0, "double")
