"""Horizons: by when a clause is to hold: its own time, else that of the nearest line over it that gives one.

The order of search: inside the clause; the time that opens its sentence; in a table the head of its column and the time
cell of its row; the label line (`Thời gian: ...`) of its group; the lead-in, subhead and headings over it, each with the
label lines of its own group. The year in the plan's title is the last resort of its objectives (`titled`) and of nothing
else; its date gives no horizon.
"""

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple, cast

from extractors.layers import marks
from extractors.layers.letterhead import title_span
from extractors.layers.lines import HEADING, LABEL, NUMBERED, ROW, SUBTITLE, Line, governors, line_at, lines_of
from extractors.layers.marks import Doc
from extractors.layers.spans import spans_of
from extractors.layers.time_contexts import DATED
from extractors.layers.times import COLUMN, DURING, IN, LAYER
from extractors.layers.tree import label_of
from schemas.facts import Time, TimeKind

_APART = 60
"""Characters that a comma, a semicolon or *và* between a number and a time count for."""

_LEAD_IN, _LEAD_IN_WORDS = 40, 2
"""What may stand before a time that opens a sentence: `Phấn đấu đến năm 2026, ...`."""
_START = attrgetter("start")
_AIMED = frozenset({"goal_specific", "goal"})
_OWN_YEAR = re.compile(r"năm\s+(?:học\s+)?20\d\d(?:\s*[-–]\s*20\d\d)?", re.IGNORECASE)
_TIME_CLAUSE = re.compile(r"\s*[;,(.]?\s*(?:thời gian|thời hạn|tiến độ)(?:\s+(?:thực hiện|hoàn thành|tổ chức))?\s*:\s*", re.IGNORECASE)
_EVENT = re.compile(r"[\W\d]*(?:Kế hoạch\s+)?Tổ chức(?! thực hiện)(?!\w)", re.IGNORECASE)
_AFTER_YEAR = re.compile(r"\s*(?:$|[\n.,;(]|trên địa bàn|tại|của|và|do)", re.IGNORECASE)
_BREAK = re.compile(r"[,;]|(?<!\w)và(?!\w)", re.IGNORECASE)


class _Index(NamedTuple):
    """What the search needs of a document.

    `dated` are the dated times of each line, `beside` the time labels under each governing line, `closing` those under
    the last item of its group where that alone is labelled, `columns` the times in the heads of tables, `inherited` what the lines
    over a line give it, as far as asked.
    """

    dated: dict[int, tuple[marks.Mark, ...]]
    beside: dict[int, tuple[Line, ...]]
    closing: dict[int, tuple[Line, ...]]
    columns: tuple[marks.Mark, ...]
    inherited: dict[int, marks.Mark | None]


def horizon(doc: Doc, start: int, end: int, *, at: int | None = None) -> Time | None:
    """The horizon of the clause `[start, end)`, None where nothing governs it.

    Of several times inside the clause the one that belongs to `at` counts (the place of a number), the first without it.
    """
    line, index = line_at(doc, start), _index(doc)
    dated = index.dated.get(line.number, ())
    inside = [m for m in dated[bisect_left(dated, start, key=_START) : bisect_left(dated, end, key=_START)] if m.end <= end]
    if inside:
        return time_of(doc, _nearest(marks.text_of(doc), inside, start if at is None else at))
    opening = _opening(marks.text_of(doc), dated, line, start)
    if opening:
        return time_of(doc, opening)
    closing = _labelled_clause(marks.text_of(doc), dated, end)
    if closing:
        return time_of(doc, closing)
    if line.kind == ROW:
        cell = _column(doc, index, line, start if at is None else at) or next(iter(dated), None)
        if cell:
            return time_of(doc, cell, inherited=True)
    if line.number not in index.inherited:
        over = (index.dated.get(over.number) for over in _over(doc, index, line))
        index.inherited[line.number] = next((found[0] for found in over if found), None)
    given = index.inherited[line.number]
    return time_of(doc, given, inherited=True) if given else None


def titled(doc: Doc, line: Line) -> Time | None:
    """The one year that the plan's title is for, as the horizon of its levels aimed at (`Kế hoạch ... năm 2025`).

    A plan of one event (`Tổ chức Ngày hội ... năm 2024`) is none for a year.
    """
    if line.zone not in _AIMED or line.kind == HEADING:
        return None
    if "titled" not in doc.user_data:
        doc.user_data["titled"] = _year_of_title(doc)
    return cast("Time | None", doc.user_data["titled"])


def _year_of_title(doc: Doc) -> Time | None:
    span, text = title_span(doc), marks.text_of(doc)
    if span is None or _EVENT.match(text, *span):
        return None
    found = marks.of(doc, LAYER)
    within = found[bisect_left(found, span[0], key=_START) : bisect_left(found, span[1], key=_START)]
    instruments = spans_of(doc, "instruments")
    for mark in within:
        own = _OWN_YEAR.fullmatch(text, mark.start, mark.end) and _AFTER_YEAR.match(text, mark.end)
        if own and not instruments.overlap(mark.start, mark.end):
            return time_of(doc, mark._replace(label=DURING if mark.value.start else IN), inherited=True)
    return None


def time_of(doc: Doc, mark: marks.Mark, *, inherited: bool = False) -> Time:
    """A mark of the layer `times` as a Time with its evidence."""
    known: dict[tuple[marks.Mark, bool], Time] = doc.user_data.setdefault("times", {})
    if (mark, inherited) not in known:
        known[mark, inherited] = _time(doc, mark, inherited=inherited)
    return known[mark, inherited]


def _time(doc: Doc, mark: marks.Mark, *, inherited: bool) -> Time:
    when = mark.value
    evidence = marks.cite(doc, mark.start, mark.end)
    kind = (DURING if when.start and when.end else IN) if mark.label == COLUMN else mark.label
    values = {name: value for name, value in when._asdict().items() if value is not None}
    return Time(text=evidence.quote, kind=cast("TimeKind", kind), inherited=inherited, evidence=evidence, **values)


def _index(doc: Doc) -> _Index:
    if "horizons" not in doc.user_data:
        doc.user_data["horizons"] = _build(doc)
    return cast("_Index", doc.user_data["horizons"])


def _build(doc: Doc) -> _Index:
    text, lines = marks.text_of(doc), lines_of(doc)
    dated: dict[int, list[marks.Mark]] = defaultdict(list)
    for mark in marks.of(doc, LAYER):
        if mark.label in DATED:
            dated[line_at(doc, mark.start).number].append(mark)
    below: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        if line.parent is not None:
            below[line.parent].append(line)
    beside: dict[int, tuple[Line, ...]] = {}
    for number in dated:
        over = lines[number].parent
        if over is not None and _is_time_label(text, lines[number]):
            beside[over] = (*beside.get(over, ()), lines[number])
    closing = {number: beside[last] for number in below if (last := _labelled_last(below, number)) in beside}
    columns = tuple(mark for mark in marks.of(doc, LAYER) if mark.label == COLUMN)
    return _Index({number: tuple(found) for number, found in dated.items()}, beside, closing, columns, {})


def _labelled_last(below: dict[int, list[Line]], number: int) -> int | None:
    """The last item of a group, if it alone has label lines: they close the group and hold for all of it."""
    items = [line.number for line in below[number] if line.kind != LABEL]
    labelled = [item for item in items if any(line.kind == LABEL for line in below.get(item, ()))]
    return labelled[0] if labelled and labelled == items[-1:] else None


def _is_time_label(text: str, line: Line) -> bool:
    """Whether a line is `Thời gian: ...`, numbered or not."""
    if line.kind == LABEL:
        return line.label == "time"
    if line.kind not in {HEADING, NUMBERED}:
        return False
    label = label_of(text[line.body : line.end])
    return label is not None and label[0] == "time"


def _nearest(text: str, found: Sequence[marks.Mark], at: int) -> marks.Mark:
    """The time nearest to a place, in characters, and more where a comma or *và* stands between; of two as near the first."""
    nearest, least = found[0], (math.inf, 0)
    gaps = [max(0, mark.start - at, at - mark.end) for mark in found]
    for k in sorted(range(len(found)), key=gaps.__getitem__):
        if gaps[k] > least[0]:
            break
        between = text[found[k].end : at] if found[k].end <= at else text[at : found[k].start]
        distance = (gaps[k] + _APART * len(_BREAK.findall(between)), k)
        if distance < least:
            nearest, least = found[k], distance
    return nearest


def _opening(text: str, dated: tuple[marks.Mark, ...], line: Line, start: int) -> marks.Mark | None:
    """The time that opens the sentence of a later clause: `Đến năm 2026, ...; ...`."""
    stop = text.rfind(". ", line.body, start)
    first = line.body if stop < 0 else stop + 2
    k = bisect_left(dated, first, key=_START)
    opens = k < len(dated) and dated[k].start < start and len(text[first : dated[k].start][:_LEAD_IN].split()) <= _LEAD_IN_WORDS
    return dated[k] if opens else None


def _labelled_clause(text: str, dated: tuple[marks.Mark, ...], end: int) -> marks.Mark | None:
    """The time of a clause of its own behind one: `Mở 03 lớp dạy nghề; thời gian: quý III năm 2024`."""
    k = bisect_left(dated, end, key=_START)
    label = _TIME_CLAUSE.match(text, end, dated[k].start) if k < len(dated) else None
    return dated[k] if label and label.end() == dated[k].start else None


def _column(doc: Doc, index: _Index, line: Line, at: int) -> marks.Mark | None:
    """The time in the head of the column that holds a place in a table."""
    for table in doc.user_data.get("tables", ()):
        if table[0] <= at < table[1]:
            rows = table[3]
            row = rows[min(line.number - line_at(doc, table[0]).number, len(rows) - 1)]
            held = (rows[0][c] for c, (start, end) in enumerate(row[: len(rows[0])]) if start <= at < end)
            start, end = next(held, (0, 0))
            k = bisect_left(index.columns, start, key=_START)
            return index.columns[k] if k < len(index.columns) and index.columns[k].end <= end else None
    return None


def _over(doc: Doc, index: _Index, line: Line) -> Iterator[Line]:
    """The lines that may govern one, nearest first: its label lines, then each line over it with those of its group."""
    yield from _labels(index, line)
    lines = lines_of(doc)
    for over in governors(doc, line):
        yield over
        if over.kind == HEADING and over.number + 1 < len(lines) and lines[over.number + 1].kind == SUBTITLE:
            yield lines[over.number + 1]
        yield from _labels(index, over)


def _labels(index: _Index, line: Line) -> Iterator[Line]:
    """The time labels of a line: under it, beside it, and those that close its group."""
    yield from index.beside.get(line.number, ())
    if line.parent is not None:
        yield from index.beside.get(line.parent, ())
        if line.kind != HEADING:
            yield from index.closing.get(line.parent, ())
