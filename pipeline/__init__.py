"""Pipeline: files in, plans out. `read_plan(path)` is the whole road for one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schemas.plan import Plan

VERSION = "0.1.0"


def read_plan(path: Path | str) -> Plan:
    """Read one document; raises a `pipeline.errors.UnreadableDocument` that says what to do.

    `plan.source.name` is the file's own name; `pipeline.document.read_document` also gives the canonical text.
    """
    # Imported here since spaCy takes a second that `--help` and `schema` shall not wait for.
    from pipeline.document import read_document

    path = Path(path)
    return read_document(path, path.name).plan
