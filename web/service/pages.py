"""Pages: the pages of a plan's document, drawn when they are first asked for, in a process of its own that the document may break."""

import asyncio
import json
import sys
from contextlib import suppress
from pathlib import Path

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import FileResponse

from schemas.stored import stored_plan
from web.drawing import Order, order_of, write_pages
from web.service.answers import file_in
from web.service.jobs import LIBRARY, Job
from web.service.lookup import job_of, jobs_of, plan_of_job
from web.sources import Sources, folders_of

SECONDS = 60
"""A document that takes longer is not drawn."""
routes = APIRouter()
_MODULE = [sys.executable, "-m", "web.drawing"]


@routes.get("/jobs/{job}/report/data/pages/{plan}.js", include_in_schema=False)
async def pages(request: Request, job: str, plan: str) -> FileResponse:
    """Where the pictures of the pages are, and the boxes on them, as a script of the report."""
    found = job_of(request, job)
    path = plan_of_job(found, plan)
    if path is None:
        raise HTTPException(404, "No such plan in this folder.")
    name = f"data/pages/{plan}.js"
    async with jobs_of(request).drawing:
        if not (found.report / name).is_file():
            order = await asyncio.to_thread(_order, found, path)
            if order is None or not await _drawn(order):
                write_pages(found.report, plan, [], [], "not_drawn" if order else "source_gone")
    return file_in(found.report, name)


def _order(job: Job, path: Path) -> Order | None:
    folders = folders_of(job.outputs) if job.id == LIBRARY else []
    sources = Sources(folders, {one.name: one for one in job.inputs})
    return order_of(stored_plan(path.read_bytes()), sources, job.report)


async def _drawn(order: Order) -> bool:
    process = await asyncio.create_subprocess_exec(*_MODULE, stdin=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL)
    try:
        await asyncio.wait_for(process.communicate(json.dumps(order).encode()), timeout=SECONDS)
    except TimeoutError:
        return False
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    return process.returncode == 0
