"""Syllables: the tokens of a Vietnamese text (runs of letters, runs of digits, single signs) and the key that compares them.

Token edges are rule edges: every mark of every layer begins and ends on one. The key (`fold`) makes equal what is
spelled freely in these texts: capitals, the place of the tone in open oa, oe, uy (hoà, hòa), and i for y after
h, k, l, m, q, s, t (tỉ lệ, tỷ lệ; bác sĩ, bác sỹ). It serves matching only, evidence keeps the letters of the source.
"""

import re
from functools import lru_cache

from spacy.tokens import Doc
from spacy.vocab import Vocab

CAPITALS = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
"""The capitals of the language, for character classes: the range `À-Ỵ` would hold small letters too."""
TOKEN = re.compile(r"[^\W\d_]+|\d+|\s|.", re.DOTALL)

_TONED = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_Y_FOR_I = str.maketrans("iìíỉĩị", "yỳýỷỹỵ")
_OPEN_I = re.compile(r"(?:^|[hklmst])[iìíỉĩị]$")


@lru_cache(maxsize=65536)
def fold_syllable(syllable: str) -> str:
    """The comparison key of one syllable.

    >>> fold_syllable("Hoà"), fold_syllable("hoàn"), fold_syllable("Tỉ"), fold_syllable("quý")
    ('hòa', 'hoàn', 'tỷ', 'quý')
    """
    key = syllable.lower()
    if key[-2:] in _TONED and not key.startswith("qu"):
        key = key[:-2] + _TONED[key[-2:]]
    if _OPEN_I.search(key):
        key = key.translate(_Y_FOR_I)
    return key


def fold(text: str) -> str:
    """The comparison key of a phrase: syllable keys, blanks folded, dashes made `-`.

    >>> fold("Tỉ  lệ bao phủ – UỶ BAN")
    'tỷ lệ bao phủ - ủy ban'
    """
    text = text.replace("–", "-").replace("—", "-")
    return " ".join("".join(fold_syllable(token) for token in TOKEN.findall(text)).split())


class SyllableTokenizer:
    """Text to `Doc` with one token a syllable; `doc.text` is the text, character by character."""

    def __init__(self, vocab: Vocab) -> None:
        """Keep the vocabulary in which norms are stored."""
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Tokenise; a single blank after a token belongs to it, further white space is tokens of its own."""
        words: list[str] = []
        spaces: list[bool] = []
        for token in TOKEN.findall(text):
            if token == " " and words and not spaces[-1] and not words[-1].isspace():
                spaces[-1] = True
            else:
                words.append(token)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)
