"""Diagnostics: each defect a careful reader would raise, beside a text that must not raise it."""

import pytest

from benchmarks.rewrites import plan_of
from pipeline.assemble import assemble
from pipeline.language import make_doc
from pipeline.pages import Text
from schemas.plan import Plan, Source

SOURCE = Source(name="x.txt", sha256="0" * 64, bytes=1, media_type="text/plain", text_layer="plain", engine="test")
HEAD = "ỦY BAN NHÂN DÂN\nXÃ TÂN HÒA\nSố: 15/KH-UBND\nTân Hòa, ngày 05 tháng 3 năm 2024\nKẾ HOẠCH\nBảo vệ rừng năm 2024\n"
BODY = "I. MỤC ĐÍCH\n- Giữ rừng.\nII. MỤC TIÊU\n- Đến năm 2025, độ che phủ rừng đạt 45%.\nIII. TỔ CHỨC THỰC HIỆN\n1. Công an xã\n- Tuần tra."
SIGNED = "\nNơi nhận:\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTrần Văn An\n"


ANNEX = "\nPHỤ LỤC\nTT\tChỉ tiêu\tĐVT\tMục tiêu 2025\n1\tĐộ che phủ rừng\t%\t{}\n2\tTỷ lệ hộ có nhà tiêu hợp vệ sinh\t%\t80\n"


def test_each_blank_date_of_the_text_is_raised_and_one_of_a_table() -> None:
    lines = "\n- Khảo sát: Từ / /2024 đến / /2024.\n- Tổng hợp: Từ / /2024.\n"
    rows = "TT\tViệc\tThời gian\n1\tNhập máy\tTháng /2024\n2\tIn ấn\tTháng /2024\n"
    found = [d.evidence.quote for d in plan_of(HEAD + BODY + lines + rows)[0].diagnostics if d.code == "missing_date" and d.evidence]
    assert len(found) == 3


def test_the_blank_date_of_a_citation_is_raised_once() -> None:
    found = plan(HEAD + BODY + "\n- Theo Quyết định số /QĐ-UBND ngày tháng năm 2024 của UBND huyện.").diagnostics
    assert sorted(d.code for d in found if d.code.startswith("missing")) == ["missing_date", "missing_number"]


@pytest.mark.parametrize(("printed", "raised"), [("45", False), ("40", True)])
def test_a_target_with_two_levels(printed: str, raised: bool) -> None:
    found = plan_of(HEAD + BODY + ANNEX.format(printed))[0]
    assert [target.value for target in found.targets[:2]] == [45, float(printed)]
    assert ("inconsistent_target" in {diagnostic.code for diagnostic in found.diagnostics}) == raised


def plan(text: str) -> Plan:
    return assemble(make_doc(Text(text=text)), SOURCE)


def codes(text: str) -> set[str]:
    return {d.code for d in plan(text).diagnostics}


@pytest.mark.parametrize(
    ("code", "bad", "good"),
    [
        ("missing_number", HEAD.replace("15/", "/") + BODY, HEAD + BODY),
        ("further_document", HEAD + BODY + SIGNED + HEAD.replace("15/", "16/") + BODY, HEAD + BODY + SIGNED + HEAD.replace("15/", "/") + BODY),
        ("missing_date", HEAD.replace("ngày 05 tháng 3", "ngày    tháng") + BODY, HEAD + BODY),
        ("numbering_gap", HEAD + BODY.replace("III.", "IV."), HEAD + BODY),
        ("numbering_gap", HEAD + BODY + "\n2.1. Việc\n- Làm.", HEAD + BODY + "\n1.1. Việc\n- Làm."),
        ("numbering_duplicate", HEAD + BODY + "\n1. Trạm Y tế\n- Làm.", HEAD + BODY + "\n2. Trạm Y tế\n- Làm."),
        ("missing_date", HEAD + BODY + "\n- Nộp báo cáo trong tháng …/2024.", HEAD + BODY + "\n- Nộp báo cáo trong tháng 5/2024."),
        (
            "missing_date",
            HEAD + BODY + "\n- Theo văn bản số 5/SYT-NV ngày … của Sở Y tế.",
            HEAD + BODY + "\n- Theo văn bản số 5/SYT-NV ngày 03/02/2024 của Sở Y tế.",
        ),
        ("missing_date", HEAD + BODY + "\n- Theo Công văn số 5/SYT-NV tháng 02 năm 2024.", HEAD + BODY + "\n- Theo Công văn số 5/SYT-NV."),
        (
            "missing_number",
            HEAD + BODY + "\n- Thực hiện văn bản số … ngày … của Sở Y tế.",
            HEAD + BODY + "\n- Đọc báo số … của tỉnh, tham gia số … của thôn.",
        ),
        (
            "inconsistent_citation",
            HEAD + BODY + "\n- Theo Kế hoạch số 16/KH-BTT-MTTQ ngày 03/02/2024.\n- Nhắc lại Kế hoạch số 16/KH-MTTQ-BTT.",
            HEAD + BODY + "\n- Theo Kế hoạch số 16/KH-BTT-MTTQ ngày 03/02/2024.\n- Nhắc lại Kế hoạch số 17/KH-MTTQ-BTT.",
        ),
        ("date_impossible", HEAD + BODY + "\n- Báo cáo trước ngày 31/4/2024.", HEAD + BODY + "\n- Báo cáo trước ngày 30/4/2024."),
        ("date_impossible", HEAD + BODY + "\n- Xong ngày 29/02/2023.", HEAD + BODY + "\n- Xong ngày 29/02/2024."),
        (
            "type_symbol_mismatch",
            HEAD + BODY + "\n- Theo Quyết định số 33/2015/TT-BYT ngày 27/10/2015 của Bộ Y tế.",
            HEAD + BODY + "\n- Theo Thông tư số 33/2015/TT-BYT ngày 27/10/2015 của Bộ Y tế.",
        ),
        (
            "cited_after_issue",
            HEAD + BODY + "\n- Theo Quyết định số 5/QĐ-UBND ngày 10/6/2024 của UBND huyện.",
            HEAD + BODY + "\n- Theo Quyết định số 5/QĐ-UBND ngày 10/01/2024 của UBND huyện.",
        ),
        (
            "scope_mismatch",
            HEAD + BODY.replace("độ che phủ", "100% dân số trên địa bàn huyện có BHYT; độ che phủ"),
            HEAD + BODY.replace("độ che phủ", "100% dân số trên địa bàn xã có BHYT; độ che phủ"),
        ),
        ("target_without_horizon", HEAD.replace(" năm 2024\nI", "\nI").replace("rừng năm 2024", "rừng") + BODY.replace("Đến năm 2025, ", ""), HEAD + BODY),
        ("issuer_ended", (HEAD + BODY).replace("XÃ TÂN HÒA", "HUYỆN TÂN HÒA").replace("năm 2024\nKẾ", "năm 2026\nKẾ"), HEAD + BODY),
        ("spelling", HEAD + BODY + "\n- Kết nốỉ dữ liệu.", HEAD + BODY + "\n- Kết nối dữ liệu, internet."),
        (
            "citation_mismatch",
            HEAD + BODY + "\n- Theo Thông tư số 37/2017/TT-BYT ngày 18/10/2017 của Bộ Y tế quy định về gói dịch vụ y tế cơ bản cho tuyến y tế cơ sở.",
            HEAD + BODY + "\n- Theo Thông tư số 39/2017/TT-BYT ngày 18/10/2017 của Bộ Y tế quy định gói dịch vụ y tế cơ bản cho tuyến y tế cơ sở.",
        ),
        ("not_a_plan", "Hợp đồng mua bán xe máy\nBên A bán cho bên B một xe máy đã qua sử dụng.", HEAD + BODY),
        ("ambiguous_locality", HEAD + BODY, None),
    ],
)
def test_diagnostic(code: str, bad: str, good: str | None) -> None:
    assert code in codes(bad)
    assert good is None or code not in codes(good)


def test_a_later_target_below_an_earlier_one() -> None:
    goals = "II. MỤC TIÊU\nĐến năm 2025:\n- Tỷ lệ bao phủ bảo hiểm y tế đạt 95% dân số.\nĐến năm 2030:\n- Tỷ lệ bao phủ bảo hiểm y tế đạt {}% dân số."
    assert "non_monotone" in codes(HEAD + "I. MỤC ĐÍCH\n- Giữ.\n" + goals.format(93))
    assert "non_monotone" not in codes(HEAD + "I. MỤC ĐÍCH\n- Giữ.\n" + goals.format(97))


def test_a_comparator_against_the_indicators_direction() -> None:
    goals = "I. MỤC ĐÍCH\n- Giữ.\nII. MỤC TIÊU\n- Đến năm 2025, tỷ lệ hộ nghèo {} 3%."
    assert "direction_suspect" in codes(HEAD + goals.format("đạt trên"))
    assert "direction_suspect" not in codes(HEAD + goals.format("còn dưới"))


def test_diagnostics_come_in_document_order() -> None:
    found = plan((HEAD + BODY).replace("15/", "/").replace("III.", "IV.")).diagnostics
    starts = [d.evidence.start if d.evidence else -1 for d in found]
    assert starts == sorted(starts)


@pytest.mark.parametrize("letters", ["abcde", "abcdđe", "ABCDE"])
def test_letters_with_or_without_d_bar_leave_no_gap(letters: str) -> None:
    sep = "." if letters.isupper() else ")"
    items = "\n".join(f"{letter}{sep} Việc thứ {k} làm trong quý." for k, letter in enumerate(letters))
    assert "numbering_gap" not in codes(HEAD + "I. MỤC ĐÍCH\n- Giữ rừng.\nII. NHIỆM VỤ\n" + items if letters.islower() else HEAD + items)


@pytest.mark.parametrize(("head", "missed"), [("", False), ("KẾ HOẠCH\nBảo vệ rừng\n", True), (HEAD.replace("15/", "/"), True)])
def test_a_text_that_begins_with_its_first_heading_misses_no_number(head: str, missed: bool) -> None:
    assert ("missing_number" in codes(head + BODY)) == missed
