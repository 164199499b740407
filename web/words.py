"""Words: what the pages say, in Vietnamese and English, from `words.csv` (columns key, vi, en)."""

import csv
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from markupsafe import escape


class Both(NamedTuple):
    """Both: the same words in Vietnamese and English; in a template, an element that the language switch changes."""

    vi: str
    en: str

    def __html__(self) -> str:
        """Vietnamese, with the English words beside it for the switch."""
        return _element(self.vi, self.en)

    def __str__(self) -> str:
        """The Vietnamese words."""
        return self.vi


@lru_cache(maxsize=8192)
def _element(vi: str, en: str) -> str:
    return str(escape(vi)) if vi == en else f'<span data-en="{escape(en)}">{escape(vi)}</span>'


@cache
def words() -> dict[str, Both]:
    """All words by key."""
    with (Path(__file__).parent / "words.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"]: Both(row["vi"], row["en"]) for row in csv.DictReader(file)}


def say(key: str | None) -> Both:
    """The words for a key; a key without words stands for itself.

    >>> say("targets").en, say("B.17").vi
    ('Targets', 'B.17')
    """
    return words().get(key or "none", Both(key or "", key or ""))


def join(parts: list[Both], glue: str = " ") -> Both:
    """Several words as one, empty ones left out."""
    kept = [part for part in parts if part.vi]
    return Both(glue.join(part.vi for part in kept), glue.join(part.en for part in kept))


def same(text: str | None) -> Both:
    """Words that are the same in both languages, such as a name."""
    return Both(text or "", text or "")

