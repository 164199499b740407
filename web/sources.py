"""Sources: the documents that the plans of a run were read from, found again where they still lie.

A plan names its document relative to the folder that was read; `run.json` says which folders those were. A document counts as
found only where its bytes are those that were read.
"""

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from pipeline.document import fingerprint
from pipeline.errors import UnreadableDocument
from pipeline.ingest.archive import members
from pipeline.inputs import Input
from schemas.plan import Source


class Sources:
    """Sources: where to look for documents: `folders` that were read, and documents that are `known` by their name."""

    def __init__(self, folders: Sequence[Path], known: Mapping[str, Input] | None = None) -> None:
        """Nothing is looked up yet."""
        self._folders, self._known = folders, known or {}

    def find(self, source: Source) -> Input | None:
        """The document of a plan; None where it is gone or has changed."""
        known = [self._known[source.name]] if source.name in self._known else []
        for found in (*known, *(one for folder in self._folders for one in _candidates(folder, source.name))):
            try:
                if fingerprint(found.path, found.inside).sha256 == source.sha256:
                    return found
            except (OSError, UnreadableDocument):
                continue
        return None


def folders_of(outputs: Path) -> list[Path]:
    """The folders that a run has read, by its `run.json`; none where it does not say."""
    try:
        said = json.loads((outputs / "run.json").read_text(encoding="utf-8")).get("folders", [])
    except (OSError, ValueError, AttributeError):
        return []
    return [Path(folder) for folder in said if isinstance(folder, str)]


def _candidates(folder: Path, name: str) -> Iterator[Input]:
    """What the name of a document may mean in a folder: a file, or a member of an archive."""
    parts = PurePosixPath(name).parts
    if ".." in parts or PurePosixPath(name).is_absolute():
        return
    for end in range(len(parts), 0, -1):
        path = _file(folder, parts[:end])
        if path is None:
            continue
        if end == len(parts):
            yield Input(name, str(path))
        else:
            inner = "/".join(parts[end:])
            yield from (Input(name, str(path), member.inside) for member in members(path) if member.name == inner)
        return


def _file(folder: Path, parts: Sequence[str]) -> Path | None:
    """A file under a folder; names are in NFC in outputs, and may be otherwise on the disk."""
    for form in ("NFC", "NFD"):
        path = folder.joinpath(*(unicodedata.normalize(form, part) for part in parts))
        if path.is_file():
            return path
    return None
