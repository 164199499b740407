"""Issuing bodies: how far the name of a body reaches behind `của` in a citation.

A name is a run of capitalised syllables and of the lower-case syllables that go with them (`Ủy ban nhân dân tỉnh`, `Công
nghiệp`): pairs known from `vocabulary/issuers.csv`, levels, second halves of words. A comma or `và` goes on with the name only
inside the field names of ministries and departments (`Bộ Văn hóa, Thể thao và Du lịch`) or between joint issuers.
"""

import re
from functools import cache
from itertools import pairwise

from extractors.layers.citation_cues import any_of, cues, keys_of
from extractors.layers.syllables import CAPITALS, fold_syllable
from extractors.vocabulary import rows

_WORD = re.compile(r"[^\W_]+(?:[.&/](?=[A-ZĐƯ])[^\W_]+)*|[,–—&-]|\S")
_CENTRAL = r"(?:Ban\s+Chấp\s+hành\s+Trung\s+ương|BCH\s+Trung\s+ương|Bộ\s+Chính\s+trị|Ban\s+Bí\s+thư|Thủ\s+tướng\s+Chính\s+phủ)\b"
_SESSION = rf"Hội\s+nghị\s+(?:(?:lần\s+thứ|Trung\s+ương)\s+\w{{1,6}}(?:\s+\w{{1,6}})?\s*,?\s+)?(?:của\s+)?(?={_CENTRAL})"
_OF = re.compile(
    rf"""
    [ \t]*[,(]?\s*(?:
      của\s+(?:(?P<joint>liên\s+(?:(?:bộ|Bộ|ngành|tịch|sở)\s*:?\s+)?)|{_SESSION})?    # của UBND   của liên Bộ   của Hội nghị lần thứ tám
    | (?<=\s)(?:{_SESSION}|(?={_CENTRAL})))                                            # ngày 16/6/2022 Ban Bí thư
    """,
    re.VERBOSE,
)
_LEVEL = re.compile(r"(?:tỉnh|thành\s+phố|huyện|thị\s+xã|quận|xã|phường|thị\s+trấn|đặc\s+khu)(?=\s*(?:$|[,;.:()]|về\b|và\b))")
_STOPS = re.compile(rf"{any_of('body_end')}\b", re.IGNORECASE)
_LEVELS = frozenset(
    fold_syllable(word)
    for word in ["tỉnh", "thành", "phố", "huyện", "thị", "xã", "quận", "phường", "trấn", "đặc", "khu", "khóa", "thứ"]
)
REACH = 170
"""No name of issuers is longer, joint issuers included."""


@cache
def _pairs() -> frozenset[tuple[str, str]]:
    """Pairs of neighbouring syllables inside names of bodies, as keys."""
    names = [row["name"] for row in rows("issuers")] + list(cues("body_words"))
    words = [[fold_syllable(w) for w in re.findall(r"[^\W\d_]+", name)] for name in names]
    return frozenset(pair for name in words for pair in pairwise(name))


def read_issuer(text: str, start: int, *, joint: bool = False) -> tuple[int, int] | None:
    """Span of the issuer that `của` introduces at `start`, a preceding comma or blank allowed.

    `joint` allows several bodies (joint circulars, symbols of two issuers).

    >>> text = " của Ủy ban nhân dân tỉnh Bắc Giang về việc thực hiện"
    >>> text[slice(*read_issuer(text, 0))]
    'Ủy ban nhân dân tỉnh Bắc Giang'
    >>> text = " của Bộ Văn hóa, Thể thao và Du lịch, các xã"
    >>> text[slice(*read_issuer(text, 0))]
    'Bộ Văn hóa, Thể thao và Du lịch'
    """
    of = _OF.match(text, start)
    if of is None:
        return None
    begin = of.start("joint") if of["joint"] else of.end()
    level = _LEVEL.match(text, of.end())
    if level:
        return level.span()
    end = read_body(text, of.end(), joint=joint or bool(of["joint"]))
    return (begin, end) if end > of.end() else None


def read_body(text: str, start: int, *, joint: bool = False) -> int:
    """Where the name of a body that begins at `start` ends; `start` itself where no name begins there."""
    line_end = text.find("\n", start, start + REACH)
    limit = line_end if line_end >= 0 else min(len(text), start + REACH)
    end, head = start, ""
    words = list(_WORD.finditer(text, start, limit))
    for k, word in enumerate(words):
        key = fold_syllable(word[0])
        if k == 0:
            if not word[0][0].isupper():
                return start
            head = key
        elif not _goes_on(text, words, k, (head, joint)):
            break
        if key not in {",", "-", "–", "—", "và", "&"}:
            end = word.end()
    return end


def _goes_on(text: str, words: list[re.Match[str]], k: int, state: tuple[str, bool]) -> bool:
    """Whether the word k belongs to the name; `state` is the head's key and whether joint issuers are allowed."""
    head, joint = state
    word = words[k][0]
    following = words[k + 1][0] if k + 1 < len(words) else ""
    if _STOPS.match(text, words[k].start()):
        return False
    if word in {"–", "—", "-", "&"}:
        return following[:1].isupper() or following.isdigit()
    if word in {",", "và"}:
        if not following[:1].isupper() or _STOPS.match(text, words[k + 1].start()):
            return False
        if fold_syllable(following) in keys_of("body_head"):
            return joint
        return joint or (head in keys_of("field_head") and (word == "và" or _closes(words, k)))
    if word == "của":
        return following[:1].isupper()
    before = words[k - 1][0]
    if word.isdigit():
        return fold_syllable(before) in {"phường", "quận", "khu", "số", "khóa", "thứ"} or before in {"-", "–"}
    return word[0].isupper() or (word[0].isalpha() and _is_inner(words, k))


def _is_inner(words: list[re.Match[str]], k: int) -> bool:
    """Whether the lower-case syllable k stands inside a name: a known pair, a level, or the second half of a capitalised word."""
    key, before = fold_syllable(words[k][0]), words[k - 1][0]
    if key in _LEVELS or (fold_syllable(before), key) in _pairs():
        return True
    single = before[0].isupper() and not before.isupper() and not (k >= 2 and words[k - 2][0][0].isupper())
    placed = k >= 2 and fold_syllable(words[k - 2][0]) in _LEVELS
    return single and not placed and key not in keys_of("body_verb")


def _closes(words: list[re.Match[str]], k: int) -> bool:
    """Whether a field name goes on behind the comma at k: a capital, and `và` with a capital before the next comma."""
    for j in range(k + 1, min(len(words) - 1, k + 8)):
        if words[j][0] == ",":
            return False
        if words[j][0] == "và":
            return words[j + 1][0][:1].isupper()
    return False


_SENDER = re.compile(rf"(?:^|[;:,]\s+|\bcủa\s+(?:các\s+)?)(?P<body>[{CAPITALS}][^;:\n]{{2,130}}?)\s+tại\s+(?:các\s+)?$")


def read_sender(text: str, at: int) -> tuple[int, int] | None:
    """Span of the body that is named before `tại` and a letter or submission (`theo đề nghị của Phòng Nội vụ tại Tờ trình số`).

    >>> text = "gồm: Công ty TNHH An Phát tại "
    >>> text[slice(*read_sender(text, len(text)))]
    'Công ty TNHH An Phát'
    """
    line = max(text.rfind("\n", max(0, at - 170), at) + 1, at - 170, 0)
    found = list(_SENDER.finditer(text[line:at]))
    if not found:
        return None
    body = found[-1]
    last = re.split(r"\bcủa\s+(?=[A-ZĐ])|;\s+|:\s+", body["body"])[-1]
    end = line + body.end("body")
    return end - len(last), end
