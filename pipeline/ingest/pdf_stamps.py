"""Stamps on PDF pages: small print of digital signatures and receipt stamps, found by its words and by standing flush.

They lie over the page as it was, often on the same height as its lines, so they go before lines are put together.
"""

import re

from pipeline.ingest.furniture import stamp_of
from pipeline.ingest.pdf_lines import Piece
from pipeline.ingest.pdf_sheet import Sheet

_HINT = re.compile(r"[Kk]ý (?:số )?bởi|Người ký|gian ký|Ngày ký|Chữ ký|signed by|Signature|ĐẾN")


def unstamped(sheet: Sheet, pieces: list[Piece]) -> list[Piece]:
    """The pieces of a sheet that no stamp put there."""
    if not _HINT.search(sheet.text):
        return pieces
    words = [sheet.text[piece.start : piece.end].strip() for piece in pieces]
    dropped: set[int] = set()
    for index, text in enumerate(words):
        more = stamp_of(text, early=sheet.number == 1 and pieces[index].top < 0.5 * sheet.height)
        if more and index not in dropped:
            dropped |= _stamp(pieces, words, index, more)
    return [piece for index, piece in enumerate(pieces) if index not in dropped]


def _stamp(pieces: list[Piece], words: list[str], first: int, more: re.Pattern[str]) -> set[int]:
    """The piece, what stands below it line after line, and what goes on in these lines."""
    found, last = {first}, pieces[first]
    unit = last.height
    while True:
        below = [
            index
            for index, piece in enumerate(pieces)
            if index not in found and 0.3 * unit < piece.bottom - last.bottom < 1.9 * unit and _alike(piece, unit)
            if abs(piece.left - last.left) < 0.5 * unit or (more.match(words[index]) and abs(piece.left - last.left) < 8 * unit)
        ]
        if not below:
            break
        found.add(below[0])
        last = pieces[below[0]]
    beside = {index for index, piece in enumerate(pieces) if any(_beside(pieces[one], piece) for one in found)}
    return found | beside


def _alike(piece: Piece, unit: float) -> bool:
    return 0.7 < piece.height / unit < 1.4


def _beside(piece: Piece, other: Piece) -> bool:
    level = abs(piece.bottom - other.bottom) < 0.2 * piece.height and _alike(other, piece.height)
    return level and 0 < other.left - piece.right < 4 * piece.height
