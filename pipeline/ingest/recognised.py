"""Recognised pages: pictures of pages as sheets of letters with boxes, so that they are read on as digital pages are.

Text and ruled tables are recognised apart: the cells of a table are laid below each other, since lines of neighbouring cells
that are not quite level confuse the recognition of a whole page.
"""

import os
from collections import deque
from collections.abc import Iterable, Iterator
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
from pipeline.ingest.recognition import Row, Word, ready, recognise
from pipeline.ingest.written import without_handwriting

CORES = "KEHOACH_CORES"
"""The environment variable that says how many cores one process may use; all of them where it is not set."""
_UPRIGHT = 0.7  # share of Vietnamese syllables; pages upside down have under 0.4
_GAP = 24  # pixels between the cells of a table laid below each other
_TALLEST = 8000  # pixels
_BOLD = 1.3  # strokes of bold letters are this much wider than those of most


@dataclass(slots=True)
class RecognisedSheet(Sheet):
    """RecognisedSheet: a sheet whose letters were recognised; `sure` is the mean confidence, 0 to 100, None on a blank page."""

    sure: float | None
    strokes: list[float]

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
    return int(asked) if asked.isdecimal() and int(asked) else len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


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
    rows = best.rows
    if picture.number == 1:
        rows = without_handwriting(best.page, rows, scanned=picture.scanned)
    return _sheet(picture.number, best.page, rows, best.rules)


class _Reading(NamedTuple):
    """Reading: a page with what was read on it, in one position."""

    page: PageImage
    rows: list[Row]
    rules: list[Box]
    share: float
    score: float


def _read(page: PageImage) -> _Reading:
    page, rules = unruled(page)
    cells = [cell for table in cells_of(rules) for cell in table]
    rows = recognise(_without(page, cells)) + (_cells(page, cells) if cells else [])
    words = [word for row in rows for word in row]
    share = vietnamese_share(" ".join(word.text for word in words))
    sure = _sure(words) or 0.0
    return _Reading(page, rows, rules, share if words else 0.0, share * sure * len(words))


def _without(page: PageImage, cells: list[Box]) -> PageImage:
    if not cells:
        return page
    grey = page.grey.copy()
    for left, top, right, bottom in cells:
        grey[round(top * page.scale) : round(bottom * page.scale), round(left * page.scale) : round(right * page.scale)] = 255
    return PageImage(grey, page.scale)


def _cells(page: PageImage, cells: list[Box]) -> list[Row]:
    """The lines in the cells of tables."""
    rows: list[Row] = []
    stack: list[tuple[Box, PageImage]] = []
    tall = 0
    for cell in cells:
        part = page.crop(cell)
        if np.count_nonzero(part.grey < 128) < 4 * page.scale:
            continue
        if stack and tall + part.grey.shape[0] > _TALLEST:
            rows += _stacked(stack, page.scale)
            stack, tall = [], 0
        stack.append((cell, part))
        tall += part.grey.shape[0] + _GAP
    return rows + (_stacked(stack, page.scale) if stack else [])


def _stacked(stack: list[tuple[Box, PageImage]], scale: float) -> list[Row]:
    heights = [part.grey.shape[0] + _GAP for _, part in stack]
    width = max(part.grey.shape[1] for _, part in stack)
    sheet = np.full((sum(heights) + _GAP, width + 2 * _GAP), 255, dtype=np.uint8)
    starts = np.cumsum([_GAP, *heights])[:-1]
    for start, (_, part) in zip(starts, stack, strict=True):
        sheet[start : start + part.grey.shape[0], _GAP : _GAP + part.grey.shape[1]] = part.grey
    rows = []
    for row in recognise(PageImage(sheet, scale), layout="block"):
        place = int(np.searchsorted(starts, (row[0].top + row[0].bottom) / 2 * scale, side="right")) - 1
        cell, part = stack[max(place, 0)]
        across, down = cell[0] - _GAP / scale, cell[1] - float(starts[max(place, 0)]) / scale
        rows.append([word._replace(left=word.left + across, right=word.right + across, top=word.top + down, bottom=word.bottom + down) for word in row])
    return rows


def _sheet(number: int, page: PageImage, rows: list[Row], rules: list[Box]) -> RecognisedSheet:
    letters: list[str] = []
    boxes: list[tuple[float, float, float, float]] = []
    strokes: list[float] = []
    for row in rows:
        for place, word in enumerate(row):
            if place:
                _put(" ", (row[place - 1].right, word.top, word.left, word.bottom), 0.0, (letters, boxes, strokes))
            _put(word.text, (word.left, word.top, word.right, word.bottom), _stroke(page, word), (letters, boxes, strokes))
        last = row[-1]
        _put("\n", (last.right, last.top, last.right, last.bottom), 0.0, (letters, boxes, strokes))
    width, height = page.size
    return RecognisedSheet(
        number=number, width=width, height=height, text="".join(letters),
        boxes=np.round(np.asarray(boxes, dtype=np.float64).reshape(-1, 4), 2), rules=Rules(list(rules)), pictured=True,
        handle=None, sure=_sure([word for row in rows for word in row]), strokes=strokes,
    )  # fmt: skip


def _put(text: str, box: Box, stroke: float, out: tuple[list[str], list[Box], list[float]]) -> None:
    letters, boxes, strokes = out
    left, top, right, bottom = box
    step = (right - left) / len(text)
    letters.append(text)
    boxes += [(left + step * place, top, left + step * (place + 1), bottom) for place in range(len(text))]
    strokes += [stroke] * len(text)


def _stroke(page: PageImage, word: Word) -> float:
    """How wide the strokes of a word are, as a share of its height."""
    ink = page.crop((word.left, word.top, word.right, word.bottom)).grey < 128
    edges = np.count_nonzero(ink[:, 1:] & ~ink[:, :-1])
    return float(np.count_nonzero(ink)) / edges / page.scale / (word.bottom - word.top) if edges else 0.0


def _sure(words: list[Word]) -> float | None:
    letters = sum(len(word.text) for word in words)
    return sum(word.sure * len(word.text) for word in words) / letters if letters else None
