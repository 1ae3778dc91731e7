"""When and how often messages leave, set up by an administrator and told by an event."""

import pytest
from django.test import Client

from collections_app.activity.events import Event
from collections_app.ledger.companies import Company
from collections_app.people.rules import Role
from tests.desk import person
from tests.ledgerrows import company_of
from tests.screens.test_promise_settings import GIVEN, URL


@pytest.fixture
def company(db: None) -> Company:
    return company_of()


@pytest.fixture
def browser(company: Company) -> Client:
    browser = Client()
    browser.force_login(person(company, "ada", Role.ADMINISTRATOR))
    return browser


def test_they_are_changed_and_the_event_says_from_what(company: Company, browser: Client) -> None:
    form = {
        **GIVEN,
        "contact_hours": "8.30-12; 13-16",
        "touches_max": "3",
        "touch_days": "10",
        "bank_stale_after_hours": "30",
    }
    assert browser.post(URL, form).status_code == 303

    company.refresh_from_db()
    assert (company.touches_max, company.touch_days, company.bank_stale_after_hours) == (3, 10, 30)
    assert company.contact_hours == "08:30-12:00, 13:00-16:00"
    assert Event.objects.get().facts == {
        "touches_max": {"was": "2", "is": "3"},
        "touch_days": {"was": "7", "is": "10"},
        "contact_hours": {"was": "09:00-12:00, 13:30-17:00", "is": "08:30-12:00, 13:00-16:00"},
        "bank_stale_after_hours": {"was": "None", "is": "30"},
    }

    assert browser.post(URL, {**form, "bank_stale_after_hours": "0"}).status_code == 303
    company.refresh_from_db()
    assert company.bank_stale_after_hours == 0
    assert browser.post(URL, {**form, "bank_stale_after_hours": ""}).status_code == 303
    company.refresh_from_db()
    assert company.bank_stale_after_hours is None


def test_what_is_not_sent_stays(company: Company, browser: Client) -> None:
    Company.objects.update(bank_stale_after_hours=30, touches_max=4)
    assert browser.post(URL, {**GIVEN, "name": "Northgate"}).status_code == 303
    company.refresh_from_db()
    assert (company.touches_max, company.bank_stale_after_hours) == (4, 30)


def test_what_cannot_be_is_refused_with_every_reason_and_stays_typed(browser: Client) -> None:
    wrong = {
        "contact_hours": "nine to five",
        "touches_max": "0",
        "touch_days": "61",
        "bank_stale_after_hours": "1441",
    }
    answer = browser.post(URL, {**GIVEN, **wrong})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "“nine” is not a time of day. Write them like 09:00-12:00, 13:30-17:00." in html
    assert "A customer may hear from us 1 to 20 times in the days you set." in html
    assert "Touches are counted over 1 to 60 days." in html
    assert "News of payments counts as old after 1 to 1440 hours; with 0 it never does" in html
    assert 'value="nine to five"' in html


def test_the_form_shows_what_holds(browser: Client) -> None:
    html = browser.get(URL).content.decode()
    assert 'name="contact_hours" value="09:00-12:00, 13:30-17:00"' in html
    assert 'name="touches_max" value="2"' in html
    assert 'name="touch_days" value="7"' in html
