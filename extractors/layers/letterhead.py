"""Letterhead: number, symbol, date line, issuing bodies and stamps of a document, as its first lines print them.

State style puts a slash before the type and a hyphen before the issuer (`87/KH-UBND`), Party style the reverse
(`45-KH/ĐU`); drafts leave number and date blank (Nghị định 30/2020/NĐ-CP, Điều 8; Hướng dẫn 36-HD/VPTW).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from extractors.layers.frame import type_end
from extractors.layers.lines import LETTERHEAD, PREAMBLE, TITLE, TYPE, Line, lines_of
from extractors.layers.marks import Doc, text_of
from extractors.layers.syllables import CAPITALS, fold

Span = tuple[int, int]


class Letterhead(NamedTuple):
    """Letterhead: what was printed, each with its span; `number` and `code` are None where left blank.

    `enacted` says that the document is a plan behind the decision that enacts it: number and date are the decision's.

    `bodies` are the issuing lines, joined to one string a body, superior bodies first.
    """

    doc_type: tuple[str, Span] | None = None
    number: str | None = None
    symbol: str | None = None
    number_span: Span | None = None
    place: str | None = None
    issued_on: str | None = None
    date_span: Span | None = None
    bodies: tuple[tuple[str, Span], ...] = ()
    secrecy: tuple[str, Span] | None = None
    urgency: tuple[str, Span] | None = None
    draft: bool = False
    national: bool = False
    party: bool = False
    enacted: bool = False

    @property
    def code(self) -> str | None:
        """Number and symbol as they are cited: `87/KH-UBND`, `45-KH/ĐU`."""
        if self.number is None or self.symbol is None:
            return None
        return f"{self.number}{'-' if self.party_style else '/'}{self.symbol}"

    @property
    def party_style(self) -> bool:
        """Whether the symbol is written type, slash, issuer."""
        return self.symbol is not None and "/" in self.symbol


_PART = r"[A-ZĐƯ][\wĐđƯư&.]*"
NUMBER = re.compile(
    rf"""
    S[ốỐỔỒôÔ]\s*+:?[\s.…_]*+                                        # Số:   Số   Số :
    (?P<number>\d{{1,5}}[a-zđ]?)?[\s.…_]*+                            # 87    30c   (blank)
    (?P<mark>[/–-])\s*
    (?P<symbol>{_PART}(?:\s?(?:[-–/])\s?{_PART})*)                   # KH-UBND   KH/ĐU   UBND-VX   KH-MTTQ-BTT
    """,
    re.VERBOSE,
)  # fmt: skip
_BLANK = r"[\s.…_/]*+"
DATE = re.compile(
    rf"""
    (?:(?P<place>[{CAPITALS}][^,;:\d\t]{{1,40}}?)\s*,\s*)?                # Lục Ngạn,
    [Nn]g[àa]y{_BLANK}(?P<day>\d{{1,2}})?{_BLANK}
    (?:tháng|th[áa]ng){_BLANK}(?P<month>\d{{1,2}})?{_BLANK}
    năm[\s.…_]*(?P<year>(?:19|20)\d{{2}})?
    """,
    re.VERBOSE,
)  # fmt: skip
_CUT_DATE = re.compile(r",\s*ngày[\s.…_\d]*(?:tháng[\s.…_\d]*)?$")
_STATE = re.compile(r"c[ộo]ng\s*h[òoõóà]*a?\s*x[ãa]\s*h[ộo]i|đ[ộo]c\s*l[ậaâ]p\s*[-–.\s]*\s*t[ựu]\s*do")
_PARTY = re.compile(r"^đảng cộng sản việt nam")
_UNION = re.compile(r"^đoàn (?:tncs|thanh niên cộng sản) hồ chí minh$")
_DRAFT = re.compile(r"\(?\s*dự thảo")
_SECRECY = {"mật": "Mật", "tối mật": "Tối mật", "tuyệt mật": "Tuyệt mật"}
_URGENCY = {"khẩn": "Khẩn", "thượng khẩn": "Thượng khẩn", "hỏa tốc": "Hỏa tốc"}
_SUMMARY = re.compile(r"V\s?/\s?v\b\s*:?\s*", re.IGNORECASE)
_ADDRESSED = re.compile(r"\s*Kính gửi", re.IGNORECASE)
_HEADS = re.compile(
    r"""(?:(?:huyện|tỉnh|thành|thị|quận|đảng)\s+(?:ủy|uỷ|bộ)\b|ubnd|hđnd|ủy\s+ban|uỷ\s+ban|hội|sở|phòng|ban\b|bộ|cục|chi|trung\s+tâm|trường|trạm|bệnh
    |công\s+an|đoàn|liên|văn\s+phòng|bảo\s+hiểm|đài|báo|bch|btv|btt|tổ|thanh\s+tra|tòa|viện|mặt|đại\s+học|học\s+viện|công\s+đoàn|tổng|khối
    |ngân\s+hàng|hạt|công\s+ty|kho\s+bạc|thư\s+viện|bảo\s+tàng|mttq|ttyt|quân|đảng)""",
    re.VERBOSE,
)
_INSTRUMENT = re.compile(r"\b(?:quyết định|nghị quyết|kế hoạch|chỉ thị|đề án)$")
_PAGE = re.compile(r"^(?:kế hoạch|chương trình|quyết định|thông báo)\b|cập nhật|\d{1,2}:\d\d|ngày đăng|lượt xem")
"""What a page of the web prints over the letterhead: the summary as its title, when it was put there."""
_RULES = re.compile(r"[*()\[\]:.]+")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_WORD = re.compile(r"\w")
_PREVENTION = re.compile(r"phòng(?:\s*,|\s+(?:chống|ngừa)\b)")
_BOARD = re.compile(rf"{fold('ban chỉ')}|hội đồng|văn phòng")
_UNIT = re.compile(r"(?:tỉnh|thành phố|tp\.?|thị xã|tx\.?|huyện|quận|xã|phường|thị trấn|đặc khu)\s+\S")


def letterhead_of(doc: Doc) -> Letterhead:
    """The letterhead of a document, read once."""
    if "letterhead" not in doc.user_data:
        doc.user_data["letterhead"] = _read(doc)
    letterhead: Letterhead = doc.user_data["letterhead"]
    return letterhead


def is_letter(doc: Doc) -> bool:
    """Whether the document is an official letter (công văn): `V/v` or `Kính gửi` and no type line."""
    return any(_SUMMARY.match(t) or _ADDRESSED.match(t) for t in _texts(doc, LETTERHEAD, PREAMBLE))


def summary_of_letter(doc: Doc) -> Span | None:
    """Where the summary behind `V/v` stands in an official letter."""
    for line in lines_of(doc):
        found = _SUMMARY.match(text_of(doc)[line.start : line.end]) if line.kind in {LETTERHEAD, PREAMBLE} else None
        if found:
            return line.start + found.end(), line.end
    return None


def _texts(doc: Doc, *kinds: str) -> list[str]:
    return [text_of(doc)[line.start : line.end] for line in lines_of(doc) if line.kind in kinds]


def _read(doc: Doc) -> Letterhead:
    text = text_of(doc)
    head = list(_first_page(lines_of(doc)))
    found: dict[str, object] = {}
    issuing: list[Line] = []
    for line in head:
        words = text[line.start : line.end]
        if _CUT_DATE.search(words) and line.number + 1 < len(head):
            words = text[line.start : head[line.number + 1].end].replace("\n", " ")
        if line.kind == TYPE:
            end = type_end(words)
            found["doc_type"] = (words[:end], (line.start, line.start + end))
        elif _names_instrument(text, issuing, words) or not (
            _stamp(words, line, found) or _number_and_date(words, line.start, found)
        ):
            issuing.append(line)
    enacted = next((line for line in lines_of(doc)[len(head) :] if line.kind == TYPE), None)
    if enacted:
        found["doc_type"], found["enacted"] = (text[enacted.start : enacted.end], (enacted.start, enacted.end)), True
    bodies = _bodies([(text[line.start : line.end], (line.start, line.end)) for line in issuing])
    return Letterhead(**found, bodies=bodies)  # type: ignore[arg-type]


def _first_page(lines: tuple[Line, ...]) -> Iterator[Line]:
    """The first document's letterhead down to its type line; a further document's is not its own."""
    for line in lines:
        if line.kind not in {LETTERHEAD, TYPE}:
            return
        yield line


def _names_instrument(text: str, issuing: list[Line], words: str) -> bool:
    """Whether a number is that of the instrument by which the issuing body was set up: `ĐOÀN KIỂM TRA THEO QUYẾT ĐỊNH | SỐ 12/QĐ-STC`."""
    above = fold(text[issuing[-1].start : issuing[-1].end]) if issuing else ""
    return words.startswith("SỐ ") and bool(NUMBER.match(words)) and _INSTRUMENT.search(above) is not None


def _stamp(words: str, line: Line, found: dict[str, object]) -> bool:
    """Take a line that is a heading, a stamp or a rule, and no issuing body."""
    key = fold(_RULES.sub(" ", words)).strip()
    span = (line.start, line.end)
    if key in _SECRECY:
        found.setdefault("secrecy", (_SECRECY[key], span))
    elif key in _URGENCY:
        found.setdefault("urgency", (_URGENCY[key], span))
    elif _PARTY.match(key) or _UNION.match(key):
        found["party"] = True
    elif _DRAFT.match(key):
        found["draft"] = True
    elif _STATE.search(key):
        found["national"] = True
        return not NUMBER.search(words) and not DATE.search(words)
    else:
        return not _LETTERS.search(words) or bool(_SUMMARY.match(words) or _ADDRESSED.match(words))
    return True


def _number_and_date(words: str, start: int, found: dict[str, object]) -> bool:
    number, date = NUMBER.search(words), DATE.search(words)
    if number and "symbol" not in found:
        found["number"] = number["number"]
        found["symbol"] = _symbol(number["symbol"])
        found["number_span"] = (start + number.start(), start + number.end())
    if date and "date_span" not in found:
        found["place"] = _place(date["place"])
        found["issued_on"] = edtf_date(date["day"], date["month"], date["year"])
        found["date_span"] = (start + date.start(), start + date.end())
    return bool(number or date)


def _symbol(printed: str) -> str:
    return re.sub(r"\s*([-–/])\s*", lambda m: "-" if m[1] == "–" else m[1], printed).rstrip(".")


def _place(printed: str | None) -> str | None:
    """The place of a date line: what stands behind the motto on a merged line is cut off."""
    if printed is None:
        return None
    words = re.split(r"h[ạa]nh ph[úu]c\s+|\s{3,}|\t", printed, flags=re.IGNORECASE)[-1].strip(" *_")
    return words or None


def edtf_date(day: str | None, month: str | None, year: str | None) -> str | None:
    """EDTF of a printed date whose parts may be blank.

    >>> edtf_date("03", "5", "2024"), edtf_date(None, "5", "2024"), edtf_date(None, None, "2024"), edtf_date("3", "5", None)
    ('2024-05-03', '2024-05-XX', '2024-XX-XX', None)
    """
    if year is None:
        return None
    return f"{year}-{int(month):02d}-{f'{int(day):02d}' if day else 'XX'}" if month else f"{year}-XX-XX"


def _bodies(lines: list[tuple[str, Span]]) -> tuple[tuple[str, Span], ...]:
    """Issuing lines to bodies: a line that begins with no head word goes on with the body above it."""
    bodies: list[tuple[str, Span]] = []
    for words, span in lines:
        words = re.sub(r"[\s*_]+$|^[\s*_]+", "", words)
        key = fold(words)
        if _PAGE.search(key) or (_PREVENTION.match(key) and not (bodies and _BOARD.match(fold(bodies[-1][0])))):
            continue
        committee = re.match(r"(?:huyện|tỉnh|thành|thị|quận) ủy", key) is not None
        starts = committee or (_HEADS.match(key) is not None and not _UNIT.match(key) and not _PREVENTION.match(key))
        if bodies and not starts:
            before, (first, _) = bodies[-1]
            bodies[-1] = (f"{before} {words}", (first, span[1]))
        elif starts or words == words.upper():
            bodies.append((words, span))
    return tuple(bodies)


_NOTE = re.compile(r"\(?\s*(?:ban hành\s+)?kèm theo|\(\s*dự thảo", re.IGNORECASE)


def title_span(doc: Doc) -> Span | None:
    """Where the summary (trích yếu) stands: the title lines down to a rule or a note in brackets; found once."""
    if "title span" not in doc.user_data:
        doc.user_data["title span"] = _title_span(doc)
    span: Span | None = doc.user_data["title span"]
    return span


def _title_span(doc: Doc) -> Span | None:
    text = text_of(doc)
    spans: list[Span] = []
    lines = lines_of(doc)
    type_line = max((line.number for line in lines if line.kind == TYPE), default=0)
    for line in (line for line in lines[type_line:] if line.kind in {TYPE, TITLE}):
        words = text[line.start : line.end]
        if line.kind == TYPE and not spans and (end := type_end(words)) < len(words):
            spans.append((line.start + end + 1, line.end))
        if line.kind != TITLE:
            continue
        if not _WORD.search(words) or (_NOTE.match(words) and spans):
            break
        if not _NOTE.match(words):
            spans.append((line.start, line.end))
    return (spans[0][0], spans[-1][1]) if spans else summary_of_letter(doc)
