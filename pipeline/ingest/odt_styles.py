"""OpenDocument styles: what a paragraph, a span or a cell looks like, and how lists are numbered."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from lxml import etree

_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE, TEXT, TABLE, STYLE = (_NAMESPACE % name for name in ("office", "text", "table", "style"))
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_DEEPEST = 20


class Looks(NamedTuple):
    """Looks: what a style changes; `plain` where it says that letters are not bold."""

    bold: bool
    plain: bool
    upper: bool
    hidden: bool
    centred: bool


class Styles:
    """Styles: the style sheets of one document; automatic ones come after the named."""

    def __init__(self, sheets: list[etree._Element]) -> None:
        """Index the styles by their name."""
        self._styles = {style.get(STYLE + "name"): style for sheet in sheets for style in sheet.iter(STYLE + "style")}
        self._looks: dict[str | None, Looks] = {}

    def looks(self, name: str | None) -> Looks:
        """The looks of a paragraph or span of this style."""
        if name not in self._looks:
            weight = self._property(name, "text", FO + "font-weight")
            self._looks[name] = Looks(
                bold=weight in ("bold", "600", "700", "800", "900"),
                plain=weight in ("normal", "400"),
                upper=self._property(name, "text", FO + "text-transform") == "uppercase",
                hidden=self._property(name, "text", TEXT + "display") == "none",
                centred=self._property(name, "paragraph", FO + "text-align") == "center",
            )
        return self._looks[name]

    def ruled(self, name: str | None) -> bool:
        """Whether a cell of this style has lines on two sides at least."""
        found = [self._property(name, "table-cell", FO + side) for side in _SIDES]
        if found[0] not in (None, "none"):
            return True
        return sum(side not in (None, "none") and not str(side).startswith("0") for side in found[1:]) >= 2

    def _property(self, name: str | None, kind: str, attribute: str) -> str | None:
        for _ in range(_DEEPEST):
            style = self._styles.get(name)
            if style is None:
                return None
            properties = style.find(f"{STYLE}{kind}-properties")
            value = properties.get(attribute) if properties is not None else None
            if value is not None:
                return str(value)
            name = style.get(STYLE + "parent-style-name")
        return None


_SIDES = ("border", "border-top", "border-bottom", "border-left", "border-right")


class Lists:
    """Lists: counts the items of all lists in document order."""

    def __init__(self, sheets: list[etree._Element]) -> None:
        """Index the levels of the list styles."""
        self._levels: dict[tuple[str | None, int], etree._Element] = {}
        for sheet in sheets:
            for style in sheet.iter(TEXT + "list-style"):
                for level in style:
                    self._levels[style.get(STYLE + "name"), int(level.get(TEXT + "level", "1"))] = level
        self._counts: dict[str | None, dict[int, int]] = {}
        self._open: list[str | None] = []

    @contextmanager
    def entered(self, element: etree._Element) -> Iterator[None]:
        """One level deeper; a list that does not say that it goes on with another starts anew."""
        name = element.get(TEXT + "style-name") or (self._open[-1] if self._open else None)
        goes_on = element.get(TEXT + "continue-list") is not None or element.get(TEXT + "continue-numbering") == "true"
        depth = len(self._open) + 1
        counts = self._counts.setdefault(name, {})
        if not goes_on and depth == 1:
            counts.clear()
        self._open.append(name)
        try:
            yield
        finally:
            self._open.pop()

    def marker(self, item: etree._Element) -> str:
        """What stands before an item: `1. `, `a) `, `- `; empty where its level shows nothing."""
        name, depth = self._open[-1], len(self._open)
        level = self._levels.get((name, depth))
        if level is None:
            return ""
        if level.tag == TEXT + "list-level-style-bullet":
            sign = level.get(TEXT + "bullet-char", "-")
            return ("+ " if sign == "+" else "- ") if sign.strip() else ""
        counts = self._counts.setdefault(name, {})
        start = item.get(TEXT + "start-value")
        counts[depth] = int(start) if start else counts.get(depth, int(level.get(TEXT + "start-value", "1")) - 1) + 1
        for deeper in [deeper for deeper in counts if deeper > depth]:
            del counts[deeper]
        return self._shown(name, depth, counts)

    def _shown(self, name: str | None, depth: int, counts: dict[int, int]) -> str:
        level = self._levels[name, depth]
        first = max(1, depth - int(level.get(TEXT + "display-levels", "1")) + 1)
        parts = []
        for number in range(first, depth + 1):
            kind = self._levels[name, number].get(STYLE + "num-format", "") if (name, number) in self._levels else ""
            parts.append(numeral(counts.get(number, 1), kind))
        shown = ".".join(part for part in parts if part)
        return f"{level.get(STYLE + 'num-prefix', '')}{shown}{level.get(STYLE + 'num-suffix', '')} " if shown else ""


def numeral(number: int, kind: str) -> str:
    """A number as a list shows it; `kind` is `1`, `a`, `A`, `i` or `I`.

    >>> numeral(4, "I"), numeral(3, "a"), numeral(12, "1"), numeral(2, "")
    ('IV', 'c', '12', '')
    """
    if kind in ("a", "A"):
        return chr(ord(kind) + (number - 1) % 26)
    if kind in ("i", "I"):
        tens, ones = divmod(number, 10)
        roman = "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
        return roman if kind == "I" else roman.lower()
    return str(number) if kind else ""
