"""Facts: one class a kind of fact, each resting on the exact characters of the canonical text.

Facts are frozen and refuse unknown fields, so that a wrong name fails where it is written. Offsets count Unicode code
points of the canonical text; times are EDTF level 1 (Library of Congress, 2019); recurrences are ISO 8601 durations.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Level = Literal["commune", "district", "province", "central"]
Role = Literal["lead", "coordinate", "advised", "reported_to"]
GoalKind = Literal["purpose", "requirement", "general", "specific"]
TargetKind = Literal["percentage", "count", "frequency", "ratio"]
Comparator = Literal["ge", "gt", "eq", "le", "lt", "approx", "range"]
Change = Literal["increase_by", "decrease_by", "increase_to", "decrease_to", "multiply_by"]
Modality = Literal["achieve", "maintain", "strive"]
TimeKind = Literal["by", "in", "from", "during", "recurring", "within", "conditional"]
TimeMod = Literal["before", "on_or_before", "start", "mid", "end", "approx"]
Calendar = Literal["business", "lunar", "school_year"]
ReferenceRole = Literal["basis", "cited"]
Relation = Literal["implements", "based_on", "amends", "replaces", "cites"]
OrganizationKind = Literal[
    "people_committee",
    "people_council",
    "party",
    "front_and_unions",
    "department",
    "health_facility",
    "school",
    "police",
    "military",
    "social_insurance",
    "ministry",
    "steering_committee",
    "media",
    "official",
    "other",
]
UnclaimedKind = Literal["percentage", "number", "time"]
UnclaimedReason = Literal[
    "past_result",
    "quoted",
    "budget",
    "threshold",
    "title",
    "instrument_date",
    "population",
    "vision",
    "contact",
    "unknown",
]
Severity = Literal["info", "warning", "error"]
Box = tuple[int, float, float, float, float]
"""`(page, x0, top, x1, bottom)` in PDF points, origin top left, page 1-based."""


class Fact(BaseModel):
    """Fact: something a plan says, immutable, with no fields beyond the contract."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(Fact):
    """Evidence: the characters a fact rests on; `quote == text[start:end]` always."""

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    quote: str
    page: int | None = None
    boxes: tuple[Box, ...] = ()


class Section(Fact):
    """Section: one heading of the outline and where its body ends. `id` joins markers: `III.2.1`, in an annex `PL.I`."""

    id: str
    marker: str | None
    title: str
    depth: Annotated[int, Field(ge=1)]
    parent: str | None
    evidence: Evidence
    end: int


class Organization(Fact):
    """Organization: a body as the plan names it (`surface`) and in canonical form (`name`)."""

    name: str
    surface: str
    kind: OrganizationKind = "other"
    level: Level | None = None
    generic: bool = False


class Reference(Fact):
    """Reference: a legal instrument, one entry an instrument; its key is code and date together.

    Party numbers restart each term and state numbers each year in every locality (Quy định 66-QĐ/TW; Nghị định
    30/2020/NĐ-CP, Điều 8 and Phụ lục I), so a code alone names nothing.
    """

    id: str
    code: str | None
    name: str | None = None
    type: str | None
    number: str | None = None
    year: int | None = None
    symbol: str | None = None
    issuer: Organization | None = None
    issued_on: str | None = None
    title: str | None = None
    role: ReferenceRole
    relation: Relation = "cites"
    alias: str | None = None
    pinpoints: tuple[str, ...] = ()
    mentions: tuple[Evidence, ...]
    flags: tuple[str, ...] = ()
    iri: str | None = None


class Time(Fact):
    """Time: when, by when or how often, with its own evidence (in the heading when `inherited`)."""

    text: str
    kind: TimeKind
    start: str | None = None
    end: str | None = None
    mod: TimeMod | None = None
    recurrence: str | None = None
    anchor: str | None = None
    duration: str | None = None
    calendar: Calendar | None = None
    condition: str | None = None
    assumed: bool = False
    inherited: bool = False
    evidence: Evidence


class Goal(Fact):
    """Goal: a wanted state; `targets` are the ids of the targets that stand in it."""

    id: str
    kind: GoalKind
    text: str
    horizon: Time | None = None
    indicator: str | None = None
    targets: tuple[str, ...] = ()
    section: str | None = None
    evidence: Evidence


class Baseline(Fact):
    """Baseline: the level a change starts from; `time` is EDTF."""

    value: float | None = None
    time: str | None = None


class Target(Fact):
    """Target: a quantified level aimed at, with the comparator as printed.

    `trên 95%` is gt, `đạt 95%` is eq, `từ 95% trở lên` is ge; `tăng 5%` carries `change` and is no level.
    """

    id: str
    text: str
    kind: TargetKind
    indicator: str | None = None
    indicator_text: str
    population: str | None = None
    comparator: Comparator
    value: float
    value_high: float | None = None
    unit: str
    change: Change | None = None
    per: str | None = None
    modality: Modality = "achieve"
    baseline: Baseline | None = None
    horizon: Time | None = None
    goal: str | None = None
    section: str | None = None
    evidence: Evidence


class AppliesTo(Fact):
    """AppliesTo: the fact that a deadline governs."""

    kind: Literal["goal", "target", "task", "section"]
    id: str


class Deadline(Fact):
    """Deadline: by when, when or how often something of this plan is to be done."""

    id: str
    time: Time
    applies_to: AppliesTo | None = None
    section: str | None = None
    evidence: Evidence


class Responsibility(Fact):
    """Responsibility: a body and the role it has in a section."""

    id: str
    unit: Organization
    role: Role
    tasks: tuple[str, ...] = ()
    section: str | None = None
    evidence: Evidence


class Task(Fact):
    """Task: what is to be done, linked to who and when."""

    id: str
    text: str
    section: str | None = None
    lead: tuple[Organization, ...] = ()
    coordinate: tuple[Organization, ...] = ()
    deadline: str | None = None
    product: str | None = None
    references: tuple[str, ...] = ()
    evidence: Evidence


class Table(Fact):
    """Table: a ruled table of body or appendix; merged cells repeat their text in every row and column they cover."""

    id: str
    page: int | None = None
    caption: str | None = None
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    section: str | None = None
    evidence: Evidence


class Unclaimed(Fact):
    """Unclaimed: a percentage, number with a unit or time expression that no fact claims, and why."""

    kind: UnclaimedKind
    reason: UnclaimedReason
    evidence: Evidence


class Diagnostic(Fact):
    """Diagnostic: a defect that a careful reader of the plan would raise."""

    code: str
    severity: Severity
    message: str
    evidence: Evidence | None = None
