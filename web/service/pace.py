"""Pace: how often one address asks within a minute, so that nobody guesses keys or keeps the others waiting."""

import time
from collections import Counter
from collections.abc import Callable

_MINUTE = 60.0
_MOST_ADDRESSES = 100_000


class Pace:
    """Pace: counts a minute at a time; what was counted before is forgotten, so that memory stays bounded."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Allow `most` in a minute to each address."""
        self._most, self._clock = most, clock
        self._minute, self._counts = clock(), Counter[str]()

    def count(self, address: str) -> None:
        """Note that an address has done it."""
        self._turn()
        self._counts[address] += 1

    def is_over(self, address: str) -> bool:
        """Whether an address has done it too often.

        >>> now = [0.0]
        >>> pace = Pace(2, lambda: now[0])
        >>> for _ in range(3): pace.count("a")
        >>> pace.is_over("a"), pace.is_over("b"), now.append(now.pop() + 61), pace.is_over("a")
        (True, False, None, False)
        """
        self._turn()
        return self._counts[address] > self._most

    def _turn(self) -> None:
        if self._clock() - self._minute >= _MINUTE or len(self._counts) > _MOST_ADDRESSES:
            self._minute, self._counts = self._clock(), Counter()
