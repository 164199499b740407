"""Broken: files that no plan can be read from, or only a part of one, each broken in a way of its own.

A way takes a source of chance and the bytes of a whole file of its ending, and gives bytes; `LINKS` are ways that are no bytes.
"""

import io
import os
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import NamedTuple

from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

Break = Callable[[Random, bytes], bytes]
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAUGHS = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


class Way(NamedTuple):
    """Way: the ending of the file that is broken, and how; `few` where a program takes seconds or minutes over it."""

    suffix: str
    broken: Break
    few: bool = False


def _cut(random: Random, data: bytes) -> bytes:
    return data[: random.randrange(1, len(data))]


def _flipped(random: Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(1 + len(data) // 500):
        changed[random.randrange(len(data))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _holed(random: Random, data: bytes) -> bytes:
    start = random.randrange(len(data) // 2)
    return data[:start] + bytes(len(data) // 4) + data[start + len(data) // 4 :]


def _spliced(random: Random, data: bytes) -> bytes:
    return data[: random.randrange(len(data))] + data[random.randrange(len(data)) :]


def _zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _with_part(data: bytes, part: bytes) -> bytes:
    """A Word document with another text part."""
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        files = {name: whole.read(name) for name in whole.namelist()}
    return _zipped({**files, "word/document.xml": part})


def _without_part(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        return _zipped({name: whole.read(name) for name in whole.namelist() if name != "word/document.xml"})


def _locked_pdf(random: Random, data: bytes) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption(f"secret {random.random()}", canPrint=0), invariant=1)
    canvas.drawString(72, 720, "KE HOACH")
    canvas.save()
    return buffer.getvalue()


def _locked_zip(random: Random, data: bytes) -> bytes:
    made = bytearray(_zipped({"plan.docx": data}))
    made[6] |= 1
    made[made.index(b"PK\x01\x02") + 8] |= 1
    return bytes(made)


def _deep(data: bytes) -> bytes:
    for depth in range(12):
        data = _zipped({f"{depth}.zip": data})
    return data


def _blank_picture(random: Random, data: bytes) -> bytes:
    buffer = io.BytesIO()
    Image.new("L", (200 + random.randrange(100), 300), 255).save(buffer, "PNG")
    return buffer.getvalue()


def _noise(random: Random, data: bytes) -> bytes:
    return random.randbytes(3000)


WAYS: dict[str, Way] = {
    "empty": Way("txt", lambda random, data: b""),
    "blanks": Way("txt", lambda random, data: b" \n\t\r\n" * (1 + random.randrange(50))),
    "zeros": Way("txt", lambda random, data: bytes(1000 + random.randrange(3000))),
    "noise as text": Way("txt", _noise),
    "half a letter": Way("txt", lambda random, data: data.decode().encode("utf-16")[: -1 - 2 * random.randrange(50)]),
    "lone surrogates": Way("txt", lambda random, data: data.replace("đ".encode(), b"\xed\xa0\x80")),
    "one long line": Way("txt", lambda random, data: data.replace(b"\n", b" ") * (10 + random.randrange(10))),
    "text cut": Way("txt", lambda random, data: _cut(random, data)[:40]),
    "controls": Way("txt", lambda random, data: bytes(random.choice((letter, 1, 7, 27)) for letter in data)),
    "noise as pdf": Way("pdf", lambda random, data: b"%PDF-1.7\n" + _noise(random, data)),
    "pdf cut": Way("pdf", _cut),
    "pdf bits": Way("pdf", _flipped, few=True),
    "pdf hole": Way("pdf", _holed, few=True),
    "pdf spliced": Way("pdf", _spliced, few=True),
    "pdf locked": Way("pdf", _locked_pdf),
    "docx cut": Way("docx", _cut),
    "docx bits": Way("docx", _flipped),
    "docx hole": Way("docx", _holed),
    "docx without text": Way("docx", lambda random, data: _without_part(data)),
    "docx half xml": Way("docx", lambda random, data: _with_part(data, b"<w:document" + b"<w:p>" * random.randrange(9))),
    "docx entities": Way("docx", lambda random, data: _with_part(data, f"{_LAUGHS}]><w>&i;{random.random()}</w>".encode())),
    "docx bomb": Way("docx", lambda random, data: _with_part(data, bytes(60_000_000 + random.randrange(10**6)))),
    "program as docx": Way("docx", lambda random, data: b"\x7fELF" + _noise(random, data)),
    "html cut": Way("html", lambda random, data: _cut(random, data)[:200]),
    "html deep": Way("html", lambda random, data: b"<div>" * (20_000 + random.randrange(9)) + data),
    "html of nothing": Way("html", lambda random, data: b"<html><script>" + _noise(random, data).replace(b"<", b"") + b"</script>"),
    "picture cut": Way("png", lambda random, data: _cut(random, _blank_picture(random, data))),
    "jpeg head": Way("jpg", lambda random, data: b"\xff\xd8\xff\xe0" + _noise(random, data)),
    "zip of nothing": Way("zip", lambda random, data: _zipped({f"folder {random.random()}/": b""})),
    "zip locked": Way("zip", _locked_zip),
    "zip in zip": Way("zip", lambda random, data: _deep(data)),
    "zip slip": Way("zip", lambda random, data: _zipped({"../../../plan.txt": zlib.compress(data)})),
    "sheet cut": Way("xlsx", lambda random, data: _zipped({"xl/workbook.xml": b"<workbook", "[Content_Types].xml": _noise(random, data)})),
    "odt cut": Way("odt", lambda random, data: _zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": _noise(random, data)})),
    "mail of nothing": Way("eml", lambda random, data: f"From: a@b.example\nSubject: {random.random()}\n\n".encode()),
    "old word head": Way("doc", lambda random, data: _OLE + _noise(random, data), few=True),
    "rtf cut": Way("rtf", lambda random, data: b"{\\rtf1\\ansi{\\fonttbl" + _noise(random, data), few=True),
}  # fmt: skip


def _nowhere(path: Path) -> None:
    path.symlink_to("there is nothing")


def _round(path: Path) -> None:
    path.symlink_to(path.name)


LINKS: dict[str, Callable[[Path], None]] = {"link to nowhere": _nowhere, "link to itself": _round, "pipe": os.mkfifo}


def write_broken(folder: Path, whole: dict[str, list[bytes]], count: int, seed: int) -> int:
    """Write `count` broken files, each way in turn, made of the `whole` files by ending; gives how many ways there are."""
    random = Random(seed)
    ways = [*WAYS, *LINKS]
    written = turn = 0
    while written < count:
        name, turn = ways[turn % len(ways)], turn + 1
        if name in LINKS:
            LINKS[name](folder / f"{written:04} {name}.txt")
        elif WAYS[name].few and turn > 2 * len(ways):
            continue
        else:
            way = WAYS[name]
            data = way.broken(random, random.choice(whole.get(way.suffix, whole["docx"])))
            (folder / f"{written:04} {name}.{way.suffix}").write_bytes(data)
        written += 1
    return len(ways)
