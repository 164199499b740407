"""Moment: a day, month, quarter, half-year, year, period, school year or feast as a text names it, its year known or not.

The parts are kept apart until the year is known: `tail` is what stands behind the year in EDTF (`-12-15`, `-05`, `-36`),
`last` and `last_tail` are the other end of a moment that is wider than one unit.
"""

import re
from typing import NamedTuple

YEAR = r"(?:19|20)\d\d(?![\d%])"
"""A year, part of a verbose pattern."""

NUMBERS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
"""Number words by their keys."""


class Moment(NamedTuple):
    """Moment: characters `[start, end)` of a line that name a stretch of the calendar.

    `unit` is `day`, `month`, `quarter`, `half`, `year`, `years` and `bare` (without the word *năm*), `this` (the running
    year), `period`, `until` (a period without a start), `term`, `school`, `feast`, `monthday` (a day of any month) or
    `lunar` (a day of the lunar calendar, not converted). The tail of a feast without a year is its name.
    """

    start: int
    end: int
    unit: str
    year: int | None = None
    tail: str = ""
    last: int | None = None
    last_tail: str | None = None

    def bounds(self, year: int | None) -> tuple[str | None, str | None]:
        """EDTF of the first and the last part, `year` standing in for a missing one.

        >>> Moment(0, 5, "month", None, "-08", last_tail="-09").bounds(2023)
        ('2023-08', '2023-09')
        """
        first = self.year or year
        last = self.last or first
        if self.unit in {"monthday", "lunar"} or first is None or last is None:
            return None, None
        return f"{first}{self.tail}", f"{last}{self.tail if self.last_tail is None else self.last_tail}"

    @property
    def wide(self) -> bool:
        """Whether its two ends differ."""
        return self.last is not None or self.last_tail is not None


def number(word: str) -> int:
    """A number in figures or as a word.

    >>> number("05"), number("hai")
    (5, 2)
    """
    return int(word) if word.isdigit() else NUMBERS[word]


def years_of(match: re.Match[str]) -> tuple[int | None, int | None]:
    """The years of the groups `y` and `y2` of a match, None for what it does not have."""
    groups = match.groupdict()
    return tuple(int(groups[name]) if groups.get(name) else None for name in ("y", "y2"))  # type: ignore[return-value]
