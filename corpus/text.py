"""Text: a sample plan as a plain text file, linear as the text dumps of offices are."""

from __future__ import annotations

import textwrap
from itertools import zip_longest

from corpus.markup import Line, Source

SIGNS = {"bullet": "- ", "sub": "+ "}
WIDTH = 84


def rows_side_by_side(left: list[str], right: list[str]) -> list[str]:
    """Two columns as a text dump prints them: on one line, blanks between."""
    return [f"{a:<44}{b}".rstrip() for a, b in zip_longest(left, right, fillvalue="")]


def letterhead(source: Source) -> list[str]:
    """Letterhead, number, place and date."""
    head = source.head
    if head.get("merged"):
        return [*rows_side_by_side(head["left"], head["right"]), *rows_side_by_side([head["number"]], [head["place"]]), ""]
    return [*head["left"], head["number"], "", *head["right"], "", head["place"], ""]


def ending(source: Source) -> list[str]:
    """Recipients and signature."""
    head = source.head
    left = [head.get("recipients_head", "Nơi nhận:"), *head["recipients"]]
    right = [*head["sign"], "", "", head["signer"] or ""]
    if head.get("merged"):
        return ["", *rows_side_by_side(left, right)]
    return ["", *left, "", *right]


def paragraph(source: Source, line: Line) -> list[str]:
    """Lines of one paragraph; hard-wrapped where the source says so."""
    text = SIGNS.get(line.form, "") + line.text
    if line.cells or not source.head.get("wrapped"):
        return [text]
    return textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)


def render(source: Source) -> str:
    """Whole text of a plan."""
    out = [*letterhead(source), "KẾ HOẠCH", *source.title_lines, ""]
    signed = False
    for line in source.lines:
        if line.form == "annex" and not signed:
            out += [*ending(source), ""]
            signed = True
        out += paragraph(source, line)
        if not source.head.get("wrapped") and line.form not in ("row", "centre"):
            out.append("")
    return "\n".join(out + ([] if signed else ending(source))).rstrip() + "\n"
