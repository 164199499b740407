"""Tree: the body's lines by numbering style, bullets and label lines, each with its section, zone and governing line."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from itertools import takewhile
from typing import NamedTuple

from extractors.layers import frame
from extractors.layers.lines import (
    BULLET,
    CLOSING,
    FORM,
    HEADING,
    LABEL,
    LEAD,
    NUMBERED,
    PARAGRAPH,
    ROW,
    SUBTITLE,
    TITLE,
    TYPE,
    Line,
    put_lines,
)
from extractors.layers.markers import BULLETS, Marker, marker_of
from extractors.layers.marks import Doc, text_of
from extractors.layers.spans import Spans
from extractors.layers.syllables import CAPITALS, fold
from extractors.layers.unit_words import longest, persons, words_of
from extractors.layers.zones import subzone_of, zone_of
from extractors.vocabulary import rows

TOP_FAMILIES = frozenset({"annex", "form", "part", "chapter", "item", "article", "roman", "upper"})
DOTTED = frozenset({"arabic", "dotted"})
LONGEST_HEADING = 34
LONGEST_SUBHEAD = 16
LONGEST_RUN_IN = 9
LONGEST_UNIT_RUN_IN = 28
LONGEST_ITEM = 12
LONGEST_ARTICLE_TITLE = 12

_HORIZON_HEAD = re.compile(
    r"(?:các\s+)?(?:mục tiêu|chỉ tiêu|phấn đấu|đến|giai đoạn|năm|từ|trong|định hướng|tầm nhìn)\b.*\b(?:năm|giai đoạn|quý|tháng|20)\s?[\d/]", re.IGNORECASE
)
_GOAL_HEAD = re.compile(r"(?:một số |các )?(?:mục tiêu|chỉ tiêu|nhiệm vụ|giải pháp)\b|(?:mục đích|yêu cầu)\s*:", re.IGNORECASE)
_ANNOUNCES = re.compile(r"\b(?:sau|được|gồm)\b", re.IGNORECASE)
_COMPLETING = frozenset({"time", "lead", "coordinate"})
_NO_HEAD = re.compile(r"\(|cộng h[òo]a.? xã hội|độc lập\s*[-–]\s*tự do", re.IGNORECASE)
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_MISREAD = re.compile(r"(?=[IHTL1Vl|]{0,3}[HTL1l|])[IHTL1Vl|]{1,4}(?:[.,]\s*|\s+)(?=[^\W\d_]{2,}\s)")
_PERSON = re.compile(rf"(?:Ông|Bà|Đ/c|Đồng chí|Thầy|Cô)\s+(?P<name>[{CAPITALS}][^\W\d_]*\s+[{CAPITALS}].{{0,20}})")
_SENTENCE = re.compile(rf"[^.]{{20,}}(?:[^\W\dA-ZĐ]|\d{{4}})\.\s+(?=[{CAPITALS}])")
_OF_WHAT = re.compile(r"(?P<head>thời gian|mốc thời gian|thời hạn|thời kỳ|địa điểm) (?!tới\b|qua\b|vừa\b|gần\b|này\b)\w+(?: \w+){0,4}")
_ASIDE = re.compile(r"\s*\(.{0,60}\)\s*$")
_FINAL = (".", ";", ",", "!", "?")


class Entry(NamedTuple):
    """Entry: one open heading or numbered paragraph."""

    line: Line
    depth: int


@cache
def _labels() -> dict[str, str]:
    return {fold(row["phrase"]): row["label"] for row in rows("labels")}


def label_of(words: str) -> tuple[str, int] | None:
    """What a label line tells and where its text begins, counted from the start of `words`.

    >>> label_of("Thời gian thực hiện: Trong năm 2024."), label_of("Nội dung: Tuyên truyền")
    (('time', 20), None)
    >>> label_of("Thời gian tập huấn dự kiến: tháng 5"), label_of("Thời gian tới: đẩy mạnh tuyên truyền")
    (('time', 27), None)
    >>> label_of("Mốc thời gian kiểm tra: năm 2025"), label_of("Thời kỳ kiểm tra: từ năm 2023")
    (('time', 23), ('time', 17))
    """
    head, colon, _ = words.partition(":")
    if not colon or len(head) > 60:
        return None
    key = _ASIDE.sub("", fold(head.strip(" *_")))
    label = _labels().get(key) or _labels().get(key.removeprefix("về "))
    if label is None and (of_what := _OF_WHAT.fullmatch(key)):
        label = _labels()[of_what["head"]]
    return (label, len(head) + 1) if label else None


def mark_lines(doc: Doc) -> None:
    """Set the `lines` layer of a document."""
    put_lines(doc, tuple(_Builder(doc).build()))


class _Builder:
    """The walk over the lines with what is open: headings, lead-in, bullets."""

    def __init__(self, doc: Doc) -> None:
        text = text_of(doc)
        self.starts, self.texts = _split(text)
        self.markers = [marker_of(line) for line in self.texts]
        self.labels = [label_of(_words(line, marker)) for line, marker in zip(self.texts, self.markers, strict=True)]
        self.emphasis = [start in doc.user_data.get("emphasis", ()) for start in self.starts]
        tables = doc.user_data.get("tables", ())
        inside = Spans((table[0], table[1]) for table in tables)
        self.in_table = [bool(tables) and inside.overlap(start, start + 1) for start in self.starts]
        self.stack: list[Entry] = []
        self.bullets: list[Line] = []
        self.lead: Line | None = None
        self.annex = ""
        self.subtitles: set[int] = set()

    @cached_property
    def romans(self) -> Sequence[tuple[int, str]]:
        """The lines that begin with a Roman number, in order."""
        return [(index, marker.label) for index, marker in enumerate(self.markers) if marker and marker.family == "roman"]

    def build(self) -> Iterator[Line]:
        """All lines in order; behind a signature an annex or another document begins anew."""
        first, begin, enacts = 0, True, False
        while first < len(self.texts):
            opens = frame.opens_document(self.texts, first)
            if not begin and (opens or not self._in_form()):
                self._open_annex(document=opens)
            kinds, body = frame.head(self.texts[first:], self.emphasis[first:]) if begin or opens else ({}, 0)
            kinds, after = frame.tail(self.texts[first:], body, kinds)
            kind_of_text = next((self.texts[first + k] for k in sorted(kinds) if kinds[k] == TYPE), "")
            own = begin or (enacts and frame.is_enacted(kind_of_text))
            enacts = begin and frame.enacts(kind_of_text)
            for k in range(after):
                framed = k in kinds and not self._in_form()
                yield self._framed(first + k, kinds[k], first=own) if framed else self._body_line(first + k, self.texts[first + k])
            first, begin = first + after, False

    def _framed(self, index: int, kind: str, *, first: bool) -> Line:
        """A line of the frame; the type line of a further document is the heading of what follows, unless a decision enacts it."""
        if kind == CLOSING:
            self._close()
        if kind == TYPE and not first:
            return self._open(index, HEADING, marker=None, body=self.starts[index], words=self.texts[index])
        if kind == TITLE and not first:
            return self._under(index, SUBTITLE if self.stack else PARAGRAPH, self.starts[index])
        start = self.starts[index]
        return Line(index, start, start + len(self.texts[index]), start, kind)

    def _title_below(self, index: int, words: str, family: str) -> Sequence[int]:
        """The lines that are the title of a `Phần I` or `PHỤ LỤC` that stands alone; of an annex all lines in capitals, also behind its note."""
        begin = index + 1
        if words.strip(" .:") or begin >= len(self.texts):
            return ()
        annex = family == "annex"
        begin += annex and self.texts[begin].startswith("(")
        lines = takewhile(lambda k: self._stands_alone(k) and not self.markers[k], range(begin, len(self.texts)))
        return [*lines] if annex else [k for k in lines if k == begin]

    def _in_form(self) -> bool:
        return bool(self.stack) and self.stack[-1].line.family == "form"

    def _form_title(self, index: int) -> Iterator[int]:
        """The lines in capitals that name a form, behind its letterhead."""
        begin = next((k for k in range(index + 1, min(index + LONGEST_ITEM, len(self.texts))) if self._names_form(k)), len(self.texts))
        yield from takewhile(self._stands_alone, range(begin, len(self.texts)))

    def _names_form(self, index: int) -> bool:
        return self._stands_alone(index) and not _NO_HEAD.match(self.texts[index])

    def _close(self) -> None:
        self.stack, self.bullets, self.lead = [], [], None

    def _open_annex(self, *, document: bool) -> None:
        self._close()
        self.annex = "" if document else "PL"

    def _body_line(self, index: int, text: str) -> Line:
        start = self.starts[index]
        if self.in_table[index]:
            return self._under(index, ROW, start)
        if index in self.subtitles:
            return self._under(index, SUBTITLE, start)
        marker, label = self.markers[index], self.labels[index]
        if (marker is None or marker.family == "upper") and (misread := self._misread(index, text)):
            marker, label = misread, label_of(_words(text, misread))
        if self._in_form() and (marker is None or marker.family not in {"annex", "form"}):
            return self._under(index, FORM, start)
        words = _words(text, marker)
        body = start + (marker.body if marker else 0)
        if label and (marker is None or marker.family in BULLETS):
            return self._label(index, body, label, marker)
        if marker and marker.family in {"annex", "form"} and not self.annex and not text.isupper():
            marker = None
        if marker and marker.family not in BULLETS and marker.family != "paren":
            return self._numbered(index, marker, words)
        if (marker is None or marker.family == "star") and self._is_subhead(index, words):
            return self._open(index, HEADING, marker=None, body=body, words=words)
        if marker:
            return self._bullet(index, marker, body)
        return self._paragraph(index, text)

    def _misread(self, index: int, text: str) -> Marker | None:
        """`IL MỤC ĐÍCH`, `H. NỘI DUNG` between I and III: a Roman number that recognition took for letters is the next in order.

        What can be a number of its own (`H.`) or is no line of capitals (`ll. Nội dung`) is proved by the number that follows.
        """
        found = _MISREAD.match(text)
        if not found or (self.stack and self.stack[0].line.family not in {"roman", "none"}):
            return None
        seen = next((entry.line.marker for entry in self.stack if entry.line.family == "roman"), None)
        order = _ROMANS.index(seen) + 1 if seen in _ROMANS else 0
        if (not text.isupper() or self.markers[index]) and (seen is None or self._next_roman(index) not in _ROMANS[order + 1 : order + 2]):
            return None
        return Marker("roman", _ROMANS[min(order, len(_ROMANS) - 1)], found.end())

    def _next_roman(self, index: int) -> str:
        """The Roman number that the next line with one begins with."""
        at = bisect_right(self.romans, (index, ""))
        return self.romans[at][1] if at < len(self.romans) else ""

    def _stands_within(self, index: int) -> bool:
        """Whether a heading in capitals without number stands within a numbered one: the Roman number behind it goes on from that over it."""
        seen = next((entry.line.marker for entry in self.stack if entry.line.family == "roman"), None)
        return seen in _ROMANS[:-1] and self._next_roman(index) == _ROMANS[_ROMANS.index(seen) + 1]

    def _label(self, index: int, body: int, label: tuple[str, int], marker: Marker | None) -> Line:
        kind, offset = label
        tail = body + offset
        if marker:
            self._close_bullets(marker.label)
        line = self._under(index, LABEL, body, label=(kind, tail), marker=marker)
        if not self.texts[index][tail - self.starts[index] :].strip(" ."):
            self.lead = line
            self.bullets = []
        return line

    def _numbered(self, index: int, marker: Marker, words: str) -> Line:
        kind = HEADING if self._is_heading(index, marker, words) else NUMBERED
        return self._open(index, kind, marker=marker, body=self.starts[index] + marker.body, words=words)

    def _open(self, index: int, kind: str, *, marker: Marker | None, body: int, words: str) -> Line:
        family = marker.family if marker else "none"
        top = marker is None and self._stands_alone(index) and not self._stands_within(index)
        below = self._title_below(index, words, family)
        words = " ".join([words, *(self.texts[k] for k in below)])
        self.subtitles.update(below)
        if family == "form":
            self.subtitles.update(self._form_title(index))
        self._pop_to(family, marker.label if marker else "", top=top)
        parent = self.stack[-1].line if self.stack else None
        zone = self._zone(words, parent, family) if kind == HEADING else (parent.zone if parent else "task")
        start = self.starts[index]
        line = Line(
            index, start, start + len(self.texts[index]), body, kind, marker.label if marker else None, family,
            depth=1 + sum(entry.line.kind == HEADING for entry in self.stack),
            section=self._path(marker, family), zone=zone, parent=parent.number if parent else None,
            tail=self._tail(words, body, family) if kind == HEADING and marker else None,
        )  # fmt: skip
        self.stack.append(Entry(line, len(self.stack) + 1))
        self.bullets, self.lead = [], None
        return line

    def _tail(self, words: str, body: int, family: str) -> int | None:
        """Where the text behind a heading begins: behind its colon; an article's title is its first sentence."""
        if family == "article":
            sentence = _SENTENCE.match(words)
            return body + sentence.end() if sentence else None
        return self._run_in(words, body)

    def _zone(self, words: str, parent: Line | None, family: str) -> str:
        if family == "form":
            return FORM
        if parent is None or parent.family in {"part", "chapter"}:
            return zone_of(words) or (parent.zone if parent else "") or ("annex" if self.annex else "task")
        if family == "none" and parent.zone in {"goal", "goal_specific", "goal_general"}:
            return parent.zone
        return subzone_of(words, parent.zone)

    def _pop_to(self, family: str, label: str, *, top: bool) -> None:
        """Close the headings that a new one of this family ends."""
        if top:
            self.stack = []
            return
        if family == "dotted":
            while self.stack and self._ends_dotted(self.stack[-1].line, label):
                self.stack.pop()
            return
        families = [entry.line.family for entry in self.stack]
        if family in families:
            del self.stack[families.index(family) :]
        elif family in {"annex", "form", "part", "chapter"}:
            self.stack = [entry for entry in self.stack if family == "form" and entry.line.family == "annex"]
        elif family in {"roman", "upper", "arabic"} and families and families[-1] == "none":
            while self.stack and self.stack[-1].line.family == "none" and self.stack[-1].line.section is not None and family != "arabic":
                self.stack.pop()

    @staticmethod
    def _ends_dotted(open_line: Line, label: str) -> bool:
        if open_line.family in TOP_FAMILIES or open_line.family == "arabic":
            return False
        if open_line.family == "dotted" and open_line.marker:
            return open_line.marker.count(".") >= label.count(".")
        return True

    def _path(self, marker: Marker | None, family: str) -> str | None:
        """The path of markers, none repeated: II under Phần I, 2.1 under II.2, a under 2.1."""
        entries = self.stack
        if marker is None:
            return entries[-1].line.section if entries else (self.annex or None)
        if family == "annex":
            return marker.label
        if family == "form":
            return f"{self.annex}.{marker.label}" if self.annex else marker.label
        if family == "dotted":
            entries = [entry for entry in entries if entry.line.family not in DOTTED]
        base = entries[-1].line.section if entries else (self.annex or None)
        if base and family == "dotted" and base.rsplit(".", 1)[-1] == marker.label.split(".", 1)[0]:
            return base.removesuffix(marker.label.split(".", 1)[0]) + marker.label
        return f"{base}.{marker.label}" if base else marker.label

    def _bullet(self, index: int, marker: Marker, body: int) -> Line:
        self._close_bullets(marker.label if marker.family != "paren" else "()")
        line = self._under(index, BULLET, body, marker=marker, depth=len(self.bullets) + 1)
        self.bullets.append(line)
        return line

    def _close_bullets(self, style: str) -> None:
        """End the open bullets that one of this style stands beside: a label line of their own style completes what is over them."""
        depth = next((k for k, open_ in enumerate(self.bullets) if _style(open_) == style), None)
        if depth is not None:
            del self.bullets[depth:]

    def _paragraph(self, index: int, text: str) -> Line:
        self.bullets = []
        lead = self.lead
        if lead is None or lead.kind != LABEL:
            self.lead = None
        kind = LEAD if text.rstrip().endswith(":") and self._governs(index) else PARAGRAPH
        line = self._under(index, kind, self.starts[index])
        self.lead = line if kind == LEAD else None
        return line

    def _under(
        self, index: int, kind: str, body: int, *, marker: Marker | None = None, depth: int = 0, label: tuple[str, int] | None = None
    ) -> Line:
        """A line that opens no heading, under what governs it; `label` is what a label line tells and where its text begins."""
        top = self.stack[-1].line if self.stack else None
        governor = top
        if kind in {BULLET, LABEL} and self.bullets:
            governor = self.bullets[-1]
        elif self.lead is not None:
            governor = self.lead
        section = top.section if top else (self.annex or None)
        zone = top.zone if top else ("annex" if self.annex else "task")
        start, parent = self.starts[index], governor.number if governor else None
        printed, family = (marker.label, marker.family if kind == BULLET else None) if marker else (None, None)
        told, tail = label or (None, None)
        return Line(index, start, start + len(self.texts[index]), body, kind, printed, family, depth, section, zone, parent, told, tail)

    def _is_heading(self, index: int, marker: Marker, words: str) -> bool:
        """Whether a numbered line is a heading and not a numbered paragraph."""
        count, end = len(words.split()), words.rstrip("* ")[-1:]
        if marker.family == "article" and end == "." and self._says_all(index, words):
            return False
        if marker.family in TOP_FAMILIES:
            return count <= 60
        if words.isupper() or self._completed_by_label(index):
            return True
        if self.emphasis[index] and (count <= LONGEST_SUBHEAD or end not in _FINAL):
            return True
        if _names_person(words) and end != ":":
            return False
        if marker.family == "lower":
            below = self._followed_by_items(index) or (count <= LONGEST_SUBHEAD and self._stands_in("assignment") and self._followed_by_prose(index))
            return end not in _FINAL and count <= LONGEST_HEADING and below
        runs_in = self._run_in(words, 0) is not None
        if runs_in and self._stands_in("background"):
            return False
        if end == ":" or runs_in:
            return count <= LONGEST_HEADING or end != ":"
        if end == "." and count <= LONGEST_HEADING and self._followed_by_letter(index):
            return True
        if end in _FINAL:
            return end == "." and count <= LONGEST_SUBHEAD and self._followed_by_items(index) and not self._has_sibling(index, marker)
        return count <= LONGEST_HEADING

    def _says_all(self, index: int, words: str) -> bool:
        """Whether an article is a whole sentence (`Điều 2. Giao Phòng Y tế theo dõi ...`), no title over what follows."""
        title = _SENTENCE.match(words)
        return len((title[0] if title else words).split()) > LONGEST_ARTICLE_TITLE and not self._followed_by_items(index)

    def _is_subhead(self, index: int, words: str) -> bool:
        """Whether a line without number is a heading: it stands alone, or is short and sets a horizon or is set in bold."""
        count, end = len(words.split()), words.rstrip("* ")[-1:]
        if count > 40 or (end and end in _FINAL) or not self._governs(index) or _NO_HEAD.match(words):
            return False
        if self._stands_alone(index):
            return True
        if count > LONGEST_SUBHEAD:
            return False
        dates = self._stands_in("schedule") and end != ":"  # `IV. THỜI GIAN`, then the time itself
        if (_HORIZON_HEAD.match(words) and not dates) or (end == ":" and _GOAL_HEAD.match(words) and count <= 8 and not _ANNOUNCES.search(words)):
            return True
        if index in self.plain_heads and self.stack and not self.bullets:
            return True
        return self.emphasis[index] and end != ":" and not self.bullets

    @cached_property
    def plain_heads(self) -> frozenset[int]:
        """Short lines without number or end that stand between whole sentences, where a document has several: its headings.

            Ban Giám hiệu nhà trường
            Chịu trách nhiệm về an ninh trật tự trong nhà trường.
            Tổ chuyên môn và giáo viên
            Các tổ chuyên môn triển khai đến từng giáo viên.
        """
        found = [index for index in range(1, len(self.texts) - 1) if self._is_plain_head(index)]
        return frozenset(found if len(found) > 1 else ())

    def _is_plain_head(self, index: int) -> bool:
        words = self.texts[index].strip()
        if self.markers[index] or self.in_table[index] or "\t" in words or not words[:1].isupper() or not words[-1:].isalpha():
            return False
        above, marker = self.texts[index - 1].rstrip(), self.markers[index - 1]
        begins = above.endswith(".") or (marker is not None and marker.family not in BULLETS and above[-1] not in _FINAL)
        return begins and 2 <= len(words.split()) <= LONGEST_SUBHEAD and not words.isupper() and self._followed_by_prose(index)

    def _stands_alone(self, index: int) -> bool:
        return self.texts[index].isupper() and len(self.texts[index].split()) >= 2 and not self.in_table[index]

    def _governs(self, index: int) -> bool:
        following = self._next(index)
        return following is not None and bool(self.texts[following].strip())

    def _followed_by_items(self, index: int) -> bool:
        following = self._next(index)
        marker = self.markers[following] if following is not None else None
        return marker is not None and (marker.family in BULLETS or marker.family in {"dotted", "lower", "paren"})

    def _followed_by_letter(self, index: int) -> bool:
        """Whether `a)` stands below: a sentence with a number over it is what its letters are about."""
        following = self._next(index)
        marker = self.markers[following] if following is not None else None
        return marker is not None and marker.family == "lower" and marker.label == "a"

    def _followed_by_prose(self, index: int) -> bool:
        """Whether a whole sentence stands below: `a) Phòng Tài chính`, then what it does."""
        following = self._next(index)
        if following is None or self.markers[following] or self.labels[following]:
            return False
        words = self.texts[following].rstrip()
        return words[:1].isupper() and words.endswith(".")

    def _stands_in(self, zone: str) -> bool:
        """Whether the innermost open heading is of this zone."""
        return bool(self.stack) and self.stack[-1].line.zone == zone

    def _completed_by_label(self, index: int) -> bool:
        """Whether label lines (who, when) complete the item, behind its own bullets if it has any."""
        for below in range(index + 1, min(index + LONGEST_ITEM, len(self.texts))):
            marker, label = self.markers[below], self.labels[below]
            if marker and marker.family not in BULLETS and marker.family != "paren":
                return False
            if label and label[0] in _COMPLETING:
                return True
            if marker is None:
                return False
        return False

    def _run_in(self, words: str, body: int) -> int | None:
        """Offset of the sentence that runs on behind a heading's colon; None where the heading is the whole line."""
        head, colon, rest = words.partition(": ")
        if not colon or not rest.rstrip().endswith((".", ";", "/")) or len(head.split()) > self._longest_run_in():
            return None
        return body + len(head) + 2

    def _longest_run_in(self) -> int:
        """How many words a heading with a sentence behind it may have: lists of units are long."""
        assigns = any(entry.line.zone == "assignment" for entry in self.stack)
        return LONGEST_UNIT_RUN_IN if assigns else LONGEST_RUN_IN

    def _has_sibling(self, index: int, marker: Marker) -> bool:
        following = self._next(index)
        other = self.markers[following] if following is not None else None
        return other is not None and other.family == marker.family

    def _next(self, index: int) -> int | None:
        return index + 1 if index + 1 < len(self.texts) else None


def _style(line: Line) -> str:
    return "()" if line.family == "paren" else (line.marker or "")


def _words(text: str, marker: Marker | None) -> str:
    return text[marker.body :] if marker else text


def _names_person(words: str) -> bool:
    """`Đồng chí Lê Văn An - Trưởng ban`, but not the post alone: `Đồng chí Phó Chủ tịch`."""
    found = _PERSON.match(words)
    return found is not None and longest(persons(), words_of(found["name"], 0, len(found["name"])).keys, 0) is None


def _split(text: str) -> tuple[Sequence[int], Sequence[str]]:
    starts, texts, at = [], [], 0
    for line in text.split("\n"):
        if line.strip():
            starts.append(at)
            texts.append(line)
        at += len(line) + 1
    return starts, texts
