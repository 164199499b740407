"""Responsibilities: who has which role in what kind of task, by kind and level of body, across all plans.

The kind of a task is read from its words (`task_kinds.csv`, first row that fits); a role without a task of its own counts under
`general`.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import get_args

from comparison.digest import Digest
from extractors.layers.syllables import fold
from schemas.comparison import Assignment
from schemas.facts import Level, Role

GENERAL = "general"
_KEY = tuple[str, str, Level | None, str]


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    with (Path(__file__).parent / "task_kinds.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(
        (row["kind"], re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(fold(cue)) for cue in row['cues'].split('|'))})(?!\w)")) for row in rows
    )


@lru_cache(maxsize=8192)
def kind_of(task: str) -> str:
    """The kind of a task.

    >>> kind_of("Tổ chức tập huấn cho nhân viên y tế thôn"), kind_of("Họp dân bàn việc cần làm trước")
    ('training', 'general')
    """
    key = fold(task)
    return next((kind for kind, cues in _kinds() if cues.search(key)), GENERAL)


def assignments(digests: Iterable[Digest]) -> tuple[Assignment, ...]:
    """One row a kind of task, kind and level of body, and role, the most frequent first."""
    tasks: dict[_KEY, int] = defaultdict(int)
    plans: dict[_KEY, set[str]] = defaultdict(set)
    examples: dict[_KEY, tuple[str, str, str]] = {}
    for each in digests:
        texts = {job.id: job.text for job in each.jobs}
        for part in each.parts:
            for task in [texts[t] for t in part.tasks if t in texts] or [""]:
                key = (kind_of(task) if task else GENERAL, part.kind, part.level, part.role)
                tasks[key] += 1
                plans[key].add(each.id)
                example = (each.id, part.unit, task)
                examples[key] = min(examples.get(key, example), example, key=lambda e: (not e[2], e))
    ordered = sorted(tasks, key=lambda k: (k[0], -tasks[k], k[1], k[2] or "", k[3]))
    return tuple(_row(key, tasks[key], len(plans[key]), examples[key]) for key in ordered)


def _row(key: _KEY, tasks: int, plans: int, example: tuple[str, str, str]) -> Assignment:
    role = next(role for role in get_args(Role) if role == key[3])
    return Assignment(
        task_kind=key[0], body_kind=key[1], body_level=key[2], role=role, tasks=tasks, plans=plans,
        example_plan=example[0], example_unit=example[1], example=example[2],
    )  # fmt: skip
