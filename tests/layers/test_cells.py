"""Cells: what the columns of a table hold, which rows are content, and what `nt` repeats."""

from collections.abc import Sequence

import pytest

from extractors.layers.cells import cell_text, grids_of, kind_of_column
from extractors.layers.marks import text_of
from pipeline.language import make_doc
from pipeline.pages import TableSpan, Text

COLUMNS = [
    ("STT", "ordinal"),
    ("Nội dung công việc", "task"),
    ("Nhiệm vụ, giải pháp", "task"),
    ("CƠ QUAN CHỦ TRÌ", "lead"),
    ("Đơn vị thực hiện", "lead"),
    ("Đơn vị  phối hợp", "partner"),
    ("Thời gian hoàn thành", "time"),
    ("Kết quả đầu ra", "product"),
    ("Dự kiến kinh phí (triệu đồng)", "money"),
    ("Ghi chú", "note"),
    ("Chỉ tiêu", "indicator"),
    ("ĐVT", "unit"),
    ("Năm 2025", "year"),
    ("Mục tiêu đến năm 2025", "year"),
    ("2024", "year"),
    ("Kế hoạch 2024", "year"),
    ("Hiện trạng", "baseline"),
    ("Tên xã", ""),
    ("Sản phẩm / Kết quả", "product"),
    ("Nội dung trọng tâm", "task"),
]


@pytest.mark.parametrize(("head", "kind"), COLUMNS)
def test_kinds_of_columns(head: str, kind: str) -> None:
    assert kind_of_column(head) == kind


def document(*rows: Sequence[str]) -> Text:
    """A document that is one table."""
    head, spans = "KẾ HOẠCH\nThử nghiệm\nPHỤ LỤC\n", []
    at = len(head)
    for row in rows:
        cells = []
        for cell in row:
            cells.append((at, at + len(cell)))
            at += len(cell) + 1
        spans.append(tuple(cells))
    return Text(text=head + "\n".join("\t".join(row) for row in rows) + "\n", tables=(TableSpan(len(head), at - 1, None, tuple(spans)),))


HEADS = ("TT", "Nhiệm vụ", "Chủ trì", "Thời gian")


@pytest.mark.parametrize(
    ("heads", "kind"),
    [
        (("Thời gian", "Nội dung", "Thực hiện"), "lead"),  # a programme of a day
        (("Chỉ tiêu", "Thời gian", "Thực hiện"), "baseline"),
        (("Nội dung", "Đơn vị tính", "Thực hiện"), "baseline"),
    ],
)
def test_who_does_it_or_what_was_reached(heads: tuple[str, ...], kind: str) -> None:
    (grid,) = grids_of(make_doc(document(heads, ("8h00 - 8h10", "Khai mạc", "Trạm Y tế"))))
    assert grid.kinds[heads.index("Thực hiện")] == kind


def test_rows_of_content_are_those_without_heads_numbers_and_sections() -> None:
    doc = make_doc(document(HEADS, ("(1)", "(2)", "(3)", "(4)"), ("I", "Lĩnh vực y tế", "", ""), ("1", "Mua thuốc", "Trạm Y tế", "Quý I"), HEADS))
    (grid,) = grids_of(doc)
    assert grid.assigns
    assert grid.heads == HEADS
    assert [row.section for row in grid.rows] == [True, False]


def test_nt_repeats_the_cell_above() -> None:
    doc = make_doc(document(HEADS, ("1", "Mua thuốc", "Trạm Y tế", "Quý I"), ("2", "Khám mắt", "-nt-", ""), ("3", "Cân trẻ", "nt", "Quý II")))
    (grid,) = grids_of(doc)
    spans = [cell_text(doc, grid, at, grid.column("lead")) for at in range(3)]
    assert [text_of(doc)[slice(*span)] for span in spans if span] == ["Trạm Y tế"] * 3
    assert cell_text(doc, grid, 1, grid.column("time")) is None


def test_a_table_of_indicators_gives_no_work() -> None:
    doc = make_doc(document(("TT", "Chỉ tiêu", "ĐVT", "Năm 2024", "Năm 2025"), ("1", "Hộ nghèo", "%", "3", "2")))
    (grid,) = grids_of(doc)
    assert not grid.assigns
    assert grid.kinds == ("ordinal", "indicator", "unit", "year", "year")
