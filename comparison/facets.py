"""Facets: which part of an indicator a wording is of (rural or urban, one level of schools, deaths or cases), from `facets.csv`.

Two targets of one indicator are compared only where they name the same parts. A part that one of them leaves unsaid can be any
part (`unsaid` is any: a commune rarely says that it is rural) or the whole, which is another measure (`unsaid` is other:
growth of farming is not growth of all). `of` limits a facet to indicators whose ids begin so.
"""

import csv
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple, cast

from extractors.layers.indicators import plain
from schemas.comparison import Reason


class Facet(NamedTuple):
    """Facet: one way to divide an indicator, and the words of its parts."""

    of: tuple[str, ...]
    unsaid_is_any: bool
    reason: Reason
    parts: dict[str, re.Pattern[str]]


@cache
def facets() -> tuple[Facet, ...]:
    """All facets, in the order of the file."""
    with (Path(__file__).parent / "facets.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    found: dict[str, Facet] = {}
    for row in table:
        own = Facet(tuple(row["of"].split("|")), row["unsaid"] == "any", cast("Reason", row["reason"]), {})
        words = "|".join(re.escape(plain(word)) for word in row["words"].split("|"))
        found.setdefault(row["facet"], own).parts[row["value"]] = re.compile(rf"(?<!\w)(?:{words})(?!\w)")
    return tuple(found.values())


@lru_cache(maxsize=65536)
def parts_of(indicator: str, wording: str) -> tuple[frozenset[str], ...]:
    """The parts that a wording names, facet by facet.

    >>> [sorted(parts) for parts in parts_of("T.ACC.CUT", "số người chết do tai nạn giao thông") if parts]
    [['deaths']]
    """
    words = plain(wording)
    return tuple(
        frozenset(value for value, pattern in facet.parts.items() if pattern.search(words))
        if indicator.startswith(facet.of)
        else frozenset()
        for facet in facets()
    )


def difference(indicator: str, one: str, other: str) -> Reason | None:
    """Why two wordings of an indicator are of different parts; None where they are of the same.

    >>> difference("E.WASTE.COLLECT", "rác thải đô thị được thu gom", "rác thải nông thôn được thu gom")
    'other_denominator'
    >>> difference("E.WASTE.COLLECT", "rác thải được thu gom", "rác thải nông thôn được thu gom")
    """
    for facet, mine, theirs in zip(facets(), parts_of(indicator, one), parts_of(indicator, other), strict=True):
        if mine != theirs and (not facet.unsaid_is_any or (mine and theirs)):
            return facet.reason
    return None


def continues(indicator: str, one: str, other: str) -> bool:
    """Whether a wording is another part alone, so that it goes on with the indicator of the wording before it.

    >>> continues("E.WASTE.COLLECT", "rác thải sinh hoạt đô thị được thu gom", "nông thôn"), continues("E.WASTE.COLLECT", "rác thải", "nông thôn")
    (True, False)
    """
    words = plain(other)
    return any(
        mine and any(pattern.fullmatch(words) for pattern in facet.parts.values())
        for facet, mine in zip(facets(), parts_of(indicator, one), strict=True)
    )
