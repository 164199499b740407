"""Own place: whose plan a document is, as far as it says so itself."""

from spacy.tokens import Doc


def place_of(doc: Doc, letterhead_issuer: str | None) -> tuple[str | None, str | None, tuple[str, ...], str | None]:
    """Type, name, what the document says it lies in, and where that was read."""
    return None, None, (), None
