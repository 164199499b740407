"""Plan: everything kehoach reads out of one document, in the shape that other systems are fed (Plan JSON 1.0)."""

from typing import Any, Literal

from pydantic import Field

from schemas.facts import (
    Deadline,
    Diagnostic,
    Evidence,
    Fact,
    Goal,
    Level,
    Organization,
    Reference,
    Responsibility,
    Section,
    Table,
    Target,
    Task,
    Unclaimed,
)

SCHEMA_VERSION: Literal["1.0"] = "1.0"


class Source(Fact):
    """Source: the file a plan was read from and what read it."""

    name: str
    sha256: str
    bytes: int
    media_type: str
    pages: int | None = None
    text_layer: Literal["digital", "ocr", "mixed", "plain"]
    engine: str
    legacy_encoding: Literal["TCVN3", "VNI", "VPS", "VISCII", "VIQR"] | None = None


class Signer(Fact):
    """Signer: who signed, in which post and for whom (Nghị định 30/2020/NĐ-CP, Điều 8 khoản 7)."""

    name: str | None = None
    position: str | None = None
    capacity: str | None = None
    on_behalf_of: str | None = None


class Signature(Fact):
    """Signature: a digital signature as its certificate states it; `intact` is null where that cannot be told."""

    signer: str | None = None
    organization: str | None = None
    unit: str | None = None
    signed_at: str | None = None
    intact: bool | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None


class Header(Fact):
    """Header: what the first and last pages say of the document itself; blank parts of a draft stay null."""

    doc_type: str | None = None
    number: int | None = None
    symbol: str | None = None
    code: str | None = None
    issuer: Organization | None = None
    parent_issuer: Organization | None = None
    place: str | None = None
    issued_on: str | None = None
    title: str | None = None
    signer: Signer | None = None
    recipients: tuple[str, ...] = ()
    urgency: str | None = None
    secrecy: str | None = None
    signatures: tuple[Signature, ...] = ()
    evidence: dict[str, Evidence] = Field(default_factory=dict)


class OfficialUnit(Fact):
    """OfficialUnit: the administrative unit that a name resolves to at the document's date."""

    code: str | None
    name: str
    province: str
    valid: str


class SuccessorUnit(Fact):
    """SuccessorUnit: the unit a locality belongs to since 2025-07-01 (Nghị quyết 202/2025/QH15)."""

    name: str
    province: str


class Locality(Fact):
    """Locality: the place whose plan it is; `official` stays null where the name is ambiguous."""

    name: str
    type: str
    level: Level
    within: tuple[str, ...] = ()
    source: str
    official: OfficialUnit | None = None
    successor: SuccessorUnit | None = None


class Period(Fact):
    """Period: the years that the plan as a whole covers, as EDTF years."""

    start: str
    end: str


class Plan(Fact):
    """Plan: one document, read. Every list is in document order; the same bytes in give the same bytes out."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    id: str
    source: Source
    header: Header
    locality: Locality | None = None
    period: Period | None = None
    outline: tuple[Section, ...] = ()
    references: tuple[Reference, ...] = ()
    goals: tuple[Goal, ...] = ()
    targets: tuple[Target, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    tasks: tuple[Task, ...] = ()
    tables: tuple[Table, ...] = ()
    unclaimed: tuple[Unclaimed, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def json_schema() -> dict[str, Any]:
    """The published JSON Schema (2020-12), generated from the models."""
    schema = Plan.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Plan JSON 1.0", **schema}
