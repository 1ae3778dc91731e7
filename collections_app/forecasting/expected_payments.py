"""An expected payment: when an open invoice is likely to be paid, how sure that is, and what it rests on.
Derived; replaced every night.

What is disputed is set aside: days and weeks are of the rest. ``by_week`` spreads the rest over the weeks of
the forecast and "later or never": thousandths that make whole minor units in each week, and add up exactly.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction

from collections_app.behaviour import positions
from collections_app.forecasting import expected_soon, payers
from collections_app.forecasting.payers import Payers, Told
from collections_app.forecasting.rules import chances, promised, weeks
from collections_app.forecasting.rules.chances import HORIZON_DAYS, Chances
from collections_app.forecasting.rules.promised import Instalment
from collections_app.forecasting.rules.weeks import Units
from collections_app.ledger import customer_ranges
from collections_app.ledger.companies import Company
from collections_app.ledger.customer_ranges import CustomerRange
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib import money, planning
from collections_app.lib.sql import Statement

_READ = Statement(__file__, "read_open_items", after=positions.PARTS)
_WRITE = Statement(__file__, "write_expected_payments")

SOON_DAYS = 7
# So many invoices at a time; the arrays over them take some twenty megabytes.
BATCH_ROWS = 5_000

Row = dict[str, Any]


def _money() -> "models.DecimalField[Any, Any]":
    return models.DecimalField(max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES)


class ExpectedPayment(models.Model):
    """What is expected of one open invoice on ``day``. A day that is null is later than half a year."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+", db_index=False)
    invoice = models.OneToOneField(
        Invoice, on_delete=models.CASCADE, related_name="expected_payment", db_constraint=False
    )
    day = models.DateField()
    currency = models.CharField(max_length=3)
    open_amount = _money()
    disputed = _money()
    promised = _money()
    # As likely paid by then as not.
    expected_on = models.DateField(null=True)
    # Between these with a chance of one in two, and of four in five.
    from_50 = models.DateField(null=True)
    to_50 = models.DateField(null=True)
    from_80 = models.DateField(null=True)
    to_80 = models.DateField(null=True)
    # The chance that it is paid within seven days, today being the first.
    soon_share = models.DecimalField(max_digits=5, decimal_places=4)
    by_week = ArrayField(models.BigIntegerField())
    # What the reason is told from: see rules/sentences.
    facts = models.JSONField()

    class Meta:
        db_table = "expected_payment"
        indexes = [models.Index(fields=["company", "customer"], name="expected_payment_by_customer")]


@dataclass(frozen=True, slots=True)
class Expected:
    """Some invoices, all of their customers, one after the other; one row of each array is one invoice.

    ``free`` is what is not disputed, in thousandths; ``by_week`` the chance of each week; ``parts`` what is
    expected of each week and later or never, which comes to what is free.
    """

    customers: Units
    invoices: Units
    currencies: list[str]
    free: Units
    disputed: Units
    by_week: Chances
    parts: Units


@transaction.atomic
def expect(
    *,
    company: Company,
    today: dt.date,
    seen: Callable[[Expected], None],
    within: CustomerRange | None = None,
    everybody: Iterable[Told] = (),
) -> int:
    """Expect the payment of each open invoice of ``company`` anew, telling ``seen`` some at a time; how many
    there are. Of a range of customers only, beside what ``payers.add_up`` told of ``everybody``.

    PostgreSQL says what is open and how it stands; here chances are worked out, some thousand invoices at a
    time, and written in one statement each time.
    """
    customer_ranges.take_turn("expected payments", company, within=within)
    known = payers.read(company=company, today=today, within=within, everybody=everybody)
    with planning.joining_sets():
        items = _READ.rows(positions.params(company=company, day=today, customers=None, within=within))
    before = ExpectedPayment.objects.filter(company=company)
    if within is not None:
        before = before.filter(**within.lookups("customer"))
    before.delete()
    for rows in _batches(items):
        found = _chances(rows, known, today)
        expected = _expected(rows, found, weeks.days_left(today))
        written = json.dumps(_written(rows, found, expected, known, today))
        _WRITE.execute({"company": company.pk, "day": today, "rows": written})
        seen(expected)
    expected_soon.add_up(company=company, within=within)
    return len(items)


def _batches(items: Sequence[Row]) -> Iterator[list[Row]]:
    """Whole customers, until there are enough."""
    batch: list[Row] = []
    for _, of_customer in groupby(items, key=lambda row: int(row["customer_id"])):
        batch += of_customer
        if len(batch) >= BATCH_ROWS:
            yield batch
            batch = []
    if batch:
        yield batch


def _chances(rows: Sequence[Row], known: Payers, today: dt.date) -> Chances:
    """Of each invoice; a customer's are worked out together, and those promised are put right one by one."""
    found = []
    for customer, group in groupby(rows, key=lambda row: int(row["customer_id"])):
        of_customer = list(group)
        payer = known.payer(customer)
        theirs = payer.chances([row["due_on"].toordinal() for row in of_customer])
        for place, row in enumerate(of_customer):
            free = row["open"] - row["disputed"]
            if row["promised"] and free:
                theirs[place] = promised.with_promise(
                    theirs[place],
                    _plan(row),
                    payer.open_days,
                    kept=known.word(customer),
                    part=float(row["promised"] / free),
                    today=today.toordinal(),
                )
        found.append(theirs)
    return np.concatenate(found)


def _plan(row: Row) -> Sequence[Instalment]:
    days = (row["promised_on"] or (), row["grace_ends_on"] or ())
    return [
        Instalment(amount, first.toordinal(), last.toordinal())
        for amount, first, last in zip(row["amounts"] or (), *days, strict=True)
    ]


def _expected(rows: Sequence[Row], found: Chances, ends: Sequence[int]) -> Expected:
    disputed = np.array([weeks.units(row["disputed"]) for row in rows])
    free = np.array([weeks.units(row["open"]) for row in rows]) - disputed
    currencies = [row["currency"] for row in rows]
    by_week = weeks.week_chances(found, ends)
    steps = np.array([weeks.step_of(currency) for currency in currencies])
    customers = np.array([row["customer_id"] for row in rows])
    invoices = np.array([row["invoice_id"] for row in rows])
    return Expected(
        customers, invoices, currencies, free, disputed, by_week, weeks.spread(free, by_week, steps)
    )


def _written(
    rows: Sequence[Row], found: Chances, expected: Expected, known: Payers, today: dt.date
) -> list[dict[str, Any]]:
    """What is kept of each; days count from today, and later than the horizon is null."""
    days = (chances.middle(found), *chances.band(found, 0.5), *chances.band(found, 0.8))
    names = ("expected", "from_50", "to_50", "from_80", "to_80")
    told = {name: each.tolist() for name, each in zip(names, days, strict=True)}
    soon = np.round(chances.within(found, SOON_DAYS), 4).tolist()
    parts = expected.parts.tolist()
    return [
        {
            "invoice": row["invoice_id"],
            "customer": row["customer_id"],
            "currency": row["currency"],
            "open": str(row["open"]),
            "disputed": str(row["disputed"]),
            "promised": str(row["promised"]),
            **{name: each[place] if each[place] < HORIZON_DAYS else None for name, each in told.items()},
            "soon": soon[place],
            "by_week": "{" + ",".join(map(str, parts[place])) + "}",
            "facts": _facts(row, known, today),
        }
        for place, row in enumerate(rows)
    ]


def _facts(row: Row, known: Payers, today: dt.date) -> Row:
    """What the sentence is told from, without what is not so."""
    customer, days_late = row["customer_id"], (today - row["due_on"]).days
    history = known.history(customer)
    facts: Row = {"settled": history.tally.settled, "late": days_late}
    if history.median_days_late is not None:
        facts["median"] = float(history.median_days_late)
    if days_late > 0:
        facts["as_late"] = history.tally.as_late(days_late)
    if history.pay_day_of_month:
        facts["month_day"] = history.pay_day_of_month
    elif history.pay_weekday:
        facts["weekday"] = history.pay_weekday
    if history.segment_code:
        facts["segment"] = history.segment_code
    if not row["has_due_date"]:
        facts["no_due_date"] = True
    if row["promised"] and row["promised_on"]:
        facts["promised_on"] = row["promised_on"][0].isoformat()
        facts["word"] = round(known.word(customer), 4)
        facts["kept"], facts["promises"] = history.promises_kept, history.promises_due
    return facts
