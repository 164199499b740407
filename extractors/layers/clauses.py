"""Clauses: where the sentence and the clause around a character begin and end, within its line.

A clause ends at a semicolon, at a colon, at `, trong đó` and at the marks of an inline enumeration (`(1)`, `(a)`).
"""

import re
from typing import NamedTuple

from spacy.tokens import Doc

from extractors.layers.folded import folded, folded_pattern
from extractors.layers.lines import Line
from extractors.layers.marks import text_of

_STOP = re.compile(r"(?<![A-ZĐ])(?<!\bT[PTXh])(?<!\bS[Tt])(?<!Th[Ss])[.!?…](?:[”\"')]*)\s+(?=[“\"'(]?[A-ZĐÀ-Ỵ\d])|\n")
_CLAUSE = folded_pattern(r";\s*|:\s+|(?:,\s*)?\(?\s*trong_đó[:,]?_|\((?:\d{1,2}|[a-zđ]|[ivx]+)\)\s*")


class Stretch(NamedTuple):
    """Stretch: characters `[start, end)`."""

    start: int
    end: int


def sentence_at(doc: Doc, line: Line, offset: int) -> Stretch:
    """The sentence of a line that holds a character, the line's marker left out; in a table row the whole row."""
    text = text_of(doc)
    start = line.body
    end = line.end
    if "\t" in text[line.start : line.end]:
        return Stretch(line.start, line.end)
    for stop in _STOP.finditer(text, line.body, line.end):
        if stop.end() <= offset:
            start = stop.end()
        elif stop.start() >= offset:
            end = stop.start() + 1
            break
    return Stretch(start, end)


def clause_at(doc: Doc, sentence: Stretch, offset: int) -> Stretch:
    """The clause of a sentence that holds a character; in a table row its cell is cut to."""
    start, end = cell = _cell(text_of(doc), sentence, offset)
    for edge in _CLAUSE.finditer(folded(doc), *cell):
        if edge.end() <= offset:
            start = edge.end()
        elif edge.start() >= offset:
            end = edge.start()
            break
    return Stretch(start, end)


def _cell(text: str, sentence: Stretch, offset: int) -> Stretch:
    """The part of a row between two tabs, the sentence itself where there are none."""
    left, right = text.rfind("\t", sentence.start, offset), text.find("\t", offset, sentence.end)
    return Stretch(left + 1 if left >= 0 else sentence.start, right if right >= 0 else sentence.end)
