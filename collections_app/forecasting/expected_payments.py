"""An expected payment: when an open invoice is likely to be paid, how sure that is, and what it rests on.
Derived; replaced every night.

What is disputed is set aside: days and weeks are of the rest. ``by_week`` spreads the rest over the weeks of
the forecast and "later or never": thousandths that make whole minor units in each week, and add up exactly.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from numpy.typing import NDArray

from collections_app.forecasting import expected_soon, open_items, payers
from collections_app.forecasting.histories import Whole
from collections_app.forecasting.open_items import OpenItems
from collections_app.forecasting.payers import Payers, Told
from collections_app.forecasting.rules import chances, promised, weeks
from collections_app.forecasting.rules.chances import HORIZON_DAYS, Chances
from collections_app.forecasting.rules.delays import Tallies
from collections_app.forecasting.rules.weeks import Units
from collections_app.ledger import customer_ranges
from collections_app.ledger.companies import Company
from collections_app.ledger.customer_ranges import CustomerRange
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib import columns, money
from collections_app.lib.sql import Statement

_WRITE = Statement(__file__, "write_expected_payments")

SOON_DAYS = 7
# So many invoices at a time; the arrays over them take some twenty megabytes.
BATCH_ROWS = 5_000


def _money() -> "models.DecimalField[Any, Any]":
    return models.DecimalField(max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES)


class ExpectedPayment(models.Model):
    """What is expected of one open invoice on ``day``. A day that is null is later than half a year."""

    # Both are written from the rows that they name: looking each up again took a fifth of the stage.
    company = models.ForeignKey(
        Company, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
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

    items: OpenItems
    free: Units
    by_week: Chances
    parts: Units


@dataclass(frozen=True, slots=True)
class _Batch:
    """Some open invoices with their customers: ``of`` says in which of their ``rows`` that of each invoice
    stands, ``tallies`` what each paid.
    """

    items: OpenItems
    rows: Whole
    of: Whole
    tallies: Tallies


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
    items = open_items.read(company=company, today=today, within=within)
    before = ExpectedPayment.objects.filter(company=company)
    if within is not None:
        before = before.filter(**within.lookups("customer"))
    before.delete()
    for some in items.batches(BATCH_ROWS):
        rows, of = np.unique(known.histories.rows(some.customers), return_inverse=True)
        batch = _Batch(some, rows, of, known.histories.tallies.picked(rows))
        found = _chances(batch, known, today)
        by_week = weeks.week_chances(found, weeks.days_left(today))
        steps = np.array([weeks.step_of(code) for code in some.codes])[some.currencies]
        expected = Expected(some, some.free, by_week, weeks.spread(some.free, by_week, steps))
        told = _told_of_items(expected, found) | _told_of_customers(batch, known, today)
        _WRITE.execute(
            {
                "company": company.pk,
                "day": today,
                "currencies": some.codes,
                "segments": known.histories.codes,
                "later": HORIZON_DAYS,
                "weeks": expected.parts.shape[1],
                **{name: columns.sent(each) for name, each in told.items()},
            }
        )
        seen(expected)
    expected_soon.add_up(company=company, within=within)
    return len(items)


def _chances(batch: _Batch, known: Payers, today: dt.date) -> Chances:
    """Of each invoice; those promised are put right one by one."""
    items, of_customers = batch.items, known.ready(batch.rows, batch.tallies)
    found = of_customers.chances(batch.of, items.due)
    words = known.words(batch.rows)
    for place in np.flatnonzero((items.promised > 0) & (items.free > 0)):
        found[place] = promised.with_promise(
            found[place],
            items.plans.get(int(items.invoices[place]), ()),
            of_customers.open_days(batch.of[place]),
            kept=float(words[batch.of[place]]),
            part=float(items.promised[place] / items.free[place]),
            today=today.toordinal(),
        )
    return found


def _told_of_items(expected: Expected, found: Chances) -> dict[str, NDArray[Any]]:
    """What is kept of each invoice, in columns; days count from today."""
    items = expected.items
    from_50, to_50 = chances.band(found, 0.5)
    from_80, to_80 = chances.band(found, 0.8)
    return {
        "invoice": items.invoices,
        "customer": items.customers,
        "currency": items.currencies,
        "open": items.open,
        "disputed": items.disputed,
        "promised": items.promised,
        "expected": chances.middle(found),
        "from_50": from_50,
        "to_50": to_50,
        "from_80": from_80,
        "to_80": to_80,
        "soon": np.round(chances.within(found, SOON_DAYS), 4),
        "parts": expected.parts,
    }


def _told_of_customers(batch: _Batch, known: Payers, today: dt.date) -> dict[str, NDArray[Any]]:
    """What the sentence of each invoice is told from, in columns."""
    items, histories = batch.items, known.histories
    rows, late = batch.rows[batch.of], today.toordinal() - items.due
    promised_on = [
        plan[0].first if (plan := items.plans.get(each)) else np.nan for each in items.invoices.tolist()
    ]
    return {
        "settled": batch.tallies.settled[batch.of],
        "late": late,
        "as_late": batch.tallies.as_late(batch.of, late),
        "median": histories.medians[rows],
        "pay_day": histories.pay_days[rows],
        "pay_weekday": histories.pay_weekdays[rows],
        "segment": histories.segments[rows],
        "has_due_date": items.has_due_date.astype(np.int64),
        "promised_in": np.array(promised_on) - today.toordinal(),
        "word": np.round(known.words(rows), 4),
        "kept": histories.promises_kept[rows],
        "promises": histories.promises_due[rows],
    }
