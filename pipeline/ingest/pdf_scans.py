"""Scans in PDF: the pages of a document that must be recognised, found, drawn and read.

These are pictures of pages without text, and pages whose text is no Vietnamese although it should be: fonts with wrong
character maps, and hidden text that bad recognition laid over a picture.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pypdfium2

from pipeline.errors import NoTextLayer, UnsupportedDocument
from pipeline.ingest import recognition
from pipeline.ingest.letters import vietnamese_share
from pipeline.ingest.page_blocks import PageBlocks, blocks_of
from pipeline.ingest.recognised import Picture, sheets_of

_VIETNAMESE = 0.8  # share of Vietnamese syllables; plans have over 0.97, broken text layers under 0.5
_VIETNAMESE_HIDDEN = 0.9  # of a page that is a picture with text over it
_ENOUGH = 200  # characters by which a page can be judged
_DOTS = 200  # an inch; letters of 13 points are recognised best so
_MOST_PIXELS = 24_000_000


def recognised(document: Any, pages: list[PageBlocks], name: str) -> list[PageBlocks]:
    """`pages` with those recognised that need it; `document` is the open PDF.

    Raises `NoTextLayer` where no page is left that can be read otherwise.
    """
    wanted = _wanted(pages)
    if not wanted:
        _check(pages, name)
        return pages
    try:
        sheets = sheets_of(_pictures(document, [(number, not pages[number - 1].text.strip() or pages[number - 1].pictured) for number in wanted]))
        engine = recognition.version()
        for number, sheet in zip(wanted, sheets, strict=True):
            pages[number - 1] = blocks_of(sheet, recognised=engine, sure=sheet.sure)
    except UnsupportedDocument as error:
        if len(wanted) == len(pages):
            raise NoTextLayer(f"{name}: {_reason(pages)} {error.message}", remedy=error.remedy) from error
        for number in wanted:
            page = pages[number - 1]
            pages[number - 1] = replace(page, blocks=[], tables=[], pictured=True)
    _check(pages, name)
    return pages


def _wanted(pages: list[PageBlocks]) -> list[int]:
    """Numbers of the pages to recognise; a foreign-language annex in a document that is read well is none of them."""
    shares = [vietnamese_share(page.text) for page in pages]
    long = [share for share, page in zip(shares, pages, strict=True) if len(page.text) > _ENOUGH]
    broken = bool(long) and sorted(long)[len(long) // 2] < _VIETNAMESE
    wanted = []
    for number, (page, share) in enumerate(zip(pages, shares, strict=True), 1):
        empty = not page.text.strip()
        bad = share < (_VIETNAMESE_HIDDEN if page.pictured else _VIETNAMESE)
        if (empty and page.readable) or (bad and not empty and (broken or (page.pictured and len(page.text) > _ENOUGH))):
            wanted.append(number)
    return wanted


def _pictures(document: Any, wanted: list[tuple[int, bool]]) -> Iterator[Picture]:
    for number, scanned in wanted:
        page: pypdfium2.PdfPage = document[number - 1]
        width, height = page.get_size()
        scale = min(_DOTS / 72, (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
        yield Picture(number, page.render(scale=scale).to_pil(), scale, scanned)
        page.close()


def _reason(pages: list[PageBlocks]) -> str:
    if any(page.text.strip() for page in pages):
        return "the text layer is broken (broken_text_layer): its words are no Vietnamese syllables."
    return "no page has text; the pages are pictures."


def _check(pages: list[PageBlocks], name: str) -> None:
    if not any(page.text.strip() for page in pages):
        raise NoTextLayer(f"{name}: no page has text.", remedy="Check that the pages show something; scan them again if they do.")
