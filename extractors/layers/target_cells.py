"""Target cells: the bare numbers of tables of targets, whose unit stands in one column and whose year in the column's head.

`TT | Chỉ tiêu | ĐVT | Thực hiện 2023 | Kế hoạch 2024 | Mục tiêu 2025`: columns of results and of years gone by hold none.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from extractors.layers.clauses import Stretch
from extractors.layers.folded import folded, folded_pattern
from extractors.layers.identity import identity_of
from extractors.layers.lines import line_at
from extractors.layers.marks import Doc, text_of
from extractors.layers.numerals import FIGURES, worth
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
        name, unit, aims = columns
        for row in table.rows[1:]:
            if max(name, unit or 0, *aims) >= len(row):
                continue
            for column in aims:
                head = Stretch(*table.rows[0][column])
                own = _IN_BRACKETS.search(text_of(doc)[slice(*head)])
                cell = _read(doc, row[column], text_of(doc)[slice(*row[unit])].strip() if unit is not None else own["unit"] if own else "")
                if cell:
                    comparator, low, high, said = cell
                    years = _YEAR.findall(text_of(doc), *head)
                    named = Stretch(*row[name])
                    names = (Stretch(head.start, head.start + own.start()), named) if own and unit is None else (named,)
                    whole = Stretch(row[0][0], row[-1][1])
                    yield TargetCell(Stretch(*row[column]), whole, names, head, comparator, low, high, said, years[-1] if years else None)


def target_tables(doc: Doc) -> tuple[Stretch, ...]:
    """Where the tables of targets stand."""
    return tuple(Stretch(t.start, t.end) for t in doc.user_data.get("tables", ()) if _columns(doc, t.rows) is not None)


def _columns(doc: Doc, rows: tuple[tuple[tuple[int, int], ...], ...]) -> tuple[int, int | None, tuple[int, ...]] | None:
    """The columns of names, of units and of values aimed at, None where the table is none of targets."""
    if len(rows) < 2:
        return None
    heads = [folded(doc)[slice(*cell)].strip() for cell in rows[0]]
    name = next((k for k, head in enumerate(heads) if _NAME.search(head)), None)
    unit = next((k for k, head in enumerate(heads) if _UNIT.search(head)), None)
    year = identity_of(doc).year
    aims = tuple(k for k, head in enumerate(heads) if k not in {name, unit} and _is_aim(head, year))
    if not aims and line_at(doc, rows[0][0][0]).zone in GOALS:
        aims = tuple(k for k, head in enumerate(heads) if _IN_BRACKETS.search(head) and not _DONE.search(head) and not _gone(head, year))
    place = next((k for k, head in enumerate(heads) if _PLACE.search(head)), None) if unit is None else None
    allotted = tuple(k for k, head in enumerate(heads) if _IN_BRACKETS.search(head) and _is_aim(head, year))
    if place is not None and allotted:
        return place, None, allotted
    if name is None or not aims or (unit is None and not any(_YEAR.search(heads[k]) for k in aims)):
        return None
    return name, unit, aims


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
