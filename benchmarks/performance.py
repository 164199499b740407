"""Performance: the page of what was measured (`docs/performance.md`): tables, charts, method and machine."""

import os
import platform
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from math import log
from pathlib import Path

from benchmarks import speed
from pipeline import VERSION
from pipeline.ingest import read
from pipeline.language import prepare
from pipeline.unwrap import unwrap

_PACKAGES = ("spacy", "pydantic", "pypdfium2", "pdfplumber", "underthesea")
_LIMITS = {"text": 150_000, "cold": 5.0, "help": 0.3, "floor": 5.0, "usual": 10.0, "exponent": 1.05}
"""What may not be fallen short of or exceeded."""


def page_of(folder: Path, pages: int, documents: int) -> str:
    """Measure everything and say it in Markdown; lengths and numbers of documents grow up to `pages` and `documents`."""
    files = {name: sorted((folder / name).glob(f"*.{name}")) for name in speed.FORMATS}
    prepare()
    parts = (_head(), _text(files["txt"]), _ways(files["pdf"]), _stages(files), _cold(files["txt"]))
    growth = (_lengths(files["txt"], pages), _numbers(files["txt"], documents))
    return "\n".join(line for part in (*parts, *growth) for line in part) + "\n"


def _head() -> Iterator[str]:
    versions = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    yield "# Performance"
    yield ""
    yield f"Written by `make bench` on {datetime.now(UTC):%d %B %Y}: kehoach {VERSION}, Python {platform.python_version()}, {versions};"
    yield f"{_processor()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} when it began. Times are of CPU, medians of several"
    yield "rounds (`benchmarks/speed.py` says how). On a loaded machine they grow; compare only figures of one run."


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())


def _text(files: Sequence[Path]) -> Iterator[str]:
    texts = [unwrap(read(path)) for path in files]
    rates = speed.rates(texts)
    letters = sum(len(text.text) for text in texts)
    yield from ("", "## Text to JSON, warm, one core", "")
    yield from _table(("", "characters a second", "limit"), [
        ("new texts", f"{rates.new:,.0f}", f"at least {_LIMITS['text']:,}"),
        ("texts seen before, as caches help", f"{rates.seen:,.0f}", ""),
    ])  # fmt: skip
    yield f"\n{len(texts)} plans, {letters:,} characters."


def _ways(files: Sequence[Path]) -> Iterator[str]:
    floor, usual = speed.floor(files), speed.usual(files)
    ours = speed.Cost(floor.pages, sum(speed.stages(files).values()))
    yield from ("", "## Ten pages of digital PDF", "")
    yield from _table(("", "ms", "beside"), [
        ("floor: pdfium's letters, one scan, JSON", f"{floor.for_ten_pages:,.0f}", ""),
        ("kehoach: the whole plan", f"{ours.for_ten_pages:,.0f}",
         f"{ours.seconds / floor.seconds:.1f} times the floor (at most {_LIMITS['floor']:.0f})"),
        ("usual way: pdfplumber's letters, underthesea's words, no facts", f"{usual.for_ten_pages:,.0f}",
         f"kehoach is {usual.seconds / ours.seconds:.1f} times as fast (at least {_LIMITS['usual']:.0f})"),
    ])  # fmt: skip
    yield f"\n{floor.pages} pages of {len(files)} plans."


def _stages(files: Mapping[str, Sequence[Path]]) -> Iterator[str]:
    yield from ("", "## By format and stage", "", "Milliseconds a plan.", "")
    table = []
    for name, paths in files.items():
        spent = [1000 * seconds / len(paths) for seconds in speed.stages(paths).values()]
        table.append((name, *(f"{ms:.1f}" for ms in spent), f"{sum(spent):.1f}"))
    yield from _table(("format", *speed.STAGES, "all"), table)


def _cold(files: Sequence[Path]) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as out:
        extract = speed.cold("extract", *files[:2], "--out", out, "--quiet")
    yield from ("", "## Cold: start and all processes", "")
    yield from _table(("", "seconds of CPU", "limit"), [
        ("`extract` of two text plans", f"{extract:.2f}", f"at most {_LIMITS['cold']:.0f}"),
        ("`--help`", f"{speed.cold('--help'):.2f}", f"at most {_LIMITS['help']}"),
    ])  # fmt: skip


def _lengths(files: Sequence[Path], most: int) -> Iterator[str]:
    text = unwrap(read(files[0])).text
    seconds = speed.by_length(text, most)
    yield from ("", "## Growth with pages", "", "One text plan, repeated until it has so many pages; text to JSON.", "")
    yield from _table(("pages", "seconds"), [(str(pages), f"{spent:.3f}") for pages, spent in seconds.items()])
    yield from _chart("Seconds by pages", seconds)
    yield _exponent(seconds)


def _numbers(files: Sequence[Path], most: int) -> Iterator[str]:
    one, two = speed.by_number(files, most, 1), speed.by_number(files, most, 2)
    yield from ("", "## Growth with documents", "", "`extract` over so many text plans, start included.", "")
    table = [
        (f"{count:,}", f"{run.cpu:.1f}", f"{run.clock:.1f}", f"{two[count].clock:.1f}", f"{run.clock / two[count].clock:.2f}", f"{run.memory:.0f}")
        for count, run in one.items()
    ]  # fmt: skip
    yield from _table(("documents", "CPU s", "clock s, 1 job", "clock s, 2 jobs", "gain", "most memory of a process, MB"), table)
    yield from _chart("Seconds of CPU by documents, 1 job", {count: run.cpu for count, run in one.items()})
    start = one[min(one)].cpu
    yield _exponent({count: run.cpu - start for count, run in one.items() if count > min(one)})


def _table(head: Sequence[str], body: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield "|---" + "|---:" * (len(head) - 1) + "|"
    yield from (f"| {' | '.join(row)} |" for row in body)


def _chart(title: str, points: Mapping[int, float]) -> Iterator[str]:
    axis, line = (", ".join(map(str, values)) for values in (points, (round(value, 3) for value in points.values())))
    yield from ("", "```mermaid", "xychart-beta", f'    title "{title}"', f"    x-axis [{axis}]", f"    line [{line}]", "```", "")


def _exponent(points: Mapping[int, float]) -> str:
    """The slope of the line through the logarithms: 1 where time grows with size."""
    if len(points) < 2:
        return "Too few sizes for an exponent."
    xs, ys = [log(size) for size in points], [log(max(spent, 1e-6)) for spent in points.values()]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    slope = sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)
    return f"Exponent {slope:.2f} (at most {_LIMITS['exponent']})."
