"""Horizons: by when a clause is to hold: its own time, else that of the nearest line over it that gives one.

The order of search: inside the clause; the time that opens its sentence; in a table the head of its column and the time
cell of its row; the label line (`Thời gian: ...`) of its group; the lead-in, subhead and headings over it, each with the
label lines of its own group. The plan's title and date give no horizon: what nothing governs has none.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple, cast

from spacy.tokens import Doc

from extractors.layers import marks
from extractors.layers.lines import HEADING, LABEL, NUMBERED, ROW, Line, governors, line_at, lines_of
from extractors.layers.times import BY, COLUMN, DURING, FROM, IN, LAYER, When
from extractors.layers.tree import label_of
from schemas.facts import Time, TimeKind

DATED = frozenset({BY, IN, FROM, DURING})
_APART = 60
"""Characters that a comma, a semicolon or *và* between a number and a time count for."""

_BREAK = re.compile(r"[,;]|(?<!\w)và(?!\w)", re.IGNORECASE)


class _Index(NamedTuple):
    """What the search needs of a document: dated times by line, lines by the line over them, time labels."""

    dated: dict[int, tuple[marks.Mark, ...]]
    below: dict[int | None, list[Line]]
    labels: frozenset[int]


def horizon(doc: Doc, start: int, end: int, *, at: int | None = None) -> Time | None:
    """The horizon of the clause `[start, end)`, None where nothing governs it.

    Of several times inside the clause the one that belongs to `at` counts (the place of a number), the first without it.
    """
    line = line_at(doc, start)
    index = _index(doc)
    inside = [m for m in index.dated.get(line.number, ()) if start <= m.start and m.end <= end]
    if inside:
        text = marks.text_of(doc)
        return time_of(doc, min(inside, key=lambda m: _distance(text, m, start if at is None else at)))
    opening = _opening(doc, index, line, start)
    if opening:
        return time_of(doc, opening)
    if line.kind == ROW:
        cell = _column(doc, start if at is None else at) or next(iter(index.dated.get(line.number, ())), None)
        if cell:
            return time_of(doc, cell, inherited=True)
    for over in _over(doc, index, line):
        found = index.dated.get(over.number, ())
        if found:
            return time_of(doc, found[0], inherited=True)
    return None


def time_of(doc: Doc, mark: marks.Mark, *, inherited: bool = False) -> Time:
    """A mark of the layer `times` as a Time with its evidence."""
    when = marks.read(When, mark.value)
    evidence = marks.cite(doc, mark.start, mark.end)
    kind = (DURING if when.start and when.end else IN) if mark.label == COLUMN else mark.label
    values = {name: value for name, value in when._asdict().items() if value is not None}
    return Time(text=evidence.quote, kind=cast("TimeKind", kind), inherited=inherited, evidence=evidence, **values)


def _index(doc: Doc) -> _Index:
    if "horizons" not in doc.user_data:
        text, lines = marks.text_of(doc), lines_of(doc)
        dated: dict[int, list[marks.Mark]] = {}
        for mark in marks.of(doc, LAYER):
            if mark.label in DATED:
                dated.setdefault(line_at(doc, mark.start).number, []).append(mark)
        below: dict[int | None, list[Line]] = {}
        for line in lines:
            below.setdefault(line.parent, []).append(line)
        labels = frozenset(number for number in dated if _is_time_label(text, lines[number]))
        doc.user_data["horizons"] = _Index({n: tuple(found) for n, found in dated.items()}, below, labels)
    return cast("_Index", doc.user_data["horizons"])


def _is_time_label(text: str, line: Line) -> bool:
    """Whether a line is `Thời gian: ...`, numbered or not."""
    if line.kind == LABEL:
        return line.label == "time"
    if line.kind not in {HEADING, NUMBERED}:
        return False
    label = label_of(text[line.body : line.end])
    return label is not None and label[0] == "time"


def _distance(text: str, mark: marks.Mark, at: int) -> int:
    """How far a time is from a place: characters, and more where a comma or *và* stands between."""
    first, last = (mark.end, at) if mark.end <= at else (at, mark.start)
    return max(0, last - first) + _APART * len(_BREAK.findall(text[first:last]))


def _opening(doc: Doc, index: _Index, line: Line, start: int) -> marks.Mark | None:
    """The time that opens the sentence of a later clause: `Đến năm 2026, ...; ...`."""
    text = marks.text_of(doc)
    stop = text.rfind(". ", line.body, start)
    first = line.body if stop < 0 else stop + 2
    found = (m for m in index.dated.get(line.number, ()) if first <= m.start < start and len(text[first : m.start].split()) <= 2)
    return next(found, None)


def _column(doc: Doc, at: int) -> marks.Mark | None:
    """The time in the head of the column that holds a place in a table."""
    for table in doc.user_data.get("tables", ()):
        if not table[0] <= at < table[1]:
            continue
        rows = table[3]
        held = ((r, c) for r, row in enumerate(rows) for c, (start, end) in enumerate(row) if start <= at < end)
        row, column = next(held, (0, 0))
        for above in reversed(rows[: min(row, 2)]):
            start, end = above[column]
            for mark in marks.of(doc, LAYER):
                if mark.label == COLUMN and start <= mark.start and mark.end <= end:
                    return mark
    return None


def _over(doc: Doc, index: _Index, line: Line) -> Iterator[Line]:
    """The lines that may govern one, nearest first."""
    yield from _labels(index, line)
    for over in governors(doc, line):
        yield over
        yield from _labels(index, over)


def _labels(index: _Index, line: Line) -> Iterator[Line]:
    """The time labels of a line: under it, beside it, and under the last of its group where that alone is labelled."""
    for group in (index.below.get(line.number, ()), index.below.get(line.parent, ()) if line.parent is not None else ()):
        yield from (other for other in group if other.number in index.labels)
    if line.parent is None or line.kind == HEADING:
        return
    items = [other for other in index.below[line.parent] if other.kind != LABEL]
    labelled = [other for other in items if any(under.kind == LABEL for under in index.below.get(other.number, ()))]
    if labelled == items[-1:]:
        yield from (under for under in index.below[items[-1].number] if under.number in index.labels)
