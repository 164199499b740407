"""Stored: plans that an older version wrote, upgraded while they are read.

Within a version fields are only ever added, with a default, so that older outputs of it are read as they are. A change that is
more than that gets a version of its own and a step here: from the JSON of the version before to that of the next.
"""

import json
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from schemas.plan import SCHEMA_VERSION, Plan

STEPS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""What makes of a plan of the version that is the key one of the next version; there has been one version so far."""


class UnknownVersion(ValueError):
    """Plans of a version that this program cannot read, mostly because it is older than they are."""


def check_version(version: object) -> None:
    """Raise `UnknownVersion` where plans of this version cannot be read."""
    if version != SCHEMA_VERSION and str(version) not in STEPS:
        raise UnknownVersion(
            f"written with schema {version}, which this program does not know: it reads {', '.join((*STEPS, SCHEMA_VERSION))}. "
            "Use the version of kehoach that wrote it, or a newer one."
        )


def stored_plan(text: str | bytes) -> Plan:
    """The plan in its JSON, whichever version wrote it; raises `UnknownVersion`, and pydantic's `ValidationError` where it is damaged."""
    try:
        return Plan.model_validate_json(text)
    except ValidationError:
        plan = _parsed(text)
        if plan.get("schema_version", SCHEMA_VERSION) == SCHEMA_VERSION:
            raise
    while (version := plan.get("schema_version")) != SCHEMA_VERSION:
        check_version(version)
        plan = STEPS[str(version)](plan)
    return Plan.model_validate_json(json.dumps(plan))


def _parsed(text: str | bytes) -> dict[str, Any]:
    try:
        plan = json.loads(text)
    except ValueError:
        return {}
    return plan if isinstance(plan, dict) else {}
