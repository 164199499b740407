"""Cluster: readers on the machines of a Ray cluster, which do for a run what a `Pool` does on one machine.

A reader is a process of the cluster with a pool of one worker, so that a document is held to the same limits everywhere and one that
crashes costs itself only. A reader fetches a file that is stored elsewhere and opens one that it sees, as on a shared disk; of others
it is sent the bytes. A reader or machine that is lost costs the time of what it had in hand, which another reader does; a document
that costs reader after reader is given up.
"""

import os
import secrets
import signal
import socket
import tempfile
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any, Generic, NamedTuple

from pipeline import VERSION
from pipeline.document import prepare
from pipeline.edition import PACKAGES, code
from pipeline.errors import ClusterError
from pipeline.ingest import MAX_BYTES, office, recognition
from pipeline.ingest.programs import ANTIWORD, OFFICE, TESSERACT
from pipeline.inputs import Input
from pipeline.limits import Limits
from pipeline.workers import Died, Pool, Result

LOCAL = "local"
"""The address of a cluster of this machine alone, which is started for the run."""

ATTEMPTS = 3
"""How many readers one document may cost, and how many may fail to start in a row."""

PATIENCE = 300.0
"""Seconds that a run waits when no machine has a processor for a reader."""

_LOST = Died("worker_died", "read", None)
_CONNECT = 10.0


class Sight(NamedTuple):
    """Sight: a file's size in bytes and time of change in nanoseconds; two machines where both agree see the same file."""

    size: int
    changed: int


class Unseen(NamedTuple):
    """Unseen: the reader does not see the file; it wants the bytes."""


class Machine(NamedTuple):
    """Machine: where a reader runs, as which process, and the versions of what decides what it makes of a document."""

    address: str
    process: int
    versions: dict[str, str]


class Reader(Generic[Result]):
    """Reader: a process of the cluster."""

    def __init__(self, work: Callable[[Input], Result], limits: Limits) -> None:
        """Be ready for the first document."""
        os.environ["KEHOACH_CORES"] = "1"  # the other cores have readers of their own
        self._pool = Pool(work, 1, limits, prepare=prepare)

    def machine(self) -> Machine:
        """Where it runs."""
        return Machine(import_module("ray").util.get_node_ip_address(), os.getpid(), versions())

    def read(self, item: Input, sight: Sight | None, data: bytes | None) -> Result | Died | Unseen:
        """Do the work on `data`, or on the file that the run sees as `sight`, or on one that is stored elsewhere."""
        if data is None:
            return self._result(item) if item.stored or sight_of(item.path) == sight else Unseen()
        with tempfile.TemporaryDirectory(prefix="kehoach-") as folder:
            path = Path(folder, item.path.name)
            path.write_bytes(data)
            return self._result(item._replace(file=str(path)))

    def _result(self, item: Input) -> Result | Died:
        ((_, result),) = self._pool.map([item])
        return result


class Cluster(Generic[Result]):
    """Cluster: the readers of one run, on all machines. Close it."""

    def __init__(self, work: Callable[[Input], Result], address: str, limits: Limits, jobs: int = 0) -> None:
        """Connect; there will be `jobs` readers, one a processor where that is 0. Raises `ClusterError`."""
        self._ray = _connected(address, jobs)
        self._work = work
        self._begin = self._ray.remote(num_cpus=1)(Reader).remote
        self._limits = limits
        self.jobs = jobs or max(1, int(self._ray.cluster_resources().get("CPU", 0)))
        self.machines: dict[Any, Machine] = {}  # by reader that runs
        self._idle: list[Any] = []
        self._blind: set[Any] = set()
        self._starting: dict[Any, Any] = {}  # by the answer that is awaited
        self._busy: dict[Any, tuple[Any, int, Input]] = {}
        self._false_starts = 0

    def map(self, items: Iterable[Input]) -> Iterator[tuple[int, Result | Died]]:
        """The number of each item and what `work` returns for it, as it is done; an item is taken when a reader is free."""
        tasks, lost = enumerate(items), Counter[int]()
        again = deque(islice(tasks, 1))
        while again and len(self._starting) + len(self._idle) < self.jobs:
            self._start()
        while again or self._busy:
            for number, item, result in self._answers():
                lost[number] += result is None
                if isinstance(result, Unseen) or (result is None and lost[number] < ATTEMPTS):
                    again.append((number, item))
                else:
                    yield number, _LOST if result is None else result
            while self._idle and (task := again.popleft() if again else next(tasks, None)):
                yield from self._give(*task)

    def close(self) -> None:
        """End all readers, also those that still work, and leave the cluster."""
        self._ray.shutdown()

    def _start(self) -> None:
        reader = self._begin(self._work, self._limits)
        self._starting[reader.machine.remote()] = reader

    def _give(self, number: int, item: Input) -> Iterator[tuple[int, Result]]:
        """Hand a document to an idle reader; what is no readable file is refused here and now."""
        item = item._replace(file=os.path.abspath(item.file))
        sight = None if item.stored else sight_of(item.path)
        if sight is None and not item.stored:
            yield number, self._work(item)
            return
        reader = self._idle.pop()
        data = item.path.read_bytes() if sight and reader in self._blind else None
        self._busy[reader.read.remote(item, sight, data)] = (reader, number, item)

    def _answers(self) -> Iterator[tuple[int, Input, Any]]:
        """Wait for a reader, unless all have time: its document and the answer, None where the reader was lost."""
        if self._idle and not self._busy:
            return
        ready, _ = self._ray.wait([*self._busy, *self._starting], timeout=None if self._busy else PATIENCE)
        if not ready:
            raise ClusterError(f"no machine of the cluster had a free processor for {PATIENCE:.0f} seconds.")
        for answer in ready:
            if answer in self._starting:
                self._take_up(self._starting.pop(answer), answer)
                continue
            reader, number, item = self._busy.pop(answer)
            try:
                result = self._ray.get(answer)
            except self._ray.exceptions.RayTaskError:  # our own mistake
                raise
            except self._ray.exceptions.RayError:
                self.machines.pop(reader, None)
                self._start()
                yield number, item, None
            else:
                self._idle.append(reader)
                if isinstance(result, Unseen):
                    self._blind.add(reader)
                yield number, item, result

    def _take_up(self, reader: Any, answer: Any) -> None:
        """Take a reader up that has started, or start another where it has not."""
        try:
            machine = self._ray.get(answer)
        except self._ray.exceptions.RayError as error:
            self._false_starts += 1
            if self._false_starts >= ATTEMPTS:
                raise ClusterError(f"readers do not start: {_last_line(error)} Is kehoach installed on all machines?") from error
            self._start()
        else:
            _check_alike(machine)
            self._false_starts = 0
            self.machines[reader] = machine
            self._idle.append(reader)


def sight_of(path: Path) -> Sight | None:
    """How this machine sees a file; None where there is none, or none that may be read."""
    try:
        status = path.stat()
    except OSError:
        return None
    readable = path.is_file() and status.st_size <= MAX_BYTES and os.access(path, os.R_OK)
    return Sight(status.st_size, status.st_mtime_ns) if readable else None


@cache
def versions() -> dict[str, str]:
    """What decides on this machine what becomes of a document: the same versions give the same bytes."""
    parts = {"kehoach": f"{VERSION} ({code()[:8]})", **{name: version(name) for name in PACKAGES}}
    for name, ask, path in (("Tesseract", recognition.version, TESSERACT.path), ("LibreOffice", office.version, OFFICE.path)):
        parts[name] = ask() if path else "none"
    return parts | {"antiword": "installed" if ANTIWORD.path else "none"}


def _check_alike(machine: Machine) -> None:
    ours = versions()
    unlike = [f"{name} {theirs} (here {ours[name]})" for name, theirs in machine.versions.items() if theirs != ours[name]]
    if unlike:
        raise ClusterError(
            f"the machine at {machine.address} would read otherwise: {', '.join(unlike)}. Install the same on all."
        )


def _connected(address: str, jobs: int) -> Any:
    """The package Ray, connected."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # this and what follows must be said before Ray is loaded
    options: dict[str, Any] = {"log_to_driver": False, "logging_level": "ERROR"}
    if address == LOCAL:
        options |= {"num_cpus": jobs or None, "include_dashboard": False}
        if "RAY_AUTH_MODE" not in os.environ:  # it listens on all interfaces, and whoever it lets in may run programs
            os.environ |= {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)}
    try:
        ray = import_module("ray")
    except ImportError as error:
        raise ClusterError("Ray is not installed: pip install 'kehoach[cluster]'.") from error
    handler = signal.getsignal(signal.SIGTERM)
    try:
        _knock(address)
        ray.init(address=address, **options)
    except Exception as error:  # Ray has errors of many kinds for this
        said = _last_line(error)
        raise ClusterError(f"no cluster answers at {address}: {said}. Does it run, and is its token the same here?") from error
    finally:
        signal.signal(signal.SIGTERM, handler)  # Ray has one of its own
    return ray


def _knock(address: str) -> None:
    """Raise `OSError` where nobody listens; Ray would try for minutes."""
    host, _, port = address.rpartition("://")[2].rpartition(":")
    if port.isdecimal():
        socket.create_connection((host, int(port)), timeout=_CONNECT).close()


def _last_line(error: Exception) -> str:
    return str(error).strip().rpartition("\n")[2]
