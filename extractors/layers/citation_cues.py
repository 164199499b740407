"""Citation cues: the words that open, end or qualify citations, titles and names, by kind (`vocabulary/citation_cues.csv`)."""

import re
from functools import cache

from extractors.layers.syllables import fold
from extractors.vocabulary import rows


@cache
def cues(kind: str) -> tuple[str, ...]:
    """The cues of a kind, longest first."""
    return tuple(sorted((row["cue"] for row in rows("citation_cues") if row["kind"] == kind), key=len, reverse=True))


@cache
def any_of(kind: str) -> str:
    """The cues of a kind as one alternation for a regular expression, any white space between syllables.

    >>> bool(re.match(any_of("title"), "về  việc", re.IGNORECASE))
    True
    """
    patterns = (re.escape(cue).replace(r"\ ", r"\s+").replace("ủy", "(?:ủy|uỷ)").replace("Ủy", "(?:Ủy|Uỷ)") for cue in cues(kind))
    return "(?:" + "|".join(patterns) + ")"


@cache
def keys_of(kind: str) -> frozenset[str]:
    """The comparison keys of the cues of a kind."""
    return frozenset(fold(cue) for cue in cues(kind))
