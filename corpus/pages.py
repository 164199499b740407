"""Pages: a sample plan as an A4 PDF, laid out as Nghị định 30/2020/NĐ-CP asks, page numbers from page 2 on."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from corpus.markup import Line, Source
from corpus.text import SIGNS

FONTS = Path("/usr/share/fonts/truetype/liberation2")
FACES = {"Plan": "Regular", "Plan-Bold": "Bold", "Plan-Italic": "Italic"}
SIZE = 13
BODY_WIDTH = 160 * mm


def load_fonts() -> None:
    """Register the faces; Liberation 1 lacks Vietnamese letters, Liberation 2 has all 134."""
    for name, face in FACES.items():
        pdfmetrics.registerFont(TTFont(name, FONTS / f"LiberationSerif-{face}.ttf"))


def style(face: str = "Plan", *, size: float = SIZE, centre: bool = False, indent: float = 0.0) -> ParagraphStyle:
    """Paragraph style."""
    return ParagraphStyle(
        "plan",
        fontName=face,
        fontSize=size,
        leading=size * 1.25,
        alignment=TA_CENTER if centre else TA_LEFT if size < SIZE else TA_JUSTIFY,
        firstLineIndent=indent,
        spaceAfter=0 if centre else 4,
    )


def block(lines: list[str], face: str, *, size: float = SIZE, centre: bool = True) -> list[Flowable]:
    """Lines one under the other in one face."""
    return [Paragraph(escape(line) or "&nbsp;", style(face, size=size, centre=centre)) for line in lines]


def side_by_side(left: list[Flowable], right: list[Flowable], shares: tuple[float, float]) -> Table:
    """Two columns without borders."""
    widths = [BODY_WIDTH * share for share in shares]
    return Table(
        [[left, right]], colWidths=widths, style=[("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 2)]
    )


def letterhead(source: Source) -> list[Flowable]:
    """Letterhead, type and title."""
    head = source.head
    left = [
        *block(head["left"][:-1], "Plan", size=12),
        *block(head["left"][-1:], "Plan-Bold", size=12),
        *block([head["number"]], "Plan"),
    ]
    right = [*block(head["right"], "Plan-Bold", size=12), Spacer(1, 4), *block([head["place"]], "Plan-Italic")]
    title = [*block(["KẾ HOẠCH"], "Plan-Bold", size=14), *block(list(source.title_lines), "Plan-Bold")]
    return [side_by_side(left, right, (0.42, 0.58)), Spacer(1, 10), *title, Spacer(1, 10)]


def ending(source: Source) -> list[Flowable]:
    """Recipients and signature."""
    head = source.head
    left = [
        *block([head.get("recipients_head", "Nơi nhận:")], "Plan-Bold", size=12, centre=False),
        *block(head["recipients"], "Plan", size=11, centre=False),
    ]
    right = [*block(head["sign"], "Plan-Bold"), Spacer(1, 48), *block([head["signer"] or ""], "Plan-Bold")]
    return [Spacer(1, 8), side_by_side(left, right, (0.5, 0.5))]


def ruled(rows: list[Line]) -> Table:
    """Table with lines, its first row repeated on each page."""
    widths = [float(width) for width in rows[0].options.get("widths", "").split(",") if width] or [1.0] * len(rows[0].cells)
    cells = [
        [
            Paragraph(escape(cell.text), style("Plan-Bold" if row is rows[0] else "Plan", size=11, centre=row is rows[0]))
            for cell in row.cells
        ]
        for row in rows
    ]
    grid: list[Any] = [("GRID", (0, 0), (-1, -1), 0.6, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    return Table(cells, colWidths=[BODY_WIDTH * width / sum(widths) for width in widths], style=grid, repeatRows=1)


def paragraph(line: Line) -> Flowable:
    """One paragraph of the body."""
    text = escape(SIGNS.get(line.form, "") + line.text)
    if line.form in ("annex", "centre"):
        return Paragraph(text, style("Plan-Bold", centre=True))
    face = "Plan-Bold" if line.form == "heading" and line.depth < 3 else "Plan-Italic" if line.form == "heading" else "Plan"
    return Paragraph(text, style(face, indent=10 * mm))


def story(source: Source) -> list[Flowable]:
    """All that stands on the pages."""
    out, signed = letterhead(source), False
    for is_table, group in groupby(source.lines, key=lambda line: bool(line.cells)):
        if is_table:
            out += [Spacer(1, 4), ruled(list(group)), Spacer(1, 8)]
            continue
        for line in group:
            if line.form == "annex" and not signed:
                out += [*ending(source), PageBreak()]
                signed = True
            out.append(paragraph(line))
    return out if signed else out + ending(source)


def number_page(canvas: Any, document: Any) -> None:
    """Page number at the top centre, from page 2 on."""
    if document.page > 1:
        canvas.setFont("Plan", SIZE)
        canvas.drawCentredString(A4[0] / 2, A4[1] - 13 * mm, str(document.page))


def write(source: Source, path: Path) -> None:
    """Write the PDF; `invariant` leaves out clock and random id."""
    load_fonts()
    document = SimpleDocTemplate(
        str(path),
        pagesize=A4,
        leftMargin=30 * mm,
        rightMargin=A4[0] - 30 * mm - BODY_WIDTH,
        topMargin=20 * mm,
        bottomMargin=20 * mm,
        title=" ".join(source.title_lines),
        author="",
        invariant=1,
    )
    document.build(story(source), onFirstPage=number_page, onLaterPages=number_page)
