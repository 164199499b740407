"""Circumstances: a full disk, a folder that cannot be written, few open files, a plain locale, another run: work or a clear word."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.__main__ import main
from pipeline.journal import HIDDEN

ROOT = Path(__file__).parent.parent
PLANS = ROOT / "corpus" / "plans"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only the superuser of a Linux machine mounts disks")
    place = tmp_path / "disk"
    place.mkdir()
    if not mount(place, "size=300k"):
        pytest.skip("a disk cannot be mounted here")
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


def mount(place: Path, options: str) -> bool:
    """Mount a disk, or change how it is mounted; gives whether that is allowed here."""
    return not subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", place], capture_output=True, check=False
    ).returncode


def extract(*options: str, before: str = "", plans: Path = PLANS, **environment: str) -> tuple[int, str]:
    """Run as a process of its own, after a line of the shell; gives the exit code and what is printed."""
    command = f'{before}\nexec "$@"'
    words = ["sh", "-c", command, "sh", sys.executable, "-m", "pipeline", "extract", str(plans), *options, "--jobs", "2"]
    run = subprocess.run(words, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, check=False)
    assert run.stdout == b""
    return run.returncode, run.stderr.decode("utf-8")


def contents(out: Path) -> dict[str, bytes]:
    """The files of a run by name, but for times and what is hidden."""
    files = (path for path in out.rglob("*") if path.is_file() and HIDDEN not in path.parts and path.name != "run.json")
    return {str(path.relative_to(out)): path.read_bytes() for path in files}


def test_a_full_disk_is_told_and_the_run_goes_on_when_there_is_room(
    disk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = disk / "out"
    assert main(["extract", str(PLANS), "--out", str(out), "--quiet"]) == 2
    printed = capsys.readouterr().err
    assert "No space left on device" in printed
    assert "goes on from there" in printed
    assert contents(out) == {}
    assert mount(disk, "remount,size=50m")
    assert main(["extract", str(PLANS), "--out", str(out), "--quiet"]) == 0
    assert main(["extract", str(PLANS), "--out", str(tmp_path / "calm"), "--quiet"]) == 0
    assert contents(out) == contents(tmp_path / "calm")


def test_a_folder_that_is_read_only_is_told(disk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert mount(disk, "remount,ro")
    assert main(["extract", str(PLANS), "--out", str(disk / "out")]) == 2
    assert "cannot write into" in capsys.readouterr().err


def test_few_open_files_suffice(tmp_path: Path) -> None:
    code, printed = extract("--out", str(tmp_path / "out"), before="ulimit -n 64")
    assert (code, "20 plans in" in printed) == (0, True)


def test_too_few_open_files_are_told(tmp_path: Path) -> None:
    code, printed = extract("--out", str(tmp_path / "out"), before="ulimit -n 12")
    assert (code, "too few open files" in printed) == (2, True)


def test_a_plain_locale_changes_nothing(tmp_path: Path) -> None:
    plans = tmp_path / "plans"
    plans.mkdir()
    (plans / "Kế hoạch số 5.txt").write_text("KẾ HOẠCH\nTrồng cây\n\nI. MỤC TIÊU\n- Tỷ lệ che phủ đạt 50%.\n", encoding="utf-8")
    (plans / "hỏng.txt").touch()
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TERM": "dumb"}
    code, printed = extract("--out", str(tmp_path / "plain"), plans=plans, **plain)
    assert code == 1
    assert "hỏng.txt: the file is empty" in " ".join(printed.split())
    assert main(["extract", str(plans), "--out", str(tmp_path / "usual"), "--quiet"]) == 1
    assert contents(tmp_path / "plain") == contents(tmp_path / "usual")


def test_a_second_run_into_a_folder_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hold = f"""
from pathlib import Path
from pipeline.journal import Journal
with Journal(Path({str(tmp_path / "out")!r})):
    print(flush=True)
    input()
"""
    with subprocess.Popen([sys.executable, "-c", hold], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        assert main(["extract", str(PLANS), "--out", str(tmp_path / "out"), "--quiet"]) == 2
        assert "another run is writing into" in capsys.readouterr().err
        other.communicate(b"\n")
    assert main(["extract", str(PLANS), "--out", str(tmp_path / "out"), "--quiet"]) == 0
