"""Reviews: laid over plans, kept by later runs, told where people and rules differ; bad lines cost nothing else."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from benchmarks.scores import compared
from comparison.reading import read_plans
from pipeline.__main__ import main
from schemas.facts import Diagnostic
from schemas.plan import Plan
from web.doubts import doubts_of, unseen
from web.gold import gold_of
from web.review import FAMILIES, FILE, Review, append, apply, read_reviews, reviewed_plans, text_of

CORPUS = Path(__file__).parent.parent.parent / "corpus" / "plans"


@pytest.fixture(scope="module")
def plan(run_folder: Path) -> Plan:
    return next(plan for plan in read_plans(run_folder) if plan.header.code == "52/KH-UBND")


@pytest.fixture(scope="module")
def text(plan: Plan, run_folder: Path) -> str:
    return text_of(run_folder, plan.id)


def say(plan: Plan, says: str, fact: Any = None, *, who: str = "Lan", **changes: Any) -> Review:
    before = fact.model_dump(mode="json") if fact is not None else None
    value = {**(before or {}), **changes} if says in {"correct", "add"} else None
    return Review.model_validate({"plan": plan.id, "family": "targets", "says": says, "fact": before, "value": value, "who": who})


def test_correction_stays_after_another_run(plan: Plan, text: str) -> None:
    first = plan.targets[0]
    review = say(plan, "correct", first, value=71.0)
    corrected = apply(plan, [review], text).plan
    assert corrected.targets[0].value == 71.0
    renumbered = plan.model_copy(update={"targets": tuple(one.model_copy(update={"id": f"target-{n + 40}"}) for n, one in enumerate(plan.targets))})
    again = apply(renumbered, [review], text)
    assert (again.plan.targets[0].value, again.plan.targets[0].id, again.dissents) == (71.0, "target-40", ())


def test_new_rules_that_read_otherwise_are_told(plan: Plan, text: str) -> None:
    first = plan.targets[0]
    other = plan.model_copy(update={"targets": (first.model_copy(update={"value": 7.0}), *plan.targets[1:])})
    result = apply(other, [say(plan, "correct", first, value=71.0)], text)
    assert [one.kind for one in result.dissents] == ["rules"]
    assert result.plan.targets[0].value == 71.0


def test_fact_that_is_no_longer_found_is_kept_and_told(plan: Plan, text: str) -> None:
    without = plan.model_copy(update={"targets": plan.targets[1:]})
    result = apply(without, [say(plan, "accept", plan.targets[0])], text)
    assert [one.kind for one in result.dissents] == ["lost"]
    assert result.plan.targets[0].evidence == plan.targets[0].evidence


def test_rejected_fact_takes_its_links_along(plan: Plan, text: str) -> None:
    linked = next(one for one in plan.targets if one.goal)
    result = apply(plan, [say(plan, "reject", linked)], text).plan
    ids = {one.id for one in result.targets}
    assert linked.id not in ids
    assert all(set(goal.targets) <= ids for goal in result.goals)
    assert all(one.applies_to is None or one.applies_to.kind != "target" or one.applies_to.id in ids for one in result.deadlines)


def test_fact_can_be_added_once(plan: Plan, text: str) -> None:
    start = text.index("KẾ HOẠCH")
    evidence = {"start": start, "end": start + 8, "quote": "KẾ HOẠCH"}
    review = Review.model_validate({"plan": plan.id, "family": "targets", "says": "add", "who": "Lan", "value": {
        "text": "x", "kind": "count", "indicator_text": "x", "comparator": "eq", "value": 1, "unit": "x", "evidence": evidence}})  # fmt: skip
    once = apply(plan, [review], text).plan
    twice = apply(once, [review], text).plan
    assert len(once.targets) == len(plan.targets) + 1 == len(twice.targets)


def test_two_reviewers_who_differ_are_told(plan: Plan, text: str) -> None:
    first = plan.targets[0]
    result = apply(plan, [say(plan, "accept", first), say(plan, "reject", first, who="Minh")], text)
    assert [one.kind for one in result.dissents] == ["people"]
    assert first.evidence not in [one.evidence for one in result.plan.targets]


@pytest.mark.parametrize("change", [{"value": "many"}, {"comparator": "about"}, {"evidence": {"start": 0, "end": 4, "quote": "không có đâu"}}])
def test_what_does_not_fit_is_not_taken(change: dict[str, Any], plan: Plan, text: str) -> None:
    result = apply(plan, [say(plan, "correct", plan.targets[0], **change)], text)
    assert [one.kind for one in result.dissents][-1] == "invalid"
    assert result.plan == plan


def test_two_facts_of_one_place_are_reviewed_apart(plan: Plan, text: str) -> None:
    first = plan.targets[0]
    twin = first.model_copy(update={"id": "target-90", "indicator_text": "another measure"})
    both = plan.model_copy(update={"targets": (first, twin, *plan.targets[1:])})
    result = apply(both, [say(both, "correct", first, value=71.0), say(both, "correct", twin, value=72.0)], text)
    assert [(one.indicator_text, one.value) for one in result.plan.targets[:2]] == [(first.indicator_text, 71.0), ("another measure", 72.0)]
    assert result.dissents == ()


def test_corrected_span_that_new_rules_find_themselves_is_one_fact(plan: Plan, text: str) -> None:
    first = plan.targets[0]
    longer = first.evidence.model_copy(update={"end": first.evidence.end + 1, "quote": text[first.evidence.start : first.evidence.end + 1]})
    review = say(plan, "correct", first, evidence=longer.model_dump(mode="json"))
    assert apply(plan, [review], text).plan.targets[0].evidence.quote == longer.quote
    learned = plan.model_copy(update={"targets": (first.model_copy(update={"evidence": longer}), *plan.targets[1:])})
    result = apply(learned, [review], text)
    assert ([one.evidence.quote for one in result.plan.targets].count(longer.quote), result.dissents) == (1, ())


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3), max_leaves=6)  # fmt: skip


@given(data=st.data())
@settings(max_examples=80, deadline=None, derandomize=True, database=None)
def test_any_review_is_laid_or_refused(data: st.DataObject, plan: Plan, text: str) -> None:
    family = data.draw(st.sampled_from((*FAMILIES, "unclaimed", "diagnostics")))
    facts = [one.model_dump(mode="json") for one in getattr(plan, family)]
    reviews = []
    for says in data.draw(st.lists(st.sampled_from(("accept", "correct", "reject", "add")), min_size=1, max_size=3)):
        fact, value = data.draw(st.sampled_from(facts)), dict(data.draw(st.sampled_from(facts)))
        value |= data.draw(st.dictionaries(st.sampled_from(sorted(value)), JSON, max_size=2))
        said = {"plan": plan.id, "family": family, "says": says, "fact": None if says == "add" else fact, "who": "Lan"}
        try:
            reviews.append(Review.model_validate(said | {"value": value if says in {"correct", "add"} else None}))
        except ValidationError:
            continue
    result = apply(plan, reviews, text).plan
    Plan.model_validate(result.model_dump(mode="json"))
    for one in result.targets:
        assert text[one.evidence.start : one.evidence.end] == one.evidence.quote


def test_what_is_only_looked_at_changes_nothing(plan: Plan, text: str) -> None:
    figure = plan.unclaimed[0].model_dump(mode="json")
    seen = Review.model_validate({"plan": plan.id, "family": "unclaimed", "says": "accept", "fact": figure, "who": "Lan"})
    assert apply(plan, [seen], text) == (plan, ())


@pytest.mark.parametrize("fact", [{}, {"evidence": "here"}, {"evidence": {"start": -1, "end": 2, "quote": "x"}}, {"evidence": None}, {"mentions": []}])
def test_facts_without_a_place_are_no_reviews(fact: dict[str, Any], plan: Plan) -> None:
    with pytest.raises(ValidationError):
        Review.model_validate({"plan": plan.id, "family": "targets", "says": "accept", "fact": fact, "who": "Lan"})


def test_queue_puts_doubt_first_and_forgets_what_was_seen(run_folder: Path) -> None:
    doubts = [one for plan in read_plans(run_folder) for one in doubts_of(plan, text_of(run_folder, plan.id))]
    rows = unseen(doubts, [])
    assert {one.family for one in rows} >= {"targets", "diagnostics"}
    assert [one.size for one in rows] == sorted((one.size for one in rows), reverse=True)
    for one in rows:
        assert one.quote in text_of(run_folder, one.plan)
    first = rows[0]
    seen = Review.model_validate({"plan": first.plan, "family": first.family, "says": "accept", "fact": first.fact, "who": "Lan"})
    left = unseen(doubts, [seen])
    assert first not in left
    assert len(left) < len(rows)


def test_unsure_readings_and_close_calls_are_doubted(plan: Plan, text: str) -> None:
    figure = plan.unclaimed[0].model_copy(update={"reason": "unknown"})
    [first, *_] = unseen(doubts_of(plan.model_copy(update={"unclaimed": (figure,)}), text), [])
    assert (first.family, first.why, first.quote) == ("unclaimed", "unknown_figure", figure.evidence.quote)
    unsure = Diagnostic(code="low_ocr_confidence", severity="warning", message="x")
    whys = {(one.family, one.why) for one in doubts_of(plan.model_copy(update={"diagnostics": (unsure,)}), text)}
    assert {("targets", "low_ocr_confidence"), ("deadlines", "low_ocr_confidence"), ("diagnostics", "low_ocr_confidence")} <= whys
    vague = plan.targets[0].model_copy(update={"indicator": None, "indicator_text": "hộ gia đình dùng nước", "population": None, "unit": "%"})
    one = plan.model_copy(update={"targets": (vague,), "diagnostics": (), "unclaimed": ()})
    assert {one.why for one in doubts_of(one, text)} <= {"near_runner_up", "near_threshold"}


def test_corrections_outlive_another_run_and_reach_report_and_gold(tmp_path: Path) -> None:
    source = CORPUS / "tan-khe_xa_benh-khong-lay-nhiem.txt"
    outputs, out = tmp_path / "outputs", tmp_path / "report"
    assert main(["extract", str(source), "--out", str(outputs), "--quiet"]) == 0
    [plan] = read_plans(outputs)
    append(outputs, say(plan, "correct", plan.targets[0], value=12.5))
    assert main(["extract", str(source), "--out", str(outputs), "--quiet"]) == 0
    [[corrected, dissents]] = reviewed_plans(outputs)
    assert (corrected.targets[0].value, corrected.targets[1:], dissents) == (12.5, plan.targets[1:], ())
    assert main(["report", str(outputs), "--out", str(out)]) == 0
    page = (out / "plans" / f"{plan.id}.html").read_text(encoding="utf-8")
    assert "12,5 %" in page
    assert "1 (Lan)" in page
    rows = compared(gold_of(corrected), corrected.model_dump(mode="json"))
    assert {family: row.f1 for family, row in rows.items()} == dict.fromkeys(rows, 1.0)


def test_bad_lines_are_told_and_good_ones_kept(plan: Plan, tmp_path: Path) -> None:
    append(tmp_path, say(plan, "accept", plan.targets[0]))
    with (tmp_path / FILE).open("ab") as file:
        file.write(b'{"plan": "0"}\n\xff\xfe\nnot json\n{"plan": "cut off')
    append(tmp_path, say(plan, "reject", plan.targets[1]))
    good, bad = read_reviews(tmp_path)
    assert [one.says for one in good] == ["accept", "reject"]
    assert [message.split(":")[0] for message in bad] == [f"{FILE}, line {number}" for number in (2, 3, 4, 5)]


def test_many_write_at_once(plan: Plan, tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda number: append(tmp_path, say(plan, "accept", plan.targets[0], who=f"p{number}")), range(200)))
    good, bad = read_reviews(tmp_path)
    assert (len({one.who for one in good}), bad) == (200, [])


def test_gold_quotes_stand_in_the_text(run_folder: Path) -> None:
    for plan in read_plans(run_folder):
        folded = " ".join(text_of(run_folder, plan.id).split())
        gold = gold_of(plan)
        for family in ("goals", "targets", "deadlines", "responsibilities", "tasks"):
            assert all(row["quote"] in folded for row in gold[family]), family
        assert json.loads(json.dumps(gold)) == gold
