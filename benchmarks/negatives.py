"""Negatives: lines that look like facts of a family and hold none; what is found in them is false.

    python -m benchmarks.negatives [FILE]

A line of `tests/negatives/lines.jsonl` names the family that must find nothing in `text`, the kind of look-alike it is, and the
headings over it. Each is read as the only bullet of a small plan of 2025, so that context is at hand but nothing else is found.
"""

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.assemble import assemble
from pipeline.language import make_doc
from pipeline.pages import Text
from schemas.plan import Plan, Source

LINES = Path(__file__).parent.parent / "tests" / "negatives" / "lines.jsonl"
_SOURCE = Source(name="x", sha256="0" * 64, bytes=0, media_type="text/plain", text_layer="plain", engine="none")
_HEAD = """\
ỦY BAN NHÂN DÂN
HUYỆN BÌNH SƠN
Số: 12/KH-UBND
Bình Sơn, ngày 10 tháng 02 năm 2025
KẾ HOẠCH
Nâng cao chất lượng phục vụ nhân dân
"""
_CHECKED = ("type_symbol_mismatch", "inconsistent_citation", "numbering_gap", "date_impossible", "spelling")


class Negative(NamedTuple):
    """Negative: a line and the family that must find nothing in it."""

    family: str
    kind: str
    headings: str
    text: str


def negatives(path: Path = LINES) -> list[Negative]:
    """The lines of a file, in order."""
    return [Negative(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def found_in(negative: Negative) -> list[str]:
    """What its family finds in a line, as the words it rests on."""
    before = f"{_HEAD}{negative.headings}\n"
    text = f"{before}- {negative.text}\n"
    plan = assemble(make_doc(Text(text=text)), _SOURCE)
    return [text[start:end] for start, end in _places(plan, negative.family) if end > len(before)]


def _places(plan: Plan, family: str) -> list[tuple[int, int]]:
    facts: list[Any] = getattr(plan, family)
    if family == "references":
        evidence = [mention for fact in facts for mention in fact.mentions]
    elif family == "diagnostics":
        evidence = [fact.evidence for fact in facts if fact.code in _CHECKED and fact.evidence]
    else:
        evidence = [fact.evidence for fact in facts]
    return [(one.start, one.end) for one in evidence]


def main() -> None:
    """Print each false fact, then their share by family."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=LINES)
    every, false = negatives(parser.parse_args().file), Counter[str]()
    for negative in every:
        for words in found_in(negative):
            false[negative.family] += 1
            print(f"{negative.family:<17}{negative.kind:<24} [{words}] {negative.text}")
    for family, lines in Counter(negative.family for negative in every).items():
        print(f"{family:<17}{false[family]:>4} false in {lines:>4} lines")
    print(f"{false.total()} false facts in {len(every)} lines ({false.total() / len(every):.1%})")


if __name__ == "__main__":
    main()
