"""Web pages: HTML, also as saved by Word, as whole paragraphs and tables.

What the browser shows decides: source line breaks are blanks, `<br>` is a line break, hidden elements are not there, list
items have their numbers, text in a ruled table stays in its cells.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree
from lxml import html as lxml_html

from pipeline.errors import DamagedDocument, EmptyDocument
from pipeline.ingest.columns import columns_apart
from pipeline.ingest.decode import decode, unmangle
from pipeline.ingest.html_tables import is_layout, parse_style, ruled_by_sheet, table_rows
from pipeline.ingest.layout import columns_of, grid_of
from pipeline.ingest.legacy_fonts import restore_markup
from pipeline.ingest.letters import clean, vietnamese_share
from pipeline.pages import Grid, Line, Pages

_CHARSET = re.compile(rb"charset\s*+=\s*+[\"']?\s*+(?P<name>[\w-]+)", re.IGNORECASE)
_XML_LINE = re.compile(r"\A\s*<\?xml[^>]*\?>")
_LIST_CONDITION = re.compile(r"<!\[(?:if|endif)[^\]]{0,200}\]>", re.IGNORECASE)  # <![if !supportLists]>: what is inside is shown
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "p div h1 h2 h3 h4 h5 h6 li ul ol dl dt dd pre blockquote center section article main header body html form fieldset "
        "figure figcaption address hr tr td th tbody thead tfoot caption",
    )
)
_DROPPED = frozenset(
    re.findall(
        r"\w+",
        "head script style title noscript template nav aside button select option input textarea iframe object svg math xml",
    )
)
_BOLD = frozenset(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"))
_HIDDEN = re.compile(r"display:none|mso-hide:all|visibility:hidden")
_SPACES = re.compile(r"[ \t\r\n]+")


def read(data: bytes, name: str) -> Pages:
    """Read an HTML document; every line is a whole paragraph, except centred ones and those that `<br>` parts."""
    text, complete = _decoded(data, name)
    text = _LIST_CONDITION.sub("", text)
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = lxml_html.document_fromstring(_XML_LINE.sub("", text).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise DamagedDocument(
            f"{name}: the web page cannot be parsed ({error}).", remedy="Open it in a browser and save it as PDF."
        ) from error
    legacy = restore_markup(root)
    sheet = " ".join(element.text or "" for element in root.iter("style"))
    blocks = _Page(ruled_by_sheet(sheet)).read(root)
    if not any(isinstance(block, Grid) or block.text.strip() for block in blocks):
        raise EmptyDocument(f"{name}: the page shows no text.", remedy="Save the page with its content, or as PDF.")
    notes = (*(() if complete else ("damaged",)), *(("legacy_encoding",) if legacy else ()))
    return Pages(tuple(blocks), "text/html", "lxml " + etree.__version__, "digital", legacy_encoding=legacy, notes=notes)


def _decoded(data: bytes, name: str) -> tuple[str, bool]:
    """The text of the page: what it declares is believed if the words, entities resolved, are Vietnamese."""
    declared = _CHARSET.search(data[:4096])
    encoding = declared["name"].decode("ascii").lower() if declared else ""
    if encoding and encoding not in ("utf-8", "utf8", "unicode", "utf-16") and b"\0" not in data[:200]:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            text = _declared(data, encoding)
            if vietnamese_share(clean(html.unescape(re.sub("<[^<>]*>", " ", text)))) > 0.6:
                return text, True
    text, complete = decode(data, name, encoding or None)
    return unmangle(text), complete


def _declared(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding, "replace")
    except LookupError:
        return ""


@dataclass(frozen=True, slots=True)
class _Looks:
    """Looks: what an element hands down to its text."""

    bold: bool = False
    centred: bool = False
    upper: bool = False
    spaced: bool = False  # <pre>: blanks and line breaks of the source are shown


@dataclass(slots=True)
class _Page:
    """Page: the lines and tables of a page as they come."""

    ruled: bool
    out: list[Line | Grid] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)
    marker: str = ""
    places: dict[etree._Element, int] = field(default_factory=dict)
    """The number that the last item of each list had."""

    def read(self, root: etree._Element) -> list[Line | Grid]:
        """All blocks below `root`."""
        self._element(root, _Looks())
        self._flush(_Looks())
        return columns_apart(self.out)

    def _element(self, element: etree._Element, looks: _Looks) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        style = parse_style(element)
        if tag in _DROPPED or element.get("hidden") is not None or _HIDDEN.search(style):
            return
        if tag == "br":
            self.words.append("\n")
            return
        inner = _looks(element, tag, style, looks)
        if tag == "table":
            self._flush(looks)
            self._table(element, inner)
            return
        block = tag in _BLOCKS
        if block:
            self._flush(looks)
        if tag == "li":
            self.marker = self._item_marker(element)
        self._text(element.text, inner)
        for child in element:
            self._element(child, inner)
            self._text(child.tail, inner)
        if block:
            self._flush(inner)

    def _text(self, text: str | None, looks: _Looks) -> None:
        if not text:
            return
        text = text if looks.spaced else _SPACES.sub(" ", text)
        self.words.append(text.upper() if looks.upper else text)
        if text.strip(" \u00a0\n"):
            self.bold.append(looks.bold)

    def _flush(self, looks: _Looks) -> None:
        """End a paragraph: its lines, the list item's marker before the first."""
        text = clean("".join(self.words)).strip()
        bold = bool(self.bold) and all(self.bold)
        self.words, self.bold = [], []
        if not text:
            return
        lines = [line.strip() for line in (self.marker + text).split("\n")]
        self.marker = ""
        whole = len(lines) == 1 and not looks.centred
        self.out += [Line(line, whole=whole, bold=bold, centred=looks.centred) for line in lines if line]

    def _item_marker(self, item: etree._Element) -> str:
        """`- ` in an unordered list, the number or letter in an ordered one."""
        parent = item.getparent()
        if parent is None or parent.tag != "ol":
            return "- "
        following = self.places[parent] + 1 if parent in self.places else _number(parent.get("start"), 1)
        self.places[parent] = _number(item.get("value"), following)
        return _marker_of(self.places[parent], parent.get("type") or "1")

    def _table(self, element: etree._Element, looks: _Looks) -> None:
        rows = [
            [replace(cell, lines=tuple(self._cell(cell.element, looks)) if cell.element is not None else ()) for cell in row]
            for row in table_rows(element)
        ]
        if not rows:
            return
        if is_layout(element, rows, self.ruled):
            self.out += columns_of(rows)
        else:
            self.out.append(grid_of(rows))

    def _cell(self, element: etree._Element, looks: _Looks) -> Iterator[Line]:
        inside = _Page(self.ruled)
        inside._element(element, looks)
        inside._flush(looks)
        for block in inside.out:
            if isinstance(block, Grid):
                yield from (line for cell in block.cells for line in cell)
            else:
                yield block


def _looks(element: etree._Element, tag: str, style: str, looks: _Looks) -> _Looks:
    align = (element.get("align") or "").lower() if tag in _BLOCKS else ""
    found = re.search(r"text-align:(\w+)", style)
    align = found[1] if found else align
    weight = re.search(r"font-weight:(\w+)", style)
    bold = looks.bold or tag in _BOLD
    if weight:
        bold = weight[1] in ("bold", "bolder", "600", "700", "800", "900")
    centred = align == "center" if align else looks.centred or tag == "center"
    upper = looks.upper or "text-transform:uppercase" in style
    return _Looks(bold, centred, upper, looks.spaced or tag == "pre" or "white-space:pre" in style)


def _number(said: str | None, otherwise: int) -> int:
    """The number that an attribute says; what is none counts as not said.

    >>> _number("7", 1), _number("x", 1), _number(None, 3)
    (7, 1, 3)
    """
    found = re.match(r"\s*+(\d{1,4})(?!\d)", said or "")
    return int(found[1]) if found else otherwise


def _marker_of(place: int, kind: str) -> str:
    if kind in ("a", "A"):
        letter = chr(ord("a") + (place - 1) % 26)
        return f"{letter}) " if kind == "a" else f"{letter.upper()}. "
    if kind in ("I", "i"):
        roman = _roman(place)
        return (roman if kind == "I" else roman.lower()) + ". "
    return f"{place}. "


def _roman(number: int) -> str:
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
