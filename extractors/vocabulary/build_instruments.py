"""Build instruments: makes `instruments.tsv.gz` from a table of facts of the official codification; run by hand, never at work.

    python -m extractors.vocabulary.build_instruments instruments.csv

The table (`code,type,issued_on,issuer,title,effective_on`, one instrument a row) was gathered from the notes under the
articles of the codification (Bộ pháp điển điện tử, Bộ Tư pháp). One line an instrument, tab-separated, sorted by key: key of
the code, code, type, date, issuer, title, effective date.
"""

import csv
import gzip
import re
import sys
from pathlib import Path

from extractors.layers.instrument_keys import code_key

FOLDER = Path(__file__).parent
_TAIL = re.compile(r"\s+ngày\s.*$|[.\s]+$")


def build(table: Path) -> bytes:
    """The data file; the same bytes each time."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = sorted(_line(row) for row in csv.DictReader(file))
    return gzip.compress("\n".join(rows).encode(), 9, mtime=0)


def _line(row: dict[str, str]) -> str:
    """One line; type words with a slip of the source (`Thông tư '`, `Thông tư TT`) and dates in the issuer are mended."""
    kind = re.sub(r"^Thông tư(?! liên tịch).*", "Thông tư", row["type"])
    title = " ".join(row["title"].split())
    return "\t".join((code_key(row["code"]), row["code"], kind, row["issued_on"], _TAIL.sub("", row["issuer"]), title, row["effective_on"]))


if __name__ == "__main__":
    (FOLDER / "instruments.tsv.gz").write_bytes(build(Path(sys.argv[1])))
