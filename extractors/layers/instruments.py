"""Instruments: every naming of a legal instrument in the body of a document, by code, short form, name or alias.

Two layers. `instruments`: label = type (`KH`, `QĐ`, `Luật`), value = a `Citation`, span = the whole citation from its
type word to the end of code, date and issuer. `titles`: spans of the titles behind the citations. Dates and numbers
inside either are not the plan's own. `Kế hoạch này` is the plan itself and not marked; neither are letterhead,
recipients and signature.
"""

import re
from collections.abc import Sequence

from extractors.layers.citations import find_citations
from extractors.layers.instrument_repeats import with_repeats
from extractors.layers.instrument_titles import join_titles, title_spans
from extractors.layers.law_names import find_laws
from extractors.layers.lines import LETTERHEAD, RECIPIENTS, SIGNATURE, TYPE, lines_of
from extractors.layers.marks import Doc, Mark, of, put, text_of
from extractors.layers.named_instruments import find_named
from extractors.layers.naming import Citation, Span, inside

LAYER, TITLES = "instruments", "titles"
_OUTSIDE = frozenset({LETTERHEAD, TYPE, RECIPIENTS, SIGNATURE})
_PINPOINT = re.compile(
    r"""(?:(?:[Đđ]iểm|[Kk]hoản|Điều|điều|[Mm]ục|[Cc]hương|[Pp]hần|[Pp]hụ\ lục)\s+(?:\d{1,3}[a-zđ]?|[a-zđ]\d?|[IVX]{1,6}|số\s+\d+)
    (?:\s*(?:,|và)\s*(?:\d{1,3}[a-zđ]?|[a-zđ]|[IVX]{1,6})(?=[\s,]))*+\s*+,?\s*+(?:(?:của|và|tại)\s++)?){1,12}$""",
    re.VERBOSE,
)  # fmt: skip


def mark_instruments(doc: Doc) -> None:
    """Set the layers `instruments` and `titles`."""
    text = text_of(doc)
    outside = [(line.start, line.end) for line in lines_of(doc) if line.kind in _OUTSIDE]
    found = join_titles(text, _namings(text, outside))
    titles = title_spans(found)
    kept = [c for c in found if not (c.form == "named" and c.type in _MADE and inside(titles, c.start))]
    kept = with_repeats(text, kept, outside)
    put(doc, LAYER, (Mark(c.start, c.end, c.type or "", _pinned(text, c)) for c in kept))
    put(doc, TITLES, (Mark(start, end, "title") for start, end in titles))


_MADE = frozenset({"CTr", "ĐA", "CL", "QH", "KH", "QC", "QĐ", "CT", "KL"})
"""Types whose proper name inside the title of a decision is the thing that the decision approves: the same instrument."""


def citations_of(doc: Doc) -> tuple[Citation, ...]:
    """All namings of a document, in order."""
    return tuple(mark.value for mark in of(doc, LAYER))


def _namings(text: str, outside: Sequence[Span]) -> list[Citation]:
    """Namings by number and by name outside the given spans, in order; where two overlap the numbered one stands."""
    laws = find_laws(text)
    numbered = [c for c in find_citations(text, laws) if not inside(outside, c.start)]
    taken = [(c.start, c.end) for c in numbered]
    free = [
        c
        for c in (*laws, *find_named(text))
        if not inside(outside, c.start) and not inside(taken, c.start) and not inside(taken, c.end - 1)
    ]
    return sorted((*numbered, *free), key=lambda c: (c.start, -c.end))


def _pinned(text: str, citation: Citation) -> Citation:
    """The citation with the provision that is named before it (`điểm a khoản 2 Điều 5`)."""
    line = text.rfind("\n", max(0, citation.start - 90), citation.start) + 1
    begin = max(line, citation.start - 90)
    found = _PINPOINT.search(text[begin : citation.start])
    if found is None:
        return citation
    words = re.sub(r"[\s,]*(?:(?:của|và|tại)\s*)?$", "", found[0])
    return citation._replace(pinpoint=(begin + found.start(), begin + found.start() + len(words)))
