"""Word numbering: the numbers and bullets that Word shows before paragraphs and does not store.

Counters belong to the abstract list, so that two lists of the same kind count on; a start override of a list applies when
that list is first used (ECMA-376, part 1, 17.9).
"""

import re
from dataclasses import dataclass

from lxml import etree

from pipeline.ingest.docx_styles import W

_KEPT_BULLETS = "+-–*"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """Level: how one level of a list is counted and shown."""

    form: str
    text: str
    start: int
    restart: int | None
    legal: bool
    suffix: str


class Numbering:
    """Numbering: the lists of a document and how far each has been counted."""

    def __init__(self, root: etree._Element | None) -> None:
        """Index the lists; a document without numbering has none."""
        self._abstract: dict[str, dict[int, Level]] = {}
        self._links: dict[str, str] = {}
        self._lists: dict[str, tuple[str, dict[int, Level], dict[int, int]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._used: set[str] = set()
        if root is not None:
            self._read(root)

    def marker(self, list_id: str, level: int) -> str:
        """Count one paragraph of a list on and return what stands before it, with the blank behind; empty if nothing does."""
        if list_id not in self._lists:
            return ""
        abstract, levels, starts = self._lists[list_id]
        if level not in levels:
            return ""
        counts = self._counts.setdefault(abstract, {})
        if list_id not in self._used:
            self._used.add(list_id)
            for place, start in starts.items():
                counts[place] = start - 1
        shown = levels[level]
        counts[level] = counts.get(level, shown.start - 1) + 1
        for deeper in [place for place in counts if place > level]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart != 0 and (restart is None or level < restart):
                del counts[deeper]
        return _shown(levels, level, counts)

    def _read(self, root: etree._Element) -> None:
        style_links: dict[str, str] = {}
        for abstract in root.findall(W + "abstractNum"):
            key = abstract.get(W + "abstractNumId", "")
            self._abstract[key] = {int(lvl.get(W + "ilvl", "0")): _level(lvl) for lvl in abstract.findall(W + "lvl")}
            defines, uses = abstract.find(W + "styleLink"), abstract.find(W + "numStyleLink")
            if defines is not None:
                style_links[defines.get(W + "val", "")] = key
            if uses is not None:
                self._links[key] = uses.get(W + "val", "")
        for num in root.findall(W + "num"):
            target = num.find(W + "abstractNumId")
            key = target.get(W + "val", "") if target is not None else ""
            key = style_links.get(self._links.get(key, ""), key)
            levels, starts = dict(self._abstract.get(key, {})), {}
            for override in num.findall(W + "lvlOverride"):
                place = int(override.get(W + "ilvl", "0"))
                changed, start = override.find(W + "lvl"), override.find(W + "startOverride")
                if changed is not None:
                    levels[place] = _level(changed)
                if start is not None:
                    starts[place] = int(start.get(W + "val", "1"))
            self._lists[num.get(W + "numId", "")] = (key, levels, starts)


def _level(element: etree._Element) -> Level:
    values = {child.tag: child.get(W + "val") for child in element}
    restart = values.get(W + "lvlRestart")
    return Level(
        form=values.get(W + "numFmt") or "decimal",
        text=values.get(W + "lvlText") or "",
        start=int(values.get(W + "start") or 1),
        restart=int(restart) if restart else None,
        legal=(W + "isLgl") in values and values[W + "isLgl"] not in ("0", "false"),
        suffix=values.get(W + "suff") or "tab",
    )


def _shown(levels: dict[int, Level], level: int, counts: dict[int, int]) -> str:
    shown = levels[level]
    if shown.form == "bullet":
        sign = shown.text.strip()[:1]
        return (sign if sign in _KEPT_BULLETS else "-") + " " if sign else ""

    def value(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        if place not in levels:
            return ""
        form = "decimal" if shown.legal and place != level else levels[place].form
        return spelled(counts.get(place, levels[place].start), form)

    text = re.sub(r"%([1-9])", value, shown.text)
    return text + ("" if shown.suffix == "nothing" or not text else " ")


def spelled(number: int, form: str) -> str:
    """Return `number` in one of Word's number formats.

    >>> spelled(4, "upperRoman"), spelled(28, "lowerLetter"), spelled(7, "decimalZero")
    ('IV', 'bb', '07')
    """
    if form in ("upperRoman", "lowerRoman"):
        roman, rest = "", max(number, 0)
        for worth, sign in _ROMAN:
            roman += sign * (rest // worth)
            rest %= worth
        return roman.upper() if form == "upperRoman" else roman
    if form in ("upperLetter", "lowerLetter") and number > 0:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if form == "upperLetter" else letters
    if form == "none":
        return ""
    return f"{number:02d}" if form == "decimalZero" else str(number)
