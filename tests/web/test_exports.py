"""Exports: each read back by a reader of its own kind."""

import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from comparison.reading import read_plans
from schemas.plan import Plan
from web.exports import write_exports
from web.exports.labelstudio import CONFIG, LABELS, task
from web.exports.stratml import NAMESPACE, stratml
from web.review import text_of


@pytest.fixture(scope="module")
def exports(run_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("exports")
    assert write_exports(run_folder, out) == len(list(read_plans(run_folder)))
    return out


def test_annotations_select_their_quotes(exports: Path, run_folder: Path) -> None:
    for path in (exports / "annotations").iterdir():
        page = json.loads(path.read_text(encoding="utf-8"))
        text = text_of(run_folder, path.stem)
        assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
        assert len({one["id"] for one in page["items"]}) == len(page["items"])
        for one in page["items"]:
            for target in one["target"] if isinstance(one["target"], list) else [one["target"]]:
                position, quote = target["selector"]
                assert text[position["start"] : position["end"]] == quote["exact"]
                assert text[: position["start"]].endswith(quote["prefix"])
                assert text[position["end"] :].startswith(quote["suffix"])


def test_tasks_of_label_studio_select_their_words(exports: Path) -> None:
    tasks = json.loads((exports / "labelstudio.json").read_text(encoding="utf-8"))
    for one in tasks:
        units = one["data"]["text"].encode("utf-16-le")
        for result in one["predictions"][0]["result"]:
            value = result["value"]
            assert units[2 * value["start"] : 2 * value["end"]].decode("utf-16-le") == value["text"]
            assert value["labels"][0] in LABELS
    assert ElementTree.fromstring(CONFIG).tag == "View"


def test_offsets_of_label_studio_count_utf16(full_plan: Plan) -> None:
    moved = full_plan.model_copy(update={"targets": (full_plan.targets[0].model_copy(
        update={"evidence": full_plan.targets[0].evidence.model_copy(update={"start": 2, "end": 3, "quote": "b"})}),)})  # fmt: skip
    found = [one["value"] for one in task(moved, "😀ab")["predictions"][0]["result"] if one["value"]["labels"] == ["targets"]]
    assert (found[0]["start"], found[0]["end"]) == (3, 4)


def test_data_package_describes_its_files(exports: Path) -> None:
    folder = exports / "datapackage"
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    casts: dict[str, Callable[[str], Any]] = {"integer": int, "number": float, "string": str, "boolean": {"true": True, "false": False}.__getitem__}
    for resource in package["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert len(content) == resource["bytes"]
        fields = resource["schema"]["fields"]
        header, *rows = csv.reader(content.decode(resource["encoding"]).splitlines(keepends=True))
        assert header == [field["name"] for field in fields]
        for row in rows:
            for cell, field in zip(row, fields, strict=True):
                assert cell == "" or casts[field["type"]](cell) is not None


def test_data_package_in_frictionless(exports: Path) -> None:
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")
    report = frictionless.validate(str(exports / "datapackage" / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])[:5]


ORDER = {
    "PerformancePlanOrReport": "Name Description StrategicPlanCore AdministrativeInformation",
    "StrategicPlanCore": "Organization Goal",
    "Organization": "Name Identifier",
    "Goal": "Name Description Identifier SequenceIndicator Objective",
    "Objective": "Name Description Identifier PerformanceIndicator",
    "PerformanceIndicator": "SequenceIndicator MeasurementDimension UnitOfMeasurement Identifier MeasurementInstance",
    "MeasurementInstance": "TargetResult",
    "TargetResult": "EndDate NumberOfUnits Description",
    "AdministrativeInformation": "StartDate EndDate PublicationDate",
}
"""Which elements an element may have, in this order (ISO 17469-2, version 2.2.8 of its schema; those that we write)."""


def test_stratml_keeps_the_order_of_its_schema(run_folder: Path) -> None:
    for plan in read_plans(run_folder):
        root = ElementTree.fromstring(stratml(plan))
        assert root.get("Type") == "Strategic_Plan"
        for element in root.iter():
            order = ORDER.get(element.tag.split("}")[1], "").split()
            places = [order.index(child.tag.split("}")[1]) for child in element]
            assert places == sorted(places), element.tag
        for number in root.iter(f"{{{NAMESPACE}}}NumberOfUnits"):
            float(number.text or "x")
        for day in (*root.iter(f"{{{NAMESPACE}}}EndDate"), *root.iter(f"{{{NAMESPACE}}}StartDate")):
            date.fromisoformat(day.text or "")


def test_stratml_has_every_target_once(run_folder: Path) -> None:
    for plan in read_plans(run_folder):
        root = ElementTree.fromstring(stratml(plan))
        assert root.tag == f"{{{NAMESPACE}}}PerformancePlanOrReport"
        indicators = root.findall(f".//{{{NAMESPACE}}}PerformanceIndicator")
        assert len(indicators) == len(plan.targets)
        names = [one.text for one in root.iter(f"{{{NAMESPACE}}}Identifier")]
        assert len(names) == len(set(names))
