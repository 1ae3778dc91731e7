"""Past days as the nights kept them, where these are still what rows say: the day was over when it was kept,
and nothing that no snapshot knows yet says anything about it.
"""

import datetime as dt
from collections.abc import Sequence

from collections_app.contact import dispute_news
from collections_app.ledger import bookmarks
from collections_app.ledger.companies import Company
from collections_app.reports import customer_sums, history, snapshots
from collections_app.reports.derived import Asked
from collections_app.reports.history import Kept
from collections_app.reports.narrowing import ALL
from collections_app.reports.rules import months
from collections_app.reports.snapshot_rows import READER, Snapshot


def of_day(asked: Asked) -> Snapshot | None:
    """What was kept of the whole company at the end of a past day. Three queries at most."""
    return _standing(asked, [asked.day]).get(asked.day) if _is_whole(asked) else None


def months_with(asked: Asked, *, number: int) -> dict[str, Kept] | None:
    """The ends of so many months before, as they were kept, with the day: kept, or as rows have it; by
    currency. None where one of these months is not kept.
    """
    ends = months.ends_before(asked.day, number)
    found = _standing(asked, [*ends, asked.day]) if _is_whole(asked) else {}
    if not found.keys() >= {*ends}:
        return None
    kept = history.kept(company=asked.company, days=list(found))
    if asked.day in found:
        return kept
    now = customer_sums.kept_by_currency(asked)
    nothing = Kept("", {})
    return {
        name: Kept(name, {**kept.get(name, nothing).days, **({asked.day: now[name]} if name in now else {})})
        for name in sorted({*kept, *now})
    }


def still_tells(snapshot: Snapshot) -> bool:
    """Whether a snapshot of today or before is still what rows say: nothing was posted, disputed or taken
    back since that says anything about its day. Three queries at most.
    """
    company = snapshot.company
    if _was_over(company, snapshot):
        touched = snapshots.touched_day(company=company)
        return touched is None or snapshot.day < touched
    if bookmarks.new_to(READER, company=company):
        return False
    return not dispute_news.customers_since(snapshot.taken_at, company=company)


def _is_whole(asked: Asked) -> bool:
    return asked.narrowed == ALL and asked.known_at is None and asked.customers is None and not asked.spans


def _standing(asked: Asked, days: Sequence[dt.date]) -> dict[dt.date, Snapshot]:
    company = asked.company
    kept = {each.day: each for each in Snapshot.objects.current().filter(company=company, day__in=days)}
    was_over = {day: each for day, each in kept.items() if _was_over(company, each)}
    touched = snapshots.touched_day(company=company) if was_over else None
    return {day: each for day, each in was_over.items() if touched is None or day < touched}


def _was_over(company: Company, snapshot: Snapshot) -> bool:
    return company.today(at=snapshot.taken_at) > snapshot.day
