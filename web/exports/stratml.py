"""StratML: a plan as a performance plan (ISO 17469-1 and its Part 2): goals, and under them targets as performance indicators."""

import re
import uuid
from xml.etree import ElementTree

from comparison.days import first_day, last_day
from schemas.facts import Goal, Target
from schemas.plan import Plan

NAMESPACE = "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport"
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold."""


def stratml(plan: Plan) -> bytes:
    """The document; identifiers are UUIDs made of plan and fact, the same in every run."""
    root = ElementTree.Element("PerformancePlanOrReport", {"xmlns": NAMESPACE, "Type": "Strategic_Plan"})
    _add(root, "Name", plan.header.title or plan.source.name)
    _add(root, "Description", plan.header.code)
    core = ElementTree.SubElement(root, "StrategicPlanCore")
    _core(core, plan)
    _about(ElementTree.SubElement(root, "AdministrativeInformation"), plan)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _core(core: ElementTree.Element, plan: Plan) -> None:
    organization = ElementTree.SubElement(core, "Organization")
    _add(organization, "Name", plan.header.issuer.name if plan.header.issuer else "")
    _add(organization, "Identifier", _identifier(plan, "organization"))
    placed = {ident for goal in plan.goals for ident in goal.targets}
    for number, goal in enumerate(plan.goals, start=1):
        _goal(core, plan, goal, number)
    loose = [target for target in plan.targets if target.id not in placed]
    if not plan.goals and not plan.targets:  # a document needs at least one goal
        _head(core, plan, (plan.header.title or plan.source.name, "", "title"), 1)
    if loose:
        element = _head(core, plan, ("Chỉ tiêu khác", "", "targets"), len(plan.goals) + 1)
        _objective(element, plan, "targets", loose)


def _about(about: ElementTree.Element, plan: Plan) -> None:
    if plan.period:
        _add(about, "StartDate", first_day(plan.period.start))
        _add(about, "EndDate", last_day(plan.period.end))
    issued = plan.header.issued_on
    if issued and len(issued) == 10 and "X" not in issued:
        _add(about, "PublicationDate", issued)


def _goal(core: ElementTree.Element, plan: Plan, goal: Goal, number: int) -> None:
    element = _head(core, plan, (goal.text, goal.evidence.quote, goal.id), number)
    targets = [target for target in plan.targets if target.id in goal.targets]
    if targets:
        _objective(element, plan, goal.id, targets)


def _head(core: ElementTree.Element, plan: Plan, named: tuple[str, str, str], number: int) -> ElementTree.Element:
    element = ElementTree.SubElement(core, "Goal")
    _add(element, "Name", named[0])
    _add(element, "Description", named[1])
    _add(element, "Identifier", _identifier(plan, named[2]))
    _add(element, "SequenceIndicator", str(number))
    return element


def _objective(goal: ElementTree.Element, plan: Plan, ident: str, targets: list[Target]) -> None:
    element = ElementTree.SubElement(goal, "Objective")
    _add(element, "Name", "Chỉ tiêu")
    _add(element, "Description", "")
    _add(element, "Identifier", _identifier(plan, f"{ident}-objective"))
    for number, target in enumerate(targets, start=1):
        indicator = ElementTree.SubElement(element, "PerformanceIndicator", {"PerformanceIndicatorType": "Quantitative"})
        _add(indicator, "SequenceIndicator", str(number))
        _add(indicator, "MeasurementDimension", target.indicator_text)
        _add(indicator, "UnitOfMeasurement", target.unit)
        _add(indicator, "Identifier", _identifier(plan, target.id))
        instance = ElementTree.SubElement(indicator, "MeasurementInstance")
        result = ElementTree.SubElement(instance, "TargetResult")
        if target.horizon and (day := last_day(target.horizon.end)):
            _add(result, "EndDate", day)
        _add(result, "NumberOfUnits", f"{target.value:f}".rstrip("0").rstrip("."))
        _add(result, "Description", target.evidence.quote)


def _add(parent: ElementTree.Element, name: str, text: str | None) -> None:
    ElementTree.SubElement(parent, name).text = _FORBIDDEN.sub("\ufffd", text or "")


def _identifier(plan: Plan, fact: str) -> str:
    return f"_{uuid.uuid5(uuid.NAMESPACE_URL, f'urn:kehoach:{plan.id}:{fact}')}"
