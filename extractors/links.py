"""Links: which fact belongs to which: targets in goals, deadlines on tasks, tasks of units, instruments of tasks.

Extractors stand alone and yield facts without links; this is the one place where facts of different families meet. The
tree of lines decides (DOMAIN: same clause, then the label line behind the item, then the heading over it).
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate, chain
from typing import Any, NamedTuple, TypeVar

from extractors.layers.lines import HEADING, LABEL, LEAD, Line, governors, line_at
from extractors.layers.marks import Doc
from schemas.facts import AppliesTo, Deadline, Goal, Reference, Responsibility, Section, Target, Task

Facts = dict[str, Any]
Linked = TypeVar("Linked", Goal, Target, Task, Deadline, Responsibility)
_DATED = frozenset({"by", "in", "during", "from", "within"})


def connect(doc: Doc, facts: Mapping[str, tuple[Any, ...]]) -> Facts:
    """The same facts with their links to each other filled in."""
    linked = dict(facts)
    linked["goals"], linked["targets"] = _goals_and_targets(facts["goals"], facts["targets"])
    linked["deadlines"] = _applied(doc, linked)
    linked["tasks"] = _tasks(doc, linked)
    linked["responsibilities"] = _responsibilities(facts["responsibilities"], linked["tasks"])
    return linked


def _goals_and_targets(goals: Sequence[Goal], targets: Sequence[Target]) -> tuple[tuple[Goal, ...], tuple[Target, ...]]:
    held: dict[str, list[str]] = defaultdict(list)
    placed = []
    starts = [goal.evidence.start for goal in goals]
    for target in targets:
        k = bisect_right(starts, target.evidence.start) - 1
        inside = k >= 0 and target.evidence.end <= goals[k].evidence.end
        if inside:
            held[goals[k].id].append(target.id)
        placed.append(target.model_copy(update={"goal": goals[k].id}) if inside else target)
    return tuple(_with(goal, targets=tuple(held[goal.id])) for goal in goals), tuple(placed)


def _with(fact: Linked, **links: Any) -> Linked:
    """The fact with its links; the same where there are none."""
    return fact.model_copy(update=links) if any(links.values()) else fact


def _by_line(doc: Doc, facts: Sequence[Linked]) -> dict[int, list[Linked]]:
    found: dict[int, list[Linked]] = defaultdict(list)
    for fact in facts:
        found[line_at(doc, fact.evidence.start).number].append(fact)
    return found


def _applied(doc: Doc, facts: Facts) -> tuple[Deadline, ...]:
    """What each deadline governs: the target it states, else the task or goal of its line or of the item above, else a section."""
    tasks, goals = (_by_line(doc, facts[family]) for family in ("tasks", "goals"))
    aims = {number: _aims_of(targets) for number, targets in _by_line(doc, facts["targets"]).items()}
    sections = {line_at(doc, section.evidence.start).number: section for section in facts["outline"]}
    applied = []
    for deadline in facts["deadlines"]:
        line = line_at(doc, deadline.evidence.start)
        stated = _target_of(deadline, aims[line.number]) if line.number in aims else None
        applies = stated or _owner(doc, line, tasks, goals, sections)
        applied.append(_with(deadline, applies_to=applies))
    return tuple(applied)


class _Aims(NamedTuple):
    """_Aims: the targets of a line in order: where each begins, how far it and those before it reach, and the first of each horizon."""

    ids: Sequence[str]
    starts: Sequence[int]
    reaches: Sequence[int]
    horizons: Mapping[int, int]


def _aims_of(targets: Sequence[Target]) -> _Aims:
    horizons: dict[int, int] = {}
    for number, target in enumerate(targets):
        if target.horizon:
            horizons.setdefault(target.horizon.evidence.start, number)
    starts, ends = [target.evidence.start for target in targets], (target.evidence.end for target in targets)
    return _Aims([target.id for target in targets], starts, list(accumulate(ends, max)), horizons)


def _target_of(deadline: Deadline, aims: _Aims) -> AppliesTo | None:
    """The first target of the deadline's line that overlaps it or has it as its horizon."""
    start, end = deadline.evidence.start, deadline.evidence.end
    overlapping = bisect_right(aims.reaches, start)
    none = len(aims.ids)
    first = min(
        overlapping if overlapping < none and aims.starts[overlapping] < end else none,
        aims.horizons.get(deadline.time.evidence.start, none),
    )
    return AppliesTo(kind="target", id=aims.ids[first]) if first < none else None


def _owner(doc: Doc, line: Line, tasks: dict[int, list[Task]], goals: dict[int, list[Goal]], sections: dict[int, Section]) -> AppliesTo | None:
    for over in chain((line,), governors(doc, line)):
        if over.number in tasks:
            return AppliesTo(kind="task", id=tasks[over.number][0].id)
        if over.number in goals:
            return AppliesTo(kind="goal", id=goals[over.number][0].id)
        if over.number in sections:
            return AppliesTo(kind="section", id=sections[over.number].id)
    return None


def _tasks(doc: Doc, facts: Facts) -> tuple[Task, ...]:
    own: dict[str, list[Deadline]] = defaultdict(list)
    by_line = _by_line(doc, facts["deadlines"])
    for deadline in facts["deadlines"]:
        if deadline.applies_to and deadline.applies_to.kind == "task":
            own[deadline.applies_to.id].append(deadline)
    linked, mentions = [], _mentioned(facts["references"])
    over: dict[int | None, list[Deadline]] = {}
    for task in facts["tasks"]:
        line = line_at(doc, task.evidence.start)
        inside = [d for d in by_line.get(line.number, []) if task.evidence.start <= d.evidence.start < task.evidence.end]
        if line.parent not in over:
            over[line.parent] = [d for up in governors(doc, line) if up.kind in {HEADING, LEAD, LABEL} for d in by_line.get(up.number, [])]
        deadline = _first(inside, own[task.id], over[line.parent])
        cited = _cited(facts["references"], mentions, task)
        linked.append(_with(task, deadline=deadline, references=cited))
    return tuple(linked)


def _first(*groups: Sequence[Deadline]) -> str | None:
    """The nearest dated deadline, else the nearest condition; a recurrence has no end to give."""
    for kinds in (_DATED, {"conditional"}):
        for group in groups:
            for deadline in group:
                if deadline.time.kind in kinds:
                    return deadline.id
    return None


def _mentioned(references: Sequence[Reference]) -> list[tuple[int, int]]:
    """Where instruments are mentioned, in order, each with the number of the instrument."""
    return sorted((mention.start, number) for number, reference in enumerate(references) for mention in reference.mentions)


def _cited(references: Sequence[Reference], mentions: Sequence[tuple[int, int]], task: Task) -> tuple[str, ...]:
    first = bisect_left(mentions, (task.evidence.start,))
    inside = mentions[first : bisect_left(mentions, (task.evidence.end,), first)]
    return tuple(references[number].id for number in sorted({number for _, number in inside}))


def _responsibilities(responsibilities: Sequence[Responsibility], tasks: Sequence[Task]) -> tuple[Responsibility, ...]:
    given: dict[tuple[str | None, str, str], list[str]] = defaultdict(list)
    for task in tasks:
        for role, units in (("lead", task.lead), ("coordinate", task.coordinate)):
            for name in dict.fromkeys(unit.name for unit in units):
                given[task.section, role, name].append(task.id)
    return tuple(_with(fact, tasks=tuple(given.get((fact.section, fact.role, fact.unit.name), ()))) for fact in responsibilities)
