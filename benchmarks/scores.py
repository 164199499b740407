"""Scores: extracted plans against truth, by family; facts are paired one to one, the best pair first.

Two facts are the same by what tells them apart, not by their wording: a reference by its code, a target by its value in the same
clause, a deadline by the words of its time, a responsibility by unit, role and section, a task by its first words, a heading by marker
and title. Fields are counted apart, over the pairs.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from benchmarks.rewrites import old_tones, plan_of
from corpus.markup import Source
from corpus.text import render
from corpus.truth import Reader

Fact = dict[str, Any]
FAMILIES = ("references", "targets", "deadlines", "goals", "responsibilities", "tasks", "outline", "diagnostics")
DEFECTS = {"missing_number", "missing_date", "numbering_gap", "type_symbol_mismatch", "inconsistent_citation"}
_SHORT = {"ủy ban nhân dân": "ubnd", "hội đồng nhân dân": "hđnd", "mặt trận tổ quốc": "mttq", "việt nam": ""}


class Row(NamedTuple):
    """Row: facts of a family in the truth, facts found, pairs of the two; and how often each field of a pair was right."""

    gold: int = 0
    found: int = 0
    right: int = 0
    fields: tuple[tuple[str, int, int], ...] = ()

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.right / self.found if self.found else float(not self.gold)

    @property
    def recall(self) -> float:
        """Share of the truth that was found."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: "Row") -> "Row":  # type: ignore[override]
        fields: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for name, right, count in (*self.fields, *other.fields):
            fields[name][0] += right
            fields[name][1] += count
        summed = tuple((name, *counts) for name, counts in sorted(fields.items()))
        return Row(self.gold + other.gold, self.found + other.found, self.right + other.right, summed)  # type: ignore[arg-type]


Rows = dict[str, Row]


def score(sources: Iterable[Source], change: Callable[[str], str] = lambda text: text) -> Rows:
    """Scores over plans composed or written as sources, read as text files; `change` is done to each text before it is read."""
    rows: Rows = {family: Row() for family in FAMILIES}
    for source in sources:
        plan = plan_of(change(render(source)))[0].model_dump(mode="json")
        rows = added(rows, compared(Reader(source).read(), plan))
    return rows


def added(rows: Rows, more: Rows) -> Rows:
    """Two tables as one."""
    return {family: rows.get(family, Row()) + more[family] for family in more}


def compared(gold: Fact, plan: Fact) -> Rows:
    """Scores of one plan."""
    return {family: _row(family, gold.get(family) or [], plan.get(family) or []) for family in FAMILIES}


def as_truth(plan: Fact) -> Fact:
    """A plan as the truth for another reading of the same document: of a scan for its digital file, of one format for another."""
    return {
        "references": [{**fact, "mentions": len(fact["mentions"])} for fact in plan["references"]],
        "targets": [
            {**fact, "clause": fact["text"], "quote": fact["evidence"]["quote"], "indicator": fact["indicator_text"]}
            for fact in plan["targets"]
        ],
        "deadlines": [{**fact["time"], "quote": fact["time"]["text"]} for fact in plan["deadlines"]],
        "goals": [{**fact, "quote": fact["text"]} for fact in plan["goals"]],
        "responsibilities": [{**fact, "unit": fact["unit"]["name"]} for fact in plan["responsibilities"]],
        "tasks": [
            {**fact, "quote": " ".join(fact["text"].split()[:12])}
            | {role: [unit["name"] for unit in fact[role]] for role in ("lead", "coordinate")}
            for fact in plan["tasks"]
        ],
        "outline": plan["outline"],
        "diagnostics": plan["diagnostics"],
    }


def _row(family: str, gold: list[Fact], found: list[Fact]) -> Row:
    if family == "diagnostics":
        gold = [fact for fact in gold if fact["code"] in DEFECTS]
        found = [fact for fact in found if fact["code"] in DEFECTS]
    likeness, floor = LIKENESS[family]
    pairs = paired(gold, found, likeness, floor)
    counts: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for one, other in pairs:
        for name, same in FIELDS.get(family, _no_fields)(one, other).items():
            counts[name] += 1
            right[name] += same
    return Row(len(gold), len(found), len(pairs), tuple((name, right[name], counts[name]) for name in sorted(counts)))


def _no_fields(_: Fact, __: Fact) -> dict[str, bool]:
    return {}


def paired(gold: list[Fact], found: list[Fact], likeness: Callable[[Fact, Fact], float], floor: float) -> list[tuple[Fact, Fact]]:
    """Pairs of facts that are alike enough, each used once, the likest first, then in document order."""
    close = []
    for i, one in enumerate(gold):
        for j, other in enumerate(found):
            if (alike := likeness(one, other)) >= floor:
                close.append((-alike, abs(i / max(len(gold), 1) - j / max(len(found), 1)), i, j))
    used: tuple[set[int], set[int]] = (set(), set())
    pairs = []
    for _, _, i, j in sorted(close):
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            pairs.append((gold[i], found[j]))
    return pairs


def fold(words: object) -> str:
    """Words in one spelling: small letters, one space, one dash, tone marks on the first vowel."""
    text = old_tones(unicodedata.normalize("NFC", str(words or "")).casefold())
    return " ".join(text.replace("tỉ lệ", "tỷ lệ").replace("–", "-").split())


def _words(text: object) -> list[str]:
    return re.findall(r"[\w%/]+", fold(text))


def _shared(a: list[str], b: list[str]) -> int:
    return (Counter(a) & Counter(b)).total()


def held(a: object, b: object) -> float:
    """Share of the shorter text's words that the longer one has.

    >>> held("đạt trên 95%", "Tỷ lệ đạt trên 95% dân số")
    1.0
    """
    one, other = _words(a), _words(b)
    return _shared(one, other) / min(len(one), len(other)) if one and other else 0.0


def overlap(a: object, b: object) -> float:
    """Words that two texts share, as F1."""
    one, other = _words(a), _words(b)
    return 2 * _shared(one, other) / (len(one) + len(other)) if one and other else 0.0


def same_unit(name: str, unit: Fact | None) -> bool:
    """Whether a body is the one of this name, as written or as completed."""
    return any(_same_name(name, str((unit or {}).get(key) or "")) for key in ("name", "surface"))


def _same_name(a: str, b: str) -> bool:
    one, other = _key(a), _key(b)
    if not one or not other:
        return False
    short = min(len(one.split()), len(other.split()))
    return one == other or overlap(one, other) >= 0.8 or (short >= 2 and held(one, other) == 1.0)


def _key(name: str) -> str:
    text = fold(name)
    for long, short in _SHORT.items():
        text = text.replace(long, short)
    return " ".join(re.findall(r"\w+", text))


def _code(fact: Fact) -> str:
    return re.sub(r"\s+", "", fold(fact.get("code"))).replace("đ", "d")


def _reference(a: Fact, b: Fact) -> float:
    if a.get("code"):
        return float(_code(a) == _code(b))
    return 0.0 if b.get("code") else overlap(a.get("name"), b.get("name"))


def _target(a: Fact, b: Fact) -> float:
    if a["value"] != b["value"] or a.get("value_high") != b.get("value_high"):
        return 0.0
    return max(held(a["clause"], b["text"]), held(a["quote"], b["evidence"]["quote"]))


def _responsibility(a: Fact, b: Fact) -> float:
    return float(a["role"] == b["role"] and a["section"] == b["section"] and same_unit(a["unit"], b["unit"]))


def _task(a: Fact, b: Fact) -> float:
    return held(a["quote"], " ".join(_words(b["text"])[: len(_words(a["quote"])) + 6]))


def _heading(a: Fact, b: Fact) -> float:
    same = fold(a["marker"]).strip(". )") == fold(b["marker"]).strip(". )")
    return overlap(a["title"], b["title"]) if same else 0.0


def edtf(time: Fact | str | None) -> str | None:
    """One EDTF text for a time."""
    if time is None or isinstance(time, str):
        return time or None
    start, end = time.get("start"), time.get("end")
    if time["kind"] == "from":
        return f"{start}/.." if start else end
    return f"{start}/{end}" if start and end and start != end else end or start


def _units(names: list[str], units: list[Fact]) -> bool:
    facts = [{"name": name} for name in names]
    return len(names) == len(units) == len(paired(facts, units, lambda a, b: float(same_unit(a["name"], b)), 0.5))


LIKENESS: dict[str, tuple[Callable[[Fact, Fact], float], float]] = {
    "references": (_reference, 0.6),
    "targets": (_target, 0.5),
    "deadlines": (lambda a, b: held(a["quote"], b["time"]["text"]), 0.6),
    "goals": (lambda a, b: min(held(a["quote"], b["text"]), overlap(a["quote"], b["text"]) + 0.2), 0.8),
    "responsibilities": (_responsibility, 0.5),
    "tasks": (_task, 0.8),
    "outline": (_heading, 0.7),
    "diagnostics": (lambda a, b: float(a["code"] == b["code"]), 0.5),
}
FIELDS: dict[str, Callable[[Fact, Fact], dict[str, bool]]] = {
    "references": lambda a, b: {
        "type": fold(a["type"]) == fold(b["type"]),
        "date": a["issued_on"] == b["issued_on"],
        "role": a["role"] == b["role"],
        "mentions": a["mentions"] == len(b["mentions"]),
    },
    "targets": lambda a, b: {
        "comparator": a["comparator"] == b["comparator"],
        "unit": fold(a["unit"]) == fold(b["unit"]),
        "change": a.get("change") == b["change"],
        "modality": a["modality"] == b["modality"],
        "horizon": edtf(a["horizon"]) == edtf(b["horizon"]),
        "indicator": overlap(a["indicator"], b["indicator_text"]) >= 0.8,
    },
    "deadlines": lambda a, b: {
        "kind": a["kind"] == b["time"]["kind"],
        "start and end": (a["start"], a["end"]) == (b["time"]["start"], b["time"]["end"]),
        "recurrence": a["recurrence"] == b["time"]["recurrence"],
    },
    "goals": lambda a, b: {"kind": a["kind"] == b["kind"], "horizon": edtf(a["horizon"]) == edtf(b["horizon"])},
    "tasks": lambda a, b: {
        "section": a["section"] == b["section"],
        "lead": _units(a["lead"], b["lead"]),
        "coordinate": _units(a["coordinate"], b["coordinate"]),
    },
    "outline": lambda a, b: {"depth": a["depth"] == b["depth"]},
}
