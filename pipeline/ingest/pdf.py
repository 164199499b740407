"""PDF: digital pages as lines with the place of every letter, and ruled tables as grids; other pages are recognised.

Reading order is rebuilt from the letters' boxes, because the order in which producers write a page varies. PDFium is not
thread-safe: parallel reading needs processes.
"""

from dataclasses import replace
from importlib import import_module
from itertools import takewhile

import pypdfium2
import pypdfium2.raw as pdfium

from pipeline.errors import DamagedDocument, EncryptedDocument, TooLargeDocument
from pipeline.ingest.legacy_sheets import RestoredSheet, restored_sheet
from pipeline.ingest.page_blocks import PageBlocks, blocks_of, joined
from pipeline.ingest.page_counts import counted_anew, too_few
from pipeline.ingest.pdf_forms import MOST_DRAWINGS, drawings
from pipeline.ingest.pdf_sheet import sheet_of
from pipeline.ingest.signatures import signatures_of
from pipeline.ingest.text_layers import check, unreadable
from pipeline.pages import Pages
from pipeline.stages import get_on

MAX_PAGES = 3000


def read(data: bytes, name: str) -> Pages:
    """Read a PDF; pages that are pictures, or whose text layer is no Vietnamese, are recognised, page by page.

    Raises `NoTextLayer` where that is needed for all that there is, and cannot be done.
    """
    document = opened(data, name)
    try:
        count = len(document)
        if count > MAX_PAGES:
            raise TooLargeDocument(f"{name}: {count} pages; the limit is {MAX_PAGES}.", remedy="Split the document.")
        found = [_page(document, number) for number in range(1, count + 1)]
        wanted = unreadable(found)
        if wanted:  # imported only now, since few documents need it
            found = import_module("pipeline.ingest.pdf_scans").recognised(lambda: opened(data, name), found, wanted, name)
        check(found, name)
    finally:
        document.close()
    pages = joined(found, "application/pdf", f"pdfium {pypdfium2.PDFIUM_INFO}")
    notes = pages.notes if "damaged" in pages.notes or not too_few(data) else (*pages.notes, "damaged")
    there = len(found) - len(list(takewhile(lambda page: not page.readable, reversed(found))))  # more are counted than there are
    return replace(pages, signatures=signatures_of(data), page_count=there or len(found), notes=notes)


def opened(data: bytes, name: str) -> pypdfium2.PdfDocument:
    """The document; raises `EncryptedDocument`, `DamagedDocument` or `TooLargeDocument`."""
    if drawings(data) > MOST_DRAWINGS:
        raise TooLargeDocument(
            f"{name}: a drawing of the PDF draws itself or others more than {MOST_DRAWINGS} times.",
            remedy="Ask for another copy: this one is damaged, or made to keep computers busy.",
        )
    start = data.find(b"%PDF-", 0, 4096)
    try:
        return pypdfium2.PdfDocument(counted_anew(data[start:] if start > 0 else data))
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise EncryptedDocument(f"{name}: the PDF asks for a password.", remedy="Save it without a password.") from error
        raise DamagedDocument(
            f"{name}: the PDF is damaged ({error}).", remedy="Download it again, or open it and print it to a new PDF."
        ) from error


def _page(document: pypdfium2.PdfDocument, number: int) -> PageBlocks:
    page = pdfium.FPDF_LoadPage(document.raw, number - 1)
    if not page:
        return PageBlocks([], [], 595, 842, readable=False)
    try:
        if _shows_annotations(page) and pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS:
            pdfium.FPDF_ClosePage(page)
            page = pdfium.FPDF_LoadPage(document.raw, number - 1)
        with sheet_of(page, number) as sheet:
            legible = restored_sheet(sheet)
            encoding = legible.encoding if isinstance(legible, RestoredSheet) else None
            return blocks_of(legible, encoding=encoding)
    finally:
        pdfium.FPDF_ClosePage(page)
        get_on()


def _shows_annotations(page: pdfium.FPDF_PAGE) -> bool:
    """Whether something is stamped on the page, as numbers and dates are; links show nothing."""
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), 200)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if kind not in (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP):
            return True
    return False
