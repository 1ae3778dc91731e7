"""What was agreed and how far it has come: a promise hides only what is still promised, and a past day has
the disputes of that day.
"""

import datetime as dt
from decimal import Decimal
from importlib import import_module

import pytest
from django.db import connection

from collections_app.behaviour import positions
from collections_app.behaviour.positions import Position
from collections_app.chase import asking
from collections_app.contact import dispute_figures, dispute_lists, dispute_work, disputes
from collections_app.contact.dispute_amounts import DisputeAmount
from collections_app.contact.promises import Instalment
from collections_app.ledger.companies import Company
from collections_app.ledger.rules import Basis
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.contact.test_promises import DAY, Desk
from tests.desk import person
from tests.ledgerrows import company_of
from tests.ledgertext import load

LEDGER = """
customer 100 "Harrow Tools"
invoice 100 A1 1200.00 due=-41
invoice 100 A2 800.00 due=-12
"""


@pytest.fixture
def company(db: None) -> Company:
    return company_of(country="GB")


@pytest.fixture
def priya(company: Company) -> User:
    return person(company, "priya", Role.COLLECTOR)


@pytest.fixture
def desk(company: Company, priya: User, today: dt.date) -> Desk:
    rows = load(LEDGER, company=company, today=today)
    return Desk(rows, rows.customers["100"], priya, dt.datetime.combine(today, dt.time(9, 15), dt.UTC))


def on(desk: Desk, *, days: int = 0) -> Position:
    positions.measure(company=desk.rows.company, today=desk.today + days * DAY)
    return Position.objects.get(customer=desk.customer)


def promised(desk: Desk, *, days: int = 0) -> tuple[int, int]:
    """What is promised and what is to be collected, in pounds."""
    found = on(desk, days=days)
    return int(found.promised), int(found.to_collect)


def test_what_came_for_a_promise_is_no_longer_promised_and_hides_no_other_debt(desk: Desk) -> None:
    desk.promise("A1", amount="900", days=5)  # 300 of A1 and all of A2 are to be collected

    assert promised(desk) == (900, 1100)
    desk.paid("A1", "600", days=1)
    # 600 are open of A1: 300 are still promised, 300 were never promised, and A2.
    assert promised(desk, days=1) == (300, 1100)
    # The day before stands as it stood.
    assert promised(desk) == (900, 1100)


def test_a_promise_by_instalments_hides_what_the_next_ones_are_for(desk: Desk) -> None:
    plan = [Instalment(desk.today + days * DAY, Decimal(750)) for days in (2, 9)]
    desk.promise("A1", "A2", amount="1500", instalments=plan)  # all of A1 and 300 of A2
    desk.paid("A1", "1200", days=1)
    desk.paid("A2", "100", days=2)

    assert promised(desk, days=2) == (200, 500)


def test_money_that_went_back_is_promised_again(desk: Desk) -> None:
    desk.promise("A1", amount="900", days=9)
    desk.paid("A1", "600", days=1)
    paid = desk.rows.invoices["A1"].allocations.get()
    paid.pk, paid.reverses_id, paid.side = None, paid.pk, "restores"
    paid.posted_on, paid.recorded_at = desk.today + 2 * DAY, desk.at + 2 * DAY
    paid.save(force_insert=True)
    desk.rows.invoices["A1"].open_amount += 600
    desk.rows.invoices["A1"].save(update_fields=["open_amount"])

    assert promised(desk, days=1) == (300, 1100)
    assert promised(desk, days=2) == (900, 1100)


def test_a_credit_lessens_what_is_open_and_not_what_is_promised_of_the_rest(desk: Desk) -> None:
    desk.promise("A1", amount="900", days=9)
    desk.paid("A1", "500", days=1, basis=Basis.CREDIT_NOTE)

    assert promised(desk, days=1) == (700, 800)


def test_the_call_card_asks_for_what_the_position_says(desk: Desk) -> None:
    desk.promise("A1", amount="900", days=9)
    desk.paid("A1", "600", days=1)
    today = desk.today + DAY

    shown = asking.open_invoices(desk.customer, today=today).values("number", "promised_part")  # type: ignore[misc]
    asked = asking.collectable(desk.customer, currency="GBP", today=today).values("number", "asked")  # type: ignore[misc]

    assert list(shown) == [
        {"number": "A1", "promised_part": 300},
        {"number": "A2", "promised_part": None},
    ]
    assert list(asked) == [{"number": "A1", "asked": 300}, {"number": "A2", "asked": 800}]
    assert on(desk, days=1).to_collect == 1100


def test_a_past_day_has_the_disputed_amount_of_that_day(desk: Desk, priya: User) -> None:
    dispute = disputes.lodge(
        customer=desk.customer,
        invoice=desk.rows.invoices["A1"],
        amount=Decimal(200),
        reason="PRICE",
        by=priya,
        at=desk.at,
    )
    for days, amount in [(2, 700), (3, 100), (3, 150)]:
        at = desk.at + days * DAY + dt.timedelta(minutes=amount)
        dispute_work.change_amount(dispute, amount=Decimal(amount), by=priya, at=at)

    assert [on(desk, days=days).disputed for days in (0, 1, 2, 3, 4)] == [200, 200, 700, 150, 150]
    assert [on(desk, days=days).to_collect for days in (1, 2, 3)] == [1800, 1300, 1850]


def test_figures_and_lists_of_a_past_day_have_its_amounts_too(desk: Desk, priya: User) -> None:
    company, day = desk.rows.company, desk.today
    dispute = disputes.lodge(
        customer=desk.customer,
        invoice=desk.rows.invoices["A1"],
        amount=Decimal(200),
        reason="PRICE",
        by=priya,
        at=desk.at,
    )
    dispute_work.change_amount(dispute, amount=Decimal(700), by=priya, at=desk.at + DAY)

    for days, amount in [(0, 200), (1, 700)]:
        (sums,) = dispute_figures.figures(company=company, until=day + days * DAY).sums
        known = dispute_lists.known_on(company, day + days * DAY)
        (standing,) = dispute_lists.standings(known, company=company, day=day + days * DAY)
        assert sums.open_amount == standing.amount == amount


def test_an_amount_is_kept_once_for_each_change(desk: Desk, priya: User) -> None:
    dispute = disputes.lodge(
        customer=desk.customer,
        invoice=desk.rows.invoices["A1"],
        amount=Decimal(200),
        reason="PRICE",
        by=priya,
        at=desk.at,
    )
    for _ in range(2):
        dispute_work.change_amount(dispute, amount=Decimal(700), by=priya, at=desk.at + DAY)

    kept = DisputeAmount.objects.get()
    assert (kept.dispute, kept.was, kept.until) == (dispute, Decimal(200), desk.at + DAY)


def test_what_was_changed_before_the_amounts_were_kept_is_known_from_what_was_told(
    desk: Desk, priya: User
) -> None:
    dispute = disputes.lodge(
        customer=desk.customer,
        invoice=desk.rows.invoices["A1"],
        amount=Decimal(200),
        reason="PRICE",
        by=priya,
        at=desk.at,
    )
    for days, amount in [(1, 700), (2, 100)]:
        dispute_work.change_amount(dispute, amount=Decimal(amount), by=priya, at=desk.at + days * DAY)
    kept = list(DisputeAmount.objects.order_by("until").values("dispute", "was", "until"))
    DisputeAmount.objects.all().delete()

    migration = import_module("collections_app.migrations.0070_agreements_as_of_a_day")
    with connection.cursor() as cursor:
        cursor.execute(migration.WRITE_DOWN)

    assert list(DisputeAmount.objects.order_by("until").values("dispute", "was", "until")) == kept
    assert [on(desk, days=days).disputed for days in (0, 1, 2)] == [200, 700, 100]
