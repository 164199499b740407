"""Programs: what a reader may need that is no Python package; found by itself, and missed with a command that installs it."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import UnsupportedDocument
from pipeline.stages import get_on


class Program(NamedTuple):
    """Program: `commands` are the names it may go by, `packages` what Debian and Ubuntu call it."""

    title: str
    commands: tuple[str, ...]
    packages: str
    brew: str

    @property
    def path(self) -> str | None:
        """Where the program is, None where it is not installed."""
        return next((found for command in self.commands if (found := shutil.which(command) or _bundled(command))), None)

    @property
    def remedy(self) -> str:
        """How to install it."""
        return f"Install {self.title}: apt-get install {self.packages} (Debian, Ubuntu), brew install {self.brew} (macOS)."


OFFICE = Program(
    "LibreOffice", ("soffice", "libreoffice"), "libreoffice-writer-nogui libreoffice-calc-nogui", "--cask libreoffice"
)
ANTIWORD = Program("antiword", ("antiword",), "antiword", "antiword")
TESSERACT = Program("Tesseract", ("tesseract",), "tesseract-ocr tesseract-ocr-vie", "tesseract tesseract-lang")


class Stopped(Exception):
    """A program did not come to an end, or came to a bad one."""


def missing(name: str, kind: str, program: Program) -> UnsupportedDocument:
    """The error that says which program a document waits for."""
    return UnsupportedDocument(f"{name}: {kind} is read by {program.title}, which is not installed.", remedy=program.remedy)


def run(command: Sequence[str], *, seconds: float, data: bytes | None = None, extra: Mapping[str, str] | None = None) -> bytes:
    """What a program prints; it is ended, with all that it started, after `seconds`. Raises `Stopped`.

    It stays in the session of this process, so that whoever ends that ends the program too. What it is given comes from a file: through
    a pipe a picture goes in thousands of pieces.
    """
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8", **(extra or {})}
    try:
        with tempfile.TemporaryFile() as given:
            given.write(data or b"")
            given.seek(0)
            process = subprocess.Popen(
                command,
                stdin=given,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=environment,
                process_group=0,
            )
    except OSError as error:
        raise Stopped(f"{Path(command[0]).name} does not start: {error.strerror or error}") from error
    try:
        out, complaint = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise Stopped(f"{Path(command[0]).name} was not done after {seconds:.0f} s") from error
    finally:
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
        get_on()
    if process.returncode:
        reason = complaint.decode("utf-8", "replace").strip().splitlines()
        raise Stopped(
            f"{Path(command[0]).name} ended with code {process.returncode} ({reason[-1] if reason else 'no reason given'})"
        )
    return out


def _bundled(command: str) -> str | None:
    """LibreOffice on macOS is not on the path."""
    bundle = Path("/Applications/LibreOffice.app/Contents/MacOS", command)
    return str(bundle) if bundle.is_file() else None
