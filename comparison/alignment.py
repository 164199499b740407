"""Alignment: for every indicator all localities, horizons and comparators in one table, gaps included.

Each position is judged against one reference, named in the row: with a parent plan its target, else the position that most
plans can be compared with (same unit, level or change), of the highest level, at the same horizon where there is one; where
that is of another group or part, the best of its own. A gap is a row where a plan says nothing of an indicator that at least
a fifth of the plans of its subject have, and that obliges a plan of its level.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from comparison.aims import Aim, text
from comparison.days import last_day
from comparison.digest import Digest, Wish
from comparison.facets import parts_of
from comparison.indicators import Catalogue
from comparison.verdicts import Finding, binds, find, hindrance_of, when_of
from comparison.vocabulary import contributes_to
from schemas.comparison import Position, Unmatched

COMMON = 0.2
"""Share of the plans of a subject that must have an indicator for its absence to be a gap."""
_RANK = {"commune": 0, "district": 1, "province": 2, "central": 3, None: -1}
_TO = ("increase_to", "decrease_to", None)


_ByEnd = dict[str | None, Aim]
_Class = tuple[str, bool, str, tuple[frozenset[str], ...]]


class References(NamedTuple):
    """References: what the positions of one indicator are judged against, by horizon, the best first; those of a class apart."""

    main: _ByEnd
    classes: dict[_Class, _ByEnd]

    @property
    def first(self) -> Aim:
        """The main reference."""
        return next(iter(self.main.values()))

    def of(self, aim: Aim) -> Aim | None:
        """The reference of a position, one that it can be compared with if there is any; None where no other plan has one."""
        near = [
            by_end[end]
            for by_end in (self.main, self.classes.get(_class(aim), {}))
            for end in (aim.end, next(iter(by_end), None))
            if end in by_end and by_end[end].plan != aim.plan
        ]
        return next((each for each in near if hindrance_of(aim, each) is None), near[0] if near else None)


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
        found += [_goal(wish, digest, references.first, (indicator, catalogue.label(indicator))) for digest, wish in wishes[indicator]]
        found += [_gap(digest, indicator, catalogue.label(indicator)) for digest in gaps[indicator]]
        rows += sorted(found, key=lambda p: (p.plan, p.evidence.start if p.evidence else -1, p.target or ""))
    return rows


def unmatched(digests: Iterable[Digest], catalogue: Catalogue) -> list[Unmatched]:
    """The targets of no known indicator, by plan and place."""
    return [
        Unmatched(
            plan=each.id, locality=each.place.key if each.place else None, level=aim.level, target=aim.id, indicator_text=aim.said,
            comparator=aim.comparator, value=aim.value, value_high=aim.value_high, unit=aim.printed_unit,  # type: ignore[arg-type]
            change=aim.change, population=aim.population, horizon_end=aim.horizon, nearest=aim.runner_up,
            nearest_label=catalogue.label(aim.runner_up) if aim.runner_up else None, nearest_score=aim.runner_up_score,
            section=aim.section, evidence=text(aim.plan, aim.place, aim.quote),
        )
        for each in digests
        for aim in each.aims
        if aim.indicator is None
    ]  # fmt: skip


def _references(aims: list[Aim], parent: Digest | None) -> References:
    """The parent's targets where it has some, else the best of the largest comparable class."""
    pool = [aim for aim in aims if parent is not None and aim.plan == parent.id] or aims
    ends = Counter((_kind(aim), aim.end) for aim in pool)
    largest = _largest_kind(pool)
    main: _ByEnd = {}
    classes: dict[_Class, _ByEnd] = defaultdict(dict)
    for aim in sorted(pool, key=lambda a: (-_RANK[a.level], -ends[(_kind(a), a.end)], a.end or "", a.sort_key)):
        classes[_class(aim)].setdefault(aim.end, aim)
        if _kind(aim) == largest:
            main.setdefault(aim.end, aim)
    return References(main, classes)


def _kind(aim: Aim) -> tuple[str, bool]:
    """Unit, and whether it is a level or a change."""
    return aim.unit, aim.change in _TO


def _class(aim: Aim) -> _Class:
    """What two positions must share to be compared."""
    return *_kind(aim), aim.group, parts_of(aim.indicator or "", aim.asked)


def _largest_kind(aims: list[Aim]) -> tuple[str, bool]:
    """The unit and kind that most plans share."""
    plans: dict[tuple[str, bool], set[str]] = defaultdict(set)
    for aim in aims:
        plans[_kind(aim)].add(aim.plan)
    return min(plans, key=lambda k: (-len(plans[k]), not k[1], k[0]))


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
    """The plans of a subject that lack what its plans commonly have and what obliges their level too."""
    subjects: dict[str, list[Digest]] = defaultdict(list)
    for each in digests:
        if each.subject:
            subjects[each.subject].append(each)
    have: dict[str, set[str]] = {i: {a.plan for a in aims[i]} | {d.id for d, _ in wishes[i]} for i in aims}
    levels = {d.level for d in digests}
    asked = {i: {level for level in levels if any(a.level == level or binds(a, level) for a in aims[i])} for i in aims}
    found: dict[str, list[Digest]] = defaultdict(list)
    for peers in subjects.values():
        ids = {d.id for d in peers}
        for indicator, plans in have.items():
            if plans & ids and len(plans & ids) >= COMMON * len(peers):
                found[indicator] += [d for d in peers if d.id not in plans and d.level in asked[indicator]]
    return found


def _gap(digest: Digest, indicator: str, label: str) -> Position:
    return Position(
        indicator=indicator, label=label, plan=digest.id, locality=digest.place.key if digest.place else None,
        level=digest.level, kind="gap",
    )  # fmt: skip
