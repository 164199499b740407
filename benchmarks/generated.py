"""Generated: plans composed from a grammar of phrases, with their truth.

    python -m benchmarks.generated --count 500 --seed 1 --out DIR [--format txt]

Writes DIR/plans/* and DIR/gold/*.json; the same count and seed give the same bytes. With --sources also DIR/sources/*.plan, where text
and truth stand in one line.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

import yaml

from benchmarks.generator.cast import Cast, draw_cast
from benchmarks.generator.compose import Composer
from benchmarks.generator.heads import head
from corpus.build import WRITERS
from corpus.markup import Source, parse_source
from corpus.truth import Reader


def compose(seed: int, number: int) -> tuple[Cast, str]:
    """The source of plan `number` of a seed."""
    random = Random(f"{seed}/{number}")
    cast = draw_cast(random)
    fields = yaml.safe_dump(head(cast, random), allow_unicode=True, sort_keys=False, width=4096)
    body = "\n".join(Composer(random, cast).body())
    return cast, f"---\n{fields}---\n{body}\n"


def sources(seed: int, count: int) -> Iterator[Source]:
    """The sources of the first `count` plans of a seed, in order."""
    for number in range(1, count + 1):
        cast, text = compose(seed, number)
        yield parse_source(f"{seed:03}-{number:04}_{cast.style['id']}_{cast.topic['id']}", text)


def write(folder: Path, seed: int, count: int, suffix: str = "txt") -> None:
    """Write plans and truth of `count` plans."""
    for name in ("plans", "gold"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for source in sources(seed, count):
        WRITERS[suffix](source, folder / "plans" / f"{source.slug}.{suffix}")
        facts = json.dumps(Reader(source).read(), ensure_ascii=False, indent=1)
        (folder / "gold" / f"{source.slug}.json").write_text(facts + "\n", encoding="utf-8")


def main() -> None:
    """Write the plans."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--format", choices=sorted(WRITERS), default="txt")
    parser.add_argument("--sources", action="store_true", help="also write the sources")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    write(options.out, options.seed, options.count, options.format)
    if options.sources:
        (options.out / "sources").mkdir(exist_ok=True)
        for number in range(1, options.count + 1):
            (options.out / "sources" / f"{number:04}.plan").write_text(compose(options.seed, number)[1], encoding="utf-8")
    print(f"{options.count} plans in {options.out}")


if __name__ == "__main__":
    main()
