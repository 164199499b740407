"""Material of the comparison's tests: the corpus and the sample plans, read once, and plans made of a few targets."""

from functools import cache
from pathlib import Path

from pipeline import read_plan
from schemas.facts import Evidence, Organization, Reference, Target, Time
from schemas.plan import Header, Locality, OfficialUnit, Period, Plan, Source

ROOT = Path(__file__).parent.parent.parent
SAMPLES = ROOT.parent / "shared" / "plans"


@cache
def corpus() -> tuple[Plan, ...]:
    return tuple(read_plan(path) for path in sorted((ROOT / "corpus" / "plans").iterdir()))


@cache
def samples() -> tuple[Plan, ...]:
    return tuple(read_plan(path) for path in sorted(SAMPLES.iterdir()))


def stem(plan: Plan) -> str:
    return Path(plan.source.name).stem


def evidence(quote: str, start: int = 0) -> Evidence:
    return Evidence(start=start, end=start + len(quote), quote=quote)


def target(said: str, value: float, unit: str = "%", **more: object) -> Target:
    quote = str(more.pop("quote", f"{value:g} {unit}"))
    end = more.pop("by", None)
    horizon = Time(text=str(end), kind="by", end=str(end), evidence=evidence(str(end))) if end else None
    fields = {"id": "target-1", "text": f"{said} {quote}", "kind": "percentage" if unit in {"%", "‰"} else "count", "comparator": "eq", **more}
    return Target(indicator_text=said, value=value, unit=unit, horizon=horizon, evidence=evidence(quote, int(more.pop("at", 0) or 0)), **{k: v for k, v in fields.items() if k != "at"})


def body(name: str, **more: object) -> Organization:
    return Organization(name=name, surface=name, **{"kind": "people_committee", **more})


def citation(code: str, on: str | None, *, title: str | None = None, issuer: str | None = None, level: str | None = None, number: int = 1) -> Reference:
    return Reference(
        id=f"reference-{number}", code=code, type="KH", issued_on=on, title=title, role="basis", relation="implements",
        issuer=body(issuer, level=level) if issuer else None, mentions=(evidence(f"số {code}", 10 * number),),
    )


def plan(identity: str, *, code: str | None = None, on: str | None = None, place: tuple[str, str] | None = ("xã", "An Bình"), **more: object) -> Plan:
    within = tuple(more.pop("within", ()))
    level = {"xã": "commune", "phường": "commune", "huyện": "district", "tỉnh": "province"}[place[0]] if place else None
    official = more.pop("official", None)
    locality = None
    if place:
        unit = OfficialUnit(code=official[0], name=f"{place[0]} {place[1]}", province=official[1], valid="../2025-06-30") if official else None
        locality = Locality(name=place[1], type=place[0], level=level, within=within, source="header", official=unit)
    issuer = body(f"UBND {place[0]} {place[1]}", level=level) if place else None
    header = Header(doc_type="KH", code=code, issued_on=on, issuer=issuer, title=str(more.pop("title", "Phòng chống bệnh dại")))
    period = more.pop("period", None)
    return Plan(
        id=identity, source=Source(name=f"{identity}.txt", sha256=identity * 4, bytes=1, media_type="text/plain", text_layer="plain", engine="test"),
        header=header, locality=locality, period=Period(start=period[0], end=period[1]) if period else None, **more,
    )
