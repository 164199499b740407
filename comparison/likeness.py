"""Likeness: whether two wordings name one measure, and which wordings of a folder belong together.

Wordings with other figures (ages) or another negation are never alike; one that says all of the other, and not much more, is.
Groups do not depend on the order of reading: they form round the shortest wordings.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz

from extractors.layers.indicators import plain
from extractors.layers.syllables import fold

ENOUGH = 80.0
"""Likeness of letters from which two wordings are one measure, in percent."""
_DETAIL = re.compile(
    r"\b(?:ít nhất|tối thiểu|mỗi|một|\d+) (?:\d+ |một |mỗi )?(?:lần|năm)(?: (?:một|\d+) lần)?(?: năm)?\b"
    rf"|\bngay\b|\b(?:các )?(?:xã phường |xã ){fold('thị trấn')}\b"
)


@lru_cache(maxsize=32768)
def core(wording: str) -> str:
    """The telling words of a measure.

    >>> core("người từ 40 tuổi trở lên được đo huyết áp ít nhất mỗi năm một lần")
    'người từ 40 tuổi trở lên đo huyết áp'
    """
    return " ".join(_DETAIL.sub(" ", plain(wording)).split())


def alike(one: str, other: str) -> bool:
    """Whether two cores name one measure.

    >>> alike("hồ sơ số hóa khi tiếp nhận", "hồ sơ số hóa tiếp nhận"), alike("hồ sơ thanh toán trực tuyến", "hồ sơ nộp trực tuyến")
    (True, False)
    """
    a, b = one.split(), other.split()
    if _marks(a) != _marks(b):
        return False
    short, long = sorted((set(a), set(b)), key=len)
    if len(short) >= 4 and short <= long and len(short) >= 0.55 * len(long):
        return True
    return len(short & long) >= 0.7 * len(long) and fuzz.token_sort_ratio(one, other) >= ENOUGH


def related(one: str, others: tuple[str, ...]) -> int | None:
    """Which of other cores is the first to share most of the words of `one` in one run, without naming the same measure.

    >>> related("trạm y tế cấp phát thuốc điều trị tăng huyết áp", ("hộ nghèo", "loại thuốc điều trị tăng huyết áp"))
    1
    """
    together = f" {' | '.join(others)} "
    runs = [run for run in _runs(one) if run in together]
    return next((k for k, other in enumerate(others) if any(run in f" {other} " for run in runs)), None) if runs else None


@lru_cache(maxsize=65536)
def _runs(wording: str) -> tuple[str, ...]:
    """The runs of more than half of the words, of four at least."""
    words = wording.split()
    size = max(4, len(words) // 2 + 1)
    return tuple(f" {' '.join(words[k : k + size])} " for k in range(len(words) - size + 1))


def groups(cores: Iterable[str]) -> dict[str, str]:
    """Each core with the shortest core of its group."""
    leaders: dict[str, list[str]] = defaultdict(list)
    found: dict[str, str] = {}
    for each in sorted(set(cores), key=lambda c: (len(c.split()), c)):
        shared = Counter(leader for word in set(each.split()) for leader in leaders[word])
        near = [leader for leader, count in shared.items() if 2 * count >= len(set(leader.split())) and alike(leader, each)]
        found[each] = max(near, key=lambda leader: (fuzz.token_sort_ratio(leader, each), leader)) if near else each
        if not near:
            for word in set(each.split()):
                leaders[word].append(each)
    return found


def _marks(words: list[str]) -> tuple[frozenset[str], bool]:
    """What must be equal: figures, and whether it is denied."""
    return frozenset(w for w in words if w.isdigit()), "không" in words
