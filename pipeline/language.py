"""Language: text to a `Doc` with all layers, marked in order."""

from extractors.layers.instruments import mark_instruments
from extractors.layers.marks import Doc
from extractors.layers.numbers import mark_numbers
from extractors.layers.places import mark_places
from extractors.layers.roles import mark_roles
from extractors.layers.times import mark_times
from extractors.layers.tree import mark_lines
from extractors.layers.units import mark_units
from pipeline.pages import Text
from pipeline.stages import get_on

_LAYERS = (mark_lines, mark_places, mark_instruments, mark_numbers, mark_times, mark_units, mark_roles)


def make_doc(text: Text) -> Doc:
    """The canonical text as a `Doc`, with the way back to pages and boxes beside it."""
    doc = Doc(text.text, runs=text.runs, tables=text.tables, emphasis=text.emphasis)
    for mark in _LAYERS:
        mark(doc)
        get_on()
    return doc
