"""Unclaimed: the figures and times of a run that no fact claims and no reason explains: what may have been missed.

python -m benchmarks.unclaimed OUTPUTS
"""

import argparse
from pathlib import Path

import jsonlines

WIDTH = 60


def main() -> None:
    """Print each in its line of text, then the share of all figures and times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("outputs", type=Path, help="the folder of a run")
    folder = parser.parse_args().outputs
    unknown = claimed = explained = 0
    with jsonlines.open(folder / "plans.jsonl") as plans:
        for plan in plans:
            text = (folder / "plans" / f"{plan['id']}.txt").read_text(encoding="utf-8")
            claimed += len(plan["targets"]) + len(plan["deadlines"])
            for item in plan["unclaimed"]:
                if item["reason"] != "unknown":
                    explained += 1
                    continue
                unknown += 1
                print(f"{plan['source']['name']}: {_in_context(text, item['evidence']['start'], item['evidence']['end'])}")
    every = claimed + explained + unknown
    share = unknown / max(1, every)
    print(f"{unknown} unknown of {every} figures and times ({share:.1%}); {claimed} facts, {explained} explained")


def _in_context(text: str, start: int, end: int) -> str:
    before = text[max(0, start - WIDTH) : start].rpartition("\n")[2]
    return f"{before}[{text[start:end]}]{text[end : end + WIDTH].partition(chr(10))[0]}"


if __name__ == "__main__":
    main()
