"""Instruments: the spans of citations and of their titles; what must be found stands in brackets."""

import re

import pytest

from extractors.layers.instruments import LAYER, TITLES, citations_of, mark_instruments
from extractors.layers.issuing_bodies import read_issuer
from extractors.layers.marks import of, text_of
from pipeline.language import make_doc
from pipeline.pages import Text

HEAD = "UBND HUYỆN TÂN PHÚ\nSố: 55/KH-UBND\nTân Phú, ngày 10 tháng 3 năm 2024\nKẾ HOẠCH\nTrồng rừng năm 2024\nI. NHIỆM VỤ\n- "

CITATIONS = [
    "Thực hiện [Chỉ thị số 25-CT/TW ngày 25/10/2023 của Ban Bí thư] về tiếp tục củng cố y tế cơ sở.",
    "Theo [Thông tư liên tịch số 27/2014/TTLT-BYT-BTC ngày 14/8/2014 của liên Bộ Y tế - Tài chính].",
    "Các [Quyết định số 12/QĐ-UBND ngày 05/01/2024], [số 15/QĐ-UBND ngày 08/01/2024] và [số 21/QĐ-UBND của UBND tỉnh].",
    "Các Nghị định của Chính phủ: [số 118/2025/NĐ-CP ngày 09/6/2025] về một cửa, [số 45/2020/NĐ-CP ngày 08/4/2020] về hồ sơ điện tử.",
    "Bám sát [Nghị quyết 06-NQ/TU], [Chỉ thị 25], [Thông tư 33/2015] và [Đề án 06].",
    "Thực hiện [Công văn 824 của Sở Y tế], không kể Công văn 5 trang; Báo cáo 02 lần của Sở Y tế.",
    "Theo [Quyết định số 2345/QĐ-UBND ngày 27 tháng 10 năm 2015 của Chủ tịch UBND tỉnh Đồng Nai], các xã tổ chức rà soát.",
    "[Kế hoạch số ....../KH-SYT ngày .../.../2024 của Sở Y tế] sẽ quy định.",
    "Theo [Thông tư số 07/2016/TT-BVHTTDL ngày 31/5/2016 của Bộ Văn hóa, Thể thao và Du lịch], các xã lập hồ sơ.",
    "Tại [công văn số 1654/BNV-CCHC] và [1655/BNV-CCHC ngày 27/5/2008 của Bộ Nội vụ].",
    "Theo [Luật Khám bệnh, chữa bệnh năm 2023], [Luật Phòng, chống thiên tai] và [Bộ luật Lao động].",
    "Theo [Luật Giáo dục số 43/2019/QH14 ngày 14/6/2019] và [Nghị quyết số 43/2022/QH15 của Quốc hội].",
    "Phù hợp với [Quy hoạch huyện đến năm 2030, tầm nhìn đến năm 2050] và các quy hoạch có liên quan.",
    "Triển khai [Chương trình mục tiêu quốc gia giảm nghèo bền vững giai đoạn 2021 - 2025], phấn đấu giảm 2% hộ nghèo.",
    "Quán triệt [Nghị quyết Đại hội Đảng bộ huyện lần thứ XX, nhiệm kỳ 2020 - 2025] đề ra.",
    "[Nghị quyết số 19-NQ/TW ngày 16/6/2022 Hội nghị lần thứ năm Ban Chấp hành Trung ương khóa XIII] về nông thôn.",
    # no instruments
    "Căn cứ Kế hoạch này, UBND xã xây dựng kế hoạch chi tiết; Luật này; luật sư; pháp luật.",
    "Trực đường dây nóng 24/7; 15/19 tiêu chí; phố 30/4; số 12/5 đường Hùng Vương; biên lai số 45/BL-CT; mẫu số 01/BC-TE.",
    "Xây dựng Đề án phát triển chăn nuôi giai đoạn 2024 - 2030 trình HĐND huyện; Kế hoạch 2024; Kế hoạch 5 năm.",
    "Giao chỉ tiêu năm 2024 - UBND huyện; lớp 5A/12; ISO 9001:2015; TCVN 7957:2008; tỷ lệ 1/500.",
]


def document(sentence: str) -> str:
    return HEAD + sentence + "\n"


@pytest.mark.parametrize("case", CITATIONS)
def test_citations(case: str) -> None:
    doc = make_doc(Text(text=document(re.sub(r"[\[\]]", "", case))))
    assert [text_of(doc)[m.start : m.end] for m in of(doc, LAYER)] == re.findall(r"\[([^\]]+)\]", case)


TITLED = [
    "Thực hiện Kế hoạch số 10/KH-UBND ngày 28/01/2024 của UBND tỉnh [về việc thực hiện Chỉ thị số 25-CT/TW của Ban Bí thư về y tế cơ sở].",
    "Theo Quyết định số 90/QĐ-TTg của Thủ tướng Chính phủ [phê duyệt Chương trình A giai đoạn 2021 - 2025], phấn đấu đạt 95% trong năm 2024.",
    "Theo Quyết định số 9/QĐ-UBND ngày 01/02/2024 của UBND tỉnh, đến năm 2025 có 12 xã.",
    "Theo Kế hoạch số 9/KH-UBND của UBND tỉnh [về chuyển đổi số năm 2024] (sau đây gọi tắt là Kế hoạch 9), các xã lắp 10 điểm.",
    "Nghị quyết số 19-NQ/TW [về “Tiếp tục đổi mới; nâng cao hiệu quả”]. Mỗi xã 01 điểm.",
    "Chỉ thị số 05-CT/TW [về học tập Bác] và Kết luận số 01-KL/TW [về tiếp tục thực hiện Chỉ thị số 05-CT/TW].",
    "UBND xã căn cứ Kế hoạch số 5/KH-UBND của UBND huyện tổ chức thực hiện 03 mô hình.",
]


@pytest.mark.parametrize("case", TITLED)
def test_titles(case: str) -> None:
    doc = make_doc(Text(text=document(re.sub(r"[\[\]]", "", case))))
    assert [text_of(doc)[m.start : m.end] for m in of(doc, TITLES)] == re.findall(r"\[([^\]]+)\]", case)


def test_letterhead_recipients_and_signature_are_not_read() -> None:
    tail = "II. TỔ CHỨC\n- Các xã báo cáo./.\nNơi nhận:\n- Như Quyết định số 5/QĐ-UBND;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLê Văn An\n"
    doc = make_doc(Text(text=document("Trồng cây.") + tail))
    assert citations_of(doc) == ()


def test_marking_twice_gives_the_same() -> None:
    doc = make_doc(Text(text=document(re.sub(r"[\[\]]", "", CITATIONS[0]))))
    before = of(doc, LAYER)
    mark_instruments(doc)
    assert of(doc, LAYER) == before


@pytest.mark.parametrize(
    "case",
    [
        " của [UBND tỉnh] ban hành Kế hoạch",
        " của [Ban Chấp hành Trung ương khóa XII] về “Tiếp tục”",
        " của [Bộ trưởng Bộ Y tế] hướng dẫn",
        ", của [Bộ Chính trị], Ban Bí thư về",
        " của [Cục Quản lý Dược – Bộ Y tế] hướng dẫn",
        " của [Ban Thường trực Ủy ban MTTQ Việt Nam xã Quảng Ninh] về",
        " của [UBND thành phố Hồ Chí Minh] và Kế hoạch",
        " của [Bộ Lao động - Thương binh và Xã hội] và Quyết định",
        " của [Bộ Nông nghiệp và Phát triển nông thôn], UBND xã xây dựng",
        " của [Sở Giáo dục và Đào tạo tỉnh Lào Cai] tổ chức tập huấn",
        " của [HĐND huyện khóa XX], kỳ họp thứ 5",
        " của [Ban Thường vụ Tỉnh ủy Bắc Giang] đã đề ra",
        " của [Ban Tổ chức Tỉnh ủy] về",
    ],
)
def test_issuer(case: str) -> None:
    text = re.sub(r"[\[\]]", "", case)
    span = read_issuer(text, 0)
    assert span is not None
    assert [text[slice(*span)]] == re.findall(r"\[([^\]]+)\]", case)
