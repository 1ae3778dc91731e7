"""A promise that was not kept is at the top of the list on the next morning, with a call."""

import datetime as dt
from decimal import Decimal

import pytest

from collections_app.chase import entries
from collections_app.chase.cards import Card
from collections_app.chase.entries import Entry
from collections_app.contact import promises
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.promises import Instalment
from collections_app.jobs import nights
from collections_app.ledger.companies import Company
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.contact.test_promises import DAY, Desk
from tests.desk import person
from tests.ledgerrows import company_of, moment
from tests.ledgertext import load

# Harrow Tools owe little and not for long; Brandt owe much, and for longer than anybody.
LEDGER = """
customer 100 "Harrow Tools"
invoice 100 A1 1200.00 due=-12
customer 200 "Brandt GmbH" limit=1000
invoice 200 B1 250000.00 due=-120
"""
# Wednesday 11 March 2026; two working days of grace. Good Friday is on 3 April.
FRIDAY, WEDNESDAY_AFTER, MAUNDY_THURSDAY, THURSDAY_AFTER_EASTER = 2, 7, 22, 29


@pytest.fixture
def company(db: None) -> Company:
    return company_of(country="GB", subdivision="ENG")


@pytest.fixture
def priya(company: Company) -> User:
    return person(company, "priya", Role.COLLECTOR)


@pytest.fixture
def desk(company: Company, priya: User, today: dt.date) -> Desk:
    rows = load(LEDGER, company=company, today=today)
    return Desk(rows, rows.customers["100"], priya, dt.datetime.combine(today, dt.time(9, 15), dt.UTC))


def morning(desk: Desk, days: int) -> list[str]:
    """The chase list so many days from today, after the night, from its top."""
    company, day = desk.rows.company, desk.today + days * DAY
    at = dt.datetime.combine(day, dt.time(4), dt.UTC)
    assert {run.state for run in nights.run(company=company, day=day, at=at)} == {"done"}
    return [each.customer.number for each in entries.listed(company)]


def spoke(desk: Desk, *, days: int = 0, next_in: int | None = None) -> None:
    """Somebody spoke with them, and agreed on a next step perhaps."""
    on = desk.today + days * DAY
    ContactLog.objects.create(
        company=desk.rows.company, customer=desk.customer, by=desk.by, at=moment(on), channel="call",
        direction="out", outcome="promised", next_step="check_bank" if next_in else "",
        next_on=on + next_in * DAY if next_in else None,
    )  # fmt: skip


def asked_first(desk: Desk) -> str:
    """What the call card says first."""
    entry = Entry.objects.get(customer=desk.customer)
    return Card(desk.customer, today=entry.day, at=desk.at).purpose


@pytest.mark.parametrize(
    ("promised", "broken"), [(FRIDAY, WEDNESDAY_AFTER), (MAUNDY_THURSDAY, THURSDAY_AFTER_EASTER)]
)
def test_it_comes_first_on_the_morning_after_its_grace_over_weekends_and_holidays(
    desk: Desk, promised: int, broken: int
) -> None:
    desk.promise("A1", amount="1200", days=promised)
    spoke(desk, next_in=promised + 30)

    assert morning(desk, broken - 1) == ["200"]
    assert morning(desk, broken) == ["100", "200"]
    on = desk.today + promised * DAY
    assert asked_first(desk).startswith(
        f"Ask what happened: promise of £1,200.00 for {on:%-d %B} was not kept. Ask for a date for £1,200.00"
    )


def test_it_stays_first_until_somebody_has_spoken_with_them(desk: Desk) -> None:
    desk.promise("A1", amount="1200", days=FRIDAY)
    assert morning(desk, WEDNESDAY_AFTER) == ["100", "200"]
    assert morning(desk, WEDNESDAY_AFTER + 5) == ["100", "200"]

    spoke(desk, days=WEDNESDAY_AFTER + 5)

    assert morning(desk, WEDNESDAY_AFTER + 6) == ["200", "100"]
    assert asked_first(desk).startswith("Ask for a date for £1,200.00")


def test_one_kept_only_in_part_is_asked_about_with_what_came(desk: Desk) -> None:
    desk.promise("A1", amount="1200", days=FRIDAY)
    spoke(desk, next_in=30)
    desk.paid("A1", "500", days=1)

    assert morning(desk, WEDNESDAY_AFTER - 1) == ["200"]
    assert morning(desk, WEDNESDAY_AFTER) == ["100", "200"]
    assert asked_first(desk).startswith(
        "Ask what happened: promise of £1,200.00 for 13 March was kept only in part: £500.00 came. "
        "Ask for a date for £700.00"
    )


@pytest.mark.parametrize("days", [1, FRIDAY, WEDNESDAY_AFTER - 1])
def test_one_kept_or_kept_late_lists_nobody(desk: Desk, days: int) -> None:
    desk.promise("A1", amount="1200", days=FRIDAY)
    desk.paid("A1", "1200", days=days)

    assert morning(desk, WEDNESDAY_AFTER) == ["200"]


def test_one_whose_money_comes_when_it_had_broken_lists_nobody(desk: Desk) -> None:
    desk.promise("A1", amount="1200", days=FRIDAY)
    assert morning(desk, WEDNESDAY_AFTER) == ["100", "200"]

    desk.paid("A1", "1200", days=WEDNESDAY_AFTER)

    assert morning(desk, WEDNESDAY_AFTER + 1) == ["200"]


def test_of_instalments_the_first_that_is_missed_lists_them(desk: Desk) -> None:
    plan = [Instalment(desk.today + days * DAY, Decimal(600)) for days in (FRIDAY, FRIDAY + 14)]
    desk.promise("A1", amount="1200", instalments=plan)
    spoke(desk, next_in=60)
    desk.paid("A1", "600", days=1)

    assert morning(desk, WEDNESDAY_AFTER) == ["200"]
    assert morning(desk, WEDNESDAY_AFTER + 13) == ["200"]
    assert morning(desk, WEDNESDAY_AFTER + 14) == ["100", "200"]
    assert "for 27 March was not kept" in asked_first(desk)


def test_one_withdrawn_or_replaced_before_its_day_is_no_broken_one(desk: Desk) -> None:
    first = desk.promise("A1", amount="1200", days=FRIDAY)
    later = promises.replace(
        first,
        amount=Decimal(1200),
        promised_on=desk.today + MAUNDY_THURSDAY * DAY,
        because="Waits for the month's end",
        by=desk.by,
        at=desk.at + DAY,
        today=desk.today + DAY,
    )
    assert morning(desk, WEDNESDAY_AFTER) == ["200"]

    at = desk.at + WEDNESDAY_AFTER * DAY
    promises.withdraw(later, because="Wrong customer", by=desk.by, at=at, today=at.date())
    spoke(desk, days=WEDNESDAY_AFTER)

    # The one that it had taken the place of runs again, is late, and breaks.
    assert morning(desk, WEDNESDAY_AFTER + 1) == ["100", "200"]


def test_a_new_promise_for_all_of_it_ends_the_asking(desk: Desk) -> None:
    desk.promise("A1", amount="1200", days=FRIDAY)
    assert morning(desk, WEDNESDAY_AFTER) == ["100", "200"]

    at = desk.at + WEDNESDAY_AFTER * DAY
    desk.promise("A1", amount="1200", days=WEDNESDAY_AFTER + 2, at=at, today=at.date())

    assert morning(desk, WEDNESDAY_AFTER + 1) == ["200"]
