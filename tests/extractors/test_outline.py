"""Outline: headings with their paths, depths, parents and ends."""

import pytest

from extractors import outline
from pipeline.language import make_doc
from pipeline.pages import Text
from schemas.facts import Section


def sections(body: str) -> list[Section]:
    return list(outline.extract(make_doc(Text(text=f"KẾ HOẠCH\nBảo vệ rừng\n{body}"))))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("I. MỤC TIÊU\n1. Mục tiêu chung\n- Abc.\nII. NHIỆM VỤ\n1. Trồng rừng\n1.1. Giống\n- Abc.", ["I", "I.1", "II", "II.1", "II.1.1"]),
        ("I. NHIỆM VỤ\n1. Trồng rừng\n2.1. Giống\n- Abc.\n2.2. Đất\n- Abc.", ["I", "I.1", "I.2.1", "I.2.2"]),
        ("PHẦN I. THỰC TRẠNG\n1. Kết quả\n- Abc.\nPHẦN II. NHIỆM VỤ\n1. Trồng rừng\n- Abc.", ["PHẦN I", "PHẦN I.1", "PHẦN II", "PHẦN II.1"]),
        ("I. MỤC TIÊU\nĐến năm 2025:\n- Abc.\nĐến năm 2030:\n- Abc.", ["I", "I~1", "I~2"]),
        ("I. TỔ CHỨC\n3. Văn phòng\n- Abc.\n3. Phòng Y tế\n- Abc.", ["I", "I.3", "I.3(2)"]),
        ("I. TỔ CHỨC\n1. Các thôn rà soát số hộ và báo cáo xã trước ngày 15.\n2. Công an xã giữ trật tự.", ["I"]),
        ("Phần I\nHIỆN TRẠNG\n1. Rừng trồng\n- Abc.", ["Phần I", "Phần I.1"]),
    ],
)
def test_ids(body: str, expected: list[str]) -> None:
    assert [section.id for section in sections(body)] == expected


def test_title_depth_parent_and_end() -> None:
    body = "I. NHIỆM VỤ\n1. Trồng rừng: Trồng mới 5 ha rừng.\n2. **Chăm sóc rừng**:\n- Abc.\nII. KINH PHÍ\nAbc."
    found = sections(body)
    assert [(s.title, s.depth, s.parent) for s in found] == [
        ("NHIỆM VỤ", 1, None), ("Trồng rừng", 2, "I"), ("Chăm sóc rừng", 2, "I"), ("KINH PHÍ", 1, None),
    ]  # fmt: skip
    assert found[0].end == found[3].evidence.start
    assert found[1].end == found[2].evidence.start


def test_steps_are_headings() -> None:
    found = sections("I. QUY TRÌNH\nBước 1. Chuẩn bị\n- Lập tổ.\nBước 2: Tuần tra\n- Abc.\nBước đầu rà soát rừng.\nII. KINH PHÍ\nAbc.")
    assert [(s.marker, s.title) for s in found] == [("I", "QUY TRÌNH"), ("Bước 1", "Chuẩn bị"), ("Bước 2", "Tuần tra"), ("II", "KINH PHÍ")]


def test_number_alone_takes_the_line_below_as_its_title() -> None:
    assert sections("Phần I\nHIỆN TRẠNG RỪNG\n1. Rừng trồng\n- Abc.")[0].title == "HIỆN TRẠNG RỪNG"


@pytest.mark.parametrize(
    ("body", "annex"),
    [
        ("PHỤ LỤC\nDANH MỤC NHIỆM VỤ\n- Abc.", ("PHỤ LỤC", "DANH MỤC NHIỆM VỤ")),
        ("PHỤ LỤC II\nDANH MỤC NHIỆM VỤ\n- Abc.", ("PHỤ LỤC II", "DANH MỤC NHIỆM VỤ")),
        ("PHỤ LỤC\n(Kèm theo Kế hoạch số 5/KH-UBND)\n- Abc.", (None, "PHỤ LỤC")),
        ("PHỤ LỤC\n(Kèm theo Kế hoạch số 5/KH-UBND)\nCHƯƠNG TRÌNH\nHỘI NGHỊ TRỰC TUYẾN\n- Abc.", ("PHỤ LỤC", "CHƯƠNG TRÌNH HỘI NGHỊ TRỰC TUYẾN")),
    ],
)
def test_the_word_of_an_annex_is_its_number_where_it_has_a_title(body: str, annex: tuple[str | None, str]) -> None:
    found = sections(f"I. MỤC TIÊU\nAbc.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLê Văn Bình\n{body}")[1]
    assert (found.marker, found.title) == annex


FORMS = """Nơi nhận:
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lê Văn Bình
PHỤ LỤC
Mẫu số 01/PĐK
(1)…………
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
PHIẾU ĐĂNG KÝ
THAM GIA HỘI THI
1. Họ và tên:
- Năm sinh: …………
NGƯỜI ĐĂNG KÝ
(ký tên)
Mẫu số 02/BB
BIÊN BẢN NGHIỆM THU
Hồi … giờ, ngày … tháng … năm …
"""


def test_forms_in_an_annex_are_sections_without_parts() -> None:
    found = sections(f"I. MỤC ĐÍCH\n- Abc.\n{FORMS}")
    assert [(section.marker, section.title) for section in found[1:]] == [
        (None, "PHỤ LỤC"), ("Mẫu số 01/PĐK", "PHIẾU ĐĂNG KÝ THAM GIA HỘI THI"), ("Mẫu số 02/BB", "BIÊN BẢN NGHIỆM THU"),
    ]  # fmt: skip


def test_a_document_bound_in_without_a_signature_between_opens_anew() -> None:
    attached = "UBND XÃ TÂN AN\nSố: /QĐ-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nQUYẾT ĐỊNH\nVề việc phê duyệt\n"
    found = sections(f"I. MỤC ĐÍCH\n- Abc.\n{attached}Điều 1. Phê duyệt Kế hoạch trồng rừng năm 2025. Các thôn thi hành Quyết định này./.")
    assert [(section.id, section.title) for section in found] == [
        ("I", "MỤC ĐÍCH"), ("~1", "QUYẾT ĐỊNH Về việc phê duyệt"), ("Điều 1", "Phê duyệt Kế hoạch trồng rừng năm 2025"),
    ]  # fmt: skip


def test_a_whole_sentence_in_bold_is_no_heading() -> None:
    bold = "2. Đề nghị Ủy ban Kiểm tra Đảng ủy xã thường xuyên phối hợp, trao đổi thông tin, thống nhất phương án xử lý đơn thư phức tạp.\n"
    text = f"KẾ HOẠCH\nTiếp dân\nI. TỔ CHỨC\n1. Các thôn\n- Canh gác.\n{bold}"
    emphasis = frozenset({text.index("1. "), text.index("2. ")})
    assert [section.title for section in outline.extract(make_doc(Text(text=text, emphasis=emphasis)))] == ["TỔ CHỨC", "Các thôn"]
