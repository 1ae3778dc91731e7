"""An exchange rate: what one unit of a currency was worth in a company's currency, from a day on.

Rates compare (does this amount count as large?). A report that is asked for in one currency converts with
them and shows each; nothing else ever adds amounts of different currencies.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db import models, transaction
from django.db.models import Min

from collections_app.ledger import rate_files
from collections_app.ledger.companies import Company
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.rate_files import PublishedDay
from collections_app.lib import iso_codes
from collections_app.lib.refusals import Problem, Refused
from collections_app.lib.sql import Statement
from collections_app.people.rules import Deed
from collections_app.people.users import User

_RATES = Statement(__file__, "read_rates")
RATE_MIN = Decimal("0.00000001")
RATE_MAX = 1_000_000_000
# Of what is published, decimals are kept that a unit of small worth has its digits as well.
PLACES = 12
SOURCE_LENGTH_MAX = 120
# Of what is published, the days are kept that a ledger reaches back to, and some before its first; of a
# company without a ledger, a year.
DAYS_BEFORE = 40
DAYS_WITHOUT_LEDGER = 366
BATCH_ROWS = 2_000


class ExchangeRate(models.Model):
    """One unit of ``currency`` is worth ``rate`` units of the company's currency from ``valid_from`` on.
    ``source`` says who told; what somebody entered themselves is not replaced by a file.
    """

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="exchange_rates")
    currency = models.CharField(max_length=3)
    valid_from = models.DateField()
    rate = models.DecimalField(max_digits=22, decimal_places=PLACES)
    source = models.CharField(max_length=SOURCE_LENGTH_MAX, blank=True)
    is_entered = models.BooleanField(default=True)

    class Meta:
        db_table = "exchange_rate"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "currency", "valid_from"], name="exchange_rate_is_given_once_a_day"
            ),
            models.CheckConstraint(name="exchange_rate_is_positive", condition=models.Q(rate__gt=0)),
        ]


@dataclass(frozen=True, slots=True)
class Dated:
    """A rate with the day from which it holds and who told."""

    currency: str
    rate: Decimal
    valid_from: dt.date
    source: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file of published rates brought: the days that were kept, and how many rates were new or other
    than before.
    """

    since: dt.date
    until: dt.date
    changed: int


def dated_on(*, company: Company, day: dt.date) -> dict[str, Dated]:
    """The newest rate of each known currency on ``day`` with its own day. One query."""
    return {row["currency"]: Dated(**row) for row in _RATES.rows({"company": company.pk, "day": day})}


def rates_on(*, company: Company, day: dt.date) -> dict[str, Decimal]:
    """What one unit of each known currency is worth in the company's on ``day``; its own is worth 1. One
    query."""
    newest = {name: each.rate for name, each in dated_on(company=company, day=day).items()}
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
    if known is not None and known.rate == rate and known.is_entered:
        return known, False
    name = by.full_name if by else "the operator"
    facts = {"rate": rate, "source": f"entered by {name}"[:SOURCE_LENGTH_MAX], "is_entered": True}
    found, _ = ExchangeRate.objects.update_or_create(
        company=company, currency=currency, valid_from=valid_from, defaults=facts
    )
    return found, True


@transaction.atomic
def take(
    published: Iterable[PublishedDay], *, company: Company, source: str, by: User | None, today: dt.date
) -> Imported:
    """Keep published rates in the company's currency, crossed through the one that they are told in.

    1. Days that have come, as far back as the ledger.
    2. What somebody entered for a day stays; what a file said of it before is replaced.

    ``by`` is None for the operator; the door writes the event. Raises ``Refused``.
    """
    if by is not None and not by.may(Deed.MANAGE_COMPANIES):
        raise Refused.because("not_allowed", "Only an administrator sets exchange rates.")
    began = Invoice.objects.filter(company=company).aggregate(first=Min("posted_on"))["first"]
    oldest = (began or today - dt.timedelta(DAYS_WITHOUT_LEDGER)) - dt.timedelta(DAYS_BEFORE)
    rates = {
        (currency, each.day): rate.quantize(Decimal(1).scaleb(-PLACES), rounding=ROUND_HALF_UP)
        for each in published
        if oldest <= each.day <= today
        for currency, rate in rate_files.in_units_of(each, company.currency)
    }
    rates = {key: rate for key, rate in rates.items() if 0 < rate < RATE_MAX}
    if not rates:
        raise Refused.because(
            "nothing",
            f"Nothing of this file can be used: no day from {oldest:%-d %B %Y} to {today:%-d %B %Y} has a "
            f"rate of {company.currency}.",
        )
    days = [day for _, day in rates]
    known = ExchangeRate.objects.filter(company=company, valid_from__range=(min(days), max(days)))
    before = {
        (currency, day): (rate, is_entered)
        for currency, day, rate, is_entered in known.values_list(
            "currency", "valid_from", "rate", "is_entered"
        )
    }
    changed = [
        ExchangeRate(
            company=company, currency=currency, valid_from=day, rate=rate, source=source, is_entered=False
        )
        for (currency, day), rate in rates.items()
        if (was := before.get((currency, day))) is None or (not was[1] and was[0] != rate)
    ]
    ExchangeRate.objects.bulk_create(
        changed,
        batch_size=BATCH_ROWS,
        update_conflicts=True,
        unique_fields=["company", "currency", "valid_from"],
        update_fields=["rate", "source", "is_entered"],
    )
    return Imported(min(days), max(days), len(changed))
