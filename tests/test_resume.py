"""Resume: a run that was ended goes on, a second one reads only what is new, and the bytes are those of an undisturbed run."""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import jsonlines
import pytest

from pipeline.__main__ import main
from pipeline.document import Document, read_document
from pipeline.journal import HIDDEN
from pipeline.outputs import Outputs

ROOT = Path(__file__).parent.parent
PLAN = "KẾ HOẠCH\nTrồng cây {}\n\nI. MỤC TIÊU\n- Tỷ lệ che phủ đạt {}%.\n"


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """A folder of small plans, of which one is broken and one a copy."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number:02}.txt").write_text(PLAN.format(number, number) * (1 + number % 7), encoding="utf-8")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 no archive")
    shutil.copy(folder / "05.txt", folder / "zz.txt")
    shutil.copy(folder / "broken.docx", folder / "zz.docx")
    return folder


def run(plans: Path, out: Path, *options: str) -> tuple[int, int]:
    """Extract; gives how many files were read and how many were kept from before."""
    assert main(["extract", str(plans), "--out", str(out), "--jobs", "2", "--quiet", *options]) in {0, 1}
    report = json.loads((out / "run.json").read_text(encoding="utf-8"))
    return report["read"], report["kept"]


def contents(out: Path) -> dict[str, bytes]:
    """The files of a run by name, but for times and what is hidden."""
    files = (path for path in out.rglob("*") if path.is_file() and HIDDEN not in path.parts and path.name != "run.json")
    return {str(path.relative_to(out)): path.read_bytes() for path in files}


def test_a_run_that_is_killed_at_any_moment_goes_on(plans: Path, tmp_path: Path) -> None:
    run(plans, tmp_path / "calm")
    out, random = tmp_path / "out", Random(7)
    whole = (tmp_path / "calm" / HIDDEN / "journal").stat().st_size
    for most in (0.4, 0.9):
        command = [sys.executable, "-m", "pipeline", "extract", str(plans), "--out", str(out), "--jobs", "2", "--quiet"]
        with subprocess.Popen(command, cwd=ROOT) as process:
            wanted, deadline = random.uniform(most / 2, most) * whole, time.monotonic() + 60
            while process.poll() is None and journalled(out) < wanted and time.monotonic() < deadline:
                time.sleep(0.002)
            process.kill()
    read, kept = run(plans, out)
    assert read + kept == 41
    assert kept > 5
    assert contents(out) == contents(tmp_path / "calm")


def journalled(out: Path) -> int:
    """Bytes of the journal of a run."""
    journal = out / HIDDEN / "journal"
    return journal.stat().st_size if journal.exists() else 0


def test_a_second_run_reads_what_is_new_or_changed_only(plans: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(plans, out) == (41, 0)
    before = contents(out)
    assert run(plans, out) == (0, 41)
    assert contents(out) == before
    (plans / "new.txt").write_text(PLAN.format("new", 9), encoding="utf-8")
    (plans / "03.txt").write_text(PLAN.format("changed", 9), encoding="utf-8")
    (plans / "05.txt").unlink()
    (plans / "06.txt").rename(plans / "else.txt")
    assert run(plans, out) == (4, 38)
    assert run(plans, tmp_path / "calm") == (42, 0)
    assert contents(out) == contents(tmp_path / "calm")
    assert run(plans, out, "--fresh") == (42, 0)
    assert contents(out) == contents(tmp_path / "calm")


def test_another_vocabulary_or_version_reads_all_again(plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(plans, tmp_path / "out")
    monkeypatch.setattr("pipeline.ledger.edition", lambda: "another")
    assert run(plans, tmp_path / "out") == (41, 0)
    assert run(plans, tmp_path / "out") == (0, 41)


def test_a_word_more_in_a_vocabulary_is_another_edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline import edition

    for folder in ("pipeline", "extractors/vocabulary", "schemas"):
        (tmp_path / folder).mkdir(parents=True)
    words = tmp_path / "extractors" / "vocabulary" / "words.csv"
    words.write_text("word\ncây\n", encoding="utf-8")
    monkeypatch.setattr(edition, "_ROOT", tmp_path)
    before = edition.edition.__wrapped__()
    assert edition.edition.__wrapped__() == before
    words.write_text("word\ncây\nhoa\n", encoding="utf-8")
    assert edition.edition.__wrapped__() != before


def test_what_failed_for_want_of_something_is_tried_again(plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(path: Path, name: str, inside: tuple[int, ...] = ()) -> Document:
        if name == "01.txt":
            raise OSError(5, "Input/output error")
        return read_document(path, name, inside)

    with monkeypatch.context() as patch:
        patch.setattr("pipeline.outcomes.read_document", unreachable)
        run(plans, tmp_path / "out")
    with jsonlines.open(tmp_path / "out" / "failures.jsonl") as failures:
        assert {failure["name"]: failure["code"] for failure in failures}["01.txt"] == "unreadable"
    assert run(plans, tmp_path / "out") == (1, 40)


def test_a_file_that_changes_while_it_is_read_is_not_kept(plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def changing(path: Path, name: str, inside: tuple[int, ...] = ()) -> Document:
        if name == "02.txt":
            path.write_text(PLAN.format("meanwhile", 2), encoding="utf-8")
        return read_document(path, name, inside)

    with monkeypatch.context() as patch:
        patch.setattr("pipeline.outcomes.read_document", changing)
        run(plans, tmp_path / "out")
    assert run(plans, tmp_path / "out") == (1, 40)


def test_a_copy_of_a_file_is_not_read_and_says_what_became_of_the_first(plans: Path, tmp_path: Path) -> None:
    run(plans, tmp_path / "out")
    with jsonlines.open(tmp_path / "out" / "failures.jsonl") as lines:
        failures = {failure["name"]: failure for failure in lines}
    assert list(failures) == ["broken.docx", "zz.docx", "zz.txt"]
    assert (failures["zz.docx"]["code"], failures["zz.txt"]["code"]) == (failures["broken.docx"]["code"], "duplicate")
    assert failures["zz.docx"]["message"].startswith("zz.docx: the same bytes as broken.docx. broken.docx: ")


@pytest.mark.parametrize("folder", ["plans", "tables", "."])
def test_outputs_that_are_half_in_place_say_so_and_are_put_right(
    folder: str, plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    move = Outputs._move

    def ended(self: Outputs, name: str) -> None:
        if name == folder:
            raise KeyboardInterrupt
        move(self, name)

    out = tmp_path / "out"
    run(plans, out)
    (plans / "00.txt").unlink()
    with monkeypatch.context() as patch:
        patch.setattr(Outputs, "_move", ended)
        assert main(["extract", str(plans), "--out", str(out), "--quiet"]) == 130
    assert not (out / "run.json").exists()
    assert run(plans, out) == (0, 40)
    run(plans, tmp_path / "calm")
    assert contents(out) == contents(tmp_path / "calm")


def test_the_log_says_where_time_and_memory_went(plans: Path, tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    run(plans, tmp_path / "out", "--log-json", str(log))
    run(plans, tmp_path / "out", "--log-json", str(log))
    with jsonlines.open(log) as lines:
        events = list(lines)
    assert [event["event"] for event in events if event["event"] in {"begin", "end"}] == ["begin", "end"] * 2
    read = [event for event in events if event["event"] == "read"]
    assert len(read) == 41
    good = next(event for event in read if event["name"] == "04.txt")
    assert set(good["stages"]) == {"read", "unwrap", "mark", "extract", "write"}
    assert 0 < sum(good["stages"].values()) <= good["milliseconds"]
    assert good["memory"] > 1 << 20
    assert next(event for event in read if event["name"] == "broken.docx")["stage"] == "read"
    assert sum(event["event"] == "known" for event in events) == 2 + 43
    costs = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["costs"]
    assert costs == {"stages": {}, "slowest": {}, "most_memory": {}}
