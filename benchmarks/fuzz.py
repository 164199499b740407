"""Fuzz: texts and files that nobody would write, to find what makes the program fall over.

    python -m benchmarks.fuzz texts --count 1000000 --seed 1     # the project's own functions over made-up texts
    python -m benchmarks.fuzz files --count 10000 --seed 1       # sample files with bits turned over, cut short and spliced
    python -m benchmarks.fuzz guided --count 100000              # the same functions led by coverage (needs the extra `fuzz`)

An `UnreadableDocument` is an answer; anything else that is raised, a crash, and a file over the time limit is a find. Each find
is printed and kept as a small file, to be put into `tests/bugs` and mended. The same seed gives the same texts and files.
Programs beside the project (recognition, LibreOffice) are left out: they are not ours, and slow.
"""

import argparse
import io
import os
import random
import signal
import sys
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import NamedTuple

from extractors.layers.folded import fold_in_place
from extractors.layers.markers import marker_of
from extractors.layers.syllables import fold
from pipeline.assemble import assemble
from pipeline.errors import UnreadableDocument
from pipeline.ingest import mail, read_bytes, rtf, text_tables, xlsx
from pipeline.ingest.archive import safe_name
from pipeline.ingest.decode import decode, unmangle
from pipeline.ingest.formats import format_of
from pipeline.ingest.legacy import restored
from pipeline.ingest.letters import clean, clean_aligned, vietnamese_share
from pipeline.language import make_doc
from pipeline.pages import Line, Pages
from pipeline.unwrap import unwrap
from schemas.plan import Plan, Source

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "corpus" / "plans"
BUGS = ROOT / "tests" / "bugs"
LIMIT = 60  # seconds that one file may take
_BATCH = 25
_SOURCE = Source(name="x", sha256="0" * 64, bytes=0, media_type="text/plain", text_layer="plain", engine="none")
_ODD = (
    "\0", "\x07", "\x0b", "\x0c", "\x1b", "\x85", "\u200b", "\u202e", "\u2066", "\u2028", "\ufeff", "\ufffe", "\ud800", "\udfff", "\ue000",
    "\U000e0001", "\U0001f600", "\u0301", "\u0323" * 9, "İ", "ß", "ﬁ", "٣", "Ⅳ", "½", "１", "а", "\t", "\n", "\r\n", "   ", "|", "\\", "{", "}",
    "(((", ")", "“", "”", '"', "%", "‰", "0", "00", "999999999999", "1.000.000", "31/02/2024", "99/99/9999", "ngày  tháng  năm", "I.", "1.1.1.1.1",
    "a)", "- ", "+ ", "Điều 5", "KẾ HOẠCH", "Nơi nhận:", "Số:", "/KH-UBND", "Căn cứ", "chủ trì", "phối hợp với", "trước ngày", "đến năm", "từ",
    "đạt", "trên", "tỷ đồng", "/năm", "hằng quý", "{\\rtf1", "\\bin999999", "\\u-1?", "<td>", "&#x0;", "MIME-Version: 1.0", "From: a", "=?utf-8?b?",
)  # fmt: skip


class Find(NamedTuple):
    """Find: what went wrong with which bytes."""

    target: str
    data: bytes
    reason: str


def plan_of(text: str) -> Plan:
    """The plan in a text that no reader has cleaned, but whose blanks are those of a canonical text."""
    canonical = "\n".join(filter(None, (" ".join(line.split()) for line in clean(text).split("\n"))))
    return assemble(make_doc(unwrap(Pages((Line(canonical, whole=True),), "text/plain", "none", "plain"))), _SOURCE)


def _lines(text: str) -> list[Line]:
    return [Line(line) for line in text.split("\n")]


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


TARGETS: dict[str, Callable[[str], object]] = {
    "clean": clean,
    "clean_aligned": clean_aligned,
    "vietnamese": vietnamese_share,
    "legacy": restored,
    "unmangle": unmangle,
    "decode": lambda text: decode(_bytes(text), "x"),
    "format": lambda text: format_of(_bytes(text), "x"),
    "fold": fold,
    "fold_in_place": fold_in_place,
    "marker": marker_of,
    "member": safe_name,
    "number": lambda text: xlsx.shown_number(text[:20], len(text) % 50, text[20:40]),
    "unwrap": lambda text: unwrap(Pages(tuple(_lines(clean(text))), "text/plain", "none", "plain")),
    "tables": lambda text: text_tables.tables_in(_lines(text)),
    "rtf": lambda text: rtf._words(b"{\\rtf1 " + _bytes(text) + b"}", "x"),
    "mail": lambda text: mail.attachments(b"From: a\nMIME-Version: 1.0\n" + _bytes(text)),
    "text file": lambda text: read_bytes(_bytes(text), "x.txt"),
    "web page": lambda text: read_bytes(b"<!DOCTYPE html><html><body><p>" + _bytes(text), "x.html"),
    "table": lambda text: read_bytes(b"<!DOCTYPE html><table>" + _bytes(text).replace(b"\n", b"<tr><td>").replace(b",", b"<td>"), "x.html"),
}
"""Readers and what they are made of, by name; `plan`, which is all layers and all extractors, is asked as often as all of them."""


def texts(seed: int) -> Iterator[str]:
    """Texts without end: lines of the sample plans cut and joined, with odd signs in between."""
    chance = random.Random(seed)
    lines = [line for path in sorted(SAMPLES.glob("*.txt")) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    while True:
        parts: list[str] = []
        for _ in range(chance.randint(1, 5)):
            line = chance.choice(lines)
            start = chance.randint(0, len(line) - 1)
            parts.append(line[start : start + chance.randint(1, 60)])
            if chance.random() < 0.7:
                parts.append(chance.choice(_ODD) * (1 if chance.random() < 0.9 else chance.randint(2, 40)))
        chance.shuffle(parts)
        yield chance.choice(("", "", " ", "\n")).join(parts)


def fuzzed_texts(count: int, seed: int, *, plans: int = 2) -> Iterator[Find]:
    """What goes wrong over `count` executions, in turn one of each target, and one whole plan in `plans`."""
    names = list(TARGETS)
    for number, text in zip(range(count), texts(seed), strict=False):
        name = "plan" if number % plans == 0 else names[number // plans % len(names)]
        if reason := _fault(plan_of if name == "plan" else TARGETS[name], text):
            yield Find(f"{name}.txt", _bytes(text), reason)


def faults(data: bytes) -> dict[str, str]:
    """What goes wrong where the text of a find is given to every target, by target."""
    text = data.decode("utf-8", "surrogatepass")
    told = {name: _fault(function, text) for name, function in (*TARGETS.items(), ("plan", plan_of))}
    return {name: reason for name, reason in told.items() if reason}


def _fault(function: Callable[[str], object], text: str) -> str:
    try:
        function(text)
    except UnreadableDocument:
        return ""
    except Exception:
        return traceback.format_exc()
    return ""


def samples(folders: list[Path]) -> list[tuple[str, bytes]]:
    """The files to spoil: those of folders that no other program is needed for, and a message and an archive made of them."""
    found = [(path.name, path.read_bytes()) for folder in folders for path in sorted(folder.iterdir())
             if path.suffix in {".txt", ".html", ".htm", ".docx", ".pdf", ".odt", ".xlsx", ".eml"}]  # fmt: skip
    small = sorted(found, key=lambda sample: len(sample[1]))[:3]
    message, packed = EmailMessage(), io.BytesIO()
    message["From"], message["Subject"] = "a@example.org", "Kế hoạch"
    message.set_content("Kế hoạch kèm theo.")
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in small:
            archive.writestr(name, data)
            message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return [*found, ("thư.eml", message.as_bytes()), ("gói.zip", packed.getvalue())]


def spoilt(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """A file with some bits turned over, cut short, or with a piece of itself or of another one put in or taken out."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(max(len(made), 1))
        kind = chance.randrange(5)
        if kind == 0:
            for _ in range(chance.randint(1, 12)):
                place = chance.randrange(max(len(made), 1))
                made[place : place + 1] = bytes((chance.randrange(256),))
        elif kind == 1:
            del made[at:]
        elif kind == 2:
            start = chance.randrange(len(other))
            made[at:at] = other[start : start + chance.randint(1, 4000)]
        elif kind == 3:
            del made[at : at + chance.randint(1, 4000)]
        else:
            made[at:at] = made[at : at + 200] * chance.randint(1, 30)
    return bytes(made)


def spoilt_inside(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """The same for a packed file (ZIP, Word, OpenDocument) with one of its parts spoilt, which its sum would tell otherwise."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = {part.filename: packed.read(part) for part in packed.infolist()}
        name = chance.choice(sorted(parts))
    except Exception:  # no packed file, or an empty one
        return spoilt(data, other, chance)
    parts[name] = spoilt(parts[name], other, chance)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for part, content in parts.items():
            packed.writestr(zipfile.ZipInfo(part), content, zipfile.ZIP_STORED if part == "mimetype" else zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _read(data: bytes, name: str) -> None:
    """The road for one file, as far as the text; the text's own road is walked by `texts`."""
    pages = read_bytes(data, name)
    text = unwrap(pages)
    if len(text.text) < 3000:
        assemble(make_doc(text), _SOURCE)


def fuzzed_files(count: int, seed: int, folders: list[Path]) -> Iterator[Find]:
    """What goes wrong over spoilt files; a few are read in a process of their own, so that its crash is a find too."""
    known = samples(folders)
    chance = random.Random(seed)
    for start in range(0, count, _BATCH):
        batch = []
        for _ in range(min(_BATCH, count - start)):
            name, data = chance.choice(known)
            change = spoilt if chance.random() < 0.5 else spoilt_inside
            batch.append((name, change(data, chance.choice(known)[1], chance)))
        yield from _in_child(batch)


def _in_child(batch: list[tuple[str, bytes]]) -> Iterator[Find]:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _carry_out(batch, writer)
    os.close(writer)
    with os.fdopen(reader, "rb") as news:
        told = news.read()
    _, status = os.waitpid(child, 0)
    faults = told.split(b"\0")
    done = len(faults) - 1
    for (name, data), fault in zip(batch, faults[:done], strict=False):
        if fault:
            yield Find(name, data, fault.decode("utf-8", "replace"))
    if status and done < len(batch):
        yield Find(*batch[done], f"the process ended with {status}: a crash, or over {LIMIT} s")
        yield from _in_child(batch[done + 1 :]) if batch[done + 1 :] else ()


def _carry_out(batch: list[tuple[str, bytes]], writer: int) -> None:
    os.environ["PATH"] = ""
    for name, data in batch:
        signal.alarm(LIMIT)
        os.write(writer, _fault(lambda _, d=data, n=name: _read(d, n), "").encode("utf-8", "replace") + b"\0")  # type: ignore[misc]
    os._exit(0)


def guided(count: int) -> None:
    """Texts led by coverage; the process ends at the first find, which atheris keeps as `crash-...`."""
    import atheris  # type: ignore[import-untyped,unused-ignore]

    for name in list(TARGETS):
        TARGETS[name] = atheris.instrument_func(TARGETS[name])
    names = list(TARGETS)

    def once(data: bytes) -> None:
        if data:
            try:
                TARGETS[names[data[0] % len(names)]](data[1:].decode("utf-8", "surrogatepass" if data[0] & 1 else "replace"))
            except (UnreadableDocument, UnicodeDecodeError):
                return

    atheris.Setup([sys.argv[0], f"-runs={count}", "-max_len=400", "-rss_limit_mb=0"], once)
    atheris.Fuzz()


def main() -> int:
    """Fuzz as asked and print what was found; exit code 1 where anything was."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz")
    parser.add_argument("what", choices=("texts", "files", "guided"))
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, action="append", help="files to spoil (corpus/plans and tests/bugs)")
    parser.add_argument("--keep", type=Path, default=Path("outputs/fuzz"), help="where finds are kept (outputs/fuzz)")
    arguments = parser.parse_args()
    if arguments.what == "guided":
        guided(arguments.count)
        return 0
    begun = time.perf_counter()
    found = (fuzzed_texts(arguments.count, arguments.seed) if arguments.what == "texts"
             else fuzzed_files(arguments.count, arguments.seed, arguments.folder or [SAMPLES, BUGS]))  # fmt: skip
    number = 0
    for number, find in enumerate(found, start=1):
        arguments.keep.mkdir(parents=True, exist_ok=True)
        (arguments.keep / f"{arguments.seed}-{number} {find.target}").write_bytes(find.data)
        print(f"{number}. {find.target}, {len(find.data)} bytes\n{find.reason}", flush=True)
    print(f"{arguments.count:,} {arguments.what}, seed {arguments.seed}: {number} finds in {time.perf_counter() - begun:.0f} s")
    if number:
        print(f"They are in {arguments.keep}: mend the cause, then move each into tests/bugs under a name that says what it is.")
    return 1 if number else 0


if __name__ == "__main__":
    sys.exit(main())
