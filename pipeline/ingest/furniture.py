"""Furniture: what stands on pages and is no part of the text: page numbers, running heads, signature and receipt stamps."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import takewhile

from pipeline.pages import Grid, Line

PAGE_NUMBER = re.compile(
    r"\s*(?:[-–—]\s*|[Tt]rang\s+)?(?P<number>\d{1,3})(?:\s*[-–—]|\s*/\s*\d{1,3})?\s*"  # 2, - 2 -, 2/5, Trang 2
)
_EDGE = 0.11  # share of the page's height in which page numbers and running heads stand
_SIGNED = re.compile(
    r"(?:Được )?[Kk]ý (?:số )?bởi\b|Người ký\s*:|(?:Thời gian|Ngày) ký\s*:|Chữ ký (?:số|hợp lệ)|Digitally signed|"
    r"Signature (?:Not )?(?:Verified|valid)|Ký ngày\s*:"
)
_SIGNED_MORE = re.compile(
    r"(?:Email|E-mail|Cơ quan|Tổ chức|Chức vụ|Date|DN|Reason|Location|Lý do|Thời gian)\s*[:=]|"
    r"(?:Thời gian|Ngày) ký\s*:|(?=.{0,120}?\d\d[.:/-]\d\d)[^+\n]{0,240}+\+0?7"  # 12.03.2024 08:15:07 +07:00
)
_RECEIVED = re.compile(r"(?:CÔNG VĂN |CV )?ĐẾN\s*+:?(?:$|\s*+Số\b)")
_RECEIVED_MORE = re.compile(r"(?:Số|Ngày|Giờ|Số và ký hiệu HS|Lưu hồ sơ)[\d./…:\sh-]*+$|(?:Kính )?[Cc]huyển\s*+:")


def without_furniture(pages: list[list[Line | Grid]], heights: list[float]) -> list[list[Line | Grid]]:
    """The blocks of each page without page numbers and running heads."""
    repeated = _running(pages, heights)
    out = []
    for blocks, height in zip(pages, heights, strict=True):
        lines = sorted((block for block in blocks if isinstance(block, Line)), key=_top)
        dropped = set()
        for line in (*_leading(lines, height, repeated), *_leading(lines[::-1], height, repeated)):
            dropped.add(id(line))
        out.append([block for block in blocks if id(block) not in dropped])
    return out


def without_stamps(lines: list[Line]) -> list[Line]:
    """The lines of a text without what a digital signature or an office that received the paper put on it."""
    dropped: set[int] = set()
    for index, line in enumerate(lines):
        more = stamp_of(line.text.strip(), early=index < 40)
        if more:
            dropped.add(index)
            for place in range(index + 1, min(index + 7, len(lines))):
                if not more.match(lines[place].text.strip()):
                    break
                dropped.add(place)
    return [line for index, line in enumerate(lines) if index not in dropped] if dropped else lines


def stamp_of(text: str, *, early: bool) -> re.Pattern[str] | None:
    """What the further lines of a stamp look like, if `text` begins one; receipt stamps only stand `early`."""
    if _SIGNED.match(text):
        return _SIGNED_MORE
    return _RECEIVED_MORE if early and _RECEIVED.match(text) else None


def _leading(lines: list[Line], height: float, repeated: set[tuple[str, int]]) -> Iterator[Line]:
    return takewhile(lambda line: _is_furniture(line, height, repeated), lines)


def _top(line: Line) -> float:
    return line.glyphs.top if line.glyphs else 0.0


def _is_furniture(line: Line, height: float, repeated: set[tuple[str, int]]) -> bool:
    if not line.text.strip():
        return True
    if line.glyphs is None or not _at_edge(line, height):
        return False
    return _key(line) in repeated or PAGE_NUMBER.fullmatch(line.text) is not None


def _at_edge(line: Line, height: float) -> bool:
    return line.glyphs is not None and (line.glyphs.bottom < height * _EDGE or line.glyphs.top > height * (1 - _EDGE))


def _key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text.strip()), round(_top(line) / 6)


def _running(pages: list[list[Line | Grid]], heights: list[float]) -> set[tuple[str, int]]:
    """Texts that stand at the same height on most pages of at least three."""
    if len(pages) < 3:
        return set()
    counts = Counter(
        key
        for blocks, height in zip(pages, heights, strict=True)
        for key in {_key(b) for b in [*blocks[:3], *blocks[-3:]] if isinstance(b, Line) and _at_edge(b, height)}
    )
    return {key for key, count in counts.items() if count >= 3 and count > 0.5 * len(pages)}
