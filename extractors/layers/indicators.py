"""Indicators: which measure of the common vocabulary a plan's words name, so that plans can be compared.

A wrong indicator makes two plans look comparable that are not: near misses give None, and what a row of
`vocabulary/indicators.csv` can be confused with must score clearly lower.
"""

import math
import re
from collections import Counter
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple

from rapidfuzz import fuzz

from extractors.layers.syllables import fold
from extractors.vocabulary import rows

ENOUGH = 0.75
CLEAR = 0.04
SHARED = 0.6
"""How much of a phrase, by weight, a text must have to be compared with it."""
_WORD = re.compile(r"[^\W_]+")


class Match(NamedTuple):
    """Match: the indicator's `id` with its `score` from 0 to 1, and the next likely one; where `id` is None, the nearest."""

    id: str | None
    score: float = 0.0
    runner_up: str | None = None
    runner_up_score: float = 0.0


class Phrase(NamedTuple):
    """Phrase: one normalised naming of an indicator; `weight` is that of all its words."""

    id: str
    words: frozenset[str]
    text: str
    figures: frozenset[str]
    weight: float


@cache
def _units() -> dict[str, frozenset[str]]:
    """The units that an indicator is given in, as keys."""
    return {row["id"]: frozenset(fold(unit.strip()) for unit in row["unit"].split("|")) for row in rows("indicators")}


@cache
def _types() -> dict[str, frozenset[str]]:
    """What sort of value an indicator has; growth rates are amounts of change themselves."""
    return {
        row["id"]: frozenset((*row["value_type"].split("|"), *(["growth"] if "tăng" in row["label"] else [])))
        for row in rows("indicators")
    }


@cache
def _confusable() -> dict[str, frozenset[str]]:
    return {row["id"]: frozenset(filter(None, row["confusable_with"].split("|"))) for row in rows("indicators")}


@cache
def _replacements() -> tuple[re.Pattern[str], dict[str, str]]:
    short = {fold(row["word"]): fold(row["full"]) for row in rows("indicator_words") if row["role"] == "short"}
    words = "|".join(re.escape(word) for word in sorted(short, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)"), short


@cache
def _generic() -> re.Pattern[str]:
    generic = sorted((row["word"] for row in rows("indicator_words") if row["role"] == "generic"), key=len, reverse=True)
    words = "|".join(re.escape(fold(word)) for word in generic)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")


def plain(text: str) -> str:
    """The words of a measure that tell it from others: short forms written out, generic words left out.

    >>> plain("Tỷ lệ bao phủ BHYT trên địa bàn huyện")
    'bao phủ bảo hiểm y tế huyện'
    """
    pattern, short = _replacements()
    key = pattern.sub(lambda m: short[m[0]], fold(text))
    return " ".join(_WORD.findall(_generic().sub(" ", key)))


@cache
def _namings() -> tuple[tuple[str, str], ...]:
    """Each normalised naming of two words or more, behind its indicator."""
    found = ((row["id"], plain(naming)) for row in rows("indicators") for naming in (row["label"], *row["variants"].split("|")))
    return tuple((ident, text) for ident, text in found if len(text.split()) >= 2)


@cache
def _weights() -> dict[str, float]:
    """How telling each syllable is: rare among the indicators is telling."""
    documents = Counter(word for _, word in {(ident, word) for ident, text in _namings() for word in text.split()})
    return {word: math.log(1 + len(_units()) / count) for word, count in documents.items()}


@cache
def _phrases() -> tuple[Phrase, ...]:
    named = ((ident, text, frozenset(text.split())) for ident, text in _namings())
    return tuple(
        Phrase(ident, words, text, _figures(words), math.fsum(_weights()[word] for word in words)) for ident, text, words in named
    )


@cache
def _by_word() -> dict[str, list[int]]:
    """The numbers of the phrases that each of their telling words stands in: all the other words of a phrase are not `SHARED` of it."""
    found: dict[str, list[int]] = {}
    weights = _weights()
    for number, phrase in enumerate(_phrases()):
        words = sorted(phrase.words, key=lambda word: (weights[word], word))
        for word, reached in zip(words, accumulate(weights[word] for word in words), strict=True):
            if reached >= 0.999 * SHARED * phrase.weight:
                found.setdefault(word, []).append(number)
    return found


def _figures(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if word.isdigit())


@lru_cache(maxsize=65536)
def match(indicator_text: str, population: str | None, unit: str, *, delta: bool = False) -> Match:
    """The indicator that the words name, None where nothing is near enough or two are equally near.

    `delta` says that the number is an amount of change: only indicators that are amounts are meant then.

    >>> match("Tỷ lệ bao phủ bảo hiểm y tế", "dân số", "%").id, match("tiết mục văn nghệ", None, "tiết mục").id
    ('H.BHYT.COV', None)
    """
    text = plain(indicator_text)
    words, weights = frozenset(text.split()), _weights()
    by_word, phrases = _by_word(), _phrases()
    scores: dict[str, float] = {}
    for phrase in [phrases[number] for number in {number for word in words for number in by_word.get(word, ())}]:
        weight = math.fsum(map(weights.__getitem__, words & phrase.words))
        if weight < SHARED * phrase.weight:
            continue
        score = _likeness(text, words, phrase, weight)
        if score > scores.get(phrase.id, 0.0) and _fits(unit, phrase.id, delta) and _names(text, phrase.id):
            scores[phrase.id] = score
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:2]
    if not ranked:
        return Match(None)
    (best, score), (second, second_score) = ranked[0], (ranked[1] if len(ranked) > 1 else (None, 0.0))
    clear = score - second_score >= CLEAR or (second is not None and second not in _confusable()[best] and score >= 0.9)
    if score < ENOUGH or not clear:
        return Match(None, 0.0, best, round(score, 4))
    return Match(best, round(score, 4), second if second_score else None, round(second_score, 4))


@lru_cache(maxsize=65536)
def _fits(unit: str, ident: str, delta: bool) -> bool:
    """Whether an indicator is given in this unit; percentages and fractions are alike, frequencies are not counts."""
    units, key = _units()[ident], fold(unit)
    share = key in {"%", "fraction", "%/năm", "điểm %"}
    if share and delta:
        return bool(_types()[ident] & {"delta", "growth"})
    if share:
        return any(u.startswith("%") or u in {"đạt/không đạt", "đạt", "người/trạm", "người/thôn"} for u in units)
    if _FREQUENT.search(key):
        return key in units
    if key == "":
        return _types()[ident] != {"delta"}
    return not all("%" in u for u in units)


_FREQUENT = re.compile(r"^(?!.*đồng)[^/]+/(?:năm học|năm|quý|tháng|tuần|ngày)$")


@cache
def _conditions() -> dict[str, tuple[re.Pattern[str] | None, re.Pattern[str] | None]]:
    """What a naming must hold and must not hold, from the vocabulary."""
    return {row["id"]: (_any_of(row["requires"]), _any_of(row["excludes"])) for row in rows("indicators")}


def _any_of(words: str) -> re.Pattern[str] | None:
    keys = [re.escape(plain(word)) for word in words.split("|") if word]
    return re.compile(rf"(?<!\w)(?:{'|'.join(keys)})(?!\w)") if keys else None


def _names(text: str, ident: str) -> bool:
    required, excluded = _conditions()[ident]
    return (required is None or required.search(text) is not None) and (excluded is None or excluded.search(text) is None)


def _likeness(text: str, words: frozenset[str], phrase: Phrase, weight: float) -> float:
    """Weighted share of common syllables, which weigh `weight`, of both sides, and how alike the letters are."""
    figures = _figures(words)
    if figures and phrase.figures and figures != phrase.figures:
        return 0.0
    said = weight / math.fsum(_weights().get(word, 2.5) for word in words)
    return 0.4 * weight / phrase.weight + 0.3 * said + 0.3 * fuzz.token_sort_ratio(text, phrase.text) / 100
