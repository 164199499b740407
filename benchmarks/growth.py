"""Growth: what longer documents and more of them cost, more processes and more machines.

Times are of CPU where one process works and of the clock where several share the work, which only means something on a machine that
does nothing else meanwhile.
"""

import math
import resource
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from benchmarks.generated import sources
from benchmarks.machines import Machines
from benchmarks.speed import Run, in_child, least, run
from corpus.build import WRITERS
from corpus.markup import Line, Source
from corpus.text import render
from pipeline.cluster import Cluster
from pipeline.document import read_document
from pipeline.inputs import list_inputs
from pipeline.limits import Limits
from pipeline.outcomes import read_item
from pipeline.workers import collect_seldom

LENGTHS = (1, 3, 10, 30, 100, 300, 1000)
PAGE = 2200
"""Characters of a page of text."""

SEED = 77
DISTINCT = 10_000
"""How many plans are made up before they begin to come again, with a line of their own."""


class Length(NamedTuple):
    """Length: seconds of CPU for a document of so many pages, and the peak of memory in MB of the process that read it."""

    pages: int
    seconds: float
    memory: float


def by_length(suffix: str, most: int) -> list[Length]:
    """Documents of 1, 3, 10 ... pages, the whole road from file to JSON; on each page is something new."""
    lengths = [pages for pages in LENGTHS if pages <= most]
    parts = list(sources(SEED, lengths[-1]))
    with tempfile.TemporaryDirectory() as folder:
        warm_up = _document(Path(folder, f"warm.{suffix}"), parts[-3:], 1)
        return [in_child(_read, warm_up, _document(Path(folder, f"{pages}.{suffix}"), parts, pages)) for pages in lengths]


def _document(path: Path, parts: Sequence[Source], pages: int) -> Path:
    """A plan of so many pages: the bodies of plans one after the other."""
    long = replace(parts[0], lines=tuple(_cut(chain.from_iterable(part.lines for part in parts), pages * PAGE)))
    WRITERS[path.suffix[1:]](long, path)
    return path


def _cut(lines: Iterable[Line], letters: int) -> Iterator[Line]:
    for line in lines:
        yield line
        letters -= len(line.text) + 1
        if letters < 0:
            return


def _read(warm_up: Path, path: Path) -> Length:
    read_document(warm_up, warm_up.name)
    collect_seldom()
    begin = time.process_time()
    document = read_document(path, path.name)
    document.plan.model_dump_json()
    seconds = time.process_time() - begin
    pages = document.plan.source.pages or max(1, round(len(document.text) / PAGE))
    return Length(pages, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


class Load(NamedTuple):
    """Load: a run over so many plans, what it cost, and how many bytes of disk it took."""

    plans: int
    cost: Run
    written: int


def by_number(most: int, jobs: int) -> Iterator[Load]:
    """`extract` over 10, 100, 1000 ... made-up text plans, start included."""
    with tempfile.TemporaryDirectory() as folder:
        for count in (10**power for power in range(1, 7)):
            if count <= most:
                yield load_of(plans(Path(folder, "plans"), count), count, "--jobs", jobs)


def plans(folder: Path, count: int) -> Path:
    """A folder that holds so many plans; those that are there already stay."""
    folder.mkdir(exist_ok=True)
    made: list[str] = []
    there = sum(1 for _ in folder.iterdir())
    texts = (render(source) for source in sources(SEED, min(count, DISTINCT)))
    for number in range(count):
        if number < DISTINCT:
            made.append(next(texts))
        if number >= there:
            text = f"{made[number % DISTINCT]}\nBản số {number}\n"
            Path(folder, f"{number:06}.txt").write_text(text, encoding="utf-8")
    return folder


def load_of(folder: Path, count: int, *options: object) -> Load:
    """What a run over a folder costs."""
    with tempfile.TemporaryDirectory() as out:
        cost = run("extract", folder, "--out", out, "--quiet", *options)
        written = sum(path.stat().st_blocks * 512 for path in Path(out).rglob("*"))
    return Load(count, cost, written)


def by_jobs(count: int, rounds: int) -> dict[int, float]:
    """Seconds on the clock of a run over so many plans by 1 and 2 processes: the least of some rounds, in turn."""
    with tempfile.TemporaryDirectory() as folder:
        made = plans(Path(folder, "plans"), count)
        return least({jobs: partial(_clock, made, count, jobs) for jobs in (1, 2)}, rounds)


def _clock(folder: Path, count: int, jobs: int) -> float:
    return load_of(folder, count, "--jobs", jobs).cost.clock


def by_machines(count: int, rounds: int) -> dict[int, float]:
    """Seconds on the clock that readers on 1 and on 2 machines of one processor each take for so many plans, once they are warm."""
    with tempfile.TemporaryDirectory() as folder, closing(Machines(2)) as machines:
        made = plans(Path(folder, "plans"), count)
        return least({many: partial(in_child, _on_machines, made, machines.address, many) for many in (1, 2)}, rounds)


def _on_machines(folder: Path, address: str, many: int) -> float:
    inputs = list_inputs([folder])
    with closing(Cluster(read_item, address, Limits(), many)) as cluster:
        while len(cluster.machines) < many:  # those that have started have a document each
            for _ in cluster.map(inputs[: 8 * many]):
                pass
        begin = time.perf_counter()
        for _ in cluster.map(inputs):
            pass
        return time.perf_counter() - begin


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """The slope of the line through the logarithms of sizes and times: 1 where time grows with size."""
    xs, ys = ([math.log(value) for value in column] for column in zip(*points, strict=True))
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)
