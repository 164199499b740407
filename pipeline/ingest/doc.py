"""Old Word: a .doc document, made into .docx by LibreOffice; where that is not installed, its text by antiword.

LibreOffice keeps what the text needs: automatic numbers, tables, merged cells, centring. antiword keeps lines and tables of text.
"""

import tempfile
from dataclasses import replace
from pathlib import Path

from pipeline.errors import DamagedDocument, EncryptedDocument
from pipeline.ingest import docx, office
from pipeline.ingest.columns import columns_apart
from pipeline.ingest.letters import clean
from pipeline.ingest.programs import ANTIWORD, OFFICE, Stopped, missing, run
from pipeline.ingest.word_tables import tables_of_text
from pipeline.pages import Pages

MEDIA_TYPE = "application/msword"
_ENCRYPTED = 0x0100  # FibBase.fEncrypted, [MS-DOC] 2.5.1
_FIB = b"\xec\xa5"


def read(data: bytes, name: str) -> Pages:
    """Read a .doc file."""
    if _is_encrypted(data):
        raise EncryptedDocument(f"{name}: the document asks for a password.", remedy="Open it and save it without one.")
    if OFFICE.path:
        try:
            pages = docx.read(office.converted(data, name, kind="doc", into="docx"), name)
        except DamagedDocument:
            if ANTIWORD.path is None:
                raise
        else:
            return replace(pages, media_type=MEDIA_TYPE, engine=f"{office.version()}, {pages.engine}")
    if ANTIWORD.path is None:
        raise missing(name, "a .doc file", OFFICE)
    return _by_antiword(data, name, ANTIWORD.path)


def _by_antiword(data: bytes, name: str, program: str) -> Pages:
    with tempfile.TemporaryDirectory(prefix="kehoach-") as folder:
        source = Path(folder, "document.doc")
        source.write_bytes(data)
        try:
            text = run([program, "-m", "UTF-8.txt", "-w", "0", str(source)], seconds=30, extra={"HOME": folder}).decode("utf-8", "replace")
        except Stopped as error:
            raise DamagedDocument(
                f"{name}: the .doc file cannot be read ({error}).", remedy="Open it in Word and save it as .docx or PDF."
            ) from error
    blocks = columns_apart(tables_of_text(clean(text)))
    return Pages(tuple(blocks), MEDIA_TYPE, "antiword", "digital")


def _is_encrypted(data: bytes) -> bool:
    """Whether the first stretch of the WordDocument stream says so; it starts at a sector of 512 bytes."""
    start = next((place for place in range(512, min(len(data), 65_536), 512) if data[place : place + 2] == _FIB), None)
    return start is not None and bool(int.from_bytes(data[start + 10 : start + 12], "little") & _ENCRYPTED)
