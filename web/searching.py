"""Searching: the texts of all plans in files of a bounded size, which the search page loads one after the other."""

from pathlib import Path

from web.files import write_data

SHARD = 1_000_000
"""Characters of a file; the page shows what it has found after each."""


class Shards:
    """Shards: plans go in one by one, files come out; `close` writes the last one and the list of all."""

    def __init__(self, out: Path) -> None:
        """Begin the first file."""
        self._out = out
        self._texts: list[tuple[int, str]] = []
        self._size = 0
        self._written = 0

    def add(self, number: int, text: str) -> None:
        """Take the text of the plan with this number in the list of plans."""
        self._texts.append((number, text))
        self._size += len(text)
        if self._size >= SHARD:
            self._flush()

    def close(self) -> None:
        """Write what is left."""
        if self._texts:
            self._flush()
        write_data(self._out, "search", self._written)

    def _flush(self) -> None:
        write_data(self._out, f"search/{self._written}", self._texts)
        self._texts, self._size, self._written = [], 0, self._written + 1
