"""Workbook: the comparison for a researcher, one sheet a question, usable as it is.

Each sheet has a frozen header and filters; evidence is a column, and its link opens the plan's canonical text. A sheet takes
`SHEET_ROWS` rows; the first sheet says which are longer, and that the whole table is in the database.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import xlsxwriter

from comparison.cells import Cell, Column, Rows, columns_of, rows_of

SHEET_ROWS = 5_000
"""Rows of a sheet; a larger table is read in the database, and spreadsheet programs are slow with many links."""

SHEETS: dict[str, tuple[str, str]] = {
    "alignment": ("Chỉ tiêu", "Mọi chỉ tiêu của mọi địa phương cạnh nhau, kể cả chỗ thiếu / all targets side by side, gaps included"),
    "cascade_targets": ("So với cấp trên", "Kế hoạch cấp dưới thực hiện chỉ tiêu cấp trên thế nào / coverage of the parent's targets"),
    "cascade_tasks": ("Việc được giao", "Việc cấp trên giao, cấp dưới có nêu không / tasks given and taken up"),
    "grounds": ("Căn cứ", "Văn bản mà mỗi kế hoạch dựa vào / legal grounds"),
    "disagreements": ("Dẫn khác nhau", "Một văn bản được dẫn khác nhau / disagreement on one instrument"),
    "citation_mismatches": ("Dẫn sai", "Viện dẫn trái với danh mục văn bản / citations that the register contradicts"),
    "assignments": ("Phân công", "Loại cơ quan nào làm loại việc nào / who does what kind of task"),
    "calendar": ("Lịch", "Thời hạn theo ngày / deadlines"),
    "versions": ("Phiên bản", "Kế hoạch sau thay đổi gì / what a later plan changed"),
    "groups": ("Theo nhóm", "Theo tỉnh, huyện, cấp / by province, district, level"),
    "localities": ("Địa phương", "Địa phương trước và sau 7/2025 / localities then and now"),
    "indicators": ("Chỉ số", "Các chỉ số đã nhận ra / indicators"),
    "links": ("Liên kết", "Kế hoạch nào thực hiện kế hoạch nào / which plan carries out which"),
    "plans": ("Kế hoạch", "Các kế hoạch / the plans"),
    "problems": ("Lưu ý", "Điều cần biết trước khi dùng / what to know before using the tables"),
}
_WIDE = {"quote": 50, "parent_quote": 40, "child_quote": 40, "label": 36, "indicator_text": 36, "title": 50, "what": 60, "message": 80}
_OFFSETS = ("start", "end", "page")
"""Offsets of quotes, which the link holds; they are in the database."""
_FIXED = datetime(2020, 1, 1)


def write_workbook(tables: Mapping[str, Rows], path: Path, outputs: Path) -> None:
    """Write the workbook; `outputs` is the run's folder as seen from the workbook's, for the links."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": "kehoach", "created": _FIXED})
        bold = book.add_format({"bold": True, "bg_color": "#DDE6EE", "border": 1})
        link = book.add_format({"font_color": "blue", "underline": True})
        _contents(book, tables, bold)
        for name, (title, _) in SHEETS.items():
            _sheet(book.add_worksheet(title), (columns_of(name), tables[name]), (bold, link), outputs)


def _contents(book: xlsxwriter.Workbook, tables: Mapping[str, Rows], bold: object) -> None:
    sheet = book.add_worksheet("Nội dung")
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 90)
    sheet.set_column(2, 2, 60)
    for place, words in enumerate(("Trang / sheet", "Nội dung / content", "Số dòng / rows")):
        sheet.write_string(0, place, words, bold)
    for line, (name, (title, meaning)) in enumerate(SHEETS.items(), start=1):
        rows = len(tables[name])
        cut = f" (ở đây {SHEET_ROWS}; đủ trong kehoach.duckdb và comparison.json)" if rows > SHEET_ROWS else ""
        sheet.write_url(line, 0, f"internal:'{title}'!A1", string=title)
        sheet.write_string(line, 1, meaning)
        sheet.write_string(line, 2, f"{rows}{cut}")
    sheet.freeze_panes(1, 0)


def _sheet(
    sheet: xlsxwriter.worksheet.Worksheet,
    table: tuple[tuple[Column, ...], Rows],
    formats: tuple[object, object],
    outputs: Path,
) -> None:
    columns = tuple(column for column in table[0] if column.kind != "int" or not column.name.endswith(_OFFSETS))
    rows = table[1][:SHEET_ROWS]
    for place, column in enumerate(columns):
        sheet.set_column(place, place, _WIDE.get(column.name, 14))
        sheet.write_string(0, place, column.name, formats[0])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    for line, row in enumerate(rows_of(rows, columns), start=1):
        for place, cell in enumerate(row):
            if cell is not None:
                _write(sheet, (line, place), cell, (columns[place].name, outputs, formats[1]))


def _write(sheet: xlsxwriter.worksheet.Worksheet, place: tuple[int, int], cell: Cell, how: tuple[str, Path, object]) -> None:
    name, outputs, link = how
    if isinstance(cell, str) and name.endswith("link"):
        file = (outputs / cell.split("#")[0]).as_posix()
        sheet.write_url(*place, f"external:{file}", link, cell.split("#")[-1])
    elif isinstance(cell, str):
        sheet.write_string(*place, cell[:32_000])
    elif isinstance(cell, bool):
        sheet.write_boolean(*place, cell)
    else:
        sheet.write_number(*place, cell)
