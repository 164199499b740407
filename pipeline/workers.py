"""Workers: processes that read documents in parallel; the results come in the order of the inputs.

A worker that dies costs the document it was reading, not the run: that document fails and a new worker takes its place.
At most a few results a worker wait for a slow document before them, so that memory does not grow with the run.
"""

import contextlib
import gc
import multiprocessing
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, NamedTuple, TypeVar

AHEAD = 8
"""How many documents a worker may be ahead of the one that is written next."""

# Forking a process that Apple's libraries have touched can crash it, so only Linux forks.
FORKS = sys.platform == "linux"
_CONTEXT = multiprocessing.get_context("fork") if FORKS else multiprocessing.get_context("spawn")

Item = TypeVar("Item")
Result = TypeVar("Result")


class Died(NamedTuple):
    """Died: the worker ended while it had this document; `exitcode` is minus the signal where one ended it."""

    exitcode: int | None


class Pool(Generic[Item, Result]):
    """Pool: `jobs` processes that all do `work`; where the system can fork, they share what the parent has loaded."""

    def __init__(self, work: Callable[[Item], Result], jobs: int) -> None:
        """Start the processes."""
        collect_seldom()
        self._work = work
        self._idle: list[tuple[Connection, BaseProcess]] = []
        self._busy: dict[Connection, tuple[int, BaseProcess]] = {}
        for _ in range(jobs):
            self._idle.append(self._start())
        self._ahead = jobs * AHEAD

    def map(self, items: Sequence[Item]) -> Iterator[Result | Died]:
        """What `work` returns for each item, in order."""
        todo = deque(range(len(items)))
        done: dict[int, Result | Died] = {}
        for number in range(len(items)):
            while number not in done:
                while self._idle and todo and todo[0] < number + self._ahead:
                    self._give(todo.popleft(), items)
                for connection in wait(list(self._busy)):
                    self._take(connection, done)  # type: ignore[arg-type]
            yield done.pop(number)

    def close(self) -> None:
        """End all processes, also those that still work."""
        for connection, process in [*self._idle, *((c, p) for c, (_, p) in self._busy.items())]:
            connection.close()
            process.terminate()
            process.join()

    def _start(self) -> tuple[Connection, BaseProcess]:
        ours, theirs = _CONTEXT.Pipe()
        inherited = [ours, *self._lines()] if FORKS else []
        process = _CONTEXT.Process(target=_serve, args=(theirs, self._work, inherited), daemon=True)
        process.start()
        theirs.close()
        return ours, process

    def _lines(self) -> list[Connection]:
        return [*(connection for connection, _ in self._idle), *self._busy]

    def _give(self, number: int, items: Sequence[Item]) -> None:
        connection, process = self._idle.pop()
        if not process.is_alive():  # killed while it waited: no document is to blame
            connection.close()
            connection, process = self._start()
        connection.send(items[number])
        self._busy[connection] = (number, process)

    def _take(self, connection: Connection, done: dict[int, Result | Died]) -> None:
        number, process = self._busy.pop(connection)
        try:
            done[number] = connection.recv()
        except (EOFError, ConnectionError):
            process.join()
            connection.close()
            done[number] = Died(process.exitcode)
            self._idle.append(self._start())
        else:
            self._idle.append((connection, process))


def collect_seldom() -> None:
    """Keep what is loaded out of garbage collection, and collect the rest seldom.

    Nearly all that a document makes is freed as soon as it is not referred to; looking through it every few hundred objects
    costs a fifth of the time. What is kept out also stays shared between forked processes.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def _serve(connection: Connection, work: Callable[[Item], Result], inherited: list[Connection]) -> None:
    """Answer items with results until the parent closes the line or dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupted run leaves
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if not FORKS:
        collect_seldom()
    for line in inherited:  # a line is only closed when every process that holds its other end has closed it
        line.close()
    with contextlib.suppress(EOFError, ConnectionError):
        while True:
            connection.send(work(connection.recv()))
