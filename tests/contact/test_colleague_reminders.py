"""The night reminds colleagues, each day once, and lets rise to a manager what stays overdue, once."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collections_app.activity.events import Event
from collections_app.contact import colleague_reminders, colleague_requests
from collections_app.contact.request_rows import ColleagueRequest
from collections_app.correspondence.messages import Message
from collections_app.jobs import nights
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.rules import Role
from collections_app.people.teams import Team
from collections_app.people.users import User
from tests.contact.requests import DAY, Desk, colleague


@pytest.fixture
def desk(harrow: Customer, priya: User, at: dt.datetime, today: dt.date) -> Desk:
    return Desk(harrow, priya, at, today)


@pytest.fixture
def wanda(company: Company) -> User:
    return colleague(company, "wanda", desk="warehouse")


def remind(desk: Desk, days: int) -> int:
    return colleague_reminders.remind(
        company=desk.customer.company, today=desk.today + days * DAY, at=desk.at + days * DAY
    )


def test_it_reminds_the_day_before_on_the_day_and_each_second_working_day_after(
    desk: Desk, wanda: User
) -> None:
    made = desk.ask(to_user=wanda)  # asked on Wednesday for Friday
    reminded = [days for days in range(13) if remind(desk, days)]

    assert reminded == [1, 2, 6, 8, 12]
    subjects = Message.objects.exclude(key__contains=":asked:").values_list("subject", flat=True)
    assert set(subjects) == {"Reminder: Proof of delivery for Harrow Tools"}
    assert len(subjects) == 5
    made.refresh_from_db()
    assert made.reminded_on == desk.today + 12 * DAY
    assert Event.objects.filter(what="request.reminded").count() == 5


def test_twice_is_once_also_in_the_night(desk: Desk, wanda: User) -> None:
    desk.ask(to_user=wanda)
    company, day, at = desk.customer.company, desk.today + DAY, desk.at + DAY
    for _ in range(2):
        runs = nights.run(company=company, day=day, at=at, stages=["remind_colleagues"])
        assert [run.state for run in runs] == ["done"]
    assert remind(desk, 1) == 0
    assert Message.objects.exclude(key__contains=":asked:").count() == 1
    assert Event.objects.filter(what="request.reminded").count() == 1


def test_who_has_no_address_is_told_in_the_product_only(desk: Desk, wanda: User) -> None:
    User.objects.filter(pk=wanda.pk).update(email="")
    wanda.refresh_from_db()
    made = desk.ask(to_user=wanda)
    assert remind(desk, 1) == 1
    assert not Message.objects.exists()
    made.refresh_from_db()
    assert made.reminded_on == desk.today + DAY


def test_what_has_ended_and_what_was_asked_later_is_not_reminded_of(desk: Desk, wanda: User) -> None:
    made = desk.ask(to_user=wanda)
    colleague_requests.answer(made, words="Here", by=wanda, at=desk.at)
    desk.ask(to_user=wanda, at=desk.at + 5 * DAY, due_on=desk.today + 6 * DAY)
    assert remind(desk, 1) == 0
    assert remind(desk, 2) == 0


def test_what_stays_overdue_rises_to_a_manager_of_the_colleagues_team_once(
    desk: Desk, company: Company, wanda: User, dana: User
) -> None:
    zoe = colleague(company, "zoe", role=Role.MANAGER)
    team = Team.objects.create(name="Yard")
    team.members.set([wanda, zoe])
    made = desk.ask(to_user=wanda)
    remind(desk, 6)  # Tuesday: two working days overdue
    made.refresh_from_db()
    assert made.risen_to_id is None
    for days in (7, 7, 8):
        remind(desk, days)

    made.refresh_from_db()
    assert made.risen_to == zoe
    risen = Message.objects.get(to_address=zoe.email)
    assert "I asked Wanda for something by Friday 13 March, 16:00" in risen.body
    assert Event.objects.filter(what="request.rose").count() == 1
    assert list(ColleagueRequest.objects.asked_of(zoe)) == [made]


def test_without_a_team_it_rises_to_a_manager_of_the_company_and_never_to_oneself(
    desk: Desk, company: Company, dana: User
) -> None:
    mine, outside = desk.ask(to_user=dana), desk.ask()
    remind(desk, 7)
    for each, manager in ((mine, None), (outside, dana)):
        each.refresh_from_db()
        assert each.risen_to == manager


def test_a_day_that_moved_begins_anew(desk: Desk, wanda: User, dana: User) -> None:
    made = desk.ask(to_user=wanda)
    remind(desk, 7)
    colleague_requests.move(made, due_on=desk.today + 9 * DAY, reason="away", by=wanda, at=desk.at + 7 * DAY)
    made.refresh_from_db()
    assert (made.risen_to, made.reminded_on) == (None, None)
    assert remind(desk, 8) == 1


def test_many_requests_cost_as_many_statements_as_one(desk: Desk, company: Company, wanda: User) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            remind(desk, 1)
        return len(asked)

    facts: dict[str, Any] = {"to_desk": "warehouse"}
    desk.ask(**facts)
    one = statements()
    ColleagueRequest.objects.update(reminded_on=None)
    Message.objects.all().delete()
    for _ in range(12):
        desk.ask(**facts)
    assert statements() == one
