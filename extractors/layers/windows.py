"""Windows: the stretches of a text round some words, so that a large grammar is tried only where it can match.

The words of all grammars are looked for together, once a text, by one automaton (Aho and Corasick 1975), which takes no longer for a hundred
words than for one. A search by a pattern of them takes ten times as long, and a grammar with as many branches twenty times that.
"""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick

from extractors.layers.folded import fold_in_place

Anchors = int
"""Words that are looked for, by the number that `anchors` gave them."""
Span = tuple[int, int]
_known: list[tuple[str, ...]] = []


def anchors(*words: str) -> Anchors:
    """Have these words looked for in every folded text from now on; they may begin or end inside a syllable."""
    _known.append(tuple(map(fold_in_place, words)))
    _automaton.cache_clear()
    _found.cache_clear()
    return len(_known) - 1


def found_in(key: str, words: Anchors, start: int, end: int) -> Sequence[Span]:
    """Where the words stand in `[start, end)` of a folded text, in order.

    >>> found_in("mười hai tháng ba", anchors("tháng", "ba"), 5, 17)
    [(9, 14), (15, 17)]
    """
    starts, places = _found(key)[words]
    first = bisect_left(starts, start)
    if first == len(starts) or starts[first] >= end:
        return ()
    return [place for place in places[first : bisect_left(starts, end, first)] if place[1] <= end]


def count_in(key: str, words: Anchors, start: int, end: int) -> int:
    """How many of the words begin in `[start, end)` of a folded text.

    >>> count_in("mười hai tháng ba", anchors("ba", "hai"), 0, 17)
    2
    """
    starts, _ = _found(key)[words]
    return bisect_left(starts, end) - bisect_left(starts, start)


def windows(words: Anchors, key: str, span: Span, margins: Span) -> list[Span]:
    """Stretches of `span` that begin `margins[0]` characters before an anchor and end so many behind it, at a word's edge.

    >>> [("mười hai tháng ba năm nay ta đi"[a:b]) for a, b in windows(anchors("ba"), "mười hai tháng ba năm nay ta đi", (0, 31), (3, 2))]
    ['ng ba năm']
    """
    start, end = span
    before, after = margins
    joined: list[Span] = []
    opened = closed = -1
    for first, last in found_in(key, words, start, end):
        a, b = max(start, first - before), min(end, last + after)
        if a > closed:
            if closed >= 0:
                joined.append((opened, _edge(key, closed, end)))
            opened = a
        closed = max(closed, b)
    if closed >= 0:
        joined.append((opened, _edge(key, closed, end)))
    return joined


def _edge(key: str, at: int, end: int) -> int:
    blank = key.find(" ", at, end)
    return end if blank < 0 else blank


@cache
def _automaton() -> tuple[AhoCorasick, list[list[Anchors]]]:
    """The automaton of all words, and the anchors that each word is one of."""
    owners: dict[str, list[Anchors]] = {}
    for number, words in enumerate(_known):
        for word in words:
            owners.setdefault(word, []).append(number)
    return AhoCorasick(owners, store_patterns=False), list(owners.values())


@lru_cache(maxsize=2)
def _found(key: str) -> list[tuple[list[int], list[Span]]]:
    """Where the words of all anchors begin and stand in a text, by their number; kept for the text that is being read."""
    automaton, owners = _automaton()
    places: list[list[Span]] = [[] for _ in _known]
    for word, start, end in automaton.find_matches_as_indexes(key, overlapping=True):
        for number in owners[word]:
            places[number].append((start, end))
    for found in places:
        found.sort()
    return [([start for start, _ in found], found) for found in places]
