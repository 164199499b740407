"""Extract: read files and folders and write everything found into an output folder."""

import argparse
import errno
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

from pipeline.delivery import delivered
from pipeline.errors import ClusterError, StorageError
from pipeline.inputs import Input, MissingInput, list_inputs
from pipeline.storage import Address

if TYPE_CHECKING:
    from pipeline.cluster import Cluster
    from pipeline.limits import Limits
    from pipeline.outcomes import Reading

_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


class MixedFolders(ValueError):
    """The output folder is where the inputs are."""


def run(arguments: argparse.Namespace) -> int:
    """Read all; exit code 0 when every file gave a plan, 1 when some did not, 2 when nothing could be begun."""
    try:
        with delivered(arguments.out) as folder:
            return _begin(folder, arguments)
    except StorageError as error:
        return _refuse(f"{error}. What was read is kept, so the same command goes on from there.")


def _begin(folder: Path, arguments: argparse.Namespace) -> int:
    try:
        check_apart(arguments.paths, arguments.out)
        inputs = list_inputs(arguments.paths, leave_out=folder)
        check_writable(folder)
    except (MissingInput, MixedFolders, StorageError) as error:
        return _refuse(f"{error}")
    except OSError as error:
        return _refuse(f"cannot write into {arguments.out}: {error.strerror}. Name another folder with --out.")
    if not inputs:
        print(f"kehoach: no files in {', '.join(map(str, arguments.paths))}.", file=sys.stderr)
    return _read(inputs, folder, arguments)


def _read(inputs: list[Input], folder: Path, arguments: argparse.Namespace) -> int:
    for name in _THREADS:  # one process a core is enough; must be set before NumPy is loaded
        os.environ.setdefault(name, "1")
    signal.signal(signal.SIGTERM, _interrupt)
    from pipeline.journal import AnotherRun
    from pipeline.limits import Limits, usual_memory
    from pipeline.progress import Progress
    from pipeline.run import Settings, extract

    cores = os.cpu_count() or 1
    jobs = min(arguments.jobs or cores, max(1, len(inputs)))
    os.environ.setdefault("KEHOACH_CORES", str(max(1, cores // jobs)))  # a scan is recognised on the cores that are left over
    memory = usual_memory() if arguments.memory_limit is None else arguments.memory_limit << 20
    limits = Limits(arguments.time_limit, memory)
    progress = Progress(len(inputs), quiet=arguments.quiet)
    try:
        with progress, _machines(arguments, limits) as machines:
            settings = Settings(machines.jobs if machines else jobs, limits, fresh=arguments.fresh, log=arguments.log_json)
            tally = extract(inputs, folder, settings, readers=machines, watch=progress.advance)
    except ClusterError as error:
        return _refuse(f"{error} What was read is kept, so the same command goes on from there.")
    except AnotherRun as error:
        return _refuse(f"{error} --out names it.")
    except OSError as error:
        return _refuse(_trouble(error, folder))
    progress.close(tally, arguments.out)
    return 1 if tally.failures else 0


@contextmanager
def _machines(arguments: argparse.Namespace, limits: "Limits") -> "Iterator[Cluster[Reading] | None]":
    """The readers of a cluster, where one is asked for."""
    if arguments.cluster is None:
        yield None
        return
    from pipeline.cluster import Cluster
    from pipeline.outcomes import read_item

    with closing(Cluster(read_item, arguments.cluster, limits, arguments.jobs)) as cluster:
        yield cluster


def check_apart(paths: Sequence[Path | Address], out: Path | Address) -> None:
    """Raise `MixedFolders` where a run would write among the files that it reads, and read its own results next time."""
    if isinstance(out, Address):
        if any(isinstance(path, Address) and f"{out}/".startswith(f"{path.rstrip('/')}/") for path in paths):
            raise MixedFolders(f"{out} lies among the files that are read. Name another address with --out.")
        return
    ours = out.resolve()
    for path in paths:
        if isinstance(path, Address):
            continue
        read = path.resolve()
        if read == ours or read.is_relative_to(ours / "plans") or read.is_relative_to(ours / "tables"):
            raise MixedFolders(f"{out} would mix results with the files in {path}. Name another folder with --out.")


def check_writable(folder: Path) -> None:
    """Raise `OSError` unless files can be made in a folder, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    probe = folder / f".probe-{os.getpid()}"
    probe.touch()
    probe.unlink()


def _trouble(error: OSError, out: Path) -> str:
    """What went wrong while a run was going on, and what to do."""
    if error.errno == errno.EMFILE:
        return "this system allows too few open files: use fewer --jobs, or raise the number with `ulimit -n 1024`."
    where = f"cannot write into {error.filename or out}: {error.strerror or error}."
    return f"{where} Results of an earlier run are as they were; what was read is kept, so the same command goes on from there."


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _refuse(message: str) -> int:
    print(f"kehoach: {message}", file=sys.stderr)
    return 2
