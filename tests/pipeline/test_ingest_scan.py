import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw

from benchmarks.rewrites import plan_in
from pipeline.errors import DamagedDocument, NoTextLayer
from pipeline.ingest import read, read_bytes, recognition
from pipeline.ingest.page_image import PageImage, black_on_white, is_blank, lies_on_its_side, skew, straightened, unruled
from pipeline.ingest.printed_forms import _Numerals, known_spelling
from pipeline.ingest.programs import TESSERACT, Program
from pipeline.ingest.recognised import CORES, cores
from pipeline.ingest.recognition import rows_of
from pipeline.ingest.shapes import without_huge_shapes
from pipeline.ingest.text_layers import unreadable
from pipeline.ingest.written import Slot, _believed
from pipeline.pages import Grid, Line
from pipeline.unwrap import unwrap

CORPUS = Path(__file__).parents[2] / "corpus" / "formats" / "pdf"
PLAN = CORPUS / "hong-chau_phuong_phan-loai-rac.pdf"
recognises = pytest.mark.skipif(TESSERACT.path is None, reason="Tesseract is not installed")


def page_of(path: Path = PLAN, number: int = 1, dots: int = 200) -> Image.Image:
    document = pypdfium2.PdfDocument(path)
    picture = document[number - 1].render(scale=dots / 72).to_pil().convert("RGB")
    document.close()
    return picture


def saved(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def stamped(picture: Image.Image) -> Image.Image:
    """A red seal over the first lines of the text, and a signature in blue."""
    ink = Image.new("RGB", picture.size, "white")
    draw = ImageDraw.Draw(ink)
    x, y, radius = picture.width // 2, picture.height // 3, picture.width // 9
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=(210, 40, 50), width=8)
    draw.line([(x, y), (x + 200, y - 60), (x + 120, y + 90)], fill=(40, 60, 190), width=6)
    return ImageChops.multiply(picture, ink)


@recognises
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda page: page, id="as it is"),
        pytest.param(lambda page: page.rotate(-1.7, Image.Resampling.BICUBIC, fillcolor="white"), id="askew"),
        pytest.param(lambda page: page.rotate(180, expand=True), id="upside down"),
        pytest.param(lambda page: page.rotate(90, expand=True), id="on its side"),
        pytest.param(lambda page: page.convert("1"), id="black and white"),
        pytest.param(lambda page: Image.blend(page, Image.new("RGB", page.size, (120, 110, 90)), 0.4), id="on dark paper"),
    ],
)
def test_a_picture_of_a_page_is_read(change: Callable[[Image.Image], Image.Image]) -> None:
    pages = read_bytes(saved(change(page_of()), dpi=(200, 200)), "scan.png")
    lines = unwrap(pages).text.splitlines()
    assert "KẾ HOẠCH" in lines
    assert "Số: 73/KH-UBND" in lines
    assert "Hồng Châu, ngày 15 tháng 9 năm 2025" in lines
    assert lines.index("Số: 73/KH-UBND") < lines.index("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert (pages.text_layer, pages.page_count) == ("ocr", 1)
    assert pages.engine.startswith("tesseract 5")


@recognises
def test_ink_of_stamps_and_signatures_is_no_text() -> None:
    plain, marked = (unwrap(read_bytes(saved(page), "a.png")).text for page in (page_of(), stamped(page_of())))
    assert marked == plain


@recognises
def test_words_keep_their_places() -> None:
    pages = read_bytes(saved(page_of(), dpi=(200, 200)), "a.png")
    title = next(line for line in pages.blocks if isinstance(line, Line) and line.text == "KẾ HOẠCH")
    digital = next(line for line in read(PLAN).blocks if isinstance(line, Line) and line.text == "KẾ HOẠCH")
    assert title.glyphs is not None
    assert digital.glyphs is not None
    assert len(title.glyphs.lefts) == len(title.text)
    for here, there in ((title.glyphs.lefts[0], digital.glyphs.lefts[0]), (title.glyphs.rights[-1], digital.glyphs.rights[-1])):
        assert here == pytest.approx(there, abs=4)
    assert (title.bold, title.centred) == (True, True)


@recognises
def test_pages_of_a_tiff_and_pages_without_text() -> None:
    blank = Image.new("RGB", (1654, 2339), "white")
    data = saved(page_of(), "TIFF", save_all=True, append_images=[blank, page_of(number=2)], compression="tiff_lzw")
    pages = read_bytes(data, "a.tif")
    assert pages.page_count == 3
    assert {line.page for line in pages.blocks if isinstance(line, Line)} == {1, 3}


@recognises
def test_a_ruled_table_keeps_its_cells() -> None:
    last = len(pypdfium2.PdfDocument(PLAN))
    scanned = [block for block in read_bytes(saved(page_of(number=last)), "a.png").blocks if isinstance(block, Grid)]
    digital = [block for block in read(PLAN).blocks if isinstance(block, Grid)]
    assert [len(grid.rows) for grid in scanned] == [len(grid.rows) for grid in digital]
    texts = [[" ".join(line.text for line in cell) for cell in grid.cells] for grid in (scanned[0], digital[0])]
    same = sum(here == there for here, there in zip(*texts, strict=True))
    assert same >= 0.85 * len(texts[1])


@recognises
def test_pages_with_and_without_letters_in_one_pdf(tmp_path: Path) -> None:
    mixed = pypdfium2.PdfDocument(PLAN)
    page_of(number=2).save(tmp_path / "scan.pdf", "PDF", resolution=200)
    mixed.import_pages(pypdfium2.PdfDocument(tmp_path / "scan.pdf"))
    mixed.save(tmp_path / "mixed.pdf")
    pages = read(tmp_path / "mixed.pdf")
    assert pages.text_layer == "mixed"
    assert "tesseract" in pages.engine
    assert {line.page for line in pages.blocks if isinstance(line, Line)} == set(range(1, len(mixed) + 1))


@recognises
def test_a_number_written_by_hand_is_left_blank() -> None:
    page = page_of()
    draw = ImageDraw.Draw(page)
    box = next(
        line.glyphs for line in read(PLAN).blocks if isinstance(line, Line) and line.text.startswith("Số: 73") and line.glyphs
    )
    left, right, scale = box.lefts[4] * 200 / 72, box.rights[5] * 200 / 72, 200 / 72
    top, bottom = box.top * scale, box.bottom * scale
    draw.rectangle((left, top, right, bottom), fill="white")
    draw.line(
        [(left, top + 6), (left + 15, top), (left + 5, bottom), (left + 22, bottom - 12), (right + 2, top - 6)],
        fill="black",
        width=3,
    )
    pages = read_bytes(saved(page), "a.png")
    assert "Số: /KH-UBND" in unwrap(pages).text
    assert {"low_ocr_confidence", "unread_number"} <= set(pages.notes)
    assert "missing_number" not in {found.code for found in plan_in(pages)[0].diagnostics}


@recognises
def test_recipients_and_signature_are_read_apart_although_a_seal_lies_over_them() -> None:
    number, x, y = _place_of(PLAN, "CHỦ TỊCH")
    page = page_of(number=number).convert("L")
    draw = ImageDraw.Draw(page)
    for radius in (75, 60):
        draw.ellipse((x - 210 - radius, y + 90 - radius, x - 210 + radius, y + 90 + radius), outline=0, width=5)
    draw.line([(x - 250, y + 100), (x + 20, y + 50), (x, y + 105), (x + 200, y + 50)], fill=0, width=4)
    text = unwrap(read_bytes(saved(page.convert("1")), "a.png")).text
    digital = unwrap(read(PLAN)).text
    read_as = text[text.index("Nơi nhận") :].replace("(b/€)", "(b/c)").replace("(b/C)", "(b/c)")
    assert read_as == digital[digital.index("Nơi nhận") : digital.index("PHỤ LỤC")].strip()


def _place_of(path: Path, words: str) -> tuple[int, int, int]:
    """The page on which words stand, and where, in pixels at 200 dots an inch: middle and foot."""
    line = next(block for block in read(path).blocks if isinstance(block, Line) and words in block.text and block.glyphs)
    assert line.glyphs
    return line.glyphs.page, round((line.glyphs.lefts[0] + line.glyphs.rights[-1]) / 2 * 200 / 72), round(line.glyphs.bottom * 200 / 72)


def test_ink_that_hangs_together_over_lines_is_wiped_and_letters_are_left() -> None:
    picture = Image.new("L", (600, 400), 255)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((250, 50, 450, 250), outline=0, width=4)
    draw.text((50, 100), "KẾ HOẠCH", fill=0, font_size=36)
    letters = np.asarray(picture.crop((0, 0, 245, 400)))
    page = without_huge_shapes(PageImage(np.asarray(picture), 200 / 72))
    assert page.grey[:, 245:].min() > 200
    assert np.array_equal(page.grey[:, :245], letters)


def test_without_tesseract_the_command_that_installs_it_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(
        recognition, "TESSERACT", Program("Tesseract", ("no-such-program",), "tesseract-ocr tesseract-ocr-vie", "x")
    )
    recognition.ready.cache_clear()
    recognition.version.cache_clear()
    page_of(dots=72).save(tmp_path / "a.pdf", "PDF", resolution=72)
    with pytest.raises(NoTextLayer) as caught:
        read(tmp_path / "a.pdf")
    assert "apt-get install tesseract-ocr tesseract-ocr-vie" in caught.value.remedy
    recognition.ready.cache_clear()
    recognition.version.cache_clear()


@pytest.mark.parametrize("data", [saved(page_of(dots=72))[:2000], b"\x89PNG\r\n\x1a\n" + b"x" * 100])
@recognises
def test_a_broken_picture_says_so(data: bytes) -> None:
    with pytest.raises(DamagedDocument):
        read_bytes(data, "a.png")


@recognises
def test_a_picture_of_nothing_says_so() -> None:
    with pytest.raises(NoTextLayer):
        read_bytes(saved(Image.new("L", (800, 1100), 255)), "a.png")


def grey(picture: Image.Image) -> PageImage:
    return PageImage(black_on_white(picture), 200 / 72)


@pytest.mark.parametrize("angle", [-2.5, -0.7, 0.0, 0.4, 2.0])
def test_skew_is_found(angle: float) -> None:
    turned = page_of().rotate(angle, Image.Resampling.BICUBIC, fillcolor="white")
    assert skew(grey(turned)) == pytest.approx(-angle, abs=0.12)
    assert skew(straightened(grey(turned))) == pytest.approx(0, abs=0.1)


def test_a_page_on_its_side_is_noticed() -> None:
    assert lies_on_its_side(grey(page_of().rotate(90, expand=True)))
    assert not lies_on_its_side(grey(page_of()))


def test_blank_pages_are_known() -> None:
    noise = np.random.default_rng(0).normal(245, 4, (2339, 1654, 1)).clip(0, 255).astype(np.uint8).repeat(3, axis=2)
    assert is_blank(grey(Image.fromarray(noise)))
    assert not is_blank(grey(page_of()))


def test_ruling_lines_are_found_and_wiped() -> None:
    page = Image.new("L", (1000, 1000), 255)
    draw = ImageDraw.Draw(page)
    draw.rectangle((100, 100, 900, 400), outline=0, width=3)
    draw.line((500, 100, 500, 400), fill=0, width=3)
    clean, rules = unruled(grey(page))
    assert len(rules) == 5
    assert clean.grey.min() == 255


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["I. MỤC ĐÍCH", "II. YÊU CẦU", "II. NỘI DUNG"], ["I. MỤC ĐÍCH", "II. YÊU CẦU", "III. NỘI DUNG"]),
        (["IL MỤC ĐÍCH", "H. YÊU CẦU"], ["I. MỤC ĐÍCH", "II. YÊU CẦU"]),
        (["U MỤC TIÊU", "IU NHIỆM VỤ", "II TỔ CHỨC THỰC HIỆN"], ["I/ MỤC TIÊU", "II/ NHIỆM VỤ", "III. TỔ CHỨC THỰC HIỆN"]),
        (["I. MỤC TIÊU", "PHẦN HAI", "I. NHIỆM VỤ"], ["I. MỤC TIÊU", "PHẦN HAI", "I. NHIỆM VỤ"]),
        (["I. A VÀ B", "II. C VÀ D", "IV. E VÀ F", "V. G VÀ H"], ["I. A VÀ B", "II. C VÀ D", "IV. E VÀ F", "V. G VÀ H"]),
        (["1. Mục đích", "Lưu: VT."], ["1. Mục đích", "Lưu: VT."]),
        (
            ["I. MỤC ĐÍCH", "1. Mục đích", "2. Yêu cầu", "I. NỘI DUNG"],
            ["I. MỤC ĐÍCH", "1. Mục đích", "2. Yêu cầu", "II. NỘI DUNG"],
        ),
        (
            ["I. Mục đích", "H. Đối tượng kiểm tra:", "IH. Nội dung:", "IV. Thời gian", "V. Kinh phí", "VỊ. Báo cáo"],
            ["I. Mục đích", "II. Đối tượng kiểm tra:", "III. Nội dung:", "IV. Thời gian", "V. Kinh phí", "VI. Báo cáo"],
        ),
        (["I. MỤC ĐÍCH", "II. BIỆN PHÁP", "I. Nhiệm vụ", "II. CHỦ ĐỀ"], ["I. MỤC ĐÍCH", "II. BIỆN PHÁP", "I. Nhiệm vụ", "III. CHỦ ĐỀ"]),
        (["I. Mục đích", "H. Mường La", "1. Một số việc", "II. Nội dung"], ["I. Mục đích", "H. Mường La", "1. Một số việc", "II. Nội dung"]),
        (["B. NHIỆM VỤ", "I. Hạ tầng", "II. Nước", "II. Điện"], ["B. NHIỆM VỤ", "I. Hạ tầng", "II. Nước", "III. Điện"]),
    ],
)
def test_numerals_of_headings_count_up(lines: list[str], expected: list[str]) -> None:
    numerals = _Numerals()
    assert [numerals.read(line) for line in lines] == expected


@pytest.mark.parametrize(
    ("read_as", "printed"),
    [("KÉ HOẠCH", "KẾ HOẠCH"), ("UỶ BAN NHÂN DÂN", "UỶ BAN NHÂN DÂN"), ("XÃ LÀ NGÀ", "XÃ LÀ NGÀ"), ("Ké hoạch", "Ké hoạch")],
)
def test_only_phrases_in_capitals_are_respelled(read_as: str, printed: str) -> None:
    assert known_spelling(read_as) == printed


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        ([("73", 92), ("73", 90), ("73", 88)], "73"),
        ([("73", 92), ("78", 90), ("73", 88)], None),  # a number must be read alike each time
        ([("73", 60), ("73", 62), ("73", 70)], None),  # and surely once
        ([("l5", 92), ("15", 90), ("I5", 88)], "15"),
        ([("{34.2", 92), ("{34.2", 90), ("{34.2", 88)], None),
    ],
)
def test_numbers_are_believed_when_readings_agree(readings: list[tuple[str, int]], expected: str | None) -> None:
    assert _believed([Slot("number", 0, 3, 0, 5, text, sure) for text, sure in readings]) == expected


def test_lines_that_run_up_the_page_are_left_out() -> None:
    word = "<span class='ocrx_word' id='w' title='bbox 10 10 60 30; x_wconf 95'>%s</span>"
    level = "<span class='ocr_line' id='l' title=\"bbox 10 10 60 30; baseline 0.01 -5; x_size 20\">" + word % "Kế"
    steep = "<span class='ocr_line' id='l' title=\"bbox 10 10 60 30; baseline 75.3 -226; x_size 20\">" + word % "no"
    assert [[w.text for w in row] for row in rows_of(level + steep, 2.0)] == [["Kế"]]
    assert rows_of("", 2.0) == []


def test_the_share_of_cores_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CORES, "3")
    assert cores() == 3
    monkeypatch.delenv(CORES)
    assert cores() >= 1


def test_digital_pages_are_not_recognised() -> None:
    from pipeline.ingest.page_blocks import PageBlocks

    good = "Ủy ban nhân dân xã ban hành kế hoạch thực hiện nhiệm vụ phát triển kinh tế " * 5
    broken = "8Ӣ ban nhkn dkn [m ban hjnh NӃ KRҥFK WKӵF KLӋQ QKLӋP Yө " * 8
    pages = [PageBlocks([Line(text)], [], 595, 842) for text in (good, good, "")]
    assert unreadable(pages) == [3]
    assert unreadable([PageBlocks([Line(broken)], [], 595, 842)]) == [1]
    assert unreadable([PageBlocks([Line(broken)], [], 595, 842, pictured=True), *pages[:2]]) == [1]
