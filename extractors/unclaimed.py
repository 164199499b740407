"""Unclaimed: the loss account: every percentage, number with a unit and time that no fact rests on, and why.

`unknown` is what may have been missed; its share is the recall that can be audited without annotations.
"""

from collections.abc import Iterator

from extractors.layers import lines as kinds
from extractors.layers.aims import Place, is_limit, is_located
from extractors.layers.bounded import Bounded, bounded_of
from extractors.layers.folded import folded
from extractors.layers.horizons import horizon
from extractors.layers.lines import line_at
from extractors.layers.marks import Doc, Mark, cite, of
from extractors.layers.quantities import AGE, DURATION, FRACTION, GRADE, MONEY, PERCENTAGE
from extractors.layers.spans import Spans, spans_of
from extractors.layers.standings import past_horizon, place_reason, words_reason
from schemas.facts import Unclaimed, UnclaimedKind, UnclaimedReason
from schemas.plan import Plan

_TIMES: dict[str, UnclaimedReason] = {
    "vision": "vision", "orientation": "vision", "term": "title", "validity": "instrument_date", "comparison": "past_result",
    "past": "past_result", "instrument_date": "instrument_date", "title": "title", "programme": "title", "column": "title",
}  # fmt: skip
_FRAME: dict[str, UnclaimedReason] = {
    **dict.fromkeys((kinds.LETTERHEAD, kinds.SIGNATURE, kinds.RECIPIENTS), "contact"),
    **dict.fromkeys((kinds.TITLE, kinds.TYPE), "title"),
}
_SIZES: dict[str, UnclaimedReason] = {AGE: "population", GRADE: "threshold", DURATION: "threshold", MONEY: "budget"}


def extract(doc: Doc, plan: Plan) -> Iterator[Unclaimed]:
    """One entry an expression that no evidence of the plan's facts overlaps, in document order."""
    claims = _Claims(plan)
    times, within_times = of(doc, "times"), spans_of(doc, "times")
    found: list[tuple[Mark, UnclaimedKind, UnclaimedReason]] = []
    for one in bounded_of(doc):
        mark = one.mark
        if not claims.overlap(mark.start, mark.end) and not within_times.overlap(mark.start, mark.end):
            kind: UnclaimedKind = "percentage" if mark.label in {PERCENTAGE, FRACTION} else "number"
            found.append((mark, kind, _number_reason(doc, one)))
    found += [(mark, "time", _time_reason(doc, mark)) for mark in times if not claims.overlap(mark.start, mark.end)]
    for mark, kind, reason in sorted(found, key=lambda entry: entry[0].start):
        yield Unclaimed(kind=kind, reason=reason, evidence=cite(doc, mark.start, mark.end))


def _number_reason(doc: Doc, found: Bounded) -> UnclaimedReason:
    mark, number, line, sentence, clause, bound = found
    placed = place_reason(doc, line, mark)
    if placed:
        return placed
    said = words_reason(doc, mark, sentence, clause, bound)
    if said:
        return said
    if past_horizon(doc, horizon(doc, *clause, at=mark.end)):
        return "past_result"
    if is_limit(folded(doc), (mark, number, bound), clause):
        return "threshold"
    if mark.label in _SIZES:
        return _SIZES[mark.label]
    if is_located(folded(doc), (mark, number, bound), Place(line, clause, False)):
        return "population"
    return "unknown"


def _time_reason(doc: Doc, mark: Mark) -> UnclaimedReason:
    line = line_at(doc, mark.start)
    return _TIMES.get(mark.label) or _FRAME.get(line.kind) or ("past_result" if line.zone == "background" else "unknown")


class _Claims(Spans):
    """The evidence of all facts that rest on a number, a time or an instrument; whole lines (goals, tasks) claim nothing."""

    def __init__(self, plan: Plan) -> None:
        horizons = [target.horizon for target in plan.targets] + [goal.horizon for goal in plan.goals]
        evidence = [target.evidence for target in plan.targets] + [deadline.evidence for deadline in plan.deadlines]
        evidence += [time.evidence for time in (*horizons, *(deadline.time for deadline in plan.deadlines)) if time]
        evidence += [mention for reference in plan.references for mention in reference.mentions]
        evidence += list(plan.header.evidence.values())
        super().__init__([(one.start, one.end) for one in evidence])
