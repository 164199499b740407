"""Marks: spans of a layer, with a label (the kind) and a canonical value, both strings.

A mark's value is written with `write` and read back with `read`: a named tuple as compact JSON without its null fields.
Strings survive `DocBin`, `nlp.pipe(n_process=2)` and displaCy; typed objects in `Span._` do not (explosion/spaCy#10663).
"""

from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar, cast

from pydantic_core import from_json, to_json
from spacy.tokens import Doc, SpanGroup

from schemas.facts import Box, Evidence

Value = TypeVar("Value", bound=tuple[Any, ...])


class Mark(NamedTuple):
    """Mark: characters `[start, end)` that stand for something of kind `label`; `value` is its canonical form."""

    start: int
    end: int
    label: str
    value: str = ""


def text_of(doc: Doc) -> str:
    """The canonical text; `doc.text` would join all tokens anew at each call."""
    return cast("str", doc.user_data["text"])


def put(doc: Doc, layer: str, marks: Iterable[Mark]) -> None:
    """Set a layer's marks, in the order given."""
    spans, placed = [], []
    for start, end, label, value in marks:
        span = doc.char_span(start, end, label=label, span_id=value, alignment_mode="expand")
        if span is not None:
            spans.append(span)
            placed.append(Mark(span.start_char, span.end_char, label, value))
    doc.spans[layer] = SpanGroup(doc, name=layer, spans=spans)
    doc.user_data[f"marks:{layer}"] = tuple(placed)


def of(doc: Doc, layer: str) -> tuple[Mark, ...]:
    """A layer's marks; nothing where the layer has not been marked."""
    key = f"marks:{layer}"
    if key not in doc.user_data:
        spans = doc.spans.get(layer, ())
        doc.user_data[key] = tuple(Mark(s.start_char, s.end_char, s.label_, s.id_) for s in spans)
    return cast("tuple[Mark, ...]", doc.user_data[key])


def write(value: tuple[Any, ...]) -> str:
    """A named tuple as one canonical string."""
    fields = zip(value._fields, value, strict=True)  # type: ignore[attr-defined]
    return to_json({name: field for name, field in fields if field is not None}).decode()


@lru_cache(maxsize=65536)
def read(kind: type[Value], text: str) -> Value:
    """The named tuple that `write` wrote."""
    fields = {k: tuple(v) if isinstance(v, list) else v for k, v in from_json(text).items()}
    return kind(**fields)


def cite(doc: Doc, start: int, end: int) -> Evidence:
    """Evidence for the characters `[start, end)`, white space at its edges left out, with page and boxes if known."""
    quote = text_of(doc)[start:end]
    start += len(quote) - len(quote.lstrip())
    quote = quote.strip()
    page, boxes = _locate(doc, start, start + len(quote))
    return Evidence(start=start, end=start + len(quote), quote=quote, page=page, boxes=boxes)


def _locate(doc: Doc, start: int, end: int) -> tuple[int | None, tuple[Box, ...]]:
    """Page of the first character and a box a printed line, from the runs that the reader left with the document."""
    runs = doc.user_data.get("runs", ())
    page, boxes = None, []
    for k in range(max(0, bisect_right(runs, start, key=itemgetter(0)) - 1), len(runs)):
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
