"""Vocabulary: the indicators that the project knows and those of a user's own file.

The user's file is CSV (UTF-8) with the columns `id,label,variants,unit,direction`: variants divided by `|`, direction `higher`,
`lower` or empty. Other columns are ignored, wrong ones named; an id that exists twice is refused, never merged.
"""

import csv
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, cast

from comparison.errors import UnusableVocabulary
from extractors.layers.indicators import plain
from extractors.vocabulary import rows

COLUMNS = ("id", "label", "variants", "unit", "direction")
Direction = Literal["higher", "lower"]


class Indicator(NamedTuple):
    """Indicator: an id with its namings, units and direction."""

    id: str
    label: str
    namings: tuple[str, ...]
    units: tuple[str, ...]
    direction: Direction | None
    confusable: tuple[str, ...] = ()


@cache
def known() -> dict[str, Indicator]:
    """The project's own indicators by id."""
    return {row["id"]: _indicator(row) for row in rows("indicators")}


@cache
def contributes_to() -> dict[str, tuple[str, ...]]:
    """Which share of communes a commune's own yes or no adds to: `H.STD.SELF` to `H.STD.COMMUNE`."""
    return {i.id: i.confusable for i in known().values() if "đạt/không đạt" in i.units}


def read_vocabulary(path: Path) -> dict[str, Indicator]:
    """A user's file; raises `UnusableVocabulary` naming the line."""
    found: dict[str, Indicator] = {}
    namings: dict[tuple[str, str], str] = {}
    for number, row in read_table(path, COLUMNS):
        where = f"{path}, line {number}"
        if not row["id"] or not row["label"]:
            raise UnusableVocabulary(f"{where}: id and label must not be empty.")
        if row["direction"] not in {"higher", "lower", ""}:
            raise UnusableVocabulary(f"{where}: direction is {row['direction']!r}; write higher, lower or nothing.")
        if row["id"] in found:
            raise UnusableVocabulary(f"{where}: id {row['id']!r} stands twice. Join the two rows (variants are divided by |).")
        if row["id"] in known():
            raise UnusableVocabulary(f"{where}: id {row['id']!r} is one of the project's own. Give yours another id.")
        own = found[row["id"]] = _indicator(row)
        for key in {(plain(naming), unit) for naming in own.namings for unit in own.units or ("",)}:
            if namings.setdefault(key, own.id) != own.id:
                raise UnusableVocabulary(f"{where}: {own.id!r} has a naming that {namings[key]!r} has too. Leave it with one of them.")
    if not found:
        raise UnusableVocabulary(f"{path} holds no indicator.")
    return found


def read_table(path: Path, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """The rows of a user's CSV with their line numbers; raises `UnusableVocabulary` where a column is missing or a row is cut wrong."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            names = list(reader.fieldnames or ())
            missing, twice = [name for name in columns if name not in names], {name for name in names if names.count(name) > 1}
            if missing:
                hint = " Save it with commas between the columns." if len(names) == 1 and ";" in names[0] else ""
                raise UnusableVocabulary(f"{path}: column {', '.join(missing)} is missing (it has: {', '.join(names) or 'none'}).{hint}")
            if twice:
                raise UnusableVocabulary(f"{path}: column {', '.join(sorted(twice))} stands twice.")
            return [(reader.line_num, _cells(row, columns, f"{path}, line {reader.line_num}")) for row in reader]
    except UnicodeDecodeError as error:
        raise UnusableVocabulary(f"{path} is not UTF-8. Save it as CSV UTF-8.") from error
    except (OSError, csv.Error) as error:
        raise UnusableVocabulary(f"cannot read {path}: {error}") from error


def _cells(row: dict[str | None, str | None], columns: tuple[str, ...], where: str) -> dict[str, str]:
    """A row that has as many cells as the header; a comma without quotation marks would move them silently."""
    if None in row or None in row.values():
        raise UnusableVocabulary(f"{where} has more or fewer cells than the header. Put words with commas between quotation marks.")
    return {name: (row[name] or "").strip() for name in columns}


def _indicator(row: dict[str, str]) -> Indicator:
    direction = cast("Direction | None", row["direction"] if row["direction"] in {"higher", "lower"} else None)
    variants = tuple(filter(None, row["variants"].split("|")))
    units = tuple(unit.strip() for unit in row["unit"].split("|") if unit.strip())
    confusable = tuple(filter(None, row.get("confusable_with", "").split("|")))
    return Indicator(row["id"], row["label"], (row["label"], *variants), units, direction, confusable)
