"""Locality: the place whose plan it is, as the document names it and as the gazetteer knows it."""

from extractors.layers.gazetteer import AdminUnit, level_of_type, province_of, successors
from extractors.layers.identity import identity_of
from extractors.layers.marks import Doc
from extractors.layers.official_unit import resolution_of
from schemas.plan import Locality, OfficialUnit, SuccessorUnit


def extract(doc: Doc) -> Locality | None:
    """The locality; None where the document names no place of its own (a ministry's plan).

    `official` is None where the name is unknown or ambiguous at the document's date; `successor` is None where the unit
    still exists or went into several (Nghị quyết 202/2025/QH15 and the resolutions of June 2025).
    """
    identity = identity_of(doc)
    if identity.unit_type is None or identity.unit_name is None:
        return None
    unit = resolution_of(doc).unit
    return Locality(
        name=identity.unit_name,
        type=identity.unit_type,
        level=level_of_type(identity.unit_type, identity.unit_name),
        within=identity.within,
        source=identity.place_source or "header",
        official=_official(unit) if unit else None,
        successor=_successor(unit) if unit else None,
    )


def _official(unit: AdminUnit) -> OfficialUnit:
    return OfficialUnit(code=unit.code, name=_typed(unit), province=_typed(province_of(unit)), valid=unit.valid)


def _successor(unit: AdminUnit) -> SuccessorUnit | None:
    """The one unit that an ended one became part of."""
    later = successors(unit)
    if not unit.last or len(later) != 1:
        return None
    return SuccessorUnit(name=_typed(later[0]), province=_typed(province_of(later[0])))


def _typed(unit: AdminUnit) -> str:
    return f"{unit.type} {unit.name}"
