"""Frame: what stands around the body of a document: letterhead, type line, title, preamble; closing, recipients, signature.

The parts and their order are those of Nghị định 30/2020/NĐ-CP, Điều 8 and Phụ lục I (Party: Hướng dẫn 36-HD/VPTW); any
of them may be missing. The body ends with `./.` or where Nơi nhận or a signing mark begins.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from extractors.layers.lines import CLOSING, LETTERHEAD, PREAMBLE, RECIPIENTS, SIGNATURE, TITLE, TYPE
from extractors.layers.markers import BULLETS, marker_of
from extractors.layers.syllables import CAPITALS, fold
from extractors.vocabulary import rows

TOP = 60
"""The type line stands among the first lines; further down the word is a heading or a table cell."""

_TITLED = 12
"""A line that is type and summary in one stands at the very top, where no other is the type line."""

_DECORATION = re.compile(r"[*_:.()\[\]\s–-]+")
_TITLE_GOES_ON = re.compile(rf"(?![{CAPITALS}])[^\W_]|[(“\"–-]|(?i:giai đoạn|năm \d|trên địa bàn|của|đến năm)\b")
_NOTE = re.compile(r"\(?\s*(?:ban hành\s+)?kèm theo", re.IGNORECASE)
_GROUND = re.compile(r"(?:căn cứ|thực hiện|triển khai|thi hành|xét|theo|để|nhằm|với mục|trên cơ sở|tiếp tục thực hiện|ngày \d)\b", re.IGNORECASE)
_ISSUES = re.compile(r"\b(?:ban hành|xây dựng|lập|triển khai|đề ra|tổ chức)\b.{0,400}?(?:như sau|sau đây|kế hoạch|cụ thể)", re.IGNORECASE)
_SIGNING = re.compile(rf"(?:T/?M|K/?T|T/?L|TUQ|Q)\.?\s?[.:]?\s*(?=[{CAPITALS}])|T/M\b|K/T\b|T/L\b")
POST = re.compile(
    r"(?:PHÓ\s+|QUYỀN\s+|Q\.\s*)?(?:CHỦ TỊCH|GIÁM ĐỐC|HIỆU TRƯỞNG|BÍ THƯ|TRƯỞNG|CHÁNH|CỤC TRƯỞNG|CHI CỤC|THỦ TRƯỞNG|VIỆN TRƯỞNG"
    r"|TỔNG|BỘ TRƯỞNG|THỨ TRƯỞNG|CHỈ HUY|THƯỜNG TRỰC|PHÓ CHỦ|NGƯỜI|TỔ TRƯỞNG|ĐỘI TRƯỞNG|TRẠM TRƯỞNG|VỤ TRƯỞNG)\b"
)
_CLOSES = re.compile(
    r"(?:trên đây|trong quá trình|quá trình (?:tổ chức|triển khai|thực hiện)|nhận được|yêu cầu|đề nghị|căn cứ (?:nội dung )?kế hoạch"
    r"|kế hoạch này|nếu (?:có|phát sinh)|(?:ủy ban nhân dân|ubnd|sở|phòng|ban)\b.{0,60}(?:yêu cầu|đề nghị))"
)
EXECUTES = re.compile(r"chịu trách nhiệm (?:thi hành|thực hiện) (?:quyết định|nghị quyết|kế hoạch) này", re.IGNORECASE)
"""The last article of a decision, which may be a paragraph of its own behind `có hiệu lực kể từ ngày ký`."""
_NAME = re.compile(rf"(?:(?:TS|ThS|BS|PGS|GS|CN|KS|Đ/c|(?:Đại|Thượng|Trung|Thiếu) tá)[.\s]*){{0,6}}[{CAPITALS}][\wÀ-ỹ]*(?:\s+[{CAPITALS}][\wÀ-ỹ]*){{1,5}}$")
_SIGNED = re.compile(r"\(?(?:đã ký|ký tên|ký, ?(?:đóng dấu|ghi rõ họ tên)|ký, họ tên)", re.IGNORECASE)
_MOTTO = re.compile(r"C[ỘO]NG H[OÒÓ][AÀÁ] X[AÃÁ] H[ỘO]I CH[ỦU] NGH|ĐẢNG CỘNG SẢN VIỆT NAM")
_NUMBER_LINE = re.compile(r"Số\s*:")
_LETTERHEAD = re.compile(r"số\s*:|ngày\b.{0,200}?\bnăm\b|độc lập|đảng cộng sản|(?:ubnd|ủy ban|sở|đảng ủy)\b")
_GOALS_HEAD = re.compile(rf"(?:các )?(?:mục tiêu|{fold('chỉ tiêu')})\b")
_WORD = re.compile(r"\w")
_PROPERTY = re.compile(r"(?:loại|thể loại|hình thức) văn bản\W*", re.IGNORECASE)  # in the box of a page of the web
_ANNEX = re.compile(r"(?:PHỤ LỤC|Phụ lục|BIỂU|Biểu|DANH MỤC|DANH SÁCH|BẢNG)\b")


@cache
def type_names() -> frozenset[str]:
    """Keys of the words that can stand alone as the type line."""
    return frozenset(fold(row["name"]) for row in rows("doc_types") if " của " not in row["name"] and "(" not in row["name"])


@cache
def _squeezed_names() -> frozenset[str]:
    return frozenset(name.replace(" ", "") for name in type_names())


@lru_cache(maxsize=4096)
def is_type_line(text: str) -> bool:
    """Whether a line is nothing but a document type in capitals, spaced letters and a draft mark allowed.

    >>> is_type_line("KẾ HOẠCH"), is_type_line("**K Ế  H O Ạ C H**"), is_type_line("Kế hoạch số 5"), is_type_line("KẾ HOẠCH, NHIỆM VỤ")
    (True, True, False, True)
    """
    if "Kế" not in text and text != text.upper():
        return False
    bare = _DECORATION.sub(" ", text).strip()
    if len(bare) > 40 or (bare != bare.upper() and bare not in {"Kế hoạch", "Kế Hoạch"}):
        return False
    key = fold(bare)
    if key in type_names() or key.removeprefix("dự thảo ") in type_names():
        return True
    return key.replace(" ", "") in _squeezed_names() or key.split(",")[0] in type_names()


def _type_key(type_line: str) -> str:
    """The comparison key of a type line without its decoration."""
    return fold(_DECORATION.sub(" ", type_line).strip())


def enacts(type_line: str) -> bool:
    """Whether a document of this type can have a plan attached that it enacts."""
    return _type_key(type_line) in {"quyết định", "nghị quyết"}


def is_enacted(type_line: str) -> bool:
    """Whether a document of this type is what such a decision enacts.

    >>> enacts("QUYẾT ĐỊNH"), is_enacted("KẾ HOẠCH"), is_enacted("QUYẾT ĐỊNH"), is_enacted("TỜ TRÌNH")
    (True, True, False, False)
    """
    return _type_key(type_line).startswith(("kế hoạch", "chương trình", "đề án", "phương án"))


def type_end(text: str) -> int:
    """Where the type ends in a line that goes on with the summary, all in capitals; else the line's length.

    >>> type_end("KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH NĂM 2025"), type_end("KẾ HOẠCH"), type_end("KẾ HOẠCH VÀ ĐẦU TƯ")
    (8, 8, 18)
    """
    words = text.split(" ")
    if is_type_line(text) or len(words) < 6 or not text.isupper():
        return len(text)
    lengths = (len(" ".join(words[:count])) for count in (4, 3, 2))
    return next((length for length in lengths if fold(text[:length]) in type_names()), len(text))


def head(texts: Sequence[str], emphasis: Sequence[bool]) -> tuple[dict[int, str], int]:
    """Kinds of the lines before the body, and the index where the body begins."""
    kinds: dict[int, str] = {}
    at = next((k for k, text in enumerate(texts[:TOP]) if is_type_line(text) and not (k and _PROPERTY.fullmatch(texts[k - 1]))), None)
    if at is None:
        at = next((k for k, text in enumerate(texts[:_TITLED]) if type_end(text) < len(text)), None)
    if at is None:
        return _headless(texts)
    kinds.update(dict.fromkeys(range(at), LETTERHEAD))
    kinds[at] = TYPE
    k, alone = at + 1, is_type_line(texts[at])
    while k < len(texts) and _in_title(texts, emphasis, k, first=alone and k == at + 1):
        kinds[k] = TITLE
        k += 1
    while k < len(texts) and not _opens_body(texts, k):
        kinds[k] = PREAMBLE
        k += 1
    return kinds, k


def _headless(texts: Sequence[str]) -> tuple[dict[int, str], int]:
    """Without a type line: what precedes the first heading is letterhead while it looks so, then preamble."""
    kinds: dict[int, str] = {}
    for k, text in enumerate(texts[:TOP]):
        if _opens_body(texts, k):
            return kinds, k
        if _signs(texts, k) or kinds.get(k - 1) == SIGNATURE:
            kinds[k] = SIGNATURE
            continue
        ground = _GROUND.match(text) or _ISSUES.search(text) or len(text) > 160
        kinds[k] = PREAMBLE if ground or PREAMBLE in kinds.values() else LETTERHEAD
    return {}, 0


def _in_title(texts: Sequence[str], emphasis: Sequence[bool], k: int, *, first: bool) -> bool:
    text = texts[k]
    if _opens_body(texts, k) and not (first and not marker_of(text)):
        return False
    if first:
        return not (fold(text).startswith("căn cứ") and text.rstrip().endswith((";", ",", ".")))
    if _NOTE.match(text) or not _WORD.search(text):
        return True
    if any(_NOTE.match(before) or not _WORD.search(before) for before in texts[max(0, k - 2) : k]):
        return False
    if text.rstrip().endswith((";", ":", ".")) or len(text) > 200:
        return False
    return bool(_TITLE_GOES_ON.match(text)) or (emphasis[k] and emphasis[k - 1] and not _GROUND.match(text))


def _opens_body(texts: Sequence[str], k: int) -> bool:
    """Whether line k is the first heading or bullet of the body."""
    text = texts[k]
    marker = marker_of(text)
    if marker and marker.family in BULLETS:
        return k > 0 and texts[k - 1].rstrip().endswith(":") and "như sau" in fold(texts[k - 1])
    if marker:
        return marker.family not in {"lower", "paren"}
    if _GOALS_HEAD.match(fold(text)) and len(text.split()) <= 12 and k + 1 < len(texts):
        following = marker_of(texts[k + 1])
        return following is not None and following.family in BULLETS
    return text.isupper() and len(text.split()) >= 2 and any(t in fold(text) for t in ("mục đích", "mục tiêu", "nội dung", "căn cứ"))


def opens_document(texts: Sequence[str], first: int) -> bool:
    """Whether a document of its own begins at line `first`: letterhead lines, then a type line, before any text.

    A form to be filled in (`Mẫu số 01`) has a letterhead too, but is part of the annexes.
    """
    if not _heads_page(texts, first):
        return False
    for k in range(first, min(first + 16, len(texts))):
        marker = marker_of(texts[k])
        if marker and marker.family == "form":
            return False
        if is_type_line(texts[k]):
            return any(_LETTERHEAD.search(fold(text)) for text in texts[first:k]) or k == first
        if len(texts[k]) > 160:
            return False
    return False


def _heads_page(texts: Sequence[str], k: int) -> bool:
    """Whether line k can be the first of a letterhead: no recipient, no name and post of who signed the document before."""
    if marker_of(texts[k]) or _signs(texts, k):
        return False
    return texts[k].isupper() or is_type_line(texts[k]) or _LETTERHEAD.search(fold(texts[k])) is not None


def tail(texts: Sequence[str], begin: int, kinds: dict[int, str]) -> tuple[dict[int, str], int]:
    """Kinds of closing, recipients and signature lines besides those given, and the index of what follows them."""
    further = _further_letterhead(texts, begin)
    end = min(_end_of_body(texts, begin), further)
    while end - 1 > begin and _signs_above(texts, end - 1):
        end -= 1
    kinds, k = dict(kinds), end
    previous = SIGNATURE
    while k < min(len(texts), further) and not opens_annex(texts, k, previous) and not (k > end and opens_document(texts, k)):
        goes_on = k > end and previous == RECIPIENTS and texts[k - 1].rstrip().endswith(",")
        previous = kinds[k] = RECIPIENTS if goes_on else _tail_kind(texts[k], previous)
        k += 1
    for closing in _closing(texts, begin, end):
        kinds[closing] = CLOSING
    return kinds, max(k, min(begin + 1, len(texts)))


def _closing(texts: Sequence[str], begin: int, end: int) -> Iterator[int]:
    """The paragraphs before Nơi nhận that sum the document up, from the last one upwards."""
    for k in range(end - 1, max(begin, end - 6) - 1, -1):
        text = texts[k]
        under_heading = k > begin and marker_of(texts[k - 1]) is not None and not texts[k - 1].rstrip().endswith((".", ";"))
        if under_heading and "trên đây" not in fold(text)[:30]:
            return
        if EXECUTES.search(text) or marker_of(text) or not (_CLOSES.match(fold(text)) or ("./." in text and len(text) > 40)):
            return
        yield k


def _end_of_body(texts: Sequence[str], begin: int) -> int:
    """Index of the first line of Nơi nhận or of the signature, or behind the line that ends with `./.`."""
    for k in range(begin, len(texts)):
        if _names_recipients(texts[k]) or _signs(texts, k):
            return k
        if "./." in texts[k][-8:] and not any(map(_names_recipients, texts[k + 1 : k + 12])):
            return k + 1
    return len(texts)


def _signs_above(texts: Sequence[str], k: int) -> bool:
    """Whether the signing body stands in capitals between the closing paragraph and Nơi nhận, as two columns are read."""
    text = texts[k].strip()
    if not text.isupper() or len(text.split()) > 8 or marker_of(text):
        return False
    above = next((other for other in reversed(texts[:k]) if not other.isupper()), "")
    return fold(above[:20]).startswith("trên đây") or "./." in above[-8:]


def _names_recipients(text: str) -> bool:
    return "hận" in text[:40].lower() and fold(text[:40]).startswith("nơi nhận")


def _further_letterhead(texts: Sequence[str], begin: int) -> int:
    """Index of the letterhead of a document bound in behind the first without a signature between them; else the end."""
    for k in range(begin, len(texts)):
        if _MOTTO.match(texts[k]) and opens_document(texts, k):
            while k > begin and (texts[k - 1].isupper() or _NUMBER_LINE.match(texts[k - 1])) and not marker_of(texts[k - 1]):
                k -= 1
            return k
    return len(texts)


def _signs(texts: Sequence[str], k: int) -> bool:
    text = texts[k].strip()
    if not text.isupper() or len(text) > 80:
        return False
    if _SIGNING.match(text):
        return True
    if not POST.match(text) or marker_of(text) is not None:
        return False
    following = [t for t in texts[k + 1 : k + 4] if t.strip()]
    return not following or bool(_NAME.match(following[0].strip()))


def _tail_kind(text: str, previous: str) -> str:
    bare = text.strip()
    marker = marker_of(bare)
    post = POST.match(bare.upper()) and marker is None and len(bare.split()) <= 6 and not bare.endswith((";", ","))
    if fold(bare).startswith(("nơi nhận", "lưu", "như trên", "như kính gửi")) or (marker and marker.family in BULLETS):
        return RECIPIENTS
    if bare.isupper() or post or _SIGNED.match(bare) or (_NAME.match(bare) and len(bare) < 40):
        return SIGNATURE
    return previous


def opens_annex(texts: Sequence[str], k: int, previous: str) -> bool:
    """Whether an annex or attached document begins at line k, behind the signature."""
    text = texts[k].strip()
    if _ANNEX.match(text) and len(text) < 200:
        return True
    note = next((j for j in range(k + 1, min(k + 4, len(texts))) if _NOTE.match(texts[j]) or _ANNEX.match(texts[j])), None)
    if note is not None and not _ANNEX.match(texts[note]) and previous in {SIGNATURE, RECIPIENTS}:
        return not _SIGNING.match(text) and not _NAME.match(text) and not marker_of(text)
    return is_type_line(text)
