"""Assemble: a marked `Doc` to a `Plan`. The registry is the schema: a list field of `Plan` is filled by the extractor of its name."""

from importlib import import_module
from typing import Any

from spacy.tokens import Doc

from extractors import header, period
from schemas.plan import Plan, Source

FAMILIES = ("outline", "references", "goals", "targets", "deadlines", "responsibilities", "tasks", "tables")
_EXTRACTORS = {family: import_module(f"extractors.{family}") for family in FAMILIES}


def assemble(doc: Doc, *, plan_id: str, source: Source) -> Plan:
    """Everything the extractors find in a document, as one plan."""
    facts: dict[str, Any] = {family: tuple(module.extract(doc)) for family, module in _EXTRACTORS.items()}
    return Plan(id=plan_id, source=source, header=header.extract(doc), period=period.extract(doc), **facts)
