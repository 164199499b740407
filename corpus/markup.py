"""Markup: the notation in which the sample plans are written, text and truth in one line.

A source is a YAML head (letterhead, signature, recipients) and a body of one paragraph a line. A line's first sign
says what it is, `[words]{note}` says what words mean, `{: option}` at the end of a line says what the line is. The
notation is described in corpus/README.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

Form = Literal[
    "preamble", "heading", "bullet", "sub", "numbered", "paragraph", "label", "group", "closing", "row", "annex", "centre"
]
PREFIXES: tuple[tuple[str, Form], ...] = (
    ("^ ", "preamble"),
    (":: ", "group"),
    (": ", "label"),
    ("> ", "closing"),
    ("=PL ", "annex"),
    ("=T ", "centre"),
    ("@ ", "numbered"),
    ("- ", "bullet"),
    ("+ ", "sub"),
)
STATE_HEADING = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
MARKER = re.compile(
    r"""(?P<marker>
          (?:Phần|PHẦN)\s[IVX]+                 # Phần I. KẾT QUẢ
        | [IVX]+(?=[.\-/])                      # I. or I- or I/
        | [A-E](?=[.\-/])                       # A.
        | \d+(?:\.\d+)*(?=[.)\-/])              # 1. or 1.1. or 1- or 1)
        | [a-zđ](?=\)))                         # a)
        [.)\-/]*\s+(?P<title>.+)""",
    re.VERBOSE,
)


class InvalidSource(ValueError):
    """A source that breaks the notation; the message names the line."""


@dataclass(frozen=True)
class Note:
    """Note: what the words from `start` to `end` of a line mean."""

    kind: str
    words: tuple[str, ...]
    options: dict[str, str]
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Line:
    """Line: one paragraph, heading or table row; `cells` only for rows."""

    form: Form
    text: str
    notes: tuple[Note, ...]
    options: dict[str, str]
    depth: int = 0
    cells: tuple[Line, ...] = ()

    @property
    def marker(self) -> str | None:
        """Number of a heading or numbered paragraph as printed, without its closing sign."""
        match = MARKER.fullmatch(self.text) if self.form in ("heading", "numbered") else None
        return match["marker"] if match else None

    @property
    def body(self) -> str:
        """Text without its marker or bullet."""
        match = MARKER.fullmatch(self.text) if self.form in ("heading", "numbered") else None
        return match["title"] if match else self.text


@dataclass(frozen=True)
class Source:
    """Source: one sample plan."""

    slug: str
    head: dict[str, Any]
    title: Line
    lines: tuple[Line, ...]
    title_lines: tuple[str, ...]


def pair(words: str) -> tuple[str, str]:
    """Name and value of an option: `i=Tỷ lệ hộ nghèo`, `title="DANH MỤC"`, or a bare name."""
    name, _, value = words.partition("=")
    return name, value.strip('"') or "yes"


def parse_note(raw: str, start: int, end: int, text: str) -> Note:
    """Note from the words between braces: `t gt 95 %; i=Tỷ lệ bao phủ`."""
    first, *rest = (part.strip() for part in raw.split(";"))
    options = dict(pair(part) for part in rest)
    kind, *words = first.split() or [""]
    if not kind:
        raise InvalidSource(f"note without a kind after {text!r}")
    return Note(kind, tuple(words), options, start, end, text)


def parse_inline(raw: str) -> tuple[str, tuple[Note, ...]]:
    """Plain text and notes of a marked line.

    >>> parse_inline("đạt [trên 95%]{t gt 95 %}.")[0]
    'đạt trên 95%.'
    """
    plain, opened, notes, at = "", [], [], 0
    while at < len(raw):
        if raw[at] == "[":
            opened.append(len(plain))
        elif raw[at] == "]":
            if not opened:
                raise InvalidSource(f"bracket closed but never opened: {raw}")
            start = opened.pop()
            while at + 1 < len(raw) and raw[at + 1] == "{":
                close = raw.index("}", at + 1)
                notes.append(parse_note(raw[at + 2 : close], start, len(plain), plain[start:]))
                at = close
        else:
            plain += raw[at]
        at += 1
    if opened or "{" in plain:
        raise InvalidSource(f"bracket never closed or brace without bracket: {raw}")
    return plain, tuple(sorted(notes, key=lambda note: (note.start, -note.end)))


def parse_options(raw: str) -> tuple[str, dict[str, str]]:
    """Line without its `{: a b=c}`, and those options."""
    match = re.fullmatch(r"(.*?)\s*\{: ([^}]*)\}", raw)
    if not match:
        return raw, {}
    words = re.findall(r'\S+="[^"]*"|\S+', match[2])
    return match[1], dict(pair(word) for word in words)


def parse_row(raw: str, options: dict[str, str]) -> Line:
    """Table row; its text is the cells joined by tabs, its notes carry offsets in their own cell."""
    cells = tuple(Line("row", *parse_inline(cell.strip()), {}) for cell in raw.strip().strip("|").split("|"))
    return Line("row", "\t".join(cell.text for cell in cells), (), options, cells=cells)


def parse_line(raw: str) -> Line:
    """Line from one line of a source's body."""
    raw, options = parse_options(raw)
    if raw.startswith("|"):
        return parse_row(raw, options)
    if heading := re.match(r"(#+) ", raw):
        return Line("heading", *parse_inline(raw[heading.end() :]), options, depth=len(heading[1]))
    for prefix, form in PREFIXES:
        if raw.startswith(prefix):
            return Line(form, *parse_inline(raw[len(prefix) :]), options)
    return Line("paragraph", *parse_inline(raw), options)


def read_source(path: Path) -> Source:
    """Source from its file."""
    return parse_source(path.stem, path.read_text(encoding="utf-8"))


def parse_source(slug: str, text: str) -> Source:
    """Source from its text, by the name `slug`."""
    _, head, body = text.split("---\n", 2)
    fields = yaml.safe_load(head)
    fields = {"right": STATE_HEADING, "html": "portal"} | fields
    signature = fields["signature"]
    fields["sign"] = [signature[key] for key in ("on_behalf_of", "capacity", "position") if signature.get(key)]
    fields["signer"] = signature.get("name")
    lines = tuple(parse_line(line) for line in body.splitlines() if line.strip())
    title = Line("centre", *parse_inline(" ".join(fields["title"])), {})
    printed = tuple(parse_inline(text)[0] for text in fields["title"])
    return Source(slug, fields, title, lines, printed)
