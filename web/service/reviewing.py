"""Reviewing: the routes by which people say what is wrong with a fact, see what is doubtful, and take away what is reviewed."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, StreamingResponse

from comparison.reading import read_plans
from schemas.stored import stored_plan
from web.doubts import Doubt, doubts_of, unseen
from web.gold import gold_of
from web.report import environment
from web.review import FAMILIES, Review, Reviewed, append, apply, read_reviews, reviewed_plans, text_of
from web.service.answers import Limit, Offset, Rows, answer
from web.service.jobs import Job
from web.service.lookup import job_of, plan_of_job

routes = APIRouter(prefix="/jobs/{job}", tags=["review"])


@routes.get("/reviews")
def reviews(request: Request, job: str, plan: str | None = None) -> Response:
    """All reviews of a folder, or of one plan, and the lines of the file that are none."""
    good, bad = read_reviews(job_of(request, job).outputs)
    rows = [one.model_dump(mode="json") for one in good if plan is None or one.plan == plan]
    return answer(request, {"reviews": rows, "problems": bad})


@routes.post("/reviews", status_code=201)
def review(request: Request, job: str, said: Review) -> dict[str, Any]:
    """Say of a fact that it is right, wrong, to be corrected, or missing; the schema and the text must allow it."""
    found = job_of(request, job)
    path = plan_of_job(found, said.plan)
    if path is None:
        raise HTTPException(404, "No such plan in this folder.")
    if said.family not in FAMILIES and said.says != "accept":
        raise HTTPException(422, "What is only looked at can be accepted, nothing else.")
    if (said.fact is None) != (said.says == "add") or (said.value is None) != (said.says in {"accept", "reject"}):
        raise HTTPException(422, "`fact` belongs to all but `add`, `value` to `correct` and `add`.")
    stamped = said.model_copy(update={"at": datetime.now(UTC).isoformat(timespec="seconds")})
    result = apply(stored_plan(path.read_bytes()), [stamped], text_of(found.outputs, said.plan))
    if any(one.kind == "invalid" for one in result.dissents):
        raise HTTPException(422, "The fact does not fit the schema, or its quote is not in the text.")
    append(found.outputs, stamped)
    return stamped.model_dump(mode="json")


@routes.get("/review", include_in_schema=False)
def review_page(request: Request, job: str) -> HTMLResponse:
    """The page that shows what is most doubtful, and where reviews and rules do not agree."""
    found = _read(request, job)
    return HTMLResponse(environment().get_template("review.html").render(page="review", root=f"/jobs/{found.id}/report/"))


@routes.get("/queue", response_model=Rows)
def queue(request: Request, job: str, limit: Limit = 100, offset: Offset = 0) -> Response:
    """What is most doubtful, first: unknown figures, diagnostics, scans read unsurely, close calls; not what is reviewed."""
    outputs = _read(request, job).outputs
    rows = unseen(_doubts(outputs, (outputs / "plans.jsonl").stat().st_mtime_ns), read_reviews(outputs)[0])
    page = [one._asdict() for one in rows[offset : offset + limit]]
    return answer(request, {"total": len(rows), "limit": limit, "offset": offset, "rows": page})


@lru_cache(maxsize=4)
def _doubts(outputs: Path, changed: int) -> tuple[Doubt, ...]:
    """The doubts of a folder as it stood when it was last written."""
    return tuple(doubt for plan in read_plans(outputs) for doubt in doubts_of(plan, text_of(outputs, plan.id)))


def _read(request: Request, job: str) -> Job:
    found = job_of(request, job)
    if not (found.outputs / "plans.jsonl").is_file():
        raise HTTPException(409, "Not read yet.")
    return found


@routes.get("/plans.reviewed.jsonl", response_class=StreamingResponse)
def reviewed(request: Request, job: str) -> StreamingResponse:
    """All plans of a folder with the reviews laid over them, one a line."""
    plans = _reviewed(request, job)
    return StreamingResponse((f"{plan.model_dump_json()}\n" for plan, _ in plans), media_type="application/x-ndjson")


@routes.get("/dissents")
def dissents(request: Request, job: str) -> Response:
    """Where reviews and the rules, or two people, do not agree."""
    return answer(request, [one._asdict() for _, found in _reviewed(request, job) for one in found])


@routes.get("/gold.zip")
def gold(request: Request, job: str) -> Response:
    """The reviewed plans as annotations, one file a plan under the name of its document."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for plan, _ in _reviewed(request, job):
            archive.writestr(f"{plan.id}.json", json.dumps(gold_of(plan), ensure_ascii=False, indent=1))
    return Response(packed.getvalue(), media_type="application/zip", headers={"Content-Disposition": 'attachment; filename="gold.zip"'})


def _reviewed(request: Request, job: str) -> Iterator[Reviewed]:
    return reviewed_plans(_read(request, job).outputs)
