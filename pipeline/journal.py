"""Journal: what runs into a folder have found out, kept so that nothing is read twice, and the lock on that folder.

One file that only grows while a run goes on, a record after the other: a mark, the key, the length and the check sum, then the
bytes that are kept. Whenever a run is ended, by whatever, all records but the last are whole; what is torn is cut off.
"""

import os
import shutil
import struct
import sys
import time
import zlib
from collections.abc import Collection
from io import FileIO
from pathlib import Path
from types import TracebackType

HIDDEN = ".kehoach"
"""The folder, inside the output folder, that is nobody's business but ours."""
KEY_BYTES = 16
_MARK = b"KHJ1"
_HEAD = struct.Struct(f"<4s{KEY_BYTES}sII")
_FLUSH = 5.0  # seconds of work that a power cut may cost


class AnotherRun(RuntimeError):
    """Another process writes into the folder."""


class Journal:
    """Journal: bytes by key, in a file. Use it with `with`; the folder belongs to this process meanwhile."""

    def __init__(self, folder: Path, *, fresh: bool = False) -> None:
        """Open the journal of an output folder, empty where it is to be `fresh`; raises `AnotherRun` and `OSError`."""
        self._folder = folder / HIDDEN
        self._folder.mkdir(parents=True, exist_ok=True)
        self._lock = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT, 0o666)
        try:
            _lock(self._lock)
        except OSError as error:
            os.close(self._lock)
            raise AnotherRun(f"another run is writing into {folder}. Wait until it is done, or name another folder.") from error
        self._path = self._folder / "journal"
        if fresh or not self._path.exists():
            self._path.write_bytes(b"")
        self._file = self._path.open("r+b", buffering=0)
        self._places: dict[bytes, int] = {}
        self._end = self._found()
        self._file.truncate(self._end)
        self._flushed = time.monotonic()

    def __enter__(self) -> "Journal":
        """It is open."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Give the folder free again."""
        self._file.close()
        os.close(self._lock)

    def scratch(self) -> Path:
        """An empty folder beside the journal, for what is not whole yet; what an earlier run left in it is removed."""
        path = self._folder / "unfinished"
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir()
        return path

    def __contains__(self, key: bytes) -> bool:
        """Whether something is kept under this key."""
        return key in self._places

    def get(self, key: bytes) -> bytes:
        """What is kept under this key."""
        return self._record(self._places[key])[_HEAD.size :]

    def put(self, key: bytes, body: bytes) -> None:
        """Keep bytes under a key of `KEY_BYTES`; raises `OSError` where the disk is full, and is as it was then."""
        record = _HEAD.pack(_MARK, key, len(body), zlib.crc32(body, zlib.crc32(key))) + body
        _write(self._file, record, self._end)
        self._places[key] = self._end
        self._end += len(record)
        if time.monotonic() - self._flushed > _FLUSH:
            os.fsync(self._file.fileno())
            self._flushed = time.monotonic()

    def keep_only(self, keys: Collection[bytes]) -> None:
        """Forget the rest; the file is written anew where most of it is forgotten."""
        kept = {key: place for key, place in self._places.items() if key in keys}
        if 2 * sum(self._size(place) for place in kept.values()) >= self._end:
            return
        path = self._folder / "journal.new"
        try:
            places, end = {}, 0
            with path.open("wb", buffering=0) as new:
                for key, place in sorted(kept.items(), key=lambda entry: entry[1]):
                    record = self._record(place)
                    _write(new, record, end)
                    places[key], end = end, end + len(record)
                os.fsync(new.fileno())
        except OSError:  # the disk is full; the old one serves as well
            path.unlink(missing_ok=True)
            return
        self._file.close()
        path.replace(self._path)
        self._file = self._path.open("r+b", buffering=0)
        self._places, self._end = places, end

    def _found(self) -> int:
        """Find all records; gives where the last whole one ends."""
        all_of_it, place = os.fstat(self._file.fileno()).st_size, 0
        while all_of_it - place >= _HEAD.size and all_of_it - place >= self._size(place):
            record = self._record(place)
            mark, key, _, check = _HEAD.unpack_from(record)
            if mark != _MARK or zlib.crc32(record[_HEAD.size :], zlib.crc32(key)) != check:
                break
            self._places[key] = place
            place += len(record)
        return place

    def _size(self, place: int) -> int:
        self._file.seek(place)
        return _HEAD.size + int(_HEAD.unpack(self._file.read(_HEAD.size))[2])

    def _record(self, place: int) -> bytes:
        size = self._size(place)
        self._file.seek(place)
        return self._file.read(size)


def _write(file: FileIO, data: bytes, place: int) -> None:
    """Write all of it; a disk that is nearly full takes less than it is given before it says so."""
    file.seek(place)
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]


def _lock(file: int) -> None:
    """Take a lock that ends with this process and that its children do not hold; raises `OSError` where another one has it."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
