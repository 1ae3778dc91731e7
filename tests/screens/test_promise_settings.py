"""Grace and threshold of promises to pay, set up by an administrator and told by an event."""

from decimal import Decimal

import pytest
from django.test import Client

from collections_app.activity.events import Event
from collections_app.ledger.companies import Company
from collections_app.people.rules import Role
from tests.desk import person
from tests.ledgerrows import company_of

GIVEN = {
    "name": "Company NG",
    "currency": "GBP",
    "time_zone": "UTC",
    "weekend": ["5", "6"],
    "stale_after_hours": "36",
    "move_percent": "20",
    "night_starts_at": "05:00",
}
URL = "/setup/companies/NG/settings/"


@pytest.fixture
def company(db: None) -> Company:
    return company_of()


@pytest.fixture
def browser(company: Company) -> Client:
    browser = Client()
    browser.force_login(person(company, "ada", Role.ADMINISTRATOR))
    return browser


def test_they_are_changed_and_the_event_says_from_what(company: Company, browser: Client) -> None:
    form = {**GIVEN, "promise_grace_days": "3", "kept_percent": "97.5"}
    assert browser.post(URL, form).status_code == 303

    company.refresh_from_db()
    assert (company.promise_grace_days, company.promise_kept_share) == (3, Decimal("0.975"))
    assert Event.objects.get().facts == {
        "promise_grace_days": {"was": "2", "is": "3"},
        "promise_kept_share": {"was": "0.9800", "is": "0.9750"},
    }


def test_left_empty_they_stay(company: Company, browser: Client) -> None:
    assert browser.post(URL, {**GIVEN, "name": "Northgate"}).status_code == 303

    company.refresh_from_db()
    assert (company.name, company.promise_grace_days, company.promise_kept_share) == (
        "Northgate",
        2,
        Decimal("0.98"),
    )


def test_what_cannot_be_is_refused_with_every_reason(company: Company, browser: Client) -> None:
    answer = browser.post(URL, {**GIVEN, "promise_grace_days": "21", "kept_percent": "49"})
    html = answer.content.decode()

    assert answer.status_code == 422
    assert "The grace of a promise is 0 to 20 working days." in html
    assert "A promise counts as kept from a share between 50 and 100 per cent." in html


def test_the_form_shows_what_holds(company: Company, browser: Client) -> None:
    html = browser.get(URL).content.decode()
    assert 'name="promise_grace_days" value="2"' in html
    assert 'name="kept_percent" value="98"' in html
