"""Label Studio: a plan as a task with our facts as predictions, for annotators to correct."""

from bisect import bisect_left
from typing import Any

from pipeline import VERSION
from schemas.plan import Plan
from web.marking import marks_of

LABELS = ("references", "goals", "targets", "deadlines", "responsibilities", "tasks")
CONFIG = '<View><Labels name="label" toName="text">{}</Labels><Text name="text" value="$text"/></View>'.format(
    "".join(f'<Label value="{label}"/>' for label in LABELS)
)
"""The labelling configuration of the project that takes these tasks."""


def task(plan: Plan, text: str) -> dict[str, Any]:
    """One task; its offsets count UTF-16 units, as Label Studio's do."""
    astral = [at for at, letter in enumerate(text) if ord(letter) > 0xFFFF]
    result = [
        {"id": f"{mark.fact}-{mark.start}", "from_name": "label", "to_name": "text", "type": "labels",
         "value": {"start": mark.start + bisect_left(astral, mark.start), "end": mark.end + bisect_left(astral, mark.end),
                   "text": text[mark.start : mark.end], "labels": [mark.family]}}
        for mark in marks_of(plan)
        if mark.family in LABELS
    ]  # fmt: skip
    return {"data": {"text": text, "plan": plan.id, "name": plan.source.name},
            "predictions": [{"model_version": f"kehoach {VERSION}", "result": result}]}  # fmt: skip
