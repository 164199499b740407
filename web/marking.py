"""Marking: the canonical text cut into the stretches that the same facts cover, line by line."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from schemas.facts import Evidence
from schemas.plan import Plan


class Mark(NamedTuple):
    """Mark: characters of the text that one fact rests on."""

    start: int
    end: int
    family: str
    fact: str


class Stretch(NamedTuple):
    """Stretch: characters of one line covered by the same facts, the shortest (innermost) first."""

    text: str
    marks: tuple[Mark, ...]
    start: int


class Line(NamedTuple):
    """Line: one paragraph of the text, its first character, and its stretches."""

    start: int
    stretches: tuple[Stretch, ...]


def marks_of(plan: Plan) -> list[Mark]:
    """Every place in the text that a fact of the plan rests on; facts without an id are numbered (`unclaimed-3`)."""
    return [Mark(one.start, one.end, family, fact) for family, fact, one in places_of(plan) if one.end > one.start]


def places_of(plan: Plan) -> Iterator[tuple[str, str, Evidence]]:
    """Family, fact and evidence of every place that a fact of the plan rests on; the letterhead is the family `header`."""
    for reference in plan.references:
        yield from (("references", reference.id, mention) for mention in reference.mentions)
    for family in ("goals", "targets", "deadlines", "responsibilities", "tasks"):
        for fact in getattr(plan, family):
            yield family, fact.id, fact.evidence
    yield from (("unclaimed", f"unclaimed-{n}", one.evidence) for n, one in enumerate(plan.unclaimed, start=1))
    yield from (("diagnostics", f"diagnostic-{n}", one.evidence) for n, one in enumerate(plan.diagnostics, start=1) if one.evidence)
    yield from (("header", f"header-{name}", one) for name, one in plan.header.evidence.items())


def lines_of(text: str, marks: Iterable[Mark]) -> Iterator[Line]:
    """The lines of a text with its marks; marks may nest, cross each other and run over line ends.

    >>> [line] = lines_of("Đạt 95% hộ", [Mark(0, 10, "goals", "goal-1"), Mark(4, 7, "targets", "target-1")])
    >>> [(one.text, [mark.fact for mark in one.marks]) for one in line.stretches]
    [('Đạt ', ['goal-1']), ('95%', ['target-1', 'goal-1']), (' hộ', ['goal-1'])]
    """
    waiting = sorted(marks, key=lambda mark: mark.start, reverse=True)
    active: list[Mark] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        while waiting and waiting[-1].start < end:
            active.append(waiting.pop())
        yield Line(start, tuple(_stretches(text, start, end, active)))
        active = [mark for mark in active if mark.end > end]
        start = end + 1


def _stretches(text: str, start: int, end: int, active: Sequence[Mark]) -> Iterator[Stretch]:
    edges = {start, end, *(edge for mark in active for edge in mark[:2] if start < edge < end)}
    edges.update(at for at in range(start, end) if text[at] == "\t")  # cells of a table are told apart
    edges.update(at + 1 for at in tuple(edges) if at < end and text[at] == "\t")
    cuts = sorted(edges)
    for left, right in pairwise(cuts):
        here = [mark for mark in active if mark.start <= left and mark.end >= right]
        yield Stretch(text[left:right], tuple(sorted(here, key=lambda mark: mark.end - mark.start)), left)
