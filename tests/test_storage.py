"""Storage: what stands elsewhere is read as if it stood here, and what is found goes where it shall."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote
from zipfile import ZipFile

import fsspec
import jsonlines
import pytest

from pipeline.__main__ import main
from pipeline.delivery import delivered
from pipeline.inputs import list_inputs
from pipeline.outcomes import Failure, Success, outcome_of
from pipeline.storage import Address, place
from tests.conftest import SMALL_PLAN


@pytest.fixture(autouse=True)
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where outputs stand before they are sent."""
    monkeypatch.setenv("KEHOACH_STAGE", str(tmp_path / "stage"))
    return tmp_path / "stage"


@pytest.fixture
def plans(folder: Path) -> Path:
    """A folder with a plan of a Vietnamese name, an empty file, a hidden one, and two plans in an archive."""
    (folder / "xã").mkdir()
    (folder / "xã" / "Kế hoạch số 5.txt").write_text(SMALL_PLAN.replace("80%", "81%"), encoding="utf-8")
    (folder / "xã" / "empty.txt").touch()
    (folder / ".hidden.txt").write_text(SMALL_PLAN)
    with ZipFile(folder / "two.zip", "w") as archive:
        for number in (82, 83):
            archive.writestr(f"{number}.txt", SMALL_PLAN.replace("80%", f"{number}%"))
    return folder


def run(source: object, out: object, *options: str) -> int:
    """Extract."""
    return main(["extract", str(source), "--out", str(out), "--quiet", "--jobs", "1", *options])


def files_of(out: Path) -> dict[str, bytes]:
    """All results but the times."""
    return {str(path.relative_to(out)): path.read_bytes() for path in out.glob("[!.]*/*")} | {
        path.name: path.read_bytes() for path in out.glob("*.jsonl")
    }


@pytest.fixture
def server(plans: Path) -> Iterator[str]:
    """The folder over HTTP on loopback."""

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(plans))) as served:
        thread = threading.Thread(target=served.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{served.server_port}"
        served.shutdown()
        thread.join()


def test_an_address_is_read_and_written_as_a_folder_is(plans: Path, tmp_path: Path, stage: Path) -> None:
    assert run(plans, tmp_path / "here") == 1
    assert run(plans.as_uri(), (tmp_path / "there").as_uri()) == 1
    assert files_of(tmp_path / "there") == files_of(tmp_path / "here")
    assert (tmp_path / "there" / "run.json").is_file()
    assert [path.name for path in stage.glob("*/*")] == [".kehoach"]


def test_what_is_no_more_is_removed_and_what_is_not_ours_stays(plans: Path, tmp_path: Path) -> None:
    out = tmp_path / "there"
    run(plans.as_uri(), out.as_uri())
    (out / "plans" / "notes.txt").write_text("mine")
    (plans / "two.zip").unlink()
    assert run(plans.as_uri(), out.as_uri()) == 1
    with jsonlines.open(out / "plans.jsonl") as lines:
        ids = {plan["id"] for plan in lines}
    assert {path.stem for path in (out / "plans").iterdir()} == {*ids, "notes"}
    assert len(ids) == 2


def test_plans_on_a_server_are_read(server: str, plans: Path) -> None:
    inputs = list_inputs([Address(server)])
    assert [item.name for item in inputs] == [item.name for item in list_inputs([plans])]
    here, there = ([outcome_of(item) for item in list_inputs([where])] for where in (plans, Address(server)))
    assert here == there
    assert [type(outcome) for outcome in there] == [Success, Success, Success, Success, Failure]
    (one,) = list_inputs([Address(f"{server}/{quote('xã/Kế hoạch số 5.txt')}")])
    assert one.name == "Kế hoạch số 5.txt"


def test_a_file_that_goes_away_is_listed(server: str, plans: Path) -> None:
    inputs = list_inputs([Address(server)])
    (plans / "trong-cay.txt").unlink()
    outcome = outcome_of(inputs[0])
    assert isinstance(outcome, Failure)
    assert (outcome.name, outcome.code, outcome.sha256) == ("trong-cay.txt", "unreadable", None)
    assert server in outcome.message


def test_a_storage_of_another_kind() -> None:
    memory = fsspec.filesystem("memory")
    memory.pipe("/plans/a/trong-cay.txt", SMALL_PLAN.encode())
    memory.pipe("/more/a/trong-cay.txt", SMALL_PLAN.replace("80%", "85%").encode())
    inputs = list_inputs([Address("memory://plans"), Address("memory://more")])
    assert [item.name for item in inputs] == ["more/a/trong-cay.txt", "plans/a/trong-cay.txt"]
    with delivered(Address("memory://out")) as folder:
        (folder / "plans").mkdir()
        (folder / "plans" / f"{'0' * 16}.json").write_text("{}")
        (folder / "run.json").write_text("{}")
    assert sorted(memory.find("/out")) == ["/out/plans/0000000000000000.json", "/out/run.json"]


@pytest.mark.parametrize(
    ("source", "out", "said"),
    [
        ("memory://nowhere", "file:///tmp/out", "memory://nowhere: nothing is there"),
        ("none://bucket/plans", "file:///tmp/out", "Protocol not known: none"),
        ("s3://bucket", "s3://bucket/out", "lies among the files that are read"),
    ],
)
def test_what_cannot_be_done_is_said(source: str, out: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(source, out) == 2
    assert said in capsys.readouterr().err


def test_places() -> None:
    assert place("plans/s3") == Path("plans/s3")
    assert place("s3://plans") == Address("s3://plans")
