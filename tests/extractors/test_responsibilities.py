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
