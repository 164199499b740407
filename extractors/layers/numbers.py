"""Numbers: every percentage, fraction, rate, frequency and counted noun of a text, whatever it says.

A number with nothing that it counts (of an instrument, a date, a heading) is no mark, nor is one in a fixed phrase
(`một cửa`, `24/7`). The label is the sort of number, the value a `Number`; comparators around it are not part of it.
"""

import re
from functools import cache

from extractors.layers.figures import figures_in
from extractors.layers.folded import folded
from extractors.layers.marks import Doc, Mark, of, put, text_of
from extractors.layers.quantities import Number
from extractors.layers.spans import spans_of
from extractors.layers.spoken import spoken_in
from extractors.layers.syllables import fold
from extractors.vocabulary import rows

LAYER = "numbers"


def mark_numbers(doc: Doc) -> None:
    """Set the `numbers` layer of a document, behind `instruments`: their numbers count nothing."""
    text, key, instruments = text_of(doc), folded(doc), spans_of(doc, "instruments")
    found = sorted([*figures_in(text, key, instruments), *spoken_in(text, key)], key=lambda mark: (mark.start, -mark.end))
    kept: list[Mark] = []
    for mark in found:
        overlaps = (kept and mark.start < kept[-1].end) or instruments.overlap(mark.start, mark.start + 1)
        if not overlaps and not _fixed().match(key, mark.start):
            kept.append(mark)
    put(doc, LAYER, kept)


def numbers_of(doc: Doc) -> tuple[tuple[Mark, Number], ...]:
    """All numbers of the document with their values, in order."""
    if "values:numbers" not in doc.user_data:
        doc.user_data["values:numbers"] = tuple((mark, mark.value) for mark in of(doc, LAYER))
    found: tuple[tuple[Mark, Number], ...] = doc.user_data["values:numbers"]
    return found


@cache
def _fixed() -> re.Pattern[str]:
    """Fixed phrases, all of which begin with their number."""
    phrases = sorted((fold(row["phrase"]) for row in rows("fixed_phrases")), key=len, reverse=True)
    words = "|".join(re.escape(phrase).replace(r"\ ", "[ ]+") for phrase in phrases)
    return re.compile(rf"(?:{words})(?![^\W_])")
