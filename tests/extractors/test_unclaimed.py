"""Unclaimed: what no fact rests on, each with the reason; what a fact rests on is not listed."""

import pytest

from pipeline.assemble import assemble
from pipeline.language import make_doc
from pipeline.pages import Text
from schemas.facts import Unclaimed
from schemas.plan import Source

HEAD = "ỦY BAN NHÂN DÂN\nXÃ BÌNH MINH\nSố: 12/KH-UBND\nBình Minh, ngày 10 tháng 6 năm 2024\nKẾ HOẠCH\nThử nghiệm\n"
SOURCE = Source(name="x.txt", sha256="0" * 64, bytes=1, media_type="text/plain", text_layer="plain", engine="test")


def unclaimed(lines: str) -> tuple[Unclaimed, ...]:
    return assemble(make_doc(Text(text=HEAD + lines + "\n")), SOURCE).unclaimed


REASONS = [
    ("I. THỰC TRẠNG\n- Tỷ lệ hộ nghèo còn 4,5%.", "4,5%", "percentage", "past_result"),
    ("II. MỤC TIÊU\n- Theo quy định phải dành ít nhất 30% ngân sách.", "30%", "percentage", "quoted"),
    ("II. MỤC TIÊU\n- Lập sổ cho người từ 6 tuổi trở lên.", "6 tuổi", "number", "population"),
    ("II. MỤC TIÊU\n- Không còn xã dưới 13 tiêu chí.", "13 tiêu chí", "number", "threshold"),
    ("III. NHIỆM VỤ\n- Rà soát 2.345 hộ nghèo trong xã.", "2.345 hộ nghèo", "number", "population"),
    ("IV. KINH PHÍ\nTổng kinh phí 12,5 tỷ đồng.", "12,5 tỷ đồng", "number", "budget"),
    ("III. NHIỆM VỤ\n- Phù hợp quy hoạch, tầm nhìn đến năm 2050.", "2050", "time", "vision"),
]


@pytest.mark.parametrize(("lines", "quote", "kind", "reason"), REASONS)
def test_reason(lines: str, quote: str, kind: str, reason: str) -> None:
    found = [(entry.kind, entry.reason) for entry in unclaimed(lines) if quote in entry.evidence.quote]
    assert found == [(kind, reason)]


def test_claimed_numbers_are_not_listed() -> None:
    found = unclaimed(
        "II. MỤC TIÊU\n- Nâng tỷ lệ hộ có điện từ 68% lên 75% vào năm 2025.\nIII. NHIỆM VỤ\n- Mở 05 lớp tập huấn trước ngày 30/9/2024."
    )
    assert [entry.evidence.quote for entry in found if entry.reason == "unknown"] == []
    assert not any("75%" in entry.evidence.quote or "68%" in entry.evidence.quote for entry in found)


def test_what_may_have_been_missed_is_unknown() -> None:
    found = unclaimed("III. NHIỆM VỤ\n- Sản lượng 40 tấn.")
    assert [(entry.evidence.quote, entry.reason) for entry in found] == [("40 tấn", "unknown")]
