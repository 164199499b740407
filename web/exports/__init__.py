"""Exports: plans in the forms of others: W3C Web Annotation, Frictionless Data Package, Label Studio, StratML."""

import json
import shutil
from pathlib import Path

from web.exports.annotations import annotations
from web.exports.datapackage import datapackage
from web.exports.labelstudio import task
from web.exports.stratml import stratml
from web.review import reviewed_plans, text_of


def write_exports(outputs: Path, out: Path) -> int:
    """Write the plans, as people have corrected them, into `annotations/`, `stratml/`, `labelstudio.json` and `datapackage/` and return the number of plans."""
    for name in ("annotations", "stratml"):
        (out / name).mkdir(parents=True, exist_ok=True)
    count = 0
    with (out / "labelstudio.json").open("w", encoding="utf-8", newline="\n") as tasks:
        for plan, _ in reviewed_plans(outputs):
            text = text_of(outputs, plan.id)
            page = json.dumps(annotations(plan, text), ensure_ascii=False, indent=1)
            (out / "annotations" / f"{plan.id}.jsonld").write_text(page, encoding="utf-8", newline="\n")
            (out / "stratml" / f"{plan.id}.xml").write_bytes(stratml(plan))
            tasks.write(f"{',' if count else '['}\n{json.dumps(task(plan, text), ensure_ascii=False)}")
            count += 1
        tasks.write("\n]\n" if count else "[]\n")
    package = out / "datapackage"
    package.mkdir(exist_ok=True)
    described = datapackage(outputs)
    for resource in described["resources"]:
        shutil.copyfile(outputs / "tables" / resource["path"], package / resource["path"])
    (package / "datapackage.json").write_text(json.dumps(described, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    return count
