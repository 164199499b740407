"""Speed: how fast the road from text to JSON is on a warm core, and what a cold run of two plans costs.

    python -m benchmarks.speed [FILE ...]

Warm: the canonical texts (by default of the text files of the corpus) are marked, extracted and written as JSON, one after
the other in this process, as a worker does it; what is printed is the median of the rounds, in characters a second of CPU.
Cold: `extract` over the first two files as a process of its own, interpreter start and worker processes included, in seconds
of CPU.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from pipeline.assemble import assemble
from pipeline.ingest import read
from pipeline.language import make_doc
from pipeline.pages import Text
from pipeline.unwrap import unwrap
from pipeline.workers import collect_seldom
from schemas.plan import Source

CORPUS = Path(__file__).parent.parent / "corpus" / "formats" / "txt"
ROUNDS = 7
_SOURCE = Source(name="x", sha256="0" * 64, bytes=0, media_type="text/plain", text_layer="plain", engine="none")


def warm(texts: Sequence[Text], rounds: int = ROUNDS) -> float:
    """Characters a second of CPU from canonical text to JSON: the median of some rounds after one that does not count."""
    _round(texts)
    collect_seldom()
    seconds = median(_round(texts) for _ in range(rounds))
    return sum(len(text.text) for text in texts) / seconds


def cold(command: Sequence[str], rounds: int = 3) -> float:
    """Seconds of CPU that a command costs with all the processes it starts: the median of some rounds."""
    return median(_cpu_of(command) for _ in range(rounds))


def _round(texts: Sequence[Text]) -> float:
    begin = time.process_time()
    for text in texts:
        assemble(make_doc(text), _SOURCE).model_dump_json()
    return time.process_time() - begin


def _cpu_of(command: Sequence[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main() -> None:
    """Print the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    files = parser.parse_args().files or sorted(CORPUS.glob("*.txt"))
    texts = [unwrap(read(path)) for path in files]
    pipeline = [sys.executable, "-m", "pipeline"]
    characters = sum(len(text.text) for text in texts)
    print(f"{len(texts)} texts, {characters:,} characters")
    print(f"text to JSON, warm, one core   {warm(texts):>9,.0f} characters/s of CPU")
    with tempfile.TemporaryDirectory() as folder:
        run = [*pipeline, "extract", *map(str, files[:2]), "--out", folder]
        print(f"two plans, cold, whole process {cold(run):>9.2f} s of CPU")
    print(f"--help                         {cold([*pipeline, '--help']):>9.2f} s of CPU")


if __name__ == "__main__":
    main()
