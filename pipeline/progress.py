"""Progress: what a person at a terminal sees of a run: a bar while it goes on, a table at its end.

Nothing is written to standard output; the bar is only drawn on a terminal, and without a thread of its own.
"""

from collections import Counter
from pathlib import Path
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.table import Table
from rich.text import Text

from pipeline.outcomes import FAMILIES, Outcome
from pipeline.run import Tally

SHOWN_FAILURES = 20


class _Rate(ProgressColumn):
    """Rate: files a second in the last half minute."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.1f}/s" if task.speed else "")


class Progress:
    """Progress: told of every file, says how far the run is."""

    def __init__(self, total: int, *, quiet: bool) -> None:
        """Nothing is drawn before the first file is done."""
        self._console = Console(stderr=True, quiet=quiet, markup=False, highlight=False)
        about = TextColumn("{task.description}", markup=False)
        columns = (BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn(), about)
        hidden = quiet or not self._console.is_terminal
        self._bar = Bar(*columns, console=self._console, auto_refresh=False, transient=True, disable=hidden)
        self._task = self._bar.add_task("", total=total)
        self._total, self._done = total, 0

    def __enter__(self) -> "Progress":
        """Draw the bar."""
        self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Take the bar away."""
        self._bar.stop()

    def advance(self, outcome: Outcome) -> None:
        """One file more is done."""
        self._done += 1
        about = outcome.name[-40:] if self._done < self._total else "writing"
        self._bar.update(self._task, advance=1, description=about, refresh=True)

    def close(self, tally: Tally, folder: Path | str) -> None:
        """Print what the run came to: plans, facts by family, failures with their reasons."""
        self._console.print(f"{_count(tally.plans, 'plan')} in {folder}", soft_wrap=True)
        table = Table()
        table.add_column("facts")
        table.add_column("number", justify="right")
        for family in FAMILIES:
            table.add_row(family, f"{tally.facts[family]:,}")
        unclaimed, unknown = tally.facts["unclaimed"], tally.facts["unclaimed_unknown"]
        table.add_row("unclaimed (of which unknown)", f"{unclaimed:,} ({unknown:,})")
        self._console.print(table)
        if tally.duplicates:
            self._console.print(
                f"{_count(len(tally.duplicates), 'file')} with the same bytes as another one: see failures.jsonl."
            )
        if tally.failures:
            self._print_failures(tally, folder)

    def _print_failures(self, tally: Tally, folder: Path | str) -> None:
        codes = Counter(failure.code for failure in tally.failures)
        counts = ", ".join(f"{code} {count}" for code, count in codes.most_common())
        self._console.print(f"{_count(len(tally.failures), 'file')} not read: {counts}", soft_wrap=True)
        table = Table()
        table.add_column("reason", style="red")
        table.add_column("message and what to do")
        for failure in tally.failures[:SHOWN_FAILURES]:
            table.add_row(failure.code, Text(f"{failure.message} {failure.remedy}"))
        self._console.print(table)
        if len(tally.failures) > SHOWN_FAILURES:
            self._console.print(f"All {len(tally.failures)} are in {folder}/failures.jsonl.")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
