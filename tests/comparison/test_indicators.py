"""How well the targets of the corpus are given their indicators: by the words of the annotations, and by the pipeline."""

import csv
import json

from comparison.aims import aims_of
from comparison.indicators import Matcher
from extractors.layers.indicators import match
from tests.comparison.material import ROOT, corpus, plan, target

with (ROOT / "tests" / "comparison" / "indicator_truth.csv").open(encoding="utf-8", newline="") as file:
    TRUTH = {(row["indicator"], row["unit"]): row["id"] for row in csv.DictReader(file)}
    """Annotated wordings of the corpus that the vocabulary knows, labelled by hand; all others are of no known indicator."""

GOLD = [t for path in sorted((ROOT / "corpus" / "gold").iterdir()) for t in json.loads(path.read_text(encoding="utf-8"))["targets"]]
DELTAS = {"increase_by", "decrease_by"}


def test_precision_and_recall_on_annotated_wordings():
    pairs = [
        (TRUTH.get((t["indicator"], t["unit"])), match(t["indicator"], None, t["unit"], delta=t.get("change") in DELTAS).id) for t in GOLD
    ]
    right = sum(true is not None and true == found for true, found in pairs)
    assert right / sum(found is not None for _, found in pairs) >= 0.97
    assert right / sum(true is not None for true, _ in pairs) >= 0.90


def test_what_the_pipeline_assigns_is_right():
    """Every indicator that a target of the corpus gets is one that the annotations of its plan name."""
    known = {}
    for path in (ROOT / "corpus" / "gold").iterdir():
        targets = json.loads(path.read_text(encoding="utf-8"))["targets"]
        known[path.stem] = {TRUTH.get((t["indicator"], t["unit"])) for t in targets}
    given = [(p, t) for p in corpus() for t in p.targets if t.indicator]
    wrong = [(p.source.name, t.indicator, t.indicator_text) for p, t in given if t.indicator not in known[p.source.name.rsplit(".", 1)[0]]]
    assert len(wrong) <= 0.03 * len(given), wrong


def test_users_of_a_service_are_not_the_population():
    said = "người dân sử dụng dịch vụ chăm sóc ban đầu tại y tế cơ sở được bảo hiểm y tế chi trả"
    (aim,) = map(Matcher({}), aims_of(plan("a", targets=(target(said, 95),))))
    assert aim.indicator == "H.PHC.BHYT_PAID"
    assert aim.score is not None
    assert match("Tỷ lệ bao phủ bảo hiểm y tế", "dân số", "%").id == "H.BHYT.COV"


def test_verb_of_the_clause_helps():
    aims = aims_of(plan("a", targets=(target("đường trục thôn", 90, text="Cứng hóa 90% đường trục thôn."),)))
    assert Matcher({})(aims[0]).indicator == "N.ROAD"
