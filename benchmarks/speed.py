"""Speed: what the road from file to JSON costs, beside the least it could cost and the usual way, in one run.

    python -m benchmarks.speed [FOLDER] [--write docs/performance.md] [--pages 160] [--documents 1000]

All times are of CPU (user and system), medians of some rounds, of forked processes that begin warm: tables and patterns are
built, garbage is collected as in a worker. FOLDER holds a folder of plans a format (`txt`, `docx`, `html`, `pdf`), by default
those of the corpus. A text counts as new the first time that the process reads it, and as seen afterwards, when caches help.
"""

import argparse
import multiprocessing
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import pdfplumber
import pypdfium2
from pydantic_core import to_json

from pipeline.assemble import assemble
from pipeline.ingest import read
from pipeline.language import make_doc
from pipeline.pages import Text
from pipeline.tables import rows_of
from pipeline.unwrap import unwrap
from pipeline.workers import collect_seldom
from schemas.plan import Source

ROOT = Path(__file__).parent.parent
FORMATS = ("txt", "docx", "html", "pdf")
STAGES = ("read", "unwrap", "mark", "extract", "write")
ROUNDS = 5
_SOURCE = Source(name="x", sha256="0" * 64, bytes=0, media_type="text/plain", text_layer="plain", engine="none")
_FORKED = multiprocessing.get_context("fork")


class Rates(NamedTuple):
    """Rates: characters a second of CPU from canonical text to JSON, for new texts and for texts seen before."""

    new: float
    seen: float


class Cost(NamedTuple):
    """Cost: seconds of CPU for so many pages."""

    pages: int
    seconds: float

    @property
    def for_ten_pages(self) -> float:
        """Milliseconds for ten pages."""
        return 10_000 * self.seconds / self.pages


def in_child(work: Callable[..., Any], *arguments: object) -> Any:
    """What a function returns in a process forked for it alone, so that what it caches is forgotten."""
    with _FORKED.Pool(1) as pool:
        return pool.apply(work, arguments)


def middle(work: Callable[..., Sequence[float]], *arguments: object, rounds: int = ROUNDS) -> list[float]:
    """The median of each of the numbers that a function returns in processes of its own."""
    return [median(column) for column in zip(*(in_child(work, *arguments) for _ in range(rounds)), strict=True)]


def rates(texts: Sequence[Text]) -> Rates:
    """Text to JSON, each half of the texts read by a process that has only read the other half."""
    halves = (texts[::2], texts[1::2])
    times = [middle(_new_and_seen, warm_up, measured) for warm_up, measured in (halves, halves[::-1])]
    letters = sum(len(text.text) for text in texts)
    return Rates(*(letters / sum(column) for column in zip(*times, strict=True)))


def _new_and_seen(warm_up: Sequence[Text], texts: Sequence[Text]) -> tuple[float, float]:
    _to_json(warm_up)
    collect_seldom()
    return _to_json(texts), _to_json(texts)


def _to_json(texts: Sequence[Text]) -> float:
    begin = time.process_time()
    for text in texts:
        assemble(make_doc(text), _SOURCE).model_dump_json()
    return time.process_time() - begin


def stages(files: Sequence[Path]) -> dict[str, float]:
    """Seconds of CPU of each stage, for all files together, as seen texts."""
    return dict(zip(STAGES, middle(_stages, files), strict=True))


def _stages(files: Sequence[Path]) -> list[float]:
    _timed(files)
    collect_seldom()
    return _timed(files)


def _timed(files: Sequence[Path]) -> list[float]:
    spent = [0.0] * len(STAGES)
    for path in files:
        value: Any = path
        steps: tuple[Callable[[Any], Any], ...] = (read, unwrap, make_doc, _extract, _write)
        for k, step in enumerate(steps):
            begin = time.process_time()
            value = step(value)
            spent[k] += time.process_time() - begin
    return spent


def _extract(doc: Any) -> Any:
    return assemble(doc, _SOURCE)


def _write(plan: Any) -> None:
    """All that an `extract` writes of a plan, but for the files themselves."""
    plan.model_dump_json()
    plan.model_dump_json(indent=2)
    rows_of(plan)


def floor(files: Sequence[Path]) -> Cost:
    """The least: letters by pdfium, one scan of them, and JSON of what the scan finds."""
    return Cost(_pages(files), middle(_floor, files)[0])


def _floor(files: Sequence[Path]) -> list[float]:
    begin = time.process_time()
    for path in files:
        document = pypdfium2.PdfDocument(path)
        text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
        to_json([word for word in text.split() if word[0].isdigit()])
    return [time.process_time() - begin]


def usual(files: Sequence[Path]) -> Cost:
    """The usual way to a segmented text, without any fact: letters by pdfplumber, words by underthesea, and JSON."""
    return Cost(_pages(files), middle(_usual, files, rounds=1)[0])


def _usual(files: Sequence[Path]) -> list[float]:
    word_tokenize = import_module("underthesea").word_tokenize
    word_tokenize("Kế hoạch chuyển đổi số")
    begin = time.process_time()
    for path in files:
        with pdfplumber.open(path) as document:
            text = "\n".join(page.extract_text() for page in document.pages)
        to_json(word_tokenize(text))
    return [time.process_time() - begin]


def _pages(files: Sequence[Path]) -> int:
    return sum(len(pypdfium2.PdfDocument(path)) for path in files)


def by_length(text: str, most: int) -> dict[int, float]:
    """Seconds of CPU, text to JSON, of a plan repeated until it has 1, 4, 16 ... pages of 2,200 characters."""
    sizes = [4**k for k in range(10) if 4**k <= most]
    whole = text * (1 + most * 2200 // len(text))
    return {pages: middle(_new_and_seen, [Text(text=text)], [Text(text=whole[: pages * 2200])], rounds=3)[0] for pages in sizes}


class Run(NamedTuple):
    """Run: what a process and its children cost: seconds of CPU, seconds on the clock, and the most memory of one in MB."""

    cpu: float
    clock: float
    memory: float


def run(*arguments: object) -> Run:
    """Run a command line of kehoach as a process of its own."""
    result: Run = in_child(_run, [sys.executable, "-m", "pipeline", *map(str, arguments)])
    return result


def _run(command: Sequence[str]) -> Run:
    begin = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    clock, used = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Run(used.ru_utime + used.ru_stime, clock, used.ru_maxrss / 1024)


def cold(*arguments: object, rounds: int = 3) -> float:
    """Seconds of CPU that a command costs with all the processes it starts: the median of some rounds."""
    return median(run(*arguments).cpu for _ in range(rounds))


def by_number(files: Sequence[Path], most: int, jobs: int) -> dict[int, Run]:
    """What a run over 10, 100, 1000 ... text plans costs; each is a plan of the corpus with a line of its own."""
    return {count: _run_over(files, count, jobs) for count in (10**k for k in range(1, 7)) if count <= most}


def _run_over(files: Sequence[Path], count: int, jobs: int) -> Run:
    with tempfile.TemporaryDirectory() as folder:
        plans = Path(folder, "plans")
        plans.mkdir()
        for number in range(count):
            text = files[number % len(files)].read_text(encoding="utf-8")
            Path(plans, f"{number:06}.txt").write_text(f"{text}\nBản số {number}\n", encoding="utf-8")
        return run("extract", plans, "--out", Path(folder, "out"), "--quiet", "--jobs", jobs)


def main() -> None:
    """Measure, then print the page or write it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "corpus" / "formats")
    parser.add_argument("--pages", type=int, default=256, help="pages of the longest document (256)")
    parser.add_argument("--documents", type=int, default=100, help="documents of the largest run (100)")
    parser.add_argument("--write", type=Path, metavar="FILE", help="where to write the page")
    options = parser.parse_args()
    from benchmarks.performance import page_of

    page = page_of(options.folder, options.pages, options.documents)
    if options.write:
        options.write.write_text(page, encoding="utf-8")
    else:
        print(page, end="")


if __name__ == "__main__":
    main()
