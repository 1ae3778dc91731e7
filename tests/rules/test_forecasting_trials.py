"""How good expected days were on invoices of the past, beside plain guesses."""

import datetime as dt
from decimal import Decimal

import pytest

from collections_app.forecasting.rules import trials
from collections_app.forecasting.rules.trials import Past, Trial

MONDAY = dt.date(2025, 9, 1)


def past(customer: str, *, due: dt.date, late: int | None, terms: int = 30) -> Past:
    day = due.toordinal()
    paid = None if late is None else day + late
    return Past(customer, day - terms, day, paid, Decimal("100.00"))


def every_week(customer: str, *, late: int, weeks: int = 52) -> list[Past]:
    """An invoice due on each Wednesday of a year up to the end of the trial, always paid as late."""
    first = MONDAY - dt.timedelta(7 * (weeks - 12) - 2)
    return [past(customer, due=first + dt.timedelta(7 * week), late=late) for week in range(weeks)]


def run(*invoices: Past) -> Trial:
    return trials.run(invoices, first=MONDAY, last=MONDAY + dt.timedelta(28))


def test_customers_who_always_pay_alike_are_guessed_to_the_day() -> None:
    found = run(*every_week("100", late=5), *every_week("200", late=19))

    assert found.ours.mean_days < 0.5
    assert found.customer_median.mean_days == 0
    assert found.due_date.mean_days > 5
    assert sum(found.held_80) / len(found.held_80) > 0.9


def test_every_invoice_is_guessed_once() -> None:
    invoices = every_week("100", late=5)
    open_then = [
        each for each in invoices if any(each.is_open(MONDAY.toordinal() + 7 * week) for week in range(5))
    ]

    found = run(*invoices)

    assert len(found.ours.missed) == len(open_then) == len(found.held_50)
    assert len(found.weeks_held_80) == 5 * trials.WEEKS_AHEAD


def test_nothing_that_came_later_is_known() -> None:
    """Who pays at once from the first day of the trial on is still guessed by what they did before it."""
    before = [each for each in every_week("100", late=20) if each.paid and each.paid < MONDAY.toordinal()]
    changed = past("100", due=MONDAY, late=0)

    found = trials.run([*before, changed], first=MONDAY, last=MONDAY)

    assert found.ours.missed == [pytest.approx(20, abs=1)]
    assert found.customer_median.missed == [20]
    assert found.due_date.missed == [0]


def test_an_invoice_that_was_never_paid_tells_that_it_is_still_open() -> None:
    invoices = every_week("100", late=5)
    never = [past("100", due=MONDAY - dt.timedelta(60 + day), late=None) for day in range(60)]

    known = trials.tallies([*invoices, *never], {"100": 0}, MONDAY.toordinal())
    (paid,), (still,) = known.by_day()

    assert known.settled[0] < len(invoices)
    assert sum(paid) <= known.settled[0]
    assert still[90 + 50] == pytest.approx(60)  # fifty days late, of which nobody was ever paid


def test_what_was_expected_of_a_week_is_compared_with_what_came() -> None:
    found = run(*every_week("100", late=5), *every_week("200", late=5), *every_week("300", late=6))

    first_weeks = [(expected, came) for _, ahead, expected, came in found.weeks if ahead == 1]

    assert len(first_weeks) == 5
    assert all(came == Decimal("300.00") for _, came in first_weeks)
    assert all(abs(expected - came) < 30 for expected, came in first_weeks)
