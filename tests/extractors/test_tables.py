"""Tables: every ruled table with its caption, heads and rows."""

from extractors.tables import extract
from pipeline.language import make_doc
from pipeline.pages import TableSpan, Text


def test_a_table_with_a_merged_cell() -> None:
    head = "KẾ HOẠCH\nThử nghiệm\nI. MỤC TIÊU\nBảng 1. Chỉ tiêu chủ yếu\n"
    text = head + "Chỉ tiêu\tNăm 2024\tNăm 2025\nHộ nghèo\t3\t\n"
    at = [text.index(word, len(head)) for word in ("Chỉ tiêu", "Năm 2024", "Năm 2025", "Hộ nghèo", "3")]
    rows = (
        ((at[0], at[0] + 8), (at[1], at[1] + 8), (at[2], at[2] + 8)),
        ((at[3], at[3] + 8), (at[4], at[4] + 1), (at[4], at[4] + 1)),
    )
    (table,) = extract(make_doc(Text(text=text, tables=(TableSpan(len(head), len(text) - 1, 2, rows),))))
    assert (table.id, table.page, table.caption, table.section) == ("table-1", 2, "Bảng 1. Chỉ tiêu chủ yếu", "I")
    assert table.columns == ("Chỉ tiêu", "Năm 2024", "Năm 2025")
    assert table.rows == (("Hộ nghèo", "3", "3"),)
    assert table.evidence.quote.startswith("Chỉ tiêu\tNăm 2024")


def test_a_box_of_one_column_is_no_table() -> None:
    text = "KẾ HOẠCH\nThử nghiệm\nLưu ý\n"
    assert list(extract(make_doc(Text(text=text, tables=(TableSpan(20, 25, None, (((20, 25),),)),))))) == []
