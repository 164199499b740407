"""Unit fields: a head with the field behind it: `Phòng Văn hóa và Thông tin`, `Ban Chỉ đạo chuyển đổi số`.

Known fields win, longest first; where the head allows it the field is open and ends before a predicate, a level, a sign
that joins nothing, or another body.
"""

from typing import NamedTuple

from extractors.layers.unit_edges import in_name, level_at, opens_item, other_body, starts_with, stops
from extractors.layers.unit_words import AND, Head, Words, fields, heads, longest, parts, phrases, predicates

LONGEST_TAIL = 12

_NAME_COMMAS = frozenset({
    ("phòng", "chống"), ("phòng", "chữa"), ("bệnh", "chữa"), ("cháy", "chữa"), ("phòng", "an"), ("tự", "an"),
    ("phạm", "tệ"), ("phạm", "tnxh"), ("lậu", "gian"), ("tai", "tìm"), ("chính", "chuyển"),
})  # fmt: skip
"""Pairs that a comma inside a name parts: `phòng, chống`, `khám bệnh, chữa bệnh`, `quốc phòng, an ninh`."""


_TEAMS = frozenset({"tổ", "đội", "đoàn"})
_DUTIES = phrases("sẽ", "phải", "có trách nhiệm", "chịu trách nhiệm", "có nhiệm vụ", "chủ trì", "thực hiện", "tiến hành", "tổ chức", "báo cáo")


class Headed(NamedTuple):
    """Headed: a head over the words `[.., end)` and its field `[end, last)` in canonical form.

    `proper` says that the field is a proper name: unknown, each word with a capital (`Trường THPT Lục Nam`).
    """

    last: int
    head: Head
    end: int
    field: str
    proper: bool = False


def headed(words: Words, k: int, *, slot: bool) -> Headed | None:
    """The head and field that begin at word k."""
    match = longest(heads(), words.keys, k)
    if match is None:
        return None
    end, head = match
    following = words.keys[end] if end < len(words.keys) else ""
    if (k and words.keys[k - 1] in head.not_after) or following in head.not_before:
        return None
    if head.tail == "attached":
        return Headed(end, head, end, "") if level_at(words, end)[0] > end else None
    start = end + (following == ":" and k > 0 and words.keys[k - 1] == "các")
    field = longest(fields(), words.keys, start)
    composed = _composed(words, start)
    if composed > (field[0] if field else start):
        return Headed(composed, head, end, words.surface(start, composed))
    if field:
        last, name = field
        longer = open_tail(words, last, began=True) if words.keys[last : last + 1] == [AND] and words.capital(last + 1) else last
        return Headed(longer, head, end, name if longer == last else words.surface(start, longer))
    return _open_field(words, k, (end, head), slot=slot)


def _composed(words: Words, start: int) -> int:
    """Where a field of parts of one family ends: `Văn hóa, Truyền thông và Thể thao`; `start` where it is none.

    The last part stands behind `và` or a dash; a known field behind the comma is a body of its own: `Sở Văn hóa, Thông tin
    và Truyền thông`.
    """
    part = longest(parts(), words.keys, start)
    last = start
    family: frozenset[str] = part[1] if part else frozenset()
    while part and part[0] + 1 < len(words.keys) and words.keys[part[0]] in {",", AND}:
        joint, known = part[0], longest(fields(), words.keys, part[0] + 1)
        part = longest(parts(), words.keys, joint + 1)
        if part is None or not words.capital(joint + 1) or not (family := family & part[1]) or (known and known[0] > part[0]):
            break
        last = part[0] if words.keys[joint] == AND else last
    return last


def _open_field(words: Words, k: int, match: tuple[int, Head], *, slot: bool) -> Headed | None:
    """A field that no list knows, as far as the head's kind allows it."""
    end, head = match
    if head.tail == "group" or (head.tail == "field" and not (slot and words.capital(end))):
        return None
    if head.tail == "capital":
        item = words.capital(k) and opens_item(words, k) and (slot or (words.keys[k] in _TEAMS and _is_subject(words, end)))
        if not item and not (words.capital(end) and (words.capital(k) or slot or not _whole_capitals(words, end))):
            return None
        if stops(words, end) and not in_name(words, end, first=True):
            return None
    last = open_tail(words, end)
    levelled = level_at(words, last)[0] > last
    capital = any(words.capital(j) for j in (k, *range(end, last)))
    if head.tail == "open" and not slot and not levelled and not capital and not _is_subject(words, end):
        return None
    proper = last > end and all(words.capital(j) for j in range(end, last))
    return Headed(last, head, end, words.surface(end, last), proper) if last > end or levelled else None


def _is_subject(words: Words, at: int) -> bool:
    """Whether a duty stands behind the field that begins at `at`: `Tổ kiểm phiếu | sẽ ...`, `bộ phận xử lý đơn thư | phải ...`."""
    last = open_tail(words, at)
    return last > at and any(starts_with(words, last, duty) for duty in _DUTIES)


def _whole_capitals(words: Words, k: int) -> bool:
    return words.text[words.starts[k] : words.end(k)].isupper()


def open_tail(words: Words, at: int, *, began: bool = False) -> int:
    """Where a field that no list knows ends; `began` says that a part of it stands before `at`."""
    k = at
    while k < len(words.keys) and k - at < LONGEST_TAIL:
        compound = longest(predicates(), words.keys, k)
        if compound and compound[1][0] == "noun" and (k > at or words.capital(k)):
            k = compound[0]
        elif _ends_field(words, k, first=k == at and not began):
            break
        else:
            k += 1
    while k > at and (words.keys[k - 1] == AND or not words.keys[k - 1][0].isalnum()):
        k -= 1
    return k


def _ends_field(words: Words, k: int, *, first: bool) -> bool:
    mark = words.marks[k]
    if mark == "-" or words.keys[k] == AND:
        return first or not words.capital(k + 1) or other_body(words, k + 1)
    if mark in {",", "/"} and k and words.acronym(k - 1) and words.acronym(k + 1) and not longest(fields(), words.keys, k + 1):
        return other_body(words, k + 1)
    if mark == ",":
        return (words.keys[k - 1], *words.keys[k + 1 : k + 2]) not in _NAME_COMMAS
    if not mark[0].isalnum() or (level_at(words, k)[0] > k and words.keys[k] != "cơ"):
        return True
    if stops(words, k) and not in_name(words, k, first=first):
        return True
    return not first and words.capital(k) and other_body(words, k)
