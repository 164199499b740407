"""Tasks: what is to be done, one a bullet, paragraph, numbered paragraph or row of an assignment table, with who does it.

Label lines complete the item above them and are no tasks; headings, lead-in lines, group labels (`Về giáo dục:`), lists of
members and what stands under labels of persons or places are none either. A task's doers are those of its own words, else of its
label lines, else of the heading over it; whom its words direct (`giao X`) comes besides.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from extractors.layers.cells import Grid, cell_text, grids_of
from extractors.layers.events import events_of, topics_of
from extractors.layers.folded import folded
from extractors.layers.frame import EXECUTES
from extractors.layers.label_scope import beside_work, scopes_of
from extractors.layers.lines import BULLET, HEADING, LABEL, LEAD, NUMBERED, PARAGRAPH, Line, children, governors, lines_of
from extractors.layers.marks import Doc, Mark, cite, of, text_of
from extractors.layers.roles import Part, organization, roles_of
from extractors.layers.spans import spans_of
from extractors.layers.syllables import CAPITALS, fold
from extractors.layers.unit_slots import surnames
from extractors.layers.unit_words import longest, predicates, words_of
from extractors.layers.zones import GOALS
from schemas.facts import Organization, Task

_WORK = frozenset({"task", "assignment", "reporting"})
_DOES = frozenset({"subject", "named", "cell"})
"""What makes a body the doer of its line, whoever the heading names."""
_TRIMMED = " \t*_;:."
_GROUP_LABEL = re.compile(
    r"(?:nhiệm vụ|nội dung|giải pháp|yêu cầu|hình thức|về|đối với|lĩnh vực|công tác|nhóm|trong|tại|giai đoạn|năm|quý|tháng)\b[^.;]{0,80}:\s*$",
    re.IGNORECASE,
)
_MEMBER = re.compile(
    rf"""(?:\d+\.?\s*)?(?i:(?:các\ )?(?:ông|bà|đồng\ chí|đ/c))\b\s*(?P<colon>:?)\s*   # Ông: Trần Văn An - Trưởng ban
    (?P<name>[{CAPITALS}][^\W\d_]*(?:\s[{CAPITALS}][^\W\d_]*){{1,4}})\s*[-–,:(]""",
    re.VERBOSE,
)
_WORD = re.compile(r"\w")
_INTRO = re.compile(r"(?:dưới đây|sau đây|như sau)\b", re.IGNORECASE)
_NOTE = re.compile(
    r"\(\s*(?:ban hành\s+)?(?:kèm theo|có|chi tiết)"
    r"|(?:chi tiết|nội dung|danh sách|các chỉ tiêu|có).{0,60}(?:kèm theo|phụ lục|bảng (?:sau|dưới))",
    re.IGNORECASE,
)
_DEFINES = re.compile(r"[^,;:.]{3,60}?\slà\s(?:các|những|một|hệ thống|việc|quá trình|tập hợp|loại|hình thức)\b", re.IGNORECASE)
_ENACTS = re.compile(
    rf"{EXECUTES.pattern}|^(?:nay )?(?:ban hành|phê duyệt)\b.{{0,30}}\b(?:kèm )?theo", re.IGNORECASE
)
"""What an article says of its decision itself: that it enacts and binds."""
_OF_ITSELF = re.compile(r"(?:quyết định|nghị quyết|kế hoạch|chương trình) này có hiệu lực", re.IGNORECASE)
_BEHIND_DATE = re.compile(r"\s*:\s*(?P<words>[^\W\d_]+(?:[\s,]+\w+){2})")
_FIELD_LABEL = re.compile(r"[^\W\d]\w*(?:\s\w+){0,3}:\s+\S")


class _Doers(NamedTuple):
    """_Doers: the bodies of a task."""

    lead: tuple[Organization, ...]
    coordinate: tuple[Organization, ...]


class _Roles:
    """_Roles: the parts of bodies by line and by what label lines complete."""

    def __init__(self, doc: Doc) -> None:
        self.own: dict[int, list[tuple[Mark, Part]]] = defaultdict(list)
        self.labels: dict[int, list[tuple[Mark, Part]]] = defaultdict(list)
        scopes = scopes_of(doc)
        for mark, part in roles_of(doc):
            if part.how == "label":
                for number in scopes[part.line].lines:
                    self.labels[number].append((mark, part))
            else:
                self.own[part.line].append((mark, part))


def extract(doc: Doc) -> Iterator[Task]:
    """The tasks in document order."""
    roles = _Roles(doc)
    found = [*_of_lines(doc, roles), *_of_tables(doc, roles)]
    for number, task in enumerate(sorted(found, key=lambda task: task.evidence.start), 1):
        name = f"task-{number}"
        yield task if task.id == name else task.model_copy(update={"id": name})


def _of_lines(doc: Doc, roles: _Roles) -> Iterator[Task]:
    text = text_of(doc)
    products = _products(doc)
    labelled = {number for scope in scopes_of(doc).values() for number in scope.lines}
    count = 0
    for line in lines_of(doc):
        start = _begin(doc, line, roles, labelled)
        if start is None:
            continue
        words = text[start : line.end].rstrip(" \t*_")
        doers = _doers(doc, line, roles)
        count += 1
        yield Task(
            id=f"task-{count}", text=words, section=line.section, lead=doers.lead, coordinate=doers.coordinate,
            product=products.get(line.number), evidence=cite(doc, start, start + len(words)),
        )  # fmt: skip


def _begin(doc: Doc, line: Line, roles: _Roles, labelled: set[int]) -> int | None:
    """Where a line's task begins; None where the line is no task."""
    if line.zone not in _WORK and not _given(doc, line, roles):
        return None
    if line.kind == HEADING:
        if line in events_of(doc):
            return line.body if line.family not in {"roman", "upper", "part", "chapter"} else None
        if line.tail is not None:
            said = text_of(doc)[line.tail : line.end]
            return None if _ENACTS.search(said) or _OF_ITSELF.match(said) else line.tail
        return line.body if line.number in labelled and _names_work(doc, line) else None
    if line.kind not in {BULLET, NUMBERED, PARAGRAPH}:
        return None
    words = text_of(doc)[line.body : line.end].strip()
    if _OF_ITSELF.match(words) or (line.family == "article" and _ENACTS.search(words)) or (line.kind == PARAGRAPH and EXECUTES.search(words)):
        return None
    if line.kind == PARAGRAPH and _DEFINES.match(words) and not roles.own[line.number] and not _acts(words):
        return None
    if not _WORD.search(words) or beside_work(doc, line) or line.number in topics_of(doc) or _is_label(doc, line, words, roles):
        return None
    return line.body


def _given(doc: Doc, line: Line, roles: _Roles) -> bool:
    """Whether a line among the goals or the dates gives work: to a body that it or its label lines name, or behind its date
    (`Tháng 9/2025: phổ biến kế hoạch`)."""
    if line.zone == "schedule":
        led = any(mark.label == "lead" for mark, _ in roles.own[line.number])
        return line.kind in {BULLET, PARAGRAPH, NUMBERED} and (led or _dated(doc, line))
    return line.kind == BULLET and line.zone in GOALS and bool(roles.own[line.number] or roles.labels[line.number])


def _dated(doc: Doc, line: Line) -> bool:
    """Whether a line is a time, a colon and what is done then."""
    times = of(doc, "times")
    at = bisect_left(times, line.start, key=attrgetter("start"))
    opening = times[at] if at < len(times) else None
    if opening is None or opening.start > line.body or opening.end > line.end:
        return False
    said = _BEHIND_DATE.match(text_of(doc), opening.end, line.end)
    return said is not None and not spans_of(doc, "times").overlap(said.start("words"), said.start("words") + 1)


def _names_work(doc: Doc, line: Line) -> bool:
    """Whether a heading that has label lines names something to do: it begins with a verb, or has nothing but labels below."""
    words = words_of(text_of(doc), line.body, min(line.end, line.body + 60), folded(doc))
    found = longest(predicates(), words.keys, 0)
    if text_of(doc)[line.start : line.end].rstrip().endswith(":") or (found and found[1][0] != "verb"):
        return False
    below = children(doc, line)
    if below and all(other.kind == LABEL for other in below):
        return True
    closed = bool(below) and (below[0].kind == LABEL or "." in (line.marker or ""))
    return found is not None and (not below or closed)


def _is_label(doc: Doc, line: Line, words: str, roles: _Roles) -> bool:
    """Lines that name a group, a member, an annex or nothing but bodies."""
    member = _MEMBER.match(words)
    if (member and (member["colon"] or fold(member["name"].split()[0]) in surnames())) or (_NOTE.match(words) and len(words) < 160):
        return True
    governs = _governs(doc, line)
    if line.kind == PARAGRAPH and _INTRO.search(words) and _children_follow(doc, line):
        return True
    if words.endswith(":") and governs and (_GROUP_LABEL.match(words) or roles.own[line.number]) and _only_names(doc, line, roles, words):
        return True
    return line.kind == PARAGRAPH and len(words) < 60 and bool(_FIELD_LABEL.match(words)) and not _acts(words)


def _children_follow(doc: Doc, line: Line) -> bool:
    """Whether the next line is a lower heading of the heading over this line."""
    lines = lines_of(doc)
    return line.number + 1 < len(lines) and lines[line.number + 1].kind == HEADING and lines[line.number + 1].parent == line.parent


def _only_names(doc: Doc, line: Line, roles: _Roles, words: str) -> bool:
    """Whether a line with a colon at its end names bodies or a field, and no action."""
    if _GROUP_LABEL.match(words):
        return not _acts(words)
    last = max(mark.end for mark, _ in roles.own[line.number])
    return not _WORD.search(text_of(doc)[last : line.end])


def _acts(words: str) -> bool:
    keys = words_of(words, 0, len(words)).keys
    found = longest(predicates(), keys, 0)
    return found is not None and found[1][0] == "verb"


def _governs(doc: Doc, line: Line) -> bool:
    lines = lines_of(doc)
    return line.number + 1 < len(lines) and lines[line.number + 1].parent == line.number


def _doers(doc: Doc, line: Line, roles: _Roles) -> _Doers:
    own = roles.own[line.number]
    subjects = [part for mark, part in own if mark.label == "lead" and part.how in _DOES]
    directed = [part for mark, part in own if mark.label == "lead" and part.how not in _DOES]
    helpers = [part for mark, part in own if mark.label == "coordinate"]
    if subjects:
        return _Doers(_bodies([*subjects, *directed]), _bodies(helpers))
    over = roles.labels[line.number] or _over(doc, line, roles)
    leads = [part for mark, part in over if mark.label == "lead"]
    partners = [part for mark, part in over if mark.label == "coordinate"]
    return _Doers(_bodies([*leads, *directed]), _bodies([*helpers, *partners]))


def _over(doc: Doc, line: Line, roles: _Roles) -> Sequence[tuple[Mark, Part]]:
    """The parts that the nearest governing line with bodies gives, or a lead-in heading just before numbered paragraphs."""
    for over in governors(doc, line):
        if over.kind in {HEADING, LEAD, BULLET, NUMBERED}:
            parts = roles.labels[over.number] or [p for p in roles.own[over.number] if _hands_down(over, p[1])]
            if parts:
                return parts
    before = _heading_before(doc, line)
    if before and line.kind == NUMBERED and text_of(doc)[before.start : before.end].rstrip().endswith(":") and not _governs(doc, before):
        return [p for p in roles.own[before.number] if _hands_down(before, p[1])]
    return []


def _heading_before(doc: Doc, line: Line) -> Line | None:
    """The nearest heading before a line under the same governor."""
    at = line.number - 1
    lines = lines_of(doc)
    while at >= 0 and lines[at].parent == line.parent and lines[at].kind == NUMBERED:
        at -= 1
    return lines[at] if at >= 0 and lines[at].parent == line.parent and lines[at].kind == HEADING else None


def _hands_down(over: Line, part: Part) -> bool:
    """Whether a body of a governing line does what stands below it."""
    return part.how in {"heading", "assigned", "named"} or (over.zone == "assignment" and part.how in {"subject", "cued"})


def _bodies(parts: Sequence[Part]) -> tuple[Organization, ...]:
    found: dict[str, Organization] = {}
    for part in parts:
        found.setdefault(fold(part.unit.name), organization(part.unit, part.kind))
    return tuple(found.values())


def _products(doc: Doc) -> dict[int, str]:
    """What the label lines `Sản phẩm:` and `Kết quả:` say, by the number of the item they complete."""
    found: dict[int, str] = {}
    for number, scope in scopes_of(doc).items():
        label = lines_of(doc)[number]
        words = text_of(doc)[label.tail : label.end].strip(_TRIMMED) if label.label == "product" else ""
        if words:
            found |= dict.fromkeys(scope.lines, words)
    return found


def _of_tables(doc: Doc, roles: _Roles) -> Iterator[Task]:
    for grid in grids_of(doc):
        column = grid.column("task")
        if not grid.assigns or column is None:
            continue
        for at, row in enumerate(grid.rows):
            span = None if row.section else cell_text(doc, grid, at, column)
            if span:
                yield _of_row(doc, grid, at, span, roles)


def _of_row(doc: Doc, grid: Grid, at: int, span: tuple[int, int], roles: _Roles) -> Task:
    line = grid.rows[at].line
    parts = roles.own[line.number]
    product = cell_text(doc, grid, at, grid.column("product"))
    text = text_of(doc)
    return Task(
        id="task-0", text=" ".join(text[slice(*span)].split()), section=line.section,
        lead=_bodies([part for mark, part in parts if mark.label == "lead"]),
        coordinate=_bodies([part for mark, part in parts if mark.label == "coordinate"]),
        product=" ".join(text[slice(*product)].split()) if product else None, evidence=cite(doc, *span),
    )  # fmt: skip
