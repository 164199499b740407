"""PDF: reading order, tables, page furniture, stamps, turned pages, places of letters, and files that cannot be read."""

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from pipeline.errors import DamagedDocument, EncryptedDocument, NoTextLayer
from pipeline.ingest import read_bytes
from pipeline.pages import Grid, Text
from pipeline.unwrap import unwrap

FONTS = Path("/usr/share/fonts/truetype/liberation2")
WIDTH, HEIGHT = A4
BODY = "Căn cứ Luật Thú y ngày 19 tháng 6 năm 2015; Phòng Y tế xây dựng kế hoạch phòng, chống bệnh dại như sau:"

pytestmark = pytest.mark.skipif(not FONTS.exists(), reason=f"no font with Vietnamese letters in {FONTS}")


@pytest.fixture(autouse=True, scope="module")
def fonts() -> None:
    for name, face in (("Plan", "Regular"), ("Plan-Bold", "Bold")):
        pdfmetrics.registerFont(TTFont(name, FONTS / f"LiberationSerif-{face}.ttf"))


def drawn(*pages: Callable[[Canvas], None], **options: object) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, **options)
    for draw in pages:
        canvas.setFont("Plan", 14)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def text_of(data: bytes) -> Text:
    return unwrap(read_bytes(data, "plan.pdf"))


def written(canvas: Canvas, left: float, top: float, lines: list[str], size: float = 14) -> None:
    canvas.setFont("Plan", size)
    for number, line in enumerate(lines):
        canvas.drawString(left, HEIGHT - top - number * size * 1.3, line)


def letterhead(canvas: Canvas) -> None:
    for middle, top, line, face in (
        (400, 62, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Plan-Bold"),
        (170, 60, "UBND HUYỆN LỤC NGẠN", "Plan"),
        (170, 76, "PHÒNG Y TẾ", "Plan-Bold"),
        (400, 78, "Độc lập - Tự do - Hạnh phúc", "Plan-Bold"),
        (400, 102, "Lục Ngạn, ngày       tháng       năm 2024", "Plan"),
        (170, 100, "Số:        /KH-PYT", "Plan"),
        (300, 140, "KẾ HOẠCH", "Plan-Bold"),
        (300, 158, "Phòng, chống bệnh dại trên địa bàn huyện Lục", "Plan-Bold"),
        (300, 176, "Ngạn năm 2024", "Plan-Bold"),
    ):
        canvas.setFont(face, 13)
        canvas.drawCentredString(middle, HEIGHT - top, line)
    canvas.line(140, HEIGHT - 80, 200, HEIGHT - 80)
    canvas.rect(330, HEIGHT - 82, 140, 0.7, fill=1, stroke=0)


HEAD = [
    "UBND HUYỆN LỤC NGẠN",
    "PHÒNG Y TẾ",
    "Số: /KH-PYT",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Lục Ngạn, ngày tháng năm 2024",
    "KẾ HOẠCH",
    "Phòng, chống bệnh dại trên địa bàn huyện Lục Ngạn năm 2024",
]


def test_letterhead_and_signature_left_column_first() -> None:
    def draw(canvas: Canvas) -> None:
        letterhead(canvas)
        written(canvas, 106, 220, ["Căn cứ Luật Thú y ngày 19 tháng 6 năm 2015 và các văn bản hướng dẫn thi"])
        written(canvas, 70, 238, ["hành; Phòng Y tế xây dựng kế hoạch như sau:"])
        written(
            canvas, 70, 300, ["Nơi nhận:", "- UBND huyện (b/c);", "- UBND các xã, thị trấn", "thuộc huyện;", "- Lưu: VT."], 11
        )
        written(canvas, 371, 302, ["TRƯỞNG PHÒNG"])
        written(canvas, 386, 400, ["Nguyễn Văn A"])

    text = text_of(drawn(draw))
    assert text.text.split("\n") == [
        *HEAD,
        "Căn cứ Luật Thú y ngày 19 tháng 6 năm 2015 và các văn bản hướng dẫn thi hành; Phòng Y tế xây dựng kế hoạch như sau:",
        "Nơi nhận:",
        "- UBND huyện (b/c);",
        "- UBND các xã, thị trấn thuộc huyện;",
        "- Lưu: VT.",
        "TRƯỞNG PHÒNG",
        "Nguyễn Văn A",
    ]
    assert not text.tables
    assert {text.text[start:].split("\n")[0] for start in text.emphasis} >= {"PHÒNG Y TẾ", "KẾ HOẠCH"}


def test_stamps_are_no_text() -> None:
    def draw(canvas: Canvas) -> None:
        letterhead(canvas)
        written(
            canvas,
            430,
            20,
            [
                "Ký bởi: Ủy ban nhân dân huyện",
                "Lục Ngạn",
                "Cơ quan: Tỉnh Bắc Giang",
                "Thời gian ký: 12.05.2024",
                "10:20:30 +07:00",
            ],
            7,
        )
        written(canvas, 75, 215, ["CÔNG VĂN ĐẾN", "Số: 123", "Ngày: 12/5/2024", "Chuyển: ........"], 10)
        written(canvas, 70, 300, ["Căn cứ Luật Thú y ngày 19 tháng 6 năm 2015 và các văn bản hướng dẫn thi"])

    assert text_of(drawn(draw)).text.split("\n")[:-1] == HEAD


def table_file(rows: int) -> bytes:
    cell = ParagraphStyle("cell", fontName="Plan", fontSize=12, leading=15)
    body = ParagraphStyle("body", fontName="Plan", fontSize=14, leading=18, firstLineIndent=36, alignment=4, spaceAfter=6)
    printed = [["TT", "Nội dung", "Chủ trì", "Phối hợp"]]
    printed += [
        [str(n), f"Nhiệm vụ số {n} cần được triển khai trên địa bàn huyện", "Phòng Y tế", "UBND các xã"] for n in range(1, rows)
    ]
    table = Table(
        [[Paragraph(text, cell) for text in row] for row in printed],
        colWidths=[30, 220, 110, 110],
        repeatRows=1,
        style=[
            ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
            ("SPAN", (2, 1), (2, 3)),
            ("BACKGROUND", (0, 0), (-1, 0), colors.lightgrey),
        ],
    )

    def number(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont("Plan", 12)
        canvas.drawCentredString(WIDTH / 2, HEIGHT - 35, f"- {document.page} -")
        canvas.drawString(70, 25, "Kế hoạch phòng, chống bệnh dại")

    stream = io.BytesIO()
    document = SimpleDocTemplate(stream, pagesize=A4, topMargin=60, leftMargin=70, rightMargin=60)
    document.build(
        [Paragraph(BODY, body), table, Spacer(1, 10), Paragraph("Trên đây là Kế hoạch./.", body)],
        onFirstPage=number,
        onLaterPages=number,
    )
    return stream.getvalue()


def test_a_table_over_several_pages_is_one() -> None:
    text = text_of(table_file(70))
    (table,) = text.tables
    lines = text.text.split("\n")
    assert (lines[0], lines[1], lines[-1]) == (BODY, "TT\tNội dung\tChủ trì\tPhối hợp", "Trên đây là Kế hoạch./.")
    assert len(lines) == 72
    assert len(table.rows) == 70
    assert [text.text[a:b] for a, b in table.rows[3]] == [
        "3",
        "Nhiệm vụ số 3 cần được triển khai trên địa bàn huyện",
        "Phòng Y tế",
        "UBND các xã",
    ]
    assert table.rows[1][2] == table.rows[3][2]
    assert {run.page for run in text.runs} == {1, 2, 3, 4}


def landscape(quarters: int) -> Callable[[Canvas], None]:
    """A landscape annex on a portrait page, drawn by `quarters` of a turn to the left."""

    def draw(canvas: Canvas) -> None:
        canvas.rotate(90 * quarters)
        canvas.translate(*((0, -WIDTH) if quarters == 1 else (-HEIGHT, 0)))
        canvas.setFont("Plan", 13)
        for number, line in enumerate(["PHỤ LỤC", "Danh mục nhiệm vụ của các phòng, ban trong năm 2024"]):
            canvas.drawString(60, WIDTH - 60 - number * 18, line)
        xs, ys = [60, 100, 400, 600, 780], [WIDTH - 140, WIDTH - 160, WIDTH - 200, WIDTH - 240]
        for x in xs:
            canvas.line(x, ys[0], x, ys[-1])
        for y in ys:
            canvas.line(xs[0], y, xs[-1], y)
        for row, texts in enumerate(
            [
                ["TT", "Nội dung", "Chủ trì", "Thời gian"],
                ["1", "Tập huấn", "Phòng Y tế", "Quý II"],
                ["2", "Tổng kết", "UBND", "Quý IV"],
            ]
        ):
            for column, text in enumerate(texts):
                canvas.drawString(xs[column] + 4, ys[row] - 14, text)

    return draw


@pytest.mark.parametrize(("degrees", "quarters"), [(90, 1), (0, 1), (270, -1), (0, -1)])
def test_turned_pages(degrees: int, quarters: int) -> None:
    document = pypdfium2.PdfDocument(drawn(landscape(quarters)))
    document[0].set_rotation(degrees)
    stream = io.BytesIO()
    document.save(stream)
    text = text_of(stream.getvalue())
    assert text.text.split("\n") == [
        "PHỤ LỤC",
        "Danh mục nhiệm vụ của các phòng, ban trong năm 2024",
        "TT\tNội dung\tChủ trì\tThời gian",
        "1\tTập huấn\tPhòng Y tế\tQuý II",
        "2\tTổng kết\tUBND\tQuý IV",
    ]
    assert text.runs[0].glyphs is not None
    assert text.runs[0].glyphs.lefts[0] == pytest.approx(60, abs=1)


def test_underlines_and_frames_are_no_tables() -> None:
    def draw(canvas: Canvas) -> None:
        written(canvas, 70, 100, ["Kinh phí: 15 triệu đồng", "Nguồn: ngân sách huyện"])
        for top in (104, 122):
            canvas.line(70, HEIGHT - top, 200, HEIGHT - top)
        canvas.rect(60, HEIGHT - 130, 300, 60)

    assert not any(isinstance(block, Grid) for block in read_bytes(drawn(draw), "x").blocks)


def test_places_of_letters() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, HEIGHT - 200, "Tỷ lệ đạt 95%")

    (run,) = text_of(drawn(draw)).runs
    assert run.glyphs is not None
    assert run.page == 1
    assert len(run.glyphs.lefts) == len(run.glyphs.rights) == 13
    assert run.glyphs.lefts[0] == pytest.approx(100, abs=0.1)
    assert run.glyphs.rights[-1] == pytest.approx(100 + pdfmetrics.stringWidth("Tỷ lệ đạt 95%", "Plan", 14), abs=0.1)
    assert run.glyphs.top < 200 < run.glyphs.bottom
    assert all(left <= right for left, right in zip(run.glyphs.lefts, run.glyphs.rights, strict=True))


def test_every_run_is_a_printed_line() -> None:
    data = table_file(20)
    text = text_of(data)
    printed = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range().replace("\r\n", " ")
    for run in text.runs:
        assert run.glyphs is not None
        assert len(run.glyphs.lefts) == run.end - run.start
        assert run.page != 1 or text.text[run.start : run.end] in printed


def picture(canvas: Canvas) -> None:
    from PIL import Image

    canvas.drawInlineImage(Image.new("L", (60, 80), 200), 0, 0, WIDTH, HEIGHT)


@pytest.fixture
def without_tesseract(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    from pipeline.ingest import recognition

    recognition.ready.cache_clear()
    monkeypatch.setenv("PATH", "")
    yield
    recognition.ready.cache_clear()


@pytest.mark.usefixtures("without_tesseract")
def test_pages_without_text_are_noted() -> None:
    pages = read_bytes(drawn(lambda canvas: canvas.drawString(70, 700, "Kế hoạch"), picture), "x")
    assert (pages.notes, pages.text_layer, pages.page_count) == (("no_text_layer",), "digital", 2)

    def recognised(canvas: Canvas) -> None:
        picture(canvas)
        canvas.drawString(70, 700, "Kế hoạch")

    assert read_bytes(drawn(recognised), "x").text_layer == "ocr"


@pytest.mark.usefixtures("without_tesseract")
def test_no_text_at_all() -> None:
    with pytest.raises(NoTextLayer, match=r"pictures|no page has text"):
        read_bytes(drawn(picture), "x")


@pytest.mark.usefixtures("without_tesseract")
def test_broken_text_layer() -> None:
    garbage = "".join(chr(ord(letter) + 3) if letter.isalpha() else letter for letter in BODY)
    with pytest.raises(NoTextLayer, match="broken_text_layer"):
        read_bytes(drawn(lambda canvas: written(canvas, 70, 100, [garbage] * 6, 8)), "x")


@pytest.mark.parametrize("claimed", [b"1", b"900"])
def test_what_a_file_says_of_its_pages_is_not_believed(claimed: bytes) -> None:
    data = (Path(__file__).parents[2] / "corpus" / "formats" / "pdf" / "yen-khang_xa_dan-so.pdf").read_bytes()
    pages = read_bytes(re.sub(rb"/Count \d+", b"/Count " + claimed, data), "a.pdf")
    assert (pages.page_count, pages.notes) == (2, ("damaged",))
    assert unwrap(pages).text == unwrap(read_bytes(data, "a.pdf")).text


def test_encrypted() -> None:
    with pytest.raises(EncryptedDocument):
        read_bytes(drawn(lambda canvas: canvas.drawString(70, 700, "x"), encrypt=StandardEncryption("secret")), "x")


def test_junk_before_the_header_is_tolerated_and_damage_is_not() -> None:
    data = drawn(lambda canvas: canvas.drawString(70, 700, "Kế hoạch"))
    assert text_of(b"HTTP/1.1 200 OK\r\n\r\n" + data).text == "Kế hoạch"
    with pytest.raises(DamagedDocument):
        read_bytes(data[:60], "x")
