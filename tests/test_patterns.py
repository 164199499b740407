"""Patterns: no regular expression of the project takes time that grows faster than its text."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.patterns import Used, steep

ROOT = Path(__file__).parent.parent


def test_no_pattern_grows_faster_than_its_text() -> None:
    done = subprocess.run([sys.executable, "-m", "benchmarks.patterns", "--quick"], cwd=ROOT, capture_output=True, text=True)
    assert int(done.stdout.split()[0]) > 600, done.stderr
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("pattern", "method", "grows"),
    [
        (r"\d+%", "search", True),
        (r"\d{1,9}%", "search", False),
        (r"(?<!\d)\d++%", "search", False),
        (r"\s*\d", "match", False),
        (r"“.*”", "search", True),
        (r"kế hoạch.*?năm", "search", True),
    ],
)
def test_what_grows_is_found(pattern: str, method: str, grows: bool) -> None:
    used = Used(re.compile(pattern), frozenset({method}), "extractors/x.py:1")
    assert (steep(used) is not None) is grows
