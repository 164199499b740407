"""Outcomes: what became of each file of a run, a plan or a failure, in a form that travels between processes."""

import traceback
from pathlib import PurePath
from typing import NamedTuple

from pipeline.document import fingerprint, read_document
from pipeline.errors import UnreadableDocument
from pipeline.inputs import Input
from pipeline.tables import Rows, rows_of
from schemas.plan import Plan

FAMILIES = ("outline", "references", "goals", "targets", "deadlines", "responsibilities", "tasks", "tables", "diagnostics")


class Success(NamedTuple):
    """Success: a plan, written out. `counts` has the number of facts of each family and the unclaimed by reason."""

    name: str
    plan_id: str
    sha256: str
    line: str
    pretty: str
    text: str
    rows: Rows
    counts: dict[str, int]


class Failure(NamedTuple):
    """Failure: a file that gave no plan, why, and what to do; `sha256` is None where it could not be opened."""

    name: str
    sha256: str | None
    code: str
    message: str
    remedy: str


Outcome = Success | Failure


def outcome_of(item: Input) -> Outcome:
    """Read one file; never raises, so that no file can stop a run."""
    try:
        return _success(item)
    except UnreadableDocument as error:
        return _failure(item, error.code, error.message, error.remedy)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return _failure(item, "unreadable", f"{item.name}: {reason}.", "Check that the file is still there and can be read.")
    except Exception as error:  # a bug in a rule costs this document and shows, the run goes on
        return _failure(item, "internal_error", f"{item.name}: {_last_line(error)}.", "Report it, if possible with the file.")


def _success(item: Input) -> Success:
    plan, text = read_document(item.path, item.name, item.inside)
    return Success(
        name=item.name,
        plan_id=plan.id,
        sha256=plan.source.sha256,
        line=plan.model_dump_json(),
        pretty=plan.model_dump_json(indent=2),
        text=text,
        rows=rows_of(plan),
        counts=counts_of(plan),
    )


def _failure(item: Input, code: str, message: str, remedy: str) -> Failure:
    readable = message.encode("utf-8", "replace").decode()  # a file name may hold bytes that are no letters
    return Failure(item.name, _sha256(item), code, readable, remedy)


def counts_of(plan: Plan) -> dict[str, int]:
    """How many facts of each family a plan has."""
    counts = {family: len(getattr(plan, family)) for family in FAMILIES}
    counts["unclaimed"] = len(plan.unclaimed)
    counts["unclaimed_unknown"] = sum(item.reason == "unknown" for item in plan.unclaimed)
    return counts


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
