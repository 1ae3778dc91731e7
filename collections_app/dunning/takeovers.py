"""A ledger that is taken over: before we remind anybody for the first time, there are invoices that have been
overdue for weeks. What those customers heard so far, nobody here knows.

Then reminders begin low, by themselves: up to the first reminder. A manager switches the next level on once
the first ones are answered, and may do so on any day; nobody receives a final notice as the first word from
us. A company that had its invoices here from the beginning has nothing that old before its first run, so it
begins with every level on.

A ledger that joins a company later switches nothing, since the others are in the middle of their reminders.
Its customers are known by the same sign, and each begins at the lowest step, whatever their age.
"""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from collections_app.dunning import levels
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.dunning.levels import LevelSwitch
from collections_app.ledger.companies import Company
from collections_app.ledger.invoices import Invoice
from collections_app.lib import turns
from collections_app.lib.sql import Statement, array

_FIND = Statement(__file__, "find_taken_over")
# By then the usual ladder has asked twice: an older invoice that we never asked about came from elsewhere.
OLD_AFTER_DAYS = 14
BEGINS_UP_TO = 1


@transaction.atomic
def begin_low(*, company: Company, today: dt.date, at: dt.datetime) -> LevelSwitch | None:
    """Before the first reminders of ``company``: switch to the lowest levels when its ledger was taken over.
    Nothing happens once anybody was reminded or switched a level. Two queries at most on any later day.

    Only others who draft reminders wait for it. The caller's transaction may be all of the drafting, so the
    row of the company is left to whoever changes its settings meanwhile.
    """
    if _has_begun(company):
        return None
    turns.take("reminders", company.pk)
    if _has_begun(company):
        return None
    old = Invoice.objects.filter(company=company).owed().overdue(today - dt.timedelta(days=OLD_AFTER_DAYS))
    if not old.exists():
        return None
    from_on = max(today, company.today(at=at))
    return levels.switch(company=company, highest_level=BEGINS_UP_TO, from_on=from_on, by=None, at=at)


def _has_begun(company: Company) -> bool:
    """Whether a level was switched, or anybody was reminded."""
    return (
        LevelSwitch.objects.filter(company=company).exists()
        or ReminderDraft.objects.filter(company=company).exists()
    )


def far_behind(*, company: Company, today: dt.date, customers: Sequence[int] | None = None) -> frozenset[int]:
    """Customers of ``company`` (ids; None for all) of whom nobody here knows what they heard: they owed what
    was old when it came, and were never reminded. One query.
    """
    rows = _FIND.rows(
        {
            "company": company.pk,
            "day": today,
            "zone": company.time_zone,
            "old_days": OLD_AFTER_DAYS,
            "customers": None if customers is None else array(customers),
        }
    )
    return frozenset(row["customer_id"] for row in rows)


def is_beginning(company: Company, *, day: dt.date) -> bool:
    """Whether levels are low on a day because the ledger was taken over, and nobody has switched since."""
    standing = levels.newest(company=company, day=day)
    return standing is not None and standing.by_id is None
