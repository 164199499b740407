"""How well the targets of the corpus are given their indicators: by the words of the annotations, and by the pipeline."""

import csv
import json

import pytest

from comparison.aims import aims_of
from comparison.compare import compare
from comparison.indicators import Matcher
from extractors.layers.indicators import match
from pipeline import read_plan
from tests.comparison.material import ROOT, corpus, plan, target

with (ROOT / "tests" / "comparison" / "indicator_truth.csv").open(encoding="utf-8", newline="") as file:
    TRUTH = {(row["indicator"], row["unit"]): row["id"] for row in csv.DictReader(file)}
    """Annotated wordings of the corpus that the vocabulary knows, labelled by hand; all others are of no known indicator."""

GOLD = [t for path in sorted((ROOT / "corpus" / "gold").iterdir()) for t in json.loads(path.read_text(encoding="utf-8"))["targets"]]
DELTAS = {"increase_by", "decrease_by"}
LETTERHEAD = """ỦY BAN NHÂN DÂN
XÃ BÌNH MINH
Số: 12/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Bình Minh, ngày 10 tháng 6 năm 2024

KẾ HOẠCH
Phát triển kinh tế - xã hội năm 2025

II. MỤC TIÊU
1. Chỉ tiêu cụ thể
"""


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


@pytest.fixture(scope="module")
def read_sentences(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str | None, str | None]]:
    """Each sentence with its true indicator and the one found; None where the sentence gives no target."""
    with (ROOT / "tests" / "comparison" / "indicator_sentences.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["sentence"], row["id"] or None) for row in csv.DictReader(file)]
    path = tmp_path_factory.mktemp("sentences") / "plan.txt"
    path.write_text(LETTERHEAD + "".join(f"- {sentence}\n" for sentence, _ in rows), encoding="utf-8")
    aims = [Matcher({})(aim) for aim in aims_of(read_plan(path))]
    found = {sentence: [aim.indicator for aim in aims if aim.clause.rstrip(".;") in sentence] for sentence, _ in rows}
    return [(sentence, true, next(iter(found[sentence]), None)) for sentence, true in rows]


def test_sentences_of_many_fields(read_sentences: list[tuple[str, str | None, str | None]]):
    """From the words of a plan to the indicator, extraction included; a third of the sentences are near misses of known ones."""
    wrong = [row for row in read_sentences if row[2] is not None and row[1] != row[2]]
    given = sum(found is not None for _, _, found in read_sentences)
    assert len(wrong) <= 0.03 * given, wrong
    missed = [row for row in read_sentences if row[1] is not None and row[1] != row[2]]
    assert len(missed) <= 0.10 * sum(true is not None for _, true, _ in read_sentences), missed


def test_users_of_a_service_are_not_the_population():
    said = "người dân sử dụng dịch vụ chăm sóc ban đầu tại y tế cơ sở được bảo hiểm y tế chi trả"
    (aim,) = map(Matcher({}), aims_of(plan("a", targets=(target(said, 95),))))
    assert aim.indicator == "H.PHC.BHYT_PAID"
    assert aim.score is not None
    assert match("Tỷ lệ bao phủ bảo hiểm y tế", "dân số", "%").id == "H.BHYT.COV"


def test_verb_of_the_clause_helps():
    aims = aims_of(plan("a", targets=(target("đường trục thôn", 90, text="Cứng hóa 90% đường trục thôn."),)))
    assert Matcher({})(aims[0]).indicator == "N.ROAD"


def test_a_part_alone_names_no_indicator():
    """`nông thôn` is where something is measured, never what."""
    with (ROOT / "comparison" / "facets.csv").open(encoding="utf-8", newline="") as file:
        words = [word for row in csv.DictReader(file) for word in row["words"].split("|")]
    assert {word: match(word, None, "%").id for word in words if match(word, None, "%").id not in {None, "N.CULTURE"}} == {}


def test_another_part_goes_on_with_the_measure_before_it():
    clause = "Tỷ lệ thu gom rác thải sinh hoạt đô thị đạt 95%, nông thôn đạt 80%."
    town, country = (target(said, value, text=clause, id=f"target-{value}") for said, value in (("rác thải sinh hoạt đô thị được thu gom", 95), ("nông thôn", 80)))
    other = plan("b", targets=(target("rác thải sinh hoạt nông thôn được thu gom", 85),))
    found = {(p.plan, p.value): (p.indicator, p.verdict, p.reference_target) for p in compare([plan("a", targets=(town, country)), other]).alignment}
    assert found[("a", 80)][0] == "E.WASTE.COLLECT"
    assert found[("b", 85)] == ("E.WASTE.COLLECT", "stricter", "target-80")
    alone = compare([plan("a", targets=(target("rác thải sinh hoạt được thu gom", 95, text=clause), target("nông thôn", 80, id="target-2", text=clause)))])
    assert [p.value for p in alone.alignment] == [95]
