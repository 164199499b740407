"""Patterns: whether the time of each regular expression grows no faster than its text.

    python -m benchmarks.patterns              # every pattern at 1 MB and 10 MB of its worst text
    python -m benchmarks.patterns --patience 1 # the same with shorter texts where one would take longer than a second
    python -m benchmarks.patterns --quick      # which grow faster than the text, judged by short texts

Every pattern that the project compiles is caught while all of its modules are imported and the sample plans are read; so are the
methods it is used with, since `match` of a pattern may be harmless where `search` is not. Worst texts are made from the pattern's
own grammar: what stands before a repetition, then the repeated part many times, then something that makes it fail. Patterns for
the canonical text get texts as canonical ones are: never two blanks in a row.
"""

import argparse
import collections
import pkgutil
import re
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import chain, product
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
ROOMS = ("schemas", "extractors", "pipeline", "comparison", "web")
SAMPLES = ROOT / "corpus" / "plans"
_METHODS = ("match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split")
_ANCHORED = frozenset(("match", "fullmatch"))
_PASSED_ON = (re.__file__, "/extractors/layers/folded.py")  # these compile for others
_FEW = 3  # ways in which one part of a pattern is tried
_PLAIN = (
    "a",
    "đ",
    "A",
    "1",
    " ",
    "\t",
    "\n",
    "a ",
    "A ",
    "1 ",
    "a.",
    "1.",
    "1/",
    "1-",
    "- ",
    "(",
    "“",
    ", ",
    "; ",
    "a, ",
    "A.B.",
)
_CANDIDATES = "aA1 ,.-/%đĐ;:(“\"'\n\t_*#<>&=xđ|"
_ENDINGS = ("", "\0")


_BLANKS = re.compile(r"\s(?=\s)")
_STEEP = 24
_SIZES = (1_000_000, 10_000_000)
_TOO_STEEP = 12
_TRIES = 6
_NOTICEABLE = 0.002  # seconds; a pattern whose time grows with the square of its text takes a tenth at these lengths
Attack = tuple[str, str, str]
"""Start, repeated part and end of a text."""


class Used(NamedTuple):
    """Used: a pattern and the methods with which the project calls it; `where` is the module that compiles it."""

    pattern: "re.Pattern[Any]"
    methods: frozenset[str]
    where: str


class Growth(NamedTuple):
    """Growth: the seconds a pattern takes for two lengths of its worst text, which `attack` makes."""

    used: Used
    attack: Attack
    sizes: tuple[int, int]
    seconds: tuple[float, float]

    @property
    def ratio(self) -> float:
        """How many times longer the longer text takes."""
        return self.seconds[1] / max(self.seconds[0], 1e-9)

    @property
    def is_steep(self) -> bool:
        """Whether it grows faster than its text, in times long enough to be told from the clock's grain."""
        return self.ratio > _STEEP and self.is_noticeable

    @property
    def is_noticeable(self) -> bool:
        """Whether the longer text takes long enough for a ratio to mean something."""
        return self.seconds[1] > _NOTICEABLE


class _Recorded:
    """Recorded: stands for a pattern and notes which of its methods are asked for."""

    def __init__(self, pattern: "re.Pattern[Any]", where: str) -> None:
        """Note nothing yet."""
        self.real, self.where, self.methods = pattern, where, set[str]()

    def __getattr__(self, name: str) -> Any:
        if name in _METHODS:
            self.methods.add(name)
        return getattr(self.real, name)


def patterns_used() -> list[Used]:
    """Every pattern of the project with its uses; to be called in a process that has imported nothing of it yet."""
    found: dict[tuple[Any, int], _Recorded] = {}
    compiled: Callable[[Any, int], Any] = re._compile  # type: ignore[attr-defined]

    def record(pattern: Any, flags: int) -> Any:
        if isinstance(pattern, _Recorded):
            return pattern
        frame = sys._getframe(1)
        while frame.f_back and frame.f_code.co_filename.endswith(_PASSED_ON):
            frame = frame.f_back
        real = compiled(pattern, flags)
        path = Path(frame.f_code.co_filename)
        if not path.is_relative_to(ROOT) or path.relative_to(ROOT).parts[0] not in ROOMS:
            return real
        where = f"{path.relative_to(ROOT)}:{frame.f_lineno}"
        return found.setdefault((real.pattern, real.flags), _Recorded(real, where))

    re._compile = record  # type: ignore[attr-defined]
    try:
        for name in modules():
            import_module(name)
        for sample in sorted(SAMPLES.iterdir()):
            _read(sample)
    finally:
        re._compile = compiled  # type: ignore[attr-defined]
    for item in found.values():
        item.methods |= _written(item)
    return [Used(item.real, frozenset(item.methods), item.where) for item in found.values()]


def _written(item: _Recorded) -> set[str]:
    """The methods that the source calls by the names that a pattern has in its modules."""
    methods = set()
    rooms = [module for name, module in list(sys.modules.items()) if name.partition(".")[0] in ROOMS]
    for module in rooms:
        for name in [name for name, value in vars(module).items() if value is item]:
            source = Path(str(module.__file__)).read_text(encoding="utf-8")
            methods |= {call[1] for call in re.finditer(rf"\b{name}\.({'|'.join(_METHODS)})\b", source)}
    return methods


def modules() -> Iterator[str]:
    """The names of all modules of the project that run with it; scripts that build vocabularies are no part of it."""
    for room in ROOMS:
        yield room
        for module in pkgutil.walk_packages([str(ROOT / room)], f"{room}."):
            if ".build_" not in module.name and not module.name.endswith("__main__"):
                yield module.name


def _read(path: Path) -> None:
    from pipeline.document import read_document

    read_document(path, path.name)


def attacks(pattern: "re.Pattern[Any]") -> list[Attack]:
    """Start, repeated part and end of the texts that are worst for a pattern."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    tree = re._parser.parse(source, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags)  # type: ignore[attr-defined]
    made: dict[tuple[str, str], None] = {}
    for before, body in _repeated(list(tree), pattern.flags, ""):
        made.setdefault((before, body))
        if before:
            made.setdefault(("", before + body))
            made.setdefault(("", before))
    for body in _PLAIN:
        made.setdefault(("", body))
    for whole in _ways(list(tree), pattern.flags):
        made.setdefault(("", whole))
    return [(before, body, end) for before, body in made if body for end in _ENDINGS]


def _repeated(items: list[Any], flags: int, before: str) -> Iterator[tuple[str, str]]:
    """For each repetition in a pattern what stands before it, and what it repeats, in a few ways."""
    for place, (kind, value) in enumerate(items):
        lead = before + next(iter(_ways(items[:place], flags)), "")
        name = str(kind)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            _low, high, body = value
            if high > 8:
                yield from ((lead, way) for way in _ways(list(body), flags) if way)
            yield from _repeated(list(body), flags, lead)
        elif name == "SUBPATTERN":
            yield from _repeated(list(value[3]), flags, lead)
        elif name == "ATOMIC_GROUP":
            yield from _repeated(list(value), flags, lead)
        elif name in ("ASSERT", "ASSERT_NOT"):
            yield from _repeated(list(value[1]), flags, lead)
            yield from ((lead, way) for way in _ways(list(value[1]), flags) if way)
        elif name == "BRANCH":
            for branch in value[1]:
                yield from _repeated(list(branch), flags, lead)


def _ways(items: list[Any], flags: int) -> list[str]:
    """A few texts that a sequence matches."""
    parts = [_one(item, flags) for item in items]
    shortest = ["".join(texts) for texts in zip(*(part[:1] for part in parts), strict=True)] if parts else [""]
    longest = "".join(part[-1] for part in parts)
    several = ["".join(texts) for texts in _some(parts)]
    return list(dict.fromkeys([*shortest, longest, *several]))[:_FEW]


def _some(parts: list[list[str]]) -> Iterator[tuple[str, ...]]:
    for place, part in enumerate(parts):
        for other in part[1:_FEW]:
            yield tuple(other if number == place else texts[0] for number, texts in enumerate(parts))


def _one(item: Any, flags: int) -> list[str]:
    kind, value = str(item[0]), item[1]
    if kind == "LITERAL":
        return [chr(value)]
    if kind in ("IN", "NOT_LITERAL", "ANY", "CATEGORY"):
        return _members(item, flags)
    if kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        low, high, body = value
        ways = _ways(list(body), flags)
        counts = [max(low, 1), low, max(low, min(high, 3))]
        return list(dict.fromkeys(way * count for count, way in product(counts, ways)))
    if kind == "SUBPATTERN":
        return _ways(list(value[3]), flags)
    if kind == "ATOMIC_GROUP":
        return _ways(list(value), flags)
    if kind == "BRANCH":
        return list(dict.fromkeys(chain.from_iterable(_ways(list(branch), flags)[:2] for branch in value[1])))[:12]
    return [""]  # edges, assertions and references take nothing, or what is told nowhere


def _members(item: Any, flags: int) -> list[str]:
    """Signs that a class matches, letters first."""
    compiled = re._compiler.compile(_wrapped(item, flags))  # type: ignore[attr-defined]
    own = (
        [chr(value if isinstance(value, int) else value[0]) for kind, value in item[1] if str(kind) in ("LITERAL", "RANGE")]
        if str(item[0]) == "IN"
        else []
    )
    return [sign for sign in dict.fromkeys([*_CANDIDATES, *own[:6]]) if compiled.fullmatch(sign)][:6] or own[:1] or [""]


def _wrapped(item: Any, flags: int) -> Any:
    state = re._parser.State()  # type: ignore[attr-defined]
    state.flags = flags & ~re.VERBOSE
    return re._parser.SubPattern(state, [item])  # type: ignore[attr-defined]


def text_of(used: Used, attack: Attack, size: int) -> Any:
    """The text that an attack makes, of about `size` characters, as `str` or `bytes` as the pattern wants."""
    before, body, end = attack
    if not used.where.startswith("pipeline"):
        before, body = _without_pairs_of_blanks(before, body)
    text = before + body * (1 if body == " " else max(1, (size - len(before) - len(end)) // len(body))) + end
    return text if isinstance(used.pattern.pattern, str) else text.encode("latin-1", "replace")


def _without_pairs_of_blanks(before: str, body: str) -> tuple[str, str]:
    """The two so that no repetition of the second has two blanks in a row; done before they make a text, which is long."""
    before, body = _BLANKS.sub("", before), _BLANKS.sub("", body)
    if len(body) > 1 and body[0].isspace() and body[-1].isspace():
        body = body[:-1]
    return before[:-1] if before[-1:].isspace() and body[0].isspace() else before, " " if body.isspace() else body


def seconds(used: Used, text: Any, runs: int = 1) -> float:
    """The least processor time that the uses of a pattern take over a text."""
    best = float("inf")
    for _ in range(runs):
        begun = time.process_time()
        if used.methods and used.methods <= _ANCHORED:
            used.pattern.match(text)
            used.pattern.fullmatch(text)
        else:
            collections.deque(used.pattern.finditer(text), maxlen=0)
        best = min(best, time.process_time() - begun)
    return best


def steep(used: Used, most: int = 24) -> Growth | None:
    """The attack under which a pattern grows faster than its text, None where none of `most` does.

    Eight times the text takes eight times as long where time is linear, 64 times where it is quadratic; half-way is judged.
    """
    made = attacks(used.pattern)
    for attack in made[:: max(1, len(made) // most)]:
        if _growth(used, attack, (1_000, 8_000)).is_steep and all(
            _growth(used, attack, (2_000, 16_000)).is_steep for _ in range(3)
        ):
            return _growth(used, attack, (2_000, 16_000))
    return None


def worst(used: Used, most: int = 24) -> Attack:
    """The attack that keeps a pattern busy longest."""
    made = attacks(used.pattern)
    return max(made[:: max(1, len(made) // most)], key=lambda attack: seconds(used, text_of(used, attack, 4_000)))


def _growth(used: Used, attack: Attack, sizes: tuple[int, int]) -> Growth:
    few, many = (seconds(used, text_of(used, attack, size), runs) for size, runs in zip(sizes, (3, 1), strict=True))
    return Growth(used, attack, sizes, (few, many))


def _measured(used: Used, patience: float) -> Growth:
    """The least time at 1 MB and 10 MB, or at less where a constant factor makes that longer than anyone waits."""
    attack = worst(used)
    sizes = _SIZES
    while sizes[0] > 20_000 and seconds(used, text_of(used, attack, 4_000)) / 4_000 * sizes[1] > patience:
        sizes = (sizes[0] // 2, sizes[1] // 2)
    found = _growth(used, attack, sizes)
    for _ in range(_TRIES):
        if found.ratio < _TOO_STEEP or not found.is_noticeable:
            break
        again = _growth(used, attack, sizes)
        found = found._replace(seconds=(min(found.seconds[0], again.seconds[0]), min(found.seconds[1], again.seconds[1])))
    return found


def main() -> int:
    """Print a table, or with `--quick` the patterns that grow too fast; exit code 1 where there are such."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.patterns")
    parser.add_argument("--quick", action="store_true", help="judge by short texts")
    parser.add_argument("--patience", type=float, default=30.0, help="seconds for one text; what takes longer is measured at less (30)")
    options = parser.parse_args()
    found = patterns_used()
    print(f"{len(found)} patterns", flush=True)
    if options.quick:
        bad = [growth for used in found if (growth := steep(used))]
        for growth in bad:
            print(_line(growth))
        return 1 if bad else 0
    measured = []
    for used in found:
        measured.append(_measured(used, options.patience))
        print(_line(measured[-1]), flush=True)
    ratios = sorted(growth.ratio for growth in measured if growth.is_noticeable)
    print(f"{sum(growth.sizes == _SIZES for growth in measured)} of {len(measured)} at 1 MB and 10 MB, the others at less")
    print(f"{len(measured) - len(ratios)} take less than {_NOTICEABLE} s for the longer text, which says nothing of growth")
    print(f"of the others the largest ratio is {ratios[-1]:.1f}, the median {ratios[len(ratios) // 2]:.1f}")
    return 1 if ratios[-1] >= _TOO_STEEP else 0


def _line(growth: Growth) -> str:
    few, many = growth.seconds
    text = " ".join(str(growth.used.pattern.pattern).split())[:80]
    return f"{growth.ratio:6.1f}  {few:8.3f} s {many:8.3f} s  {growth.sizes[1]:>10,}  {growth.used.where}  {growth.attack!r:.60}  {text}"


if __name__ == "__main__":
    sys.exit(main())
