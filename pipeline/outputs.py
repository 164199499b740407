"""Outputs: the files that a run writes, filled plan by plan and put in place only when they are whole.

While a run goes on, its growing files stand in a hidden folder beside their places; `plans/<id>.json` and `.txt` appear one
by one. If the run fails, the growing files are taken away and those of an earlier run stay as they were.
"""

import contextlib
import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

import jsonlines

from pipeline.outcomes import Failure, Success
from pipeline.sheets import CsvFile, ParquetFile
from pipeline.tables import COLUMNS


class SupportsClose(Protocol):
    """SupportsClose: a file of some kind; closing it again does nothing."""

    def close(self) -> None:
        """Write what is left."""


_PLAN_FILE = re.compile(r"[0-9a-f]{16}\.(?:json|txt)")


class Outputs:
    """Outputs: a folder with `plans.jsonl`, `failures.jsonl`, `plans/`, `tables/` and `run.json`. Use it with `with`."""

    def __init__(self, folder: Path) -> None:
        """Make the folder; raises `OSError` where that is not allowed."""
        self._folder = folder
        (folder / "plans").mkdir(parents=True, exist_ok=True)
        self._growing = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=folder))
        tables = self._growing / "tables"
        tables.mkdir()
        self._plans = (self._growing / "plans.jsonl").open("w", encoding="utf-8", newline="\n")
        self._failures = jsonlines.open(self._growing / "failures.jsonl", "w", compact=True)
        self._sheets = {name: (CsvFile(tables, name), ParquetFile(tables, name)) for name in COLUMNS}
        self._written: set[str] = set()

    def __enter__(self) -> "Outputs":
        """Nothing is in place yet."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Leave nothing half-written, whatever happened."""
        for file in self._files():
            with contextlib.suppress(OSError):  # a full disk also refuses what is left to write; it is thrown away anyhow
                file.close()
        shutil.rmtree(self._growing, ignore_errors=True)

    def add(self, plan: Success) -> None:
        """Write a plan to every file that it belongs in."""
        self._plans.write(plan.line + "\n")
        for name, rows in plan.rows.items():
            for sheet in self._sheets[name]:
                sheet.write(rows)
        self._put(f"{plan.plan_id}.json", plan.pretty + "\n")
        self._put(f"{plan.plan_id}.txt", plan.text)

    def fail(self, failure: Failure) -> None:
        """List a file that gave no plan of its own."""
        self._failures.write(failure._asdict())

    def finish(self, report: Mapping[str, Any]) -> None:
        """Put everything in place, `run.json` last; what earlier runs left in `plans/` and is no more is removed."""
        for file in self._files():
            file.close()
        text = json.dumps(report, ensure_ascii=False, indent=2) + "\n"
        (self._growing / "run.json").write_text(text, encoding="utf-8")
        (self._folder / "tables").mkdir(exist_ok=True)
        for part in sorted(self._growing.rglob("*.*"), key=lambda part: part.name == "run.json"):
            part.replace(self._folder / part.relative_to(self._growing))
        for old in (self._folder / "plans").iterdir():
            if _PLAN_FILE.fullmatch(old.name) and old.name not in self._written:
                old.unlink()

    def _files(self) -> Iterator[SupportsClose]:
        yield from (self._plans, self._failures)
        for sheets in self._sheets.values():
            yield from sheets

    def _put(self, name: str, text: str) -> None:
        part = self._growing / name
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(self._folder / "plans" / name)
        self._written.add(name)
