"""Unit openings: the words of a text at which a body can begin, told by the words beside them: the cheap test before a parse."""

from functools import cache
from typing import NamedTuple

from extractors.layers.unit_words import BEFORE_NOUN, END, HONORS, PLURALS, Trie, Words, groups, heads, keys_of, persons, trie_of
from extractors.vocabulary import rows

_WEAK = frozenset({"cue", "cued", "plural"})
_SEVERAL = frozenset({"các", "những", "mỗi"})


class Opening(NamedTuple):
    """Opening: what may stand beside a key at which a body begins: the keys behind it (None: any), and those that forbid it."""

    seconds: frozenset[str] | None
    not_after: frozenset[str]
    not_before: frozenset[str]


@cache
def openings() -> dict[str, Opening]:
    """First keys of all phrases at which a body can begin, but for nouns of groups."""
    strong = trie_of([(r["phrase"], True) for r in rows("unit_names") if r["need"] not in _WEAK])
    seconds: dict[str, set[str] | None] = {}
    for trie in (strong, heads(), persons(), HONORS, PLURALS):
        for key, node in trie.items():
            known = seconds.setdefault(key, set())
            seconds[key] = None if known is None or END in node else known | set(node)
    return {key: _opening(key, known, strong) for key, known in seconds.items()}


def _opening(key: str, seconds: set[str] | None, strong: Trie) -> Opening:
    head = heads().get(key, {}).get(END)
    if head is None or END in strong.get(key, {}) or key in persons():
        return Opening(None if seconds is None else frozenset(seconds), frozenset(), frozenset())
    longer = set(strong.get(key, {})) | set(heads()[key])
    return Opening(None, head.not_after, frozenset(head.not_before - longer))


@cache
def nouns() -> frozenset[str]:
    """First keys of the nouns of groups, and of names that count only behind a cue or as a group."""
    return frozenset(groups()) | {keys_of(r["phrase"])[0] for r in rows("unit_names") if r["need"] in _WEAK}


@cache
def _firsts() -> frozenset[str]:
    return nouns() | openings().keys()


def candidates(words: Words) -> list[int]:
    """The words at which a body can begin, told by the words beside them: the cheap test before a parse."""
    opening, weak, first, keys, marks = openings(), nouns(), _firsts(), words.keys, words.marks
    found, last = [], len(keys) - 1
    for k in [k for k, key in enumerate(keys) if key in first]:
        key = keys[k]
        if key in opening:
            seconds, not_after, not_before = opening[key]
            after = keys[k + 1] if k < last else ""
            if seconds is None and after not in not_before and not (k and keys[k - 1] in not_after):
                if key not in _SEVERAL or after in opening or after in weak:
                    found.append(k)
                continue
            if seconds is not None and after in seconds:
                found.append(k)
                continue
        if key in weak and (k == 0 or marks[k - 1] in BEFORE_NOUN):
            found.append(k)
    return found
