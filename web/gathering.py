"""Gathering: a finished run with what comparing its plans shows, ready for the pages."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from comparison.compare import compare_any_two
from comparison.reading import read_plans
from schemas.comparison import Comparison, LocalityEntry, PlanEntry
from schemas.plan import Plan
from web.review import read_reviews, reviewed_plans

FAMILIES = ("targets", "goals", "deadlines", "tasks", "responsibilities", "references", "unclaimed", "diagnostics")
"""The families in the order in which a reader wants them."""


class Aside(NamedTuple):
    """Aside: what the pages show of a plan that a comparison does not hold."""

    counts: dict[str, int]
    place: str
    province: str | None
    findings: tuple[tuple[str, str, str], ...]
    roles: Counter[tuple[str, str, str]]


class Folder:
    """Folder: the plans of a run in their order, and how they stand to each other."""

    def __init__(self, path: Path, *, reviewed: bool = True) -> None:
        """Read the run, corrected where its facts are `reviewed`; raises `comparison.errors.UnusableOutputs` where it is none."""
        self.path = path
        self._reviewed = reviewed
        self.asides: dict[str, Aside] = {}
        self.reviewers: dict[str, list[str]] = defaultdict(list)
        for one in read_reviews(path)[0] if reviewed else ():
            self.reviewers[one.plan].append(one.who)
        self.comparison: Comparison
        self.comparison, self.standings = compare_any_two(self._plans())
        entries = {one.id: one for one in self.comparison.plans}
        self.plans: tuple[PlanEntry, ...] = tuple(entries[ident] for ident in self.asides)

    def _plans(self) -> Iterator[Plan]:
        for plan in self.read():
            self.asides[plan.id] = _aside(plan)
            yield plan

    def read(self) -> Iterator[Plan]:
        """The plans one by one, as the pages show them."""
        return (one.plan for one in reviewed_plans(self.path)) if self._reviewed else read_plans(self.path)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each plan in the order of the run."""
        return {one.id: number for number, one in enumerate(self.plans)}

    @cached_property
    def localities(self) -> dict[str, LocalityEntry]:
        """The locality of each plan, by the plan's id."""
        return {plan: place for place in self.comparison.localities for plan in place.plans}

    @cached_property
    def failures(self) -> tuple[dict[str, Any], ...]:
        """The files that could not be read."""
        path = self.path / "failures.jsonl"
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
        return tuple(json.loads(line) for line in lines if line.strip())


def _aside(plan: Plan) -> Aside:
    place = plan.locality
    within = place.within if place else ()
    province = next((one for one in reversed(within) if one.startswith(("tỉnh ", "thành phố "))), None)
    if place and place.level == "province":
        province = f"{place.type} {place.name}"
    findings = tuple((f"diagnostic-{n}", one.code, one.message) for n, one in enumerate(plan.diagnostics, start=1))
    return Aside(
        {family: len(getattr(plan, family)) for family in FAMILIES},
        ", ".join((f"{place.type} {place.name}", *within[:1])) if place else "",
        place.official.province if place and place.official else province,
        findings,
        Counter((one.unit.kind, one.unit.name, one.role) for one in plan.responsibilities),
    )
