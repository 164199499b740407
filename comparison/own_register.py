"""Own register: instruments that a user adds to the register, from a CSV with its columns."""

import re
from pathlib import Path

from comparison.errors import UnusableVocabulary
from comparison.vocabulary import read_table
from extractors.layers.instrument_keys import code_key
from extractors.layers.register import Instrument

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def read_register(path: Path) -> list[Instrument]:
    """The instruments of a file; raises `UnusableVocabulary` naming the line with a wrong date or a second code."""
    found: dict[str, Instrument] = {}
    for number, row in read_table(path, Instrument._fields):
        where, instrument = f"{path}, line {number}", Instrument(**row)
        if not instrument.code or not _DAY.fullmatch(instrument.issued_on):
            raise UnusableVocabulary(f"{where}: code and issued_on (YYYY-MM-DD) are needed, found {row['code']!r}, {row['issued_on']!r}.")
        if code_key(instrument.code) in found:
            raise UnusableVocabulary(f"{where}: code {instrument.code!r} stands twice.")
        found[code_key(instrument.code)] = instrument
    return list(found.values())
