"""Organizations: a body's name completed from what the document says of itself, where that is certain.

`Trạm Y tế xã` in the plan of xã Hòa Phong is `Trạm Y tế xã Hòa Phong`; `Sở Y tế` under a plan that lies in tỉnh Bắc
Giang is `Sở Y tế tỉnh Bắc Giang`. A level that the document does not name stays bare.
"""

from functools import lru_cache

from extractors.layers.identity import Identity, identity_of
from extractors.layers.marks import Doc
from extractors.layers.syllables import fold
from extractors.layers.unit_grammar import Found

_PARTY_SEATS = {
    fold(name): fold(level)
    for name, level in {
        "huyện ủy": "huyện", "tỉnh ủy": "tỉnh", "thị ủy": "thị xã", "thành ủy": "thành phố", "quận ủy": "quận", "huyện đoàn": "huyện", "tỉnh đoàn": "tỉnh",
    }.items()
}  # fmt: skip
_COMMUNES = frozenset(map(fold, ("xã", "phường", "thị trấn", "đặc khu")))
_LEVELS = tuple(map(fold, ("thành phố", "thị xã", "thị trấn", "đặc khu", "huyện", "quận", "tỉnh", "xã", "phường")))


def completed(doc: Doc, found: Found) -> str:
    """The canonical name of a body, with its place where the document's own places give it."""
    if found.plural or found.placed:
        return found.name
    whose = identity_of(doc)
    if found.need == "cue" and whose.issuer and fold(whose.issuer).startswith(f"{_key(found.name)} "):
        return whose.issuer
    places = _places(doc)
    if not places:
        return found.name
    key = _key(found.name)
    if found.level_word:
        level = _key(found.level_word)
        place = places.get(level)
        return f"{found.name} {place}" if place and key.endswith(level) else found.name
    if key in _PARTY_SEATS:
        place = places.get(_PARTY_SEATS[key])
        return f"{found.name} {place}" if place else found.name
    if key == "trạm y tế" and fold(whose.unit_type or "") in _COMMUNES:
        return f"{found.name} {whose.unit_type} {whose.unit_name}"
    if key.startswith("sở ") and found.kind == "department" and found.level == "province":
        return _of_province(found.name, places)
    return found.name


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    return fold(name)


def _of_province(name: str, places: dict[str, str]) -> str:
    for word in ("tỉnh", "thành phố"):
        if word in places and (word == "tỉnh" or len(places) == 1):
            return f"{name} {word} {places[word]}"
    return name


def _places(doc: Doc) -> dict[str, str]:
    """Level word to place name, for the document's own place and those it says it lies in; worked out once."""
    if "places of levels" not in doc.user_data:
        doc.user_data["places of levels"] = _by_level(identity_of(doc))
    places: dict[str, str] = doc.user_data["places of levels"]
    return places


def _by_level(whose: Identity) -> dict[str, str]:
    found: dict[str, str] = {}
    if whose.unit_type and whose.unit_name:
        found[fold(whose.unit_type)] = whose.unit_name
    for place in whose.within:
        for word in _LEVELS:
            if fold(place).startswith(word + " "):
                found.setdefault(word, place[len(word) + 1 :])
                break
    return found
