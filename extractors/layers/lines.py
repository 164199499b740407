"""Lines: what each line of the canonical text is (heading, bullet, label, closing ...), where it stands and what governs it.

The tree is the grammar of Nghị định 30/2020/NĐ-CP, Phụ lục I, loosened to what offices type: headings nest by numbering
style, bullets under headings and lead-in lines, label lines (`Thời gian thực hiện: ...`) complete the item above them.
"""

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from extractors.layers.marks import Doc, Mark

LAYER = "lines"
LETTERHEAD, TYPE, TITLE, SUBTITLE, PREAMBLE = "letterhead", "type", "title", "subtitle", "preamble"
HEADING, NUMBERED, LEAD, BULLET, LABEL, PARAGRAPH, ROW = "heading", "numbered", "lead", "bullet", "label", "paragraph", "row"
CLOSING, RECIPIENTS, SIGNATURE = "closing", "recipients", "signature"
FORM = "form"
"""The kind and zone of the lines of a form to be filled in (`Mẫu số 01`), which say nothing of the plan itself."""


class Line(NamedTuple):
    """Line: one line of the canonical text, `[start, end)`, its words beginning at `body`.

    `marker` is its printed number without punctuation; `depth` counts headings from 1 and bullets from 1; `section` is
    the path of markers it stands in (`III.2.1`), None outside the numbered body; `zone` is what that section is about;
    `parent` is the number of the line that governs it; `label` says what a label line tells (`time`, `lead`,
    `coordinate`, `product` ...); `tail` is where the text run in behind a heading or a label begins.
    """

    number: int
    start: int
    end: int
    body: int
    kind: str
    marker: str | None = None
    family: str | None = None
    depth: int = 0
    section: str | None = None
    zone: str = ""
    parent: int | None = None
    label: str | None = None
    tail: int | None = None


def lines_of(doc: Doc) -> tuple[Line, ...]:
    """All lines of the document, in order."""
    lines: tuple[Line, ...] = doc.user_data.get("lines", ())
    return lines


def put_lines(doc: Doc, lines: tuple[Line, ...]) -> None:
    """Set the layer."""
    doc.user_data.pop("values:children", None)
    doc.layers[LAYER] = tuple(Mark(line.start, line.end, line.kind, line) for line in lines)
    doc.user_data["lines"] = lines
    doc.user_data["starts of lines"] = [line.start for line in lines]


def line_at(doc: Doc, offset: int) -> Line:
    """The line that holds a character."""
    return lines_of(doc)[bisect_right(doc.user_data["starts of lines"], offset, 1) - 1]


def governors(doc: Doc, line: Line) -> Iterator[Line]:
    """The lines that govern a line, nearest first: lead-in, parent bullet, subhead, headings up to the top."""
    lines = lines_of(doc)
    while line.parent is not None:
        line = lines[line.parent]
        yield line


def children(doc: Doc, line: Line) -> tuple[Line, ...]:
    """The lines that a line governs directly, in order."""
    key = "values:children"
    if key not in doc.user_data:
        below: dict[int, list[Line]] = {}
        for other in lines_of(doc):
            if other.parent is not None:
                below.setdefault(other.parent, []).append(other)
        doc.user_data[key] = {number: tuple(lines) for number, lines in below.items()}
    index: dict[int, tuple[Line, ...]] = doc.user_data[key]
    return index.get(line.number, ())


def governed(doc: Doc, line: Line) -> Iterator[Line]:
    """The lines that a line governs, at any depth; each before those it governs itself."""
    open_lines = [*reversed(children(doc, line))]
    while open_lines:
        below = open_lines.pop()
        yield below
        open_lines.extend(reversed(children(doc, below)))
