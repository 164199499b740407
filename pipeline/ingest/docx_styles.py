"""Word styles: what a paragraph or run looks like once its chain of styles is followed.

Only what changes the text or its reading is kept: numbering, centring, bold, capitals, hidden.
"""

from typing import NamedTuple

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = ("0", "false", "off", "none")

Looks = tuple[bool, bool, bool]
"""Bold, shown in capitals, hidden."""


class Paragraph(NamedTuple):
    """Paragraph: the looks of one paragraph; `number` is its list (numId) and level."""

    number: tuple[str, int] | None
    centred: bool
    runs: Looks
    mark_deleted: bool


class Styles:
    """Styles: the document's style sheet."""

    def __init__(self, root: etree._Element | None) -> None:
        """Index the styles by their id; a document without a style sheet has none."""
        found = root.findall(W + "style") if root is not None else []
        self._styles = {style.get(W + "styleId"): style for style in found}
        kinds = {style.get(W + "type"): style.get(W + "styleId") for style in found if style.get(W + "default") == "1"}
        self._default = kinds.get("paragraph")
        self._runs: dict[str | None, Looks] = {}
        fonts = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts") if root is not None else None
        self._plain_font = fonts.get(W + "ascii") if fonts is not None else None

    def chain(self, style_id: str | None) -> list[etree._Element]:
        """The style and those that it is based on, nearest first."""
        chain: list[etree._Element] = []
        style = self._styles.get(style_id)
        while style is not None and style not in chain:
            chain.append(style)
            based = style.find(W + "basedOn")
            style = self._styles.get(based.get(W + "val")) if based is not None else None
        return chain

    def paragraph(self, element: etree._Element) -> Paragraph:
        """The looks of a paragraph element."""
        own = element.find(W + "pPr")
        named = own.find(W + "pStyle") if own is not None else None
        style_id = named.get(W + "val") if named is not None else self._default
        sources = [own] if own is not None else []
        sources += [found for style in self.chain(style_id) if (found := style.find(W + "pPr")) is not None]
        return Paragraph(
            number=_number(sources, style_id),
            centred=_alignment(sources) == "center",
            runs=self._style_looks(style_id),
            mark_deleted=own is not None and own.find(f"{W}rPr/{W}del") is not None,
        )

    def run(self, run: etree._Element, inherited: Looks) -> Looks:
        """The looks of a run in a paragraph of the looks `inherited`."""
        own = run.find(W + "rPr")
        if own is None:
            return inherited
        named = own.find(W + "rStyle")
        if named is not None:
            style = self._style_looks(named.get(W + "val"))
            inherited = (inherited[0] or style[0], inherited[1] or style[1], inherited[2] or style[2])
        return _looks(own, inherited)

    def table_borders(self, style_id: str | None) -> etree._Element | None:
        """The borders that a table style gives."""
        found = (style.find(f"{W}tblPr/{W}tblBorders") for style in self.chain(style_id))
        return next((borders for borders in found if borders is not None), None)

    def font(self, style_id: str | None, *, default: bool = True) -> str | None:
        """The font that a style gives its letters; by `default` that of plain paragraphs where it gives none."""
        chain = self.chain(style_id) + (self.chain(self._default) if default else [])
        found = (style.find(f"{W}rPr/{W}rFonts") for style in chain)
        names = (fonts.get(W + "ascii") or fonts.get(W + "hAnsi") for fonts in found if fonts is not None)
        return next((str(name) for name in names if name), self._plain_font if default else None)

    @property
    def fonts(self) -> set[str]:
        """The names of all fonts that styles give."""
        found = [element for style in self._styles.values() for element in style.iter(W + "rFonts")]
        return {str(name) for fonts in found if (name := fonts.get(W + "ascii") or fonts.get(W + "hAnsi"))} | {self._plain_font or ""}

    def _style_looks(self, style_id: str | None) -> Looks:
        if style_id not in self._runs:
            looks: Looks = (False, False, False)
            for style in reversed(self.chain(style_id)):
                properties = style.find(W + "rPr")
                looks = _looks(properties, looks) if properties is not None else looks
            self._runs[style_id] = looks
        return self._runs[style_id]


def _looks(properties: etree._Element, inherited: Looks) -> Looks:
    bold, caps, hidden = (
        inherited[place] if (found := properties.find(W + tag)) is None else found.get(W + "val", "1") not in _OFF
        for place, tag in enumerate(("b", "caps", "vanish"))
    )
    return bold, caps, hidden


def _alignment(sources: list[etree._Element]) -> str | None:
    found = (source.find(W + "jc") for source in sources)
    return next((jc.get(W + "val") for jc in found if jc is not None), None)


def _number(sources: list[etree._Element], style_id: str | None) -> tuple[str, int] | None:
    """The list and level; a style may give the list and the paragraph the level."""
    list_id = level = None
    for source in sources:
        properties = source.find(W + "numPr")
        if properties is None:
            continue
        for child in properties:
            if child.tag == W + "numId" and list_id is None:
                list_id = child.get(W + "val")
            elif child.tag == W + "ilvl" and level is None:
                level = int(child.get(W + "val", "0"))
    return (list_id, level or 0) if list_id and list_id != "0" else None
