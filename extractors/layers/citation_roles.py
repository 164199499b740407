"""Citation roles: what a plan does with an instrument where it names it, told by the cue before the naming.

`Căn cứ` founds, `Thực hiện` and `Triển khai` carry out; the cue at the head of a preamble line governs every instrument
of that line up to the next such cue. A naming inside the title of another instrument has no role of its own.
"""

import re
from bisect import bisect_right
from itertools import pairwise

from extractors.layers.instruments import LAYER, TITLES
from extractors.layers.lines import HEADING, PREAMBLE, TITLE, Line, governors, line_at
from extractors.layers.marks import Doc, of, text_of
from extractors.layers.naming import Citation, Span, inside
from schemas.facts import Relation

_CUE = re.compile(
    r"""(?P<based_on>căn\ cứ) | (?P<implements>thực\ hiện|triển\ khai|thi\ hành|quán\ triệt)
    | (?P<cites>\b(?:theo|tại)\b) | (?P<end>[.:]\s)""",
    re.VERBOSE | re.IGNORECASE,
)
_LEADING = re.compile(
    r"""(?:^|;)\W{0,6}(?:(?P<based_on>căn\ cứ)
    |(?P<implements>(?:(?:tiếp\ tục|tổ\ chức)\s+)?(?:thực\ hiện|triển\ khai|thi\ hành))|(?P<cites>xét|theo))""",
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)
_CHANGE = re.compile(
    r"(?P<amends>(?:sửa\s+đổi|bổ\s+sung)(?:\s+một\s+số\s+\w++(?:\s+\w++)?)?(?:[^;.]{0,40}\bcủa)?\s*$)|(?P<replaces>(?:thay\s+thế|bãi\s+bỏ|hủy\s+bỏ)[^;.,]{0,30}$)",
    re.IGNORECASE,
)
_GROUNDS = re.compile(r"căn\s+cứ|cơ\s+sở\s+(?:pháp|chính\s+trị|xây\s+dựng)", re.IGNORECASE)
_AMENDED = re.compile(r"(?:sửa\s+đổi|bổ\s+sung)[^;.\n]{0,160}$", re.IGNORECASE)
_RELATIONS: dict[str, Relation] = {"based_on": "based_on", "implements": "implements", "amends": "amends", "replaces": "replaces"}


def relation_of(doc: Doc, citation: Citation) -> Relation | None:
    """The relation that the cue before a naming tells; None where there is no cue or it only cites."""
    if _nested(doc, citation):
        return None
    line = line_at(doc, citation.start)
    change = _CHANGE.search(text_of(doc)[max(line.start, citation.start - 60) : citation.start])
    if change and change.lastgroup:
        return _RELATIONS[change.lastgroup]
    cue = _last_cue(doc, line, citation.start)
    if cue is None and _lists_grounds(doc, line):
        return "based_on"
    return _RELATIONS.get(cue or "")


def is_ground(doc: Doc, citation: Citation) -> bool:
    """Whether the preamble, or a section of grounds in its place, names the instrument as what the plan rests on.

    A law that stands there only as what another law amends is no ground.
    """
    line = line_at(doc, citation.start)
    if line.kind != PREAMBLE and not _lists_grounds(doc, line):
        return False
    before = text_of(doc)[max(line.start, citation.start - 240) : citation.start]
    return not (citation.form == "named" and _nested(doc, citation) and _AMENDED.search(before))


def _lists_grounds(doc: Doc, line: Line) -> bool:
    """Whether a line stands under a heading like `Căn cứ xây dựng kế hoạch` or `Cơ sở pháp lý`."""
    heads = (text_of(doc)[up.start : up.end] for up in governors(doc, line) if up.kind == HEADING)
    return line.zone == "basis" and any(_GROUNDS.search(head) for head in heads)


def _nested(doc: Doc, citation: Citation) -> bool:
    """Whether a naming stands in the title of another instrument, or in the name of the law that amends it."""
    spans: tuple[list[Span], list[Span]] | None = doc.user_data.get("values:citation frames")
    if spans is None:
        marks = of(doc, LAYER)
        outer = [(m.start + 1, m.end) for m, following in pairwise(marks) if following.start < m.end]
        spans = [(mark.start, mark.end) for mark in of(doc, TITLES)], outer
        doc.user_data["values:citation frames"] = spans
    return any(inside(each, citation.start) for each in spans)


def _last_cue(doc: Doc, line: Line, at: int) -> str | None:
    """The last cue of the line before a character; each line is read once."""
    known: dict[int, tuple[list[int], list[str | None]]] = doc.user_data.setdefault("values:citation cues", {})
    if line.number not in known:
        known[line.number] = _cues_of(text_of(doc), line)
    places, cues = known[line.number]
    k = bisect_right(places, at) - 1
    return cues[k] if k >= 0 else None


def _cues_of(text: str, line: Line) -> tuple[list[int], list[str | None]]:
    words = text[line.start : line.end]
    found = list(_LEADING.finditer(words)) if line.kind in {PREAMBLE, TITLE} else []
    found = found or list(_CUE.finditer(words))
    return [line.start + m.end() for m in found], [None if m.lastgroup == "end" else m.lastgroup for m in found]
