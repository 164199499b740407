"""Review: what people say of the facts of a folder, kept line by line in `reviews.jsonl`, and laid over the plans of any later run.

A review names its fact by family, quote and place, not by its number, which another run may give to another fact. Lines are
only ever added: who, when and why stay; the last word on a fact counts, and where two people differ both are told.
"""

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from comparison.reading import read_plans
from schemas.facts import Evidence
from schemas.plan import Plan

FILE = "reviews.jsonl"
Family = Literal["references", "goals", "targets", "deadlines", "responsibilities", "tasks"]
Seen = Literal["unclaimed", "diagnostics"]
"""What is only looked at: a review of it changes nothing, and takes it out of the queue."""
Says = Literal["accept", "correct", "reject", "add"]
FAMILIES: tuple[Family, ...] = get_args(Family)
_LINKS = {"targets": "targets", "tasks": "tasks", "references": "references", "deadline": "deadlines", "goal": "goals"}
"""Fields that name facts of another family by their ids."""


class Review(BaseModel):
    """Review: one person's word on one fact.

    `fact` is the fact as it stood when it was reviewed (none for `add`), `value` as it should be (for `correct` and `add`).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    plan: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    family: Family | Seen
    says: Says
    fact: dict[str, Any] | None = None
    value: dict[str, Any] | None = None
    who: Annotated[str, Field(min_length=1, max_length=200)]
    why: Annotated[str, Field(max_length=2000)] = ""
    at: Annotated[str, Field(max_length=40)] = ""

    @model_validator(mode="after")
    def _names_places(self) -> "Review":
        """A fact is told by its quote and place, so these must be there in the form of the schema; the rest is seen when it is laid."""
        for fact in (one for one in (self.fact, self.value) if one is not None):
            places = fact.get("mentions") if self.family == "references" else [fact.get("evidence")]
            if not isinstance(places, list) or not places:
                raise ValueError("a fact must say where it stands")
            for place in places:
                if place is not None or self.family != "diagnostics":
                    Evidence.model_validate(place)
        return self


class Dissent(NamedTuple):
    """Dissent: where a review and something else do not agree: `rules` (a new run), `lost` (no longer found), `people`, `invalid`."""

    plan: str
    family: str
    fact: str | None
    kind: Literal["rules", "lost", "people", "invalid"]
    message: str


class Reviewed(NamedTuple):
    """Reviewed: a plan with all reviews laid over it, and what does not agree."""

    plan: Plan
    dissents: tuple[Dissent, ...]


def text_of(outputs: Path, plan: str) -> str:
    """The canonical text of a plan of the run, line ends as they are."""
    with (outputs / "plans" / f"{plan}.txt").open(encoding="utf-8", newline="") as file:
        return file.read()


def append(folder: Path, review: Review) -> None:
    """Add a line; several processes may do so at once."""
    line = (review.model_dump_json() + "\n").encode()
    path = folder / FILE
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        size = os.fstat(descriptor).st_size
        if size and os.pread(descriptor, 1, size - 1) != b"\n":
            line = b"\n" + line  # the last writer was cut off: its line is lost, ours is not
        os.write(descriptor, line)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_reviews(folder: Path) -> tuple[list[Review], list[str]]:
    """All reviews of a folder, and what is wrong with the lines that are none."""
    path = folder / FILE
    good: list[Review] = []
    bad: list[str] = []
    lines = path.read_bytes().split(b"\n") if path.is_file() else []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                good.append(Review.model_validate_json(line))
            except ValidationError as error:
                bad.append(f"{path.name}, line {number}: {error.errors()[0]['msg']}")
    return good, bad


def apply(plan: Plan, reviews: Iterable[Review], text: str) -> Reviewed:
    """Lay the reviews of a plan over it; facts keep the order of the text."""
    facts: dict[str, list[dict[str, Any]]] = {family: [one.model_dump(mode="json") for one in getattr(plan, family)] for family in FAMILIES}
    dissents: list[Dissent] = []
    for same in _by_fact([one for one in reviews if one.plan == plan.id and one.family in FAMILIES], facts):
        if len({(one.says, json.dumps(one.value, sort_keys=True)) for one in same}) > 1 and len({one.who for one in same}) > 1:
            people = ", ".join(f"{one.who}: {one.says}" for one in same)
            dissents.append(Dissent(plan.id, same[0].family, _ident(same[-1]), "people", people))
        before = next((one.fact for one in same if one.fact), None)
        dissents += _lay(plan, facts[same[-1].family], same[-1], before, text)
    whole = {**plan.model_dump(mode="json"), **facts}
    _prune(whole)
    return Reviewed(Plan.model_validate(whole), tuple(dissents))


def reviewed_plans(outputs: Path) -> Iterator[Reviewed]:
    """The plans of a run in their order, with the reviews of its folder laid over them."""
    by_plan: dict[str, list[Review]] = {}
    for one in read_reviews(outputs)[0]:
        by_plan.setdefault(one.plan, []).append(one)
    for plan in read_plans(outputs):
        some = by_plan.get(plan.id)
        yield apply(plan, some, text_of(outputs, plan.id)) if some else Reviewed(plan, ())


def _by_fact(reviews: Sequence[Review], facts: dict[str, list[dict[str, Any]]]) -> list[list[Review]]:
    """Reviews of the same fact together, in the order in which they were made; of several at one place by what each says."""
    places = Counter((family, *_place(fact)) for family, some in facts.items() for fact in some)
    groups: dict[tuple[str, str, int, str], list[Review]] = {}
    for one in reviews:
        fact = one.fact or one.value or {}
        place = (one.family, *_place(fact))
        groups.setdefault((*place, _meaning(fact) if places[place] > 1 or one.says == "add" else ""), []).append(one)
    return list(groups.values())


def _place(fact: dict[str, Any]) -> tuple[str, int]:
    evidence = fact.get("evidence") or (fact.get("mentions") or [{}])[0]
    return str(evidence.get("quote", "")), int(evidence.get("start", -1))


def _ident(review: Review) -> str | None:
    return str((review.fact or review.value or {}).get("id") or "") or None


def _lay(plan: Plan, facts: list[dict[str, Any]], review: Review, before: dict[str, Any] | None, text: str) -> list[Dissent]:
    """Change the facts of a family by one review, in place."""
    found = _find(facts, before or review.value or {}) or (_find(facts, review.value) if review.value else None)
    dissents = []
    if before and found is None and review.says != "reject":
        dissents.append(Dissent(plan.id, review.family, _ident(review), "lost", f"“{_place(before)[0]}” is no longer found by the rules."))
    elif before and found is not None and _meaning(found) != _meaning(before) and _meaning(found) != _meaning(review.value or {}):
        dissents.append(Dissent(plan.id, review.family, found["id"], "rules", f"“{_place(found)[0]}” is now read in another way."))
    wanted = {"accept": found or review.fact, "correct": review.value, "add": found or review.value, "reject": None}[review.says]
    checked = _checked(plan, review.family, wanted, found, text) if wanted is not None else None
    if wanted is not None and checked is None:
        return [*dissents, Dissent(plan.id, review.family, _ident(review), "invalid", "The reviewed fact does not fit the text or the schema.")]
    if found is not None:
        facts.remove(found)
    if checked is not None:
        facts.append({**checked, "id": found["id"] if found else _new_id(facts, review.family)})
    facts.sort(key=lambda one: _place(one)[1])
    return dissents


def _find(facts: Iterable[dict[str, Any]], wanted: dict[str, Any]) -> dict[str, Any] | None:
    """The fact with the same quote, nearest to where it stood; each of several at one place by its meaning."""
    quote, start = _place(wanted)
    same = [one for one in facts if _place(one)[0] == quote]
    return min(same, key=lambda one: (abs(_place(one)[1] - start), _meaning(one) != _meaning(wanted)), default=None)


def _meaning(fact: dict[str, Any]) -> str:
    """What a fact says, without its number, its place and its links."""
    left_out = {"id", "evidence", "mentions", "section", "applies_to", *_LINKS}
    kept = {name: value for name, value in fact.items() if name not in left_out}
    return json.dumps(json.loads(json.dumps(kept), parse_int=float), sort_keys=True)  # a browser writes 95.0 as 95


def _checked(plan: Plan, family: str, wanted: dict[str, Any], found: dict[str, Any] | None, text: str) -> dict[str, Any] | None:
    """The fact as the schema and the text allow it, with its quote where the text has it now; else nothing."""
    kind = get_args(Plan.model_fields[family].annotation)[0]
    try:
        fact: dict[str, Any] = kind.model_validate({"id": "new", **wanted}).model_dump(mode="json")
    except ValidationError:
        return None
    places = fact["mentions"] if family == "references" else [fact["evidence"]]
    for place in places:
        if text[place["start"] : place["end"]] != place["quote"]:
            at = _nearest(text, place["quote"], place["start"])
            if at < 0:
                return None
            place.update(start=at, end=at + len(place["quote"]))
    return fact


def _nearest(text: str, quote: str, start: int) -> int:
    after, before = text.find(quote, start), text.rfind(quote, 0, start + len(quote))
    found = [at for at in (before, after) if at >= 0 and quote]
    return min(found, key=lambda at: abs(at - start), default=-1)


def _new_id(facts: Sequence[dict[str, Any]], family: str) -> str:
    stem = {"responsibilities": "responsibility"}.get(family, family[:-1])
    taken = {one["id"] for one in facts}
    return next(ident for number in range(1, len(facts) + 2) if (ident := f"{stem}-r{number}") not in taken)


def _prune(plan: dict[str, Any]) -> None:
    """Take away links to facts that are no more."""
    there: dict[str, set[str]] = {family: {one["id"] for one in plan[family]} for family in FAMILIES}
    for family in FAMILIES:
        for fact in plan[family]:
            for name, other in _LINKS.items():
                if isinstance(fact.get(name), list):
                    fact[name] = [ident for ident in fact[name] if ident in there[other]]
                elif isinstance(fact.get(name), str) and fact[name] not in there[other]:
                    fact[name] = None
            applies = fact.get("applies_to")
            if applies and applies["kind"] != "section" and applies["id"] not in there[f"{applies['kind']}s"]:
                fact["applies_to"] = None
