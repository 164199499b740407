"""Samples: texts of plans to try rewrites, changes and noise on: the corpus, invented plans, and those beside the project."""

from pathlib import Path

from benchmarks.generated import sources
from corpus.text import render

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus" / "formats" / "txt"
BESIDE = ROOT.parent / "shared" / "plans"
FEW = (
    "khe-son_xa_phong-chong-thien-tai",
    "nam-linh_tinh_nong-thon-moi",
    "tan-khe_dang-uy_an-toan-giao-thong",
    "tan-khe_thcs_nam-hoc",
)
SEED = 2030


def texts(*, every: bool) -> dict[str, str]:
    """Texts by name: all plans at hand and 200 invented ones, or four of the corpus and four invented ones."""
    names = [path for path in sorted(CORPUS.glob("*.txt")) if every or path.stem in FEW]
    names += sorted(BESIDE.glob("*.txt")) if every and BESIDE.is_dir() else []
    found = {path.stem: path.read_text(encoding="utf-8") for path in names}
    return found | {source.slug: render(source) for source in sources(SEED, 200 if every else 4)}
