"""Grounds: which instruments each plan rests on, where plans disagree about one, and what the register contradicts.

An instrument is its code and, for a code without a year (Party and individual state instruments), its year of issue and issuer:
25-CT/TW of 2018 is not 25-CT/TW of 2023.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from comparison.aims import text
from comparison.digest import Citation, Digest
from extractors.layers.instrument_keys import code_key
from extractors.layers.register import Register, likeness
from extractors.layers.syllables import fold
from schemas.comparison import CitationMismatch, Disagreement, Ground, Link

_Field = Literal["issued_on", "issuer", "title"]
_LOCAL = ("UBND", "HDND", "HU", "TU", "THU", "DU", "QU")
_LOCAL_LEVELS = frozenset({"province", "district", "commune"})
SAME_TITLE = 0.6
"""Likeness from which two titles are one title, shortened."""


def instrument_key(citation: Citation) -> str:
    """The key of an instrument; a local code needs its issuer.

    >>> instrument_key(Citation("r", "25-CT/TW", None, "CT", "2023-10-25", "Ban Bí thư", None, "basis", "", 1, (0, 0, None), ""))
    '25-CT/TW (2023)'
    """
    if citation.code is None:
        return citation.name or citation.quote
    code = code_key(citation.code).replace("/QD-", "/QĐ-").replace("/ND-", "/NĐ-").replace("-QD/", "-QĐ/")
    if code.count("/") > 1:
        return code
    year = citation.issued_on[:4] if citation.issued_on else None
    local = citation.issuer and (code.endswith(_LOCAL) or citation.issuer_level in _LOCAL_LEVELS)
    return f"{code} ({', '.join(filter(None, (year, citation.issuer if local else None)))})" if year or local else code


def grounds(digests: Iterable[Digest], links: Iterable[Link]) -> list[Ground]:
    """One row an instrument and plan."""
    plans = {(link.child, link.reference): link.parent for link in links}
    rows = [_ground(each, citation, plans.get((each.id, citation.id))) for each in digests for citation in each.citations]
    return sorted(rows, key=lambda g: (g.instrument, g.plan, g.evidence.start))


def _ground(digest: Digest, citation: Citation, parent: str | None) -> Ground:
    return Ground(
        instrument=instrument_key(citation), code=citation.code, name=citation.name, type=citation.type,
        issued_on=citation.issued_on, issuer=citation.issuer, title=citation.title, plan=digest.id,
        locality=digest.place.key if digest.place else None, role="basis" if citation.role == "basis" else "cited",
        relation=citation.relation, mentions=citation.mentions, cited_plan=parent,
        evidence=text(digest.id, citation.place, citation.quote),
    )  # fmt: skip


def disagreements(rows: Sequence[Ground]) -> list[Disagreement]:
    """Instruments that plans date, title or attribute differently; the majority is by plans."""
    cited: dict[str, list[Ground]] = defaultdict(list)
    codes: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row.code:
            home = next((key for key in codes[code_key(row.code)] if key == row.instrument or _slip(cited[key][0], row)), None)
            if home is None:
                codes[code_key(row.code)].append(row.instrument)
            cited[home or row.instrument].append(row)
    fields: tuple[_Field, ...] = ("issued_on", "issuer", "title")
    return [d for key in sorted(cited) for field in fields for d in _of_field(key, field, cited[key])]


def _slip(one: Ground, other: Ground) -> bool:
    """Whether two dates of one central code differ by a slip of the year only: same day and month, or same title."""
    local = any(row.issuer and row.issuer in row.instrument for row in (one, other))
    if local or one.issued_on is None or other.issued_on is None:
        return False
    return one.issued_on[4:] == other.issued_on[4:] or likeness(one.title, other.title) >= 0.9


def _of_field(key: str, field: _Field, rows: list[Ground]) -> Iterator[Disagreement]:
    plans: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        value = getattr(row, field)
        if value and "X" not in (value if field == "issued_on" else ""):
            home = next((known for known in plans if _same(field, known, value)), value)
            plans[home].add(row.plan)
    if len(plans) < 2:
        return
    most = max(map(len, plans.values()))
    tie = sum(len(ids) == most for ids in plans.values()) > 1
    for value, ids in sorted(plans.items(), key=lambda item: (-len(item[1]), item[0])):
        yield Disagreement(instrument=key, field=field, value=value, plans=tuple(sorted(ids)), majority=None if tie else len(ids) == most)


def _same(field: _Field, one: str, other: str) -> bool:
    if field == "issued_on":
        return one == other
    if field == "issuer":
        a, b = fold(one).removeprefix("bộ trưởng "), fold(other).removeprefix("bộ trưởng ")
        return a.startswith(b) or b.startswith(a) or a.endswith(b) or b.endswith(a)
    return likeness(one, other) >= SAME_TITLE


def mismatches(digests: Iterable[Digest], register: Register) -> list[CitationMismatch]:
    """Every citation that the register contradicts, by plan and place."""
    found = []
    for each in digests:
        for citation in each.citations:
            wrong = register.check(citation.code, citation.issued_on, citation.title) if citation.code else None
            if wrong is not None:
                found.append(
                    CitationMismatch(
                        plan=each.id, reference=citation.id, code=citation.code or "", cited_on=citation.issued_on,
                        cited_title=citation.title, registered_on=wrong.known.issued_on, registered_title=wrong.known.title,
                        likely=wrong.likely.code if wrong.likely else None,
                        likely_title=wrong.likely.title if wrong.likely else None, message=wrong.message,
                        evidence=text(each.id, citation.place, citation.quote),
                    )
                )
    return found
