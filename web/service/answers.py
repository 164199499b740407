"""Answers: JSON with an ETag, and files from a folder that nothing leads out of."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

from fastapi import HTTPException, Query, Request, Response
from fastapi.responses import FileResponse, StreamingResponse
from pydantic import BaseModel, ConfigDict

Limit = Annotated[int, Query(ge=1, le=1000, description="rows of a page")]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="rows before the page")]


class Rows(BaseModel):
    """Rows: one page of a table, and how many rows there are in all."""

    model_config = ConfigDict(json_schema_extra={"example": {"total": 1, "limit": 100, "offset": 0, "rows": [{"plan_id": "09e3e23b005deea8"}]}})

    total: int
    limit: int
    offset: int
    rows: list[dict[str, Any]]


def answer(request: Request, value: Any) -> Response:
    """A value as JSON; `304` where the caller has it already."""
    body = value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False, default=str).encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def list_of_lines(request: Request, path: Path) -> Response:
    """A file of JSON lines as one JSON list, handed on line by line, since it may be large; `304` where the caller has it already."""
    stat = path.stat()
    headers = {"ETag": f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"', "Cache-Control": "no-cache"}
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return StreamingResponse(_joined(path), media_type="application/json", headers=headers)


def _joined(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as lines:
        yield "["
        for number, line in enumerate(lines):
            yield f"{',' if number else ''}{line}"
        yield "]"


def file_in(folder: Path, path: str) -> FileResponse:
    """A file under a folder; whatever leads elsewhere is not found."""
    root = folder.resolve()
    try:
        found = (root / path).resolve()
        good = found.is_relative_to(root) and found.is_file()
    except (OSError, ValueError):  # a name that no file can have
        good = False
    if not good:
        raise HTTPException(404, "No such page.")
    return FileResponse(found, headers={"Cache-Control": "no-cache"})
