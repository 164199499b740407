"""Views: a plan as tables of words, one a family, for a person to read at a terminal."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from pipeline.labels import Language, label
from schemas.facts import Deadline, Goal, Organization, Reference, Responsibility, Table, Target, Task, Time, Unclaimed
from schemas.plan import Plan

_SIGNS = {"ge": "≥", "gt": ">", "eq": "=", "le": "≤", "lt": "<", "approx": "≈", "range": "="}
Say = Callable[[str], str]


class View(NamedTuple):
    """View: a titled table, ready to print."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def views_of(plan: Plan, language: Language) -> Iterator[View]:
    """What a plan says, family after family; families without facts are left out."""
    say: Say = partial(label, language=language)
    yield View(say("header"), ("", ""), tuple(_header(plan, say)))
    for family, columns, rows in _families(plan, say):
        if rows:
            yield View(f"{say(family)} ({len(rows)})", tuple(map(say, columns)), rows)


Part = tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]]


def _families(plan: Plan, say: Say) -> Iterator[Part]:
    times = {deadline.id: _time(deadline.time, say) for deadline in plan.deadlines}
    outline = tuple((one.id, "  " * (one.depth - 1) + one.title) for one in plan.outline)
    yield "outline", ("section", "heading"), outline
    references = tuple(_reference(one, say) for one in plan.references)
    yield "references", ("code", "issued_on", "issuer", "role", "mentions"), references
    yield "goals", ("section", "kind", "text", "horizon"), tuple(_goal(one, say) for one in plan.goals)
    yield "targets", ("section", "indicator", "level", "horizon"), tuple(_target(one, say) for one in plan.targets)
    tasks = tuple(_task(one, times) for one in plan.tasks)
    yield "tasks", ("section", "text", "lead", "coordinate", "deadline"), tasks
    yield "deadlines", ("section", "time", "kind", "applies_to"), tuple(_deadline(one, say) for one in plan.deadlines)
    roles = tuple(_responsibility(one, say) for one in plan.responsibilities)
    yield "responsibilities", ("section", "unit", "role"), roles
    yield "tables", ("page", "heading", "columns"), tuple(_table(one) for one in plan.tables)
    unknown = tuple(_unclaimed(one) for one in plan.unclaimed if one.reason == "unknown")
    yield "unclaimed", ("page", "kind", "text"), unknown
    yield "diagnostics", ("code", "message"), tuple((one.code, one.message) for one in plan.diagnostics)


def _header(plan: Plan, say: Say) -> Iterator[tuple[str, str]]:
    head, place, signer = plan.header, plan.locality, plan.header.signer
    facts = {
        "source": f"{plan.source.name} ({plan.source.media_type}, {plan.id})",
        "doc_type": head.doc_type,
        "code": head.code or head.symbol,
        "issuer": head.issuer and head.issuer.name,
        "issued_on": head.issued_on,
        "title": head.title,
        "locality": place and ", ".join((f"{place.type} {place.name}", *place.within)),
        "period": plan.period and _span(plan.period.start, plan.period.end),
        "signer": signer and ", ".join(filter(None, (signer.name, signer.position))),
        "recipients": "; ".join(head.recipients),
    }
    yield from ((say(name), value) for name, value in facts.items() if value)


def _reference(one: Reference, say: Say) -> tuple[str, ...]:
    name = one.code or one.name or ""
    return f"{one.type or ''} {name}".strip(), one.issued_on or "", _units([one.issuer]), say(one.role), str(len(one.mentions))


def _goal(one: Goal, say: Say) -> tuple[str, ...]:
    return one.section or "", say(one.kind), one.text, _time(one.horizon, say)


def _target(one: Target, say: Say) -> tuple[str, ...]:
    return one.section or "", one.indicator_text, level_of(one, say), _time(one.horizon, say)


def _task(one: Task, times: dict[str, str]) -> tuple[str, ...]:
    return one.section or "", one.text, _units(one.lead), _units(one.coordinate), times.get(one.deadline or "", "")


def _deadline(one: Deadline, say: Say) -> tuple[str, ...]:
    return one.section or "", one.time.text, _time(one.time, say), one.applies_to.id if one.applies_to else ""


def _responsibility(one: Responsibility, say: Say) -> tuple[str, ...]:
    return one.section or "", one.unit.name, say(f"{one.role}_role")


def _table(one: Table) -> tuple[str, ...]:
    return str(one.page or ""), one.caption or "", f"{' | '.join(one.columns)} ({len(one.rows)})"


def _unclaimed(one: Unclaimed) -> tuple[str, ...]:
    return str(one.evidence.page or ""), one.kind, one.evidence.quote


def level_of(one: Target, say: Say) -> str:
    """A target's level in signs: `> 95 %`, `15–20 giường bệnh`, `tăng 5 %`."""
    value = f"{one.value:g}" if one.value_high is None else f"{one.value:g}–{one.value_high:g}"
    sign = _SIGNS[one.comparator] if one.comparator != "eq" or not one.change else ""
    return " ".join(filter(None, (say(one.change) if one.change else "", sign, value, one.unit)))


def _units(units: Sequence[Organization | None]) -> str:
    return "; ".join(unit.name for unit in units if unit)


def _time(time: Time | None, say: Say) -> str:
    if time is None:
        return ""
    if time.kind == "conditional":
        return time.condition or say("conditional")
    if time.kind == "recurring":
        return say(time.recurrence or "recurring")
    if time.kind == "within":
        return f"{say('within')} {time.duration or ''}".strip()
    return f"{say(time.kind)} {_span(time.start, time.end)}".strip()


def _span(start: str | None, end: str | None) -> str:
    return "–".join(dict.fromkeys(filter(None, (start, end))))
