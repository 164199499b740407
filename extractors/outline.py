"""Outline: the headings of a plan in order, each with the stretch of text it governs."""

from collections import Counter
from collections.abc import Iterator

from extractors.layers.lines import CLOSING, HEADING, RECIPIENTS, SIGNATURE, SUBTITLE, Line, lines_of
from extractors.layers.marks import Doc, cite, text_of
from schemas.facts import Section

UNNUMBERED_ANNEX = "PL"
LONGEST_LETTERHEAD = 16
"""Lines between the number of a form or an annex and the end of its name."""


def extract(doc: Doc) -> Iterator[Section]:
    """One section a heading. `id` is the printed path of markers; unnumbered headings get `~n` behind their parent's.

    A path that is printed twice (`III.3` and again `III.3`) keeps its id once and is `III.3(2)` the second time.
    """
    text, lines = text_of(doc), lines_of(doc)
    heads = [line for line in lines if line.kind == HEADING]
    ids = _ids(heads)
    for line in heads:
        parent = next((ids[up] for up in _ancestors(lines, line) if up in ids), None)
        title = _title(text, lines, line)
        yield Section(
            id=ids[line.number],
            marker=_marker(text, lines, line),
            title=title.lstrip(" 	*_").rstrip(" 	:.*_"),
            depth=line.depth,
            parent=parent,
            evidence=cite(doc, line.start, line.end),
            end=_end(lines, line, len(text)),
        )


def _marker(text: str, lines: tuple[Line, ...], head: Line) -> str | None:
    """The number as printed; that of an annex with its word (`PHỤ LỤC I`), none where that word is all its title."""
    if head.family != "annex":
        return head.marker
    bare = head.marker == UNNUMBERED_ANNEX and not text[head.body : head.end].strip() and not list(_goes_on(lines, head))
    return None if bare else text[head.start : head.body].strip(" .:–-")


def _title(text: str, lines: tuple[Line, ...], head: Line) -> str:
    """The heading's words, with those of the lines that go on with them (`Phần I`, then its title in capitals; a form's name)."""
    words = text[head.body : head.tail if head.tail is not None else head.end]
    title = " ".join([words, *(text[line.start : line.end] for line in _goes_on(lines, head))])
    return title if title.strip() or head.marker != UNNUMBERED_ANNEX else text[head.start : head.end]


def _goes_on(lines: tuple[Line, ...], head: Line) -> Iterator[Line]:
    """The lines that go on with a heading's words."""
    reach = LONGEST_LETTERHEAD if head.family in {"form", "annex"} else 1
    return (line for line in lines[head.number + 1 : head.number + 1 + reach] if line.kind == SUBTITLE and line.parent == head.number)


def _ids(heads: list[Line]) -> dict[int, str]:
    seen: Counter[str] = Counter()
    ids = {}
    for line in heads:
        path = line.section or ""
        if line.marker is None:
            seen[path + "~"] += 1
            ids[line.number] = f"{path}~{seen[path + '~']}"
            continue
        seen[path] += 1
        ids[line.number] = path if seen[path] == 1 else f"{path}({seen[path]})"
    return ids


def _ancestors(lines: tuple[Line, ...], line: Line) -> Iterator[int]:
    while line.parent is not None:
        yield line.parent
        line = lines[line.parent]


def _end(lines: tuple[Line, ...], head: Line, length: int) -> int:
    """Where the next heading of the same or a higher level begins, or the closing part."""
    for number in range(head.number + 1, len(lines)):
        line = lines[number]
        if line.kind in {CLOSING, RECIPIENTS, SIGNATURE} or (line.kind == HEADING and line.depth <= head.depth):
            return line.start
    return length
