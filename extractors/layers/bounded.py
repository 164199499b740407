"""Bounded: each number with the line, the sentence and the clause that it stands in and what bounds it there, worked out once a document."""

from bisect import bisect_left
from typing import NamedTuple

from extractors.layers.clauses import Stretch, clause_at, sentence_at
from extractors.layers.comparators import Bound, bound_of
from extractors.layers.folded import folded
from extractors.layers.lines import Line, line_at
from extractors.layers.marks import Doc, Mark
from extractors.layers.numbers import numbers_of
from extractors.layers.quantities import Number, figures_at


class Bounded(NamedTuple):
    """Bounded: a number of the layer `numbers` in its place."""

    mark: Mark
    number: Number
    line: Line
    sentence: Stretch
    clause: Stretch
    bound: Bound


def bounded_of(doc: Doc) -> tuple[Bounded, ...]:
    """All numbers of the document, in order."""
    if "values:bounded" not in doc.user_data:
        doc.user_data["values:bounded"] = tuple(_bounded(doc, mark, number) for mark, number in numbers_of(doc))
    found: tuple[Bounded, ...] = doc.user_data["values:bounded"]
    return found


def bounded_in(doc: Doc, line: Line) -> tuple[Bounded, ...]:
    """The numbers of one line."""
    found = bounded_of(doc)
    first = bisect_left(found, line.start, key=_start)
    return found[first : bisect_left(found, line.end, lo=first, key=_start)]


def _start(found: Bounded) -> int:
    return found.mark.start


def _bounded(doc: Doc, mark: Mark, number: Number) -> Bounded:
    line, key = line_at(doc, mark.start), folded(doc)
    sentence = sentence_at(doc, line, mark.start)
    clause = clause_at(doc, sentence, mark.start)
    bound = bound_of(key, figures_at(key, mark), mark.end, clause, ranged=number.high is not None)
    return Bounded(mark, number, line, sentence, clause, bound if bound.start <= mark.start else bound._replace(start=mark.start))
