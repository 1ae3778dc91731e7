"""The worked example of the trade, through the tables: 12 disputed of 400, closed in 3, 5, 8 and 30 days."""

import datetime as dt
from decimal import Decimal

import pytest

from collections_app.contact import dispute_causes, dispute_figures
from collections_app.contact.dispute_figures import Figures
from collections_app.contact.disputes import Dispute
from collections_app.ledger.companies import Company
from collections_app.people.users import User
from tests.desk import person
from tests.ledgerrows import Rows, company_of, moment
from tests.ledgertext import load

RAISED, INVOICED, TOOK, STILL_OPEN_AT = 12, 400, (3, 5, 8, 30), 50
UNTIL = dt.date(2026, 3, 11)


@pytest.fixture
def company(db: None) -> Company:
    return company_of()


@pytest.fixture
def rows(company: Company) -> Rows:
    """400 invoices of 100.00 in the year until that day."""
    lines = [f"invoice 100 N{n} 100.00 on={-90 - n % 200} due=+9" for n in range(INVOICED)]
    return load("\n".join(["customer 100", *lines]), company=company, today=UNTIL)


def dispute(rows: Rows, number: int, by: User, *, age: int, took: int | None, credited: int = 0) -> None:
    """40.00 of an invoice, lodged so many working days ago, and resolved after so many."""
    company = rows.company
    lodged_on = company.calendar.add(UNTIL, -age)
    closed_at = None if took is None else moment(company.calendar.add(lodged_on, took))
    Dispute.objects.create(
        company=company, customer=rows.customers["100"], invoice=rows.invoices[f"N{number}"], currency="GBP",
        amount=40, reason="PRICE", desk="sales", answer_days=1, resolve_days=5, answer_due_on=lodged_on,
        resolve_due_on=lodged_on, state="lodged" if took is None else "accepted", lodged_by=by,
        lodged_at=moment(lodged_on), closed_by=by if closed_at else None, closed_at=closed_at,
        cause="pricing" if closed_at else "", credited=credited,
    )  # fmt: skip


@pytest.fixture
def figures(company: Company, rows: Rows) -> Figures:
    """Four resolved, three of them with a credit; two open at 50 days, six lodged today."""
    priya = person(company, "priya")
    for number, took in enumerate(TOOK):
        dispute(rows, number, priya, age=40, took=took, credited=40 if number else 0)
    for number in range(len(TOOK), RAISED):
        dispute(rows, number, priya, age=STILL_OPEN_AT if number < len(TOOK) + 2 else 0, took=None)
    return dispute_figures.figures(company=company, until=UNTIL)


def test_twelve_of_four_hundred_are_three_per_cent_and_by_value_less(figures: Figures) -> None:
    assert (figures.all.raised_count, figures.all.invoiced_count) == (12, 400)
    assert figures.all.dispute_rate == Decimal("0.0300")
    (pounds,) = figures.sums
    assert (pounds.raised_amount, pounds.invoiced_amount) == (Decimal(480), Decimal(40000))
    assert pounds.dispute_rate_by_value == Decimal("0.0120")


def test_half_of_them_took_six_days_and_a_half_and_nine_of_ten_twenty_three(figures: Figures) -> None:
    assert dict(figures.cycle_days) == {3: 1, 5: 1, 8: 1, 30: 1}
    assert (figures.cycle_median, figures.cycle_p90) == (Decimal("6.5"), Decimal("23.4"))


def test_the_open_ones_show_that_only_the_easy_ones_were_closed(figures: Figures) -> None:
    assert dict(figures.open_days) == {50: 2, 0: 6}
    assert figures.oldest_open == 50
    price, _ = figures.open_by_reason
    assert [cell.number for cell in price.cells] == [6, 0, 0, 2, 0]
    assert price.whole.amounts == {"GBP": Decimal(320)}


def test_the_customer_was_right_in_three_of_four(figures: Figures) -> None:
    assert (figures.all.valid_rate, figures.sums[0].valid_rate_by_value) == (
        Decimal("0.7500"),
        Decimal("0.7500"),
    )


def test_causes_add_up_to_what_was_closed(company: Company, rows: Rows, figures: Figures) -> None:
    """Two of the four were really a late carrier; what is open or was by mistake counts nowhere."""
    closed = list(Dispute.objects.filter(closed_at__isnull=False).order_by("pk"))
    Dispute.objects.filter(pk__in=[each.pk for each in closed[:2]]).update(cause="carrier", reason="DAMAGE")
    dispute(rows, 399, closed[0].lodged_by, age=3, took=1)
    Dispute.objects.filter(invoice=rows.invoices["N399"]).update(cause="by_mistake")

    found = dispute_causes.closed(company, since=figures.since, until=figures.until)
    assert [(each.cause, each.number, each.amount, each.credited) for each in found] == [
        ("pricing", 2, Decimal(80), Decimal(80)),
        ("carrier", 2, Decimal(80), Decimal(40)),
    ]
    assert [each.reasons[0].reason for each in found] == ["PRICE", "DAMAGE"]
    (pounds,) = figures.sums
    assert sum(each.amount for each in found) == pounds.resolved_amount
    assert sum(each.credited for each in found) == pounds.credited_amount


def test_causes_are_of_the_days_that_are_asked_for(company: Company, figures: Figures) -> None:
    assert dispute_causes.closed(company, since=UNTIL, until=UNTIL) == []
    assert len(dispute_causes.closed(company, since=figures.since, until=UNTIL)) == 1
