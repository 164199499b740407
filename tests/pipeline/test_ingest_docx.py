"""Word: numbers, bullets, breaks, tables, tracked changes, hidden text, boxes, fields, damage."""

import io
import zipfile

import pytest

from pipeline.errors import DamagedDocument, EmptyDocument
from pipeline.ingest import read_bytes
from pipeline.ingest.docx_numbering import spelled
from pipeline.pages import Grid, Line, Pages
from pipeline.unwrap import unwrap

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
)


def level(place: int, form: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


NUMBERING = f"""
<w:abstractNum w:abstractNumId="1">{level(0, "upperRoman", "%1.")}{level(1, "decimal", "%2.")}
  {level(2, "decimal", "%2.%3.")}{level(3, "lowerLetter", "%4)")}{level(4, "decimal", "%1.%2.", "<w:isLgl/>")}</w:abstractNum>
<w:abstractNum w:abstractNumId="2">{level(0, "bullet", chr(0xF0B7))}{level(1, "bullet", "+")}{level(2, "bullet", "o")}</w:abstractNum>
<w:abstractNum w:abstractNumId="3">{level(0, "decimal", "Điều %1.")}</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="3"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>"""
STYLES = """
<w:style w:type="paragraph" w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:jc w:val="center"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Child"><w:basedOn w:val="Base"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr>
  <w:rPr><w:b/><w:caps/></w:rPr></w:style>
<w:style w:type="table" w:styleId="Ruled"><w:tblPr><w:tblBorders><w:insideH w:val="single"/><w:insideV w:val="single"/></w:tblBorders></w:tblPr>
</w:style>"""


def word(body: str, **parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {SPACES}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/numbering.xml", f"<w:numbering {SPACES}>{NUMBERING}</w:numbering>")
        archive.writestr("word/styles.xml", f"<w:styles {SPACES}>{STYLES}</w:styles>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return stream.getvalue()


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content if content.startswith('<') else run(content)}</w:p>"


def numbered(text: str, list_id: int, place: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{place}"/><w:numId w:val="{list_id}"/></w:numPr>')


def read(body: str, **parts: str) -> Pages:
    return read_bytes(word(body, **parts), "plan.docx")


def lines(body: str) -> list[str]:
    return [block.text for block in read(body).blocks if isinstance(block, Line) and block.text.strip()]


def field(instruction: str, result: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return mark.format("begin") + code + mark.format("separate") + run(result) + mark.format("end")


BOX = "<w:txbxContent><w:p><w:r><w:t>DỰ THẢO</w:t></w:r></w:p></w:txbxContent>"
SHOWN = [
    (
        numbered("A", 1) + numbered("B", 1, 1) + numbered("C", 1, 1) + numbered("D", 1) + numbered("E", 1, 1),
        ["I. A", "1. B", "2. C", "II. D", "1. E"],
    ),
    (
        numbered("A", 1) + numbered("B", 1, 1) + numbered("C", 1, 2) + numbered("D", 1, 2) + numbered("E", 1, 3),
        ["I. A", "1. B", "1.1. C", "1.2. D", "a) E"],
    ),
    (numbered("A", 1) + numbered("B", 1, 4), ["I. A", "1.1. B"]),
    (numbered("A", 2) + numbered("B", 2, 1) + numbered("C", 2, 2), ["- A", "+ B", "- C"]),
    (
        numbered("A", 3) + numbered("B", 3) + numbered("C", 4) + numbered("D", 3),
        ["Điều 1. A", "Điều 2. B", "Điều 7. C", "Điều 8. D"],
    ),
    (numbered("A", 1) + numbered("B", 0) + paragraph("C"), ["I. A", "B", "C"]),
    (
        paragraph("tiêu đề", '<w:pStyle w:val="Child"/>') + paragraph("khác", '<w:pStyle w:val="Base"/>'),
        ["1. TIÊU ĐỀ", "I. khác"],
    ),
    (paragraph(run("Kế ho") + run("ạch")), ["Kế hoạch"]),
    (paragraph(run("a") + "<w:r><w:br/></w:r>" + run("b") + "<w:r><w:tab/></w:r>" + run("c")), ["a", "b    c"]),
    (paragraph(run("giữ ") + f"<w:ins>{run('thêm')}</w:ins><w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>"), ["giữ thêm"]),
    (paragraph(f"<w:moveFrom>{run('cũ')}</w:moveFrom><w:moveTo>{run('mới')}</w:moveTo>"), ["mới"]),
    (paragraph("một", "<w:rPr><w:del/></w:rPr>") + paragraph(" hai"), ["một hai"]),
    (paragraph(run("thấy") + run("ẩn", "<w:vanish/>")), ["thấy"]),
    (paragraph(run("hoa", "<w:caps/>") + run("thường", '<w:caps w:val="0"/>')), ["HOAthường"]),
    (paragraph(field("PAGE ", "3") + run("x") + field("DATE", "2024")), ["x2024"]),
    (paragraph('<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>9</w:t></w:r></w:fldSimple>' + run("y")), ["y"]),
    (paragraph(f"<w:hyperlink>{run('vanban.gov.vn')}</w:hyperlink>"), ["vanban.gov.vn"]),
    (paragraph('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + run(" 95%")), ["≥ 95%"]),
    (f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('trong khung')}</w:sdtContent></w:sdt>", ["trong khung"]),
    (
        f"<w:p>{run('A')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        ["A", "DỰ THẢO"],
    ),
]


@pytest.mark.parametrize(("body", "shown"), SHOWN)
def test_shown(body: str, shown: list[str]) -> None:
    assert lines(body) == shown


def cell(*texts: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraph(text) for text in texts)}</w:tc>"


def table(*rows: str, properties: str = '<w:tblStyle w:val="Ruled"/>') -> str:
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def test_ruled_table_with_merged_cells() -> None:
    wide, top, below = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        cell("TT") + cell("Nội dung", properties=wide),
        cell("1") + cell("Tập huấn", "cán bộ") + cell("Phòng Y tế", properties=top),
        cell("2") + cell("Tổng kết") + cell("", properties=below),
    )
    text = unwrap(read(paragraph("Trước") + body + paragraph("Sau")))
    assert text.text == "Trước\nTT\tNội dung\n1\tTập huấn cán bộ\tPhòng Y tế\n2\tTổng kết\nSau"
    (found,) = text.tables
    assert [[text.text[a:b] for a, b in row] for row in found.rows] == [
        ["TT", "Nội dung", "Nội dung"],
        ["1", "Tập huấn cán bộ", "Phòng Y tế"],
        ["2", "Tổng kết", "Phòng Y tế"],
    ]


def test_layout_tables_are_read_column_by_column() -> None:
    head = table(
        cell("UBND XÃ", "HÒA PHONG") + cell("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        cell("Số: 1/KH-UBND") + cell("Hòa Phong, ngày 1 tháng 2 năm 2024"),
    )
    assert lines(head) == [
        "UBND XÃ",
        "HÒA PHONG",
        "Số: 1/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Hòa Phong, ngày 1 tháng 2 năm 2024",
    ]
    bare = table(cell("Ông A") + cell("Trưởng ban"), cell("Bà B") + cell("Thành viên"), properties="")
    assert unwrap(read(bare)).text == "Ông A Trưởng ban\nBà B Thành viên"


def test_ruled_by_the_borders_of_its_cells() -> None:
    drawn = '<w:tcBorders><w:top w:val="single"/><w:left w:val="single"/></w:tcBorders>'
    rows = [cell("1", properties=drawn) + cell("2", properties=drawn)] * 2
    assert any(isinstance(block, Grid) for block in read(table(*rows, properties="")).blocks)


def test_footnotes_come_last() -> None:
    notes = f'<w:footnotes {SPACES}><w:footnote w:type="separator"><w:p/></w:footnote><w:footnote>{paragraph("Tính đến 30/6")}</w:footnote></w:footnotes>'
    pages = read(paragraph(run("Đạt 95%") + '<w:r><w:footnoteReference w:id="1"/></w:r>' + run(" dân số.")), footnotes=notes)
    assert [block.text for block in pages.blocks if isinstance(block, Line)] == ["Đạt 95% dân số.", "[1] Tính đến 30/6"]


def test_only_centred_and_broken_lines_can_be_joined() -> None:
    pages = read(paragraph("KẾ HOẠCH", '<w:jc w:val="center"/>') + paragraph("Căn cứ"))
    assert [(block.whole, block.centred) for block in pages.blocks if isinstance(block, Line)] == [(False, True), (True, False)]


@pytest.mark.parametrize("data", [word("<w:p/>")[:300], word("<w:p><w:r>")[:-30], word("</w:p>")], ids=["cut", "zip", "xml"])
def test_damaged(data: bytes) -> None:
    with pytest.raises(DamagedDocument):
        read_bytes(data, "x")


def test_empty() -> None:
    with pytest.raises(EmptyDocument):
        read("<w:p/>")


def test_entities_are_not_resolved() -> None:
    evil = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><w:document {SPACES}><w:body><w:p><w:r><w:t>a&e;</w:t></w:r></w:p></w:body></w:document>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", evil)
    assert [block.text for block in read_bytes(stream.getvalue(), "x").blocks if isinstance(block, Line)] == ["a"]


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [
        (4, "upperRoman", "IV"),
        (19, "lowerRoman", "xix"),
        (27, "lowerLetter", "aa"),
        (3, "decimalZero", "03"),
        (3, "none", ""),
        (3, "ordinal", "3"),
    ],
)
def test_number_formats(number: int, form: str, shown: str) -> None:
    assert spelled(number, form) == shown
