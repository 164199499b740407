"""Time expressions: what they are, what they mean, and which of them set no time of the plan."""

import re
from pathlib import Path

import pytest

from extractors.layers import marks
from extractors.layers.folded import fold_in_place
from extractors.layers.times import LAYER, read_times, when_of
from extractors.layers.when import Clock
from pipeline.language import make_doc
from pipeline.pages import Text

HEAD = "ỦY BAN NHÂN DÂN\nXÃ AN BÌNH\nSố: 15/KH-UBND\nAn Bình, ngày 10 tháng 6 năm 2024\nKẾ HOẠCH\n{title}\nIII. NHIỆM VỤ\n1. Nhiệm vụ chung\n"


def found_in(line: str, title: str = "Chăn nuôi") -> list[tuple[str, str, dict[str, object]]]:
    """Words, label and the fields that are set, of every time in the last line of a small plan."""
    head = HEAD.format(title=title)
    doc = make_doc(Text(text=head + line))
    text = marks.text_of(doc)
    times = [mark for mark in marks.of(doc, LAYER) if mark.start >= len(head)]
    return [(text[m.start : m.end], m.label, {k: v for k, v in when_of(m)._asdict().items() if v}) for m in times]


@pytest.mark.parametrize(
    ("line", "label", "fields"),
    [
        ("Báo cáo [trước ngày 30/6/2025].", "by", {"end": "2025-06-30", "mod": "before"}),
        ("Riêng vùng cao [chậm nhất ngày 31/12/2025].", "by", {"end": "2025-12-31", "mod": "on_or_before"}),
        ("Nộp hồ sơ [trước 17h00 ngày 20/5/2025] qua mạng.", "by", {"end": "2025-05-20", "mod": "before"}),
        ("[Đến năm 2030], mọi thôn có nhà văn hóa.", "by", {"end": "2030"}),
        ("[Đến giữa năm 2025] đạt 70%.", "by", {"end": "2025", "mod": "mid"}),
        ("Đạt 75% [vào cuối năm 2026].", "in", {"end": "2026", "mod": "end"}),
        ("Phấn đấu xong [cuối năm 2026].", "by", {"end": "2026", "mod": "end"}),
        ("Nội dung [09 - 10/2026].", "during", {"start": "2026-09", "end": "2026-10"}),
        ("Nộp hồ sơ [ngày 09-10-2026].", "in", {"end": "2026-10-09"}),
        ("Xây xong phòng học [trước năm học 2026 - 2027].", "by", {"end": "2026", "mod": "before", "calendar": "school_year"}),
        ("Ra quân [từ ngày 01/12/2026 đến hết năm].", "during", {"start": "2026-12-01", "end": "2026"}),
        ("Phấn đấu [hết năm 2025] xóa xong nhà tạm.", "by", {"end": "2025"}),
        ("Hoàn thành [trong quý IV năm 2024].", "in", {"end": "2024-36"}),
        ("Khởi công [Quý 3/2025].", "in", {"end": "2025-35"}),
        ("Tập huấn [trong 6 tháng đầu năm 2025].", "in", {"end": "2025-40"}),
        ("Thời gian: [T9/2025].", "in", {"end": "2025-09"}),
        ("Khai mạc [19h30 ngày 24 tháng 01 năm 2026].", "in", {"end": "2026-01-24"}),
        ("Thời gian: [dự kiến tháng 11/2025].", "in", {"end": "2025-11", "mod": "approx"}),
        ("Thời gian: [Tháng /2024].", "in", {"end": "2024-XX"}),
        ("Khám cho học sinh [vào đầu năm học 2024 - 2025].", "in", {"end": "2024-09", "mod": "start", "calendar": "school_year"}),
        ("Tặng quà [nhân dịp Tết Nguyên đán Bính Ngọ 2026].", "in", {"end": "2026", "calendar": "lunar"}),
        ("Cấp quà [trước Tết Nguyên đán Ất Tỵ].", "by", {"end": "2025-01-29", "mod": "before", "calendar": "lunar"}),
        ("Duy trì [từ năm 2025 trở đi].", "from", {"start": "2025"}),
        ("[Năm 2025 và các năm tiếp theo] nhân rộng.", "from", {"start": "2025"}),
        ("[Sau năm 2025] nhân rộng.", "from", {"start": "2026"}),
        ("Tiêm phòng [trong tháng 3, 4]; họp.", "during", {"start": "2024-03", "end": "2024-04", "assumed": True}),
        ("Xong [trước khi kết thúc quý III/2025].", "by", {"end": "2025-35"}),
        ("Mở lớp bơi [trong dịp hè năm 2025].", "in", {"end": "2025"}),
        ("Thông báo [mỗi tuần có 03 tin bài] trở lên.", "recurring", {"recurrence": "P1W"}),
        ("Diễn tập [một học kỳ một lần].", "recurring", {}),
        ("Trồng rừng [từ tháng 11 đến tháng 4/2026].", "during", {"start": "2025-11", "end": "2026-04"}),
        ("Trồng rừng [từ quý III/2024 đến hết năm 2025].", "during", {"start": "2024-35", "end": "2025"}),
        ("Chiến dịch [từ ngày 15/01 - 24/01/2025].", "during", {"start": "2025-01-15", "end": "2025-01-24"}),
        ("Tập huấn [Tháng 8, 9/2024].", "during", {"start": "2024-08", "end": "2024-09"}),
        ("Dạy nghề [Quý II và quý III năm 2026].", "during", {"start": "2026-34", "end": "2026-35"}),
        ("Hội thao [ngày 12 và 13 tháng 9 năm 2024].", "during", {"start": "2024-09-12", "end": "2024-09-13"}),
        ("Xóa lõm sóng [trong 9 tháng đầu năm].", "during", {"start": "2024-01", "end": "2024-09", "assumed": True}),
        ("Rà soát [từ nay đến hết năm 2025].", "during", {"start": "2024-06-10", "end": "2025"}),
        ("Các thôn họp dân [trong tháng 7].", "in", {"end": "2024-07", "assumed": True}),
        ("Nộp báo cáo [trước ngày 31/11/2024].", "by", {"end": "2024-11-XX", "mod": "before"}),
    ],
)
def test_dated(line: str, label: str, fields: dict[str, object]) -> None:
    assert found_in(re.sub(r"[\[\]]", "", line)) == [(re.findall(r"\[(.+)\]", line)[0], label, fields)]


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("Tổng hợp báo cáo [trước ngày 15/12 hằng năm].", {"recurrence": "P1Y", "mod": "before", "anchor": "XXXX-12-15"}),
        ("Báo cáo [trước ngày 25 hàng tháng].", {"recurrence": "P1M", "mod": "before", "anchor": "XXXX-XX-25"}),
        ("Báo cáo [trước ngày 15 của tháng cuối quý].", {"recurrence": "P3M", "mod": "before", "anchor": "XXXX-XX-15"}),
        ("Báo cáo [trước ngày 15/6 và 15/12].", {"recurrence": "P6M", "mod": "before", "anchor": "XXXX-06-15"}),
        ("Báo cáo [hằng năm (trước ngày 05/12)].", {"recurrence": "P1Y", "mod": "before", "anchor": "XXXX-12-05"}),
        ("[Cứ 02 năm một lần] rà soát danh mục.", {"recurrence": "P2Y"}),
        ("Kiểm tra [6 tháng/lần].", {"recurrence": "P6M"}),
        ("Sơ kết [định kỳ 6 tháng, một năm].", {"recurrence": "P6M"}),
        ("Báo cáo [định kỳ hằng quý, 6 tháng, năm].", {"recurrence": "P3M"}),
        ("Khám sức khỏe [định kỳ ít nhất 01 lần/năm].", {"recurrence": "P1Y"}),
        ("Xếp hạng [02 đợt/năm].", {"recurrence": "P6M"}),
        ("Phát sóng [02 số/tháng].", {"recurrence": "P1M"}),
        ("Kiểm tra xe, [mỗi quý ít nhất 01 lần].", {"recurrence": "P3M"}),
        ("[Mỗi năm] trồng mới 10 ha.", {"recurrence": "P1Y"}),
        ("Tổng vệ sinh [vào sáng thứ Bảy hằng tuần].", {"recurrence": "P1W"}),
        ("Họp chợ [vào tuần cuối của mỗi quý].", {"recurrence": "P3M"}),
        ("Nạo vét mương [trước mỗi vụ].", {}),
        ("[Thường xuyên], liên tục tuyên truyền.", {}),
        ("Kiểm tra sức khỏe [định kỳ] cho toàn dân.", {}),
    ],
)
def test_recurring(line: str, fields: dict[str, object]) -> None:
    assert found_in(re.sub(r"[\[\]]", "", line)) == [(re.findall(r"\[(.+)\]", line)[0], "recurring", fields)]


@pytest.mark.parametrize(
    "line",
    [
        "Sáp nhập hai trạm [khi có quyết định của cấp có thẩm quyền].",
        "Cải tạo trạm [theo lộ trình tại Quyết định số 591/QĐ-UBND] ngày 22/4/2023 của UBND tỉnh.",
        "Bố trí vốn [theo nhu cầu thực tế và khả năng cân đối ngân sách].",
        "Quá trình thực hiện [nếu có khó khăn, vướng mắc] các đơn vị báo cáo UBND xã.",
        "Trong quá trình triển khai thực hiện, [có vướng mắc phát sinh], đề nghị phản ánh.",
        "Mở lớp [ngay sau khi Kế hoạch này được ban hành], các thôn cử người.",
        "Báo cáo [đột xuất khi được yêu cầu].",
        "Khởi công nhà [theo tiến độ cấp vốn].",
        "Nộp hồ sơ qua mạng [khi hệ thống sẵn sàng].",
        "Xét nghiệm nồng độ cồn [khi Công an xã yêu cầu].",
        "Che chắn chuồng trại [khi nhiệt độ ngoài trời xuống dưới 12°C].",
        "Dẫn đường [trong các đợt tiêm phòng].",
        "[Nếu có dấu hiệu bất thường], giáo viên báo tin.",
        "Diệt bọ gậy [ngay khi nước rút].",
        "[Khi xuất hiện ổ dịch], trạm báo tin.",
        "Sơ tán dân [khi mực nước vượt báo động].",
        "Điều chỉnh dự toán [khi giá vật tư biến động].",
    ],
)
def test_conditional(line: str) -> None:
    words = re.findall(r"\[(.+)\]", line)[0]
    found = [(text, label) for text, label, _ in found_in(re.sub(r"[\[\]]", "", line)) if label != "instrument_date"]
    assert found == [(words, "conditional")]
    assert found_in(re.sub(r"[\[\]]", "", line))[0][2]["condition"] == words


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("Trả lời [trong vòng 05 ngày làm việc kể từ ngày nhận Đơn].", {"duration": "P5D", "anchor": "nhận Đơn", "calendar": "business"}),
        ("Báo tin [trong 24 giờ].", {"duration": "PT24H"}),
        ("Báo cáo [chậm nhất 10 ngày sau khi kết thúc đợt tiêm].", {"duration": "P10D", "anchor": "kết thúc đợt tiêm"}),
        ("Trả phiếu [05 ngày sau khi nhận đủ hồ sơ].", {"duration": "P5D", "anchor": "nhận đủ hồ sơ"}),
        ("Niêm yết danh sách [40 ngày trước ngày bầu cử].", {"duration": "P40D", "mod": "before", "anchor": "bầu cử"}),
        ("Niêm yết danh sách [chậm nhất 40 ngày trước bầu cử].", {"duration": "P40D", "mod": "before", "anchor": "bầu cử"}),
        ("Đăng ký [ít nhất 02 ngày làm việc trước thời điểm học].", {"duration": "P2D", "mod": "before", "anchor": "học", "calendar": "business"}),
        ("Gửi giấy mời [trước 05 ngày].", {"duration": "P5D", "mod": "before"}),
    ],
)
def test_within(line: str, fields: dict[str, object]) -> None:
    assert found_in(re.sub(r"[\[\]]", "", line)) == [(re.findall(r"\[(.+)\]", line)[0], "within", fields)]


def test_days_of_a_sentence_come_back_together() -> None:
    days = "Cấp xã nộp trước ngày 05/10; cấp tỉnh kiểm tra trước ngày 30/12 hằng năm."
    assert [(label, fields["anchor"]) for _, label, fields in found_in(days)] == [("recurring", "XXXX-10-05"), ("recurring", "XXXX-12-30")]
    apart = days.replace(";", ".")
    assert [label for _, label, _ in found_in(apart)] == ["by", "recurring"]


def test_count_of_days_explains_the_date_before_it() -> None:
    for said in ("(trước ngày bầu cử 95 ngày)", "- 95 ngày trước bầu cử"):
        found = found_in(f"Hiệp thương lần một chậm nhất ngày 10/12/2025 {said}.")
        assert [(label, fields.get("end")) for _, label, fields in found] == [("by", "2025-12-10"), ("by", "2025-12-10")]


@pytest.mark.parametrize(
    ("line", "labels"),
    [
        ("Lập quy hoạch thời kỳ 2021 - 2030, tầm nhìn đến năm 2050.", ["programme", "vision"]),
        ("Đề án phát triển hợp tác xã đến năm 2030, định hướng đến năm 2045.", ["programme", "orientation"]),
        ("Thu ngân sách tăng 8% so với cùng kỳ năm 2024.", ["comparison"]),
        ("Tính đến ngày 31/12/2024 có 20 hộ.", ["comparison"]),
        ("Tham gia Hội đồng nhân dân nhiệm kỳ 2026 - 2031.", ["term"]),
        ("Luật có hiệu lực thi hành từ ngày 01/7/2024.", ["validity"]),
        ("Số hộ nghèo cuối năm 2022 là 15 hộ.", ["past"]),
        ("Theo Công văn số 123/UBND-VX ngày 15/7/2024 của UBND huyện.", ["instrument_date"]),
        ("Hưởng ứng phong trào “Năm 2025 không rác thải nhựa”.", ["title"]),
        ("Thực hiện chương trình giảm nghèo giai đoạn 2021 - 2025 trên địa bàn.", ["programme"]),
        ("Rà soát hộ theo chuẩn nghèo giai đoạn 2022 - 2025.", ["programme"]),
        ("Lập dự toán ngân sách năm 2025.", ["programme"]),
        ("Đưa chỉ tiêu vào kế hoạch phát triển kinh tế - xã hội hằng năm, 5 năm.", ["programme"]),
        ("Lồng ghép vào kế hoạch hoạt động hàng năm của đơn vị.", ["programme"]),
        ("Cân đối từ nguồn chi thường xuyên.", ["programme"]),
        ("Phối hợp với Trung tâm Giáo dục thường xuyên.", ["programme"]),
        ("Báo cáo: quý I trước ngày 05/3, quý III trước ngày 05/9.", ["programme", "by", "programme", "by"]),
        ("Định kỳ báo cáo kết quả về huyện trước ngày 15/11.", ["programme", "by"]),
        ("Chấm bài kiểm tra thường xuyên; giúp học sinh thường xuyên bỏ học.", ["programme", "programme"]),
        ("Phát hiện các trường hợp có dấu hiệu bất thường; nâng cao hiệu lực sau khi tổ chức chính quyền địa phương 02 cấp.", []),
        ("Kịp thời, liên tục tuyên truyền trong thời gian tới; tháo gỡ theo quy định.", []),
        ("Chi tăng thu nhập (nếu có) cho cán bộ; giữ an toàn khi tham gia giao thông.", []),
        ("Gọi 0203.3825.123; giá 2.025 đồng; 2/3 số xã; 15/20 thôn; trẻ 6 tháng tuổi.", []),
        ("Thu nhập 65 triệu đồng/người/năm; năng suất 60 tạ/ha/vụ; giảm 1,5%/năm; phát 2025 tờ rơi.", []),
        ("Mở rộng đường 30/4, phố 19/5, quốc lộ 1A.", []),
        ("Làm trong 03 ngày trước mắt; 5 năm trước đó đã có; 02 ngày trước, trong và sau hội.", []),
        ("Báo cáo 6 tháng trước ngày 05/7.", ["by"]),
        ("Quét mã ngay khi thực hiện giao dịch.", []),
    ],
)
def test_no_deadline(line: str, labels: list[str]) -> None:
    assert [label for _, label, _ in found_in(line)] == labels


@pytest.mark.parametrize(
    ("title", "line", "end"),
    [
        ("Công tác dân số năm 2025", "Báo cáo trước ngày 15/3.", "2025-03-15"),
        ("Nhiệm vụ năm học 2024 - 2025", "Dạy bơi trong tháng 4.", "2025-04"),
        ("Nhiệm vụ năm học 2024 - 2025", "Khai giảng ngày 05/9.", "2024-09-05"),
    ],
)
def test_year_of_the_title(title: str, line: str, end: str) -> None:
    assert [fields["end"] for _, _, fields in found_in(line, title)] == [end]


def test_spelling_is_free() -> None:
    plain = found_in("Khám định kỳ; hoàn thành trong quý IV năm 2024; tặng quà trước Tết Ất Tỵ.")
    free = found_in("Khám định kì; Hoàn  thành trong  Quí IV năm 2024; tặng quà trước Tết Ất Tị.")
    assert [(label, fields) for _, label, fields in free] == [(label, fields) for _, label, fields in plain]


@pytest.mark.parametrize("piece", ["thứ hai, ", "tháng 1, ", "quý I, ", "ngày 1, ", "…/", "năm ", "trước ngày ", "hằng "])
def test_long_lines_stay_cheap(piece: str) -> None:
    key = fold_in_place(piece * 20_000)
    read_times(key, 0, len(key), Clock(2024))


def test_lunar_years_follow_each_other() -> None:
    rows = (Path(__file__).parents[2] / "extractors" / "vocabulary" / "holidays.csv").read_text(encoding="utf-8").splitlines()
    years = [row.split(",")[3][:4] for row in rows if row.startswith("tết nguyên đán")]
    assert years == [str(year) for year in range(2015, 2036)]


@pytest.mark.parametrize(
    ("sentence", "ends"),
    [
        ("Tiêm phòng tháng 4 và tháng 10/2026.", ["2026-04", "2026-10"]),
        ("Tổ chức trong tháng 3, tháng 6 và tháng 9 năm 2026.", ["2026-03", "2026-06", "2026-09"]),
        ("Mở lớp quý I, quý III năm 2026.", ["2026-33", "2026-35"]),
        ("Cao điểm tháng 3, tháng 9.", ["2024-03", "2024-09"]),
        ("Kiểm tra tháng 9 và tháng 10/2026.", ["2026-10"]),
    ],
)
def test_months_and_quarters_that_do_not_follow_each_other_are_times_of_their_own(sentence: str, ends: list[str]) -> None:
    assert [fields["end"] for _, _, fields in found_in(sentence)] == ends
