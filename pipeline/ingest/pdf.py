"""PDF: digital pages as lines with the place of every letter, and ruled tables as grids.

Reading order is rebuilt from the letters' boxes, because the order in which producers write a page varies. PDFium is not
thread-safe: parallel reading needs processes.
"""

from dataclasses import dataclass, replace
from itertools import pairwise

import pypdfium2
import pypdfium2.raw as pdfium

from pipeline.errors import DamagedDocument, EncryptedDocument, NoTextLayer, TooLargeDocument
from pipeline.ingest.furniture import without_furniture
from pipeline.ingest.letters import vietnamese_share
from pipeline.ingest.pdf_lines import Piece, lines_of, mark_centred
from pipeline.ingest.pdf_sheet import Sheet, sheet_of
from pipeline.ingest.pdf_stamps import unstamped
from pipeline.ingest.pdf_tables import Table, continued, tables_of
from pipeline.ingest.signatures import signatures_of
from pipeline.pages import Grid, Line, Pages, TextLayer

MAX_PAGES = 3000
_VIETNAMESE = 0.8  # share of Vietnamese syllables; plans have over 0.97, broken text layers under 0.5
_OCR_NEEDED = "Text recognition (OCR) is needed."


def read(data: bytes, name: str) -> Pages:
    """Read a PDF; pages without text among others are noted as `no_text_layer`."""
    document = _opened(data, name)
    try:
        count = len(document)
        if count > MAX_PAGES:
            raise TooLargeDocument(f"{name}: {count} pages; the limit is {MAX_PAGES}.", remedy="Split the document.")
        found = [_page(document, number) for number in range(1, count + 1)]
    finally:
        document.close()
    return replace(_checked(found, name, count), signatures=signatures_of(data))


@dataclass(frozen=True, slots=True)
class _Page:
    blocks: list[Line | Grid]
    tables: list[Table]
    width: float
    height: float
    pictured: bool
    readable: bool


def _checked(found: list[_Page], name: str, count: int) -> Pages:
    pages = without_furniture([page.blocks for page in found], [page.height for page in found])
    pages = mark_centred(pages, [page.width for page in found])
    blocks = _joined(pages, [table for page in found for table in page.tables])
    blank = sum(page.pictured and not page.blocks for page in found)
    text = " ".join(line.text for line in _lines(blocks))
    if not text.strip():
        raise NoTextLayer(f"{name}: no page has text; the pages are pictures.", remedy=_OCR_NEEDED)
    share = vietnamese_share(text)
    if share < _VIETNAMESE and len(text) > 200:
        raise NoTextLayer(
            f"{name}: broken_text_layer: only {share:.0%} of the words of the text layer are Vietnamese syllables; "
            "the fonts' character maps are wrong or the text is in a legacy encoding.",
            remedy=_OCR_NEEDED,
        )
    notes = (*(["no_text_layer"] if blank else []), *([] if all(page.readable for page in found) else ["damaged"]))
    engine = f"pdfium {pypdfium2.PDFIUM_INFO}"
    return Pages(tuple(blocks), "application/pdf", engine, _layer(found), page_count=count, notes=notes)


def _joined(pages: list[list[Line | Grid]], tables: list[Table]) -> list[Line | Grid]:
    """The blocks of all pages; a table that goes on at the top of the next page is one table."""
    known = {id(table.grid): table for table in tables}
    for above, below in pairwise(pages):
        if not above or not below:
            continue
        last, first = known.get(id(above[-1])), known.get(id(below[0]))
        whole = continued(last, first) if last and first else None
        if whole:
            known[id(whole.grid)] = whole
            above.pop()
            below[0] = whole.grid
    return [block for blocks in pages for block in blocks]


def _layer(found: list[_Page]) -> TextLayer:
    """`ocr` where text lies over pictures of whole pages."""
    recognised = [page.pictured for page in found if page.blocks]
    return "ocr" if all(recognised) else "mixed" if any(recognised) else "digital"


def _lines(blocks: list[Line | Grid]) -> list[Line]:
    lines: list[Line] = []
    for block in blocks:
        lines += [line for cell in block.cells for line in cell] if isinstance(block, Grid) else [block]
    return lines


def _opened(data: bytes, name: str) -> pypdfium2.PdfDocument:
    start = data.find(b"%PDF-", 0, 4096)
    try:
        return pypdfium2.PdfDocument(data[start:] if start > 0 else data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise EncryptedDocument(f"{name}: the PDF asks for a password.", remedy="Save it without a password.") from error
        raise DamagedDocument(
            f"{name}: the PDF is damaged ({error}).", remedy="Download it again, or open it and print it to a new PDF."
        ) from error


def _page(document: pypdfium2.PdfDocument, number: int) -> _Page:
    page = pdfium.FPDF_LoadPage(document.raw, number - 1)
    if not page:
        return _Page([], [], 595, 842, False, False)
    try:
        if _shows_annotations(page) and pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS:
            pdfium.FPDF_ClosePage(page)
            page = pdfium.FPDF_LoadPage(document.raw, number - 1)
        with sheet_of(page, number) as sheet:
            tables, free = tables_of(sheet) if sheet.text else ([], [])
            return _Page(_blocks(sheet, tables, free), tables, sheet.width, sheet.height, sheet.pictured, True)
    finally:
        pdfium.FPDF_ClosePage(page)


def _shows_annotations(page: pdfium.FPDF_PAGE) -> bool:
    """Whether something is stamped on the page, as numbers and dates are; links show nothing."""
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), 200)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if kind not in (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP):
            return True
    return False


def _blocks(sheet: Sheet, tables: list[Table], free: list[Piece]) -> list[Line | Grid]:
    """Tables where they stand among the lines."""
    waiting = list(tables)
    blocks: list[Line | Grid] = []
    for line in lines_of(sheet, unstamped(sheet, free)):
        while waiting and line.glyphs is not None and waiting[0].top < line.glyphs.top:
            blocks.append(waiting.pop(0).grid)
        blocks.append(line)
    return [*blocks, *(table.grid for table in waiting)]
