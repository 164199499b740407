from pathlib import Path

import pytest

from pipeline.errors import DamagedDocument, EncryptedDocument, UnsupportedDocument
from pipeline.ingest import antiword, doc, office, read_bytes
from pipeline.ingest.programs import ANTIWORD, OFFICE, Program, Stopped, run
from pipeline.pages import Grid, Line
from pipeline.unwrap import unwrap

CORPUS = Path(__file__).parents[2] / "corpus" / "formats" / "docx"
PLANS = ("hong-chau_phuong_phan-loai-rac", "suoi-lang_xa_giam-ngheo")
MISSING = Program("LibreOffice", ("no-such-program",), "libreoffice-writer-nogui", "x")
has_office = pytest.mark.skipif(OFFICE.path is None, reason="LibreOffice is not installed")
has_antiword = pytest.mark.skipif(ANTIWORD.path is None, reason="antiword is not installed")


@pytest.fixture(scope="module")
def old_word() -> dict[str, bytes]:
    return {plan: office.converted((CORPUS / f"{plan}.docx").read_bytes(), plan, kind="docx", into="doc") for plan in PLANS}


@has_office
@pytest.mark.parametrize("plan", PLANS)
def test_an_old_word_document_reads_like_its_twin(old_word: dict[str, bytes], plan: str) -> None:
    pages = read_bytes(old_word[plan], "plan.doc")
    twin = read_bytes((CORPUS / f"{plan}.docx").read_bytes(), "plan.docx")
    assert unwrap(pages).text == unwrap(twin).text
    assert unwrap(pages).tables == unwrap(twin).tables
    assert pages.media_type == "application/msword"
    assert pages.engine.startswith("LibreOffice")


@has_office
@has_antiword
def test_without_libreoffice_antiword_reads_it(old_word: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doc, "OFFICE", MISSING)
    pages = read_bytes(old_word[PLANS[0]], "plan.doc")
    lines = unwrap(pages).text.splitlines()
    assert pages.engine == "antiword"
    assert "Số: 73/KH-UBND" in lines
    assert any(line.startswith("TT\tNhiệm vụ\tChủ trì\tPhối hợp") for line in lines)


def test_without_any_program_the_command_that_installs_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doc, "OFFICE", MISSING)
    monkeypatch.setattr(doc, "ANTIWORD", MISSING)
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "WordDocument".encode("utf-16-le") + b"\0" * 600
    with pytest.raises(UnsupportedDocument) as caught:
        read_bytes(data, "plan.doc")
    assert "apt-get install libreoffice-writer-nogui" in caught.value.remedy


def test_a_password_is_noticed_before_anything_else() -> None:
    fib = b"\xec\xa5\xc1\x00" + b"\0" * 6 + (0x0100).to_bytes(2, "little")
    data = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504) + fib.ljust(512, b"\0") + "WordDocument".encode("utf-16-le")
    with pytest.raises(EncryptedDocument):
        read_bytes(data, "plan.doc")


@has_office
@has_antiword
def test_a_broken_file_says_so() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "WordDocument".encode("utf-16-le") + b"\0" * 600
    with pytest.raises(DamagedDocument):
        read_bytes(data, "plan.doc")


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        ("<html><body><p>Kế hoạch năm 2024 của xã</p></body></html>".encode(), "text/html"),
        ("Kế hoạch năm 2024 của xã".encode(), "text/plain"),
    ],
)
def test_the_bytes_say_what_a_doc_really_is(data: bytes, media_type: str) -> None:
    assert read_bytes(data, "plan.doc").media_type == media_type


def test_docbook_of_antiword() -> None:
    made = """<book><title>x</title><bookinfo><title>rác</title></bookinfo><chapter><title/>
    <para><informaltable><tgroup cols='2'><tbody><row><entry>
UBND XÃ TÂN KHÊ
Số: 15/KH-UBND
    </entry><entry>
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
    </entry></row></tbody></tgroup></informaltable></para>
    <para><emphasis role='bold'>KẾ HOẠCH</emphasis></para>
    <para>
    <orderedlist numeration='upperroman'><listitem>Mục đích</listitem><listitem>Yêu cầu</listitem></orderedlist></para>
    <para><informaltable><tgroup cols='3'><tbody><row><entry>TT</entry><entry>Việc</entry><entry>Hạn</entry></row>
    <row><entry>1</entry><entry>Họp</entry><entry>30/6</entry></row></tbody></tgroup></informaltable></para></chapter></book>"""
    reading = antiword.from_docbook(made.encode())
    lines = [block.text for block in reading.blocks if isinstance(block, Line)]
    assert lines == [
        "UBND XÃ TÂN KHÊ",
        "Số: 15/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "KẾ HOẠCH",
        "I. Mục đích",
        "II. Yêu cầu",
    ]
    assert [len(block.rows) for block in reading.blocks if isinstance(block, Grid)] == [2]


def test_a_program_that_hangs_is_ended() -> None:
    with pytest.raises(Stopped, match="not done after"):
        run(["sh", "-c", "sleep 30 & sleep 30"], seconds=0.3)


def test_a_program_that_fails_says_why() -> None:
    with pytest.raises(Stopped, match=r"code 3 .because"):
        run(["sh", "-c", "echo because >&2; exit 3"], seconds=5)
