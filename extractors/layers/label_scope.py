"""Label scope: which items a label line completes (`Đơn vị chủ trì: ...` behind a bullet, behind a group, under a heading).

A label one step below its bullet, or without a sign, completes that bullet; a label with the bullets' own sign closes
their group and completes all of it with the numbered item over it; a label under a heading completes what it governs.
"""

from collections.abc import Sequence
from typing import NamedTuple

from extractors.layers.lines import (
    BULLET,
    HEADING,
    LABEL,
    LEAD,
    NUMBERED,
    PARAGRAPH,
    Line,
    children,
    governed,
    lines_of,
)
from extractors.layers.marks import Doc

_ITEMS = frozenset({BULLET, PARAGRAPH, NUMBERED, HEADING, LEAD})


class Scope(NamedTuple):
    """Scope: the numbers of the lines that a label completes and the section that they stand in."""

    lines: frozenset[int]
    section: str | None


def beside_work(doc: Doc, line: Line) -> bool:
    """Whether a label of persons, places or the like governs the line: it lists what belongs to an item, it gives no work."""
    if "beside work" not in doc.user_data:
        doc.user_data["beside work"] = _beside_work(lines_of(doc))
    beside: list[bool] = doc.user_data["beside work"]
    return beside[line.number]


def _beside_work(lines: Sequence[Line]) -> list[bool]:
    """For each line, by the line over it, which stands before it."""
    beside: list[bool] = []
    for line in lines:
        over = lines[line.parent] if line.parent is not None else None
        labelled = over is not None and over.kind == LABEL and over.label not in {"lead", "coordinate", "task"}
        beside.append(over is not None and (labelled or beside[over.number]))
    return beside


def scopes_of(doc: Doc) -> dict[int, Scope]:
    """The scope of each label line, by its number; worked out once."""
    if "label_scopes" not in doc.user_data:
        scopes = _Scopes(doc)
        doc.user_data["label_scopes"] = {line.number: scopes.of(line) for line in scopes.lines if line.kind == LABEL}
    found: dict[int, Scope] = doc.user_data["label_scopes"]
    return found


class _Scopes:
    """_Scopes: the walk over the label lines of a document; what holds for all labels of one item is found once."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.lines = lines_of(doc)
        self.above: dict[int, Line | None] = {}
        self.below: dict[int, Scope] = {}
        self.groups: dict[int, tuple[int, frozenset[int]]] = {}

    def of(self, label: Line) -> Scope:
        """The scope of one label line."""
        owner = self.lines[label.parent] if label.parent is not None else None
        above = self._item_above(label)
        if owner is None or owner.kind == LABEL:
            return Scope(frozenset(), label.section)
        if owner.kind == BULLET:
            return Scope(frozenset(self._run_or_own(label, owner)), label.section)
        if above is not None and above.kind == PARAGRAPH and above.parent == owner.number:
            return Scope(frozenset(self._run_or_own(label, above)), label.section)
        if owner.number not in self.below:
            self.below[owner.number] = self._under(owner)
        return self.below[owner.number]

    def _item_above(self, label: Line) -> Line | None:
        """The nearest line above that is no label; labels of one block share it."""
        before = self.lines[label.number - 1] if label.number else None
        above = self.above.get(before.number) if before is not None and before.kind == LABEL else before
        self.above[label.number] = above
        return above

    def _run_or_own(self, label: Line, item: Line) -> list[int]:
        """The item above, or the run of its like that the label closes, with the numbered item over them."""
        own = [item.number, *(line.number for line in governed(self.doc, item) if line.number < label.number and line.kind in _ITEMS)]
        if label.marker is not None and label.marker != item.marker:
            return own
        run, closed = self._run(item)
        if label.marker is None and (closed or len(run) <= 1 or self._goes_on(label, item)):
            return own
        over = self.lines[item.parent] if item.parent is not None else None
        if over is not None and over.kind in {NUMBERED, HEADING} and item.kind == BULLET and not closed:
            run.append(over.number)
        return [*own, *run]

    def _run(self, item: Line) -> tuple[list[int], bool]:
        """The items of one style back to what governs them, and whether a block of labels stopped the walk."""
        run: list[int] = []
        for k in range(item.number, -1, -1):
            line = self.lines[k]
            if k == item.parent:
                break
            if line.kind == LABEL and run and line.parent != item.number:
                return run, True
            if line.kind == item.kind and line.marker == item.marker and line.parent == item.parent:
                run.append(k)
            elif line.kind not in {LABEL, BULLET}:
                break
        return run, False

    def _goes_on(self, label: Line, item: Line) -> bool:
        """Whether more items of the same list stand behind the label: then each label is its own item's."""
        siblings = children(self.doc, self.lines[item.parent]) if item.parent is not None else ()
        last = next((line for line in reversed(siblings) if line.kind == item.kind), item)
        return last.number > label.number

    def _under(self, owner: Line) -> Scope:
        """What labels straight under a heading complete: all that it governs; behind the last of plain numbered items all of them."""
        last, group = self._numbered(owner)
        if last == owner.number and group:
            return Scope(group, self.lines[owner.parent].section if owner.parent is not None else owner.section)
        inside = (line.number for line in governed(self.doc, owner) if line.kind in _ITEMS)
        return Scope(frozenset({owner.number, *inside}), owner.section)

    def _numbered(self, owner: Line) -> tuple[int, frozenset[int]]:
        """The last of the owner's numbered siblings, and all of them where only the last has labels."""
        if owner.parent is None or owner.family not in {"dotted", "arabic", "lower"}:
            return -1, frozenset()
        if owner.parent not in self.groups:
            inside = children(self.doc, self.lines[owner.parent])
            items = [line for line in inside if line.kind in {NUMBERED, HEADING} and line.family == owner.family]
            plain = len(items) > 1 and items[0].kind == NUMBERED and all(line.kind != LABEL for line in inside)
            plain = plain and not any(children(self.doc, line) for line in items[:-1])
            self.groups[owner.parent] = (items[-1].number, frozenset(line.number for line in items) if plain else frozenset())
        return self.groups[owner.parent]
