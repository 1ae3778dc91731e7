"""Companies and exchange rates, set up: what the ledger does, with the event that says who did it."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import transaction

from collections_app.activity import events
from collections_app.ledger import companies, exchange_rates
from collections_app.ledger.companies import Company
from collections_app.ledger.exchange_rates import ExchangeRate, Imported
from collections_app.ledger.rate_files import PublishedDay
from collections_app.people.users import User

# What of a company is set up, as its events tell it.
SETTINGS = (
    "name",
    "currency",
    "time_zone",
    "country",
    "subdivision",
    "weekend",
    "stale_after_hours",
    "total_move_share",
    "night_starts_at",
    "promise_grace_days",
    "promise_kept_share",
    "touches_max",
    "touch_days",
    "contact_hours",
    "bank_stale_after_hours",
    "second_factor_roles",
)


@transaction.atomic
def create(*, by: User | None, at: dt.datetime, **facts: Any) -> tuple[Company, bool]:
    """``companies.create`` with its event; its members are nobody but administrators until users are given
    it.
    """
    company, is_new = companies.create(**facts, by=by, at=at)
    if is_new:
        told = {"code": company.code, **_settings(company)}
        events.record(
            "company.created", f"{company.name} was set up.", company=company, facts=told, by=by, at=at
        )
    return company, is_new


@transaction.atomic
def change(*, company: Company, by: User | None, at: dt.datetime, **facts: Any) -> Company:
    """``companies.change`` with its event, which says what was and what is; saying the same again writes
    none.
    """
    before = _settings(Company.objects.select_for_update(no_key=True).get(pk=company.pk))
    changed = companies.change(company=company, **facts, by=by)
    changed.refresh_from_db()
    if differences := events.differences(before, _settings(changed)):
        what = ", ".join(name.replace("_", " ") for name in differences)
        summary = f"{changed.name} was set up anew: {what}."
        events.record("company.changed", summary, company=changed, facts=differences, by=by, at=at)
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


@transaction.atomic
def take_rates(
    published: Iterable[PublishedDay], *, company: Company, source: str, by: User | None, at: dt.datetime
) -> Imported:
    """``exchange_rates.take`` with its event; the same file again writes none."""
    found = exchange_rates.take(published, company=company, source=source, by=by, today=company.today(at=at))
    if found.changed:
        said = (
            f"Exchange rates from {found.since} to {found.until} were brought in: {found.changed:,} are new "
            f"or changed. Source: {source}."
        )
        facts = {"since": found.since.isoformat(), "until": found.until.isoformat(), "changed": found.changed}
        events.record("exchange_rate.imported", said, company=company, facts=facts, by=by, at=at)
    return found


def _settings(company: Company) -> dict[str, str]:
    return {name: str(getattr(company, name)) for name in SETTINGS}
