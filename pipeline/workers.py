"""Workers: processes that read documents in parallel, each held to limits; the results come as they are done.

A worker that crashes, hangs or takes too much memory costs the document that it was reading, not the run: a new worker takes its
place, and the document is tried once more at the end, alone. A worker ends with its parent, and all programs that it started
with it, whichever way either of them ends.
"""

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from pipeline.limits import Limits, allow, end_session, hold
from pipeline.stages import STAGES, tell

# Forking a process that Apple's libraries have touched can crash it, so only Linux forks.
FORKS = sys.platform == "linux"
_CONTEXT = multiprocessing.get_context("fork") if FORKS else multiprocessing.get_context("spawn")
_OUT_OF_MEMORY = 77  # the code that a worker ends with
_LOOK = 1.0  # second; how often the parent looks after workers that say nothing

Item = TypeVar("Item")
Result = TypeVar("Result")
_Given = TypeVar("_Given", contravariant=True)
_Taken = TypeVar("_Taken", covariant=True)


class Died(NamedTuple):
    """Died: the worker ended while it had this document: why (a code of `failures.jsonl`), at which stage, and how.

    `exitcode` is minus the signal where one ended it.
    """

    code: str
    stage: str
    exitcode: int | None


class Readers(Protocol[_Given, _Taken]):
    """Readers: whoever turns items into results, in whatever order and place: a `Pool` on this machine, or many machines."""

    def map(self, items: Iterable[_Given]) -> Iterator[tuple[int, _Taken | Died]]:
        """The number of each item, counted as they are taken, and its result; each item gives exactly one.

        Items are taken only as fast as they are worked on, since they may be more than memory holds.
        """

    def close(self) -> None:
        """End all work."""


class Pool(Generic[Item, Result]):
    """Pool: up to `jobs` processes that all do `work`; where the system can fork, they share what the parent has loaded."""

    def __init__(
        self, work: Callable[[Item], Result], jobs: int, limits: Limits, *, prepare: Callable[[], None] | None = None
    ) -> None:
        """Nothing is started before it is needed; `prepare` loads then what forked processes shall share."""
        self._work = work
        self._jobs = jobs
        self._limits = limits
        self._prepare = prepare
        self._idle: list[_Worker[Item, Result]] = []
        self._busy: dict[Any, _Worker[Item, Result]] = {}
        self._lifeline: tuple[Connection, Connection] | None = None
        self._scratch: tempfile.TemporaryDirectory[str] | None = None

    def map(self, items: Iterable[Item]) -> Iterator[tuple[int, Result | Died]]:
        """What `work` returns for each item, by its number, as it is done."""
        again: list[tuple[int, Item]] = []
        for number, item, result in self._run(enumerate(items), self._jobs):
            if isinstance(result, Died):
                again.append((number, item))
            else:
                yield number, result
        for task in sorted(again, key=lambda task: task[0]):
            self._end_all()
            yield from ((number, result) for number, _, result in self._run(iter([task]), 1))

    def close(self) -> None:
        """End all processes, also those that still work."""
        self._end_all()
        for line in self._lifeline or ():
            line.close()
        if self._scratch:
            self._scratch.cleanup()
        self._lifeline = self._scratch = None

    def _run(self, tasks: Iterator[tuple[int, Item]], at_once: int) -> Iterator[tuple[int, Item, Result | Died]]:
        done: list[tuple[int, Item, Result | Died]] = []
        while True:
            while len(self._busy) < at_once and (task := next(tasks, None)):
                self._give(*task)
            yield from done
            if not self._busy:
                return
            done = [self._take(connection) for connection in wait(list(self._busy), timeout=_LOOK)]
            for worker in self._busy.values():
                worker.end_if_stuck(self._limits.seconds)

    def _give(self, number: int, item: Item) -> None:
        while True:
            worker = self._idle.pop() if self._idle else self._start()
            try:
                worker.give(number, item)
            except (BrokenPipeError, ConnectionError):  # killed while it waited: no document is to blame
                worker.end()
            else:
                self._busy[worker.connection] = worker
                return

    def _take(self, connection: object) -> tuple[int, Item, Result | Died]:
        worker = self._busy.pop(connection)
        number, item, result = worker.take()
        if not isinstance(result, Died):
            self._idle.append(worker)
        return number, item, result

    def _start(self) -> "_Worker[Item, Result]":
        if self._lifeline is None or self._scratch is None:
            if self._prepare and FORKS:
                self._prepare()
            collect_seldom()
            self._lifeline = _CONTEXT.Pipe(duplex=False)
            self._scratch = tempfile.TemporaryDirectory(prefix="kehoach-", ignore_cleanup_errors=True)
        reading, writing = self._lifeline
        ours = [writing, *(worker.connection for worker in (*self._idle, *self._busy.values()))]
        place = _Place(reading, ours if FORKS else [], self._scratch.name, self._limits)
        return _Worker(self._work, place)

    def _end_all(self) -> None:
        for worker in (*self._idle, *self._busy.values()):
            worker.end()
        self._idle.clear()
        self._busy.clear()


class _Place(NamedTuple):
    """Place: what a worker starts with: its parent's lifeline, lines that are not its own, a folder for passing files."""

    lifeline: Connection
    others: list[Connection]
    scratch: str
    limits: Limits


class _Worker(Generic[Item, Result]):
    """Worker: a process, seen by its parent, with what it is doing."""

    def __init__(self, work: Callable[[Item], Result], place: _Place) -> None:
        self._sign: Any = _CONTEXT.RawArray("d", 2)
        self.connection, theirs = _CONTEXT.Pipe()
        if FORKS:
            place.others.append(self.connection)
        self._process: BaseProcess = _CONTEXT.Process(target=_serve, args=(theirs, work, place, self._sign), daemon=True)
        self._process.start()
        theirs.close()
        self._code = "worker_died"
        self._task: tuple[int, Item] | None = None

    def give(self, number: int, item: Item) -> None:
        """Let it work on an item; raises `ConnectionError` where it has ended."""
        self._sign[:] = [time.monotonic(), 0]
        self.connection.send(item)
        self._task = (number, item)

    def take(self) -> tuple[int, Item, Result | Died]:
        """What became of its item, once its line says something or is closed."""
        assert self._task
        number, item = self._task
        try:
            result: Result | Died = self.connection.recv()
        except (EOFError, OSError):
            result = self._died()
        return number, item, result

    def end_if_stuck(self, seconds: float) -> None:
        """End it where it has shown no progress for so long; its line is closed then."""
        if seconds and time.monotonic() - self._sign[0] > seconds:
            self._code = "time_limit"
            self._kill()

    def end(self) -> None:
        """End it now, with all that it has started."""
        self._kill()
        self._process.join()
        self._process.close()
        self.connection.close()

    def _kill(self) -> None:
        leader = self._process.pid
        if leader is not None:
            self._process.kill()
            end_session(leader)

    def _died(self) -> Died:
        self._kill()
        self._process.join()
        exitcode = self._process.exitcode
        self.end()
        if exitcode == -getattr(signal, "SIGXCPU", 0):
            self._code = "time_limit"
        if exitcode == _OUT_OF_MEMORY:
            self._code = "memory_limit"
        return Died(self._code, STAGES[int(self._sign[1])], exitcode)


def collect_seldom() -> None:
    """Keep what is loaded out of garbage collection, and collect the rest seldom.

    Nearly all that a document makes is freed as soon as it is not referred to; looking through it every few hundred objects
    costs a fifth of the time. What is kept out also stays shared between forked processes.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def _serve(connection: Connection, work: Callable[[Item], Result], place: _Place, sign: Any) -> None:
    """Answer items with results until the parent closes the line or dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupted run leaves
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if not FORKS:
        collect_seldom()
    for line in place.others:  # a line is only closed when every process that holds its other end has closed it
        line.close()
    if hasattr(os, "setsid"):
        os.setsid()
    threading.Thread(target=_end_with_parent, args=(place.lifeline,), daemon=True).start()
    tempfile.tempdir = place.scratch
    hold(place.limits)
    tell(_shown_in(sign, place.limits.seconds))
    with contextlib.suppress(EOFError, ConnectionError):
        while True:
            item = connection.recv()
            try:
                connection.send(work(item))
            except MemoryError:
                os._exit(_OUT_OF_MEMORY)


def _shown_in(sign: Any, seconds: float) -> Callable[[int], None]:
    """What is called at each sign of progress: it shows the parent the time and the stage, and puts off the end."""

    def show(stage: int) -> None:
        sign[:] = [time.monotonic(), stage]
        allow(seconds)

    return show


def _end_with_parent(lifeline: Connection) -> None:
    """Wait until the parent is no more, however it ended."""
    with contextlib.suppress(EOFError, OSError):
        lifeline.recv()
    end_session(os.getpid())
    os._exit(1)
