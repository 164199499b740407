"""Sheets: one PDF page as letters with boxes, ruling lines and pictures, the right way up.

Boxes come from PDFium by plain addresses, which costs a twentieth of a call per letter through wrapped structures.
"""

import ctypes
import math
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium

from pipeline.ingest.pdf_rules import Rules, rules_of

Numbers = npt.NDArray[np.float64]
_CALL = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_loose_box = _CALL(ctypes.cast(pdfium.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0)
_HYPHENS = ("\x02", "\ufffe")  # PDFium marks a hyphen at a line's end so; in Vietnamese it is a real one
_font_name, _font_flags = ctypes.create_string_buffer(80), ctypes.c_int()  # where PDFium writes them


class Turn(NamedTuple):
    """Turn: by how many quarters a page is turned for reading, and its box before turning."""

    quarters: int
    left: float
    bottom: float
    right: float
    top: float

    def boxes(self, raw: Numbers) -> Numbers:
        """Boxes `left, top, right, bottom` of the reader's page, origin top left, from PDF ones of the same order."""
        x0, y1, x1, y0 = raw.T
        if self.quarters == 0:
            return np.column_stack((x0 - self.left, self.top - y1, x1 - self.left, self.top - y0))
        if self.quarters == 1:
            return np.column_stack((y0 - self.bottom, x0 - self.left, y1 - self.bottom, x1 - self.left))
        if self.quarters == 2:
            return np.column_stack((self.right - x1, y0 - self.bottom, self.right - x0, y1 - self.bottom))
        return np.column_stack((self.top - y1, self.right - x1, self.top - y0, self.right - x0))

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as read."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.quarters % 2 else (width, height)


@dataclass(slots=True)
class Sheet:
    """Sheet: `text` has one character for each row of `boxes` (left, top, right, bottom)."""

    number: int
    width: float
    height: float
    text: str
    boxes: Numbers
    rules: Rules
    pictured: bool
    handle: Any

    def bold(self, index: int) -> bool:
        """Whether the letter is set in a bold font, by the font's name."""
        return b"bold" in self.font(index).lower()

    def font(self, index: int) -> bytes:
        """The name of the font that the letter is set in."""
        _font_name.value = b""
        pdfium.FPDFText_GetFontInfo(self.handle, index, _font_name, 80, ctypes.byref(_font_flags))
        return _font_name.value


@contextmanager
def sheet_of(page: Any, number: int) -> Iterator[Sheet]:
    """The sheet of a loaded page; its fonts can be asked for while the context is open."""
    handle = pdfium.FPDFText_LoadPage(page)
    try:
        count = max(pdfium.FPDFText_CountChars(handle), 0)
        text = _text(handle, count)
        turn = _turn(page, handle, count)
        raw = np.zeros((count, 4), dtype=np.float32)
        base, address = raw.ctypes.data, ctypes.cast(handle, ctypes.c_void_p).value
        deque(map(_loose_box, repeat(address), range(count), range(base, base + 16 * count, 16)), maxlen=0)
        rules = rules_of(page)
        width, height = turn.size
        yield Sheet(
            number=number,
            width=width,
            height=height,
            text=text,
            boxes=np.round(turn.boxes(raw.astype(np.float64)), 2),
            rules=rules.turned(turn.boxes),
            pictured=rules.picture_area > 0.7 * width * height,
            handle=handle,
        )
    finally:
        pdfium.FPDFText_ClosePage(handle)


def _text(handle: Any, count: int) -> str:
    """One character a letter of the page; letters outside the Basic Multilingual Plane are asked for one by one."""
    buffer = (ctypes.c_ushort * (count + 1))()
    got = pdfium.FPDFText_GetText(handle, 0, count, buffer)
    text = bytes(buffer)[: 2 * max(got - 1, 0)].decode("utf-16-le", "replace")
    if len(text) != count:
        codes = (pdfium.FPDFText_GetUnicode(handle, index) for index in range(count))
        text = "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " " for code in codes)
    for sign in _HYPHENS:  # many times as fast as `translate`
        text = text.replace(sign, "-")
    return text


def _turn(page: Any, handle: Any, count: int) -> Turn:
    """How the page is turned: by its own rotation, or because most of its text runs up or down."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box))
    quarters = pdfium.FPDFPage_GetRotation(page) % 4
    probes = range(0, count, max(1, count // 16))
    angles = [pdfium.FPDFText_GetCharAngle(handle, index) for index in probes]
    found = [-round(angle / (math.pi / 2)) % 4 for angle in angles if angle >= 0]  # PDFium counts them clockwise
    if found:
        usual = max(set(found), key=found.count)
        quarters = usual if found.count(usual) * 3 > len(found) * 2 else quarters
    return Turn(quarters, box.left, box.bottom, box.right, box.top)
