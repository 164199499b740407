"""Speed: what the road from file to JSON costs, beside the least it could cost and the usual way, in one run.

    python -m benchmarks.speed [--write docs/performance.md] [--long]

All times are of CPU (user and system), medians of some rounds, of forked processes that begin warm: tables and patterns are
built, garbage is collected as in a worker. A text counts as new the first time that the process reads it, and as seen afterwards, when caches help.
"""

import argparse
import math
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple, TypeVar

import pdfplumber
import pypdfium2
from pydantic_core import to_json

from benchmarks.scans import scanned
from pipeline.assemble import assemble
from pipeline.document import read_document
from pipeline.ingest import read
from pipeline.language import make_doc
from pipeline.outcomes import body_of, written_of
from pipeline.pages import Text
from pipeline.unwrap import unwrap
from pipeline.workers import collect_seldom
from schemas.plan import Source

Key = TypeVar("Key")

ROOT = Path(__file__).parent.parent
FORMATS = ("txt", "docx", "html", "pdf")
STAGES = ("read", "unwrap", "mark", "extract", "JSON", "outputs")
_TO_JSON = STAGES.index("JSON") + 1
ROUNDS = 5
_LOOK = 0.02  # seconds between two looks at a process
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
        steps: tuple[Callable[[Any], Any], ...] = (read, unwrap, make_doc, _extract, _json, _outputs)
        for k, step in enumerate(steps):
            begin = time.process_time()
            value = step(value)
            spent[k] += time.process_time() - begin
    return spent


def _extract(doc: Any) -> Any:
    return assemble(doc, _SOURCE)


def _json(plan: Any) -> Any:
    plan.model_dump_json()
    return plan


def _outputs(plan: Any) -> None:
    """All that a process which reads makes of a plan for the one which writes; JSON once more among it."""
    body_of(written_of(plan, ""))


def ways(files: Sequence[Path]) -> dict[str, Cost]:
    """The least, kehoach and the usual way over the same PDF files, in turn: the least of some rounds of each.

    `floor` is letters by pdfium, one scan of them, and JSON of what the scan finds; `kehoach` the plan in JSON; `usual` letters by
    pdfplumber, words by underthesea, and JSON, without any fact.
    """
    timed = {"floor": _floor, "kehoach": _to_plan_json, "usual": _usual}
    spent = least({name: partial(in_child, way, files) for name, way in timed.items()}, ROUNDS)
    return {name: Cost(_pages(files), seconds) for name, seconds in spent.items()}


def least(timed: Mapping[Key, Callable[[], float]], rounds: int) -> dict[Key, float]:
    """The least seconds of each of some ways, measured in turn so that a machine's moods meet all of them."""
    found = dict.fromkeys(timed, math.inf)
    for _ in range(rounds):
        for name, way in timed.items():
            found[name] = min(found[name], way())
    return found


def _to_plan_json(files: Sequence[Path]) -> float:
    return sum(_stages(files)[:_TO_JSON])


def _floor(files: Sequence[Path]) -> float:
    begin = time.process_time()
    for path in files:
        document = pypdfium2.PdfDocument(path)
        text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
        to_json([word for word in text.split() if word[0].isdigit()])
    return time.process_time() - begin


def _usual(files: Sequence[Path]) -> float:
    word_tokenize = import_module("underthesea").word_tokenize
    word_tokenize("Kế hoạch chuyển đổi số")
    begin = time.process_time()
    for path in files:
        with pdfplumber.open(path) as document:
            text = "\n".join(page.extract_text() for page in document.pages)
        to_json(word_tokenize(text))
    return time.process_time() - begin


def _pages(files: Sequence[Path]) -> int:
    return sum(len(pypdfium2.PdfDocument(path)) for path in files)


class Run(NamedTuple):
    """Run: what a process and all that it starts cost: seconds of CPU and on the clock, the peak of memory of any of them in MB.

    `own` and `own_memory` are of the process itself.
    """

    cpu: float
    clock: float
    memory: float
    own: float
    own_memory: float


def run(*arguments: object) -> Run:
    """Run a command line of kehoach as a process of its own."""
    result: Run = in_child(_run, [sys.executable, "-m", "pipeline", *map(str, arguments)])
    return result


def _run(command: Sequence[str]) -> Run:
    begin = time.perf_counter()
    own, own_memory = 0.0, 0.0
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            with suppress(OSError):  # it has just ended
                own, own_memory = max(own, _cpu(process.pid)), max(own_memory, _peak(process.pid))
            time.sleep(_LOOK)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    clock, used = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Run(used.ru_utime + used.ru_stime, clock, used.ru_maxrss / 1024, own, own_memory)


def _cpu(process: int) -> float:
    """Seconds of CPU that a process has used so far, without its children."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _peak(process: int) -> float:
    """The peak of memory in MB that a process has had so far."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return next((int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM:")), 0.0)


def cold(*arguments: object, rounds: int = 3) -> float:
    """Seconds of CPU that a command costs with all the processes it starts: the median of some rounds."""
    return median(run(*arguments).cpu for _ in range(rounds))


class Recognition(NamedTuple):
    """Recognition: pages of a scan, and seconds of CPU of Tesseract and of all the rest."""

    pages: int
    tesseract: float
    rest: float


def recognition(plans: Sequence[Path], dots: int) -> Recognition:
    """What plans cost that are made scans of, in a process that has read the first of them before."""
    with tempfile.TemporaryDirectory() as folder:
        scans = [Path(folder, f"{plan.stem}.pdf") for plan in plans]
        pages = [scanned(plan, scan, dots=dots, rough=False) for plan, scan in zip(plans, scans, strict=True)]
        return Recognition(sum(pages), *in_child(_recognise, scans))


def _recognise(scans: Sequence[Path]) -> tuple[float, float]:
    _read_scan(scans[0])
    begin = _spent()
    for scan in scans:
        _read_scan(scan)
    others, ours = (after - before for before, after in zip(begin, _spent(), strict=True))
    return others, ours


def _read_scan(scan: Path) -> None:
    read_document(scan, scan.name).plan.model_dump_json()


def _spent() -> tuple[float, float]:
    """Seconds of CPU of the programs that this process has started, and of itself."""
    others, ours = resource.getrusage(resource.RUSAGE_CHILDREN), resource.getrusage(resource.RUSAGE_SELF)
    return others.ru_utime + others.ru_stime, ours.ru_utime + ours.ru_stime


def main() -> None:
    """Measure, then print the page or write it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--long", action="store_true", help="also 10,000 and 100,000 documents, which take hours on a small machine"
    )
    parser.add_argument("--documents", type=int, help="documents of the largest run (1,000; with --long 100,000)")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="where plans as offices issued them may be")
    parser.add_argument("--write", type=Path, metavar="FILE", help="where to write the page")
    options = parser.parse_args()
    from benchmarks.performance import page_of

    page = page_of(options.documents or (100_000 if options.long else 1000), options.shared)
    if options.write:
        options.write.write_text(page, encoding="utf-8")
    else:
        print(page, end="")


if __name__ == "__main__":
    main()
