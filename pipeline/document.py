"""Document: one file read into its plan and its canonical text. The road: read, unwrap, mark, extract."""

import errno
import hashlib
import stat
from pathlib import Path
from typing import NamedTuple

from pipeline.assemble import assemble
from pipeline.ingest import load, read_bytes
from pipeline.ingest.archive import member_bytes
from pipeline.language import make_doc
from pipeline.stages import stage
from pipeline.unwrap import unwrap
from schemas.plan import Plan, Source


class Document(NamedTuple):
    """Document: what one file says. Offsets in `plan` count code points of `text`."""

    plan: Plan
    text: str


class Fingerprint(NamedTuple):
    """Fingerprint: the SHA-256 of a file's bytes in hex, and how many bytes there are."""

    sha256: str
    size: int


def read_document(path: Path, name: str, inside: tuple[int, ...] = ()) -> Document:
    """The plan in the file at `path`, or `inside` the archive there, called `name` in it; raises an `UnreadableDocument`."""
    with stage("read"):
        called = name if inside else name.rpartition("/")[2]
        data = member_bytes(path, inside, called) if inside else load(path, called)
        pages = read_bytes(data, called)
    source = Source(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        media_type=pages.media_type,
        pages=pages.page_count,
        text_layer=pages.text_layer,
        engine=pages.engine,
        legacy_encoding=pages.legacy_encoding,
    )
    with stage("unwrap"):
        text = unwrap(pages)
    with stage("mark"):
        doc = make_doc(text)
    with stage("extract"):
        plan = assemble(doc, source, notes=pages.notes, signatures=pages.signatures)
    return Document(plan, text.text)


def fingerprint(path: Path, inside: tuple[int, ...] = ()) -> Fingerprint:
    """Hash a file without holding it in memory, or a document in an archive; raises `OSError` or an `UnreadableDocument`."""
    if inside:
        data = member_bytes(path, inside, path.name)
        return Fingerprint(hashlib.sha256(data).hexdigest(), len(data))
    if not stat.S_ISREG(path.stat().st_mode):  # opening a pipe would wait for ever
        raise OSError(errno.EINVAL, "no file", str(path))
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        return Fingerprint(sha256, file.tell())
