"""Disputes rise by the night: at 100 % of their time, at 200 %, each once, and never while the clock
stands.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from collections_app.activity.events import Event
from collections_app.contact import dispute_escalations, dispute_lists, dispute_pauses, disputes
from collections_app.contact.disputes import Dispute
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.users import User
from tests.ledgerrows import Rows, moment

DAY = dt.timedelta(days=1)


@pytest.fixture
def dispute(rows: Rows, harrow: Customer, priya: User, at: dt.datetime) -> Dispute:
    """Due on Wednesday the 18th, five working days after it was lodged."""
    facts: dict[str, Any] = {"invoice": rows.invoices["A1"], "amount": Decimal(200), "reason": "PRICE"}
    return disputes.lodge(customer=harrow, **facts, by=priya, at=at)


def rise(company: Company, day: dt.date) -> int:
    return dispute_escalations.escalate(company=company, today=day, at=moment(day))


def levels() -> list[int]:
    return list(Dispute.objects.values_list("level", flat=True))


def test_it_rises_on_the_morning_after_its_time_and_again_after_twice_that(
    company: Company, dispute: Dispute, today: dt.date
) -> None:
    found = [(number, rise(company, today + number * DAY)) for number in range(20)]

    assert [number for number, risen in found if risen] == [8, 15]  # the 19th and the 26th
    assert levels() == [2]
    events = Event.objects.filter(what="dispute.escalated").order_by("pk")
    assert [event.summary for event in events] == [
        "The dispute of £200.00 of A1 has risen to the owner's manager: it was due on 18 March 2026",
        "The dispute of £200.00 of A1 has risen to the finance director: it was due on 18 March 2026",
    ]
    assert [event.facts["version"] for event in events] == [2, 3]


def test_a_second_night_of_the_same_day_lets_nothing_rise(
    company: Company, dispute: Dispute, today: dt.date
) -> None:
    assert rise(company, today + 8 * DAY) == 1
    assert rise(company, today + 8 * DAY) == 0


def test_one_that_was_forgotten_rises_to_the_top_at_once(
    company: Company, dispute: Dispute, today: dt.date
) -> None:
    assert rise(company, today + 60 * DAY) == 1
    assert levels() == [2]


def test_it_does_not_rise_while_the_clock_stands(
    company: Company, dispute: Dispute, priya: User, at: dt.datetime, today: dt.date
) -> None:
    dispute_pauses.ask_customer(dispute, asked_for="the quote", by=priya, at=at)
    assert rise(company, today + 30 * DAY) == 0

    dispute_pauses.resume(dispute, by=priya, at=at + 30 * DAY)
    assert rise(company, today + 30 * DAY) == 0
    assert rise(company, today + 40 * DAY) == 1


def test_what_changed_since_it_was_read_rises_another_time(
    company: Company, dispute: Dispute, today: dt.date, monkeypatch: pytest.MonkeyPatch
) -> None:
    raising = dispute_escalations.RAISE.execute

    def changed_meanwhile(params: dict[str, object]) -> int:
        Dispute.objects.update(version=7)
        return raising(params)

    monkeypatch.setattr(dispute_escalations.RAISE, "execute", changed_meanwhile)
    assert rise(company, today + 8 * DAY) == 0
    assert levels() == [0]


def test_it_is_told_to_whom_it_is_with_when_its_answer_is_due_or_its_time_is_up(
    company: Company, dispute: Dispute, priya: User, tom: User, today: dt.date
) -> None:
    def needing(user: User, day: dt.date) -> int:
        return dispute_lists.needing(user, company=company, today=day).count()

    assert [needing(priya, today), needing(priya, today + DAY), needing(tom, today + DAY)] == [0, 1, 0]
    overdue = [dispute_lists.overdue_of(priya, company=company, today=today + days * DAY) for days in (7, 8)]
    assert overdue == [0, 1]
