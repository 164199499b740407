"""Target cells: the bare numbers of tables of targets, whose unit stands in one column and whose year in the column's head.

`TT | Chỉ tiêu | ĐVT | Thực hiện 2023 | Kế hoạch 2024 | Mục tiêu 2025`: columns of results and of years gone by hold none.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.layers.clauses import Stretch
from extractors.layers.folded import folded, folded_pattern
from extractors.layers.identity import identity_of
from extractors.layers.lines import line_at
from extractors.layers.marks import Doc, text_of
from extractors.layers.numerals import FIGURES, worth
from extractors.layers.syllables import fold
from extractors.layers.zones import GOALS
from schemas.facts import Comparator

_NAME = folded_pattern(r"^\s*(?:tên_|các_|nội_dung_)?(?:chỉ_tiêu|mục_tiêu|tiêu_chí|nội_dung|chỉ_số)(?![^\W\d_])(?!.*\d{4})")
_PLACE = folded_pattern(r"^\s*(?:tên_)?(?:các_)?(?:xã|phường|thôn|bản|đơn_vị|địa_phương|trường|huyện|khu_phố|tổ_dân_phố)(?![^\W\d_])(?!_tính)")
_IN_BRACKETS = re.compile(r"\((?P<unit>[^()\d]{1,20})\)\s*$")
_UNIT = folded_pattern(r"^\s*(?:đvt|đv_tính|đơn_vị_tính|đơn_vị|đơn_vị_đo)\s*$")
_AIMED = folded_pattern(
    r"kế_hoạch|mục_tiêu|chỉ_tiêu|phấn_đấu|lộ_trình|dự_kiến|giao|^\s*(?:đến_|hết_)?(?:năm_)?20\d\d\s*$|đến_năm|giai_đoạn"
)
_DONE = folded_pattern(r"thực_hiện|hiện_trạng|kết_quả|ước|đã_đạt|năm_gốc|cơ_sở|so_sánh|tăng,?_giảm|ghi_chú")
_ORDINAL = folded_pattern(r"^\s*(?:stt|tt|số_tt|số_thứ_tự)?\W*$")
_PART = folded_pattern(r"\s*trong_đó(?![^\W\d_])")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_CELL = re.compile(
    rf"""\s*(?P<sign>≥|>=|≤|<=|>|<|trên|dưới|từ|đạt|ít[ ]nhất|tối[ ]thiểu|không[ ]quá|tối[ ]đa|khoảng)?\s*
    (?P<low>{FIGURES})(?:\s?-\s?(?P<high>{FIGURES}))?\s*
    (?P<unit>%|‰|[^\W\d_]+(?:[ ][^\W\d_]+){{0,2}}?)??\s*(?P<up>trở[ ]lên|trở[ ]xuống)?\s*""",
    re.VERBOSE,
)
_SIGNS: dict[str, Comparator] = {
    "≥": "ge", ">=": "ge", "≤": "le", "<=": "le", ">": "gt", "<": "lt", "trên": "gt", "dưới": "lt", "ít nhất": "ge",
    "tối thiểu": "ge", "không quá": "le", "tối đa": "le", "khoảng": "approx",
}  # fmt: skip


Cell = tuple[int, int]


class _Columns(NamedTuple):
    """_Columns: the columns that say what is measured, that of units, and those of values aimed at.

    Without a column of indicators what stands before the units names each row (`Loại vắc xin | Đối tượng | ĐVT`).
    """

    names: tuple[int, ...]
    unit: int | None
    aims: tuple[int, ...]


class TargetCell(NamedTuple):
    """TargetCell: the number of one cell; `year` is that of its column's head, None where it has none.

    `names` are the cells that say what is measured: the indicator's, or the column's head and the row's place.
    """

    span: Stretch
    row: Stretch
    names: tuple[Stretch, ...]
    head: Stretch
    comparator: Comparator
    value: float
    high: float | None
    unit: str
    year: str | None


def target_cells(doc: Doc) -> Iterator[TargetCell]:
    """All numbers of all tables of targets, row by row."""
    for table in doc.user_data.get("tables", ()):
        columns = _columns(doc, table.rows)
        if columns is None:
            continue
        for row in table.rows[1:]:
            if max(*columns.names, columns.unit or 0, *columns.aims) < len(row):
                yield from _of_row(doc, table.rows[0], row, columns)


def _of_row(doc: Doc, heads: Sequence[Cell], row: Sequence[Cell], columns: _Columns) -> Iterator[TargetCell]:
    text, unit = text_of(doc), columns.unit
    for column in columns.aims:
        head = Stretch(*heads[column])
        own = _IN_BRACKETS.search(text[slice(*head)])
        cell = _read(doc, row[column], _unit(text[slice(*row[unit])]) if unit is not None else own["unit"] if own else "")
        if cell:
            comparator, low, high, said = cell
            named = tuple(Stretch(*row[name]) for name in columns.names)
            names = (Stretch(head.start, head.start + own.start()), *named) if own and unit is None else named
            whole, year = Stretch(row[0][0], row[-1][1]), _year_of(text, heads, column)
            yield TargetCell(Stretch(*row[column]), whole, names, head, comparator, low, high, said, year)


def _unit(cell: str) -> str:
    """What a cell of the units' column says: `Liều`, `Tỷ lệ (%)`."""
    inner = _IN_BRACKETS.search(cell.strip())
    return inner["unit"] if inner and inner["unit"] in {"%", "‰"} else cell.strip()


def _year_of(text: str, heads: Sequence[Cell], column: int) -> str | None:
    """The year of a column's head; a part of the column before it (`Trong đó: Đợt 1`) shares that one's."""
    years = _YEAR.findall(text, *heads[column])
    if not years and column and _PART.match(fold(text[slice(*heads[column])])):
        return _year_of(text, heads, column - 1)
    return years[-1] if years else None


def target_tables(doc: Doc) -> tuple[Stretch, ...]:
    """Where the tables of targets stand."""
    return tuple(Stretch(t.start, t.end) for t in doc.user_data.get("tables", ()) if _columns(doc, t.rows) is not None)


def _columns(doc: Doc, rows: Sequence[Sequence[Cell]]) -> _Columns | None:
    """The columns of a table of targets, None where the table is none."""
    if len(rows) < 2:
        return None
    heads = [folded(doc)[slice(*cell)].strip() for cell in rows[0]]
    name = next((k for k, head in enumerate(heads) if _NAME.search(head)), None)
    unit = next((k for k, head in enumerate(heads) if _UNIT.search(head)), None)
    year = identity_of(doc).year
    aims = _with_parts(heads, [k for k, head in enumerate(heads) if k not in {name, unit} and _is_aim(head, year)])
    if not aims and line_at(doc, rows[0][0][0]).zone in GOALS:
        aims = tuple(k for k, head in enumerate(heads) if _IN_BRACKETS.search(head) and not _DONE.search(head) and not _gone(head, year))
    place = next((k for k, head in enumerate(heads) if _PLACE.search(head)), None) if unit is None else None
    allotted = tuple(k for k, head in enumerate(heads) if _IN_BRACKETS.search(head) and _is_aim(head, year))
    if place is not None and allotted:
        return _Columns((place,), None, allotted)
    names = (name,) if name is not None else tuple(k for k in range(unit or 0) if not _ORDINAL.match(heads[k]))
    if not names or not aims or (unit is None and not any(_YEAR.search(heads[k]) for k in aims)):
        return None
    return _Columns(names, unit, aims)


def _with_parts(heads: Sequence[str], aims: Sequence[int]) -> tuple[int, ...]:
    """The columns aimed at, with those behind them that are parts of them (`Trong đó: Đợt 1`)."""
    found = set(aims)
    for k, head in enumerate(heads):
        if k - 1 in found and _PART.match(head):
            found.add(k)
    return tuple(sorted(found))


def _is_aim(head: str, year: int | None) -> bool:
    return _AIMED.search(head) is not None and not _DONE.search(head) and not _gone(head, year)


def _gone(head: str, year: int | None) -> bool:
    years = _YEAR.findall(head)
    return bool(years and year and int(years[-1]) < year)


def _read(doc: Doc, cell: tuple[int, int], unit: str) -> tuple[Comparator, float, float | None, str] | None:
    """Comparator, values and unit of a cell that is nothing but a number; without any unit it is none."""
    found = _CELL.fullmatch(folded(doc), *cell)
    if not found:
        return None
    unit = found["unit"] or unit
    if not unit or not re.search(r"[%‰]|[^\W\d_]", unit):
        return None
    comparator = _SIGNS.get(" ".join((found["sign"] or "").split()), "eq")
    if found["up"]:
        comparator = "ge" if "lên" in found["up"] else "le"
    high = worth(found["high"]) if found["high"] else None
    return ("range" if high is not None else comparator), worth(found["low"]), high, " ".join(unit.split())
