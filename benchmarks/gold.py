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
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import jsonlines

ROOT = Path(__file__).parent.parent
FORMATS = ("txt", "docx", "html", "pdf")


class Collection(NamedTuple):
    """Collection: annotated plans; `documents` holds the files, `gold` one annotation a file.

    Where `suffixes` are given, only files whose names end so belong to it.
    """

    title: str
    gold: Path
    documents: Path
    suffixes: tuple[str, ...] = ()

    def files(self) -> list[Path]:
        """The documents, by name."""
        return [path for path in sorted(self.documents.iterdir()) if not self.suffixes or path.suffix in self.suffixes]

    def annotations(self) -> Iterator[tuple[Path, str]]:
        """The annotation files, each with the stem of the document that it annotates."""
        for path in sorted(self.gold.glob("*.json")):
            document = Path(json.loads(path.read_bytes())["file"])
            if not self.suffixes or document.suffix in self.suffixes:
                yield path, document.stem


def collections(shared: Path) -> list[Collection]:
    """The collections that are at hand."""
    corpus = ROOT / "corpus"
    every = [
        *(Collection(f"own corpus as {name}", corpus / "gold", corpus / "formats" / name) for name in FORMATS),
        Collection("sample plans", shared / "gold" / "samples", shared / "plans"),
        Collection("real plans: Word and web", shared / "gold" / "real", shared / "real", (".docx", ".htm", ".html")),
        Collection("real plans: PDF and old Word", shared / "gold" / "real", shared / "real", (".pdf", ".doc")),
    ]
    return [one for one in every if one.gold.is_dir() and one.documents.is_dir()]


def scorer_in(shared: Path) -> Path:
    """Where the scorer stands if it is at hand."""
    return shared / "score" / "score.py"


def score(collection: Collection, scorer: Path, *options: str) -> str:
    """Extract a collection and score what could be read of it; gives what the scorer prints."""
    with tempfile.TemporaryDirectory() as folder:
        out, gold = Path(folder, "outputs"), Path(folder, "gold")
        extract = [sys.executable, "-m", "pipeline", "extract", *map(str, collection.files()), "--out", str(out), "--quiet"]
        run = subprocess.run(extract, cwd=ROOT, capture_output=True, text=True, check=False)
        if not (out / "run.json").is_file():
            raise RuntimeError(run.stderr)
        with jsonlines.open(out / "failures.jsonl") as failures, jsonlines.open(out / "plans.jsonl") as plans:
            read = {Path(plan["source"]["name"]).stem for plan in plans}
            unread = {Path(failure["name"]).stem for failure in failures} - read
        gold.mkdir()
        for path, document in collection.annotations():
            if document not in unread:
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
