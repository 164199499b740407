"""antiword: an old Word document as the DocBook that antiword makes of it, its paragraphs and tables.

The second choice where LibreOffice is not installed: automatic numbers that hang on styles, merged cells and centring are lost.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from pipeline.errors import DamagedDocument
from pipeline.ingest.columns import columns_apart
from pipeline.ingest.layout import Cell, columns_of, grid_of, is_letterhead
from pipeline.ingest.letters import clean
from pipeline.ingest.programs import ANTIWORD, Stopped, missing, run
from pipeline.pages import Grid, Line

_TITLE = 90  # letters
_SKIPPED = frozenset(("bookinfo", "colspec", "footnote"))
_PARAGRAPHS = frozenset(("para", "title", "listitem"))
_COUNTERS = {"arabic": "{}. ", "loweralpha": "{}) ", "upperalpha": "{}. ", "upperroman": "{}. ", "lowerroman": "{}. "}
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII")


class Reading(NamedTuple):
    """Reading: all lines and tables of a document, and those that each of its tables gave, layout tables too."""

    blocks: list[Line | Grid]
    tables: list[list[Line | Grid]]


def read(data: bytes, name: str) -> Reading:
    """A .doc file as antiword sees it; raises `UnsupportedDocument` and `DamagedDocument`."""
    program = ANTIWORD.path
    if program is None:
        raise missing(name, "a .doc file", ANTIWORD)
    with tempfile.TemporaryDirectory(prefix="kehoach-") as folder:
        source = Path(folder, "document.doc")
        source.write_bytes(data)
        try:
            made = run([program, "-x", "db", str(source)], seconds=30, extra={"HOME": folder})
        except Stopped as error:
            raise DamagedDocument(
                f"{name}: the .doc file cannot be read ({error}).", remedy="Open it in Word and save it as .docx or PDF."
            ) from error
    return from_docbook(made)


def from_docbook(made: bytes) -> Reading:
    """The lines and tables of a DocBook document; its titles are antiword's guesses at headings, and paragraphs all the same."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root = etree.fromstring(made, parser)
    story = _Story()
    for part in [] if root is None else root.iterchildren("chapter"):
        story.read(part)
    return Reading(columns_apart(story.blocks), story.tables)


@dataclass(slots=True)
class _Story:
    """Story: paragraphs and tables in document order."""

    blocks: list[Line | Grid] = field(default_factory=list)
    tables: list[list[Line | Grid]] = field(default_factory=list)
    marker: str = ""

    def read(self, element: etree._Element) -> None:
        """Take in `element` and what is below it."""
        tag = element.tag
        if tag in _SKIPPED:
            return
        if tag == "informaltable":
            self._table(element)
            return
        if tag in _PARAGRAPHS:
            self._paragraph(element)
        for place, child in enumerate(element.iterchildren("listitem"), 1):
            self.marker = _marker(element, place)
            self.read(child)
        for child in element:
            if child.tag not in ("listitem", "emphasis", "subscript", "superscript"):
                self.read(child)

    def _paragraph(self, element: etree._Element) -> None:
        """What an element says itself, outside the tables and lists in it."""
        text = clean("".join(_words(element))).strip()
        if not text:
            return
        bold = bool(element.xpath("not(text()[normalize-space()]) and emphasis[@role='bold']"))
        lines = [line.strip() for line in (self.marker + text).split("\n")]
        self.marker = ""
        whole = len(lines) == 1 and not (bold and len(text) < _TITLE)  # titles go over several paragraphs
        self.blocks += [Line(line, whole=whole, bold=bold) for line in lines if line]

    def _table(self, element: etree._Element) -> None:
        rows = [[Cell(tuple(_cell(entry)), 1, False, None) for entry in row.iter("entry")] for row in element.iter("row")]
        rows = [row for row in rows if row]
        if not rows:
            return
        layout = max(len(row) for row in rows) < 2 or is_letterhead(rows)
        self.tables.append(list(columns_of(rows)) if layout else [grid_of(rows)])
        self.blocks += self.tables[-1]


def _words(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag in ("emphasis", "subscript", "superscript"):
            yield from _words(child)
        yield child.tail or ""


def _cell(entry: etree._Element) -> Iterator[Line]:
    for text in clean("".join(_words(entry))).split("\n"):
        if text.strip():
            yield Line(text.strip(), bold=entry.find("emphasis") is not None)


def _marker(parent: etree._Element, place: int) -> str:
    if parent.tag != "orderedlist":
        return "- "
    kind = str(parent.get("numeration", "arabic"))
    if "roman" in kind:
        number = _ROMAN[place] if place < len(_ROMAN) else str(place)
    elif "alpha" in kind:
        number = chr(ord("a") + (place - 1) % 26)
    else:
        number = str(place)
    return _COUNTERS.get(kind, "{}. ").format(number.upper() if kind.startswith("upper") else number.lower())
