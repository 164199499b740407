"""Database: everything in one DuckDB file: the tables of the run, those of the comparison, and views that answer questions."""

from collections.abc import Iterable
from pathlib import Path

import duckdb
import pyarrow as pa

RUN_TABLES = ("plans", "targets", "goals", "deadlines", "responsibilities", "tasks", "references")
"""Tables of a run, as `extract` wrote them; the comparison's own list of plans is called `compared_plans` beside them."""

VIEWS: dict[str, tuple[str, str]] = {
    "v_alignment": (
        "Each target, goal and gap with the name of its plan and of the plan it is judged against.",
        "SELECT a.*, p.name AS plan_name, p.issuer, p.code, r.name AS reference_name, r.issuer AS reference_issuer "
        "FROM alignment a JOIN compared_plans p ON p.id = a.plan LEFT JOIN compared_plans r ON r.id = a.reference",
    ),
    "v_gaps": (
        "Indicators that the plans of a subject commonly have, and the plans that say nothing of them.",
        "SELECT a.indicator, a.label, a.plan, p.issuer, a.locality, a.level "
        "FROM alignment a JOIN compared_plans p ON p.id = a.plan WHERE a.kind = 'gap'",
    ),
    "v_shortfalls": (
        "Targets of a parent plan that its child leaves out, lowers or puts off.",
        "SELECT p.issuer AS parent_issuer, c.issuer AS child_issuer, t.* "
        "FROM cascade_targets t JOIN compared_plans p ON p.id = t.parent JOIN compared_plans c ON c.id = t.child "
        "WHERE t.coverage IN ('absent', 'below') OR (t.\"when\" = 'later' AND t.coverage IN ('equal', 'below'))",
    ),
    "v_tasks_not_taken_up": (
        "Tasks given to the child's level that its plan does not name.",
        "SELECT p.issuer AS parent_issuer, c.issuer AS child_issuer, t.* "
        "FROM cascade_tasks t JOIN compared_plans p ON p.id = t.parent JOIN compared_plans c ON c.id = t.child "
        "WHERE t.uptake = 'not_taken_up'",
    ),
    "v_grounds_by_instrument": (
        "How many plans and localities rest on or cite an instrument.",
        "SELECT instrument, any_value(type) AS type, any_value(title) AS title, count(DISTINCT plan) AS plans, "
        "count(DISTINCT locality) AS localities, count(DISTINCT plan) FILTER (role = 'basis') AS as_basis "
        "FROM grounds GROUP BY instrument",
    ),
    "v_calendar": (
        "Dated deadlines in order, with the plan and who leads.",
        "SELECT c.day, c.start, c.recurrence, c.what, c.lead, c.text, p.issuer, p.code, c.plan, c.quote "
        "FROM calendar c JOIN compared_plans p ON p.id = c.plan WHERE c.day IS NOT NULL ORDER BY c.day, c.plan",
    ),
    "v_citation_graph": (
        "Edges from plans to instruments, and to plans of the folder where the instrument is one of them.",
        "SELECT g.plan AS source, coalesce(g.cited_plan, g.instrument) AS target, g.cited_plan IS NOT NULL AS is_plan, "
        "g.role, g.relation, g.mentions FROM grounds g",
    ),
}
"""Views by name: what they answer, and how."""


MEMORY = "256MB"
"""What the database may hold of its file while it is written."""


def write_database(tables: Iterable[tuple[str, Iterable[pa.Table]]], run: Path, path: Path) -> None:
    """Write the file from tables in pieces; tables of the run that are missing are left out."""
    with duckdb.connect(str(path), config={"memory_limit": MEMORY}) as connection:
        for name in RUN_TABLES:
            if (run / f"{name}.parquet").is_file():
                connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM read_parquet(?)', [str(run / f"{name}.parquet")])
        for table, pieces in tables:
            name, verb = "compared_plans" if table == "plans" else table, "CREATE TABLE {} AS"
            for piece in pieces:
                connection.register("incoming", piece)
                connection.execute(f"{verb.format(name)} SELECT * FROM incoming")
                connection.unregister("incoming")
                verb = "INSERT INTO {}"
        for name, (meaning, query) in VIEWS.items():
            connection.execute(f"CREATE VIEW {name} AS {query}")
            connection.execute(f"COMMENT ON VIEW {name} IS '{meaning.replace(chr(39), chr(39) * 2)}'")
