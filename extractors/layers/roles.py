"""Roles: the part that each body has in a line: who leads, helps, is advised, is reported to.

    Giao A chủ trì, phối hợp với B và C tham mưu D      A lead, B and C coordinate, D advised
    báo cáo A; gửi về A                                   A reported_to
    chỉ đạo, hướng dẫn A thực hiện ...                     A lead
    khuyến khích, vận động A; kiểm tra A; trước A          none

In sections on tasks and on organising the work the subject of a sentence leads; in the latter so do the bodies of a heading.
Recipients have no role. A mark's label is the role, its value a `Part`.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from extractors.layers import role_cues as cues
from extractors.layers.cells import unit_cells
from extractors.layers.events import topics_of
from extractors.layers.identity import identity_of
from extractors.layers.label_scope import beside_work, scopes_of
from extractors.layers.lines import BULLET, CLOSING, HEADING, LABEL, LEAD, NUMBERED, PARAGRAPH, Line, lines_of
from extractors.layers.marks import Mark, of, put, read, text_of, write
from extractors.layers.role_cues import How
from extractors.layers.unit_grammar import Found, starts_with
from extractors.layers.unit_slots import bodies_of_slot
from extractors.layers.unit_words import Words, longest, phrases, predicates, words_of
from extractors.layers.units import Unit, forget_scans, scan, scan_of, span_of, unit_of
from extractors.layers.zones import GOALS

LAYER = "roles"
_PROSE = frozenset({HEADING, NUMBERED, LEAD, BULLET, PARAGRAPH, CLOSING})
_WORK = frozenset({"task", "assignment", "reporting", "budget"})
_STOPS = frozenset({".", ";", ":"})
_NO_VERBS = frozenset({"và", "hoặc", "vùng", "mới", "này", "đó", "khu", "loại", "ngày", "năm", "tháng", "quý", "là", "nói", "hiện"})
_INNER = tuple(zip(phrases("phối hợp:", "đơn vị phối hợp:", "cơ quan phối hợp:", "chủ trì:", "đơn vị chủ trì:"), ("coordinate",) * 3 + ("lead",) * 2, strict=True))
_BESIDE = "của"
_NO_CUES = frozenset({"", ",", ":", "(", "-"})
_LINKS = frozenset({",", "và", ":", "(", "-", ";"})


class Part(NamedTuple):
    """Part: a body's part in a line. `how` says what gives it: its place as subject, an assignment, a cue, a heading ..."""

    unit: Unit
    kind: str
    how: How
    line: int
    section: str | None = None


class _Clause(NamedTuple):
    """_Clause: a list of bodies with what stands before and behind it in its clause;
    `parted` says that lower headings name the members of a group,
    `over_work` that what stands below begins with a verb."""

    group: Sequence[Found]
    before: str
    after: str
    next_at: int | None
    previous: str | None
    parted: bool = False
    over_work: bool = False


class _Cued(NamedTuple):
    """_Cued: what a cue decides, a role with its source or none."""

    verdict: tuple[str, How] | None


def mark_roles(doc: Doc) -> None:
    """Set the `roles` layer; needs `lines` and uses what `units` scanned."""
    marks: list[Mark] = []
    topics = topics_of(doc)
    for line in lines_of(doc):
        if line.kind == LABEL:
            marks.extend(_of_label(doc, line))
        elif line.kind in _PROSE and (line.kind == CLOSING or line.zone in _WORK or line.zone == "requirement"):
            if not beside_work(doc, line) and line.number not in topics:
                marks.extend(_of_line(doc, line))
        elif line.kind == BULLET and line.zone in GOALS:
            marks.extend(mark for mark in _of_line(doc, line) if mark.label in {"reported_to", "advised"})
    marks.extend(_of_cells(doc))
    put(doc, LAYER, sorted(marks, key=lambda mark: mark.start))
    forget_scans(doc)


def roles_of(doc: Doc) -> tuple[tuple[Mark, Part], ...]:
    """The parts of bodies in the document, in order; the mark's label is the role."""
    key = "values:roles"
    if key not in doc.user_data:
        found = []
        for mark in of(doc, LAYER):
            part = read(Part, mark.value)
            found.append((mark, part._replace(unit=Unit(*part.unit))))
        doc.user_data[key] = tuple(found)
    return doc.user_data[key]  # type: ignore[no-any-return]


def _part(doc: Doc, words: Words, found: Found, role: str, how: How, line: Line, section: str | None) -> Mark:
    start, end = span_of(words, found)
    return Mark(start, end, role, write(Part(unit_of(doc, words, found), found.kind, how, line.number, section)))


def _of_label(doc: Doc, line: Line) -> Iterator[Mark]:
    """The bodies of a label line that names them; of a product label those whom it is submitted to."""
    start = line.tail if line.tail is not None else line.body
    words = words_of(text_of(doc), start, line.end)
    section = scopes_of(doc)[line.number].section
    if line.label in {"lead", "coordinate"}:
        for role, first, last in _parts_of_label(words, line.label):
            for found in bodies_of_slot(words, first, last):
                yield _part(doc, words, found, role, "label", line, section)
    elif line.label == "product":
        for clause in _clauses(words, scan(words)):
            if cues.ADVISED.search(clause.before):
                yield from (_part(doc, words, found, "advised", "cued", line, section) for found in clause.group)


def _parts_of_label(words: Words, label: str) -> Iterator[tuple[str, int, int]]:
    """Role and words of each part of a label line: `Chủ trì: A; phối hợp: B` holds two."""
    begin, role = 0, label
    for k in range(1, len(words.keys)):
        inner = next((r for phrase, r in _INNER if starts_with(words, k, phrase)), None)
        if inner and words.marks[k - 1] in {";", ",", "."}:
            yield role, begin, k
            begin, role = next(j for j in range(k, len(words.keys)) if words.marks[j] == ":") + 1, inner
    yield role, begin, len(words.keys)


def _of_cells(doc: Doc) -> Iterator[Mark]:
    for cell in unit_cells(doc):
        words = words_of(text_of(doc), cell.start, cell.end)
        if cell.role is None:
            yield from _doer_of_cell(doc, words, cell.line)
            continue
        for found in bodies_of_slot(words, people=True):
            yield _part(doc, words, found, cell.role, "cell", cell.line, cell.line.section)


def _doer_of_cell(doc: Doc, words: Words, line: Line) -> Iterator[Mark]:
    """The subject that a task's own words begin with: `Chủ đầu tư phê duyệt nhiệm vụ`."""
    clause = next(_clauses(words, scan(words)), None)
    if clause and not clause.before and _acts(words, clause) and not cues.STATIVE.match(clause.after):
        yield from (_part(doc, words, found, "lead", "cell", line, line.section) for found in clause.group)


def _of_line(doc: Doc, line: Line) -> Iterator[Mark]:
    words, groups = scan_of(doc, line)
    previous: str | None = None
    how: How
    parted, over_work = _parted(doc, line), line.kind == HEADING and _over_work(doc, line)
    for clause in _clauses(words, groups):
        verdict = _verdict(words, line, clause._replace(previous=previous, parted=parted, over_work=over_work))
        previous = verdict[0] if verdict else None
        if verdict and not (line.kind == CLOSING and verdict[1] == "subject" and _is_issuer(doc, words, clause)):
            role, how = verdict
            group = _post_of_one(clause.group)
            yield from (_part(doc, words, found, role, how, line, line.section) for found in group if _strong(found, how, clause))


def _post_of_one(group: Sequence[Found]) -> Sequence[Found]:
    """`Đồng chí Ủy viên Ban Thường vụ, Chủ tịch UBND xã` is one person: the last post is the one that counts."""
    one = len(group) > 1 and not group[0].plural and group[0].honoured and all(found.kind == "official" for found in group)
    return group[-1:] if one else group


def _parted(doc: Doc, line: Line) -> bool:
    """Whether lower headings or numbered items stand under a heading: then they name the doers of a group (`Trách nhiệm của các đơn vị`)."""
    lines = lines_of(doc)
    below = lines[line.number + 1] if line.number + 1 < len(lines) else None
    return line.kind == HEADING and below is not None and below.parent == line.number and below.kind in {HEADING, NUMBERED}


def _over_work(doc: Doc, line: Line) -> bool:
    """Whether the item below a heading begins with a verb (`Rà soát ...`), not with what is looked at (`Công tác ...`)."""
    lines = lines_of(doc)
    below = lines[line.number + 1] if line.number + 1 < len(lines) else None
    if below is None or below.parent != line.number or below.kind not in {BULLET, PARAGRAPH, NUMBERED}:
        return False
    words = words_of(text_of(doc), below.body, min(below.end, below.body + 40))
    found = longest(predicates(), words.keys, 0)
    return found is not None and found[1][0] == "verb"


def _is_issuer(doc: Doc, words: Words, clause: _Clause) -> bool:
    """Whether the body is the one that issues the document: what it announces at the end is no assignment."""
    issuer = identity_of(doc).issuer
    return issuer is not None and unit_of(doc, words, clause.group[0]).name == issuer


def _strong(found: Found, how: How, clause: _Clause) -> bool:
    if found.need == "cue":
        return how in {"assigned", "cued"}
    return found.need != "weak" or how != "subject" or not clause.before or found is not clause.group[0] or found.plural


def _clauses(words: Words, groups: Sequence[Sequence[Found]]) -> Iterator[_Clause]:
    for k, group in enumerate(groups):
        first, last = group[0].first, group[-1].last
        begin = max((j + 1 for j in range(max(0, first - 60), first) if words.marks[j] in _STOPS), default=0 if first <= 60 else first - 60)
        before = max(begin, groups[k - 1][-1].last if k else 0)
        end = next((j for j in range(last, min(last + 24, len(words.keys))) if words.marks[j] in _STOPS), len(words.keys))
        text = words.phrase(before, first)
        if not text and k and before == groups[k - 1][-1].last and before > begin:
            text = _BESIDE
        following = groups[k + 1][0].first if k + 1 < len(groups) else None
        yield _Clause(group, text, words.phrase(last, min(end + 1, last + 24)), following, None)


def _verdict(words: Words, line: Line, clause: _Clause) -> tuple[str, How] | None:
    """Role of a list of bodies and what gives it; None where it has none."""
    if clause.before.rsplit(" ", 1)[-1] not in _NO_CUES:
        cued = _by_cue(words, line, clause)
        if cued:
            return cued.verdict
    if clause.previous in {"coordinate", "reported_to"} and _interrupted(words, clause):
        return clause.previous, "cued"
    return _as_subject(words, line, clause)


def _by_cue(words: Words, line: Line, clause: _Clause) -> _Cued | None:
    """What the phrase straight before the bodies says; None where it is no cue."""
    before, after = " ".join(clause.before.split(" ")[-36:]), clause.after
    if cues.ADVISED.search(before):
        return _Cued(("advised", "cued"))
    if cues.COORDINATE.search(before):
        return _Cued(("coordinate", "cued"))
    if cues.REPORTED.search(before) or (clause.previous == "reported_to" and cues.VIA.search(before)):
        return _Cued(("reported_to", "cued"))
    if cues.ASSIGN.search(before):
        return _Cued(None if cues.ASKED_ABOVE.match(after) else ("lead", "heading" if line.kind == HEADING else "assigned"))
    if cues.DIRECT.search(before):
        urged = cues.URGES.search(before) and all(found.loose or found.kind == "official" for found in clause.group)
        return _Cued(("lead", "assigned") if (_acts(words, clause) or after.startswith("để ")) and not urged else None)
    if cues.BY.search(before):
        return _Cued(("lead", "subject") if cues.BY_DOES.match(after) else None)
    return None


def _interrupted(words: Words, clause: _Clause) -> bool:
    """Whether only another noun of the same list stands between two lists of bodies."""
    if cues.ABOVE_ALL.fullmatch(clause.before):
        return True
    tokens = clause.before.split(" ")
    if tokens[0] not in {",", "và"} or tokens[-1] not in {",", "và"} or len(tokens) > 8:
        return False
    keys = words_of(clause.before, 0, len(clause.before)).keys
    return not any(longest(predicates(), keys, k) for k in range(1, len(keys) - 1))


def _as_subject(words: Words, line: Line, clause: _Clause) -> tuple[str, How] | None:
    """A subject leads where the section gives work; a helper without a partner coordinates."""
    before, after = clause.before, clause.after
    if line.kind == HEADING and line.zone != "assignment" and not line.tail and not (line.family == "article" and cues.DUTY.match(after)):
        return ("lead", "heading") if clause.over_work and not before and after in {"", ":", "."} else None
    opens = not before or cues.SHORT_OPENER.fullmatch(before) or (cues.OPENER.match(before) and before.endswith(",")) or before in _LINKS
    if not opens and line.kind == CLOSING:
        opens = (cues.OPENER.match(before) or before.endswith(",")) and cues.CLOSING_VERBS.match(after)
    if not opens and not (before.split(" ")[-1] in _LINKS and cues.DUTY.match(after)):
        return None
    if cues.ORDERS.match(after) or (cues.STATIVE.match(after) and not cues.DUTY.match(after)):
        return None
    if line.zone == "requirement" and not cues.URGED.match(after):
        return None
    adjacent = clause.next_at is not None and clause.next_at - clause.group[-1].last <= 2
    if cues.ONLY_HELPS.match(after) and not adjacent:
        return "coordinate", "subject"
    if line.kind == HEADING and all(found.loose for found in clause.group) and clause.parted:
        return None
    if line.kind == HEADING and (line.tail is None or words.starts[clause.group[0].first] < line.tail):
        return "lead", "heading"
    return ("lead", "subject") if _acts(words, clause) or _names_doers(line, after) else None


def _names_doers(line: Line, after: str) -> bool:
    """Whether a body alone is a doer: before a colon, or as a line of the assignments that names nothing else."""
    if after.startswith((":", "( ")):
        return line.zone == "assignment" or (after.startswith(": ") or clause.over_work)
    return line.zone == "assignment" and (after in {"", ".", ";", ","} or after.startswith((", ", "; ", "theo ", "trong ", "trên ", "tại ")))


def _acts(words: Words, clause: _Clause) -> bool:
    """Whether a predicate stands behind the bodies: a word that is neither a preposition nor the rest of a noun phrase."""
    at = clause.group[-1].last
    if words.marks[at : at + 1] == ["("]:
        at = next((k + 1 for k in range(at, min(at + 24, len(words.keys))) if words.marks[k] == ")"), at)
    at += words.marks[at : at + 1] == [","]
    if at >= len(words.keys) or not words.marks[at].isalpha() or words.keys[at] in _NO_VERBS:
        return False
    found = longest(predicates(), words.keys, at)
    if found is None or found[1][0] == "noun":
        return not words.capital(at) and words.marks[at - 1] != "," and not clause.group[-1].loose
    return found[1][0] != "preposition" or words.phrase(at, at + 2) in {"theo chức", "trên cơ", "theo nhiệm", "theo phạm"}
