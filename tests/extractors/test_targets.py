"""Targets: what is aimed at, with its evidence in brackets; what reports, quotes, pays for, limits or names is none."""

import re
from typing import Any

import pytest

from extractors.targets import extract
from pipeline.language import make_doc
from pipeline.pages import TableSpan, Text
from schemas.facts import Target

GOALS = "II. MỤC TIÊU\n1. Mục tiêu cụ thể\n"
TASKS = "III. NHIỆM VỤ VÀ GIẢI PHÁP\n1. Nhiệm vụ chung\n"
HEAD = "ỦY BAN NHÂN DÂN\nXÃ BÌNH MINH\nSố: 12/KH-UBND\nBình Minh, ngày 10 tháng 6 năm 2024\nKẾ HOẠCH\nThử nghiệm\n"


def targets(lines: str) -> list[Target]:
    return list(extract(make_doc(Text(text=HEAD + lines + "\n"))))


LEVELS = [
    # zone, line with the evidence in brackets, comparator, value, unit, further fields
    (GOALS, "- Tỷ lệ hộ có điện [đạt 97,5%].", "eq", 97.5, "%", {"indicator_text": "Tỷ lệ hộ có điện"}),
    (GOALS, "- Độ che phủ bảo hiểm [đạt trên 95% dân số].", "gt", 95, "%", {"population": "dân số"}),
    (GOALS, "- [Trên 95% người dân] dùng nước sạch.", "gt", 95, "%", {"indicator_text": "người dân dùng nước sạch"}),
    (GOALS, "- [Từ 65% hồ sơ trở lên] nộp qua mạng.", "ge", 65, "%", {"indicator_text": "hồ sơ nộp qua mạng"}),
    (GOALS, "- Tỷ lệ tốt nghiệp [đạt từ 98% trở lên].", "ge", 98, "%", {}),
    (GOALS, "- [Ít nhất 60% thôn] có nhà văn hóa.", "ge", 60, "%", {}),
    (GOALS, "- [Không dưới 80% hộ] phân loại rác.", "ge", 80, "%", {}),
    (GOALS, "- Tử vong trẻ dưới 5 tuổi [không quá 18‰].", "le", 18, "‰", {}),
    (GOALS, "- Hộ cận nghèo [còn dưới 3%].", "lt", 3, "%", {"change": "decrease_to"}),
    (GOALS, "- [100% văn bản] (trừ văn bản mật) được ký số.", "eq", 100, "%", {"indicator_text": "văn bản (trừ văn bản mật) được ký số"}),
    (GOALS, "- [100% hộ] có điện (theo chuẩn mới).", "eq", 100, "%", {"indicator_text": "hộ có điện"}),
    (GOALS, "- [100% chợ] đạt “Chợ 4.0”, không còn chợ tạm.", "eq", 100, "%", {"indicator_text": "chợ đạt “Chợ 4.0”"}),
    (GOALS, "- Kinh tế số [chiếm khoảng 9% GRDP].", "approx", 9, "%", {"indicator_text": "Kinh tế số"}),
    (GOALS, "- [80 - 85% hộ] tham gia.", "range", 80, "%", {"value_high": 85}),
    (GOALS, "- [≥ 95% trẻ] được tiêm chủng.", "ge", 95, "%", {}),
    (GOALS, "- [Ít nhất 2/3 số thôn] đạt chuẩn.", "ge", 0.6667, "fraction", {"kind": "ratio"}),
    (GOALS, "- Có [90% số doanh nghiệp] có từ 30 lao động trở lên thành lập công đoàn.", "eq", 90, "%", {}),
    (GOALS, "- Giảm tỷ lệ trẻ nhẹ cân (dưới 2.500 gram) [xuống dưới 8%].", "lt", 8, "%", {"change": "decrease_to"}),
    (GOALS, "- Mỗi xã có [từ 02 mô hình trở lên].", "ge", 2, "mô hình", {}),
    (GOALS, "- Toàn huyện có [trên 30 doanh nghiệp] được thành lập mới.", "gt", 30, "doanh nghiệp", {}),
    (GOALS, "- Phấn đấu [10 nghìn hội viên].", "eq", 10000, "hội viên", {"indicator_text": "hội viên"}),
    (GOALS, "- Đón [1,2 triệu lượt khách].", "eq", 1200000, "lượt khách", {}),
    (GOALS, "- Sản lượng lúa [đạt 12 vạn tấn].", "eq", 120000, "tấn", {}),
    (GOALS, "- Năng suất lúa cả năm [62 tạ/ha].", "eq", 62, "tạ/ha", {}),
    (GOALS, "- [15/20 xã] đạt chuẩn.", "eq", 15, "xã", {"kind": "count"}),
    (GOALS, "- Có [4 trên 5 hộ] dùng nước sạch.", "eq", 4, "hộ", {"kind": "count"}),
    (GOALS, "- Huy động [1.200/1.250 trẻ] ra lớp.", "eq", 1200, "trẻ", {"kind": "count"}),
    (GOALS, "- Tỷ lệ tham gia bảo hiểm y tế [95,2% dân số].", "eq", 95.2, "%", {"indicator_text": "Tỷ lệ tham gia bảo hiểm y tế"}),
    (GOALS, "- Phấn đấu tỷ lệ [100% giáo viên] đạt chuẩn.", "eq", 100, "%", {"indicator_text": "giáo viên đạt chuẩn"}),
    (GOALS, "- [Bình quân 10 bác sĩ/1 vạn dân].", "eq", 10, "bác sĩ/1 vạn dân", {"indicator_text": "bác sĩ/1 vạn dân"}),
    (GOALS, "- Trong quý 2 [trên 10 hộ] dùng nước sạch.", "gt", 10, "hộ", {"kind": "count"}),
    (GOALS, "- Giá trị sản xuất trên 01 ha đất trồng rau [đạt 145 triệu đồng].", "eq", 145, "triệu đồng", {}),
    (GOALS, "- Trồng mới [trên 01 ha] rừng từ tháng 3.", "gt", 1, "ha", {"kind": "count"}),
    (GOALS, "- [Tăng 10%] so với năm 2023 số hội viên.", "eq", 10, "%", {"change": "increase_by"}),
    (GOALS, "- Số vụ cháy [giảm ít nhất 5%] so với năm 2023.", "ge", 5, "%", {"change": "decrease_by"}),
    (GOALS, "- Nâng tỷ lệ lao động có nghề [từ 68% (năm 2023) lên 75%].", "eq", 75, "%", {"change": "increase_to"}),
    (GOALS, "- Hộ nghèo [giảm từ 4% xuống còn 2%].", "eq", 2, "%", {"change": "decrease_to"}),
    (GOALS, "- Doanh thu của hợp tác xã [gấp 1,5 lần] năm 2023.", "eq", 1.5, "lần", {"change": "multiply_by", "kind": "ratio"}),
    (GOALS, "- Số hộ nghèo [giảm bình quân 1 - 1,5%/năm].", "range", 1, "%", {"change": "decrease_by", "per": "P1Y"}),
    (GOALS, "- [Có thêm 02 xã] đạt chuẩn.", "eq", 2, "xã", {"change": "increase_by"}),
    (GOALS, "- Mỗi năm [có thêm 15 sản phẩm] OCOP.", "eq", 15, "sản phẩm", {"per": "P1Y"}),
    (GOALS, "- [Duy trì 100% thôn] có tổ tự quản.".replace("[Duy trì ", "Duy trì ["), "eq", 100, "%", {"modality": "maintain"}),
    (GOALS, "- Phấn đấu [80% trường] đạt chuẩn.", "eq", 80, "%", {"modality": "strive"}),
    (GOALS, "- Người cao tuổi được khám [ít nhất 01 lần/năm].", "ge", 1, "lần/năm", {"kind": "frequency", "per": "P1Y"}),
    (GOALS, "- Người bệnh được khám [ít nhất mỗi năm một lần].", "ge", 1, "lần/năm", {"kind": "frequency"}),
    (GOALS, "- [Không để xảy ra vụ] cháy lớn.", "eq", 0, "vụ", {"indicator_text": "vụ cháy lớn"}),
    (GOALS, "- Thu nhập [đạt 50 triệu đồng/người/năm].", "eq", 50, "triệu đồng/người/năm", {"kind": "ratio"}),
    (GOALS, "- Phường nằm trong nhóm [10 đơn vị] dẫn đầu tỉnh.", "le", 10, "đơn vị", {}),
    (GOALS, "- Số vụ xô xát [giảm ít nhất một nửa] so với năm trước.", "ge", 0.5, "fraction", {"change": "decrease_by", "kind": "ratio"}),
    (GOALS, "- [Cứ 10 em thì có ít nhất 9 em] biết bơi.".replace("[Cứ 10 em thì có ", "Cứ 10 em thì có ["), "ge", 0.9, "fraction", {"kind": "ratio"}),
    (GOALS, "- Tu bổ [tối thiểu 4 trong số 6 di tích].", "ge", 4, "di tích", {"kind": "count"}),
    (GOALS, "- Cả [18/18 lớp] ký cam kết.", "eq", 18, "lớp", {"kind": "count"}),
    (GOALS, "- Thu nhập bình quân đầu người năm 2025: [60 triệu đồng].", "eq", 60, "triệu đồng", {}),
    (GOALS, "- Tốc độ tăng dân số [dưới 1%].", "lt", 1, "%", {"change": None, "indicator_text": "Tốc độ tăng dân số"}),
    (GOALS, "- Mỗi đảng viên giúp [ít nhất 01 hộ nghèo].", "ge", 1, "hộ nghèo", {"indicator_text": "hộ nghèo mỗi đảng viên giúp"}),
    (GOALS, "- Tổng diện tích; trong đó cây lúa gieo cấy [trên 9.800 ha].", "gt", 9800, "ha", {}),
    (GOALS, "- Hướng nghiệp cho [1,6 triệu thanh niên].", "eq", 1600000, "thanh niên", {}),
    (GOALS, "- Tuổi thọ [trung bình 75 tuổi].", "eq", 75, "tuổi", {"indicator_text": "Tuổi thọ"}),
    (GOALS, "- Giá trị sản xuất nông nghiệp [tăng 4,1%] so với cùng kỳ.", "eq", 4.1, "%", {"change": "increase_by"}),
    (TASKS, "- Lập hồ sơ đề nghị xếp hạng [02 di tích].", "eq", 2, "di tích", {}),
    (TASKS, "- Rải nhựa [3,2 km] đường thôn.", "eq", 3.2, "km", {"indicator_text": "Rải nhựa đường thôn"}),
    (TASKS, "- Cấp [1.500 tờ rơi].", "eq", 1500, "tờ rơi", {}),
    (TASKS, "- Huy động [42 tỷ đồng] làm đường.", "eq", 42, "tỷ đồng", {}),
    (TASKS, "- Nâng cấp [8,5 km] đường thôn.", "eq", 8.5, "km", {}),
    (TASKS, "- Đến năm 2026, toàn bộ [24 hướng dẫn viên] được cấp thẻ.", "eq", 24, "hướng dẫn viên", {}),
    (TASKS, "- Phun hóa chất [mỗi tuần một lần].", "eq", 1, "lần/tuần", {"kind": "frequency", "per": "P1W"}),
    (TASKS, "- Diễn tập [một học kỳ một lần].", "eq", 1, "lần/học kỳ", {"kind": "frequency"}),
    (TASKS, "- Mỗi trạm y tế có [ít nhất 01 bác sĩ].", "ge", 1, "bác sĩ", {"indicator_text": "bác sĩ của Mỗi trạm y tế"}),
    (TASKS, "- Tổ chức [05 lớp tập huấn] cho cán bộ.", "eq", 5, "lớp tập huấn", {}),
    (TASKS, "- Xây mới [03 trạm y tế].", "eq", 3, "trạm y tế", {}),
    (TASKS, "- Xây mới Trung tâm Y tế với quy mô [250 giường bệnh].", "eq", 250, "giường bệnh", {"indicator_text": "quy mô Trung tâm Y tế"}),
    (TASKS, "- Hỗ trợ giống trồng [300 ha] quế.", "eq", 300, "ha", {"indicator_text": "trồng quế"}),
    (TASKS, "- Tập huấn kỹ thuật: [40 lớp].", "eq", 40, "lớp", {}),
    (TASKS, "- Mỗi xã tổ chức [ít nhất 02 buổi] hướng dẫn.", "ge", 2, "buổi", {}),
    (TASKS, "- Đài phát thanh đưa tin [mỗi tuần 02 buổi].", "eq", 2, "buổi/tuần", {"kind": "frequency", "per": "P1W"}),
    (TASKS, "- Lựa chọn các tiết mục; số lượng tiết mục: [15 tiết mục].", "eq", 15, "tiết mục", {"indicator_text": "số lượng tiết mục"}),
    (TASKS, "- Thu gom rác; đến năm 2025, [100% thôn] có điểm tập kết.", "eq", 100, "%", {}),
    (TASKS, "- Cắt giảm thời gian cấp phép [từ 20 ngày xuống còn 12 ngày].", "eq", 12, "ngày", {"change": "decrease_to"}),
    (GOALS, "- Tổng vốn đầu tư toàn xã hội [đạt 120 tỷ đồng].", "eq", 120, "tỷ đồng", {}),
    (GOALS, "- Thu ngân sách nhà nước trên địa bàn [đạt 12,5 tỷ đồng] so với dự toán giao.", "eq", 12.5, "tỷ đồng", {}),
    (GOALS, "- Thu ngân sách trên địa bàn [đạt 100% kế hoạch] giao.", "eq", 100, "%", {}),
    (GOALS, "- [Tăng gấp đôi] số hội viên so với năm 2020.", "eq", 2, "lần", {"change": "multiply_by", "kind": "ratio"}),
    (GOALS, "- Chỉ số cải cách hành chính [đạt trên 88].", "gt", 88, "", {"kind": "ratio"}),
    (GOALS, "- Tỷ suất tử vong mẹ [dưới 42/100.000 trẻ đẻ sống].", "lt", 42, "/100.000 trẻ đẻ sống", {"kind": "ratio"}),
    (TASKS, "- Kiểm tra an toàn thực phẩm tại [25 cơ sở sản xuất], kinh doanh.", "eq", 25, "cơ sở sản xuất", {}),
    (TASKS, "- Thanh tra [03 trường tiểu học] về thu chi.", "eq", 3, "trường tiểu học", {}),
    (TASKS, "- Giám sát chuyên đề [02 chi bộ].", "eq", 2, "chi bộ", {}),
    (TASKS, "- Duy trì hoạt động của [12 câu lạc bộ] thể thao.", "eq", 12, "câu lạc bộ", {"modality": "maintain"}),
    (TASKS, "- Thành lập tổ giúp việc gồm [07 người].", "eq", 7, "người", {}),
    (TASKS, "- Bảo đảm [05 bộ bàn ghế] cho điểm trường.", "eq", 5, "bộ bàn ghế", {}),
    (TASKS, "- Trang bị [15 xe gom rác] cho các thôn.", "eq", 15, "xe gom rác", {}),
    (TASKS, "- Lưu trữ dữ liệu camera [tối thiểu 30 ngày].", "ge", 30, "ngày", {"indicator_text": "Lưu trữ dữ liệu camera"}),
    (TASKS, "- Học sinh uống sữa [ngày 02 lần].", "eq", 2, "lần/ngày", {"kind": "frequency", "per": "P1D"}),
    (TASKS, "- Bảo dưỡng máy phát điện: [6 tháng/lần].", "eq", 1, "lần/6 tháng", {"kind": "frequency", "per": "P6M"}),
    (TASKS, "- Vớt rác kênh mương [mỗi tuần 01 lần] vào thứ Bảy.", "eq", 1, "lần/tuần", {"kind": "frequency"}),
    (TASKS, "- Tham gia [từ 03 hội thi, hội diễn cấp tỉnh trở lên].", "ge", 3, "hội thi", {}),
    ("IV. KINH PHÍ\n", "Nguồn vốn sự nghiệp được giao, giải ngân [100%] trong năm.", "eq", 100, "%", {}),
    ("IV. KINH PHÍ\n", "Ngân sách xã bố trí [tối thiểu 80 triệu đồng] cho thư viện.", "ge", 80, "triệu đồng", {}),
]  # fmt: skip


@pytest.mark.parametrize(("zone", "marked", "comparator", "value", "unit", "fields"), LEVELS)
def test_target(zone: str, marked: str, comparator: str, value: float, unit: str, fields: dict[str, Any]) -> None:
    quote = re.search(r"\[(.*)\]", marked)
    assert quote
    (target,) = targets(zone + re.sub(r"[\[\]]", "", marked))
    assert (target.evidence.quote, target.comparator, target.value, target.unit) == (quote[1], comparator, value, unit)
    assert {name: getattr(target, name) for name in fields} == fields


NONE = [
    "I. THỰC TRẠNG\n- Tỷ lệ hộ nghèo còn 4,5%; 12/18 trường đạt chuẩn.",
    GOALS + "- Đến nay tỷ lệ hộ có điện đạt 97%.",
    GOALS + "- Năm 2023 tỷ lệ hộ có điện đạt 97%.",
    GOALS + "- Thu ngân sách đạt 108% kế hoạch năm.",
    GOALS + "- Chuyển đổi số xếp thứ 5/20 xã.",
    TASKS + "- Giải ngân kinh phí 5 tỷ đồng cho các thôn.",
    GOALS + "- Theo quy định phải dành ít nhất 30% ngân sách cho dự phòng.",
    GOALS + "- Góp phần cùng tỉnh đạt mục tiêu 80% hồ sơ trực tuyến.",
    GOALS + "- Không còn xã dưới 13 tiêu chí.",
    GOALS + "- Không xảy ra bạo lực học đường.",
    GOALS + "- Lập sổ sức khỏe cho người dân từ 6 tuổi trở lên.",
    GOALS + "- Mở chiến dịch “Mỗi nhà một người biết dịch vụ công”.",
    TASKS + "- Phát triển nguồn nhân lực y tế 2 chiều giữa các tuyến.",
    TASKS + "- Rà soát 2.345 hộ nghèo trên địa bàn 08 xã.",
    TASKS + "- Phối hợp với 05 doanh nghiệp tuyển dụng.",
    TASKS + "- Ngân sách nhà nước hỗ trợ 70%, người dân đối ứng 30%.",
    TASKS + "- Hỗ trợ 50% chi phí giống, tối đa 15 triệu đồng/hộ.",
    TASKS + "- Hộ nuôi dưới 10 con trâu được cấp vắc xin.",
    TASKS + "- Báo cáo kết quả 6 tháng một lần; họp giao ban 01 lần/tháng.",
    TASKS + "- Thực hiện Tiểu dự án 2 thuộc Dự án 3; gọi số 02633.822.115.",
    TASKS + "- Trả lời trong 05 ngày làm việc kể từ ngày nhận văn bản.",
    TASKS + "- Triển khai 05 nhiệm vụ trọng tâm.",
    TASKS + "- Các hộ kinh doanh có từ 10 lao động trở lên báo cáo Phòng Nội vụ.",
    TASKS + "- Không đưa vào danh sách những người không đạt tín nhiệm trên 50% tổng số cử tri.",
    TASKS + "- Năm 2023 thu ngân sách đạt 104% kế hoạch giao.",
    TASKS + "- Biểu dương thôn có tỷ lệ nộp quỹ trên 90%; phê bình các xã có tỷ lệ thu dưới 70%.",
    TASKS + "- Cấm tàu thuyền ra khơi khi sóng cao quá 2 m.",
    TASKS + "- Trường hợp có trên 50% cử tri vắng mặt thì hoãn họp.",
    TASKS + "- Ban chỉ đạo gồm 15 thành viên do Chủ tịch UBND xã làm Trưởng ban.",
    TASKS + "- Báo cáo tài chính mỗi quý một lần; rà soát quy hoạch 5 năm một lần.",
    TASKS + "- Hỗ trợ thêm 5 triệu đồng/nhà đối với hộ di dời sớm.",
    TASKS + "- Học sinh nghỉ học quá 03 ngày không phép phải báo gia đình.",
    TASKS + "- Khi có bão cấp 12 thì sơ tán; đạt giải cấp 2 của trường; sản lượng tăng 4,1% so với cùng kỳ.",
    GOALS + "- Mỗi thầy cô là một tấm gương tự học.",
    GOALS + "- Giữ nền nếp khu tái định cư (quy mô 35 căn nhà).",
    TASKS + "- Các hộ tham gia 02 mô hình được hỗ trợ giống.",
    TASKS + "- Ngày 02 lần đầu tiên tổ chức hội thi; người dân tra cứu nhanh gấp đôi trước.",
    "IV. KINH PHÍ\nNgân sách xã bố trí 80 triệu đồng cho thư viện.",
    "IV. KINH PHÍ\nTổng kinh phí 12,5 tỷ đồng, trong đó ngân sách tỉnh 60%.",
]


@pytest.mark.parametrize("lines", NONE)
def test_no_target(lines: str) -> None:
    assert targets(lines) == []


@pytest.mark.parametrize(
    "line",
    [
        "Tỷ lệ dữ liệu đã số hóa đạt 60%.",
        "Lao động qua đào tạo có bằng cấp, chứng chỉ đạt 28%.",
        "Hồ sơ của xã được xử lý trên môi trường mạng đạt 90%.",
        "Giá trị sản xuất trên một đơn vị diện tích đạt 110 triệu đồng/ha.",
    ],
)
def test_words_that_only_look_like_a_result_or_a_rule(line: str) -> None:
    assert len(targets(f"{GOALS}- {line}")) == 1


def test_an_age_and_above_stays_with_the_age() -> None:
    found = targets(f"{GOALS}- Giảm tỷ lệ hút thuốc lá ở nam giới từ 18 tuổi trở lên xuống còn 36%.")
    assert [(t.evidence.quote, t.indicator_text, t.value) for t in found] == [("xuống còn 36%", "tỷ lệ hút thuốc lá ở nam giới từ 18 tuổi trở lên", 36)]


def test_several_in_one_clause() -> None:
    found = targets(GOALS + "- 80 - 85% hồ sơ nộp qua mạng, trong đó ít nhất 50% thanh toán qua mạng; 03 xã đạt chuẩn nâng cao.")
    assert [(target.comparator, target.value, target.value_high) for target in found] == [
        ("range", 80, 85),
        ("ge", 50, None),
        ("eq", 3, None),
    ]


@pytest.mark.parametrize(
    ("line", "measured"),
    [
        ("Tỷ lệ trường đạt chuẩn: mầm non 70%, tiểu học 80%.", ["Tỷ lệ trường đạt chuẩn: mầm non", "Tỷ lệ trường đạt chuẩn: tiểu học"]),
        ("Kết quả rèn luyện: loại Tốt từ 91% trở lên; loại Đạt dưới 1%.", ["Kết quả rèn luyện: loại Tốt", "Kết quả rèn luyện: loại Đạt"]),
        ("Xếp loại học lực: Khá 45%, Trung bình 38%.", ["Xếp loại học lực: Khá", "Xếp loại học lực: Trung bình"]),
        ("Tỷ lệ dùng nước sạch đạt 95% ở đô thị và 80% ở nông thôn.", ["Tỷ lệ dùng nước sạch ở đô thị", "Tỷ lệ dùng nước sạch ở nông thôn"]),
        ("Tỷ lệ dùng nước sạch đạt 95% ở các thôn.", ["Tỷ lệ dùng nước sạch"]),
        (
            "Giảm tỷ lệ hút thuốc tại công sở xuống dưới 30%; tại nhà hàng xuống dưới 75%; ở nhà xuống dưới 80%.",
            ["tỷ lệ hút thuốc tại công sở", "tỷ lệ hút thuốc tại nhà hàng", "ở nhà"],
        ),
        ("Cây lúa: 5.200 ha; rau, đậu các loại: 980 ha.", ["Cây lúa", "rau, đậu các loại"]),
        ("Trên 90% văn bản đi (trừ văn bản mật) được ký số.", ["văn bản đi (trừ văn bản mật) được ký số"]),
        ("Tỷ lệ bao phủ bảo hiểm: năm 2025 đạt 95%; năm 2026 đạt 96%.", ["Tỷ lệ bao phủ bảo hiểm", "Tỷ lệ bao phủ bảo hiểm"]),
        ("Học sinh lên lớp: 99%; hoàn thành tiểu học: 100%.", ["Học sinh lên lớp", "hoàn thành tiểu học"]),
        ("Chuyển đổi số: 100% hồ sơ được số hóa, tỷ lệ nộp qua mạng đạt 80%.", ["hồ sơ được số hóa", "tỷ lệ nộp qua mạng"]),
        ("Gieo trồng 450 ha lúa (trong đó lúa thơm 200 ha).", ["Gieo trồng lúa", "lúa thơm"]),
        ("Thu gom rác: đô thị đạt 98%, nông thôn đạt 85%.", ["Thu gom rác: đô thị", "Thu gom rác: nông thôn"]),
        ("Giá trị sản xuất tăng 10% so với năm 2023, nông nghiệp tăng 3%.", ["Giá trị sản xuất", "nông nghiệp"]),
        ("Phục dựng 02 lễ hội, tu bổ 03 di tích, số hóa 50 hiện vật.", ["lễ hội phục dựng", "di tích tu bổ", "hiện vật số hóa"]),
        ("Trong nhiệm kỳ 2025 - 2030 kết nạp 50 đảng viên.", ["đảng viên kết nạp"]),
        ("Mở 05 lớp dạy nghề với khoảng 1.000 học viên.", ["lớp dạy nghề mở", "học viên"]),
        ("Tạo việc làm cho 1.200 lao động, 2/3 là lao động nữ.", ["lao động tạo việc làm", "lao động nữ"]),
    ],
)
def test_what_the_members_of_a_list_measure(line: str, measured: list[str]) -> None:
    assert [target.indicator_text for target in targets(f"{GOALS}- {line}")] == measured


@pytest.mark.parametrize(
    ("line", "changes"),
    [
        ("Giảm tỷ lệ hộ nghèo 0,8%, hộ cận nghèo 1%.", ["decrease_by", "decrease_by"]),
        ("Giảm 5% số vụ cháy, 100% người dân được tuyên truyền.", ["decrease_by", None]),
        ("Giảm tỷ lệ hộ nghèo 0,8%, có 30% hộ khá.", ["decrease_by", None]),
    ],
)
def test_a_change_goes_on_through_a_list(line: str, changes: list[str | None]) -> None:
    assert [target.change for target in targets(f"{GOALS}- {line}")] == changes


def test_a_share_in_brackets_says_no_more_than_the_count_before_it() -> None:
    found = targets(f"{GOALS}- Thu hồi thêm 15,8 ha còn lại, trong đó đất ở 1,9 ha (chiếm 12%).")
    assert [(target.value, target.unit) for target in found] == [(15.8, "ha"), (1.9, "ha")]


def test_inline_enumeration() -> None:
    found = targets(GOALS + "Các chỉ tiêu gồm: (1) 95% hộ có điện; (2) 02 xã đạt chuẩn; (3) trồng mới 50 ha rừng.")
    assert [(target.value, target.unit) for target in found] == [(95, "%"), (2, "xã"), (50, "ha")]


def test_one_change_of_several_things() -> None:
    found = targets(GOALS + "- Giảm ít nhất 5% số vụ, số người chết và số người bị thương do tai nạn giao thông so với năm 2023.")
    assert [target.indicator_text for target in found] == [
        "số vụ do tai nạn giao thông",
        "số người chết do tai nạn giao thông",
        "số người bị thương do tai nạn giao thông",
    ]
    assert {(target.comparator, target.change, target.baseline and target.baseline.time) for target in found} == {
        ("ge", "decrease_by", "2023")
    }


def test_all_three_criteria_of_traffic_are_three() -> None:
    found = targets(GOALS + "- Giảm tai nạn giao thông ở cả 3 tiêu chí từ 5 - 10%.")
    assert [(target.value, target.value_high, target.change) for target in found] == [(5, 10, "decrease_by")] * 3


def test_baselines_are_no_targets() -> None:
    (raised,) = targets(GOALS + "- Nâng tỷ lệ lao động có nghề từ 68% (năm 2023) lên 75%.")
    assert raised.baseline is not None
    assert (raised.baseline.value, raised.baseline.time) == (68, "2023")
    (multiplied,) = targets(GOALS + "- Tăng gấp 2 lần số sản phẩm so với năm 2020 (20 sản phẩm).")
    assert multiplied.baseline is not None
    assert (multiplied.value, multiplied.baseline.value) == (2, 20)


def test_own_aim_beside_a_quoted_rule() -> None:
    (target,) = targets(GOALS + "- Theo quy định phải dành ít nhất 30% ngân sách y tế; huyện phấn đấu bố trí tối thiểu 32%.")
    assert (target.value, target.modality) == (32, "strive")


MODALITIES = [
    ("Phấn đấu đến năm 2030:\n- Trên 95% hộ có điện.", "strive"),
    ("Phấn đấu đến năm 2030:\n- Duy trì trên 95% hộ có điện.", "maintain"),
    ("Đến năm 2030:\n- Trên 95% hộ có điện.", "achieve"),
    ("- Phấn đấu đến năm 2030, trạm có ít nhất một bác sĩ; mỗi thôn có một nhân viên y tế.", "strive"),
]


@pytest.mark.parametrize(("lines", "modality"), MODALITIES)
def test_modality(lines: str, modality: str) -> None:
    assert {target.modality for target in targets(GOALS + lines)} == {modality}


def test_sentence_of_a_bullet_is_its_text() -> None:
    (target,) = targets(TASKS + "- Kiện toàn tổ chức. Duy trì 100% thôn có tổ tự quản. Tăng cường kiểm tra.")
    assert (target.text, target.section) == ("Duy trì 100% thôn có tổ tự quản.", "III.1")


def test_number_under_a_heading_of_its_own_is_named_by_the_one_above() -> None:
    (target,) = targets("II. CHƯƠNG TRÌNH\n1. Lớp dành cho giáo viên\n1.1. Số lượng: Dự kiến khoảng 500 người\n")
    assert (target.indicator_text, target.comparator) == ("Số lượng (Lớp dành cho giáo viên)", "approx")


def test_a_number_said_twice_is_listed_twice() -> None:
    assert [t.id for t in targets(GOALS + "- 100% thôn có điện.\n- 100% thôn có điện.")] == ["target-1", "target-2"]


ROWS = [
    "TT\tChỉ tiêu\tĐVT\tThực hiện 2023\tKế hoạch 2024\tMục tiêu 2025",
    "1\tHồ sơ nộp qua mạng\t%\t48,6\t≥ 65\t80 - 85",
    "2\tLớp bồi dưỡng\tlớp\t12\t24\tx",
]


def in_table(rows: list[str]) -> list[Target]:
    before = HEAD + GOALS
    spans, at = [], len(before)
    for row in rows:
        cells = []
        for cell in row.split("\t"):
            cells.append((at, at + len(cell)))
            at += len(cell) + 1
        spans.append(tuple(cells))
    table = TableSpan(len(before), at - 1, None, tuple(spans))
    return list(extract(make_doc(Text(text=before + "\n".join(rows) + "\n", tables=(table,)))))


def test_table_of_targets() -> None:
    found = in_table(ROWS)
    assert [(t.indicator_text, t.comparator, t.value, t.value_high, t.unit, t.horizon and t.horizon.end) for t in found] == [
        ("Hồ sơ nộp qua mạng", "ge", 65, None, "%", "2024"),
        ("Hồ sơ nộp qua mạng", "range", 80, 85, "%", "2025"),
        ("Lớp bồi dưỡng", "eq", 24, None, "lớp", "2024"),
    ]


def test_rows_of_a_target_table_are_named_by_what_stands_before_the_units() -> None:
    found = in_table([
        "TT\tLoại vắc xin\tĐối tượng\tĐơn vị tính\tKết quả 2023\tChỉ tiêu năm 2024\tTrong đó: Đợt 1",
        "1\tTụ huyết trùng\tTrâu, bò\tLiều\t2.570\t3.100\t1.550",
        "2\tDại\tChó, mèo\tTỷ lệ (%)\t64,5\t≥ 85\t",
    ])  # fmt: skip
    assert [(t.indicator_text, t.comparator, t.value, t.unit, t.horizon and t.horizon.end) for t in found] == [
        ("Tụ huyết trùng Trâu, bò", "eq", 3100, "Liều", "2024"),
        ("Tụ huyết trùng Trâu, bò", "eq", 1550, "Liều", "2024"),
        ("Dại Chó, mèo", "ge", 85, "%", "2024"),
    ]


def test_table_of_allotments_to_places() -> None:
    found = in_table(
        [
            "TT\tXã, phường\tSố lao động\tChỉ tiêu học nghề năm 2025 (người)\tChỉ tiêu tham gia BHXH (người)",
            "1\tXã Trà Sơn\t1.240\t60\t15",
        ]
    )
    assert [(t.indicator_text, t.value, t.unit, t.horizon and t.horizon.end) for t in found] == [
        ("Chỉ tiêu học nghề năm 2025 Xã Trà Sơn", 60, "người", "2025"),
        ("Chỉ tiêu tham gia BHXH Xã Trà Sơn", 15, "người", None),
    ]


TITLES = [
    # title, headings, horizon
    ("Công tác thư viện năm 2025", GOALS, "2025"),
    ("Công tác thư viện năm học 2024 - 2025", "II. CHỈ TIÊU\n", "2024/2025"),
    ("Tổ chức Ngày hội đọc sách năm 2024", GOALS, None),
    ("Công tác thư viện năm 2025", "III. NHIỆM VỤ\n", None),
    ("Thực hiện Đề án thư viện giai đoạn 2024 - 2026", GOALS, None),
]


@pytest.mark.parametrize(("title", "headings", "horizon"), TITLES)
def test_year_of_the_title_is_the_horizon_of_objectives(title: str, headings: str, horizon: str | None) -> None:
    text = HEAD.replace("Thử nghiệm", title) + headings + "- 80% học sinh có thẻ thư viện.\n"
    (target,) = extract(make_doc(Text(text=text)))
    time = target.horizon
    assert (time and "/".join(filter(None, (time.start, time.end)))) == horizon


def test_evidence_holds_its_words() -> None:
    text = HEAD + GOALS + "- Trên 95% dân số được quản lý sức khỏe; 02 xã đạt chuẩn.\n"
    for target in extract(make_doc(Text(text=text))):
        assert text[target.evidence.start : target.evidence.end] == target.evidence.quote
