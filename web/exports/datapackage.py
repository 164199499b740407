"""Data package: the tables of a run described as a Frictionless Data Package (Data Package v1, Table Schema v1)."""

import hashlib
from pathlib import Path
from typing import Any

from pipeline import VERSION
from pipeline.tables import COLUMNS, header_of

_TYPES = {"string": "string", "int": "integer", "float": "number", "bool": "boolean"}


def datapackage(outputs: Path) -> dict[str, Any]:
    """The description; resources are the CSV files beside it, and all facts are keyed by their plan."""
    return {
        "profile": "tabular-data-package",
        "name": "kehoach",
        "title": "Kế hoạch hành chính: dữ kiện",
        "version": VERSION,
        "resources": [_resource(outputs, table) for table in COLUMNS],
    }


def _resource(outputs: Path, table: str) -> dict[str, Any]:
    path = outputs / "tables" / f"{table}.csv"
    content = path.read_bytes()
    schema: dict[str, Any] = {
        "fields": [{"name": column.name, "type": _TYPES[column.type]} for column in header_of(table)],
        "missingValues": [""],
    }
    if table == "plans":
        schema["primaryKey"] = "plan_id"
    else:
        schema["foreignKeys"] = [{"fields": "plan_id", "reference": {"resource": "plans", "fields": "plan_id"}}]
    return {"profile": "tabular-data-resource", "name": table, "path": path.name, "format": "csv", "mediatype": "text/csv",
            "encoding": "utf-8-sig", "bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}", "schema": schema}  # fmt: skip
