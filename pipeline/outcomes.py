"""Outcomes: what became of each file of a run, a plan or a failure, in a form that travels between processes and is kept."""

import json
import os
import struct
import time
import traceback
import zlib
from pathlib import PurePath
from typing import Any, NamedTuple

from pydantic_core import from_json, to_json

from pipeline import stages
from pipeline.document import fingerprint, read_document
from pipeline.errors import StorageError, TooLargeDocument, UnreadableDocument
from pipeline.inputs import Input, at_hand
from pipeline.limits import Peak
from pipeline.tables import COLUMNS, Rows, csv_of, rows_of
from schemas.plan import Plan

FAMILIES = ("outline", "references", "goals", "targets", "deadlines", "responsibilities", "tasks", "tables", "diagnostics")
MAX_RESULT = 256 * 1024 * 1024
PASSING = frozenset(("worker_died", "time_limit", "memory_limit", "unreadable", "forbidden"))
"""Codes of failures that say more of the machine and the moment than of the file: the next run tries again."""

_peak = Peak()
_HEAD = struct.Struct(f"<{len(COLUMNS) + 4}I")
"""The lengths of the parts of a body: three, the CSV rows of each table, and the rows of all."""


class Written(NamedTuple):
    """Written: what a plan adds to the outputs, as bytes that need only be appended, since one process writes for all that read.

    Its JSON in one line and for people, its canonical text, its rows of each table as CSV and, for columns, as values in JSON.
    """

    line: bytes
    single: bytes
    text: bytes
    sheets: dict[str, bytes]
    rows: Rows


class Success(NamedTuple):
    """Success: a plan, written out and packed. `counts` has the number of facts of each family and the unclaimed by reason."""

    name: str
    plan_id: str
    sha256: str
    pages: int | None
    characters: int
    counts: dict[str, int]
    body: bytes

    def written(self) -> Written:
        """What it adds to the outputs."""
        data = zlib.decompress(self.body)
        parts, place = [], _HEAD.size
        for size in _HEAD.unpack_from(data):
            parts.append(data[place : place + size])
            place += size
        line, single, text, *sheets, rows = parts
        return Written(line, single, text, dict(zip(COLUMNS, sheets, strict=True)), from_json(rows, cache_strings="keys"))


class Failure(NamedTuple):
    """Failure: a file that gave no plan, why, at which stage, and what to do; `sha256` is None where it could not be opened."""

    name: str
    sha256: str | None
    code: str
    stage: str | None
    message: str
    remedy: str


Outcome = Success | Failure


class Cost(NamedTuple):
    """Cost: what reading a file took: milliseconds on the clock by stage, and of CPU; the peak of memory in bytes; which process."""

    stages: dict[str, float]
    milliseconds: float
    cpu: float
    memory: int
    worker: int


class Reading(NamedTuple):
    """Reading: what became of a file, and what that cost."""

    outcome: Outcome
    cost: Cost


def read_item(item: Input) -> Reading:
    """Read one file; raises nothing but `MemoryError`, so that no file can stop a run."""
    stages.begin()
    _peak.take()
    clock, cpu = time.perf_counter(), time.process_time()
    outcome = outcome_of(item)
    clock, cpu = time.perf_counter() - clock, time.process_time() - cpu
    return Reading(outcome, Cost(stages.spent(), round(1000 * clock, 1), round(1000 * cpu, 1), _peak.take(), os.getpid()))


def outcome_of(item: Input) -> Outcome:
    """What becomes of one file, which is fetched where it stands elsewhere."""
    try:
        with at_hand(item) as near:
            return _outcome_of(near)
    except UnreadableDocument as error:
        return _failure(item, error.code, error.message, error.remedy)
    except StorageError as error:
        return _failure(item, "unreadable", f"{error}.", "Check that the file is still there and can be read.")


def _outcome_of(item: Input) -> Outcome:
    try:
        return _success(item)
    except MemoryError:
        raise
    except UnreadableDocument as error:
        return _failure(item, error.code, error.message, error.remedy)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return _failure(item, "unreadable", f"{item.name}: {reason}.", "Check that the file is still there and can be read.")
    except Exception as error:  # a bug in a rule costs this document and shows, the run goes on
        return _failure(item, "internal_error", f"{item.name}: {_last_line(error)}.", "Report it, if possible with the file.")


def packed(outcome: Outcome) -> bytes:
    """An outcome as bytes that can be kept: a line of JSON and, of a plan, its body."""
    if isinstance(outcome, Failure):
        return to_json(outcome._asdict()) + b"\n"
    return to_json({name: value for name, value in outcome._asdict().items() if name != "body"}) + b"\n" + outcome.body


def unpacked(data: bytes) -> Outcome:
    """What was packed."""
    head, _, body = data.partition(b"\n")
    fields: dict[str, Any] = json.loads(head)
    return Success(**fields, body=body) if "plan_id" in fields else Failure(**fields)


def body_of(written: Written) -> bytes:
    """What a plan adds to the outputs as the body of a `Success`: the length of each part, then the parts, packed."""
    parts = [written.line, written.single, written.text, *written.sheets.values(), to_json(written.rows)]
    return zlib.compress(_HEAD.pack(*map(len, parts)) + b"".join(parts), 1)


def written_of(plan: Plan, text: str) -> Written:
    """What a plan and its canonical text add to the outputs."""
    rows = rows_of(plan)
    sheets = {table: csv_of(added) for table, added in rows.items()}
    return Written(plan.model_dump_json().encode(), plan.model_dump_json(indent=2).encode(), text.encode(), sheets, rows)


def counts_of(plan: Plan) -> dict[str, int]:
    """How many facts of each family a plan has."""
    counts = {family: len(getattr(plan, family)) for family in FAMILIES}
    counts["unclaimed"] = len(plan.unclaimed)
    counts["unclaimed_unknown"] = sum(item.reason == "unknown" for item in plan.unclaimed)
    return counts


def _success(item: Input) -> Success:
    plan, text = read_document(item.path, item.name, item.inside)
    with stages.stage("write"):
        written = written_of(plan, text)
        if len(written.line) > MAX_RESULT:
            raise TooLargeDocument(f"{item.name}: its plan has {len(written.line):,} bytes.", remedy="Split the document.")
        return Success(
            name=item.name,
            plan_id=plan.id,
            sha256=plan.source.sha256,
            pages=plan.source.pages,
            characters=len(text),
            counts=counts_of(plan),
            body=body_of(written),
        )


def _failure(item: Input, code: str, message: str, remedy: str) -> Failure:
    readable = message.encode("utf-8", "replace").decode()  # a file name may hold bytes that are no letters
    return Failure(item.name, _sha256(item), code, stages.reached(), readable, remedy)


def _sha256(item: Input) -> str | None:
    try:
        return fingerprint(item.path, item.inside).sha256
    except (OSError, UnreadableDocument):
        return None


def _last_line(error: Exception) -> str:
    """The last line of the traceback and where it was raised: `IndexError: pop from empty list (lines.py:88)`."""
    summary = traceback.format_exception_only(error)[-1].strip()
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{summary} ({PurePath(frame.filename).name}:{frame.lineno})"
