"""Compare: plans in, comparison out. The order of the plans does not matter."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from comparison import localities
from comparison.alignment import align, unmatched
from comparison.calendar import calendar
from comparison.cascade import cascade
from comparison.collecting import no_collecting
from comparison.digest import Digest, digest
from comparison.errors import CannotCompare
from comparison.grounds import disagreements, grounds, mismatches
from comparison.grouping import BYS, By, group_rows
from comparison.indicators import Catalogue, name_all
from comparison.likeness import groups
from comparison.lineage import chains_of, links_of
from comparison.responsibilities import assignments
from comparison.standings import Standing, standings
from comparison.subjects import shown
from comparison.uptake import uptake
from comparison.versions import versions
from comparison.vocabulary import Indicator
from extractors.layers.instrument_keys import code_key
from extractors.layers.register import Register, national
from schemas.comparison import Comparison, Link, PlanEntry, Problem
from schemas.plan import Plan


class Options(NamedTuple):
    """Options: the user's vocabulary and register, one indicator, one parent plan by its code, and what to group by."""

    vocabulary: Mapping[str, Indicator] = {}
    register: Register | None = None
    indicator: str | None = None
    parent: str | None = None
    by: tuple[By, ...] = BYS


def compare(plans: Iterable[Plan], options: Options | None = None) -> Comparison:
    """All tables of a folder; raises `CannotCompare` where the parent or the indicator asked for is not there."""
    with no_collecting():
        chosen = options or Options()
        return _tables(*_read(plans, chosen), chosen)


def compare_any_two(plans: Iterable[Plan]) -> tuple[Comparison, dict[str, dict[str, Standing]]]:
    """All tables of a folder, and how each target stands to every other of its indicator, by plan and target."""
    with no_collecting():
        digests, catalogue = _read(plans, Options())
        return _tables(digests, catalogue, Options()), standings(digests, catalogue)


def _read(plans: Iterable[Plan], chosen: Options) -> tuple[tuple[Digest, ...], Catalogue]:
    """The plans reduced, their targets with indicators."""
    named = name_all(_one_each(plans), chosen.vocabulary)
    return _with_subjects(named.digests), Catalogue(chosen.vocabulary, named.provisional)


def _tables(digests: tuple[Digest, ...], catalogue: Catalogue, chosen: Options) -> Comparison:
    by_id = {d.id: d for d in digests}
    parent = _parent(digests, chosen.parent)
    _check_indicator(digests, chosen.indicator)
    links, ambiguous = links_of(digests)
    followed = [link for link in links if parent is None or link.parent == parent.id]
    ground_rows = grounds(digests, links)
    return Comparison(
        plans=tuple(map(_entry, digests)),
        localities=localities.entries(digests),
        indicators=catalogue.entries(digests),
        alignment=tuple(align(digests, catalogue, parent=parent, only=chosen.indicator)),
        unmatched=tuple(unmatched(digests, catalogue)),
        links=tuple(links),
        chains=chains_of(links, digests),
        cascade_targets=tuple(cascade(followed, by_id, catalogue, every=parent is not None)),
        cascade_tasks=tuple(uptake(followed, by_id, every=parent is not None)),
        grounds=tuple(ground_rows),
        disagreements=tuple(disagreements(ground_rows)),
        citation_mismatches=tuple(mismatches(digests, chosen.register or national())),
        assignments=assignments(digests),
        calendar=tuple(calendar(digests)),
        versions=tuple(versions(digests, catalogue)),
        groups=tuple(group_rows(digests, catalogue, chosen.by)),
        problems=tuple(sorted([*ambiguous, *_problems(digests, links)], key=lambda p: (p.code, p.plans, p.message))),
    )


def _one_each(plans: Iterable[Plan]) -> list[Digest]:
    """The plans reduced, one at a time; the same id twice would count everything twice."""
    found: dict[str, Digest] = {}
    for plan in plans:
        if plan.id in found:
            raise CannotCompare(f"plan {plan.id} ({plan.source.name}) stands twice in the folder. Run extract again.")
        found[plan.id] = digest(plan)
    return list(found.values())


def _with_subjects(digests: Iterable[Digest]) -> tuple[Digest, ...]:
    """Subjects in other words made one, so that peers and versions find each other."""
    known = tuple(digests)
    leaders = groups(d.subject for d in known)
    titles = {d.subject: d.title or "" for d in reversed(known)}
    words = {leader: shown(leader, titles[leader]) for leader in set(leaders.values())}
    return tuple(d._replace(subject=words[leaders[d.subject]]) for d in known)


def _entry(each: Digest) -> PlanEntry:
    return PlanEntry(
        id=each.id, name=each.name, code=each.code, issued_on=each.issued_on, issuer=each.issuer, level=each.level,
        title=each.title, subject=each.subject, locality=each.place.key if each.place else None,
        period_start=each.period[0] if each.period else None, period_end=each.period[1] if each.period else None,
    )  # fmt: skip


def _parent(digests: Iterable[Digest], code: str | None) -> Digest | None:
    """The plan that `--parent` names, by code or id."""
    if code is None:
        return None
    found = [d for d in digests if d.id == code or (d.code is not None and code_key(d.code) == code_key(code))]
    if not found:
        raise CannotCompare(f"no plan in the folder has the code {code}. Its codes: {_some(d.code for d in digests)}.")
    if len(found) > 1:
        those = "; ".join(f"{d.id} ({d.issuer}, {d.issued_on})" for d in found)
        raise CannotCompare(f"{len(found)} plans have the code {code}: {those}. Give one of the ids instead.")
    return found[0]


def _check_indicator(digests: Iterable[Digest], indicator: str | None) -> None:
    if indicator is not None:
        present = {aim.indicator for each in digests for aim in each.aims if aim.indicator}
        if indicator not in present:
            raise CannotCompare(f"no target in the folder is of the indicator {indicator}. Those that are: {_some(present)}.")


def _some(names: Iterable[str | None]) -> str:
    known = sorted({name for name in names if name})
    return ", ".join(known[:12]) + (f" and {len(known) - 12} more" if len(known) > 12 else "") or "none"


def _problems(digests: Iterable[Digest], links: Iterable[Link]) -> list[Problem]:
    """What a reader must know before using the tables."""
    found, headers, names = [], defaultdict(list), defaultdict(set)
    for each in digests:
        if each.place is None:
            message = f"{each.name}: không xác định được địa phương; kế hoạch không có trong các nhóm theo địa phương."
            found.append(Problem(code="no_locality", message=message, plans=(each.id,)))
        else:
            names[(each.place.type, each.place.name)].add(each.place.key)
        if each.header_key:
            headers[each.header_key].append(each)
    for same in headers.values():
        if len(same) > 1:
            message = f"{same[0].code} ngày {same[0].issued_on} của {same[0].issuer}: {len(same)} tệp có cùng số, ngày và cơ quan; để riêng."
            found.append(Problem(code="same_header", message=message, plans=tuple(sorted(d.id for d in same))))
    for (kind, name), keys in names.items():
        if len(keys) > 1:
            found.append(Problem(code="homonym", message=f"{kind} {name}: {len(keys)} đơn vị cùng tên ({'; '.join(sorted(keys))})."))
    for link in links:
        if link.conflicts:
            message = f"{link.code} được dẫn với ngày {link.issued_on}, khác với ngày trên văn bản trong thư mục."
            found.append(Problem(code="conflicting_citation", message=message, plans=(link.child, link.parent)))
    return found
