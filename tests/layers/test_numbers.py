"""Numbers: what is marked, as what sort and with which value; what only looks like a number of something is none."""

import re

import pytest

from extractors.layers.marks import text_of
from extractors.layers.numbers import numbers_of
from extractors.layers.quantities import Number
from pipeline.language import make_doc
from pipeline.pages import Text

ONE = [
    # text with the mark in brackets, sort, value, unit
    ("Độ che phủ rừng đạt [54,5%].", "percentage", 54.5, "%"),
    ("Tỷ lệ đạt [98.5 %] dân số.", "percentage", 98.5, "%"),
    ("Tử vong không quá [18,5‰].", "percentage", 18.5, "‰"),
    ("Tử vong không quá [18,5 %o].", "percentage", 18.5, "‰"),
    ("Phấn đấu [l00%] hộ có điện.", "percentage", 100, "%"),
    ("Đạt [9S%] trở lên.", "percentage", 95, "%"),
    ("Đạt [tám mươi phần trăm] kế hoạch.", "percentage", 80, "%"),
    ("Vượt [0,4 điểm %] so với kế hoạch.", "percentage", 0.4, "điểm %"),
    ("Bố trí [01 bác sĩ] cơ hữu.", "count", 1, "bác sĩ"),
    ("Quy mô [250 giường bệnh] và khối nhà dự phòng.", "count", 250, "giường bệnh"),
    ("Ra mắt [1.200 tổ] công nghệ số cộng đồng.", "count", 1200, "tổ"),
    ("Mở [05 lớp tập huấn] cho cán bộ.", "count", 5, "lớp tập huấn"),
    ("Ở [12 xã, thị trấn] vùng cao.", "count", 12, "xã, thị trấn"),
    ("Đăng [02 tin, bài] mỗi kỳ.", "count", 2, "tin, bài"),
    ("Trồng mới [1.200 ha] rừng.", "count", 1200, "ha"),
    ("Kiên cố [12,5km] mương.", "count", 12.5, "km"),
    ("Có [một nhân viên y tế] được đào tạo.", "count", 1, "nhân viên y tế"),
    ("Xây [mười hai phòng học].", "count", 12, "phòng học"),
    ("Bổ sung [07 lồng bè] nuôi cá.", "count", 7, "lồng bè"),
    ("[15/20 xã] đạt chuẩn.", "count", 15, "xã"),
    ("[2/3] số thôn đạt chuẩn.", "fraction", 0.6667, "fraction"),
    ("[Hai phần ba] số thôn đạt chuẩn.", "fraction", 0.6667, "fraction"),
    ("Quá [nửa] số thôn đạt chuẩn.", "fraction", 0.5, "fraction"),
    ("Khám ít nhất [01 lần/năm].", "frequency", 1, "lần/năm"),
    ("Khám ít nhất [mỗi năm một lần].", "frequency", 1, "lần/năm"),
    ("Phát thanh [mỗi tuần 02 buổi].", "frequency", 2, "buổi/tuần"),
    ("Trực [02 ngày/tuần].", "frequency", 2, "ngày/tuần"),
    ("Mở lớp, [mỗi năm 04 lớp].", "count", 4, "lớp"),
    ("Đạt [34,5 giường bệnh/vạn dân].", "ratio", 34.5, "giường bệnh/vạn dân"),
    ("Đạt [15 bác sĩ/10.000 dân].", "ratio", 15, "bác sĩ/10.000 dân"),
    ("Thu nhập đạt [50 triệu đồng/người/năm].", "ratio", 50, "triệu đồng/người/năm"),
    ("Bình quân [17,5 tiêu chí/xã].", "ratio", 17.5, "tiêu chí/xã"),
    ("Tổng thu [8.185 tỷ đồng].", "money", 8185, "tỷ đồng"),
    ("Trẻ dưới [5 tuổi].", "age", 5, "tuổi"),
    ("Xếp hạng từ [3 sao] trở lên.", "grade", 3, "sao"),
]  # fmt: skip


def read(text: str) -> list[tuple[str, str, Number]]:
    doc = make_doc(Text(text=text))
    return [(text_of(doc)[mark.start : mark.end], mark.label, number) for mark, number in numbers_of(doc)]


@pytest.mark.parametrize(("marked", "sort", "value", "unit"), ONE)
def test_number(marked: str, sort: str, value: float, unit: str) -> None:
    quote = re.search(r"\[(.*)\]", marked)
    assert quote
    ((found, label, number),) = read(re.sub(r"[\[\]]", "", marked))
    assert (found, label, number.value, number.unit) == (quote[1], sort, value, unit)


RANGES = [
    ("80 - 85%", 80, 85), ("80% - 85%", 80, 85), ("80–85%", 80, 85), ("từ 80% đến 85%", 80, 85), ("1-1,5%/năm", 1, 1.5),
    ("7,5 - 8,0%", 7.5, 8), ("từ 5 đến 7 người", 5, 7), ("03 - 05 hộ", 3, 5),
]  # fmt: skip


@pytest.mark.parametrize(("text", "low", "high"), RANGES)
def test_range(text: str, low: float, high: float) -> None:
    ((_, _, number),) = read(text)
    assert (number.value, number.high) == (low, high)


NONE = [
    "Thực hiện Kế hoạch số 10/KH-UBND ngày 28/01/2024 của UBND tỉnh.",
    "Triển khai Đề án 06 thuộc lĩnh vực y tế.",
    "Theo Điều 45 và Điều 54 Luật Bầu cử.",
    "Tài khoản định danh mức độ 2 được kích hoạt.",
    "Từ năm 2025 đến năm 2030 hoàn thành.",
    "Giai đoạn 2021 - 2025 của tỉnh.",
    "Hoàn thành trong tháng 9 năm 2025.",
    "Trực cấp cứu 24/7 tại trạm.",
    "Thực hiện phương châm 4 tại chỗ.",
    "Bộ phận một cửa tiếp nhận hồ sơ.",
    "Luân phiên nhân lực y tế 2 chiều.",
    "Mỗi năm học, hằng năm hộ nghèo giảm dần.",
    "Dịch Covid-19 người dân cần phòng tránh.",
    "Trước ngày 2/3 xã báo cáo.",
    "Phát triển ba trụ cột của chuyển đổi số.",
]


@pytest.mark.parametrize("text", NONE)
def test_no_number(text: str) -> None:
    assert not [entry for entry in read(text) if entry[1] != "duration"]


def test_total_of_a_count_is_kept() -> None:
    ((_, _, number),) = read("12/16 xã đạt chuẩn.")
    assert (number.value, number.of) == (12, 16)


def test_values_do_not_depend_on_spelling() -> None:
    assert [entry[2].value for entry in read("Có 01 bác sỹ; đạt  1.500  hộ")] == [1, 1500]


def test_long_line_is_read_in_linear_time() -> None:
    line = "Tổ chức 05 lớp tập huấn, đạt trên 95% dân số, " * 4_000
    doc = make_doc(Text(text=line))
    assert len(numbers_of(doc)) == 8_000
