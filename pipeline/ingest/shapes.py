"""Shapes: ink that hangs together, and what of it is far too large to be letters: seals, signatures, edges of the paper.

A copy in black and white has no colour by which a seal is told from print, but rings and strokes of a pen reach over lines.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

from pipeline.ingest.page_image import PageImage

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]
_HUGE = 40.0  # points from top to bottom; capitals of covers have 25
_DOTS = 100  # an inch; finer pictures show no more shapes
_INK = 140


class Runs(NamedTuple):
    """Runs: stretches of ink in the rows of a picture, in order; `stops` are exclusive."""

    rows: Numbers
    starts: Numbers
    stops: Numbers


def without_huge_shapes(page: PageImage) -> PageImage:
    """The page without ink that hangs together over several lines; call it when ruling lines are gone."""
    factor = max(1, round(page.scale * 72 / _DOTS))
    ink = np.asarray(Image.fromarray(page.grey).reduce(factor)) < _INK
    runs = runs_of(ink)
    if not len(runs.rows):
        return page
    shapes = shapes_of(runs, ink.shape[1])
    tops, bottoms = np.full(len(shapes), len(ink)), np.zeros(len(shapes), dtype=np.int64)
    np.minimum.at(tops, shapes, runs.rows)
    np.maximum.at(bottoms, shapes, runs.rows)
    huge = ((bottoms - tops) * factor > _HUGE * page.scale)[shapes]
    if not huge.any():
        return page
    grey = page.grey.copy()
    for row, start, stop in zip(*(side[huge].tolist() for side in runs), strict=True):
        grey[max(row - 1, 0) * factor : (row + 2) * factor, max(start - 1, 0) * factor : (stop + 1) * factor] = 255
    return PageImage(grey, page.scale)


def runs_of(ink: Mask) -> Runs:
    """The stretches of ink in each row."""
    edges = np.diff(np.pad(ink, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(edges == 1)
    return Runs(rows, starts, np.nonzero(edges == -1)[1])


def shapes_of(runs: Runs, width: int) -> Numbers:
    """For each run the first run of the shape that it belongs to; runs that touch, at a corner too, are one shape."""
    below = (runs.rows + 1) * (width + 2)
    first = np.searchsorted(runs.rows * (width + 2) + runs.stops, below + runs.starts)
    last = np.searchsorted(runs.rows * (width + 2) + runs.starts, below + runs.stops, side="right")
    counts = np.maximum(last - first, 0)
    upper = np.repeat(np.arange(len(counts)), counts)
    lower = np.repeat(first - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
    shapes = np.arange(len(counts))
    while True:
        least = np.minimum(shapes[upper], shapes[lower])
        joined = shapes.copy()
        np.minimum.at(joined, shapes[upper], least)
        np.minimum.at(joined, shapes[lower], least)
        joined = joined[joined]
        if np.array_equal(joined, shapes):
            return shapes
        shapes = joined
