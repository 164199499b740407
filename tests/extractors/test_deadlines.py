"""Deadlines: which times of a plan say by when, when or how often something of it is to be done."""

import re

import pytest

from extractors import deadlines
from pipeline.language import make_doc
from pipeline.pages import Text
from schemas.facts import Deadline

HEAD = """\
ỦY BAN NHÂN DÂN
XÃ AN BÌNH
Số: 15/KH-UBND
An Bình, ngày 10 tháng 6 năm 2024
KẾ HOẠCH
Phát triển hợp tác xã năm 2024
Căn cứ Kế hoạch số 8/KH-UBND ngày 10/01/2024 của UBND huyện về hợp tác xã giai đoạn 2024 - 2026;
UBND xã ban hành Kế hoạch như sau:
"""
TAIL = """
Trên đây là Kế hoạch phát triển hợp tác xã năm 2024, quá trình thực hiện nếu có vướng mắc, các thôn báo cáo UBND xã./.
Nơi nhận:
- Lưu: VT, ngày 10/6/2024.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lê Văn Bình"""


def deadlines_of(body: str, tail: str = "") -> list[Deadline]:
    return list(deadlines.extract(make_doc(Text(text=HEAD + body + tail))))


@pytest.mark.parametrize(
    "body",
    [
        "I. MỤC TIÊU\n1. Mục tiêu [đến năm 2025]\n- Thêm 02 hợp tác xã.\n2. [Giai đoạn 2026 - 2030]\n- Thêm 03 hợp tác xã.",
        "I. MỤC TIÊU\nPhấn đấu [đến năm 2030]:\n- Giữ vững 05 hợp tác xã.\n- Mọi xã viên được tập huấn [ít nhất 01 lần/năm].",
        "II. CHỈ TIÊU [NĂM 2025]\n- Thêm 02 hợp tác xã.",
        "I. THỰC TRẠNG\n1. Kết quả\n- Năm 2024 thành lập 02 hợp tác xã trong quý I/2024.\nII. NHIỆM VỤ\n- Mở lớp [trong quý III/2024].",
        "III. NHIỆM VỤ\n- Mở lớp cho xã viên.\nThời gian thực hiện: [Theo nhu cầu thực tế và văn bản của cấp trên].",
        "III. NHIỆM VỤ\n- [Thường xuyên] rà soát; [định kỳ] báo cáo; hoàn thành sản xuất [năm 2025].",
        "III. NHIỆM VỤ\n- Thực hiện Luật Hợp tác xã năm 2023, Nghị định số 113/2024/NĐ-CP ngày 12/9/2024 của Chính phủ.",
        "III. NHIỆM VỤ\n- Lồng ghép vào kế hoạch phát triển kinh tế - xã hội hằng năm, 5 năm của xã; kịp thời tháo gỡ.",
        "III. NHIỆM VỤ\n- Tuần tra [ngày 02 lần] [trong mùa cháy]; huy động dân quân [trong trường hợp cần thiết].",
        "III. NHIỆM VỤ\n- Trực [trước, trong và sau mùa mưa bão]; cho học sinh nghỉ [khi mưa lớn].",
        "III. NHIỆM VỤ\n- [Kết thúc đợt ra quân], các thôn báo cáo; sau việc kết thúc hoạt động, bàn giao tài sản.",
        "III. NHIỆM VỤ\n- Tổ chức hội thi [thường niên]; dự hội nghị thường niên, đọc báo cáo thường niên của ngành.",
        "III. NHIỆM VỤ\n- Mở cửa [các ngày trong tuần]; họp [một học kỳ ít nhất 01 buổi]; ghi sổ [chậm nhất 17 giờ thứ Sáu]; họp vào thứ Hai, [ngày 15/7/2024].",
        "III. NHIỆM VỤ\n- Gửi báo cáo tuần ([trước 15 giờ thứ Năm]), báo cáo tháng ([trước ngày 20]); báo cáo tháng trước của xã.",
        "III. NHIỆM VỤ\n- Mở lớp bơi [trong dịp hè]; đón khách [vào mùa lễ hội]; trồng cây [trong Tháng Thanh niên]; đón 50.000 lượt khách/năm.",
        "III. NHIỆM VỤ\n- Đối thoại [hằng tuần] [cho đến khi giải quyết xong]; lập ban quản lý [nơi đủ điều kiện]; [có vướng mắc] thì phản ánh về xã.",
        "III. NHIỆM VỤ\n- Báo cáo [trước ngày 10 tháng cuối của mỗi học kỳ]; xong [trước khi kết thúc quý III/2024]; họp [theo lịch công tác của xã].",
        "III. NHIỆM VỤ\n- Tiêm phòng [trong tháng 3, 4]; hội thi vào dịp kỷ niệm Ngày thành lập xã ([15/10]); viết bài kỷ niệm Ngày thành lập xã (15/10).",
        "III. NHIỆM VỤ\n- Các thôn thực hiện nghiêm túc; [có khó khăn, vướng mắc] báo cáo UBND xã.",
        "III. NHIỆM VỤ\n- Hỗ trợ 70% hộ nghèo [giai đoạn 2024 - 2025]; vận động Quỹ khuyến học [năm 2025] đạt trên 300 triệu đồng.",
        "III. NHIỆM VỤ\n- Thời gian cấp giấy phép rút ngắn còn không quá 07 ngày làm việc; khám cho phụ nữ trước khi sinh.",
        "III. NHIỆM VỤ\n- Tỷ số giới tính khi sinh được kiểm soát; sản xuất theo mùa vụ; sơ kết [vào dịp nghỉ hè năm 2025].",
        "III. NHIỆM VỤ\n- 100% lớp có tủ sách [trước khi bước vào năm học 2024 - 2025].",
        "III. NHIỆM VỤ\n- Tuần tra [vào các ngày lễ, Tết], [vào giờ tan trường]; trao thưởng [vào dịp khai giảng]; đánh giá [vào cuối vụ].",
        "III. NHIỆM VỤ\n- Di dời hộ ven sông [trước mùa mưa, muộn nhất ngày 30/8/2024].",
        "I. MỤC TIÊU\n1. Tầm nhìn [đến năm 2030]:\n- Thêm 05 hợp tác xã.",
        "III. NHIỆM VỤ\n- Vay vốn theo chương trình tín dụng giai đoạn 2021 - 2025; lãi suất 6,6%/năm.",
    ],
)
def test_which_times_are_deadlines(body: str) -> None:
    assert [d.evidence.quote for d in deadlines_of(re.sub(r"[\[\]]", "", body))] == re.findall(r"\[(.+?)\]", body)


def test_preamble_title_and_recipients_set_none_and_the_closing_may() -> None:
    found = deadlines_of("III. NHIỆM VỤ\n- Mở lớp cho xã viên.", TAIL)
    assert [(d.evidence.quote, d.section) for d in found] == [("nếu có vướng mắc", None)]


def test_ids_sections_and_times() -> None:
    found = deadlines_of("III. NHIỆM VỤ\n1. Tập huấn\n- Mở lớp trước ngày 30/9.\n2. Vay vốn\n- Giải ngân từ năm 2025 trở đi.")
    assert [(d.id, d.section, d.time.kind, d.time.start, d.time.end, d.time.assumed) for d in found] == [
        ("deadline-1", "III.1", "by", None, "2024-09-30", True),
        ("deadline-2", "III.2", "from", "2025", None, False),
    ]
    assert all(d.time.evidence == d.evidence for d in found)


def test_letters_of_the_source_are_kept() -> None:
    (found,) = deadlines_of("III. NHIỆM VỤ\n- Mở lớp ngay sau khi Liên minh HTX tỉnh có Hướng dẫn.")
    assert found.time.condition == "ngay sau khi Liên minh HTX tỉnh có Hướng dẫn"
