"""Old Word: a .doc document, made into .docx by LibreOffice; where that is not installed, read by antiword.

LibreOffice keeps all that the text needs: automatic numbers, merged cells, centring; so a .doc and its .docx give one plan.
"""

from dataclasses import replace

from pipeline.errors import DamagedDocument, EmptyDocument, EncryptedDocument
from pipeline.ingest import antiword, docx, office
from pipeline.ingest.programs import ANTIWORD, OFFICE, missing
from pipeline.pages import Grid, Pages

MEDIA_TYPE = "application/msword"
_ENCRYPTED = 0x0100  # FibBase.fEncrypted, [MS-DOC] 2.5.1
_FIB = b"\xec\xa5"


def read(data: bytes, name: str) -> Pages:
    """Read a .doc file."""
    if _is_encrypted(data):
        raise EncryptedDocument(f"{name}: the document asks for a password.", remedy="Open it and save it without one.")
    if OFFICE.path is None and ANTIWORD.path is None:
        raise missing(name, "a .doc file", OFFICE)
    if OFFICE.path:
        try:
            made = office.converted(data, name, kind="doc", into="docx")
        except DamagedDocument:
            if ANTIWORD.path is None:
                raise
        else:
            pages = docx.read(made, name)
            return replace(pages, media_type=MEDIA_TYPE, engine=f"{office.version()}, {pages.engine}")
    blocks = antiword.blocks_of(data, name)
    if not any(isinstance(block, Grid) or block.text for block in blocks):
        raise EmptyDocument(f"{name}: the document holds no text.", remedy="If it holds pictures of pages, save it as PDF.")
    return Pages(tuple(blocks), MEDIA_TYPE, "antiword", "digital")


def _is_encrypted(data: bytes) -> bool:
    """Whether the beginning of the WordDocument stream says so; it starts at a sector of 512 bytes."""
    start = next((place for place in range(512, min(len(data), 65_536), 512) if data[place : place + 2] == _FIB), None)
    return start is not None and bool(int.from_bytes(data[start + 10 : start + 12], "little") & _ENCRYPTED)
