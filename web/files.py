"""Files: what the pages load beside themselves: data as scripts, which also work from a folder, and CSV for people.

A page opened from a folder may not fetch files, but it may load scripts: so each data file is a call with one JSON value.
"""

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pipeline.tables import Cell, as_text

PART = 3000
"""Rows of a part."""


def data_script(name: str, value: Any) -> str:
    r"""A JSON value as a script that hands it to the page under a name.

    >>> data_script("plans", ["</script>"])
    'kehoach.take("plans",["\\u003c/script>"]);\n'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f"kehoach.take({json.dumps(name)},{text});\n"


def write_data(folder: Path, name: str, value: Any) -> None:
    """Write `data/<name>.js`."""
    path = folder / "data" / f"{name}.js"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(data_script(name, value), encoding="utf-8", newline="\n")


def write_parts(folder: Path, name: str, rows: Sequence[Any]) -> None:
    """Write `data/<name>.js`, the number of parts, and the rows in parts: the page shows the first while the rest comes."""
    parts = [rows[start : start + PART] for start in range(0, len(rows), PART)]
    write_data(folder, name, len(parts))
    for number, part in enumerate(parts):
        write_data(folder, f"{name}/{number}", part)


def write_csv(folder: Path, name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write `csv/<name>.csv` for spreadsheets; cells that would be formulas are text."""
    path = folder / "csv" / f"{name}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([as_text(cell) for cell in row] for row in rows)
