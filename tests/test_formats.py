"""Formats: a plan says the same whether it is read as text, Word document, web page or PDF."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonlines
import pytest

from pipeline.__main__ import main

FORMATS = Path(__file__).parent.parent / "corpus" / "formats"
FAMILIES = (
    "header", "locality", "period", "outline", "references", "goals", "targets", "deadlines", "responsibilities", "tasks",
)  # fmt: skip


@pytest.fixture(scope="module")
def facts_in(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], dict[str, dict[str, Any]]]:
    """The facts of every plan of the corpus as read from one format, by the plan's name, without places on pages."""
    read: dict[str, dict[str, dict[str, Any]]] = {}

    def facts(suffix: str) -> dict[str, dict[str, Any]]:
        if suffix not in read:
            out = tmp_path_factory.mktemp(suffix)
            assert main(["extract", str(FORMATS / suffix), "--out", str(out), "--quiet"]) == 0
            with jsonlines.open(out / "plans.jsonl") as plans:
                read[suffix] = {Path(plan["source"]["name"]).stem: {f: placeless(plan[f]) for f in FAMILIES} for plan in plans}
        return read[suffix]

    return facts


def placeless(facts: Any) -> Any:
    """The same facts without offsets, pages and boxes, which differ between formats."""
    if isinstance(facts, dict):
        if "quote" in facts:
            return facts["quote"]
        return {name: placeless(value) for name, value in facts.items() if not (name == "end" and isinstance(value, int))}
    return [placeless(fact) for fact in facts] if isinstance(facts, list) else facts


@pytest.mark.parametrize("suffix", ["docx", "html", "pdf"])
@pytest.mark.parametrize("family", FAMILIES)
def test_every_format_gives_the_same_facts(
    suffix: str, family: str, facts_in: Callable[[str], dict[str, dict[str, Any]]]
) -> None:
    text, other = facts_in("txt"), facts_in(suffix)
    assert other.keys() == text.keys()
    for name, plan in text.items():
        assert other[name][family] == plan[family], name
