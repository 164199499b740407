"""Markers: what a line begins with when it is numbered or a bullet (Nghị định 30/2020/NĐ-CP, Phụ lục I; Party and
school habits `I-`, `1/`, `(1)` besides)."""

import re
from typing import NamedTuple

from extractors.layers.syllables import CAPITALS


class Marker(NamedTuple):
    """Marker: `family` says the numbering style, `label` the number without punctuation, `body` where the text begins."""

    family: str
    label: str
    body: int


FAMILIES = (
    ("annex", "PB", re.compile(r"(?:PHỤ LỤC|Phụ lục|BIỂU|Biểu)(?:\s+(?:(?:số|SỐ)\s*)?(?P<n>[IVX]+|\d{1,2}))?\s*(?:[.:–-]\s*|$|(?=\())")),
    ("form", "M", re.compile(r"(?P<n>(?:MẪU|Mẫu)(?:\s+(?:số|SỐ))?\s+\d{1,2}[a-zđ]?(?:\s?[/-]\s?[A-ZĐ][\w-]*)?)\s*(?:[.:–-]\s*|$|(?=\())")),
    ("part", "Pp", re.compile(r"(?P<n>(?i:phần)\s+(?:(?i:thứ)\s+)?(?:[IVX]+|\d+|(?i:nhất|hai|ba|bốn|tư|năm|sáu|bảy|tám)))\b\s*[.:/)–-]?\s*")),
    ("chapter", "Cc", re.compile(r"(?P<n>(?i:chương)\s+(?:[IVX]+|\d+))\b\s*[.:/)–-]?\s*")),
    ("item", "M", re.compile(rf"(?P<n>(?:MỤC|Mục)\s+(?:[IVX]+|\d+))\b\s*[.:/)–-]?\s*(?=[{CAPITALS}]|$)")),
    ("step", "B", re.compile(r"(?P<n>(?:BƯỚC|Bước)\s+\d{1,2})\s*[.:]\s*(?=\S)")),
    ("article", "Đ", re.compile(r"(?P<n>Điều\s+\d+[a-zđ]?)\s*[.:]\s*")),
    # I. MỤC TIÊU   II- NHIỆM VỤ   III/ TỔ CHỨC   IV) KINH PHÍ   V.TỔ CHỨC
    ("roman", "IVX", re.compile(r"(?P<n>[IVX]+)(?:\s*[./)](?!\d|v\b)|\s?[-–](?=\s*[^\W\d_]))\s*(?=\S)")),
    ("upper", "ABCDĐEFGHKLMN", re.compile(r"(?P<n>[A-HKLMNĐ])(?:[./)]|\s?[-–])\s+(?=\S)")),
    # II.1. Mục tiêu   III.2 Các xã
    ("dotted", "IVX", re.compile(rf"(?P<n>[IVX]+(?:\.\d{{1,2}}){{1,3}})(?:(?:[./):]|\s?[-–])\s*(?=[^\W\d]|[“\"(*])|\s+(?=[{CAPITALS}“\"]))")),
    # 1.1. Nội dung   2.3.1 Giai đoạn   1.1) Mục tiêu   (no figure: 1.200 người, 1.5 lần)
    ("dotted", "0", re.compile(rf"(?P<n>\d{{1,2}}(?:\s?\.\s?\d{{1,2}}){{1,4}})(?:(?:[./):]|\s?[-–])\s*(?=[^\W\d]|[“\"(*])|\s+(?=[{CAPITALS}“\"]))")),
    # 1. Mục đích   2/ Yêu cầu   3) Nội dung   4- Kinh phí   1.Mục đích   (no figure: 15/20 xã, 25/10/2023)
    (
        "arabic", "0", re.compile(
            r"(?P<n>\d{1,2})(?:(?:[.)]|/(?!\s*[A-ZĐ]{2,}\s?[-–]))\s*(?=[^\W\d]|[“\"(*])|[.)]\s+(?=\d+\s?[%\w])"
            r"|\s?[-–]\s+(?=[^\W\d])|:\s+(?=[^\W\d]))"
        ),
    ),
    ("paren", "(", re.compile(r"\((?P<n>\d{1,2}|[ivx]+)\)\s*(?=\S)")),
    ("lower", "(", re.compile(r"\((?P<n>[a-hj-uwyzđ])\)\s*(?=\S)")),
    ("lower", "abcdefghjklmnopqrstuvwxyzđ", re.compile(rf"(?P<n>[a-hj-zđ]\d?)(?:\)|[.](?=\s*[{CAPITALS}])|/(?=\s))\s*(?=\S)")),
    ("plus", "+", re.compile(r"(?P<n>\++)\s*(?=\S)")),
    ("dash", "-–—•●▪◦·", re.compile(r"(?P<n>[-–—•●▪◦·])\s*(?=\S)")),
    ("star", "*", re.compile(r"(?P<n>\*{1,3})\s*(?=\S)")),
    ("ring", "o○■□➢✓", re.compile(rf"(?P<n>[o○■□➢✓])\s+(?=[{CAPITALS}\d])")),
)
"""Family, the signs that it can begin with (0 for any figure), and its grammar."""

_BY_SIGN: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
for _family, _signs, _pattern in FAMILIES:
    for _sign in _signs:
        _BY_SIGN.setdefault(_sign, []).append((_family, _pattern))
BULLETS = frozenset({"plus", "dash", "star", "ring"})
_WORDY = frozenset({"form", "part", "chapter", "item", "step", "article"})
"""Styles whose label keeps its word as printed: `Phần I`, `PHẦN THỨ HAI`, `Mẫu số 01/HNCT`."""


def marker_of(text: str) -> Marker | None:
    """The marker a line begins with.

    >>> marker_of("2.3.1. Giai đoạn 2024 - 2025")
    Marker(family='dotted', label='2.3.1', body=7)
    >>> marker_of("V. TỔ CHỨC THỰC HIỆN").label, marker_of("- Duy trì 100%").family
    ('V', 'dash')
    >>> [marker_of(t) for t in ("25/10/2023 của Ban Bí thư", "1.200 người", "2024 - 2025", "15/20 xã", "95% dân số")]
    [None, None, None, None, None]
    """
    sign = text[:1]
    for family, pattern in _BY_SIGN.get("0" if sign.isdecimal() else sign, ()):
        match = pattern.match(text)
        if match:
            if family in _WORDY:
                return Marker(family, " ".join(match["n"].split()), match.end())
            number = "".join((match["n"] or "").split())
            if family == "annex":
                return Marker(family, f"PL.{number}" if number else "PL", match.end())
            return Marker(family, number, match.end())
    return None
