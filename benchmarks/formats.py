"""Formats: the corpus in every format that offices send, each read and compared with the Unicode text file.

    python -m benchmarks.formats [--page docs/formats.md] [--only NAME ...]

LibreOffice makes the .doc, .rtf and .odt files from the Word ones; letters of TCVN3 and VNI are put into plain text and into Word
files as fonts. Facts are scored with those of the text file as truth.
"""

import argparse
import io
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
from docx.oxml.ns import qn

from benchmarks.accuracy import mean, table, total
from benchmarks.rewrites import plan_in
from benchmarks.scores import FAMILIES, Rows, as_truth, compared
from pipeline.ingest import read, read_bytes
from pipeline.ingest.legacy import Encoding, _letters
from pipeline.ingest.programs import OFFICE

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus" / "formats"
PAGE = ROOT / "docs" / "formats.md"
INTRODUCTION = """\
# Formats

Written by `make formats`: the plans of the corpus in each format, read and compared with the Unicode text file. F1 is that of the
facts, with the facts of the text file as truth; the mean is over families.
"""
PLAIN = str.maketrans({"–": "-", "—": "-", "“": '"', "”": '"', "’": "'", "‘": "'", "…": "..."})
"""Signs that old fonts do not have."""
FONTS: dict[Encoding, str] = {"TCVN3": ".VnTime", "VNI": "VNI-Times"}


def written_in(text: str, encoding: Encoding) -> str:
    """The text as it was typed in an old font; TCVN3 has no capitals with marks."""
    codes: dict[str, str] = {}
    for code, letter in _letters(encoding).items():
        codes.setdefault(letter, code)
    if encoding == "TCVN3":
        codes = {letter.upper(): code for letter, code in codes.items()} | codes
    return "".join(codes.get(letter, letter) for letter in text.translate(PLAIN))


def in_font(path: Path, encoding: Encoding) -> bytes:
    """A Word document in an old font."""
    document = docx.Document(str(path))
    for run in document.element.body.iter(qn("w:r")):
        for text in run.iter(qn("w:t")):
            text.text = written_in(text.text or "", encoding)
        fonts = run.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:ascii"), FONTS[encoding])
        fonts.set(qn("w:hAnsi"), FONTS[encoding])
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def converted(paths: list[Path], suffix: str, folder: Path) -> None:
    """Word documents in another format, by LibreOffice."""
    program = OFFICE.path
    if program is None:
        raise SystemExit(OFFICE.remedy)
    command = [program, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", suffix, "--outdir", str(folder)]
    subprocess.run([*command, *map(str, paths)], check=True, capture_output=True, timeout=900)


def copies(folder: Path) -> Iterator[tuple[str, Callable[[Path], bytes]]]:
    """Each format, with what gives the bytes of a plan's text file in it."""
    for name in ("docx", "html", "pdf"):
        yield name, lambda path, name=name: (CORPUS / name / f"{path.stem}.{name}").read_bytes()  # type: ignore[misc]
    for suffix in ("doc", "rtf", "odt"):
        converted(sorted((CORPUS / "docx").glob("*.docx")), suffix, folder)
        yield suffix, lambda path, suffix=suffix: (folder / f"{path.stem}.{suffix}").read_bytes()  # type: ignore[misc]
    for encoding in FONTS:
        yield (
            f"txt in {encoding}",
            lambda path, encoding=encoding: written_in(path.read_text("utf-8"), encoding).encode("latin-1", "replace"),  # type: ignore[misc]
        )
        yield f"docx in {encoding}", lambda path, encoding=encoding: in_font(CORPUS / "docx" / f"{path.stem}.docx", encoding)  # type: ignore[misc]


def main() -> None:
    """Read every plan in every format and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--page", type=Path, default=PAGE)
    parser.add_argument("--only", nargs="*", default=[], help="plans whose names hold one of these words")
    options = parser.parse_args()
    texts = [path for path in sorted((CORPUS / "txt").glob("*.txt")) if not options.only or any(w in path.name for w in options.only)]
    truth = {path: as_truth(plan_in(read(path))[0].model_dump(mode="json")) for path in texts}
    lines: list[list[str]] = []
    odd: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for name, copy in copies(Path(folder)):
            scores: dict[Path, Rows] = {}
            for path in texts:
                plan = plan_in(read_bytes(copy(path), f"plan.{name.split()[0]}"))[0].model_dump(mode="json")
                scores[path] = compared(truth[path], plan)
                if mean(scores[path]) < 0.99:
                    odd.append(f"- {name}: {path.stem}, mean F1 {mean(scores[path]):.3f}")
            rows = total(scores.values())
            lines.append([name, str(len(scores)), *(f"{rows[family].f1:.3f}" for family in FAMILIES), f"{mean(rows):.3f}"])
            print(lines[-1], flush=True)
    body = table(["format", "plans", *FAMILIES, "mean"], lines)
    below = "\nPlans under 0.99:\n\n" + "\n".join(odd) + "\n" if odd else ""
    options.page.write_text(f"{INTRODUCTION}\n{body}{below}", encoding="utf-8")


if __name__ == "__main__":
    main()
