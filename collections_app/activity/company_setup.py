"""Companies and exchange rates, set up: what the ledger does, with the event that says who did it."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction

from collections_app.activity import events
from collections_app.ledger import companies, exchange_rates
from collections_app.ledger.companies import Company
from collections_app.ledger.exchange_rates import ExchangeRate
from collections_app.people.users import User


@transaction.atomic
def create(*, by: User | None, at: dt.datetime, **facts: Any) -> tuple[Company, bool]:
    """``companies.create`` with its event; its members are nobody but administrators until users are given
    it.
    """
    company, is_new = companies.create(**facts, by=by, at=at)
    if is_new:
        events.record("company.created", f"{company.name} was set up.", company=company, by=by, at=at)
    return company, is_new


@transaction.atomic
def change(*, company: Company, by: User | None, at: dt.datetime, **facts: Any) -> Company:
    """``companies.change`` with its event."""
    changed = companies.change(company=company, **facts, by=by)
    events.record("company.changed", f"{changed.name} was set up anew.", company=changed, by=by, at=at)
    return changed


@transaction.atomic
def set_rate(
    *, company: Company, currency: str, rate: Decimal, valid_from: dt.date, by: User | None, at: dt.datetime
) -> ExchangeRate:
    """``exchange_rates.record`` with its event; saying the same again writes none."""
    kept, is_changed = exchange_rates.record(
        company=company, currency=currency, rate=rate, valid_from=valid_from, by=by
    )
    if is_changed:
        value = f"{kept.rate.normalize():f}"
        said = f"1 {kept.currency} is worth {value} {company.currency} from {kept.valid_from} on."
        events.record("exchange_rate.recorded", said, company=company, by=by, at=at)
    return kept
