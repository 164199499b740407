"""Unwrapping: the same paragraphs come out whatever the width and the style they were printed in."""

import textwrap
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pipeline.ingest import read, read_bytes
from pipeline.pages import Glyphs, Grid, Line, Pages
from pipeline.unwrap import unwrap

SAMPLES = Path(__file__).parents[2].parent / "shared" / "plans"


def text_of(source: str) -> str:
    return unwrap(read_bytes(source.encode(), "plan.txt")).text


JOINED = [
    ("của Ban Bí thư\nTrung ương Đảng về y tế cơ sở.", "an upper-case letter is no new paragraph"),
    ("thực hiện Chỉ thị số 25-CT/TW ngày\n25/10/2023 của Ban Bí thư.", "a date is no heading"),
    ("trong giai đoạn\n2024 - 2030 và các năm sau.", "a period is no heading"),
    ("phát triển kinh tế\n- xã hội của địa phương.", "a dash inside a phrase is no bullet"),
    (
        "Thực hiện tiếp nhận Trung tâm Y tế huyện về trực thuộc và\n\nchịu sự quản lý của UBND huyện.",
        "a page break in a sentence",
    ),
    ("Sở LĐTB-\nXH chủ trì.", "a hyphen at the end of a line belongs to the word"),
    ("Kế hoạch số 133/\nKH-UBND của UBND thị xã.", "a code that was broken"),
    ("nói chuyện tại trường 02 buổi trong học kỳ\nII. Các lớp tự chọn ngày.", "the number of a term"),
    ("Giao Phòng Tài chính\n- Kế hoạch bố trí vốn.", "the dash of an office's name"),
    ("Kế hoạch của tỉnh (gọi tắt là Kế hoạch\n19) và Nghị quyết của huyện.", "a bracket that closes behind a number"),
]
WIDE = "Nâng cao nhận thức của các cấp ủy, chính quyền về vai trò, vị trí của y tế cơ sở là nền tảng\nchăm sóc sức khỏe.\n" * 6


@pytest.mark.parametrize(("source", "why"), JOINED, ids=[why for _, why in JOINED])
def test_joins(source: str, why: str) -> None:
    first, second = source.split("\n", 1)
    filled = "Các cơ quan, đơn vị, địa phương trong huyện cùng nhau phối hợp chặt chẽ để " + first
    width = len(filled)
    paragraphs = [" ".join(["nhiệm vụ"] * (width // 9 + 6)) + "." for _ in range(8)]
    body = "\n".join("\n".join(textwrap.wrap("Các " + p, width)) for p in paragraphs)
    lines = text_of(body + "\n" + filled + "\n" + second).split("\n")
    glue = "" if first.endswith(("-", "/")) else " "
    assert lines[-1] == filled + glue + second.strip(), why


def test_a_bracket_closes_in_the_next_line_however_short_the_line_before() -> None:
    paragraphs = "".join(f"Các cơ quan, đơn vị trong xã cùng nhau phối hợp thực hiện nhiệm vụ số {k}.\n" for k in range(8))
    assert text_of(f"{paragraphs}Theo Chỉ thị (gọi tắt là Chỉ thị\n45);\n- Nộp.").split("\n")[-2:] == [
        "Theo Chỉ thị (gọi tắt là Chỉ thị 45);",
        "- Nộp.",
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("I.", "QUAN ĐIỂM"),
        ("I. MỤC ĐÍCH,", "YÊU CẦU"),
        ("II. MỤC", "TIÊU"),
        ("2. Sở", "Nông nghiệp và Môi trường"),
    ],
)
def test_a_number_wants_the_words_of_its_heading(first: str, second: str) -> None:
    assert text_of(f"Nâng cao nhận thức.\n{first}\n{second}\n- Rà soát.").split("\n")[1:] == [f"{first} {second}", "- Rà soát."]


@pytest.mark.parametrize("dated", ["Đông Lâm, ngày\n19 tháng 5 năm 2025", "Thành phố Đông\nLâm, ngày 08 tháng 11 năm 2022"])
def test_a_date_cut_in_a_narrow_cell_of_the_letterhead_is_one_line(dated: str) -> None:
    text = text_of(f"ỦY BAN NHÂN DÂN\nTỈNH ĐÔNG LÂM\nSố: 9/KH-UBND\n{dated}\nKẾ HOẠCH\nTrồng rừng\nI. MỤC TIÊU\n- Abc.")
    assert text.split("\n")[3] == dated.replace("\n", " ")


SPLIT = [
    "I. MỤC ĐÍCH\nYÊU CẦU CHUNG",
    "Quán triệt, tổ chức thực hiện đầy đủ các nhiệm vụ.\nTăng cường lãnh đạo, chỉ đạo.",
    "I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích",
    "- Xã đạt Tiêu chí quốc gia về y tế.\n- 100% dân số được quản lý sức khỏe.",
    "Thành lập các tổ (tổ chuyên môn.\n1) Tổ thứ nhất",
    "+ Triển khai Đề án 06.\n+ Hoàn thiện phần mềm.",
    "Mục tiêu đến năm 2025\n- Trạm y tế thực hiện được 55% danh mục kỹ thuật.",
    "Thực hiện thành lập mới Trung tâm Y tế.\nThời gian thực hiện: Trong năm 2024.",
    "6. Đẩy mạnh ứng dụng khoa học trong sản xuất, đời sống\n6.1- Lãnh đạo chuyển giao tiến bộ kỹ thuật.",
    "2. Tồn tại\nSố hóa hồ sơ mới đạt 37%.",
    "3. Chuyển đổi số\nXây dựng cơ sở dữ liệu dùng chung.",
    "nghiêm túc triển khai thực hiện./.\nNơi nhận:\n- Sở Y tế;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nPhạm Văn Súng",
    "UBND TỈNH BẮC GIANG\nSỞ Y TẾ\nSố: 12/KH-SYT\nBắc Giang, ngày 03 tháng 5 năm 2024\nKẾ HOẠCH\nPhòng, chống bệnh dại năm 2024\n"
    "Căn cứ Luật Thú y;\nThực hiện Kế hoạch số 10/KH-UBND của UBND tỉnh.",
]


@pytest.mark.parametrize("source", SPLIT)
def test_keeps_apart(source: str) -> None:
    assert text_of(source) == source
    assert text_of(source.replace("\n", "\n\n")) == source


TITLES = [
    "Triển khai thực hiện Chỉ thị số 25-CT/TW ngày 25/10/2023\ncủa Ban Bí thư về tiếp tục củng cố y tế cơ sở",
    "Thực hiện Nghị quyết số 19-NQ/TW của\nBan Chấp hành Trung ương trên địa bàn huyện",
    "Cải cách hành chính trên địa bàn xã\nHòa Phong năm 2024",
    "Phân loại rác giai đoạn 2026\n- 2027",
    "Triển khai Nghị quyết số 13-NQ/TU ngày 06/9/2023\nCủa Ban Thường vụ Tỉnh ủy về chuyển đổi số\nĐến năm 2025, định hướng đến năm 2030",
]


@pytest.mark.parametrize("title", TITLES)
def test_joins_the_summary_but_not_the_preamble(title: str) -> None:
    lines = text_of(f"KẾ HOẠCH\n{title}\nThực hiện Kế hoạch số 133/KH-UBND, UBND xã ban hành kế hoạch như sau:").split("\n")
    assert lines == [
        "KẾ HOẠCH",
        title.replace("\n", " "),
        "Thực hiện Kế hoạch số 133/KH-UBND, UBND xã ban hành kế hoạch như sau:",
    ]


def test_recipients_may_be_wrapped() -> None:
    lines = text_of("thực hiện./.\nNơi nhận:\n- Chủ tịch, các Phó Chủ tịch\nUBND xã;\n- Lưu: VT.\nCHỦ TỊCH").split("\n")
    assert lines[1:] == ["Nơi nhận:", "- Chủ tịch, các Phó Chủ tịch UBND xã;", "- Lưu: VT.", "CHỦ TỊCH"]


WORDS = [
    "xã",
    "huyện",
    "thực",
    "hiện",
    "kế",
    "hoạch",
    "y",
    "tế",
    "cơ",
    "sở",
    "chăm",
    "sóc",
    "sức",
    "khỏe",
    "nhân",
    "dân",
    "Bộ",
    "Y",
    "tế",
]
STYLES = {
    "plain": ("\n", "\n", ""),
    "double": (" \n\n", " \n\n", ""),
    "blank line between paragraphs": ("\n", "\n\n", ""),
    "first line indented": ("\n", "\n", "      "),
    "form feeds": ("\n", "\n", ""),
}


@st.composite
def paragraphs(draw: st.DrawFn) -> list[str]:
    """Six to twenty paragraphs of one sentence each, so that no sentence ends inside of one."""
    count = draw(st.integers(6, 20))
    found = []
    leads = draw(st.sampled_from([["{} Tổ"], ["- Tổ", "+ Tổ"], ["{}. Tổ"], ["a) Tổ", "- Tổ"], ["{} Tổ", "{}. Tổ"]]))
    for number in range(count):
        words = draw(st.lists(st.sampled_from(WORDS), min_size=25, max_size=90))
        lead = draw(st.sampled_from(leads)).replace("{} ", "").format(number + 1)
        found.append(f"{lead} chức {' '.join(words)}.")
    return found


@settings(max_examples=60, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(source=paragraphs(), width=st.integers(60, 120), style=st.sampled_from(sorted(STYLES)))
def test_any_width_and_style(source: list[str], width: int, style: str) -> None:
    inside, between, indent = STYLES[style]
    printed = [inside.join(textwrap.wrap(p, width, initial_indent=indent, break_on_hyphens=False)) for p in source]
    whole = between.join(printed)
    if style == "form feeds":
        lines = whole.split("\n")
        whole = "\n\f".join("\n".join(lines[i : i + 30]) for i in range(0, len(lines), 30))
    assert text_of(whole) == "\n".join(source)


def test_runs_are_the_characters_of_the_lines() -> None:
    glyphs = Glyphs(1, 10, 20, tuple(map(float, range(11))), tuple(map(float, range(1, 12))))
    lines = (
        Line("Căn  cứ ", page=1, glyphs=Glyphs(1, 0, 9, tuple(map(float, range(8))), tuple(map(float, range(1, 9))))),
        Line(" luật thú y", page=1, glyphs=glyphs),
    )
    text = unwrap(Pages(lines, "application/pdf", "test", "digital"))
    assert text.text == "Căn cứ luật thú y"
    for run, line in zip(text.runs, lines, strict=True):
        assert text.text[run.start : run.end] == " ".join(line.text.split())
        assert run.glyphs is not None
        assert len(run.glyphs.lefts) == run.end - run.start
    assert [run.glyphs.lefts[:5] for run in text.runs if run.glyphs] == [(0, 1, 2, 3, 5), (1, 2, 3, 4, 5)]


def test_pages_of_a_text_with_form_feeds() -> None:
    text = unwrap(read_bytes("Chỉ đạo các đơn vị\n\fthực hiện tốt.\n".encode(), "x"))
    assert (text.text, [run.page for run in text.runs]) == ("Chỉ đạo các đơn vị thực hiện tốt.", [1, 2])


def test_tables_are_one_row_a_line() -> None:
    def cell(*lines: str) -> tuple[Line, ...]:
        return tuple(Line(line) for line in lines)

    grid = Grid(
        (cell("T", "T"), cell("Nội dung", "công việc"), cell("1"), cell("Tập huấn"), cell()), ((0, 1, 1), (2, 3, 4), (2, 3, 4))
    )
    text = unwrap(Pages((Line("Trước", whole=True), grid, Line("Sau", whole=True)), "x", "test", "digital"))
    assert text.text == "Trước\nTT\tNội dung công việc\n1\tTập huấn\t\nSau"
    (table,) = text.tables
    assert [[text.text[a:b] for a, b in row] for row in table.rows] == [
        ["TT", "Nội dung công việc", "Nội dung công việc"],
        ["1", "Tập huấn", ""],
        ["1", "Tập huấn", ""],
    ]
    assert text.text[table.start : table.end] == "TT\tNội dung công việc\n1\tTập huấn\t"


def test_bold_lines_are_known() -> None:
    text = unwrap(
        Pages((Line("I. MỤC TIÊU", whole=True, bold=True), Line("Chung", whole=True, bold=False)), "x", "test", "digital")
    )
    assert text.emphasis == {0}


@pytest.mark.skipif(not SAMPLES.exists(), reason=f"the two sample plans are not in {SAMPLES}")
def test_samples() -> None:
    hoa_phong, luc_ngan = (unwrap(read(path)).text for path in sorted(SAMPLES.glob("*.txt")))
    assert "\n1. Trạm y tế xã\nTham mưu UBND xã" in hoa_phong
    assert "phòng, chống dịch bệnh và nâng cao sức khoẻ Nhân dân;\nTiếp tục triển khai" in hoa_phong
    assert "sàng lọc sơ sinh. Đẩy mạnh phong trào" in hoa_phong
    assert "về trực thuộc và chịu sự quản lý của UBND huyện" in luc_ngan
    assert "\n2.4. Đổi mới phương thức hoạt động của y tế cơ sở\n" in luc_ngan


SAVED = """|
ỦY
BAN NHÂN DÂN

TỈNH ĐÔNG HÀ
-------
|
CỘNG HÒA XÃ HỘI
CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
|
Số:
15/KH-UBND
|
Đông
Hà, ngày 02 tháng 5 năm 2024
|

KẾ HOẠCH

TRIỂN
KHAI PHÁT TRIỂN ĐÀN BÒ TRÊN ĐỊA BÀN TỈNH

Thực hiện Nghị quyết số 02-NQ/TU
ngày 15 tháng 01 năm 2024 của Tỉnh ủy về phát triển chăn nuôi,
Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

I. MỤC ĐÍCH,
YÊU CẦU

1. Mục đích

a) Nâng cao thu nhập của
hộ chăn nuôi;

b) Phòng bệnh cho đàn bò,
không để dịch lớn xảy ra.

2. Yêu cầu

a) Việc tiêm phòng phải đúng
lịch, đủ liều, an toàn;

b) Bảo đảm phối hợp chặt chẽ
giữa các cơ quan, đơn vị.

c) Kinh phí sử dụng đúng
mục đích, tiết kiệm.

II. NỘI DUNG
THỰC HIỆN

1. Sở Nông nghiệp chủ trì, phối hợp với
Ủy ban nhân dân các huyện tiêm phòng.

2. Các huyện bố trí kinh phí.

Trên đây là Kế hoạch phát triển đàn bò của
Ủy ban nhân dân tỉnh./.

Nơi nhận:
- Lưu: VT.
|
TM. ỦY BAN NHÂN
DÂN
CHỦ TỊCH
Lê Văn Bình
|"""


def test_a_page_saved_from_the_web_has_a_blank_line_between_its_paragraphs() -> None:
    lines = text_of(SAVED).split("\n")
    assert lines[:1] == ["ỦY BAN NHÂN DÂN"]
    assert {"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 15/KH-UBND", "Đông Hà, ngày 02 tháng 5 năm 2024"} <= set(lines)
    assert {"TRIỂN KHAI PHÁT TRIỂN ĐÀN BÒ TRÊN ĐỊA BÀN TỈNH", "I. MỤC ĐÍCH, YÊU CẦU", "II. NỘI DUNG THỰC HIỆN"} <= set(lines)
    assert "TM. ỦY BAN NHÂN DÂN" in lines
    assert "1. Sở Nông nghiệp chủ trì, phối hợp với Ủy ban nhân dân các huyện tiêm phòng." in lines


def test_a_letterhead_with_bars_between_its_cells_is_one_line_a_cell() -> None:
    text = "ỦY BAN NHÂN DÂN ------- | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: 5/KH-UBND | Đông Hà, ngày 02 tháng 5 năm 2024 |\nI. MỤC ĐÍCH\nGiá | trị."
    lines = text_of(text).split("\n")
    assert lines[:4] == ["ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 5/KH-UBND", "Đông Hà, ngày 02 tháng 5 năm 2024"]
