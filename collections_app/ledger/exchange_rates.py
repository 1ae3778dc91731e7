"""An exchange rate: what one unit of a currency was worth in a company's currency, from a day on.

Rates only compare (does this amount count as large?); amounts of different currencies are never added.
"""

import datetime as dt
from decimal import Decimal

from django.db import models

from collections_app.ledger.companies import Company
from collections_app.lib import iso_codes
from collections_app.lib.refusals import Problem, Refused
from collections_app.lib.sql import Statement
from collections_app.people.rules import Deed
from collections_app.people.users import User

_RATES = Statement(__file__, "read_rates")
RATE_MIN = Decimal("0.00000001")
RATE_MAX = 1_000_000_000


class ExchangeRate(models.Model):
    """One unit of ``currency`` is worth ``rate`` units of the company's currency from ``valid_from`` on."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="exchange_rates")
    currency = models.CharField(max_length=3)
    valid_from = models.DateField()
    rate = models.DecimalField(max_digits=18, decimal_places=8)

    class Meta:
        db_table = "exchange_rate"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "currency", "valid_from"], name="exchange_rate_is_given_once_a_day"
            ),
            models.CheckConstraint(name="exchange_rate_is_positive", condition=models.Q(rate__gt=0)),
        ]


def rates_on(*, company: Company, day: dt.date) -> dict[str, Decimal]:
    """What one unit of each known currency is worth in the company's on ``day``; its own is worth 1. One
    query."""
    newest = {row["currency"]: row["rate"] for row in _RATES.rows({"company": company.pk, "day": day})}
    return {**newest, company.currency: Decimal(1)}


def record(
    *, company: Company, currency: str, rate: Decimal, valid_from: dt.date, by: User | None
) -> tuple[ExchangeRate, bool]:
    """Say what one unit of ``currency`` is worth in the company's from a day on; a rate of that day is
    replaced.

    Returns it and whether anything changed; the door writes the event. ``by`` is None for the operator at the
    terminal. Raises ``Refused`` with every problem.
    """
    problems = []
    if by is not None and not by.may(Deed.MANAGE_COMPANIES):
        problems.append(Problem("not_allowed", "Only an administrator sets exchange rates."))
    if not iso_codes.is_currency(currency):
        problems.append(
            Problem("currency", f"“{currency}” is not a currency. Use its three capitals, like EUR.")
        )
    if currency == company.currency:
        problems.append(
            Problem("currency", f"{currency} is the company's own currency, whose rate is always 1.")
        )
    if not RATE_MIN <= rate < RATE_MAX or rate != rate.quantize(RATE_MIN):
        problems.append(
            Problem("rate", f"A rate is above 0, below {RATE_MAX:,} and has up to 8 decimals, like 0.86215.")
        )
    if problems:
        raise Refused(problems)
    known = ExchangeRate.objects.filter(company=company, currency=currency, valid_from=valid_from).first()
    if known is not None and known.rate == rate:
        return known, False
    found, _ = ExchangeRate.objects.update_or_create(
        company=company, currency=currency, valid_from=valid_from, defaults={"rate": rate}
    )
    return found, True
