"""Forms of a PDF: drawings that pages and other forms draw by name; how many drawings one of them comes to.

PDFium opens a form wherever it is drawn, forty deep. One of a hundred bytes that draws itself twice is opened a million
million times, so that it is counted before anything is opened. What cannot be seen without a reader of PDF (resources in a
packed part, another packing than Flate) is not counted; a worker's limits hold for it.
"""

import re
import zlib
from collections import Counter
from itertools import islice
from typing import NamedTuple

MOST_DRAWINGS = 100_000
_DEPTH = 40  # PDFium's own limit
_FORM = re.compile(rb"/Subtype\s{0,2}/Form\b")
_NUMBER = re.compile(rb"(\d{1,9})\s{1,2}\d{1,5}\s{1,2}obj\b")
_NAMED = re.compile(rb"/([^\s/<>\[\]()]{1,60})\s{1,2}(\d{1,9})\s{1,2}\d{1,5}\s{1,2}R\b")
_DRAWN = re.compile(rb"/([^\s/<>\[\]()]{1,60})\s{1,4}Do\b")
_STREAM = re.compile(rb">>\s{0,8}stream(?=\r?\n)")  # not the octet-stream of a letter in a damaged file
_REACH = 8192  # bytes from the number of a form to where it says that it is one, and from there to its stream
_MOST_FORMS = 5000
_MOST_BYTES = 1 << 24  # of all forms together that are looked at


class Form(NamedTuple):
    """Form: the parts of the file that it names, by name, and how often it draws each name."""

    named: dict[bytes, int]
    drawn: Counter[bytes]


def drawings(data: bytes) -> int:
    """The most drawings that one form comes to, counted no further than `MOST_DRAWINGS` allows."""
    forms = _forms(data)
    anywhere = _named_anywhere(data, forms)
    inner: dict[int, list[tuple[int, int]]] = {}
    for number, form in forms.items():
        names = anywhere | form.named
        inner[number] = [(names[name], times) for name, times in form.drawn.items() if names.get(name) in forms]
    count = dict.fromkeys(forms, 1)
    for _ in range(_DEPTH):
        before = count
        count = {number: min(1 + sum(times * before[other] for other, times in inner[number]), MOST_DRAWINGS + 1) for number in forms}
        if count == before:
            break
    return max(count.values(), default=0)


def _forms(data: bytes) -> dict[int, Form]:
    found: dict[int, Form] = {}
    left = _MOST_BYTES
    for told in islice(_FORM.finditer(data), _MOST_FORMS):
        start = data.rfind(b"obj", max(0, told.start() - _REACH), told.start())
        number = list(_NUMBER.finditer(data, max(0, start - 20), start + 3))
        stream = _STREAM.search(data, told.end(), told.end() + _REACH)
        if number and stream and left > 0:
            end = stream.start()
            content = _content(data, stream.end(), left)
            left -= len(content)
            drawn = Counter(name[1] for name in _DRAWN.finditer(content))
            found[int(number[-1][1])] = Form({name[1]: int(name[2]) for name in _NAMED.finditer(data, start, end)}, drawn)
    return found


def _named_anywhere(data: bytes, forms: dict[int, Form]) -> dict[bytes, int]:
    """The forms by the names that any part of the file gives them: one without resources of its own uses those of its page."""
    if all(name in form.named for form in forms.values() for name in form.drawn):
        return {}
    return {name[1]: int(name[2]) for name in _NAMED.finditer(data) if int(name[2]) in forms}


def _content(data: bytes, start: int, most: int) -> bytes:
    """No more than `most` bytes of a stream, unpacked where they are packed by Flate."""
    start += 2 if data.startswith(b"\r\n", start) else 1
    end = data.find(b"endstream", start, start + most)
    content = data[start : end if end >= 0 else start + most]
    try:
        return zlib.decompressobj().decompress(content, most)
    except zlib.error:
        return content
