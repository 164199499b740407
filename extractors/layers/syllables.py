"""Syllables: the tokens of a Vietnamese text (runs of letters, runs of digits, single signs) and the key that compares them.

Token edges are rule edges: every mark of every layer begins and ends on one. The key (`fold`) makes equal what is
spelled freely in these texts: capitals, the place of the tone in open oa, oe, uy (hoà, hòa), and i for y after
h, k, l, m, q, s, t (tỉ lệ, tỷ lệ; bác sĩ, bác sỹ). It serves matching only, evidence keeps the letters of the source.
"""

import re
from functools import lru_cache

CAPITALS = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
"""The capitals of the language, for character classes: the range `À-Ỵ` would hold small letters too."""

_TONED = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_SPELLED = _TONED | dict(zip("iìíỉĩị", "yỳýỷỹỵ", strict=True))
_FREE = re.compile(
    r"""[ouiìíỉĩị](?:                        # one letter first: the search is fast then
    (?<=o)[àáảãạèéẻẽẹ](?![^\W\d_])                                               # hoà, khoẻ
    |(?<=u)(?<!qu)[ỳýỷỹỵ](?![^\W\d_])                                            # uỷ, thuỷ; quý has its tone where it belongs
    |(?<=[iìíỉĩị])(?![^\W\d_])(?:(?<=[hklmst].)|(?<![^\W\d_].))                  # tỉ, bác sĩ; i tế, ì ạch
    )""",
    re.VERBOSE,
)


def spell_alike(lower: str) -> str:
    """A text in small letters with tones and i/y placed one way, character by character.

    >>> spell_alike("hoà, hoàn, uỷ ban, quý, bác sĩ, i tế")
    'hòa, hoàn, ủy ban, quý, bác sỹ, y tế'
    """
    return _FREE.sub(_respelled, lower)


def _respelled(found: re.Match[str]) -> str:
    return _SPELLED[found[0]]


@lru_cache(maxsize=65536)
def fold_syllable(syllable: str) -> str:
    """The comparison key of one syllable.

    >>> fold_syllable("Hoà"), fold_syllable("hoàn"), fold_syllable("Tỉ"), fold_syllable("quý")
    ('hòa', 'hoàn', 'tỷ', 'quý')
    """
    return spell_alike(syllable.lower())


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The comparison key of a phrase: syllable keys, blanks folded, dashes made `-`.

    >>> fold("Tỉ  lệ bao phủ – UỶ BAN")
    'tỷ lệ bao phủ - ủy ban'
    """
    return " ".join(spell_alike(text.lower()).replace("–", "-").replace("—", "-").split())
