"""Cards: the facts of a plan as what a person reads beside the text: a heading, a badge, and lines of detail."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from comparison.measures import level_words, words_of
from comparison.vocabulary import known
from schemas.facts import Deadline, Evidence, Goal, Organization, Reference, Responsibility, Target, Task, Time
from schemas.plan import Plan
from web.times import span_words, time_words
from web.words import Both, join, same, say


class Detail(NamedTuple):
    """Detail: a line of a card; `fact` is the id of another fact that it leads to."""

    label: Both
    value: Both
    fact: str | None = None


class Card(NamedTuple):
    """Card: one fact; `badge` is the short answer (a level, a role, a day), `places` where the text says so."""

    id: str
    family: str
    title: Both
    badge: Both
    details: tuple[Detail, ...]
    places: tuple[Evidence, ...]
    tone: str = ""


def cards_of(plan: Plan) -> dict[str, list[Card]]:
    """The cards of a plan by family, in document order."""
    names = _names(plan)
    times = {one.id: when(one.time) for one in plan.deadlines}
    return {
        "targets": [_target(one) for one in plan.targets],
        "goals": [_goal(one, names) for one in plan.goals],
        "deadlines": [_deadline(one, names) for one in plan.deadlines],
        "tasks": [_task(one, names, times) for one in plan.tasks],
        "responsibilities": [_responsibility(one, names) for one in plan.responsibilities],
        "references": [_reference(one) for one in plan.references],
        "unclaimed": list(_unclaimed(plan)),
        "diagnostics": list(_diagnostics(plan)),
    }


def _names(plan: Plan) -> Callable[[str], Both]:
    """What a fact is called where another one names it."""
    found = {one.id: one.text for family in (plan.goals, plan.targets, plan.tasks) for one in family}
    found |= {one.id: f"{one.marker or ''} {one.title}".strip() for one in plan.outline}
    found |= {one.id: one.code or one.name or one.id for one in plan.references}
    return lambda ident: same(_short(found.get(ident, ident)))


def _short(text: str) -> str:
    return text if len(text) <= 90 else f"{text[:88].rstrip()}…"


def when(time: Time | None) -> Both:
    """A time in words."""
    if time is None:
        return same("")
    if time.kind == "conditional":
        return same(time.condition) if time.condition else say("conditional")
    if time.kind == "recurring":
        return say(time.recurrence or "recurring")
    if time.kind == "within":
        return join([say("within"), same(time.duration)])
    spans = Both(span_words(time.start, time.end, "vi"), span_words(time.start, time.end, "en"))
    return spans if spans.vi else same(time.text)


def _detail(label: str, value: Both | str | None, fact: str | None = None) -> Iterator[Detail]:
    words = same(value) if isinstance(value, str) or value is None else value
    if words.vi:
        yield Detail(say(label), words, fact)


def _target(one: Target) -> Card:
    indicator = known().get(one.indicator or "")
    baseline = one.baseline
    base = same(" ".join(filter(None, (words_of(baseline.value) if baseline and baseline.value is not None else "",
                                       f"({time_words(baseline.time, 'vi')})" if baseline and baseline.time else ""))))  # fmt: skip
    details = (
        *_detail("horizon", when(one.horizon)),
        *_detail("population", one.population),
        *_detail("baseline", base),
        *_detail("measured", indicator.label if indicator else None),
        *_detail("section", one.section),
    )
    return Card(one.id, "targets", same(one.indicator_text or one.text), same(level_words(one)), details, (one.evidence,))


def _goal(one: Goal, names: Callable[[str], Both]) -> Card:
    targets = [detail for ident in one.targets for detail in _detail("targets", names(ident), ident)]
    details = (*_detail("horizon", when(one.horizon)), *targets, *_detail("section", one.section))
    return Card(one.id, "goals", same(one.text), say(one.kind), details, (one.evidence,))


def _deadline(one: Deadline, names: Callable[[str], Both]) -> Card:
    applies = one.applies_to
    fact = applies.id if applies and applies.kind != "section" else None
    details = (*_detail("applies_to", names(applies.id) if applies else None, fact), *_detail("section", one.section))
    return Card(one.id, "deadlines", same(one.time.text), when(one.time), details, (one.evidence,))


def _task(one: Task, names: Callable[[str], Both], times: dict[str, Both]) -> Card:
    details = (
        *_detail("lead", units(one.lead)),
        *_detail("coordinate", units(one.coordinate)),
        *_detail("deadline", times.get(one.deadline or ""), one.deadline),
        *_detail("product", one.product),
        *(detail for ident in one.references for detail in _detail("references", names(ident), ident)),
        *_detail("section", one.section),
    )
    return Card(one.id, "tasks", same(one.text), same(""), details, (one.evidence,))


def _responsibility(one: Responsibility, names: Callable[[str], Both]) -> Card:
    tasks = [detail for ident in one.tasks for detail in _detail("tasks", names(ident), ident)]
    return Card(one.id, "responsibilities", same(one.unit.name), say(f"role_{one.role}"),
                (*tasks, *_detail("section", one.section)), (one.evidence,))  # fmt: skip


def _reference(one: Reference) -> Card:
    issued = Both(time_words(one.issued_on, "vi"), time_words(one.issued_on, "en"))
    details = (
        *_detail("issued_on", issued),
        *_detail("issuer", one.issuer.name if one.issuer else None),
        *_detail("title", one.title),
        *(detail for flag in one.flags for detail in _detail("diagnostics", say(flag))),
    )
    name = " ".join(filter(None, (one.type, one.code or one.name)))
    return Card(one.id, "references", same(name), say(one.role), details, one.mentions)


def _unclaimed(plan: Plan) -> Iterator[Card]:
    for number, one in enumerate(plan.unclaimed, start=1):
        reason = say({"population": "population_reason", "title": "title_reason"}.get(one.reason, one.reason))
        tone = "doubt" if one.reason == "unknown" else ""
        yield Card(f"unclaimed-{number}", "unclaimed", same(one.evidence.quote), reason, (), (one.evidence,), tone)


def _diagnostics(plan: Plan) -> Iterator[Card]:
    for number, one in enumerate(plan.diagnostics, start=1):
        places = (one.evidence,) if one.evidence else ()
        yield Card(f"diagnostic-{number}", "diagnostics", same(one.message), say(one.code), (), places, one.severity)


def units(some: tuple[Organization, ...]) -> str:
    """Bodies as one line."""
    return "; ".join(one.name for one in some)
