"""Instrument titles: what an instrument is about, told behind its citation, and the alias declared for it.

A title begins with `về (việc)`, a verb of issuing (`quy định`, `phê duyệt`) or a quotation mark; it ends with the
sentence, a semicolon, the clause that names the issuer of the plan, or the next citation at the same depth. Citations
inside a title are parts of it.
"""

import re
from collections.abc import Sequence

from extractors.layers.citation_cues import any_of
from extractors.layers.naming import Citation, Span, words_pattern
from extractors.layers.syllables import CAPITALS

_OPENER = re.compile(
    rf"""
    (?:\s*[,(]?\s*(?:khóa|khoá|kỳ\ họp|nhiệm\ kỳ)\s[^,;.()\n]{{1,24}}?\)?(?=[\s,])){{0,2}}    # khóa XII, kỳ họp thứ 10
    \s*,?\s*(?P<open>(?P<sure>{any_of("title")})|{any_of("title_or_clause")}|\(?[“"])        # về việc   phê duyệt   “
    (?=\W|\w)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_APPLIED = re.compile(r"(?:căn cứ|trên cơ sở|bám sát)(?:\s+(?:vào|các|nội dung))*\s*$")
_QUOTES = re.compile(r"“[^”\n]{0,400}”|\"[^\"\n]{0,400}\"")
_END = re.compile(
    rf"""
    ;|\n|:\s|\.(?=\s+[{CAPITALS}“"-]|\s*$|\s*\n|/)|\d\s?[%‰]
    | [ ]*\([ ]*(?:sau\ đây|gọi|viết|dưới\ đây|kèm|ban\ hành\ kèm|{any_of("bare_alias")}\s+(?:số\s+)?\d)
    | ,\s+(?={any_of("issuing_head")}\b[^,;\n]{{0,80}}?\s{any_of("issuing_verb")}\b)           # , UBND huyện ban hành
    | ,\s+(?={any_of("clause")}\b)                                                           # , phấn đấu đạt
    """,
    re.VERBOSE,
)
_CALLED = r"(?:viết\ tắt|gọi\ tắt|gọi\ chung|gọi)\s*(?:chung\s+)?(?:là|:)?\s*:?"
_ALIAS = re.compile(
    rf"""
      \s*[,(]\s*(?:(?:sau|dưới)\ đây\s+)?(?:được\s+)?{_CALLED}\s*["“]?(?P<alias>[^()"”;\n]{{2,90}}?)["”]?\s*\)   # (sau đây gọi tắt là Kế hoạch 19)
    | \s*\(\s*(?P<bare>(?:{any_of("bare_alias")})\s+(?:số\s+)?\d{{1,4}})\s*\)                                       # (Đề án 06)
    | \s*,\s*sau\ đây\s+{_CALLED}\s*["“]?(?P<open>[^()"”;,.\n]{{2,90}}?)["”]?(?=[;,.\n])                         # , sau đây gọi tắt là Kế hoạch 19,
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SIBLINGS = frozenset({"Luật", "Bộ luật", "Pháp lệnh", "NQ"})
NEAR = 40
"""So many citations before and behind one are looked at for shared titles and aliases."""
LONGEST = 700
"""No title is longer; a longer stretch is cut there."""


def join_titles(text: str, citations: Sequence[Citation]) -> list[Citation]:
    """The citations with their titles and declared aliases."""
    return _aliased(text, [_titled(text, citation, citations[k + 1 : k + NEAR]) for k, citation in enumerate(citations)])


def _titled(text: str, citation: Citation, following: Sequence[Citation]) -> Citation:
    """The citation with the span of its title."""
    if citation.form not in {"full", "short"}:
        return citation
    alias = _ALIAS.match(text, citation.end)
    begin = alias.end() if alias else citation.end
    opener = _OPENER.match(text, begin, begin + 40)
    if opener is None or (not opener["sure"] and _APPLIED.search(text[max(0, citation.start - 40) : citation.start])):
        return citation
    start = opener.start("open")
    if opener["open"].strip("(") in '“"':
        quote = _QUOTES.match(text, start + opener["open"].count("("))
        return citation._replace(title=(start, quote.end())) if quote else citation
    end = _end_of_title(text, start, following)
    return citation._replace(title=(start, end)) if end > opener.end() else citation


def _end_of_title(text: str, start: int, following: Sequence[Citation]) -> int:
    limit = min(len(text), start + LONGEST)
    quotes = text.find("“", start, limit) >= 0 or text.find('"', start, limit) >= 0
    skipped = [m.span() for m in _QUOTES.finditer(text, start, limit)] if quotes else []
    skipped += [
        found.span()
        for c in following
        if c.end < limit and (found := _ALIAS.match(text, c.end)) and text[found.end() : found.end() + 2].strip()
    ]
    end = limit
    for found in _END.finditer(text, start, limit):
        if not any(a <= found.start() < b for a, b in skipped):
            end = found.start()
            if found[0][-1:] in "%‰":
                comma = text.rfind(",", start, end)
                end = comma if comma > start else start
            break
    end = _before_sibling(text, start, end, following)
    end = _before_bracket(text, start, end)
    return start + len(text[start:end].rstrip(" ,.\t"))


def _before_bracket(text: str, start: int, end: int) -> int:
    """The end moved before a closing bracket that was opened before the title."""
    depth = 0
    for bracket in re.finditer(r"[()]", text[start:end]):
        depth += 1 if bracket[0] == "(" else -1
        if depth < 0:
            return start + bracket.start()
    return end


def _before_sibling(text: str, start: int, end: int, following: Sequence[Citation]) -> int:
    """The end moved before a citation that goes on with the list: behind a comma or `và` that does not follow a citation inside the title."""
    previous = None
    for citation in following:
        if citation.start >= end:
            break
        joint = re.search(r"(?:,|,?\s+và|,?\s+cùng)\s+(?:các\s+)?$", text[start : citation.start])
        if (
            joint
            and (citation.word or citation.shared or citation.type in _SIBLINGS)
            and (previous is None or previous.end < start + joint.start())
        ):
            return start + joint.start()
        previous = citation
    return end


def _aliased(text: str, citations: list[Citation]) -> list[Citation]:
    """Each declared alias to the citation it stands behind: the nearest whose type word and number it repeats, else the outermost."""
    for k, citation in enumerate(citations):
        for place in (citation.end, citation.title[1] if citation.title else None):
            found = _ALIAS.match(text, place) if place is not None else None
            if found is None:
                continue
            alias = " ".join((found["alias"] or found["bare"] or found["open"]).split())
            near = range(max(0, k - NEAR), min(len(citations), k + NEAR))
            rivals = [j for j in near if place in (citations[j].end, (citations[j].title or (0, 0))[1])]
            best = min(rivals, key=lambda j: (not _repeats(alias, citations[j]), citations[j].start))
            if best == k:
                citations[k] = citation = citation._replace(alias=alias)
    return citations


def _repeats(alias: str, citation: Citation) -> bool:
    """Whether an alias repeats the type word (and the number, if it has one) of a citation."""
    word = re.match(words_pattern(), alias, re.IGNORECASE)
    digits = re.search(r"\d+", alias)
    same = word is not None and citation.word is not None and word[0].lower() == citation.word.lower()
    return same and (digits is None or digits[0] == citation.number)


def title_spans(citations: Sequence[Citation]) -> list[Span]:
    """Spans of the outermost titles, in order."""
    spans = list[Span]()
    for start, end in sorted(c.title for c in citations if c.title):
        if not spans or start >= spans[-1][1]:
            spans.append((start, end))
    return spans
