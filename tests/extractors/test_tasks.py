"""Tasks: what is to be done with who does it; label lines, group labels, members and topics are none."""

import pytest

from extractors.tasks import extract
from pipeline.language import make_doc
from pipeline.pages import TableSpan, Text
from schemas.facts import Task

HEAD = "ỦY BAN NHÂN DÂN\nXÃ BÌNH MINH\nSố: 12/KH-UBND\nBình Minh, ngày 10 tháng 6 năm 2024\nKẾ HOẠCH\nThử nghiệm\n"
TASKS = "III. NHIỆM VỤ\n"
ASSIGNED = "IV. TỔ CHỨC THỰC HIỆN\n"


def found(lines: str, tables: tuple[TableSpan, ...] = ()) -> list[Task]:
    return list(extract(make_doc(Text(text=f"{HEAD}{lines}\n", tables=tables))))


def doers(task: Task) -> tuple[list[str], list[str]]:
    return [unit.surface for unit in task.lead], [unit.surface for unit in task.coordinate]


ITEMS = [
    # lines, texts of the tasks
    (TASKS + "1. Môi trường\n- Thu gom rác. Phân loại tại hộ.\n- Trồng cây.", ["Thu gom rác. Phân loại tại hộ.", "Trồng cây."]),
    (TASKS + "1. Y tế\nNâng cấp trạm.\nTập huấn cán bộ.", ["Nâng cấp trạm.", "Tập huấn cán bộ."]),
    (TASKS + "1. Số hóa:\n- Ứng dụng phần mềm:\n+ Nhập hộ tịch.\n+ Nối dữ liệu.", ["Ứng dụng phần mềm:", "Nhập hộ tịch.", "Nối dữ liệu."]),
    (TASKS + "1. Việc cần làm\n- Về giáo dục:\n+ Xóa mù chữ.\n- Về y tế:\n+ Cân trẻ.", ["Xóa mù chữ.", "Cân trẻ."]),
    (TASKS + "1. Hội thi\n- Tổ chức hội thi.\n- Thành phần: đoàn viên.\n- Địa điểm: nhà văn hóa.\n- Thời gian: Quý II.", ["Tổ chức hội thi."]),
    (TASKS + "1. Hội thi\n- Mở hội thi.\n- Đối tượng:\n+ Học sinh lớp 5.\n+ Giáo viên.", ["Mở hội thi."]),
    (TASKS + "1.1. Ra quân vệ sinh\n- Thời gian: Tháng 3.\n- Đơn vị chủ trì: Đoàn Thanh niên xã.", ["Ra quân vệ sinh"]),
    (
        TASKS + "1. Lớp tập huấn khuyến nông\n1.1. Thời gian: Tháng 7/2024\n1.2. Thành phần: Nông dân\n1.3. Nội dung\n- Kỹ thuật ủ phân\n- Phòng sâu bệnh",
        ["Lớp tập huấn khuyến nông"],
    ),
    (TASKS + "1. Nội dung kiểm tra\n1.1. Phòng Y tế\n- Công tác dược.\n- Việc cấp phép.\n1.2. Trạm Y tế\n- Rà soát kho.", ["Rà soát kho."]),
    (
        TASKS + "1. Kiểm tra kết quả thực hiện\n1.1. Công ty giống cây trồng\n- Pháp nhân: giấy phép.\n- Việc ghi nhãn.\n- Công tác bảo quản.",
        [],
    ),
    (TASKS + "1. Kiểm tra, giám sát\n- Hằng năm tổ chức giao ban.\n- Công tác hậu kiểm.\n- Rà soát kho.", ["Hằng năm tổ chức giao ban.", "Công tác hậu kiểm.", "Rà soát kho."]),
    (TASKS + "1. Hạ tầng\nHạ tầng số là các nền tảng dùng chung.\n- Xây dựng trạm.", ["Xây dựng trạm."]),
    (
        "V. TIẾN ĐỘ THỰC HIỆN\n- Tháng 9/2024: phổ biến kế hoạch đến các thôn.\n- Đợt 1: tháng 10/2024.\n- Từ ngày 01/11: Trạm Y tế xã tổng hợp kết quả.",
        ["Tháng 9/2024: phổ biến kế hoạch đến các thôn.", "Từ ngày 01/11: Trạm Y tế xã tổng hợp kết quả."],
    ),
    ("V. THỜI GIAN\n- Tháng 1–3: chuẩn bị đất;\n- Tháng 7–8: gieo hạt giống.", ["Tháng 1–3: chuẩn bị đất;", "Tháng 7–8: gieo hạt giống."]),
    (TASKS + "1. Hiệu lực\n- Kế hoạch này có hiệu lực kể từ ngày ký.\n- Các thôn thực hiện Kế hoạch này.", ["Các thôn thực hiện Kế hoạch này."]),
    (TASKS + "1. Đổi mới công tác tuyên truyền.\na) Phát tờ rơi.\nb) Treo băng rôn.", ["Phát tờ rơi.", "Treo băng rôn."]),
    (TASKS + "1. Tiếp dân\n- Nhiệm vụ:\n+ Lắng nghe ý kiến.", ["Lắng nghe ý kiến."]),
    ("V. THỜI GIAN\n- Từ ngày 13/11 đến ngày 17/11, các trường học có trách nhiệm tự kiểm tra.\n- Đợt 1: tháng 3.", ["Từ ngày 13/11 đến ngày 17/11, các trường học có trách nhiệm tự kiểm tra."]),
    (ASSIGNED + "1. Công an xã: Tuần tra ban đêm.\n2. Các thôn\nCanh gác.", ["Tuần tra ban đêm.", "Canh gác."]),
    (
        "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch trồng cây phân tán trên địa bàn xã năm 2024.\n"
        "Điều 2. Giao Hạt Kiểm lâm theo dõi, đôn đốc các thôn trồng cây đúng thời vụ.\nĐiều 3. Các thôn chịu trách nhiệm thi hành Quyết định này.",
        ["Giao Hạt Kiểm lâm theo dõi, đôn đốc các thôn trồng cây đúng thời vụ."],
    ),
    (ASSIGNED + "1. Ban Tổ chức\n- Ông: Trần Văn An - Bí thư - Trưởng ban\n- Bà: Lê Thị Bình - Phó ban", []),
    ("I. MỤC ĐÍCH\n- Nâng cao nhận thức.\nII. MỤC TIÊU\n- 95% hộ có điện.\n- Phát triển câu lạc bộ.", []),
    ("V. KINH PHÍ\nTừ ngân sách xã.\nVI. THỜI GIAN\nNăm 2024.", []),
    (ASSIGNED + "1. Các thôn\n- Canh gác.\nTrên đây là kế hoạch, đề nghị các thôn thực hiện./.", ["Canh gác."]),
]


@pytest.mark.parametrize(("lines", "texts"), ITEMS)
def test_items_that_are_tasks(lines: str, texts: list[str]) -> None:
    assert [task.text for task in found(lines)] == texts


DOERS = [
    # lines, leads and helpers of the first task
    (ASSIGNED + "1. Trạm Y tế xã, Hội Phụ nữ xã\n- Phối hợp với các thôn cân trẻ.", ["Trạm Y tế xã", "Hội Phụ nữ xã"], ["các thôn"]),
    (ASSIGNED + "1. Các ngành\n- Công an xã tuần tra.", ["Công an xã"], []),
    (ASSIGNED + "1. Trạm Y tế xã\n- Giao các thôn lập danh sách.", ["Trạm Y tế xã", "các thôn"], []),
    (TASKS + "1. Việc chung\n- Trạm Y tế xã khám mắt.", ["Trạm Y tế xã"], []),
    (TASKS + "1. Việc chung\n- Khám mắt.\n+ Chủ trì: Trạm Y tế xã.\n+ Phối hợp: Trường Tiểu học.", ["Trạm Y tế xã"], ["Trường Tiểu học"]),
    (TASKS + "1. Việc chung\n- Khám mắt.\n- Cân trẻ.\n- Đơn vị chủ trì: Trạm Y tế xã.", ["Trạm Y tế xã"], []),
    (TASKS + "1. Việc chung\n- Khám mắt.", [], []),
    (ASSIGNED + "1. Trường học\n- Trường Tiểu học:\n+ Mở thư viện.", ["Trường Tiểu học"], []),
]


@pytest.mark.parametrize(("lines", "lead", "coordinate"), DOERS)
def test_doers(lines: str, lead: list[str], coordinate: list[str]) -> None:
    assert doers(found(lines)[0]) == (lead, coordinate)


def test_a_label_completes_its_own_bullet_only() -> None:
    first, second = found(TASKS + "1. Việc chung\n- Khám mắt.\nĐơn vị chủ trì: Trạm Y tế xã.\nSản phẩm: Báo cáo.\n- Cân trẻ.")
    assert (doers(first)[0], first.product) == (["Trạm Y tế xã"], "Báo cáo")
    assert (doers(second)[0], second.product) == ([], None)


def test_a_label_behind_paragraphs_completes_the_one_above() -> None:
    first, second = found(TASKS + "1. Việc chung\nKhám mắt.\nĐơn vị chủ trì: Trạm Y tế xã.\nCân trẻ.\nĐơn vị chủ trì: Các thôn.")
    assert (doers(first)[0], doers(second)[0]) == (["Trạm Y tế xã"], ["Các thôn"])


def test_rows_of_an_assignment_table() -> None:
    rows = [("TT", "Nhiệm vụ", "Chủ trì", "Sản phẩm"), ("I", "Y tế", "", ""), ("1", "Khám mắt", "Trạm Y tế xã", "Sổ khám"), ("2", "Cân trẻ", "nt", "")]
    lines, at, spans = "PHỤ LỤC\n", len(HEAD) + len("PHỤ LỤC\n"), []
    begin = at
    for row in rows:
        cells = []
        for cell in row:
            cells.append((at, at + len(cell)))
            at += len(cell) + 1
        spans.append(tuple(cells))
    tasks = found(lines + "\n".join("\t".join(row) for row in rows), tables=(TableSpan(begin, at - 1, None, tuple(spans)),))
    assert [(task.text, doers(task)[0], task.product) for task in tasks] == [
        ("Khám mắt", ["Trạm Y tế xã"], "Sổ khám"),
        ("Cân trẻ", ["Trạm Y tế xã"], None),
    ]


def test_ids_sections_and_evidence() -> None:
    lines = TASKS + "1. Việc chung\n- Khám mắt.\n2. Việc riêng\n- Cân trẻ."
    tasks = found(lines)
    assert [(task.id, task.section) for task in tasks] == [("task-1", "III.1"), ("task-2", "III.2")]
    assert all(f"{HEAD}{lines}"[task.evidence.start : task.evidence.end] == task.text for task in tasks)
