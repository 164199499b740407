"""Accuracy: docs/accuracy.md, written from a run.

    python -m benchmarks.accuracy [--count 500] [--seed 2031] [--page docs/accuracy.md]

Scores the corpus in each format, invented plans by family, topic and issuer, plans at levels of noise, and lines that must give
nothing; plans with annotations beside the project are scored where they are at hand.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.generated import sources
from benchmarks.negatives import found_in, negatives
from benchmarks.noise import LEVELS, curve
from benchmarks.rewrites import plan_of
from benchmarks.scores import FAMILIES, LIKENESS, Row, Rows, added, compared, paired
from corpus.build import read_sources
from corpus.markup import Source
from corpus.text import render
from corpus.truth import Reader
from pipeline.document import read_document
from pipeline.errors import UnreadableDocument

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "accuracy.md"
FORMATS = ("txt", "docx", "html", "pdf")
SHOWN = 4
Scored = tuple[Source, Rows]

INTRODUCTION = """\
# Accuracy

Written by `make accuracy` from a run; nothing here is typed by hand. `make gold` scores the same annotations with an outside scorer.

## Method

Facts found are paired one to one with facts of the truth. Two facts are the same by what tells them apart: a reference by its code, a
target by its value in the same clause, a deadline by the words of its time, a responsibility by unit, role and section, a task by its
first words, a heading by marker and title. F1 is over all facts of a family. Fields are counted over the pairs.

- **Corpus**: twenty plans written for this project, truth noted while writing (corpus/README.md). The rules were tried on them.
- **Annotated plans**: two sample plans and some real ones, annotated by hand; not part of the project, scored where they are at hand. On
  the two samples the mean F1 of two human annotators with each other is 0.988: no program can be shown to be better than that.
- **Invented plans**: composed from a grammar of phrases of its own (benchmarks/generator), with a seed not used while rules were
  written. They show that a pattern is known in every topic and style; they are more regular than real plans.
- **Noise**: a share of the letters struck by errors of scanning and typing.
- **Negatives**: lines that look like a fact and are none.
"""


def scored(plans: Iterable[Source]) -> Iterator[Scored]:
    """Each plan with its scores, read as text."""
    for source in plans:
        plan = plan_of(render(source))[0].model_dump(mode="json")
        yield source, compared(Reader(source).read(), plan)


def total(rows: Iterable[Rows]) -> Rows:
    """The sum of tables."""
    summed: Rows = {family: Row() for family in FAMILIES}
    for one in rows:
        summed = added(summed, one)
    return summed


def annotated(gold: Path, documents: Path) -> dict[str, list[Rows]]:
    """Scores of each annotated document of a folder that is readable: `digital` those that hold text, `scanned` the recognised."""
    read: dict[str, list[Rows]] = {"digital": [], "scanned": []}
    for path in sorted(gold.glob("*.json")):
        truth = json.loads(path.read_bytes())
        stem = Path(truth["file"]).stem
        files = [file for file in documents.iterdir() if file.stem == stem]
        for document in sorted(files, key=lambda file: (file.name != truth["file"], file.name)):
            try:
                plan = read_document(document, document.name).plan.model_dump(mode="json")
            except UnreadableDocument:
                continue
            layer = "scanned" if plan["source"]["text_layer"] in {"ocr", "mixed"} else "digital"
            read[layer].append(compared(truth, plan))
            break
    return read


def table(head: list[str], rows: Iterable[list[str]]) -> str:
    """A Markdown table, numbers to the right."""
    rule = ["---"] + ["--:"] * (len(head) - 1)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [head, rule, *rows]) + "\n"


def mean(rows: Rows) -> float:
    """Mean F1 over the families that the truth has facts of."""
    held = [row.f1 for row in rows.values() if row.gold]
    return sum(held) / max(1, len(held))


def by_family(rows: Rows) -> str:
    """Counts, precision, recall and F1 by family, and the fields."""
    lines = [
        [family, str(row.gold), str(row.found), f"{row.precision:.3f}", f"{row.recall:.3f}", f"{row.f1:.3f}", _fields(row)]
        for family, row in rows.items()
    ]
    return table(["family", "truth", "found", "precision", "recall", "F1", "fields right"], lines)


def _fields(row: Row) -> str:
    return ", ".join(f"{name} {right / count:.2f}" for name, right, count in row.fields)


def by_group(groups: dict[str, list[Rows]], name: str) -> str:
    """Number of plans and F1 by group and family."""
    lines = []
    for group, tables in sorted(groups.items()):
        rows = total(tables)
        lines.append([group, str(len(tables)), *(f"{rows[family].f1:.2f}" for family in FAMILIES), f"{mean(rows):.3f}"])
    return table([name, "plans", *FAMILIES, "mean"], lines)


def grouped(pairs: Iterable[Scored], key: str) -> dict[str, list[Rows]]:
    """Scores by a word of the source: its topic, its issuer's level or the style in its name."""
    groups: dict[str, list[Rows]] = {}
    for source, rows in pairs:
        name = {"topic": source.head["topic"], "level": source.head["document"]["level"], "style": source.slug.split("_")[1]}[key]
        groups.setdefault(name, []).append(rows)
    return groups


def drawn(found: dict[float, Rows]) -> str:
    """The fall of F1 with noise as a table with bars."""
    lines = [[family, *(_bar(found[level][family].f1) for level in LEVELS)] for family in FAMILIES]
    return table(["letters struck", *(f"{level:.1%}" for level in LEVELS)], lines)


def _bar(value: float) -> str:
    return f"{value:.3f} {'█' * round(8 * value)}{'░' * (8 - round(8 * value))}"


def failures(plans: Iterable[Source]) -> Iterator[str]:
    """Facts missed and facts wrongly found, a few of each family."""
    shown: Counter[tuple[str, str]] = Counter()
    for source in plans:
        plan = plan_of(render(source))[0].model_dump(mode="json")
        truth = Reader(source).read()
        for family in FAMILIES[:-1]:
            pairs = paired(truth[family], plan[family], *LIKENESS[family])
            matched = [id(fact) for pair in pairs for fact in pair]
            for kind, facts in (("missed", truth[family]), ("wrong", plan[family])):
                for fact in facts:
                    if id(fact) not in matched and shown[family, kind] < SHOWN:
                        shown[family, kind] += 1
                        yield f"- {family}, {kind}: {_worded(fact)}"


def _worded(fact: dict[str, object]) -> str:
    evidence = fact.get("evidence")
    quoted = fact.get("clause") or fact.get("quote") or fact.get("first_quote") or fact.get("text") or fact.get("name")
    words = quoted or (evidence["quote"] if isinstance(evidence, dict) else None) or fact.get("title") or fact.get("code")
    role = f" ({fact['role']}, section {fact['section']})" if "role" in fact and "section" in fact else ""
    return f"“{' '.join(str(words).split())[:140]}”{role}"


def page(count: int, seed: int, shared: Path) -> str:
    """The page."""
    corpus = read_sources()
    parts = [INTRODUCTION, "## Results\n\n### Corpus, by format\n"]
    formats = {name: annotated(ROOT / "corpus" / "gold", ROOT / "corpus" / "formats" / name) for name in FORMATS}
    digital = {name: read["digital"] for name, read in formats.items()}
    lines = [
        [name, str(len(read)), *(f"{total(read)[f].f1:.3f}" for f in FAMILIES), f"{mean(total(read)):.3f}"]
        for name, read in digital.items()
    ]
    parts.append(table(["format", "plans", *FAMILIES, "mean"], lines))
    parts += ["### Corpus, by family\n", by_family(total(digital["txt"]))]
    for title, gold, documents in (("Sample plans", "samples", "plans"), ("Real plans", "real", "real")):
        if (shared / "gold" / gold).is_dir():
            for layer, read in annotated(shared / "gold" / gold, shared / documents).items():
                rows = total(read)
                heading = f"### {title}, {layer} ({len(read)} documents, mean F1 {mean(rows):.3f})\n"
                parts += [heading, by_family(rows)] if read else []
    invented = list(scored(sources(seed, count)))
    rows = total(rows for _, rows in invented)
    parts += [f"### Invented plans ({count} of seed {seed}, mean F1 {mean(rows):.3f})\n", by_family(rows)]
    pairs = [*invented, *scored(corpus)]
    parts += ["### By topic, corpus and invented plans\n", by_group(grouped(pairs, "topic"), "topic")]
    parts += ["### By level of the issuer, corpus and invented plans\n", by_group(grouped(pairs, "level"), "level")]
    parts += ["### By issuer, invented plans\n", by_group(grouped(invented, "style"), "issuer")]
    noisy = curve([*corpus, *sources(seed + 1, 20)])
    parts += ["## Noise\n\nF1 over the corpus and twenty invented plans.\n", drawn(noisy)]
    parts += ["## Negatives\n", _negative()]
    parts += ["## Known failures\n\nFrom the corpus and the invented plans, a few of each family:\n"]
    parts += ["\n".join(failures([*corpus, *sources(seed, min(count, 60))])) + "\n"]
    return "\n".join(parts)


def _negative() -> str:
    every = negatives()
    false = [(row, words) for row in every for words in found_in(row)]
    lines, wrong = Counter(row.family for row in every), Counter(row.family for row, _ in false)
    counted = table(["family", "lines", "false facts"], [[name, str(many), str(wrong[name])] for name, many in lines.items()])
    examples = "\n".join(f"- {row.family}, {row.kind}: “{row.text}” gives “{words}”" for row, words in false)
    return f"{counted}\n{len(false)} false facts in {len(every)} lines ({len(false) / len(every):.1%}).\n\n{examples}\n"


def main() -> None:
    """Write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=2031)
    parser.add_argument("--page", type=Path, default=PAGE)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    options = parser.parse_args()
    options.page.write_text(page(options.count, options.seed, options.shared), encoding="utf-8")
    print(f"written: {options.page}")


if __name__ == "__main__":
    main()
