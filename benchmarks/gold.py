"""Gold: the pipeline's output scored against annotations made by hand.

    python -m benchmarks.gold [--shared FOLDER] [--misses]

The scorer and the annotations of sample and real plans stand in a folder beside the repository; where it is absent this says
so. The sample plans of the corpus carry their own annotations and are scored with the same scorer, in each of their formats.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import jsonlines

ROOT = Path(__file__).parent.parent
FORMATS = ("txt", "docx", "html", "pdf")


class Collection(NamedTuple):
    """Collection: annotated plans; `documents` holds the files, `gold` one annotation a file."""

    title: str
    gold: Path
    documents: Path


def collections(shared: Path) -> list[Collection]:
    """The collections that are at hand."""
    corpus = ROOT / "corpus"
    every = [
        *(Collection(f"own corpus as {name}", corpus / "gold", corpus / "formats" / name) for name in FORMATS),
        Collection("sample plans", shared / "gold" / "samples", shared / "plans"),
        Collection("real plans", shared / "gold" / "real", shared / "real"),
    ]
    return [one for one in every if one.gold.is_dir() and one.documents.is_dir()]


def scorer_in(shared: Path) -> Path:
    """Where the scorer stands if it is at hand."""
    return shared / "score" / "score.py"


def score(collection: Collection, scorer: Path, *options: str) -> str:
    """Extract a collection and score what could be read of it; gives what the scorer prints."""
    with tempfile.TemporaryDirectory() as folder:
        out, gold = Path(folder, "outputs"), Path(folder, "gold")
        extract = [sys.executable, "-m", "pipeline", "extract", str(collection.documents), "--out", str(out), "--quiet"]
        run = subprocess.run(extract, cwd=ROOT, capture_output=True, text=True, check=False)
        if not (out / "run.json").is_file():
            raise RuntimeError(run.stderr)
        with jsonlines.open(out / "failures.jsonl") as failures, jsonlines.open(out / "plans.jsonl") as plans:
            read = {Path(plan["source"]["name"]).stem for plan in plans}
            unread = {Path(failure["name"]).stem for failure in failures} - read
        gold.mkdir()
        for path in sorted(collection.gold.glob("*.json")):
            if Path(json.loads(path.read_bytes())["file"]).stem not in unread:
                shutil.copy(path, gold)
        command = [sys.executable, str(scorer), str(gold), str(out), "--docs", str(collection.documents), *options]
        printed = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return (
        printed if "--json" in options or not unread else f"{printed}left out, since not readable: {', '.join(sorted(unread))}\n"
    )


def main() -> None:
    """Print a table for each collection."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder with scorer and annotations")
    parser.add_argument("--misses", action="store_true", help="also list what was missed and what was wrongly found")
    options = parser.parse_args()
    scorer = scorer_in(options.shared)
    if not scorer.is_file():
        print(f"Nothing is scored: there is no scorer at {scorer}.")
        return
    for collection in collections(options.shared.resolve()):
        print(f"\n{collection.title}: {collection.documents}")
        print(score(collection, scorer, *(["--misses"] if options.misses else [])), end="")


if __name__ == "__main__":
    main()
