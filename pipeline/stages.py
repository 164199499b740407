"""Stages: the steps that a document goes through, what each of them costs, and how far it is.

    read ──▶ unwrap ──▶ mark ──▶ extract ──▶ write

One document at a time is read in a process, so this is kept once a process. All times are of a clock that never goes back.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

STAGES = ("read", "unwrap", "mark", "extract", "write")

_spent: dict[str, float] = {}
_reached = STAGES[0]


def _nobody(stage: int) -> None:
    """Nobody waits for this process."""


_told: Callable[[int], None] = _nobody


def tell(listener: Callable[[int], None]) -> None:
    """Call `listener` with the number of the stage whenever a document gets on, from whichever thread."""
    global _told
    _told = listener


def begin() -> None:
    """A new document: nothing is spent yet."""
    global _reached
    _spent.clear()
    _reached = STAGES[0]
    get_on()


def reached() -> str:
    """The stage that the document has come to."""
    return _reached


def spent() -> dict[str, float]:
    """Milliseconds on the clock of each stage so far."""
    return {name: round(1000 * seconds, 1) for name, seconds in _spent.items()}


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Count what goes on inside as this stage."""
    global _reached
    _reached = name
    get_on()
    begin = time.perf_counter()
    try:
        yield
    finally:
        _spent[name] = _spent.get(name, 0.0) + time.perf_counter() - begin


def get_on() -> None:
    """Say that a page, or what else takes its time, is done: a document is given up only when nothing is done for long."""
    _told(STAGES.index(_reached))
