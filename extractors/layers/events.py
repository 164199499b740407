"""Events: headings whose lower headings say when, for whom and what: a course, a contest, an inspection. What stands under the
`Nội dung` of an event are its topics, no work to be given; nor is what an inspection looks at, under the bodies it looks at."""

import re

from extractors.layers.folded import folded
from extractors.layers.lines import BULLET, HEADING, PARAGRAPH, Line, children, governed, governors, lines_of
from extractors.layers.marks import Doc, text_of
from extractors.layers.syllables import fold
from extractors.layers.units import units_of

_MATTERS = ("công tác ", "việc ", "hoạt động của ", "tình hình ")
_INSPECTION = re.compile(r"(?:nội dung )?(?:(?:tự )?kiểm tra|thanh tra|giám sát|khảo sát)\b")
_TIME, *_PEOPLE = map(fold, ("thời gian", "thành phần", "đối tượng", "số lượng"))


def events_of(doc: Doc) -> tuple[Line, ...]:
    """The headings that are events, in order."""
    if "events" not in doc.user_data:
        doc.user_data["events"] = tuple(line for line in lines_of(doc) if line.kind == HEADING and line.zone == "task" and _is_event(doc, line))
    events: tuple[Line, ...] = doc.user_data["events"]
    return events


def topics_of(doc: Doc) -> frozenset[int]:
    """The numbers of the lines under the contents of events."""
    if "topics" not in doc.user_data:
        heads = [child for event in events_of(doc) for child in _lower_headings(doc, event) if child.zone == "task"]
        heads.extend(line for line in lines_of(doc) if line.kind == HEADING and line.zone == "task" and _looks_at(doc, line))
        doc.user_data["topics"] = frozenset(inner.number for head in heads for inner in governed(doc, head))
    topics: frozenset[int] = doc.user_data["topics"]
    return topics


def _is_event(doc: Doc, line: Line) -> bool:
    heads = [fold(text_of(doc)[child.body : child.end]) for child in _lower_headings(doc, line)]
    return any(head.startswith(_TIME) for head in heads) and any(head.startswith(tuple(_PEOPLE)) for head in heads)


def _looks_at(doc: Doc, line: Line) -> bool:
    """Whether most items below a heading name matters (`Công tác ...`, `Việc ...`), no actions, and it is nothing but bodies or
    stands under an inspection."""
    items = [folded(doc).startswith(_MATTERS, other.body) for other in children(doc, line) if other.kind in {BULLET, PARAGRAPH}]
    if not items or 2 * sum(items) < len(items):
        return False
    return _only_bodies(doc, line) or any(_INSPECTION.match(folded(doc), over.body) for over in (line, *governors(doc, line)))


def _only_bodies(doc: Doc, line: Line) -> bool:
    words = text_of(doc)[line.body : line.end]
    for mark, _ in units_of(doc):
        if line.body <= mark.start < line.end:
            words = words.replace(text_of(doc)[mark.start : mark.end], "", 1)
    return len(words) < line.end - line.body and not re.search(r"[^\W\d_]{3}", words)


def _lower_headings(doc: Doc, line: Line) -> list[Line]:
    return [other for other in children(doc, line) if other.kind == HEADING]
