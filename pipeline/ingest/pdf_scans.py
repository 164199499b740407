"""Scans in PDF: pages drawn as pictures and recognised."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from pipeline.errors import NoTextLayer, UnsupportedDocument
from pipeline.ingest import recognition
from pipeline.ingest.glyph_votes import drawn, put_right
from pipeline.ingest.lost_tones import with_tones
from pipeline.ingest.page_blocks import PageBlocks, recognised_blocks
from pipeline.ingest.pdf_sheet import sheet_of
from pipeline.ingest.printed_forms import with_printed_forms
from pipeline.ingest.recognised import DOTS, MOST_PIXELS, Picture, RecognisedSheet, sheets_of
from pipeline.ingest.text_layers import why

_AT_ONCE = 32  # pages


def recognised(opened: Callable[[], Any], pages: list[PageBlocks], wanted: list[int], name: str) -> list[PageBlocks]:
    """`pages` with the `wanted` ones recognised; `opened` opens the PDF.

    Raises `NoTextLayer` where that is all of them and Tesseract is not installed; else they stay empty and are noted.
    """
    pages = list(pages)
    try:
        engine = recognition.version()
        scanned = {number: _is_scan(pages[number - 1]) for number in wanted}
        from_fonts: list[RecognisedSheet] = []
        for number, sheet in zip(wanted, sheets_of(_pictures(opened, list(scanned.items()))), strict=True):
            if scanned[number]:
                pages[number - 1] = recognised_blocks(sheet, engine)
            else:
                from_fonts.append(sheet)
        for sheet in _voted(opened, from_fonts):
            pages[sheet.number - 1] = recognised_blocks(sheet, engine)
    except UnsupportedDocument as error:
        if len(wanted) == len(pages):
            raise NoTextLayer(f"{name}: {why(pages)} {error.message}", remedy=error.remedy) from error
        for number in wanted:
            pages[number - 1] = replace(pages[number - 1], blocks=[], tables=[], pictured=True)
    return with_printed_forms(with_tones(pages))


def _voted(opened: Callable[[], Any], sheets: list[RecognisedSheet]) -> list[RecognisedSheet]:
    """Sheets of pages that are drawn from fonts, their letters put right by all places of their glyphs."""
    if not sheets:
        return []
    document = opened()
    pages = []
    for sheet in sheets:
        page = pdfium.FPDF_LoadPage(document.raw, sheet.number - 1)
        with sheet_of(page, sheet.number) as original:
            pages.append((sheet, drawn(original)))
        pdfium.FPDF_ClosePage(page)
    document.close()
    put_right(pages)
    return sheets


def _is_scan(page: PageBlocks) -> bool:
    """Whether a page is a picture; one with wrong letters is drawn from its fonts, and nobody wrote on it by hand."""
    return page.pictured or not page.text.strip()


def _pictures(opened: Callable[[], Any], wanted: list[tuple[int, bool]]) -> Iterator[Picture]:
    """The pages drawn; the document is opened anew now and then, since PDFium keeps what it has drawn."""
    for start in range(0, len(wanted), _AT_ONCE):
        document = opened()
        for number, scanned in wanted[start : start + _AT_ONCE]:
            page: pypdfium2.PdfPage = document[number - 1]
            width, height = page.get_size()
            scale = min(DOTS / 72, (MOST_PIXELS / max(width * height, 1)) ** 0.5)
            yield Picture(number, page.render(scale=scale, prefer_bgrx=True).to_pil(), scale, scanned)
            page.close()
        document.close()
