"""Glyph votes: what most places of a glyph were recognised as, where fonts have wrong names for their letters."""

import numpy as np
import pytest

from pipeline.ingest.glyph_votes import Drawn, Glyph, put_right
from pipeline.ingest.pdf_rules import Rules
from pipeline.ingest.pdf_sheet import Sheet


def recognised(text: str) -> Sheet:
    """A sheet whose letters stand ten points apart in one line."""
    boxes = np.array([(10.0 * place, 0.0, 10.0 * place + 9, 12.0) for place in range(len(text))])
    return Sheet(1, 600, 800, text, boxes, Rules([]), pictured=False, handle=None)


def named(names: str, font: bytes = b"Font") -> Drawn:
    """Glyphs in the same places, with the names that the file gives them."""
    seen = [place for place, name in enumerate(names) if name != " "]
    middles = np.array([10.0 * place + 4.5 for place in seen])
    return Drawn([Glyph(font, names[place]) for place in seen], middles, np.full(len(seen), 6.0))


@pytest.mark.parametrize(
    ("read_as", "names", "expected"),
    [
        ("kế kế kê kế", "xy xy xy xy", "kế kế kế kế"),  # most places say ế
        ("kế kê kê kế", "xy xy xy xy", "kế kê kê kế"),  # no majority: nothing is changed
        ("kế kê", "xy xy", "kế kê"),  # too few
        ("tôi tôi tôi tôi tổ tổ tổ tô tô tô tô", "abc abc abc abc ad ad ad ad ad ad ad", "tôi tôi tôi tôi tổ tổ tổ tổ tổ tổ tổ"),
        ("kế kế kế kế", "xy xy xy x", "kế kế kế kế"),  # a word with fewer glyphs than letters has no say
    ],
)
def test_letters_are_what_most_places_of_their_glyph_were_read_as(read_as: str, names: str, expected: str) -> None:
    sheet = recognised(read_as)
    put_right([(sheet, named(names))])
    assert sheet.text == expected


def test_fonts_vote_apart() -> None:
    plain, other = recognised("kế kế kế kê"), recognised("ab ab ab ac")
    put_right([(plain, named("xy xy xy xy")), (other, named("xy xy xy xy", b"Other"))])
    assert (plain.text, other.text) == ("kế kế kế kế", "ab ab ab ab")
