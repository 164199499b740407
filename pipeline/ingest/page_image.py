"""Page images: a picture of a page made ready for recognition: upright, straight, black on white, without stamps and rules.

Stamps and signatures are told from print by their colour: red and blue ink is bright in one of its channels, and where it
lies over black letters the letters stay dark in all of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageChops, ImageFilter

Pixels = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.intp]
Places = npt.NDArray[np.float32]
Box = tuple[float, float, float, float]
_COLOURED = 50  # difference between the brightest and the darkest channel; grey paper and JPEG noise have under 30
_COARSE = np.arange(-4.0, 4.01, 0.5)  # degrees
_FEW = 200  # pixels of ink, by which no angle is known
_SAMPLE = 250  # pixels from the middle of a page in each direction, by which it is told whether it is speckled
_LONG, _TALL = 30.0, 20.0  # points; shorter straight strokes are parts of letters


@dataclass(frozen=True, slots=True)
class PageImage:
    """PageImage: `grey` has one row a pixel row, 0 black to 255 white; `scale` is pixels a point."""

    grey: Pixels
    scale: float

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        height, width = self.grey.shape
        return width / self.scale, height / self.scale

    def turned(self, quarters: int) -> "PageImage":
        """The same page turned counter-clockwise by quarters."""
        return PageImage(np.ascontiguousarray(np.rot90(self.grey, quarters)), self.scale)

    def pixels(self, box: Box) -> tuple[int, int, int, int]:
        """A box in pixels; `box` in points: left, top, right, bottom."""
        left, top, right, bottom = (max(0, round(side * self.scale)) for side in box)
        return left, top, right, bottom

    def crop(self, box: Box) -> "PageImage":
        """A part of the page; `box` in points: left, top, right, bottom."""
        left, top, right, bottom = self.pixels(box)
        return PageImage(self.grey[top:bottom, left:right], self.scale)


class Ruled(NamedTuple):
    """Ruled: a page without its ruling lines, and where they were: left, top, right, bottom in points."""

    page: PageImage
    rules: list[Box]


def black_on_white(picture: Image.Image) -> Pixels:
    """The grey pixels of a picture, in which coloured ink and uneven light are gone."""
    if picture.mode in ("1", "L", "I;16"):
        return _evened(np.asarray(picture.convert("L")))
    channels = tuple(map(picture.getchannel, "RGB")) if picture.mode == "RGBX" else picture.convert("RGB").split()
    brightest = np.asarray(_all(ImageChops.lighter, channels))
    darkest = np.asarray(_all(ImageChops.darker, channels))
    coloured = (brightest - darkest) > _COLOURED
    if not coloured.any():
        return _evened(brightest)
    black = np.count_nonzero((brightest < 110) & ~coloured)
    if np.count_nonzero(coloured & (darkest < 110)) > 4 * black:  # the print itself is coloured
        return _evened(darkest)
    return _evened(np.where(coloured & (brightest > 110), np.uint8(255), brightest))


def _all(join: Callable[[Image.Image, Image.Image], Image.Image], channels: tuple[Image.Image, ...]) -> Image.Image:
    return reduce(join, channels)


def _evened(grey: Pixels) -> Pixels:
    """Paper made white: shadows of a photo and the tint of the paper are divided out."""
    small = Image.fromarray(grey).reduce(16).filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(4))
    paper = np.asarray(small, dtype=np.uint8)
    shades = np.sort(paper, axis=None)
    low, high = shades[len(shades) // 20], shades[-1 - len(shades) // 20]
    if low > 235 or high < 60:
        return grey
    light = np.asarray(small.resize((grey.shape[1], grey.shape[0]), Image.Resampling.BILINEAR), dtype=np.uint16)
    even = grey.astype(np.float32) * (255 / np.maximum(light, 40).astype(np.float32))
    return np.minimum(even, 255).astype(np.uint8)


def is_blank(page: PageImage) -> bool:
    """Whether nothing is printed on a page: less ink than one line of text."""
    inner = page.grey[page.grey.shape[0] // 30 : -page.grey.shape[0] // 30, page.grey.shape[1] // 30 : -page.grey.shape[1] // 30]
    return bool(np.count_nonzero(inner < 128) < 60 * page.scale**2)


def straightened(page: PageImage) -> PageImage:
    """The page with its lines horizontal; the corners that come in are white."""
    angle = skew(page)
    if abs(angle) < 0.06:
        return page
    picture = Image.fromarray(page.grey).rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    return PageImage(np.asarray(picture), page.scale)


def lies_on_its_side(page: PageImage) -> bool:
    """Whether the lines run up or down: ink gathers in lines that way, at some small angle, more than across."""
    rows, columns = _inked(page)
    if len(rows) < _FEW:
        return False
    return _best_angle(columns, rows, _COARSE)[1] > 1.5 * _best_angle(rows, columns, _COARSE)[1]


def skew(page: PageImage) -> float:
    """By how many degrees, counter-clockwise, the page must be turned for its lines to be horizontal."""
    rows, columns = _inked(page)
    if len(rows) < _FEW:
        return 0.0
    best, _ = _best_angle(rows, columns, _COARSE)
    best, _ = _best_angle(rows, columns, best + np.arange(-0.4, 0.41, 0.1))
    return _best_angle(rows, columns, best + np.arange(-0.08, 0.09, 0.02))[0]


def _best_angle(rows: Places, columns: Places, angles: npt.NDArray[np.float64]) -> tuple[float, float]:
    """The angle at which ink gathers in lines, and how strongly it does."""
    found = [_sharpness(rows - columns * slope) for slope in np.tan(np.radians(angles)).astype(np.float32)]
    best = int(np.argmax(found))
    return float(angles[best]), found[best]


def _sharpness(places: Places) -> float:
    """How strongly ink gathers in lines at these heights."""
    counts = np.bincount((places - places.min()).astype(np.int64)).astype(np.float64)
    return float(np.square(np.diff(counts)).mean() / max(np.square(counts).mean(), 1.0)) if len(counts) > 2 else 0.0


def _inked(page: PageImage) -> tuple[Places, Places]:
    """Rows and columns of the ink, at about 100 dots an inch, without the borders of the page and without solid areas."""
    factor = max(1, round(page.scale * 72 / 100))
    small = np.asarray(Image.fromarray(page.grey).reduce(factor))
    ink = small < 140
    edge = max(2, ink.shape[0] // 40)
    ink[:edge], ink[-edge:], ink[:, :edge], ink[:, -edge:] = False, False, False, False
    places = np.flatnonzero(ink)
    if len(places) > 60_000:
        places = places[:: len(places) // 60_000 + 1]
    rows, columns = np.divmod(places, ink.shape[1])
    return rows.astype(np.float32), columns.astype(np.float32)


def denoised(page: PageImage) -> PageImage:
    """The page without speckles, where it has many; letters of clean pages are left as they are."""
    height, width = page.grey.shape
    top, left = max(0, height // 2 - _SAMPLE), max(0, width // 2 - _SAMPLE)
    sample = page.grey[top : top + 2 * _SAMPLE, left : left + 2 * _SAMPLE]
    calm = np.asarray(Image.fromarray(sample).filter(ImageFilter.MedianFilter(3)))
    rough = np.abs(sample.astype(np.int16) - calm)[calm > 200]
    if not len(rough) or float(rough.mean()) < 6.0:
        return page
    return PageImage(np.asarray(Image.fromarray(page.grey).filter(ImageFilter.MedianFilter(3))), page.scale)


def unruled(page: PageImage, *, letters: float = 13.0) -> Ruled:
    """The page without straight lines, by which the recognition of letters beside them suffers.

    `letters` is the size of the font in points; strokes of letters are no lines.
    """
    scale = page.scale * letters / 13
    ink = page.grey < 160
    across = _boxes(_long_runs(ink, round(_LONG * scale)))
    down = _boxes(_long_runs(np.ascontiguousarray(ink.T), round(_TALL * scale)))
    boxes = [*across, *((y0, x0, y1, x1) for x0, y0, x1, y1 in down)]
    thin = [box for box in boxes if min(box[2] - box[0], box[3] - box[1]) <= 3.4 * scale]
    grey = page.grey.copy()
    for left, top, right, bottom in thin:
        if right - left > bottom - top:
            _wipe_row(grey, ink, (left, top, right, bottom))
        else:
            grey[top:bottom, max(0, left - 1) : right + 1] = 255
    rules = [tuple(side / page.scale for side in box) for box in thin]
    return Ruled(PageImage(grey, page.scale), rules)  # type: ignore[arg-type]


def _wipe_row(grey: Pixels, ink: Mask, box: tuple[int, int, int, int]) -> None:
    """Wipe a horizontal line, except where a letter stands in it: ink right above and right below."""
    left, top, right, bottom = box
    above = ink[max(0, top - 3) : max(1, top - 1), left:right].any(axis=0)
    below = ink[bottom + 1 : bottom + 3, left:right].any(axis=0)
    keep = above & below
    part = grey[max(0, top - 1) : bottom + 1, left:right]
    part[:, ~keep] = 255


def _long_runs(ink: Mask, length: int) -> Mask:
    """Where ink goes on for `length` pixels along a row; a row may help out its neighbours, as lines are not quite straight."""
    thick = ink.copy()
    thick[1:] |= ink[:-1]
    thick[:-1] |= ink[1:]
    found = np.zeros_like(ink)
    rows, starts, stops = _runs(thick)
    long = stops - starts >= length
    for row, start, stop in zip(rows[long].tolist(), starts[long].tolist(), stops[long].tolist(), strict=True):
        found[row, start:stop] = ink[row, start:stop]
    return found


def _runs(mask: Mask) -> tuple[Numbers, Numbers, Numbers]:
    """The row, start and stop of everything that goes on along a row, from the top."""
    inked = np.flatnonzero(mask.any(axis=1))
    width = mask.shape[1] + 1
    padded = np.zeros((len(inked), width + 1), dtype=bool)
    padded[:, 1:-1] = mask[inked]
    edges = np.flatnonzero(padded[:, 1:] != padded[:, :-1])
    rows, starts = np.divmod(edges[::2], width)
    return inked[rows], starts, edges[1::2] - rows * width


def _boxes(mask: Mask) -> list[tuple[int, int, int, int]]:
    """The boxes of what hangs together in a mask of horizontal lines: left, top, right, bottom."""
    rows, starts, stops = _runs(mask)
    found: list[tuple[int, int, int, int]] = []
    growing: list[tuple[int, int, int, int]] = []
    for row, start, stop in zip(rows.tolist()[:20_000], starts.tolist(), stops.tolist(), strict=False):
        left, top, right, bottom = start, row, stop, row + 1
        rest = []
        for box in growing:
            if row > box[3] + 2:
                found.append(box)
            elif start <= box[2] + 6 and stop >= box[0] - 6:
                left, top, right = min(left, box[0]), min(top, box[1]), max(right, box[2])
            else:
                rest.append(box)
        growing = [*rest, (left, top, right, bottom)]
    return [*found, *growing]
