"""Tables: the ruled tables of a plan with their captions, every cell in every row and column it covers."""

from collections.abc import Iterator

from extractors.layers.cells import Grid, grids_of
from extractors.layers.lines import HEADING, LABEL, LEAD, PARAGRAPH, ROW, line_at, lines_of
from extractors.layers.marks import Doc, cite, text_of
from schemas.facts import Table

LONGEST_CAPTION = 200


def extract(doc: Doc) -> Iterator[Table]:
    """One fact a table with at least two columns; layout boxes of one column are no tables."""
    for number, grid in enumerate((g for g in grids_of(doc) if len(g.heads) > 1), 1):
        yield Table(
            id=f"table-{number}",
            page=grid.page,
            caption=_caption(doc, grid),
            columns=grid.heads,
            rows=tuple(tuple(" ".join(text_of(doc)[a:b].split()) for a, b in row.cells) for row in grid.rows),
            section=line_at(doc, grid.start).section,
            evidence=cite(doc, grid.start, grid.end),
        )


def _caption(doc: Doc, grid: Grid) -> str | None:
    """The line over the table where it is short enough to be its title."""
    at = line_at(doc, grid.start).number - 1
    if at < 0:
        return None
    line = lines_of(doc)[at]
    words = text_of(doc)[line.body : line.end].strip()
    titled = line.kind in {HEADING, LEAD, PARAGRAPH, LABEL} and line.kind != ROW and len(words) <= LONGEST_CAPTION
    return words.rstrip(": ") if titled and not words.endswith((".", ";")) else None
