"""Bodies: the canonical name of an issuing body from its capitals in the letterhead.

The letterhead prints `ỦY BAN NHÂN DÂN HUYỆN TÂN PHÚ`; the name is `UBND huyện Tân Phú`. Capitals are undone as offices
write them: each part of a field name begins with a capital (`Sở Thông tin và Truyền thông`), so does each syllable of a
place (`tỉnh Hải Dương`).
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from extractors.layers.body_places import untyped_places
from extractors.layers.places import Place
from extractors.layers.syllables import fold
from extractors.vocabulary import rows
from schemas.facts import Level, OrganizationKind

PLACE = re.compile(
    r"(?P<type>tỉnh|thành phố|tp\.?|thị xã|tx\.?|huyện|quận|xã|phường|thị trấn|đặc khu)\s+(?P<name>(?!ủy|uỷ|hội)\S.*)$", re.IGNORECASE
)
COMMITTEE = re.compile(r"(?:ủy|uỷ) ban nhân dân|u\.?b\.?n\.?d", re.IGNORECASE)
_SHORT = re.compile(r"\b(?:BCH|BTV|BTT|UBND|HĐND|MTTQ|TNCS|LHPN|CCB|THPT|THCS|TTTT|CNTT|GDNN|GDTX|TDTT|TTYT|BHXH|KH|KT|VPĐP|UB|TT)\b")
_EXPANDED = {
    "BCH": "Ban Chấp hành", "BTV": "Ban Thường vụ", "BTT": "Ban Thường trực", "UB": "Ủy ban", "TTYT": "Trung tâm Y tế",
    "BHXH": "Bảo hiểm xã hội",
}  # fmt: skip
_PROPER = re.compile(r"VIỆT NAM|HỒ CHÍ MINH|TỔ QUỐC")
_TYPES = re.compile(r"\b(tp|tx)\.?\s+(?=[^\W\d_])", re.IGNORECASE)
_TYPE_WORDS = {"tp": "thành phố", "tx": "thị xã"}
_SCHOOL = re.compile(
    r"(?P<type>trường\s+(?:phổ thông\s+)?(?:dân tộc\s+)?(?:nội trú\s+|bán trú\s+)?"
    r"(?:th&thcs|thpt|thcs|tiểu học|mầm non|mẫu giáo|th)\b(?:\s+và\s+(?:thcs|thpt))?)\s+(?P<name>.+)$",
    re.IGNORECASE,
)
_TWO_SYLLABLE_HEADS = frozenset(
    {
        "trung tâm", "văn phòng", "ủy ban", "bệnh viện", "công an", "chi cục", "thanh tra", "học viện", "đại học", "hội đồng",
        "đảng ủy", "đảng bộ", "huyện ủy", "tỉnh ủy", "thành ủy", "thị ủy", "quận ủy", "liên đoàn", "công đoàn", "bảo hiểm", "kho bạc",
    }
)  # fmt: skip
_SMALL = frozenset({"và", "của", "các", "về", "theo", "ngành", "với"})
CENTRAL_CITIES = frozenset(fold(name) for name in ("hà nội", "hải phòng", "đà nẵng", "cần thơ", "hồ chí minh", "huế"))
_CITY = re.compile(r"\b(?:thành phố|tp\.?)\s")
_LEVELS: tuple[tuple[re.Pattern[str], Level], ...] = (
    (re.compile(r"\bthị trấn\b"), "commune"), (re.compile(r"\bthị xã\b"), "district"), (re.compile(r"\btỉnh\b"), "province"),
    (re.compile(r"\b(?:huyện|quận)\b"), "district"), (re.compile(r"\b(?:phường|đặc khu|xã)\b"), "commune"),
    (re.compile(r"^(?:sở|tỉnh ủy)"), "province"), (re.compile(r"^(?:phòng|huyện ủy|thị ủy|quận ủy|thành ủy)"), "district"),
    (re.compile(r"^(?:bộ|chính phủ|thủ tướng|quốc hội|ban bí thư)"), "central"),
)  # fmt: skip
_KINDS: tuple[tuple[re.Pattern[str], OrganizationKind], ...] = (
    (re.compile(r"^ubnd|^ủy ban nhân dân"), "people_committee"),
    (re.compile(r"^hđnd|^hội đồng nhân dân"), "people_council"),
    (re.compile(r"^(?:ban thường trực )?(?:ủy ban |ub )?(?:mttq|mặt trận)|^(?:ban chấp hành )?đoàn |^hội "), "front_and_unions"),
    (re.compile(r"^liên đoàn|^công đoàn|^(?:ban chấp hành|ban thường vụ) (?:đoàn|hội)"), "front_and_unions"),
    (re.compile(r"^(?:huyện|tỉnh|thành|thị|quận|đảng) ủy|^đảng bộ|^chi bộ|^bộ chính trị"), "party"),
    (re.compile(r"^ban (?:chấp hành|thường vụ|tuyên giáo|tổ chức|dân vận|bí thư)"), "party"),
    (re.compile(r"^trường|^đại học|^học viện"), "school"),
    (re.compile(r"^trạm y tế|^trung tâm y tế|^bệnh viện|^phòng khám"), "health_facility"),
    (re.compile(r"^công an"), "police"),
    (re.compile(r"quân sự|^bộ đội|biên phòng"), "military"),
    (re.compile(r"^bảo hiểm xã hội"), "social_insurance"),
    (re.compile(r"^bộ |^chính phủ|^thủ tướng|^quốc hội"), "ministry"),
    (re.compile(r"^ban chỉ đạo|^ban tổ chức|^tổ công tác|^đoàn kiểm tra|^hội đồng|^ban chỉ huy"), "steering_committee"),
    (re.compile(r"^đài|^báo"), "media"),
    (re.compile(r"^sở|^phòng|^ban|^chi cục|^cục|^trung tâm|^văn phòng|^thanh tra"), "department"),
)  # fmt: skip


def canonical_body(printed: str) -> str:
    """The name of a body printed in capitals; mixed case is kept but for `UBND`.

    >>> canonical_body("ỦY BAN NHÂN DÂN HUYỆN TÂN PHÚ"), canonical_body("SỞ THÔNG TIN VÀ TRUYỀN THÔNG")
    ('UBND huyện Tân Phú', 'Sở Thông tin và Truyền thông')
    >>> canonical_body("HUYỆN ỦY LỤC NGẠN"), canonical_body("SỞ Y TẾ KIÊN GIANG")
    ('Huyện ủy Lục Ngạn', 'Sở Y tế Kiên Giang')
    """
    name = " ".join(printed.split())
    if name == name.upper():
        name = _with_places(_undo_capitals(name), untyped_places(name))
    name = _TYPES.sub(lambda m: _TYPE_WORDS[m[1].lower()] + " ", COMMITTEE.sub("UBND", name, count=1))
    return _long_form().sub(lambda m: _long_names()[m[0]], name)


@cache
def _long_names() -> dict[str, str]:
    """Long forms of what letterheads shorten (`PTNT`, `GD&ĐT`); `UBND` and `MTTQ` are names as they are."""
    return {row["abbr"]: row["name"] for row in rows("body_abbreviations")}


@cache
def _long_form() -> re.Pattern[str]:
    shorts = "|".join(re.escape(short) for short in sorted(_long_names(), key=len, reverse=True))
    return re.compile(rf"(?<![\w&])(?:{shorts})(?![\w&])")


def _with_places(name: str, places: Iterable[Place]) -> str:
    """The capitals of places that stand without a type word: `Huyện ủy Lục Ngạn`, `Sở Y tế Kiên Giang`."""
    for place in places:
        name = re.sub(re.escape(place.name), place.name, name, flags=re.IGNORECASE)
    return name


def _undo_capitals(name: str) -> str:
    school = _SCHOOL.match(name)
    if school and not PLACE.search(name):
        return f"{_sentence_case(school['type'])} {title_case(school['name'])}"
    place = PLACE.search(name)
    field = name[: place.start()] if place else name
    kept = {m[0].lower(): _EXPANDED.get(m[0], m[0]) for m in _SHORT.finditer(field)}
    kept |= {word.lower(): word.capitalize() for m in _PROPER.finditer(field) for word in m[0].split()}
    words = field.lower().split()
    out = []
    for k, word in enumerate(words):
        bare = word.strip(",;")
        if bare in kept:
            out.append(word.replace(bare, kept[bare]))
        elif k == 0 or _begins_part(words, k):
            out.append(word[:1].upper() + word[1:])
        else:
            out.append(word)
    if place:
        out += [place["type"].lower(), title_case(place["name"])]
    return " ".join(out)


def _sentence_case(words: str) -> str:
    """`TRƯỜNG THCS` is `Trường THCS`: capitals stay on abbreviations only."""
    cased = [word if _SHORT.fullmatch(word) or "&" in word else word.lower() for word in words.split()]
    return " ".join([cased[0].capitalize(), *cased[1:]])


def _begins_part(words: list[str], k: int) -> bool:
    """Whether a syllable begins a field name: behind the head, behind `và`, a dash or a comma."""
    before = words[k - 1]
    if words[k] in _SMALL or not words[k][0].isalpha():
        return False
    return before in {"và", "-", "–"} or before.endswith(",") or k == _head_length(words)


def _head_length(words: list[str]) -> int:
    """How many syllables the head takes: `Sở`, `Trung tâm`, `Ủy ban`, `Ban Chấp hành`."""
    return 2 if fold(" ".join(words[:2])) in _TWO_SYLLABLE_HEADS else 1


def title_case(name: str) -> str:
    """Each syllable with a capital: `LỤC NGẠN` is `Lục Ngạn`; a name in mixed case stays.

    >>> title_case("LỤC NGẠN"), title_case("Mỹ Hào"), title_case("1")
    ('Lục Ngạn', 'Mỹ Hào', '1')
    """
    return " ".join(word[:1].upper() + word[1:].lower() for word in name.split()) if name == name.upper() else name


@lru_cache(maxsize=4096)
def level_of(name: str) -> Level | None:
    """The level that a body's name signals by its type word or its own word."""
    key = fold(name)
    if _CITY.search(key):
        city = _CITY.split(key)[-1]
        return "province" if any(city.startswith(c) for c in CENTRAL_CITIES) else "district"
    return next((level for pattern, level in _LEVELS if pattern.search(key)), None)


@lru_cache(maxsize=4096)
def kind_of(name: str) -> OrganizationKind:
    """The kind of a body by the head of its name."""
    key = fold(name)
    return next((kind for pattern, kind in _KINDS if pattern.search(key)), "other")
