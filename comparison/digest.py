"""Digest: what a comparison keeps of a plan, so that ten thousand of them fit in memory."""

from typing import NamedTuple

from comparison.aims import Aim, aims_of, level_of
from comparison.days import first_day, last_day
from comparison.localities import Place, place_of
from comparison.subjects import subject_of
from extractors.layers.syllables import fold
from schemas.facts import Level
from schemas.plan import Plan

Span = tuple[int, int, int | None]


class Wish(NamedTuple):
    """Wish: a goal of a known indicator."""

    id: str
    indicator: str
    text: str
    targets: tuple[str, ...]
    horizon: str | None
    section: str | None
    place: Span
    quote: str


class Job(NamedTuple):
    """Job: a task; `bodies` are kind, level and generic of those who lead it, `end` the EDTF end of its deadline."""

    id: str
    text: str
    lead: tuple[str, ...]
    bodies: tuple[tuple[str, Level | None, bool], ...]
    end: str | None
    place: Span
    quote: str


class Citation(NamedTuple):
    """Citation: a reference, by its first naming."""

    id: str
    code: str | None
    name: str | None
    type: str | None
    issued_on: str | None
    issuer: str | None
    title: str | None
    role: str
    relation: str
    mentions: int
    place: Span
    quote: str
    issuer_level: Level | None = None


class Date(NamedTuple):
    """Date: a deadline; `start` and `day` are ISO days."""

    id: str
    kind: str
    start: str | None
    day: str | None
    recurrence: str | None
    anchor: str | None
    what: str
    lead: tuple[str, ...]
    text: str
    place: Span
    quote: str


class Part(NamedTuple):
    """Part: a role of a body; `tasks` are ids."""

    unit: str
    kind: str
    level: Level | None
    role: str
    tasks: tuple[str, ...]


class Digest(NamedTuple):
    """Digest: one plan, reduced."""

    id: str
    name: str
    code: str | None
    issued_on: str | None
    issuer: str | None
    issuer_kind: str | None
    level: Level | None
    title: str | None
    subject: str
    place: Place | None
    period: tuple[str, str] | None
    aims: tuple[Aim, ...]
    wishes: tuple[Wish, ...]
    jobs: tuple[Job, ...]
    citations: tuple[Citation, ...]
    dates: tuple[Date, ...]
    parts: tuple[Part, ...]

    @property
    def end(self) -> str | None:
        """Last day of the plan's period."""
        return last_day(self.period[1]) if self.period else None

    @property
    def header_key(self) -> tuple[str, str, str] | None:
        """Code, date and issuer; None for a draft, which has no number."""
        if self.code is None or self.issued_on is None:
            return None
        return fold(self.code), self.issued_on, fold(self.issuer or "")


def digest(plan: Plan) -> Digest:
    """Reduce a plan; indicators are matched later, when the whole folder is known."""
    header = plan.header
    return Digest(
        id=plan.id, name=plan.source.name, code=header.code, issued_on=header.issued_on,
        issuer=header.issuer.name if header.issuer else None, issuer_kind=header.issuer.kind if header.issuer else None,
        level=level_of(plan), title=header.title, subject=subject_of(header.title, plan.locality), place=place_of(plan),
        period=(plan.period.start, plan.period.end) if plan.period else None, aims=aims_of(plan), wishes=_wishes(plan),
        jobs=_jobs(plan), citations=_citations(plan), dates=_dates(plan), parts=_parts(plan),
    )  # fmt: skip


def _wishes(plan: Plan) -> tuple[Wish, ...]:
    return tuple(
        Wish(g.id, g.indicator, g.text, g.targets, g.horizon.end if g.horizon else None, g.section,
             (g.evidence.start, g.evidence.end, g.evidence.page), g.evidence.quote)
        for g in plan.goals
        if g.indicator
    )  # fmt: skip


def _jobs(plan: Plan) -> tuple[Job, ...]:
    ends = {d.id: d.time.end for d in plan.deadlines}
    return tuple(
        Job(t.id, t.text, tuple(o.name for o in t.lead), tuple((o.kind, o.level, o.generic) for o in t.lead),
            ends.get(t.deadline or ""), (t.evidence.start, t.evidence.end, t.evidence.page), _one(t.evidence.quote, t.text))
        for t in plan.tasks
    )  # fmt: skip


def _citations(plan: Plan) -> tuple[Citation, ...]:
    return tuple(
        Citation(r.id, r.code, r.name, r.type, r.issued_on, r.issuer.name if r.issuer else None, r.title, r.role, r.relation,
                 len(r.mentions), (r.mentions[0].start, r.mentions[0].end, r.mentions[0].page), r.mentions[0].quote,
                 r.issuer.level if r.issuer else None)
        for r in plan.references
        if r.mentions
    )  # fmt: skip


def _dates(plan: Plan) -> tuple[Date, ...]:
    texts = {f.id: f.text for facts in (plan.tasks, plan.targets, plan.goals) for f in facts}
    texts |= {s.id: s.title for s in plan.outline}
    leads = {t.id: tuple(o.name for o in t.lead) for t in plan.tasks}
    found = []
    for each in plan.deadlines:
        time, governed = each.time, each.applies_to.id if each.applies_to else None
        what = texts.get(governed or "") or texts.get(each.section or "") or time.text
        place = (each.evidence.start, each.evidence.end, each.evidence.page)
        found.append(
            Date(each.id, time.kind, first_day(time.start), last_day(time.end), time.recurrence, time.anchor, what,
                 leads.get(governed or "", ()), time.text, place, _one(each.evidence.quote, time.text))
        )  # fmt: skip
    return tuple(found)


def _one(quote: str, text: str) -> str:
    """The same words held once."""
    return text if quote == text else quote


def _parts(plan: Plan) -> tuple[Part, ...]:
    return tuple(Part(r.unit.name, r.unit.kind, r.unit.level, r.role, r.tasks) for r in plan.responsibilities)
