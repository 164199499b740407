"""Lost tones: recognised words whose tone mark was not seen, told by the words beside them.

A tone above a circumflex is what recognition loses most (`kiêm tra` for `kiểm tra`, `tô chức` for `tổ chức`), and a word that
ends in a stop cannot be without one (`thuôc`). Such a word is put right where it stands with its neighbours in no official
title, and one other tone makes it a word that does. On 3,700 words of real scans some 50 were put right and none spoilt; on 50,000
words of digital plans, where it is not used, it would have spoilt four.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache, lru_cache
from typing import NamedTuple

from extractors.layers.orthography import TONES, is_impossible
from extractors.layers.register import titles
from pipeline.ingest.page_blocks import PageBlocks, lines_in
from pipeline.pages import Grid, Line

_CIRCUMFLEX = "\u0302"
_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 4  # times that a word must be known beside its neighbours
_CLEARLY = 3  # times as often as any other tone
_MOST = 20  # that one neighbour may say
_MISPRINTED = 100  # times as often stands what a misprint in a title was to be: `y tế` 404 times, `y tê` once

Pairs = Counter[tuple[str, str]]


class _Place(NamedTuple):
    """Place: where a word stands in its line, and the words straight before and behind it (`""` for none)."""

    start: int
    word: str
    before: str
    behind: str


def with_tones(pages: list[PageBlocks]) -> list[PageBlocks]:
    """The pages with lost tones put back on recognised ones; no line changes its length."""
    if not any(page.recognised for page in pages):
        return pages
    own = pairs_in(line.text for page in pages for line in lines_in(page.blocks))
    return [replace(page, blocks=[_toned(block, own) for block in page.blocks]) if page.recognised else page for page in pages]


def _toned(block: Line | Grid, own: Pairs) -> Line | Grid:
    if isinstance(block, Grid):
        cells = tuple(tuple(replace(line, text=toned(line.text, own)) for line in cell) for cell in block.cells)
        return replace(block, cells=cells)
    return replace(block, text=toned(block.text, own))


def toned(text: str, own: Pairs) -> str:
    """A line with its lost tones put back; `own` are the pairs of words of its document.

    >>> toned("các cơ quan, tô chức có thâm quyền kiêm tra", Counter())
    'các cơ quan, tổ chức có thẩm quyền kiểm tra'
    >>> toned("Sở Y tê", Counter())
    'Sở Y tế'
    """
    letters = list(text)
    for place in _places(text):
        word = _meant(place, own)
        if word and len(word) == len(place.word):
            letters[place.start : place.start + len(word)] = word
    return "".join(letters)


def pairs_in(texts: Iterable[str]) -> Pairs:
    """How often two words stand beside each other."""
    found: Pairs = Counter()
    for text in texts:
        found.update((place.before, place.word) for place in _places(text.lower()) if place.before)
    return found


def _places(text: str) -> Iterator[_Place]:
    words = list(_WORD.finditer(text))
    for index, word in enumerate(words):
        before = words[index - 1] if index and text[words[index - 1].end() : word.start()].isspace() else None
        behind = words[index + 1] if index + 1 < len(words) and text[word.end() : words[index + 1].start()].isspace() else None
        yield _Place(word.start(), word[0], before[0].lower() if before else "", behind[0].lower() if behind else "")


def _meant(place: _Place, own: Pairs) -> str | None:
    """The word that must have been printed; None where what was read may stand."""
    others = _other_tones(place.word) if place.word.islower() else ()
    if not others or _is_usual(place, others):
        return None
    ranked = sorted(((_known(place, word, _official()) + _known(place, word, own), word) for word in others), reverse=True)
    (best, word), (second, _) = ranked[:2]
    as_read = _known(place, place.word, own) - bool(place.before) - bool(place.behind)
    return word if best >= max(_ENOUGH, _CLEARLY * second, _CLEARLY * as_read) else None


def _is_usual(place: _Place, others: tuple[str, ...]) -> bool:
    """Whether official titles have the word as it was read beside its neighbours, and not as a misprint of another tone."""
    official = _official()
    as_read, meant = (
        max(official[place.before, word] + official[word, place.behind] for word in words) for words in ((place.word,), others)
    )
    return as_read * _MISPRINTED > meant


def _known(place: _Place, word: str, pairs: Pairs) -> int:
    return min(_MOST, pairs[place.before, word]) + min(_MOST, pairs[word, place.behind])


@lru_cache(maxsize=4096)
def _other_tones(word: str) -> tuple[str, ...]:
    """The word with each other tone, if it looks as if its own were lost.

    >>> _other_tones("tô"), _other_tones("to")
    (('tố', 'tồ', 'tổ', 'tỗ', 'tộ'), ())
    """
    letters = unicodedata.normalize("NFD", word)
    bare = "".join(letter for letter in letters if letter not in TONES)
    if not (_CIRCUMFLEX in letters and bare == letters) and not is_impossible(word):
        return ()
    vowels = [match.end() for match in re.finditer("[aeiouy][\u0302\u0306\u031b]?", bare)]
    composed = {unicodedata.normalize("NFC", f"{bare[:at]}{tone}{bare[at:]}") for at in vowels for tone in TONES}
    return tuple(sorted(composed - {word}))


@cache
def _official() -> Pairs:
    """The pairs of words in the titles of known instruments."""
    return pairs_in(titles())
