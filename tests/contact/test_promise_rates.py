"""The promise-kept rates, by count and by value: the worked example of the trade, and what counts neither
way.
"""

import datetime as dt
from decimal import Decimal

import pytest

from collections_app.contact import endings, promise_rates, promises
from collections_app.contact.rules.promise_rates import Fallen, overall
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.rules import Basis
from collections_app.people.users import User
from tests.contact.test_promises import Desk
from tests.ledgerrows import Rows
from tests.ledgertext import load

DAY = dt.timedelta(days=1)
# Wednesday 11 March 2026 is day 0: the day for which all of them were promised on Monday.
FIVE = """
customer 300 "Five promises"
invoice 300 W1 10000.00 due=-41
invoice 300 W2 5000.00 due=-41
invoice 300 W3 8000.00 due=-41
invoice 300 W4 2000.00 due=-41
invoice 300 W5 15000.00 due=-41
"""


@pytest.fixture
def five(company: Company, priya: User, at: dt.datetime, today: dt.date) -> Desk:
    Company.objects.filter(pk=company.pk).update(promise_grace_days=3)
    company.refresh_from_db()
    rows = load(FIVE, company=company, today=today)
    return Desk(rows, rows.customers["300"], priya, at)


@pytest.fixture
def desk(rows: Rows, harrow: Customer, priya: User, at: dt.datetime) -> Desk:
    return Desk(rows, harrow, priya, at)


def rates(desk: Desk, *, days: int) -> list[Fallen]:
    return promise_rates.fallen_due(company=desk.rows.company, day=desk.today + days * DAY)


def test_five_promises_three_days_of_grace_two_kept_and_less_than_half_the_money(five: Desk) -> None:
    for invoice in five.rows.invoices.values():
        five.promise(invoice.number, amount=str(invoice.amount), days=0, at=five.at - 2 * DAY)
    five.paid("W1", "10000", days=0)
    five.paid("W2", "4900", days=2)
    five.paid("W3", "4000", days=0)
    five.paid("W4", "2000", days=9)
    endings.settle(company=five.rows.company, today=five.today + 9 * DAY, at=five.at + 9 * DAY)

    (fallen,) = rates(five, days=9)
    assert fallen == Fallen("GBP", 5, 2, Decimal(40000), Decimal(18900))
    assert (fallen.count_rate, fallen.value_rate) == (Decimal("0.4000"), Decimal("0.4725"))
    assert overall([fallen]) == Decimal("0.4000")


def test_a_promise_counts_when_its_day_and_its_grace_have_passed(desk: Desk) -> None:
    desk.promise("A1", amount="1200")  # for Friday; its grace ends on Tuesday, in six days
    desk.paid("A1", "1200", days=1)
    desk.settle(days=1)

    assert rates(desk, days=6) == []
    assert [(each.count, each.kept) for each in rates(desk, days=7)] == [(1, 1)]


@pytest.mark.parametrize(("days", "counted"), [(1, []), (2, []), (3, [(1, 0)]), (6, [(1, 0)])])
def test_one_replaced_after_its_day_counts_as_broken_and_before_it_neither_way(
    desk: Desk, days: int, counted: list[tuple[int, int]]
) -> None:
    first = desk.promise("A1", amount="1200")  # for Friday, in two days
    later = desk.at + days * DAY
    promises.replace(
        first,
        amount=Decimal(1200),
        promised_on=desk.today + 30 * DAY,
        because="Asked for another week",
        by=desk.by,
        at=later,
        today=later.date(),
    )
    assert [(each.count, each.kept) for each in rates(desk, days=9)] == counted


def test_one_that_was_withdrawn_or_credited_counts_neither_way(desk: Desk) -> None:
    withdrawn = desk.promise("A1", amount="1200")
    promises.withdraw(withdrawn, because="Wrong customer", by=desk.by, at=desk.at, today=desk.today)
    desk.promise("A2", amount="800")
    desk.paid("A2", "800", days=1, basis=Basis.CREDIT_NOTE)
    desk.settle(days=9)

    assert rates(desk, days=9) == []


def test_what_was_credited_is_not_part_of_what_was_promised(desk: Desk) -> None:
    desk.promise("A1", amount="1200")
    desk.paid("A1", "200", days=1, basis=Basis.CREDIT_NOTE)
    desk.paid("A1", "1000", days=2)
    desk.settle(days=9)

    (fallen,) = rates(desk, days=9)
    assert (fallen.promised, fallen.received, fallen.value_rate) == (
        Decimal(1000),
        Decimal(1000),
        Decimal("1.0000"),
    )


def test_money_is_never_summed_across_currencies(company: Company, desk: Desk, today: dt.date) -> None:
    rows = load(
        'customer 400 "Abroad" currency=EUR\ninvoice 400 E1 90.00 due=-9', company=company, today=today
    )
    abroad = Desk(rows, rows.customers["400"], desk.by, desk.at)
    abroad.promise("E1", amount="90", currency=rows.invoices["E1"].currency)
    desk.promise("A1", amount="1200")
    desk.settle(days=9)

    assert [(each.currency, str(each.promised)) for each in rates(desk, days=9)] == [
        ("EUR", "90.000"),
        ("GBP", "1200.000"),
    ]


def test_nothing_fallen_due_has_no_rate() -> None:
    assert (Fallen("GBP", 0, 0, Decimal(0), Decimal(0)).count_rate, overall([])) == (None, None)
