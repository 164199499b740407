"""Label scope: which items a label line completes (`Đơn vị chủ trì: ...` behind a bullet, behind a group, under a heading).

A label one step below its bullet, or without a sign, completes that bullet; a label with the bullets' own sign closes
their group and completes all of it with the numbered item over it; a label under a heading completes what it governs.
"""

from typing import NamedTuple

from spacy.tokens import Doc

from extractors.layers.lines import BULLET, HEADING, LABEL, NUMBERED, Line, children, governed, governors, lines_of


class Scope(NamedTuple):
    """Scope: the numbers of the lines that a label completes and the section that they stand in."""

    lines: frozenset[int]
    section: str | None


def beside_work(doc: Doc, line: Line) -> bool:
    """Whether a label of persons, places or the like governs the line: it lists what belongs to an item, it gives no work."""
    return any(over.kind == LABEL and over.label not in {"lead", "coordinate", "task"} for over in governors(doc, line))


def scopes_of(doc: Doc) -> dict[int, Scope]:
    """The scope of each label line, by its number; worked out once."""
    if "label_scopes" not in doc.user_data:
        doc.user_data["label_scopes"] = {line.number: _scope(doc, line) for line in lines_of(doc) if line.kind == LABEL}
    scopes: dict[int, Scope] = doc.user_data["label_scopes"]
    return scopes


def _scope(doc: Doc, label: Line) -> Scope:
    lines = lines_of(doc)
    if label.parent is None:
        return Scope(frozenset(), label.section)
    owner = lines[label.parent]
    if owner.kind == LABEL:
        return Scope(frozenset(), label.section)
    if owner.kind == BULLET:
        return Scope(frozenset(_bullets(doc, label, owner)), label.section)
    siblings = _numbered_before(doc, owner)
    if siblings:
        over = lines[owner.parent]  # type: ignore[index]
        return Scope(frozenset({*siblings, owner.number}), over.section)
    return Scope(frozenset({owner.number, *(line.number for line in governed(doc, owner))}), label.section)


def _bullets(doc: Doc, label: Line, owner: Line) -> list[int]:
    """The bullet above, or the run of bullets that a label in their own style closes, with the item over them."""
    lines = lines_of(doc)
    own = [owner.number, *(line.number for line in governed(doc, owner) if line.number < label.number)]
    if label.marker is not None and label.marker != owner.marker:
        return own
    run, closed = _run(lines, label, owner)
    if label.marker is None and (closed or len(run) == 1 or _goes_on(doc, label, owner)):
        return own
    over = lines[owner.parent] if owner.parent is not None else None
    if over is not None and over.kind in {NUMBERED, HEADING} and not closed:
        run.append(over.number)
    return [*own, *run]


def _run(lines: tuple[Line, ...], label: Line, owner: Line) -> tuple[list[int], bool]:
    """The bullets of the owner's style back to the item over them, and whether a label block stopped the walk."""
    run: list[int] = []
    k = label.number - 1
    while k >= 0 and k != owner.parent:
        line = lines[k]
        if line.kind == LABEL and run and line.parent != owner.number:
            return run, True
        if line.kind == BULLET and line.marker == owner.marker and line.parent == owner.parent:
            run.append(k)
        elif line.kind not in {LABEL, BULLET}:
            break
        k -= 1
    return run, False


def _goes_on(doc: Doc, label: Line, owner: Line) -> bool:
    """Whether more bullets of the same list stand behind the label: then each label is its own bullet's."""
    siblings = children(doc, lines_of(doc)[owner.parent]) if owner.parent is not None else ()
    return any(line.kind == BULLET and line.number > label.number for line in siblings)


def _numbered_before(doc: Doc, owner: Line) -> list[int]:
    """Plain numbered paragraphs before the owner that have no labels of their own: the block behind the last is theirs too."""
    if owner.parent is None or owner.family not in {"dotted", "arabic", "lower"}:
        return []
    inside = children(doc, lines_of(doc)[owner.parent])
    numbered = [line for line in inside if line.kind in {NUMBERED, HEADING} and line.family == owner.family]
    if len(numbered) < 2 or numbered[-1].number != owner.number or numbered[0].kind != NUMBERED:
        return []
    if any(line.kind == LABEL for line in inside) or any(children(doc, line) for line in numbered[:-1]):
        return []
    return [line.number for line in numbered[:-1]]
