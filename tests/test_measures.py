"""Measures: what is said of times, however they came about."""

import pytest

from benchmarks.against import verdict
from benchmarks.growth import exponent


@pytest.mark.parametrize(
    ("ratios", "said"),
    [
        ([1.2, 1.1, 1.3, 1.1, 1.2, 1.1, 1.1], "slower"),
        ([1.2, 1.1, 0.9, 1.3, 1.2, 1.1, 1.2], "slower"),  # one round that was disturbed
        ([1.2, 1.1, 0.9, 1.3, 0.8, 1.1, 1.2], ""),  # a machine that does other things
        ([1.04, 1.03, 1.04, 1.02, 1.04, 1.03, 1.04], ""),  # less than the margin
        ([0.8, 0.9, 0.7, 0.8, 0.9, 0.8, 1.1], "faster"),
        ([1.0] * 7, ""),
    ],
)
def test_slower_is_what_is_slower_in_nearly_every_round(ratios: list[float], said: str) -> None:
    assert verdict(ratios) == said


@pytest.mark.parametrize("power", [0.5, 1.0, 2.0])
def test_the_exponent_is_the_power_by_which_time_grows(power: float) -> None:
    assert exponent([(size, 3 * size**power) for size in (1, 10, 100, 1000)]) == pytest.approx(power)
