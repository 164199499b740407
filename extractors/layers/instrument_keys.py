"""Instrument keys: which namings of a document name the same instrument.

The key of an instrument is its code and date together: Party numbers restart with each term and state numbers each
year in every locality (Quy định 66-QĐ/TW; Nghị định 30/2020/NĐ-CP). A naming without date goes to the dated instrument
of its code; short forms, names and aliases go to what they stand for.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from extractors.layers.law_names import is_known_law, name_key
from extractors.layers.naming import Citation
from extractors.layers.syllables import fold

SameIssuer = Callable[[Citation, Citation], bool]
_LAWS = frozenset({"Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp"})


@dataclass
class Group:
    """Group: the namings of one instrument, in document order."""

    namings: list[Citation] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)

    @property
    def dated(self) -> str | None:
        """The first date that a naming gives."""
        return next((c.issued_on for c in self.namings if c.issued_on), None)


class Groups:
    """Groups: the instruments found so far, by everything under which a naming may look for its own."""

    def __init__(self, same_issuer: SameIssuer) -> None:
        """Begin with none; `same_issuer` tells whether two namings may have one issuer."""
        self.same_issuer = same_issuer
        self.all: list[Group] = []
        self.by: defaultdict[Hashable, list[Group]] = defaultdict(list)

    def add(self, citation: Citation, home: Group | None) -> None:
        """Put a naming to its instrument, or make it the first of a new one."""
        if home is None:
            home = Group()
            self.all.append(home)
        home.namings.append(citation)
        for key in _keys(citation):
            if home not in self.by[key]:
                self.by[key].append(home)


def group(citations: Sequence[Citation], same_issuer: SameIssuer) -> list[Group]:
    """The instruments of a document, by their first naming."""
    groups = Groups(same_issuer)
    for citation in (c for c in citations if c.code and c.issued_on):
        groups.add(citation, _by_date(citation, groups))
    for citation in (c for c in citations if c.code and not c.issued_on):
        mine = groups.by["code", code_key(citation.code or "")]
        groups.add(citation, _latest(mine, citation) or _by_part(citation, groups) or _by_signs(citation, groups))
    for citation in (c for c in citations if not c.code and c.form != "alias"):
        groups.add(citation, _named(citation, groups))
    for citation in (c for c in citations if c.form == "alias"):
        home = next(iter(groups.by["start", citation.target]), None)
        if home is not None:
            home.namings.append(citation)
    for each in groups.all:
        each.namings.sort(key=lambda c: c.start)
    return sorted(groups.all, key=lambda g: g.namings[0].start)


def _keys(citation: Citation) -> Iterable[Hashable]:
    """Everything under which other namings may look for this one."""
    yield "start", citation.start
    if citation.alias:
        yield "alias", fold(citation.alias)
    if citation.number:
        yield "number", citation.type, citation.number.lstrip("0")
    if citation.code:
        yield "code", code_key(citation.code)
        yield "signs", _signs_key(citation.code)
        if citation.year:
            yield "part", citation.type, citation.number, citation.year
    if citation.name:
        key = name_key(citation.name)
        yield "name", citation.type, key
        if citation.type in _LAWS:
            words = key.split()
            yield from (("law", citation.type, " ".join(words[:n])) for n in range(3, len(words)))


_SIGN = re.compile(r"[/-]")
_ZEROS = re.compile(r"^0+(?=\d)")
def code_key(code: str) -> str:
    """The key under which two writings of a code are equal.

    >>> code_key("06-NQ/TU") == code_key("6-NQ/TU"), code_key("12/QĐ-UBND") == code_key("12/QD-UBND")
    (True, True)
    """
    return _ZEROS.sub("", "".join(code.split()).upper().replace("Đ", "D").replace("Ð", "D"))


def _signs_key(code: str) -> tuple[str, ...]:
    """The key under which a code is equal to one with the same signs in another order: `16/KH-BTT-MTTQ`, `16/KH-MTTQ-BTT`."""
    number, *signs = _SIGN.split(code_key(code))
    return number, *sorted(signs)


def _by_date(citation: Citation, groups: Groups) -> Group | None:
    """The instrument of the same code whose date agrees, or whose other date is a slip of the pen."""
    mine = groups.by["code", code_key(citation.code or "")]
    home = next((g for g in mine if _agree(g.dated, citation.issued_on)), None)
    if home is None and mine and _is_slip(mine[-1].namings[0], citation, groups.same_issuer):
        home = mine[-1]
        home.flags.append("inconsistent_citation")
    return home or _by_signs(citation, groups)


def _latest(mine: Sequence[Group], citation: Citation) -> Group | None:
    """The instrument last named before a naming, else the first behind it."""
    before = [g for g in mine if g.namings[0].start < citation.start]
    return max(before, key=lambda g: g.namings[0].start, default=next(iter(mine), None))


def _by_part(citation: Citation, groups: Groups) -> Group | None:
    """The one instrument whose code only adds issuers to this code (`102/2025/NQLT`), or the reverse."""
    mine = groups.by["part", citation.type, citation.number, citation.year] if citation.year else []
    if len(mine) != 1:
        return None
    known = next(c.code or "" for c in mine[0].namings if c.code)
    short, long = sorted((code_key(citation.code or ""), code_key(known)), key=len)
    return mine[0] if long.startswith(short) and long[len(short) : len(short) + 1] in {"/", "-"} else None


def _by_signs(citation: Citation, groups: Groups) -> Group | None:
    """The instrument of the same number, day and issuer whose signs stand in another order: a slip of the pen."""
    if len(citation.signs) < 2:
        return None
    mine = groups.by["signs", _signs_key(citation.code or "")]
    home = next((g for g in mine if _agree(g.dated, citation.issued_on) and groups.same_issuer(g.namings[0], citation)), None)
    if home is not None:
        home.flags.append("inconsistent_citation")
    return home


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
    terms = {(int(day[:4]) - 1) // 5 for day in (one, other) if day[:4].isdigit()}
    return is_party(citation) and len(terms) == 1


def _named(citation: Citation, groups: Groups) -> Group | None:
    """The instrument that a naming without code means, by alias, number or name."""
    words = fold(citation.name or f"{citation.word or ''} {citation.number or ''}")
    declared = next(iter(groups.by["alias", words]), None)
    if declared is not None:
        return declared
    if citation.form == "short":
        mine = groups.by["number", citation.type, (citation.number or "").lstrip("0")]
        return _latest([g for g in mine if citation.year is None or citation.year in _years(g)], citation)
    return _by_name(citation, groups)


def _years(each: Group) -> set[int]:
    return {year for c in each.namings for year in (c.year, int((c.issued_on or "0")[:4])) if year}


def _by_name(citation: Citation, groups: Groups) -> Group | None:
    """The instrument of the same name; for laws also the one whose known name a shorter one begins (`Luật Bầu cử`)."""
    key = name_key(citation.name or "")
    mine = list(groups.by["name", citation.type, key])
    if citation.type not in _LAWS:
        return next((g for g in mine if _agree(g.dated, citation.issued_on)), None)
    if not is_known_law(key):
        mine += groups.by["law", citation.type, key]
    own = int(citation.issued_on[:4]) if citation.issued_on else citation.year
    return next((g for g in mine if own is None or not _years(g) or own in _years(g)), None)
