"""Exports: each read back by a reader of its own kind."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import frictionless
import pytest
from icalendar import Calendar
from jsonschema import Draft202012Validator
from lxml import etree

from comparison.ics import ics
from comparison.reading import read_plans
from schemas.plan import Plan
from web.exports import write_exports
from web.exports.labelstudio import CONFIG, LABELS, task
from web.exports.stratml import NAMESPACE, stratml
from web.gathering import Folder
from web.review import text_of

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def exports(run_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("exports")
    assert write_exports(run_folder, out) == len(list(read_plans(run_folder)))
    return out


SELECTORS = {
    "oneOf": [
        {"type": "object", "required": ["type", "start", "end"], "additionalProperties": False, "properties": {
            "type": {"const": "TextPositionSelector"}, "start": {"type": "integer", "minimum": 0}, "end": {"type": "integer", "minimum": 1}}},
        {"type": "object", "required": ["type", "exact"], "additionalProperties": False, "properties": {
            "type": {"const": "TextQuoteSelector"}, "exact": {"type": "string"}, "prefix": {"type": "string"}, "suffix": {"type": "string"}}},
    ]
}  # fmt: skip
MOTIVATIONS = ["assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting", "identifying", "linking",
               "moderating", "questioning", "replying", "tagging"]  # fmt: skip
ONE_OR_MANY: dict[str, Any] = {
    name: {"oneOf": [{"$ref": f"#/$defs/{name}One"}, {"type": "array", "minItems": 1, "items": {"$ref": f"#/$defs/{name}One"}}]}
    for name in ("body", "target")
}
ANNOTATION_PAGE = {
    "type": "object", "required": ["@context", "id", "type", "items"], "additionalProperties": False,
    "properties": {"@context": {"const": "http://www.w3.org/ns/anno.jsonld"}, "id": {"format": "iri", "type": "string"}, "type": {"const": "AnnotationPage"},
                   "items": {"type": "array", "items": {"$ref": "#/$defs/annotation"}}},
    "$defs": {
        **ONE_OR_MANY,
        "annotation": {"type": "object", "required": ["id", "type", "target"], "additionalProperties": False, "properties": {
            "id": {"type": "string", "pattern": "^urn:kehoach:[0-9a-f]{16}:[a-z0-9-]+$"}, "type": {"const": "Annotation"}, "motivation": {"enum": MOTIVATIONS},
            "body": {"$ref": "#/$defs/body"}, "target": {"$ref": "#/$defs/target"}}},
        "bodyOne": {"type": "object", "required": ["type", "value"], "additionalProperties": False, "properties": {
            "type": {"const": "TextualBody"}, "value": {"type": "string"}, "purpose": {"enum": MOTIVATIONS}, "format": {"type": "string"},
            "language": {"type": "string"}}},
        "targetOne": {"type": "object", "required": ["type", "source", "selector"], "additionalProperties": False, "properties": {
            "type": {"const": "SpecificResource"}, "source": {"type": "string", "pattern": "^urn:"},
            "selector": {"type": "array", "minItems": 1, "items": SELECTORS}}},
    },
}  # fmt: skip
"""What the Web Annotation Data Model (Recommendation of 2017-02-23) allows of the terms that we use."""


def test_annotations_keep_their_model(exports: Path) -> None:
    validator = Draft202012Validator(ANNOTATION_PAGE)
    for path in (exports / "annotations").iterdir():
        validator.validate(json.loads(path.read_text(encoding="utf-8")))


def test_calendar_is_read_by_a_calendar(run_folder: Path) -> None:
    folder = Folder(run_folder)
    calendar = Calendar.from_ical(ics(folder.comparison.calendar, {one.id: one for one in folder.plans}))
    dated = [one for one in folder.comparison.calendar if one.day]
    events = calendar.walk("VEVENT")
    assert len(events) == len(dated) > 50
    assert len({str(event["UID"]) for event in events}) == len(events)
    assert calendar.errors == []
    for entry, event in zip(dated, events, strict=True):
        assert event.errors == []
        assert event["DTSTART"].dt.isoformat() == entry.day
        assert entry.text in str(event["DESCRIPTION"])
        assert str(event.get("LOCATION", "")) == (entry.locality or "")


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
    report = frictionless.validate(str(exports / "datapackage" / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])[:5]


def test_stratml_keeps_its_schema(exports: Path) -> None:
    schema = etree.RelaxNG(etree.parse(HERE / "stratml.rng"))
    paths = list((exports / "stratml").iterdir())
    assert paths
    for path in paths:
        assert schema.validate(etree.parse(path)), schema.error_log.last_error


def test_stratml_has_every_target_once(run_folder: Path) -> None:
    for plan in read_plans(run_folder):
        root = ElementTree.fromstring(stratml(plan))
        assert root.tag == f"{{{NAMESPACE}}}PerformancePlanOrReport"
        indicators = root.findall(f".//{{{NAMESPACE}}}PerformanceIndicator")
        assert len(indicators) == len(plan.targets)
        names = [one.text for one in root.iter(f"{{{NAMESPACE}}}Identifier")]
        assert len(names) == len(set(names))
