"""Drawing: the pages of a plan's document as pictures, with the places of its facts on them.

Done apart from everything else, since a document may break the library that draws it: `python -m web.drawing` takes one order
as JSON. The pictures of `pages/<id>/` belong to `data/pages/<id>.js`, which names them and holds the boxes.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from PIL import Image

from pipeline.errors import UnreadableDocument
from pipeline.ingest.archive import member_bytes
from pipeline.ingest.page_pictures import page_pictures
from pipeline.inputs import Input
from pipeline.stages import get_on
from schemas.plan import Plan
from web.files import write_data
from web.marking import places_of
from web.sources import Sources

WIDTH = 950
"""Pixels across a page."""
MOST = 300
"""Pages of a document that are drawn."""
_QUALITY = 45
Box = tuple[float, float, float, float]


class Order(NamedTuple):
    """Order: which document to draw (its path, the way inside an archive) and where; `boxes` are page, box, family, fact."""

    plan: str
    name: str
    path: str
    inside: tuple[int, ...]
    out: str
    boxes: tuple[tuple[int, float, float, float, float, str, str], ...]


def order_of(plan: Plan, sources: Sources, out: Path) -> Order | None:
    """What to draw for a plan; None where it has no pages or its document is not found."""
    found = sources.find(plan.source) if has_pages(plan) else None
    return found and Order(plan.id, plan.source.name, str(found.path), found.inside, str(out), tuple(boxes_of(plan)))


def has_pages(plan: Plan) -> bool:
    """Whether facts of the plan have places on pages."""
    return any(place.boxes for _, _, place in places_of(plan))


def boxes_of(plan: Plan) -> Iterable[tuple[int, float, float, float, float, str, str]]:
    """Every place on a page that a fact rests on: page, left, top, right, bottom in points, family, fact."""
    return ((*box, family, fact) for family, fact, place in places_of(plan) if family != "header" for box in place.boxes)


def draw(order: Order) -> int:
    """Draw the pages and write `data/pages/<id>.js`; returns how many pages there are. What cannot be drawn is said there."""
    out = Path(order.out)
    by_page: dict[int, list[Box]] = defaultdict(list)
    for number, left, top, right, bottom, _, _ in order.boxes:
        by_page[number].append((left, top, right, bottom))
    folder = out / "pages" / order.plan
    folder.mkdir(parents=True, exist_ok=True)
    drawn: list[tuple[int, float, float]] = []
    why = ""
    try:
        item = Input(order.name, order.path, order.inside)
        data = member_bytes(item.path, item.inside, item.name)
        for page in page_pictures(data, item.name, wanted=range(1, MOST + 1), width=WIDTH):
            picture = upright(page.image, page.scale, by_page[page.number])
            picture.save(folder / f"{page.number}.webp", quality=_QUALITY, method=2)
            get_on()
            drawn.append((page.number, round(picture.width / page.scale, 2), round(picture.height / page.scale, 2)))
    except UnreadableDocument as error:
        why = error.message
    except OSError as error:
        why = f"{order.name}: {error.strerror or error}."
    write_pages(out, order.plan, drawn, order.boxes, why)
    return len(drawn)


def write_pages(out: Path, plan: str, drawn: Sequence[Any], boxes: Sequence[Any], why: str = "") -> None:
    """Write `data/pages/<id>.js`: the pages (number, width, height in points), the boxes on them, and why there are none."""
    write_data(out, f"pages/{plan}", {"pages": drawn, "boxes": boxes, "why": why})


def upright(picture: Image.Image, scale: float, boxes: Sequence[Box]) -> Image.Image:
    """The page turned as it was read: of the four ways, the one in which its words hold the most ink."""
    if not boxes:
        return picture
    grey = np.asarray(picture.convert("L"), dtype=np.float32)
    best = max(range(4), key=lambda quarters: (_ink(np.rot90(grey, quarters), scale, boxes), -quarters))
    turns = (None, Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270)
    return picture if not best else picture.transpose(turns[best])  # type: ignore[arg-type]


def _ink(grey: Any, scale: float, boxes: Sequence[Box]) -> float:
    """How dark the page is on average in the boxes; what lies beside the page is white."""
    dark = area = 0.0
    for left, top, right, bottom in boxes:
        x0, y0, x1, y1 = (max(0, round(side * scale)) for side in (left, top, right, bottom))
        dark += float((255.0 - grey[y0:y1, x0:x1]).sum())
        area += max(1, (x1 - x0) * (y1 - y0))
    return dark / area if area else 0.0


def _bound_memory() -> None:
    """Let a document that would take more than four gigabytes fail alone."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))


if __name__ == "__main__":
    _bound_memory()
    plan, name, path, inside, out, boxes = json.load(sys.stdin)
    draw(Order(plan, name, path, tuple(inside), out, tuple(tuple(box) for box in boxes)))
