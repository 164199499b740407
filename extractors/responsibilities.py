"""Responsibilities: which body has which role in which section, one entry a body, role and section.

The roles are those of the `roles` layer; a body named twice in one role in one section is one entry, resting on its first naming.
"""

from collections.abc import Iterator

from extractors.layers.marks import Doc, cite
from extractors.layers.roles import organization, roles_of
from extractors.layers.syllables import fold
from schemas.facts import Responsibility


def extract(doc: Doc) -> Iterator[Responsibility]:
    """One responsibility a body, role and section, in the order of their first naming."""
    seen: set[tuple[str, str, str | None]] = set()
    for mark, part in roles_of(doc):
        key = (fold(part.unit.name), mark.label, part.section)
        if key in seen:
            continue
        seen.add(key)
        yield Responsibility(
            id=f"responsibility-{len(seen)}",
            unit=organization(part.unit, part.kind),
            role=mark.label,  # type: ignore[arg-type]
            section=part.section,
            evidence=cite(doc, mark.start, mark.end),
        )
