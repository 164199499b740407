"""Orthography: whether letters can be a Vietnamese syllable at all.

A syllable is an onset, a rhyme and at most one tone; a word with Vietnamese marks that breaks this is a slip of typing
or recognition (`nốỉ`, `banhành`). Words without any mark may be foreign or an abbreviation and are not judged.
"""

import re
import unicodedata

TONES = "\u0300\u0301\u0303\u0309\u0323"
"""The five tone marks, as they combine with a vowel."""
_MARKS = frozenset("\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b")
_ONSET = "(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x)?"
_RHYMES = """
a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt ă â âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu êc êng
i ia iêc iêm iên iêng iêp iêt iêu ich im in inh ip it iu ê êm
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oem oen oeo oet oi om on ong ooc oong op ot
ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt ơng
u ua uân uâng uât uây uâ uôc uôi uôm uôn uông uôt uc ui um un ung up ut uê uêch uên uênh uơ uy uya uych uyên uyêt uynh uyt uyu uyn uyp uâc uau
ư ưa ưc ưi ưm ưn ưng ươ ươc ươi ươm ươn ương ươp ươt ươu ưt ưu ưp
y ych ynh yt yêm yên yêng yêt yêu ya yêc yê
"""
_SYLLABLE = re.compile(f"{_ONSET}(?:{'|'.join(sorted(set(_RHYMES.split()), key=len, reverse=True))})")


_RUN = re.compile(r"[^\W_]+")
_WORD = re.compile(r"[^\W\d_A-Z]{2,}")


_MOST = 65536
_right: set[str] = set()
"""What has been found between two blanks without a slip in it: so a look tells what is new in a text."""


def slips(text: str) -> set[str]:
    """The words of small letters in a text that are no possible syllables.

    >>> sorted(slips("banhành/nốỉ, (ban) BANHÀNH"))
    ['banhành', 'nốỉ']
    """
    found: set[str] = set()
    for printed in set(text.split()) - _right:
        wrong = {word for word in _RUN.findall(printed) if word.islower() and is_impossible(word) and _WORD.fullmatch(word)}
        if not wrong and len(_right) < _MOST:
            _right.add(printed)
        found |= wrong
    return found


def is_impossible(word: str) -> bool:
    """Whether a lower-case word carries Vietnamese marks and is no possible syllable.

    >>> [is_impossible(w) for w in ("nốỉ", "banhành", "khuỷu", "nghiêng", "quyết", "internet", "giữ", "xoong")]
    [True, True, False, False, False, False, False, False]
    """
    letters = unicodedata.normalize("NFD", word)
    if not (_MARKS & set(letters)):
        return False
    tones = sum(c in TONES for c in letters)
    bare = unicodedata.normalize("NFC", "".join(c for c in letters if c not in TONES))
    return tones > 1 or not _SYLLABLE.fullmatch(bare)
