"""Assemble: a marked `Doc` to a `Plan`. The registry is the schema: a list field of `Plan` is filled by the extractor of its name."""

from importlib import import_module
from typing import Any

from spacy.tokens import Doc

from extractors import diagnostics, header, links, locality, period, unclaimed
from schemas.plan import Plan, Source

FAMILIES = ("outline", "references", "goals", "targets", "deadlines", "responsibilities", "tasks", "tables")
_EXTRACTORS = {family: import_module(f"extractors.{family}") for family in FAMILIES}


def assemble(doc: Doc, *, plan_id: str, source: Source) -> Plan:
    """Everything the extractors find in a document, linked, with what nothing claims and what a reader would object to."""
    facts: dict[str, Any] = {family: tuple(module.extract(doc)) for family, module in _EXTRACTORS.items()}
    head = header.extract(doc)
    plan = Plan(
        id=plan_id, source=source, header=head, locality=locality.extract(doc), period=period.extract(doc),
        **links.connect(doc, facts),
    )  # fmt: skip
    plan = plan.model_copy(update={"unclaimed": tuple(unclaimed.extract(doc, plan))})
    return plan.model_copy(update={"diagnostics": tuple(diagnostics.extract(doc, plan))})
