"""Annotations: the facts of a plan as W3C Web Annotations (Recommendation of 2017-02-23), each with position and quote selectors."""

from typing import Any

from pydantic import BaseModel

from schemas.facts import Evidence
from schemas.plan import Plan

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
"""Characters before and after a quote that tell it from others."""
FAMILIES = ("references", "goals", "targets", "deadlines", "responsibilities", "tasks")


def annotations(plan: Plan, text: str) -> dict[str, Any]:
    """One AnnotationPage: facts with what they mean as a JSON body, and diagnostics as comments.

    Positions count code points of the canonical text, which is `plans/<id>.txt` of the run; `source` names it by its plan.
    """
    items = [_fact(plan, family, fact, text) for family in FAMILIES for fact in getattr(plan, family)]
    items += [
        _annotation(plan, f"diagnostic-{number}", "commenting", {"type": "TextualBody", "value": one.message, "language": "vi"},
                    [_target(plan, one.evidence, text)])
        for number, one in enumerate(plan.diagnostics, start=1)
        if one.evidence
    ]  # fmt: skip
    return {"@context": CONTEXT, "id": f"urn:kehoach:{plan.id}:annotations", "type": "AnnotationPage", "items": items}


def _fact(plan: Plan, family: str, fact: BaseModel, text: str) -> dict[str, Any]:
    places = getattr(fact, "mentions", None) or [fact.evidence]  # type: ignore[attr-defined]
    meaning = fact.model_dump_json(exclude={"evidence", "mentions"})
    bodies = [
        {"type": "TextualBody", "purpose": "tagging", "value": family},
        {"type": "TextualBody", "purpose": "describing", "format": "application/json", "value": meaning},
    ]
    return _annotation(plan, fact.id, "tagging", bodies, [_target(plan, place, text) for place in places])  # type: ignore[attr-defined]


def _annotation(plan: Plan, fact: str, motivation: str, body: Any, targets: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": f"urn:kehoach:{plan.id}:{fact}", "type": "Annotation", "motivation": motivation, "body": body,
            "target": targets[0] if len(targets) == 1 else targets}  # fmt: skip


def _target(plan: Plan, place: Evidence, text: str) -> dict[str, Any]:
    quote = {"type": "TextQuoteSelector", "exact": place.quote, "prefix": text[max(0, place.start - AROUND) : place.start],
             "suffix": text[place.end : place.end + AROUND]}  # fmt: skip
    position = {"type": "TextPositionSelector", "start": place.start, "end": place.end}
    return {"type": "SpecificResource", "source": f"urn:kehoach:{plan.id}:text", "selector": [position, quote]}
