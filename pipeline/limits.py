"""Limits: what one document may cost, and how the system is made to hold a process to it.

Time is counted from the last sign of progress, so that a scan of 400 pages may take an hour and an endless loop may not. Memory
is what a process allocates beyond what it had when it started; only Linux keeps to that limit.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path
from signal import SIGKILL
from typing import NamedTuple

if sys.platform != "win32":
    import resource

SECONDS = 300.0
"""The slowest thing that is legitimately done in one go, a page that Tesseract reads in four positions, takes half of it."""
MEMORY = 4 << 30
_LEAST = 1 << 30
_GROUP = Path("/sys/fs/cgroup/memory.max")


class Limits(NamedTuple):
    """Limits: seconds without progress, and bytes of memory, that a document may cost; 0 is no limit."""

    seconds: float = SECONDS
    memory: int = 0


def usual_memory() -> int:
    """Bytes that a document may cost on this machine: half of its memory, 4 GiB at most, 1 GiB at least."""
    return max(_LEAST, min(MEMORY, machine_memory() // 2))


def machine_memory() -> int:
    """Bytes of memory of the machine, or of the container that this process runs in."""
    known = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else MEMORY
    with suppress(OSError, ValueError):  # "max" where there is no limit
        known = min(known, int(_GROUP.read_text()))
    return known


def hold(limits: Limits) -> None:
    """Hold this process to its memory; the system ends it before others when memory runs out, and keeps no image of it."""
    if sys.platform == "win32":
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "linux":
        return
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500")
    if limits.memory:
        _lower(resource.RLIMIT_DATA, _allocated() + limits.memory)


def allow(seconds: float) -> None:
    """Let this process go on for so long on all cores; then the system ends it, even if nobody is left who watches it."""
    if sys.platform == "win32" or not seconds:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _lower(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + seconds * (os.cpu_count() or 1)) + 2)


def end_session(leader: int) -> None:
    """End all processes of a session, but for the one that calls this."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError, IndexError):
            pid, after = int(folder.name), (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()
            if int(after[3]) == leader and pid != os.getpid():
                os.kill(pid, SIGKILL)


class Peak:
    """Peak: the most memory that this process has had since the last time it was asked."""

    def take(self) -> int:
        """Bytes; where the system cannot forget the peak before, since the process began; 0 where it does not say."""
        most = _status("VmHWM:")
        with suppress(OSError):
            Path("/proc/self/clear_refs").write_text("5")
        if most or sys.platform == "win32":
            return most
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _allocated() -> int:
    return _status("VmData:")


def _status(field: str) -> int:
    """Bytes, as the system counts them for this process; 0 where it does not."""
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text(errors="replace").splitlines():
            if line.startswith(field):
                return 1024 * int(line.split()[1])
    return 0


def _lower(kind: int, most: int) -> None:
    """Set a limit that may be raised again, within what the user of this machine has allowed."""
    _, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
