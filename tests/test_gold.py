"""Gold: agreement with annotations made by hand never falls below these floors (F1)."""

import json
from pathlib import Path

import pytest

from benchmarks.gold import Collection, collections, score, scorer_in

SHARED = Path(__file__).parent.parent.parent / "shared"

CORPUS = {
    "references": 0.95, "targets": 0.95, "deadlines": 0.95, "goals": 0.95, "responsibilities": 0.95,
    "tasks": 0.95, "outline": 0.95, "diagnostics": 0.95, "header": 0.95,
}  # fmt: skip
FLOORS: dict[str, dict[str, float]] = {
    "own corpus as txt": CORPUS,
    "own corpus as docx": CORPUS,
    "own corpus as html": CORPUS,
    "own corpus as pdf": CORPUS,
    "sample plans": {
        "references": 0.97, "targets": 0.97, "deadlines": 0.90, "goals": 0.95, "responsibilities": 0.90,
        "tasks": 0.93, "outline": 0.98, "diagnostics": 0.95, "header": 0.95, "mean_f1": 0.95,
    },
    "real plans: Word and web": {"references": 0.92, "mean_f1": 0.85},
}  # fmt: skip


@pytest.mark.skipif(not scorer_in(SHARED).is_file(), reason="there is no scorer beside the project")
@pytest.mark.parametrize(
    "collection", [one for one in collections(SHARED) if one.title in FLOORS], ids=lambda collection: collection.title
)
def test_scores_stay_above_their_floors(collection: Collection) -> None:
    result = json.loads(score(collection, scorer_in(SHARED), "--json"))
    assert result["broken_evidence"] == []
    scores = {name: result[name] if name == "mean_f1" else result[name]["f1"] for name in FLOORS[collection.title]}
    below = {
        name: (value, FLOORS[collection.title][name]) for name, value in scores.items() if value < FLOORS[collection.title][name]
    }
    assert not below
