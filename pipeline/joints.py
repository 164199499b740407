"""Joints: whether a printed line goes on in the next one, judged by its words and by the margins of its document.

An upper-case first letter is no evidence of a new paragraph, nor is a digit; a line after which the next word would still
have fitted is. Widths are points where the source has geometry, else characters; the rules are the same.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

_UPPER = "A-ZĐÀ-ÖØ-ÝĂĨŨƠƯẠ-Ỹ"
_BULLET = re.compile(r"[-–—•●○◦▪■□◆►➢➤❖✓*+·]\s*(?=\S)")
_NUMBERED = re.compile(
    r"""
    (?: (?=[IVXL])X{0,3}(?:IX|IV|V?I{0,3}) (?:[.):]|/(?!\d)|\s?-) \s*     # II. MỤC TIÊU, I- MỤC ĐÍCH
      | \d{1,2}(?:\.\d{1,2}){1,4}(?:[.)]|\s?[-–])? \s+               # 2.3.1. Giai đoạn, 1.1 Mục đích, 6.1- Lãnh đạo
      | \d{1,2}\.(?=[^\W\d_]) | \d{1,2}[.)/] \s+ | \d{1,2}\s?-\s+(?=[^\W\d_])   # 1. Mục đích, 1/ Mục đích
      | [a-zđ]{1,2}\) \s* | [a-zđ]\. \s+                           # a) Về y tế, b. Về văn hóa
      | \((?:\d{1,2}|[a-zđ])\) \s+                                  # (1) Hội nghị, (a) Công an huyện
      | [A-ZĐ]\. \s+                                               # A. PHẦN CHUNG
      | (?:Điều|Chương|Mục|Phần|Phụ\slục|PHỤ\sLỤC|CHƯƠNG|PHẦN)\s(?:\d{1,2}|[IVXL]+)(?:[.:]|$)  # Điều 5.
    )
    """,
    re.VERBOSE,
)
_LABEL = re.compile(
    r"(?:Thời gian|Thời hạn|Địa điểm|Thành phần|Số lượng|Đơn vị|Cơ quan|Kinh phí|Nguồn kinh phí|Sản phẩm|Chủ trì|Phối hợp|"
    r"Đối tượng|Nội dung|Hình thức|Phương thức|Kết quả|Tiến độ|Mục đích|Yêu cầu)[^,.;:]{0,40}:"
)
_ALONE = re.compile(
    r"""
    CỘNG\sH(?:ÒA|OÀ)\sXÃ\sHỘI | ĐẢNG\sCỘNG\sSẢN\sVIỆT\sNAM$ | Độc\slập\s?[-–] | S(?:ố|Ố)\s?: | S(?:ố|Ố)\s++[.…\d]*+\s*+-\s?KH/
    | [^.;:]{2,40},\s*ngày\b.{0,12}\btháng\b.{0,12}\bnăm\b\s*[\d.…]*$        # Lục Ngạn, ngày tháng năm 2024
    | (?:N|n)ơi\snhận\s*:? | (?:TM|T/M|KT|K/T|TL|T/L|TUQ|Q)\.?\s+[A-ZĐƯƠĂÂÊÔÁÀẢÃẠỦỶỐỘ]{2} | Kính\sgửi | \*$
    | KẾ\sHOẠCH$ | PHỤ\sLỤC | \((?:Kèm|Ban\shành)\s
    """,
    re.VERBOSE,
)
_INSTRUMENT = r"(?:Luật|Nghị|Quyết|Chỉ thị|Kế hoạch|Công văn|Chương trình|Kết luận|Thông tư|Hướng dẫn|Đề án)"
_STARTS = re.compile(rf"Căn cứ\s|Xét\s|Theo đề nghị|Trên đây là|Nơi nhận|(?:Thực hiện|Triển khai)\s(?:thực hiện\s)?{_INSTRUMENT}\s")
_YEAR_CUT_OFF = re.compile(r"\bnăm\n(?:19|20)\d\d\b")
_TAKES_ON = re.compile(  # a line cannot end here: what these words govern stands in the next one
    r"""
    ,$ | \s[-–]$
    | (?:^|\s)(?:của|về|về\sviệc|và|với|cho|các|những|bởi|là)$
    | (?<!hằng)(?<!hàng)(?<!mỗi)(?<!trong)(?<!\d)\sngày$ | \bngày\s\d{1,2}\stháng$ | (?:tháng\s\d{1,2}|đến|từ)\snăm$
    | (?:hoạch|định|quyết|thị|luận|tư|trình|báo|văn|án|dẫn)\ssố$             # Kế hoạch số; but: chuyển đổi số
    | (?:trưởng|của|và)\s(?:Bộ|Sở|Ban|Phòng)$
    | (?<![Tt]ồn)(?<![Hh]iện)\stại$ | (?<!kèm)(?<!tiếp)\stheo$
    """,
    re.VERBOSE,
)
_LONGEST_TAKING_ON = 40
_PLACE = re.compile(r"(?:^|\s)(?:tỉnh|huyện|quận|xã|phường|thị|thị trấn|thị xã|thành phố)$", re.IGNORECASE)
_NAMELESS = re.compile(r"(?:TỈNH|HUYỆN|QUẬN|XÃ|PHƯỜNG|THỊ TRẤN|THỊ XÃ|THÀNH PHỐ|VÀ|CỦA|,|-)$")
_ONE_WORD = re.compile(r"(?!MẬT|KHẨN)[^\W\d_]{3,}")
_CLOSES = re.compile(r"Yêu cầu |Đề nghị |Trong quá trình |Quá trình |Trên đây |Giao ")  # paragraphs after a list
_RECIPIENTS = re.compile(r"(?:N|n)ơi\snhận\s*:?")
_CITES = re.compile(r"(?:Điều|khoản|điểm|[Mm]ục|số|ngày|tháng|Chương|Phụ lục|học kỳ|quý|lần thứ|và|,)$")
_JOINED = re.compile(
    r"(?:Tài chính|Văn hóa|Kinh tế|Kế hoạch|Lao động|Kế toán)\n[-–]\s?(?:Kế hoạch|Xã hội|Thông tin|Tài chính|Thương binh|Kế toán|Hạ tầng)\b"
)
"""Names of offices cut at their dash: `Phòng Tài chính` / `- Kế hoạch`."""
_NAME_PART = re.compile(r"[^\W\d_]{1,7}")
_DATED = re.compile(rf"[{_UPPER}][^,;:.\d]{{1,30}},(?:\s*ngày\b|$)")
_CUT = re.compile(
    r"(?:^CỘNG\nHÒA|^(?:ỦY|UỶ)\nBAN NHÂN|^Số:\n[\d/]|XÃ HỘI\nCHỦ NGHĨA|BAN NHÂN\nDÂN"
    r"|, ngày\n\d{1,2} tháng |(?:ỦY|UỶ) BAN\nNHÂN DÂN|HỘI ĐỒNG\nNHÂN DÂN|ĐỒNG NHÂN\nDÂN|MẶT TRẬN\nTỔ QUỐC|TỔ\nQUỐC VIỆT|VIỆT\nNAM)"
)
"""What a narrow cell cut: fixed names in capitals (`TM. ỦY BAN NHÂN` / `DÂN`), a date behind `ngày`."""
_NUMBER_ALONE = re.compile(r"(?:[IVX]+|\d{1,2})[.)/]")
_HEAD_OF_NAME = re.compile(r"(?:Sở|Phòng|Ban|Bộ|Cục|Chi cục|Hội|Trung tâm|Ủy ban|Uỷ ban|Văn phòng)")
_PLACE_BEGINS = re.compile(r"(?:Thành phố|TP\.?|Thị xã|Thị trấn|Huyện|Quận|Xã|Phường)(?: [^\W\d_]+){0,3}")
_ENDS = (".", ";", ":", "!", "?", "…")


@dataclass(slots=True)
class Printed:
    """Printed: one line with what its margins say; `gap` is the blank before it, `word` the width of its first word."""

    text: str
    left: float
    right: float
    word: float
    gap: float = 0.0
    page: int | None = None
    centred: bool | None = None
    geometric: bool = False
    item: bool = False
    """Whether the paragraph that the line belongs to began with a bullet; known once it has been joined."""
    marker: bool = field(init=False)
    lower: bool = field(init=False)
    ends: bool = field(init=False)
    caps: bool = field(init=False)

    def __post_init__(self) -> None:
        """Look at the words once."""
        text = self.text
        self.item = bool(_BULLET.match(text))
        self.marker = self.item or bool(_NUMBERED.match(text))
        self.lower = text[:1].islower() or text[:1] in "(,;)”"
        self.ends = text.rstrip("”\")").endswith(_ENDS)
        self.caps = text.isupper() and len(text) > 7 and " " in text and text[-1] not in ".;"


class Margins:
    """Margins: how wide the document's lines are and how far apart; how new paragraphs are shown.

    `indented`: by an indent of their first line; `parted`: by more blank before them; `spaced`: by a blank line, all of them, as
    in text saved from a page of the web; `itemised`: most by a marker.
    """

    def __init__(self, lines: list[Printed]) -> None:
        """Learn from pairs of which the second line surely goes on with the first."""
        end = next((index for index, line in enumerate(lines) if _RECIPIENTS.match(line.text)), len(lines))
        pairs = list(pairwise(lines[:end]))
        sure = [(a, b) for a, b in pairs if b.lower and not a.ends and not b.marker and not a.caps]
        self._unit = 8.0 if lines and lines[0].geometric else 2.0
        self._rights = _page_rights(lines)
        self._justified = self._is_justified(sure)
        self._reach = self._usual_reach(lines, sure)
        geometric = bool(lines) and lines[0].geometric
        self._gap = _usual([b.gap for _, b in sure], float("inf") if geometric else 0.0)
        self._left = _usual([b.left for _, b in sure], 0.0)
        new = [b for a, b in pairs if a.ends and self.short(a, b) and not b.centred and not b.caps]
        self.indented = self._first_lines_are_indented(new, sure)
        self.parted = len(new) > 4 and sum(map(self.apart, new)) >= 0.8 * len(new)
        self.spaced = not geometric and self.parted and self._always_apart(pairs, sure)
        self.itemised = len(new) > 9 and sum(b.marker for b in new) >= 0.9 * len(new)

    def _usual_reach(self, lines: list[Printed], sure: list[tuple[Printed, Printed]]) -> float:
        """How far a full line and the word that no longer fitted reach beyond the right margin, at least."""
        widths = sorted(line.right for line in lines)
        usual = widths[int(len(widths) * 0.95)] if widths else 0
        geometric = bool(lines) and lines[0].geometric
        if not geometric and (usual > 130 or len(sure) * 100 <= len(lines)):
            return float("inf")
        reaches = sorted(self._beyond(a, b) for a, b in sure if a.right > 0.6 * self._rights.get(a.page, 0))
        floor = (-0.03 if geometric else -0.12) * usual
        return min(1.0, max(floor, reaches[len(reaches) // 20])) if len(reaches) >= 5 else floor

    def _is_justified(self, sure: list[tuple[Printed, Printed]]) -> bool:
        """Whether full lines end exactly at the right margin."""
        flush = [a for a, _ in sure if a.geometric and a.right > self._rights[a.page] - 4]
        return len(sure) > 2 and len(flush) >= 0.6 * len(sure)

    def _beyond(self, a: Printed, b: Printed) -> float:
        return a.right + b.word - self._rights[a.page]

    def _first_lines_are_indented(self, new: list[Printed], sure: list[tuple[Printed, Printed]]) -> bool:
        inner = [b for a, b in sure if not self.hangs(a, b)]
        if len(inner) < 3 or sum(map(self.starts_right, inner)) > 0.1 * len(inner):
            return False
        plain = [b for b in new if not b.marker]
        return any(len(firsts) > 3 and sum(map(self.starts_right, firsts)) >= 0.7 * len(firsts) for firsts in (new, plain))

    def _always_apart(self, pairs: list[tuple[Printed, Printed]], sure: list[tuple[Printed, Printed]]) -> bool:
        """Whether a blank line stands before what begins with a marker and nearly never inside of a paragraph."""
        marked = [b for _, b in pairs if b.marker]
        parted = sum(map(self.apart, marked)) >= 0.9 * len(marked)
        return len(sure) > 4 and parted and sum(self.apart(b) for _, b in sure) <= 0.02 * len(sure)

    def starts_right(self, line: Printed) -> bool:
        """Whether the line starts to the right of where going-on lines start."""
        return line.left >= self._left + self._unit

    def hangs(self, a: Printed, b: Printed) -> bool:
        """Whether `b` only starts to the right because it hangs under the words of a list item."""
        item = a.marker and b.left > a.left + 0.5 * self._unit
        return item or (a.lower and not a.marker and abs(b.left - a.left) < 0.5 * self._unit)

    def short(self, a: Printed, b: Printed) -> bool:
        """Whether the first word of `b` would have fitted in the line of `a`."""
        if self._justified and not a.centred:
            return a.right < self._rights[a.page] - 6
        return self._beyond(a, b) < self._reach - 0.03 * self._rights[a.page]

    def apart(self, b: Printed) -> bool:
        """Whether there is more blank before `b` than between lines of one paragraph."""
        return b.gap > self._gap * 1.15 if b.geometric else b.gap > self._gap


def goes_on(a: Printed, b: Printed, margins: Margins) -> bool:
    """Whether `b` belongs to the paragraph of `a`, in running text.

    >>> lines = [Printed(text, 0, len(text), 3) for text in ("ngày 25/10/2023 của", "Ban Bí thư về việc", "củng cố.")]
    >>> [goes_on(a, b, Margins(lines)) for a, b in zip(lines, lines[1:])]
    [True, True]
    """
    if _YEAR_CUT_OFF.search(f"{a.text[-4:]}\n{b.text[:5]}"):
        return True
    if _ALONE.match(a.text) or _ALONE.match(b.text) or a.text.endswith("./.") or _LABEL.match(b.text):
        return False
    if not a.ends and _ends_bracket(a.text, b.text):
        return True
    if _number_wants_words(a, b):
        return True
    short = margins.short(a, b)
    if b.marker:
        return not short and not a.ends and _splits_a_phrase(a.text, b.text)
    if margins.spaced and not margins.apart(b):
        return True
    if _STARTS.match(b.text):
        return False
    if a.caps or b.caps:
        return a.caps and b.caps and not short and not margins.apart(b)
    if margins.apart(b) or short:
        return not a.ends and (b.lower or _takes_on(a.text))
    if margins.indented:
        return not margins.starts_right(b) or margins.hangs(a, b)
    if not a.ends or b.lower or margins.parted or (a.text[-1] == ";" and b.text[0].isdigit()):
        return True
    return a.item and margins.itemised and a.text[-1] != ":" and not _CLOSES.match(b.text)


def _number_wants_words(a: Printed, b: Printed) -> bool:
    """Whether `a` is a number without its heading, or with the first words of one alone: `I.` / `QUAN ĐIỂM`, `II. MỤC` / `TIÊU`, `2. Sở` / `Nội vụ`."""
    number = _NUMBERED.match(a.text)
    if number is None or b.marker or not b.text[:1].isalpha():
        return False
    if _NUMBER_ALONE.fullmatch(a.text):
        return True
    head = a.text[number.end() :]
    if a.text.isupper() and b.text.isupper() and not b.ends:
        return head.endswith((",", " VÀ")) or " " not in head or " " not in b.text
    return _HEAD_OF_NAME.fullmatch(head) is not None and b.text[:1].isupper()


def _takes_on(text: str) -> bool:
    """Whether the last words of a line need others behind them."""
    return _TAKES_ON.search(text, max(0, len(text) - _LONGEST_TAKING_ON)) is not None


def closes_bracket(a: Printed, b: Printed) -> bool:
    """Whether `a` opens a bracket as a line of its own that `b` closes: `(Kèm theo Kế hoạch của UBND` / `huyện)`."""
    return a.text.startswith("(") and ")" not in a.text and ")" in b.text


def title_goes_on(a: Printed, b: Printed, margins: Margins) -> bool:
    """Whether `b` belongs to the summary (trích yếu) under the document's type, of which `a` is a line."""
    if _ALONE.match(b.text) or a.ends:
        return False
    if b.marker:
        return _splits_a_phrase(a.text, b.text)
    if b.lower or _takes_on(a.text) or (a.text.isupper() and b.text.isupper() and " " not in a.text):
        return True
    if _TITLE_REST.match(b.text) and not margins.apart(b):
        return True
    if _PREAMBLE.match(b.text) or margins.apart(b):
        return False
    if _PLACE.search(a.text):
        return True
    return a.caps == b.caps and (b.centred or (a.caps and b.centred is None) or not margins.short(a, b))


_TITLE_REST = re.compile(r"(?:Của|Đến năm|Giai đoạn|Trên địa bàn|Năm học|Định hướng đến)\s")
"""What a summary set in the middle goes on with, a capital at the head of each line."""
_PREAMBLE = re.compile(
    r"(?:Căn cứ|Thực hiện|Triển khai|Theo|Nhằm|Để|Xét|Tiếp tục|Chấp hành|Hưởng ứng|Phát huy|Thi hành|Trên cơ sở|Kính gửi|Với)\s"
)


def letterhead_goes_on(a: Printed, b: Printed, margins: Margins) -> bool:
    """Whether `b` goes on with `a` in the letterhead: an issuer's name that its column was too narrow for.

    >>> a, b = (Printed(text, 0, len(text), 3) for text in ("ỦY BAN NHÂN DÂN HUYỆN", "CẨM HÀ"))
    >>> letterhead_goes_on(a, b, Margins([]))
    True
    """
    if a.page == b.page and not margins.apart(b) and _NAME_PART.fullmatch(a.text) and a.text.istitle() and _DATED.match(b.text):
        return True
    if a.page == b.page and not margins.apart(b) and _PLACE_BEGINS.fullmatch(a.text) and _DATED.match(b.text):
        return True
    if a.page != b.page or _ALONE.match(a.text) or _ALONE.match(b.text):
        return False
    if a.text.isupper() and b.text.isupper():
        return bool(_NAMELESS.search(a.text)) or (a.caps and _ONE_WORD.fullmatch(b.text) is not None)
    return b.lower and not a.ends and goes_on(a, b, margins)


def signature_goes_on(a: Printed, b: Printed, margins: Margins) -> bool:
    """Whether `b` goes on with `a` in the block of recipients and signature: only an unfinished recipient does.

    >>> a, b = (Printed(text, 0, len(text), 3) for text in ("- Thường trực HĐND,", "UBND xã;"))
    >>> signature_goes_on(a, b, Margins([]))
    True
    """
    if b.marker or a.ends or _ALONE.match(b.text) or b.text.istitle():
        return False
    if a.caps and b.caps and not _ALONE.match(a.text):
        return not margins.short(a, b)
    return a.item and not b.caps


def cuts_a_name(a: Printed, b: Printed) -> bool:
    """Whether a fixed name in capitals begins in `a` and ends in `b`."""
    return _CUT.search(f"{a.text[-12:]}\n{b.text[:12]}") is not None


def _usual(values: list[float], otherwise: float) -> float:
    """The value that most share."""
    return Counter(round(value, 1) for value in values).most_common(1)[0][0] if values else otherwise


_CLOSES_BRACKET = re.compile(r"[\w/-]{1,12}\)")


def _ends_bracket(before: str, after: str) -> bool:
    """Whether the first word of `after` closes a bracket of `before`: `(gọi tắt là Kế hoạch` / `19);`."""
    return _CLOSES_BRACKET.match(after) is not None and before.rfind("(") > before.rfind(")")


def _splits_a_phrase(before: str, after: str) -> bool:
    """Whether the marker of `after` is none: `kinh tế` / `- xã hội`, `khoản 2 Điều` / `10. Các`, `(gọi là Kế hoạch` / `19) và`."""
    if _ends_bracket(before, after):
        return True
    bullet = _BULLET.match(after)
    if bullet and _JOINED.search(f"{before[-12:]}\n{after[:20]}"):
        return True
    if bullet:
        return after[bullet.end()].islower() or (after[0] in "-–" and after[bullet.end()].isdigit() and before[-1].isdigit())
    return bool(_CITES.search(before))


def _page_rights(lines: list[Printed]) -> dict[int | None, float]:
    """The right margin of each page; pages of few lines have that of the document."""
    if not lines or not lines[0].geometric:
        rights = sorted(line.right for line in lines) or [0.0]
        return dict.fromkeys([line.page for line in lines], rights[int(len(rights) * 0.95)])
    pages: dict[int | None, list[float]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line.right)
    own = {page: sorted(found)[int(len(found) * 0.95)] for page, found in pages.items()}
    usual = median(own.values())
    return {page: right if len(pages[page]) >= 15 or abs(right - usual) > 0.25 * usual else usual for page, right in own.items()}
