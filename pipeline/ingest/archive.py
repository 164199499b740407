"""Archives: the documents inside a ZIP file or an e-mail message, each read as a document of its own.

Nothing is unpacked to the disk, so no name inside an archive can lead anywhere; sizes are counted while unpacking, since what
an archive says of itself may be a lie.
"""

import io
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from pipeline.errors import (
    DamagedDocument,
    EmptyDocument,
    EncryptedDocument,
    TooLargeDocument,
    UnreadableDocument,
    UnsupportedDocument,
)
from pipeline.ingest.formats import format_of
from pipeline.ingest.mail import attachments
from pipeline.pages import Pages

MAX_MEMBER = 200 * 1024 * 1024
MAX_MEMBERS = 10_000
_MAX_RATIO = 1000  # times its packed size; text packs to a tenth, a bomb to a thousandth
_SMALL = 20 * 1024 * 1024
_DEEPEST = 4
_HEAD = 4096
_DAMAGE = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)
_REMEDY = "Pack it again, or unpack it and read the files in it."


class Member(NamedTuple):
    """Member: a document in an archive; `inside` leads to it, the place in its archive for each archive on the way."""

    name: str
    inside: tuple[int, ...]


def members(path: Path) -> list[Member]:
    """The documents in the file at `path`, archives in it opened too; none where it is no archive or cannot be listed.

    The names are relative to the archive, with slashes, without `..`; two of one name are told apart by a number.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
        if not head.startswith(b"PK") and not _is_mail(head):
            return []
        return _told_apart(_listed(path.read_bytes(), path.name, 1)) if path.stat().st_size <= MAX_MEMBER else []
    except (OSError, UnreadableDocument):
        return []


def is_mail(path: Path) -> bool:
    """Whether the file is a message, which says something itself beside what is attached."""
    try:
        with path.open("rb") as file:
            return _is_mail(file.read(_HEAD))
    except OSError:
        return False


def member_bytes(path: Path, inside: tuple[int, ...], name: str) -> bytes:
    """The bytes of a member that `members` listed; raises an `UnreadableDocument` or `OSError`."""
    data = path.read_bytes()
    for place in inside:
        data = _unpacked(data, place, name)
    return data


def read(data: bytes, name: str) -> Pages:
    """Read an archive that holds one document; raises `UnsupportedDocument` where it holds several."""
    found = _listed(data, name, 1)
    if not found:
        raise EmptyDocument(f"{name}: the archive holds no document.", remedy="Check that the right file was packed.")
    if len(found) > 1:
        raise UnsupportedDocument(
            f"{name}: the archive holds {len(found)} documents.", remedy="Read it with `extract`, which reads each of them."
        )
    from pipeline.ingest import read_bytes

    for place in found[0].inside:
        data = _unpacked(data, place, name)
    return read_bytes(data, f"{name}/{found[0].name}")


def _listed(data: bytes, name: str, depth: int) -> list[Member]:
    """The documents in an archive or message; archives that are too deep inside others or broken stay members."""
    if format_of(data[:_HEAD] if _is_mail(data[:_HEAD]) else data, name).name == "eml":
        parts = [(place, safe_name(part.name), part.data) for place, part in enumerate(attachments(data)) if _wanted(part.name)]
        return [member for part in parts for member in _opened(*part, depth)]
    if format_of(data, name).name != "zip":
        return []
    found: list[Member] = []
    with _archive(data, name) as archive:
        for place, entry in enumerate(archive.infolist()):
            inner = safe_name(_entry_name(entry))
            if entry.is_dir() or not _wanted(inner):
                continue
            if len(found) >= MAX_MEMBERS:
                raise TooLargeDocument(f"{name}: over {MAX_MEMBERS:,} files.", remedy="Unpack it and read a part of it.")
            nested = depth < _DEEPEST and not entry.flag_bits & 1 and inner.lower().endswith((".zip", ".eml"))
            found += _opened(place, inner, _unpacked(data, place, name), depth) if nested else [Member(inner, (place,))]
    return found


def _opened(place: int, name: str, data: bytes, depth: int) -> Iterator[Member]:
    """A member, or what is in it where it is an archive."""
    try:
        inner = _listed(data, name, depth + 1) if depth < _DEEPEST else []
    except UnreadableDocument:
        inner = []
    if not inner or _is_mail(data[:_HEAD]):
        yield Member(name, (place,))
    yield from (Member(f"{name}/{member.name}", (place, *member.inside)) for member in inner)


def _archive(data: bytes, name: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGE as error:
        raise DamagedDocument(f"{name}: the archive is damaged ({error}).", remedy=_REMEDY) from error


def _unpacked(data: bytes, place: int, name: str) -> bytes:
    """The bytes of one entry, no more than they may be."""
    if _is_mail(data[:_HEAD]):
        return attachments(data)[place].data
    with _archive(data, name) as archive:
        entry = archive.infolist()[place]
        if entry.flag_bits & 1:
            raise EncryptedDocument(f"{name}: the archive asks for a password.", remedy="Pack it again without a password.")
        limit = min(MAX_MEMBER, max(_SMALL, entry.compress_size * _MAX_RATIO))
        try:
            with archive.open(entry) as file:
                unpacked = file.read(limit + 1)
        except _DAMAGE as error:
            raise DamagedDocument(f"{name}: the archive is damaged ({error}).", remedy=_REMEDY) from error
    if len(unpacked) > limit:
        raise TooLargeDocument(f"{name}: it unpacks to over {limit // 1_048_576} MB.", remedy="Unpack it and see what it is.")
    return unpacked


def safe_name(name: str) -> str:
    r"""A name inside an archive as it may stand in the outputs.

    >>> safe_name("../../etc/Kế hoạch.docx"), safe_name("C:\\plans\\a.doc")
    ('etc/Kế hoạch.docx', 'plans/a.doc')
    """
    parts = PurePosixPath(name.replace("\\", "/")).parts
    kept = [part for part in parts if part not in ("..", ".", "/") and not part.endswith(":")]
    return unicodedata.normalize("NFC", "/".join("".join(c for c in part if c.isprintable()) for part in kept)) or "unnamed"


def _entry_name(entry: zipfile.ZipInfo) -> str:
    """The name of an entry; what was not written in UTF-8 was read as code page 437."""
    if entry.flag_bits & 0x800:
        return entry.filename
    raw = entry.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "cp1258"):
        try:
            return unicodedata.normalize("NFC", raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    return entry.filename


def _wanted(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return bool(parts) and not parts[-1].startswith((".", "~$")) and "__MACOSX" not in parts and parts[-1] not in _FURNITURE


_FURNITURE = frozenset(("Thumbs.db", "desktop.ini"))


def _is_mail(head: bytes) -> bool:
    return format_of(head[:_HEAD], "").name == "eml" if not head.startswith((b"PK", b"\xd0\xcf\x11\xe0")) else False


def _told_apart(found: list[Member]) -> list[Member]:
    taken: set[str] = set()
    out = []
    for member in found:
        name, number = member.name, 2
        while name in taken:
            path = PurePosixPath(member.name)
            name, number = str(path.with_name(f"{path.stem} ({number}){path.suffix}")), number + 1
        taken.add(name)
        out.append(Member(name, member.inside))
    return out
