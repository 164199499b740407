"""Horizons: which time governs a clause."""

import pytest

from extractors.layers import marks
from extractors.layers.horizons import horizon
from pipeline.language import make_doc
from pipeline.pages import TableSpan, Text
from schemas.facts import Time

HEAD = "ỦY BAN NHÂN DÂN\nXÃ AN BÌNH\nSố: 15/KH-UBND\nAn Bình, ngày 10 tháng 6 năm 2024\nKẾ HOẠCH\nChăn nuôi giai đoạn 2024 - 2026\n"


def horizon_of(body: str, clause: str, at: str | None = None) -> Time | None:
    """The horizon of a clause (and of a number in it) in the body of a small plan."""
    text = HEAD + body
    start = text.index(clause)
    return horizon(make_doc(Text(text=text)), start, start + len(clause), at=text.index(at, start) if at else None)


@pytest.mark.parametrize(
    ("body", "clause", "end", "inherited"),
    [
        ("I. MỤC TIÊU\nĐến hết năm 2025:\n- Đàn bò đạt 500 con vào năm 2026.", "Đàn bò đạt 500 con vào năm 2026.", "2026", False),
        ("I. MỤC TIÊU\n- Đến năm 2025, đàn bò đạt 500 con; đàn lợn đạt 90 con.", "đàn lợn đạt 90 con.", "2025", False),
        ("I. MỤC TIÊU\n- Đến năm 2025 có chợ mới. Đàn lợn đạt 90 con.", "Đàn lợn đạt 90 con.", None, False),
        ("I. MỤC TIÊU\nPhấn đấu đến năm 2025:\n- Đàn bò đạt 500 con.", "Đàn bò đạt 500 con.", "2025", True),
        ("I. MỤC TIÊU\nMục tiêu đến năm 2025\n- Đàn bò.\nMục tiêu đến năm 2030\n- Đàn lợn.", "Đàn lợn.", "2030", True),
        ("I. NHIỆM VỤ\n1. Giai đoạn 2024 - 2025\n- Mua bò.\n2. Thú y\n- Tiêm phòng.", "Mua bò.", "2025", True),
        ("I. NHIỆM VỤ\n1. Giai đoạn 2024 - 2025\n- Mua bò.\n2. Thú y\n- Tiêm phòng.", "Tiêm phòng.", None, True),
        ("I. NHIỆM VỤ\n- Mua bò.\nThời gian thực hiện: Quý II năm 2025.", "Mua bò.", "2025-34", True),
        ("I. NHIỆM VỤ\n1. Giống\n- Mua bò.\n- Mua lợn.\nThời gian: Năm 2025.", "Mua bò.", "2025", True),
        (
            "I. NHIỆM VỤ\n1. Giống\n- Mua bò.\nThời gian: Năm 2025.\n- Mua lợn.\nThời gian: Năm 2026.\n- Mua gà.",
            "Mua gà.", None, True,
        ),
        ("I. NỘI DUNG\n1. Lớp thú y\n1.1. Thời gian: Tháng 7/2025\n1.2. Số lượng: 40 người", "40 người", "2025-07", True),
        ("I. NHIỆM VỤ\n- Mua bò theo chương trình giống giai đoạn 2021 - 2025.", "Mua bò theo chương trình giống giai đoạn 2021 - 2025.", None, True),
    ],
)  # fmt: skip
def test_which_time_governs(body: str, clause: str, end: str | None, inherited: bool) -> None:
    found = horizon_of(body, clause)
    assert (found.end if found else None) == end
    assert found is None or found.inherited == inherited


@pytest.mark.parametrize(("number", "end"), [("75%", "2026"), ("90%", "2027")])
def test_nearest_to_the_number(number: str, end: str) -> None:
    clause = "Hộ phân loại rác đạt 75% vào cuối năm 2026 và 90% vào cuối năm 2027."
    found = horizon_of(f"I. MỤC TIÊU\n- {clause}", clause, number)
    assert found is not None
    assert found.end == end


def test_evidence_stands_in_the_heading() -> None:
    body = "I. MỤC TIÊU\nPhấn đấu đến năm 2025:\n- Đàn bò đạt 500 con."
    found = horizon_of(body, "Đàn bò đạt 500 con.")
    assert found is not None
    assert (found.evidence.quote, found.kind) == ("đến năm 2025", "by")
    assert (HEAD + body)[found.evidence.start : found.evidence.end] == found.evidence.quote


@pytest.mark.parametrize(("cell", "end"), [("≥ 65", "2025"), ("≥ 80", "2026"), ("Mở lớp", "2025-35")])
def test_tables(cell: str, end: str) -> None:
    rows = ["Chỉ tiêu\tNăm 2025\tNăm 2026", "Hồ sơ\t≥ 65\t≥ 80", "Mở lớp\tQuý III/2025\t"]
    text = HEAD + "I. MỤC TIÊU\n" + "\n".join(rows)
    at = text.index(rows[0])
    spans = []
    for row in rows:
        cells = []
        for words in row.split("\t"):
            cells.append((at, at + len(words)))
            at += len(words) + 1
        spans.append(tuple(cells))
    doc = make_doc(Text(text=text, tables=(TableSpan(text.index(rows[0]), len(text), None, tuple(spans)),)))
    start = text.index(cell)
    found = horizon(doc, start, start + len(cell), at=start)
    assert found is not None
    assert (found.end, found.inherited) == (end, True)
    assert {m.label for m in marks.of(doc, "times") if m.start < text.index(rows[1])} >= {"column"}
