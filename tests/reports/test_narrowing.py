"""Every measure narrows by every dimension: to one customer it is as of a company that has no other."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from collections_app.contact import commitments, disputes, endings, promises
from collections_app.contact.disputes import Dispute
from collections_app.holds import orders
from collections_app.holds.hold_rows import Hold
from collections_app.holds.rules.ordering import Stated
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.reports import measures
from collections_app.reports.narrowing import ALL, Narrowed
from collections_app.reports.rules.definitions import DEFINITIONS
from collections_app.segmentation import segments, versions
from collections_app.segmentation.assignments import Assignment
from tests.desk import person
from tests.ledgerrows import company_of, moment
from tests.ledgertext import load

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
# By customer: their country, and by how much their figures are larger.
CUSTOMERS = {"100": ("GB", 1), "200": ("DE", 3)}
LEDGER = """
customer {n} "Customer {n}" country={country}
invoice {n} A{n} {a}00.00 due=-95 issued=-125
invoice {n} B{n} {a}50.00 due=-20 issued={issued}
invoice {n} C{n} {a}70.00 due=+10 issued=-5
invoice {n} D{n} {a}40.00 due=-15 issued=-40
invoice {n} E{n} {a}80.00 due=-200 issued=-230
invoice {n} F{n} {a}10.00 due=-8 issued=-9 currency=EUR
receipt {n} P{n} {a}30.00 on=-5
allocation P{n} D{n} {a}30.00 on=-{paid}
allocation - D{n} 10.00 on=-{paid} basis=stated
allocation - E{n} {a}60.00 on=-150 basis=stated
"""


def lived(code: str, numbers: list[str], today: dt.date) -> Company:
    """A company whose customers each owed, paid, promised, disputed, were called and had an order on hold."""
    company = company_of(code, country="GB")
    text = "".join(
        LEDGER.format(n=n, country=country, a=factor, issued=-50 * factor, paid=2 + factor)
        for n, (country, factor) in CUSTOMERS.items()
        if n in numbers
    )
    rows = load(text, company=company, today=today)
    for n in numbers:
        work(rows.customers[n], CUSTOMERS[n][1], today)
    endings.settle(company=company, today=today, at=moment(today))
    versions.ensure_default(company=company, by=None, at=moment(today))
    live = versions.live(company)
    assert live
    for n, segment in zip(CUSTOMERS, segments.of(live), strict=False):
        if n in numbers:
            customer = rows.customers[n]
            customer.salesperson = user(f"sales{n}", company, Role.SALES)
            customer.save()
            collector = user(f"priya{n}", company)
            Assignment.objects.create(
                company=company, customer=customer, segment=segment, collector=collector, day=today
            )
    return company


def user(name: str, company: Company, role: Role = Role.COLLECTOR) -> User:
    found = User.objects.filter(username=name).first()
    if found is None:
        return person(company, name, role)
    found.companies.add(company)
    return found


def work(customer: Customer, factor: int, today: dt.date) -> None:
    company, by = customer.company, user(f"priya{customer.number}", customer.company)
    before = today - 12 * DAY
    overdue = customer.invoices.get(number=f"B{customer.number}")
    for _ in range(factor):
        by.contact_logs.create(
            company=company, customer=customer, at=moment(today - 3 * DAY), channel="call", direction="out",
            outcome="no_answer",
        )  # fmt: skip
    promises.record(
        customer=customer,
        amount=Decimal(10 * factor),
        currency="GBP",
        promised_on=today - 9 * DAY,
        lines=[(overdue, Decimal(10 * factor))],
        by=by,
        at=moment(before),
        today=before,
    )
    for number, age in (("A", 6 + factor), ("B", factor)):
        disputes.lodge(
            customer=customer,
            invoice=customer.invoices.get(number=f"{number}{customer.number}"),
            amount=Decimal(5 * factor),
            reason="PRICE",
            by=by,
            at=moment(today - age * DAY),
        )
    Dispute.objects.filter(invoice__number=f"A{customer.number}", company=company).update(
        state="accepted", closed_by=by, closed_at=moment(today), cause="pricing", credited=factor
    )
    made = commitments.record(
        customer=customer, kind="copy", owner=by, due_on=today - 9 * DAY, by=by, at=moment(before)
    )
    if factor > 1:
        commitments.meet(made, by=by, at=moment(before))
    stated = Stated(number=f"SO-{customer.number}", amount=Decimal(10), currency="GBP", placed_on=today)
    orders.take_in(customer=customer, stated=stated, by=None, at=moment(today - 2 * DAY))
    looked_at = moment(today - 2 * DAY) + dt.timedelta(hours=factor)
    Hold.objects.filter(customer=customer).update(first_looked_at=looked_at, first_looked_by=by)


def told(company: Company, today: dt.date, narrowed: Narrowed = ALL) -> dict[tuple[str, str], Any]:
    found = measures.measured(company=company, day=today, narrowed=narrowed)
    every = [*(each for of in found.currencies for each in of.measures), *found.work]
    return {(each.name, each.currency): (each.value, dict(each.inputs)) for each in every}


@pytest.fixture
def whole(today: dt.date) -> Company:
    return lived("NG", list(CUSTOMERS), today)


def test_every_measure_is_there_and_says_something(whole: Company, today: dt.date) -> None:
    found = told(whole, today)

    # Nobody is insured here.
    untold = {"provision_insured", "provision_uninsured"}
    assert {name for name, _ in found} == set(DEFINITIONS) - untold
    assert {name for (name, in_), (value, _) in found.items() if value is None and in_ != "EUR"} == set()


@pytest.mark.parametrize("number", CUSTOMERS)
@pytest.mark.parametrize("dimension", ["segment", "collector", "salesperson", "country"])
def test_narrowed_to_one_it_is_what_it_is_of_that_one_alone(
    whole: Company, today: dt.date, number: str, dimension: str
) -> None:
    customer = Customer.objects.get(company=whole, number=number)
    segment = customer.assignment.segment
    assert segment
    value: Any = {
        "segment": segment.code,
        "collector": customer.assignment.collector_id,
        "salesperson": customer.salesperson_id,
        "country": customer.country,
    }[dimension]

    narrowed = told(whole, today, Narrowed(**{dimension: value}))

    assert narrowed == told(lived("ONE", [number], today), today)
    assert narrowed != told(whole, today)
