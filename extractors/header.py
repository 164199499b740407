"""Header: what the first and last pages say of the document itself."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import dropwhile, takewhile

from extractors.layers.bodies import kind_of, level_of
from extractors.layers.frame import POST, type_names
from extractors.layers.identity import identity_of
from extractors.layers.letterhead import Letterhead, Span, is_letter, letterhead_of, title_span
from extractors.layers.lines import FORM, HEADING, LETTERHEAD, RECIPIENTS, ROW, SIGNATURE, Line, lines_of
from extractors.layers.marks import Doc, cite, text_of
from extractors.layers.syllables import CAPITALS, fold
from extractors.vocabulary import rows
from schemas.facts import Evidence, Level, Organization
from schemas.plan import Header, Signer

_MARK = re.compile(r"(?:(?:T\s?/?\s?M|K\s?/?\s?T|T\s?/?\s?L|T\s?/?\s?U\s?Q|Q)\s?[./:]|[TK]/[MTL](?=\s))\s*", re.IGNORECASE)
_TAIL, _ANEW = frozenset({RECIPIENTS, SIGNATURE}), frozenset({HEADING, FORM, ROW, LETTERHEAD})
_HEAD_OF_RECIPIENTS = re.compile(r"^\W*nơi nhận\s*:?[\s/]*", re.IGNORECASE)
_NEXT_RECIPIENT = re.compile(r"[;.]\s*(?=[-–+]\s*\S)")
_NEXT_MARK = re.compile(r"(?<=\S)\s+(?=(?:KT|TL|TUQ)\s?\.|PHÓ\s)")
_SIGNS = re.compile(r"(?!\[\d)(?s:.)*?\w{2}")
_WORD = re.compile(r"\w")
_DASH = re.compile(r"^\s*[-–+•*]\s*")
_SIGNED = re.compile(r"\(?\s*(?:đã ký|ký tên|ký, )", re.IGNORECASE)
_NAME = re.compile(
    rf"(?:(?:TS|ThS|BS|PGS|GS|CN|KS|NGƯT|Đ/c)[.,]?\s*(?:CK\s?I{{1,2}}\.?\s*)?|(?:Đại|Thượng|Trung|Thiếu)\s(?:tá|tướng|úy)\s+)*"
    rf"[{CAPITALS}][\wÀ-ỹ]*(?:\s+[{CAPITALS}][\wÀ-ỹ]*){{1,5}}\s*$"
)


def extract(doc: Doc) -> Header:
    """The header of a plan; blank and missing parts are null."""
    head, identity = letterhead_of(doc), identity_of(doc)
    if head.enacted:
        head = head._replace(number=None, symbol=None, number_span=None)
    signer, signer_spans = _signer(doc)
    recipients, recipients_span = _recipients(doc)
    title, evidence = title_span(doc), {}
    spans: dict[str, Span | None] = {
        "doc_type": head.doc_type[1] if head.doc_type else None, "code": head.number_span, "issued_on": identity.date_span,
        "issuer": identity.issuer_span, "parent_issuer": identity.parent_span, "title": title, "recipients": recipients_span,
        "secrecy": head.secrecy[1] if head.secrecy else None, "urgency": head.urgency[1] if head.urgency else None, **signer_spans,
    }  # fmt: skip
    evidence = {field: cite(doc, *span) for field, span in spans.items() if span}
    return Header(
        doc_type=_doc_type(doc, head), number=int(re.sub(r"\D", "", head.number)) if head.number else None,
        symbol=head.symbol, code=head.code, issuer=_body(identity.issuer, evidence.get("issuer")),
        parent_issuer=_body(identity.parent_issuer, evidence.get("parent_issuer")), place=head.place, issued_on=identity.issued_on,
        title=_title(doc, title), signer=signer, recipients=recipients, evidence=evidence,
        urgency=head.urgency[0] if head.urgency else None, secrecy=head.secrecy[0] if head.secrecy else None,
    )  # fmt: skip


def _title(doc: Doc, span: Span | None) -> str | None:
    return re.sub(r"[\s*_]+", " ", text_of(doc)[span[0] : span[1]]).strip() if span else None


def _body(name: str | None, evidence: Evidence | None) -> Organization | None:
    if name is None:
        return None
    level: Level | None = level_of(name)
    return Organization(name=name, surface=evidence.quote if evidence else name, kind=kind_of(name), level=level)


def _doc_type(doc: Doc, head: Letterhead) -> str | None:
    """Abbreviation of the type line; else of the symbol; an official letter is CV."""
    if head.doc_type:
        key = fold(re.sub(r"[^\w\s,]+", " ", head.doc_type[0]))
        key = key.removeprefix("dự thảo ").split(",")[0].strip()
        return _abbreviations().get(_squeezed().get(key.replace(" ", ""), key))
    if is_letter(doc):
        return "CV"
    symbol = re.split(r"[-/]", head.symbol)[0] if head.symbol else ""
    return symbol if symbol in _abbreviations().values() else None


@cache
def _abbreviations() -> dict[str, str]:
    """Abbreviations of document types by the keys of their names."""
    return {fold(row["name"]): row["abbr"] for row in reversed(rows("doc_types")) if row["abbr"]}


@cache
def _squeezed() -> dict[str, str]:
    """Names of document types by their keys without blanks: letters of a type line are often spaced."""
    return {name.replace(" ", ""): name for name in type_names()}


def _signer(doc: Doc) -> tuple[Signer | None, dict[str, Span]]:
    """Marks stack: TM. names the body, KT. the post signed for; the post behind KT. is the signer's own."""
    found: dict[str, str] = {}
    spans: dict[str, Span] = {}
    for words, span in _signature_lines(doc):
        field = _signature_field(words, found)
        if field:
            found.setdefault(field, words)
            spans.setdefault(f"signer.{field}", span)
    return (Signer(**found), spans) if found else (None, {})


def _signature_field(words: str, found: dict[str, str]) -> str | None:
    """Which part of the signature a line is; name and post are told by their form, since columns may come in any order."""
    mark = _MARK.match(words)
    if mark:
        return "on_behalf_of" if mark[0].upper().startswith("T") and "M" in mark[0].upper()[:3] else "capacity"
    if _SIGNED.match(words):
        return None
    if POST.match(words.upper()):
        return "position" if "position" not in found else None
    if _NAME.match(words) and (words != words.upper() or "position" in found):
        return "name" if "name" not in found else None
    return "position" if "position" not in found else None


def _tail(doc: Doc) -> Sequence[Line]:
    """The lines of signature and recipients before any annex or further document, whose own are not the plan's."""
    behind = dropwhile(lambda line: line.kind not in _TAIL, lines_of(doc))
    return [line for line in takewhile(lambda line: line.kind not in _ANEW, behind) if line.kind in _TAIL]


def _signature_lines(doc: Doc) -> Iterator[tuple[str, Span]]:
    """Lines of the first signature block; a line that holds a mark and the post behind it is two."""
    text = text_of(doc)
    for line in _tail(doc):
        if line.kind != SIGNATURE:
            continue
        start = line.start
        for part in _NEXT_MARK.split(text[line.start : line.end]):
            at = text.index(part, start)
            bare = part.strip(" *_\t")
            if _SIGNS.match(bare):
                yield " ".join(bare.split()), (at, at + len(part))
            start = at + len(part)


def _recipients(doc: Doc) -> tuple[tuple[str, ...], Span | None]:
    """The items under Nơi nhận, wrapped lines joined, without dash and closing punctuation."""
    text, items = text_of(doc), list[str]()
    lines = [line for line in _tail(doc) if line.kind == RECIPIENTS]
    for line in lines:
        words = _HEAD_OF_RECIPIENTS.sub("", text[line.start : line.end])
        parts = _NEXT_RECIPIENT.split(words)
        for k, part in enumerate(parts):
            bare = _DASH.sub("", part).strip()
            goes_on = k == 0 and items and not _DASH.match(part) and not items[-1].endswith((";", ".")) and not fold(bare).startswith(("lưu", "như"))
            if goes_on and bare:
                items[-1] = f"{items[-1]} {bare}"
            elif bare and _WORD.search(bare):
                items.append(bare + (";" if k < len(parts) - 1 else ""))
    span = (lines[0].start, lines[-1].end) if lines else None
    return tuple(item.rstrip(" ;.,/") for item in items), span
