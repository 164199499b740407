"""Places named with their type word; what must be found stands in brackets."""

import re

import pytest

from extractors.layers.marks import of
from extractors.layers.places import LAYER, Place, places_in, title_case
from pipeline.language import make_doc
from pipeline.pages import Text

CASES = [
    ("UBND [xã Hòa Phong], [thị xã Mỹ Hào], [tỉnh Hưng Yên]", ["xã Hòa Phong", "thị xã Mỹ Hào", "tỉnh Hưng Yên"]),
    ("ỦY BAN NHÂN DÂN [HUYỆN LỤC NGẠN]", ["huyện Lục Ngạn"]),
    ("TRÊN ĐỊA BÀN [XÃ HÒA PHONG] NĂM 2024", ["xã Hòa Phong"]),
    ("UBND [TỈNH HẢI DƯƠNG] SỞ THÔNG TIN VÀ TRUYỀN THÔNG", ["tỉnh Hải Dương"]),
    ("KINH TẾ - XÃ HỘI [HUYỆN LỤC NGẠN]", ["huyện Lục Ngạn"]),
    ("[TP. Hải Dương], [TX Mỹ Hào], [H. Lục Ngạn], [TT. Chũ], [TT Chũ]", None),
    (
        "[Phường 1], [Quận 10], [Q.3], [P. 5], [phường Mỹ Đình 1]",
        ["phường 1", "quận 10", "quận 3", "phường 5", "phường Mỹ Đình 1"],
    ),
    ("[TP.HCM], [TPHCM] và [TP Hồ Chí Minh]", ["thành phố Hồ Chí Minh"] * 3),
    ("[tỉnh Bà Rịa - Vũng Tàu], [phường Văn Miếu - Quốc Tử Giám]", None),
    ("[xã Hòa Phong] - Trạm Y tế", ["xã Hòa Phong"]),
    ("[huyện Ea H'leo], [TỈNH ĐẮK NÔNG]", ["huyện Ea H'leo", "tỉnh Đắk Nông"]),
    ("[xã Đoàn Kết], [xã Hội Sơn], [xã Tân Thành A]", None),
    ("Đảng bộ [tỉnh Hưng Yên] Khóa XX, [tỉnh Bắc Giang] năm 2024", ["tỉnh Hưng Yên", "tỉnh Bắc Giang"]),
    ("[đặc khu Phú Quốc]", ["đặc khu Phú Quốc"]),
    ("các [xã Hòa An], [Tân Lập] và [thị trấn Bình Minh]", ["xã Hòa An", "xã Tân Lập", "thị trấn Bình Minh"]),
    ("các xã: [Kim Sơn], [Nà Mạ], [Tân Hoa].", ["xã Kim Sơn", "xã Nà Mạ", "xã Tân Hoa"]),
    ("các xã, thị trấn: [Kim Sơn], [Chũ]", ["xã Kim Sơn", "thị trấn Chũ"]),
    ("03 xã ([Tân Sơn], [Cấm Sơn] và [Phong Minh])", None),
    ("các huyện: [Lục Ngạn], [Sơn Động], Phòng Y tế chủ trì", ["huyện Lục Ngạn", "huyện Sơn Động"]),
    # no places
    ("kinh tế - xã hội, xã viên, tỉnh ủy, thị ủy, huyện đội, phường hội, thành phố thông minh", []),
    ("XÃ HỘI HÓA GIÁO DỤC, Tỉnh Đoàn, Huyện Ủy, Xã Hội", []),
    ("UBND các xã, thị trấn; Tỉnh đã giao, toàn huyện", []),
    ("xã NTM, xã 135, huyện 30a, xã ATK", []),
    ("TT Y tế, TT HĐND huyện, P. Giáo dục, Q. Chủ tịch, X. Dựng", []),
    ("các xã, phường: Trạm Y tế, Công an", []),
    ("Thành phố Thông minh, xã Nông thôn mới", []),
]


@pytest.mark.parametrize(("marked", "names"), CASES)
def test_places(marked: str, names: list[str] | None) -> None:
    text = marked.replace("[", "").replace("]", "")
    found = list(places_in(text))
    assert [text[f.start : f.end] for f in found] == re.findall(r"\[(.*?)\]", marked)
    if names is not None:
        assert [f"{f.place.type} {f.place.name}" for f in found] == names


def test_layer_carries_type_and_name() -> None:
    doc = make_doc(Text(text="UBND thị xã Mỹ Hào ban hành."))
    (mark,) = of(doc, LAYER)
    assert (mark.label, mark.value) == ("thị xã", Place("thị xã", "Mỹ Hào"))


def test_stretch_of_text_only() -> None:
    text = "xã Hòa Phong và xã Kim Sơn"
    assert [f.place.name for f in places_in(text, 10)] == ["Kim Sơn"]
    assert [f.place.name for f in places_in(text, 0, 12)] == ["Hòa Phong"]


@pytest.mark.parametrize(
    ("printed", "name"), [("LỤC NGẠN", "Lục Ngạn"), ("ĐẮK R'LẤP", "Đắk R'Lấp"), ("HCM", "Hồ Chí Minh"), ("7", "7")]
)
def test_title_case(printed: str, name: str) -> None:
    assert title_case(printed) == name
