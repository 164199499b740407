"""Two plans on the page `compare`: what it shows is what the rules of the comparison say of every two targets."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.__main__ import main
from web.report import write_report
from web.words import say

PLAN = """\
ỦY BAN NHÂN DÂN
XÃ {place}
Số: {number}/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
{place}, ngày 10 tháng 6 năm 2024

KẾ HOẠCH
Phát triển kinh tế - xã hội năm 2025

I. MỤC TIÊU
{targets}
"""
FIRST = """\
- Tỷ lệ rác thải sinh hoạt đô thị được thu gom đạt 95% vào cuối năm 2025.
- Tỷ lệ nhà dân có biển số nhà điện tử tăng 5% vào cuối năm 2025.
- Tỷ lệ bao phủ bảo hiểm y tế đạt 97% vào cuối năm 2025.
- Tỷ lệ thất nghiệp còn 1,5% vào cuối năm 2025.
- Tỷ lệ người dân hài lòng đạt 90% vào cuối năm 2025."""
SECOND = """\
- Tỷ lệ rác thải sinh hoạt nông thôn được thu gom đạt 80% vào cuối năm 2025.
- Tỷ lệ nhà dân có biển số nhà điện tử đạt 90% vào cuối năm 2025.
- Tỷ lệ bao phủ bảo hiểm y tế đạt 95% vào cuối năm 2025.
- Tỷ lệ thất nghiệp còn 2,5% vào cuối năm 2025.
- Tỷ lệ người dân hài lòng đạt 90% vào cuối năm 2026."""


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the two plans."""
    inputs, outputs, out = (tmp_path_factory.mktemp(name) for name in ("plans", "outputs", "report"))
    for number, (place, targets) in enumerate((("AN LẠC", FIRST), ("HÒA MINH", SECOND)), start=1):
        (inputs / f"{number}.txt").write_text(PLAN.format(place=place, number=number, targets=targets), encoding="utf-8")
    assert main(["extract", str(inputs), "--out", str(outputs), "--quiet"]) == 0
    write_report(outputs, out)
    return out


def data(report: Path, name: str) -> Any:
    """What a data file hands to the page."""
    return json.loads((report / "data" / f"{name}.js").read_text(encoding="utf-8").split(",", 1)[1].removesuffix(");\n"))


EXPECTED = {
    "E.WASTE.COLLECT": ("not_comparable", "other_denominator"),  # town against country
    "x:nha-dan-bien-nha-dien-tu": ("not_comparable", "change_against_level"),
    "H.BHYT.COV": ("a_stricter", ""),
    "P.UNEMP": ("a_stricter", ""),  # less is more here
    "S.SIPAS": ("same", "a_earlier"),
}


def test_each_pair_has_the_verdict_of_the_rules(pair: Path) -> None:
    one, other = (data(pair, f"plan/{row[0]}")["targets"] for row in sorted(data(pair, "plans"), key=lambda row: row[9]))
    words = data(pair, "standings")
    assert [mine[0] for mine in one] == [its[0] for its in other]
    assert {mine[0]: tuple(words[mine[5][its[4]]]) for mine, its in zip(one, other, strict=True)} == EXPECTED


def test_the_page_shows_it_whichever_comes_first(pair: Path, visit: Callable[..., Any]) -> None:
    first, second = (row[0] for row in sorted(data(pair, "plans"), key=lambda row: row[9]))
    for ids, turned in (((first, second), False), ((second, first), True)):
        page = visit((pair / "compare.html").as_uri() + f"#{','.join(ids)}")
        page.wait_for_selector("#comparison table")
        rows = page.locator("#comparison section").first.locator("tbody tr").all()
        shown = sorted((row.get_attribute("class"), row.locator(".v").text_content().partition(" ")[2]) for row in rows)
        mirrored = {"a_stricter": "b_stricter", "a_earlier": "a_later"} if turned else {}
        expected = [(mirrored.get(verdict, verdict), mirrored.get(reason, reason)) for verdict, reason in EXPECTED.values()]
        assert shown == sorted((verdict, str(say(verdict)) + (f": {say(reason)}" if reason else "")) for verdict, reason in expected)
