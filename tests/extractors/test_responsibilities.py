"""Responsibilities: one entry a body, role and section, resting on the first naming."""

import pytest

from extractors.responsibilities import extract
from pipeline.language import make_doc
from pipeline.pages import Text
from schemas.facts import Responsibility

HEAD = "ỦY BAN NHÂN DÂN\nXÃ BÌNH MINH\nSố: 12/KH-UBND\nBình Minh, ngày 10 tháng 6 năm 2024\nKẾ HOẠCH\nThử nghiệm\n"
TASKS = "III. NHIỆM VỤ\n1. Nhiệm vụ chung\n"
ASSIGNED = "IV. TỔ CHỨC THỰC HIỆN\n"


def found(lines: str) -> list[Responsibility]:
    return list(extract(make_doc(Text(text=f"{HEAD}{lines}\n"))))


CASES = [
    # lines, (section, role, body as written) of each entry
    (
        ASSIGNED + "1. Trạm Y tế xã\n- Tham mưu UBND xã lập dự toán.\n- Báo cáo UBND xã hằng quý; tham mưu UBND xã sơ kết.",
        [("IV.1", "lead", "Trạm Y tế xã"), ("IV.1", "advised", "UBND xã"), ("IV.1", "reported_to", "UBND xã")],
    ),
    (
        ASSIGNED + "1. Công an xã\n- Tuần tra.\n2. Các thôn\n- Phối hợp với Công an xã tuần tra; phối hợp với Công an xã canh gác.",
        [("IV.1", "lead", "Công an xã"), ("IV.2", "lead", "Các thôn"), ("IV.2", "coordinate", "Công an xã")],
    ),
    (
        ASSIGNED + "1. Công chức Địa chính: Phối hợp với Hội Nông dân xã đo đạc.",
        [("IV.1", "lead", "Công chức Địa chính"), ("IV.1", "coordinate", "Hội Nông dân xã")],
    ),
    (
        TASKS + "- Dựng nhà văn hóa.\n- Lát vỉa hè.\nĐơn vị chủ trì: Ban Quản lý dự án; Hội Nông dân xã.\nĐơn vị phối hợp: Các thôn.",
        [("III.1", "lead", "Ban Quản lý dự án"), ("III.1", "lead", "Hội Nông dân xã"), ("III.1", "coordinate", "Các thôn")],
    ),
    (
        ASSIGNED + "1. Công an xã\n- Tuần tra.\nTrên đây là kế hoạch, đề nghị các thôn nghiêm túc thực hiện./.",
        [("IV.1", "lead", "Công an xã"), (None, "lead", "các thôn")],
    ),
    (ASSIGNED + "1. Chế độ báo cáo\n- Số liệu chốt ngày 15.", []),
    (TASKS + "- Khuyến khích các doanh nghiệp tham gia; nâng cấp Trạm Y tế xã.", []),
]


@pytest.mark.parametrize(("lines", "wanted"), CASES)
def test_responsibilities(lines: str, wanted: list[tuple[str | None, str, str]]) -> None:
    assert [(r.section, r.role, r.unit.surface) for r in found(lines)] == wanted


def test_ids_and_evidence() -> None:
    text = f"{HEAD}{CASES[0][0]}\n"
    entries = found(CASES[0][0])
    assert [entry.id for entry in entries] == ["responsibility-1", "responsibility-2", "responsibility-3"]
    for entry in entries:
        assert text[entry.evidence.start : entry.evidence.end] == entry.evidence.quote == entry.unit.surface


@pytest.mark.parametrize("spelled", ["Uỷ ban nhân dân xã", "Ủy  ban nhân dân xã", "UBND xã"])
def test_spellings_of_one_body_have_one_name(spelled: str) -> None:
    assert found(ASSIGNED + f"1. {spelled}\n- Rà soát.")[0].unit.name == "UBND xã Bình Minh"


DECIDED = """QUYẾT ĐỊNH
Ban hành Kế hoạch trồng rừng năm 2024
Căn cứ Luật Lâm nghiệp;
QUYẾT ĐỊNH:
Điều 1. Giao Phòng Nông nghiệp tổ chức thực hiện Kế hoạch.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký.
Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc các sở: Nội vụ, Kế hoạch và Đầu tư; Chủ tịch Ủy ban nhân dân các huyện; thủ trưởng các cơ quan liên quan chịu trách nhiệm thi hành Quyết định này./.
"""


def test_the_last_article_of_a_decision_lists_whom_it_binds() -> None:
    found = [part.unit.name for part in extract(make_doc(Text(text=DECIDED))) if part.section == "Điều 2"]
    assert found[1:3] == ["Giám đốc Sở Nội vụ", "Giám đốc Sở Kế hoạch và Đầu tư"]
    assert len(found) == 5


@pytest.mark.parametrize(
    ("listed", "names"),
    [
        ("các Sở: Y tế, Nội vụ", ["Sở Y tế", "Sở Nội vụ"]),
        ("các phòng Tư pháp, Kinh tế", ["Phòng Tư pháp", "Phòng Kinh tế"]),
        ("Giám đốc các sở Y tế, Nội vụ", ["Giám đốc Sở Y tế", "Giám đốc Sở Nội vụ"]),
        ("các phòng, ban huyện", ["các phòng, ban huyện"]),
    ],
)
def test_a_plural_head_over_fields_is_one_body_a_field(listed: str, names: list[str]) -> None:
    text = f"III. TỔ CHỨC THỰC HIỆN\nGiao {listed} chủ trì tổ chức triển khai thực hiện."
    assert [part.unit.name for part in extract(make_doc(Text(text=text)))] == names


@pytest.mark.parametrize(
    ("work", "partners"),
    [
        ("Công an xã chủ trì, Trạm Y tế và các trường học phối hợp kiểm tra.", ["Trạm Y tế", "các trường học"]),
        ("Công an xã chủ trì; Trạm Y tế phối hợp thực hiện.", ["Trạm Y tế"]),
        ("Công an xã chủ trì với sự phối hợp của Trạm Y tế.", ["Trạm Y tế"]),
        ("Công an xã chủ trì, Trạm Y tế tổ chức khám.", []),
        ("Các trường phối hợp tổ chức khám sức khỏe.", []),
    ],
)
def test_who_takes_part_behind_one_that_leads(work: str, partners: list[str]) -> None:
    found = extract(make_doc(Text(text=f"IV. TỔ CHỨC THỰC HIỆN\n- {work}")))
    assert [part.unit.name for part in found if part.role == "coordinate"] == partners


@pytest.mark.parametrize(
    ("work", "leads"),
    [
        ("Đề nghị các doanh nghiệp viễn thông (VNPT An Bình, Viettel An Bình) phủ sóng.", 3),
        ("Giao các cơ quan, đơn vị (Công an xã, Trạm Y tế) phối hợp với các thôn (thôn Đông, thôn Đoài) tuần tra.", 3),
        ("Giao Công an xã (Tổ an ninh, Tổ hành chính) tuần tra.", 1),
    ],
)
def test_a_group_may_be_named_in_brackets(work: str, leads: int) -> None:
    found = extract(make_doc(Text(text=f"IV. TỔ CHỨC THỰC HIỆN\n- {work}")))
    assert [part.role for part in found].count("lead") == leads
