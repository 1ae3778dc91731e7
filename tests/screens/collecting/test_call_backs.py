"""Agreed calls come up at their minute, wherever their collector is working."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from pytest_django import DjangoAssertNumQueries

from collections_app.chase import call_backs, claims, working
from collections_app.chase.entries import Entry
from collections_app.contact.rules import NextStep, Outcome
from tests.desk import call
from tests.screens.collecting.conftest import Office

MINUTE = dt.timedelta(minutes=1)
QUARTER_PAST_TEN = dt.time(10, 15)


@pytest.fixture
def agreed_at(office: Office) -> dt.datetime:
    """Harrow asked for a call at 10:15 today, their collector's time."""
    minute = dt.datetime.combine(office.today, QUARTER_PAST_TEN, ZoneInfo("Europe/London"))
    spoken = call(
        Outcome.CALL_BACK, next_step=NextStep.CALL_BACK, next_on=office.today, next_at=QUARTER_PAST_TEN
    )
    working.log_contact(spoken, customer=office.customer("100"), by=office.priya, at=minute - 60 * MINUTE)
    return minute


def due(office: Office, at: dt.datetime) -> list[Entry]:
    return call_backs.due(user=office.priya, company=office.company, today=office.today, at=at)


def test_a_call_comes_up_five_minutes_before_and_stays_until_it_is_made(
    office: Office, agreed_at: dt.datetime
) -> None:
    assert due(office, agreed_at - 6 * MINUTE) == []
    assert [entry.customer.number for entry in due(office, agreed_at - 5 * MINUTE)] == ["100"]
    assert len(due(office, agreed_at + 90 * MINUTE)) == 1

    working.log_contact(call(), customer=office.customer("100"), by=office.priya, at=agreed_at)
    assert due(office, agreed_at + MINUTE) == []


def test_who_is_being_called_already_does_not_come_up(office: Office, agreed_at: dt.datetime) -> None:
    claims.claim(customer=office.customer("100"), user=office.tom, at=agreed_at)
    assert due(office, agreed_at) == []
    assert len(due(office, agreed_at + 11 * MINUTE)) == 1


def test_who_was_passed_over_today_does_not_come_up(office: Office, agreed_at: dt.datetime) -> None:
    working.skip(customer=office.customer("100"), reason="line is dead", by=office.priya, at=agreed_at)
    assert due(office, agreed_at) == []


def test_the_calls_of_colleagues_are_theirs(office: Office, agreed_at: dt.datetime) -> None:
    assert call_backs.due(user=office.tom, company=office.company, today=office.today, at=agreed_at) == []


def test_it_is_one_query(
    office: Office, agreed_at: dt.datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        due(office, agreed_at)


def test_every_page_of_a_collector_asks_for_them(office: Office) -> None:
    Entry.objects.filter(customer=office.customer("100")).update(call_back_at=office.at)
    browser = office.client(office.priya)
    assert 'hx-get="/NG/call-backs/"' in browser.get("/NG/").content.decode()
    region = browser.get("/NG/call-backs/").content.decode()
    assert "Harrow Tools: call back as agreed." in region
    assert f'href="{office.url("100")}"' in region


def test_sales_are_not_told_of_calls(office: Office) -> None:
    browser = office.client(office.sam)
    assert "call-backs" not in browser.get("/NG/").content.decode()
    assert browser.get("/NG/call-backs/").status_code == 403
