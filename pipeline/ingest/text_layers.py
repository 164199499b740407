"""Text layers: which pages of a PDF must be recognised, and why.

These are pictures of pages without text, and pages whose text is no Vietnamese although it should be: fonts with wrong
character maps, and hidden text that bad recognition laid over a picture.
"""

from pipeline.errors import NoTextLayer
from pipeline.ingest.letters import vietnamese_share
from pipeline.ingest.page_blocks import PageBlocks

_VIETNAMESE = 0.8  # share of Vietnamese syllables; plans have over 0.97, broken text layers under 0.5
_VIETNAMESE_HIDDEN = 0.9  # of a page that is a picture with text over it
_ENOUGH = 200  # characters by which a page can be judged


def unreadable(pages: list[PageBlocks]) -> list[int]:
    """Numbers of the pages to recognise; an annex in another language of a document that is read well is none of them."""
    texts = [page.text for page in pages]
    shares = [vietnamese_share(text) for text in texts]
    long = [share for share, text in zip(shares, texts, strict=True) if len(text) > _ENOUGH]
    broken = bool(long) and sorted(long)[len(long) // 2] < _VIETNAMESE
    wanted = []
    for number, (page, text, share) in enumerate(zip(pages, texts, shares, strict=True), 1):
        empty = not text.strip()
        bad = share < (_VIETNAMESE_HIDDEN if page.pictured else _VIETNAMESE)
        if (empty and page.readable) or (bad and not empty and (broken or (page.pictured and len(text) > _ENOUGH))):
            wanted.append(number)
    return wanted


def why(pages: list[PageBlocks]) -> str:
    """What is wrong with a document of which no page can be read as it is."""
    if any(page.text.strip() for page in pages):
        return "the text layer is broken (broken_text_layer): its words are no Vietnamese syllables."
    return "no page has text; the pages are pictures."


def check(pages: list[PageBlocks], name: str) -> None:
    """Raise `NoTextLayer` where no page has text."""
    if not any(page.text.strip() for page in pages):
        raise NoTextLayer(f"{name}: no page has text.", remedy="Check that the pages show something; scan them again if they do.")
