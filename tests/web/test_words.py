"""Words: whatever the pages may have to say, they can say in both languages."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from pipeline import assemble
from schemas import comparison, facts
from web.words import words

ROOT = Path(__file__).parent.parent.parent
DIAGNOSTICS = (ROOT / "extractors" / "diagnostics.py").read_text(encoding="utf-8")


def keys() -> Iterator[str]:
    yield from re.findall(r'_diagnostic\("(\w+)"', DIAGNOSTICS)
    yield from assemble._NOTES
    for kind in (facts.GoalKind, facts.OrganizationKind, facts.Severity, facts.TimeKind, facts.UnclaimedReason, comparison.Verdict, comparison.Reason):
        yield from get_args(kind)
    yield from (f"level_{one}" for one in get_args(facts.Level))
    yield from (f"role_{one}" for one in get_args(facts.Role))
    for path in (ROOT / "web" / "templates").glob("*.html"):
        yield from re.findall(r"""say\(["'](\w+)["']\)""", path.read_text(encoding="utf-8"))
    for path in (ROOT / "web" / "assets").glob("*.js"):
        if not path.name.endswith(".min.js"):
            yield from re.findall(r'say\("(\w+)"\)', path.read_text(encoding="utf-8"))
    for kind in (facts.Comparator, facts.Change, facts.Modality, facts.TargetKind, facts.GoalKind, facts.Role, facts.ReferenceRole, facts.TimeKind, facts.TimeMod):
        yield from (f"choice_{one}" for one in get_args(kind))


@pytest.mark.parametrize("key", sorted(set(keys())))
def test_key_has_words(key: str) -> None:
    both = words()[key]
    assert both.vi.strip()
    assert both.en.strip()
