"""README: the run and the session that it shows are what really comes out, in both languages."""

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = ("README.md", "README.vi.md")


@pytest.mark.parametrize("page", PAGES)
def test_the_session_prints_what_is_shown(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    results = doctest.testfile(str(ROOT / page), module_relative=False, encoding="utf-8")
    assert results.attempted > 3
    assert results.failed == 0


@pytest.mark.parametrize("page", PAGES)
def test_the_run_prints_what_is_shown(page: str, tmp_path: Path) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    block = re.search(r"<!-- run: begin -->\n```\n\$ kehoach (?P<command>.*)\n(?P<shown>[^`]*)```", text)
    assert block
    command = [sys.executable, "-m", "pipeline", *block["command"].replace("--out outputs", f"--out {tmp_path}").split()]
    environment = {**os.environ, "COLUMNS": "200"}
    printed = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stderr
    shown = "".join(f"{line.rstrip()}\n" for line in printed.replace(str(tmp_path), "outputs").splitlines())
    if "UPDATE_README" in os.environ:
        (ROOT / page).write_text(text.replace(block["shown"], shown), encoding="utf-8")
    assert block["shown"] == shown, "UPDATE_README=1 pytest tests/test_readme.py writes what is printed now"
