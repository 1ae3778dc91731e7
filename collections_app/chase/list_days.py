"""Of which day the chase list is. When no night comes, yesterday's stays, and readers are told."""

import datetime as dt

from django.core.cache import cache
from django.db.models import Min

from collections_app.chase.entries import Entry
from collections_app.ledger.companies import Company

# The answer reads every entry of the company, and changes once a night.
KEPT_SECONDS = 30
OLDER_KEPT_SECONDS = 3


def day_of(company: Company) -> dt.date | None:
    """The day of the oldest entry: a click refreshes one of them, only a night all. None without entries."""
    day: dt.date | None = Entry.objects.filter(company=company).aggregate(day=Min("day"))["day"]
    return day


def missing_nights(day: dt.date, *, today: dt.date, is_to_come: bool) -> tuple[dt.date, dt.date] | None:
    """The first and the last night that a list of ``day`` is without on ``today``; None when that of today
    ``is_to_come`` and no other is missing.

    Entries that were worked since are newer, one by one; the night is what the others wait for.
    """
    first = day + dt.timedelta(days=1)
    last = today - dt.timedelta(days=1) if is_to_come else today
    return (first, last) if first <= last else None


def old_day_of(company: Company, *, today: dt.date) -> dt.date | None:
    """The day of the list when it is older than ``today``; a list of today is remembered for some seconds,
    an older one for a moment, since somebody may wait for the night.
    """
    key, older = memory(company, today=today), f"chase-list-is-older:{company.pk}:{today}"
    known = cache.get_many((key, older))
    if key in known:
        return None
    if older in known:
        return dt.date.fromisoformat(known[older])
    day = day_of(company)
    if day is not None and day < today:
        cache.set(older, day.isoformat(), timeout=OLDER_KEPT_SECONDS)
        return day
    cache.set(key, value=True, timeout=KEPT_SECONDS)
    return None


def memory(company: Company, *, today: dt.date) -> str:
    """The key under which it is remembered that the list is that of ``today``."""
    return f"chase-list-is-of:{company.pk}:{today}"
