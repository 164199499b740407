"""Assemble: a marked `Doc` to a `Plan`. The registry is the schema: a list field of `Plan` is filled by the extractor of its name."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from extractors import diagnostics, header, links, locality, period, unclaimed
from extractors.layers.marks import Doc
from pipeline.stages import get_on
from schemas.facts import Diagnostic
from schemas.plan import Plan, Signature, Source

FAMILIES = ("outline", "references", "goals", "targets", "deadlines", "responsibilities", "tasks", "tables")
ID_DIGITS = 16
_NOTES = {
    "no_text_layer": "Có trang chỉ là ảnh, không đọc được chữ; cần nhận dạng (OCR).",
    "low_ocr_confidence": "Chữ nhận dạng (OCR) có độ tin cậy thấp; cần đối chiếu bản gốc.",
    "legacy_encoding": "Văn bản dùng bảng mã cũ, đã chuyển sang Unicode.",
    "damaged": "Tệp hỏng một phần; phần đọc được đã trích xuất.",
    "unread_number": "Số văn bản viết tay hoặc mờ, không đọc được chắc chắn; xem bản gốc.",
    "unread_date": "Ngày văn bản viết tay hoặc mờ, không đọc được chắc chắn; xem bản gốc.",
    "truncated": "Văn bản bị cắt cụt.",
}
_EXTRACTORS = {family: import_module(f"extractors.{family}") for family in FAMILIES}


def assemble(doc: Doc, source: Source, *, notes: tuple[str, ...] = (), signatures: tuple[Signature, ...] = ()) -> Plan:
    """Everything the extractors find in a document, linked, with what nothing claims and what a reader would object to.

    `notes` are the reader's own diagnostics, by code; `signatures` go into the header as they are.
    """
    facts: dict[str, Any] = {family: _facts(family, doc) for family in _EXTRACTORS}
    plan = Plan(
        id=source.sha256[:ID_DIGITS],
        source=source,
        header=header.extract(doc).model_copy(update={"signatures": signatures}),
        locality=locality.extract(doc),
        period=period.extract(doc),
        **links.connect(doc, facts),
    )
    noted = tuple(_noted(notes))
    plan = plan.model_copy(update={"unclaimed": tuple(unclaimed.extract(doc, plan)), "diagnostics": noted})
    return plan.model_copy(update={"diagnostics": (*noted, *diagnostics.extract(doc, plan))})


def _facts(family: str, doc: Doc) -> tuple[Any, ...]:
    found = tuple(_EXTRACTORS[family].extract(doc))
    get_on()
    return found


def _noted(notes: tuple[str, ...]) -> Iterator[Diagnostic]:
    """What only the reader could know, said once each about the document as a whole."""
    for code in dict.fromkeys(notes):
        yield Diagnostic(code=code, severity="warning", message=_NOTES.get(code, code), evidence=None)
