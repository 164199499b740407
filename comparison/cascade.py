"""Cascade: which targets of its parent a plan covers: equal, above, below, absent, or assigned with another horizon.

What obliges no single child is no gap: the parent's own quantities (km, classes, models), counts and averages over units of
the child's level (12 of 16 communes), and horizons after the child's period.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from comparison.aims import Aim, text
from comparison.digest import Digest, Wish
from comparison.indicators import Catalogue
from comparison.likeness import core, related
from comparison.verdicts import LEVELS, Finding, binds, find, order_of
from comparison.vocabulary import contributes_to
from schemas.comparison import CascadeTarget, Coverage, Link, Reason, When

_COVERAGE: dict[str, Coverage] = {
    "same": "equal", "stricter": "above", "higher": "above", "weaker": "below", "lower": "below",
    "contributes_to": "contributes_to", "not_comparable": "not_comparable",
}  # fmt: skip


class Answer(NamedTuple):
    """Answer: what a child's plan has for a target of its parent."""

    coverage: Coverage
    when: When | None = None
    reason: Reason | None = None
    aim: Aim | None = None
    wish: Wish | None = None
    stricter: bool = False


def cascade(links: Iterable[Link], digests: dict[str, Digest], catalogue: Catalogue, *, every: bool = False) -> list[CascadeTarget]:
    """One row a target of the parent and link; indirect links only where `every` asks for them."""
    rows = []
    for link in links:
        if link.direct or every:
            parent, child = digests[link.parent], digests[link.child]
            said = tuple(core(other.asked) for other in child.aims)
            rows += [_row(aim, child, answer_to(aim, child, parent, said, catalogue), catalogue) for aim in distinct(parent.aims)]
    return rows


def distinct(aims: Sequence[Aim]) -> list[Aim]:
    """The targets of a plan, those said twice only once."""
    found: dict[tuple[object, ...], Aim] = {}
    for aim in aims:
        key = (aim.indicator or core(aim.asked), aim.comparator, aim.low, aim.high, aim.unit, aim.change, aim.end)
        found.setdefault(key, aim)
    return list(found.values())


def answer_to(aim: Aim, child: Digest, parent: Digest, said: tuple[str, ...], catalogue: Catalogue) -> Answer:
    """What the child's plan does with one target of its parent; `said` are the cores of the child's targets."""
    same = [other for other in child.aims if aim.indicator is not None and other.indicator == aim.indicator]
    if same:
        answer = _compared(aim, same, catalogue.direction(aim.indicator))
        late = answer.when == "earlier" and child.end is not None and aim.end is not None and child.end < aim.end
        return Answer("not_required", "earlier", "outside_period", answer.aim) if late else answer
    wish = next((w for w in child.wishes if aim.indicator in (w.indicator, *contributes_to().get(w.indicator, ()))), None)
    if wish is not None:
        return Answer("contributes_to", "unknown", "other_scope", wish=wish)
    near = related(core(aim.asked), said)
    if near is not None:
        return Answer("related", None, "other_measure", child.aims[near])
    whole = next((a for a in parent.aims if a.clause == aim.clause and a.place < aim.place and "trong đó" in aim.clause), aim)
    bound = binds(aim, child.level) and binds(whole, child.level)
    return Answer("absent") if bound else Answer("not_required", None, "not_binding")


def _compared(aim: Aim, same: list[Aim], direction: str | None) -> Answer:
    """The child's best answer: comparable before not, same horizon before other, the nearest and first of the rest."""
    found = [(find(other, aim, direction), other) for other in same]
    finding, other = min(found, key=lambda pair: (_hindered(pair[0]), pair[0].when != "same", _far(pair[1], aim), pair[1].place[0]))
    verdict: str = finding.verdict
    if finding.reason == "other_horizon":
        verdict = order_of(other, aim, direction) or verdict
    reason = None if verdict in LEVELS else finding.reason
    return Answer(_COVERAGE[verdict], finding.when, reason, other, stricter=verdict == "stricter")


def _hindered(finding: Finding) -> bool:
    return finding.reason not in {None, "other_horizon"}


def _far(one: Aim, other: Aim) -> int:
    """How many years lie between two horizons."""
    return abs(int(one.end[:4]) - int(other.end[:4])) if one.end and other.end else 99


def _row(aim: Aim, child: Digest, answer: Answer, catalogue: Catalogue) -> CascadeTarget:
    other, wish = answer.aim, answer.wish
    evidence = text(child.id, other.place, other.quote) if other else text(child.id, wish.place, wish.quote) if wish else None
    return CascadeTarget(
        parent=aim.plan, child=child.id, indicator=aim.indicator,
        label=catalogue.label(aim.indicator) if aim.indicator else aim.said, parent_target=aim.id,
        child_target=other.id if other else wish.id if wish else None, coverage=answer.coverage, when=answer.when,
        reason=answer.reason, stricter=answer.stricter, parent_level=aim.words, child_level=other.words if other else None,
        parent_horizon=aim.horizon, child_horizon=other.horizon if other else wish.horizon if wish else None,
        parent_evidence=text(aim.plan, aim.place, aim.quote), child_evidence=evidence,
    )  # fmt: skip
