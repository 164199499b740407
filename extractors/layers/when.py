"""When: the value of a time expression, and what the document gives to expressions that leave something out."""

from typing import NamedTuple

BY, IN, FROM, DURING, RECURRING, WITHIN, CONDITIONAL = "by", "in", "from", "during", "recurring", "within", "conditional"
PAST = "past"


class When(NamedTuple):
    """When: the value of a time, with the fields of the Plan's Time (EDTF; ISO 8601 durations)."""

    start: str | None = None
    end: str | None = None
    mod: str | None = None
    recurrence: str | None = None
    anchor: str | None = None
    duration: str | None = None
    calendar: str | None = None
    condition: str | None = None
    assumed: bool = False


class Found(NamedTuple):
    """Found: a time expression `[start, end)` of kind `label`; `lead` is its preposition's meaning, `unit` its moment's."""

    start: int
    end: int
    label: str
    when: When
    lead: str = ""
    unit: str = ""


class Clock(NamedTuple):
    """Clock: what the document gives to times without a year.

    `year` is that of its title or date, `today` its date (EDTF), `school` the first year of its school year; months
    before `turn` are those of the next year (a school year's plan turns in August).
    """

    year: int | None = None
    today: str | None = None
    school: int | None = None
    turn: int = 0
