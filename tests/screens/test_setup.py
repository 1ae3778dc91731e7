"""Set-up on screen: companies, users, teams and exchange rates."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from collections_app.activity.events import Event
from collections_app.ledger import company_rules
from collections_app.ledger.companies import Company, Membership
from collections_app.ledger.exchange_rates import ExchangeRate
from collections_app.people.rules import Role
from collections_app.people.teams import Team
from collections_app.people.users import User
from collections_app.segmentation.assignments import Assignment
from tests.crowd import customer
from tests.desk import person
from tests.doors import signed_in, text
from tests.ledgerrows import company_of

PASSWORD = "correct horse battery"


@pytest.fixture
def company(db: None) -> Company:
    return company_of()


@pytest.fixture
def ada(company: Company) -> User:
    return person(company, "ada", Role.ADMINISTRATOR)


@pytest.fixture
def browser(ada: User) -> Client:
    return signed_in(ada)


def _settings(**changed: Any) -> dict[str, Any]:
    kept = {
        "name": "Northgate Ltd",
        "currency": "GBP",
        "time_zone": "Europe/London",
        "country": "gb",
        "subdivision": "",
        "weekend": ["5", "6"],
        "stale_after_hours": "24",
        "move_percent": "12.5",
        "night_starts_at": "04:30",
    }
    return {**kept, **changed}


@pytest.mark.parametrize("role", [Role.COLLECTOR, Role.MANAGER, Role.SALES])
def test_only_administrators_set_up(company: Company, ada: User, role: Role) -> None:
    browser = signed_in(person(company, "priya", role))
    pages = (
        "",
        "companies/new/",
        "companies/NG/settings/",
        "companies/NG/rates/",
        "users/",
        "users/new/",
        "teams/",
    )
    for page in (*pages, f"users/{ada.pk}/"):
        assert browser.get(f"/setup/{page}").status_code == 403


def test_a_company_is_set_up(browser: Client, ada: User) -> None:
    assert "Company NG" in text(browser.get("/setup/"))
    given = {
        "code": "DE1",
        "name": "Northgate GmbH",
        "currency": "EUR",
        "time_zone": "Europe/Berlin",
        "country": "DE",
    }
    response = browser.post("/setup/companies/new/", given)
    assert (response.status_code, response["Location"]) == (303, "/setup/companies/DE1/settings/")
    assert Event.objects.get(what="company.created").by == ada


def test_a_wrong_company_is_refused_with_every_problem(browser: Client) -> None:
    given = {"code": "setup", "name": "X", "currency": "QQQ", "time_zone": "Mars/Base", "country": "ZZ"}
    response = browser.post("/setup/companies/new/", given)
    assert response.status_code == 422
    for words in (
        "is an address of the workbench",
        "is not a currency",
        "is not a time zone",
        "is not a country",
    ):
        assert words in text(response)
    taken = browser.post("/setup/companies/new/", {**given, "code": "NG"})
    assert "belongs to Company NG already" in text(taken)


def test_no_company_can_hide_an_address_of_the_product() -> None:
    resolver = get_resolver()
    first = {
        str(each.pattern).partition("/")[0] for each in resolver.url_patterns if isinstance(each, URLPattern)
    }
    assert {part for part in first if part} <= company_rules.RESERVED_CODES


def test_a_company_gets_another_calendar(browser: Client, company: Company) -> None:
    assert "Europe/London" not in text(browser.get("/setup/companies/NG/settings/")).partition("<datalist")[0]
    assert browser.post("/setup/companies/NG/settings/", _settings(weekend=["4", "5"])).status_code == 303
    company.refresh_from_db()
    assert (company.weekend, company.country, company.stale_after_hours) == ("4,5", "GB", 24)
    assert (company.total_move_share, company.night_starts_at) == (Decimal("0.125"), dt.time(4, 30))


def test_a_company_without_a_working_day_and_with_new_money_is_refused(
    browser: Client, company: Company
) -> None:
    customer(company, "100")
    wrong = _settings(
        weekend=[str(day) for day in range(7)], currency="EUR", subdivision="XX", move_percent="0"
    )
    response = browser.post("/setup/companies/NG/settings/", wrong)
    assert response.status_code == 422
    page = text(response)
    for words in (
        "At least one day",
        "The currency stays GBP",
        "is not a part of GB",
        "asks first from a share",
    ):
        assert words in page


def test_a_rate_is_entered_and_replaced(browser: Client, company: Company) -> None:
    rates = "/setup/companies/NG/rates/"
    for rate in ("0.85", "0.86215"):
        assert (
            browser.post(rates, {"currency": "eur", "rate": rate, "valid_from": "2026-01-01"}).status_code
            == 303
        )
    assert list(ExchangeRate.objects.values_list("currency", "rate")) == [("EUR", Decimal("0.86215"))]
    assert "0.86215" in text(browser.get(rates))
    own = browser.post(rates, {"currency": "GBP", "rate": "2", "valid_from": "2026-01-01"})
    assert own.status_code == 422
    assert "the company&#x27;s own currency" in text(own)


def _person(company: Company, **changed: Any) -> dict[str, Any]:
    return {"full_name": "Priya Nair", "email": "", "role": "collector", "companies": [company.pk], **changed}


def test_a_user_is_let_in_and_can_sign_in(browser: Client, company: Company) -> None:
    given = _person(company, username="priya", password=PASSWORD)
    assert browser.post("/setup/users/new/", given)["Location"] == "/setup/users/"
    assert Client().login(username="priya", password=PASSWORD)
    assert Membership.objects.filter(company=company, user__username="priya").exists()


def test_customers_named_after_a_new_user_become_theirs(browser: Client, company: Company) -> None:
    one = customer(company, "100", collector_code="priya", salesperson_code="priya")
    browser.post("/setup/users/new/", _person(company, username="priya", password=PASSWORD))
    one.refresh_from_db()
    priya = User.objects.get(username="priya")
    assert (one.collector, one.salesperson) == (priya, priya)
    assert Assignment.objects.get(customer=one).collector == priya


def test_a_wrong_user_is_refused_with_every_problem(browser: Client, company: Company) -> None:
    given = _person(company, username="ADA", email="nowhere", password="short")
    response = browser.post("/setup/users/new/", given)
    assert response.status_code == 422
    page = text(response)
    for words in (
        "has the user name “ADA” already",
        "is not an address for email",
        "This password is too short",
    ):
        assert words in page
    assert "short" not in page.partition('name="password"')[2].partition(">")[0]


def test_somebody_who_leaves_is_signed_out_and_their_customers_are_nobodys(
    browser: Client, company: Company
) -> None:
    priya = person(company, "priya")
    theirs = signed_in(priya)
    one = customer(company, "100", collector=priya)
    assert browser.post(f"/setup/users/{priya.pk}/", _person(company)).status_code == 303
    assert Assignment.objects.get(customer=one).collector is None
    assert theirs.get("/NG/").status_code == 302
    assert Event.objects.get(what="user.left").summary == "Priya Nair left and can no longer sign in"


def test_the_last_administrator_stays_one(browser: Client, company: Company, ada: User) -> None:
    response = browser.post(f"/setup/users/{ada.pk}/", _person(company, role="manager", is_active="on"))
    assert response.status_code == 422
    assert "is the only administrator" in text(response)


def test_a_new_password_signs_the_person_out(browser: Client, company: Company) -> None:
    priya = person(company, "priya")
    theirs = signed_in(priya)
    weak = browser.post(f"/setup/users/{priya.pk}/password/", {"password": "priya"})
    assert weak.status_code == 422
    assert browser.post(f"/setup/users/{priya.pk}/password/", {"password": PASSWORD}).status_code == 303
    assert theirs.get("/NG/").status_code == 302
    assert Client().login(username="priya", password=PASSWORD)


def test_a_team_is_made_changed_and_removed(browser: Client, company: Company) -> None:
    priya, tom = person(company, "priya"), person(company, "tom")
    browser.post("/setup/teams/new/", {"name": "North", "members": [priya.pk]})
    team = Team.objects.get()
    assert browser.post("/setup/teams/new/", {"name": "north", "members": []}).status_code == 422
    browser.post(f"/setup/teams/{team.pk}/", {"name": "North", "members": [priya.pk, tom.pk]})
    assert set(team.members.all()) == {priya, tom}
    assert "Priya, Tom" in text(browser.get("/setup/teams/"))
    browser.post(f"/setup/teams/{team.pk}/remove/")
    assert not Team.objects.exists()


def test_countries_have_their_names(company: Company, browser: Client) -> None:
    Company.objects.filter(pk=company.pk).update(country="DE")
    assert "Germany" in text(browser.get("/setup/"))
    page = browser.get(f"/setup/companies/{company.code}/settings/").content.decode()
    assert re.search(r'<option value="DE" selected>\s*Germany', page)
