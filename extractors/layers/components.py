"""Components: the things counted that one number is said of together (`số vụ, số người chết và số người bị thương`)."""

import re

from extractors.layers.clauses import Stretch
from extractors.layers.folded import folded_pattern

_LISTED = folded_pattern(
    r"số_[^,.;]{2,30}(?:,_số_[^,.;]{2,30}?){0,20}_và_(?:cả_)?số_[^,.;]{2,30}?(?=_do(?![^\W\d_])|_vì|_bởi|_so_với|[,.;]|$)"
)
_END = folded_pattern(r"_so_với|[,.;]|$")
_ALL_THREE = folded_pattern(r"cả_(?:0?3|ba)_(?:tiêu_chí|mặt|chỉ_số)")
_TRAFFIC = ("số vụ", "số người chết", "số người bị thương")
"""The three criteria of every plan on traffic safety."""


def components(key: str, text: str, clause: Stretch) -> tuple[str, ...]:
    """The names of what one number of a clause is said of, each with the words that they share; nothing if it is one.

    >>> text = "giảm 5% số vụ, số người chết và số người bị thương do tai nạn giao thông so với năm 2023"
    >>> components(text, text, Stretch(0, len(text)))[1]
    'số người chết do tai nạn giao thông'
    """
    listed = _LISTED.search(key, *clause)
    if listed:
        end = _END.search(key, listed.end(), clause.end)
        tail = text[listed.end() : end.start() if end else clause.end]
        names = re.split(r",\s|\svà\s(?:cả\s)?", text[listed.start() : listed.end()])
        return tuple(" ".join(f"{name} {tail}".split()) for name in names)
    if _ALL_THREE.search(key, *clause) and key.find("giao thông", *clause) >= 0:
        return tuple(f"{name} do tai nạn giao thông" for name in _TRAFFIC)
    return ()
