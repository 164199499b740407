"""Recognised pages: pictures of pages as sheets of letters with boxes, so that they are read on as digital pages are.

A page that stands on its head or lies on its side is turned, and one with very large or small letters read in another size.
"""

import os
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

import numpy as np
from PIL import Image

from pipeline.ingest.letters import vietnamese_share
from pipeline.ingest.page_image import (
    Box,
    PageImage,
    black_on_white,
    denoised,
    is_blank,
    lies_on_its_side,
    straightened,
    unruled,
)
from pipeline.ingest.pdf_rules import Rules
from pipeline.ingest.pdf_sheet import Sheet
from pipeline.ingest.pdf_tables import cells_of
from pipeline.ingest.recognition import Row, Word, mean_sureness, ready, recognise
from pipeline.ingest.signing_block import with_signing_block
from pipeline.ingest.table_cells import recognise_cells, without_cells
from pipeline.ingest.written import without_handwriting

CORES = "KEHOACH_CORES"
"""The environment variable that says how many cores one process may use; all of them where it is not set."""
DOTS = 200  # an inch; letters of 13 points are recognised best so
MOST_PIXELS = 24_000_000
_UPRIGHT = 0.7  # share of Vietnamese syllables; pages upside down have under 0.4
_LETTERS = 34.0  # pixels from the foot of a p to the top of a k; print of 13 points at 200 dots an inch
_DIRTY = 60  # no word in a line of print is read so unsurely
_SPECK = 75
_FOREIGN = re.compile(r"[œŒæÆøåäöüïñçš¬¡¿«»~^`{}#]")  # what strokes of a pen are read as
_BOLD = 1.3  # strokes of bold letters are this much wider than those of most


@dataclass(slots=True)
class RecognisedSheet(Sheet):
    """RecognisedSheet: a sheet whose letters were recognised.

    `sure` is the mean confidence, 0 to 100, None on a blank page; `unread` says which of the document's `number` and `date`
    are written on it but could not be read.
    """

    sure: float | None
    strokes: list[float]
    unread: frozenset[str] = frozenset()

    def bold(self, index: int) -> bool:
        """Whether the strokes of the word that the letter stands in are wider than usual."""
        widths = [width for width in self.strokes if width]
        return bool(widths) and self.strokes[index] > _BOLD * median(widths)


class Picture(NamedTuple):
    """Picture: a page as it came; `scale` is pixels a point; not `scanned` where it was drawn from letters, with wrong names."""

    number: int
    image: Image.Image
    scale: float
    scanned: bool = True


def sheets_of(pictures: Iterable[Picture]) -> Iterator[RecognisedSheet]:
    """The pages in their order, recognised in parallel; only a few are in memory at a time.

    Raises `UnsupportedDocument` where Tesseract is not installed.
    """
    ready()
    workers = cores()
    with ThreadPoolExecutor(workers) as pool:
        waiting: deque[Future[RecognisedSheet]] = deque()
        for picture in pictures:
            waiting.append(pool.submit(sheet_of, picture))
            if len(waiting) > workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def cores() -> int:
    """How many pages may be recognised at once."""
    asked = os.environ.get(CORES, "")
    return (
        int(asked)
        if asked.isdecimal() and int(asked)
        else len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count() or 1
    )


def sheet_of(picture: Picture) -> RecognisedSheet:
    """One page recognised; a page that stands on its head or lies on its side is turned."""
    page = PageImage(black_on_white(picture.image), picture.scale)
    if is_blank(page):
        return _sheet(picture.number, page, [], [])
    page = denoised(page)
    best: _Reading | None = None
    for quarters in (1, 3, 0, 2) if lies_on_its_side(page) else (0, 2, 1, 3):
        reading = _read(straightened(page.turned(quarters)))
        best = max(best or reading, reading, key=lambda reading: reading.score)
        if best.share >= _UPRIGHT:
            break
    assert best is not None
    best = _resized(best)
    rows = [trimmed for row in with_signing_block(best.page, best.rows) if (trimmed := _trimmed(row))]
    if picture.number > 1:
        return _sheet(picture.number, best.page, rows, best.rules)
    rows, unread = without_handwriting(best.page, rows, scanned=picture.scanned)
    sheet = _sheet(picture.number, best.page, rows, best.rules)
    sheet.unread = unread
    return sheet


def _resized(reading: "_Reading") -> "_Reading":
    """The page read once more with letters of the size that is recognised best, where they are much larger or smaller."""
    sizes = [(row[0].bottom - row[0].top) * reading.page.scale for row in reading.rows]
    factor = _LETTERS / median(sizes) if sizes else 1.0
    if 0.6 < factor < 1.5 or reading.page.grey.size * factor**2 > MOST_PIXELS:
        return reading
    height, width = reading.source.grey.shape
    picture = Image.fromarray(reading.source.grey).resize(
        (round(width * factor), round(height * factor)), Image.Resampling.LANCZOS
    )
    letters = median(sizes) / reading.page.scale * 1.2
    again = _read(PageImage(np.asarray(picture), reading.page.scale * factor), letters=letters)
    return max(reading, again, key=lambda reading: reading.score)


class _Reading(NamedTuple):
    """Reading: a page with what was read on it, in one position; `source` is the page with its rules."""

    source: PageImage
    page: PageImage
    rows: list[Row]
    rules: list[Box]
    share: float
    score: float


def _read(source: PageImage, *, letters: float = 13.0) -> _Reading:
    page, rules = unruled(source, letters=letters)
    cells = [cell for table in cells_of(rules) for cell in table]
    rows = [_trimmed(row) for row in recognise(without_cells(page, cells)) if not _is_dirt(row)] + (
        recognise_cells(page, cells) if cells else []
    )
    words = [word for row in rows for word in row]
    share = vietnamese_share(" ".join(word.text for word in words))
    sure = mean_sureness(words) or 0.0
    return _Reading(source, page, rows, rules, share if words else 0.0, share * sure * len(words))


def _is_dirt(row: Row) -> bool:
    """Whether a line is what recognition makes of specks, strokes and edges of paper."""
    return all(word.sure < _DIRTY for word in row) and (mean_sureness(row) or 0) < _DIRTY - 20


def _trimmed(row: Row) -> Row:
    """A line without specks at its ends, which are read as signs, unsurely; what may be a bullet stays."""
    first, last = 0, len(row)
    while last - first > 1 and _is_speck(row[last - 1]):
        last -= 1
    while last - first > 1 and _is_speck(row[first]) and row[first].text not in "-–—+•*¬~":
        first += 1
    return row[first:last]


def _is_speck(word: Word) -> bool:
    foreign = word.sure < _DIRTY and _FOREIGN.search(word.text) is not None and not re.search(r"\d", word.text)
    return foreign or (word.sure < _SPECK and len(word.text) < 3 and not any(letter.isalnum() for letter in word.text))


def _sheet(number: int, page: PageImage, rows: list[Row], rules: list[Box]) -> RecognisedSheet:
    letters: list[str] = []
    boxes: list[tuple[float, float, float, float]] = []
    strokes: list[float] = []
    width_of = _strokes(page)
    for row in rows:
        for place, word in enumerate(row):
            if place:
                _put(" ", (row[place - 1].right, word.top, word.left, word.bottom), 0.0, (letters, boxes, strokes))
            _put(word.text, (word.left, word.top, word.right, word.bottom), width_of(word), (letters, boxes, strokes))
        last = row[-1]
        _put("\n", (last.right, last.top, last.right, last.bottom), 0.0, (letters, boxes, strokes))
    width, height = page.size
    return RecognisedSheet(
        number=number, width=width, height=height, text="".join(letters),
        boxes=np.round(np.asarray(boxes, dtype=np.float64).reshape(-1, 4), 2), rules=Rules(list(rules)), pictured=True,
        handle=None, sure=mean_sureness([word for row in rows for word in row]), strokes=strokes,
    )  # fmt: skip


def _put(text: str, box: Box, stroke: float, out: tuple[list[str], list[Box], list[float]]) -> None:
    letters, boxes, strokes = out
    left, top, right, bottom = box
    step = (right - left) / len(text)
    letters.append(text)
    boxes += [(left + step * place, top, left + step * (place + 1), bottom) for place in range(len(text))]
    strokes += [stroke] * len(text)


def _strokes(page: PageImage) -> Callable[[Word], float]:
    """What tells how wide the strokes of a word on a page are, as a share of its height."""
    ink = page.grey < 128
    edges = ink[:, 1:] & ~ink[:, :-1]

    def width(word: Word) -> float:
        left, top, right, bottom = page.pixels((word.left, word.top, word.right, word.bottom))
        crossed = np.count_nonzero(edges[top:bottom, left : right - 1])
        inked = float(np.count_nonzero(ink[top:bottom, left:right]))
        return inked / crossed / page.scale / (word.bottom - word.top) if crossed else 0.0

    return width
