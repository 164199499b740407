"""Gains: facts gained and lost against another commit, over the corpus and the plans beside the repository.

    python -m benchmarks.gains [--against main] [--shared FOLDER]

The other commit is laid out in a temporary worktree and both run over the same files. A fact is named by its plan, family and
key (its evidence and what tells it apart), so that a fact whose fields changed shows as one lost and one gained.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import jsonlines

ROOT = Path(__file__).parent.parent
KEYS: dict[str, tuple[str, ...]] = {
    "outline": ("id", "title", "end"),
    "references": ("code", "name", "issued_on", "role", "mentions"),
    "goals": ("kind", "text"),
    "targets": ("comparator", "value", "value_high", "unit", "change", "indicator_text"),
    "deadlines": ("time",),
    "responsibilities": ("unit", "role", "section"),
    "tasks": ("text", "lead", "coordinate", "section"),
    "tables": ("caption", "columns", "rows"),
    "unclaimed": ("kind", "reason"),
    "diagnostics": ("code",),
}


class Named(NamedTuple):
    """Named: a fact as this comparison tells it apart."""

    plan: str
    family: str
    key: str


def facts_of(plans: Path) -> Counter[Named]:
    """The facts in a `plans.jsonl`."""
    with jsonlines.open(plans) as lines:
        return Counter(Named(plan["source"]["name"], *named) for plan in lines for named in _facts_of(plan))


def _facts_of(plan: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for field, value in plan["header"].items():
        yield from [] if field == "evidence" else [("header", f"{field}: {_short(value)}")]
    for family, fields in KEYS.items():
        for fact in plan[family]:
            quote = (fact.get("evidence") or {}).get("quote") or ""
            yield family, f"{quote[:80]!r} " + " ".join(_short(fact[field]) for field in fields)


def _short(value: object) -> str:
    if isinstance(value, dict):
        return str(value.get("name") or [part for name, part in value.items() if name != "evidence" and part is not None])
    if isinstance(value, list):
        return f"[{len(value)}] {' '.join(map(_short, value))}"[:200]
    return str(value)


@contextmanager
def worktree(commit: str) -> Iterator[Path]:
    """A commit laid out in a folder of its own for a while."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "tree")
        subprocess.run(["git", "worktree", "add", "--detach", str(path), commit], cwd=ROOT, check=True, capture_output=True)
        try:
            yield path
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(path)], cwd=ROOT, check=True, capture_output=True)


def extract(code: Path, documents: list[Path], out: Path) -> Counter[Named]:
    """The facts that the code in a folder finds in documents."""
    command = [sys.executable, "-m", "pipeline", "extract", *map(str, documents), "--out", str(out), "--quiet"]
    environment = {**os.environ, "PYTHONPATH": str(code)}
    run = subprocess.run(command, cwd=code, env=environment, capture_output=True, text=True, check=False)
    if not (out / "run.json").is_file():
        raise RuntimeError(run.stderr)
    return facts_of(out / "plans.jsonl")


def main() -> None:
    """Print what was gained and lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--against", default="main", metavar="COMMIT")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    options = parser.parse_args()
    folders = [ROOT / "corpus" / "plans", (options.shared / "plans").resolve(), (options.shared / "real").resolve()]
    documents = [folder for folder in folders if folder.is_dir()]
    with tempfile.TemporaryDirectory() as out, worktree(options.against) as other:
        before = extract(other, documents, Path(out, "before"))
        after = extract(ROOT, documents, Path(out, "after"))
    gained, lost = after - before, before - after
    for sign, facts in (("+", gained), ("-", lost)):
        for fact in sorted(facts.elements()):
            print(sign, *fact, sep="  ")
    counts = {family: (_count(gained, family), _count(lost, family)) for family in ("header", *KEYS)}
    print("\n".join(f"{family:<17} +{more} -{less}" for family, (more, less) in counts.items() if more or less))
    print(f"{gained.total()} gained, {lost.total()} lost, {(after & before).total()} the same")


def _count(facts: Counter[Named], family: str) -> int:
    return sum(count for fact, count in facts.items() if fact.family == family)


if __name__ == "__main__":
    main()
