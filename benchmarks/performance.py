"""Performance: the page of what was measured (`docs/performance.md`): tables, charts, method and machine."""

import os
import platform
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.platypus import Paragraph, SimpleDocTemplate

from benchmarks import growth, speed
from benchmarks.generated import sources
from corpus.build import WRITERS
from corpus.pages import load_fonts, style
from pipeline import VERSION
from pipeline.assemble import FAMILIES
from pipeline.document import prepare, read_document
from pipeline.errors import UnreadableDocument
from pipeline.ingest import read
from pipeline.unwrap import unwrap

_PACKAGES = ("spacy", "pydantic", "pypdfium2", "pdfplumber", "underthesea", "pyarrow", "ray")
_LIMITS = {
    "text": 300_000, "cold": 2.0, "help": 0.3, "floor": 5.0, "usual": 10.0, "exponent": 1.05, "gain": 1.8, "machines": 1.7,
    "memory": 300, "scan": 0.9,
}  # fmt: skip
"""What may not be fallen short of or exceeded."""

_CORPUS = speed.ROOT / "corpus" / "formats"
_MADE_UP = 20
_SCANS = 4
_MILLION = 1_000_000
_CORE_HOUR, _GIGABYTE_MONTH = 0.04, 0.08
"""What a core for an hour and a gigabyte of disk for a month are taken to cost, in US dollars."""

Files = Mapping[str, Sequence[Path]]


def page_of(documents: int, shared: Path) -> str:
    """Measure everything and say it in Markdown; the numbers of documents grow up to `documents`, issued plans are in `shared`."""
    prepare()
    with tempfile.TemporaryDirectory() as folder:
        sets = {"corpus": _corpus(), "made up": _made_up(Path(folder)), **_issued(Path(folder, "issued"), shared / "plans")}
        lines = [*_head(), *_text(sets), *_ways(sets), *_stages(sets), *_cold(sets["corpus"]["txt"])]
        scan = _recognition(sets["corpus"]["pdf"][:_SCANS])
        lines += [*_scans(scan), *_lengths(), *_jobs(), *_machines()]
        loads = list(growth.by_number(documents, 2))
        lines += [*_numbers(loads), *_million(loads, sets["made up"]["pdf"], scan)]
    return "\n".join(lines) + "\n"


def _corpus() -> Files:
    return {name: sorted((_CORPUS / name).glob(f"*.{name}")) for name in speed.FORMATS}


def _made_up(folder: Path) -> Files:
    """Plans that the grammar of the generator makes, in every format."""
    made: dict[str, list[Path]] = {name: [] for name in speed.FORMATS}
    for source in sources(growth.SEED, _MADE_UP):
        for name, paths in made.items():
            paths.append(folder / f"{source.slug}.{name}")
            WRITERS[name](source, paths[-1])
    return made


def _issued(folder: Path, plans: Path) -> Mapping[str, Files]:
    """The texts of long plans that offices issued, and the same printed to PDF; nothing where they are not at hand."""
    texts = sorted(plans.glob("*.txt"))
    if not texts:
        return {}
    folder.mkdir()
    load_fonts()
    printed = [folder / f"{text.stem}.pdf" for text in texts]
    for text, path in zip(texts, printed, strict=True):
        lines = filter(str.strip, text.read_text(encoding="utf-8").splitlines())
        SimpleDocTemplate(str(path), invariant=True).build([Paragraph(escape(line), style()) for line in lines])
    return {"issued": {"txt": texts, "pdf": printed}}


def _head() -> Iterator[str]:
    versions = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    yield "# Performance"
    yield ""
    yield f"Written by `make bench` on {datetime.now(UTC):%d %B %Y}: kehoach {VERSION}, Python {platform.python_version()}, {versions};"
    yield f"{_processor()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} when it began. Times are of CPU, medians of several"
    yield "rounds (`benchmarks/speed.py` says how). On a loaded machine they grow; compare only figures of one run."
    yield ""
    yield f"Sets of plans: the {_MADE_UP} of the corpus, and {_MADE_UP} made up by `benchmarks/generator` in the same formats; both are short and hold"
    yield "two to three times as many facts as what offices issue. Where they are at hand, long plans as offices issued them are a third set."
    yield "What is said to be a limit is one that this project has set itself."


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())


def _text(sets: Mapping[str, Files]) -> Iterator[str]:
    yield from ("", "## Text to JSON, warm, one core", "", "Characters a second.", "")
    table = []
    for title, files in sets.items():
        texts = [unwrap(read(path)) for path in files["txt"]]
        rates = speed.rates(texts)
        letters = sum(len(text.text) for text in texts)
        table.append((title, f"{letters:,}", f"{_density(files['txt']):.0f}", f"{rates.new:,.0f}", f"{rates.seen:,.0f}", f"at least {_LIMITS['text']:,}"))
    yield from _table(("plans", "characters", "facts in a thousand", "new texts", "seen before, as caches help", "limit"), table)


def _density(paths: Sequence[Path]) -> float:
    """Facts in a thousand characters."""
    documents = [read_document(path, path.name) for path in paths]
    facts = sum(len(getattr(document.plan, family)) for document in documents for family in FAMILIES)
    return 1000 * facts / sum(len(document.text) for document in documents)


def _ways(sets: Mapping[str, Files]) -> Iterator[str]:
    yield from ("", "## Ten pages of digital PDF", "")
    yield "The floor is pdfium's letters, one scan of them, and JSON. The usual way is pdfplumber's letters and underthesea's words, without"
    yield from ("any fact. kehoach gives the whole plan in JSON. Milliseconds, the least of some rounds in turn.", "")
    table = []
    for title, files in sets.items():
        pdf = files["pdf"]
        floor, ours, usual = speed.ways(pdf).values()
        ratios = (f"{ours.seconds / floor.seconds:.1f}", f"{usual.seconds / ours.seconds:.1f}")
        table.append((title, str(floor.pages), *(f"{way.for_ten_pages:,.0f}" for way in (floor, ours, usual)), *ratios))
    limits = (f"times the floor (at most {_LIMITS['floor']:.0f})", f"times as fast as the usual way (at least {_LIMITS['usual']:.0f})")
    yield from _table(("plans", "pages", "floor", "kehoach", "usual way", *limits), table)


def _stages(sets: Mapping[str, Files]) -> Iterator[str]:
    yield from ("", "## By format and stage", "", "Milliseconds a plan, and how much of it a second.", "")
    table = []
    for title, files in sets.items():
        letters = sum(len(unwrap(read(path)).text) for path in files["txt"])
        for name, paths in files.items():
            spent = [1000 * seconds / len(paths) for seconds in speed.stages(paths).values()]
            rate = 1000 * letters / len(paths) / sum(spent)
            table.append((title, name, *(f"{ms:.1f}" for ms in (*spent, sum(spent))), f"{rate:,.0f}", f"{rate / growth.PAGE:.0f}"))
    yield from _table(("plans", "format", *speed.STAGES, "all", "characters", f"pages of {growth.PAGE:,}"), table)


def _cold(files: Sequence[Path]) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as out:
        extract = speed.run("extract", *files[:2], "--out", out, "--quiet", "--fresh")
        cold = speed.cold("extract", *files[:2], "--out", out, "--quiet", "--fresh")
    yield from ("", "## Cold: start and all processes", "")
    yield from _table(("", "seconds of CPU", "limit"), [
        ("`extract` of two text plans", f"{cold:.2f}", f"at most {_LIMITS['cold']:.0f}"),
        ("`--help`", f"{speed.cold('--help'):.2f}", f"at most {_LIMITS['help']}"),
    ])  # fmt: skip
    yield f"\nThe largest process of the first has {extract.memory:.0f} MB."


def _recognition(plans: Sequence[Path]) -> speed.Recognition | None:
    try:
        return speed.recognition(plans, 300)
    except UnreadableDocument:  # Tesseract is not installed
        return None


def _scans(cost: speed.Recognition | None) -> Iterator[str]:
    yield from ("", "## Scans", "")
    if cost is None:
        yield "Not measured: Tesseract is not installed."
        return
    whole = cost.tesseract + cost.rest
    yield f"{_SCANS} plans of {cost.pages} pages as pictures of 300 dots an inch, read by a warm process: {whole / cost.pages:.1f} s of CPU a page, of"
    yield f"which Tesseract itself takes {cost.tesseract / whole:.1%} (at least {_LIMITS['scan']:.0%})."


def _lengths() -> Iterator[str]:
    yield from ("", "## Growth with pages", "", "One plan that is ever longer, from file to JSON, seconds of CPU and the reader's memory.", "")
    for suffix, most in (("txt", 1000), ("pdf", 300)):
        lengths = growth.by_length(suffix, most)
        points = [(length.pages, length.seconds) for length in lengths]
        table = [(str(one.pages), f"{one.seconds:.3f}", f"{1000 * one.seconds / one.pages:.1f}", f"{one.memory:.0f}") for one in lengths]
        yield from (f"### {suffix}", "")
        yield from _table(("pages", "seconds", "ms a page", "MB"), table)
        yield from _chart(f"Seconds by pages, {suffix}", points)
        yield from (_exponent(points), "")


def _numbers(loads: Sequence[growth.Load]) -> Iterator[str]:
    yield from ("", "## Growth with documents", "")
    yield "`extract` of so many made-up text plans by 2 processes and the one that writes, whose own CPU and memory are beside. Plans beyond"
    yield from (f"{growth.DISTINCT:,} are those before with a line of their own.", "")
    heads = ("documents", "CPU s", "of the writer", "clock s", "documents a second", "writer's MB", "largest process MB", "disk MB")
    yield from _table(heads, [
        (f"{load.plans:,}", f"{load.cost.cpu:.1f}", f"{load.cost.own:.1f}", f"{load.cost.clock:.1f}", f"{load.plans / load.cost.clock:.0f}",
         f"{load.cost.own_memory:.0f}", f"{load.cost.memory:.0f}", f"{load.written / 1e6:,.0f}")
        for load in loads
    ])  # fmt: skip
    yield from _chart("Seconds of CPU by documents", [(load.plans, load.cost.cpu) for load in loads])
    yield "Of what comes on top of the smallest run:"
    yield _exponent([(load.plans - loads[0].plans, load.cost.cpu - loads[0].cost.cpu) for load in loads[1:]])
    yield f"The writer's memory may be {_LIMITS['memory']} MB at 100,000 documents."


def _million(loads: Sequence[growth.Load], pdf: Sequence[Path], scan: speed.Recognition | None) -> Iterator[str]:
    """What a million costs if all others are like the last plans of the largest run."""
    least, most = loads[-2:]
    more = most.plans - least.plans
    cpu, own, memory = ((getattr(most.cost, name) - getattr(least.cost, name)) / more for name in ("cpu", "own", "own_memory"))
    kinds = {"text": cpu, "digital PDF": own + sum(speed.stages(pdf).values()) / len(pdf)}
    if scan:
        kinds[f"scans of {scan.pages / _SCANS:.0f} pages"] = own + (scan.tesseract + scan.rest) / _SCANS
    yield from ("", "## A million plans", "")
    yield f"Reckoned, not measured: what each plan beyond the first {least.plans:,} cost in the table above, up to {most.plans:,}, a million times over."
    yield f"A core is taken to cost {_CORE_HOUR:.2f} dollars an hour. The writer is waited for where there are more cores than the last column says."
    yield ""
    yield from _table(("plans", "core-hours", "dollars", "hours on 64 cores", "cores that one writer keeps busy"), [
        (kind, f"{seconds * _MILLION / 3600:,.0f}", f"{seconds * _MILLION / 3600 * _CORE_HOUR:,.2f}",
         f"{max(seconds / 64, own) * _MILLION / 3600:,.1f}", f"{(seconds - own) / own:,.0f}")
        for kind, seconds in kinds.items()
    ])  # fmt: skip
    disk = (most.written - least.written) / more * _MILLION / 1e9
    rent, hours = disk * _GIGABYTE_MONTH, own * _MILLION / 3600
    yield f"\nDisk: {disk:,.0f} GB, at {_GIGABYTE_MONTH:.2f} dollars a gigabyte {rent:,.0f} a month. The writer works {hours:,.1f} hours."
    if most.plans >= growth.DISTINCT:  # before that buffers fill
        yield f"Its memory would be {(most.cost.own_memory + memory * (_MILLION - most.plans)) / 1000:,.1f} GB."


def _jobs() -> Iterator[str]:
    count, rounds = 1000, 3
    clock = growth.by_jobs(count, rounds)
    yield from ("", "## Processes", "", f"Seconds on the clock of `extract` over {count} text plans; the least of {rounds} rounds, in turn.", "")
    yield from _table(("jobs", "seconds", "gain"), [(str(jobs), f"{spent:.1f}", f"{clock[1] / spent:.2f}") for jobs, spent in clock.items()])
    yield f"\nAt least {_LIMITS['gain']} on a machine that does nothing else; load {os.getloadavg()[0]:.1f} at the end of it."


def _machines() -> Iterator[str]:
    count, rounds = 400, 3
    clock = growth.by_machines(count, rounds)
    yield from ("", "## Machines", "")
    yield f"A Ray cluster on loopback, machines of one processor each; seconds on the clock until {count} text plans are read, readers warm; the"
    yield from (f"least of {rounds} rounds, in turn.", "")
    yield from _table(("machines", "seconds", "gain"), [(str(many), f"{spent:.1f}", f"{clock[1] / spent:.2f}") for many, spent in clock.items()])
    yield f"\nAt least {_LIMITS['machines']}; load {os.getloadavg()[0]:.1f} at the end of it."


def _table(head: Sequence[str], body: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield "|---" + "|---:" * (len(head) - 1) + "|"
    yield from (f"| {' | '.join(row)} |" for row in body)


def _chart(title: str, points: Sequence[tuple[float, float]]) -> Iterator[str]:
    axis, line = (", ".join(map(str, values)) for values in ((size for size, _ in points), (round(spent, 3) for _, spent in points)))
    yield from ("", "```mermaid", "xychart-beta", f'    title "{title}"', f"    x-axis [{axis}]", f"    line [{line}]", "```", "")


def _exponent(points: Sequence[tuple[float, float]]) -> str:
    if len(points) < 2:
        return "Too few sizes for an exponent."
    whole, end = growth.exponent(points), growth.exponent(points[-2:])
    return f"Exponent {whole:.2f}, between the two largest {end:.2f} (at most {_LIMITS['exponent']})."
