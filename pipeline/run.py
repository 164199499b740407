"""Run: a list of files in, the files of `outputs` out, in the order of the names whatever the number of processes.

Every input is accounted for: it has a line in `plans.jsonl` or one in `failures.jsonl`. A file whose bytes were read before
under another name is listed among the failures with the code `duplicate`, and does not count as failed.
"""

import platform
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipeline import VERSION
from pipeline.inputs import Input, folders_of
from pipeline.language import prepare
from pipeline.outcomes import Failure, Outcome, Success, outcome_of
from pipeline.workers import FORKS, Died, Pool
from schemas.plan import SCHEMA_VERSION

_ENGINES = ("spacy", "underthesea", "pypdfium2", "pdfplumber", "pydantic")
DUPLICATE = "duplicate"

Watcher = Callable[[Outcome], None]


class Tally:
    """Tally: what a run came to, for people and for `run.json`."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.plans = 0
        self.characters = 0
        self.facts: Counter[str] = Counter()
        self.failures: list[Failure] = []
        self.duplicates: list[Failure] = []

    def count(self, outcome: Outcome) -> None:
        """Take one file into account."""
        if isinstance(outcome, Success):
            self.plans += 1
            self.characters += len(outcome.text)
            self.facts.update(outcome.counts)
        elif outcome.code == DUPLICATE:
            self.duplicates.append(outcome)
        else:
            self.failures.append(outcome)


def extract(inputs: Sequence[Input], folder: Path, *, jobs: int, watch: Watcher = lambda outcome: None) -> Tally:
    """Read `inputs` and write the results into `folder`; `watch` is told of every file as its turn comes.

    Raises `OSError` where `folder` cannot be written; nothing half-written is left then.
    """
    started, begin = datetime.now(UTC), time.perf_counter()
    if FORKS:
        prepare()
    pool: Pool[Input, Outcome] = Pool(outcome_of, jobs)
    try:
        # Arrow starts threads of its own, which must not be there when the workers are forked.
        from pipeline.outputs import Outputs

        tally = Tally()
        with Outputs(folder) as outputs:
            for outcome in _without_duplicates(_named(inputs, pool)):
                outputs.add(outcome) if isinstance(outcome, Success) else outputs.fail(outcome)
                tally.count(outcome)
                watch(outcome)
            outputs.finish(_report(tally, started, time.perf_counter() - begin, jobs) | {"folders": folders_of(inputs)})
    finally:
        pool.close()
    return tally


def _named(inputs: Sequence[Input], pool: Pool[Input, Outcome]) -> Iterator[Outcome]:
    for item, outcome in zip(inputs, pool.map(inputs), strict=True):
        yield _death_of(item, outcome) if isinstance(outcome, Died) else outcome


def _death_of(item: Input, died: Died) -> Failure:
    message = f"{item.name}: the process that read it ended with code {died.exitcode}."
    remedy = "Its memory may not have sufficed: read it alone with --jobs 1; report it if that fails too."
    return Failure(item.name, None, "worker_died", message, remedy)


def _without_duplicates(outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
    first: dict[str, str] = {}
    for outcome in outcomes:
        if isinstance(outcome, Success) and outcome.plan_id in first:
            message = f"{outcome.name}: the same bytes as {first[outcome.plan_id]}, whose plan stands for both."
            yield Failure(outcome.name, outcome.sha256, DUPLICATE, message, "Nothing need be done.")
            continue
        if isinstance(outcome, Success):
            first[outcome.plan_id] = outcome.name
        yield outcome


def _report(tally: Tally, started: datetime, seconds: float, jobs: int) -> dict[str, Any]:
    """What `run.json` says; the only output with clock times and versions in it."""
    return {
        "schema_version": SCHEMA_VERSION,
        "versions": {"kehoach": VERSION, "python": platform.python_version(), **{name: version(name) for name in _ENGINES}},
        "counts": {
            "inputs": tally.plans + len(tally.failures) + len(tally.duplicates),
            "plans": tally.plans,
            "failures": dict(sorted(Counter(failure.code for failure in tally.failures).items())),
            "duplicates": len(tally.duplicates),
            "characters": tally.characters,
            "facts": dict(tally.facts),
        },
        "times": {"started": started.isoformat(timespec="seconds"), "seconds": round(seconds, 3), "jobs": jobs},
    }
