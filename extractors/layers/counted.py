"""Counted: the noun phrase that a number counts or a percentage is taken of (`bác sĩ`, `nhà văn hóa thôn`, `xã, thị trấn`).

The nouns are those of `vocabulary/measure_units.csv`; what is not listed is taken as far as the next function word.
"""

import re
from functools import cache
from typing import NamedTuple

from extractors.layers.folded import folded_pattern
from extractors.layers.syllables import fold
from extractors.vocabulary import rows

LONGEST = 5
_SYLLABLE = re.compile(r"[ ]?(?P<word>[^\W_]+[²³%]?)|[ ]?(?P<sign>%)")
_QUOTED = re.compile(r"[ ]?[“\"](?P<name>[^”\"\n]{2,60})[”\"]")
_NEXT_IN_LIST = re.compile(r",[ ]|[ ]và[ ]")
_SLASH = re.compile(r"[ ]?/[ ]?(?=[^\W\d_])")
_PER = folded_pattern(
    r"""[ ]?/[ ]?(?:\d{1,3}(?:\.\d{3})++_dân   # bác sĩ/10.000 dân
    |(?:1\s)?vạn_dân|100_bé_gái|phụ_nữ
    |năm_học|học_kỳ|năm|tháng|quý|tuần|ngày|giờ|s\b
    |người|hộ|xã|thôn|bản|trạm|trường|lớp|huyện|đơn_vị|lần|lượt|ha|vụ|đợt|cuộc|buổi|dân|km|đồng_chí)(?![^\W\d_])"""
)


_AT_LEVEL = folded_pattern(r"_cấp_(?:xã|phường|huyện|tỉnh|thành|cơ_sở|trường|thôn)(?!\w)")


class Counted(NamedTuple):
    """Counted: the noun ends at `end`; `kind` is its kind in the vocabulary, `open` where it is not listed."""

    end: int
    kind: str


@cache
def nouns() -> dict[str, str]:
    """Kinds of all counted nouns, by their key."""
    return {fold(row["unit"]): row["kind"] for row in rows("measure_units")}


@cache
def _beginnings() -> frozenset[str]:
    """What the counted nouns begin with, syllable by syllable."""
    return frozenset(" ".join(words[:count]) for words in map(str.split, nouns()) for count in range(1, len(words) + 1))


@cache
def _classes() -> frozenset[str]:
    return frozenset(fold(row["phrase"]) for row in rows("target_cues") if row["role"] == "class")


@cache
def _edges() -> frozenset[str]:
    return frozenset(fold(row["phrase"]) for row in rows("target_cues") if row["role"] == "edge")


@cache
def _stops() -> frozenset[str]:
    return frozenset(fold(row["phrase"]) for row in rows("target_cues") if row["role"] == "stop")


def counted_at(key: str, at: int, *, anything: bool = False) -> Counted | None:
    """The noun that begins at `at` of a folded text, the longest listed one, lists joined (`xã, thị trấn`).

    >>> key = fold("08 giường bệnh, 02 mô hình; 05 hộ nghèo, hộ cận nghèo có")
    >>> [key[i : counted_at(key, i).end] for i in (3, 19, 31)]
    ['giường bệnh', 'mô hình', 'hộ nghèo, hộ cận nghèo']
    """
    first = _listed(key, at)
    if first is None:
        return _unlisted(key, at) if anything else None
    end, kind = first
    while kind in {"place", "person", "event", "thing"} and (sign := _NEXT_IN_LIST.match(key, end)):
        more = _listed(key, sign.end())
        if more is None or nouns_apart(kind, more.kind):
            break
        end = more.end
    return Counted(end, kind)


def with_attributes(key: str, at: int, noun: Counted | None) -> Counted | None:
    """A noun that names only a class of things (`tổ`, `xe`, `thùng`) with the words that say which, up to the next edge.

    >>> key = "04 tổ cấp phát lưu động, 12 xe chở nước tại chợ"
    >>> [key[i : with_attributes(key, i, counted_at(key, i)).end] for i in (3, 28)]
    ['tổ cấp phát lưu động', 'xe chở nước']
    """
    if noun is None or key[at : noun.end] not in _classes():
        return noun
    end, edges = noun.end, _stops() | _edges()
    for _ in range(LONGEST + 1):
        more = _SYLLABLE.match(key, end)
        if not more or not more["word"] or key[end] != " " or more["word"] in edges or _AT_LEVEL.match(key, end):
            return Counted(end, noun.kind) if not more or not (more["word"] or "").isdigit() else noun
        if not more["word"].isalpha():
            return noun
        end = more.end()
    return noun


def nouns_apart(one: str, other: str) -> bool:
    """Whether two kinds of noun do not stand in one list of the counted."""
    return one != other


def per_at(key: str, at: int) -> int | None:
    """Where a rate's second half ends (`/10.000 dân`, `/người/năm`), None where there is none."""
    end = None
    while found := _PER.match(key, at):
        at = end = found.end()
    if end is None and (slash := _SLASH.match(key, at)):
        noun = _listed(key, slash.end())
        end = noun.end if noun else None
    return end


def _listed(key: str, at: int) -> Counted | None:
    """The longest listed noun at `at`."""
    best, begin, words = None, at, ""
    for _ in range(LONGEST):
        found = _SYLLABLE.match(key, at)
        if not found or (words and key[at] != " " and found["word"]):
            break
        words = f"{words} {found['word'] or found['sign']}" if words else (found["word"] or found["sign"])
        if words not in _beginnings():
            break
        at = found.end()
        kind = nouns().get(words)
        if kind and (at >= len(key) or not key[at].isalnum()):
            best = Counted(at, kind)
    return best if best and best.end > begin else None


def _unlisted(key: str, at: int) -> Counted | None:
    """One or two syllables up to the next function word or sign; a quoted name whole."""
    quoted = _QUOTED.match(key, at)
    if quoted:
        return Counted(quoted.end(), "open")
    found = _SYLLABLE.match(key, at)
    if not found or not found["word"] or not found["word"].isalpha() or found["word"] in _stops():
        return None
    end = found.end()
    more = _SYLLABLE.match(key, end)
    if more and more["word"] and key[end] == " " and more["word"].isalpha() and more["word"] not in _stops():
        end = more.end()
    return Counted(end, "open")
