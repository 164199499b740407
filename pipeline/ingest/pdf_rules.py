"""Rules: the straight lines that a PDF page draws, and how much of it is covered by pictures.

Word draws table lines as thin filled rectangles, LibreOffice as strokes, others as one path with many segments: all become
horizontal and vertical rules here. Shading, underlines of no consequence and white backgrounds are left out.
"""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium

Numbers = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]
_THIN = 3.5  # points; a drawn line is not thicker
_MOST_OBJECTS = 20_000


@dataclass(slots=True)
class Rules:
    """Rules: `boxes` of thin lines; left, top, right, bottom."""

    boxes: list[Box] = field(default_factory=list)
    picture_area: float = 0.0

    def turned(self, turn: Callable[[Numbers], Numbers]) -> "Rules":
        """The same rules on the reader's page."""
        if not self.boxes:
            return self
        turned = turn(np.asarray(self.boxes))
        return Rules([(float(a), float(b), float(c), float(d)) for a, b, c, d in turned], self.picture_area)


def rules_of(page: Any) -> Rules:
    """All rules of a page, in PDF coordinates: left, top, right, bottom, y upwards."""
    rules = Rules()
    for index in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        _collect(pdfium.FPDFPage_GetObject(page, index), rules, (1, 0, 0, 1, 0, 0), 0)
    return rules


Matrix = tuple[float, float, float, float, float, float]


def _collect(item: Any, rules: Rules, matrix: Matrix, depth: int) -> None:
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind == pdfium.FPDF_PAGEOBJ_TEXT:
        return
    if kind == pdfium.FPDF_PAGEOBJ_PATH:
        rules.boxes.extend(_placed(box, matrix) for box in _path_rules(item))
    elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        left, top, right, bottom = _placed(_bounds(item), matrix)
        rules.picture_area = max(rules.picture_area, (right - left) * (top - bottom))
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < 4:
        inner = _matrix(item)
        for index in range(pdfium.FPDFFormObj_CountObjects(item)):
            _collect(pdfium.FPDFFormObj_GetObject(item, index), rules, _times(inner, matrix), depth + 1)


def _bounds(item: Any) -> Box:
    sides = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(item, *(ctypes.byref(side) for side in sides))
    left, bottom, right, top = (side.value for side in sides)
    return left, top, right, bottom


def _path_rules(item: Any) -> Iterator[Box]:
    left, top, right, bottom = _bounds(item)
    if min(right - left, top - bottom) <= _THIN:
        yield left, top, right, bottom
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
    if not stroke.value and pdfium.FPDFPath_CountSegments(item) <= 5:
        return  # shading of one cell
    matrix = _matrix(item)
    boxes = [_placed(box, matrix) for box in (_edges(item) if stroke.value else _filled_bars(item))]
    yield from (box for box in boxes if min(box[2] - box[0], box[1] - box[3]) <= _THIN)


def _points(item: Any) -> Iterator[list[tuple[float, float]]]:
    """The corners of each part of a path; a closed part ends where it began; curves are taken as straight."""
    x, y = ctypes.c_float(), ctypes.c_float()
    part: list[tuple[float, float]] = []
    for index in range(min(pdfium.FPDFPath_CountSegments(item), 4000)):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO and part:
            yield part
            part = []
        part.append((x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            part.append(part[0])
    if part:
        yield part


def _edges(item: Any) -> Iterator[Box]:
    for part in _points(item):
        for (x0, y0), (x1, y1) in pairwise(part):
            if (x0, y0) != (x1, y1):
                yield min(x0, x1), max(y0, y1), max(x0, x1), min(y0, y1)


def _filled_bars(item: Any) -> Iterator[Box]:
    for part in _points(item):
        xs, ys = [x for x, _ in part], [y for _, y in part]
        yield min(xs), max(ys), max(xs), min(ys)


def _matrix(item: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(found))
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _placed(box: Box, matrix: Matrix) -> Box:
    if matrix == (1, 0, 0, 1, 0, 0):
        return box
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), max(ys), max(xs), min(ys)
