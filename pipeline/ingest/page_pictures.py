"""Page pictures: the pages of a PDF or of a picture file as a person sees them, for showing evidence on them."""

import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import pypdfium2
from PIL import Image

from pipeline.errors import DamagedDocument
from pipeline.ingest import scan
from pipeline.ingest.formats import format_of
from pipeline.ingest.pdf import opened

_MOST_PIXELS = 6_000_000
_AT_ONCE = 32  # pages


@dataclass(frozen=True, slots=True)
class PagePicture:
    """PagePicture: page `number` (1-based) drawn; `scale` is pixels a point."""

    number: int
    image: Image.Image
    scale: float


def page_pictures(data: bytes, name: str, *, wanted: Collection[int], width: int) -> Iterator[PagePicture]:
    """The `wanted` pages, about `width` pixels wide; none where the format has no pages of its own.

    Raises `DamagedDocument` or `EncryptedDocument`.
    """
    kind = format_of(data, name).name
    if kind == "pdf":
        yield from _of_pdf(data, name, sorted(wanted), width)
    elif kind == "image":
        yield from _of_picture_file(data, name, wanted, width)


def _of_pdf(data: bytes, name: str, wanted: list[int], width: int) -> Iterator[PagePicture]:
    for start in range(0, len(wanted), _AT_ONCE):  # opened anew now and then, since PDFium keeps what it has drawn
        document = opened(data, name)
        try:
            for number in wanted[start : start + _AT_ONCE]:
                if number > len(document):
                    return
                page = document[number - 1]
                scale = _scale(page.get_width(), page.get_height(), width)
                yield PagePicture(number, page.render(scale=scale).to_pil().convert("RGB"), scale)
                page.close()
        except pypdfium2.PdfiumError as error:
            raise DamagedDocument(f"{name}: a page cannot be drawn ({error}).", remedy="Open it and print it to a new PDF.") from error
        finally:
            document.close()


def _of_picture_file(data: bytes, name: str, wanted: Collection[int], width: int) -> Iterator[PagePicture]:
    try:
        with Image.open(io.BytesIO(data)) as image:
            for page in scan.pages_of(image):
                if page.number in wanted:
                    broad, high = page.image.width / page.scale, page.image.height / page.scale
                    scale = min(page.scale, _scale(broad, high, width))
                    size = max(1, round(broad * scale)), max(1, round(high * scale))
                    yield PagePicture(page.number, page.image.convert("RGB").resize(size, reducing_gap=2.0), scale)
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as error:
        raise DamagedDocument(f"{name}: the picture is damaged ({error}).", remedy="Scan the page again.") from error


def _scale(width: float, height: float, wanted: int) -> float:
    """Pixels a point: `wanted` pixels across the shorter side, and never too many in all."""
    width, height = max(width, 1.0), max(height, 1.0)
    return float(min(wanted / min(width, height), (_MOST_PIXELS / (width * height)) ** 0.5))
