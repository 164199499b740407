"""Marks: what stands in a text, in layers; a mark has a label (the kind) and a canonical value.

A layer is a tuple of marks in the order of the text, a value a named tuple of strings, numbers and such tuples: nothing that a
layer says is more than text can say, so layers can be handed to spaCy (`pipeline.spacy_layers`), stored and drawn.
"""

from bisect import bisect_right
from collections.abc import Iterable
from typing import Any, NamedTuple

from schemas.facts import Box, Evidence


class Mark(NamedTuple):
    """Mark: characters `[start, end)` that stand for something of kind `label`; `value` is its canonical form."""

    start: int
    end: int
    label: str
    value: Any = ()


class Doc:
    """Doc: one canonical text and its layers. `user_data` holds what else is known of it, and what was found once and is asked again."""

    __slots__ = ("layers", "text", "user_data")

    def __init__(self, text: str, **known: Any) -> None:
        self.text = text
        self.layers: dict[str, tuple[Mark, ...]] = {}
        self.user_data = known


def text_of(doc: Doc) -> str:
    """The canonical text."""
    return doc.text


def put(doc: Doc, layer: str, marks: Iterable[Mark]) -> None:
    """Set a layer's marks, in the order given; each begins and ends at the edge of a syllable."""
    doc.layers[layer] = tuple(_aligned(doc.text, mark) for mark in marks)


def of(doc: Doc, layer: str) -> tuple[Mark, ...]:
    """A layer's marks; nothing where the layer has not been marked."""
    return doc.layers.get(layer, ())


def _aligned(text: str, mark: Mark) -> Mark:
    """The mark with the whole of the syllables or numbers at its edges."""
    start, end, _, _ = mark
    if not text[start - 1 : start + 1].isalnum() and not text[end - 1 : end + 1].isalnum():
        return mark
    while start > 0 and _is_one(text[start - 1], text[start]):
        start -= 1
    while end < len(text) and _is_one(text[end - 1], text[end]):
        end += 1
    return mark if start == mark.start and end == mark.end else mark._replace(start=start, end=end)


def _is_one(left: str, right: str) -> bool:
    """Whether two characters side by side are of one syllable or of one number."""
    return left.isalnum() and right.isalnum() and left.isdecimal() == right.isdecimal()


def cite(doc: Doc, start: int, end: int) -> Evidence:
    """Evidence for the characters `[start, end)`, white space at its edges left out, with page and boxes if known."""
    cited: dict[tuple[int, int], Evidence] = doc.user_data.setdefault("cited", {})
    found = cited.get((start, end))
    if found is None:
        found = cited[start, end] = _cite(doc, start, end)
    return found


def _cite(doc: Doc, start: int, end: int) -> Evidence:
    words = doc.text[start:end]
    quote = words.strip()
    if len(quote) < len(words):
        start += len(words) - len(words.lstrip())
        end = start + len(quote)
    page, boxes = _locate(doc, start, end)
    return Evidence(start=start, end=end, quote=quote, page=page, boxes=boxes)


def _locate(doc: Doc, start: int, end: int) -> tuple[int | None, tuple[Box, ...]]:
    """Page of the first character and a box a printed line, from the runs that the reader left with the document."""
    starts, runs = _placed(doc)
    if not runs:
        return None, ()
    page, boxes = None, []
    for k in range(max(0, bisect_right(starts, start) - 1), len(runs)):
        first, last, run_page, glyphs = runs[k]
        if first >= end:
            break
        if last <= start:
            continue
        page = page or run_page
        if glyphs:
            number, top, bottom, lefts, rights = glyphs
            a, b = max(start, first) - first, min(end, last) - first
            boxes.append((number, min(lefts[a:b]), top, max(rights[a:b]), bottom))
    return page, tuple(boxes)


def _placed(doc: Doc) -> tuple[list[int], list[Any]]:
    """The runs of which the source knows the place, and where they begin."""
    if "placed runs" not in doc.user_data:
        runs = [run for run in doc.user_data.get("runs", ()) if run[2] or run[3]]
        doc.user_data["placed runs"] = [run[0] for run in runs], runs
    placed: tuple[list[int], list[Any]] = doc.user_data["placed runs"]
    return placed
