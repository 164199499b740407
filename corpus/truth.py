"""Truth: the facts of a sample plan, read from the notes of its source and from nothing else.

The form is that of the annotations an extractor is scored against: one JSON object a plan, quotes that are exact
substrings of the plan's text once runs of whitespace are folded.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from corpus.markup import Line, Note, Source
from corpus.readings import (
    Fact,
    code_of,
    due,
    header,
    horizon,
    indicator,
    kind_of,
    number,
    reference,
    section_path,
    sentence_of,
    span,
    times,
)

ROLES = {"L": "lead", "C": "coordinate", "A": "advised", "R": "reported_to"}
GOAL_KINDS = ("purpose", "requirement", "general", "specific")
TIME_KINDS = {"rec": "recurring", "cond": "conditional"}


@dataclass
class Scope:
    """Scope: what a heading lends to the lines below it."""

    depth: int
    marker: str | None
    mode: str = ""
    horizon: str | None = None
    deadline: str | None = None
    leads: list[str] = field(default_factory=list)
    partners: list[str] = field(default_factory=list)


@dataclass
class Item:
    """Item: a goal or task with the label lines that complete it."""

    line: Line
    kind: str
    section: str | None
    scopes: list[Scope]
    notes: list[Note]
    table: bool = False


def scope_of(line: Line, marker: str | None) -> Scope:
    """Scope that a heading opens."""
    dated = times(list(line.notes))
    return Scope(
        max(line.depth, 1),
        marker,
        mode=next((key for key in line.options if key in (*GOAL_KINDS, "tasks", "none")), ""),
        horizon=next((h for note in dated if (h := horizon(note))), None),
        deadline=next((d for note in dated if (d := due(note))), None),
        leads=named(line.notes, "L"),
        partners=named(line.notes, "C"),
    )


def named(notes: Iterable[Note], kind: str) -> list[str]:
    """Units that notes of one kind name."""
    return [note.options.get("u", note.text) for note in notes if note.kind == kind]


def inherited(scopes: list[Scope], name: str) -> Any:
    """Nearest value that a heading lends, or None."""
    return next((value for scope in reversed(scopes) if (value := getattr(scope, name))), None)


def labels_of(lines: tuple[Line, ...]) -> list[list[Note]]:
    """Notes of the label lines that complete each line: the line before them, or all since the heading."""
    labels: list[list[Note]] = [[] for _ in lines]
    last = start = 0
    for at, line in enumerate(lines):
        if line.form == "label":
            labels[last].extend(line.notes)
            labels[at] = labels[last]
        elif line.form == "group":
            for notes in labels[start:at]:
                notes.extend(line.notes)
        else:
            last = at
        if line.form == "heading":
            start = at
    return labels


class Reader:
    """Reader: walks a source once and gathers its facts in document order."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.scopes: list[Scope] = []
        self.items: list[Item] = []
        self.outline: list[Fact] = []
        self.found: dict[str, list[Fact]] = {key: [] for key in ("targets", "deadlines", "responsibilities", "diagnostics")}
        self.references: dict[str, Fact] = {}
        self.labels = labels_of(source.lines)
        self.in_table = ""
        self.group_from = self.at = 0

    def section(self, line: Line) -> str | None:
        """Section path of a line."""
        if line.form in ("preamble", "closing"):
            return None
        own = [line.marker] if line.form == "numbered" else []
        return section_path([scope.marker for scope in self.scopes] + own)

    def read(self) -> Fact:
        """All facts of the source."""
        self.mentions(self.source.title, basis=False)
        for at, line in enumerate(self.source.lines):
            self.at = at
            self.visit(line)
        return {
            "file": f"{self.source.slug}.txt",
            "header": header(self.source),
            "locality": self.source.head["locality"],
            "period": self.source.head.get("period"),
            "outline": self.outline,
            "references": list(self.references.values()),
            "goals": [self.goal(item) for item in self.items if item.kind in GOAL_KINDS],
            **{key: self.found[key] for key in ("targets", "deadlines", "responsibilities")},
            "tasks": [self.task(item) for item in self.items if item.kind == "tasks"],
            "diagnostics": self.source.head.get("diagnostics", []) + self.found["diagnostics"],
            "notes": self.source.head.get("notes", []),
        }

    def visit(self, line: Line) -> None:
        """Facts of one line and of its cells."""
        if line.form in ("heading", "annex"):
            self.open(line)
        self.register(line)
        for part in line.cells or (line,):
            self.mentions(part, basis=line.form == "preamble")
            for note in part.notes:
                self.record(line, part, note)

    def open(self, line: Line) -> None:
        """Enter a heading: outline entry and scope."""
        while self.scopes and self.scopes[-1].depth >= line.depth:
            self.scopes.pop()
        if line.form == "annex":
            self.scopes = []
        marker, title = ("PHỤ LỤC", line.options["title"]) if line.form == "annex" else (line.marker, line.body.rstrip(":").rstrip())
        self.outline.append({"marker": marker, "title": title, "depth": max(line.depth, 1)})
        if "defect" in line.options:
            self.found["diagnostics"].append({"code": line.options["defect"], "quote": line.text})
        self.scopes.append(scope_of(line, "PL" if line.form == "annex" else marker))
        self.group_from = len(self.items)

    def register(self, line: Line) -> None:
        """Enter a line as goal or task if its section or its own option says so."""
        kind = line.options.get("kind") or inherited(self.scopes, "mode") or "none"
        if line.form == "row":
            self.register_row(line)
        elif line.form == "heading" and "task" in line.options:
            self.enter(line, "tasks")
        elif line.form in ("bullet", "sub", "numbered", "paragraph") and kind != "none" and "skip" not in line.options:
            self.enter(line, kind)

    def enter(self, line: Line, kind: str) -> None:
        """Enter a line as goal or task."""
        notes = [*line.notes, *self.labels[self.at]]
        self.items.append(Item(line, kind, self.section(line), list(self.scopes), notes))

    def register_row(self, line: Line) -> None:
        """Enter a row of an assignment table as task: the column is named by the table's first row."""
        if "columns" in line.options:
            self.in_table = line.options.get("task", "")
        elif self.in_table and "skip" not in line.options:
            cell = line.cells[int(self.in_table)]
            notes = [note for part in line.cells for note in part.notes]
            self.items.append(Item(cell, "tasks", self.section(line), list(self.scopes), notes, table=True))

    def record(self, line: Line, part: Line, note: Note) -> None:
        """Fact that one note states."""
        if note.kind == "t":
            self.found["targets"].append(self.target(line, part, note))
        elif note.kind == "d":
            self.found["deadlines"].append(self.deadline(line, note))
        elif note.kind in ROLES:
            self.responsibility(line, note)
        elif note.kind == "x":
            self.found["diagnostics"].append({"code": note.words[0], "quote": note.text})

    def target(self, line: Line, part: Line, note: Note) -> Fact:
        """Target of a note `t comparator value unit`."""
        comparator, value, *unit = note.words
        low, _, high = value.partition("..")
        clause = " ".join(line.text.split()) if line.cells else sentence_of(line, note)
        fact = {
            "quote": note.text,
            "clause": clause,
            "indicator": indicator(clause, note),
            "kind": note.options.get("k") or kind_of(" ".join(unit)),
            "comparator": comparator,
            "value": number(low),
            "value_high": number(high) if high else None,
            "unit": " ".join(unit),
            "modality": note.options.get("m", "achieve"),
            "horizon": self.target_horizon(line, note),
        }
        return fact | ({"change": note.options["ch"]} if "ch" in note.options else {})

    def target_horizon(self, line: Line, note: Note) -> str | None:
        """Horizon of a target: its own option, its line's time, a label line's, or a heading's."""
        if "h" in note.options:
            return None if note.options["h"] == "-" else note.options["h"]
        own = [n for cell in line.cells for n in cell.notes] or list(line.notes)
        dated = times(own + self.labels[self.at])
        return next((h for n in dated if (h := horizon(n))), None) or inherited(self.scopes, "horizon")

    def deadline(self, line: Line, note: Note) -> Fact:
        """Deadline of a note `d kind value`."""
        kind = TIME_KINDS.get(note.words[0], note.words[0])
        start, end = (None, None) if kind == "recurring" else span(note)
        return {
            "quote": note.text,
            "kind": kind,
            "start": start,
            "end": None if kind == "within" else end,
            "recurrence": note.words[1] if kind == "recurring" and len(note.words) > 1 else None,
            "governs": note.options.get("g") or self.governed(line),
        }

    def governed(self, line: Line) -> str:
        """First words of what a time of this line governs."""
        if line.form == "group":
            line = self.items[self.group_from].line
        elif (line.form == "label" or line.cells) and self.items:
            line = self.items[-1].line
        return " ".join(line.body.rstrip(":").split()[:12])

    def responsibility(self, line: Line, note: Note) -> None:
        """Responsibility of a note, once per unit, role and section."""
        unit, role, section = note.options.get("u", note.text), ROLES[note.kind], self.section(line)
        known = [(fact["unit"].casefold(), fact["role"], fact["section"]) for fact in self.found["responsibilities"]]
        if (unit.casefold(), role, section) not in known:
            self.found["responsibilities"].append({"unit": unit, "role": role, "section": section, "quote": note.text})

    def mentions(self, line: Line, *, basis: bool) -> None:
        """Instruments that a line names."""
        for note in line.notes:
            if note.kind not in ("r", "n", "m"):
                continue
            key = note.options.get("k") or (note.text if note.kind == "n" else code_of(note))
            if note.kind != "m" and (key not in self.references or "pending" in self.references[key]):
                count = self.references.get(key, {}).get("mentions", 0)
                self.references[key] = reference(note) | {"mentions": count}
            fact = self.references.setdefault(key, {"pending": True, "mentions": 0, "role": "cited"})
            fact["mentions"] += 1
            if basis and note.options.get("role") != "cited":
                fact["role"] = "basis"

    def goal(self, item: Item) -> Fact:
        """Goal of an item."""
        own = item.line.options.get("h") or next((h for n in times(list(item.line.notes)) if (h := horizon(n))), None)
        value = own or inherited(item.scopes, "horizon")
        return {"kind": item.kind, "quote": item.line.body, "horizon": None if value == "-" else value}

    def task(self, item: Item) -> Fact:
        """Task of an item: units by its own words, its label lines and the heading over it."""
        leads, partners = named(item.notes, "L"), named(item.notes, "C")
        if not item.table:
            leads = (inherited(item.scopes, "leads") or []) + leads
            partners = (inherited(item.scopes, "partners") or []) + partners
        dated = next((d for n in times(item.notes) if (d := due(n))), None)
        words = next((n.text for n in times(item.notes) if n.words[0] in ("cond", "within")), None)
        value = item.line.options.get("dl") or dated or inherited(item.scopes, "deadline") or words
        return {
            "section": item.section,
            "quote": " ".join(item.line.body.rstrip(":").split()[:12]),
            "lead": list(dict.fromkeys(leads)),
            "coordinate": list(dict.fromkeys(partners)),
            "deadline": None if value == "-" else value,
        }
