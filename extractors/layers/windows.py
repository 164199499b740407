"""Windows: the stretches of a text round some words, so that a large grammar is tried only where it can match.

A search for plain words runs twenty times as fast as a grammar with as many branches.
"""

import re
from collections.abc import Iterator


def anchors(*words: str) -> re.Pattern[str]:
    """A pattern of plain words of a folded text."""
    return re.compile("|".join(re.escape(word) for word in words))


def windows(pattern: re.Pattern[str], key: str, span: tuple[int, int], margins: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Stretches of `span` that begin `margins[0]` characters before an anchor and end so many behind it, at a word's edge.

    >>> [("mười hai tháng ba năm nay ta đi"[a:b]) for a, b in windows(anchors("ba"), "mười hai tháng ba năm nay ta đi", (0, 31), (3, 2))]
    ['ng ba năm']
    """
    start, end = span
    before, after = margins
    opened = closed = -1
    for found in pattern.finditer(key, start, end):
        a, b = max(start, found.start() - before), min(end, found.end() + after)
        if a > closed:
            if closed >= 0:
                yield opened, _edge(key, closed, end)
            opened = a
        closed = b
    if closed >= 0:
        yield opened, _edge(key, closed, end)


def _edge(key: str, at: int, end: int) -> int:
    blank = key.find(" ", at, end)
    return end if blank < 0 else blank
