"""Standings: the letters say of every two targets what the rules say of the targets themselves."""

import pytest

from comparison.aims import Aim, aims_of
from comparison.digest import digest
from comparison.indicators import Catalogue, name_all
from comparison.standings import FINDINGS, standings
from comparison.verdicts import LEVELS, find
from tests.comparison.material import corpus, plan, target

MIRROR = {"stricter": "weaker", "weaker": "stricter", "higher": "lower", "lower": "higher", "earlier": "later", "later": "earlier"}


def test_letters_are_what_the_rules_say_of_each_pair_in_the_corpus() -> None:
    named = name_all(map(digest, corpus()), {})
    catalogue = Catalogue({}, named.provisional)
    found = standings(named.digests, catalogue)
    aims: dict[str, list[Aim]] = {}
    for aim in (aim for each in named.digests for aim in each.aims if aim.indicator):
        aims.setdefault(aim.indicator or "", []).append(aim)
    verdicts = set()
    for indicator, some in aims.items():
        for one in some:
            for other in some:
                mine, its = found[one.plan][one.id], found[other.plan][other.id]
                said, rule = FINDINGS[mine.against[its.kind]], find(one, other, catalogue.direction(indicator))
                assert (said.verdict, said.when) == (rule.verdict, rule.when) if rule.verdict in LEVELS else said.reason == rule.reason
                back = FINDINGS[its.against[mine.kind]]
                assert back == said._replace(verdict=MIRROR.get(said.verdict, said.verdict), when=MIRROR.get(said.when, said.when))
                verdicts.add((said.verdict, said.reason))
    assert {("stricter", None), ("not_comparable", "other_unit"), ("not_comparable", "other_horizon")} <= verdicts


def test_a_target_of_no_indicator_stands_to_none() -> None:
    named = name_all([digest(plan("1", targets=(target("số việc chưa ai biết", 5, "việc"),)))], {})
    assert standings(named.digests, Catalogue({}, {})) == {}


@pytest.mark.parametrize(("comparators", "verdict"), [(("le", "ge"), "higher"), (("le", "eq"), "weaker"), (("ge", "eq"), "stricter")])
def test_words_that_want_opposite_things_give_no_direction(comparators: tuple[str, str], verdict: str) -> None:
    one, other = (aims_of(plan(str(v), targets=(target("số buổi", v, "buổi", comparator=c),)))[0] for v, c in zip((5, 3), comparators, strict=True))
    assert (find(one, other, None).verdict, find(other, one, None).verdict) == (verdict, MIRROR[verdict])
