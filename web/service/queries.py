"""Queries: the tables of all finished runs, asked with DuckDB; every value of a request is a parameter."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb

ORDER = {"plans": "name, plan_id", "targets": "plan_id, quote_start", "references": "plan_id, id"}


def ask(outputs: Iterable[Path], table: str, where: dict[str, Any], *, limit: int, offset: int) -> tuple[int, list[dict[str, Any]]]:
    """How many rows a table has under conditions, and one page of them; a plan of two runs is there once.

    `where` maps a condition with one `?` (`issuer_level = ?`) to its value; conditions without a value are left out.
    """
    files = [str(folder / "tables" / f"{table}.parquet") for folder in outputs]
    files = [file for file in files if Path(file).is_file()]
    if not files:
        return 0, []
    plans = [file.replace(f"{table}.parquet", "plans.parquet") for file in files]
    kept = {condition: value for condition, value in where.items() if value is not None}
    clause = " AND ".join(kept) or "true"
    source, parameters = _source(table, files, plans)
    with duckdb.connect() as database:
        database.execute("SET enable_progress_bar = false")
        found = database.execute(f"SELECT count(*) FROM {source} WHERE {clause}", [*parameters, *kept.values()]).fetchone()
        sql = f"SELECT * FROM {source} WHERE {clause} ORDER BY {ORDER[table]} LIMIT ? OFFSET ?"
        rows = database.execute(sql, [*parameters, *kept.values(), limit, offset])
        names = [column[0] for column in rows.description or ()]
        return int(found[0]) if found else 0, [dict(zip(names, row, strict=True)) for row in rows.fetchall()]


def _source(table: str, files: Sequence[str], plans: Sequence[str]) -> tuple[str, list[Any]]:
    """The rows of a table; those of facts with the code, issuer and level of their plan."""
    each = "(SELECT DISTINCT ON (plan_id) * FROM read_parquet(?) ORDER BY plan_id, name)"
    if table == "plans":
        return each, [list(files)]
    about = "plans.code AS plan_code, plans.issuer AS plan_issuer, plans.locality_level AS plan_level"
    facts = f"SELECT DISTINCT facts.*, {about} FROM read_parquet(?) AS facts JOIN {each} AS plans USING (plan_id)"
    return f"({facts})", [list(files), list(plans)]
