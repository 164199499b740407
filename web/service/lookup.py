"""Lookup: from a request to the job and the plan that it names."""

from pathlib import Path

from fastapi import HTTPException, Request

from web.service.jobs import Job, Jobs

_HEX = frozenset("0123456789abcdef")


def jobs_of(request: Request) -> Jobs:
    """The jobs of the application."""
    found: Jobs = request.app.state.jobs
    return found


def job_of(request: Request, job: str) -> Job:
    """A job that is kept; else not found."""
    found = jobs_of(request).get(job)
    if found is None:
        raise HTTPException(404, "No such upload, or it is older than a day.")
    return found


def plan_file(request: Request, plan: str) -> Path:
    """The Plan JSON of a plan of any finished run; else not found."""
    for job in jobs_of(request).finished():
        if path := plan_of_job(job, plan):
            return path
    raise HTTPException(404, "No such plan.")


def plan_of_job(job: Job, plan: str) -> Path | None:
    """The Plan JSON of a plan of one run."""
    path = job.outputs / "plans" / f"{plan}.json"
    return path if len(plan) == 16 and set(plan) <= _HEX and path.is_file() else None
