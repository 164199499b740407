"""Recognition: the words that Tesseract reads in a picture, each with its place and how sure it is.

The program is called once a picture, on one core; it needs its Vietnamese model.
"""

import html
import re
from functools import cache
from statistics import median
from typing import Literal, NamedTuple

from pipeline.errors import UnsupportedDocument
from pipeline.ingest.letters import clean
from pipeline.ingest.page_image import PageImage
from pipeline.ingest.programs import TESSERACT, Stopped, run

Layout = Literal["page", "block", "line"]
_SEGMENTATION = {"page": "3", "block": "6", "line": "7"}
_SECONDS = 180.0  # a dense page takes 2 to 4
_LINE = re.compile(
    r"""
    <span\sclass='ocr_(?:line|header|caption|textfloat)'[^<>]*?
    title="bbox\s(?P<left>\d+)\s\d+\s(?P<right>\d+)\s(?P<bottom>\d+);      # bbox 212 640 2270 701
    (?:\sbaseline\s(?P<slope>-?[\d.]+)\s(?P<offset>-?[\d.]+);)?            # baseline 0.001 -14
    (?:\sx_size\s(?P<size>[\d.]+))?                                        # x_size 57.2
    """,
    re.VERBOSE,
)
_WORD = re.compile(
    r"<span class='ocrx_word'[^<>]*?title='bbox (?P<left>\d+) (?P<top>\d+) (?P<right>\d+) (?P<bottom>\d+);"
    r" x_wconf (?P<sure>\d+)'[^<>]*>(?P<text>.{0,400}?)</span>",
    re.DOTALL,
)
_STEEP = 0.2  # the slope of a line that runs up or down: the page lies on its side, or a stamp does
_TAG = re.compile(r"<[^<>]*>")


class Word(NamedTuple):
    """Word: what stands between two blanks; `sure` is 0 to 100, sides are points; top and bottom are those of its line."""

    text: str
    sure: int
    left: float
    top: float
    right: float
    bottom: float


Row = list[Word]


def recognise(page: PageImage, *, layout: Layout = "page", whitelist: str = "") -> list[Row]:
    """The words in a picture, line by line; raises `UnsupportedDocument` where Tesseract is not installed.

    `layout` says what the picture shows: a page, one block of lines, or one line; `whitelist` which letters alone can occur.
    """
    if not page.grey.size:
        return []
    command = [
        ready(), "stdin", "stdout", "-l", "vie", "--psm", _SEGMENTATION[layout], "--dpi", str(round(page.scale * 72)),
        "-c", "tessedit_do_invert=0", *(["-c", f"tessedit_char_whitelist={whitelist}"] if whitelist else []), "hocr",
    ]  # fmt: skip
    height, width = page.grey.shape
    picture = b"P5 %d %d 255\n" % (width, height) + page.grey.tobytes()
    try:
        made = run(command, seconds=_SECONDS, data=picture).decode("utf-8", "replace")
    except Stopped:  # one page of many; it stays without text and is noted
        return []
    return rows_of(made, page.scale)


def rows_of(made: str, scale: float) -> list[Row]:
    """The words of a hOCR document; `scale` is pixels a point."""
    lines = list(_LINE.finditer(made))
    if not lines:
        return []
    ends = [line.start() for line in lines[1:]] + [len(made)]
    usual = median(float(line["size"] or 0) for line in lines)
    level = [(line, end) for line, end in zip(lines, ends, strict=True) if abs(float(line["slope"] or 0)) < _STEEP]
    if 2 * len(level) < len(lines):  # a page on its side, of which a few words lie so that they seem level
        return []
    rows = [_row(line, made[line.end() : end], scale, usual) for line, end in level]
    return [row for row in rows if row]


def _row(line: re.Match[str], inside: str, scale: float, usual: float) -> Row:
    """The words of a line; its height is what Tesseract thinks, unless that is out of all proportion."""
    words = []
    size = min(max(float(line["size"] or 0), 0.7 * usual), 1.6 * usual)
    for word in _WORD.finditer(inside):
        text = clean(html.unescape(_TAG.sub("", word["text"]))).strip()
        if not text:
            continue
        left, right = int(word["left"]), int(word["right"])
        base = int(line["bottom"]) + float(line["offset"] or 0)
        base += float(line["slope"] or 0) * ((left + right) / 2 - int(line["left"]))
        top, bottom = base - 0.72 * size, base + 0.22 * size
        words.append(Word(text, int(word["sure"]), left / scale, top / scale, right / scale, bottom / scale))
    return words


def mean_sureness(words: Row) -> float | None:
    """How sure the recognition is of these words, by letters, 0 to 100; None of no words."""
    letters = sum(len(word.text) for word in words)
    return sum(word.sure * len(word.text) for word in words) / letters if letters else None


@cache
def ready() -> str:
    """The path of Tesseract; raises `UnsupportedDocument` where it or its Vietnamese model is not installed."""
    program = TESSERACT.path
    if program is None:
        raise UnsupportedDocument("Pictures of pages are read by Tesseract, which is not installed.", remedy=TESSERACT.remedy)
    if "vie" not in run([program, "--list-langs"], seconds=20).decode("utf-8", "replace").split():
        raise UnsupportedDocument("Tesseract is installed without its Vietnamese model.", remedy=TESSERACT.remedy)
    return program


@cache
def version() -> str:
    """`tesseract 5.3.0`."""
    return run([ready(), "--version"], seconds=20).decode("utf-8", "replace").splitlines()[0].strip()
