"""References: one entry an instrument, whatever it is called, with all its namings."""

import pytest

from extractors.references import extract
from pipeline.language import make_doc
from pipeline.pages import Text
from schemas.facts import Reference

HEAD = "UBND HUYỆN TÂN PHÚ\nSố: 55/KH-UBND\nTân Phú, ngày 10 tháng 3 năm 2024\nKẾ HOẠCH\nTrồng rừng năm 2024\n"


def references(body: str, preamble: str = "") -> list[Reference]:
    text = f"{HEAD}{preamble}I. NHIỆM VỤ\n- {body}\n"
    found = list(extract(make_doc(Text(text=text))))
    for reference in found:
        for mention in reference.mentions:
            assert text[mention.start : mention.end] == mention.quote
    return found


@pytest.mark.parametrize(
    ("sentence", "type_", "code", "issuer", "issued_on"),
    [
        ("Thực hiện Chỉ thị số 25-CT/TW ngày 25/10/2023 của Ban Bí thư.", "CT", "25-CT/TW", "Ban Bí thư", "2023-10-25"),
        ("Theo Nghị định số 09/2019/NĐ-CP ngày 24/01/2019 của Chính Phủ.", "NĐ", "09/2019/NĐ-CP", "Chính phủ", "2019-01-24"),
        (
            "Theo Quyết định số 749/TTg ngày 03/6/2020 của Thủ tướng Chính phủ.",
            "QĐ",
            "749/TTg",
            "Thủ tướng Chính phủ",
            "2020-06-03",
        ),
        (
            "Theo Kế hoạch số 7/KH-UBND ngày 05/3/2024 của Ủy ban nhân dân huyện.",
            "KH",
            "7/KH-UBND",
            "UBND huyện Tân Phú",
            "2024-03-05",
        ),
        ("Theo Quy định số 41-QĐ/TW ngày 03/11/2021 của Bộ Chính trị.", "QĐ", "41-QĐ/TW", "Bộ Chính trị", "2021-11-03"),
        (
            "Theo đề nghị của Phòng Nội vụ tại Tờ trình số 63/TTr-NV ngày 26/5/2023.",
            "TTr",
            "63/TTr-NV",
            "Phòng Nội vụ",
            "2023-05-26",
        ),
        ("Công văn số 12/SYT-NVY ngày tháng 4 năm 2024 của Sở Y tế.", "CV", "12/SYT-NVY", "Sở Y tế", "2024-04-XX"),
        ("Luật số 83/2025/QH15, ngày 24/6/2025.", "Luật", "83/2025/QH15", None, "2025-06-24"),
    ],
)
def test_fields(sentence: str, type_: str, code: str, issuer: str | None, issued_on: str) -> None:
    (found,) = references(sentence)
    assert (found.type, found.code, found.issuer and found.issuer.name, found.issued_on) == (type_, code, issuer, issued_on)


@pytest.mark.parametrize(
    ("sentence", "flags"),
    [
        ("Theo Nghị định số 15/2023/TT-BYT ngày 20/7/2023 của Bộ trưởng Bộ Y tế.", ("type_symbol_mismatch",)),
        ("Theo Quy định số 41-QĐ/TW ngày 03/11/2021 của Bộ Chính trị.", ()),
        ("Theo Chương trình hành động số 12-CTr/HU ngày 03/11/2021 của Huyện ủy.", ()),
        ("Theo Thông tư số 33/2015/TT-BYT ngày 27/10/2015 của Thủ tướng Chính phủ.", ("issuer_symbol_mismatch",)),
        ("Theo Thông tư số 33/2015/TT-BYT ngày 27/10/2016 của Bộ Y tế.", ("year_date_mismatch",)),
        ("Theo Quyết định số 3/QĐ-SYT ngày 31/4/2023 của Sở Y tế.", ("date_impossible",)),
        ("Theo Quyết định số 3/QĐ-SYT ngày 30/4/2024 của Sở Y tế.", ("date_future",)),
        ("Theo Quyết định số ..../QĐ-SYT ngày .../.../2024 của Sở Y tế.", ("blank_number", "blank_date")),
        ("Theo Quyết định số 36/2024/QH15 của Quốc hội.", ("type_symbol_mismatch",)),
        ("Theo Thông tư số 13/2016/TTLT-BYT-BGDĐT ngày 12/5/2016.", ()),
    ],
)
def test_flags(sentence: str, flags: tuple[str, ...]) -> None:
    (found,) = references(sentence)
    assert found.flags == flags


@pytest.mark.parametrize(
    ("sentence", "mentions"),
    [
        ("Theo Chỉ thị số 25-CT/TW ngày 25/10/2023; Chỉ thị số 25-CT/TW nêu; Chỉ thị 25 nêu.", [3]),
        ("Nghị quyết số 18-NQ/TU ngày 10/6/2022 (sau đây gọi tắt là Nghị quyết 18). Bám sát Nghị quyết 18.", [3]),
        ("Kế hoạch số 20/KH-UBND của UBND tỉnh (sau đây gọi là Kế hoạch của tỉnh). Kế hoạch của tỉnh giao vốn.", [3]),
        ("Nghị quyết số 06-NQ/TU ngày 26/3/2021 về chuyển đổi số đến năm 2030; Nghị quyết chuyển đổi số.", [2]),
        ("Luật Mặt trận Tổ quốc Việt Nam số 75/2015/QH13; Luật MTTQ Việt Nam.", [2]),
        ("Luật Bảo vệ môi trường năm 2020; Luật Bảo vệ môi trường.", [2]),
        ("Theo Quyết định số 06/QĐ-TTg phê duyệt Đề án dữ liệu dân cư (Đề án 06); tổ Đề án 06.", [3]),
        # the same number, other instruments
        ("Chỉ thị số 25-CT/TW ngày 08/8/2018 và Chỉ thị số 25-CT/TW ngày 25/10/2023 của Ban Bí thư.", [1, 1]),
        ("Kế hoạch số 10/KH-SYT ngày 01/02/2022 và Kế hoạch số 10/KH-SYT ngày 15/01/2023.", [1, 1]),
        ("Kế hoạch số 10/KH-SYT ngày 01/02/2023 của Sở Y tế; Kế hoạch số 10/KH-SYT ngày 11/02/2023 của Sở Y tế.", [2]),
        # the plan itself
        ("Kế hoạch này; Kế hoạch 55; Kế hoạch số 55/KH-UBND ngày 10/3/2024 của UBND huyện.", []),
    ],
)
def test_namings_of_one_instrument(sentence: str, mentions: list[int]) -> None:
    assert [len(found.mentions) for found in references(sentence)] == mentions


def test_another_date_within_a_year_is_a_slip() -> None:
    (found,) = references("Kế hoạch số 9/KH-SYT ngày 01/02/2023 của Sở Y tế; Kế hoạch số 9/KH-SYT ngày 11/02/2023 của Sở Y tế.")
    assert (found.issued_on, found.flags) == ("2023-02-01", ("inconsistent_citation",))


def test_roles_and_relations() -> None:
    preamble = (
        "Căn cứ Luật Thú y; Nghị định số 35/2016/NĐ-CP ngày 15/5/2016 của Chính phủ về thú y;\n"
        "Thực hiện Kế hoạch số 8/KH-UBND ngày 05/01/2024 của UBND tỉnh Đồng Nai về thực hiện Chỉ thị số 2-CT/TU; UBND huyện ban hành kế hoạch:\n"
    )
    found = references("Thay thế Kế hoạch số 3/KH-UBND ngày 02/01/2023; theo Thông tư số 7/2016/TT-BNNPTNT.", preamble)
    assert [(f.code or f.name, f.role, f.relation) for f in found] == [
        ("Luật Thú y", "basis", "based_on"),
        ("35/2016/NĐ-CP", "basis", "based_on"),
        ("8/KH-UBND", "basis", "implements"),
        ("2-CT/TU", "basis", "cites"),
        ("3/KH-UBND", "cited", "replaces"),
        ("7/2016/TT-BNNPTNT", "cited", "cites"),
    ]


def test_what_an_amending_law_changes_is_no_basis() -> None:
    preamble = (
        "Căn cứ Luật số 97/2025/QH15, ngày 27/6/2025 về sửa đổi, bổ sung một số điều của Luật Công đoàn, Luật Thanh niên;\n"
    )
    found = references("Trồng rừng.", preamble)
    assert [(f.code or f.name, f.role) for f in found] == [
        ("97/2025/QH15", "basis"),
        ("Luật Công đoàn", "cited"),
        ("Luật Thanh niên", "cited"),
    ]


def test_the_place_of_a_committee_comes_from_the_document() -> None:
    found = references(
        "Kế hoạch số 2/KH-UBND của UBND tỉnh Đồng Nai; Quyết định số 3/QĐ-UBND của UBND tỉnh; Kế hoạch số 4/KH-UBND của huyện."
    )
    assert [f.issuer and (f.issuer.name, f.issuer.surface) for f in found] == [
        ("UBND tỉnh Đồng Nai", "UBND tỉnh Đồng Nai"),
        ("UBND tỉnh Đồng Nai", "UBND tỉnh"),
        ("UBND huyện Tân Phú", "huyện"),
    ]


def test_pinpoints_title_and_identifier() -> None:
    (found,) = references(
        "Theo điểm b khoản 2 Điều 15 Nghị định số 09/2019/NĐ-CP ngày 24/01/2019 của Chính phủ quy định về chế độ báo cáo."
    )
    assert found.pinpoints == ("điểm b khoản 2 Điều 15",)
    assert found.title == "quy định về chế độ báo cáo"
    assert found.iri == "/akn/vn/act/nghi-dinh/cp/2019-01-24/09"


def test_a_citation_inside_a_title_keeps_its_own_date_and_issuer() -> None:
    outer, inner = references(
        "Quyết định số 145/QĐ-UBND ngày 10/01/2024 của UBND tỉnh về ban hành Kế hoạch thực hiện Nghị quyết số 20-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương."
    )
    assert (outer.issued_on, inner.issued_on) == ("2024-01-10", "2017-10-25")
    assert inner.issuer is not None
    assert inner.issuer.name == "Ban Chấp hành Trung ương"
    assert outer.title is not None
    assert outer.title.startswith("ban hành Kế hoạch thực hiện Nghị quyết số 20-NQ/TW")


def test_identifiers_are_in_document_order() -> None:
    found = references("Đề án 06; Luật Trẻ em; Chỉ thị số 25-CT/TW.")
    assert [f.id for f in found] == ["reference-1", "reference-2", "reference-3"]
    assert [f.type for f in found] == ["ĐA", "Luật", "CT"]
