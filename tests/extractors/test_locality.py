"""The place whose plan a document is: from letterhead, preamble, title, date line, recipients; and what it is officially."""

import pytest

from extractors import locality
from extractors.layers.official_unit import resolution_of
from pipeline.language import make_doc
from pipeline.pages import Text
from schemas.plan import Locality

BODY = "I. MỤC TIÊU\n- Giữ vững an ninh, trật tự."
MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"


def plan(head: str, *, date: str = "", title: str = "Trồng cây xanh", preamble: str = "", tail: str = "") -> str:
    heading = MOTTO if "\nSố: " in head else PARTY if "\nSố " in head else ""
    parts = (head, heading, date, "KẾ HOẠCH", title, preamble, BODY, tail)
    return "\n".join(part for part in parts if part)


def read(text: str) -> Locality | None:
    return locality.extract(make_doc(Text(text=text)))


def place(found: Locality | None) -> tuple[str, str, tuple[str, ...]] | None:
    return (found.type, found.name, found.within) if found else None


LETTERHEADS = [
    ("ỦY BAN NHÂN DÂN\nHUYỆN TÂN PHÚ\nSố: 87/KH-UBND", "Tân Phú", ("huyện", "Tân Phú", ())),
    ("ỦY BAN NHÂN DÂN\nHUYỆN TÂN PHÚ\nSố: 87/KH-UBND", "Bắc Sơn", ("huyện", "Tân Phú", ())),
    ("ĐẢNG BỘ HUYỆN TÂN PHÚ\nĐẢNG ỦY XÃ BÌNH MINH\n*\nSố 45-KH/ĐU", "Bình Minh", ("xã", "Bình Minh", ("huyện Tân Phú",))),
    ("ĐẢNG BỘ TỈNH HÒA AN\nTHÀNH ỦY SƠN HÀ\n*\nSố 12-KH/TU", "Sơn Hà", ("thành phố", "Sơn Hà", ("tỉnh Hòa An",))),
    ("UBND TỈNH HÒA AN\nSỞ Y TẾ\nSố: 15/KH-SYT", "Hòa An", ("tỉnh", "Hòa An", ())),
    ("SỞ Y TẾ KIÊN GIANG\nSố: 15/KH-SYT", "Kiên Giang", ("tỉnh", "Kiên Giang", ())),
    ("CÔNG AN TỈNH LÀO CAI\nCÔNG AN HUYỆN BẢO THẮNG\nSố: 8/KH-CAH", "Bảo Thắng", ("huyện", "Bảo Thắng", ("tỉnh Lào Cai",))),
    ("UBND TX. MỸ HÀO\nUBND XÃ HÒA PHONG\nSố: 5/KH-UBND", "Hòa Phong", ("xã", "Hòa Phong", ("thị xã Mỹ Hào",))),
    ("ỦY BAN MTTQ VIỆT NAM\nXÃ BÌNH MINH\nBAN THƯỜNG TRỰC\nSố: 3/KH-MTTQ-BTT", "Bình Minh", ("xã", "Bình Minh", ())),
    ("ĐOÀN TNCS HỒ CHÍ MINH\nHUYỆN TÂN PHÚ\nBCH ĐOÀN XÃ SƠN HÀ\nSố: 3/KH-ĐTN", "Sơn Hà", ("xã", "Sơn Hà", ("huyện Tân Phú",))),
    ("ỦY BAN NHÂN DÂN\nPHƯỜNG 1\nSố: 12/KH-UBND", "Phường 1", ("phường", "1", ())),
    ("ỦY BAN NHÂN DÂN\nĐẶC KHU PHÚ QUỐC\nSố: 1/KH-UBND", "Phú Quốc", ("đặc khu", "Phú Quốc", ())),
    ("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HỒ CHÍ MINH\nSố: 1/KH-UBND", "Thành phố Hồ Chí Minh", ("thành phố", "Hồ Chí Minh", ())),
    ("ỦY BAN NHÂN DÂN\nTỈNH BÀ RỊA - VŨNG TÀU\nSố: 1/KH-UBND", "Bà Rịa - Vũng Tàu", ("tỉnh", "Bà Rịa - Vũng Tàu", ())),
    ("ỦY BAN NHÂN DÂN HUYỆN\nSố: 5/KH-UBND", "Lạng Giang", ("huyện", "Lạng Giang", ())),
    ("BỘ GIÁO DỤC VÀ ĐÀO TẠO\nTRƯỜNG ĐẠI HỌC Y DƯỢC\nSố: 5/KH-ĐHYD", "Cần Thơ", None),
    ("SỞ GIÁO DỤC VÀ ĐÀO TẠO KIÊN GIANG\nTRƯỜNG THPT SƠN HÀ\nSố: 5/KH-THPT", "Sơn Hà", None),
    ("UBND XÃ BÌNH MINH\nTRƯỜNG TIỂU HỌC SỐ 2\nSố: 5/KH-TH", "Bình Minh", ("xã", "Bình Minh", ())),
    ("BỘ Y TẾ\nSố: 1/KH-BYT", "Hà Nội", None),
]


@pytest.mark.parametrize(("head", "seat", "expected"), LETTERHEADS)
def test_place_of_the_letterhead(head: str, seat: str, expected: tuple[str, str, tuple[str, ...]] | None) -> None:
    assert place(read(plan(head, date=f"{seat}, ngày 20 tháng 02 năm 2024"))) == expected


def test_place_of_the_preamble() -> None:
    preamble = (
        "Thực hiện Kế hoạch số 33/KH-UBND ngày 03/01/2024 của UBND thị xã Mỹ Hào về trồng cây; "
        "Ủy ban nhân dân xã Hòa Phong ban hành Kế hoạch như sau:"
    )
    found = read(plan("", preamble=preamble))
    assert found is not None
    assert (place(found), found.level, found.source) == (("xã", "Hòa Phong", ("thị xã Mỹ Hào",)), "commune", "preamble")
    assert found.official is not None
    assert found.successor is not None
    assert (found.official.code, found.official.name, found.official.province) == ("12115", "xã Hòa Phong", "tỉnh Hưng Yên")
    assert (found.successor.name, found.successor.province) == ("phường Thượng Hồng", "tỉnh Hưng Yên")


def test_type_from_the_preamble_and_name_from_party_body_and_date_line() -> None:
    preamble = (
        "Thực hiện Kế hoạch số 10/KH-UBND ngày 28/01/2024 của UBND tỉnh Bắc Giang; Kế hoạch số 167-KH/HU "
        "của Huyện ủy Lục Ngạn; UBND huyện xây dựng kế hoạch như sau:"
    )
    found = read(plan("Số: /KH-UBND", date="Lục Ngạn, ngày tháng năm 2024", preamble=preamble))
    assert place(found) == ("huyện", "Lục Ngạn", ("tỉnh Bắc Giang",))
    assert found is not None
    assert found.official is not None
    assert (found.official.code, found.official.valid, found.successor) == ("219", "../2024-12-31", None)


def test_school_belongs_to_the_commune_that_it_is_named_after() -> None:
    text = plan(
        "UBND HUYỆN TÂN PHÚ\nTRƯỜNG THCS SƠN HÀ\nSố: 26/KH-THCS",
        date="Sơn Hà, ngày 09 tháng 9 năm 2024",
        preamble="Trường THCS Sơn Hà xây dựng kế hoạch như sau:",
        tail="Nơi nhận:\n- UBND xã Sơn Hà;\n- Lưu: VT.\nHIỆU TRƯỞNG\nLê Văn A",
    )
    assert place(read(text)) == ("xã", "Sơn Hà", ("huyện Tân Phú",))


def test_plan_attached_to_a_decision() -> None:
    note = "(Ban hành kèm theo Quyết định số 88/QĐ-UBND ngày 02 tháng 5 năm 2024 của UBND huyện Tân Phú)"
    assert place(read(plan("", title=f"Phát triển giáo dục mầm non\n{note}"))) == ("huyện", "Tân Phú", ())


def test_parents_from_the_recipients() -> None:
    tail = "Nơi nhận:\n- Sở Y tế Bắc Giang;\n- UBND các xã, thị trấn;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLê Văn A"
    head = "ỦY BAN NHÂN DÂN\nHUYỆN TÂN YÊN\nSố: 5/KH-UBND"
    assert place(read(plan(head, date="Tân Yên, ngày 3 tháng 6 năm 2022", tail=tail))) == (
        "huyện",
        "Tân Yên",
        ("tỉnh Bắc Giang",),
    )


OUTCOMES = [
    # letterhead, date, preamble, outcome, code
    ("UBND XÃ HÒA PHONG", "ngày 03 tháng 6 năm 2024", "", "ambiguous", None),
    (
        "UBND XÃ HÒA PHONG",
        "ngày 03 tháng 6 năm 2024",
        "Thực hiện Kế hoạch số 1/KH-UBND của UBND huyện Hòa Vang;",
        "resolved",
        "20320",
    ),
    ("UBND XÃ HÒA PHONG", "ngày 03 tháng 6 năm 2024", "Thực hiện Kế hoạch số 1/KH-UBND của UBND huyện Cẩm Hà;", "unknown", None),
    ("UBND HUYỆN LỤC NGẠN", "ngày 03 tháng 9 năm 2025", "", "unknown", None),
    ("UBND XÃ LỤC NGẠN", "ngày 03 tháng 9 năm 2025", "", "resolved", "07582"),
    ("UBND TỈNH LÀO CAI", "ngày 03 tháng 9 năm 2024", "", "resolved", "10"),
    ("UBND TỈNH LÀO CAI", "ngày 03 tháng 9 năm 2026", "", "resolved", "15"),
    ("UBND TỈNH HÒA AN", "ngày 03 tháng 9 năm 2024", "", "unknown", None),
    ("BỘ Y TẾ", "ngày 03 tháng 9 năm 2024", "", "no_place", None),
]


@pytest.mark.parametrize(("head", "day", "preamble", "outcome", "code"), OUTCOMES)
def test_official_unit(head: str, day: str, preamble: str, outcome: str, code: str | None) -> None:
    doc = make_doc(Text(text=plan(f"{head}\nSố: 5/KH-UBND", date=f"Nơi ấy, {day}", preamble=preamble)))
    found, resolution = locality.extract(doc), resolution_of(doc)
    assert resolution.outcome == outcome
    assert (found.official.code if found and found.official else None) == code


def test_a_stage_behind_the_type_word_is_no_name() -> None:
    text = plan("ỦY BAN NHÂN DÂN", date="Phú Thọ, ngày 26 tháng 7 năm 2022", title="TRỒNG RỪNG TRÊN ĐỊA BÀN TỈNH GIAI ĐOẠN 2022 - 2025")
    assert place(read(text)) == ("tỉnh", "Phú Thọ", ())
