"""The frame: where one may go, for which company, how fresh the figures are, how one likes the screens."""

import datetime as dt

import pytest
from django.test import Client

from collections_app.ledger.companies import Company, Membership
from collections_app.people.rules import Role
from collections_app.people.users import User

pytestmark = pytest.mark.django_db


def test_a_stranger_gets_404(browser: Client) -> None:
    response = browser.get("/THEIRS/")
    assert response.status_code == 404
    assert "nothing at this address for you" in response.content.decode()


def test_it_shows_only_what_the_role_may_use(browser: Client, collector: User) -> None:
    html = browser.get("/OURS/").content.decode()
    assert "Segments" not in html
    assert "/OURS/imports/" not in html
    collector.role = Role.MANAGER
    collector.save()
    html = browser.get("/OURS/").content.decode()
    assert "Segments" in html
    assert '/OURS/imports/"' in html


def test_it_marks_the_place_one_is_at(browser: Client) -> None:
    html = browser.get("/OURS/chase/").content.decode()
    assert html.count('aria-current="page"') == 2  # the rail, and the small screen's menu
    assert "Strangers Inc" not in html


@pytest.mark.parametrize(("path", "marks"), [("/OURS/", 2), ("/OURS/home/broken/", 2), ("/OURS/search/", 0)])
def test_home_is_marked_at_home_only(browser: Client, path: str, marks: int) -> None:
    assert browser.get(path).content.decode().count('aria-current="page"') == marks


def test_it_offers_a_switch_only_where_there_is_a_choice(
    browser: Client, collector: User, companies: tuple[Company, Company]
) -> None:
    assert "Company: " not in browser.get("/OURS/").content.decode()
    Membership.objects.create(company=companies[1], user=collector)
    assert "Company: Strangers Inc" in browser.get("/OURS/").content.decode()


def test_the_bare_address_leads_to_the_company_last_looked_at(
    browser: Client, collector: User, companies: tuple[Company, Company]
) -> None:
    assert browser.get("/")["Location"] == "/OURS/"
    Membership.objects.create(company=companies[1], user=collector)
    browser.get("/THEIRS/")
    assert browser.get("/")["Location"] == "/THEIRS/"


def test_somebody_without_a_company_is_told_so(kit: None) -> None:
    client = Client()
    client.force_login(User.objects.create_user("new", "a-long-password", full_name="New", role=Role.SALES))
    assert "No company is open to you yet" in client.get("/").content.decode()


def test_it_says_when_there_is_no_ledger_yet(browser: Client) -> None:
    assert "no ledger yet" in browser.get("/OURS/").content.decode()


def test_a_reader_chooses_compact_rows(browser: Client, collector: User) -> None:
    response = browser.post(
        "/preferences/", {"setting": "uses_compact_rows", "on": "on", "next": "/OURS/chase/"}
    )
    assert (response.status_code, response["Location"]) == (303, "/OURS/chase/")
    assert 'data-density="compact"' in browser.get("/OURS/").content.decode()


def test_a_reader_switches_single_keys_off(browser: Client) -> None:
    assert 'data-keys="on"' in browser.get("/OURS/").content.decode()
    browser.post("/preferences/", {"setting": "uses_single_keys"})
    assert 'data-keys="off"' in browser.get("/OURS/").content.decode()


def test_a_preference_never_sends_to_a_strangers_site(browser: Client) -> None:
    response = browser.post(
        "/preferences/", {"setting": "uses_compact_rows", "next": "https://elsewhere.example/"}
    )
    assert response["Location"] == "/"


def test_an_unknown_preference_is_refused_in_a_sentence(browser: Client) -> None:
    response = browser.post("/preferences/", {"setting": "is_active"})
    assert response.status_code == 400
    assert "not known here" in response.content.decode()


def test_today_is_the_companys_day(
    companies: tuple[Company, Company], browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC)
    monkeypatch.setattr("collections_app.screens.frame.clock.now", lambda: late)
    response = browser.get("/OURS/")
    assert response.context["frame"].today == dt.date(2026, 7, 2)
