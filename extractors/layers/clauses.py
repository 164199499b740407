"""Clauses: where the sentence and the clause around a character begin and end, within its line.

A clause ends at a semicolon, at a colon, at `, trong đó` and at the marks of an inline enumeration (`(1)`, `(a)`).
"""

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from extractors.layers.folded import folded, folded_pattern
from extractors.layers.lines import ROW, Line
from extractors.layers.marks import Doc, text_of
from extractors.layers.syllables import CAPITALS

_STOP = re.compile(
    rf"""[.!?…\n](?:(?<=\n)                                             # one sign first: the search is fast then
    |(?<![A-ZĐ].)(?<!\bT[PTXh].)(?<!\bS[Tt].)(?<!Th[Ss].)(?<!\n)[”"')]*\s+(?=[“"'(]?[{CAPITALS}\d]))""",
    re.VERBOSE,
)
_CLAUSE = folded_pattern(
    r"""[;:,(t](?:                                       # one sign first: the search is fast then
    (?<=;)\s*
    |(?<=:)\s+
    |(?<=,)\s*\(?trong_đó[:,]?_
    |(?<=\()(?:trong_đó[:,]?_|(?:\d{1,2}|[a-zđ]|[ivx]+)\)\s*)   # (trong đó   (1)   (a)   (ii)
    |(?<=[ ]t)rong_đó[:,]?_)"""
)


_BEYOND = 40
"""Characters behind a line that may tell that its last sign ends a sentence."""
LONGEST = 2000
"""Characters of a sentence that are looked at, half of them on each side; a whole plan may be one line."""


class Stretch(NamedTuple):
    """Stretch: characters `[start, end)`."""

    start: int
    end: int


def sentence_at(doc: Doc, line: Line, offset: int) -> Stretch:
    """The sentence of a line that holds a character, the line's marker left out; in a table row the whole row."""
    if line.kind == ROW:
        return _capped(line.start, line.end, offset)
    starts, ends = _edges(doc, "sentences", (line.start, line.end))
    before = bisect_right(ends, offset) - 1
    after = bisect_left(starts, offset)
    start = max(line.body, ends[before] if before >= 0 else 0)
    end = min(line.end, starts[after] + 1 if after < len(starts) else line.end)
    return _capped(start, end, offset)


def clause_at(doc: Doc, sentence: Stretch, offset: int) -> Stretch:
    """The clause of a sentence that holds a character; in a table row its cell is cut to."""
    cell = _cell(text_of(doc), sentence, offset)
    starts, ends = _edges(doc, "clauses", sentence)
    before = bisect_right(ends, offset) - 1
    after = bisect_left(starts, offset)
    return Stretch(
        max(cell.start, ends[before] if before >= 0 else 0),
        min(cell.end, starts[after] if after < len(starts) else cell.end),
    )


def _capped(start: int, end: int, offset: int) -> Stretch:
    return Stretch(max(start, offset - LONGEST // 2), min(end, offset + LONGEST // 2))


def _edges(doc: Doc, sort: str, within: tuple[int, int]) -> tuple[list[int], list[int]]:
    """Where the edges of sentences in a line, or of clauses in a sentence, begin and end, found once; most lines are never asked."""
    known: dict[tuple[str, tuple[int, int]], tuple[list[int], list[int]]] = doc.user_data.setdefault("edges", {})
    edges = known.get((sort, within))
    if edges is None:
        pattern, text = (_STOP, text_of(doc)) if sort == "sentences" else (_CLAUSE, folded(doc))
        spans = [found.span() for found in pattern.finditer(text, within[0], within[1] + _BEYOND)]
        edges = known[sort, within] = [start for start, _ in spans], [end for _, end in spans]
    return edges


def _cell(text: str, sentence: Stretch, offset: int) -> Stretch:
    """The part of a row between two tabs, the sentence itself where there are none."""
    left, right = text.rfind("\t", sentence.start, offset), text.find("\t", offset, sentence.end)
    return Stretch(left + 1 if left >= 0 else sentence.start, right if right >= 0 else sentence.end)
