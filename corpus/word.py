"""Word: a sample plan as a DOCX file, set as offices set it: borderless tables for letterhead and signature."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

from corpus.markup import Line, Source
from corpus.text import SIGNS

STAMP = datetime(2026, 1, 1)
ZIP_STAMP = (2026, 1, 1, 0, 0, 0)
NUMBERING_ID = 77
LEVELS = (("upperRoman", "%1."), ("decimal", "%2."), ("decimal", "%2.%3."))

LEVEL = (
    '<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:suff w:val="space"/>'
    '<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="567"/></w:pPr></w:lvl>'
)
ABSTRACT = '<w:abstractNum {names} w:abstractNumId="{id}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
CONCRETE = '<w:num {names} w:numId="{id}"><w:abstractNumId w:val="{id}"/></w:num>'


@dataclass(frozen=True)
class Face:
    """Face: how a paragraph looks."""

    bold: bool = False
    italic: bool = False
    centre: bool = False
    size: float = 13


def add(container: Any, text: str, face: Face) -> Any:
    """Paragraph with one run."""
    paragraph = container.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = face.bold, face.italic, Pt(face.size)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if face.centre else WD_ALIGN_PARAGRAPH.JUSTIFY
    return paragraph


def fill(cell: Any, lines: list[tuple[str, Face]]) -> None:
    """Lines of a cell, one paragraph each."""
    for text, face in lines:
        add(cell, text, face)
    blank = cell.paragraphs[0]._p
    blank.getparent().remove(blank)


def two_columns(document: Any, left: list[tuple[str, Face]], right: list[tuple[str, Face]]) -> None:
    """Table of two cells without borders."""
    table = document.add_table(rows=1, cols=2)
    for column, width in zip(table.columns, (Cm(6.8), Cm(9.7)), strict=True):
        column.width = width
        column.cells[0].width = width
    fill(table.cell(0, 0), left)
    fill(table.cell(0, 1), right)


def letterhead(document: Any, source: Source) -> None:
    """Letterhead, type and title."""
    head = source.head
    bold, plain = Face(bold=True, centre=True, size=12), Face(centre=True, size=12)
    left = [*((text, plain) for text in head["left"][:-1]), (head["left"][-1], bold), (head["number"], Face(centre=True))]
    right = [*((text, bold) for text in head["right"]), (head["place"], Face(italic=True, centre=True))]
    two_columns(document, left, right)
    add(document, "KẾ HOẠCH", Face(bold=True, centre=True, size=14))
    for text in source.title_lines:
        add(document, text, Face(bold=True, centre=True))


def ending(document: Any, source: Source) -> None:
    """Recipients and signature."""
    head = source.head
    left = [(head.get("recipients_head", "Nơi nhận:"), Face(bold=True, italic=True, size=12))]
    left += [(text, Face(size=11)) for text in head["recipients"]]
    right = [(text, Face(bold=True, centre=True)) for text in [*head["sign"], "", "", "", head["signer"] or ""]]
    two_columns(document, left, right)


def ruled(document: Any, rows: list[Line]) -> None:
    """Table with lines."""
    table = document.add_table(rows=0, cols=len(rows[0].cells), style="Table Grid")
    for row in rows:
        for cell, line in zip(table.add_row().cells, row.cells, strict=True):
            fill(cell, [(line.text, Face(bold=row is rows[0], centre=row is rows[0], size=11))])


def define_numbering(document: Any) -> None:
    """Multi-level list of the headings: I., 1., 1.1."""
    numbering = document.part.numbering_part.element
    levels = "".join(LEVEL.format(level=level, kind=kind, text=text) for level, (kind, text) in enumerate(LEVELS))
    numbering.insert(0, parse_xml(ABSTRACT.format(names=nsdecls("w"), id=NUMBERING_ID, levels=levels)))
    numbering.append(parse_xml(CONCRETE.format(names=nsdecls("w"), id=NUMBERING_ID)))


def number(paragraph: Any, level: int) -> None:
    """Let Word number a paragraph."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = NUMBERING_ID


def body_line(document: Any, source: Source, line: Line) -> None:
    """One paragraph of the body."""
    if line.form in ("annex", "centre"):
        add(document, line.text, Face(bold=True, centre=True))
        return
    numbered = (
        bool(source.head.get("word_numbering"))
        and line.form == "heading"
        and line.marker is not None
        and line.depth <= len(LEVELS)
    )
    text = line.body if numbered else SIGNS.get(line.form, "") + line.text
    paragraph = add(
        document, text, Face(bold=line.form == "heading" and line.depth < 3, italic=line.form == "heading" and line.depth > 2)
    )
    paragraph.paragraph_format.first_line_indent = Cm(1)
    if numbered:
        number(paragraph, line.depth - 1)


def new_document(source: Source) -> Any:
    """Empty A4 document with fixed properties."""
    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Cm(3), Cm(1.5), Cm(2), Cm(2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(13)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    properties = document.core_properties
    properties.created = properties.modified = STAMP
    properties.author, properties.last_modified_by = "", ""
    properties.comments, properties.title = "", " ".join(source.title_lines)
    define_numbering(document)
    return document


def write(source: Source, path: Path) -> None:
    """Write the DOCX, its members stamped with one fixed time."""
    document, signed = new_document(source), False
    letterhead(document, source)
    for is_table, group in groupby(source.lines, key=lambda line: bool(line.cells)):
        if is_table:
            ruled(document, list(group))
            continue
        for line in group:
            if line.form == "annex" and not signed:
                ending(document, source)
                document.add_page_break()
                signed = True
            body_line(document, source, line)
    if not signed:
        ending(document, source)
    buffer = BytesIO()
    document.save(buffer)
    restamp(buffer, path)


def restamp(buffer: BytesIO, path: Path) -> None:
    """Copy a zip archive with fixed member times."""
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, ZIP_STAMP)
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
