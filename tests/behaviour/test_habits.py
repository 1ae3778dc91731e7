"""How customers pay: medians, shares, pay days and trend, from what they settled."""

import datetime as dt
from decimal import Decimal

import pytest

from collections_app.behaviour import habits
from collections_app.behaviour.habits import PayHabit
from collections_app.contact import promise_rates
from collections_app.contact.promised import Promise, PromiseInstalment
from collections_app.contact.rules import PromiseState
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from tests.desk import person
from tests.ledgerrows import company_of, moment
from tests.ledgertext import load


@pytest.fixture
def company(db: None) -> Company:
    return company_of()


def settled(number: str, *, due: int, late: int) -> str:
    """An invoice due so many days from today and settled so many days after that."""
    return f"invoice 100 {number} 10.00 due={due}\nallocation - {number} 10.00 on={due + late} basis=stated"


def measure(company: Company, today: dt.date, *lines: str) -> PayHabit:
    load("\n".join(["customer 100", *lines]), company=company, today=today)
    habits.measure(company=company, today=today)
    return PayHabit.objects.get(customer__number="100")


def test_the_middle_and_the_slow_end_of_what_was_settled(company: Company, today: dt.date) -> None:
    lates = (-2, 0, 4, 10, 30)
    lines = [settled(f"A{place}", due=-100 - place, late=late) for place, late in enumerate(lates)]

    found = measure(company, today, *lines, "invoice 100 OPEN 5.00 due=-500")

    assert (found.settled_count, found.invoices_ever) == (5, 6)
    assert found.median_days_late == 4
    assert found.p90_days_late == 22
    assert found.share_paid_late == Decimal("0.6")
    assert found.first_invoice_on == today - dt.timedelta(530)


def test_only_the_last_two_years_count(company: Company, today: dt.date) -> None:
    lines = [
        settled("A1", due=-731, late=0),
        settled("A2", due=-730, late=0),
        settled("A3", due=-729, late=8),
    ]

    found = measure(company, today, *lines)

    assert found.settled_count == 1
    assert found.median_days_late == 8


def test_a_day_on_which_two_fifths_are_settled_is_their_pay_day(company: Company) -> None:
    today = dt.date(2026, 3, 11)
    # The 15th of five months, and five other days spread over the week.
    on_the_15th = [dt.date(2025, month, 15) for month in (6, 7, 8, 9, 10)]
    others = [dt.date(2025, 11, day) for day in (3, 11, 19, 27, 28)]
    lines = [
        settled(f"A{place}", due=(day - today).days, late=0) for place, day in enumerate(on_the_15th + others)
    ]

    found = measure(company, today, *lines)

    assert (found.pay_day_of_month, found.pay_weekday) == (15, None)


def test_too_few_invoices_make_no_pay_day_and_no_trend(company: Company, today: dt.date) -> None:
    found = measure(company, today, *[settled(f"A{n}", due=-10 * n, late=0) for n in (1, 2, 3, 4)])

    assert (found.pay_weekday, found.pay_day_of_month, found.trend_days) == (None, None, None)


def test_paying_later_than_before_shows_in_the_trend(company: Company, today: dt.date) -> None:
    before = [settled(f"B{n}", due=-200 - n, late=5) for n in (1, 2, 3)]
    lately = [settled(f"L{n}", due=-60 - n, late=17) for n in (1, 2, 3)]

    assert measure(company, today, *before, *lately).trend_days == 12


def test_a_customer_who_settled_nothing_has_no_delay(company: Company, today: dt.date) -> None:
    found = measure(company, today, "invoice 100 A1 5.00 due=-5")

    assert (found.settled_count, found.median_days_late, found.share_paid_late) == (0, None, None)


def test_what_was_settled_after_the_day_is_not_known_on_it(company: Company, today: dt.date) -> None:
    load("customer 100\n" + settled("A1", due=-20, late=5), company=company, today=today)

    habits.measure(company=company, today=today - dt.timedelta(16))
    assert PayHabit.objects.get().settled_count == 0
    habits.measure(company=company, today=today - dt.timedelta(15))
    assert PayHabit.objects.get().settled_count == 1


def promised(company: Company, state: PromiseState, *, on: dt.date, settled_on: dt.date) -> None:
    """A promise for ``on`` with two days of grace, and how it ended."""
    promise = Promise.objects.create(
        company=company,
        customer=Customer.objects.get(),
        currency="GBP",
        amount=5,
        promised_on=on,
        state=state,
        settled_on=settled_on,
        recorded_by=person(company, f"{state.value}-{settled_on}"),
        recorded_at=moment(on - dt.timedelta(6)),
    )
    PromiseInstalment.objects.create(
        promise=promise,
        amount=5,
        promised_on=on,
        due_on=on,
        grace_ends_on=on + dt.timedelta(2),
        state=state,
        settled_on=settled_on,
    )


def test_a_promise_is_kept_within_its_grace_and_not_by_a_part(company: Company, today: dt.date) -> None:
    measure(company, today, "invoice 100 A1 5.00 due=-5")
    for state in (PromiseState.KEPT, PromiseState.KEPT_LATE, PromiseState.PARTLY_KEPT, PromiseState.BROKEN):
        promised(company, state, on=today - dt.timedelta(3), settled_on=today)

    habits.measure(company=company, today=today)

    found = PayHabit.objects.get()
    assert (found.promises_kept, found.promises_due, found.promises_broken_lately) == (2, 4, 2)


def test_a_promise_replaced_after_its_day_was_not_kept_and_one_replaced_before_counts_neither_way(
    company: Company, today: dt.date
) -> None:
    measure(company, today, "invoice 100 A1 5.00 due=-5")
    day = today - dt.timedelta(5)
    promised(company, PromiseState.KEPT, on=day, settled_on=day)
    promised(company, PromiseState.REPLACED, on=day, settled_on=day)
    promised(company, PromiseState.REPLACED, on=day, settled_on=day + dt.timedelta(1))

    habits.measure(company=company, today=today)

    found = PayHabit.objects.get()
    assert (found.promises_kept, found.promises_due) == (1, 2)


def test_a_promise_counts_once_its_grace_has_passed_on_the_card_as_on_the_page(
    company: Company, today: dt.date
) -> None:
    measure(company, today, "invoice 100 A1 5.00 due=-5")
    promised(company, PromiseState.KEPT, on=today, settled_on=today)

    for days, due in [(0, 0), (2, 0), (3, 1)]:
        day = today + dt.timedelta(days)
        habits.measure(company=company, today=day)
        fallen = promise_rates.fallen_due(company=company, day=day)
        assert PayHabit.objects.get().promises_due == sum(each.count for each in fallen) == due


def test_a_second_run_changes_nothing(company: Company, today: dt.date) -> None:
    measure(company, today, settled("A1", due=-20, late=5))
    first = list(PayHabit.objects.values())

    habits.measure(company=company, today=today)

    assert list(PayHabit.objects.values()) == first


def _share(lates: list[int], tenths: int) -> Decimal:
    """Between the two nearest in order, as far along as the share says."""
    ordered, place = sorted(lates), Decimal(tenths * (len(lates) - 1)) / 10
    low = ordered[int(place)]
    return low + (ordered[min(int(place) + 1, len(lates) - 1)] - low) * (place % 1)


@pytest.mark.parametrize("count", range(1, 24))
def test_the_middle_and_the_slow_end_are_those_of_plain_arithmetic(
    company: Company, today: dt.date, count: int
) -> None:
    lates = [(place * place * 7) % 41 - 9 for place in range(count)]
    lines = [settled(f"A{place}", due=-100 - place, late=late) for place, late in enumerate(lates)]

    found = measure(company, today, *lines)

    assert found.median_days_late == _share(lates, 5)
    assert found.p90_days_late == _share(lates, 9)


@pytest.mark.parametrize("offset", range(0, 28, 3))
def test_the_day_that_most_falls_on_is_found_wherever_it_lies_in_the_month(
    company: Company, offset: int
) -> None:
    today = dt.date(2026, 3, 11)
    often = [dt.date(2025, month, 1 + offset) for month in (3, 5, 8, 11)]
    others = [dt.date(2025, 7, 1 + (offset + place) % 28) for place in (1, 2, 9, 15, 20, 25)]
    lines = [settled(f"A{place}", due=(day - today).days, late=0) for place, day in enumerate(often + others)]

    assert measure(company, today, *lines).pay_day_of_month == 1 + offset
