"""Indicators: which measure each target of a folder is of, with score and runner-up, and provisional ids for unknown ones.

The order: what the run found, else the user's own vocabulary, else the project's vocabulary on the words of the whole clause
(`Cứng hóa 90% đường trục thôn`). What recurs in at least two plans without being known gets `x:` and a slug.
"""

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from rapidfuzz import fuzz

from comparison.aims import Aim
from comparison.digest import Digest
from comparison.facets import continues
from comparison.likeness import core, groups
from comparison.vocabulary import Indicator, known
from extractors.layers.indicators import Match, match, plain
from extractors.layers.syllables import fold
from schemas.comparison import IndicatorEntry

Source = Literal["vocabulary", "user", "provisional"]
OWN_ENOUGH = 86.0
"""Likeness in percent from which a naming of the user's vocabulary counts."""
_DELTAS = frozenset({"increase_by", "decrease_by"})
_FIGURES = re.compile(
    r"(?:từ |trên |dưới |ít nhất |tối thiểu |tối đa |không quá |đạt |khoảng ){0,4}\d[\d.,]{0,30}(?: ?- ?\d[\d.,]{0,30})? ?(?:%|‰)(?: trở lên)?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:vào |đến |hết |cuối |giữa |trong ){0,4}năm \d{4},?", re.IGNORECASE)


class Matcher:
    """Matcher: targets to indicators; remembers what it has decided."""

    def __init__(self, own: Mapping[str, Indicator]) -> None:
        """Take the user's indicators by id."""
        self._own = [(i.id, plain(naming), {fold(u) for u in i.units}) for i in own.values() for naming in i.namings]
        self._seen: dict[tuple[str, str | None, str, str | None, bool], Match] = {}

    def __call__(self, aim: Aim) -> Aim:
        """The target with its indicator, score and runner-up."""
        key = (aim.asked, aim.population, aim.printed_unit, aim.printed_indicator, aim.change in _DELTAS)
        if key not in self._seen:
            self._seen[key] = self._decide(aim)
        found = self._seen[key]
        if found.id is None:
            found = self._by_clause(aim, found, aim.change in _DELTAS)
        return aim._replace(
            indicator=found.id,
            score=found.score or None,
            runner_up=found.runner_up,
            runner_up_score=found.runner_up_score or None,
        )

    def _decide(self, aim: Aim) -> Match:
        delta = aim.change in _DELTAS
        best = match(aim.asked, aim.population, aim.printed_unit, delta=delta)
        own = self._of_own(aim)
        if own.id and (best.id is None or own.score >= best.score):
            return own._replace(runner_up=best.id or best.runner_up, runner_up_score=best.score)
        if aim.printed_indicator:
            return best if best.id == aim.printed_indicator else Match(aim.printed_indicator, 0.0, best.id, best.score)
        return best

    def _of_own(self, aim: Aim) -> Match:
        said, unit = plain(aim.asked), fold(aim.printed_unit)
        scores = [(fuzz.token_sort_ratio(said, words), ident) for ident, words, units in self._own if not units or unit in units]
        score, ident = max(scores, default=(0.0, ""))
        return Match(ident, round(score / 100, 4)) if score >= OWN_ENOUGH else Match(None)

    def _by_clause(self, aim: Aim, best: Match, delta: bool) -> Match:
        """A clause of one figure may name the measure by its verb."""
        if aim.unit != "%" or len(_FIGURES.findall(aim.clause)) != 1 or len(aim.clause.split()) > 14:
            return best
        found = match(_YEAR.sub(" ", _FIGURES.sub(" ", aim.clause)).strip(" .;"), aim.population, aim.printed_unit, delta=delta)
        return found if found.id and found.score >= 0.8 else best


_Unknown = tuple[str, str]
"""Unit and core of a measure that the vocabulary does not know."""


class Named(NamedTuple):
    """Named: a folder whose targets have indicators, and the provisional ones by id."""

    digests: tuple[Digest, ...]
    provisional: dict[str, Indicator]


def name_all(digests: Iterable[Digest], own: Mapping[str, Indicator]) -> Named:
    """Match every target of a folder; what recurs unknown gets a provisional id."""
    matcher = Matcher(own)
    matched = [d._replace(aims=tuple(_continued(map(matcher, d.aims)))) for d in digests]
    unknown: dict[_Unknown, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for each in matched:
        for aim in each.aims:
            if aim.indicator is None and _tells(aim):
                unknown[(aim.unit, core(aim.asked))][aim.asked].add(each.id)
    ids, provisional = _provisional(unknown)
    named = tuple(d._replace(aims=tuple(_named(aim, ids) for aim in d.aims)) for d in matched)
    return Named(tuple(sorted(named, key=lambda d: d.id)), provisional)


def _continued(aims: Iterable[Aim]) -> Iterator[Aim]:
    """Targets in order; one that names another part only (`đô thị đạt 95%, nông thôn đạt 80%`) is of the measure before it."""
    before: Aim | None = None
    for aim in aims:
        same = before is not None and before.indicator and (before.clause, before.unit) == (aim.clause, aim.unit)
        if before is not None and same and aim.indicator is None and continues(before.indicator or "", before.asked, aim.asked):
            yield aim._replace(indicator=before.indicator)
            continue
        before = aim
        yield aim


def _named(aim: Aim, ids: Mapping[tuple[str, str], str]) -> Aim:
    if aim.indicator is not None or not ids:
        return aim
    return aim._replace(indicator=ids.get((aim.unit, core(aim.asked))))


def _tells(aim: Aim) -> bool:
    """Whether a wording tells enough to be found again in another plan."""
    return len(core(aim.asked).split()) >= 3


def _provisional(unknown: Mapping[_Unknown, Mapping[str, set[str]]]) -> tuple[dict[_Unknown, str], dict[str, Indicator]]:
    """Ids for the groups of cores that at least two plans have, each named after its shortest wording as printed."""
    by_unit: dict[str, list[str]] = defaultdict(list)
    for unit, wording in unknown:
        by_unit[unit].append(wording)
    ids: dict[_Unknown, str] = {}
    made: dict[str, Indicator] = {}
    for unit in sorted(by_unit):
        members: dict[str, list[str]] = defaultdict(list)
        for wording, leader in groups(by_unit[unit]).items():
            members[leader].append(wording)
        for leader, cores in sorted(members.items()):
            printed = [wording for each in cores for wording in unknown[(unit, each)]]
            if len(set().union(*(plans for each in cores for plans in unknown[(unit, each)].values()))) < 2:
                continue
            label = min(printed, key=lambda words: (len(words), words))
            ident = _slug(leader, unit, made)
            made[ident] = Indicator(ident, label, tuple(sorted(printed)), (unit,), None)
            ids.update({(unit, each): ident for each in cores})
    return ids, made


def _slug(leader: str, unit: str, made: Mapping[str, Indicator]) -> str:
    """`x:` and the words without marks; a unit other than % is part of it.

    >>> _slug("hồ sơ số hóa khi tiếp nhận", "%", {})
    'x:ho-so-so-hoa-khi-tiep-nhan'
    """
    words = f"{leader} {'' if unit == '%' else unit}".replace("đ", "d")
    bare = "".join(c for c in unicodedata.normalize("NFD", words) if not unicodedata.combining(c))
    slug = "x:" + "-".join(re.findall(r"[a-z0-9]+", bare))
    short = slug if len(slug) <= 72 else slug[:64].rsplit("-", 1)[0]
    return short if short == slug and short not in made else f"{short}-{hashlib.sha256(f'{leader}/{unit}'.encode()).hexdigest()[:6]}"


class Catalogue:
    """Catalogue: label and direction of every indicator of a comparison, wherever it comes from."""

    def __init__(self, own: Mapping[str, Indicator], provisional: Mapping[str, Indicator]) -> None:
        """Take the user's and the provisional indicators; the project's own are known."""
        self._own, self._provisional = own, provisional
        self._all = {**known(), **own, **provisional}

    def label(self, ident: str) -> str:
        """Its label, or the id itself for one of an older vocabulary."""
        return self._all[ident].label if ident in self._all else ident

    def direction(self, ident: str | None) -> str | None:
        """Whether more or less is better, where known."""
        return self._all[ident].direction if ident in self._all else None

    def entries(self, digests: Iterable[Digest]) -> tuple[IndicatorEntry, ...]:
        """All indicators that the folder's targets have, with their namings."""
        plans: dict[str, set[str]] = defaultdict(set)
        namings: dict[str, set[str]] = defaultdict(set)
        counts: Counter[str] = Counter()
        for each in digests:
            for aim in each.aims:
                if aim.indicator:
                    plans[aim.indicator].add(each.id)
                    counts[aim.indicator] += 1
                    namings[aim.indicator].add(aim.said)
        return tuple(
            IndicatorEntry(
                id=i, label=self.label(i), source=self._source(i), direction=self._all[i].direction if i in self._all else None,
                plans=len(plans[i]), targets=counts[i], namings=tuple(sorted(namings[i])[:20]),
            )
            for i in sorted(plans)
        )  # fmt: skip

    def _source(self, ident: str) -> Source:
        return "provisional" if ident in self._provisional else "user" if ident in self._own else "vocabulary"
