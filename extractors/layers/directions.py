"""Directions: whether more or less of an indicator is better, from the indicator vocabulary."""

from functools import cache

from extractors.vocabulary import rows


@cache
def _directions() -> dict[str, str]:
    return {row["id"]: row["direction"] for row in rows("indicators")}


def direction_of(indicator: str) -> str | None:
    """`higher`, `lower`, or None where the vocabulary does not say (`exact`, unknown id)."""
    direction = _directions().get(indicator)
    return direction if direction in {"higher", "lower"} else None
