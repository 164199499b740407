import io
import zipfile
from pathlib import Path

import pytest

from pipeline.errors import DamagedDocument, EmptyDocument, EncryptedDocument
from pipeline.ingest import office, read_bytes
from pipeline.ingest.programs import OFFICE
from pipeline.pages import Grid, Line
from pipeline.unwrap import unwrap

CORPUS = Path(__file__).parents[2] / "corpus" / "formats" / "docx"
SPACES = (
    " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "style", "draw")
    )
    + ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
)


def packed(body: str, *, styles: str = "", manifest: str = "") -> bytes:
    content = (
        f"<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        target.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        target.writestr("content.xml", content)
        if manifest:
            target.writestr("META-INF/manifest.xml", manifest)
    return buffer.getvalue()


def lines(data: bytes) -> list[str]:
    return [block.text for block in read_bytes(data, "a.odt").blocks if isinstance(block, Line) and block.text]


@pytest.mark.skipif(OFFICE.path is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("plan", ["suoi-lang_xa_giam-ngheo", "hong-chau_phuong_phan-loai-rac"])
def test_an_opendocument_text_reads_like_its_twin(plan: str) -> None:
    data = (CORPUS / f"{plan}.docx").read_bytes()
    made = unwrap(read_bytes(office.converted(data, plan, kind="docx", into="odt"), "plan.odt"))
    twin = unwrap(read_bytes(data, "plan.docx"))
    assert (made.text, made.tables) == (twin.text, twin.tables)


LISTS = """<text:list-style style:name="L1">
<text:list-level-style-number text:level="1" style:num-format="I" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="." text:display-levels="1"/>
<text:list-level-style-bullet text:level="3" text:bullet-char="•"/></text:list-style>"""


def test_lists_are_numbered_as_they_are_shown() -> None:
    body = """<text:list text:style-name="L1"><text:list-item><text:p>Mục đích</text:p><text:list>
    <text:list-item><text:p>Một</text:p></text:list-item><text:list-item><text:p>Hai</text:p>
    <text:list><text:list-item><text:p>chấm</text:p></text:list-item></text:list></text:list-item></text:list></text:list-item></text:list>
    <text:p>Chen giữa</text:p>
    <text:list text:style-name="L1" text:continue-numbering="true"><text:list-item><text:p>Yêu cầu</text:p></text:list-item></text:list>
    <text:list text:style-name="L1"><text:list-item><text:p>Lại từ đầu</text:p></text:list-item></text:list>"""
    assert lines(packed(body, styles=LISTS)) == [
        "I. Mục đích", "1. Một", "2. Hai", "- chấm", "Chen giữa", "II. Yêu cầu", "I. Lại từ đầu",
    ]  # fmt: skip


def test_what_is_not_shown_is_not_read() -> None:
    styles = '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
    body = """<text:tracked-changes><text:p>đã xóa</text:p></text:tracked-changes>
    <text:p>Giữ <text:span text:style-name="H">ẩn</text:span>lại<text:s text:c="2"/>đây<text:line-break/>dòng hai</text:p>
    <text:p>Có chú thích<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Nguồn.</text:p></text:note-body></text:note>.</text:p>"""
    assert lines(packed(body, styles=styles)) == ["Giữ lại  đây", "dòng hai", "Có chú thích.", "[1] Nguồn."]


def test_merged_cells() -> None:
    styles = '<style:style style:name="C" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid"/></style:style>'
    cell = '<table:table-cell table:style-name="C"{}><text:p>{}</text:p></table:table-cell>'
    rows = [
        cell.format(' table:number-rows-spanned="2"', "TT")
        + cell.format(' table:number-columns-spanned="2"', "Thời gian")
        + "<table:covered-table-cell/>",
        "<table:covered-table-cell/>" + cell.format("", "Từ") + cell.format("", "Đến"),
    ]
    body = "<table:table>" + "".join(f"<table:table-row>{row}</table:table-row>" for row in rows) + "</table:table>"
    (grid,) = (block for block in read_bytes(packed(body, styles=styles), "a.odt").blocks if isinstance(block, Grid))
    assert grid.rows == ((0, 1, 1), (0, 2, 3))


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (packed(""), EmptyDocument),
        (packed("<text:p>a</text:p>")[:150] + b"PK\x05\x06" + b"\0" * 18, DamagedDocument),
        (packed("<text:p>x</text:p>", manifest='<m xmlns="urn:x"><encryption-data/></m>'), EncryptedDocument),
    ],
)
def test_what_cannot_be_read_says_so(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_bytes(data, "a.odt")
