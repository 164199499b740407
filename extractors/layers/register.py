"""Register: known instruments of the central level, and whether a citation agrees with them.

`vocabulary/instruments.tsv.gz` holds 3,727 instruments (code, type, date, issuer, title, effective date: facts of the
official codification, Bộ pháp điển), one a line, sorted by code. Rows whose year contradicts their own code are kept and not
believed. Absence from the register says nothing. The file is read when the first code with a year is asked for.
"""

import gzip
import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from extractors.layers.instrument_keys import code_key
from extractors.layers.syllables import fold
from extractors.vocabulary import FOLDER
from schemas.facts import Reference

ALIKE = 0.8
"""From this likeness on, two titles are one title in other words; under `UNLIKE` they are two."""
UNLIKE = 0.55

_YEAR = re.compile(r"/(?P<year>(?:19|20)\d\d)/")
_LEAD = re.compile(r"^(?:về việc|về|ban hành|quy định chi tiết|quy định về|quy định|hướng dẫn|phê duyệt|việc)\s+")


class Instrument(NamedTuple):
    """Instrument: one row of the register; dates are ISO."""

    code: str
    type: str
    issued_on: str
    issuer: str
    title: str
    effective_on: str

    @property
    def credible(self) -> bool:
        """Whether its date lies in the year that its code names."""
        year = _YEAR.search(self.code)
        return year is None or year["year"] == self.issued_on[:4]


class Mismatch(NamedTuple):
    """Mismatch: what the register knows under a cited code, and the instrument that was likely meant, if any."""

    known: Instrument
    likely: Instrument | None

    @property
    def message(self) -> str:
        """One Vietnamese sentence for the reader of the plan."""
        known = f"{self.known.code} là {self.known.type} ngày {_day(self.known.issued_on)} “{self.known.title}”"
        return f"{known}; có thể văn bản được dẫn là {self.likely.code}." if self.likely else f"{known}."


class Register:
    """Register: instruments by code; of two with one code the later counts, so that a user's own row wins."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Take lines of the data file; one becomes an instrument when it is asked for."""
        self._lines = {line[: line.index("\t")]: line for line in lines}
        self._days: dict[str, list[str]] = {}

    def __len__(self) -> int:
        return len(self._lines)

    def get(self, code: str) -> Instrument | None:
        """The instrument of a code, if it is known and credible."""
        line = self._lines.get(code_key(code))
        row = _instrument(line) if line else None
        return row if row is not None and row.credible else None

    def check(self, code: str, issued_on: str | None, title: str | None) -> Mismatch | None:
        """What contradicts a citation: a full date that is not the register's.

        A title alone proves nothing, since plans shorten titles; with the date it tells which instrument was meant.
        """
        known = self.get(code)
        if known is None or issued_on is None or "X" in issued_on or len(issued_on) != 10 or issued_on == known.issued_on:
            return None
        meant = sorted(self._of_day(issued_on, _sign(known.code)), key=lambda row: (-likeness(title, row.title), row.code))
        likely = meant[0] if meant and likeness(title, meant[0].title) >= ALIKE and likeness(title, known.title) < UNLIKE else None
        return Mismatch(known, likely)

    def _of_day(self, day: str, sign: str) -> list[Instrument]:
        """The instruments of one day and issuer's sign; the days are indexed when first asked for."""
        if not self._days:
            for line in self._lines.values():
                self._days.setdefault(line.split("\t", 4)[3], []).append(line)
        rows = map(_instrument, self._days.get(day, ()))
        return [row for row in rows if row.credible and _sign(row.code) == sign]


def line_of(row: Instrument) -> str:
    """An instrument as a line of the data file."""
    return "\t".join((code_key(row.code), *(" ".join(cell.split()) for cell in row)))


def _instrument(line: str) -> Instrument:
    return Instrument._make(line.split("\t")[1:])


def likeness(one: str | None, other: str | None) -> float:
    """How alike two titles are, 0 to 1; a title cut short is like the whole.

    >>> likeness("quy định gói dịch vụ y tế cơ bản", "Quy định gói dịch vụ y tế cơ bản cho tuyến y tế cơ sở") > 0.9
    True
    """
    if not one or not other:
        return 0.0
    a, b = _title_key(one), _title_key(other)
    if min(len(a), len(b)) < 12:
        return float(a == b)
    return max(fuzz.token_sort_ratio(a, b), fuzz.partial_ratio(a, b)) / 100


@lru_cache(maxsize=4096)
def _title_key(title: str) -> str:
    return _LEAD.sub("", fold(title))


@cache
def national() -> Register:
    """The register that ships with the project."""
    return Register(_shipped())


def with_own(own: Iterable[Instrument]) -> Register:
    """The register that ships with the project and a user's own instruments, which win."""
    return Register([*_shipped(), *map(line_of, own)])


def titles() -> Iterator[str]:
    """The type, the issuer and the title of each instrument that ships with the project: words of official style."""
    for line in _shipped():
        row = _instrument(line)
        yield from (row.type, row.issuer, row.title)


def _shipped() -> list[str]:
    return gzip.decompress((FOLDER / "instruments.tsv.gz").read_bytes()).decode().split("\n")


def check(code: str | None, issued_on: str | None, title: str | None) -> Mismatch | None:
    """Whether the register contradicts a citation; only codes with a year are looked up (`37/2017/TT-BYT`).

    >>> found = check("37/2017/TT-BYT", "2017-10-18", "quy định gói dịch vụ y tế cơ bản cho tuyến y tế cơ sở")
    >>> found.known.issued_on, found.likely.code
    ('2017-09-25', '39/2017/TT-BYT')
    >>> check("37/2017/TT-BYT", "2017-09-25", None), check("10/KH-UBND", "2024-01-28", None)
    (None, None)
    """
    return national().check(code, issued_on, title) if code and _YEAR.search(code) else None


def citation_mismatch(reference: Reference) -> tuple[str, str | None] | None:
    """Message and code of the instrument that was likely meant, where the register contradicts a plan's citation."""
    found = check(reference.code, reference.issued_on, reference.title)
    return (found.message, found.likely.code if found.likely else None) if found else None


def _sign(code: str) -> str:
    """What follows the year: `TT-BYT`."""
    return code_key(_YEAR.split(code)[-1])


def _day(iso: str) -> str:
    return "/".join(reversed(iso.split("-")))
