"""Scans: picture files of pages, PNG, JPEG, TIFF with many pages, BMP and GIF, recognised page by page."""

import io
from collections.abc import Iterator

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from pipeline.errors import DamagedDocument, NoTextLayer, TooLargeDocument, UnsupportedDocument
from pipeline.ingest import recognition
from pipeline.ingest.lost_tones import with_tones
from pipeline.ingest.page_blocks import joined, recognised_blocks
from pipeline.ingest.printed_forms import with_printed_forms
from pipeline.ingest.recognised import DOTS, MOST_PIXELS, Picture, sheets_of
from pipeline.pages import Pages

MAX_PAGES = 3000
_ORIENTATION = 0x0112  # the tag by which a camera says how it was held
_PAGE_HEIGHT = 842.0  # points of an A4 page, for pictures that do not say how large they are
_MOST_PIXELS = 600_000_000  # A0 at 600 dots an inch has 560 million


def read(data: bytes, name: str) -> Pages:
    """Read a picture file; raises `NoTextLayer` where nothing is recognised on it."""
    Image.MAX_IMAGE_PIXELS = None  # its warning is no error; our own limit is below
    try:
        with Image.open(io.BytesIO(data)) as image:
            media_type = Image.MIME.get(image.format or "", "image/x-unknown")
            _check_size(image, name)
            sheets = sheets_of(pages_of(image))
            pages = [recognised_blocks(sheet, recognition.version()) for sheet in sheets]
    except UnsupportedDocument as error:
        raise UnsupportedDocument(f"{name}: {error.message}", remedy=error.remedy) from error
    except UnidentifiedImageError as error:  # its own words have an address of memory in them, which is never the same
        raise DamagedDocument(f"{name}: the picture is of no known kind, or damaged.", remedy="Scan the page again.") from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise DamagedDocument(f"{name}: the picture is damaged ({error}).", remedy="Scan the page again.") from error
    if not any(page.text.strip() for page in pages):
        raise NoTextLayer(f"{name}: no letters are recognised in the picture.", remedy="Scan the page again, larger and sharper.")
    return joined(with_printed_forms(with_tones(pages)), media_type, "")


def _check_size(image: Image.Image, name: str) -> None:
    if image.width * image.height > _MOST_PIXELS:
        raise TooLargeDocument(f"{name}: {image.width} x {image.height} pixels.", remedy="Scan it at a lower resolution.")
    if getattr(image, "n_frames", 1) > MAX_PAGES:
        raise TooLargeDocument(f"{name}: over {MAX_PAGES} pages.", remedy="Split the document.")


def pages_of(image: Image.Image) -> Iterator[Picture]:
    """The pages of a picture file, the way up that the camera says, at most as fine as recognition wants them."""
    for number, frame in enumerate(ImageSequence.Iterator(image), 1):
        page = ImageOps.exif_transpose(frame) if frame.getexif().get(_ORIENTATION, 1) != 1 else frame
        scale = page.height / _height(page)
        wanted = min(scale, DOTS / 72, (MOST_PIXELS / max(page.width * page.height, 1)) ** 0.5 * scale)
        if page.mode not in ("1", "L"):
            page = page.convert("RGB")
        if wanted < scale:
            page = page.convert("L" if page.mode == "1" else page.mode)
            size = (round(page.width * wanted / scale), round(page.height * wanted / scale))
            page = page.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
        yield Picture(number, page, wanted)


def _height(page: Image.Image) -> float:
    """The height of a page in points, by its resolution where that makes sense."""
    dots = float(page.info.get("dpi", (0, 0))[1] or 0)
    height = page.height / dots * 72 if dots >= 60 else 0.0
    if 300 < height < 3500:
        return height
    return _PAGE_HEIGHT if page.height >= page.width else _PAGE_HEIGHT * page.height / page.width
