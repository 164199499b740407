"""Old Word: a .doc document, made into .docx by LibreOffice; where that is not installed, read by antiword.

LibreOffice keeps all that the text needs: automatic numbers, merged cells, centring; so a .doc and its .docx give one plan.
"""

from dataclasses import replace

from pipeline.errors import DamagedDocument, EmptyDocument, EncryptedDocument
from pipeline.ingest import antiword, docx, office
from pipeline.ingest.page_blocks import lines_in
from pipeline.ingest.programs import ANTIWORD, OFFICE, missing
from pipeline.pages import Grid, Line, Pages

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
            blocks = _mended(list(pages.blocks), data, name)
            engine = f"{office.version()}, {pages.engine}"
            return replace(pages, blocks=tuple(blocks), media_type=MEDIA_TYPE, engine=engine)
    blocks = antiword.read(data, name).blocks
    if not any(isinstance(block, Grid) or block.text for block in blocks):
        raise EmptyDocument(f"{name}: the document holds no text.", remedy="If it holds pictures of pages, save it as PDF.")
    return Pages(tuple(blocks), MEDIA_TYPE, "antiword", "digital")


def _mended(blocks: list[Line | Grid], data: bytes, name: str) -> list[Line | Grid]:
    """The blocks with tables put back that LibreOffice runs together into lines: those right before a section's end."""
    try:
        tables = antiword.read(data, name).tables if ANTIWORD.path else []
    except DamagedDocument:
        return blocks
    for table in tables:
        words = "".join(map(_squeezed, table))
        place = _run_together(blocks, words) if words else None
        if place and _count(blocks[place[0] : place[1]]) < _count(table):  # else it only sets things side by side
            blocks[place[0] : place[1]] = table
    return blocks


def _run_together(blocks: list[Line | Grid], words: str) -> tuple[int, int] | None:
    """Where consecutive lines, blanks left out, say just these words."""
    for first, block in enumerate(blocks):
        said = ""
        for last in range(first, len(blocks)):
            if isinstance(blocks[last], Grid) or not words.startswith(said):
                break
            said += _squeezed(blocks[last])
            if said == words and _squeezed(block):
                return first, last + 1
    return None


def _count(blocks: list[Line | Grid]) -> int:
    """How many words there are; cells that were run together have fewer."""
    return sum(len(line.text.split()) for line in lines_in(blocks))


def _squeezed(block: Line | Grid) -> str:
    lines = (
        [line for row in block.rows for cell in dict.fromkeys(row) for line in block.cells[cell]]
        if isinstance(block, Grid)
        else [block]
    )
    return "".join("".join(line.text.split()) for line in lines)


def _is_encrypted(data: bytes) -> bool:
    """Whether the beginning of the WordDocument stream says so; it starts at a sector of 512 bytes."""
    start = next((place for place in range(512, min(len(data), 65_536), 512) if data[place : place + 2] == _FIB), None)
    return start is not None and bool(int.from_bytes(data[start + 10 : start + 12], "little") & _ENCRYPTED)
