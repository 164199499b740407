"""Header: letterheads of state, Party and letters, drafts, attached plans, signature blocks, recipients."""

import pytest

from extractors import header
from pipeline.language import make_doc
from pipeline.pages import Text
from schemas.plan import Header

BODY = "\nI. MỤC ĐÍCH\n- Giữ vững an ninh trật tự."


def read(text: str) -> Header:
    return header.extract(make_doc(Text(text=text)))


@pytest.mark.parametrize(
    ("letterhead", "field", "value"),
    [
        ("ỦY BAN NHÂN DÂN\nHUYỆN AN LÃO\nSố: 87/KH-UBND", "code", "87/KH-UBND"),
        ("ĐẢNG ỦY XÃ AN BÌNH\n*\nSố 45-KH/ĐU", "code", "45-KH/ĐU"),
        ("Số: /KH-UBND", "code", None),
        ("Số: /KH-UBND", "symbol", "KH-UBND"),
        ("Số: ……/KH-SGDĐT", "symbol", "KH-SGDĐT"),
        ("Số: 09 /KH-SNN&PTNT", "symbol", "KH-SNN&PTNT"),
        ("Số: 16 – KH/HU", "code", "16-KH/HU"),
        ("Số: 5/KH-MTTQ-BTT", "code", "5/KH-MTTQ-BTT"),
        ("SỞ TÀI CHÍNH\nĐOÀN KIỂM TRA THEO QUYẾT ĐỊNH\nSỐ 12/QĐ-STC\nSố: 34/KH-ĐKT", "code", "34/KH-ĐKT"),
        ("An Lão, ngày 03 tháng 5 năm 2024", "issued_on", "2024-05-03"),
        ("An Lão, ngày     tháng 5 năm 2024", "issued_on", "2024-05-XX"),
        ("An Lão, ngày … tháng … năm 2024", "issued_on", "2024-XX-XX"),
        ("TP. Hải Dương, ngày 3 tháng 12 năm 2022", "place", "TP. Hải Dương"),
        ("MẬT\nHỎA TỐC", "secrecy", "Mật"),
        ("MẬT\nHỎA TỐC", "urgency", "Hỏa tốc"),
    ],
)
def test_letterhead_fields(letterhead: str, field: str, value: str | None) -> None:
    assert getattr(read(f"{letterhead}\nKẾ HOẠCH\nBảo vệ rừng{BODY}"), field) == value


@pytest.mark.parametrize(
    ("letterhead", "issuer"),
    [
        ("ỦY BAN NHÂN DÂN\nHUYỆN AN LÃO", "UBND huyện An Lão"),
        ("UBND TỈNH HẢI AN\nSỞ THÔNG TIN VÀ TRUYỀN THÔNG", "Sở Thông tin và Truyền thông tỉnh Hải An"),
        ("UBND HUYỆN AN LÃO\nPHÒNG TÀI CHÍNH - KẾ HOẠCH", "Phòng Tài chính - Kế hoạch huyện An Lão"),
        ("ĐẢNG BỘ HUYỆN AN LÃO\nĐẢNG ỦY XÃ AN BÌNH\n*", "Đảng ủy xã An Bình"),
        ("ỦY BAN MTTQ VIỆT NAM\nXÃ AN BÌNH\nBAN THƯỜNG TRỰC", "Ban Thường trực Ủy ban MTTQ Việt Nam xã An Bình"),
        ("PHÒNG GIÁO DỤC VÀ ĐÀO TẠO\nTRƯỜNG THCS AN BÌNH", "Trường THCS An Bình"),
    ],
)
def test_issuer(letterhead: str, issuer: str) -> None:
    found = read(f"{letterhead}\nSố: 7/KH-X\nKẾ HOẠCH\nBảo vệ rừng{BODY}").issuer
    assert found is not None
    assert found.name == issuer


@pytest.mark.parametrize(("words", "issuer"), [("trường mầm non Sao Mai", "Trường mầm non Sao Mai"), ("nhà trường", None)])
def test_a_school_issues_in_small_letters(words: str, issuer: str | None) -> None:
    found = read(f"KẾ HOẠCH\nBảo vệ rừng\nCăn cứ Luật Giáo dục, {words} xây dựng kế hoạch như sau:{BODY}").issuer
    assert (found and found.name) == issuer


def test_type_and_summary_in_one_line() -> None:
    found = read(f"KẾ HOẠCH PHÒNG CHÁY RỪNG MÙA KHÔ NĂM 2025\nUBND xã An Bình ban hành Kế hoạch phòng cháy như sau:{BODY}")
    assert (found.doc_type, found.title) == ("KH", "PHÒNG CHÁY RỪNG MÙA KHÔ NĂM 2025")
    assert found.issuer is not None
    assert found.issuer.name == "UBND xã An Bình"


@pytest.mark.parametrize("page", ["KẾ HOẠCH BẢO VỆ RỪNG NĂM 2025", "Cập nhật lúc : 10:40 17/01/2018", "KẾ HOẠCH RỪNG\nNgày đăng: 02/3/2024"])
def test_what_a_web_page_prints_above_is_no_issuer(page: str) -> None:
    assert read(f"{page}\nKẾ HOẠCH\nBảo vệ rừng{BODY}").issuer is None


@pytest.mark.parametrize(
    ("line", "issuer"),
    [
        ("BAN CHỈ HUY\nPHÒNG CHỐNG THIÊN TAI", "Ban Chỉ huy phòng chống thiên tai"),
        ("PHÒNG NÔNG NGHIỆP", "Phòng Nông nghiệp"),
        ("PHÒNG, CHỐNG CHÁY RỪNG MÙA KHÔ", None),
        ("PHÒNG CHỐNG THIÊN TAI", None),
    ],
)
def test_prevention_is_no_office(line: str, issuer: str | None) -> None:
    found = read(f"Số: 7/KH-X\n{line}\nKẾ HOẠCH\nBảo vệ rừng{BODY}").issuer
    assert (found and found.name) == issuer


def test_the_box_of_a_web_page_is_no_type_line() -> None:
    box = "Loại văn bản\nKế hoạch\nCơ quan ban hành\nHuyện An Lão\nNgười ký\nLê Văn Bình"
    found = read(f"{box}\nỦY BAN NHÂN DÂN\nHUYỆN AN LÃO\nSố: 7/KH-UBND\nKẾ HOẠCH\nBảo vệ rừng{BODY}")
    assert (found.title, found.issuer and found.issuer.name, found.code) == ("Bảo vệ rừng", "UBND huyện An Lão", "7/KH-UBND")


def test_the_issuer_of_what_is_carried_out_does_not_issue() -> None:
    cited = "Thực hiện Quyết định số 4/QĐ-UBND của Ủy ban nhân dân tỉnh Hải An về ban hành Kế hoạch trồng rừng"
    found = read(f"KẾ HOẠCH\nBảo vệ rừng\n{cited}, Ban Chỉ đạo giữ rừng huyện An Lão (gọi tắt là Ban) ban hành Kế hoạch như sau:{BODY}").issuer
    assert found is not None
    assert found.name == "Ban Chỉ đạo giữ rừng huyện An Lão"


def test_a_summary_goes_on_with_whose_and_until_when() -> None:
    title = "Thực hiện Nghị quyết số 13-NQ/HU ngày 06/9/2023\nCủa Ban Thường vụ Huyện ủy về giữ rừng\nĐến năm 2030"
    assert read(f"KẾ HOẠCH\n{title}\nThực hiện Kế hoạch số 5/KH-UBND.{BODY}").title == title.replace("\n", " ")


def test_the_post_over_an_annex_is_the_signers() -> None:
    tail = "\nNơi nhận:\n- Lưu: VT.\nTL. GIÁM ĐỐC\nGIÁM ĐỐC TRUNG TÂM GIỐNG\n(Họ và tên)\nPHỤ LỤC\n(Kèm theo Kế hoạch số 5/KH-SNN)\n- Cây giống."
    found = read(f"KẾ HOẠCH\nBảo vệ rừng{BODY}{tail}").signer
    assert found is not None
    assert (found.capacity, found.position) == ("TL. GIÁM ĐỐC", "GIÁM ĐỐC TRUNG TÂM GIỐNG")


def test_issuer_from_the_preamble_where_the_letterhead_is_lost() -> None:
    found = read(f"KẾ HOẠCH\nBảo vệ rừng\nCăn cứ Luật Lâm nghiệp; Ủy ban nhân dân xã An Bình ban hành Kế hoạch như sau:{BODY}").issuer
    assert found is not None
    assert (found.name, found.surface) == ("UBND xã An Bình", "Ủy ban nhân dân xã An Bình")


def test_attached_plan_takes_issuer_and_date_from_the_decision() -> None:
    note = "(Ban hành kèm theo Quyết định số 88/QĐ-UBND ngày 02 tháng 5 năm 2024 của UBND huyện An Lão)"
    found = read(f"KẾ HOẠCH\nPhát triển giáo dục\n{note}{BODY}")
    assert found.issuer is not None
    assert (found.issuer.name, found.issued_on, found.title) == ("UBND huyện An Lão", "2024-05-02", "Phát triển giáo dục")


def test_the_number_of_a_decision_is_not_the_number_of_the_plan_it_enacts() -> None:
    text = (
        "ỦY BAN NHÂN DÂN\nXÃ AN BÌNH\nSố: 9/QĐ-UBND\nAn Bình, ngày 05 tháng 3 năm 2024\nQUYẾT ĐỊNH\nBan hành Kế hoạch trồng rừng\n"
        "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch trồng rừng.\nNơi nhận:\n- Lưu: VT.\nCHỦ TỊCH\nLê Văn Bình\n"
        "ỦY BAN NHÂN DÂN\nXÃ AN BÌNH\nKẾ HOẠCH\nTrồng rừng năm 2024"
    )
    found = read(text + BODY)
    assert (found.doc_type, found.title, found.code, found.issued_on) == ("KH", "Trồng rừng năm 2024", None, "2024-03-05")


def test_letter() -> None:
    found = read(f"Số: 412/UBND-NN\nV/v tăng cường phòng, chống rét\nKính gửi: UBND các xã{BODY}")
    assert (found.doc_type, found.code, found.title) == ("CV", "412/UBND-NN", "tăng cường phòng, chống rét")


def test_signing_marks_stack() -> None:
    tail = "\nTrên đây là Kế hoạch./.\nNơi nhận:\n- UBND tỉnh (b/c);\n- Lưu: VT,\nTC.\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Văn Bình"
    found = read(f"KẾ HOẠCH\nBảo vệ rừng{BODY}{tail}")
    assert found.signer is not None
    assert found.signer.model_dump() == {
        "name": "Lê Văn Bình", "position": "PHÓ CHỦ TỊCH", "capacity": "KT. CHỦ TỊCH", "on_behalf_of": "TM. ỦY BAN NHÂN DÂN",
    }  # fmt: skip
    assert found.recipients == ("UBND tỉnh (b/c)", "Lưu: VT, TC")


def test_signature_and_recipients_of_annexes_are_not_the_plans() -> None:
    tail = "\nNơi nhận:\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLê Văn Bình\nPHỤ LỤC I\nDANH MỤC\n- Cây giống.\nNơi nhận:\n- Kho bạc.\nKẾ TOÁN\nVũ Thị Hoa"
    found = read(f"KẾ HOẠCH\nBảo vệ rừng{BODY}{tail}")
    assert found.signer
    assert (found.signer.name, found.recipients) == ("Lê Văn Bình", ("Lưu: VT",))
