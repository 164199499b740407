"""Gazetteer: the administrative units of Vietnam before and since 2025-07-01, told apart by type, name, parent and date.

A name alone names nothing (27 communes were called Tân Thành, 466 names of former districts are names of communes now)
and a code names a unit only together with a date: code 24 was Bắc Giang and is Bắc Ninh. So every row has the days
between which it was true, and every search takes a date. Data: `vocabulary/admin_units.tsv.gz`, made by
`vocabulary/build_admin_units.py`; the state of 2025-06-30 is taken to hold for all earlier days except where
`vocabulary/admin_changes.csv` knows better.
"""

import gzip
import re
from collections import defaultdict
from functools import cache, lru_cache
from typing import NamedTuple

from extractors.layers.syllables import fold
from extractors.vocabulary import FOLDER
from schemas.facts import Level

SINCE = "2025-07-01"
"""First day without districts (Nghị quyết 202/2025/QH15)."""

CITIES = frozenset(fold(name) for name in ("Hà Nội", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Hồ Chí Minh", "Huế"))
"""Keys of the cities that are provinces; every other thành phố was a district."""

TYPES = ("tỉnh", "thành phố", "thị xã", "thị trấn", "huyện", "quận", "phường", "xã", "đặc khu")
_LEVELS: dict[str, Level] = {
    "tỉnh": "province", "thị xã": "district", "huyện": "district", "quận": "district",
    "thị trấn": "commune", "phường": "commune", "xã": "commune", "đặc khu": "commune",
}  # fmt: skip
_ALIASES = {
    "hcm": "Hồ Chí Minh", "thừa thiên - huế": "Thừa Thiên Huế", "bà rịa vũng tàu": "Bà Rịa - Vũng Tàu",
    "đắc lắc": "Đắk Lắk", "đăk lăk": "Đắk Lắk", "đắc nông": "Đắk Nông", "đăk nông": "Đắk Nông",
}  # fmt: skip
_TYPED = re.compile(rf"(?P<type>{'|'.join(TYPES)})\s+(?P<name>.+)", re.IGNORECASE)


class AdminUnit(NamedTuple):
    """AdminUnit: one unit in one period; `district` and `province` are codes, empty where the unit has or is none.

    `first` and `last` are the days between which it was true, empty where open; `into` are the codes of the units of
    2025-07-01 that it became part of, the one that has its seat first.
    """

    type: str
    name: str
    code: str
    district: str
    province: str
    first: str
    last: str
    into: tuple[str, ...]

    @property
    def level(self) -> Level:
        """Its level; a city is a province when its code has two digits."""
        return _LEVELS.get(self.type) or ("province" if len(self.code) == 2 else "district")

    @property
    def valid(self) -> str:
        """The days between which it was true, as an EDTF interval: `../2025-06-30`, `2025-07-01/..`."""
        return f"{self.first or '..'}/{self.last or '..'}"


@cache
def _tables() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The data file's lines by key of the name and by code; a line becomes a unit when it is asked for."""
    by_name: dict[str, list[str]] = defaultdict(list)
    by_code: dict[str, list[str]] = defaultdict(list)
    for line in gzip.decompress((FOLDER / "admin_units.tsv.gz").read_bytes()).decode().split("\n"):
        key, _, _, code, _ = line.split("\t", 4)
        by_name[key].append(line)
        by_code[code].append(line)
    return dict(by_name), dict(by_code)


@lru_cache(maxsize=16384)
def _unit(line: str) -> AdminUnit:
    _, kind, name, code, district, province, first, last, into = line.split("\t")
    return AdminUnit(kind, name, code, district, province, first, last, tuple(into.split(";")) if into else ())


def _named(name: str) -> list[AdminUnit]:
    return [_unit(line) for line in _tables()[0].get(key_of(name), ())]


def _coded(code: str) -> list[AdminUnit]:
    return [_unit(line) for line in _tables()[1].get(code, ())]


def level_of_type(kind: str, name: str) -> Level:
    """Level of a unit by its type word; a city is a province when it is centrally run.

    >>> level_of_type("thành phố", "Hà Nội"), level_of_type("thành phố", "Bắc Giang"), level_of_type("đặc khu", "Phú Quốc")
    ('province', 'district', 'commune')
    """
    return _LEVELS.get(kind) or ("province" if key_of(name) in CITIES else "district")


@lru_cache(maxsize=4096)
def key_of(name: str) -> str:
    """Comparison key of a unit's name.

    >>> key_of("Hoà Phong"), key_of("HCM") == key_of("Hồ Chí Minh"), key_of("07")
    ('hòa phong', True, '7')
    """
    key = fold(name).replace("’", "'")
    if key.isdigit():
        return str(int(key))
    return fold(_ALIASES[key]) if key in _ALIASES else key


def full_name(name: str) -> str:
    """A name with its known short form written out.

    >>> full_name("HCM"), full_name("Hòa Phong")
    ('Hồ Chí Minh', 'Hòa Phong')
    """
    return _ALIASES.get(fold(name), name)


def split_typed(words: str) -> tuple[str, str] | None:
    """Type and name of a unit written out.

    >>> split_typed("thị xã Mỹ Hào"), split_typed("Mỹ Hào")
    (('thị xã', 'Mỹ Hào'), None)
    """
    found = _TYPED.match(words.strip())
    return (" ".join(found["type"].lower().split()), found["name"].strip()) if found else None


def days_of(on: str | None) -> tuple[str, str]:
    """First and last day that an EDTF date can mean; all days where it is None.

    >>> days_of("2024-05-03"), days_of("2024-XX-XX"), days_of("2024")
    (('2024-05-03', '2024-05-03'), ('2024-01-01', '2024-12-31'), ('2024-01-01', '2024-12-31'))
    """
    if not on:
        return "", "9999"
    known = on.split("-X")[0]
    return known + "-01-01"[len(known) - 4 :], known + "-12-31"[len(known) - 4 :]


def is_named(kind: str, name: str) -> bool:
    """Whether any unit of this type has or had this name."""
    return any(unit.type == kind for unit in _named(name))


def is_known(name: str) -> bool:
    """Whether any unit at all has or had this name."""
    return key_of(name) in _tables()[0]


def find(name: str, kind: str | None = None, *, on: str | None = None, within: tuple[str, ...] = ()) -> list[AdminUnit]:
    """Units of a name, true on a day (EDTF; None is any day) and lying in every named parent (`thị xã Mỹ Hào`).

    >>> [unit.code for unit in find("Hòa Phong", "xã", on="2024", within=("thị xã Mỹ Hào",))]
    ['12115']
    >>> len(find("Hòa Phong", "xã", on="2024")), [u.type for u in find("Lục Ngạn", on="2026-01-15")]
    (4, ['xã'])
    """
    start, end = days_of(on)
    found = [
        unit
        for unit in _named(name)
        if (kind is None or unit.type == kind) and (not unit.first or unit.first <= end) and (not unit.last or unit.last >= start)
    ]
    return [unit for unit in found if all(_lies_in(unit, parent) for parent in within)]


def parents(unit: AdminUnit) -> list[AdminUnit]:
    """The units it lies in, nearest first, as they were on its last day (its first where it still is)."""
    day = unit.last or unit.first
    codes = [code for code in (unit.district, unit.province) if code and code != unit.code]
    return [parent for code in codes for parent in _on(code, day)[:1]]


def province_of(unit: AdminUnit) -> AdminUnit:
    """Its province, or itself."""
    return unit if unit.level == "province" else parents(unit)[-1]


def successors(unit: AdminUnit) -> list[AdminUnit]:
    """The units of 2025-07-01 that it became part of, the one that has its seat first; itself where it still is.

    >>> [unit.name for unit in successors(find("Hòa Phong", "xã", on="2024", within=("thị xã Mỹ Hào",))[0])]
    ['Thượng Hồng']
    """
    if not unit.last:
        return [unit]
    return [later for code in unit.into for later in _on(code, SINCE)]


def _on(code: str, day: str) -> list[AdminUnit]:
    return [unit for unit in _coded(code) if (unit.first or "") <= day <= (unit.last or "9999")]


def _lies_in(unit: AdminUnit, parent: str) -> bool:
    """Whether one of its parents is so called; a parent's own earlier name counts while the unit's row was true."""
    typed = split_typed(parent)
    kind, name = typed or (None, parent)
    codes = {code for code in (unit.district, unit.province) if code and code != unit.code}
    rows = [row for code in codes for row in _coded(code) if _overlap(unit, row)]
    return any(key_of(name) == key_of(row.name) and (kind is None or kind == row.type) for row in rows)


def _overlap(one: AdminUnit, other: AdminUnit) -> bool:
    """Whether both were true on some day."""
    return one.first <= (other.last or "9999") and other.first <= (one.last or "9999")
