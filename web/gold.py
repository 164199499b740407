"""Gold: a reviewed plan as an annotation file, the form in which the scorer takes the truth."""

from typing import Any

from schemas.facts import Deadline, Evidence, Organization, Time
from schemas.plan import Plan

Row = dict[str, Any]


def gold_of(plan: Plan) -> Row:
    """All facts of a plan in the form of the annotation guide; quotes have their whitespace folded."""
    return {
        "file": plan.source.name,
        "header": _header(plan),
        "locality": plan.locality and plan.locality.model_dump(mode="json", include={"name", "type", "level", "within"}),
        "period": plan.period and plan.period.model_dump(mode="json"),
        "outline": [{"marker": one.marker, "title": one.title, "depth": one.depth} for one in plan.outline],
        "references": [_reference(one) for one in plan.references],
        "goals": [{"kind": one.kind, "quote": folded(one.evidence.quote), "horizon": _end(one.horizon)} for one in plan.goals],
        "targets": [_target(one) for one in plan.targets],
        "deadlines": [_deadline(one, plan) for one in plan.deadlines],
        "responsibilities": [
            {"unit": one.unit.name, "role": one.role, "section": one.section, "quote": folded(one.evidence.quote)}
            for one in plan.responsibilities
        ],
        "tasks": _tasks(plan),
        "diagnostics": [{"code": one.code, "quote": folded(one.evidence.quote) if one.evidence else None} for one in plan.diagnostics],
    }


def folded(quote: str) -> str:
    """A quote on one line, every run of whitespace one space."""
    return " ".join(quote.split())


def _header(plan: Plan) -> Row:
    head = plan.header
    return {
        "doc_type": head.doc_type, "number": head.number, "symbol": head.symbol, "code": head.code,
        "issuer": head.issuer.name if head.issuer else None, "issuer_level": head.issuer.level if head.issuer else None,
        "place": head.place, "issued_on": head.issued_on, "title": head.title,
        "signer": head.signer and head.signer.model_dump(mode="json"), "recipients": list(head.recipients),
    }  # fmt: skip


def _reference(one: Any) -> Row:
    row = {"code": one.code, "type": one.type, "issuer": one.issuer.name if one.issuer else None, "issued_on": one.issued_on,
           "role": one.role, "mentions": len(one.mentions), "first_quote": folded(one.mentions[0].quote), "flags": list(one.flags)}  # fmt: skip
    return row if one.code else {**row, "name": one.name}


def _target(one: Any) -> Row:
    row = {"quote": folded(one.evidence.quote), "clause": one.text, "indicator": one.indicator_text, "kind": one.kind,
           "comparator": one.comparator, "value": one.value, "value_high": one.value_high, "unit": one.unit,
           "modality": one.modality, "horizon": _end(one.horizon)}  # fmt: skip
    return {**row, "change": one.change} if one.change else row


def _end(time: Time | None) -> str | None:
    """A time as one EDTF expression, open or closed interval included."""
    if time is None:
        return None
    if time.kind == "from" and time.start:
        return f"{time.start}/.."
    if time.start and time.end and time.start != time.end:
        return f"{time.start}/{time.end}"
    return time.end or time.start


def _deadline(one: Deadline, plan: Plan) -> Row:
    time = one.time
    texts = {fact.id: fact.text for family in (plan.goals, plan.targets, plan.tasks) for fact in family}
    texts |= {section.id: section.title for section in plan.outline}
    governed = texts.get(one.applies_to.id, "") if one.applies_to else ""
    return {"quote": folded(one.evidence.quote), "kind": time.kind, "start": time.start, "end": time.end,
            "recurrence": time.recurrence, "governs": " ".join(governed.split()[:12])}  # fmt: skip


def _tasks(plan: Plan) -> list[Row]:
    times = {one.id: one.time for one in plan.deadlines}
    rows = []
    for one in plan.tasks:
        time = times.get(one.deadline or "")
        rows.append({
            "section": one.section, "quote": _first_words(one.evidence), "lead": _names(one.lead), "coordinate": _names(one.coordinate),
            "deadline": (time.end or time.condition) if time else None,
        })  # fmt: skip
    return rows


def _first_words(evidence: Evidence) -> str:
    return " ".join(evidence.quote.split()[:12])


def _names(some: tuple[Organization, ...]) -> list[str]:
    return [one.name for one in some]
