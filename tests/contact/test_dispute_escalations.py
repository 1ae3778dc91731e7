"""Disputes rise by the night: at 100 % of their time, at 200 %, each once, and never while the clock
stands.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collections_app.activity.events import Event
from collections_app.contact import dispute_escalations, dispute_lists, dispute_pauses, disputes
from collections_app.contact.disputes import Dispute
from collections_app.correspondence.messages import Message
from collections_app.jobs import nights
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.rules import Role
from collections_app.people.teams import Team
from collections_app.people.users import User
from tests.contact.requests import colleague
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
    raising = dispute_escalations.RAISE.rows

    def changed_meanwhile(params: dict[str, object]) -> list[dict[str, object]]:
        Dispute.objects.update(version=7)
        return raising(params)

    monkeypatch.setattr(dispute_escalations.RAISE, "rows", changed_meanwhile)
    assert rise(company, today + 8 * DAY) == 0
    assert levels() == [0]
    assert not Message.objects.exists()


def test_whom_it_rises_to_is_asked_for_help_in_a_letter_once_a_rise(
    company: Company, dispute: Dispute, priya: User, dana: User, today: dt.date
) -> None:
    fiona = colleague(company, "fiona", role=Role.MANAGER, desk="finance_director")
    near = colleague(company, "zoe", role=Role.MANAGER)
    Team.objects.create(name="UK").members.set([priya, near])
    User.objects.filter(pk=priya.pk).update(email="priya@ng.example")

    for number in range(20):
        rise(company, today + number * DAY)

    first, second = Message.objects.order_by("pk")
    assert (first.to_address, second.to_address) == (near.email, fiona.email)
    assert (first.audience, first.reply_to, first.auto_submitted) == ("colleague", "priya@ng.example", True)
    assert first.subject == "May I ask for your help: the dispute of £200.00 of A1 with Harrow Tools"
    assert (
        "£200.00 of A1 has been disputed by Harrow Tools since 11 March 2026: price or discount. "
        "It was to be settled by 18 March 2026 and is with Priya." in first.body
    )
    assert "twice the time" in second.body
    assert "twice the time" not in first.body
    told = Event.objects.filter(what="dispute.escalated").order_by("pk").values_list("summary", flat=True)
    assert [f", {near}:" in told[0], f", {fiona}:" in told[1]] == [True, True]


def test_a_night_that_runs_twice_writes_nobody_twice(
    company: Company, dispute: Dispute, today: dt.date
) -> None:
    colleague(company, "zoe", role=Role.MANAGER)
    day = today + 8 * DAY
    for _ in range(2):
        runs = nights.run(company=company, day=day, at=moment(day), stages=["escalate_disputes"])
        assert [run.state for run in runs] == ["done"]

    assert Message.objects.count() == 1


def test_nobody_is_written_to_who_is_its_owner_or_has_no_address(
    company: Company, dispute: Dispute, dana: User, today: dt.date
) -> None:
    boss = colleague(company, "aaron", role=Role.MANAGER)
    Dispute.objects.update(owner=boss)
    User.objects.filter(pk=dana.pk).update(email="")

    assert rise(company, today + 8 * DAY) == 1
    assert not Message.objects.exists()


def test_the_queries_do_not_grow_with_the_disputes(
    company: Company, rows: Rows, harrow: Customer, priya: User, at: dt.datetime, today: dt.date
) -> None:
    colleague(company, "zoe", role=Role.MANAGER)
    counts: list[int] = []
    for number in ("A1", "A2"):
        facts: dict[str, Any] = {"invoice": rows.invoices[number], "amount": Decimal(200), "reason": "PRICE"}
        disputes.lodge(customer=harrow, **facts, by=priya, at=at)
        Dispute.objects.update(level=0, rises_on=today, state="lodged")
        Message.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            assert rise(company, today + 8 * DAY) == len(counts) + 1
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_it_is_told_to_whom_it_is_with_when_its_answer_is_due_or_its_time_is_up(
    company: Company, dispute: Dispute, priya: User, tom: User, today: dt.date
) -> None:
    def needing(user: User, day: dt.date) -> int:
        return dispute_lists.needing(user, company=company, today=day).count()

    assert [needing(priya, today), needing(priya, today + DAY), needing(tom, today + DAY)] == [0, 1, 0]
    overdue = [dispute_lists.overdue_of(priya, company=company, today=today + days * DAY) for days in (7, 8)]
    assert overdue == [0, 1]
