"""Measures: the level of a target in a common unit, and only by conversions that are exact.

`15/20 xã` is 75 %, a fraction and ‰ are %, vạn dân is 10.000 dân, money is in million đồng. Everything else stays in its
own unit, and two units are never taken for one another.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from extractors.layers.syllables import fold
from schemas.comparison import Position
from schemas.facts import Target

_SCALES: tuple[tuple[str, dict[str, float]], ...] = (
    ("%", {"%": 1.0, "‰": 0.1, "fraction": 100.0, "phần trăm": 1.0}),
    ("triệu đồng", {"đồng": 1e-6, "nghìn đồng": 1e-3, "ngàn đồng": 1e-3, "triệu đồng": 1.0, "tỷ đồng": 1e3, "nghìn tỷ đồng": 1e6}),
    ("tấn", {"kg": 1e-3, "yến": 1e-2, "tạ": 0.1, "tấn": 1.0}),
    ("km", {"m": 1e-3, "mét": 1e-3, "km": 1.0}),
)
_FACTORS = {fold(unit): (factor, common) for common, scale in _SCALES for unit, factor in scale.items()}
_TEN_THOUSAND = {fold(words) for words in ("vạn dân", "1 vạn dân", "một vạn dân", "10.000 dân", "10.000 người", "10.000 người dân")}
_WORDS = {fold(word): common for word, common in (("bác sĩ", "bác sĩ"), ("sản phẩm OCOP", "sản phẩm"), ("giường", "giường bệnh"))}
_SHARE = re.compile(r"(?<![\d/.,])(?P<part>\d{1,3}(?:\.\d{3})*|\d+)\s?/\s?(?P<whole>\d{1,3}(?:\.\d{3})+|\d+)(?![\d/])\s*(?P<noun>[^\W\d]+)?")


_SIGNS = {"ge": "≥ ", "gt": "> ", "le": "≤ ", "lt": "< ", "approx": "≈ "}
_CHANGES = {"increase_by": "+", "decrease_by": "-", "increase_to": "↑ ", "decrease_to": "↓ ", "multiply_by": "× "}
Leveled = Target | Position
"""What has a level as printed."""


class Measure(NamedTuple):
    """Measure: bounds in a common unit; `low` is `high` where there is one value. `whole` is the 20 of 15/20 xã."""

    low: float
    high: float
    unit: str
    part: str | None = None
    whole: float | None = None


def measure_of(target: Target) -> Measure:
    """The level of a target in its common unit."""
    share = share_of(target)
    if share is not None:
        return share
    factor, unit = scale_of(target.unit)
    high = target.value if target.value_high is None else target.value_high
    return Measure(round(target.value * factor, 6), round(high * factor, 6), unit)


def share_of(target: Target) -> Measure | None:
    """`15/20 xã` as percentage, where the plan prints it so and the target holds the counted part."""
    if target.kind != "count" or target.change is not None:
        return None
    for found in _SHARE.finditer(target.evidence.quote):
        part, whole = (float(found[name].replace(".", "")) for name in ("part", "whole"))
        if part == target.value and whole >= part and whole > 1:
            return Measure(round(100 * part / whole, 6), round(100 * part / whole, 6), "%", fold(target.unit), whole)
    return None


@lru_cache(maxsize=8192)
def scale_of(unit: str) -> tuple[float, str]:
    """Factor and common unit of a unit as printed.

    >>> scale_of("bác sĩ/vạn dân"), scale_of("‰"), scale_of("tỷ đồng"), scale_of("tiêu chí/xã")
    ((1.0, 'bác sĩ/10.000 dân'), (0.1, '%'), (1000.0, 'triệu đồng'), (1.0, 'tiêu chí/xã'))
    """
    head, *rest = (" ".join(part.split()) for part in unit.split("/"))
    factor, head = _FACTORS.get(fold(head), (1.0, _WORDS.get(fold(head), head.lower())))
    return factor, "/".join([head, *("10.000 dân" if fold(part) in _TEN_THOUSAND else part.lower() for part in rest)])


def words_of(value: float) -> str:
    """A number as Vietnamese print it.

    >>> words_of(97.0), words_of(12.5)
    ('97', '12,5')
    """
    return f"{value:.10g}".replace(".", ",")


def level_words(target: Leveled) -> str:
    """The level of a target as a short sign, a fraction as a percentage.

    >>> from schemas.facts import Evidence
    >>> fields = dict(id="t", text="", kind="percentage", indicator_text="", evidence=Evidence(start=0, end=0, quote=""))
    >>> level_words(Target(comparator="gt", value=97, unit="%", **fields))
    '> 97 %'
    >>> level_words(Target(comparator="ge", value=0.6667, unit="fraction", **fields))
    '≥ 66,67 %'
    """
    scale, unit = (100, "%") if target.unit == "fraction" else (1, target.unit or "")
    numbers = [round(number * scale, 6) for number in (target.value, target.value_high) if number is not None]
    return f"{_CHANGES.get(target.change or '', '')}{_SIGNS.get(target.comparator or '', '')}{' - '.join(map(words_of, numbers))} {unit}"
