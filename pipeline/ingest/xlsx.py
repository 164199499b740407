"""Excel: the cells of an .xlsx file as they are shown, read from the XML inside the ZIP."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from math import isfinite

from lxml import etree

from pipeline.errors import TooLargeDocument
from pipeline.ingest.layout import Cell
from pipeline.ingest.letters import clean
from pipeline.ingest.xml_parts import Parts
from pipeline.pages import Line

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MOST_CELLS = 200_000
_LARGEST = 5_000_000  # places from the first cell to the last; most are empty
_DATES = frozenset((14, 15, 16, 17, 22))  # numbers of built-in formats, ECMA-376 18.8.30
_DAYS = 2_958_466  # the year 10000
_PERCENT = frozenset((9, 10))
_GROUPED = frozenset((3, 4, 37, 38, 39, 40))
_REFERENCE = re.compile(r"(?P<column>[A-Z]{1,3})(?P<row>\d{1,7})")
_DATE_CODE = re.compile(r"[dy]", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"]{0,255}\"|\\.|\[[^\]]{0,255}\]")


def xlsx_rows(parts: Parts, name: str) -> Iterator[list[list[Cell]]]:
    """The rows of each sheet that is not hidden; raises `TooLargeDocument`."""
    strings, formats = _strings(parts), _formats(parts)
    left = _MOST_CELLS
    for part in _sheets(parts):
        root = parts.xml(part)
        if root is None:
            continue
        cells = _cells(root, strings, formats)
        left -= len(cells)
        if left < 0:
            raise TooLargeDocument(f"{name}: over {_MOST_CELLS:,} cells.", remedy="Save the sheet that holds the plan as a file.")
        if cells:
            if not _is_sheet(cells):
                raise TooLargeDocument(f"{name}: its cells stand too far apart.", remedy="Delete the cells that are no part of the plan.")
            yield _rows(cells, _merged(root))


def _sheets(parts: Parts) -> Iterator[str]:
    workbook, relations = parts.xml("xl/workbook.xml"), parts.xml("xl/_rels/workbook.xml.rels")
    targets = {link.get("Id"): str(link.get("Target")) for link in relations} if relations is not None else {}
    for sheet in workbook.iter(_MAIN + "sheet") if workbook is not None else ():
        target = targets.get(sheet.get(_RELATION))
        if target and sheet.get("state", "visible") == "visible":
            yield target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _strings(parts: Parts) -> list[str]:
    root = parts.xml("xl/sharedStrings.xml")
    return ["".join(text.text or "" for text in _shown(item)) for item in root.iter(_MAIN + "si")] if root is not None else []


def _shown(item: etree._Element) -> Iterator[etree._Element]:
    """The text of a string, without the readings that East Asian writers put above it."""
    for text in item.iter(_MAIN + "t"):
        parent = text.getparent()
        if parent is None or parent.tag != _MAIN + "rPh":
            yield text


def _formats(parts: Parts) -> list[tuple[int, str]]:
    """Number and code of the format of each cell style."""
    root = parts.xml("xl/styles.xml")
    if root is None:
        return []
    codes = {int(item.get("numFmtId", "0")): item.get("formatCode", "") for item in root.iter(_MAIN + "numFmt")}
    styles = root.find(_MAIN + "cellXfs")
    numbers = [int(style.get("numFmtId", "0")) for style in styles] if styles is not None else []
    return [(number, codes.get(number, "")) for number in numbers]


def _cells(root: etree._Element, strings: list[str], formats: list[tuple[int, str]]) -> dict[tuple[int, int], str]:
    """The text of each cell that is shown, by row and column from 0."""
    hidden = {
        place
        for column in root.iter(_MAIN + "col")
        if column.get("hidden") == "1"
        for place in range(int(column.get("min", "1")) - 1, min(int(column.get("max", "1")), 500))
    }
    found = {}
    for row in root.iter(_MAIN + "row"):
        if row.get("hidden") == "1":
            continue
        for cell in row.iter(_MAIN + "c"):
            place = _place(cell.get("r", ""))
            text = clean(_text(cell, strings, formats)).strip()
            if place and text and place[1] not in hidden:
                found[place] = text
    return found


def _place(reference: str) -> tuple[int, int] | None:
    match = _REFERENCE.fullmatch(reference)
    if not match:
        return None
    column = 0
    for letter in match["column"]:
        column = column * 26 + ord(letter) - 64
    return int(match["row"]) - 1, column - 1


def _text(cell: etree._Element, strings: list[str], formats: list[tuple[int, str]]) -> str:
    kind, value = cell.get("t", "n"), cell.findtext(_MAIN + "v")
    if kind == "inlineStr":
        return "".join(text.text or "" for text in _shown(cell))
    if value is None or kind == "e":
        return ""
    if kind == "s":
        return strings[int(value)] if int(value) < len(strings) else ""
    if kind in ("str", "d", "b"):
        return value
    style = int(cell.get("s", "0"))
    return shown_number(value, *(formats[style] if style < len(formats) else (0, "")))


def shown_number(value: str, number: int = 0, code: str = "") -> str:
    """A number as a Vietnamese sheet shows it; `number` and `code` are the cell's format.

    >>> shown_number("0.95", 9), shown_number("45306", 14), shown_number("1250000", 3), shown_number("12.5")
    ('95%', '15/01/2024', '1.250.000', '12,5')
    """
    try:
        amount = float(value)
    except ValueError:
        return value
    plain = _QUOTED.sub("", code)
    if not isfinite(amount):
        return value
    if 0 <= amount < _DAYS and (number in _DATES or (code and _DATE_CODE.search(plain) and 0 < amount < 100_000)):
        return f"{datetime(1899, 12, 30) + timedelta(days=amount):%d/%m/%Y}"
    if number in _PERCENT or "%" in plain:
        return _decimal(amount * 100) + "%"
    return _decimal(amount, grouped=number in _GROUPED or "#,##" in plain)


def _decimal(amount: float, *, grouped: bool = False) -> str:
    amount = round(amount, 6)
    text = f"{amount:,.6f}".rstrip("0").rstrip(".") if grouped else f"{amount:.6f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def _merged(root: etree._Element) -> dict[tuple[int, int], tuple[int, int]]:
    """Height and width of each merged cell, by its first place."""
    found = {}
    for merge in root.iter(_MAIN + "mergeCell"):
        first, _, last = merge.get("ref", "").partition(":")
        start, stop = _place(first), _place(last)
        if start and stop:
            found[start] = (stop[0] - start[0] + 1, stop[1] - start[1] + 1)
    return found


def _is_sheet(cells: dict[tuple[int, int], str]) -> bool:
    """Whether the cells stand near enough to each other to be printed."""
    rows = [row for row, _ in cells]
    return (max(rows) - min(rows) + 1) * (max(column for _, column in cells) + 1) <= _LARGEST


def _rows(cells: dict[tuple[int, int], str], merged: dict[tuple[int, int], tuple[int, int]]) -> list[list[Cell]]:
    """The rows from the first cell to the last; a merged cell is printed once."""
    bottom, right = max(row for row, _ in cells) + 1, max(column for _, column in cells) + 1
    above: dict[tuple[int, int], bool] = {}
    for (row, column), (height, width) in merged.items():
        for y in range(row, min(row + height, bottom)):
            for x in range(column, min(column + width, right)):
                above[y, x] = y > row
    rows = []
    for row in range(min(place for place, _ in cells), bottom):
        line: list[Cell] = []
        column = 0
        while column < right:
            width = min(merged[row, column][1], right - column) if (row, column) in merged else 1
            text = cells.get((row, column), "")
            lines = tuple(Line(part.strip()) for part in text.split("\n") if part.strip())
            line.append(Cell(lines, width, above.get((row, column), False), None))
            column += width
        rows.append(line)
    return rows
