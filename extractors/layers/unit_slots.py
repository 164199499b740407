"""Unit slots: text that by its place is nothing but bodies: behind `Đơn vị chủ trì:`, in the cell of a column of doers.

What the grammar of bodies does not know counts there too: up to the next separator it is a body of its own.
"""

import re
from functools import cache
from itertools import pairwise

from extractors.layers.syllables import fold_syllable
from extractors.layers.unit_grammar import Found
from extractors.layers.unit_lists import parse_list, separator
from extractors.layers.unit_words import Words, longest, predicates
from extractors.vocabulary import rows

LONGEST = 14
_EMPTY = re.compile(r"[-–x.\s/\"']*$|nt$", re.IGNORECASE)


@cache
def surnames() -> frozenset[str]:
    """Keys of Vietnamese surnames."""
    return frozenset(fold_syllable(row["surname"]) for row in rows("surnames"))


def bodies_of_slot(words: Words, first: int = 0, last: int | None = None, *, people: bool = False) -> list[Found]:
    """All bodies of the words `[first, last)`, in order; with `people` also persons by name, one after the other."""
    found: list[Found] = []
    k, last = first, len(words.keys) if last is None else last
    while k < last:
        after = separator(words, k)
        if after > k:
            k = after
            continue
        named = _people(words, k) if people else []
        listed = named or parse_list(words, k, slot=True) or _raw(words, k)
        found.extend(listed)
        end = listed[-1].last if listed else k + 1
        k = end if (listed and separator(words, end) > end) or named else _next_separator(words, end)
    return found


def _next_separator(words: Words, k: int) -> int:
    """The next separator outside parentheses."""
    depth = 0
    while k < len(words.keys):
        depth += (words.marks[k] == "(") - (words.marks[k] == ")")
        if depth <= 0 and words.marks[k] in {",", ";", "và", ".", "/"}:
            return k if words.marks[k] != "." else k + 1
        k += 1
    return k


def _raw(words: Words, k: int) -> list[Found]:
    """A body that no vocabulary knows, up to the next separator."""
    end = k
    while end < len(words.keys) and words.marks[end] not in {",", ";", ".", "(", "/", ":"} and words.marks[end] != "và":
        end += 1
    stops = longest(predicates(), words.keys, k) is not None
    if end == k or end - k > LONGEST or stops or not (words.capital(k) or k == 0) or _EMPTY.match(words.surface(k, end)):
        return []
    return [Found(k, end, "other", None, words.surface(k, end))]


def _people(words: Words, k: int) -> list[Found]:
    """Persons by name (`Trần Thị Bình Lê Văn An`): each begins with a surname and has two to five syllables, one of them
    perhaps typed small."""
    end = k
    while end < len(words.keys) and words.marks[end].isalpha() and (words.capital(end) or (end > k and words.capital(end + 1))):
        end += 1
    if end - k < 2 or words.keys[k] not in surnames() or (end < len(words.keys) and words.marks[end] not in {",", ";", ".", "-", "("}):
        return []
    starts = [k]
    for j in range(k + 2, end - 1):
        if words.keys[j] in surnames() and j - starts[-1] >= 3:
            starts.append(j)
    edges = [*starts, end]
    return [Found(a, b, "official", None, words.surface(a, b)) for a, b in pairwise(edges)]
