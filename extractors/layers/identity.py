"""Identity: what a document says of itself that its other facts lean on: whose it is, of which date, of which place."""

import re
from typing import NamedTuple

from extractors.layers.bodies import PLACE, canonical_body, kind_of, level_of, title_case
from extractors.layers.letterhead import DATE, Letterhead, Span, edtf_date, letterhead_of
from extractors.layers.lines import PREAMBLE, SIGNATURE, TITLE, lines_of
from extractors.layers.marks import Doc, text_of
from extractors.layers.own_place import place_of
from extractors.layers.syllables import fold


class Identity(NamedTuple):
    """Identity: the document's own issuer, date and place; what it does not say is None.

    `issued_on` is EDTF (`2024-XX-XX` where day and month are blank); `year` falls back on the newest date in the
    preamble, then `assumed_year` is true. `unit_type`, `unit_name` and `within` are the locality's (`xã`, `Hòa Phong`,
    `("thị xã Mỹ Hào",)`).
    """

    issued_on: str | None = None
    year: int | None = None
    assumed_year: bool = False
    issuer: str | None = None
    issuer_span: Span | None = None
    parent_issuer: str | None = None
    parent_span: Span | None = None
    level: str | None = None
    unit_type: str | None = None
    unit_name: str | None = None
    within: tuple[str, ...] = ()
    place_source: str | None = None
    date_span: Span | None = None


_COLLECTIVE = re.compile(r"ban (?:thường trực|thường vụ|chấp hành|giám hiệu|giám đốc|quản trị)$|bch$|btv$|btt$")
_ISSUES = re.compile(
    r"""(?P<issuer>(?:Ủy\ ban\ nhân\ dân|Uỷ\ ban\ nhân\ dân|UBND|HĐND|Hội\ đồng\ nhân\ dân|Sở|Phòng|Ban|Bộ|Đảng\ [uủ][yỷ]
    |Huyện\ [uủ][yỷ]|Tỉnh\ [uủ][yỷ]|Thành\ [uủ][yỷ]|Thị\ [uủ][yỷ]|(?<!nhà\ )[Tt]rường(?=\ (?:[Mm]ầm|[Tt]iểu|[Tt]rung|[Pp]hổ|[Cc]ao|[Đđ]ại|TH|MN|PT))
    |Trạm|Trung\ tâm|Hội|Đoàn|Ủy\ ban|Uỷ\ ban|Công\ an|Bệnh\ viện|Chi\ cục|Văn\ phòng
    |Liên\ đoàn|Công\ đoàn)\b[^;:.]{0,90}?)
    \s*,?\s+(?:ban\ hành|xây\ dựng|lập|đề\ ra|triển\ khai)\s+(?:và\s+\S+\s+\S+\s+)?(?:[Kk]ế\ hoạch|[Cc]hương\ trình|[Pp]hương\ án|[Đđ]ề\ án)""",
    re.VERBOSE,
)
_ATTACHED = re.compile(r"kèm theo\s+(?P<what>.*?)\)?\s*$", re.IGNORECASE)
_OF = re.compile(r"\bcủa\s+(?P<issuer>[^()]+?)\s*\)?\s*$")
_ASIDE = re.compile(r"\s*\([^()]*\)$")
_YEAR = re.compile(r"(?:/|năm\s+)(?P<year>20[0-4]\d|19\d\d)\b")
_GENERIC = re.compile(r"^(?P<head>UBND|HĐND)\s+(?P<type>tỉnh|thành phố|thị xã|huyện|quận|xã|phường|thị trấn|đặc khu)$", re.IGNORECASE)
_CITY_BODIES = frozenset({"department", "health_facility", "social_insurance", "police", "military"})


def identity_of(doc: Doc) -> Identity:
    """The document's identity, worked out once."""
    if "identity" not in doc.user_data:
        doc.user_data["identity"] = _identify(doc)
    identity: Identity = doc.user_data["identity"]
    return identity


def _identify(doc: Doc) -> Identity:
    head = letterhead_of(doc)
    issuer, span, parent, parent_span = _from_bodies(head)
    attached = _attached(doc)
    if issuer is None:
        issuer, span = _from_preamble(doc) or attached.get("issuer") or (None, None)
    unit_type, unit_name, within, source = place_of(doc, _printed(head, issuer))
    issued_on, date_span = (head.issued_on, head.date_span) if head.date_span else attached.get("date", (None, None))
    year, assumed = _year(doc, issued_on)
    return Identity(
        issued_on=issued_on, year=year, assumed_year=assumed,
        issuer=_completed(_as_written(doc, issuer), parent, unit_type, unit_name),
        issuer_span=span, parent_issuer=parent, parent_span=parent_span,
        level=(level_of(f"{unit_type} {unit_name}") if unit_type else None) or (level_of(issuer) if issuer else None),
        unit_type=unit_type, unit_name=unit_name, within=within, place_source=source, date_span=date_span,
    )  # fmt: skip


def _printed(head: Letterhead, issuer: str | None) -> str | None:
    """All issuing lines in one string, superior body first: what the place is read from."""
    return " ".join(words for words, _ in head.bodies) or issuer


def _from_bodies(head: Letterhead) -> tuple[str | None, Span | None, str | None, Span | None]:
    """The last body issues; `BAN THƯỜNG TRỰC` alone stands before the name of its organisation."""
    bodies = list(head.bodies)
    if not bodies:
        return None, None, None, None
    (last, span), above = bodies[-1], bodies[:-1]
    if above and _COLLECTIVE.match(fold(last)):
        whole = f"{canonical_body(last)} {canonical_body(above[-1][0])}"
        return whole, (above[-1][1][0], span[1]), None, None
    parent, parent_span = (canonical_body(above[-1][0]), above[-1][1]) if above else (None, None)
    return canonical_body(last), span, parent, parent_span


def _from_preamble(doc: Doc) -> tuple[str, Span] | None:
    text = text_of(doc)
    for line in lines_of(doc):
        if line.kind != PREAMBLE:
            continue
        for found in _ISSUES.finditer(text, line.start, line.end):
            words = re.split(r"[;,]\s|\bcủa\s", found["issuer"])[-1].strip()
            words = _ASIDE.sub("", words)
            if words.endswith(" về"):  # `của UBND tỉnh về ban hành Kế hoạch`: another instrument's
                continue
            start = line.start + text[line.start : found.end("issuer")].rfind(words)
            return canonical_body(words[0].upper() + words[1:]), (start, start + len(words))
    return _from_signature(doc)


def _from_signature(doc: Doc) -> tuple[str, Span] | None:
    for line in lines_of(doc):
        words = text_of(doc)[line.start : line.end]
        if line.kind == SIGNATURE and re.match(r"T/?M\.?\s", words):
            body = re.sub(r"^T/?M\.?\s*", "", words).strip()
            return canonical_body(body), (line.end - len(body), line.end)
    return None


def _attached(doc: Doc) -> dict[str, tuple[str, Span]]:
    """Issuer and date of the decision that an attached plan is issued with (`Ban hành kèm theo Quyết định số ...`)."""
    text, found = text_of(doc), {}
    for line in lines_of(doc):
        words = text[line.start : line.end]
        if line.kind != TITLE or not _ATTACHED.search(words):
            continue
        issuer, date = _OF.search(words), DATE.search(words) or re.search(r"ngày\s+(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})", words)
        if issuer:
            found["issuer"] = (canonical_body(issuer["issuer"]), (line.start + issuer.start("issuer"), line.start + issuer.end("issuer")))
        day = edtf_date(date["day"], date["month"], date["year"]) if date else None
        if date and day:
            found["date"] = (day, (line.start + date.start(), line.start + date.end()))
    return found


def _as_written(doc: Doc, issuer: str | None) -> str | None:
    """The capitals that the document's own sentences give the name, where it stands in them."""
    if issuer is None:
        return None
    text, small, name = text_of(doc), text_of(doc).lower(), issuer.lower()
    at = small.find(name)
    while at >= 0:
        written = text[at : at + len(name)]
        if written[:1].isupper() and not written.isupper() and written.lower() == name:
            return written
        at = small.find(name, at + 1)
    return issuer


def _completed(issuer: str | None, parent: str | None, unit_type: str | None, unit_name: str | None) -> str | None:
    """The issuer with its place: `UBND huyện` of Lục Ngạn, `Sở Y tế` under `UBND TỈNH KIÊN GIANG`."""
    if issuer is None:
        return None
    if unit_type and unit_name:
        generic = _GENERIC.match(issuer)
        if generic and fold(generic["type"]) == fold(unit_type):
            return f"{issuer} {unit_name}"
        if fold(issuer) in {"ubnd", "hđnd"}:
            return f"{issuer} {unit_type} {unit_name}"
    above = PLACE.search(parent) if parent else None
    if above and not PLACE.search(issuer) and kind_of(issuer) in _CITY_BODIES and fold(above["name"]) not in fold(issuer):
        return f"{issuer} {above['type'].lower()} {title_case(above['name'])}"
    return issuer


def _year(doc: Doc, issued_on: str | None) -> tuple[int | None, bool]:
    if issued_on:
        return int(issued_on[:4]), False
    text = text_of(doc)
    years = [int(m["year"]) for line in lines_of(doc) if line.kind in {PREAMBLE, TITLE} for m in _YEAR.finditer(text, line.start, line.end)]
    plausible = [year for year in years if year < 2100]
    return (max(plausible), True) if plausible else (None, False)
