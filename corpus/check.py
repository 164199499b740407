"""Check: compares a plan's truth with its text, and its text with its notes.

Two questions a plan: is every quote an exact substring of the folded text, and is there an expression that looks like
a number with a unit, a code or a time but carries no note? What is no fact is marked `{o}` in the source, so that
nothing is left out by oversight.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from corpus.markup import Line, Note, Source
from corpus.text import render
from corpus.truth import Reader

QUOTED = ("quote", "first_quote", "clause")
SUSPECTS: dict[str, tuple[str, ...]] = {
    r"\d+[a-zđ]?(?:/\d{4})?[/-][A-ZĐ][A-Za-zĐ0-9]+(?:[-/]\w+)?": ("r", "m", "n", "o", "x"),
    r"\d[\d.,]*\s?[%‰]": ("t", "o", "r", "n"),
    r"\bngày \d{1,2}(?:/\d{1,2}| tháng \d{1,2})": ("d", "r", "m", "o"),
    r"\bnăm 20\d\d|\b20\d\d\s?-\s?20\d\d": ("d", "r", "m", "n", "o"),
    r"(?i)\bquý [IV]+\b|\btháng \d{1,2}\b|\bhằng (?:năm|tháng|quý|tuần|ngày)\b|\bhàng (?:năm|tháng|quý|tuần)\b": (
        "d",
        "r",
        "m",
        "n",
        "o",
    ),
    r"(?i)\bthường xuyên\b|\bđịnh kỳ\b|\bmỗi (?:năm|quý|tháng|tuần)\b|\bkhi có\b|\bnếu có\b|\btheo lộ trình\b": (
        "d",
        "t",
        "o",
        "r",
        "n",
    ),
    r"(?i)(?<!số )\b0?\d[\d.,]* (?:[a-zà-ỹ]\w+)": ("t", "d", "o", "r", "m", "n"),
}
UNITS = re.compile(
    r"\b(?:Phòng|Sở|Trạm|Trung tâm|UBND|Ủy ban|Công an|Văn phòng|Ban|Hội|Đoàn|Đảng ủy|Huyện ủy|Công chức|Bảo hiểm xã hội|"
    r"Đài|Chi cục|Hạt|các thôn|Tổ|Trưởng thôn|các ngành|các đoàn thể|các cơ quan|các trường)\b"
)


def fold(words: str) -> str:
    """Text with every run of whitespace made one space."""
    return " ".join(words.split())


def quotes(facts: Any) -> Iterator[str]:
    """Every quote in a plan's truth."""
    if isinstance(facts, dict):
        yield from (value for key, value in facts.items() if key in QUOTED and isinstance(value, str))
        facts = list(facts.values())
    if isinstance(facts, list):
        for fact in facts:
            yield from quotes(fact)


def covered(notes: tuple[Note, ...], kinds: tuple[str, ...], start: int, end: int) -> bool:
    """Whether a note of one of the kinds overlaps a span."""
    return any(note.kind in kinds and note.start < end and start < note.end for note in notes)


def unmarked(line: Line) -> Iterator[str]:
    """Expressions of a line that look like facts and carry no note."""
    offset = len(line.text) - len(line.body)
    for pattern, kinds in SUSPECTS.items():
        for match in re.finditer(pattern, line.body):
            if not covered(line.notes, kinds, match.start() + offset, match.end() + offset):
                yield f"no note on {match[0]!r} in {line.text[:70]!r}"


def faults(source: Source) -> Iterator[str]:
    """Faults of a plan, one sentence each."""
    folded = fold(render(source))
    for quote in quotes(Reader(source).read()):
        if fold(quote) not in folded:
            yield f"{source.slug}: quote is not in the text: {quote!r}"
    for line in (source.title, *source.lines):
        for part in line.cells or (line,):
            if "columns" not in line.options:
                yield from (f"{source.slug}: {fault}" for fault in unmarked(part))


def chain_faults(chains: list[Any], sources: list[Source]) -> Iterator[str]:
    """Quotes of the planted differences that their plan does not hold, and citations that the child does not make."""
    texts = {source.slug: fold(render(source)) for source in sources}
    cited = {source.slug: Reader(source).read()["references"] for source in sources}
    for chain in chains:
        for planted in chain["planted"]:
            for side in ("parent", "child"):
                if (quote := planted[f"{side}_quote"]) and quote not in texts[planted[side]]:
                    yield f"{planted[side]}: planted quote is not in the text: {quote!r}"
        for citation in chain["citations"]:
            wanted = tuple(citation[key] for key in ("code", "issued_on", "issuer"))
            if wanted not in [(fact["code"], fact["issued_on"], fact["issuer"]) for fact in cited[citation["child"]]]:
                yield f"{citation['child']}: does not cite {wanted}"


def loose_units(source: Source) -> Iterator[str]:
    """Names of bodies that carry no role: to be read by eye, since many rightly have none."""
    for line in source.lines:
        for part in line.cells or (line,):
            for match in UNITS.finditer(part.text):
                if not covered(part.notes, ("L", "C", "A", "R", "o", "r", "m", "n"), match.start(), match.end()):
                    yield f"{source.slug}: {part.text[max(0, match.start() - 30) : match.end() + 40]}"
