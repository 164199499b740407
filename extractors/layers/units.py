"""Units: the bodies that a text names (đơn vị): offices, committees, unions, facilities, posts and groups of them.

A mark's label is the kind of body, its value a `Unit`. Counter-examples that look like bodies (`phòng, chống dịch`, `ban
hành`, `hội nghị`, `trường hợp`, the insurance `bảo hiểm xã hội`) are kept apart by the words beside them.
"""

from collections.abc import Iterator
from typing import NamedTuple

from extractors.layers.frame import EXECUTES
from extractors.layers.lines import BULLET, CLOSING, HEADING, LABEL, LEAD, NUMBERED, PARAGRAPH, Line, children, lines_of
from extractors.layers.marks import Doc, Mark, of, put, text_of
from extractors.layers.organizations import completed
from extractors.layers.unit_edges import starts_with
from extractors.layers.unit_grammar import Found
from extractors.layers.unit_lists import parse_list
from extractors.layers.unit_openings import candidates
from extractors.layers.unit_unknown import asked, extended, further_items, headed_bodies, subject_of_duty, tells_unknown
from extractors.layers.unit_words import Words, phrases, words_in

LAYER = "units"
Scan = tuple[Words, list[list[Found]]]
_WAITING = phrases("chủ trì, phối hợp với", "chủ trì, phối hợp cùng", "chủ trì phối hợp với")
MOST = 0.6
"""Share of the headings beside one that must name bodies for it to name one too."""
_PROSE = frozenset({HEADING, NUMBERED, LEAD, BULLET, LABEL, PARAGRAPH, CLOSING})


class Unit(NamedTuple):
    """Unit: a body as named. `name` is canonical, `generic` says that it is a group without members named.

    `need` is what must stand by it to be a doer in running text (`cue`: a role verb; `weak`: a subject's place).
    """

    name: str
    surface: str
    level: str | None = None
    generic: bool = False
    need: str | None = None


def mark_units(doc: Doc) -> None:
    """Set the `units` layer: the bodies in body and closing of a document."""
    marks: list[Mark] = []
    for line in lines_of(doc):
        if line.kind in _PROSE:
            words, groups = scan_of(doc, line)
            marks.extend(mark_of(doc, words, found) for group in groups for found in group)
    put(doc, LAYER, marks)


def scan_of(doc: Doc, line: Line) -> Scan:
    """The words of a line and the lists of bodies in them, kept until `forget_scans`."""
    scans: dict[int, Scan] = doc.user_data.setdefault("unit_scans", {})
    if line.number not in scans:
        words = words_in(doc, line.body, line.end)
        listed = line.kind == CLOSING or ("chịu" in words.keys and EXECUTES.search(text_of(doc), line.body, line.end) is not None)
        groups = scan(words, slot=is_slot(line), semicolons=listed)
        scans[line.number] = (words, _with_unknown(doc, line, words, groups))
    return scans[line.number]


def _with_unknown(doc: Doc, line: Line, words: Words, groups: list[list[Found]]) -> list[list[Found]]:
    """The lists of bodies with those that only their place in the line tells."""
    if line.kind == LABEL:
        return groups
    if line.kind == HEADING and line.zone == "assignment":
        last = _end_of_heading(line, words)
        groups = list(_extended(words, groups, last))
        if _opens_with_body(groups, words):
            return sorted([*groups, *([one] for one in further_items(words, last, groups))], key=lambda group: group[0].first)
        unknown = list(headed_bodies(words, last)) if _among_bodies(doc, line) else []
        return [unknown] if unknown else groups
    if not tells_unknown(words):
        return groups
    subject = None if groups and groups[0][0].first == 0 else subject_of_duty(words)
    unknown = [*([subject] if subject else []), *asked(words)]
    if not unknown:
        return groups
    known = [found for group in groups for found in group]
    new = [[one] for one in unknown if not any(one.first < found.last and found.first < one.last for found in known)]
    return sorted([*groups, *new], key=lambda group: group[0].first) if new else groups


def _extended(words: Words, groups: list[list[Found]], last: int) -> Iterator[list[Found]]:
    """The lists of bodies of a heading, the last of each with the rest of its name, and without what that rest holds."""
    reached = 0
    for group in groups:
        if group[0].first >= reached:
            yield (longer := [*group[:-1], extended(words, group[-1], last)])
            reached = longer[-1].last


def _end_of_heading(line: Line, words: Words) -> int:
    """Where the heading's own words end: before a bracket, a colon or the text run in behind it."""
    stop = next((k for k, mark in enumerate(words.marks) if mark in {"(", ":", "."}), len(words.keys))
    tail = line.tail if line.tail is not None else line.end
    return next((k for k in range(stop) if words.starts[k] >= tail), stop)


def _opens_with_body(groups: list[list[Found]], words: Words) -> bool:
    return bool(groups) and (groups[0][0].first == 0 or words.keys[0] in {"đề", "giao", "đối", "trách", "nhiệm", "riêng", "yêu"})


def _among_bodies(doc: Doc, line: Line) -> bool:
    """Whether most headings beside one that begins with no known body begin with one."""
    if line.parent is None:
        return False
    shares: dict[int, bool] = doc.user_data.setdefault("headings of bodies", {})
    if line.parent not in shares:
        beside = [other for other in children(doc, lines_of(doc)[line.parent]) if other.kind == HEADING]
        lists = [scan(words_in(doc, other.body, other.end), slot=True)[:1] for other in beside]
        named = sum(bool(groups) and groups[0][0].first == 0 for groups in lists)
        shares[line.parent] = named >= max(2, MOST * (len(beside) - 1))
    return shares[line.parent]


def forget_scans(doc: Doc) -> None:
    """Let go of the words of all lines, which are large."""
    for key in ("unit_scans", "headings of bodies"):
        doc.user_data.pop(key, None)


def is_slot(line: Line) -> bool:
    """Whether a line's text is nothing but bodies by its place: behind `Đơn vị chủ trì:`, in a heading of the assignments."""
    return (line.kind == LABEL and line.label in {"lead", "coordinate"}) or (line.kind == HEADING and line.zone == "assignment")


def scan(words: Words, *, slot: bool = False, semicolons: bool = False) -> list[list[Found]]:
    """The lists of bodies in a stretch of text, in order."""
    groups: list[list[Found]] = []
    k = 0
    for at in candidates(words):
        found = parse_list(words, at, slot=slot, semicolons=semicolons) if at >= k else []
        if found and words.keys[found[-1].last : found[-1].last + 1] == [";"]:
            found = _past_semicolons(words, at, found, slot=slot)
        if found:
            groups.append(found)
            k = found[-1].last
    return groups


def _past_semicolons(words: Words, at: int, found: list[Found], *, slot: bool) -> list[Found]:
    """A list that semicolons part: of three and more, first in its line, or behind a verb that waits for its object's end.

        Các sở, ban, ngành; UBND các xã, phường tổ chức ... | chủ trì, phối hợp với Chủ tịch UBND xã; thủ trưởng các ngành hướng dẫn ...
    """
    longer = parse_list(words, at, slot=slot, semicolons=True)
    parts = sum(words.keys[one.first - 1] == ";" for one in longer[1:])
    waits = any(at >= len(phrase) and starts_with(words, at - len(phrase), phrase) for phrase in _WAITING)
    return longer if parts > 1 or (parts and (at == 0 or waits)) else found


def mark_of(doc: Doc, words: Words, found: Found) -> Mark:
    """The mark of a body found in a stretch of words."""
    start, end = span_of(words, found)
    return Mark(start, end, found.kind, unit_of(doc, words, found))


def span_of(words: Words, found: Found) -> tuple[int, int]:
    """The characters of a body."""
    return words.starts[found.first], words.end(found.last - 1)


def unit_of(doc: Doc, words: Words, found: Found) -> Unit:
    """A body as named, its name completed from what the document says of itself."""
    return Unit(completed(doc, found), words.surface(found.first, found.last), found.level, found.plural, found.need or None)


def units_of(doc: Doc) -> tuple[tuple[Mark, Unit], ...]:
    """The bodies of the document, in order."""
    return tuple((mark, mark.value) for mark in of(doc, LAYER))
