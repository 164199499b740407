"""Cells of scanned tables: recognised below each other in one picture, apart from the rest of their page.

Lines of neighbouring cells that are not quite level confuse the recognition of a whole page.
"""

import numpy as np

from pipeline.ingest.page_image import Box, PageImage
from pipeline.ingest.recognition import Row, recognise

_GAP = 24  # pixels between two cells
_TALLEST = 8000  # pixels


def recognise_cells(page: PageImage, cells: list[Box]) -> list[Row]:
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


def without_cells(page: PageImage, cells: list[Box]) -> PageImage:
    """The page with white in place of the cells."""
    if not cells:
        return page
    grey = page.grey.copy()
    for left, top, right, bottom in cells:
        grey[round(top * page.scale) : round(bottom * page.scale), round(left * page.scale) : round(right * page.scale)] = 255
    return PageImage(grey, page.scale)


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
        rows.append(
            [
                word._replace(left=word.left + across, right=word.right + across, top=word.top + down, bottom=word.bottom + down)
                for word in row
            ]
        )
    return rows
