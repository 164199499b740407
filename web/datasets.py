"""Datasets: the rows behind the long lists and the large charts, as short as they can be; plans by their number in `plans`."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from comparison.aims import aims_of
from comparison.measures import words_of
from comparison.standings import FINDINGS, Standing
from pipeline.tables import Cell
from schemas.comparison import IndicatorEntry, PlanEntry, Position
from schemas.plan import Plan
from web.files import write_csv, write_data, write_parts
from web.gathering import Folder
from web.tallies import instrument_name, topic, year
from web.times import span_words, time_words

_SIGNS = {"ge": "≥ ", "gt": "> ", "le": "≤ ", "lt": "< ", "approx": "≈ ", "eq": "", "range": ""}
_CHANGES = {"increase_by": "+", "decrease_by": "−", "increase_to": "↑ ", "decrease_to": "↓ ", "multiply_by": "× "}
NETWORK = 40
"""Instruments drawn in the network; more are unreadable."""
UNKNOWN = Standing("", 0, "?")
"""Of a target without an indicator."""
SHOWN = 160
"""Characters of a text in a list; the page of the plan has all of it."""


class Dataset(NamedTuple):
    """Dataset: columns and rows for CSV, and the values for the page."""

    columns: Sequence[str]
    rows: list[list[Cell]]
    values: list[list[Any]]


def write_datasets(folder: Folder, out: Path) -> None:
    """Write `data/plans`, `indicators`, `positions`, `deadlines`, `findings`, `standings` and `network`, and the CSV files of the long ones."""
    write_data(out, "plans", plan_rows(folder))
    write_data(out, "indicators", [[one.id, one.label, one.direction, one.plans] for one in ranked(folder)])
    write_data(out, "standings", standing_words())
    write_data(out, "network", network(folder))
    write_csv(out, "network", ("instrument", "plan_id", "locality", "role", "relation"), network_rows(folder))
    found = {"positions": position_rows(folder), "deadlines": deadline_rows(folder), "findings": diagnostic_rows(folder)}
    for name, dataset in found.items():
        write_parts(out, name, dataset.values)
        write_csv(out, name, dataset.columns, dataset.rows)


def plan_rows(folder: Folder) -> list[list[Any]]:
    """Id, title, locality, level, province, topic, year, code, issuer, name of the file, counts of a few families."""
    rows = []
    for one in folder.plans:
        aside = folder.asides[one.id]
        rows.append([
            one.id, one.title or one.name, aside.place, one.level, aside.province, topic(one), year(one), one.code or "",
            one.issuer or "", one.name, aside.counts["targets"], aside.counts["diagnostics"],
        ])  # fmt: skip
    return rows


def ranked(folder: Folder) -> list[IndicatorEntry]:
    """The indicators, those of most plans first."""
    return sorted(folder.comparison.indicators, key=lambda one: (-one.plans, one.source == "provisional", one.id))


def position_rows(folder: Folder) -> Dataset:
    """One row a position.

    Values: indicator, plan, kind, level in words, number to draw, common unit, horizon, verdict, reason, target, reference plan
    (-1 for none), what is measured.
    """
    indicators = {one.id: number for number, one in enumerate(ranked(folder))}
    columns = ("indicator", "label", "plan_id", "locality", "level", "kind", "comparator", "value", "value_high", "unit",
               "horizon", "verdict", "reason", "reference_plan", "target", "quote")  # fmt: skip
    some = folder.comparison.alignment
    rows: list[list[Cell]] = [
        [one.indicator, one.label, one.plan, one.locality, one.level, one.kind, one.comparator, one.value, one.value_high, one.unit,
         one.horizon_end, one.verdict, one.reason, one.reference, one.target, one.evidence.quote if one.evidence else None]
        for one in some
    ]  # fmt: skip
    values = [
        [indicators[one.indicator], folder.numbers[one.plan], one.kind, level_words(one), _drawn(one), one.measure or "",
         time_words(one.horizon_end, "vi"), one.verdict or "", one.reason or "", one.target or "",
         folder.numbers.get(one.reference or "", -1), (one.indicator_text or "")[:SHOWN]]
        for one in some
        if one.indicator in indicators
    ]  # fmt: skip
    values.sort(key=lambda row: int(row[1] or 0))
    return Dataset(columns, rows, values)


def level_words(one: Position) -> str:
    """The level of a position as a short sign: `≥ 95 %`."""
    if one.value is None:
        return ""
    high = f"–{words_of(one.value_high)}" if one.value_high is not None else ""
    return f"{_CHANGES.get(one.change or '', '')}{_SIGNS.get(one.comparator or '', '')}{words_of(one.value)}{high} {one.unit or ''}".strip()


def _drawn(one: Position) -> float | None:
    return None if one.kind != "target" or one.change in {"increase_by", "decrease_by", "multiply_by"} else one.low


def deadline_rows(folder: Folder) -> Dataset:
    """One row a deadline, by its last day; those without one last."""
    columns = ("plan_id", "locality", "deadline", "start", "day", "recurrence", "kind", "what", "lead", "text")
    found = sorted(folder.comparison.calendar, key=lambda one: (one.day or "9999", folder.numbers[one.plan], one.evidence.start))
    rows: list[list[Cell]] = [
        [one.plan, one.locality, one.deadline, one.start, one.day, one.recurrence, one.kind, one.what, "; ".join(one.lead), one.text]
        for one in found
    ]
    values = [
        [folder.numbers[one.plan], one.deadline, one.day or "", one.recurrence or "", one.what[:SHOWN], "; ".join(one.lead)[:SHOWN], one.text[:SHOWN]]
        for one in found
    ]
    return Dataset(columns, rows, values)


def diagnostic_rows(folder: Folder) -> Dataset:
    """One row a diagnostic."""
    found = [(plan, *finding) for plan, aside in folder.asides.items() for finding in aside.findings]
    return Dataset(("plan_id", "diagnostic", "code", "message"), [list(row) for row in found],
                   [[folder.numbers[row[0]], *row[1:]] for row in found])  # fmt: skip


def network(folder: Folder) -> list[list[Any]]:
    """The instruments that most plans name: name, numbers of the plans (at most sixty), how many there are."""
    edges: dict[str, set[int]] = defaultdict(set)
    for one in folder.comparison.grounds:
        edges[instrument_name(one.code, one.name, one.issued_on)].add(folder.numbers[one.plan])
    top = sorted(edges, key=lambda name: (-len(edges[name]), name))[:NETWORK]
    return [[name, sorted(edges[name])[:60], len(edges[name])] for name in top]


def network_rows(folder: Folder) -> list[list[Cell]]:
    """One row a plan and an instrument that it names."""
    return [
        [instrument_name(one.code, one.name, one.issued_on), one.plan, folder.asides[one.plan].place, one.role, one.relation]
        for one in folder.comparison.grounds
    ]


def standing_words() -> dict[str, list[str]]:
    """What the page shows for each letter of a standing: a word for the verdict, and one for the reason or the horizons."""
    words = {"same": "same", "stricter": "a_stricter", "weaker": "b_stricter", "higher": "a_higher", "lower": "b_higher"}
    whens = {"same": "", "earlier": "a_earlier", "later": "a_later", "unknown": "horizon_unknown"}
    shown = {letter: [words.get(one.verdict, one.verdict), one.reason or whens[one.when]] for letter, one in FINDINGS.items()}
    alike = {letter: ["alike", ""] for letter, both in shown.items() if both == ["same", ""]}
    return shown | alike | {UNKNOWN.against: ["not_comparable", "no_indicator"]}


def compared(plan: Plan, entry: PlanEntry, place: str, standings: dict[str, Standing]) -> dict[str, Any]:
    """What comparing two plans needs of each; `standings` are those of its targets, by the target's id.

    Targets: indicator (words where it is none), measure, level in words, horizon, number of its kind, letters, id.
    """
    heads = {"title": entry.title, "code": entry.code, "issued_on": time_words(entry.issued_on, "vi"), "issuer": entry.issuer,
             "locality": place, "topic": topic(entry), "period": span_words(entry.period_start, entry.period_end, "vi")}  # fmt: skip
    texts = {one.id: one.text for family in (plan.goals, plan.targets, plan.tasks) for one in family}
    texts |= {one.id: one.title for one in plan.outline}
    aims = [(one, standings.get(one.id, UNKNOWN._replace(indicator=one.said.lower()))) for one in aims_of(plan)]
    return {
        "head": heads,
        "targets": [[its.indicator, a.said, a.words, time_words(a.horizon, "vi"), its.kind, its.against, a.id] for a, its in aims],
        "deadlines": [[one.time.recurrence or span_words(one.time.start, one.time.end, "vi") or one.time.text, one.time.text,
                       texts.get(one.applies_to.id if one.applies_to else one.section or "", one.time.text)[:160], one.id]
                      for one in plan.deadlines],
        "references": [[instrument_name(one.code, one.name or one.type, one.issued_on), one.title or "", one.role, one.id]
                       for one in plan.references],
        "bodies": sorted({(one.unit.name, one.role) for one in plan.responsibilities}),
    }  # fmt: skip
