"""Official unit: the administrative unit that a document's own place is, as the gazetteer knows it at the document's date.

A name resolves only with enough context: by type, date and the parents that the document names; where several are left,
by the one whose parents the document mentions anywhere. A parent that the gazetteer does not know proves nothing, so a
place in an unknown province stays unresolved even where its name is unique.
"""

from typing import Literal, NamedTuple, cast

from extractors.layers.gazetteer import AdminUnit, find, key_of, parents, province_of, split_typed
from extractors.layers.identity import Identity, identity_of
from extractors.layers.marks import Doc, of
from extractors.layers.places import LAYER

Outcome = Literal["resolved", "ambiguous", "unknown", "no_place"]


class Resolution(NamedTuple):
    """Resolution: the unit, or why there is none, and the units that remained possible (rows of one unit, or rivals)."""

    outcome: Outcome
    unit: AdminUnit | None = None
    candidates: tuple[AdminUnit, ...] = ()


def resolution_of(doc: Doc) -> Resolution:
    """What the document's place resolves to, worked out once."""
    if "official_unit" not in doc.user_data:
        doc.user_data["official_unit"] = _resolve(doc, identity_of(doc))
    return cast("Resolution", doc.user_data["official_unit"])


def _resolve(doc: Doc, identity: Identity) -> Resolution:
    if identity.unit_type is None or identity.unit_name is None:
        return Resolution("no_place")
    on = identity.issued_on or (str(identity.year) if identity.year else None)
    within = _known(identity.within)
    units = find(identity.unit_name, identity.unit_type, on=on, within=within) if within is not None else []
    if len({unit.code for unit in units}) > 1:
        units = _mentioned(doc, units) or units
    if not units:
        return Resolution("unknown")
    if len({(unit.code, unit.name, province_of(unit).name) for unit in units}) > 1:
        return Resolution("ambiguous", candidates=tuple(units))
    return Resolution("resolved", _joined(units), tuple(units))


def _known(within: tuple[str, ...]) -> tuple[str, ...] | None:
    """The parents that the gazetteer knows; None where the province, or the only parent, is not among them."""
    known = tuple(parent for parent in within if (typed := split_typed(parent)) and find(typed[1], typed[0]))
    return known if not within or within[-1] in known else None


def _mentioned(doc: Doc, units: list[AdminUnit]) -> list[AdminUnit]:
    """The units of which the document names a parent, if they are one unit."""
    named = {(place.type, key_of(place.name)) for place in (mark.value for mark in of(doc, LAYER))}
    told = [unit for unit in units if any((parent.type, key_of(parent.name)) in named for parent in parents(unit))]
    return told if len({unit.code for unit in told}) == 1 else []


def _joined(units: list[AdminUnit]) -> AdminUnit:
    """Rows of one unit in following periods as one: from the first day of the first to the last day of the last."""
    ordered = sorted(units, key=lambda unit: unit.first)
    return ordered[-1]._replace(first=ordered[0].first)
