"""Denominators: of whom or of what a share is, as a class, so that shares of different groups are not compared.

A missing denominator is implied by the indicator and agrees with any. A group limited by age or use (`người từ 40 tuổi trở
lên`, `người sử dụng dịch vụ`) is another group than the population; where one says more than the other of the same group
(`trạm y tế`, `trạm y tế xã`), they agree.
"""

import re
from functools import lru_cache

from extractors.layers.syllables import fold

_PEOPLE = re.compile(r"(?:dân số|người dân|nhân dân|dân cư|cư dân|dân)(?: thường trú)?")
_UNITS = "|".join(map(fold, ("xã", "huyện", "tỉnh", "thị xã", "thành phố", "quận", "phường", "thị trấn")))
_SCOPE = re.compile(
    rf"(?<!\w)(?:trên địa bàn(?: (?:toàn )?(?:{_UNITS}))?|(?:của |toàn )(?:{_UNITS})|tổng số|mỗi|các|số|trở lên|từng|toàn bộ)(?!\w)"
)
_AGE = re.compile(r"(?:từ |dưới |trên )?(?P<age>(?<!\d)\d{1,9}) tuổi")
_USERS = re.compile(r"(?<!\w)(?:sử dụng|dùng|có nguy cơ|bị|mắc|nhiễm)(?!\w)")
_HOUSES = re.compile(r"^hộ(?: gia đình| dân)?")


@lru_cache(maxsize=65536)
def group_of(population: str | None, indicator_text: str = "") -> str:
    """The class of a denominator, empty where it is left to the indicator.

    >>> group_of("dân số thường trú"), group_of("người dân"), group_of("người từ 14 tuổi trở lên"), group_of(None)
    ('people', 'people', 'age 14', '')
    >>> group_of("người dân", "người dân sử dụng dịch vụ chăm sóc ban đầu")
    'users'
    """
    key = fold(population or indicator_text)
    age = _AGE.search(key)
    if age:
        return f"age {age['age']}"
    if "trưởng thành" in key:
        return "age 18"
    if not population:
        return ""
    key = " ".join(_SCOPE.sub(" ", key).split())
    if _PEOPLE.match(key) and (_USERS.search(key) or (indicator_text and _USERS.search(fold(indicator_text)[:40]))):
        return "users"
    if _PEOPLE.fullmatch(key):
        return "people"
    if _HOUSES.match(key):
        return key if _USERS.search(key) else "households"
    return key


def agree(one: str, other: str) -> bool:
    """Whether two classes can be the same group.

    >>> agree("trạm y tế", "trạm y tế xã"), agree("people", "age 14"), agree("", "people"), agree("thôn", "thôn , bản")
    (True, False, True, True)
    """
    if not one or not other or one == other:
        return True
    if one in {"people", "users", "households"} or other in {"people", "users", "households"} or one[:3] == "age" or other[:3] == "age":
        return False
    a, b = (set(re.findall(r"[^\W_]+", words)) for words in (one, other))
    return a <= b or b <= a
