"""Generated: invented plans carry truth that their text holds, and are the same for the same seed."""

import pytest

from benchmarks.generated import compose, sources
from benchmarks.generator.cast import phrases
from benchmarks.scores import FAMILIES, score
from corpus.check import fold, quotes
from corpus.text import render
from corpus.truth import Reader

FLOOR = 0.97


def test_the_same_seed_gives_the_same_plan() -> None:
    assert compose(3, 1) == compose(3, 1) != compose(3, 2)


def test_every_quote_of_the_truth_is_in_the_text() -> None:
    for source in sources(seed=3, count=20):
        text = fold(render(source))
        assert [quote for quote in quotes(Reader(source).read()) if fold(quote) not in text] == []


def test_there_are_topics_and_issuers_of_all_kinds() -> None:
    styles = phrases("bodies")["style"]
    assert len(phrases("topics")["topic"]) >= 12
    assert {style["level"] for style in styles} == {"province", "district", "commune"}
    assert {"party", "front", "school", "department"} <= {style["id"] for style in styles}


@pytest.fixture(scope="module")
def scores() -> dict[str, float]:
    return {family: row.f1 for family, row in score(sources(seed=7, count=40)).items()}


@pytest.mark.parametrize("family", FAMILIES)
def test_facts_of_invented_plans_are_found(family: str, scores: dict[str, float]) -> None:
    assert scores[family] >= FLOOR
