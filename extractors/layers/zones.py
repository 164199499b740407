"""Zones: what a section is about, told by its heading's words, never by its number.

`Mục đích` (why) and `Mục tiêu` (what to reach) differ by one syllable and are different zones. The words live in
`vocabulary/sections.csv`; `scope` is `start` for words that count only at the start of a heading.
"""

import re
from functools import cache

from extractors.layers.syllables import fold
from extractors.vocabulary import rows

PURPOSE, REQUIREMENT, GOAL = "purpose", "requirement", "goal"
GOALS = frozenset({"goal", "goal_general", "goal_specific"})
WORK = frozenset({"task", "assignment"})
_OPEN_ZONES = frozenset({"purpose", "goal", "task", ""})
_FIRST_WORDS = ("về ", "các ", "một số ", "những ", "phần ")


@cache
def _phrases() -> tuple[tuple[str, str, str], ...]:
    found = [(fold(row["phrase"]), row["zone"], row["scope"]) for row in rows("sections")]
    return tuple(sorted(found, key=lambda item: -len(item[0])))


@cache
def _openings() -> re.Pattern[str]:
    """Any of the phrases, the longest of those that begin alike."""
    return re.compile("|".join(re.escape(phrase) for phrase, _, _ in _phrases()))


@cache
def _zones() -> dict[str, str]:
    return {phrase: zone for phrase, zone, _ in reversed(_phrases())}


def zone_of(title: str) -> str:
    """The zone that a top heading's words name, the first in the heading where there are several; `""` if none.

    >>> zone_of("MỤC ĐÍCH, YÊU CẦU"), zone_of("Nhiệm vụ, giải pháp chủ yếu"), zone_of("TỔ CHỨC THỰC HIỆN")
    ('purpose', 'task', 'assignment')
    """
    return _first(title, anywhere=True)


def subzone_of(title: str, parent: str) -> str:
    """The zone of a lower heading: its own where it begins with a zone's words, else its parent's.

    >>> subzone_of("Yêu cầu", "purpose"), subzone_of("Tuyên truyền về mục tiêu giảm nghèo", "task")
    ('requirement', 'task')
    """
    own = _first(title, anywhere=False)
    if parent == "assignment" and own not in {"budget", "reporting", "schedule"}:
        return parent
    if parent == "background" or (own == "background" and parent in GOALS):
        return parent
    return own or parent


def _first(title: str, *, anywhere: bool) -> str:
    key = fold(title)
    for word in _FIRST_WORDS:
        key = key.removeprefix(word)
    opening = _openings().match(key)
    if opening:
        return _zones()[opening[0]]
    best, place = "", len(key)
    for phrase, zone, scope in _phrases() if anywhere else ():
        at = key.find(phrase) if scope == "any" else -1
        if 0 <= at < place:
            best, place = zone, at
    return best
