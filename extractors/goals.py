"""Goals: what a plan is for, what it demands of itself, and the states that it wants, numbered or not.

One goal a bullet, or a paragraph where there are no bullets, in the sections on mục đích, yêu cầu and mục tiêu; lines
that only name a group (`- Về giáo dục:`) or lead in to a list are none.
"""

import re
from collections.abc import Iterator

from extractors.layers.bounded import bounded_in
from extractors.layers.folded import folded, folded_pattern
from extractors.layers.horizons import horizon
from extractors.layers.indicators import match
from extractors.layers.lines import BULLET, HEADING, LABEL, LEAD, NUMBERED, PARAGRAPH, Line, governors, lines_of
from extractors.layers.marks import Doc, cite, text_of
from extractors.layers.measured import Within, measured_of
from extractors.layers.quantities import COUNT, FRACTION, FREQUENCY, PERCENTAGE, RATIO
from extractors.layers.zones import GOAL, GOALS, PURPOSE, REQUIREMENT
from schemas.facts import Goal, GoalKind

_ZONES = GOALS | {PURPOSE, REQUIREMENT}
_KINDS: dict[str, GoalKind] = {
    "purpose": "purpose", "requirement": "requirement", "goal_general": "general", "goal_specific": "specific", "goal": "general",
}  # fmt: skip
_HOLDERS = frozenset({BULLET, NUMBERED, PARAGRAPH})
_LEVELS = frozenset({PERCENTAGE, FRACTION, COUNT, FREQUENCY, RATIO})
_LETTER = re.compile(r"[^\W\d_]")
_BOTH = folded_pattern(r"mục_(?:đích|tiêu).{0,12}yêu_cầu|yêu_cầu.{0,12}mục_(?:đích|tiêu)")
_DEMANDS = folded_pattern(
    r"""^\W*(?:(?:việc|công_tác|nội_dung|các_hoạt_động|hoạt_động|quá_trình|kế_hoạch|các_cơ_quan|các_đơn_vị|các_cấp)(?![^\W\d_])[^.;]{0,120}?
    (?<![^\W\d_])(?:phải|cần|bảo_đảm|đảm_bảo|được_tiến_hành|được_thực_hiện|gắn_với)(?![^\W\d_])
    |(?:phải|bảo_đảm|đảm_bảo|yêu_cầu|xác_định_rõ_trách_nhiệm|phân_công|thực_hiện_nghiêm|bám_sát|không_để|tránh|chịu_trách_nhiệm)(?![^\W\d_]))"""
)


def extract(doc: Doc) -> Iterator[Goal]:
    """One goal a bullet or paragraph; `text` is without its marker, `horizon` its own or that of what governs it."""
    count = 0
    for line in lines_of(doc):
        stretch = _stretch(doc, line)
        if stretch is None:
            continue
        start, end = stretch
        text = " ".join(text_of(doc)[start:end].split())
        count += 1
        yield Goal(
            id=f"goal-{count}",
            kind=_kind(doc, line),
            text=text,
            horizon=horizon(doc, start, end),
            indicator=_indicator(doc, line, text),
            section=line.section,
            evidence=cite(doc, start, end),
        )


def _stretch(doc: Doc, line: Line) -> tuple[int, int] | None:
    """Where the goal of a line stands, None where it holds none; a heading may run on into one."""
    if line.zone not in _ZONES:
        return None
    if line.kind == HEADING:
        return (line.tail, line.end) if line.tail is not None else None
    if line.kind not in _HOLDERS or _only_leads(doc, line):
        return None
    return line.body, line.end


def _only_leads(doc: Doc, line: Line) -> bool:
    """Lines that name a group or announce a list: they end with a colon and govern lines of their own."""
    words = text_of(doc)[line.body : line.end].strip()
    if not _LETTER.search(words):
        return True
    if not words.endswith(":"):
        return False
    following = lines_of(doc)[line.number + 1 : line.number + 2]
    return bool(following) and following[0].kind in {BULLET, NUMBERED, LABEL, LEAD, PARAGRAPH}


def _kind(doc: Doc, line: Line) -> GoalKind:
    """By zone; undivided objectives with a level are specific, the others general; an undivided
    `MỤC ĐÍCH, YÊU CẦU` by the wording of each."""
    if line.zone in {PURPOSE, REQUIREMENT}:
        key, head = folded(doc), next((up for up in governors(doc, line) if up.kind == HEADING), None)
        if head is not None and _BOTH.search(key, head.body, head.end):
            return "requirement" if _DEMANDS.match(key[line.body : line.end]) else "purpose"
    if line.zone == GOAL and any(mark.label in _LEVELS and not number.worded for mark, number, *_ in bounded_in(doc, line)):
        return "specific"
    return _KINDS[line.zone]


def _indicator(doc: Doc, line: Line, text: str) -> str | None:
    """What the goal is measured by: by the words around its first level, else by its words up to the first comma."""
    if line.zone not in GOALS:
        return None
    for mark, number, _, _, clause, bound in bounded_in(doc, line):
        if mark.label in _LEVELS:
            said = measured_of(doc, (mark, number, bound), Within(clause.start, clause.end, line.start))
            return match(said.text, said.population, number.unit, delta=bound.change in {"increase_by", "decrease_by"}).id
    return match(re.split(r"[;.,]\s", text)[0], None, "").id
