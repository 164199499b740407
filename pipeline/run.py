"""Run: a list of files in, the files of `outputs` out, in the order of the names whoever reads them in whatever order.

    inputs ──ledger──▶ readers ──▶ journal ──▶ outputs

Every input is accounted for: it has a line in `plans.jsonl` or one in `failures.jsonl`. A run that was ended, by whatever, goes on
where it was when it is started again; a run over files that an earlier one has read reads only those that are new or changed.
"""

import os
import platform
import signal
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from heapq import nlargest
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from pipeline import VERSION
from pipeline.document import prepare
from pipeline.edition import edition
from pipeline.inputs import Input, folders_of
from pipeline.journal import Journal
from pipeline.ledger import DUPLICATE, Ledger
from pipeline.limits import Limits
from pipeline.log import Log
from pipeline.outcomes import Cost, Failure, Outcome, Reading, Success, read_item
from pipeline.workers import Died, Pool, Readers
from schemas.plan import SCHEMA_VERSION

_ENGINES = ("spacy", "underthesea", "pypdfium2", "pdfplumber", "pydantic")
_SHOWN = 20
_LONG = 60.0
"""Seconds after which a run is worth waiting until the disk has it, so that a power cut leaves no name without its bytes."""
_DEATHS = {
    "worker_died": ("the process that read it ended twice", "Report it, if possible with the file."),
    "time_limit": ("nothing got on with it within the time limit, twice", "Read it alone with a larger --time-limit."),
    "memory_limit": ("it took more memory than it may, twice", "Read it alone with a larger --memory-limit, or split it."),
}

Watcher = Callable[[Outcome], None]


class Settings(NamedTuple):
    """Settings: how a run is done; none of them changes a byte of what comes out, but for files that go over the limits.

    `fresh` reads all files again; `log` is where a structured log is appended.
    """

    jobs: int = 1
    limits: Limits = Limits()
    fresh: bool = False
    log: Path | None = None


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
            self.characters += outcome.characters
            self.facts.update(outcome.counts)
        elif outcome.code == DUPLICATE:
            self.duplicates.append(outcome)
        else:
            self.failures.append(outcome)


class Costs:
    """Costs: where the time and memory of a run went, by stage and by the files that took most."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._stages: Counter[str] = Counter()
        self._most: dict[str, list[tuple[float, str]]] = {"milliseconds": [], "memory": []}

    def count(self, name: str, cost: Cost) -> None:
        """Take one file into account."""
        self._stages.update(cost.stages)
        for what, most in self._most.items():
            most.append((getattr(cost, what), name))
            if len(most) > 10 * _SHOWN:
                most[:] = nlargest(_SHOWN, most)

    def report(self) -> dict[str, Any]:
        """Seconds of each stage, the slowest files in seconds, and the files that took most memory in MB."""
        slowest, largest = (nlargest(_SHOWN, most) for most in self._most.values())
        return {
            "stages": {stage: round(spent / 1000, 3) for stage, spent in self._stages.items()},
            "slowest": {name: round(spent / 1000, 3) for spent, name in slowest},
            "most_memory": {name: round(spent / 1_048_576) for spent, name in largest},
        }


def extract(
    inputs: Sequence[Input],
    folder: Path,
    settings: Settings,
    *,
    readers: Readers[Input, Reading] | None = None,
    watch: Watcher = lambda outcome: None,
) -> Tally:
    """Read `inputs` and write the results into `folder`; `watch` is told of every file, once, as soon as it is done.

    `readers` read, where given, else processes of this machine. Raises `AnotherRun` where another run writes into `folder`, and
    `OSError` where it cannot be written: what an earlier run left is as it was then, and what was read is kept.
    """
    started, begin = datetime.now(UTC), time.monotonic()
    tally, costs = Tally(), Costs()
    with Journal(folder, fresh=settings.fresh) as journal, Log(settings.log) as log:
        log.write("begin", version=VERSION, edition=edition(), inputs=len(inputs), folder=str(folder), jobs=settings.jobs)

        def told(outcome: Outcome, cost: Cost | None) -> None:
            if cost:
                costs.count(outcome.name, cost)
            log.write("read" if cost else "known", **_line_of(outcome, cost))
            watch(outcome)

        ledger = Ledger(inputs, journal, told)
        _read(ledger, readers, settings)
        # Arrow starts threads of its own, which must not be there when workers are forked.
        from pipeline.outputs import Outputs

        with Outputs(folder, journal.scratch()) as outputs:
            for outcome in ledger.outcomes():
                outputs.add(outcome) if isinstance(outcome, Success) else outputs.fail(outcome)
                tally.count(outcome)
            seconds = time.monotonic() - begin
            if seconds > _LONG and hasattr(os, "sync"):
                os.sync()
            report = _report(tally, started, seconds, settings.jobs)
            read = {"folders": folders_of(inputs), "read": ledger.read, "kept": ledger.kept, "costs": costs.report()}
            outputs.finish(report | read)
        ledger.close()
        log.write("end", plans=tally.plans, failures=len(tally.failures), read=ledger.read, kept=ledger.kept)
    return tally


def _read(ledger: Ledger, readers: Readers[Input, Reading] | None, settings: Settings) -> None:
    """Have everything read that is missing."""
    pool = readers or Pool(read_item, settings.jobs, settings.limits, prepare=prepare)
    try:
        for number, result in pool.map(ledger.missing()):
            if isinstance(result, Died):
                ledger.enter(number, _death_of(ledger.asked(number), result), None)
            else:
                ledger.enter(number, *result)
    finally:
        if readers is None:
            pool.close()


def _death_of(item: Input, died: Died) -> Failure:
    what, remedy = _DEATHS[died.code]
    how = ""
    if died.code == "worker_died" and died.exitcode is not None:
        how = f", by {_signal(-died.exitcode)}" if died.exitcode < 0 else f", with code {died.exitcode}"
    return Failure(item.name, None, died.code, died.stage, f"{item.name}: {what}{how} (stage: {died.stage}).", remedy)


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _line_of(outcome: Outcome, cost: Cost | None) -> dict[str, Any]:
    """What the log says of a file."""
    if isinstance(outcome, Success):
        about: dict[str, Any] = {"name": outcome.name, "plan_id": outcome.plan_id, "pages": outcome.pages}
    else:
        about = {"name": outcome.name, "code": outcome.code, "stage": outcome.stage, "message": outcome.message}
    return about | (cost._asdict() if cost else {})


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
