"""Pages: pages a second and peak memory for digital, table and scanned pages, beside pdfplumber and Tesseract alone; docs/pages.md.

    python -m benchmarks.pages [--page docs/pages.md]

Each way reads the same files in a process of its own, on one core. Seconds are of CPU, those of programs that it calls included.
"""

import argparse
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pypdfium2

from benchmarks.accuracy import table
from benchmarks.rewrites import plan_in
from benchmarks.scans import scanned
from benchmarks.tables import RULED, pdf
from pipeline.ingest import read
from pipeline.ingest.programs import TESSERACT

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "pages.md"
CORPUS = ROOT / "corpus" / "formats" / "pdf"
SCANNED = ("suoi-lang_xa_giam-ngheo.pdf", "yen-khang_xa_dan-so.pdf")
INTRODUCTION = """\
# Pages

Written by `make pages`: pages a second of CPU, and peak memory, of each way of reading the same files in a process of its own, on one
core, start included. *pdfplumber* gives words and tables and no facts, *Tesseract* the words of pages drawn at 200 dots an inch.
Memory is that of the process itself; programs that it calls come on top. Digital pages are those of the corpus; table pages one table
over many pages; scans are drawn at 300 dots an inch, turned and noisy.
"""


def whole(path: Path) -> None:
    """The plan in a file."""
    plan_in(read(path))


def only_read(path: Path) -> None:
    """Lines and tables, no facts."""
    read(path)


def plumbed(path: Path) -> None:
    """Words and tables by pdfplumber."""
    import pdfplumber

    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_text()
            page.extract_tables()


def recognised(path: Path) -> None:
    """Words by Tesseract, page after page."""
    for page in pypdfium2.PdfDocument(path):
        with tempfile.NamedTemporaryFile(suffix=".png") as picture:
            page.render(scale=200 / 72).to_pil().convert("L").save(picture.name)
            subprocess.run([TESSERACT.path or "tesseract", picture.name, "-", "-l", "vie"], check=True, capture_output=True)


WAYS: dict[str, Callable[[Path], None]] = {
    "kehoach: the whole plan": whole,
    "kehoach: lines and tables": only_read,
    "pdfplumber alone": plumbed,
    "Tesseract alone": recognised,
}


def measured(way: str, paths: list[Path]) -> tuple[float, float]:
    """Seconds of CPU and megabytes of one way over some files, in a new process."""
    command = [sys.executable, "-m", "benchmarks.pages", "--way", way, *map(str, paths)]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1", "KEHOACH_CORES": "1"}
    printed = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT, env=environment).stdout
    seconds, megabytes = json.loads(printed.splitlines()[-1])
    return seconds, megabytes


def run(way: str, paths: list[Path]) -> None:
    """Read the files in one way; print seconds of CPU and megabytes."""
    for path in paths:
        WAYS[way](path)
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    highest = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())  # ru_maxrss would count the parent's memory
    print(json.dumps([sum(one.ru_utime + one.ru_stime for one in used), int(highest[1]) / 1024 if highest else 0]))


def page(folder: Path) -> str:
    """Measure and give the page."""
    digital = sorted(CORPUS.glob("*.pdf"))
    tabled, scans = folder / "table.pdf", [folder / name for name in SCANNED]
    tabled.write_bytes(pdf(RULED[2](random.Random(7), 40)))
    for path in scans:
        scanned(CORPUS / path.name, path, dots=300, rough=True)
    kinds = {"digital": digital, "one table": [tabled], "scanned": scans}
    lines = []
    for kind, paths in kinds.items():
        count = sum(len(pypdfium2.PdfDocument(path)) for path in paths)
        for way in WAYS:
            if way == ("pdfplumber alone" if kind == "scanned" else "Tesseract alone"):
                continue
            seconds, megabytes = measured(way, paths)
            lines.append([kind, str(count), way, f"{count / seconds:.2f}", f"{seconds / count:.3f}", f"{megabytes:.0f}"])
            print(lines[-1], flush=True)
    return f"{INTRODUCTION}\n{table(['pages', 'number', 'way', 'pages a second', 'seconds a page', 'peak MB'], lines)}"


def main() -> None:
    """Measure and write the page, or read some files in one way."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--way", choices=WAYS)
    parser.add_argument("--page", type=Path, default=PAGE)
    options = parser.parse_args()
    if options.way:
        run(options.way, options.paths)
        return
    with tempfile.TemporaryDirectory() as folder:
        options.page.write_text(page(Path(folder)), encoding="utf-8")


if __name__ == "__main__":
    main()
