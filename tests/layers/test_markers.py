"""What a line begins with: numbering styles of state, Party and school documents, and figures that are no numbering."""

import pytest

from extractors.layers.markers import marker_of


@pytest.mark.parametrize(
    ("text", "family", "label"),
    [
        ("I. MỤC TIÊU", "roman", "I"),
        ("II- NHIỆM VỤ", "roman", "II"),
        ("III/ TỔ CHỨC THỰC HIỆN", "roman", "III"),
        ("IV.KINH PHÍ", "roman", "IV"),
        ("A. ĐÁNH GIÁ CHUNG", "upper", "A"),
        ("Phần thứ hai: NHIỆM VỤ", "part", "Phần thứ hai"),
        ("PHẦN I. KẾT QUẢ", "part", "PHẦN I"),
        ("PHẦN THỨ TƯ. TỔ CHỨC", "part", "PHẦN THỨ TƯ"),
        ("Đ. TIẾN ĐỘ", "upper", "Đ"),
        ("Phần thứ hai", "part", "Phần thứ hai"),
        ("Mẫu số 01/HNCT", "form", "Mẫu số 01/HNCT"),
        ("Mẫu 2: Phiếu đăng ký", "form", "Mẫu 2"),
        ("Chương II", "chapter", "Chương II"),
        ("Điều 3. Tổ chức thực hiện", "article", "Điều 3"),
        ("1. Mục đích", "arabic", "1"),
        ("2/ Yêu cầu", "arabic", "2"),
        ("3) Nội dung", "arabic", "3"),
        ("4- Kinh phí", "arabic", "4"),
        ("1.Mục đích", "arabic", "1"),
        ("2. 100% hồ sơ nộp trực tuyến", "arabic", "2"),
        ("2.1. Kiện toàn tổ chức", "dotted", "2.1"),
        ("III.1. CÁC CƠ QUAN THUỘC HUYỆN", "dotted", "III.1"),
        ("II.2.1 Các xã, phường", "dotted", "II.2.1"),
        ("2.3.1 Giai đoạn 2024 - 2025", "dotted", "2.3.1"),
        ("a) Công tác tuyên truyền", "lower", "a"),
        ("đ) Huy động nguồn lực", "lower", "đ"),
        ("(1) Rà soát số liệu", "paren", "1"),
        ("(a) Công an huyện", "lower", "a"),
        ("- Duy trì 100% số thôn", "dash", "-"),
        ("– Duy trì 100% số thôn", "dash", "–"),
        ("-Duy trì", "dash", "-"),
        ("+ Thời gian: quý II", "plus", "+"),
        ("* Giai đoạn 2026 - 2030", "star", "*"),
    ],
)
def test_marker(text: str, family: str, label: str) -> None:
    marker = marker_of(text)
    assert marker is not None
    assert (marker.family, marker.label) == (family, label)


@pytest.mark.parametrize(
    "text",
    [
        "25/10/2023 của Ban Bí thư",
        "1.200 người tham gia",
        "2024 - 2025",
        "15/20 xã đạt chuẩn",
        "95% dân số tham gia",
        "3,5 tỷ đồng",
        "V/v tăng cường phòng dịch",
        "III.2 của Kế hoạch này",
        "Vận động nhân dân",
        "Các cơ quan, đơn vị",
        "chịu sự quản lý của UBND huyện",
        "01 bác sĩ mỗi trạm",
        "1.5 lần so với năm trước",
    ],
)
def test_no_marker(text: str) -> None:
    assert marker_of(text) is None
