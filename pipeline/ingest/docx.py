"""Word: a .docx document as whole paragraphs and tables, read from the XML inside the ZIP.

The text is what Word shows: automatic numbers counted, tracked changes accepted, hidden text left out, fields by their
result. Headers and footers are page furniture and are not read; footnotes follow at the end as `[1] ...`.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from pipeline.errors import DamagedDocument, EmptyDocument, TooLargeDocument
from pipeline.ingest.columns import columns_apart
from pipeline.ingest.docx_numbering import Numbering
from pipeline.ingest.docx_styles import Styles, W
from pipeline.ingest.docx_tables import is_layout, table_rows
from pipeline.ingest.layout import columns_of, grid_of
from pipeline.ingest.legacy_fonts import restore_docx
from pipeline.ingest.letters import clean
from pipeline.pages import Grid, Line, Pages

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_DAMAGE = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, etree.XMLSyntaxError),
    *(EOFError, KeyError, NotImplementedError, OSError, RuntimeError, ValueError),
)
_MAX_PART = 100 * 1024 * 1024  # unpacked; a plan of 100 pages has 2 MB
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_STRICT = (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main")
_DROPPED_FIELD = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|TOC|PAGEREF)\b")
_SKIPPED = frozenset(
    W + name for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "sectPr", "sdtPr", "tblPr", "tblGrid")
)
_SIGNS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "ptab": "\t"}


def read(data: bytes, name: str) -> Pages:
    """Read a .docx file; every line is a whole paragraph, except where a paragraph is centred or has line breaks."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = _Parts(archive, name)
            blocks = parts.blocks()
    except _DAMAGE as error:
        raise DamagedDocument(
            f"{name}: the Word document is damaged ({error}).", remedy="Open it in Word, let it repair the file, save it again."
        ) from error
    if not any(isinstance(block, Grid) or block.text.strip() for block in blocks):
        raise EmptyDocument(f"{name}: the document holds no text.", remedy="If it holds pictures of pages, save it as PDF.")
    notes = ("legacy_encoding",) if parts.legacy else ()
    return Pages(tuple(blocks), MEDIA_TYPE, "lxml " + etree.__version__, "digital", legacy_encoding=parts.legacy, notes=notes)


class _Parts:
    """Parts: the XML files of one document that matter for its text."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive, self._name = archive, name
        main = [part for part in archive.namelist() if re.fullmatch(r"word/document\d*\.xml", part)]
        self._body = self._xml(main[0] if main else "word/document.xml")
        numbering = self._optional("word/numbering.xml")
        self._styles = Styles(self._optional("word/styles.xml"))
        self._story = _Story(self._styles, Numbering(numbering))
        self.legacy = restore_docx(self._body, self._styles)

    def blocks(self) -> list[Line | Grid]:
        """The body, then the footnotes."""
        blocks = columns_apart(map(_untabbed, self._story.blocks(self._body)))
        notes = self._optional("word/footnotes.xml")
        if notes is not None:
            restore_docx(notes, self._styles)
        written = [note for note in notes if note.get(W + "type") is None] if notes is not None else []
        for number, note in enumerate(written, 1):
            lines = [block for block in self._story.blocks(note) if isinstance(block, Line) and block.text.strip()]
            blocks += [replace(line, text=f"[{number}] {line.text}") for line in lines[:1]] + lines[1:]
        return blocks

    def _optional(self, part: str) -> etree._Element | None:
        return self._xml(part) if part in self._archive.NameToInfo else None

    def _xml(self, part: str) -> etree._Element:
        if self._archive.getinfo(part).file_size > _MAX_PART:
            raise TooLargeDocument(f"{self._name}: {part} unpacks to over 100 MB.", remedy="Split the document.")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True)
        return etree.fromstring(self._archive.read(part).replace(*_STRICT), parser)


@dataclass(slots=True)
class _Words:
    """Words: the text of one paragraph as it is put together, and what stands in its text boxes."""

    parts: list[str] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    field_depth: int = 0
    hidden_depth: int = 0
    instruction: str = ""


class _Story:
    """Story: paragraphs and tables in document order, numbered as they come."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles, self._numbering = styles, numbering
        self._carried = ""

    def blocks(self, parent: etree._Element) -> Iterator[Line | Grid]:
        """Lines and grids below `parent`."""
        for child in parent:
            if child.tag == W + "p":
                yield from self._paragraph(child)
            elif child.tag == W + "tbl":
                yield from self._table(child)
            elif child.tag == _MC + "AlternateContent":
                for chosen in child[:1]:
                    yield from self.blocks(chosen)
            elif child.tag not in _SKIPPED:
                yield from self.blocks(child)

    def _paragraph(self, element: etree._Element) -> Iterator[Line | Grid]:
        style = self._styles.paragraph(element)
        words = _Words()
        self._collect(element, words, style.runs)
        text = clean(self._carried + "".join(words.parts))
        if style.mark_deleted:
            self._carried = text
            return
        self._carried = ""
        if style.number:
            text = self._numbering.marker(*style.number) + text.lstrip()
        bold = bool(words.bold) and all(words.bold)
        lines = text.strip("\n").split("\n")
        for line in lines:
            yield Line(text=line.strip(), whole=len(lines) == 1 and not style.centred, bold=bold, centred=style.centred)
        for box in words.boxes:
            yield from self.blocks(box)

    def _collect(self, element: etree._Element, words: _Words, inherited: tuple[bool, bool, bool]) -> None:
        for child in element:
            tag = child.tag
            if tag == W + "r":
                self._run(child, words, inherited)
            elif tag == W + "fldSimple" and _DROPPED_FIELD.match(child.get(W + "instr", "")):
                continue
            elif tag == _MC + "AlternateContent":
                for chosen in child[:1]:
                    self._collect(chosen, words, inherited)
            elif tag not in _SKIPPED:
                self._collect(child, words, inherited)

    def _run(self, run: etree._Element, words: _Words, inherited: tuple[bool, bool, bool]) -> None:
        bold, caps, hidden = self._styles.run(run, inherited)
        for child in run:
            tag = child.tag
            if tag == W + "fldChar" or tag == W + "instrText":
                _follow_field(child, words)
            elif hidden or words.hidden_depth:
                continue
            elif tag == W + "t":
                text = child.text or ""
                words.parts.append(text.upper() if caps else text)
                if text.strip():
                    words.bold.append(bold)
            elif tag in _SIGNS:
                words.parts.append(_SIGNS[tag])
            elif tag == W + "sym":
                words.parts.append(chr(int(child.get(W + "char", "2D"), 16) | 0xF000))
            elif tag in (_MC + "AlternateContent", W + "drawing", W + "pict", W + "object"):
                for chosen in child[:1] if tag == _MC + "AlternateContent" else (child,):
                    words.boxes.extend(chosen.iter(W + "txbxContent"))

    def _table(self, element: etree._Element) -> Iterator[Line | Grid]:
        rows = [[replace(cell, lines=tuple(self._cell(cell.element))) for cell in row] for row in table_rows(element)]
        if is_layout(element, rows, self._styles):
            yield from columns_of(rows)
        else:
            yield grid_of(rows)

    def _cell(self, element: etree._Element | None) -> Iterator[Line]:
        for block in self.blocks(element) if element is not None else ():
            if isinstance(block, Grid):
                yield from (line for cell in block.cells for line in cell)
            elif block.text:
                yield block


def _follow_field(element: etree._Element, words: _Words) -> None:
    """Leave out instructions, and the results of fields that show page numbers."""
    kind = element.get(W + "fldCharType")
    if element.tag == W + "instrText":
        words.instruction += element.text or ""
    elif kind == "begin":
        words.field_depth += 1
        words.instruction = ""
    elif kind == "separate" and not words.hidden_depth and _DROPPED_FIELD.match(words.instruction):
        words.hidden_depth = words.field_depth
    elif kind == "end":
        if words.hidden_depth == words.field_depth:
            words.hidden_depth = 0
        words.field_depth -= 1


def _untabbed(block: Line | Grid) -> Line | Grid:
    """Tabs as wide blanks, by which columns are known."""
    return replace(block, text=block.text.replace("\t", "    ")) if isinstance(block, Line) else block
