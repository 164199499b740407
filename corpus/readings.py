"""Readings: what single notes of a source state, as values of the truth."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from corpus.markup import Line, Note, Source

Fact = dict[str, Any]


def section_path(markers: list[str | None]) -> str | None:
    """Markers joined by dots, none repeated.

    >>> section_path(["III", "2", "2.1"])
    'III.2.1'
    """
    parts: list[str] = []
    for marker in filter(None, markers):
        while parts and (marker == parts[-1] or marker.startswith(parts[-1] + ".")):
            parts.pop()
        parts.append(marker)
    return ".".join(parts) or None


def span(note: Note) -> tuple[str | None, str | None]:
    """Start and end (EDTF) of a time note."""
    value = note.words[1] if len(note.words) > 1 else None
    if note.words[0] == "during" and value:
        start, end = value.split("/")
        return start, end
    return (value, None) if note.words[0] == "from" else (None, value)


def horizon(note: Note) -> str | None:
    """Horizon (EDTF) that a time note gives; none for recurrences and conditions."""
    if note.words[0] in ("rec", "cond", "within"):
        return None
    start, end = span(note)
    if start and end:
        return f"{start}/{end}"
    return f"{start}/.." if start else end


def due(note: Note) -> str | None:
    """Deadline of a task: the EDTF end of a time note."""
    start, end = span(note)
    return None if horizon(note) is None else end or f"{start}/.."


def times(notes: list[Note]) -> list[Note]:
    """Time notes that set a horizon or deadline."""
    return [note for note in notes if note.kind == "d" and "x" not in note.options]


def sentence_of(line: Line, note: Note) -> str:
    """Sentence of a line in which a note stands."""
    text, offset = line.body, len(line.text) - len(line.body)
    edges = [0, *(match.end() for match in re.finditer(r"(?<!\d)[.]\s+(?=[A-ZÀ-Ỹ\d])", text)), len(text)]
    start = note.start - offset
    return next(text[a:b].strip() for a, b in pairwise(edges) if a <= start < b)


def number(text: str) -> float | int:
    """Value of a number written with a decimal point."""
    value = float(text)
    return int(value) if value.is_integer() else value


def kind_of(unit: str) -> str:
    """Kind of a target by its unit, where the note does not say it."""
    if unit == "%":
        return "percentage"
    if re.match(r"(lần|buổi|đợt|lượt)/", unit):
        return "frequency"
    return "ratio" if "/" in unit or unit in ("‰", "fraction") else "count"


def indicator(clause: str, note: Note) -> str:
    """What a target measures: the note's `i`; `-` is what precedes the quote in the clause, `+` what follows its number."""
    value = note.options["i"]
    at = clause.index(note.text)
    if value == "-":
        return clause[:at].strip(" :,")
    if value == "+":
        tail = re.sub(r"^.*?\d[\d.,/]*\s*[%‰]?\s*", "", note.text + clause[at + len(note.text) :], count=1)
        return tail.strip().rstrip(".;,")
    return value


def code_of(note: Note) -> str:
    """Code in the words of a note, or given as its first word."""
    if note.words:
        return note.words[0]
    match = re.search(r"\d+[a-zđ]?(?:/\d{4})?[/-][^\s,;.)]+", note.text)
    if not match:
        raise ValueError(f"no code in {note.text!r}")
    return match[0]


def reference(note: Note) -> Fact:
    """Instrument of a note `r` (with a code) or `n` (named without one)."""
    code = None if note.kind == "n" else code_of(note)
    date = re.search(r"ngày (\d{1,2})(?:/| tháng )(\d{1,2})(?:/| năm )(\d{4})", note.text)
    issuer = re.search(r" của (.+)$", note.text) if note.kind == "r" else None
    said = issuer[1].replace("Ủy ban nhân dân", "UBND") if issuer else None
    fact: Fact = {
        "code": code,
        "type": note.options.get("ty") or type_of(code or ""),
        "issuer": note.options.get("i") or said,
        "issued_on": f"{date[3]}-{int(date[2]):02}-{int(date[1]):02}" if date else None,
        "role": "cited",
        "mentions": 0,
        "first_quote": note.text,
        "flags": [note.options["f"]] if "f" in note.options else [],
    }
    return fact if code else fact | {"name": note.options.get("k", note.text)}


def type_of(code: str) -> str:
    """Type abbreviation in a code: `749/QĐ-TTg`, `33/2015/TT-BYT`, `25-CT/TW`, `55/2014/QH13`."""
    if "/QH" in code:
        return "Luật"
    match = re.search(r"/(?:\d{4}/)?([A-ZĐ][A-Za-zĐ]*)-|^\d+-([A-ZĐ][A-Za-z]*)/", code)
    if not match:
        raise ValueError(f"no type in {code!r}")
    return match[1] or match[2]


def header(source: Source) -> Fact:
    """Header of a plan, from the head of its source."""
    known, signature = source.head["document"], source.head["signature"]
    number, symbol = known.get("number"), known["symbol"]
    return {
        "doc_type": "KH",
        "number": str(number) if number else None,
        "symbol": symbol,
        "code": f"{number}{'/' if symbol.startswith('KH-') else '-'}{symbol}" if number else None,
        "issuer": known["issuer"],
        "issuer_level": known["level"],
        "place": known["place"],
        "issued_on": known["date"],
        "title": source.title.text,
        "signer": {key: signature.get(key) for key in ("name", "position", "capacity", "on_behalf_of")},
        "recipients": [line.lstrip("- ").rstrip(";./ ") for line in source.head["recipients"]],
    }
