"""Dates: drawn times within a plan's years, as words and in EDTF."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from benchmarks.generator.slots import Draw, Slot

QUARTERS = ("I", "II", "III", "IV")


class Years(NamedTuple):
    """Years: when a plan was issued, and the first and last year it is for."""

    issued: date
    first: int
    last: int


def said(day: date) -> str:
    """A day as offices write it: zero before days under 10 and before January and February.

    >>> said(date(2025, 2, 3)), said(date(2025, 6, 30))
    ('03/02/2025', '30/6/2025')
    """
    return f"{day.day:02}/{day.month:02}/{day.year}" if day.month < 3 else f"{day.day:02}/{day.month}/{day.year}"


def spelled(day: date) -> str:
    """A day in words: `05 tháng 3 năm 2025`."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"{day.day:02} tháng {month} năm {day.year}"


def time_draws(random: Random, years: Years) -> dict[str, Draw]:
    """Draws of times in the plan's first year (after it was issued) or, for `year` and `next`, in any."""
    year = years.first
    start = years.issued.month + 1 if years.issued.year == year else 1

    def month() -> int:
        return random.randint(min(start, 11), 12)

    def day() -> date:
        return date(year, month(), random.choice([5, 10, 15, 20, 25, 28]))

    def quarter() -> int:
        return random.randint(min((start + 2) // 3, 4), 4)

    def any_year() -> Slot:
        value = str(random.randint(years.first, years.last))
        return Slot(value, value)

    return {
        "date": lambda: _day(day(), said),
        "dateword": lambda: _day(day(), spelled),
        "month": lambda: (lambda m: Slot(f"{m}/{year}", f"{year}-{m:02}"))(month()),
        "monthword": lambda: (lambda m: Slot(f"{m} năm {year}", f"{year}-{m:02}"))(month()),
        "quarter": lambda: (lambda q: Slot(f"{QUARTERS[q - 1]}/{year}", f"{year}-{32 + q}"))(quarter()),
        "quarterword": lambda: (lambda q: Slot(f"{QUARTERS[q - 1]} năm {year}", f"{year}-{32 + q}"))(quarter()),
        "quarters": lambda: random.choice([_quarters(year, "III, IV"), _quarters(year, "III và quý IV")]),
        "half": lambda: Slot(f"6 tháng cuối năm {year}", f"{year}-41"),
        "year": any_year,
        "next": lambda: Slot(str(years.last + 1), str(years.last + 1)),
        "span": lambda: Slot(f"{years.first} - {years.last}", f"{years.first}/{years.last}"),
        "past": lambda: Slot(str(years.first - 1), str(years.first - 1)),
        "before": lambda: Slot(str(years.first - 2), str(years.first - 2)),
        "day": lambda: (lambda d: Slot(f"{d:02}", str(d)))(random.choice([5, 10, 15, 20, 25])),
        "monthspan": lambda: _months(random, year, min(start, 10)),
        "dayspan": lambda: _days(random, day()),
        "rdate": lambda: _day(_earlier(random, years.issued), said),
        "rdateword": lambda: _day(_earlier(random, years.issued), spelled),
    }


def _day(day: date, form: Callable[[date], str]) -> Slot:
    return Slot(form(day), day.isoformat())


def _quarters(year: int, words: str) -> Slot:
    return Slot(f"{words}/{year}", f"{year}-35/{year}-36")


def _months(random: Random, year: int, start: int) -> Slot:
    first = random.randint(start, 10)
    last = random.randint(first + 1, 12)
    return Slot(f"tháng {first} đến tháng {last}/{year}", f"{year}-{first:02}/{year}-{last:02}")


def _days(random: Random, first: date) -> Slot:
    last = min(first + timedelta(days=random.randint(5, 40)), date(first.year, 12, 31))
    return Slot(f"ngày {said(first)} đến ngày {said(last)}", f"{first.isoformat()}/{last.isoformat()}")


def _earlier(random: Random, issued: date) -> date:
    return issued - timedelta(days=random.randint(40, 900))
