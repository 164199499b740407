"""Comparison: what a folder of plans says side by side (Comparison JSON 1.0); one class a kind of row.

Every list is sorted by its own content, never by the order in which plans were read, so that the same plans give the same
comparison. Plans are named by their id; `link` points into the plan's canonical text (`plans/<id>.txt#char=120,143`, the
text fragment of RFC 5147). What can not be compared says why in `reason`, and nothing is merged silently: see `problems`.
"""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, TypeAdapter
from pydantic.dataclasses import dataclass

from schemas.facts import Comparator, Level, Modality, Role

ROW = ConfigDict(extra="forbid")
"""Rows are frozen and refuse unknown fields like facts, in slots, since a folder of ten thousand plans has half a million."""

COMPARISON_VERSION: Literal["1.0"] = "1.0"

Verdict = Literal["same", "stricter", "weaker", "higher", "lower", "contributes_to", "not_comparable"]
"""How a level stands to another: `stricter` and `weaker` where the indicator has a direction, else `higher` and `lower`."""

When = Literal["same", "earlier", "later", "unknown"]
"""How the horizon stands to the other's; `unknown` where one of the two gives none."""

Reason = Literal[
    "other_unit",
    "other_denominator",
    "other_scope",
    "change_against_level",
    "other_change",
    "other_horizon",
    "range_overlaps",
    "approximate",
    "other_measure",
    "not_binding",
    "outside_period",
]
"""Why two targets are not compared as numbers.

`other_scope`: one counts units of the level at which the other is set. `other_measure`: near in words, not the same
measure. `not_binding`: the parent's own quantity, which obliges no single child. `outside_period`: the horizon lies after
the period of the child's plan.
"""

Coverage = Literal["equal", "above", "below", "absent", "contributes_to", "related", "not_comparable", "not_required"]
"""What the child's plan does with a target of its parent."""

Uptake = Literal["taken_up", "not_taken_up", "fulfilled_by_plan"]
"""What the child's plan does with a task of its parent; that a plan is made, the plan itself shows."""

VersionChange = Literal["added", "dropped", "raised", "lowered", "moved", "kept", "not_comparable"]


@dataclass(frozen=True, slots=True, kw_only=True, config=ROW)
class Text:
    """Text: the words of a plan that a row rests on, with their place."""

    quote: str
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    page: int | None = None
    link: str


@dataclass(frozen=True, slots=True, kw_only=True, config=ROW)
class Problem:
    """Problem: what the folder has that a comparison cannot settle by itself."""

    code: Literal["no_locality", "same_header", "ambiguous_parent", "conflicting_citation", "homonym"]
    message: str
    plans: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, config=ROW)
class PlanEntry:
    """PlanEntry: one plan of the folder."""

    id: str
    name: str
    code: str | None
    issued_on: str | None
    issuer: str | None
    level: Level | None
    title: str | None
    subject: str
    locality: str | None
    period_start: str | None
    period_end: str | None


@dataclass(frozen=True, slots=True, kw_only=True, config=ROW)
class Successor:
    """Successor: a unit of 2025-07-01 that a locality became part of (Nghị quyết 202/2025/QH15 and its companions)."""

    name: str
    province: str
    seat: bool


@dataclass(frozen=True, slots=True, kw_only=True, config=ROW)
class LocalityEntry:
    """LocalityEntry: a place whose plans are compared, with its province then and now.

    `key` tells homonyms apart: official code with name, else type, name and all that the plan says it lies in.
    """

    key: str
    name: str
    type: str
    level: Level
    within: tuple[str, ...]
    code: str | None
    valid: str | None
    province_then: str | None
    province_now: tuple[str, ...]
    successors: tuple[Successor, ...]
    homonyms: tuple[str, ...]
    plans: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, config=ROW)
class IndicatorEntry:
    """IndicatorEntry: a measure that the folder's targets are of.

    `source` is `vocabulary`, `user` (a file of the user's) or `provisional` (`x:` and a slug: the same unknown measure in at
    least two plans, named after its shortest wording).
    """

    id: str
    label: str
    source: Literal["vocabulary", "user", "provisional"]
    direction: Literal["higher", "lower"] | None
    plans: int
    targets: int
    namings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, config=ROW)
class Position:
    """Position: one target (or goal, or gap) of one plan beside the reference of its indicator.

    `kind`: a `target`; a `goal` of the same indicator without number; a `gap` (the plan says nothing where its peers do).
    `measure` and `low`, `high` are the value in the common unit (`15/20 xã` is 75 %, vạn dân is 10.000 dân); `value` and
    `unit` are as printed. `reference` and `reference_target` name the position that the verdict is against.
    """

    indicator: str
    label: str
    plan: str
    locality: str | None
    level: Level | None
    kind: Literal["target", "goal", "gap"]
    target: str | None = None
    indicator_text: str | None = None
    score: float | None = None
    runner_up: str | None = None
    runner_up_score: float | None = None
    comparator: Comparator | None = None
    value: float | None = None
    value_high: float | None = None
    unit: str | None = None
    low: float | None = None
    high: float | None = None
    measure: str | None = None
    change: str | None = None
    population: str | None = None
    modality: Modality | None = None
    horizon_start: str | None = None
    horizon_end: str | None = None
    verdict: Verdict | None = None
    when: When | None = None
    reason: Reason | None = None
    reference: str | None = None
    reference_target: str | None = None
    section: str | None = None
    evidence: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=ROW)
class Unmatched:
    """Unmatched: a target of no known indicator, so in no comparison; `nearest` is the indicator that came nearest.

    Whoever knows what is meant adds the wording to a vocabulary file.
    """

    plan: str
    locality: str | None
    level: Level | None
    target: str
    indicator_text: str
    comparator: Comparator
    value: float
    value_high: float | None
    unit: str
    change: str | None
    population: str | None
    horizon_end: str | None
    nearest: str | None
    nearest_label: str | None
    nearest_score: float | None
    section: str | None
    evidence: Text


@dataclass(frozen=True, slots=True, kw_only=True, config=ROW)
class Link:
    """Link: a plan of the folder that another one carries out, found by code, date and issuer of a reference."""

    parent: str
    child: str
    reference: str
    code: str | None
    issued_on: str | None
    conflicts: tuple[Literal["date", "issuer"], ...] = ()
    direct: bool = True
    evidence: Text


@dataclass(frozen=True, slots=True, kw_only=True, config=ROW)
class Chain:
    """Chain: plans that carry each other out, highest first (province, district, commune)."""

    plans: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, config=ROW)
class CascadeTarget:
    """CascadeTarget: a target of the parent and what the child's plan does with it."""

    parent: str
    child: str
    indicator: str | None
    label: str
    parent_target: str
    child_target: str | None = None
    coverage: Coverage
    when: When | None = None
    reason: Reason | None = None
    stricter: bool = False
    parent_level: str
    child_level: str | None = None
    parent_horizon: str | None = None
    child_horizon: str | None = None
    parent_evidence: Text
    child_evidence: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=ROW)
class CascadeTask:
    """CascadeTask: a task, or a part of one, that the parent gives to the child's level."""

    parent: str
    child: str
    parent_task: str
    part: str
    uptake: Uptake
    score: float
    child_task: str | None = None
    child_words: str | None = None
    parent_deadline: str | None = None
    child_deadline: str | None = None
    parent_evidence: Text
    child_evidence: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=ROW)
class Ground:
    """Ground: an instrument that a plan rests on or cites; as a graph, the edge from `plan` to `instrument`."""

    instrument: str
    code: str | None
    name: str | None
    type: str | None
    issued_on: str | None
    issuer: str | None
    title: str | None
    plan: str
    locality: str | None
    role: Literal["basis", "cited"]
    relation: str
    mentions: int
    cited_plan: str | None = None
    evidence: Text


@dataclass(frozen=True, slots=True, kw_only=True, config=ROW)
class Disagreement:
    """Disagreement: plans that give one instrument different dates, issuers or titles; `majority` is null in a tie."""

    instrument: str
    field: Literal["issued_on", "issuer", "title"]
    value: str
    plans: tuple[str, ...]
    majority: bool | None


@dataclass(frozen=True, slots=True, kw_only=True, config=ROW)
class CitationMismatch:
    """CitationMismatch: a citation that the register of instruments contradicts. Absence from the register says nothing."""

    plan: str
    reference: str
    code: str
    cited_on: str | None
    cited_title: str | None
    registered_on: str
    registered_title: str
    likely: str | None
    likely_title: str | None
    message: str
    evidence: Text


@dataclass(frozen=True, slots=True, kw_only=True, config=ROW)
class Assignment:
    """Assignment: how often bodies of a kind and level have a role in a kind of task, with one example."""

    task_kind: str
    body_kind: str
    body_level: Level | None
    role: Role
    tasks: int
    plans: int
    example_plan: str
    example_unit: str
    example: str


@dataclass(frozen=True, slots=True, kw_only=True, config=ROW)
class CalendarEntry:
    """CalendarEntry: a deadline of a plan; `day` is its last day, `start` its first where it is a period (ISO dates)."""

    plan: str
    locality: str | None
    deadline: str
    start: str | None
    day: str | None
    recurrence: str | None
    kind: str
    what: str
    lead: tuple[str, ...]
    text: str
    evidence: Text


@dataclass(frozen=True, slots=True, kw_only=True, config=ROW)
class VersionRow:
    """VersionRow: what a later plan of one locality and subject did with a target of the earlier one."""

    earlier: str
    later: str
    indicator: str | None
    label: str
    change: VersionChange
    reason: Reason | None = None
    earlier_level: str | None = None
    later_level: str | None = None
    earlier_horizon: str | None = None
    later_horizon: str | None = None
    earlier_evidence: Text | None = None
    later_evidence: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=ROW)
class GroupRow:
    """GroupRow: an indicator in a group of localities; `low`, `middle`, `high` are values that stand in plans.

    `province` is the province of the plan's time, `province_now` the one (or each) that its locality is in since 2025-07-01.
    """

    by: Literal["province", "province_now", "district", "level"]
    group: str
    indicator: str
    label: str
    measure: str
    horizon: str | None
    plans: int
    plans_with: int
    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True, config=ROW)
class Comparison:
    """Comparison: all tables of a folder of plans."""

    comparison_version: Literal["1.0"] = COMPARISON_VERSION
    plans: tuple[PlanEntry, ...] = ()
    localities: tuple[LocalityEntry, ...] = ()
    indicators: tuple[IndicatorEntry, ...] = ()
    alignment: tuple[Position, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()
    links: tuple[Link, ...] = ()
    chains: tuple[Chain, ...] = ()
    cascade_targets: tuple[CascadeTarget, ...] = ()
    cascade_tasks: tuple[CascadeTask, ...] = ()
    grounds: tuple[Ground, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    citation_mismatches: tuple[CitationMismatch, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    calendar: tuple[CalendarEntry, ...] = ()
    versions: tuple[VersionRow, ...] = ()
    groups: tuple[GroupRow, ...] = ()
    problems: tuple[Problem, ...] = ()


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a comparison, generated from the models."""
    schema = TypeAdapter(Comparison).json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "Comparison JSON 1.0"}
