"""Times: every time expression of the body, one mark each, labelled by its kind or by why it is no deadline.

Kinds are those of the Plan's Time (`by`, `in`, `from`, `during`, `recurring`, `within`, `conditional`); the other labels
(`extractors.layers.time_contexts`) let others see why a time sets none. The value is a `When`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import chain

from extractors.layers import marks
from extractors.layers.conditions import conditions
from extractors.layers.folded import folded
from extractors.layers.identity import identity_of
from extractors.layers.intervals import intervals
from extractors.layers.lengths import lengths
from extractors.layers.letterhead import title_span
from extractors.layers.lines import (
    CLOSING,
    FORM,
    HEADING,
    LABEL,
    LEAD,
    LETTERHEAD,
    PARAGRAPH,
    PREAMBLE,
    RECIPIENTS,
    ROW,
    SIGNATURE,
    SUBTITLE,
    TITLE,
    TYPE,
    Line,
    lines_of,
)  # fmt: skip
from extractors.layers.marks import Doc
from extractors.layers.recurrences import recurrences
from extractors.layers.time_contexts import DEADLINES, INSTRUMENT_DATE, Setting, label_of
from extractors.layers.time_contexts import TITLE as IN_TITLE
from extractors.layers.when import BY, CONDITIONAL, DURING, FROM, IN, PAST, RECURRING, Clock, Found, When
from extractors.layers.windows import anchors, count_in

__all__ = ["BY", "COLUMN", "CONDITIONAL", "DEADLINES", "DURING", "FROM", "IN", "LAYER", "RECURRING", "When", "mark_times", "when_of"]

LAYER = "times"
COLUMN = "column"
"""Label of a time in the head of a table: it says what a column holds."""

_FRAME = frozenset({LETTERHEAD, TYPE, RECIPIENTS, SIGNATURE, FORM})
_BACKGROUND = frozenset({"background", "basis"})
_HINTS = anchors(
    *"0123456789", "ngày", "tháng", "quý", "năm", "kỳ", "hằng", "hàng", "mỗi", "từng", "thường", "định", "khi", "nếu", "lộ trình", "theo lịch",
    "nhu cầu", "tùy", "tuỳ", "tiến độ", "thời", "đợt", "tết", "dịp", "sau", "trước", "thứ", "khó", "vướng", "trường hợp", "mùa", "hè",
    "kết thúc", "đủ điều",
)  # fmt: skip
_CELL = re.compile(r"[^\t]+")
_EXPLAINS = re.compile(r"\s*[,(-]?\s*(?:tức là|tức|là)?\s*$")
_OPENS_DAY = re.compile(r"\s*[,(:]?\s*$")
_ENDS_WITH = re.compile(r"trước khy kết thúc $")
_DATED = frozenset({BY, IN, FROM, DURING})
_SENTENCE_ENDS = re.compile(r"\.(?!\d)")
_LISTS = re.compile(r"\s*(?:,|và|hoặc)?\s*$")
_SCHOOL_YEAR = re.compile(r"năm học\s+(?P<first>20\d\d)")
_SCHOOL_BEGINS, _SCHOOL_PLANNED = 8, 6
"""Months in which a school year begins and from which on plans mean the coming one."""
_TITLED = re.compile(r"(?<!đến )năm\s+(?P<year>20\d\d)(?!\s*-)")


def mark_times(doc: Doc) -> None:
    """Set the `times` layer."""
    reader = _Reader(doc)
    marks.put(doc, LAYER, chain.from_iterable(reader.line(line) for line in lines_of(doc) if line.kind not in _FRAME))


def when_of(mark: marks.Mark) -> When:
    """The value of a mark of this layer."""
    when: When = mark.value
    return when


def _clock(doc: Doc) -> Clock:
    """The plan's year: that of its school year or of its title where that is the year to come, else its date's."""
    identity, span = identity_of(doc), title_span(doc)
    key, year = folded(doc), identity.year
    today = identity.issued_on or (str(year) if year else None)
    schooled = _SCHOOL_YEAR.search(key, *span) if span else None
    if schooled:
        first = int(schooled["first"])
        return Clock(first, today or str(first), first, turn=_SCHOOL_BEGINS)
    titled = [int(m["year"]) for m in _TITLED.finditer(key, *span)] if span else []
    if year and year + 1 in titled[-1:]:
        return Clock(year + 1, today, year)
    month = (identity.issued_on or "")[5:7]
    begun = not month.isdigit() or int(month) >= _SCHOOL_PLANNED
    return Clock(year, today, (year if begun else year - 1) if year else None)


class _Reader:
    """What reading a line's times needs of the document."""

    def __init__(self, doc: Doc) -> None:
        self.text, self.clock = marks.text_of(doc), _clock(doc)
        self.key = folded(doc).replace("quí", "quý")
        self.year = identity_of(doc).year
        spans = [(m.start, m.end, INSTRUMENT_DATE) for m in marks.of(doc, "instruments")]
        self.claimed = sorted(spans + [(m.start, m.end, IN_TITLE) for m in marks.of(doc, "titles")])
        self.heads = frozenset(_table_heads(doc))

    def line(self, line: Line) -> Iterator[marks.Mark]:
        """The marks of one line, cell by cell in a table's row."""
        start = line.tail if line.kind == LABEL and line.tail is not None else line.body
        if not count_in(self.key, _HINTS, start, line.end):
            return
        heading = line.kind in {HEADING, SUBTITLE, LEAD} and line.tail is None
        for begin, end in self._stretches(line, start):
            for found in read_times(self.key, begin, end, self.clock):
                label, first = label_of(self.key, found, Setting(begin, end, heading, self.year))
                label = self._placed(found, label, line)
                if found.unit == "bare" and label not in DEADLINES and line.start not in self.heads:
                    continue  # four figures without a word of time are a number
                yield marks.Mark(first, found.end, label, self._as_printed(found))

    def _as_printed(self, found: Found) -> When:
        """The value with the words of its condition or event as the source spells them."""
        when = found.when
        if when.condition is not None:
            return when._replace(condition=self.text[found.start : found.end])
        at = self.key.find(when.anchor, found.start, found.end) if when.duration and when.anchor else -1
        return when._replace(anchor=self.text[at : at + len(when.anchor)]) if when.anchor and at >= 0 else when

    def _stretches(self, line: Line, start: int) -> Iterator[tuple[int, int]]:
        if line.kind != ROW:
            yield start, line.end
            return
        for cell in _CELL.finditer(self.text, start, line.end):
            yield cell.span()

    def _placed(self, found: Found, label: str, line: Line) -> str:
        """The label once the place counts: inside an instrument or title, in the preamble, under a background heading."""
        if line.start in self.heads:
            return label if label == PAST else COLUMN
        if label not in DEADLINES:
            return label
        k = bisect_right(self.claimed, (found.start, len(self.text), "")) - 1
        if k >= 0 and found.end <= self.claimed[k][1]:
            return self.claimed[k][2]
        if line.kind in {PREAMBLE, TITLE} or self._names_document(found, line):
            return IN_TITLE
        if line.kind == CLOSING and label in {IN, DURING} and not found.lead:
            return IN_TITLE
        return PAST if line.zone in _BACKGROUND else label

    def _names_document(self, found: Found, line: Line) -> bool:
        """Whether a year is all of a line in small letters: the last line of a printed title."""
        whole = found.start == line.start and line.end - found.end <= 1
        return whole and line.kind in {PARAGRAPH, HEADING} and self.text[line.start].islower()


def read_times(key: str, start: int, end: int, clock: Clock) -> list[Found]:
    """The time expressions in `[start, end)` of a folded text, none overlapping."""
    undated = (read(key, start, end) for read in (recurrences, lengths, conditions))
    found = chain(intervals(key, start, end, clock), *undated)
    chosen: list[Found] = []
    for one in sorted(found, key=lambda f: (f.start, -f.end)):
        before = chosen[-1] if chosen else None
        if before is None or one.start >= before.end:
            joined = _joined(key, before, one) if before else None
            chosen[len(chosen) - bool(joined) :] = [joined or (_explained(key, before, one) if before else one)]
        elif before.label == CONDITIONAL and (one.lead or _ENDS_WITH.search(key, before.start, one.start)) and one.label in _DATED:
            chosen[-1:] = _parted(key, before, one)
    return _come_back_together(key, chosen)


def _come_back_together(key: str, found: list[Found]) -> list[Found]:
    """`cấp xã trước ngày 05/10; cấp huyện trước ngày 10/10; cấp tỉnh trước ngày 30/12 hằng năm`: all days of the sentence come back."""
    for k in range(len(found) - 2, -1, -1):
        day, after = found[k], found[k + 1]
        yearly = after.label == RECURRING and after.unit == "day" and after.when.recurrence == "P1Y"
        if yearly and day.label in {BY, IN} and day.unit == "day" and day.when.assumed and not _SENTENCE_ENDS.search(key, day.end, after.start):
            when = When(recurrence="P1Y", mod=day.when.mod, anchor=f"XXXX{(day.when.end or '')[4:]}")
            found[k] = day._replace(label=RECURRING, when=when)
    return found


def _parted(key: str, condition: Found, dated: Found) -> list[Found]:
    """A condition and the date that ends it; *trước khi vào học kỳ II* is all date."""
    words = key[condition.start : dated.start].rstrip()
    if words.endswith("trước khy kết thúc") and dated.unit == "school":
        return [condition._replace(end=dated.end)]
    if words.endswith("trước khy kết thúc") and dated.label in {IN, DURING}:
        return [dated._replace(start=condition.start, label=BY, when=dated.when._replace(start=None))]
    if words.endswith(("khy", "khy bước", "khy vào")):
        if words.endswith(("trước khy", "trước khy bước", "trước khy vào")) and dated.label in {IN, DURING}:
            begins = dated.when.start or dated.when.end
            dated = dated._replace(label=BY, when=dated.when._replace(start=None, end=begins))
        if words.endswith("trước khy") and dated.label == BY:
            dated = dated._replace(label=BY, when=dated.when._replace(mod="before"))
        return [dated._replace(start=condition.start)]
    return [condition._replace(end=condition.start + len(words)), dated]


def _joined(key: str, one: Found, two: Found) -> Found | None:
    """Two neighbours as one time: a frequency with its day, or two adverbs of frequency."""
    between = key[one.end : two.start]
    if one.lead == "season" and two.label in {BY, IN, FROM, DURING} and not between.strip(" ,("):
        return two._replace(start=one.start)
    if len(between) > len(" hoặc "):
        return None
    days = two.label in {BY, IN} and two.unit == "day" and two.when.assumed and one.when.anchor is None
    if one.label == RECURRING and days and _OPENS_DAY.match(between):
        end = two.end + (key[two.end : two.end + 1] == ")" and "(" in between)
        anchor = f"XXXX{(two.when.end or '')[4:]}"
        return one._replace(end=end, when=one.when._replace(mod=two.when.mod, anchor=anchor))
    if one.label == RECURRING == two.label and one.unit == "vague" and _LISTS.match(between):
        return two._replace(start=one.start)
    return None


def _explained(key: str, one: Found, two: Found) -> Found:
    """A count of days behind the date that it explains: `chậm nhất ngày 10/12 (trước ngày bầu cử 95 ngày)`."""
    if two.lead == "ahead" and one.label in {BY, IN} and _EXPLAINS.match(key[one.end : two.start]):
        return two._replace(label=BY, when=When(end=one.when.end, mod="before", assumed=one.when.assumed))
    return two


def _table_heads(doc: Doc) -> Iterator[int]:
    """Starts of the first row of each table."""
    starts = sorted(table[0] for table in doc.user_data.get("tables", ()))
    for line in lines_of(doc):
        if line.kind == ROW and starts and line.start >= starts[0]:
            yield line.start
            while starts and starts[0] <= line.start:
                starts.pop(0)


