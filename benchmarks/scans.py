"""Scans: PDF files drawn as pictures, as a scanner makes them, and what recognition makes of them.

    python -m benchmarks.scans [FOLDER] [--dots 300] [--rough] [--out FOLDER]

`--rough` turns each page by up to two degrees, adds noise and puts a red stamp over the signature. Letters wrong are counted
against the text of the digital file, outside tables, in words that recognition changed, lost or added.
"""

import argparse
import random
import resource
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter
from rapidfuzz.distance import Levenshtein

from pipeline.ingest import read
from pipeline.pages import Line, Pages
from pipeline.unwrap import unwrap

ROOT = Path(__file__).parent.parent


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


def main() -> None:
    """Print one line a document and the mean."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "corpus" / "formats" / "pdf")
    parser.add_argument("--dots", type=int, default=300, help="dots an inch (300)")
    parser.add_argument("--rough", action="store_true", help="skewed, noisy and stamped")
    parser.add_argument("--out", type=Path, default=ROOT / "outputs" / "scans")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    wrong = letters = pages = 0
    seconds = 0.0
    for source in sorted(options.folder.glob("*.pdf")):
        target = options.out / source.name
        count = scanned(source, target, dots=options.dots, rough=options.rough)
        start = time.perf_counter()
        got = prose(read(target))
        took = time.perf_counter() - start
        truth = prose(read(source))
        bad, size = letters_wrong(truth, got), len(" ".join(truth))
        wrong, letters, pages, seconds = wrong + bad, letters + size, pages + count, seconds + took
        print(f"{bad / size:7.2%}  {count:3} pages  {took / count:5.2f} s a page  {source.name}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{wrong / letters:7.2%}  {pages:3} pages  {seconds / pages:5.2f} s a page, peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
