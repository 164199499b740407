"""Ingest: a file of any format read into pages.

The format is decided by the bytes, never by the file's name. One module a format; each has one function
`read(data, name)` and is imported only when a file of its format comes, so that a text file does not pay for PDF.
"""

import stat
from importlib import import_module
from pathlib import Path

from pipeline.errors import EmptyDocument, ForbiddenDocument, TooLargeDocument, UnsupportedDocument
from pipeline.ingest.formats import format_of
from pipeline.pages import Line, Pages

MAX_BYTES = 200 * 1024 * 1024
MAX_LETTERS = 20_000_000

READERS = {
    "text": "pipeline.ingest.text",
    "html": "pipeline.ingest.html",
    "docx": "pipeline.ingest.docx",
    "pdf": "pipeline.ingest.pdf",
    "image": "pipeline.ingest.scan",
    "doc": "pipeline.ingest.doc",
    "rtf": "pipeline.ingest.rtf",
    "odt": "pipeline.ingest.odt",
    "xlsx": "pipeline.ingest.spreadsheet",
    "ods": "pipeline.ingest.spreadsheet",
    "xls": "pipeline.ingest.spreadsheet",
    "eml": "pipeline.ingest.mail",
    "zip": "pipeline.ingest.archive",
}
"""The module that reads each format; a format of `formats.REMEDIES` gets a row here when it gets a reader."""


def read(path: Path) -> Pages:
    """Read the file at `path`; raises an `UnreadableDocument` that says what to do."""
    return read_bytes(load(path, path.name), path.name)


def load(path: Path, name: str) -> bytes:
    """The bytes of the file at `path`, which messages call `name`; raises `TooLargeDocument` before they are in memory, and `ForbiddenDocument`."""
    try:
        about = path.stat()
        if not (stat.S_ISREG(about.st_mode) or stat.S_ISDIR(about.st_mode)):  # reading a pipe would wait for ever
            raise UnsupportedDocument(f"{name}: a pipe or device, no file.", remedy="Leave it out.")
        check_size(about.st_size, name)
        return path.read_bytes()
    except PermissionError as error:
        raise ForbiddenDocument(
            f"{name}: the system refuses to open the file.", remedy="Give this user the right to read it."
        ) from error


def read_bytes(data: bytes, name: str) -> Pages:
    """Read a document from memory; `name` is only used in messages."""
    check_size(len(data), name)
    if not data.strip(b"\0 \t\r\n"):
        raise EmptyDocument(f"{name}: the file is empty.", remedy="Check that the right file was exported or uploaded.")
    found = format_of(data, name)
    if found.name not in READERS:
        raise UnsupportedDocument(f"{name}: {found.title} is not read.", remedy=found.remedy)
    pages: Pages = import_module(READERS[found.name]).read(data, name)
    letters = sum(len(block.text) for block in pages.blocks if isinstance(block, Line))
    if letters > MAX_LETTERS:
        raise TooLargeDocument(f"{name}: {letters:,} characters of text.", remedy="Split the document.")
    return pages


def check_size(size: int, name: str) -> None:
    """Raise `TooLargeDocument` where a file of so many bytes is over the limit."""
    if size > MAX_BYTES:
        raise TooLargeDocument(
            f"{name}: {size / 1_048_576:.0f} MB; the limit is {MAX_BYTES // 1_048_576} MB.",
            remedy="Split the document or save its pictures at a lower resolution.",
        )
