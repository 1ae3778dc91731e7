"""What decides about orders and is changed by a person, with what it frees: rules that are published,
exchange rates, and rows that a person puts into the ledger. What waits is looked at again as soon as they
hold, so that nobody waits for the night.

The change stands by itself and is committed first: looking again takes many customers in turn, some hundreds
at a time, and whoever dies in between leaves the rest to the night. What a change holds is held by the night.
"""

import datetime as dt
import logging
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db import DatabaseError, connection

from collections_app.activity import company_setup
from collections_app.holds import checks, rule_versions
from collections_app.holds.rule_rows import HoldRuleVersion
from collections_app.holds.rules.ordering import Moment
from collections_app.ledger.companies import Company
from collections_app.ledger.exchange_rates import ExchangeRate, Imported
from collections_app.ledger.rate_files import PublishedDay
from collections_app.people.users import User

_log = logging.getLogger(__name__)


def publish(
    *,
    version: HoldRuleVersion,
    revision: int,
    in_force_from: dt.date,
    note: str = "",
    by: User | None,
    at: dt.datetime,
) -> HoldRuleVersion:
    """``rule_versions.publish``, and what the rules let go when they hold from today on."""
    made = rule_versions.publish(
        version=version, revision=revision, in_force_from=in_force_from, note=note, by=by, at=at
    )
    whose = None if made.customer_id is None else [made.customer_id]
    look_again(company=made.company, customers=whose, since=in_force_from, at=at)
    return made


def set_rate(
    *, company: Company, currency: str, rate: Decimal, valid_from: dt.date, by: User | None, at: dt.datetime
) -> ExchangeRate:
    """``company_setup.set_rate``, and what can be compared by it and goes."""
    kept = company_setup.set_rate(
        company=company, currency=currency, rate=rate, valid_from=valid_from, by=by, at=at
    )
    look_again(company=company, since=valid_from, at=at)
    return kept


def take_rates(
    published: Iterable[PublishedDay], *, company: Company, source: str, by: User | None, at: dt.datetime
) -> Imported:
    """``company_setup.take_rates``, and what can be compared by a rate that holds today and goes."""
    found = company_setup.take_rates(published, company=company, source=source, by=by, at=at)
    if found.changed:
        look_again(company=company, since=found.since, at=at)
    return found


def look_again(
    *, company: Company, customers: Sequence[int] | None = None, since: dt.date, at: dt.datetime
) -> int:
    """Decide again on what waits of ``company`` (of ``customers`` and who shares a limit with them) after a
    decision that holds ``since`` a day; how many orders were freed. None when that day is still to come.
    The decision stands whatever becomes of this: where the database gives way, the night looks.
    """
    if since > company.today(at=at):
        return 0
    try:
        return checks.free(company=company, customers=customers, moment=Moment.PERSON, at=at)
    except DatabaseError:
        if connection.in_atomic_block:
            raise
        _log.exception("Orders of %s that wait could not be looked at.", company.code)
        return 0
