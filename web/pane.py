"""Pane: the canonical text of a plan as HTML in which every fact is marked."""

from collections.abc import Iterator

from markupsafe import Markup, escape

from schemas.facts import Section
from schemas.plan import Plan
from web.marking import Line, Stretch, lines_of, marks_of

_LONG = frozenset({"goals", "tasks", "header"})
"""Families whose evidence is a whole clause: marked, but links only where nothing shorter is."""


def pane(plan: Plan, text: str) -> Markup:
    """The text, one element a line; headings are headings, and lines of a table its rows. Everything is escaped."""
    headings = {text.rfind("\n", 0, one.evidence.start) + 1: one for one in plan.outline}
    parts: list[str] = []
    table = False
    seen: set[str] = set()
    for line in lines_of(text, marks_of(plan)):
        ruled = any(one.text == "\t" for one in line.stretches)
        if ruled != table:
            parts.append('<div class="ruled" tabindex="0" role="group"><table><tbody>' if ruled else "</tbody></table></div>")
            table = ruled
        if ruled:
            parts.append(f'<tr data-s="{line.start}"><td>{"".join(_cells(line, seen))}</td></tr>')
        elif line.stretches:
            body = "".join(_html(one, seen) for one in line.stretches)
            parts.append(_paragraph(body, line.start, headings.get(line.start)))
    if table:
        parts.append("</tbody></table></div>")
    return Markup("".join(parts))


def _paragraph(body: str, start: int, heading: Section | None) -> str:
    """A line; `data-s` is where it begins, so that a selection can be cited."""
    if heading is None:
        return f'<p data-s="{start}">{body}</p>'
    level = min(heading.depth + 2, 6)
    return f'<h{level} id="section-{escape(heading.id)}" data-s="{start}" class="d{min(heading.depth, 4)}">{body}</h{level}>'


def _cells(line: Line, seen: set[str]) -> Iterator[str]:
    for one in line.stretches:
        yield "</td><td>" if one.text == "\t" else _html(one, seen)


def _html(one: Stretch, seen: set[str]) -> str:
    body = str(escape(one.text))
    if not one.marks:
        return body
    families = " ".join(dict.fromkeys(f"f-{mark.family}" for mark in one.marks))
    facts = " ".join(dict.fromkeys(mark.fact for mark in one.marks))
    anchors = "".join(f'<i id="at-{escape(fact)}"></i>' for fact in _new(one, seen))
    short = next((mark for mark in one.marks if mark.family not in _LONG), None)
    if short is None:
        return f'{anchors}<span class="m {families}" data-f="{escape(facts)}">{body}</span>'
    return f'{anchors}<a class="m {families}" data-f="{escape(facts)}" href="#{escape(short.fact)}">{body}</a>'


def _new(one: Stretch, seen: set[str]) -> Iterator[str]:
    for mark in one.marks:
        place = mark.fact if mark.family != "references" else f"{mark.fact}-{mark.start}"
        if place not in seen:
            seen.add(place)
            yield place
