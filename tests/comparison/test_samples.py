"""The two sample plans side by side; skipped where they are not at hand."""

import pytest

from comparison.compare import compare
from comparison.measures import level_words
from schemas.comparison import Comparison, Position
from tests.comparison.material import ROOT, SAMPLES, samples

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"the sample plans are not beside the project ({SAMPLES})")


@pytest.fixture(scope="module")
def found() -> Comparison:
    return compare(samples())


def commune(found: Comparison, indicator: str, by: str = "2030") -> Position:
    return next(p for p in found.alignment if p.indicator == indicator and p.level == "commune" and p.horizon_end == by)


@pytest.mark.parametrize(
    ("indicator", "by", "verdict", "when", "reason"),
    [
        ("H.BHYT.COV", "2030", "weaker", "same", None),  # > 97 against > 99
        ("H.BHYT.COV", "2025", "not_comparable", "earlier", "other_horizon"),  # > 95 five years earlier
        ("H.MGMT.POP", "2030", "stricter", "same", None),  # 100 against > 95
        ("H.MGMT.POP", "2025", "stricter", "earlier", None),
        ("H.STD.COMMUNE", "2030", "contributes_to", "same", "other_scope"),  # its own criterion against 100% of the communes
        ("H.DOC.TYT", "2030", "same", "same", None),
        ("H.VHW.VILLAGE", "2030", "same", "same", None),
        ("H.RISK.CHECK", "2030", "same", "same", None),
        ("H.PHC.BHYT_PAID", "2030", "stricter", "same", None),
    ],
)
def test_aligned(found: Comparison, indicator: str, by: str, verdict: str, when: str, reason: str | None):
    row = commune(found, indicator, by)
    assert (row.verdict, row.when, row.reason) == (verdict, when, reason)


def test_own_criterion_is_no_number(found: Comparison):
    row = commune(found, "H.STD.COMMUNE")
    assert row.kind == "goal"
    assert row.value is None


def test_gaps_are_rows(found: Comparison):
    gaps = {(p.indicator, p.level) for p in found.alignment if p.kind == "gap"}
    assert {("H.EHR.POP", "commune"), ("H.TECH.LIST", "district")} <= gaps


def test_wrong_citation_and_the_likely_one(found: Comparison):
    (wrong,) = found.citation_mismatches
    assert (wrong.code, wrong.registered_on, wrong.likely) == ("37/2017/TT-BYT", "2017-09-25", "39/2017/TT-BYT")


def test_successors_are_kept(found: Comparison):
    places = {each.name: each for each in found.localities}
    assert [s.name for s in places["Hòa Phong"].successors] == ["phường Thượng Hồng"]
    assert len(places["Lục Ngạn"].successors) > 5
    assert places["Lục Ngạn"].province_then == "tỉnh Bắc Giang"
    assert places["Lục Ngạn"].province_now == ("tỉnh Bắc Ninh",)


def shown(found: Comparison) -> list[str]:
    """The commune's positions beside what each is judged against, as the README prints them."""
    targets = {(p.plan, p.target): p for p in found.alignment if p.kind == "target"}
    lines = []
    for row in found.alignment:
        if row.level == "commune" and row.verdict:
            other = targets[(row.reference, row.reference_target)]
            own = f"{level_words(row)}, {row.horizon_end}" if row.kind == "target" else f"*{row.indicator_text}*, {row.horizon_end}"
            judged = ", ".join(f"`{word}`" for word in (row.verdict, row.reason) if word)
            lines.append(f"| {row.label} | {own} | {level_words(other)}, {other.horizon_end} | {judged} | {row.when} |")
    return lines


@pytest.mark.parametrize("page", ["README.md", "README.vi.md"])
def test_readme_shows_what_comes_out(found: Comparison, page: str):
    text = (ROOT / page).read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line in set(shown(found))] == shown(found)
