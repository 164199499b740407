"""Inputs: the files that a run reads, each with the name it goes by in the outputs.

A name is the path relative to the folder that was asked for, with slashes and in NFC, so that the same folder gives the same
outputs on every machine. Hidden files and folders and the lock files of word processors (`~$plan.docx`) are left out.
"""

import os
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from pipeline.ingest import check_size
from pipeline.ingest.archive import is_mail, members
from pipeline.storage import Address, Stored, fetch, stored

_ARCHIVES = (".zip", ".eml")


class MissingInput(ValueError):
    """A path that was asked for does not exist."""


class Input(NamedTuple):
    """Input: one file to read; `file` is its path as text, which takes a fifth of the memory, or that of a folder that could not be listed.

    `inside` leads to a document in the archive or message at that path; empty where the file itself is the document. A file that is
    `stored` elsewhere has no path before it is fetched, only its last name.
    """

    name: str
    file: str
    inside: tuple[int, ...] = ()
    stored: Stored | None = None

    @property
    def path(self) -> Path:
        """Where the file is."""
        return Path(self.file)


def list_inputs(paths: Sequence[Path | Address], *, leave_out: Path | None = None) -> list[Input]:
    """All files at and under `paths`, each once, sorted by name; a folder `leave_out` among them is passed over.

    A ZIP archive stands for the documents in it, which are called `archive.zip/name`; a message for itself and its attachments.

    Names that two of the `paths` have in common are told apart by what lies above: `2024/x.docx` and `2025/x.docx`.
    Raises `MissingInput`, and `StorageError` where an address cannot be asked.
    """
    elsewhere = [item for address in paths if isinstance(address, Address) for item in _stored(address)]
    here = [path for path in paths if isinstance(path, Path)]
    missing = [path for path in here if not os.path.lexists(path)]
    if missing:
        raise MissingInput(f"no such file or folder: {', '.join(map(str, missing))}")
    files: dict[str, Input] = {}
    for base in here:
        for path in _files(base, os.path.abspath(leave_out) if leave_out else None):
            files.setdefault(os.path.abspath(path), Input(name_of(path, base if path != base else base.parent), str(path)))
    every = [*_told_apart(files), *_called_apart(elsewhere, {item.name for item in files.values()})]
    return sorted((item for file in every for item in _with_members(file)), key=lambda item: (item.name, item.file, item.inside))


@contextmanager
def at_hand(item: Input) -> Iterator[Input]:
    """The input with its file on this machine, for a while where it had to be fetched; raises `OSError` and `TooLargeDocument`."""
    if item.stored is None:
        yield item
        return
    check_size(item.stored.size, item.name)
    with tempfile.TemporaryDirectory(prefix="kehoach-") as folder:
        yield item._replace(file=str(fetch(item.stored.address, Path(folder))), stored=None)


def name_of(path: Path, base: Path) -> str:
    """The path of a file relative to a folder, as it stands in the outputs.

    >>> name_of(Path("plans/2024/Kế hoạch.docx"), Path("plans"))
    '2024/Kế hoạch.docx'
    """
    relative = os.path.relpath(path, base)
    readable = os.fsencode(relative).decode("utf-8", "replace")
    return unicodedata.normalize("NFC", readable.replace(os.sep, "/"))


def folders_of(inputs: Iterable[Input]) -> list[str]:
    """The folders that the names of inputs are relative to, absolute and sorted: there the documents are found again.

    >>> folders_of([Input("2024/a.docx", "/plans/2024/a.docx"), Input("b.zip/c.pdf", "/mail/b.zip", (0,))])
    ['/mail', '/plans']
    """
    return sorted({os.fsencode(_base(item)).decode("utf-8", "replace") for item in inputs if not item.stored})


def _base(item: Input) -> Path:
    path = Path(os.path.abspath(item.file))
    name = Path(item.name).parts
    for length in range(1, len(name) + 1):  # what follows the name of an archive is inside it
        if tuple(unicodedata.normalize("NFC", part) for part in path.parts[-length:]) == name[:length]:
            return Path(*path.parts[:-length])
    return path.parent


def _stored(address: Address) -> Iterator[Input]:
    """The files at and under an address."""
    for file in stored(address):
        if not any(_hidden(part) for part in file.name.split("/")):
            yield Input(unicodedata.normalize("NFC", file.name), PurePosixPath(file.name).name, (), file)


def _called_apart(files: Sequence[Input], taken: set[str]) -> Iterator[Input]:
    """Stored files of which two have one name get their whole address for a name."""
    counts = Counter([*taken, *(file.name for file in files)])
    for file in files:
        whole = unicodedata.normalize("NFC", file.stored.address.partition("://")[2].lstrip("/")) if file.stored else file.name
        yield file._replace(name=whole) if counts[file.name] > 1 else file


def _with_members(file: Input) -> Iterator[Input]:
    if file.stored and not file.name.lower().endswith(_ARCHIVES):  # what else is stored is not looked into before it is read
        yield file
        return
    with at_hand(file) as near:
        found = members(near.path) if near.path.is_file() else []
        if not found or is_mail(near.path):
            yield file
    yield from (file._replace(name=f"{file.name}/{member.name}", inside=member.inside) for member in found)


def _files(base: Path, leave_out: str | None) -> Iterator[Path]:
    if not base.is_dir():
        yield base
        return
    closed: list[Path] = []
    for folder, folders, names in os.walk(base, onerror=lambda error: closed.append(Path(error.filename))):
        folders[:] = [name for name in folders if not _hidden(name) and os.path.abspath(Path(folder, name)) != leave_out]
        yield from (Path(folder, name) for name in names if not _hidden(name))
    yield from closed


def _hidden(name: str) -> bool:
    return name.startswith((".", "~$"))


def _told_apart(files: dict[str, Input]) -> Iterable[Input]:
    counts = Counter(item.name for item in files.values())
    if len(counts) == len(files):
        return files.values()
    root = Path(os.path.commonpath([os.path.dirname(path) for path in files]))
    return [
        Input(name_of(Path(absolute), root), item.file) if counts[item.name] > 1 else item for absolute, item in files.items()
    ]
