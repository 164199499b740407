"""Unit words: the vocabulary of bodies as tries of syllable keys, and the syllables of a stretch of text.

`-`, `&` and `và` join the parts of a name interchangeably (`VH-TT`, `VH&TT`, `Văn hóa và Thông tin`), so all three are one
key; a comma is kept, since it separates bodies far more often than it stands inside a name.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import Any, NamedTuple

from extractors.layers.folded import fold_in_place, folded
from extractors.layers.marks import Doc
from extractors.layers.syllables import CAPITALS, fold_syllable
from extractors.vocabulary import rows

AND = "và"
_SPACED = re.compile(rf"(?:[a-z{CAPITALS[3:].lower()}]+[^\W\d_]*|\d+|[^\W\d_]+|[^\w\s]|_)\s*")
"""A syllable with the white space behind it; naming the letters that nearly all are made of takes half of the time."""
_JOINTS = {"-": AND, "&": AND}
END = ""
"""The key of a trie under which a phrase's entry stands."""

Trie = dict[str, Any]


class Words(NamedTuple):
    """Words: the syllables of `[start, end)` of a text, as keys and as places.

    `marks` are the keys with joints as printed (`-`, `&`); `shouts` says that the stretch is all capitals.
    """

    text: str
    keys: Sequence[str]
    marks: Sequence[str]
    starts: Sequence[int]
    shouts: bool = False

    def end(self, k: int) -> int:
        """Where word k ends in the text."""
        return self.starts[k] + len(self.marks[k])

    def phrase(self, first: int, last: int) -> str:
        """The marks `[first, last)` with single blanks between them; what cue patterns are matched on."""
        return " ".join(self.marks[first:last])

    def surface(self, first: int, last: int) -> str:
        """The source's own letters of the words `[first, last)`, blanks folded."""
        return " ".join(self.text[self.starts[first] : self.end(last - 1)].split()) if first < last else ""

    def capital(self, k: int) -> bool:
        """Whether word k begins with a capital letter."""
        return k < len(self.keys) and self.text[self.starts[k]].isupper()

    def acronym(self, k: int) -> bool:
        """Whether word k is two or more capital letters: `XMC`, `AIDS`."""
        return k < len(self.keys) and len(self.marks[k]) > 1 and self.text[self.starts[k] : self.end(k)].isupper() and not self.shouts


class Name(NamedTuple):
    """Name: a body whose name is complete; `need` says what must stand by it (`place`, `weak`, `cue`, `slot`, `plural` ...)."""

    kind: str
    level: str | None
    name: str
    need: str


class Head(NamedTuple):
    """Head: a word that makes a body with the field behind it; `tail` says how open that field is."""

    kind: str
    level: str | None
    name: str
    tail: str
    not_after: frozenset[str]
    not_before: frozenset[str]


def words_of(text: str, start: int, end: int, key: str | None = None) -> Words:
    """The syllables of a stretch of text; `key` is the text folded in place, where it is at hand.

    >>> words_of("Phòng VH&TT", 0, 11).keys
    ['phòng', 'vh', 'và', 'tt']
    """
    stretch = (fold_in_place(text) if key is None else key)[start:end]
    return Words(text, *_read(stretch, start), text[start:end].isupper())


def words_in(doc: Doc, start: int, end: int) -> Words:
    """The syllables of a stretch of a document that begins and ends between two of them."""
    return words_of(doc.text, start, end, folded(doc))


def _read(key: str, at: int) -> tuple[list[str], list[str], list[int]]:
    """Keys, marks and starts of the syllables of a folded text that begins at `at`."""
    spaced = _SPACED.findall(key)
    marks = list(map(str.rstrip, spaced))
    starts = list(accumulate(map(len, spaced), initial=at + len(key) - len(key.lstrip())))[:-1]
    return list(map(_JOINTS.get, marks, marks)), marks, starts


def keys_of(phrase: str) -> list[str]:
    """The keys of a phrase of the vocabulary."""
    return list(words_of(phrase, 0, len(phrase)).keys)


def longest(trie: Trie, keys: Sequence[str], at: int) -> tuple[int, Any] | None:
    """Where the longest phrase of the trie that begins at `at` ends, and its entry."""
    found, count = None, len(keys)
    node = trie.get(keys[at]) if at < count else None
    while node is not None:
        at += 1
        if END in node:
            found = (at, node[END])
        node = node.get(keys[at]) if at < count else None
    return found


def trie_of(entries: Sequence[tuple[str, Any]]) -> Trie:
    """A trie of phrases; of two entries with one key the first stands."""
    root: Trie = {}
    for phrase, entry in entries:
        node = root
        for key in keys_of(phrase):
            node = node.setdefault(key, {})
        node.setdefault(END, entry)
    return root


@cache
def names() -> Trie:
    """Bodies with a complete name."""
    return trie_of([(r["phrase"], Name(r["kind"], r["level"] or None, r["name"], r["need"])) for r in rows("unit_names")])


@cache
def heads() -> Trie:
    """Heads of bodies."""
    return trie_of([(r["phrase"], _head(r)) for r in rows("unit_heads")])


def _head(row: dict[str, str]) -> Head:
    after, before = (frozenset(filter(None, row[c].split("|"))) for c in ("not_after", "not_before"))
    return Head(row["kind"], row["level"] or None, row["name"], row["tail"], after, before)


@cache
def fields() -> Trie:
    """Fields of work, each with its canonical spelling."""
    return trie_of([(r["phrase"], r["name"]) for r in rows("unit_fields")])


@cache
def parts() -> Trie:
    """Parts of which fields are composed, each with the families that it can stand in."""
    families: dict[str, frozenset[str]] = {}
    for row in rows("unit_parts"):
        families[row["phrase"]] = families.get(row["phrase"], frozenset()) | {row["family"]}
    return trie_of(list(families.items()))


@cache
def groups() -> Trie:
    """Nouns that name a group of bodies behind `các`; the entry is `(kind, level, role)`."""
    return trie_of([(r["phrase"], (r["kind"], r["level"] or None, r["role"])) for r in rows("unit_groups")])


@cache
def persons() -> Trie:
    """Posts that stand for their body; the entry says whether the post can stand alone, and its name if misspelled."""
    return trie_of([(r["phrase"], (r["alone"], r["name"])) for r in rows("unit_persons")])


@cache
def predicates() -> Trie:
    """Words that begin a predicate or a phrase behind a body, and nouns that look like them (kind `noun`); the entry is `(kind, name)`: whether it may stand in
    a name (`yes`), only with a capital (``), or `never`."""
    return trie_of([(r["phrase"], (r["kind"], r["name"])) for r in rows("predicates")])


def phrases(*written: str) -> tuple[tuple[str, ...], ...]:
    """Phrases as tuples of keys, to compare with a stretch of words."""
    return tuple(tuple(keys_of(phrase)) for phrase in written)


def pattern(source: str) -> re.Pattern[str]:
    """A verbose pattern over phrases, its Vietnamese syllables made keys (`chỉ đạo` is written as usual)."""
    return re.compile(re.sub(r"(?<!\\)[^\W\d_]{2,}", lambda m: fold_syllable(m[0]), source), re.VERBOSE)


PLURALS = trie_of([(phrase, True) for phrase in ("tất cả các", "toàn bộ các", "toàn thể các", "một số", "các", "những", "mỗi")])
HONORS = trie_of([(phrase, True) for phrase in ("đồng chí", "đ/c", "ông, bà", "ông (bà)", "ông/bà", "ông", "bà", "các")])
BEFORE_NOUN = frozenset({",", ";", AND, "-", ".", "/", ":", "("}) | {
    phrase[-1]
    for phrase in phrases(
        "với", "cùng", "báo cáo", "tham mưu", "giao", "cho", "đề nghị", "yêu cầu", "chỉ đạo", "hướng dẫn", "đôn đốc", "thuộc", "của", "gửi", "về",
    )
}  # fmt: skip
"""What stands before a noun that without `các` can still be a body."""

_LEVEL_WORDS: dict[str | None, tuple[str, ...]] = {
    "commune": ("xã", "phường", "thị trấn", "đặc khu"),
    "district": ("huyện", "quận", "thị xã", "thành phố", "tp", "tx", "thị"),
    "province": ("tỉnh",),
    "central": ("trung ương", "tw"),
    None: ("thôn", "bản", "ấp", "khóm", "tổ dân phố", "khu phố", "khu dân cư", "buôn", "làng", "xóm", "cơ sở"),
}
LEVELS = {key: level for level, words in _LEVEL_WORDS.items() for key in phrases(*words)}
"""Level words by their keys; villages have no level of the state's."""
