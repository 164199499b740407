"""Localities: the places whose plans are compared, homonyms told apart, with their province then and now.

A place is one by its official code where the plan resolved it, else by type, name and everything that the plan says it lies
in: two communes called Hòa Phong are two. A unit that went into several units of July 2025 keeps all of them.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from extractors.layers.gazetteer import find, province_of, split_typed, successors
from extractors.layers.syllables import fold
from schemas.comparison import LocalityEntry, Successor
from schemas.facts import Level
from schemas.plan import Plan

if TYPE_CHECKING:
    from comparison.digest import Digest


class Place(NamedTuple):
    """Place: a locality of the folder; `key` is unique."""

    key: str
    name: str
    type: str
    level: Level
    within: tuple[str, ...]
    code: str | None
    valid: str | None
    province: str | None

    @property
    def district(self) -> str | None:
        """The district that it is or lies in, where the plan says so."""
        if self.level == "district":
            return f"{self.type} {self.name}"
        found = [place for place in self.within if not place.startswith(("tỉnh", "thành phố"))]
        return found[0] if found else None


def place_of(plan: Plan) -> Place | None:
    """The place of a plan."""
    locality = plan.locality
    if locality is None:
        return None
    official = locality.official
    whole = f"{locality.type} {locality.name}"
    province = official.province if official else next((p for p in locality.within if p.startswith("tỉnh")), None)
    if province is None and locality.level == "province":
        province = whole
    key = f"{official.code} {official.name}" if official and official.code else ", ".join((whole, *locality.within))
    return Place(
        key, locality.name, locality.type, locality.level, locality.within, official.code if official else None,
        official.valid if official else None, province,
    )  # fmt: skip


def entries(digests: Iterable["Digest"]) -> tuple[LocalityEntry, ...]:
    """One entry a place, in the order of levels and keys."""
    places: dict[str, Place] = {}
    plans: dict[str, list[str]] = defaultdict(list)
    named: dict[tuple[str, str], set[str]] = defaultdict(set)
    for each in digests:
        if each.place is not None:
            places[each.place.key] = min(places.get(each.place.key, each.place), each.place)
            plans[each.place.key].append(each.id)
            named[(each.place.type, fold(each.place.name))].add(each.place.key)
    ranks = {"central": 0, "province": 1, "district": 2, "commune": 3}
    ordered = sorted(places.values(), key=lambda p: (ranks[p.level], p.key))
    return tuple(_entry(p, plans[p.key], named[(p.type, fold(p.name))] - {p.key}) for p in ordered)


def provinces_now(place: Place) -> tuple[str, ...]:
    """The province, or provinces, of 2025-07-01 that a place is in; empty where it is not resolved."""
    return tuple(dict.fromkeys(each.province for each in later_units(place.name, place.type, place.code, place.province)))


def _entry(place: Place, plans: list[str], homonyms: set[str]) -> LocalityEntry:
    later = later_units(place.name, place.type, place.code, place.province)
    return LocalityEntry(
        key=place.key, name=place.name, type=place.type, level=place.level, within=place.within, code=place.code,
        valid=place.valid, province_then=place.province, province_now=provinces_now(place),
        successors=later, homonyms=tuple(sorted(homonyms)), plans=tuple(sorted(plans)),
    )  # fmt: skip


@lru_cache(maxsize=16384)
def later_units(name: str, kind: str, code: str | None, province: str | None) -> tuple[Successor, ...]:
    """The units of 2025-07-01 that a resolved place went into, seat first; empty where it is not resolved.

    >>> [s.name for s in later_units("Hòa Phong", "xã", "12115", "tỉnh Hưng Yên")]
    ['phường Thượng Hồng']
    """
    if code is None:
        return ()
    units = [unit for unit in find(name, kind) if unit.code == code]
    if province and (typed := split_typed(province)):
        told = [unit for unit in units if province_of(unit).name == typed[1]]
        units = told or units
    found = {}
    for unit in units[:1]:
        for number, later in enumerate(successors(unit)):
            home = province_of(later)
            found[later.code] = Successor(name=f"{later.type} {later.name}", province=f"{home.type} {home.name}", seat=number == 0)
    return tuple(found.values())
