"""Goals: one a bullet or paragraph of the sections on why, how and what for; labels and leads are none."""

import pytest

from extractors.goals import extract
from pipeline.language import make_doc
from pipeline.pages import Text
from schemas.facts import Goal

HEAD = "ỦY BAN NHÂN DÂN\nXÃ BÌNH MINH\nSố: 12/KH-UBND\nBình Minh, ngày 10 tháng 6 năm 2024\nKẾ HOẠCH\nThử nghiệm\n"


def goals(lines: str) -> list[Goal]:
    return list(extract(make_doc(Text(text=HEAD + lines + "\n"))))


ONE = [
    ("I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\n- Cụ thể hóa nhiệm vụ được giao.", "purpose"),
    ("I. MỤC ĐÍCH, YÊU CẦU\n2. Yêu cầu\n- Cụ thể hóa nhiệm vụ được giao.", "requirement"),
    ("I. MỤC ĐÍCH, YÊU CẦU\n- Nâng cao nhận thức của Nhân dân.", "purpose"),
    ("I. MỤC ĐÍCH, YÊU CẦU\n- Việc triển khai phải bảo đảm đúng tiến độ.", "requirement"),
    ("II. MỤC TIÊU\n1. Mục tiêu chung\n- Nâng cao chất lượng sống.", "general"),
    ("II. MỤC TIÊU\n1. Mục tiêu tổng quát\nNâng cao chất lượng sống.", "general"),
    ("II. MỤC TIÊU\n2. Mục tiêu cụ thể\n- Phát triển câu lạc bộ.", "specific"),
    ("II. CÁC CHỈ TIÊU\n1. Tỷ lệ hộ có điện đạt 98%.", "specific"),
    ("II. MỤC TIÊU\n- Nâng cao chất lượng sống.", "general"),
    ("II. MỤC TIÊU\n- 98% hộ có điện an toàn.", "specific"),
]


@pytest.mark.parametrize(("lines", "kind"), ONE)
def test_goal(lines: str, kind: str) -> None:
    (goal,) = goals(lines)
    assert (goal.kind, goal.text) == (kind, lines.split("\n")[-1].removeprefix("- ").removeprefix("1. "))


NONE = [
    "III. NHIỆM VỤ\n- Vận động hội viên, góp phần hoàn thành mục tiêu bảo hiểm toàn dân.",
    "I. THỰC TRẠNG\n- Tỷ lệ hộ nghèo còn cao.",
    "IV. TỔ CHỨC THỰC HIỆN\n1. Phòng Y tế\n- Tham mưu triển khai mục tiêu của Kế hoạch.",
]


@pytest.mark.parametrize("lines", NONE)
def test_no_goal(lines: str) -> None:
    assert goals(lines) == []


def test_group_labels_are_none_and_their_items_are() -> None:
    found = goals("II. MỤC TIÊU\n2. Mục tiêu cụ thể\n- Về giáo dục:\n+ 80% trường đạt chuẩn.\n+ 100% trẻ 5 tuổi đến trường.")
    assert [goal.text for goal in found] == ["80% trường đạt chuẩn.", "100% trẻ 5 tuổi đến trường."]


def test_horizon_of_the_heading_over_it() -> None:
    found = goals(
        "II. MỤC TIÊU\n2. Mục tiêu cụ thể\nMục tiêu đến năm 2025\n- Xã đạt chuẩn.\nMục tiêu đến năm 2030\n- Xã đạt chuẩn nâng cao."
    )
    assert [goal.horizon and goal.horizon.end for goal in found] == ["2025", "2030"]


def test_indicator_of_a_goal_with_a_level_and_of_one_without() -> None:
    found = goals("II. MỤC TIÊU\n2. Mục tiêu cụ thể\n- Tỷ lệ bao phủ bảo hiểm y tế đạt trên 95% dân số.\n- Nâng cao đời sống.")
    assert [goal.indicator for goal in found] == ["H.BHYT.COV", None]


def test_ids_sections_and_evidence() -> None:
    found = goals("I. MỤC ĐÍCH\n- Một việc cần làm.\n- Hai việc cần làm.")
    assert [(goal.id, goal.section, goal.evidence.quote) for goal in found] == [
        ("goal-1", "I", "Một việc cần làm."),
        ("goal-2", "I", "Hai việc cần làm."),
    ]
