"""An activity event: one thing that was done, by whom. Written once, never changed."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import models

from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.users import User


class Event(models.Model):
    """One thing that was done. ``by`` is empty when the clock did it."""

    company = models.ForeignKey(Company, null=True, on_delete=models.PROTECT, related_name="+")
    customer = models.ForeignKey(
        Customer, null=True, on_delete=models.PROTECT, related_name="events", db_index=False
    )
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # noun.verb in the past: "contact.logged", "entry.snoozed", "segments.published"
    what = models.CharField(max_length=60)
    summary = models.CharField(max_length=500)
    facts = models.JSONField(default=dict)

    class Meta:
        db_table = "activity_event"
        indexes = [
            models.Index(fields=["customer", "-at"], name="event_by_customer"),
            models.Index(fields=["company", "what", "-at"], name="event_by_what"),
        ]


def record(
    what: str,
    summary: str,
    *,
    company: Company | None,
    customer: Customer | None = None,
    facts: dict[str, Any] | None = None,
    by: User | None,
    at: dt.datetime,
) -> Event:
    """Write one event. ``what`` is ``noun.verb``; ``summary`` is the sentence that the timeline shows."""
    return Event.objects.create(
        company=company, customer=customer, by=by, at=at, what=what, summary=summary[:500], facts=facts or {}
    )


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """What an event tells of a change: by name what was and what is, only where they differ."""
    return {
        name: {"was": before.get(name), "is": value}
        for name, value in after.items()
        if before.get(name) != value
    }
