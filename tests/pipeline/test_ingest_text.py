"""Plain text: encodings, letters, Markdown, page numbers, columns."""

import pytest

from pipeline.errors import EmptyDocument, UndecodableText
from pipeline.ingest import read_bytes
from pipeline.ingest.letters import clean, clean_aligned
from pipeline.pages import Grid, Line, Pages
from pipeline.unwrap import unwrap

PLAN = "Căn cứ Luật Khám bệnh, chữa bệnh; Ủy ban nhân dân xã Hòa Phong ban hành kế hoạch như sau:\nI. MỤC ĐÍCH\n"


def cp1258(text: str) -> bytes:
    """Windows-1258 writes the tone as a letter of its own after ă â ê ô ơ ư and most vowels."""
    import unicodedata

    out = []
    for letter in text:
        try:
            out.append(letter.encode("cp1258"))
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            tone = next(mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323")
            out.append(unicodedata.normalize("NFC", parts.replace(tone, "")).encode("cp1258") + tone.encode("cp1258"))
    return b"".join(out)


ENCODED = {
    "utf-8": PLAN.encode(),
    "utf-8 with mark": PLAN.encode("utf-8-sig"),
    "utf-16 little": PLAN.encode("utf-16-le"),
    "utf-16 big": PLAN.encode("utf-16-be"),
    "utf-16 with mark": PLAN.encode("utf-16"),
    "windows-1258": cp1258(PLAN * 3),
    "crlf": PLAN.replace("\n", "\r\n").encode(),
    "cr": PLAN.replace("\n", "\r").encode(),
    "nul bytes": PLAN.encode().replace(b" ", b" \0"),
    "mojibake": PLAN.encode().decode("latin-1").encode(),
}


@pytest.mark.parametrize("data", ENCODED.values(), ids=ENCODED.keys())
def test_encodings(data: bytes) -> None:
    text = unwrap(read_bytes(data, "plan")).text
    assert text.startswith(
        "Căn cứ Luật Khám bệnh, chữa bệnh; Ủy ban nhân dân xã Hòa Phong ban hành kế hoạch như sau:\nI. MỤC ĐÍCH"
    )


def test_garbage_is_refused() -> None:
    with pytest.raises(UndecodableText):
        read_bytes(bytes(range(128, 256)) * 40, "x")


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", b"\0\0", "\ufeff".encode()])
def test_nothing_is_empty(data: bytes) -> None:
    with pytest.raises(EmptyDocument):
        read_bytes(data, "x")


LETTERS = [
    ("Ðảng uỷ, ðất", "Đảng uỷ, đất"),
    ("tăng trƣởng, lƣơng, Ƣu tiên", "tăng trưởng, lương, Ưu tiên"),
    ("Số:\u00a0\u2009 12\u200b/KH\u00ad-UBND", "Số:   12/KH-UBND"),
    ("\uf0b7 Xã đạt \uf0b3 95%", "- Xã đạt ≥ 95%"),
    ("xа̃ Hòа Phоng", "xã Hòa Phong"),
    ("Москва", "Москва"),
    ("nha\u0302\u0301t; nha\u0301\u0302t", "nhất; nhất"),
    ("“Đề án 06” – 1 … 2", "“Đề án 06” – 1 … 2"),
    ("a\x07b\x1bc", "abc"),
]


@pytest.mark.parametrize(("raw", "shown"), LETTERS)
def test_letters(raw: str, shown: str) -> None:
    assert clean(raw) == shown
    text, sources = clean_aligned(raw)
    assert text == shown
    assert len(sources) == len(shown)
    assert list(sources) == sorted(sources)


def lines(pages: Pages) -> list[str]:
    return [block.text for block in pages.blocks if isinstance(block, Line) and block.text.strip()]


def test_markdown_marks_go() -> None:
    pages = read_bytes(
        "# KẾ HOẠCH\n\n2.4. **Đổi mới phương thức**\n\n- __Chủ trì__: *Phòng Y tế*\nHọ tên: ____________".encode(), "x"
    )
    assert lines(pages) == ["KẾ HOẠCH", "2.4. Đổi mới phương thức", "- Chủ trì: Phòng Y tế", "Họ tên: ____________"]
    assert [block.bold for block in pages.blocks if isinstance(block, Line) and block.text][:3] == [True, True, False]


TABLES = {
    "bars": "| TT | Nội dung | Thời gian |\n|---|:-:|---|\n| 1 | Tập huấn<br>cán bộ | Quý II |\n",
    "tabs": "TT\tNội dung\tThời gian\n1\tTập huấn cán bộ\tQuý II\n",
}


@pytest.mark.parametrize("source", TABLES.values(), ids=TABLES.keys())
def test_tables(source: str) -> None:
    text = unwrap(read_bytes(("Danh mục nhiệm vụ\n\n" + source + "\nNơi nhận:").encode(), "x"))
    assert text.text == "Danh mục nhiệm vụ\nTT\tNội dung\tThời gian\n1\tTập huấn cán bộ\tQuý II\nNơi nhận:"
    assert len(text.tables) == 1


def test_rows_whose_last_cells_are_empty_stay_in_their_table() -> None:
    source = "TT\tNội dung\tChủ trì\tGhi chú\nI\tChuẩn bị\n1\tTập huấn\tPhòng Y tế\n2\tKhai mạc\tBan Tổ chức\tQuý II\n-\tMời đại biểu\n"
    tables = [block for block in read_bytes(source.encode(), "x").blocks if isinstance(block, Grid)]
    assert [len(table.rows) for table in tables] == [4]


def test_letterhead_with_tabs_is_no_table() -> None:
    pages = read_bytes("UBND XÃ\t\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nHÒA PHONG\t\tĐộc lập - Tự do - Hạnh phúc\n".encode(), "x")
    assert not any(isinstance(block, Grid) for block in pages.blocks)


TWO_COLUMNS = """\
   UBND HUYỆN LỤC NGẠN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
       PHÒNG Y TẾ                  Độc lập - Tự do - Hạnh phúc
     -----------                 ------------------------------
   Số:     /KH-PYT                Lục Ngạn, ngày 03 tháng 5 năm 2024

                         KẾ HOẠCH
           Phòng, chống bệnh dại năm 2024

  Căn cứ Luật Thú y; Phòng Y tế xây dựng kế hoạch như sau:
  Trên đây là Kế hoạch của Phòng Y tế./.

Nơi nhận:                              TM. ỦY BAN NHÂN DÂN
- UBND huyện;                               CHỦ TỊCH
- Các xã, thị trấn;
- Lưu: VT.
                                          Vi Văn Thuần

                              PHỤ LỤC I
"""


def test_columns_side_by_side() -> None:
    assert unwrap(read_bytes(TWO_COLUMNS.encode(), "x")).text.split("\n") == [
        "UBND HUYỆN LỤC NGẠN",
        "PHÒNG Y TẾ",
        "Số: /KH-PYT",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Lục Ngạn, ngày 03 tháng 5 năm 2024",
        "KẾ HOẠCH",
        "Phòng, chống bệnh dại năm 2024",
        "Căn cứ Luật Thú y; Phòng Y tế xây dựng kế hoạch như sau:",
        "Trên đây là Kế hoạch của Phòng Y tế./.",
        "Nơi nhận:",
        "- UBND huyện;",
        "- Các xã, thị trấn;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Vi Văn Thuần",
        "PHỤ LỤC I",
    ]


def test_page_numbers_go_and_counts_stay() -> None:
    sheet = "\n".join(f"Nội dung số {number} của kế hoạch." for number in range(20))
    pages = read_bytes(f"{sheet}\n- 1 -\n\f{sheet}\n2\n\f{sheet}\n3\n".encode(), "x")
    assert len(lines(pages)) == 60
    assert pages.page_count == 3
    assert lines(read_bytes("Số lượng:\n12\nngười.".encode(), "x")) == ["Số lượng:", "12", "người."]


def test_stamps_go() -> None:
    source = "Ký bởi: UBND huyện\nCơ quan: Tỉnh Bắc Giang\nThời gian ký: 12.05.2024 10:20:30 +07:00\nKẾ HOẠCH\nThời gian: Quý II."
    assert lines(read_bytes(source.encode(), "x")) == ["KẾ HOẠCH", "Thời gian: Quý II."]
