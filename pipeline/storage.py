"""Storage: files that stand elsewhere, under an address such as `s3://bucket/plans`, through fsspec; whoever reads one fetches it.

`file://`, `http://` and `memory://` need fsspec alone, others a package of their own (`s3fs`, `gcsfs`, `adlfs`), which fsspec names.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import unquote

from pipeline.errors import StorageError

_CHANGES = ("ETag", "etag", "md5", "md5Hash", "content_md5", "checksum", "mtime", "LastModified", "last_modified", "created")
"""What storages call that by which one sees that a file has changed."""


class Address(str):
    """Address: where something stands that no path leads to."""

    __slots__ = ()


class Stored(NamedTuple):
    """Stored: a file in a storage: its name below what was asked for, its size in bytes, and what changes with what is in it.

    `version` is empty where the storage does not say.
    """

    name: str
    address: Address
    size: int
    version: str


def place(text: str) -> Path | Address:
    """What a person means who names a file or folder.

    >>> place("plans/2024"), place("s3://plans/2024")
    (PosixPath('plans/2024'), 's3://plans/2024')
    """
    return Address(text) if "://" in text else Path(text)


def stored(address: Address) -> list[Stored]:
    """All files at and under an address; raises `StorageError`, also where there is none."""
    system, root = opened(address)
    with told(address):
        found: Mapping[str, Mapping[str, Any]] = system.find(root, detail=True)
        if not found and not system.exists(root):
            raise FileNotFoundError("nothing is there")
    return [_stored(system, root, path, about) for path, about in found.items()]


def _stored(system: Any, root: str, path: str, about: Mapping[str, Any]) -> Stored:
    below = path[len(root) :].strip("/") if path != root else ""
    name = below or PurePosixPath(path).name
    version = next((f"{key} {about[key]} {about.get('size')}" for key in _CHANGES if about.get(key)), "")
    readable = unquote(name) if str(path).startswith(("http://", "https://")) else name
    return Stored(readable, Address(system.unstrip_protocol(path)), int(about.get("size") or 0), version)


def fetch(address: str, folder: Path) -> Path:
    """Bring a file into a folder; raises `StorageError`."""
    system, root = opened(address)
    target = folder / (unquote(PurePosixPath(root).name) or "document")
    with told(address):
        system.get_file(root, str(target))
    return target


def opened(address: str) -> tuple[Any, str]:
    """The file system of an address, and its path there."""
    try:
        fsspec = import_module("fsspec")
        system, root = fsspec.url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise StorageError(f"{address}: {error}") from error
    return system, str(root).rstrip("/")


@contextmanager
def told(address: str) -> Iterator[None]:
    """Errors of a storage, which come in the words of its package, in ours."""
    try:
        yield
    except Exception as error:
        said = (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
        raise StorageError(f"{address}: {said}") from error
