"""Scans: the corpus drawn as pictures, as a scanner makes them, and what recognition makes of them; writes docs/scans.md.

    python -m benchmarks.scans [FOLDER] [--page docs/scans.md] [--out FOLDER]

Letters wrong are counted against the text of the digital file, outside tables, in words that recognition changed, lost or
added. Facts are scored against those of the digital file.
"""

import argparse
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter
from rapidfuzz.distance import Levenshtein

from benchmarks.accuracy import mean, table, total
from benchmarks.rewrites import plan_in
from benchmarks.scores import FAMILIES, Rows, as_truth, compared
from pipeline.ingest import read
from pipeline.ingest.recognition import version
from pipeline.pages import Line, Pages
from pipeline.unwrap import unwrap

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "scans.md"
INTRODUCTION = """\
# Scans

Written by `make scans`: the plans of the corpus, drawn from their PDF files as a scanner would, recognised and compared with the
digital files. *Rough* pages are turned by up to two degrees, noisy, and carry a red stamp over the signature. Letters wrong are
counted outside tables. F1 is that of the facts, with the facts of the digital file as truth; the mean is over families.
"""


class Condition(NamedTuple):
    """Condition: how pages are drawn; `limit` is the share of wrong letters at most."""

    name: str
    dots: int
    rough: bool
    limit: float


CONDITIONS = (
    Condition("300 dpi", 300, rough=False, limit=0.005),
    Condition("200 dpi", 200, rough=False, limit=0.01),
    Condition("300 dpi, rough", 300, rough=True, limit=0.02),
    Condition("200 dpi, rough", 200, rough=True, limit=0.02),
)


class Reading(NamedTuple):
    """Reading: what came of one document under one condition."""

    name: str
    pages: int
    seconds: float
    wrong: int
    letters: int
    facts: Rows


def scanned(source: Path, target: Path, *, dots: int, rough: bool) -> int:
    """Write the pages of a PDF as pictures into another; the same file gives the same scan. Returns the number of pages."""
    chance = random.Random(source.name)
    document = pypdfium2.PdfDocument(source)
    pages = [page.render(scale=dots / 72).to_pil().convert("RGB") for page in document]
    if rough:
        pages = [_worn(page, chance, dots, stamped=number == len(pages)) for number, page in enumerate(pages, 1)]
    pages[0].save(target, "PDF", save_all=True, append_images=pages[1:], resolution=dots, quality=80)
    return len(pages)


def _worn(page: Image.Image, chance: random.Random, dots: int, *, stamped: bool) -> Image.Image:
    if stamped:
        page = _stamped(page, chance, dots)
    page = page.rotate(chance.uniform(-2, 2), Image.Resampling.BICUBIC, fillcolor="white")
    noise = np.random.default_rng(chance.randrange(1 << 30)).normal(0, 14, (page.height, page.width, 1))
    return Image.fromarray(np.clip(np.asarray(page) + noise, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.5))


def _stamped(page: Image.Image, chance: random.Random, dots: int) -> Image.Image:
    """A round red stamp in the right half, two thirds down, where a signature is likely."""
    unit = dots / 72
    x, y, radius = page.width * chance.uniform(0.6, 0.7), page.height * chance.uniform(0.55, 0.75), 51 * unit
    ink = Image.new("RGB", page.size, "white")
    draw = ImageDraw.Draw(ink)
    for share in (1.0, 0.66):
        box = (x - radius * share, y - radius * share, x + radius * share, y + radius * share)
        draw.ellipse(box, outline=(205, 45, 60), width=round(2 * unit))
    draw.regular_polygon((x, y, radius * 0.35), 5, fill=(205, 45, 60))
    return ImageChops.multiply(page, ink)


def prose(pages: Pages) -> list[str]:
    """The words outside tables."""
    text = unwrap(Pages(tuple(block for block in pages.blocks if isinstance(block, Line)), "", "", pages.text_layer)).text
    return text.translate(str.maketrans("–—“”‘’", "--\"\"''")).split()


def letters_wrong(truth: list[str], got: list[str]) -> int:
    """The letters that must be changed to make one of the other."""
    return sum(_distance(truth, got))


def _distance(truth: list[str], got: list[str]) -> Iterator[int]:
    for step in Levenshtein.opcodes(truth, got):
        if step.tag != "equal":
            yield Levenshtein.distance(
                " ".join(truth[step.src_start : step.src_end]), " ".join(got[step.dest_start : step.dest_end])
            )


def reading(source: Path, target: Path, condition: Condition) -> Reading:
    """Draw a document, read it and compare."""
    count = scanned(source, target, dots=condition.dots, rough=condition.rough)
    start = time.perf_counter()
    got = read(target)
    took = time.perf_counter() - start
    original = read(source)
    truth, words = prose(original), prose(got)
    facts = compared(as_truth(plan_in(original)[0].model_dump(mode="json")), plan_in(got)[0].model_dump(mode="json"))
    return Reading(source.name, count, took, letters_wrong(truth, words), len(" ".join(truth)), facts)


def page(found: dict[Condition, list[Reading]]) -> str:
    """The page: one line a condition, then one a document."""
    parts = [INTRODUCTION, f"{version()}, {sum(one.pages for one in next(iter(found.values())))} pages.\n"]
    lines = []
    for condition, readings in found.items():
        rows = total(one.facts for one in readings)
        wrong = sum(one.wrong for one in readings) / sum(one.letters for one in readings)
        pace = sum(one.pages for one in readings) / sum(one.seconds for one in readings)
        scores = (f"{rows[family].f1:.3f}" for family in FAMILIES)
        lines.append([condition.name, f"{wrong:.2%}", f"{condition.limit:.1%}", *scores, f"{mean(rows):.3f}", f"{pace:.2f}"])
    parts.append(table(["drawn at", "letters wrong", "at most", *FAMILIES, "mean", "pages a second"], lines))
    parts.append("## By document\n\nLetters wrong, and the mean F1 of the facts.\n")
    names = [one.name.removesuffix(".pdf") for one in next(iter(found.values()))]
    cells = [[f"{one.wrong / one.letters:.2%}, {mean(one.facts):.3f}" for one in readings] for readings in found.values()]
    parts.append(table(["document", *(condition.name for condition in found)], [list(row) for row in zip(names, *cells, strict=True)]))
    return "\n".join(parts)


def main() -> None:
    """Read every document under every condition and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "corpus" / "formats" / "pdf")
    parser.add_argument("--page", type=Path, default=PAGE)
    parser.add_argument("--out", type=Path, default=ROOT / "outputs" / "scans")
    options = parser.parse_args()
    found: dict[Condition, list[Reading]] = {}
    for condition in CONDITIONS:
        out = options.out / condition.name.replace(" ", "-").replace(",", "")
        out.mkdir(parents=True, exist_ok=True)
        found[condition] = []
        for source in sorted(options.folder.glob("*.pdf")):
            one = reading(source, out / source.name, condition)
            found[condition].append(one)
            print(f"{condition.name}  {one.wrong / one.letters:7.2%}  F1 {mean(one.facts):.3f}  {source.name}", flush=True)
    options.page.write_text(page(found), encoding="utf-8")
    print(f"written: {options.page}")


if __name__ == "__main__":
    main()
