"""Journal: what was put into it is there, whatever ended the run before, and only one run has it."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.journal import HIDDEN, AnotherRun, Journal

ROOT = Path(__file__).parent.parent
BODIES = {bytes([number]) * 16: bytes([number]) * (100 * number) for number in range(1, 20)}


def filled(folder: Path) -> Path:
    """A journal with some bodies in it; gives its file."""
    with Journal(folder) as journal:
        for key, body in BODIES.items():
            journal.put(key, body)
    return folder / HIDDEN / "journal"


def found(folder: Path) -> dict[bytes, bytes]:
    """What a journal holds of the bodies."""
    with Journal(folder) as journal:
        return {key: journal.get(key) for key in BODIES if key in journal}


def test_what_is_put_is_there_the_next_time(tmp_path: Path) -> None:
    filled(tmp_path)
    assert found(tmp_path) == BODIES


def test_a_journal_that_is_cut_anywhere_keeps_all_whole_records(tmp_path: Path) -> None:
    file = filled(tmp_path)
    whole = file.read_bytes()
    for cut in sorted(random.Random(1).sample(range(len(whole)), 40), reverse=True):
        os.truncate(file, cut)
        left = found(tmp_path)
        assert left == dict(list(BODIES.items())[: len(left)])
        assert file.stat().st_size <= cut
        sizes = [28 + len(body) for body in BODIES.values()]
        assert sum(sizes[: len(left)]) == file.stat().st_size
    with Journal(tmp_path) as journal:
        journal.put(b"k" * 16, b"after")
        assert journal.get(b"k" * 16) == b"after"


def test_bytes_that_a_power_cut_left_empty_end_it(tmp_path: Path) -> None:
    file = filled(tmp_path)
    data = bytearray(file.read_bytes())
    data[5000:6000] = bytes(1000)
    file.write_bytes(data)
    left = found(tmp_path)
    assert 0 < len(left) < len(BODIES)
    assert all(BODIES[key] == body for key, body in left.items())


def test_what_is_forgotten_takes_no_room(tmp_path: Path) -> None:
    file = filled(tmp_path)
    last = list(BODIES)[-3:]
    with Journal(tmp_path) as journal:
        journal.keep_only(set(last))
        assert journal.get(last[0]) == BODIES[last[0]]
        journal.put(b"k" * 16, b"after")
    assert file.stat().st_size == sum(28 + len(BODIES[key]) for key in last) + 28 + 5
    assert list(found(tmp_path)) == last


def test_fresh_begins_anew(tmp_path: Path) -> None:
    filled(tmp_path)
    with Journal(tmp_path, fresh=True) as journal:
        assert not any(key in journal for key in BODIES)


def test_one_run_at_a_time_and_a_killed_one_stands_in_nobodys_way(tmp_path: Path) -> None:
    script = f"""
from pathlib import Path
from pipeline.journal import Journal
with Journal(Path({str(tmp_path)!r})):
    print("mine", flush=True)
    input()
"""
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "mine\n"
        with pytest.raises(AnotherRun, match="another run is writing into"):
            Journal(tmp_path)
        other.kill()
    assert found(tmp_path) == {}
