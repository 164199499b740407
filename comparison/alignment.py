"""Alignment: for every indicator all localities, horizons and comparators in one table, gaps included.

Each position is judged against one reference, named in the row: with a parent plan its target, else the position that most
plans can be compared with (same unit, same group), of the highest level, at the same horizon where there is one. A gap is a
row where a plan says nothing of an indicator that at least a fifth of the plans of its subject have.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from comparison.aims import Aim, text
from comparison.days import last_day
from comparison.digest import Digest, Wish
from comparison.indicators import Catalogue
from comparison.verdicts import Finding, find, when_of
from comparison.vocabulary import contributes_to
from schemas.comparison import Position

COMMON = 0.2
"""Share of the plans of a subject that must have an indicator for its absence to be a gap."""
_RANK = {"commune": 0, "district": 1, "province": 2, "central": 3, None: -1}
_TO = ("increase_to", "decrease_to", None)


class References(NamedTuple):
    """References: what the positions of one indicator are judged against: by horizon, else the main one."""

    main: Aim
    by_end: dict[str | None, Aim]

    def of(self, aim: Aim) -> Aim | None:
        """The reference for a position; None for the reference itself."""
        near = self.by_end.get(aim.end)
        chosen = near if near is not None and near.plan != aim.plan else self.main
        return chosen if chosen.plan != aim.plan else None


def align(digests: Sequence[Digest], catalogue: Catalogue, *, parent: Digest | None = None, only: str | None = None) -> list[Position]:
    """All positions, by indicator, then plan and place in the plan."""
    places = {d.id: d for d in digests}
    aims: dict[str, list[Aim]] = defaultdict(list)
    for each in digests:
        for aim in each.aims:
            if aim.indicator and (only is None or aim.indicator == only):
                aims[aim.indicator].append(aim)
    wishes = _wishes(digests, aims)
    gaps = _gaps(digests, aims, wishes)
    rows: list[Position] = []
    for indicator in sorted(aims):
        references = _references(aims[indicator], parent)
        direction = catalogue.direction(indicator)
        found = [_position(aim, places[aim.plan], references.of(aim), (catalogue.label(indicator), direction)) for aim in aims[indicator]]
        found += [_goal(wish, digest, references.main, (indicator, catalogue.label(indicator))) for digest, wish in wishes[indicator]]
        found += [_gap(digest, indicator, catalogue.label(indicator)) for digest in gaps[indicator]]
        rows += sorted(found, key=lambda p: (p.plan, p.evidence.start if p.evidence else -1, p.target or ""))
    return rows


def _references(aims: list[Aim], parent: Digest | None) -> References:
    """The parent's targets where it has some, else the best of the largest comparable class."""
    own = [aim for aim in aims if parent is not None and aim.plan == parent.id]
    pool = own or _largest_class(aims)
    ends = Counter(aim.end for aim in pool)
    best = sorted(pool, key=lambda a: (-_RANK[a.level], -ends[a.end], a.end or "", a.sort_key))
    by_end: dict[str | None, Aim] = {}
    for aim in best:
        by_end.setdefault(aim.end, aim)
    return References(best[0], by_end)


def _largest_class(aims: list[Aim]) -> list[Aim]:
    """The positions that share unit and kind with most plans."""
    plans: dict[tuple[str, bool], set[str]] = defaultdict(set)
    for aim in aims:
        plans[(aim.unit, aim.change in _TO)].add(aim.plan)
    best = min(plans, key=lambda k: (-len(plans[k]), not k[1], k[0]))
    return [aim for aim in aims if (aim.unit, aim.change in _TO) == best]


def _position(aim: Aim, digest: Digest, reference: Aim | None, named: tuple[str, str | None]) -> Position:
    finding = find(aim, reference, named[1]) if reference is not None else None
    return Position(
        indicator=aim.indicator or "", label=named[0], plan=aim.plan, locality=digest.place.key if digest.place else None,
        level=aim.level, kind="target", target=aim.id, indicator_text=aim.said, score=aim.score, runner_up=aim.runner_up,
        runner_up_score=aim.runner_up_score, comparator=aim.comparator, value=aim.value, value_high=aim.value_high,  # type: ignore[arg-type]
        unit=aim.printed_unit, low=aim.low, high=aim.high, measure=aim.unit, change=aim.change, population=aim.population,
        modality=aim.modality, horizon_start=aim.start, horizon_end=aim.horizon, verdict=finding.verdict if finding else None,  # type: ignore[arg-type]
        when=finding.when if finding else None, reason=finding.reason if finding else None,
        reference=reference.plan if reference else None, reference_target=reference.id if reference else None,
        section=aim.section, evidence=text(aim.plan, aim.place, aim.quote),
    )  # fmt: skip


def _wishes(digests: Iterable[Digest], aims: dict[str, list[Aim]]) -> dict[str, list[tuple[Digest, Wish]]]:
    """Goals without a number, under the indicator itself and under the one that they contribute to."""
    found: dict[str, list[tuple[Digest, Wish]]] = defaultdict(list)
    for each in digests:
        numbered = {aim.indicator for aim in each.aims}
        for wish in each.wishes:
            for indicator in (wish.indicator, *contributes_to().get(wish.indicator, ())):
                if indicator in aims and indicator not in numbered:
                    found[indicator].append((each, wish))
    return found


def _goal(wish: Wish, digest: Digest, reference: Aim, named: tuple[str, str]) -> Position:
    """A goal without number: it adds to a share of units of its level, else it is no number to compare."""
    adds = wish.indicator != named[0] or _RANK[digest.level] < _RANK[reference.level]
    finding = Finding("contributes_to", "unknown", "other_scope") if adds else Finding("not_comparable", "unknown", "other_measure")
    return Position(
        indicator=named[0], label=named[1], plan=digest.id, locality=digest.place.key if digest.place else None, level=digest.level,
        kind="goal", target=wish.id, indicator_text=wish.text, horizon_end=wish.horizon, verdict=finding.verdict,
        when=when_of(last_day(wish.horizon), reference.end), reason=finding.reason, reference=reference.plan,
        reference_target=reference.id, section=wish.section, evidence=text(digest.id, wish.place, wish.quote),
    )  # fmt: skip


def _gaps(
    digests: Sequence[Digest], aims: dict[str, list[Aim]], wishes: dict[str, list[tuple[Digest, Wish]]]
) -> dict[str, list[Digest]]:
    """The plans of a subject that lack what its plans commonly have."""
    subjects: dict[str, list[Digest]] = defaultdict(list)
    for each in digests:
        if each.subject:
            subjects[each.subject].append(each)
    have: dict[str, set[str]] = {i: {a.plan for a in aims[i]} | {d.id for d, _ in wishes[i]} for i in aims}
    found: dict[str, list[Digest]] = defaultdict(list)
    for peers in subjects.values():
        ids = {d.id for d in peers}
        for indicator, plans in have.items():
            if plans & ids and len(plans & ids) >= COMMON * len(peers):
                found[indicator] += [d for d in peers if d.id not in plans]
    return found


def _gap(digest: Digest, indicator: str, label: str) -> Position:
    return Position(
        indicator=indicator, label=label, plan=digest.id, locality=digest.place.key if digest.place else None,
        level=digest.level, kind="gap",
    )  # fmt: skip


def by_subject(digests: Sequence[Digest]) -> Iterator[tuple[str, list[Digest]]]:
    """Plans by subject, in order of the subject."""
    found: dict[str, list[Digest]] = defaultdict(list)
    for each in digests:
        found[each.subject].append(each)
    for subject in sorted(found):
        yield subject, found[subject]
