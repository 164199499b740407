"""Changes: a plan's text changed in one place; the facts must change there, as foretold, and nowhere else.

A change works on canonical text (one paragraph a line), where every fact says on which words it rests. `said` lists what a plan
says as comparable tuples; `before` and `after` of a change are what must vanish and what must appear.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from pipeline.assemble import assemble
from pipeline.language import make_doc
from pipeline.pages import Text
from schemas.plan import Plan, Source

Said = Counter[tuple[Any, ...]]
_SOURCE = Source(name="x", sha256="0" * 64, bytes=0, media_type="text/plain", text_layer="plain", engine="none")
_PERCENT = re.compile(r"(?P<value>[1-9]\d)%")
_DAY = re.compile(r"(?P<day>\d{2})/(?P<month>\d{1,2})/(?P<year>20\d\d)")
_BOUNDS = (("trên", "gt", "dưới", "lt"), ("ít nhất", "ge", "không quá", "le"), ("tối thiểu", "ge", "tối đa", "le"))
_TOP = re.compile(r"(?m)^(?P<roman>[IVX]+)(?=[.\-/]\s)")
NAME = "Lương Khê"
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]


class Change(NamedTuple):
    """Change: the new text, and what must vanish and appear among the facts."""

    name: str
    text: str
    lost: Said
    gained: Said


def read(text: str) -> Plan:
    """The plan that a canonical text holds."""
    return assemble(make_doc(Text(text=text)), _SOURCE)


def said(plan: Plan) -> Said:
    """What a plan says, without wording and offsets."""
    facts: list[tuple[Any, ...]] = [_target(t) for t in plan.targets] + [_deadline(d) for d in plan.deadlines]
    facts += [("responsibility", r.role, r.unit.name, r.section) for r in plan.responsibilities]
    facts += [("goal", g.kind, g.section) for g in plan.goals]
    facts += [("task", t.section, tuple(o.name for o in t.lead), tuple(o.name for o in t.coordinate)) for t in plan.tasks]
    facts += [("section", s.id, s.title) for s in plan.outline]
    facts += [("reference", r.code or r.name, r.issued_on, r.role, len(r.mentions)) for r in plan.references]
    return Counter(facts)


def _target(t: Any, **changed: Any) -> tuple[Any, ...]:
    names = ("comparator", "value", "value_high", "unit", "change", "modality", "section")
    return ("target", *(changed.get(name, getattr(t, name)) for name in names))


def _deadline(d: Any, **changed: Any) -> tuple[Any, ...]:
    return ("deadline", *(changed.get(name, getattr(d.time, name)) for name in ("kind", "start", "end", "recurrence")), d.section)


def changes(text: str, plan: Plan) -> Iterator[Change]:
    """Each change that fits the plan, at the first places where it does."""
    yield from _values(text, plan)
    yield from _bounds(text, plan)
    yield from _days(text, plan)
    yield from _moved(text, plan)
    yield from _renumbered(text, plan)
    yield from _renamed(text, plan)


def _values(text: str, plan: Plan) -> Iterator[Change]:
    """A share that is another share, and one per mille in its place."""
    for target in plan.targets[:6]:
        at = _PERCENT.search(text, target.evidence.start, target.evidence.end)
        alone = target.value_high is None and at is not None and int(at["value"]) == target.value
        if at is None or not alone or sum(t.evidence.start <= at.start() < t.evidence.end for t in plan.targets) != 1:
            continue
        value = 61 if at["value"] != "61" else 62
        changed = text[: at.start()] + f"{value}%" + text[at.end() :]
        yield Change("value", changed, Counter([_target(target)]), Counter([_target(target, value=value)]))
        changed = text[: at.end() - 1] + "‰" + text[at.end() :]
        yield Change("unit", changed, Counter([_target(target)]), Counter([_target(target, unit="‰")]))


def _bounds(text: str, plan: Plan) -> Iterator[Change]:
    """A comparator that is its opposite."""
    for target in plan.targets[:12]:
        quote = text[target.evidence.start : target.evidence.end]
        for old, was, new, now in _BOUNDS:
            at = re.search(rf"\b{old}\b", quote, re.IGNORECASE)
            if at is None or target.comparator != was or target.change:
                continue
            start = target.evidence.start + at.start()
            words = new.capitalize() if at[0][0].isupper() else new
            changed = text[:start] + words + text[start + len(old) :]
            yield Change("comparator", changed, Counter([_target(target)]), Counter([_target(target, comparator=now)]))


def _days(text: str, plan: Plan) -> Iterator[Change]:
    """A day that is another day of the same year."""
    for deadline in plan.deadlines:
        at = _DAY.search(text, deadline.evidence.start, deadline.evidence.end)
        if deadline.time.kind != "by" or at is None:
            continue
        old = date(int(at["year"]), int(at["month"]), int(at["day"])).isoformat()
        if deadline.time.end != old:
            continue
        changed = text[: at.start()] + f"27/11/{at['year']}" + text[at.end() :]
        now = _deadline(deadline, end=f"{at['year']}-11-27")
        yield Change("date", changed, Counter([_deadline(deadline)]), Counter([now]))
        return


def _moved(text: str, plan: Plan) -> Iterator[Change]:
    """The first bullet of a section on work moved to the end of the section after it."""
    for target in plan.targets:
        start = text.rfind("\n", 0, target.evidence.start) + 1
        end = text.find("\n", start) + 1
        line = text[start:end]
        ids = [s.id for s in plan.outline]
        if not line.startswith("- ") or target.section not in ids or len(re.findall(r"\d", line)) > 5:
            continue
        later = [s for s in plan.outline[ids.index(target.section) + 1 :] if s.depth >= 2 and s.marker]
        goals = [s for s in later if s.evidence and text[s.evidence.end : s.evidence.end + 3].startswith("\n- ")]
        if not goals:
            continue
        place = goals[0].evidence.end + 1
        changed = text[:start] + text[end:place] + line + text[place:]
        old = [t for t in plan.targets if start <= t.evidence.start < end]
        if any(t.unit != "%" for t in old):
            continue
        yield Change("moved", changed, Counter(map(_target, old)), Counter(_target(t, section=goals[0].id) for t in old))
        return


def _renumbered(text: str, plan: Plan) -> Iterator[Change]:
    """Every top section one number higher: nothing but the sections of facts changes, and those as foretold."""
    tops = [s.marker for s in plan.outline if s.depth == 1]
    if tops[: len(ROMAN)] != ROMAN[: len(tops)] or len(_TOP.findall(text)) != len(tops):
        return
    changed = _TOP.sub(lambda m: ROMAN[ROMAN.index(m["roman"]) + 1], text)
    before = said(plan)
    after = Counter({_one_higher(fact): count for fact, count in before.items()})
    yield Change("renumbered", changed, before - after, after - before)


def _renamed(text: str, plan: Plan) -> Iterator[Change]:
    """The plan's own place under another name: whatever bears the name bears the new one, and nothing else changes."""
    name = plan.locality.name if plan.locality else ""
    if not name or any(char.isdigit() for char in name):
        return

    def other(part: Any) -> Any:
        if isinstance(part, tuple):
            return tuple(other(item) for item in part)
        return part.replace(name, NAME).replace(name.upper(), NAME.upper()) if isinstance(part, str) else part

    before = said(plan)
    after: Said = Counter()
    for fact, count in before.items():
        after[other(fact)] += count
    yield Change("renamed", other(text), before - after, after - before)


def _one_higher(fact: tuple[Any, ...]) -> tuple[Any, ...]:
    def raised(part: Any) -> Any:
        if not isinstance(part, str) or part.split(".")[0] not in ROMAN:
            return part
        first, dot, rest = part.partition(".")
        return ROMAN[ROMAN.index(first) + 1] + dot + rest

    at = {"target": 7, "deadline": 5, "responsibility": 3, "goal": 2, "task": 1, "section": 1}.get(fact[0])
    return fact if at is None else (*fact[:at], raised(fact[at]), *fact[at + 1 :])


def faults(change: Change, before: Said) -> list[str]:
    """What a change did not do as foretold; tasks and goals of a moved bullet are left out, since their section decides them."""
    after = said(read(change.text))
    ignored = ("task", "goal", "deadline", "responsibility") if change.name == "moved" else ()
    lost, gained = before - after, after - before
    odd = [("kept", fact) for fact in (change.lost - lost)] + [("not found", fact) for fact in (change.gained - gained)]
    odd += [("lost", fact) for fact in (lost - change.lost)] + [("appeared", fact) for fact in (gained - change.gained)]
    return [f"{change.name}: {what} {fact}" for what, fact in odd if fact[0] not in ignored]
