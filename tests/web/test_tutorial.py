"""The tutorials in both languages: their Python and SQL run over the results of a real run."""

import re
from pathlib import Path

import duckdb
import pytest

DOCS = Path(__file__).parent.parent.parent / "docs"
PAGES = {"tutorial.md": "results", "huong-dan.md": "ket-qua"}


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("page", PAGES)
def test_sql_runs(page: str, run_folder: Path) -> None:
    for block in blocks(page, "sql"):
        assert duckdb.sql(block.replace(f"'{PAGES[page]}/", f"'{run_folder}/").strip().rstrip(";")).fetchall()


@pytest.mark.parametrize("page", PAGES)
def test_python_runs(page: str, run_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for block in blocks(page, "python"):
        exec(compile(block.replace(f'"{PAGES[page]}/', f'"{run_folder}/'), page, "exec"), {})
    assert "commune" in capsys.readouterr().out


def test_both_tutorials_have_the_same_steps() -> None:
    heads = [re.findall(r"^## (\d)", (DOCS / page).read_text(encoding="utf-8"), re.MULTILINE) for page in PAGES]
    assert heads[0] == heads[1]
