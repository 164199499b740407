"""Signing block: recipients on the left and the signature on the right, recognised each apart.

Their lines are not level with each other and a seal or the strokes of a pen lie over them, so that recognition of a whole page
mixes or drops them.
"""

import re

import numpy as np
from PIL import Image

from pipeline.ingest.page_image import Box, PageImage
from pipeline.ingest.recognition import Row, Word, recognise
from pipeline.ingest.shapes import without_huge_shapes

_RECIPIENTS = re.compile(r"\S{2,4} nh[ậâạaẫẩ]n\s?[:;.]")  # Nơi nhận:
_GUTTER = 10.0  # points between the columns
_ZOOMS = (1.0, 1.5)  # recipients are set in 11 points
_BULLETS = ("-", "–", "—", "+", "•")
_STROKE = 30  # no word of an office or a name is read so unsurely
_MARGIN = 20  # pixels
_UNSURE = 60  # mean of a line; print has over 70, what is read in a seal under 50
_ENOUGH = 2.0  # points of ink in a column of pixels, by which it is more than specks


def with_signing_block(page: PageImage, rows: list[Row]) -> list[Row]:
    """The rows of a page with those of the signing block, where there is one, recognised anew."""
    anchor = next((row for row in rows if _begins(page, row)), None) or next((row for row in rows if _holds_both(row)), None)
    if anchor is None:
        return rows
    gutter = _gutter(page, anchor[0].top - 8)
    if gutter is None:
        return rows
    width, height = page.size
    crossing = [row for row in rows if _crosses(row, gutter) and row is not anchor]
    top = max([0.0, *(row[0].bottom for row in crossing if row[0].bottom < anchor[0].top + 4)])
    bottom = min([height, *(min(word.top for word in row) for row in crossing if row[0].top > anchor[0].top)])
    left = _column(page, (0.0, top, gutter, bottom))
    right = [signed for row in _column(page, (gutter, top, width, bottom)) if (signed := _without_strokes(row))]
    if not right or not any(_RECIPIENTS.match(_text(row)) or row[0].text in _BULLETS for row in left):
        return rows
    return [*(row for row in rows if not top < (row[0].top + row[0].bottom) / 2 < bottom), *left, *right]


def _begins(page: PageImage, row: Row) -> bool:
    return row[0].left < 0.4 * page.size[0] and _RECIPIENTS.match(_text(row)) is not None


def _holds_both(row: Row) -> bool:
    """Whether a line goes from a recipient over to the office of the signer: `- Các phòng chức năng;   PHÓ GIÁM ĐỐC`."""
    gaps = [place for place in range(1, len(row)) if row[place].left - row[place - 1].right > _GUTTER]
    return row[0].text in _BULLETS and any(_text(row[place:]).isupper() and len(_text(row[place:])) > 5 for place in gaps)


def _crosses(row: Row, gutter: float) -> bool:
    """Whether a line goes on over the gutter with no more than a blank between two words."""
    left = max((word.right for word in row if word.left < gutter), default=None)
    right = min((word.left for word in row if word.right > gutter), default=None)
    return left is not None and right is not None and right - left < _GUTTER


def _without_strokes(row: Row) -> Row:
    """A line of the signature without what is read in the strokes at its ends; nothing of one too short for office or name."""
    first, last = 0, len(row)
    while last > first and _is_stroke(row[last - 1]):
        last -= 1
    while first < last and _is_stroke(row[first]):
        first += 1
    return row[first:last] if sum(letter.isalpha() for word in row[first:last] for letter in word.text) > 3 else []


def _is_stroke(word: Word) -> bool:
    letters = sum(letter.isalpha() for letter in word.text)
    return not letters or word.sure < _STROKE or (letters < 3 and word.sure < 90 and not word.text.endswith("."))


def _text(row: Row) -> str:
    return " ".join(word.text for word in row)


def _gutter(page: PageImage, top: float) -> float | None:
    """The middle of the widest strip without ink between the two columns."""
    width, height = page.size
    part = without_huge_shapes(page.crop((0, top, width, min(top + 130, height)))).grey < 128
    if not part.size:
        return None
    inked = np.count_nonzero(part, axis=0) > _ENOUGH * page.scale
    places = np.flatnonzero(inked)
    if not len(places):
        return None
    steps = np.diff(places)
    middles = (places[:-1] + steps / 2) / page.scale
    inside = np.where((middles > 0.25 * width) & (middles < 0.75 * width), steps, 0)
    widest = int(np.argmax(inside)) if len(inside) else 0
    return float(middles[widest]) if len(inside) and inside[widest] >= _GUTTER * page.scale else None


def _column(page: PageImage, box: Box) -> list[Row]:
    """The lines of one column, each as it is read most surely; what is read in seals and strokes is read unsurely."""
    part = without_huge_shapes(page.crop(box))
    rows: list[Row] = []
    for reading in (_read(part, zoom, box) for zoom in _ZOOMS):
        for row in reading:
            same = next((other for other in rows if other[0].top < (row[0].top + row[0].bottom) / 2 < other[0].bottom), None)
            if same is None:
                rows.append(row)
            elif _gain(row) > _gain(same):
                rows[rows.index(same)] = row
    return _apart(sorted((row for row in rows if _gain(row) > 0), key=lambda row: row[0].top))


def _apart(rows: list[Row]) -> list[Row]:
    """Lines below each other whose heights do not overlap; those of several readings may."""
    out = rows[:1]
    for row in rows[1:]:
        edge = (out[-1][0].bottom + row[0].top) / 2
        if row[0].top < out[-1][0].bottom:
            out[-1] = [word._replace(bottom=min(word.bottom, edge)) for word in out[-1]]
            row = [word._replace(top=max(word.top, edge)) for word in row]
        out.append(row)
    return out


def _read(part: PageImage, zoom: float, box: Box) -> list[Row]:
    """The lines of a column read in one size."""
    if not part.grey.size:
        return []
    size = (round(part.grey.shape[1] * zoom), round(part.grey.shape[0] * zoom))
    larger = np.pad(np.asarray(Image.fromarray(part.grey).resize(size, Image.Resampling.BICUBIC)), _MARGIN, constant_values=255)
    scale = part.scale * zoom
    across, down = box[0] - _MARGIN / scale, box[1] - _MARGIN / scale
    return [
        [
            word._replace(left=word.left + across, right=word.right + across, top=word.top + down, bottom=word.bottom + down)
            for word in row
        ]
        for row in recognise(PageImage(larger, scale), layout="block")
    ]


def _gain(row: Row) -> int:
    """How much is read in a line: letters count by how much surer they are than what is read in a seal."""
    return sum((word.sure - _UNSURE) * len(word.text) for word in row)
