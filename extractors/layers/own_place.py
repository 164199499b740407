"""Own place: whose plan a document is, as far as it says so itself.

Where the issuing lines name a unit, that is the place. Else everything that can tell it is weighed: who issues in the
preamble, who signs, `trên địa bàn xã X` in the title, the place of the date line (the seat's name, no proof alone), who
else is named. What the unit lies in comes from the superior lines, the issuers of what the plan carries out, and the
recipients; a title may be copied from the superior's plan, so its places weigh less than the issuers'.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.layers.body_places import named_places, untyped_places
from extractors.layers.gazetteer import find, key_of, level_of_type
from extractors.layers.letterhead import letterhead_of
from extractors.layers.lines import CLOSING, PREAMBLE, RECIPIENTS, SIGNATURE, TITLE, lines_of
from extractors.layers.marks import Doc, of, text_of
from extractors.layers.places import LAYER, NAME, Found, Place, places_in, title_case

OwnPlace = tuple[str | None, str | None, tuple[str, ...], str | None]
NOWHERE: OwnPlace = (None, None, (), None)

_RANKS = {"commune": 0, "district": 1, "province": 2, "central": 3}
_TYPE = r"(?P<type>tỉnh|thành\s+phố|thị\s+xã|thị\s+trấn|huyện|quận|phường|xã|đặc\s+khu)"
_NAMED = re.compile(rf"{NAME}", re.VERBOSE)
_BODY = r"""(?:ubnd|nhân\ dân|hđnd|ủy|uỷ|việt\ nam|hồ\ chí\ minh|mttq|đảng\ bộ|công\ an|quân\ sự|y\ tế|lao\ động|công\ đoàn
    |nông\ dân|phụ\ nữ|chiến\ binh|thanh\ niên|ban\ chỉ\ đạo)"""
_VERB = r"(?:ban\s+hành|xây\s+dựng|lập|đề\s+ra|triển\s+khai|tổ\s+chức)\b"
_ISSUING = re.compile(
    rf"(?i:(?<!\w){_BODY}\s+{_TYPE})(?P<name>\s+[^,;:.]{{1,40}}?)?\s*,?\s+(?i:{_VERB})", re.VERBOSE
)  # UBND huyện xây dựng, Ủy ban nhân dân xã Hòa Phong ban hành
_AREA = re.compile(rf"(?:địa\s+bàn|toàn|của)\s+{_TYPE}\b(?P<rest>.{{0,40}})", re.IGNORECASE)
_OTHER_WORD = re.compile(r"\s*(?:ủy|uỷ|hội|đoàn)", re.IGNORECASE)
_IN_AREA = re.compile(r"địa\s+bàn\s+$")
_ENDS = re.compile(rf"{_BODY}\s+{_TYPE}\s*$", re.IGNORECASE | re.VERBOSE)
_OF_BODY = re.compile(rf"(?:{_BODY}|\bcủa\s[^,;.:]{{2,70}})\s*$", re.IGNORECASE | re.VERBOSE)
_BELOW = re.compile(
    r"""(?:ubnd|đảng\ ủy|hđnd)(?:\s*,\s*(?:ubnd|hđnd))?\s+(?:các|\d+)\s+      # UBND các xã, thị trấn
    (?P<type>xã|phường|thị\ trấn|huyện|thị\ xã|thành\ phố|quận)""",
    re.IGNORECASE | re.VERBOSE,
)
_ISSUER_RANKS = (
    (re.compile(r"sở\b|tỉnh (?:ủy|uỷ|đoàn)", re.IGNORECASE), 2),
    (re.compile(r"phòng\b|(?:huyện|thị|quận) (?:ủy|uỷ|đoàn)", re.IGNORECASE), 1),
    (re.compile(r"trạm\b|đảng (?:ủy|uỷ) xã", re.IGNORECASE), 0),
)
_CENTRAL = re.compile(
    r"""bộ\ (?!chỉ\ huy|đội|tư\ lệnh|phận)|chính\ phủ|thủ\ tướng|quốc\ hội|tổng\ cục|ban\ bí\ thư|trung\ ương|kiểm\ toán
    |ngân\ hàng\ nhà\ nước""",
    re.IGNORECASE | re.VERBOSE,
)
_SCHOOL = re.compile(r"trường\b", re.IGNORECASE)
_CHAIN = re.compile(r"\s*(?:,|thuộc|-|–)\s*$")
_TELLING = frozenset({TITLE, PREAMBLE, CLOSING, SIGNATURE, RECIPIENTS})
_ENOUGH_OWN, _ENOUGH_PARENT = 25.0, 10.0


class Vote(NamedTuple):
    """Vote: how much speaks for a place, and where it was read that weighs most."""

    weight: float
    source: str


class _Naming(NamedTuple):
    """_Naming: a line that can tell the place, with the places that it names by their type word and without."""

    kind: str
    words: str
    places: Sequence[Found]
    untyped: Sequence[Place]


Votes = dict[Place, Vote]


def place_of(doc: Doc, letterhead_issuer: str | None) -> OwnPlace:
    """Type, name, what the document says it lies in (nearest first), and where that was read.

    `letterhead_issuer` is the issuer that the preamble names, for documents without issuing lines.
    """
    printed = letterhead_of(doc).bodies
    bodies = [words for words, _ in printed] or [letterhead_issuer or ""]
    head = sorted((place for words in bodies for place in named_places(words)), key=rank_of)
    issuer = bodies[-1]
    if not head and _CENTRAL.match(issuer):
        return NOWHERE
    namings = _namings(doc)
    votes, types = _evidence(namings, issuer)
    if head:
        own, source = _seat(doc, head[0], votes, issuer) or (head[0], "header" if printed else "preamble")
    else:
        chosen = _choose(doc, votes, types)
        if chosen is None:
            return NOWHERE
        own, source = chosen
    if _SCHOOL.match(issuer) and rank_of(own) == 2:  # a school under a province's department speaks for no province
        return NOWHERE
    return own.type, own.name, _within(doc, namings, own, head), source


def _namings(doc: Doc) -> list[_Naming]:
    text, telling = text_of(doc), (line for line in lines_of(doc) if line.kind in _TELLING)
    read = ((line.kind, text[line.start : line.end]) for line in telling)
    return [_Naming(kind, words, list(places_in(words)), list(untyped_places(words))) for kind, words in read]


def rank_of(place: Place) -> int:
    """0 commune, 1 district, 2 province."""
    return _RANKS[level_of_type(place.type, place.name)]


def _evidence(namings: Sequence[_Naming], issuer: str) -> tuple[Votes, dict[str, float]]:
    """Votes for named places and for types without a name."""
    votes: dict[Place, list[tuple[float, str]]] = defaultdict(list)
    types: dict[str, float] = defaultdict(float)
    generic = _ENDS.search(issuer)
    if generic:
        types[_word(generic["type"])] += 60
    for naming in namings:
        kind, words, places, _ = naming
        if kind in {TITLE, PREAMBLE, CLOSING}:
            _read_prose(naming, votes, types)
        elif kind == SIGNATURE:
            signs = _ENDS.search(words.strip())
            if signs:
                types[_word(signs["type"])] += 40
            for found in places:
                votes[found.place].append((70, "signature"))
        elif kind == RECIPIENTS:
            for found in places:
                votes[found.place].append((3, "recipients"))
            for below in _BELOW.finditer(words):
                types["huyện" if below["type"].lower() in {"xã", "phường", "thị trấn"} else "tỉnh"] += 5
    return {place: Vote(sum(w for w, _ in given), max(given)[1]) for place, given in votes.items()}, dict(types)


def _read_prose(naming: _Naming, votes: dict[Place, list[tuple[float, str]]], types: dict[str, float]) -> None:
    kind, words, places, untyped = naming
    for match in _ISSUING.finditer(words) if kind != TITLE else ():
        name = _NAMED.match((match["name"] or "").strip())
        if name:
            votes[Place(_word(match["type"]), title_case(name[0]))].append((80, "preamble"))
        elif match["name"] is None:
            types[_word(match["type"])] += 50
    for match in _AREA.finditer(words):
        name = _NAMED.match(match["rest"].strip())
        if name is None and not _OTHER_WORD.match(match["rest"]):
            types[_word(match["type"])] += 15
    source = "title" if kind == TITLE else "preamble"
    for found in places:
        area = _IN_AREA.search(words, max(0, found.start - 12), found.start)
        votes[found.place].append((30 if area else 15 if kind == TITLE else 2, source))
    for place in untyped:
        votes[place].append((20, source))


def _word(kind: str) -> str:
    return " ".join(kind.lower().split())


def _seat(doc: Doc, head: Place, votes: Votes, issuer: str) -> tuple[Place, str] | None:
    """A lower place than the superior line's: the date line names it, so does the issuer's own name (a school's, a clinic's)."""
    seat = letterhead_of(doc).place
    if seat is None or key_of(seat) not in key_of(issuer) or named_places(issuer):
        return None
    lower = [place for place in votes if rank_of(place) < rank_of(head) and key_of(place.name) == key_of(seat)]
    return (lower[0], "date_line") if lower else None


def _choose(doc: Doc, votes: Votes, types: dict[str, float]) -> tuple[Place, str] | None:
    """The place that most speaks for, of the type or rank that the issuer has."""
    seat = letterhead_of(doc).place
    rank = _issuer_rank(doc)
    kind = max(types, key=lambda k: types[k]) if types else None
    scores = {place: vote.weight + (40 if seat and key_of(seat) == key_of(place.name) else 0) for place, vote in votes.items()}
    if rank is not None:
        scores = {place: score for place, score in scores.items() if rank_of(place) == rank}
    elif kind:
        scores = {place: score for place, score in scores.items() if place.type == kind}
    best = max(scores, key=lambda place: scores[place]) if scores else None
    if best and (scores[best] >= _ENOUGH_OWN or kind == best.type):
        return best, votes[best].source
    return _from_seat(seat, kind, rank)


def _from_seat(seat: str | None, kind: str | None, rank: int | None) -> tuple[Place, str] | None:
    """The place of the date line: with the issuer's type word, or where it is a province's name."""
    if seat is None:
        return None
    province = [unit for unit in find(seat) if unit.level == "province"]
    if kind and rank is None and (kind not in {"tỉnh", "thành phố"} or province or kind == "tỉnh"):
        return Place(province[0].type if kind == "tỉnh" and province else kind, title_case(seat)), "date_line"
    if province and rank in {None, 2} and key_of(seat) != "hà nội":
        return Place(province[0].type, title_case(seat)), "date_line"
    return None


def _issuer_rank(doc: Doc) -> int | None:
    """The rank that the issuing body's own word signals: Sở is a province's, Phòng a district's."""
    bodies = letterhead_of(doc).bodies
    words = bodies[-1][0] if bodies else ""
    return next((rank for pattern, rank in _ISSUER_RANKS if pattern.match(words)), None)


def _within(doc: Doc, namings: Sequence[_Naming], own: Place, head: list[Place]) -> tuple[str, ...]:
    """The units above, nearest first: those of the superior lines, else the best named of each rank."""
    above = {rank_of(place): place for place in head if rank_of(place) > rank_of(own)}
    if rank_of(own) < 2 and len(above) < 2 - rank_of(own):
        for place in _parents(doc, namings, own):
            above.setdefault(rank_of(place), place)
    return tuple(f"{above[rank].type} {above[rank].name}" for rank in sorted(above))


def _parents(doc: Doc, namings: Sequence[_Naming], own: Place) -> list[Place]:
    """Higher places that speak for being its parents, the best first."""
    scores: dict[Place, float] = defaultdict(float)
    for kind, words, places, untyped in namings:
        if kind not in {PREAMBLE, RECIPIENTS, CLOSING}:
            continue
        for found in places:
            of_body = _OF_BODY.search(words, max(0, found.start - 90), found.start)
            scores[found.place] += 15 if of_body else 4
        for place in untyped:
            scores[place] += 12
    for place in _chained(doc, own):
        scores[place] += 50
    higher = [place for place, score in scores.items() if rank_of(place) > rank_of(own) and score >= _ENOUGH_PARENT]
    return sorted(higher, key=lambda place: -scores[place])


def _chained(doc: Doc, own: Place) -> Iterator[Place]:
    """Places written right behind the own one: `xã Hòa Phong, thị xã Mỹ Hào, tỉnh Hưng Yên`."""
    text, inside, end = text_of(doc), False, 0
    for mark in of(doc, LAYER):
        place = mark.value
        linked = inside and bool(_CHAIN.match(text[end : mark.start]))
        if linked and rank_of(place) > rank_of(own):
            yield place
        inside = linked or (place.type == own.type and key_of(place.name) == key_of(own.name))
        end = mark.end
