"""Formats: what kind of file some bytes are.

Containers are opened as far as needed: a ZIP may be a Word document, a spreadsheet or an archive; an OLE file may be an old
Word document or an encrypted new one.
"""

import re
import struct
from typing import NamedTuple

from pipeline.errors import EncryptedDocument


class Format(NamedTuple):
    """Format: a kind of file; `remedy` says what to do where there is no reader for it."""

    name: str
    title: str
    remedy: str = ""


_RESAVE = "Save it as .docx or PDF and read that."
_TEXT = Format("text", "plain text")
_HTML = Format("html", "a web page")
_PDF = Format("pdf", "PDF")
_SCAN = Format("image", "a picture of a page", "Text recognition (OCR) is needed; save the pages as a searchable PDF.")

_MAGIC: tuple[tuple[bytes, Format], ...] = (
    (b"%PDF-", _PDF),
    (b"{\\rtf", Format("rtf", "rich text (.rtf)", _RESAVE)),
    (b"\x89PNG", _SCAN),
    (b"\xff\xd8\xff", _SCAN),
    (b"II*\0", _SCAN),
    (b"MM\0*", _SCAN),
    (b"GIF8", _SCAN),
    (b"BM", _SCAN),
    (b"Rar!\x1a", Format("rar", "an archive (.rar)", "Unpack it and read the files in it.")),
    (b"7z\xbc\xaf", Format("7z", "an archive (.7z)", "Unpack it and read the files in it.")),
    (b"\x1f\x8b", Format("gzip", "an archive (.gz)", "Unpack it and read the file in it.")),
)
_INSIDE_ZIP: tuple[tuple[bytes, Format], ...] = (
    (b"word/document", Format("docx", "a Word document")),
    (b"xl/workbook", Format("xlsx", "a spreadsheet (.xlsx)", "Save its sheets as PDF, or paste the plan into a document.")),
    (b"ppt/presentation", Format("pptx", "a presentation (.pptx)", "Save it as PDF and read that.")),
    (b"opendocument.text", Format("odt", "an OpenDocument text (.odt)", _RESAVE)),
    (b"opendocument.spreadsheet", Format("ods", "an OpenDocument spreadsheet (.ods)", _RESAVE)),
    (b"", Format("zip", "an archive (.zip)", "Unpack it and read the files in it.")),
)
_INSIDE_OLE: tuple[tuple[str, Format], ...] = (
    ("WordDocument", Format("doc", "an old Word document (.doc), whatever its name says,", _RESAVE)),
    ("Workbook", Format("xls", "an old spreadsheet (.xls)", "Save its sheets as PDF.")),
    ("", Format("ole", "this kind of Office file", _RESAVE)),
)
_MAIL = re.compile(rb"\A(?:[A-Za-z-]{2,40}:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}", re.DOTALL)
_MAIL_FIELDS = re.compile(rb"^(?:From|MIME-Version|Message-ID|Received):", re.IGNORECASE | re.MULTILINE)
_MARKUP = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|table|div|p|br|h[1-6]|span)\b[^<>]*>", re.IGNORECASE)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def format_of(data: bytes, name: str) -> Format:
    """Return the format of a document by its bytes; what is nothing else is plain text. `name` is for messages."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        kind = data[38:100] if data[30:38] == b"mimetype" else b""
        listed = kind + _directory(data)
        return next(found for sign, found in _INSIDE_ZIP if sign in listed)
    if data.startswith(_OLE):
        return _inside_ole(data, name)
    for magic, found in _MAGIC:
        if head.startswith(magic) or data.startswith(magic):
            return found
    if b"%PDF-" in data[:4096] and b"obj" in data:
        return _PDF
    return _textual(data, head)


def _textual(data: bytes, head: bytes) -> Format:
    if _MAIL.match(head) and len(_MAIL_FIELDS.findall(head)) >= 2:
        return Format("eml", "an e-mail message", "Save the attached plan and read that.")
    start = head[:4096].replace(b"\0", b"").decode("latin-1")
    if start.startswith("<") and _MARKUP.search(start):
        return _HTML
    return _TEXT


def _directory(data: bytes) -> bytes:
    """The list of names at the end of a ZIP file; a file in it may be a ZIP file of its own."""
    end = data.rfind(b"PK\x05\x06")
    if end < 0 or len(data) < end + 20:
        return data
    size, offset = struct.unpack("<II", data[end + 12 : end + 20])
    listed = data[offset : offset + size]
    return listed if listed.startswith(b"PK\x01\x02") else data


def _inside_ole(data: bytes, name: str) -> Format:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise EncryptedDocument(f"{name}: the document asks for a password.", remedy="Open it and save it without one.")
    return next(found for stream, found in _INSIDE_OLE if stream.encode("utf-16-le") in data)
