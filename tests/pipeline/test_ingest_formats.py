"""Formats: known by their bytes whatever the name; what cannot be read says why and what helps."""

import io
import sys
import zipfile
from pathlib import Path

import pytest

from pipeline.errors import (
    DamagedDocument,
    EmptyDocument,
    EncryptedDocument,
    ForbiddenDocument,
    TooLargeDocument,
    UnreadableDocument,
    UnsupportedDocument,
)
from pipeline.ingest import READERS, format_of, read, read_bytes

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def archive(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, content in files.items():
            made.writestr(name.replace("__", "/").replace("_", "."), content)
    return stream.getvalue()


DOCX = archive(word__document_xml=b"<x/>")
KINDS = [
    (b"%PDF-1.7\n", "pdf"),
    (b"\xef\xbb\xbf\r\n%PDF-1.4 1 0 obj", "pdf"),
    (b"junk of a mail server\r\n%PDF-1.4\n1 0 obj", "pdf"),
    (DOCX, "docx"),
    (archive(xl__workbook_xml=b""), "xlsx"),
    (archive(mimetype=b"application/vnd.oasis.opendocument.text"), "odt"),
    (archive(plan_docx=DOCX), "zip"),
    (OLE + "WordDocument".encode("utf-16-le"), "doc"),
    (OLE + "Workbook".encode("utf-16-le"), "xls"),
    (b"{\\rtf1\\ansi", "rtf"),
    (b"\xff\xd8\xff\xe0", "image"),
    (b"From: a@b.vn\nSubject: KH\nMIME-Version: 1.0\n\n", "eml"),
    (b"<!DOCTYPE html><html>", "html"),
    (b"  <html xmlns:o='urn'>", "html"),
    ("\ufeff<p>Kế hoạch</p>".encode("utf-16-le"), "html"),
    ("KẾ HOẠCH\nĐịa điểm: <chưa rõ>".encode(), "text"),
    ("<Tên cơ quan> ban hành kế hoạch".encode(), "text"),
    (b"Kinh phi: 5\nThoi gian: 6\n", "text"),
]


@pytest.mark.parametrize(("data", "name"), KINDS)
def test_kinds(data: bytes, name: str) -> None:
    found = format_of(data, "plan.txt")
    assert found.name == name
    assert name in READERS or found.remedy


REFUSED = [
    (b"", EmptyDocument),
    (OLE + "EncryptedPackage".encode("utf-16-le"), EncryptedDocument),
    (OLE, UnsupportedDocument),
    (b"Rar!\x1a\x07", UnsupportedDocument),
    (DOCX[:70], DamagedDocument),
    (b"%PDF-1.7\nnothing", DamagedDocument),
]


@pytest.mark.parametrize(("data", "error"), REFUSED)
def test_refused(data: bytes, error: type[UnreadableDocument]) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read_bytes(data, "ke-hoach.docx")
    assert type(caught.value) is error
    assert "ke-hoach.docx" in caught.value.message
    assert caught.value.remedy


def test_too_large(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(201 * 1024 * 1024)
    with pytest.raises(TooLargeDocument):
        read(path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_forbidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("x")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "refused", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)  # root may read everything, so the refusal itself is simulated
    with pytest.raises(ForbiddenDocument):
        read(path)


def test_a_text_file_does_not_pay_for_pdf() -> None:
    import subprocess

    code = "import sys; from pipeline.ingest import read_bytes; read_bytes('kế hoạch'.encode(), 'x'); print(*sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    ).stdout.split()
    assert not {"pypdfium2", "lxml", "numpy", "ftfy", "charset_normalizer"} & set(loaded)
