"""Glyph votes: recognised letters put right where the page is drawn from fonts whose letters have wrong names.

What a file draws with one glyph is one letter, whatever the file calls it, and a font has one glyph a letter. So all places of a
glyph vote on what it is by what was recognised there, and misreadings, of marks above all, are outvoted.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from pipeline.ingest.pdf_sheet import Numbers, Sheet

_ENOUGH = 3  # votes for a letter
_MAJORITY = 0.6  # of the votes on a glyph
_SLACK = 1.5  # points by which a letter may stand outside its word's box


class Glyph(NamedTuple):
    """Glyph: a letter of a font, by the name that the file gives it."""

    font: bytes
    code: str


class Drawn(NamedTuple):
    """Drawn: the glyphs of a page with their middles, across and down, in points."""

    glyphs: list[Glyph]
    across: Numbers
    down: Numbers


def drawn(sheet: Sheet) -> Drawn:
    """The glyphs that a sheet shows; call it while its fonts can be asked for."""
    seen = [index for index, letter in enumerate(sheet.text) if letter.strip() and sheet.boxes[index, 2] > sheet.boxes[index, 0]]
    boxes = sheet.boxes[seen]
    glyphs = [Glyph(sheet.font(index), sheet.text[index]) for index in seen]
    return Drawn(glyphs, (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2)


def put_right(pages: Sequence[tuple[Sheet, Drawn]]) -> None:
    """Change letters of recognised sheets to what most places of their glyphs were recognised as."""
    votes: dict[Glyph, Counter[str]] = defaultdict(Counter)
    pairs = [list(_pairs(sheet, page)) for sheet, page in pages]
    for (sheet, _), found in zip(pages, pairs, strict=True):
        for place, glyph in found:
            votes[glyph][sheet.text[place]] += 1
    elected = _elected(votes)
    for (sheet, _), found in zip(pages, pairs, strict=True):
        letters = list(sheet.text)
        for place, glyph in found:
            letters[place] = elected.get(glyph, letters[place])
        sheet.text = "".join(letters)


def _elected(votes: dict[Glyph, Counter[str]]) -> dict[Glyph, str]:
    """What each glyph is; a font draws a letter with one glyph, so a letter goes to the glyph with most votes for it."""
    owners: dict[tuple[bytes, str], Glyph] = {}
    letters: dict[Glyph, str] = {}
    ballots = [(count, glyph, letter) for glyph, counts in votes.items() for letter, count in counts.items()]
    for count, glyph, letter in sorted(ballots, key=lambda ballot: (-ballot[0], ballot[1:])):
        if count >= _ENOUGH and glyph not in letters and (glyph.font, letter) not in owners:
            owners[glyph.font, letter] = glyph
            letters[glyph] = letter
    return {glyph: letter for glyph, letter in letters.items() if _is_certain(glyph, letter, votes[glyph], owners)}


def _is_certain(glyph: Glyph, letter: str, counts: Counter[str], owners: dict[tuple[bytes, str], Glyph]) -> bool:
    """Whether the letter has the majority of the votes that are not for letters of other glyphs."""
    open_votes = sum(count for other, count in counts.items() if owners.get((glyph.font, other), glyph) == glyph)
    return counts[letter] >= _MAJORITY * open_votes


def _pairs(sheet: Sheet, page: Drawn) -> Iterator[tuple[int, Glyph]]:
    """The letters of a recognised sheet with their glyphs, in words that have as many letters as glyphs."""
    start = 0
    for end, letter in enumerate(f"{sheet.text} "):
        if letter.strip():
            continue
        if end > start:
            (left, top), (right, bottom) = sheet.boxes[start, :2], sheet.boxes[end - 1, 2:]
            inside = (page.across > left - _SLACK) & (page.across < right + _SLACK) & (page.down > top) & (page.down < bottom)
            places = np.flatnonzero(inside)
            if len(places) == end - start:
                ordered = places[np.argsort(page.across[places], kind="stable")]
                yield from ((start + step, page.glyphs[place]) for step, place in enumerate(ordered.tolist()))
        start = end + 1
