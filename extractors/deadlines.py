"""Deadlines: by when, when or how often something of this plan is to be done."""

from collections.abc import Iterator

from extractors.layers import marks
from extractors.layers.horizons import time_of
from extractors.layers.lines import line_at
from extractors.layers.marks import Doc
from extractors.layers.times import DEADLINES, LAYER
from schemas.facts import Deadline


def extract(doc: Doc) -> Iterator[Deadline]:
    """One deadline a time expression that sets one; a heading that sets a horizon counts once, where it stands."""
    number = 0
    for mark in marks.of(doc, LAYER):
        if mark.label not in DEADLINES:
            continue
        number += 1
        time = time_of(doc, mark)
        yield Deadline(id=f"deadline-{number}", time=time, section=line_at(doc, mark.start).section, evidence=time.evidence)
