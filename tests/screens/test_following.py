"""Decisions for a large company on screen: saved at once, followed in a moment, and told until it is done."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from collections_app.chase import regroupings
from collections_app.chase.entries import Entry
from collections_app.chase.regroupings import Regrouping
from collections_app.jobs import tasks
from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.segmentation import drafts, portfolios, versions
from collections_app.segmentation.portfolios import Portfolio
from collections_app.segmentation.rules.conditions import Rule
from tests.desk import list_day, person
from tests.doors import HTMX, signed_in, text
from tests.ledgerrows import company_of
from tests.ledgertext import load

AWAITED, LATER = "The chase list is being derived anew since", "The chase list follows in a moment."
PAGES = [
    "/NG/",
    "/NG/chase/",
    "/NG/segments/",
    "/NG/segments/portfolios/",
    "/NG/segments/chase-rules/",
    "/NG/following/",
]


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Nothing is small here, and what the worker was told instead of a broker."""
    sent: list[int] = []
    monkeypatch.setattr(regroupings, "SMALL_CUSTOMERS_MAX", 0)
    monkeypatch.setattr(tasks.follow_decisions, "delay", sent.append)
    cache.clear()
    return sent


@pytest.fixture
def company(db: None) -> Company:
    company = company_of()
    versions.ensure_default(company=company, by=None, at=clock.now())
    load("customer 100\ninvoice 100 A1 900.00 due=-41", company=company, today=clock.now().date())
    list_day(company, at=clock.now())
    return company


@pytest.fixture
def tom(company: Company) -> User:
    return person(company, "tom")


@pytest.fixture
def browser(company: Company) -> Client:
    return signed_in(person(company, "dana", Role.MANAGER))


@pytest.fixture
def rest(company: Company, tom: User) -> Portfolio:
    return portfolios.create(
        company=company, name="Rest", rule=Rule(), collector=tom, by=None, at=clock.now()
    )


def want(company: Company, **facts: object) -> None:
    regroupings.want(company=company, at=clock.now())
    Regrouping.objects.filter(company=company).update(**facts)
    cache.clear()


@pytest.mark.parametrize("path", PAGES)
def test_pages_tell_while_the_list_does_not_follow_and_stop_when_it_does(
    browser: Client, company: Company, path: str
) -> None:
    assert AWAITED not in text(browser.get(path))
    want(company)
    page = text(browser.get(path))
    assert AWAITED in page
    assert 'hx-get="/NG/following/"' in page
    assert "it waits for a worker" in page
    tasks.follow_decisions(company.pk)
    assert AWAITED not in text(browser.get(path))


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"step": "placing"}, "customers are placed, first of two steps"),
        ({"step": "ranking"}, "the list is ranked, second of two steps"),
        ({"error": "the disk is full"}, "the last attempt failed (the disk is full)"),
        ({"wanted_at": clock.now() - dt.timedelta(minutes=9)}, "no worker has taken it yet"),
    ],
)
def test_the_part_says_how_far_it_is(
    browser: Client, company: Company, facts: dict[str, object], said: str
) -> None:
    want(company, **facts)
    part = text(browser.get("/NG/following/", headers=HTMX))
    assert said in part
    assert "<html" not in part


def test_who_waits_hears_when_it_is_done_and_is_asked_no_more(browser: Client, company: Company) -> None:
    want(company)
    tasks.follow_decisions(company.pk)
    part = text(browser.get("/NG/following/", headers=HTMX))
    assert "The chase list follows what was decided" in part
    assert "1 customer was placed anew" in part
    assert "hx-get" not in part


def test_publishing_is_saved_at_once_and_followed_later(
    browser: Client,
    company: Company,
    told: list[int],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    drafts.begin(company=company, by=None, at=clock.now())
    with django_capture_on_commit_callbacks(execute=True):
        page = text(browser.post("/NG/segments/draft/publish/", {"revision": 0, "note": ""}, follow=True))
    assert f"Version 2 of the segments is live. {LATER}" in page
    assert told == [company.pk]
    assert Entry.objects.get().segment is None
    tasks.follow_decisions(*told)
    segment = Entry.objects.get().segment
    assert segment is not None
    assert segment.version == versions.live(company)


def test_portfolios_and_weights_are_followed_later(
    browser: Client, company: Company, rest: Portfolio
) -> None:
    everybody = {"name": "Rest", "collector": rest.collector_id, "lines": "0"}
    page = text(browser.post(f"/NG/segments/portfolios/{rest.pk}/", everybody, follow=True))
    assert LATER in page
    steps = {
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "0",
        "form-0-at_least": str(Decimal(1)),
        "form-0-points": "5",
    }
    page = text(browser.post("/NG/segments/chase-rules/oldest_age/", steps, follow=True))
    assert LATER in page
    assert Regrouping.objects.get().wanted == 2


def test_a_user_who_leaves_is_saved_at_once(company: Company, rest: Portfolio, tom: User) -> None:
    ada = signed_in(person(company, "ada", Role.ADMINISTRATOR))
    left = {"full_name": "Tom", "email": "", "role": "collector", "companies": [company.pk]}
    page = text(ada.post(f"/setup/users/{tom.pk}/", left, follow=True))
    assert f"Tom is set up anew. {LATER}" in page
    tom.refresh_from_db()
    assert not tom.is_active


def test_sales_and_strangers_hear_nothing_of_it(company: Company) -> None:
    want(company)
    assert signed_in(person(company, "sam", Role.SALES)).get("/NG/following/").status_code == 404
    stranger = signed_in(person(company_of("OTHER"), "mallory", Role.MANAGER))
    assert stranger.get("/NG/following/").status_code == 404
