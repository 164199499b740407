"""Roles: the part that each body has in a line: who leads, helps, is advised, is reported to.

    Giao A chủ trì, phối hợp với B và C tham mưu D      A lead, B and C coordinate, D advised
    báo cáo A; gửi về A                                   A reported_to
    chỉ đạo, hướng dẫn A thực hiện ...                     A lead
    khuyến khích, vận động A; kiểm tra A; trước A          none

In sections on tasks and on organising the work the subject of a sentence leads; in the latter so do the bodies of a heading.
Recipients have no role. A mark's label is the role, its value a `Part`.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from extractors.layers import role_cues as cues
from extractors.layers.cells import unit_cells
from extractors.layers.events import topics_of
from extractors.layers.folded import folded
from extractors.layers.identity import identity_of
from extractors.layers.label_scope import beside_work, scopes_of
from extractors.layers.lines import BULLET, CLOSING, HEADING, LABEL, LEAD, NUMBERED, PARAGRAPH, Line, children, lines_of
from extractors.layers.marks import Doc, Mark, of, put, text_of
from extractors.layers.role_clauses import DUTIES_ONLY, Clause, How, Place, Role, acts, clauses, verdict
from extractors.layers.unit_edges import starts_with
from extractors.layers.unit_grammar import PEOPLE, Found
from extractors.layers.unit_slots import bodies_of_slot
from extractors.layers.unit_words import Words, longest, phrases, predicates, words_in, words_of
from extractors.layers.units import Unit, forget_scans, scan, scan_of, span_of, unit_of
from extractors.layers.zones import GOALS
from schemas.facts import Organization

LAYER = "roles"
_PROSE = frozenset({HEADING, NUMBERED, LEAD, BULLET, PARAGRAPH, CLOSING})
_WORK = frozenset({"task", "assignment", "reporting", "budget", *DUTIES_ONLY})
_NAMED: dict[str, Role] = {"lead": "lead", "coordinate": "coordinate"}
_BOUND = frozenset({"lead", "advised"})
_ABOVE: frozenset[str] = frozenset({"reported_to", "advised"})
_INNER: tuple[tuple[tuple[str, ...], Role], ...] = (
    *((phrase, "coordinate") for phrase in phrases(
        "phối hợp:", "đơn vị phối hợp:", "cơ quan phối hợp:", "phối hợp thực hiện:", "đơn vị phối hợp thực hiện:", "cơ quan phối hợp thực hiện:",
    )),
    *((phrase, "lead") for phrase in phrases(
        "chủ trì:", "đơn vị chủ trì:", "cơ quan chủ trì:", "đơn vị thực hiện:", "cơ quan thực hiện:", "đơn vị chủ trì thực hiện:",
        "cơ quan chủ trì thực hiện:", "bộ phận thực hiện:", "người thực hiện:", "đơn vị phụ trách:", "bộ phận phụ trách:", "người phụ trách:",
    )),
)  # fmt: skip
_JOINS_IN = phrases("phối hợp với", "phối hợp cùng", "phối hợp")


class Part(NamedTuple):
    """Part: a body's part in a line. `how` says what gives it: its place as subject, an assignment, a cue, a heading, a label
    of its own line (`label`) or within another's (`named`), a cell."""

    unit: Unit
    kind: str
    how: How
    line: int
    section: str | None = None


@lru_cache(maxsize=4096)
def organization(unit: Unit, kind: str) -> Organization:
    """A body as a fact; the same body is the same fact wherever it is named alike."""
    return Organization(name=unit.name, surface=unit.surface, kind=kind, level=unit.level, generic=unit.generic)  # type: ignore[arg-type]


def mark_roles(doc: Doc) -> None:
    """Set the `roles` layer; needs `lines` and uses what `units` scanned."""
    marks: list[Mark] = []
    topics = topics_of(doc)
    for line in lines_of(doc):
        if line.kind == LABEL:
            marks.extend(_of_label(doc, line))
        elif line.kind in _PROSE and (line.kind == CLOSING or line.zone in _WORK):
            if not beside_work(doc, line) and line.number not in topics:
                marks.extend(mark for mark in _of_line(doc, line) if line.zone != "purpose" or mark.label in _BOUND)
        elif line.kind == BULLET and line.zone in GOALS:
            marks.extend(mark for mark in _of_line(doc, line) if mark.label in _ABOVE)
    marks.extend(_of_cells(doc))
    put(doc, LAYER, sorted(marks, key=lambda mark: mark.start))
    doc.user_data.pop("values:roles", None)
    forget_scans(doc)


def roles_of(doc: Doc) -> tuple[tuple[Mark, Part], ...]:
    """The parts of bodies in the document, in order; the mark's label is the role."""
    key = "values:roles"
    if key not in doc.user_data:
        doc.user_data[key] = tuple((mark, mark.value) for mark in of(doc, LAYER))
    roles: tuple[tuple[Mark, Part], ...] = doc.user_data[key]
    return roles


class _Writer(NamedTuple):
    """_Writer: makes the marks of one line; `section` is the section that its work belongs to."""

    doc: Doc
    words: Words
    line: Line
    section: str | None

    def mark(self, found: Found, role: Role, how: How) -> Mark:
        """A body's part as a mark."""
        part = Part(unit_of(self.doc, self.words, found), found.kind, how, self.line.number, self.section)
        return Mark(*span_of(self.words, found), role, part)


def _of_label(doc: Doc, line: Line) -> Iterator[Mark]:
    """The bodies of a label line that names them; of a product label those whom it is submitted to."""
    start = line.tail if line.tail is not None else line.body
    words = words_in(doc, start, line.end)
    writer = _Writer(doc, words, line, scopes_of(doc)[line.number].section)
    named: Role | None = _NAMED.get(line.label or "")
    for role, first, last in _parts_of_label(words, named):
        yield from (writer.mark(found, role, "label") for found in bodies_of_slot(words, first, last))
    if line.label == "product":
        for clause in clauses(words, scan(words)):
            if cues.ADVISED.ends(clause.before) or cues.SUBMITTED.ends(clause.before):
                yield from (writer.mark(found, "advised", "cued") for found in clause.group)


def _parts_of_label(words: Words, role: Role | None) -> Iterator[tuple[Role, int, int]]:
    """Role and words of each part of a label line: `Chủ trì: A; phối hợp: B` holds two, so does `A phối hợp với B`."""
    begin = 0
    for k in range(1, len(words.keys)):
        inner = _turn(words, k, role)
        if inner:
            if role:
                yield role, begin, k
            begin, role = k + len(inner[0]), inner[1]
    if role:
        yield role, begin, len(words.keys)


def _turn(words: Words, k: int, role: Role | None) -> tuple[tuple[str, ...], Role] | None:
    """The phrase at k with which a label line goes on to bodies in another role."""
    if words.marks[k - 1] in {";", ",", "."}:
        inner = next(((phrase, other) for phrase, other in _INNER if starts_with(words, k, phrase)), None)
        if inner:
            return inner
    joined = next((phrase for phrase in _JOINS_IN if starts_with(words, k, phrase)), None) if role == "lead" else None
    return (joined, "coordinate") if joined and not starts_with(words, k + len(joined), (":",)) else None


def _of_cells(doc: Doc) -> Iterator[Mark]:
    """The bodies of the cells of doers, and the subjects that cells of tasks begin with."""
    for cell in unit_cells(doc):
        words = words_in(doc, cell.start, cell.end)
        writer = _Writer(doc, words, cell.line, cell.line.section)
        if cell.role is None:
            yield from (writer.mark(found, "lead", "cell") for found in _subject(words))
        else:
            yield from (writer.mark(found, cell.role, "cell") for found in bodies_of_slot(words, people=True))


def _subject(words: Words) -> Sequence[Found]:
    """The bodies that a task's own words begin with: `Chủ đầu tư phê duyệt nhiệm vụ`."""
    clause = next(clauses(words, scan(words)), None)
    return clause.group if clause and not clause.before and acts(clause) and not cues.STATIVE.match(clause.after) else ()


def _of_line(doc: Doc, line: Line) -> Iterator[Mark]:
    words, groups = scan_of(doc, line)
    if not groups and ":" not in words.marks:
        return
    writer = _Writer(doc, words, line, line.section)
    for role, first, last in _labels_within(words):
        yield from (writer.mark(found, role, "named") for found in bodies_of_slot(words, first, last))
        groups = [group for group in groups if not first <= group[0].first < last]
    if not groups:
        return
    place = _place(doc, line)
    previous: Role | None = None
    for bare in clauses(words, groups):
        clause = _without_issuer(doc, line, bare._replace(previous=previous) if previous else bare)
        previous, how = verdict(place, clause)
        if previous is None or (line.kind == CLOSING and how == "subject" and _is_issuer(doc, clause)):
            continue
        yield from (writer.mark(found, previous, how) for found in _post_of_one(clause.group) if _strong(found, how, clause))


def _labels_within(words: Words) -> Iterator[tuple[Role, int, int]]:
    """Role and words of the labels that a line's own text ends with: `Mở lớp. Đơn vị chủ trì: A; phối hợp: B`, `(chủ trì: A)`."""
    for k in [k for k, mark in enumerate(words.marks) if mark == ":" and k > 1]:
        found = next(((phrase, role) for phrase, role in _INNER if _ends_label(words, k + 1 - len(phrase), phrase)), None)
        if found:
            end = next((j for j in range(k + 1, len(words.keys)) if words.marks[j] in {";", ".", ")", ":"}), len(words.keys))
            yield found[1], k + 1, end


def _ends_label(words: Words, at: int, phrase: tuple[str, ...]) -> bool:
    return at > 0 and words.marks[at - 1] in {".", ";", ",", "("} and starts_with(words, at, phrase)


def _without_issuer(doc: Doc, line: Line, clause: Clause) -> Clause:
    """`Trên đây là Kế hoạch của UBND xã, các ban, ngành thực hiện`: whose plan it is stands before the doers, in one list with them."""
    owned = line.kind == CLOSING and len(clause.group) > 1 and clause.before.endswith(" của")
    return clause._replace(group=clause.group[1:], before="") if owned and _is_issuer(doc, clause) else clause


def _post_of_one(group: Sequence[Found]) -> Sequence[Found]:
    """`Đồng chí Ủy viên Ban Thường vụ, Chủ tịch UBND xã` is one person: the last post is the one that counts."""
    one = len(group) > 1 and not group[0].plural and group[0].honoured and all(found.kind == "official" for found in group)
    return group[-1:] if one else group


def _place(doc: Doc, line: Line) -> Place:
    """The line with what stands below it: lower headings or numbered items, or items that begin with a verb."""
    below = next(iter(children(doc, line)), None)
    if below is None or below.number != line.number + 1:
        return Place(line)
    words = words_of(text_of(doc), below.body, min(below.end, below.body + 40), folded(doc))
    found = longest(predicates(), words.keys, 0)
    work = below.kind in {BULLET, PARAGRAPH, NUMBERED} and found is not None and found[1][0] == "verb"
    return Place(line, parted=line.kind == HEADING and below.kind in {HEADING, NUMBERED}, over_work=work)


def _is_issuer(doc: Doc, clause: Clause) -> bool:
    """Whether the body is the one that issues the document: what it announces at the end is no assignment."""
    issuer = identity_of(doc).issuer
    return issuer is not None and unit_of(doc, clause.words, clause.group[0]).name == issuer


def _strong(found: Found, how: How, clause: Clause) -> bool:
    """Whether a body has by it what it needs to count: a weak one a cue or the first place, one behind cues a cue."""
    if found.need in {"cue", PEOPLE}:
        return how in {"assigned", "cued"}
    opens = not clause.before or (clause.before.endswith(" ,") and cues.OPENER.match(clause.before) is not None and acts(clause))
    return found.need != "weak" or how != "subject" or opens or found is not clause.group[0] or found.plural
