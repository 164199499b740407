"""Contract: what holds for every plan, whatever it says."""

import json
import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonlines
import jsonschema
import pytest

from pipeline.outcomes import FAMILIES
from schemas.plan import Plan

ROOT = Path(__file__).parent.parent
Json = dict[str, Any]


@pytest.fixture(scope="module")
def plans(outputs: Path) -> list[tuple[Json, str]]:
    """Every plan as published, with its canonical text."""
    with jsonlines.open(outputs / "plans.jsonl") as lines:
        return [(plan, (outputs / "plans" / f"{plan['id']}.txt").read_text(encoding="utf-8")) for plan in lines]


def evidences(facts: Any) -> Iterator[Json]:
    """Every Evidence in some facts."""
    if isinstance(facts, dict):
        if {"start", "end", "quote", "boxes"} <= facts.keys():
            yield facts
        facts = list(facts.values())
    if isinstance(facts, list):
        for fact in facts:
            yield from evidences(fact)


def test_there_are_plans(plans: list[tuple[Json, str]]) -> None:
    assert len(plans) >= 14


def test_there_are_plans_of_other_makers(documents: list[Path]) -> None:
    if len(documents) == 1:
        pytest.skip("only the corpus is tested: there are no plans beside the project")


def test_evidence_quotes_the_text(plans: list[tuple[Json, str]]) -> None:
    for plan, text in plans:
        for evidence in evidences(plan):
            assert evidence["quote"] == text[evidence["start"] : evidence["end"]], plan["source"]["name"]
            assert evidence["quote"], plan["source"]["name"]


def test_boxes_lie_on_pages_of_the_document(plans: list[tuple[Json, str]]) -> None:
    for plan, _ in plans:
        pages = plan["source"]["pages"] or 0
        for evidence in evidences(plan):
            assert (evidence["page"] or 0) <= pages
            for page, left, top, right, bottom in evidence["boxes"]:
                assert 1 <= page <= pages
                assert left <= right
                assert top <= bottom


def test_the_text_is_canonical(plans: list[tuple[Json, str]]) -> None:
    for plan, text in plans:
        assert unicodedata.is_normalized("NFC", text), plan["source"]["name"]
        assert "\n\n" not in text
        assert "\r" not in text


@pytest.mark.parametrize("family", FAMILIES)
def test_facts_stand_in_document_order_with_ids_of_their_own(plans: list[tuple[Json, str]], family: str) -> None:
    for plan, _ in plans:
        facts = plan[family]
        starts = [start_of(fact) for fact in facts]
        known = [start for start in starts if start is not None]
        assert known == sorted(known), (plan["source"]["name"], family)
        ids = [fact["id"] for fact in facts if "id" in fact]
        assert len(ids) == len(set(ids)), (plan["source"]["name"], family)


def start_of(fact: Json) -> int | None:
    """Where a fact stands; a reference stands where it is first named."""
    evidence = fact.get("evidence") or next(iter(fact.get("mentions") or []), None)
    return evidence and evidence["start"]


def test_ids_resolve(plans: list[tuple[Json, str]]) -> None:
    for plan, _ in plans:
        ids = {family: {fact["id"] for fact in plan[family] if "id" in fact} for family in FAMILIES}
        sections = ids["outline"]
        for section in plan["outline"]:
            assert section["parent"] is None or section["parent"] in sections
        for goal in plan["goals"]:
            assert set(goal["targets"]) <= ids["targets"]
        for target in plan["targets"]:
            assert target["goal"] is None or target["goal"] in ids["goals"]
        for deadline in plan["deadlines"]:
            applies = deadline["applies_to"]
            kinds = {"goal": "goals", "target": "targets", "task": "tasks", "section": "outline"}
            assert applies is None or applies["id"] in ids[kinds[applies["kind"]]]
        for responsibility in plan["responsibilities"]:
            assert set(responsibility["tasks"]) <= ids["tasks"]
        for task in plan["tasks"]:
            assert task["deadline"] is None or task["deadline"] in ids["deadlines"]
            assert set(task["references"]) <= ids["references"]


def test_plans_obey_the_published_schema(plans: list[tuple[Json, str]]) -> None:
    schema = json.loads((ROOT / "schemas" / "plan.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    for plan, _ in plans:
        validator.validate(plan)


def test_plans_come_back_as_they_were(outputs: Path) -> None:
    for line in (outputs / "plans.jsonl").read_text(encoding="utf-8").splitlines():
        plan = Plan.model_validate_json(line)
        assert plan.model_dump_json() == line
        assert Plan.model_validate_json((outputs / "plans" / f"{plan.id}.json").read_bytes()) == plan


def test_the_number_of_processes_changes_no_byte(run_over: Callable[[int], Path]) -> None:
    one, two = run_over(1), run_over(2)
    files, others = ({path.relative_to(of) for path in of.rglob("[!.]*.*") if path.is_file()} for of in (one, two))
    assert files == others
    for file in files:
        assert file.name == "run.json" or (one / file).read_bytes() == (two / file).read_bytes(), file


def test_no_document_is_lost(outputs: Path, documents: list[Path]) -> None:
    files = [path for document in documents for path in (document, *document.rglob("*")) if path.is_file()]
    lines = [(outputs / name).read_text(encoding="utf-8").splitlines() for name in ("plans.jsonl", "failures.jsonl")]
    assert sum(map(len, lines)) == len(files)
    assert "internal_error" not in "".join(lines[1])


def test_every_extractor_is_under_the_contract_of_independence() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = config["tool"]["importlinter"]["contracts"]
    (independent,) = (contract["modules"] for contract in contracts if contract["type"] == "independence")
    modules = {f"extractors.{path.stem}" for path in (ROOT / "extractors").glob("*.py")} - {"extractors.__init__"}
    assert modules - {"extractors.links"} == set(independent)
