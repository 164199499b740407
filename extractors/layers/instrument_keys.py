"""Instrument keys: which namings of a document name the same instrument.

The key of an instrument is its code and date together: Party numbers restart with each term and state numbers each
year in every locality (Quy định 66-QĐ/TW; Nghị định 30/2020/NĐ-CP). A naming without date goes to the dated instrument
of its code; short forms and aliases go to what they stand for.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from extractors.layers.citations import Citation
from extractors.layers.law_names import is_known_law, name_key
from extractors.layers.syllables import fold

SameIssuer = Callable[[Citation, Citation], bool]
_LAWS = frozenset({"Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp"})


@dataclass
class Group:
    """Group: the namings of one instrument, in document order."""

    namings: list[Citation] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)

    def first(self, attribute: str) -> object:
        """The first value that any naming gives for an attribute."""
        return next((getattr(c, attribute) for c in self.namings if getattr(c, attribute) is not None), None)


def group(citations: Sequence[Citation], same_issuer: SameIssuer) -> list[Group]:
    """The instruments of a document, by their first naming."""
    groups = _coded(citations, same_issuer)
    for citation in citations:
        if citation.code is None and citation.form != "alias":
            _named(citation, groups)
    for citation in citations:
        if citation.form == "alias":
            _alias(citation, groups)
    for each in groups:
        each.namings.sort(key=lambda c: c.start)
    return sorted(groups, key=lambda g: g.namings[0].start)


def code_key(code: str) -> str:
    """The key under which two writings of a code are equal: `QĐ` and `QD`, `06` and `6`."""
    return re.sub(r"^0+(?=\d)", "", re.sub(r"\s+", "", code).upper().replace("Đ", "D").replace("Ð", "D"))


def _coded(citations: Sequence[Citation], same_issuer: SameIssuer) -> list[Group]:
    """Groups of the namings that give a code: the dated first, then those without date beside them."""
    groups: list[Group] = []
    undated: list[Citation] = []
    for citation in citations:
        if citation.code is None:
            continue
        if citation.issued_on is None:
            undated.append(citation)
            continue
        mine = [g for g in groups if code_key(str(g.first("code"))) == code_key(citation.code)]
        home = next((g for g in mine if _agree(g.namings[0].issued_on, citation.issued_on)), None)
        if home is None and mine and _is_slip(mine[-1].namings[0], citation, same_issuer):
            home = mine[-1]
            home.flags.append("inconsistent_citation")
        if home is None:
            home = Group()
            groups.append(home)
        home.namings.append(citation)
    for citation in undated:
        _join_undated(citation, groups)
    return groups


def _join_undated(citation: Citation, groups: list[Group]) -> None:
    """A naming without date goes to the latest instrument of its code that was named before it, else to the first one."""
    mine = [g for g in groups if code_key(str(g.first("code"))) == code_key(str(citation.code))]
    before = [g for g in mine if g.namings[0].start < citation.start]
    if not mine:
        longer = [g for g in groups if _shortened(citation, g)]
        mine = before = longer if len(longer) == 1 else []
    if mine:
        max(before, key=lambda g: g.namings[0].start, default=mine[0]).namings.append(citation)
    else:
        groups.append(Group([citation]))


def _shortened(citation: Citation, each: Group) -> bool:
    """Whether a code is the beginning of the group's code, issuers left out (`102/2025/NQLT`), or the reverse."""
    one, other = sorted((code_key(str(citation.code)), code_key(str(each.first("code")))), key=len)
    return citation.year is not None and len(one) >= 8 and other.startswith(one) and other[len(one)] in "/-"


def _agree(one: str | None, other: str | None) -> bool:
    """Whether two dates may be one day: equal, or the one leaves out what the other gives."""
    if one is None or other is None or one == other:
        return True
    short, long = sorted((one.replace("-XX", ""), other.replace("-XX", "")), key=len)
    return long.startswith(short)


def is_party(citation: Citation) -> bool:
    """Whether a symbol is written in Party style: hyphen before the type (`25-CT/TW`)."""
    return (citation.code or "").startswith(f"{citation.number}-") and "/" in (citation.symbol or "")


def _is_slip(known: Citation, citation: Citation, same_issuer: SameIssuer) -> bool:
    """Whether another date of a code is a slip of the pen and not another instrument.

    A number cannot come twice within a year (state) or a Party term of five years (2021-2025), nor with a year in the
    symbol; and the same day of another year is more likely a wrong year than a second instrument.
    """
    if not same_issuer(known, citation):
        return False
    one, other = known.issued_on or "", citation.issued_on or ""
    if known.year is not None or one[:4] == other[:4] or one[4:] == other[4:]:
        return True
    term = [(int(day[:4]) - 1) // 5 for day in (one, other) if day[:4].isdigit()]
    return is_party(citation) and len(set(term)) == 1


def _named(citation: Citation, groups: list[Group]) -> None:
    """A naming without code goes to the instrument of its alias, number or name, else is one of its own."""
    home = _by_alias(citation, groups) or (_by_number(citation, groups) if citation.form == "short" else _by_name(citation, groups))
    if home is None:
        name = citation.name or None
        groups.append(Group([citation._replace(name=name)]))
    else:
        home.namings.append(citation)


def _by_alias(citation: Citation, groups: list[Group]) -> Group | None:
    words = fold(citation.name or f"{citation.word or ''} {citation.number or ''}")
    return next((g for g in groups if any(c.alias and fold(c.alias) == words for c in g.namings)), None)


def _by_number(citation: Citation, groups: list[Group]) -> Group | None:
    """The latest instrument before (else the first behind) of the same type and number."""
    mine = [g for g in groups if any(_fits(c, citation) for c in g.namings)]
    before = [g for g in mine if min(c.start for c in g.namings) < citation.start]
    return max(before, key=lambda g: min(c.start for c in g.namings), default=mine[0] if mine else None)


def _fits(known: Citation, short: Citation) -> bool:
    same_number = (known.number or "").lstrip("0") == (short.number or "").lstrip("0") and known.number
    return bool(same_number) and known.type == short.type and (short.year is None or short.year in (known.year, int((known.issued_on or "0")[:4])))


def _by_name(citation: Citation, groups: list[Group]) -> Group | None:
    key = name_key(citation.name or "")
    mine = [g for g in groups if g.namings[0].type == citation.type and g.first("name") is not None]
    for each in sorted(mine, key=lambda g: name_key(str(g.first("name"))) != key):
        known = name_key(str(each.first("name")))
        alike = known == key or (citation.type in _LAWS and not is_known_law(key) and known.startswith(key + " "))
        if alike and (citation.type in _LAWS or _agree(each.namings[0].issued_on, citation.issued_on)) and _years_agree(each, citation):
            return each
    return None


def _years_agree(each: Group, citation: Citation) -> bool:
    """Whether two namings of a law may mean one: not two different years."""
    if citation.type not in _LAWS:
        return True
    known = next((c.issued_on[:4] if c.issued_on else str(c.year) for c in each.namings if c.issued_on or c.year), None)
    own = citation.issued_on[:4] if citation.issued_on else str(citation.year) if citation.year else None
    return known is None or own is None or known == own


def _alias(citation: Citation, groups: list[Group]) -> None:
    home = next((g for g in groups if any(c.start == citation.target for c in g.namings)), None)
    if home is not None:
        home.namings.append(citation)
