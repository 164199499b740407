"""iCalendar: the deadlines of a folder as a file that calendar programs subscribe to (RFC 5545).

The same deadlines give the same bytes: the stamp of an event is its plan's date, never the clock. A recurring deadline without
a day has no place in a calendar and is left out.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from schemas.comparison import CalendarEntry, PlanEntry

_RULES = {
    "P1Y": "FREQ=YEARLY", "P6M": "FREQ=MONTHLY;INTERVAL=6", "P3M": "FREQ=MONTHLY;INTERVAL=3", "P1M": "FREQ=MONTHLY",
    "P1W": "FREQ=WEEKLY", "P1D": "FREQ=DAILY",
}  # fmt: skip


def ics(entries: Iterable[CalendarEntry], plans: Mapping[str, PlanEntry]) -> str:
    """The calendar as text."""
    return "".join(ics_lines(entries, plans))


def ics_lines(entries: Iterable[CalendarEntry], plans: Mapping[str, PlanEntry]) -> Iterator[str]:
    """The lines of the calendar, each with its CRLF."""
    yield from (f"{line}\r\n" for line in ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//kehoach//comparison//VI", "CALSCALE:GREGORIAN"))
    for entry in entries:
        if entry.day:
            yield from (f"{folded}\r\n" for line in _event(entry, plans[entry.plan]) for folded in fold_line(line))
    yield "END:VCALENDAR\r\n"


def _event(entry: CalendarEntry, plan: PlanEntry) -> Iterator[str]:
    day = date.fromisoformat(entry.day or "")
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.plan}-{entry.deadline}@kehoach"
    yield f"DTSTAMP:{_stamp(plan)}"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    if entry.recurrence in _RULES:
        yield f"RRULE:{_RULES[entry.recurrence]}"
    yield f"SUMMARY:{escape(_short(entry.what))}"
    lead = f"\n{'; '.join(entry.lead)}" if entry.lead else ""
    yield f"DESCRIPTION:{escape(f'{entry.text}: {entry.what}{lead}')}\\n{escape(plan.code or plan.name)} {escape(plan.issuer or '')}"
    if entry.locality:
        yield f"LOCATION:{escape(entry.locality)}"
    yield "END:VEVENT"


def _stamp(plan: PlanEntry) -> str:
    known = plan.issued_on if plan.issued_on and len(plan.issued_on) == 10 and "X" not in plan.issued_on else "1970-01-01"
    return f"{known.replace('-', '')}T000000Z"


def _short(words: str) -> str:
    return words if len(words) <= 90 else f"{words[:88].rsplit(' ', 1)[0]} …"


def escape(words: str) -> str:
    r"""Text as RFC 5545, 3.3.11 wants it.

    >>> escape("khám, chữa bệnh; a\nb")
    'khám\\, chữa bệnh\\; a\\nb'
    """
    return words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def fold_line(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 bytes, no letter cut (RFC 5545, 3.1)."""
    raw, room = line.encode(), 75
    while len(raw) > room:
        cut = room
        while raw[cut] & 0xC0 == 0x80:  # inside a letter
            cut -= 1
        yield ("" if room == 75 else " ") + raw[:cut].decode()
        raw, room = raw[cut:], 74
    yield ("" if room == 75 else " ") + raw.decode()
