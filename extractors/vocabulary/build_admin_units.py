"""Build admin units: makes `admin_units.tsv.gz` from two open packages and `admin_changes.csv`; run by hand, never at work.

    python -m extractors.vocabulary.build_admin_units vietnamadminunits-1.0.4-py3-none-any.whl mapping.json

The wheel of vietnamadminunits 1.0.4 (MIT) gives names and codes of the units before and since 2025-07-01; the mapping of
underthesea 9.5.0 (`underthesea/address/data/mapping.json`, Apache-2.0, built from the same package) says what became of
each commune. Both hold the state of 2025-06-30 only; what changed earlier and matters to users is kept by hand in
`admin_changes.csv`.

One line a unit and period, tab-separated, sorted by key: key, type, name, code, district code, province code, first day,
last day (either empty where open), codes of the units it went into, the one that took its seat first.
"""

import csv
import gzip
import io
import json
import sqlite3
import sys
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from extractors.layers.syllables import fold

FOLDER = Path(__file__).parent
LAST_OLD, FIRST_NEW = "2025-06-30", "2025-07-01"
_DATA = "vietnamadminunits/data/"
_TYPES = ("Thành phố", "Tỉnh", "Thị xã", "Thị trấn", "Quận", "Huyện", "Phường", "Xã", "Đặc khu")


Key = tuple[str, str, str]
"""Keys of province, district and commune, as both packages write them."""


class Row(NamedTuple):
    """Row: one unit in one period; `district` and `province` are codes, `into` codes joined with `;`."""

    type: str
    name: str
    code: str
    district: str = ""
    province: str = ""
    first: str = ""
    last: str = ""
    into: str = ""


def split_type(full: str) -> tuple[str, str]:
    """Type word and name of a full name.

    >>> split_type("Thị xã Mỹ Hào"), split_type("Phường 1")
    (('thị xã', 'Mỹ Hào'), ('phường', '1'))
    """
    word = next(word for word in _TYPES if full.lower().startswith(word.lower() + " "))
    return word.lower(), full[len(word) + 1 :].strip()


def old_units(units: list[dict[str, Any]], into: dict[Key, list[str]]) -> Iterator[Row]:
    """Provinces, districts and communes of 2025-06-30; a district goes into what its communes went into."""
    districts: dict[tuple[str, str, str], dict[str, None]] = {}
    for unit in units:
        codes = into[(unit["provinceKey"], unit["districtKey"], unit["wardKey"] or "")]
        district = (unit["district"], unit["districtCode"], unit["provinceCode"])
        districts.setdefault(district, {}).update(dict.fromkeys(codes))
        if unit["ward"]:
            above = (unit["districtCode"], unit["provinceCode"])
            yield Row(*split_type(unit["ward"]), unit["wardCode"], *above, "", LAST_OLD, ";".join(codes))
    for (name, code, province), parts in districts.items():
        yield Row(*split_type(name), code, "", province, "", LAST_OLD, ";".join(parts))


def new_units(units: list[dict[str, Any]]) -> Iterator[Row]:
    """Communes since 2025-07-01."""
    for unit in units:
        yield Row(*split_type(unit["ward"]), unit["wardCode"], "", unit["provinceCode"], FIRST_NEW)


def provinces(mapping: dict[str, Any]) -> Iterator[Row]:
    """The 63 provinces of 2025-06-30 and the 34 since."""
    for key, old in mapping["old_province_names"].items():
        new = mapping["province_names"][mapping["province_mapping"][key]]
        yield Row(*split_type(old["name"]), old["code"], "", old["code"], "", LAST_OLD, new["code"])
    for new in mapping["province_names"].values():
        yield Row(*split_type(new["name"]), new["code"], "", new["code"], FIRST_NEW)


def successors(mapping: dict[str, Any], seats: dict[str, Any], new: list[dict[str, Any]]) -> dict[Key, list[str]]:
    """New commune codes by the keys of province, district and commune; of a divided commune its seat's comes first."""
    codes = {(unit["provinceKey"], unit["wardKey"]): unit["wardCode"] for unit in new}
    found: dict[Key, list[str]] = defaultdict(list)
    for record in mapping["ward_mapping"]:
        key = (record["old_province_key"], record["old_district_key"], record["old_ward_key"])
        found[key].append(codes[(record["new_province_key"], record["new_ward_key"])])
    for province, divided in seats.items():
        for joined, parts in divided.items():
            key = tuple(joined.split("_"))
            first = next(codes[(province, part["newWardKey"])] for part in parts if part["isDefaultNewWard"])
            found[key] = [first, *(code for code in found[key] if code != first)]
    return found


def changed(rows: list[Row], changes: list[dict[str, str]]) -> Iterator[Row]:
    """All rows, with an earlier one for each unit that a change names or whose district a change names.

    A change row is the earlier state of a code: `last` its last day, `became` the type the same code has since;
    without type and name the code had no earlier state. `communes_of` are the districts whose communes it held.
    """
    old = {row.code: row for row in rows if row.last == LAST_OLD}
    named = {change["code"]: change for change in changes}
    whole = {code: change for change in changes for code in filter(None, change["communes_of"].split(";"))}
    for row in rows:
        change = named.get(row.code) or whole.get(row.district) if row.last == LAST_OLD else None
        if change is None:
            yield row
            continue
        yield row._replace(first=_next_day(change["last"]))
        if row.code not in named:
            yield row._replace(district=change["code"], last=change["last"])
    for change in changes:
        if change["type"]:
            parts = [old[code].into for code in change["communes_of"].split(";") if code] or [old[change["code"]].into]
            into = ";".join(dict.fromkeys(";".join(parts).split(";")))
            above = (change["district"], change["province"])
            yield Row(change["type"], change["name"], change["code"], *above, "", change["last"], into)


def _next_day(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _read(wheel: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, Any]]:
    with zipfile.ZipFile(wheel) as archive, tempfile.TemporaryDirectory() as folder:
        database = archive.extract(_DATA + "dataset.db", folder)
        seats = json.loads(archive.read(_DATA + "converter_2025.json"))["DICT_PROVINCE_WARD_DIVIDED"]
        connection = sqlite3.connect(database)
        connection.row_factory = sqlite3.Row
        old = [dict(row) for row in connection.execute("SELECT * FROM admin_units_legacy")]
        new = [dict(row) for row in connection.execute("SELECT * FROM admin_units")]
        connection.close()
    return old, new, seats


def build(wheel: Path, mapping_file: Path) -> bytes:
    """The data file's bytes; the same inputs give the same bytes."""
    old, new, seats = _read(wheel)
    mapping = json.loads(mapping_file.read_text(encoding="utf-8"))
    with (FOLDER / "admin_changes.csv").open(encoding="utf-8", newline="") as file:
        changes = list(csv.DictReader(file))
    rows = [*provinces(mapping), *old_units(old, successors(mapping, seats, new)), *new_units(new)]
    lines = sorted("\t".join((fold(row.name), *row)) for row in changed(rows, changes))
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9, mtime=0, filename="") as file:
        file.write("\n".join(lines).encode())
    return packed.getvalue()


if __name__ == "__main__":
    (FOLDER / "admin_units.tsv.gz").write_bytes(build(Path(sys.argv[1]), Path(sys.argv[2])))
