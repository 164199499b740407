import pytest

from pipeline.__main__ import main
from pipeline.commands import doctor
from pipeline.ingest import READERS
from pipeline.ingest.programs import Program

MISSING = Program("LibreOffice", ("no-such-program",), "libreoffice-writer-nogui", "x")


def test_doctor_lists_parts_and_kinds_of_files(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["doctor"])
    printed = capsys.readouterr().out
    assert code in (0, 1)
    for word in ("Tesseract", "LibreOffice", "antiword", "spacy", ".doc", "PDF"):
        assert word in printed


def test_what_is_missing_is_named_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(doctor, "OFFICE", MISSING)
    monkeypatch.setattr(doctor, "ANTIWORD", MISSING)
    assert main(["doctor"]) == 1
    assert "apt-get install libreoffice-writer-nogui" in capsys.readouterr().out
    states = {kind.title: kind.state for kind in doctor.readable()}
    assert (states[".doc"], states[".rtf"], states[".xls"]) == ("no", "partly", "no")


def test_every_reader_is_accounted_for() -> None:
    said = " ".join(kind.title for kind in doctor.readable()).lower()
    words = {"text": "text", "html": "html", "image": "png", "eml": ".eml", "zip": ".zip", "pdf": "pdf"}
    assert all(words.get(name, f".{name}") in said for name in READERS)
