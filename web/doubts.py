"""Doubts: what of a folder a person should look at first: figures that nothing explains, defects, unsure readings, close calls."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from comparison.aims import aims_of
from comparison.indicators import Matcher
from extractors.layers.indicators import ENOUGH
from schemas.facts import Evidence
from schemas.plan import Plan
from web.review import Review

NEAR = 0.08
"""An indicator is doubtful where the runner-up, or the likeness from which one counts, is as near as this."""
AROUND = 90
"""Characters shown before and after a quote."""
_SEVERITY = {"error": 0.95, "warning": 0.7, "info": 0.3}
_UNSURE = 0.6


class Doubt(NamedTuple):
    """Doubt: a fact to look at; `size` from 0 to 1, `why` a key of the words, `fact` what a review of it must name."""

    plan: str
    name: str
    family: str
    id: str
    size: float
    why: str
    message: str
    quote: str
    before: str
    after: str
    fact: dict[str, Any]


def doubts_of(plan: Plan, text: str) -> Iterator[Doubt]:
    """The doubts of one plan, in no order; a fact may be doubted for several reasons."""
    def doubt(family: str, ident: str, fact: Any, why: tuple[float, str, str]) -> Doubt:
        place: Evidence | None = fact.evidence
        quote, before, after = "", "", ""
        if place:
            quote, before, after = place.quote, text[max(0, place.start - AROUND) : place.start], text[place.end : place.end + AROUND]
        return Doubt(plan.id, plan.source.name, family, ident, *why, quote, before, after, fact.model_dump(mode="json"))

    for number, one in enumerate(plan.unclaimed, start=1):
        if one.reason == "unknown":
            yield doubt("unclaimed", f"unclaimed-{number}", one, (1.0, "unknown_figure", ""))
    for number, flaw in enumerate(plan.diagnostics, start=1):
        yield doubt("diagnostics", f"diagnostic-{number}", flaw, (_SEVERITY[flaw.severity], flaw.code, flaw.message))
    if any(one.code == "low_ocr_confidence" for one in plan.diagnostics):
        yield from (doubt("targets", one.id, one, (_UNSURE, "low_ocr_confidence", "")) for one in plan.targets)
        yield from (doubt("deadlines", one.id, one, (_UNSURE, "low_ocr_confidence", "")) for one in plan.deadlines)
    targets = {one.id: one for one in plan.targets}
    for aim in map(Matcher({}), aims_of(plan)):
        if not aim.score or aim.id not in targets:
            continue
        if aim.runner_up_score and aim.score - aim.runner_up_score < NEAR:
            yield doubt("targets", aim.id, targets[aim.id], (0.8, "near_runner_up", f"{aim.indicator or '–'} / {aim.runner_up}"))
        elif abs(aim.score - ENOUGH) < NEAR:
            yield doubt("targets", aim.id, targets[aim.id], (0.65, "near_threshold", f"{aim.indicator or '–'}: {aim.score:.2f}"))


def unseen(doubts: Iterable[Doubt], reviews: Iterable[Review]) -> list[Doubt]:
    """The doubts of facts of which nobody has said anything, the largest first."""
    seen = {(one.plan, one.family, _identity(one.fact or one.value or {})) for one in reviews}
    kept = [one for one in doubts if (one.plan, one.family, _identity(one.fact)) not in seen]
    return sorted(kept, key=lambda one: (-one.size, one.name, one.id, one.why))


def _identity(fact: dict[str, Any]) -> tuple[str, ...]:
    """What a fact is told by in any run: where it stands and, where that is nowhere, what it says."""
    place = fact.get("evidence") or {}
    return (str(place.get("quote", "")), str(place.get("start", "")), str(fact.get("code", "")), "" if place else str(fact.get("message", "")))
