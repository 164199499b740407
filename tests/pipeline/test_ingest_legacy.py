import io
from pathlib import Path

import docx
import pytest

from benchmarks.formats import FONTS, PLAIN, in_font, written_in
from pipeline.ingest import read_bytes
from pipeline.ingest.legacy import Encoding, decoded, encoding_of_font, restored
from pipeline.unwrap import unwrap

CORPUS = Path(__file__).parents[2] / "corpus" / "formats"
PLAN = "lac-xuan_huyen_benh-khong-lay-nhiem"
@pytest.mark.parametrize(
    ("written", "encoding", "expected"),
    [
        ("Uû ban nh©n d©n x· Hßa Phong ban hµnh kÕ ho¹ch", "TCVN3", "Uỷ ban nhân dân xã Hòa Phong ban hành kế hoạch"),
        ("KÕ HO¹CH ph¸t triÓn kinh tÕ - x· héi n¨m 2024", "TCVN3", "KẾ HOẠCH phát triển kinh tế - xã hội năm 2024"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "VNI", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("UÛY BAN NHAÂN DAÂN huyeän ban haønh keá hoaïch", "VNI", "ỦY BAN NHÂN DÂN huyện ban hành kế hoạch"),
        ("Ke^' hoa.ch thu+.c hie^.n nhie^.m vu.", "VIQR", "Kế hoạch thực hiện nhiệm vụ"),
    ],
)
def test_a_paragraph_in_old_letters_becomes_unicode(written: str, encoding: str, expected: str) -> None:
    assert restored(written) == (expected, encoding)


@pytest.mark.parametrize(
    "text",
    [
        "Ủy ban nhân dân xã ban hành kế hoạch",
        "và các cơ quan có liên quan",
        "Le café de la gare à côté",
        "Straße, Größe und Übung für alle",
        "80% TB, 12 µg, ©2024, ½ km, 30° C",
        "email: a.b@c.vn, http://x.y/z?q=1",
    ],
)
def test_what_is_no_old_text_stays(text: str) -> None:
    assert restored(text) == (text, None)


@pytest.mark.parametrize("encoding", ["TCVN3", "VNI", "VPS", "VISCII"])
@pytest.mark.parametrize("coding", ["latin-1", "utf-8"])
def test_a_plan_in_old_letters_reads_like_its_twin(encoding: Encoding, coding: str) -> None:
    plain = (CORPUS / "txt" / f"{PLAN}.txt").read_text(encoding="utf-8").translate(PLAIN)
    pages = read_bytes(written_in(plain, encoding).encode(coding), "plan.txt")
    assert pages.legacy_encoding == encoding
    assert "legacy_encoding" in pages.notes
    assert unwrap(pages).text.lower() == unwrap(read_bytes(plain.encode(), "plan.txt")).text.lower()


@pytest.mark.parametrize("encoding", FONTS)
def test_a_word_document_in_an_old_font_reads_like_its_twin(encoding: Encoding) -> None:
    path = CORPUS / "docx" / f"{PLAN}.docx"
    pages = read_bytes(in_font(path, encoding), "plan.docx")
    assert pages.legacy_encoding == encoding
    expected = unwrap(read_bytes(path.read_bytes(), "plan.docx")).text.translate(PLAIN)
    assert unwrap(pages).text.lower() == expected.lower()


def test_the_name_of_a_font_is_no_proof() -> None:
    document = docx.Document()
    run = document.add_paragraph().add_run("Ủy ban nhân dân xã ban hành kế hoạch; và các ban")
    run.font.name = ".VnTime"
    pages = read_bytes(_saved(document), "plan.docx")
    assert pages.legacy_encoding is None
    assert unwrap(pages).text == "Ủy ban nhân dân xã ban hành kế hoạch; và các ban"


def test_a_font_of_capitals_draws_small_letters_as_capitals() -> None:
    document = docx.Document()
    for text, font in (("kÕ ho¹ch", ".VnTimeH"), ("Thùc hiÖn nhiÖm vô ph¸t triÓn kinh tÕ", ".VnTime")):
        document.add_paragraph().add_run(text).font.name = font
    assert unwrap(read_bytes(_saved(document), "x.docx")).text == "KẾ HOẠCH\nThực hiện nhiệm vụ phát triển kinh tế"


def test_a_web_page_in_an_old_font() -> None:
    page = "<html><body><p style='font-family:.VnTime'>Uû ban nh©n d©n x· ban hµnh <b>kÕ ho¹ch</b> n¨m 2024</p></body></html>"
    pages = read_bytes(page.encode(), "x.html")
    assert unwrap(pages).text == "Uỷ ban nhân dân xã ban hành kế hoạch năm 2024"
    assert pages.legacy_encoding == "TCVN3"


@pytest.mark.parametrize(
    ("font", "expected"),
    [
        (".VnTime", ("TCVN3", False)),
        (".VnArialH", ("TCVN3", True)),
        ("ABCDEF+.VnTime", ("TCVN3", False)),
        ("VNI-Helve", ("VNI", False)),
        ("Times New Roman", None),
        ("Vivaldi", None),
    ],
)
def test_fonts_by_name(font: str, expected: tuple[str, bool] | None) -> None:
    assert encoding_of_font(font) == expected


def test_decoding_keeps_what_is_unicode() -> None:
    assert decoded("Ủy ban", "TCVN3") == "Ủy ban"


def _saved(document: docx.document.Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
