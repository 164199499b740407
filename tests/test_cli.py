"""Command line: what a person types, and what comes back: text, files and exit codes."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline import VERSION, read_plan
from pipeline.__main__ import build_parser, main
from pipeline.journal import HIDDEN
from pipeline.labels import LABELS
from pipeline.views import views_of
from schemas import comparison
from schemas.plan import Plan, json_schema

ROOT = Path(__file__).parent.parent
KEHOACH = [sys.executable, "-m", "pipeline"]


def test_all_read_is_0(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(folder), "--out", str(tmp_path / "out")]) == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "1 plan in" in printed.err


def test_some_failed_is_1_and_the_reasons_are_printed(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "empty [b].txt").touch()
    assert main(["extract", str(folder), "--out", str(tmp_path / "out")]) == 1
    printed = " ".join(capsys.readouterr().err.split())
    assert "1 file not read: empty 1" in printed
    assert "empty [b].txt: the file is empty" in printed


def test_quiet_prints_nothing(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(folder), "--out", str(tmp_path / "out"), "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["extract"],
        ["read"],
        ["extract", "{folder}", "--jobs", "0"],
        ["extract", "{folder}", "--jobs", "two"],
        ["extract", "{folder}", "--speed", "9"],
    ],
)
def test_wrong_usage_is_2(arguments: list[str], folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([argument.format(folder=folder) for argument in arguments])
    assert end.value.code == 2
    assert "usage: kehoach" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("paths", "out", "message"),
    [
        (["no-such-folder"], "out", "no such file or folder: {tmp}/no-such-folder"),
        (["plans", "gone.docx"], "out", "no such file or folder: {tmp}/gone.docx"),
        (["plans"], "a-file", "cannot write into {tmp}/a-file"),
        (["plans"], "a-file/out", "cannot write into {tmp}/a-file/out"),
        (["plans"], "plans", "would mix results with the files in"),
        (["plans"], ".", "would mix results with the files in"),
    ],
)
def test_what_cannot_be_begun_is_2(
    paths: list[str], out: str, message: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a-file").write_text("not a folder")
    before = sorted(tmp_path.rglob("*"))
    assert main(["extract", *(str(tmp_path / path) for path in paths), "--out", str(tmp_path / out)]) == 2
    assert message.format(tmp=tmp_path) in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_may_not_be_written_is_2(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    assert main(["extract", str(folder), "--out", str(locked)]) == 2
    assert "cannot write into" in capsys.readouterr().err


def test_an_empty_folder_says_so_and_gives_empty_results(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "none").mkdir()
    assert main(["extract", str(tmp_path / "none"), "--out", str(tmp_path / "out")]) == 0
    assert "no files in" in capsys.readouterr().err
    assert (tmp_path / "out" / "plans.jsonl").read_bytes() == b""


def test_help_costs_little_and_loads_nothing_heavy() -> None:
    script = "import sys, pipeline.__main__ as m; m.build_parser().format_help(); print(*sys.modules)"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    modules = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert not {"spacy", "numpy", "pydantic", "rich", "pyarrow", "underthesea"} & set(modules)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.3


@pytest.mark.parametrize("command", ["extract", "show", "schema"])
def test_every_command_has_help_and_a_module(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert (ROOT / "pipeline" / "commands" / f"{command}.py").is_file()
    assert command in build_parser().format_help()
    with pytest.raises(SystemExit) as end:
        main([command, "--help"])
    assert end.value.code == 0
    assert f"usage: kehoach {command}" in capsys.readouterr().out


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"kehoach {VERSION}\n"


@pytest.mark.parametrize(
    ("option", "schema", "file", "page"),
    [
        ([], json_schema(), "plan.schema.json", "schema.md"),
        (["--comparison"], comparison.json_schema(), "comparison.schema.json", "comparison-schema.md"),
    ],
)
def test_schema_prints_what_is_published(
    option: list[str], schema: dict[str, object], file: str, page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["schema", *option]) == 0
    printed = capsys.readouterr().out
    assert json.loads(printed) == schema
    assert printed == (ROOT / "schemas" / file).read_text(encoding="utf-8"), "run make schema"
    assert main(["schema", *option, "--markdown"]) == 0
    assert capsys.readouterr().out == (ROOT / "docs" / page).read_text(encoding="utf-8"), "run make schema"


@pytest.mark.parametrize(("language", "heading"), [("vi", "Cơ quan ban hành"), ("en", "Issuer")])
def test_show_prints_facts_for_reading(language: str, heading: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", str(folder / "trong-cay.txt"), "--lang", language]) == 0
    printed = capsys.readouterr().out
    assert heading in printed
    assert "12/KH-UBND" in printed


def test_show_says_what_it_cannot_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.txt").touch()
    assert main(["show", str(tmp_path / "empty.txt")]) == 1
    assert "the file is empty" in capsys.readouterr().err
    assert main(["show", str(tmp_path / "gone.txt")]) == 2
    assert "no such file" in capsys.readouterr().err


def test_views_show_every_family(full_plan: Plan) -> None:
    titles = " ".join(view.title for view in views_of(full_plan, "en"))
    for family in (
        "outline",
        "references",
        "goals",
        "targets",
        "tasks",
        "deadlines",
        "responsibilities",
        "tables",
        "diagnostics",
    ):
        assert LABELS[family][1] in titles
    for view in views_of(full_plan, "vi"):
        assert all(len(row) == len(view.columns) for row in view.rows)


def test_read_plan_is_the_python_call(folder: Path) -> None:
    plan = read_plan(folder / "trong-cay.txt")
    assert (plan.source.name, plan.header.code) == ("trong-cay.txt", "12/KH-UBND")
    assert read_plan(str(folder / "trong-cay.txt")) == plan


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_nothing_half_written(number: signal.Signals, tmp_path: Path) -> None:
    big = tmp_path / "plans"
    big.mkdir()
    for copy in range(200):
        text = f"KẾ HOẠCH\nI. MỤC TIÊU\n- Mục tiêu {copy} đạt 50%.\n" * 50
        (big / f"{copy}.txt").write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    command = [*KEHOACH, "extract", str(big), "--out", str(out), "--jobs", "2"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        deadline = time.monotonic() + 60
        while not _journalled(out) and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(number)
        _, printed = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "goes on from here" in printed
    assert [path.name for path in out.iterdir()] == [HIDDEN]
    assert main([*command[3:], "--quiet"]) == 0
    counts = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert counts["read"] + counts["kept"] == 200
    assert counts["kept"] > 0


def _journalled(out: Path) -> int:
    journal = out / HIDDEN / "journal"
    return journal.stat().st_size if journal.exists() else 0


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    command = f"{sys.executable} -m pipeline schema | head -1"
    run = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (run.stdout, run.stderr) == ("{\n", "")
