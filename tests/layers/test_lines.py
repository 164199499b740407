"""What each line of a document is, where it stands and what governs it."""

import pytest

from extractors.layers.lines import Line, governors, lines_of
from pipeline.language import make_doc
from pipeline.pages import Text

PLAN = """\
ỦY BAN NHÂN DÂN
XÃ AN BÌNH
Số: 15/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
An Bình, ngày 05 tháng 3 năm 2024
KẾ HOẠCH
Phát triển đàn gia súc trên địa bàn xã năm 2024
Căn cứ Kế hoạch số 8/KH-UBND ngày 10/01/2024 của UBND huyện;
UBND xã ban hành Kế hoạch như sau:
I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
- Nâng cao thu nhập cho hộ chăn nuôi.
2. Yêu cầu
- Bảo đảm an toàn dịch bệnh.
II. MỤC TIÊU
Đến hết năm 2024:
- Đàn bò đạt 500 con.
III. NHIỆM VỤ
1. Công tác giống
1.1. Giống bò
- Phối giống nhân tạo.
+ Mua tinh bò lai.
Thời gian thực hiện: Quý II năm 2024.
1.2. Giống lợn
a) Chọn lọc đàn nái
- Loại thải nái già.
2. Công tác thú y: Tiêm phòng đầy đủ cho đàn gia súc.
IV. TỔ CHỨC THỰC HIỆN
1. Công chức Địa chính - Nông nghiệp
Tham mưu UBND xã triển khai.
2. Các thôn thực hiện tiêm phòng theo lịch của xã và báo cáo kết quả trước ngày 15 hằng tháng.
Trên đây là Kế hoạch phát triển đàn gia súc năm 2024./.
Nơi nhận:
- UBND huyện;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lê Văn Bình
PHỤ LỤC
(Kèm theo Kế hoạch số 15/KH-UBND)
I. DANH MỤC
1. Tinh bò"""


def line(text: str, words: str) -> Line:
    doc = make_doc(Text(text=text))
    return next(found for found in lines_of(doc) if text[found.start : found.end].startswith(words))


@pytest.mark.parametrize(
    ("words", "kind", "section", "zone"),
    [
        ("ỦY BAN", "letterhead", None, ""),
        ("An Bình, ngày", "letterhead", None, ""),
        ("KẾ HOẠCH", "type", None, ""),
        ("Phát triển đàn", "title", None, ""),
        ("Căn cứ Kế hoạch", "preamble", None, ""),
        ("UBND xã ban hành", "preamble", None, ""),
        ("I. MỤC ĐÍCH", "heading", "I", "purpose"),
        ("- Nâng cao thu nhập", "bullet", "I.1", "purpose"),
        ("- Bảo đảm an toàn", "bullet", "I.2", "requirement"),
        ("Đến hết năm 2024:", "heading", "II", "goal"),
        ("- Đàn bò", "bullet", "II", "goal"),
        ("1.1. Giống bò", "heading", "III.1.1", "task"),
        ("+ Mua tinh", "bullet", "III.1.1", "task"),
        ("Thời gian thực hiện", "label", "III.1.1", "task"),
        ("a) Chọn lọc", "heading", "III.1.2.a", "task"),
        ("- Loại thải", "bullet", "III.1.2.a", "task"),
        ("2. Công tác thú y", "heading", "III.2", "task"),
        ("Tham mưu UBND", "paragraph", "IV.1", "assignment"),
        ("2. Các thôn", "numbered", "IV.2", "assignment"),
        ("Trên đây là", "closing", None, ""),
        ("Nơi nhận", "recipients", None, ""),
        ("- Lưu", "recipients", None, ""),
        ("CHỦ TỊCH", "signature", None, ""),
        ("Lê Văn Bình", "signature", None, ""),
        ("PHỤ LỤC", "heading", "PL", "annex"),
        ("I. DANH MỤC", "heading", "PL.I", "annex"),
    ],
)
def test_kind_section_and_zone(words: str, kind: str, section: str | None, zone: str) -> None:
    found = line(PLAN, words)
    assert (found.kind, found.section, found.zone) == (kind, section, zone)


@pytest.mark.parametrize(
    ("words", "over"),
    [
        ("- Đàn bò", ["Đến hết năm 2024:", "II. MỤC TIÊU"]),
        ("+ Mua tinh", ["- Phối giống nhân tạo.", "1.1. Giống bò", "1. Công tác giống", "III. NHIỆM VỤ"]),
        ("Thời gian thực hiện", ["+ Mua tinh bò lai.", "- Phối giống nhân tạo.", "1.1. Giống bò", "1. Công tác giống", "III. NHIỆM VỤ"]),
    ],
)
def test_governors(words: str, over: list[str]) -> None:
    doc = make_doc(Text(text=PLAN))
    found = next(one for one in lines_of(doc) if PLAN[one.start : one.end].startswith(words))
    assert [PLAN[up.start : up.end] for up in governors(doc, found)] == over


def test_heading_with_a_sentence_behind_its_colon() -> None:
    found = line(PLAN, "2. Công tác thú y")
    assert found.tail is not None
    assert PLAN[found.tail : found.end] == "Tiêm phòng đầy đủ cho đàn gia súc."


def test_label_in_the_bullets_own_style_completes_what_is_over_the_bullets() -> None:
    text = "KẾ HOẠCH\nThử\nI. NHIỆM VỤ\n1. Lập hồ sơ\n- Thu thập số liệu.\n- Thời gian: tháng 5.\n2. Nghiệm thu"
    doc = make_doc(Text(text=text))
    label = next(one for one in lines_of(doc) if one.kind == "label")
    assert text[lines_of(doc)[label.parent or 0].start :].startswith("1. Lập hồ sơ")


@pytest.mark.parametrize(
    "heading", ["KẾ HOẠCH", "**KẾ HOẠCH**", "K Ế  H O Ạ C H", "Kế hoạch", "(DỰ THẢO) KẾ HOẠCH", "CHƯƠNG TRÌNH", "QUYẾT ĐỊNH:"]
)
def test_type_line(heading: str) -> None:
    assert line(f"Số: 5/KH-UBND\n{heading}\nPhòng cháy rừng\nI. MỤC ĐÍCH\nAbc", heading[:6]).kind == "type"


def test_a_sentence_that_names_a_plan_is_no_type_line() -> None:
    text = "Số: 5/KH-UBND\nKẾ HOẠCH\nPhòng cháy rừng\nKế hoạch số 7/KH-UBND được thực hiện.\nI. MỤC ĐÍCH"
    assert [one.kind for one in lines_of(make_doc(Text(text=text)))] == ["letterhead", "type", "title", "preamble", "heading"]


def test_the_signing_body_may_stand_in_capitals_above_the_recipients() -> None:
    text = PLAN.replace("năm 2024./.\nNơi nhận", "năm 2024.\nỦY BAN NHÂN DÂN\nNơi nhận")
    doc = make_doc(Text(text=text))
    kinds = {text[found.start : found.end]: found.kind for found in lines_of(doc)}
    assert kinds["Trên đây là Kế hoạch phát triển đàn gia súc năm 2024."] == "closing"
    assert [found.kind for found in lines_of(doc) if text[found.start : found.end] == "ỦY BAN NHÂN DÂN"][-1] == "signature"


def test_capitals_without_a_closing_paragraph_above_are_a_heading() -> None:
    text = PLAN.replace("Trên đây là Kế hoạch phát triển đàn gia súc năm 2024./.", "KINH PHÍ\nDo ngân sách xã bảo đảm.")
    assert next(found.kind for found in lines_of(make_doc(Text(text=text))) if text[found.start : found.end] == "KINH PHÍ") == "heading"


@pytest.mark.parametrize(("words", "kind"), [("Mục đích:", "heading"), ("Yêu cầu các thôn báo cáo:", "lead"), ("Mục đích: Giữ rừng.", "paragraph")])
def test_purpose_and_requirement_without_a_number(words: str, kind: str) -> None:
    text = PLAN.replace("1. Mục đích\n", f"{words}\n")
    assert next(found.kind for found in lines_of(make_doc(Text(text=text))) if text[found.start : found.end] == words) == kind


@pytest.mark.parametrize(
    ("words", "kind"),
    [("Từ ngày 15/11/2024 đến ngày 15/12/2024", "paragraph"), ("Giai đoạn 2024 - 2025:", "heading")],
)
def test_under_a_heading_on_time_a_time_alone_is_no_heading(words: str, kind: str) -> None:
    text = PLAN.replace("IV. TỔ CHỨC", f"IV. THỜI GIAN\n{words}\nTheo lịch của huyện.\nV. TỔ CHỨC")
    assert next(found.kind for found in lines_of(make_doc(Text(text=text))) if text[found.start : found.end] == words) == kind


def test_a_plan_that_a_decision_enacts_is_the_document() -> None:
    text = (
        "ỦY BAN NHÂN DÂN\nXÃ AN BÌNH\nSố: 9/QĐ-UBND\nQUYẾT ĐỊNH\nBan hành Kế hoạch trồng rừng\nCăn cứ Luật Lâm nghiệp;\nQUYẾT ĐỊNH:\n"
        "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch trồng rừng trên địa bàn xã An Bình năm 2024.\n"
        "Điều 2. Giao Hạt Kiểm lâm theo dõi, đôn đốc việc thực hiện và báo cáo Chủ tịch UBND xã trước ngày 15 hằng tháng./.\n"
        "Nơi nhận:\n- Như Điều 2;\nCHỦ TỊCH\nLê Văn Bình\n"
        "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nXÃ AN BÌNH\tĐộc lập - Tự do - Hạnh phúc\n"
        "KẾ HOẠCH\nTrồng rừng\nI. MỤC TIÊU\n- Trồng 5 ha."
    )
    kinds = {text[one.start : one.end][:9].strip(): one.kind for one in lines_of(make_doc(Text(text=text)))}
    assert [kinds[w] for w in ("Điều 1. B", "Điều 2. G", "- Như Điề", "Lê Văn Bì", "KẾ HOẠCH", "Trồng rừn", "I. MỤC TI")] == [
        "numbered", "numbered", "recipients", "signature", "type", "title", "heading",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "section"),
    [
        # a Roman number that recognition took for letters; X is the last line
        ("I. MỤC TIÊU\n- Abc.\nH. NHIỆM VỤ\n- X.\nIII. KINH PHÍ\nXong", "II"),
        ("I. MỤC TIÊU\n- Abc.\nIl. Nhiệm vụ\n- X.\nIII. KINH PHÍ\nXong", "II"),
        ("I. MỤC TIÊU\n- Abc.\nll. NHIỆM VỤ\n- X.\nIII. KINH PHÍ\nXong", "II"),
        # no number follows that proves it
        ("I. MỤC TIÊU\n- Abc.\nH. NHIỆM VỤ\n- X.\nIV. KINH PHÍ\nXong", "I.H"),
        ("G. MỤC TIÊU\n- Abc.\nH. NHIỆM VỤ\n- X.\nK. KINH PHÍ\nXong", "H"),
        # capitals without number within a numbered heading, whose number goes on behind them; and between others
        ("I. MỤC TIÊU\n- Abc.\nII. NỘI DUNG\n1. Lịch\nNGÀY THỨ NHẤT\n- Abc.\n2. Phụ\n- X.\nIII. KINH PHÍ\nXong", "II.2"),
        ("I. MỤC TIÊU\n- Abc.\nII. NỘI DUNG\n1. Lịch\nBAN CHỈ ĐẠO\n- X.\nI. KINH PHÍ\nXong", None),
        # a number that holds the one above it
        ("II. NHIỆM VỤ\nII.2. Chăn nuôi\n- X.", "II.2"),
        ("PHẦN A. CHUNG\nII. NHIỆM VỤ\nII.2. CHĂN NUÔI\n1. Bò\n- X.", "II.2.1"),
    ],
)
def test_sections_of_odd_numbers(body: str, section: str | None) -> None:
    text = f"KẾ HOẠCH\nThử\n{body}"
    assert next(one for one in lines_of(make_doc(Text(text=text))) if text[one.start : one.end] == "- X.").section == section


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("1. Đồng chí Phó Chủ tịch phụ trách kinh tế", "heading"),
        ("1. Đồng chí Lê Văn An - Trưởng ban", "numbered"),
        ("1. Ông Y Nô Niê, Phó Trưởng ban", "numbered"),
        ("1. Bà Hiệu trưởng", "heading"),
    ],
)
def test_a_post_is_a_heading_and_a_person_is_none(words: str, kind: str) -> None:
    assert line(f"KẾ HOẠCH\nThử\nI. TỔ CHỨC THỰC HIỆN\n{words}\n- Chỉ đạo chung.", words).kind == kind


@pytest.mark.parametrize(("head", "kind"), [("I. THỰC TRẠNG", "numbered"), ("I. NHIỆM VỤ", "heading")])
def test_text_behind_a_colon_is_data_where_the_past_is_told(head: str, kind: str) -> None:
    words = "1. Tổng đàn bò: 500 con, tăng so với năm trước."
    assert line(f"KẾ HOẠCH\nThử\n{head}\n{words}\n2. Tổng đàn lợn: 900 con.", words).kind == kind


@pytest.mark.parametrize(("below", "kind"), [("Bố trí kinh phí thực hiện.", "heading"), ("bố trí kinh phí", "numbered")])
def test_a_letter_before_a_body_with_its_work_below_is_a_heading(below: str, kind: str) -> None:
    text = f"IV. TỔ CHỨC THỰC HIỆN\n1. Các phòng chuyên môn\na) Phòng Tài chính - Kế hoạch\n{below}\n"
    assert next(found.kind for found in lines_of(make_doc(Text(text=text))) if text[found.start : found.end].startswith("a) Phòng")) == kind


@pytest.mark.parametrize("words", ["Chịu trách nhiệm chính: Công an xã", "Đơn vị theo dõi, đôn đốc: Phòng Nội vụ", "Cơ quan thường trực: Phòng Y tế"])
def test_who_does_it_in_other_words_is_a_label(words: str) -> None:
    assert line(PLAN.replace("Thời gian thực hiện: Quý II năm 2024.", words), words).kind == "label"


PROSE = "I. NHIỆM VỤ\n{first}\nTuyên truyền pháp luật cho đoàn viên.\n{second}\nNắm tình hình thôn, xóm.\n"


@pytest.mark.parametrize(
    ("first", "second", "kinds"),
    [
        ("Tổ chuyên môn và giáo viên", "Ban Giám hiệu nhà trường", ["heading", "heading"]),
        ("Tổ chuyên môn và giáo viên", "Rà soát hộ nghèo.", ["paragraph", "paragraph"]),  # one alone may be a sentence without its end
        ("Tổ chuyên môn và giáo viên,", "Ban Giám hiệu nhà trường 2026", ["paragraph", "paragraph"]),
    ],
)
def test_short_lines_between_sentences_are_headings_where_there_are_several(first: str, second: str, kinds: list[str]) -> None:
    text = "KẾ HOẠCH\nThử\n" + PROSE.format(first=first, second=second)
    found = {text[one.start : one.end]: one.kind for one in lines_of(make_doc(Text(text=text)))}
    assert [found[first], found[second]] == kinds
