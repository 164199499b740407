"""Endurance: a folder with much that is broken, read while its workers and the run itself are killed, beside a run left in peace.

    python -m benchmarks.endurance [--files 5000] [--write docs/robustness.md]

A tenth of the files is broken, in as many ways as `benchmarks.broken` has. The run is killed three times, without a chance to put
anything in order, and started again; workers are killed all the time. At the end every file must be accounted for and all bytes be
those of the run left in peace. Ends with code 1 where that is not so.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median

import jsonlines

from benchmarks.broken import write_broken
from benchmarks.generated import sources
from corpus.build import WRITERS
from pipeline import VERSION
from pipeline.inputs import list_inputs
from pipeline.journal import HIDDEN

ROOT = Path(__file__).parent.parent
KILLS = (0.2, 0.5, 0.8)
"""How far the run is, by the size of its journal, when it is killed."""
DEATHS = 0.3
"""Workers killed a second; a new one needs a second or two until it reads, so that many more would measure its start alone."""
_GLANCE = 0.25  # seconds


@dataclass(slots=True)
class Watched:
    """Watched: what was seen of a run: seconds, MB of memory of the parent over time, workers killed."""

    seconds: float = 0.0
    memory: list[float] = field(default_factory=list)
    killed: int = 0


def write_folder(folder: Path, files: int, seed: int) -> int:
    """Write the files; gives in how many ways they are broken."""
    broken = files // 10
    whole: dict[str, list[bytes]] = {suffix: [] for suffix in WRITERS}
    for number, source in enumerate(sources(seed, -(-(files - broken) // len(WRITERS)))):
        for suffix, write in WRITERS.items():
            path = folder / f"{suffix[0]}{number % 97:02}" / f"{source.slug}.{suffix}"
            path.parent.mkdir(exist_ok=True)
            write(source, path)
            if len(whole[suffix]) < 20:
                whole[suffix].append(path.read_bytes())
    (folder / "hỏng").mkdir()
    return write_broken(folder / "hỏng", whole, broken, seed)


def watch(plans: Path, out: Path, *, seed: int = 0, kill_at: int = 0) -> Watched:
    """Run; with a `seed` workers are killed by chance, with `kill_at` the run is too when its journal has so many bytes."""
    command = [sys.executable, "-m", "pipeline", "extract", str(plans), "--out", str(out), "--quiet", "--time-limit", "120"]
    random, seen, begin = Random(seed), Watched(), time.monotonic()
    with subprocess.Popen(command, cwd=ROOT) as run:
        while run.poll() is None:
            time.sleep(_GLANCE)
            memory = memory_of(run.pid)
            if memory:
                seen.memory.append(memory)
            if seed and random.random() < DEATHS * _GLANCE:
                seen.killed += kill_one(run.pid, random)
            if kill_at and journal_size(out) >= kill_at:
                run.kill()
                break
    if not kill_at and run.returncode not in (0, 1):
        raise SystemExit(f"the run ended with code {run.returncode}")
    seen.seconds = time.monotonic() - begin
    return seen


def memory_of(process: int) -> float:
    """MB that a process has in memory."""
    with suppress(OSError, StopIteration, ValueError):
        lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
        return int(next(line.split()[1] for line in lines if line.startswith("VmRSS:"))) / 1024
    return 0.0


def kill_one(parent: int, random: Random) -> int:
    """Kill one of the workers without warning; gives how many that were."""
    with suppress(OSError):
        command = Path(f"/proc/{parent}/cmdline").read_bytes()
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="utf-8").split()
        workers = [child for child in children if Path(f"/proc/{child}/cmdline").read_bytes() == command]
        if workers:
            os.kill(int(random.choice(workers)), signal.SIGKILL)
            return 1
    return 0


def journal_size(out: Path) -> int:
    """Bytes of the journal of a run."""
    with suppress(OSError):
        return (out / HIDDEN / "journal").stat().st_size
    return 0


def contents(out: Path) -> dict[str, bytes]:
    """The files of a run by name, but for times and what is hidden."""
    files = (path for path in out.rglob("*") if path.is_file() and HIDDEN not in path.parts and path.name != "run.json")
    return {str(path.relative_to(out)): path.read_bytes() for path in files}


def lines(out: Path, name: str) -> list[dict[str, str]]:
    """The lines of a JSON lines file of a run."""
    with jsonlines.open(out / name) as file:
        return list(file)


def measure(folder: Path, files: int, seed: int) -> Iterator[str]:
    """Do it all and tell what came of it, as Markdown; the last line says whether all is well."""
    plans, peace, storm = (folder / name for name in ("plans", "peace", "storm"))
    plans.mkdir()
    ways = write_folder(plans, files, seed)
    inputs = list_inputs([plans])
    calm = watch(plans, peace)
    disturbed = [watch(plans, storm, seed=seed + k, kill_at=int(share * journal_size(peace))) for k, share in enumerate(KILLS, 1)]
    disturbed += [watch(plans, storm, seed=seed + 9)]
    while any(failure["code"] == "worker_died" for failure in lines(storm, "failures.jsonl")) and len(disturbed) < 9:
        disturbed.append(watch(plans, storm))
    again = watch(plans, storm)
    failures = lines(storm, "failures.jsonl")
    named = [plan["source"]["name"] for plan in lines(storm, "plans.jsonl")] + [failure["name"] for failure in failures]  # type: ignore[index]
    all_there = sorted(named) == [item.name for item in inputs]
    same = contents(peace) == contents(storm)
    first, last = (calm.memory[k * len(calm.memory) // 4 : (k + 1) * len(calm.memory) // 4] for k in (1, 2))
    codes = ", ".join(f"`{code}` {count}" for code, count in Counter(failure["code"] for failure in failures).most_common())
    yield "| | |"
    yield "|---|---|"
    yield f"| files | {len(inputs):,}, of which {files // 10:,} are broken, in {ways} ways |"
    yield f"| plans | {len(named) - len(failures):,} |"
    yield f"| failures | {len(failures):,}: {codes} |"
    yield f"| the run itself killed | {len(KILLS)} times, started again {len(disturbed) - 1} times |"
    yield f"| workers killed | {sum(seen.killed for seen in disturbed)} |"
    yield f"| every file accounted for | {'yes' if all_there else 'NO'} |"
    yield f"| all bytes those of a run left in peace | {'yes' if same else 'NO'} |"
    yield f"| seconds | {calm.seconds:.0f} in peace; {sum(seen.seconds for seen in disturbed):.0f} in all with the kills |"
    yield f"| seconds when nothing is new | {again.seconds:.1f} |"
    yield (
        f"| memory of the parent | {median(first):.0f} MB in the second quarter of the run, {median(last):.0f} MB in the third, "
        f"{max(calm.memory):.0f} MB at most, while the outputs are written |"
    )
    if not (all_there and same):
        raise SystemExit("not every file is accounted for, or bytes differ")


def main() -> None:
    """Measure, then print the page or write it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", type=Path, metavar="FILE", help="where to write the page")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="an empty folder to work in, which is left")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        table = "\n".join(measure(options.keep or Path(scratch), options.files, options.seed))
    page = f"""# Robustness

Written by `make endurance` on {time.strftime("%d %B %Y")}: kehoach {VERSION}, {os.cpu_count()} cores, load {os.getloadavg()[1]:.0f}.
`benchmarks/endurance.py` says how, `benchmarks/broken.py` what is broken.

{table}
"""
    if options.write:
        _, chapter, rest = options.write.read_text(encoding="utf-8").partition("\n## ")  # measured apart, and kept
        options.write.write_text(page + chapter + rest, encoding="utf-8")
    print(page, end="")


if __name__ == "__main__":
    main()
