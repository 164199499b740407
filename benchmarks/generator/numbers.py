"""Numbers: drawn levels, counts and shares, written as offices write them."""

from collections.abc import Iterator
from random import Random

from benchmarks.generator.slots import Draw, Slot


def written(value: float) -> str:
    """A number with decimal comma and dots between thousands.

    >>> written(98.5), written(1200), written(7)
    ('98,5', '1.200', '7')
    """
    return f"{value:,g}".translate(str.maketrans(",.", ".,")) if value < 1e6 else str(value)


def slot(value: float) -> Slot:
    """A number as written and as a number."""
    return Slot(written(value), f"{value:g}")


def count(random: Random) -> Slot:
    """A count; under ten with a leading zero half of the time."""
    value = random.choice([*range(1, 10), *range(10, 60, 5), 120, 250, 1200])
    return Slot(f"{value:02}" if value < 10 and random.random() < 0.5 else written(value), str(value))


def number_draws(random: Random) -> dict[str, Draw]:
    """Draws of one template: `p` a large share, `s` a small one, `lo` < `hi`, `sl` < `sh`, `k` of `m`, `n` a count, `x` times."""
    low = random.choice([*range(40, 75)])
    small = random.choice([0.5, 1, 1.2, 2])
    whole = random.randint(8, 40)
    values = {
        "p": random.choice([*range(60, 100), 72.5, 98.5, 99.5]),
        "s": random.choice([0.5, 1, 1.5, 2, 3, 5, 8, 10]),
        "lo": low,
        "hi": low + random.choice([5, 10, 20]),
        "sl": small,
        "sh": small + random.choice([0.5, 1]),
        "k": random.randint(2, whole - 1),
        "m": whole,
        "x": random.choice([2, 3, 1.5]),
        "dec": random.choice([8.2, 14, 15.5, 34.5]),
    }
    draws: dict[str, Draw] = {name: _constant(slot(value)) for name, value in values.items()}
    draws["n"] = lambda: count(random)
    draws["n1"] = lambda: _padded(random.randint(2, 5), random)
    return draws


def _constant(value: Slot) -> Draw:
    return lambda: value


def _padded(value: int, random: Random) -> Slot:
    return Slot(random.choice([f"{value:02}", str(value)]), str(value))


def endless(random: Random, start: int) -> Iterator[int]:
    """Rising numbers, no two alike."""
    while True:
        start += random.randint(1, 37)
        yield start
