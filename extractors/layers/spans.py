"""Spans: stretches of the text that are asked for overlap many times."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from extractors.layers.marks import Doc, of


class Spans:
    """Spans: a set of stretches `[start, end)`, overlapping ones joined.

    >>> spans = Spans([(5, 8), (0, 2), (7, 9)])
    >>> spans.overlap(1, 3), spans.overlap(2, 5), spans.overlap(8, 20)
    (True, False, True)
    """

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        for start, end in sorted(spans):
            if self.ends and start < self.ends[-1]:
                self.ends[-1] = max(self.ends[-1], end)
            else:
                self.starts.append(start)
                self.ends.append(end)

    def overlap(self, start: int, end: int) -> bool:
        """Whether any span shares a character with `[start, end)`."""
        return bisect_right(self.ends, start) < bisect_left(self.starts, end)


def spans_of(doc: Doc, layer: str) -> Spans:
    """The spans of a layer's marks, sorted once."""
    key = f"spans:{layer}"
    if key not in doc.user_data:
        doc.user_data[key] = Spans((mark.start, mark.end) for mark in of(doc, layer))
    found: Spans = doc.user_data[key]
    return found
