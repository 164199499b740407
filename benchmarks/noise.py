"""Noise: how the scores fall as a text is damaged the way scanning and typing damage it.

    python -m benchmarks.noise [--count 40] [--seed 5]

A share of the letters is struck, each time by one of the errors seen in public copies of plans. The truth stays what it was; a fact
whose own words are struck is found if it is still alike enough.
"""

import argparse
from collections.abc import Callable, Iterable
from random import Random

from benchmarks.generated import sources
from benchmarks.scores import FAMILIES, Rows, score
from corpus.markup import Source

LEVELS = (0.0, 0.002, 0.005, 0.01, 0.02)
_TONES = (
    "aàáảãạ", "ăằắẳẵặ", "âầấẩẫậ", "eèéẻẽẹ", "êềếểễệ", "iìíỉĩị", "oòóỏõọ", "ôồốổỗộ", "ơờớởỡợ", "uùúủũụ", "ưừứửữự", "yỳýỷỹỵ",
)  # fmt: skip
_TONE_OF = {letter: row for row in _TONES for letter in row}
_LOOKS = {
    "0": "O",
    "1": "l",
    "l": "1",
    "5": "S",
    "đ": "d",
    "Đ": "D",
    "ư": "ƣ",
    "m": "rn",
    "ơ": "o",
    "ô": "o",
    "â": "a",
    "ê": "e",
    "c": "e",
}


def damaged(text: str, share: float, seed: int) -> str:
    """The text with a share of its letters and signs struck.

    >>> damaged("Quyết định", 0.0, 1)
    'Quyết định'
    """
    random = Random(seed)
    return "".join(_struck(char, random) if char != "\n" and random.random() < share else char for char in text)


def _struck(char: str, random: Random) -> str:
    if char in "-–":
        return ""  # a lost hyphen: QĐUBND
    if char == " ":
        return random.choice(["", "  "])  # glued or torn words
    if char in _LOOKS and random.random() < 0.5:
        return _LOOKS[char]
    if char in _TONE_OF:
        return random.choice(_TONE_OF[char])  # a slip of the tone
    if char.isalpha():
        return random.choice([char + char, "", char.swapcase()])  # doubled, dropped, wrong case
    return char if char.isdigit() else ""


def curve(plans: Iterable[Source], seed: int = 5) -> dict[float, Rows]:
    """Scores at each level of noise."""
    kept = list(plans)
    return {level: score(kept, _damage(level, seed)) for level in LEVELS}


def _damage(level: float, seed: int) -> Callable[[str], str]:
    return lambda text: damaged(text, level, seed)


def main() -> None:
    """Print F1 by family and level."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    found = curve(sources(options.seed, options.count))
    print(f"{'letters struck':<17}" + "".join(f"{level:>8.1%}" for level in LEVELS))
    for family in FAMILIES:
        print(f"{family:<17}" + "".join(f"{found[level][family].f1:>8.3f}" for level in LEVELS))


if __name__ == "__main__":
    main()
