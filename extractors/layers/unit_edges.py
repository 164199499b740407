"""Unit edges: where the name of a body can end: at a level, a place's name, a predicate, the beginning of another body."""

from extractors.layers.unit_words import AND, LEVELS, Words, fields, heads, longest, names, persons, phrases, predicates

LONGEST_PLACE = 4

_SHORT_LEVELS = frozenset(phrases("tp", "tx"))
_ONLY_LISTED = frozenset(phrases("bản", "cơ sở"))
_BEFORE_LISTED = (["các"], ["cấp"], [","])
_LEVEL_KEYS = frozenset(level[0] for level in LEVELS)
_TOWN = phrases("thị")[0]
_COUNTED = frozenset({"tháng", "lần", "ngày", "giờ", "tuần", "năm", "quý", "phút", "%", "buổi", "đợt", "kỳ", "phần"})
_NUMBERED = frozenset({"phường", "quận", "phố", "tổ", "ấp", "khóm", "thôn", "bản", "tdp", "khu", "xóm", "đội", "cụm", "làng", "số"})
"""Last keys of the levels whose places have numbers."""
_NO_LEVEL = (["hội"], ["ủy"], ["đoàn"], ["đội"])
"""`xã hội`, `huyện ủy`, `tỉnh đoàn`: the level is part of another word."""


def starts_with(words: Words, at: int, phrase: tuple[str, ...]) -> bool:
    """Whether the keys of `phrase` stand at `at`."""
    return tuple(words.keys[at : at + len(phrase)]) == phrase


def level_at(words: Words, k: int) -> tuple[int, str | None]:
    """Where a level word at k ends (k itself if there is none) and its level."""
    if k >= len(words.keys) or words.keys[k] not in _LEVEL_KEYS:
        return k, None
    for size in (3, 2, 1):
        key = tuple(words.keys[k : k + size])
        if len(key) < size or key not in LEVELS or words.keys[k + size : k + size + 1] in _NO_LEVEL:
            continue
        before = words.keys[k - 1 : k]
        if (key in _ONLY_LISTED and before not in _BEFORE_LISTED) or (key == _TOWN and before != [","]):
            continue
        dotted = key in _SHORT_LEVELS and words.keys[k + 1 : k + 2] == ["."]
        return k + size + dotted, LEVELS[key]
    return k, None


def stops(words: Words, k: int) -> bool:
    """Whether a predicate or a preposition begins at k."""
    found = longest(predicates(), words.keys, k)
    return found is not None and found[1][0] != "noun"


def in_name(words: Words, k: int, *, first: bool) -> bool:
    """Whether a word that could begin a predicate stands inside a name: with a capital, or straight behind the head."""
    found = longest(predicates(), words.keys, k)
    name = found[1][1] if found else ""
    return name != "never" and (words.capital(k) or (first and name == "yes"))


def other_body(words: Words, k: int) -> bool:
    """Whether another body begins at k: a strong name, a head of two syllables or with a known field, a post, `các`."""
    if words.keys[k : k + 1] in (["các"], ["những"]) or longest(persons(), words.keys, k):
        return True
    named = longest(names(), words.keys, k)
    if named and (named[1].need in {"", "weak"} or (named[1].need == "place" and words.capital(k))):
        return True
    head = longest(heads(), words.keys, k)
    return head is not None and (head[0] > k + 1 or longest(fields(), words.keys, k + 1) is not None)


def place_name(words: Words, at: int) -> int:
    """Where a place's name at `at` ends (`at` if there is none): capitals, or a number behind phường, quận, khu phố."""
    if at < len(words.keys) and words.keys[at].isdigit():
        counted = words.keys[at + 1 : at + 2] and words.keys[at + 1] in _COUNTED
        return at + 1 if at and words.keys[at - 1] in _NUMBERED and not counted else at
    k = at
    while k < len(words.keys) and k - at < LONGEST_PLACE and words.marks[k][0].isalpha() and words.keys[k] != AND and words.capital(k):
        predicate = stops(words, k) and (k > at or not words.capital(k + 1))
        if predicate or longest(heads(), words.keys, k) or other_body(words, k):
            break
        k += 1
    return k


def opens_item(words: Words, k: int) -> bool:
    """Whether word k is the first of its stretch or of an item of a list."""
    return k == 0 or words.marks[k - 1] in {",", ";", AND, "."}
