"""Edition: what a result rests on beside its file: our code and vocabulary, the packages, and the programs that are installed."""

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pipeline.errors import UnsupportedDocument
from pipeline.ingest import recognition
from pipeline.ingest.programs import ANTIWORD, OFFICE, TESSERACT, Program, Stopped

PACKAGES = (
    "ahocorasick-rs", "charset-normalizer", "ftfy", "lxml", "numpy", "pdfplumber", "pillow", "pydantic", "pyHanko", "pypdfium2", "rapidfuzz",
    "striprtf", "underthesea",
)  # fmt: skip
_ROOT = Path(__file__).parent.parent
_OURS = ("pipeline", "extractors", "schemas")


@cache
def edition() -> str:
    """A digest that changes whenever the same file might be read otherwise."""
    return _digest((*_files(), *_packages(), *_programs()))


@cache
def code() -> str:
    """A digest of our code and vocabulary alone."""
    return _digest(_files())


def _digest(lines: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line.encode("utf-8", "surrogateescape") + b"\n")
    return digest.hexdigest()


def _files() -> Iterator[str]:
    for folder in _OURS:
        for path in sorted((_ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                yield f"{path.relative_to(_ROOT).as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}"


def _packages() -> Iterator[str]:
    for name in PACKAGES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield f"{name} is missing"


def _programs() -> Iterator[str]:
    yield from map(_stamp, (OFFICE, ANTIWORD, TESSERACT))
    yield _recognition()


def _recognition() -> str:
    """Whether scans can be recognised: one that could not be is read again once it can. A program may be killed by chance."""
    for _ in range(3):
        try:
            return recognition.ready()
        except UnsupportedDocument as error:
            return str(error)
        except Stopped:
            continue
    return "Tesseract does not answer"


def _stamp(program: Program) -> str:
    if program.path is None:
        return f"{program.title} is missing"
    about = Path(program.path).stat()
    return f"{program.title} {about.st_size} {about.st_mtime_ns}"
