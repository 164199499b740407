"""App: the routes of the service."""

import asyncio
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Form, HTTPException, Query, Request, Response
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, StreamingResponse
from starlette.datastructures import UploadFile

from comparison.compare import compare
from comparison.errors import CannotCompare
from pipeline import VERSION
from schemas.facts import Level
from schemas.plan import json_schema
from schemas.stored import stored_plan
from web.report import HERE, environment, words_script
from web.service.answers import Limit, Offset, Rows, answer, file_in, list_of_lines
from web.service.guard import COOKIE, Guard
from web.service.jobs import LIBRARY, Full, Job, Jobs, NoRoom, clean_name
from web.service.lookup import job_of, jobs_of, plan_file
from web.service.pages import routes as pages
from web.service.queries import ask
from web.service.reviewing import routes as reviewing
from web.service.settings import Settings, check

CHUNK = 1 << 20
_FILES = {"type": "array", "items": {"type": "string", "format": "binary"}}
_SENT = {"type": "object", "required": ["files"], "properties": {"files": _FILES}}
_FORM = {"required": True, "content": {"multipart/form-data": {"schema": _SENT}}}
routes = APIRouter()


def make_app(settings: Settings) -> FastAPI:
    """The application; raises `Unsafe` where others could reach it without a key."""
    check(settings)

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        app.state.jobs = jobs = Jobs(settings)
        worker = asyncio.create_task(jobs.work())
        yield
        worker.cancel()
        with suppress(asyncio.CancelledError):
            await worker
        jobs.close()

    app = FastAPI(title="kehoach", version=VERSION, lifespan=life, docs_url=None, redoc_url=None,
                  description="Reads Vietnamese administrative plans into evidence-backed JSON.")  # fmt: skip
    app.state.settings = settings
    for some in (pages, reviewing, routes):  # `pages` is a part of the report, so it comes before it
        app.include_router(some)
    app.add_middleware(Guard, settings=settings)
    return app


@routes.get("/health", tags=["service"])
def health() -> dict[str, str]:
    """Whether the service answers."""
    return {"status": "ok", "version": VERSION}


@routes.get("/schema/plan.schema.json", tags=["service"])
def schema(request: Request) -> Response:
    """The JSON Schema of a plan, at this place in every version."""
    return answer(request, json_schema())


@routes.post("/session", status_code=204, tags=["service"])
def session(request: Request, key: Annotated[str, Form(max_length=200)]) -> Response:
    """Exchange the API key for a cookie, so that a browser can show the pages."""
    settings: Settings = request.app.state.settings
    if settings.key is None or not hmac.compare_digest(key.encode(), settings.key.encode()):
        raise HTTPException(401, "Wrong key.")
    response = Response(status_code=204)
    response.set_cookie(COOKIE, settings.session or "", httponly=True, samesite="strict", secure=request.url.scheme == "https")
    return response


@routes.get("/", include_in_schema=False)
def upload_page(request: Request) -> HTMLResponse:
    """The page to drop files on."""
    library = jobs_of(request).get(LIBRARY) is not None
    return HTMLResponse(environment().get_template("upload.html").render(page="upload", root="/", library=library, pages=()))


@routes.get("/assets/{path:path}", include_in_schema=False)
def assets(path: str) -> Response:
    """Style and scripts of the page to drop files on."""
    if path == "words.js":
        return Response(words_script(), media_type="text/javascript")
    return file_in(HERE / "assets", path)


@routes.post("/jobs", status_code=202, tags=["jobs"], openapi_extra={"requestBody": _FORM})
async def upload(request: Request) -> dict[str, Any]:
    """Send one or many files; answers at once with where to ask for progress and results."""
    jobs, settings = jobs_of(request), request.app.state.settings
    try:
        job = await jobs.make(int(request.headers.get("content-length", settings.max_upload_bytes)))
    except Full:
        raise HTTPException(503, "Too many uploads are waiting. Try again in a minute.", {"Retry-After": "60"}) from None
    except NoRoom as error:
        raise HTTPException(507, str(error)) from None
    try:
        files = await _keep(request, job, settings)
    except BaseException:
        jobs.drop(job)
        raise
    jobs.start(job, files)
    return _about(job)


async def _keep(request: Request, job: Job, settings: Settings) -> list[tuple[str, Path]]:
    """Write the files of a request into the folder of a job, under names of ours."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise HTTPException(415, "Send files as multipart/form-data.")
    kept: list[tuple[str, Path]] = []
    async with request.form(max_files=settings.max_files, max_fields=10) as form:
        for number, file in enumerate(one for one in form.getlist("files") if isinstance(one, UploadFile)):
            path = job.folder / "in" / f"{number:04}"
            size = 0
            with path.open("wb") as out:
                while chunk := await file.read(CHUNK):
                    size += len(chunk)
                    if size > settings.max_file_bytes:
                        raise HTTPException(413, f"{clean_name(file.filename or '')}: at most {settings.max_file_bytes} bytes a file.")
                    out.write(chunk)
            kept.append((clean_name(file.filename or ""), path))
    if not kept:
        raise HTTPException(422, "No files: send them in the field `files`.")
    return kept


def _about(job: Job) -> dict[str, Any]:
    path = f"/jobs/{job.id}"
    files = [{"name": one.name, "plan": one.plan, "code": one.code, "message": one.message} for one in job.news if one.name]
    broken = next((one.message for one in job.news if one.event == "broken"), None)
    return {"id": job.id, "state": job.state, "total": len(job.inputs), "files": files, "message": broken,
            "links": {"self": path, "events": f"{path}/events", "plans": f"{path}/plans", "report": f"{path}/report/index.html",
                      "tables": f"{path}/tables/{{table}}.{{csv|parquet}}"}}  # fmt: skip


@routes.get("/jobs/{job}", tags=["jobs"])
def progress(request: Request, job: str) -> Response:
    """How far an upload is."""
    return answer(request, _about(job_of(request, job)))


@routes.get("/jobs/{job}/events", tags=["jobs"], response_class=StreamingResponse)
async def events(request: Request, job: str) -> StreamingResponse:
    """The same as it happens (server-sent events `read`, `failed`, `done`, `broken`); goes on after `Last-Event-ID`."""
    found = job_of(request, job)
    last = request.headers.get("last-event-id", "")
    return StreamingResponse(_events(found, int(last) + 1 if last.isdecimal() and len(last) < 9 else 0), media_type="text/event-stream",
                             headers={"Cache-Control": "no-store"})  # fmt: skip


async def _events(job: Job, number: int) -> AsyncIterator[str]:
    while True:
        changed = job.changed
        for news in job.news[number:]:
            yield f"id: {number}\nevent: {news.event}\ndata: {json.dumps(news._asdict(), ensure_ascii=False)}\n\n"
            number += 1
        if job.state in {"done", "broken"}:
            return
        try:
            await asyncio.wait_for(changed.wait(), timeout=15)
        except TimeoutError:
            yield ": still reading\n\n"


@routes.get("/jobs/{job}/plans", tags=["jobs"])
def plans_of_job(request: Request, job: str) -> Response:
    """All plans of an upload, as a JSON list."""
    path = job_of(request, job).outputs / "plans.jsonl"
    if not path.is_file():
        raise HTTPException(409, "Not read yet.")
    return list_of_lines(request, path)


@routes.get("/jobs/{job}/tables/{name}", tags=["jobs"], response_class=FileResponse)
def table(request: Request, job: str, name: str) -> FileResponse:
    """A table of an upload: `targets.csv`, `plans.parquet`, ..."""
    return file_in(job_of(request, job).outputs / "tables", name)


@routes.get("/jobs/{job}/report/{path:path}", tags=["jobs"], response_class=FileResponse)
def report(request: Request, job: str, path: str) -> Response:
    """The pages of an upload; those of the folder that the service was started with are under `library`."""
    if not path:
        return RedirectResponse("index.html")
    return file_in(job_of(request, job).report, path)


@routes.get("/plans", tags=["queries"], response_model=Rows)
def plans(request: Request, level: Level | None = None, code: str | None = None, year: Annotated[int | None, Query(ge=1900, le=2100)] = None,
          limit: Limit = 100, offset: Offset = 0) -> Response:  # fmt: skip
    """The plans of all finished runs."""
    where = {"locality_level = ?": level, "code = ?": code, "issued_on LIKE ?": f"{year}-%" if year else None}
    return _rows(request, "plans", where, limit, offset)


@routes.get("/plans/{plan}", tags=["queries"])
def plan(request: Request, plan: Annotated[str, "sixteen hex digits"]) -> Response:
    """One plan as Plan JSON."""
    return answer(request, plan_file(request, plan).read_bytes())


@routes.get("/targets", tags=["queries"], response_model=Rows)
def targets(request: Request, indicator: str | None = None, level: Level | None = None, plan: str | None = None,
            limit: Limit = 100, offset: Offset = 0) -> Response:  # fmt: skip
    """Targets by indicator and by the level of their plan."""
    return _rows(request, "targets", {"indicator = ?": indicator, "plan_level = ?": level, "plan_id = ?": plan}, limit, offset)


@routes.get("/references/{code:path}", tags=["queries"], response_model=Rows)
def references(request: Request, code: str, limit: Limit = 100, offset: Offset = 0) -> Response:
    """Where an instrument is named, by its code: `/references/25-CT/TW`."""
    return _rows(request, "references", {"code = ?": code}, limit, offset)


@routes.get("/compare", tags=["queries"])
def compared(request: Request, plans: Annotated[str, Query(description="ids of two to twenty plans, divided by commas", max_length=400)]) -> Response:
    """The comparison of some plans as Comparison JSON."""
    ids = list(dict.fromkeys(filter(None, plans.split(","))))
    if not 2 <= len(ids) <= 20:
        raise HTTPException(422, "Give the ids of two to twenty plans.")
    read = [stored_plan(plan_file(request, one).read_bytes()) for one in ids]
    try:
        return answer(request, comparison_json(compare(read)))
    except CannotCompare as error:
        raise HTTPException(422, str(error)) from error


def comparison_json(comparison: Any) -> bytes:
    """A comparison as JSON."""
    from pydantic import TypeAdapter

    return TypeAdapter(type(comparison)).dump_json(comparison)


def _rows(request: Request, table: str, where: dict[str, Any], limit: int, offset: int) -> Response:
    outputs = [job.outputs for job in jobs_of(request).finished()]
    total, rows = ask(outputs, table, where, limit=limit, offset=offset)
    return answer(request, {"total": total, "limit": limit, "offset": offset, "rows": rows})


