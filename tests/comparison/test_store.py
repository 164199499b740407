"""The files of a comparison: whole, equal in any order, and usable as they are."""

import csv
import json
import random
import re
from pathlib import Path
from typing import Literal, get_args, get_origin, get_type_hints

import duckdb
import jsonschema
import openpyxl
import pyarrow.parquet as pq
import pytest
from pydantic import TypeAdapter

from comparison.cells import columns_of, tables_of
from comparison.compare import compare
from comparison.database import VIEWS
from comparison.ics import fold_line
from comparison.store import FILES, write
from comparison.words import heading, values_of
from comparison.workbook import MATRICES, SHEETS
from schemas.comparison import Comparison, json_schema
from tests.comparison.material import ROOT, corpus

DOCS = (ROOT / "docs" / "compare.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", DOCS, re.DOTALL)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("comparison")
    write(compare(corpus()), folder / "outputs", folder / "out")
    return folder / "out"


def test_all_files_are_written(out: Path):
    assert sorted(path.name for path in out.iterdir()) == sorted(FILES)


def test_order_does_not_matter(out: Path, tmp_path: Path):
    shuffled = list(corpus())
    random.Random(3).shuffle(shuffled)
    write(compare(shuffled), tmp_path / "outputs", tmp_path / "out")
    for name in FILES:
        if not name.endswith(".duckdb"):
            assert (tmp_path / "out" / name).read_bytes() == (out / name).read_bytes(), name


def test_json_is_the_model(out: Path):
    text = (out / "comparison.json").read_text(encoding="utf-8")
    assert TypeAdapter(Comparison).validate_json(text) == compare(corpus())
    jsonschema.validate(json.loads(text), json_schema())


def test_targets_of_no_indicator_are_listed_with_the_nearest():
    found = compare(corpus())
    known = sum(p.kind == "target" for p in found.alignment)
    assert known + len(found.unmatched) == sum(len(plan.targets) for plan in corpus())
    assert any(row.nearest and row.nearest_score and row.evidence.quote for row in found.unmatched)


def test_csv_and_parquet_hold_the_alignment(out: Path):
    with (out / "comparison.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    table = pq.read_table(out / "comparison.parquet")
    assert rows[0] == table.column_names == [column.name for column in columns_of("alignment")]
    assert len(rows) - 1 == table.num_rows == len(compare(corpus()).alignment)


def test_workbook_is_ready_to_use(out: Path):
    book = openpyxl.load_workbook(out / "comparison.xlsx")
    assert book.sheetnames == ["Nội dung", *MATRICES, *(sheet.title for sheet in SHEETS.values())]
    sheet = book["So với cấp trên"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref
    header = [cell.value.split("\n")[-1] for cell in sheet[1]]
    row = {name: sheet.cell(2, place) for place, name in enumerate(header, start=1)}
    assert row["parent_link"].hyperlink.target.endswith(".txt")
    assert row["parent"].value == "UBND tỉnh Thanh Giang, 52/KH-UBND"
    assert row["coverage"].value == "bằng (equal)"
    assert row["parent_quote"].value


def test_matrices_have_a_column_a_plan(out: Path):
    book = openpyxl.load_workbook(out / "comparison.xlsx")
    for title in MATRICES:
        rows = list(book[title].iter_rows(values_only=True))
        assert len(rows[0]) == 2 + len(corpus())
    levels = {row[1]: [cell for cell in row[2:] if cell] for row in book["Bảng chỉ tiêu"].iter_rows(min_row=2, values_only=True)}
    assert levels["E.WATER.CLEAN"] == ["↑ 75 % (2025)", "75 % (2025)", "70 % (2026)"]


def test_every_column_and_code_has_words():
    for table in tables_of(Comparison()):
        row = get_args(get_type_hints(Comparison)[table])[0]
        for column in columns_of(table):
            if not column.name.endswith(("start", "end", "page")):
                assert heading(column.name)
        for name, hint in get_type_hints(row).items():
            codes = {value for part in (hint, *get_args(hint)) if get_origin(part) is Literal for value in get_args(part)}
            if name != "conflicts":
                assert codes <= set(values_of(name)), (table, name)


def test_calendar_is_icalendar(out: Path):
    raw = (out / "comparison.ics").read_bytes()
    assert raw.startswith(b"BEGIN:VCALENDAR\r\n")
    assert raw.count(b"BEGIN:VEVENT") == raw.count(b"END:VEVENT") > 50
    assert max(map(len, raw.split(b"\r\n"))) <= 75


@pytest.mark.parametrize("line", ["SUMMARY:ngắn", "SUMMARY:" + "Chăm sóc sức khỏe ban đầu " * 9])
def test_folded_lines_join_again(line: str):
    pieces = list(fold_line(line))
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line


def test_views_are_documented_and_answer(out: Path):
    with duckdb.connect(str(out / "kehoach.duckdb"), read_only=True) as base:
        for name in VIEWS:
            assert f"`{name}`" in DOCS
            assert base.execute(f"SELECT count(*) FROM {name}").fetchone() is not None
        names = {row[0] for row in base.execute("SELECT table_name FROM information_schema.tables").fetchall()}
    assert {name for name in tables_of(compare(corpus())) if name != "plans"} | {"compared_plans"} <= names


@pytest.mark.parametrize("query", QUERIES, ids=[f"question {k}" for k in range(1, len(QUERIES) + 1)])
def test_questions_of_the_docs(out: Path, query: str):
    with duckdb.connect(str(out / "kehoach.duckdb"), read_only=True) as base:
        assert base.execute(query).fetchall()


def test_there_are_questions():
    assert len(QUERIES) >= 5
