import datetime
import io

import openpyxl
import pytest

from pipeline.errors import EmptyDocument, TooLargeDocument
from pipeline.ingest import read_bytes, xlsx
from pipeline.ingest.xlsx import shown_number
from pipeline.pages import Grid
from pipeline.unwrap import unwrap

ROWS = [
    ["ỦY BAN NHÂN DÂN", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    ["XÃ TÂN KHÊ", None, None, "Độc lập - Tự do - Hạnh phúc"],
    [],
    ["KẾ HOẠCH"],
    [],
    ["TT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian"],
    [1, "Lắp 12 điểm wifi", "Công chức VH-XH", "Công an xã", datetime.date(2025, 6, 30)],
    [2, "Tập huấn\n03 lớp", "Văn phòng", None, "Quý III/2025"],
    [3, "Tỷ lệ hồ sơ trực tuyến", "Văn phòng", "Các thôn", 0.95],
    [],
    ["Nơi nhận:", None, None, "TM. ỦY BAN NHÂN DÂN"],
    ["- Lưu: VT.", None, None, "CHỦ TỊCH"],
]


def saved(rows: list[list[object]], *, merged: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for place in merged:
        sheet.merge_cells(place)
    if len(rows) > 8:
        sheet["E9"].number_format = "0%"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_sheet_reads_like_the_paper_it_prints() -> None:
    pages = read_bytes(saved(ROWS, merged=("A1:B1", "A4:E4", "C8:C9")), "a.xlsx")
    assert unwrap(pages).text.splitlines() == [
        "ỦY BAN NHÂN DÂN",
        "XÃ TÂN KHÊ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "KẾ HOẠCH",
        "TT\tNội dung\tChủ trì\tPhối hợp\tThời gian",
        "1\tLắp 12 điểm wifi\tCông chức VH-XH\tCông an xã\t30/06/2025",
        "2\tTập huấn 03 lớp\tVăn phòng\t\tQuý III/2025",
        "3\tTỷ lệ hồ sơ trực tuyến\tCác thôn\t95%",
        "Nơi nhận:",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
    ]
    (grid,) = (block for block in pages.blocks if isinstance(block, Grid))
    assert grid.rows[2][2] == grid.rows[3][2]


def test_hidden_sheets_and_rows_are_not_read() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Kế hoạch"], ["nháp"]):
        sheet.append(row)
    sheet.row_dimensions[2].hidden = True
    other = book.create_sheet("an")
    other.append(["bí mật"])
    other.sheet_state = "hidden"
    buffer = io.BytesIO()
    book.save(buffer)
    assert unwrap(read_bytes(buffer.getvalue(), "a.xlsx")).text == "Kế hoạch"


def test_an_empty_sheet_says_so() -> None:
    with pytest.raises(EmptyDocument):
        read_bytes(saved([]), "a.xlsx")


def test_too_many_cells_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "_MOST_CELLS", 10)
    with pytest.raises(TooLargeDocument):
        read_bytes(saved(ROWS), "a.xlsx")


@pytest.mark.parametrize(
    ("value", "number", "code", "shown"),
    [
        ("0.985", 10, "", "98,5%"),
        ("45306", 0, "dd/mm/yyyy", "15/01/2024"),
        ("1250000", 0, "#,##0", "1.250.000"),
        ("3", 0, "", "3"),
        ("0.1", 0, '0.0"day"', "0,1"),
        ("abc", 0, "", "abc"),
    ],
)
def test_numbers_are_shown_as_in_vietnamese_sheets(value: str, number: int, code: str, shown: str) -> None:
    assert shown_number(value, number, code) == shown
