"""Reviews: laid over plans, kept by later runs, told where people and rules differ; bad lines cost nothing else."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from comparison.reading import read_plans
from schemas.plan import Plan
from web.gathering import text_of
from web.gold import gold_of
from web.review import FILE, Review, append, apply, read_reviews


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
