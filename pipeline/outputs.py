"""Outputs: the files that a run writes, filled plan by plan and put in place only when all of them are whole.

While they grow they stand in a hidden folder. What an earlier run left stays as it was until then; where the putting in place
itself is cut short, there is no `run.json`, and the next run does it again.
"""

import contextlib
import json
import re
import shutil
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


PLAN_FILE = re.compile(r"[0-9a-f]{16}\.(?:json|txt)")
REPORT = "run.json"


class Outputs:
    """Outputs: a folder with `plans.jsonl`, `failures.jsonl`, `plans/`, `tables/` and `run.json`. Use it with `with`."""

    def __init__(self, folder: Path, growing: Path) -> None:
        """Fill an empty folder `growing` that is on the same disk as `folder`; raises `OSError` where that is not allowed."""
        self._folder = folder
        self._growing = growing
        self._singles = growing / "plans"
        self._singles.mkdir()
        tables = growing / "tables"
        tables.mkdir()
        self._plans = (growing / "plans.jsonl").open("wb")
        self._failures = jsonlines.open(growing / "failures.jsonl", "w", compact=True)
        self._texts: dict[str, CsvFile] = {}
        self._columns: dict[str, ParquetFile] = {}
        try:
            for name in COLUMNS:
                self._texts[name] = CsvFile(tables, name)
                self._columns[name] = ParquetFile(tables, name)
        except OSError:
            self.__exit__(None, None, None)
            raise

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
        written = plan.written()
        self._plans.write(written.line + b"\n")
        for name in COLUMNS:
            self._texts[name].write(written.sheets[name])
            self._columns[name].write(written.rows[name])
        (self._singles / f"{plan.plan_id}.json").write_bytes(written.single + b"\n")
        (self._singles / f"{plan.plan_id}.txt").write_bytes(written.text)

    def fail(self, failure: Failure) -> None:
        """List a file that gave no plan of its own."""
        self._failures.write(failure._asdict())

    def finish(self, report: Mapping[str, Any]) -> None:
        """Put everything in place, `run.json` last; what earlier runs left in `plans/` and is no more is removed."""
        for file in self._files():
            file.close()
        text = json.dumps(report, ensure_ascii=False, indent=2) + "\n"
        (self._growing / REPORT).write_text(text, encoding="utf-8")
        (self._folder / REPORT).unlink(missing_ok=True)
        for name in ("plans", "tables"):
            (self._folder / name).mkdir(exist_ok=True)
            self._move(name)
        self._move(".")

    def _move(self, name: str) -> None:
        """Put the files of a folder in their places."""
        here, there = self._growing / name, self._folder / name
        names = sorted((part.name for part in here.iterdir() if part.is_file()), key=lambda name: name == REPORT)
        if name == "plans":
            for old in {old.name for old in there.iterdir() if PLAN_FILE.fullmatch(old.name)}.difference(names):
                (there / old).unlink()
        for part in names:
            (here / part).replace(there / part)

    def _files(self) -> Iterator[SupportsClose]:
        yield from (self._plans, self._failures)
        yield from self._texts.values()
        yield from self._columns.values()
