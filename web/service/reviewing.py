"""Reviewing: the routes by which people say what is wrong with a fact, see what is doubtful, and take away what is reviewed."""

import io
import json
import zipfile
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import PlainTextResponse

from comparison.aims import aims_of
from comparison.indicators import Matcher
from comparison.reading import read_plans
from schemas.plan import Plan
from web.gathering import text_of
from web.gold import gold_of
from web.review import Review, append, apply, read_reviews
from web.service.answers import answer
from web.service.lookup import job_of, plan_of_job

routes = APIRouter(prefix="/jobs/{job}", tags=["review"])
NEAR = 0.08
"""An indicator is doubtful where the runner-up is as near as this."""


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
    if (said.fact is None) != (said.says == "add") or (said.value is None) != (said.says in {"accept", "reject"}):
        raise HTTPException(422, "`fact` belongs to all but `add`, `value` to `correct` and `add`.")
    stamped = said.model_copy(update={"at": datetime.now(UTC).isoformat(timespec="seconds")})
    result = apply(Plan.model_validate_json(path.read_bytes()), [stamped], text_of(found.outputs, said.plan))
    if any(one.kind == "invalid" for one in result.dissents):
        raise HTTPException(422, "The fact does not fit the schema, or its quote is not in the text.")
    append(found.outputs, stamped)
    return stamped.model_dump(mode="json")


@routes.get("/queue")
def queue(request: Request, job: str, limit: int = 200) -> Response:
    """What is most doubtful, first: unknown figures, diagnostics, and indicators with a near runner-up; not what is reviewed."""
    outputs = job_of(request, job).outputs
    if not (outputs / "plans.jsonl").is_file():
        raise HTTPException(409, "Not read yet.")
    done = {(one.plan, (one.fact or one.value or {}).get("id")) for one in read_reviews(outputs)[0]}
    rows = [row for plan in read_plans(outputs) for row in _doubts(plan) if (row["plan"], row["fact"]) not in done]
    rows.sort(key=lambda row: -row["doubt"])
    return answer(request, {"total": len(rows), "rows": rows[: max(0, min(limit, 1000))]})


def _doubts(plan: Plan) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []

    def doubt(fact: str, size: float, why: str, quote: str) -> None:
        rows.append({"plan": plan.id, "name": plan.source.name, "fact": fact, "doubt": size, "why": why, "quote": quote})

    for number, one in enumerate(plan.unclaimed, start=1):
        if one.reason == "unknown":
            doubt(f"unclaimed-{number}", 1.0, "unknown", one.evidence.quote)
    for number, flaw in enumerate(plan.diagnostics, start=1):
        size = {"error": 0.95, "warning": 0.7, "info": 0.3}[flaw.severity]
        doubt(f"diagnostic-{number}", size, flaw.code, flaw.evidence.quote if flaw.evidence else flaw.message)
    matcher = Matcher({})
    for aim in map(matcher, aims_of(plan)):
        if aim.score and aim.runner_up_score and aim.score - aim.runner_up_score < NEAR:
            doubt(aim.id, 0.8, f"{aim.indicator} / {aim.runner_up}", aim.quote)
    return rows


@routes.get("/plans.reviewed.jsonl", response_class=PlainTextResponse)
def reviewed(request: Request, job: str) -> PlainTextResponse:
    """All plans of a folder with the reviews laid over them, one a line."""
    lines = [f"{plan.model_dump_json()}\n" for plan, _ in _reviewed(request, job)]
    return PlainTextResponse("".join(lines), media_type="application/x-ndjson")


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


def _reviewed(request: Request, job: str) -> list[tuple[Plan, tuple[Any, ...]]]:
    outputs = job_of(request, job).outputs
    if not (outputs / "plans.jsonl").is_file():
        raise HTTPException(409, "Not read yet.")
    good, _ = read_reviews(outputs)
    touched = {one.plan for one in good}
    return [
        tuple(apply(plan, good, text_of(outputs, plan.id))) if plan.id in touched else (plan, ())  # type: ignore[misc]
        for plan in read_plans(outputs)
    ]
