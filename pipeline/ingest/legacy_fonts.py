"""Legacy fonts: the runs of a Word document or web page that are set in fonts of old encodings, made Unicode in its XML.

The name of a font is evidence and no proof: many documents keep `.VnTime` on runs that were typed in Unicode long after.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from lxml import etree

from pipeline.ingest.docx_styles import Styles, W
from pipeline.ingest.html_tables import parse_style
from pipeline.ingest.legacy import Encoding, decoded, encoding_of, encoding_of_font, is_written_in, paragraph_restored


class Run(NamedTuple):
    """Run: a stretch of text in one font; `put` writes another text in its place."""

    text: str
    font: str | None
    put: Callable[[str], None]


def restore_docx(root: etree._Element, styles: Styles) -> Encoding | None:
    """Make the text of a Word part Unicode, in place; what it was written in, None where nothing was changed."""
    fonts = {name for element in root.iter(W + "rFonts") for name in (element.get(W + "ascii"), element.get(W + "hAnsi")) if name}
    guessed = encoding_of("".join(text.text or "" for text in paragraph.iter(W + "t")) for paragraph in root.iter(W + "p"))
    if not guessed and not any(map(encoding_of_font, fonts | styles.fonts)):
        return None
    for hyphen in root.iter(W + "softHyphen"):  # a letter in TCVN3
        run = hyphen.getparent()
        if run is not None and encoding_of_font(_run_font(run, styles) or "") is not None:
            hyphen.tag, hyphen.text = W + "t", "\u00ad"
    return _restore(list(_docx_runs(root, styles)), guessed)


def restore_markup(root: etree._Element) -> Encoding | None:
    """Make the text of a web page Unicode, in place; what it was written in, None where nothing was changed."""
    guessed = encoding_of(map(str, root.itertext()))
    if not guessed and not any(
        _FONT_HINT.search(value) for element in root.iter() for value in map(str, element.attrib.values())
    ):
        return None
    return _restore(list(_markup_runs(root, None)), guessed)


_FONT_HINT = re.compile(r"\.Vn|VNI|VPS", re.IGNORECASE)
_NO_XML = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _restore(runs: list[Run], guessed: Encoding | None) -> Encoding | None:
    """Convert what stands in legacy fonts, else what looks like `guessed`."""
    by_font: dict[Encoding, list[tuple[Run, bool]]] = {}
    others = []
    for run in runs:
        named = encoding_of_font(run.font) if run.font else None
        if named:
            by_font.setdefault(named[0], []).append((run, named[1]))
        else:
            others.append(run)
    used: list[Encoding] = []
    for encoding, found in by_font.items():
        if is_written_in((run.text for run, _ in found), encoding):
            used.append(encoding)
            for run, capitals in found:
                run.put(decoded(run.text, encoding, capitals=capitals))
        else:
            others += [run for run, _ in found]
    if guessed and not used:
        used.append(guessed)
        for run in others:
            run.put(paragraph_restored(run.text, guessed))
    return used[0] if used else None


def _docx_runs(root: etree._Element, styles: Styles) -> Iterator[Run]:
    for paragraph in root.iter(W + "p"):
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        inherited = styles.font(named.get(W + "val") if named is not None else None)
        for element in paragraph.iter(W + "r"):
            font = _run_font(element, styles) or inherited
            for text in element.iterchildren(W + "t"):
                yield Run(text.text or "", font, _writes(text, "text"))


def _run_font(run: etree._Element, styles: Styles) -> str | None:
    properties = run.find(W + "rPr")
    if properties is None:
        return None
    fonts, named = properties.find(W + "rFonts"), properties.find(W + "rStyle")
    own = (fonts.get(W + "ascii") or fonts.get(W + "hAnsi")) if fonts is not None else None
    return own or (styles.font(named.get(W + "val"), default=False) if named is not None else None)


def _markup_runs(element: etree._Element, font: str | None) -> Iterator[Run]:
    """The text of an element and what is below it, each with the font that is nearest above."""
    if not isinstance(element.tag, str) or element.tag in ("style", "script"):
        return
    declared = next((part.partition(":")[2] for part in parse_style(element).split(";") if part.startswith("font-family")), None)
    font = (declared or element.get("face") or font or "").split(",")[0].strip(" '\"") or None
    if element.text:
        yield Run(element.text, font, _writes(element, "text"))
    for child in element:
        yield from _markup_runs(child, font)
        if child.tail:
            yield Run(child.tail, font, _writes(child, "tail"))


def _writes(element: etree._Element, place: str) -> Callable[[str], None]:
    """What sets the text of an element; control characters, which a web page may name, are left out, since XML has none."""
    return lambda made: setattr(element, place, _NO_XML.sub("", made))
