"""Unclaimed: not written yet."""

from collections.abc import Iterator

from spacy.tokens import Doc

from schemas.facts import Unclaimed
from schemas.plan import Plan


def extract(doc: Doc, plan: Plan) -> Iterator[Unclaimed]:
    """Yield nothing."""
    yield from ()
