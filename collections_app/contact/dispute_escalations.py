"""How disputes rise: at 100 % of their time to the owner's manager, at 200 % to the finance director, each
once.

The night lets them rise. While the clock stands they do not.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from collections_app.contact.dispute_rows import Dispute
from collections_app.contact.rules import DisputeState, dispute_clocks
from collections_app.contact.rules.dispute_clocks import LEVEL_LABELS, Level
from collections_app.ledger.companies import Company
from collections_app.lib import money
from collections_app.lib.sql import Statement
from collections_app.lib.working_days import Calendar

RAISE = Statement(__file__, "raise_disputes")


@dataclass(frozen=True, slots=True)
class _Rise:
    dispute: int
    version: int
    level: int
    rises_on: dt.date | None
    summary: str


def escalate(*, company: Company, today: dt.date, at: dt.datetime) -> int:
    """Let the open disputes of ``company`` rise whose time is used up on ``today``; how many did. Running
    twice lets none rise twice.

    SQL narrows by the day that is kept with each, the rule decides, SQL writes where nobody changed it since.
    """
    due = (
        Dispute.objects.open()
        .filter(company=company, state=DisputeState.LODGED, rises_on__lte=today)
        .select_related("invoice")
        .order_by("customer_id", "pk")
    )
    rises = [_risen(dispute, today=today, calendar=company.calendar) for dispute in due]
    if not rises:
        return 0
    with transaction.atomic():
        return RAISE.execute(
            {
                "ids": [rise.dispute for rise in rises],
                "versions": [rise.version for rise in rises],
                "levels": [rise.level for rise in rises],
                "rises_on": [rise.rises_on for rise in rises],
                "summaries": [rise.summary for rise in rises],
                "at": at,
            }
        )


def _risen(dispute: Dispute, *, today: dt.date, calendar: Calendar) -> _Rise:
    level = dispute_clocks.level_on(
        Level(dispute.level),
        resolve_due_on=dispute.resolve_due_on,
        resolve_days=dispute.resolve_days,
        today=today,
        calendar=calendar,
    )
    rises_on = dispute_clocks.escalates_on(
        level,
        resolve_due_on=dispute.resolve_due_on,
        resolve_days=dispute.resolve_days,
        calendar=calendar,
    )
    part = f"{money.shown(dispute.amount, dispute.currency)} of {dispute.invoice.number}"
    due = f"it was due on {dispute.resolve_due_on:%-d %B %Y}"
    summary = f"The dispute of {part} has {LEVEL_LABELS[level]}: {due}"
    return _Rise(dispute.pk, dispute.version, level.value, rises_on, summary)
