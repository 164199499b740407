"""Run: every file is accounted for, in the order of the names, whatever is wrong with some of them."""

import errno
import io
import json
import os
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import jsonlines
import pytest

from pipeline.__main__ import main
from pipeline.document import Document, read_document
from pipeline.inputs import MissingInput, list_inputs
from pipeline.journal import HIDDEN
from pipeline.outcomes import Success
from pipeline.outputs import Outputs

PLAN = "KẾ HOẠCH\nTrồng cây {}\n\nI. MỤC TIÊU\n- Tỷ lệ che phủ đạt 50%.\n"


def write(folder: Path, *names: str) -> None:
    """Small plans, each with bytes of its own, under these names."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PLAN.format(name), encoding="utf-8")


def run(*paths: Path, out: Path, jobs: int = 1) -> tuple[int, list[str], dict[str, dict[str, str]]]:
    """Extract; gives the exit code, the names of the plans in order, and the failures by name."""
    code = main(["extract", *map(str, paths), "--out", str(out), "--jobs", str(jobs), "--quiet"])
    with jsonlines.open(out / "plans.jsonl") as plans, jsonlines.open(out / "failures.jsonl") as failures:
        return code, [plan["source"]["name"] for plan in plans], {failure["name"]: failure for failure in failures}


def contents(out: Path) -> dict[str, bytes]:
    """The files of a run by name, but for what is hidden."""
    files = (path for path in out.rglob("*") if path.is_file() and HIDDEN not in path.parts)
    return {str(path.relative_to(out)): path.read_bytes() for path in files}


def zipped(**files: str) -> bytes:
    """An archive with these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/"), text)
    return buffer.getvalue()


UNREADABLE = {
    "empty.txt": (b"", {"empty"}),
    "blanks.txt": (b" \n\r\n\t\n", {"empty"}),
    "photo.jpg": (b"\xff\xd8\xff\xe0" + bytes(200), {"damaged", "unsupported"}),
    "sheet.xlsx": (zipped(xl__workbook="<workbook/>"), {"damaged", "empty"}),
    "archive.zip": (zipped(), {"empty"}),
    "broken.docx": (zipped(word__document="<w:document")[:60], {"damaged", "unsupported"}),
    "of some office.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), {"unsupported", "damaged"}),
    "torn.pdf": (b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog", {"damaged"}),
}


@pytest.mark.parametrize(("name", "data", "codes"), [(name, *case) for name, case in UNREADABLE.items()])
def test_an_unreadable_file_is_listed_with_a_remedy_and_the_others_are_read(
    name: str, data: bytes, codes: set[str], folder: Path, tmp_path: Path
) -> None:
    (folder / name).write_bytes(data)
    code, plans, failures = run(folder, out=tmp_path / "out")
    assert (code, plans, list(failures)) == (1, ["trong-cay.txt"], [name])
    failure = failures[name]
    assert list(failure) == ["name", "sha256", "code", "stage", "message", "remedy"]
    assert failure["code"] in codes
    assert len(failure["sha256"]) == 64
    assert name in failure["message"] or failure["message"]
    assert failure["remedy"]
    assert " at 0x" not in failure["message"], "an address of memory differs from run to run"


def test_a_file_over_the_limit_is_refused_before_it_is_loaded(folder: Path, tmp_path: Path) -> None:
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(250 * 1024 * 1024)
    code, plans, failures = run(folder, out=tmp_path / "out")
    assert (code, plans, failures["huge.txt"]["code"]) == (1, ["trong-cay.txt"], "too_large")


def test_a_link_to_nowhere_is_listed(folder: Path, tmp_path: Path) -> None:
    (folder / "lost.docx").symlink_to(folder / "nowhere.docx")
    code, _, failures = run(folder, out=tmp_path / "out")
    assert (code, failures["lost.docx"]["code"], failures["lost.docx"]["sha256"]) == (1, "unreadable", None)


def test_a_pipe_is_listed_and_not_waited_for(folder: Path, tmp_path: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    code, plans, failures = run(folder, out=tmp_path / "out")
    assert (code, plans, failures["pipe.txt"]["code"]) == (1, ["trong-cay.txt"], "unsupported")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read anything")
def test_what_may_not_be_opened_is_listed(folder: Path, tmp_path: Path) -> None:
    write(folder, "secret.txt", "closed/plan.txt")
    (folder / "secret.txt").chmod(0)
    (folder / "closed").chmod(0)
    code, plans, failures = run(folder, out=tmp_path / "out")
    (folder / "closed").chmod(0o700)
    assert (code, plans, set(failures)) == (1, ["trong-cay.txt"], {"secret.txt", "closed"})


@pytest.mark.parametrize(
    "name",
    ["Kế hoạch số 5 (bản ký).txt", unicodedata.normalize("NFD", "Kế hoạch xã Hòa.txt"), "ỦY BAN & 'xã'.txt", "[1] {2}.txt"],
)
def test_names_may_hold_anything_and_come_out_in_nfc(name: str, tmp_path: Path) -> None:
    write(tmp_path / "in", name)
    assert run(tmp_path / "in", out=tmp_path / "out")[:2] == (0, [unicodedata.normalize("NFC", name)])


def test_a_name_that_is_no_text_comes_out_readable(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    broken = os.path.join(os.fsencode(tmp_path / "in"), b"K\xea hoach.txt")
    with open(broken, "wb"):  # noqa: PTH123
        pass
    code, _, failures = run(tmp_path / "in", out=tmp_path / "out")
    assert (code, list(failures)) == (1, ["K\ufffd hoach.txt"])


def test_folders_are_read_to_the_bottom_and_what_is_hidden_is_left_out(tmp_path: Path) -> None:
    write(tmp_path, "in/b.txt", "in/a/z.txt", "in/a/.cache/x.txt", "in/.git/config.txt", "in/~$b.docx", "in/.DS_Store")
    assert run(tmp_path / "in", out=tmp_path / "out")[1] == ["a/z.txt", "b.txt"]


def test_results_inside_the_input_folder_are_not_read_again(tmp_path: Path) -> None:
    write(tmp_path, "in/b.txt")
    first = run(tmp_path / "in", out=tmp_path / "in" / "results")
    assert run(tmp_path / "in", out=tmp_path / "in" / "results") == first == (0, ["b.txt"], {})


def test_one_name_in_two_folders(tmp_path: Path) -> None:
    write(tmp_path, "2024/x.txt", "2025/x.txt", "2025/y.txt")
    assert run(tmp_path, out=tmp_path / "out")[1] == ["2024/x.txt", "2025/x.txt", "2025/y.txt"]
    assert run(tmp_path / "2024", tmp_path / "2025", out=tmp_path / "out2")[1] == ["2024/x.txt", "2025/x.txt", "y.txt"]


def test_a_file_that_is_named_twice_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, "in/x.txt")
    assert run(tmp_path / "in", tmp_path / "in" / "x.txt", out=tmp_path / "out") == (0, ["x.txt"], {})


def test_the_same_bytes_twice_give_one_plan_and_a_line_that_says_so(folder: Path, tmp_path: Path) -> None:
    (folder / "a copy.txt").write_bytes((folder / "trong-cay.txt").read_bytes())
    code, plans, failures = run(folder, out=tmp_path / "out", jobs=2)
    assert (code, plans) == (0, ["a copy.txt"])
    assert failures["trong-cay.txt"]["code"] == "duplicate"
    assert "the same bytes as a copy.txt" in failures["trong-cay.txt"]["message"]
    assert len(list((tmp_path / "out" / "plans").iterdir())) == 2


def test_a_bug_in_a_rule_costs_its_document_only(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, "worse.txt")
    monkeypatch.setattr("pipeline.outcomes.read_document", _fails_on("worse.txt", ZeroDivisionError("division by zero")))
    code, plans, failures = run(folder, out=tmp_path / "out")
    assert (code, plans, failures["worse.txt"]["code"]) == (1, ["trong-cay.txt"], "internal_error")
    assert "ZeroDivisionError: division by zero (test_run.py:" in failures["worse.txt"]["message"]


def test_a_worker_that_dies_costs_its_document_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "in", *(f"{number}.txt" for number in range(6)))
    monkeypatch.setattr("pipeline.outcomes.read_document", _fails_on("2.txt", None))
    code, plans, failures = run(tmp_path / "in", out=tmp_path / "out", jobs=2)
    assert (code, plans) == (1, ["0.txt", "1.txt", "3.txt", "4.txt", "5.txt"])
    assert (failures["2.txt"]["code"], failures["2.txt"]["stage"]) == ("worker_died", "read")
    assert "ended twice, with code 9" in failures["2.txt"]["message"]


def _fails_on(bad: str, error: Exception | None) -> Any:
    def read(path: Path, name: str, inside: tuple[int, ...] = ()) -> Document:
        if name != bad:
            return read_document(path, name, inside)
        if error is None:
            os._exit(9)
        raise error

    return read


def test_a_full_disk_leaves_the_results_of_the_run_before(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    run(folder, out=out)
    before = contents(out)

    def fail(self: Outputs, plan: Success) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    write(folder, "second.txt")
    monkeypatch.setattr(Outputs, "add", fail)
    assert main(["extract", str(folder), "--out", str(out)]) == 2
    assert "No space left on device" in capsys.readouterr().err
    assert contents(out) == before
    assert sorted(path.name for path in (out / HIDDEN).iterdir()) == ["journal", "lock"]


def test_an_output_folder_holds_one_run_and_what_is_not_ours(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(folder, "second.txt")
    run(folder, out=out)
    (out / "plans" / "notes.txt").write_text("mine")
    (folder / "second.txt").unlink()
    assert run(folder, out=out)[1] == ["trong-cay.txt"]
    assert sorted(path.suffix for path in (out / "plans").iterdir() if path.name != "notes.txt") == [".json", ".txt"]
    assert (out / "plans" / "notes.txt").read_text() == "mine"


def test_run_json_accounts_for_every_file(folder: Path, tmp_path: Path) -> None:
    write(folder, "second.txt")
    (folder / "empty.txt").touch()
    (folder / "zz.txt").write_bytes((folder / "second.txt").read_bytes())
    run(folder, out=tmp_path / "out")
    report = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    counts = report["counts"]
    assert (counts["inputs"], counts["plans"], counts["duplicates"], counts["failures"]) == (4, 2, 1, {"empty": 1})
    assert {"kehoach", "spacy", "underthesea", "pypdfium2"} <= set(report["versions"])
    assert report["folders"] == [str(folder)]


def test_missing_inputs_are_named(tmp_path: Path) -> None:
    with pytest.raises(MissingInput, match=r"here, .*there"):
        list_inputs([tmp_path / "here", tmp_path, tmp_path / "there"])
