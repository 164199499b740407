"""Signatures: who signed a PDF digitally and when, as the certificates in the file say (only door of pyHanko).

Nothing is fetched, so revocation and trust are not judged; `intact` says only whether the signed bytes are unchanged.
"""

import io
import logging
from collections.abc import Iterator
from typing import Any

from schemas.plan import Signature

_MARK = b"/ByteRange"


def signatures_of(data: bytes) -> tuple[Signature, ...]:
    """The digital signatures of a PDF in file order; none where the file has none or they cannot be read."""
    if _MARK not in data:
        return ()
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    start = max(data.find(b"%PDF-", 0, 4096), 0)
    try:
        reader = PdfFileReader(io.BytesIO(data[start:]), strict=False)
        return tuple(_read(reader))
    except (PdfError, ValueError, KeyError, TypeError, AttributeError):
        return ()


def _read(reader: Any) -> Iterator[Signature]:
    for embedded in reader.embedded_signatures:
        subject = embedded.signer_cert.subject.native if embedded.signer_cert else {}
        signed_at = embedded.self_reported_timestamp
        page, box = _place(reader, embedded.sig_field)
        yield Signature(
            signer=_first(subject.get("common_name")),
            organization=_first(subject.get("organization_name")),
            unit=_first(subject.get("organizational_unit_name")),
            signed_at=signed_at.isoformat() if signed_at else None,
            intact=_intact(embedded),
            page=page,
            box=box,
        )


def _first(value: Any) -> str | None:
    """A name part of a certificate; some are given several times."""
    return str(value[0]) if isinstance(value, list) and value else str(value) if value else None


def _intact(embedded: Any) -> bool | None:
    """Whether the digest over the signed bytes is the one that was signed; None where it cannot be told."""
    try:
        embedded.compute_digest()
        signed = next(a for a in embedded.signer_info["signed_attrs"] if a["type"].native == "message_digest")
    except (StopIteration, ValueError, KeyError, TypeError, AttributeError, NotImplementedError):
        return None
    return bool(signed["values"][0].native == embedded.compute_digest())


def _place(reader: Any, field: Any) -> tuple[int | None, tuple[float, float, float, float] | None]:
    """Page (1-based) and box (`x0, top, x1, bottom` in points, origin top left) of the field's widget."""
    widget = field.get_object()
    if "/Kids" in widget:
        widget = widget["/Kids"][0].get_object()
    if "/Rect" not in widget:
        return None, None
    x0, y0, x1, y1 = (float(value) for value in widget["/Rect"])
    number = next((k for k in range(1, _page_count(reader) + 1) if _holds(reader, k - 1, widget)), None)
    if number is None or (x0, y0) == (x1, y1):
        return number, None
    height = float(_media_box(reader, number - 1)[3])
    return number, (round(min(x0, x1), 2), round(height - max(y0, y1), 2), round(max(x0, x1), 2), round(height - min(y0, y1), 2))


def _page_count(reader: Any) -> int:
    return int(reader.root["/Pages"]["/Count"])


def _media_box(reader: Any, index: int) -> Any:
    page = reader.find_page_for_modification(index)[0].get_object()
    while "/MediaBox" not in page and "/Parent" in page:
        page = page["/Parent"].get_object()
    return page["/MediaBox"]


def _holds(reader: Any, index: int, widget: Any) -> bool:
    page = reader.find_page_for_modification(index)[0].get_object()
    return any(annotation.get_object() is widget or annotation.get_object() == widget for annotation in page.get("/Annots", ()))
