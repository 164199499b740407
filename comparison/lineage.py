"""Lineage: which plan of the folder carries out which, by the code, date and issuer of what it names.

A code alone names nothing, since state numbers restart each year in every locality. Where code and issuer agree and only the
day differs within one year, the link stands and says so; where two plans of the folder have the same header, none is chosen.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from comparison.aims import text
from comparison.digest import Citation, Digest
from extractors.layers.instrument_keys import code_key
from extractors.layers.syllables import fold
from schemas.comparison import Chain, Link, Problem

_RANK = {"commune": 0, "district": 1, "province": 2, "central": 3, None: -1}


def links_of(digests: Sequence[Digest]) -> tuple[list[Link], list[Problem]]:
    """All links, and the references that two plans answer to."""
    by_code: dict[str, list[Digest]] = defaultdict(list)
    for each in digests:
        if each.code:
            by_code[code_key(each.code)].append(each)
    links: dict[tuple[str, str], Link] = {}
    problems: list[Problem] = []
    for child in digests:
        for citation in child.citations:
            if citation.code is None or (citation.role != "basis" and citation.relation != "implements"):
                continue
            parents = [p for p in by_code.get(code_key(citation.code), ()) if p.id != child.id and _answers(p, citation)]
            if len(parents) > 1:
                ids = tuple(sorted(p.id for p in parents))
                message = f"{citation.code} ngày {citation.issued_on} ứng với {len(ids)} kế hoạch trong thư mục; không liên kết."
                problems.append(Problem(code="ambiguous_parent", message=message, plans=(child.id, *ids)))
            elif parents:
                links.setdefault((parents[0].id, child.id), _link(parents[0], child, citation))
    return _direct(links, {d.id: d for d in digests}), problems


def _answers(parent: Digest, citation: Citation) -> bool:
    """Whether a plan's header is what a citation names."""
    if parent.issuer and citation.issuer and not _same_body(parent.issuer, citation.issuer):
        return False
    if citation.issued_on is None or parent.issued_on is None:
        return bool(parent.issuer and citation.issuer)
    return citation.issued_on[:4] == parent.issued_on[:4] and (citation.issued_on == parent.issued_on or citation.issuer is not None)


def _same_body(one: str, other: str) -> bool:
    """`UBND huyện` of a plan may stand for `UBND huyện Lạc Xuân`."""
    a, b = sorted((fold(one), fold(other)), key=len)
    return a == b or b.startswith(f"{a} ")


def _link(parent: Digest, child: Digest, citation: Citation) -> Link:
    conflict = citation.issued_on is not None and citation.issued_on != parent.issued_on
    return Link(
        parent=parent.id, child=child.id, reference=citation.id, code=citation.code, issued_on=citation.issued_on,
        conflicts=("date",) if conflict else (), evidence=text(child.id, citation.place, citation.quote),
    )  # fmt: skip


def _direct(links: dict[tuple[str, str], Link], digests: dict[str, Digest]) -> list[Link]:
    """Links in order; one is indirect where a plan between carries out the parent and is carried out by the child."""
    parents: dict[str, set[str]] = defaultdict(set)
    for parent, child in links:
        parents[child].add(parent)
    found = []
    for (parent, child), link in sorted(links.items()):
        between = any(parent in parents[middle] for middle in parents[child] if middle != parent)
        found.append(replace(link, direct=not between))
    return found


def chains_of(links: Iterable[Link], digests: Sequence[Digest]) -> tuple[Chain, ...]:
    """The longest chains of direct links, highest plan first; only those of at least two plans."""
    children: dict[str, list[str]] = defaultdict(list)
    has_parent = set()
    for link in links:
        if link.direct:
            children[link.parent].append(link.child)
            has_parent.add(link.child)
    found: list[tuple[str, ...]] = []
    stack: list[tuple[str, ...]] = [(d.id,) for d in digests if d.id in children and d.id not in has_parent]
    while stack:
        path = stack.pop()
        nexts = [c for c in children.get(path[-1], ()) if c not in path]
        stack += [(*path, c) for c in nexts]
        if not nexts and len(path) > 1:
            found.append(path)
    return tuple(Chain(plans=path) for path in sorted(found))
