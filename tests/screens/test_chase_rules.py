"""The weights of the chase rules on screen."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from collections_app.activity.events import Event
from collections_app.chase import weights
from collections_app.chase.entries import Entry
from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.segmentation import versions
from collections_app.segmentation.versions import SegmentVersion
from tests.desk import person
from tests.doors import signed_in, text
from tests.ledgerrows import company_of
from tests.ledgertext import load

RULES = "/NG/segments/chase-rules/"
LOOKING = {"SELECT", "WITH", "SAVEPOINT", "RELEASE", "PREPARE", "EXECUTE"}


@pytest.fixture
def company(db: None) -> Company:
    company = company_of()
    versions.ensure_default(company=company, by=None, at=clock.now())
    return company


@pytest.fixture
def browser(company: Company) -> Client:
    return signed_in(person(company, "dana", Role.MANAGER))


def _steps(*steps: tuple[object, object], **more: str) -> dict[str, str]:
    total = {"form-TOTAL_FORMS": str(len(steps)), "form-INITIAL_FORMS": "0"}
    figures = {f"form-{n}-at_least": str(at) for n, (at, _) in enumerate(steps)}
    points = {f"form-{n}-points": str(given) for n, (_, given) in enumerate(steps)}
    return {**total, **figures, **points, **more}


def test_it_shows_every_rule_with_its_points(browser: Client) -> None:
    page = text(browser.get(RULES))
    assert "Age of the oldest" in page
    assert "from 25,000: <b>+20</b>" in page


@pytest.mark.parametrize(
    "address", [RULES, f"{RULES}oldest_age/", "/NG/segments/", "/NG/segments/?customer=1"]
)
def test_looking_writes_nothing(browser: Client, address: str) -> None:
    SegmentVersion.objects.all().delete()
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200

    # The session keeps the company that was looked at last.
    said = [query["sql"] for query in asked if "django_session" not in query["sql"]]
    planned = [sql for sql in said if sql.startswith("PREPARE")]
    assert all(" AS SELECT" in " ".join(sql.split()) for sql in planned)
    assert {sql.split()[0] for sql in said} <= LOOKING
    # What begins with WITH may write in its parts.
    assert not any(re.search(r"\b(INSERT INTO|UPDATE|DELETE FROM|MERGE INTO)\b", sql) for sql in said)


def test_a_segment_shows_which_weights_are_its_own(browser: Client) -> None:
    assert "its own" in text(browser.get(RULES, {"segment": "key"}))
    assert browser.get(RULES, {"segment": "nobody"}).status_code == 404


def test_new_points_move_the_chase_list_at_once(browser: Client, company: Company) -> None:
    today: dt.date = company.today(at=clock.now())
    load('customer 100 "Harrow"\ninvoice 100 A1 900.00 due=-41', company=company, today=today)
    response = browser.post(f"{RULES}oldest_age/", _steps((1, 5), (40, 77), ("", "")))
    assert (response.status_code, response["Location"]) == (303, RULES)
    assert weights.by_rule(company)["oldest_age"] == [(Decimal(1), 5), (Decimal(40), 77)]
    parts = {part["rule"]: part["points"] for part in Entry.objects.get(customer__number="100").parts}
    assert parts["oldest_age"] == 77
    told = Event.objects.get(what="weights.changed").summary
    assert told == "chase rule “Age of the oldest” for all segments gives 5 points from 1, 77 from 40"


def test_a_segment_gets_its_own_weights_and_gives_them_back(browser: Client, company: Company) -> None:
    address = f"{RULES}oldest_age/?segment=key"
    assert "goes by the weights of all segments until it gets its own" in text(browser.get(address))
    assert browser.post(address, _steps((1, 50)))["Location"] == f"{RULES}?segment=key"
    assert weights.by_rule(company, segment_code="key")["oldest_age"] == [(Decimal(1), 50)]
    browser.post(address, _steps((1, 50), step="common"))
    assert "oldest_age" not in weights.by_rule(company, segment_code="key")


def test_wrong_steps_are_refused_with_every_problem(browser: Client, company: Company) -> None:
    twice = browser.post(f"{RULES}amount/", _steps((1, 5), (1, 6)))
    assert twice.status_code == 422
    assert "Two steps begin at the same figure." in text(twice)
    half = browser.post(f"{RULES}amount/", _steps((1, "")))
    assert half.status_code == 422
    assert "Give both the figure and the points, or neither." in text(half)
    words = browser.post(f"{RULES}amount/", _steps(("much", "9999")))
    assert words.status_code == 422
    assert text(words).count('aria-invalid="true"') == 2


def test_an_unknown_rule_is_not_found_and_collectors_may_not(browser: Client, company: Company) -> None:
    assert browser.get(f"{RULES}guesswork/").status_code == 404
    assert signed_in(person(company, "priya")).get(RULES).status_code == 403
