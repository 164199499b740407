"""References: the legal instruments that a plan names, one entry an instrument, with every naming as a mention."""

import re
from collections.abc import Iterator

from extractors.layers.akn import iri_of
from extractors.layers.citation_roles import is_ground, relation_of
from extractors.layers.identity import identity_of
from extractors.layers.instrument_keys import Group, code_key, group, is_party
from extractors.layers.instruments import citations_of
from extractors.layers.issuer_names import contradicts, ended_on, issuer_of, places_of
from extractors.layers.letterhead import letterhead_of
from extractors.layers.marks import Doc, cite, text_of
from extractors.layers.naming import Citation
from schemas.facts import Organization, Reference, Relation

_ATTACHED = re.compile(r"kèm\s+theo\s*$", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"](?P<in>[^“”\"]+)[”\"]")
_TITLE_LEAD = re.compile(r"^(?:về\s+việc|về\s+vấn\s+đề|về|v/v)\s*:?\s*", re.IGNORECASE)


def extract(doc: Doc) -> Iterator[Reference]:
    """One reference an instrument, in the order of their first naming; the plan itself is none."""
    text = text_of(doc)
    namings = citations_of(doc)
    own = [_is_own(doc, c) for c in namings]
    numbered = {(c.type, c.number) for c, is_own in zip(namings, own, strict=True) if c.code and not is_own}
    citations = [
        c for c, is_own in zip(namings, own, strict=True) if not is_own or (c.form == "short" and (c.type, c.number) in numbered)
    ]
    surfaces = [text[slice(*c.issuer)] for c in citations if c.issuer]
    places = places_of(doc, surfaces)

    def issuer(citation: Citation) -> Organization | None:
        return issuer_of(text[slice(*citation.issuer)], citation.signs, places) if citation.issuer else None

    def same_issuer(one: Citation, other: Citation) -> bool:
        a, b = issuer(one), issuer(other)
        return a is None or b is None or a.name == b.name

    for number, each in enumerate(group(citations, same_issuer), 1):
        yield _reference(doc, each, f"reference-{number}", next((i for c in each.namings if (i := issuer(c))), None))


def _is_own(doc: Doc, citation: Citation) -> bool:
    """Whether a naming is the document itself: its own code, or its own symbol with a blank number."""
    head, identity = letterhead_of(doc), identity_of(doc)
    if citation.form == "short" and head.number and head.symbol:
        return (
            citation.number == head.number
            and head.symbol.startswith((f"{citation.type}-", f"{citation.type}/"))
            and citation.year is None
        )
    if citation.symbol is None or head.symbol is None or code_key(citation.symbol) != code_key(head.symbol):
        return False
    attached = _ATTACHED.search(text_of(doc)[max(0, citation.start - 20) : citation.start])
    if citation.number is None:
        return bool(attached) or head.number is None
    if head.number is None:
        return bool(attached)
    same = code_key(citation.code or "") == code_key(head.code or "")
    return same and (citation.issued_on in (None, identity.issued_on) or bool(attached))


def _reference(doc: Doc, each: Group, identifier: str, issuer: Organization | None) -> Reference:
    """The entry of one instrument, from all its namings."""
    text, full = text_of(doc), next((c for c in each.namings if c.code), each.namings[0])
    date = _date(each)
    title = next((text[slice(*c.title)] for c in each.namings if c.title), None)
    relation: Relation = next((found for c in each.namings if (found := relation_of(doc, c))), "cites")
    return Reference(
        id=identifier, code=full.code, name=_name(text, each, full), type=full.type, number=full.number,
        year=full.year or (int(date[:4]) if date else None), symbol=full.symbol, issuer=issuer, issued_on=date,
        title=_clean(title) if title else None, relation=relation,
        role="basis" if any(is_ground(doc, c) for c in each.namings) else "cited",
        alias=next((c.alias for c in each.namings if c.alias), None),
        pinpoints=tuple(dict.fromkeys(" ".join(text[slice(*c.pinpoint)].split()) for c in each.namings if c.pinpoint)),
        mentions=tuple(cite(doc, c.start, c.end) for c in each.namings), flags=_flags(doc, each, issuer),
        iri=_iri(full, date, issuer),
    )  # fmt: skip


def _date(each: Group) -> str | None:
    """The first date without blanks, else the one with the fewest."""
    dates = [c.issued_on for c in each.namings if c.issued_on]
    return min(dates, key=lambda day: (day.count("X"), -len(day)), default=None)


def _name(text: str, each: Group, full: Citation) -> str | None:
    """What an instrument without code is called; for laws with a code, the name printed before it."""
    forms = {"full", "named"} if full.code else {"full", "named", "short"}
    name = next((c.name for c in each.namings if c.name and c.form in forms), None)
    if name is None and full.code is None:
        name = text[full.start : full.end]
    return " ".join(name.split()) if name else None


def _clean(title: str) -> str:
    """The title without `về việc` and outer quotation marks."""
    words = _TITLE_LEAD.sub("", " ".join(title.split()))
    quoted = _QUOTED.fullmatch(words)
    return quoted["in"] if quoted else words


def _iri(full: Citation, date: str | None, issuer: Organization | None) -> str | None:
    if full.type is None or full.number is None or date is None or issuer is None:
        return None
    style = "party" if is_party(full) else "normative" if full.year else "state"
    return iri_of(full.type, full.number, date, (issuer.name, full.signs, style))


def _flags(doc: Doc, each: Group, issuer: Organization | None) -> tuple[str, ...]:
    """Flags of all namings, and those that only the whole entry shows."""
    flags = [flag for c in each.namings for flag in c.flags] + each.flags
    full, own = next((c for c in each.namings if c.code), each.namings[0]), identity_of(doc).issued_on
    if issuer and contradicts(issuer.name, full.signs):
        flags.append("issuer_symbol_mismatch")
    dates = [c.issued_on for c in each.namings if c.issued_on]
    if own and "XX" not in own and any("XX" not in day and day > own for day in dates):
        flags.append("date_future")
    ended = ended_on(full.signs[0]) if full.signs else None
    if ended and dates and dates[0] > ended:
        flags.append("issuer_ended")
    return tuple(dict.fromkeys(flags))
