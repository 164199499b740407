"""Runner: a process of its own that has everything loaded and forks a child for each run, so that a run starts at once.

The runner itself does no work and starts no thread, so that forking it is safe; a run that crashes costs that run.
"""

import contextlib
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from pipeline.inputs import Input

_SPAWN = multiprocessing.get_context("spawn")
_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


class Order(NamedTuple):
    """Order: files to read into a folder (none where its run is there already), and where to write the pages."""

    inputs: tuple[Input, ...]
    outputs: Path
    report: Path
    jobs: int


class News(NamedTuple):
    """News: what a run has come to: one file is `read` or `failed`, the whole is `done` or `broken`."""

    event: str
    name: str = ""
    plan: str | None = None
    code: str | None = None
    message: str = ""


class Runner:
    """Runner: gives orders to the process and hands on its news; use from one thread at a time."""

    def __init__(self) -> None:
        """Start the process."""
        self._connection, self._process = self._start()

    def run(self, order: Order) -> Iterator[News]:
        """Carry out an order; the last news is `done` or `broken`."""
        if not self._process.is_alive():
            self._connection, self._process = self._start()
        try:
            self._connection.send(order)
            while True:
                news: News = self._connection.recv()
                yield news
                if news.event in {"done", "broken"}:
                    return
        except (EOFError, OSError):
            yield News("broken", message="The process that reads documents has ended.")

    def close(self) -> None:
        """End the process and its children."""
        self._connection.close()
        self._process.join(timeout=5)
        if self._process.is_alive():
            self._process.terminate()
            self._process.join()

    def _start(self) -> tuple[Connection, multiprocessing.process.BaseProcess]:
        ours, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(target=_serve, args=(theirs,))
        process.start()
        theirs.close()
        return ours, process


def _serve(connection: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in _THREADS:
        os.environ.setdefault(name, "1")
    _load()
    forking = multiprocessing.get_context("fork") if "fork" in multiprocessing.get_all_start_methods() else _SPAWN
    with contextlib.suppress(EOFError, OSError):
        while True:
            order: Order = connection.recv()
            mine, childs = forking.Pipe(duplex=False)
            child = forking.Process(target=_carry_out, args=(order, childs))
            child.start()
            childs.close()
            _hand_on(mine, connection.send)
            child.join()


def _load() -> None:
    """Load once what every child needs; nothing of it may start a thread, since children are forked."""
    import pipeline.run  # noqa: F401
    from pipeline.document import prepare
    from pipeline.edition import edition
    from web.report import environment

    prepare()
    edition()
    for name in environment().list_templates():
        environment().get_template(name)


def _hand_on(mine: Connection, send: Callable[[News], None]) -> None:
    last = ""
    try:
        while last not in {"done", "broken"}:
            news: News = mine.recv()
            last = news.event
            send(news)
    except EOFError:
        send(News("broken", message="The run ended before it was finished."))
    finally:
        mine.close()


def _carry_out(order: Order, connection: Connection) -> None:
    from pipeline.limits import Limits, usual_memory
    from pipeline.outcomes import Outcome, Success
    from pipeline.run import Settings, extract

    def watch(outcome: Outcome) -> None:
        if isinstance(outcome, Success):
            connection.send(News("read", outcome.name, plan=outcome.plan_id))
        else:
            connection.send(News("failed", outcome.name, code=outcome.code, message=f"{outcome.message} {outcome.remedy}"))

    try:
        if order.inputs:
            settings = Settings(min(order.jobs, len(order.inputs)), Limits(memory=usual_memory()))
            extract(order.inputs, order.outputs, settings, watch=watch)
        from web.report import write_report

        write_report(order.outputs, order.report, reviewed=False)  # what is reviewed here is what the rules have found
        connection.send(News("done"))
    except Exception as error:  # told to the one who waits; the next run is not touched
        connection.send(News("broken", message=f"{type(error).__name__}: {error}"))
