"""Tallies: the counts of the overview as tables of rows; the same rows are drawn, printed and downloaded."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.tables import Cell
from schemas.comparison import PlanEntry
from schemas.facts import Level
from web.gathering import Folder
from web.words import Both, same, say

_LEVELS: tuple[Level | None, ...] = ("central", "province", "district", "commune", None)
_ROLES = ("lead", "coordinate", "advised", "reported_to")
_MOST_MONTHS = 600
Rows = tuple[tuple[Both | int, ...], ...]


class Tally(NamedTuple):
    """Tally: a small table; the first column names, the others count. `name` is that of its CSV file."""

    name: str
    title: Both
    columns: tuple[Both, ...]
    rows: Rows
    chart: str = "bars"

    @property
    def cells(self) -> list[list[Cell]]:
        """The rows as they go into CSV."""
        return [[cell if isinstance(cell, int) else cell.vi for cell in row] for row in self.rows]


def overview(folder: Folder) -> list[Tally]:
    """Plans by level, province, topic and year."""
    levels = Counter(one.level for one in folder.plans)
    years = Counter(year(one) for one in folder.plans)
    by_year = tuple((same(one) if one else say("none"), years[one]) for one in sorted(years, key=lambda y: y or "~"))
    return [
        _plans("by_level", "level", tuple((say(f"level_{one}" if one else None), levels[one]) for one in _LEVELS if levels[one])),
        _plans("by_province", "province", _ranked(one.province for one in folder.asides.values())),
        _plans("by_topic", "topic", _ranked(topic(one) for one in folder.plans)),
        _plans("by_year", "year", by_year),
    ]


def _plans(name: str, column: str, rows: Rows) -> Tally:
    return Tally(name, say(name), (say(column), say("number_of_plans")), rows)


def _ranked(names: Iterable[str | None]) -> Rows:
    counts = Counter(names)
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0] or "~"))
    return tuple((same(name) if name else say("none"), n) for name, n in ranked)


def topic(plan: PlanEntry) -> str | None:
    """What a plan is about, for reading: the number of an instrument in capitals, words with a capital."""
    subject = plan.subject
    if any(sign.isdigit() for sign in subject) and " " not in subject:
        return subject.upper()
    return subject[:1].upper() + subject[1:] or None


def year(plan: PlanEntry) -> str | None:
    """The year of issue."""
    return plan.issued_on[:4] if plan.issued_on else None


def instruments(folder: Folder, *, limit: int = 500) -> Tally:
    """Instruments by how many plans name them: as a basis, and otherwise."""
    roles: dict[str, dict[str, set[str]]] = defaultdict(lambda: {"basis": set(), "cited": set()})
    for one in folder.comparison.grounds:
        roles[instrument_name(one.code, one.name, one.issued_on)][one.role].add(one.plan)
    counts = [(name, len(by["basis"]), len(by["cited"] - by["basis"])) for name, by in roles.items()]
    counts.sort(key=lambda row: (-row[1] - row[2], row[0]))
    rows = tuple((same(name), basis, cited) for name, basis, cited in counts[:limit])
    return Tally("instruments", say("top_instruments"), (say("instrument"), say("basis"), say("cited")), rows, "stack")


def instrument_name(code: str | None, name: str | None, issued_on: str | None) -> str:
    """How an instrument is called in lists; code and date together, since codes recur.

    >>> instrument_name("25-CT/TW", None, "2023-10-25"), instrument_name(None, "Đề án 06", None)
    ('25-CT/TW (25/10/2023)', 'Đề án 06')
    """
    if code is None:
        return name or "?"
    day = "/".join(str(int(part)) for part in reversed(issued_on.split("-")) if part.isdigit()) if issued_on else ""
    return f"{code} ({day})" if day else code


def bodies(folder: Folder) -> Tally:
    """Roles by kind of body."""
    counts: Counter[tuple[str, str]] = Counter()
    for (kind, _, role), n in _roles(folder):
        counts[(kind, role)] += n
    return Tally("bodies", say("leads_by_kind"), (say("body_kind"), *_role_words()), _by_role(counts, 100, words=True), "stack")


def body_names(folder: Folder, *, limit: int = 300) -> Tally:
    """The single bodies and their roles, those who lead most first."""
    counts: Counter[tuple[str, str]] = Counter()
    for (_, name, role), n in _roles(folder):
        counts[(name, role)] += n
    return Tally("body_names", say("body"), (say("body"), *_role_words()), _by_role(counts, limit, words=False), "none")


def _roles(folder: Folder) -> Iterator[tuple[tuple[str, str, str], int]]:
    for aside in folder.asides.values():
        yield from aside.roles.items()


def _role_words() -> Iterator[Both]:
    return (say(f"role_{role}") for role in _ROLES)


def _by_role(counts: Counter[tuple[str, str]], limit: int, *, words: bool) -> Rows:
    names = sorted({name for name, _ in counts}, key=lambda one: (-counts[(one, "lead")], -counts[(one, "coordinate")], one))
    return tuple((say(name) if words else same(name), *(counts[(name, role)] for role in _ROLES)) for name in names[:limit])


def diagnostics(folder: Folder) -> Tally:
    """Diagnostics by kind."""
    counts: Counter[str] = Counter()
    plans: Counter[str] = Counter()
    for aside in folder.asides.values():
        codes = [code for _, code, _ in aside.findings]
        counts.update(codes)
        plans.update(set(codes))
    rows = tuple((say(code), n, plans[code]) for code, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
    return Tally("diagnostics", say("diagnostics_by_kind"), (say("kind"), say("diagnostics"), say("number_of_plans")), rows)


def months(folder: Folder) -> Tally:
    """Deadlines by the month in which they end, empty months between them included."""
    counts = Counter(one.day[:7] for one in folder.comparison.calendar if one.day)
    rows = tuple((same(f"{month[5:]}/{month[:4]}"), counts[month]) for month in _every_month(sorted(counts)))
    return Tally("months", say("timeline"), (say("month"), say("number_of_deadlines")), rows, "columns")


def _every_month(months: list[str]) -> Iterator[str]:
    """All months from the first to the last; only those given where they lie too far apart.

    >>> list(_every_month(["2024-11", "2025-02"]))
    ['2024-11', '2024-12', '2025-01', '2025-02']
    """
    numbers = [int(month[:4]) * 12 + int(month[5:]) - 1 for month in months]
    if not numbers or numbers[-1] - numbers[0] > _MOST_MONTHS:
        yield from months
        return
    for number in range(numbers[0], numbers[-1] + 1):
        yield f"{number // 12:04}-{number % 12 + 1:02}"
