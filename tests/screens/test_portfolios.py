"""Portfolios on screen."""

import datetime as dt

import pytest
from django.test import Client

from collections_app.chase.entries import Entry
from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.segmentation import portfolios
from collections_app.segmentation.assignments import Assignment
from collections_app.segmentation.portfolios import Portfolio
from collections_app.segmentation.rules.conditions import Rule
from tests.crowd import customer
from tests.desk import person
from tests.doors import HTMX, signed_in, text
from tests.ledgerrows import company_of
from tests.ledgertext import load

PORTFOLIOS = "/NG/segments/portfolios/"
GERMAN = {"lines": "1", "match": "all", "fact-0": "country", "op-0": "is", "value-0": "DE"}


@pytest.fixture
def company(db: None) -> Company:
    return company_of()


@pytest.fixture
def priya(company: Company) -> User:
    return person(company, "priya")


@pytest.fixture
def tom(company: Company) -> User:
    return person(company, "tom")


@pytest.fixture
def browser(company: Company) -> Client:
    return signed_in(person(company, "dana", Role.MANAGER))


@pytest.fixture
def today(company: Company) -> dt.date:
    return company.today(at=clock.now())


@pytest.fixture
def rest(company: Company, tom: User) -> Portfolio:
    return portfolios.create(
        company=company, name="Rest", rule=Rule(), collector=tom, by=None, at=clock.now()
    )


def test_it_tells_when_there_are_none_and_who_is_looked_after_by_nobody(
    browser: Client, company: Company
) -> None:
    Assignment.objects.create(company=company, customer=customer(company, "100"), day=dt.date(2026, 3, 11))
    page = text(browser.get(PORTFOLIOS))
    assert "No portfolios yet" in page
    assert "1 customer looked after by nobody" in page


def test_a_new_portfolio_hands_its_customers_over_at_once(
    browser: Client, company: Company, rest: Portfolio, priya: User, tom: User, today: dt.date
) -> None:
    load('customer 100 "Brandt" country=DE\ninvoice 100 A1 900.00 due=-41', company=company, today=today)
    response = browser.post(f"{PORTFOLIOS}new/", {"name": "Germans", "collector": priya.pk, **GERMAN})
    assert (response.status_code, response["Location"]) == (303, PORTFOLIOS)
    assert Entry.objects.get(customer__number="100").collector == tom, "who still comes first"
    germans = Portfolio.objects.get(name="Germans")
    browser.post(f"{PORTFOLIOS}{germans.pk}/move/", {"places": -1})
    assert Assignment.objects.get(customer__number="100").collector == priya
    assert Entry.objects.get(customer__number="100").collector == priya
    browser.post(f"{PORTFOLIOS}{germans.pk}/remove/")
    assert Entry.objects.get(customer__number="100").collector == tom


def test_a_wrong_portfolio_keeps_what_was_typed(browser: Client, rest: Portfolio, priya: User) -> None:
    wrong = {"name": "Rest", "collector": priya.pk, **GERMAN, "op-0": "between"}
    response = browser.post(f"{PORTFOLIOS}new/", {**wrong, "value-0": ""})
    assert response.status_code == 422
    assert "There is already a portfolio called “Rest”." in text(response)


def test_nobody_but_those_who_may_collect_can_be_chosen(browser: Client, company: Company) -> None:
    lee = person(company, "lee", Role.SALES)
    response = browser.post(f"{PORTFOLIOS}new/", {"name": "Lee", "collector": lee.pk, "lines": "0"})
    assert response.status_code == 422
    assert not Portfolio.objects.exists()


def test_a_portfolio_gets_another_collector(browser: Client, rest: Portfolio, priya: User) -> None:
    assert "Rest" in text(browser.get(f"{PORTFOLIOS}{rest.pk}/"))
    browser.post(f"{PORTFOLIOS}{rest.pk}/", {"name": "Rest", "collector": priya.pk, "lines": "0"})
    rest.refresh_from_db()
    assert rest.collector == priya


def test_a_stand_in_works_the_list_and_stops(
    browser: Client, company: Company, rest: Portfolio, priya: User, tom: User, today: dt.date
) -> None:
    load('customer 100 "Brandt"\ninvoice 100 A1 900.00 due=-41', company=company, today=today)
    days = {"stand_in": priya.pk, "start": today.isoformat(), "end": today.isoformat()}
    assert browser.post(f"{PORTFOLIOS}{rest.pk}/stand-in/", days).status_code == 303
    assert Entry.objects.get(customer__number="100").collector == priya
    assert "now</span>" in text(browser.get(PORTFOLIOS))
    browser.post(f"{PORTFOLIOS}{rest.pk}/stand-in/end/")
    assert Entry.objects.get(customer__number="100").collector == tom


def test_a_stand_in_for_no_day_is_refused(
    browser: Client, rest: Portfolio, priya: User, today: dt.date
) -> None:
    days = {"stand_in": priya.pk, "start": today.isoformat(), "end": (today - dt.timedelta(1)).isoformat()}
    response = browser.post(f"{PORTFOLIOS}{rest.pk}/stand-in/", days)
    assert response.status_code == 422
    assert "The last day lies before the first day." in text(response)


def test_the_count_follows_the_conditions(browser: Client, company: Company, rest: Portfolio) -> None:
    customer(company, "100", country="DE")
    page = text(browser.post(f"{PORTFOLIOS}{rest.pk}/look/", GERMAN, headers=HTMX))
    assert "1 customer meets these conditions now." in page
    chosen = text(browser.post(f"{PORTFOLIOS}new/look/", {**GERMAN, "step": "add"}, headers=HTMX))
    assert 'name="fact-1"' in chosen


def test_strangers_find_nothing_and_collectors_may_not(
    company: Company, rest: Portfolio, priya: User
) -> None:
    stranger = signed_in(person(company_of("OTHER"), "mallory", Role.MANAGER))
    assert stranger.get(f"{PORTFOLIOS}{rest.pk}/").status_code == 404
    assert stranger.post(f"/OTHER/segments/portfolios/{rest.pk}/remove/").status_code == 404
    assert signed_in(priya).post(f"{PORTFOLIOS}{rest.pk}/remove/").status_code == 403
