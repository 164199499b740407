"""Written numbers: a document's number and day in handwriting, which recognition reads wrongly more often than rightly.

A number in the letterhead is only believed if recognition is sure of it and reads it alike at other sizes; else its place is
left blank, as in a form that was not filled in. A wrong number would be worse than none.
"""

import re
from collections import Counter
from typing import Literal, NamedTuple

import numpy as np
from PIL import Image

from pipeline.ingest.page_image import PageImage
from pipeline.ingest.recognition import Row, recognise

Kind = Literal["number", "day", "month", "year"]
_SURE = 85  # printed numbers have 88 to 97, handwriting under 80
_UNSURE = 65  # mean of readings that agree
_ENDS = re.compile(r"K[ẾÉÊE] HO[ẠA]CH|Căn cứ|Thực hiện|Kính gửi")  # what comes after the letterhead
_ROWS = 16  # a letterhead is never longer
_ZOOMS = (1.5, 2.0)
_NUMBER = re.compile(r"S[ốóôồõoỐÓÔ]\s?[:.;]")  # Số:
_SYMBOL = re.compile(r"[/⁄]?\s?(?=(?:KH|QĐ|CTr|[A-ZĐ]{2})[-/⁄A-ZĐ])|[/⁄-](?=[A-ZĐ])")  # /KH-UBND, 1105KH-ĐKT
_LABELS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("day", re.compile(r"[Nn]g[àâaảá]y\.?")),
    ("month", re.compile(r"[Tt]h[áâaảà]ng\.?")),
    ("year", re.compile(r"[Nn][ăâaắ]m\.?")),
)
_LIMITS: dict[Kind, tuple[int, int]] = {"number": (1, 99_999), "day": (1, 31), "month": (1, 12), "year": (1990, 2099)}
_LIKE_DIGITS = str.maketrans("OoÔlI|!⁄", "00011111", ".,:;_ ")


class Slot(NamedTuple):
    """Slot: the place of one number in a line; it begins at letter `begin` of word `first`, and ends before `end` of `last`."""

    kind: Kind
    first: int
    begin: int
    last: int
    end: int
    text: str
    sure: int


class Letterhead(NamedTuple):
    """Letterhead: the lines of a first page, and which of `number` and `date` are written there but could not be read."""

    rows: list[Row]
    unread: frozenset[str]


def without_handwriting(page: PageImage, rows: list[Row], *, scanned: bool) -> Letterhead:
    """The lines of a first page; in the letterhead, numbers that cannot be believed are left out where it was scanned."""
    out = list(rows)
    unread: set[str] = set()
    for place, row in enumerate(rows[:_ROWS]):
        if _ENDS.match(" ".join(word.text for word in row)) or row[0].top > page.size[1] * 0.45:
            break
        slots = slots_of(row)
        if slots and not scanned:
            out[place] = _printed(row, slots)
        elif slots:
            out[place] = _read_again(page, row, slots)
            written = {slot.kind for slot in slots if slot.text or _is_inked(page, row, slot)}
            written -= {slot.kind for slot in slots_of(out[place]) if slot.text}
            unread |= {"number" if kind == "number" else "date" for kind in written}
    return Letterhead([row for row in out if row], frozenset(unread))


def _is_inked(page: PageImage, row: Row, slot: Slot) -> bool:
    """Whether something taller than dots to fill in stands in a slot of which nothing was read."""
    if slot.last >= len(row) or slot.last == slot.first:
        return False
    word = row[slot.first]
    ink = page.crop((word.right + 1, word.top, row[slot.last].left - 1, word.bottom)).grey < 128
    return ink.size > 0 and 2 * np.count_nonzero(ink.any(axis=1)) > ink.shape[0]


def _read_again(page: PageImage, row: Row, slots: list[Slot]) -> Row:
    """The line with those numbers in its slots that further readings confirm."""
    again = [other for zoom in _ZOOMS for other in _again(page, row, zoom)]
    readings = [slots, *(found for other in again if (found := slots_of(other)))]
    row = _labelled(_surest(row, again))
    for slot in reversed(slots_of(row)):
        row = _filled(row, slot, _believed([one for found in readings for one in found if one.kind == slot.kind]))
    return row


def _printed(row: Row, slots: list[Slot]) -> Row:
    for slot in reversed(slots):
        row = _filled(row, slot, _digits(slot) if _digits(slot).isdecimal() else slot.text)
    return row


def slots_of(row: Row) -> list[Slot]:
    """The places of the document's number and of its date in a line of the letterhead.

    >>> from pipeline.ingest.recognition import Word
    >>> words = [Word(text, 90, 0, 0, 0, 0) for text in "Số: 205/KH-UBND Cẩm Hà, ngày30 tháng 5 năm 2023".split()]
    >>> [(slot.kind, slot.text) for slot in slots_of(words)]
    [('number', '205'), ('day', '30'), ('month', '5'), ('year', '2023')]
    """
    return [*_number_slot(row), *_date_slots(row)]


def _number_slot(row: Row) -> list[Slot]:
    for first, word in enumerate(row):
        label = _NUMBER.match(word.text)
        if not label:
            continue
        for last in range(first, min(first + 4, len(row))):
            begin = label.end() if last == first else 0
            symbol = _SYMBOL.search(row[last].text, begin)
            if symbol:
                return [_slot("number", row, (first, label.end()), (last, symbol.start()))]
    return []


def _date_slots(row: Row) -> list[Slot]:
    """Day, month and year, where all three labels stand in this order."""
    found: list[tuple[Kind, int, int]] = []
    for kind, pattern in _LABELS:
        start = found[-1][1] + 1 if found else 0
        labels = ((index, match) for index in range(start, len(row)) if (match := pattern.match(row[index].text)))
        index, match = next(labels, (0, None))
        if match is None:
            return []
        found.append((kind, index, match.end()))
    if len(row) - found[-1][1] > 3:  # a sentence goes on after the year
        return []
    ends = [found[1][1], found[2][1], len(row)]
    return [_slot(kind, row, (first, begin), (last, 0)) for (kind, first, begin), last in zip(found, ends, strict=True)]


def _slot(kind: Kind, row: Row, start: tuple[int, int], stop: tuple[int, int]) -> Slot:
    (first, begin), (last, end) = start, stop
    parts = []
    for index in range(first, min(last + 1, len(row))):
        text = row[index].text[: end if index == last else None][begin if index == first else 0 :]
        if text:
            parts.append((text, row[index].sure))
    return Slot(kind, first, begin, last, end, " ".join(text for text, _ in parts), min((sure for _, sure in parts), default=100))


def _digits(slot: Slot) -> str:
    return slot.text.translate(_LIKE_DIGITS)


def _labelled(row: Row) -> Row:
    """The line with the label of the number as it is always printed, whatever marks were read on it."""
    return [word._replace(text=_NUMBER.sub("Số:", word.text, count=1)) if _NUMBER.match(word.text) else word for word in row]


def _surest(row: Row, again: list[Row]) -> Row:
    """The line with each word as it was read most surely, where all readings have as many words."""
    alike = [other for other in again if len(other) == len(row)]
    texts = [max(words, key=lambda word: word.sure) for words in zip(row, *alike, strict=True)]
    return [word._replace(text=best.text, sure=best.sure) for word, best in zip(row, texts, strict=True)]


def _believed(readings: list[Slot]) -> str | None:
    """The digits on which all readings of a number agree, or most of a day, month or year; None where they are unsure."""
    wanted = len(_ZOOMS) + 1
    number, votes = Counter(map(_digits, readings)).most_common(1)[0]
    sure = [reading.sure for reading in readings if _digits(reading) == number]
    needed = wanted if readings[0].kind == "number" else wanted // 2 + 1
    if votes < needed or max(sure) < _SURE or sum(sure) < _UNSURE * votes or not number.isdecimal():
        return None
    low, high = _LIMITS[readings[0].kind]
    return number if low <= int(number) <= high else None


def _filled(row: Row, slot: Slot, digits: str | None) -> Row:
    """The line with this in the slot; its words keep their places."""
    if digits == slot.text and not _slashless(row, slot):
        return row
    if digits is not None and slot.kind != "number":
        return row if digits == slot.text else _replaced(row, slot, f" {digits}")
    return _replaced(row, slot, f" {digits or ''}" + ("/" if _slashless(row, slot) else ""))


def _slashless(row: Row, slot: Slot) -> bool:
    """Whether the stroke between number and symbol was lost."""
    return slot.kind == "number" and slot.last < len(row) and row[slot.last].text[slot.end : slot.end + 1] not in ("/", "-", "⁄")


def _replaced(row: Row, slot: Slot, filling: str) -> Row:
    first = row[slot.first]
    tail = row[slot.last]._replace(text=row[slot.last].text[slot.end :].replace("⁄", "/")) if slot.last < len(row) else None
    words = [*row[: slot.first], first._replace(text=first.text[: slot.begin] if slot.begin else first.text)]
    if filling.strip():
        middle = row[min(slot.first + 1, slot.last, len(row) - 1)]
        words.append(middle._replace(text=filling.strip() + (tail.text if tail and slot.kind == "number" else "")))
        tail = None if slot.kind == "number" else tail
    words += [tail] if tail and tail.text else []
    return [word for word in [*words, *row[slot.last + 1 :]] if word.text]


def _again(page: PageImage, row: Row, zoom: float) -> list[Row]:
    """The line read once more, larger."""
    left, right = min(word.left for word in row) - 6, max(word.right for word in row) + 6
    part = page.crop((left, min(word.top for word in row) - 5, right, max(word.bottom for word in row) + 5)).grey
    if not part.size:
        return []
    size = (round(part.shape[1] * zoom), round(part.shape[0] * zoom))
    larger = np.asarray(Image.fromarray(part).resize(size, Image.Resampling.BICUBIC))
    return recognise(PageImage(np.pad(larger, 20, constant_values=255), page.scale * zoom), layout="block")
