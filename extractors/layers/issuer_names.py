"""Issuer names: the canonical name of a body that issued an instrument.

`Ủy ban nhân dân` is `UBND`; a committee or council named by its level alone (`UBND tỉnh`) gets the name of the place
that the document supplies: its own, that in which it lies, or the one that its other citations name. Other bodies are
kept as cited, abbreviations of their heads written out.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from extractors.layers.bodies import COMMITTEE, kind_of, level_of, title_case
from extractors.layers.identity import identity_of
from extractors.layers.lines import LETTERHEAD, PREAMBLE, TITLE, lines_of
from extractors.layers.marks import Doc, text_of
from extractors.layers.syllables import CAPITALS, fold
from extractors.vocabulary import rows
from schemas.facts import Organization

_TYPES = "tỉnh|thành phố|thị xã|huyện|quận|xã|phường|thị trấn|đặc khu"
_ANY_CASE = "|".join(form for word in _TYPES.split("|") for form in (word, word.capitalize(), word.upper()))
_PLACED = re.compile(
    rf"(?<!\w)(?P<type>{_ANY_CASE})\s+(?P<name>(?:[{CAPITALS}][^\W\d_]*)(?:\s+[{CAPITALS}][^\W\d_]*)*|\d{{1,2}}(?!\w))"
)
_BARE = re.compile(rf"(?P<head>.*\b(?:UBND|HĐND))\s+(?P<type>{_TYPES})$", re.IGNORECASE)
_LEVEL_ALONE = re.compile(rf"(?:{_TYPES})$", re.IGNORECASE)
_COUNCIL = re.compile(r"hội đồng nhân dân", re.IGNORECASE)
_LEVEL_WORD = re.compile(rf"(?<!\w)(?:{_TYPES})(?=\s|$)(?!\s+(?:ủy|uỷ|đoàn|đội))", re.IGNORECASE)
_HEADS = (("BCH ", "Ban Chấp hành "), ("BTV ", "Ban Thường vụ "), ("BTT ", "Ban Thường trực "), ("TT HĐND", "Thường trực HĐND"))


def places_of(doc: Doc, issuers: Iterable[str]) -> dict[str, str]:
    """Place type to place name (`tỉnh` to `Bắc Giang`), as far as the document supplies them."""
    identity, text = identity_of(doc), text_of(doc)
    found: dict[str, Counter[str]] = {}
    sources = [*issuers, *(text[line.start : line.end] for line in lines_of(doc) if line.kind in {LETTERHEAD, TITLE, PREAMBLE})]
    for words in sources:
        for place in _PLACED.finditer(words):
            if place["name"][0].isupper() or place["name"].isdigit():
                found.setdefault(place["type"].lower(), Counter())[title_case(place["name"])] += 1
    places = {kind: names.most_common(1)[0][0] for kind, names in found.items()}
    for words in reversed(identity.within):
        above = _PLACED.match(words)
        if above:
            places[above["type"].lower()] = above["name"]
    if identity.unit_type and identity.unit_name:
        places[identity.unit_type] = identity.unit_name
    return places


def issuer_of(surface: str, signs: tuple[str, ...], places: dict[str, str]) -> Organization | None:
    """The body as an `Organization`; `signs` are the issuer signs of the symbol. None for a level that no sign completes.

    >>> issuer_of("Ủy ban nhân dân tỉnh", ("UBND",), {"tỉnh": "Bắc Giang"}).name, issuer_of("Chính Phủ", ("CP",), {}).name
    ('UBND tỉnh Bắc Giang', 'Chính phủ')
    """
    printed = " ".join(surface.split())
    name = _COUNCIL.sub("HĐND", COMMITTEE.sub("UBND", printed))
    name = name.replace("Chính Phủ", "Chính phủ")
    for short, long in _HEADS:
        name = long + name.removeprefix(short) if name.startswith(short) else name
    if _LEVEL_ALONE.match(name):
        if not signs or signs[0] not in {"UBND", "HĐND"}:
            return None
        name = f"{signs[0]} {name}"
    name = _LEVEL_WORD.sub(lambda m: m[0].lower(), name) if name != name.upper() else name
    bare = _BARE.match(name)
    if bare and bare["type"] in places:
        name = f"{name} {places[bare['type']]}"
    return Organization(name=name, surface=printed, kind=kind_of(name), level=level_of(name))


@cache
def _bodies() -> dict[str, tuple[str, ...]]:
    """Issuer sign to the words of the body it stands for, as keys."""
    return {
        sign: tuple(fold(row["name"]).split())
        for row in rows("issuers")
        for sign in (row["abbr"], *row["variants"].split("|"))
        if sign
    }


def contradicts(name: str, signs: tuple[str, ...]) -> bool:
    """Whether the issuer's words name another central body than the symbol's sign does (`TT-BYT của Thủ tướng`).

    >>> contradicts("Thủ tướng Chính phủ", ("BYT",)), contradicts("Bộ trưởng Bộ Y tế", ("BYT",)), contradicts("UBND tỉnh", ("UBND",))
    (True, False, False)
    """
    if len(signs) != 1:
        return False
    key, wanted = fold(name), _bodies().get(signs[0])
    named = _central(key)
    return (
        wanted is not None
        and named is not None
        and (signs[0].startswith("B") or signs[0] in {"CP", "TTg"})
        and not _same(named, signs[0])
    )


def _central(key: str) -> str | None:
    """The sign of the central body that a name ends in or is."""
    if key.startswith(("thủ tướng", "phó thủ tướng")):
        return "TTg"
    if key.startswith("chính phủ"):
        return "CP"
    return next((sign for sign, name in _ministries() if key.endswith(name)), None)


@cache
def _ministries() -> tuple[tuple[str, str], ...]:
    """Sign and name of each ministry, as keys."""
    return tuple((sign, " ".join(words)) for sign, words in _bodies().items() if sign.startswith("B") and words[0] == "bộ")


def _same(one: str, other: str) -> bool:
    return _bodies().get(one) == _bodies().get(other)


@cache
def ended_on(sign: str) -> str | None:
    """The last day (ISO 8601) on which a body with that sign could issue; None while it exists or nothing is known."""
    return next((row["valid_to"] or None for row in rows("issuers") if sign == row["abbr"]), None)
