"""Cluster: a head and two machines as processes on loopback; what is lost costs time, and the bytes are those of one machine."""

import hashlib
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks.machines import Machines
from pipeline.__main__ import main
from pipeline.cluster import Cluster, Sight, sight_of
from pipeline.inputs import Input, list_inputs
from pipeline.journal import HIDDEN
from pipeline.limits import Limits
from pipeline.outcomes import Failure, Outcome, outcome_of
from pipeline.workers import Died

TEXTS = Path(__file__).parent.parent / "corpus" / "formats" / "txt"


@pytest.fixture(scope="module")
def machines() -> Iterator[Machines]:
    """A head and two machines."""
    started = Machines(2)
    yield started
    started.close()


@contextmanager
def connected(machines: Machines, work: Callable[[Input], Outcome] = outcome_of) -> Iterator[Cluster[Outcome]]:
    """A cluster for one run."""
    cluster = Cluster(work, machines.address, Limits(60), 2)
    try:
        yield cluster
    finally:
        cluster.close()


def files_of(out: Path) -> dict[str, bytes]:
    """All results but the times."""
    files = [path for path in out.rglob("[!.]*") if path.is_file() and path.name != "run.json" and HIDDEN not in path.parts]
    return {str(path.relative_to(out)): path.read_bytes() for path in files}


def test_the_bytes_are_those_of_one_machine(machines: Machines, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    empty = str(tmp_path / "empty.txt")
    assert main(["extract", str(TEXTS), empty, "--out", str(tmp_path / "one"), "--quiet"]) == 1
    many = ["--out", str(tmp_path / "many"), "--cluster", machines.address, "--quiet"]
    assert main(["extract", TEXTS.as_uri(), empty, *many]) == 1  # the readers fetch what has an address
    assert files_of(tmp_path / "many") == files_of(tmp_path / "one")


def test_a_killed_reader_costs_nothing_and_a_document_that_kills_is_given_up(machines: Machines) -> None:
    def work(item: Input) -> Outcome:
        if item.name == "poison.txt":
            os._exit(9)
        return outcome_of(item)

    texts = list_inputs([TEXTS])
    with connected(machines, work) as cluster:
        found: dict[int, Outcome | Died] = {}
        for number, outcome in cluster.map([texts[0]._replace(name="poison.txt"), *texts]):
            if len(found) == 4:
                os.kill(next(iter(cluster.machines.values())).process, signal.SIGKILL)
            assert number not in found
            found[number] = outcome
    poison, *others = (outcome for _, outcome in sorted(found.items()))
    assert poison == Died("worker_died", "read", 9)
    assert others == [*map(outcome_of, texts)]


def test_bytes_are_sent_to_a_machine_that_does_not_see_the_file(
    machines: Machines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def work(item: Input) -> Outcome:
        digest = hashlib.sha256(item.path.read_bytes()).hexdigest()
        return Failure(item.name, digest, str(item.path.parent == TEXTS), None, "", "")

    def other(path: Path) -> Sight | None:
        sight = sight_of(path)
        return sight and sight._replace(changed=1)

    texts = list_inputs([TEXTS])[:6]
    with connected(machines, work) as cluster:
        seen = dict(cluster.map(texts))
        monkeypatch.setattr("pipeline.cluster.sight_of", other)  # as if another file stood there on the machines
        sent = dict(cluster.map(texts))
        with pytest.raises(FileNotFoundError):  # what nobody can read is for the run itself to refuse
            list(cluster.map([Input("gone.txt", str(tmp_path / "gone.txt"))]))
    for number, text in enumerate(texts):
        digest = hashlib.sha256(text.path.read_bytes()).hexdigest()
        assert seen[number] == Failure(text.name, digest, "True", None, "", "")
        assert sent[number] == Failure(text.name, digest, "False", None, "", "")


def test_a_lost_machine_costs_nothing(machines: Machines) -> None:
    texts = list_inputs([TEXTS])
    with connected(machines) as cluster:
        found: dict[int, Outcome | Died] = {}
        for number, outcome in cluster.map(texts):
            if len(found) == 2:
                machines.kill()
            found[number] = outcome
    assert [outcome for _, outcome in sorted(found.items())] == [*map(outcome_of, texts)]


def test_no_cluster_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(TEXTS), "--out", str(tmp_path / "out"), "--cluster", "127.0.0.9:1"]) == 2
    assert "no cluster answers at 127.0.0.9:1" in capsys.readouterr().err
