"""A company with many customers of all kinds, from a seed, and its stages whole and by ranges of them."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

from django.db import connection

from collections_app.contact import disputes, promises
from collections_app.jobs.divisible import ByCustomers, GoesOn, Round
from collections_app.jobs.schedule import STAGES
from collections_app.ledger.companies import Company
from collections_app.ledger.customer_ranges import ID_MAX, CustomerRange
from collections_app.ledger.customers import Customer
from collections_app.ledger.exchange_rates import ExchangeRate
from collections_app.segmentation import versions
from tests.desk import person
from tests.forecasting.paying import always
from tests.forecasting.test_forecasts import pay
from tests.ledgerrows import Rows, company_of, moment
from tests.ledgertext import load

TODAY = dt.date(2026, 3, 11)
YESTERDAY = TODAY - dt.timedelta(1)
AT = dt.datetime.combine(TODAY, dt.time(3), dt.UTC)
# A forecast of a Monday that knows all that was loaded, and the one after its week.
MONDAY, NEXT_MONDAY = TODAY + dt.timedelta(5), TODAY + dt.timedelta(12)
CUSTOMERS = 24
SURE = "W1"
DIVISIBLE = {stage.name: stage.by_customers for stage in STAGES if stage.by_customers}
# Derived rows, and what is left out of them beside their own numbers: of which forecast, and the moment.
TABLES = {
    "customer_position": (), "pay_habit": (), "habit_round": (), "posting_bookmark": (),
    "customer_assignment": (), "expected_payment": (), "expected_soon": (), "forecast": ("made_at",),
    "forecast_week": ("forecast_id",), "forecast_customer": ("forecast_id",),
    "forecast_invoice": ("forecast_id",),
    "chase_entry": ("refreshed_at",),
}  # fmt: skip


def _lines(dice: Random, number: int) -> list[str]:
    """A customer with documents open and settled, mostly late; some with cash, credits, or in euro."""
    lines = [f"customer {number} limit={dice.choice([500, 5000])} insurer_report_days=40"]
    for place in range(dice.randint(0, 9)):
        name, due = f"I{number}-{place}", dice.randint(-400, 20)
        currency = dice.choice(["GBP", "GBP", "GBP", "EUR"])
        amount = dice.randint(10, 4000)
        lines.append(f"invoice {number} {name} {amount}.00 due={due} currency={currency}")
        if due < -20 and dice.random() < 0.7:
            paid = dice.randint(due + 1, -1)
            part = amount if dice.random() < 0.8 else amount // 2
            lines.append(f"receipt {number} P{name} {part}.00 on={paid} currency={currency}")
            lines.append(f"allocation P{name} {name} {part}.00 on={paid}")
    if dice.random() < 0.2:
        lines.append(f"receipt {number} U{number} {dice.randint(5, 300)}.00 on=-2")
    if dice.random() < 0.2:
        lines.append(f"credit_note {number} C{number} {dice.randint(5, 300)}.00 on=-3")
    return lines


class Town:
    """The company, its customers, what is promised and disputed, and the night of the day before."""

    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)
        self.company: Company = company_of("TW", country="GB")
        lines = [line for each in range(CUSTOMERS - 1) for line in _lines(self.dice, 100 + each)]
        lines += [*always("900", late=5), f"invoice 900 {SURE} 480.07 due=+2"]
        text = "\n".join(lines)
        self.rows: Rows = load(text, company=self.company, today=TODAY)
        self.priya = person(self.company, "priya")
        ExchangeRate.objects.create(
            company=self.company, currency="EUR", valid_from=YESTERDAY, rate=Decimal("0.85")
        )
        versions.ensure_default(company=self.company, by=None, at=moment(YESTERDAY))
        self._agree()

    def _agree(self) -> None:
        open_ones = [
            each for each in self.rows.invoices.values() if each.open_amount > 50 and each.kind == "invoice"
        ]
        for invoice in self.dice.sample(open_ones, k=min(6, len(open_ones))):
            if self.dice.random() < 0.5:
                disputes.lodge(
                    customer=invoice.customer, invoice=invoice, amount=invoice.open_amount / 2,
                    reason="PRICE", by=self.priya, at=moment(YESTERDAY),
                )  # fmt: skip
            else:
                promises.record(
                    customer=invoice.customer, amount=invoice.open_amount, currency=invoice.currency,
                    promised_on=TODAY + dt.timedelta(self.dice.randint(0, 9)),
                    lines=[(invoice, invoice.open_amount)], by=self.priya, at=moment(YESTERDAY),
                    today=YESTERDAY,
                )  # fmt: skip

    def pay(self) -> None:
        """What is open of some is paid in the week of ``MONDAY``, also of one who always pays so late."""
        numbers = [f"I{each}-{place}" for each in range(100, 100 + CUSTOMERS, 3) for place in range(9)]
        for number in [*numbers, SURE]:
            if (invoice := self.rows.invoices.get(number)) is None:
                continue
            invoice.refresh_from_db()
            if invoice.open_amount:
                pay(self.rows, number, str(invoice.open_amount), on=MONDAY + dt.timedelta(2))

    @property
    def ids(self) -> list[int]:
        """Of the customers."""
        return sorted(Customer.objects.filter(company=self.company).values_list("pk", flat=True))

    def whole(self, stage: str, *, day: dt.date = TODAY) -> int:
        """Do a stage for everybody."""
        (found,) = [each for each in STAGES if each.name == stage]
        return found.run(self.company, day, _at(day))

    def by_ranges(self, stage: str, ranges: Sequence[CustomerRange], *, day: dt.date = TODAY) -> int:
        """Do a stage range after range, the last first; what is handed on is JSON, as between workers."""
        by: ByCustomers = DIVISIBLE[stage]
        this = Round(self.company, day, _at(day))
        this = replace(this, given=json.loads(json.dumps(by.begin(this))))
        done = [_in_steps(by, this, each) for each in reversed(ranges)][::-1]
        told = json.loads(json.dumps([facts for _, facts in done]))
        return sum(rows for rows, _ in done) + by.end(this, told)


def _in_steps(by: ByCustomers, this: Round, within: CustomerRange) -> tuple[int, Any]:
    rows, told = by.part(this, within)
    while isinstance(told, GoesOn):
        more, told = by.part(replace(this, told=json.loads(json.dumps(told.told))), within)
        rows += more
    return rows, told


def _at(day: dt.date) -> dt.datetime:
    """At three in the morning; those of before are done again today."""
    return max(AT, dt.datetime.combine(day, dt.time(3), dt.UTC))


def ranges_from(edges: Sequence[int]) -> list[CustomerRange]:
    """That begin at these ids, and leave none out."""
    firsts = sorted({0, *edges})
    return [
        CustomerRange(first, after - 1)
        for first, after in zip(firsts, [*firsts[1:], ID_MAX + 1], strict=True)
    ]


def derived() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every derived table, but for its own number."""
    found = {}
    with connection.cursor() as cursor:
        for table, beside in TABLES.items():
            cursor.execute(f"SELECT * FROM {table}")
            names = [column.name for column in cursor.description]
            told = [place for place, name in enumerate(names) if name not in ("id", *beside)]
            found[table] = sorted(
                (tuple(row[place] for place in told) for row in cursor.fetchall()), key=repr
            )
    return found
