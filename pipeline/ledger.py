"""Ledger: what is known of each input of a run: kept from before, the same as another one, found out now, or still to be read.

It stands between those who read and what is written: `missing` gives the inputs that must be read, the largest first, so that no
process is left alone with a long scan at the end; `enter` takes what became of each, in any order; `outcomes` gives all in the order
of the inputs. What is found out goes into the journal at once and is taken from there at the end, so that memory holds a key for
each input and no more.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.document import fingerprint
from pipeline.edition import edition
from pipeline.inputs import Input
from pipeline.journal import KEY_BYTES, Journal
from pipeline.outcomes import PASSING, Cost, Failure, Outcome, Success, packed, unpacked

DUPLICATE = "duplicate"

Watcher = Callable[[Outcome, Cost | None], None]


class Content(NamedTuple):
    """Content: what stands for the bytes of a document: the SHA-256 of its file, and the way to it inside of that.

    Of a file that is stored elsewhere its address and version stand for the bytes, which the run does not see.
    """

    sha256: str
    inside: tuple[int, ...]


class Ledger:
    """Ledger: of the inputs of one run, and a journal."""

    def __init__(self, inputs: Sequence[Input], journal: Journal, told: Watcher = lambda outcome, cost: None) -> None:
        """Nothing is looked at yet; `told` will be told of each input once, with what it cost where it was read now."""
        self._inputs = inputs
        self._journal = journal
        self._told = told
        self._keys: list[bytes] = [b""] * len(inputs)
        self._same: dict[int, int] = {}
        self._unkept: dict[int, Outcome] = {}
        self._asked: list[int] = []
        self.kept = 0
        self.read = 0

    def missing(self) -> Iterator[Input]:
        """The inputs that have to be read, the largest first; each is looked at only when it is asked for."""
        first: dict[bytes, int] = {}
        archives: dict[str, str | None] = {}
        for place in self._by_size():
            item = self._inputs[place]
            content = _content(item, archives)
            if content is not None:
                if first.setdefault(_key("", content), place) != place:
                    self._same[place] = first[_key("", content)]
                    continue
                self._keys[place] = _key(item.name, content)
                if self._keys[place] in self._journal:
                    self.kept += 1
                    self._told(self._of(place), None)
                    continue
            self._asked.append(place)
            yield item

    def asked(self, number: int) -> Input:
        """The input that `missing` gave as the one with this number."""
        return self._inputs[self._asked[number]]

    def enter(self, number: int, outcome: Outcome, cost: Cost | None) -> None:
        """Take what became of the input that `missing` gave as the one with this number."""
        place = self._asked[number]
        self.read += 1
        if self._lasts(place, outcome):
            self._journal.put(self._keys[place], packed(outcome))
        else:
            self._unkept[place] = outcome
        self._told(outcome, cost)

    def outcomes(self) -> Iterator[Outcome]:
        """What became of every input, in their order; of several with the same bytes, the first that gave a plan stands for all."""
        plans: dict[str, str] = {}
        for place, item in enumerate(self._inputs):
            outcome = self._of(self._same.get(place, place))
            if isinstance(outcome, Success):
                first = plans.setdefault(outcome.plan_id, outcome.name)
                if item.name != first:
                    outcome = _duplicate(item.name, outcome.sha256, first)
            elif item.name != outcome.name:
                message = f"{item.name}: the same bytes as {outcome.name}. {outcome.message}"
                outcome = outcome._replace(name=item.name, message=message)
            if place in self._same:
                self._told(outcome, None)
            yield outcome

    def close(self) -> None:
        """Let the journal forget what is not of this run."""
        self._journal.keep_only(set(self._keys))

    def _by_size(self) -> list[int]:
        sizes = [_size(item) for item in self._inputs]
        return sorted(range(len(sizes)), key=lambda place: (-sizes[place], place))

    def _lasts(self, place: int, outcome: Outcome) -> bool:
        """Whether the next run may take it as it is: not where the machine failed, or the file changed before it was read."""
        item, key = self._inputs[place], self._keys[place]
        if not key or (isinstance(outcome, Failure) and outcome.code in PASSING):
            return False
        return bool(item.inside or item.stored) or key == _key(item.name, Content(outcome.sha256 or "", ()))

    def _of(self, place: int) -> Outcome:
        return self._unkept[place] if place in self._unkept else unpacked(self._journal.get(self._keys[place]))


def _content(item: Input, archives: dict[str, str | None]) -> Content | None:
    """What the file holds; None where it cannot be opened, or its storage does not say when it changes. An archive is looked at once for all that is in it."""
    if item.stored:
        return Content(f"{item.stored.address} {item.stored.version}", item.inside) if item.stored.version else None
    if not item.inside:
        sha256 = _sha256(item.path)
    elif item.file in archives:
        sha256 = archives[item.file]
    else:
        sha256 = archives[item.file] = _sha256(item.path)
    return Content(sha256, item.inside) if sha256 else None


def _sha256(path: Path) -> str | None:
    try:
        return fingerprint(path).sha256
    except OSError:
        return None


def _size(item: Input) -> int:
    if item.stored:
        return item.stored.size
    try:
        return item.path.stat().st_size
    except OSError:
        return 0


def _duplicate(name: str, sha256: str, first: str) -> Failure:
    message = f"{name}: the same bytes as {first}, whose plan stands for both."
    return Failure(name, sha256, DUPLICATE, None, message, "Nothing need be done.")


def _key(name: str, content: Content) -> bytes:
    """What a result is kept under: its name is in it, as it is in the plan."""
    parts = (edition(), name, content.sha256, *map(str, content.inside))
    return hashlib.sha256("\0".join(parts).encode()).digest()[:KEY_BYTES]
