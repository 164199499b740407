"""Against: the working copy timed beside another commit, so that a change that makes it slower is seen.

    python -m benchmarks.against COMMIT [--rounds 7]

Both read the corpus in every format, in turn, a new process each time, so that whatever else the machine does meets both. Compared are
the pairs of one round: the middle of their ratios is shown. A measure counts as slower, and the exit code is 1, where the middle is
beyond 5% and all pairs but one at most are on that side.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from statistics import median

from benchmarks.gains import ROOT, worktree

MARGIN = 0.05
Times = dict[str, float]


def lap(code: Path) -> Times:
    """Seconds of CPU by measure of the code in a folder."""
    command = [sys.executable, str(ROOT / "benchmarks" / "lap.py"), str(code), str(ROOT / "corpus" / "formats")]
    times: Times = json.loads(subprocess.run(command, cwd=code, check=True, capture_output=True, text=True).stdout)
    return times


def rounds(other: Path, number: int) -> tuple[list[Times], list[Times]]:
    """Laps of the other code and of ours, each the first in every second round."""
    laps: dict[Path, list[Times]] = {other: [], ROOT: []}
    for turn in range(number):
        for code in (other, ROOT) if turn % 2 else (ROOT, other):
            laps[code].append(lap(code))
    return laps[other], laps[ROOT]


def verdict(ratios: list[float]) -> str:
    """What pairs of times, new by old, say: `slower`, `faster`, or nothing."""
    slower, middle = sum(ratio > 1 for ratio in ratios), median(ratios)
    if middle > 1 + MARGIN and slower >= len(ratios) - 1:
        return "slower"
    return "faster" if middle < 1 - MARGIN and slower <= 1 else ""


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("commit")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    with worktree(options.commit) as other:
        before, after = rounds(other, options.rounds)
    verdicts = []
    print(
        f"{'':22}{options.commit[:12]:>12} {'now':>8} {'ratio':>6}  (least, most)     seconds of CPU, middle of {options.rounds}"
    )
    for name in after[0]:
        pairs = [new[name] / old[name] for old, new in zip(before, after, strict=True)]
        verdicts.append(verdict(pairs))
        old, new = (median(one[name] for one in laps) for laps in (before, after))
        print(f"{name:22}{old:12.3f} {new:8.3f} {median(pairs):6.2f}  ({min(pairs):.2f}, {max(pairs):.2f})  {verdicts[-1]}")
    return int("slower" in verdicts)


if __name__ == "__main__":
    sys.exit(main())
