"""Inputs: the files that a run reads, each with the name it goes by in the outputs.

A name is the path relative to the folder that was asked for, with slashes and in NFC, so that the same folder gives the same
outputs on every machine. Hidden files and folders and the lock files of word processors (`~$plan.docx`) are left out.
"""

import os
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.ingest.archive import is_mail, members


class MissingInput(ValueError):
    """A path that was asked for does not exist."""


class Input(NamedTuple):
    """Input: one file to read; `path` may also be a folder that could not be listed.

    `inside` leads to a document in the archive or message at `path`; empty where the file itself is the document.
    """

    name: str
    path: Path
    inside: tuple[int, ...] = ()


def list_inputs(paths: Sequence[Path], *, leave_out: Path | None = None) -> list[Input]:
    """All files at and under `paths`, each once, sorted by name; a folder `leave_out` among them is passed over.

    A ZIP archive stands for the documents in it, which are called `archive.zip/name`; a message for itself and its attachments.

    Names that two of the `paths` have in common are told apart by what lies above: `2024/x.docx` and `2025/x.docx`.
    Raises `MissingInput`.
    """
    missing = [path for path in paths if not os.path.lexists(path)]
    if missing:
        raise MissingInput(f"no such file or folder: {', '.join(map(str, missing))}")
    files: dict[str, Input] = {}
    for base in paths:
        for path in _files(base, os.path.abspath(leave_out) if leave_out else None):
            files.setdefault(os.path.abspath(path), Input(name_of(path, base if path != base else base.parent), path))
    return sorted(item for file in _told_apart(files) for item in _with_members(file))


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

    >>> folders_of([Input("2024/a.docx", Path("/plans/2024/a.docx")), Input("b.zip/c.pdf", Path("/mail/b.zip"), (0,))])
    ['/mail', '/plans']
    """
    return sorted({os.fsencode(_base(item)).decode("utf-8", "replace") for item in inputs})


def _base(item: Input) -> Path:
    path = Path(os.path.abspath(item.path))
    name = Path(item.name).parts
    for length in range(1, len(name) + 1):  # what follows the name of an archive is inside it
        if tuple(unicodedata.normalize("NFC", part) for part in path.parts[-length:]) == name[:length]:
            return Path(*path.parts[:-length])
    return path.parent


def _with_members(file: Input) -> Iterator[Input]:
    found = members(file.path) if file.path.is_file() else []
    if not found or is_mail(file.path):
        yield file
    yield from (Input(f"{file.name}/{member.name}", file.path, member.inside) for member in found)


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
        Input(name_of(Path(absolute), root), item.path) if counts[item.name] > 1 else item for absolute, item in files.items()
    ]
