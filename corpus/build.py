"""Build: writes the sample plans in every format, and their truth, from corpus/sources.

python -m corpus.build            write corpus/plans, corpus/formats and corpus/gold
python -m corpus.build --check    write nothing; say where notes and text disagree or a fact lacks its note
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from corpus import check, pages, text, webpage, word
from corpus.markup import Source, read_source
from corpus.truth import Reader

HERE = Path(__file__).parent


def write_text(source: Source, path: Path) -> None:
    """Write the plain text."""
    path.write_text(text.render(source), encoding="utf-8")


WRITERS: dict[str, Callable[[Source, Path], None]] = {
    "txt": write_text,
    "docx": word.write,
    "html": webpage.write,
    "pdf": pages.write,
}


def read_sources() -> list[Source]:
    """All sources, by name."""
    return [read_source(path) for path in sorted((HERE / "sources").glob("*.plan"))]


def clear(folder: Path) -> Path:
    """Empty folder in place of what was there."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def build(sources: list[Source]) -> None:
    """Write every plan in every format, one copy a plan in mixed formats, and the truth."""
    plans, gold = clear(HERE / "plans"), clear(HERE / "gold")
    for suffix, write in WRITERS.items():
        folder = clear(HERE / "formats" / suffix)
        for source in sources:
            write(source, folder / f"{source.slug}.{suffix}")
    for source in sources:
        suffix = source.head["format"]
        shutil.copyfile(HERE / "formats" / suffix / f"{source.slug}.{suffix}", plans / f"{source.slug}.{suffix}")
        facts = json.dumps(Reader(source).read(), ensure_ascii=False, indent=1)
        (gold / f"{source.slug}.json").write_text(facts + "\n", encoding="utf-8")


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing, only compare notes and text")
    sources = read_sources()
    faults = [fault for source in sources for fault in check.faults(source)]
    faults += check.chain_faults(json.loads((HERE / "chains.json").read_text(encoding="utf-8")), sources)
    if not parser.parse_args().check:
        build(sources)
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(sources)} plans, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
