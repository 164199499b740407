"""Calendar: all dated and recurring deadlines of a folder, in order of days."""

from collections.abc import Iterable

from comparison.aims import text
from comparison.digest import Date, Digest
from schemas.comparison import CalendarEntry


def calendar(digests: Iterable[Digest]) -> list[CalendarEntry]:
    """One entry a deadline that has a day or a recurrence; conditions and terms from an event have neither."""
    found = [_entry(each, date) for each in digests for date in each.dates if date.day or date.recurrence]
    return sorted(found, key=lambda e: (e.day or "9999", e.plan, e.evidence.start, e.deadline))


def _entry(digest: Digest, date: Date) -> CalendarEntry:
    return CalendarEntry(
        plan=digest.id, locality=digest.place.key if digest.place else None, deadline=date.id, start=date.start, day=date.day,
        recurrence=date.recurrence, kind=date.kind, what=date.what, lead=date.lead, text=date.text,
        evidence=text(digest.id, date.place, date.quote),
    )  # fmt: skip
