"""Customers with measured positions and habits, written down: for what stands above the measuring."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import models

from collections_app.behaviour.habits import PayHabit
from collections_app.behaviour.positions import Position
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib.search_keys import search_key

DAY = dt.date(2026, 3, 11)

_ZEROS = {
    field.name: Decimal(0)
    for field in Position._meta.fields
    if isinstance(field, models.DecimalField | models.IntegerField)
    and not field.null
    and not field.primary_key
}


def customer(
    company: Company,
    number: str,
    *,
    owes: dict[str, dict[str, Any]] | None = None,
    pays: dict[str, Any] | None = None,
    **facts: Any,
) -> Customer:
    """A customer; ``owes`` is what each currency's position holds beside zeros, ``pays`` the habit."""
    name = facts.pop("name", f"Customer {number}")
    made = Customer.objects.create(
        company=company,
        number=number,
        name=name,
        search_key=search_key(number, name),
        currency=facts.pop("currency", company.currency),
        recorded_at=dt.datetime.combine(DAY, dt.time(12), dt.UTC),
        **facts,
    )
    for currency, owed in (owes or {}).items():
        figures: dict[str, Any] = {**_ZEROS, **owed}
        Position.objects.create(company=company, customer=made, currency=currency, day=DAY, **figures)
    if pays is not None:
        PayHabit.objects.create(
            company=company, customer=made, day=DAY, **{"invoices_ever": 0, "settled_count": 0, **pays}
        )
    return made
