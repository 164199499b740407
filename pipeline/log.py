"""Log: one line of JSON for whatever happens in a run, for programs that watch it."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any


class Log:
    """Log: a file of JSON lines, each with `time` and `event`; written line by line, so that it can be followed. Use it with `with`."""

    def __init__(self, path: Path | None) -> None:
        """Append to the file at `path`, or keep no log; raises `OSError`."""
        self._file = path.open("ab", buffering=0) if path else None

    def __enter__(self) -> "Log":
        """It is open."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Say how it ended where it ended badly."""
        if error is not None:
            self.write("broken", error=type(error).__name__, message=str(error))
        if self._file:
            self._file.close()

    def write(self, event: str, **fields: Any) -> None:
        """Write a line; `fields` are what JSON knows."""
        if self._file:
            line = {
                "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
                "process": os.getpid(),
                "event": event,
                **fields,
            }
            self._file.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
