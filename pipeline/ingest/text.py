"""Plain text: a text or Markdown file as printed lines.

A form feed is a page break. Two columns that an exporter put side by side with blanks (letterhead, recipients and
signature) come out left column first. Markdown marks are markup and go; its tables are ruled tables.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from pipeline.errors import EmptyDocument
from pipeline.ingest.columns import columns_apart
from pipeline.ingest.decode import decode
from pipeline.ingest.furniture import PAGE_NUMBER, without_stamps
from pipeline.ingest.layout import LETTERHEAD
from pipeline.ingest.legacy import restored
from pipeline.ingest.letters import clean
from pipeline.ingest.text_tables import tables_in
from pipeline.pages import Grid, Line, Pages

_HEADING = re.compile(r"\s{0,3}#{1,6}\s+")
_BOLD = re.compile(r"(?P<mark>\*\*|__)(?=[^\s_*])(?P<inner>.+?)(?<=[^\s_*])(?P=mark)")
_ITALIC = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![\w*])")
_ALL_BOLD = re.compile(r"\s*+(?:[-+*]\s++)?(?:[\dIVX.)a-zđ]++\s++)?(?:\*\*|__)[^*]+(?:\*\*|__)[:.]?\s*")  # 2.4. **Đổi mới ...**
_ESCAPE = re.compile(r"\\([-#*_.+()\[\]|])")
_MARKDOWN = re.compile(r"^#{1,6} \S|\*\*[^*\n]+\*\*|^[^\S\n]*\|.+\|[^\S\n]*$", re.MULTILINE)


def read(data: bytes, name: str) -> Pages:
    """Read a text file; blank lines stay in, because they may or may not part paragraphs."""
    text, complete = decode(data, name)
    text, legacy = restored(text.replace("\r\n", "\n").replace("\r", "\n"))
    text = clean(text)
    if not text.strip():
        raise EmptyDocument(f"{name}: the file holds no text.", remedy="Check that the right file was exported.")
    markdown = bool(_MARKDOWN.search(text))
    sheets = text.split("\f")
    paged = len(sheets) > 1
    if paged and not sheets[-1].strip():
        sheets.pop()
    lines = [line for number, sheet in enumerate(sheets, 1) for line in _lines(sheet, number if paged else None, markdown)]
    return Pages(
        blocks=tuple(columns_apart(map(_spaced, tables_in(without_stamps(_unnumbered(list(_unbarred(lines)))))))),
        media_type="text/markdown" if markdown else "text/plain",
        engine="text",
        text_layer="plain",
        page_count=len(sheets) if paged else None,
        legacy_encoding=legacy,
        notes=(*(() if complete else ("damaged",)), *(("legacy_encoding",) if legacy else ())),
    )


def _lines(sheet: str, page: int | None, markdown: bool) -> Iterator[Line]:
    for raw in sheet.split("\n"):
        text, bold = _AFTER_MARK.sub(r"\g<mark> ", raw.rstrip()), None
        if markdown and text:
            bold = bool(_HEADING.match(text) or _ALL_BOLD.fullmatch(text))
            text = _ITALIC.sub(r"\1", _BOLD.sub(r"\g<inner>", _HEADING.sub("", text)))
            text = _ESCAPE.sub(r"\1", text)
        yield Line(text=text, page=page, bold=bold)


_TOP = 16
_RULED = re.compile(r"(?<!\s)\s*+-{3,}\s*")


def _unbarred(lines: list[Line]) -> Iterator[Line]:
    """The lines, those of a letterhead whose cells are parted by bars as one line a cell: `ỦY BAN NHÂN DÂN | CỘNG HÒA ... |`."""
    barred = "\n".join(line.text for line in lines[:_TOP] if "|" in line.text)
    headed = LETTERHEAD.search(barred) is not None
    for number, line in enumerate(lines):
        if headed and number < _TOP and "|" in line.text:
            cells = (_RULED.sub(" ", cell).strip() for cell in line.text.split("|"))
            yield from (replace(line, text=cell) for cell in cells if cell)
        else:
            yield line


_AFTER_MARK = re.compile(r"^(?P<mark>\s*(?:[-–+*•]|(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,4}|[a-zđ])[.)/-]+))\t+")
"""A tab behind a bullet or number sets the words apart from it; it parts no columns."""
_GAP, _FAR_RIGHT = " " * 4, " " * 60
"""What a tab stands for between two columns, and before a line that has only the right one."""


def _spaced(block: Line | Grid) -> Line | Grid:
    if not isinstance(block, Line) or "\t" not in block.text:
        return block
    indent = _FAR_RIGHT if block.text.startswith("\t") else ""
    return replace(block, text=indent + block.text.lstrip("\t").replace("\t", _GAP))


def _unnumbered(lines: list[Line]) -> list[Line]:
    """Drop page numbers: numbers that stand alone in a line, count up by one, and stand a page apart."""
    found = [(index, int(match["number"])) for index, line in enumerate(lines) if (match := PAGE_NUMBER.fullmatch(line.text))]
    dropped = set()
    for (here, number), (there, following) in pairwise(found):
        if following == number + 1 and there - here > 15:
            dropped |= {here, there}
    for index, number in found:
        page = lines[index].page
        if page is not None and number in (page, page + 1) and _at_edge(lines, index):
            dropped.add(index)
    return [line for index, line in enumerate(lines) if index not in dropped]


def _at_edge(lines: list[Line], index: int) -> bool:
    """Whether a line is the first or last of its page."""
    page = lines[index].page
    before = [line for line in lines[max(0, index - 60) : index] if line.page == page and line.text.strip()]
    after = [line for line in lines[index + 1 : index + 61] if line.page == page and line.text.strip()]
    return not before or not after
