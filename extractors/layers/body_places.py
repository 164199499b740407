"""Body places: the units that bodies' names hold: `Huyện ủy Lục Ngạn`, `Sở Y tế Bắc Giang`, `UBND thị xã Mỹ Hào`.

Party and union bodies fuse the type word with their own (`huyện ủy`, `thành đoàn`), departments often leave out the word
`tỉnh`. Such words name a place only to one who asks whose body it is, so they are no marks of the layer `places`.
"""

import re
from collections.abc import Iterator

from extractors.layers.gazetteer import find
from extractors.layers.places import NAME, Place, places_in, title_case

_PARTY = re.compile(
    rf"""
    (?P<type>[TtHhQq](?<!\w.)(?:                                     # one letter first: the search is fast then
      (?<=[Tt])(?:ỉnh|hành|hị)|(?<=[Hh])uyện|(?<=[Qq])uận|(?<=T)(?:ỈNH|HÀNH|HỊ)|(?<=H)UYỆN|(?<=Q)UẬN))
    [ ]+(?i:ủy|uỷ|đoàn|đội)[ ]+(?P<name>{NAME})                    # Huyện ủy Lục Ngạn, THÀNH ĐOÀN HÀ NỘI
    """,
    re.VERBOSE,
)
_PARTY_TYPES = {"thành": "thành phố", "thị": "thị xã"}
_DEPARTMENT = re.compile(
    r"""
    [SCBT](?<!\w.)(?:(?<=S)[ởỞ]|(?<=C)(?:ông\ an|ÔNG\ AN|ục|ỤC)|(?<=T)(?:hanh\ tra|HANH\ TRA)
      |(?<=B)(?:ảo\ hiểm\ xã\ hội|ẢO\ HIỂM\ XÃ\ HỘI|HXH))
    \s(?P<rest>[^,;.()\n]{2,80})                                   # Sở Y tế Bắc Giang
    """,
    re.VERBOSE,
)


def named_places(words: str) -> list[Place]:
    """Places that a body's name holds: typed ones, those of Party and union bodies, provinces behind a department.

    >>> named_places("ĐẢNG BỘ HUYỆN TÂN PHÚ ĐẢNG ỦY XÃ BÌNH MINH")
    [Place(type='huyện', name='Tân Phú'), Place(type='xã', name='Bình Minh')]
    >>> named_places("Ban Thường vụ Huyện ủy Lục Ngạn"), named_places("Sở Y tế Bắc Giang")
    ([Place(type='huyện', name='Lục Ngạn')], [Place(type='tỉnh', name='Bắc Giang')])
    """
    return [found.place for found in places_in(words)] + list(untyped_places(words))


def untyped_places(words: str) -> Iterator[Place]:
    """Places without their own type word: behind `Huyện ủy`, or a province behind `Sở ...`."""
    for match in _PARTY.finditer(words):
        kind = match["type"].lower()
        yield Place(_PARTY_TYPES.get(kind, kind), title_case(match["name"]))
    for match in _DEPARTMENT.finditer(words):
        province = province_named(match["rest"])
        if province:
            yield province


def province_named(words: str) -> Place | None:
    """The province that words end with: `Y tế Bắc Giang`, `CÔNG THƯƠNG LÀO CAI`."""
    parts = words.rstrip(" \t\n*").split()
    for length in range(min(5, len(parts) - 1), 0, -1):
        name = " ".join(parts[-length:])
        found = [unit for unit in find(name) if unit.level == "province"] if name[0].isupper() else []
        if found:
            return Place(found[0].type, title_case(name))
    return None
