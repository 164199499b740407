"""Workers: whatever a document does to its worker costs that document only, and nothing is left behind."""

import ctypes
import faulthandler
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from pipeline.ingest.programs import run as run_program
from pipeline.limits import Limits, usual_memory
from pipeline.stages import begin, get_on, stage
from pipeline.workers import Died, Pool

ROOT = Path(__file__).parent.parent
LIMITS = Limits(seconds=30.0, memory=200 << 20)
SHORT = LIMITS._replace(seconds=2.0)
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to limits of memory, and knows sessions")


def outcomes(work: Callable[[int], int], items: int = 4, limits: Limits = LIMITS) -> dict[int, int | Died]:
    """What a pool makes of the first numbers."""
    with closing(Pool(work, 2, limits)) as pool:
        return dict(pool.map(range(items)))


def fine(number: int) -> int:
    """A document like any other."""
    begin()
    return number * number


def crash(number: int) -> None:
    """What a bug in a native library does."""
    faulthandler.disable()
    with stage("read"):
        ctypes.string_at(number - 1)


def leave(number: int) -> None:
    """What a library does that calls exit."""
    with stage("extract"):
        os._exit(number + 6)


def loop(number: int) -> None:
    """A loop that no rule ends, in Python."""
    with stage("mark"):
        while number:
            pass


def loop_in_c(number: int) -> None:
    """A loop that holds the interpreter, as a regular expression does."""
    with stage("unwrap"):
        sum(iter(int, number))


def eat(number: int) -> None:
    """A document that unpacks to more than there is."""
    with stage("write"):
        filled = [bytes(1 << 20)]
        while number:
            filled.append(b"x" * (1 << 20))


@pytest.mark.parametrize(
    ("harm", "code", "at", "exitcode"),
    [
        (crash, "worker_died", "read", -signal.SIGSEGV),
        (leave, "worker_died", "extract", 7),
        (loop, "time_limit", "mark", -signal.SIGKILL),
        (loop_in_c, "time_limit", "unwrap", -signal.SIGKILL),
        pytest.param(eat, "memory_limit", "write", 77, marks=LINUX),
    ],
)
def test_harm_costs_the_document_and_is_told_with_its_stage(
    harm: Callable[[int], None], code: str, at: str, exitcode: int
) -> None:
    def work(number: int) -> int:
        begin()
        if number == 1:
            harm(number)
        return fine(number)

    limits = SHORT if code == "time_limit" else LIMITS
    assert outcomes(work, limits=limits) == {0: 0, 1: Died(code, at, exitcode), 2: 4, 3: 9}


def test_a_document_that_goes_down_with_another_is_read_alone_at_the_end(tmp_path: Path) -> None:
    def work(number: int) -> int:
        begin()
        alone = tmp_path / "read"
        if number == 0 and not alone.exists():
            alone.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return fine(number)

    with closing(Pool(work, 2, LIMITS)) as pool:
        results = list(pool.map(range(5)))
    assert sorted(results) == [(number, number * number) for number in range(5)]
    assert results[-1] == (0, 0)


def test_progress_puts_the_end_off() -> None:
    def work(number: int) -> int:
        begin()
        for _ in range(30):
            time.sleep(0.1)
            get_on()
        return number

    assert outcomes(work, items=1, limits=SHORT) == {0: 0}


def test_a_clock_that_jumps_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    hours = iter(range(10**6, 0, -1))
    monkeypatch.setattr(time, "time", lambda: 3600.0 * next(hours))
    assert outcomes(fine) == {number: number * number for number in range(4)}


def test_items_are_taken_as_they_are_worked_on() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(20):
            taken.append(number)
            yield number

    with closing(Pool(fine, 2, LIMITS)) as pool:
        for done, _ in enumerate(pool.map(items())):
            assert len(taken) <= done + 6


@LINUX
def test_a_worker_that_is_killed_while_it_waits_is_replaced() -> None:
    with closing(Pool(lambda number: os.getpid(), 1, LIMITS)) as pool:
        ((_, first),) = pool.map([0])
        assert isinstance(first, int)
        os.kill(first, signal.SIGKILL)
        while Path(f"/proc/{first}/stat").read_text().split()[2] != "Z":
            time.sleep(0.01)
        ((_, second),) = pool.map([1])
        assert second != first


@LINUX
def test_programs_and_files_go_with_the_worker_that_started_them(tmp_path: Path) -> None:
    def work(number: int) -> int:
        begin()
        Path(tempfile.mkdtemp(), "left").touch()
        (tmp_path / "where").write_text(tempfile.gettempdir())
        run_program(["sh", "-c", f"sh -c 'echo $$ > {tmp_path}/pid; exec sleep 60'; true"], seconds=60)
        return number

    assert outcomes(work, items=1, limits=SHORT) == {0: Died("time_limit", "read", -signal.SIGKILL)}
    assert is_gone(int((tmp_path / "pid").read_text()))
    assert not Path((tmp_path / "where").read_text()).exists()


@LINUX
def test_workers_and_programs_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    script = f"""
import os
from pathlib import Path
from pipeline.ingest.programs import run
from pipeline.limits import Limits
from pipeline.workers import Pool
def work(number):
    Path("{tmp_path}/worker").write_text(str(os.getpid()))
    run(["sh", "-c", "sh -c 'echo $$ > {tmp_path}/made; mv {tmp_path}/made {tmp_path}/program; exec sleep 60'; true"], seconds=60)
list(Pool(work, 1, Limits()).map([1]))
"""
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT) as parent:
        deadline = time.monotonic() + 30
        while not (tmp_path / "program").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        parent.kill()
    assert is_gone(int((tmp_path / "worker").read_text()))
    assert is_gone(int((tmp_path / "program").read_text()))


def is_gone(pid: int) -> bool:
    """Whether a process ends within ten seconds."""
    deadline = time.monotonic() + 10
    with suppress(OSError):
        while time.monotonic() < deadline:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
            time.sleep(0.05)
        return False
    return True


def test_the_usual_memory_is_within_reason() -> None:
    assert 1 << 30 <= usual_memory() <= 4 << 30
