"""Spoken: the numbers of a text that are written in words, where they count a noun of the vocabulary."""

import re
from collections.abc import Iterator
from functools import cache

from extractors.layers.counted import counted_at, with_attributes
from extractors.layers.marks import Mark
from extractors.layers.numerals import spoken, tidy, words
from extractors.layers.quantities import COUNT, FRACTION, PERCENTAGE, Number, Place, quantity
from extractors.layers.windows import Anchors, anchors, found_in

_SHARED = re.compile(r"[ ](?:số|tổng|diện tích|dân)(?![^\W\d_])")
_QUANTITY = re.compile(r"[ ](?:số|sản lượng|diện tích|doanh thu|thu nhập|năng suất|giá trị|tỷ lệ|quy mô|so với|năm|lượng|mức)(?!\w)|[ ]?[.;,\n]|$")
_MORE_THAN = re.compile(r"(?:quá|hơn|trên|ít nhất|tối thiểu)[ ]$")
_LESS_BY = re.compile(r"(?<!\w)(?:giảm|tăng|hạ)(?: được)?(?: (?:ít nhất|tối thiểu|hơn|trên|khoảng|gần))?(?: là)? $")
_NO_FIVE = re.compile(r"(?:mỗi|hằng|hàng|trong|cuối|đầu|cả|hết|nửa|từng|nhiều|các|một|\d)[ ]$")
_NO_COUNT = re.compile(r"(?:thứ|từng|lần|số|cấp|loại|mức)[ ]$")


@cache
def _pattern() -> re.Pattern[str]:
    """Number words in a row, and fractions of them (`hai phần ba`, `một nửa`)."""
    digit = "|".join(word for word, (_, role) in words().items() if role == "digit")
    ten = "|".join(word for word, (_, role) in words().items() if role != "digit")
    small = rf"(?:(?:(?:{digit})[ ])?(?:{ten})(?:[ ](?:{digit}|{ten})(?![^\W\d_]))*|(?:{digit}))(?![^\W\d_])"
    part = rf"(?P<part>{small})[ ]phần[ ](?P<whole>trăm(?![^\W\d_])|{small})"
    return re.compile(rf"{part}|(?:một[ ])?(?P<half>nửa)(?![^\W\d_])|(?P<plain>{small})")


def spoken_in(text: str, key: str) -> Iterator[Mark]:
    """One mark a number written in words, from the text and its key."""
    end = 0
    for start in _starts(key):
        found = _pattern().match(key, start) if start >= end else None
        if not found:
            continue
        end = found.end()
        mark = _share(key, found) if found["half"] or found["part"] else _count(text, key, found)
        if mark:
            yield mark
    yield from _doubled(key)


def _doubled(key: str) -> Iterator[Mark]:
    """`gấp đôi` of a quantity or of a time is two times."""
    at = key.find("gấp đôi")
    while at >= 0:
        if _QUANTITY.match(key, at + 7):
            yield Mark(at + 4, at + 7, COUNT, Number(2, "lần", noun="event", worded=True))
        at = key.find("gấp đôi", at + 1)


@cache
def _opening() -> Anchors:
    return anchors("nửa ", *(f"{word} " for word in words()))


def _starts(key: str) -> list[int]:
    """Where a number word may begin."""
    return [at for at, _ in found_in(key, _opening(), 0, len(key)) if at == 0 or not key[at - 1].isalpha()]


def _share(key: str, found: re.Match[str]) -> Mark | None:
    start, end = found.span()
    if found["whole"] == "trăm" and spoken(found["part"]):
        return Mark(start, end, PERCENTAGE, Number(spoken(found["part"]) or 0, "%", worded=True))
    part, whole = (1.0, 2.0) if found["half"] else (spoken(found["part"]), spoken(found["whole"]))
    if not part or not whole:
        return None
    changed = found["half"] and _LESS_BY.search(key[max(0, start - 30) : start]) and _QUANTITY.match(key, end)
    bounded = found["half"] and _MORE_THAN.search(key[max(0, start - 10) : start]) and counted_at(key, end + 1)
    if not bounded and not changed and not _SHARED.match(key, end):
        return None
    return Mark(start, end, FRACTION, Number(tidy(part / whole), "fraction", worded=True))


def _count(text: str, key: str, found: re.Match[str]) -> Mark | None:
    """`năm` is five or year; ordinals (`lần thứ ba`, `cấp hai`) and `một số` count nothing."""
    start, end = found.span()
    value, noun = spoken(found["plain"]), with_attributes(key, end + 1, counted_at(key, end + 1))
    if not value or noun is None or noun.kind == "grade" or key[end : end + 1] != " ":
        return None
    before = key[max(0, start - 12) : start]
    if key.startswith("số ", end + 1) or (value == 1 and before.endswith((" là ", " như "))):
        return None
    if (found["plain"].startswith("năm") and _NO_FIVE.search(before)) or _NO_COUNT.search(before):
        return None
    return quantity(text, key, Place(start, end, noun.end), Number(value, "", noun=noun.kind, worded=True))
