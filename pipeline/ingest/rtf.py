"""Rich text: an .rtf document, made into .docx by LibreOffice; its plain words by striprtf where that is not installed."""

from dataclasses import replace
from importlib import import_module

from pipeline.errors import DamagedDocument, EmptyDocument
from pipeline.ingest import docx, office
from pipeline.ingest.columns import columns_apart
from pipeline.ingest.legacy import restored
from pipeline.ingest.letters import clean
from pipeline.ingest.programs import OFFICE
from pipeline.ingest.text_tables import tables_in
from pipeline.pages import Line, Pages

MEDIA_TYPE = "application/rtf"


def read(data: bytes, name: str) -> Pages:
    """Read an .rtf file, whatever its name ends in."""
    if OFFICE.path:
        pages = docx.read(office.converted(data, name, kind="rtf", into="docx"), name)
        return replace(pages, media_type=MEDIA_TYPE, engine=f"{office.version()}, {pages.engine}")
    return _words(data, name)


def _words(data: bytes, name: str) -> Pages:
    """Paragraphs; the cells of a row come as `a|b|c|`, and where there are two of them they are columns of a letterhead."""
    try:
        text = str(import_module("striprtf.striprtf").rtf_to_text(data.decode("latin-1"), errors="ignore"))
    except (ValueError, IndexError, KeyError, LookupError) as error:
        raise DamagedDocument(
            f"{name}: the rich text cannot be parsed ({error}).", remedy="Open it in Word and save it as .docx or PDF."
        ) from error
    text, legacy = restored(text)
    lines = [Line(part, whole=True) for line in clean(text).split("\n") for part in _cells_apart(line)]
    if not any(line.text.strip() for line in lines):
        raise EmptyDocument(f"{name}: the document holds no text.", remedy="If it holds pictures of pages, save it as PDF.")
    notes = ("legacy_encoding",) if legacy else ()
    blocks = tuple(columns_apart(tables_in(lines)))
    return Pages(blocks, MEDIA_TYPE, "striprtf", "digital", legacy_encoding=legacy, notes=notes)


def _cells_apart(line: str) -> list[str]:
    if line.count("|") < 3:
        return line.rstrip("|").split("|")
    return [f"|{line.rstrip('|')}|"]
