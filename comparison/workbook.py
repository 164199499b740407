"""Workbook: the comparison for a researcher, one sheet a question, usable as it is.

Each sheet has a frozen header in words, filters, and the columns that are for reading; plans stand with issuer and code, coded
values in words; evidence is a column, and its link opens the plan's canonical text. A sheet takes `SHEET_ROWS` rows; the first
sheet says which are longer, and that the whole table is in the database.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import xlsxwriter

from comparison.cells import Column, Rows, columns_of
from comparison.matrices import PLANS, Matrix, ground_matrix, indicator_matrix
from comparison.words import heading, values_of
from schemas.comparison import PlanEntry

SHEET_ROWS = 5_000
"""Rows of a sheet; a larger table is read in the database, and spreadsheet programs are slow with many links."""


class Sheet(NamedTuple):
    """Sheet: its title, what it answers, and its columns where not all of the table are for reading."""

    title: str
    meaning: str
    columns: tuple[str, ...] = ()


_LEVEL = ("comparator", "value", "value_high", "unit")
SHEETS: dict[str, Sheet] = {
    "alignment": Sheet(
        "Chỉ tiêu", "Mọi chỉ tiêu của mọi địa phương cạnh nhau, kể cả chỗ thiếu / all targets side by side, gaps included",
        ("label", "plan", "level", "kind", *_LEVEL, "change", "population", "horizon_end", "verdict", "when", "reason", "reference",
         "indicator_text", "quote", "link", "locality", "indicator", "score", "runner_up", "runner_up_score", "section"),
    ),
    "unmatched": Sheet(
        "Chưa rõ chỉ số", "Chỉ tiêu chưa nhận ra chỉ số nào nên chưa so / targets of no known indicator, so not compared",
        ("indicator_text", "plan", "level", *_LEVEL, "change", "population", "horizon_end", "nearest_label", "nearest_score", "quote", "link"),
    ),
    "cascade_targets": Sheet(
        "So với cấp trên", "Kế hoạch cấp dưới thực hiện chỉ tiêu cấp trên thế nào / coverage of the parent's targets",
        ("label", "parent", "child", "coverage", "when", "reason", "parent_level", "child_level", "parent_horizon", "child_horizon",
         "parent_quote", "parent_link", "child_quote", "child_link", "indicator"),
    ),
    "cascade_tasks": Sheet(
        "Việc được giao", "Việc cấp trên giao, cấp dưới có nêu không / tasks given and taken up",
        ("part", "parent", "child", "uptake", "child_words", "parent_deadline", "child_deadline",
         "parent_quote", "parent_link", "child_quote", "child_link"),
    ),
    "grounds": Sheet(
        "Căn cứ", "Văn bản mà mỗi kế hoạch dựa vào hay viện dẫn / legal grounds",
        ("instrument", "plan", "role", "relation", "title", "issuer", "issued_on", "mentions", "cited_plan", "quote", "link", "locality"),
    ),
    "disagreements": Sheet("Dẫn khác nhau", "Một văn bản được dẫn khác nhau / disagreement on one instrument"),
    "citation_mismatches": Sheet(
        "Dẫn sai", "Viện dẫn trái với danh mục văn bản / citations that the register contradicts",
        ("plan", "code", "message", "likely", "cited_on", "cited_title", "registered_on", "registered_title", "quote", "link"),
    ),
    "assignments": Sheet("Phân công", "Loại cơ quan nào làm loại việc nào / who does what kind of task"),
    "calendar": Sheet("Lịch", "Thời hạn theo ngày / deadlines", ("day", "start", "what", "plan", "lead", "text", "recurrence", "quote", "link")),
    "versions": Sheet(
        "Phiên bản", "Kế hoạch sau thay đổi gì / what a later plan changed",
        ("label", "earlier", "later", "change", "reason", "earlier_level", "later_level", "earlier_horizon", "later_horizon",
         "earlier_quote", "earlier_link", "later_quote", "later_link"),
    ),
    "groups": Sheet("Theo nhóm", "Theo tỉnh, huyện, cấp / by province, district, level"),
    "localities": Sheet("Địa phương", "Địa phương trước và sau 7/2025 / localities then and now"),
    "indicators": Sheet("Chỉ số", "Các chỉ số đã nhận ra / indicators"),
    "links": Sheet("Liên kết", "Kế hoạch nào thực hiện kế hoạch nào / which plan carries out which"),
    "chains": Sheet("Chuỗi", "Các chuỗi kế hoạch từ cấp trên xuống / chains of plans, highest first"),
    "plans": Sheet("Kế hoạch", "Các kế hoạch / the plans"),
    "problems": Sheet("Lưu ý", "Điều cần biết trước khi dùng / what to know before using the tables"),
}  # fmt: skip
MATRICES = {
    "Bảng chỉ tiêu": "Chỉ tiêu theo kế hoạch, mỗi kế hoạch một cột / indicators by plans",
    "Bảng căn cứ": "Văn bản theo kế hoạch, mỗi kế hoạch một cột / instruments by plans",
}
_PLANS = frozenset({"plan", "parent", "child", "earlier", "later", "example_plan", "cited_plan", "plans"})
"""Columns that hold ids of plans, shown by name; `reference` is one in the alignment only."""
_WIDE = {
    "quote": 50, "parent_quote": 40, "child_quote": 40, "label": 40, "indicator_text": 40, "title": 50, "what": 60, "message": 80,
    "part": 50, "child_words": 50, "plan": 34, "parent": 34, "child": 34, "earlier": 34, "later": 34, "reference": 34, "verdict": 28, "when": 24,
    "reason": 40, "coverage": 30, "uptake": 30, "change": 26, "nearest_label": 36, "name": 30, "subject": 40, "key": 30, "plans": 40, "namings": 60,
    "successors": 50, "example": 60, "instrument": 30, "issuer": 30, "level": 10, "kind": 12, "comparator": 6, "value": 10, "value_high": 8,
}  # fmt: skip
_MATRIX_WIDTH = 22
_OFFSETS = ("start", "end", "page")
"""Offsets of quotes, which the link holds; they are in the database."""
_FIXED = datetime(2020, 1, 1)


class Look(NamedTuple):
    """Look: the formats of a workbook's cells."""

    head: object
    link: object
    words: object


def write_workbook(tables: Mapping[str, Rows], path: Path, outputs: Path) -> None:
    """Write the workbook; `outputs` is the run's folder as seen from the workbook's, for the links."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": "kehoach", "created": _FIXED})
        look = Look(
            book.add_format({"bold": True, "bg_color": "#DDE6EE", "border": 1, "text_wrap": True, "valign": "top"}),
            book.add_format({"font_color": "blue", "underline": True, "valign": "top"}),
            book.add_format({"text_wrap": True, "valign": "top"}),
        )
        names = plan_names(tables["plans"])
        matrices = (indicator_matrix(tables["alignment"], tables["plans"]), ground_matrix(tables["grounds"], tables["plans"]))
        _contents(book, tables, dict(zip(MATRICES, matrices, strict=True)), look)
        for title, matrix in zip(MATRICES, matrices, strict=True):
            _matrix(book.add_worksheet(title), matrix, names, look)
        for name, sheet in SHEETS.items():
            _sheet(book.add_worksheet(sheet.title), tables[name], _columns(name, sheet, names, outputs), look)


def plan_names(plans: Sequence[PlanEntry]) -> dict[str, str]:
    """What each plan is called: issuer and code, or the file where these are not known or of two plans."""
    names = {plan.id: ", ".join(filter(None, (plan.issuer, plan.code or plan.name))) for plan in plans}
    times = Counter(names.values())
    return {plan.id: names[plan.id] if times[names[plan.id]] == 1 else f"{names[plan.id]} ({plan.name})" for plan in plans}


def _contents(book: xlsxwriter.Workbook, tables: Mapping[str, Rows], matrices: Mapping[str, Matrix], look: Look) -> None:
    page = book.add_worksheet("Nội dung")
    for place, (words, width) in enumerate((("Trang / sheet", 20), ("Nội dung / content", 90), ("Số dòng / rows", 70))):
        page.set_column(place, place, width)
        page.write_string(0, place, words, look.head)
    plans, full = len(tables["plans"]), "đủ trong kehoach.duckdb và comparison.json"
    narrow = f"; {PLANS} trong {plans} kế hoạch, {full}" if plans > PLANS else ""
    lines = [(title, MATRICES[title], len(matrix.rows), narrow) for title, matrix in matrices.items()]
    lines += [(sheet.title, sheet.meaning, len(tables[name]), "") for name, sheet in SHEETS.items()]
    for line, (title, meaning, rows, note) in enumerate(lines, start=1):
        page.write_url(line, 0, f"internal:'{title}'!A1", string=title)
        page.write_string(line, 1, meaning)
        cut = f" (ở đây {SHEET_ROWS}; {full})" if rows > SHEET_ROWS else ""
        page.write_string(line, 2, f"{rows}{cut}{note}")
    page.freeze_panes(1, 0)


def _matrix(sheet: xlsxwriter.worksheet.Worksheet, matrix: Matrix, names: Mapping[str, str], look: Look) -> None:
    heads = [(heading(column), _WIDE.get(column, _MATRIX_WIDTH)) for column in matrix.leading]
    heads += [(names[plan], _MATRIX_WIDTH) for plan in matrix.plans]
    sheet.set_row(0, 60)
    for place, (words, width) in enumerate(heads):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, words, look.head)
    for line, (leading, cells) in enumerate(matrix.rows[:SHEET_ROWS], start=1):
        told = (*leading, *(cells.get(plan, "") for plan in matrix.plans))
        sheet.set_row(line, 15 * max(-(-len(words) // width) for words, (_, width) in zip(told, heads, strict=True)))
        for place, words in enumerate(told):
            if words:
                sheet.write_string(line, place, words, look.words)
    sheet.freeze_panes(1, len(matrix.leading))
    sheet.autofilter(0, 0, max(len(matrix.rows), 1), len(heads) - 1)


Write = Callable[[xlsxwriter.worksheet.Worksheet, int, int, object, Look], object]


def _columns(name: str, sheet: Sheet, names: Mapping[str, str], outputs: Path) -> list[tuple[Column, Write]]:
    """The columns of a sheet in its order, each with how its cells are written; offsets are left out."""
    known = {c.name: c for c in columns_of(name) if c.kind != "int" or not c.name.endswith(_OFFSETS)}
    ordered = [known[column] for column in sheet.columns or known]
    return [(column, _writer(column, names, outputs, is_alignment=name == "alignment")) for column in ordered]


def _writer(column: Column, names: Mapping[str, str], outputs: Path, *, is_alignment: bool) -> Write:
    folder = outputs.as_posix()
    if column.name.endswith("link"):
        return lambda sheet, line, place, cell, look: sheet.write_url(
            line, place, f"external:{folder}/{str(cell).split('#')[0]}", look.link, str(cell).split("#")[-1]
        )
    if (column.name in _PLANS and column.kind == "string") or (column.name == "reference" and is_alignment):
        return lambda sheet, line, place, cell, look: sheet.write_string(
            line, place, "; ".join(names.get(each, each) for each in str(cell).split("; "))[:32_000]
        )
    if column.kind == "bool":
        return lambda sheet, line, place, cell, look: sheet.write_string(line, place, "có" if cell else "không")
    if column.kind == "string":
        words = values_of(column.name)
        return lambda sheet, line, place, cell, look: sheet.write_string(line, place, words.get(str(cell), str(cell))[:32_000])
    return lambda sheet, line, place, cell, look: sheet.write_number(line, place, cell)


def _sheet(sheet: xlsxwriter.worksheet.Worksheet, rows: Rows, columns: list[tuple[Column, Write]], look: Look) -> None:
    sheet.set_row(0, 48)
    for place, (column, _) in enumerate(columns):
        sheet.set_column(place, place, _WIDE.get(column.name, 16))
        sheet.write_string(0, place, heading(column.name), look.head)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(min(len(rows), SHEET_ROWS), 1), len(columns) - 1)
    for line, row in enumerate(rows[:SHEET_ROWS], start=1):
        for place, (column, write) in enumerate(columns):
            cell = column.take(row)
            if cell is not None:
                write(sheet, line, place, cell, look)
