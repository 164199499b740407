"""Words: what a person who opens the workbook reads for a column or a coded value, from `words.csv`."""

import csv
from functools import cache
from pathlib import Path

_SHOWN_WITH_CODE = frozenset({"verdict", "when", "reason", "coverage", "uptake", "change"})
"""Columns whose codes the documentation explains, so that both are shown."""


@cache
def _words() -> dict[tuple[str, str], str]:
    folder = Path(__file__).parent
    with (folder / "words.csv").open(encoding="utf-8", newline="") as file:
        found = {(row["column"], row["value"]): row["vi"] for row in csv.DictReader(file)}
    with (folder / "task_kinds.csv").open(encoding="utf-8", newline="") as file:
        return found | {("task_kind", row["kind"]): row["label"] for row in csv.DictReader(file)}


def heading(column: str) -> str:
    r"""The heading of a column: words, and below them its name in the other files.

    >>> heading("horizon_end")
    'Thời hạn\nhorizon_end'
    """
    return f"{_words()[(column, '')]}\n{column}"


@cache
def values_of(column: str) -> dict[str, str]:
    """What the codes of a column are shown as; empty where it holds no codes.

    >>> values_of("verdict")["stricter"], values_of("level")["commune"], values_of("title")
    ('yêu cầu cao hơn (stricter)', 'cấp xã', {})
    """
    found = {value: words for (name, value), words in _words().items() if name == column and value}
    return {value: f"{words} ({value})" for value, words in found.items()} if column in _SHOWN_WITH_CODE else found
