"""Home and search."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from collections_app.activity import events
from collections_app.chase import working
from collections_app.chase.entries import Entry
from collections_app.contact.promises import Promise
from collections_app.contact.rules import NextStep, Outcome
from collections_app.jobs.stage_runs import StageRun
from collections_app.ledger.customers import Customer
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.segmentation import portfolios
from collections_app.segmentation.assignments import Assignment
from collections_app.segmentation.rules.conditions import Rule
from tests.desk import call, person
from tests.ledgertext import load
from tests.screens.collecting.conftest import Office

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def home(office: Office, user: str = "priya") -> str:
    return office.client(getattr(office, user)).get("/NG/").content.decode()


def counts(page: str) -> dict[str, int]:
    return {label: int(n) for n, label in re.findall(r"<b>(\d+)</b>\s*<span>([^<]+)</span>", page)}


def broken_promise(office: Office, *, ago: dt.timedelta = HOUR) -> Promise:
    """One that a night ended so long ago."""
    promise = Promise.objects.create(
        company=office.company,
        customer=office.customer("200"),
        currency="GBP",
        amount=30000,
        promised_on=office.today - 3 * DAY,
        state="broken",
        recorded_by=office.priya,
        recorded_at=office.at - 9 * DAY,
        settled_on=office.today,
    )
    events.record(
        "promise.broken",
        "Promise broken",
        company=office.company,
        customer=promise.customer,
        facts={"promise": promise.pk},
        by=None,
        at=office.at - ago,
    )
    return promise


def test_it_tells_what_is_to_work_and_what_was_done(office: Office) -> None:
    assert "3 customers" in home(office)

    working.log_contact(call(), customer=office.customer("100"), by=office.priya, at=office.at)
    page = home(office)
    assert "2 customers" in page
    assert re.search(r"Worked today</dt>\s*<dd>\s*1\s*</dd>", page)
    assert "Go on" in page


def test_agreed_calls_stand_with_their_time(office: Office) -> None:
    working.log_contact(
        call(Outcome.CALL_BACK, next_step=NextStep.CALL_BACK, next_on=office.today, next_at=dt.time(23, 45)),
        customer=office.customer("300"),
        by=office.priya,
        at=office.at,
    )
    assert re.search(r"23:45</time> Calder Ltd", home(office))


def test_bad_news_comes_first_and_opens_its_list(office: Office) -> None:
    broken_promise(office)
    load('customer 300 "Calder Ltd"\nreceipt 300 P1 40.00 on=0', company=office.company, today=office.today)
    page = home(office)

    assert next(iter(counts(page))) == "Broken promises"
    assert counts(page)["Broken promises"] == 1
    assert "£30,000" in page
    rows = office.client(office.priya).get("/NG/home/broken/").content.decode()
    assert re.findall(r"data-row-link>([^<]+)<", rows) == ["Brandt GmbH"]


def test_what_was_seen_is_not_told_again(office: Office) -> None:
    broken_promise(office)
    browser = office.client(office.priya)
    assert browser.post("/NG/home/seen/").status_code == 303
    assert counts(browser.get("/NG/").content.decode())["Broken promises"] == 0


def test_news_of_others_customers_are_for_managers(office: Office) -> None:
    broken_promise(office)
    assert counts(home(office, "tom"))["Broken promises"] == 0
    assert counts(home(office, "dana"))["Broken promises"] == 1


def test_sales_get_no_news_and_no_list(office: Office) -> None:
    page = home(office, "sam")
    assert "Since you left" not in page
    assert "Your customers" in page
    assert office.client(office.sam).get("/NG/home/broken/").status_code == 404


def test_a_manager_hears_of_a_night_that_failed(office: Office) -> None:
    StageRun.objects.create(
        company=office.company,
        day=office.today,
        stage="measure_positions",
        position=2,
        state="failed",
        error="the disk is full",
        started_at=office.at,
    )
    assert "the disk is full" in home(office, "dana")
    assert "the disk is full" not in home(office)


def test_whoever_works_customers_may_start_with_those_whom_nobody_looks_after(office: Office) -> None:
    assert "disabled" in home(office, "dana").split('id="day"')[1].split("</form>")[0]
    Entry.objects.filter(customer=office.customer("300")).update(collector=None)
    Assignment.objects.filter(customer=office.customer("300")).update(collector=None)

    page = home(office, "dana")
    assert "and 1 whom nobody looks after" in page
    assert "disabled" not in page.split('id="day"')[1].split("</form>")[0]
    assert office.client(office.dana).post("/NG/chase/next/").headers["Location"] == office.url("300")


def test_a_manager_hears_of_closed_customers_who_still_owe(office: Office) -> None:
    Customer.objects.filter(number__in=["200", "400"]).update(is_active=False)

    assert "1 closed customer still owes what is overdue" in home(office, "dana")
    assert "closed customer" not in home(office)
    shown = office.client(office.dana).get("/NG/customers/?only=closed").content.decode()
    assert re.findall(r"data-row-link>([^<]+)<", shown) == ["Brandt GmbH"]


def test_unknown_news_give_404(office: Office) -> None:
    assert office.client(office.priya).get("/NG/home/gossip/").status_code == 404


def test_the_queries_of_home_are_few(office: Office) -> None:
    browser = office.client(office.priya)
    browser.get("/NG/")
    with CaptureQueriesContext(connection) as queries:
        browser.get("/NG/")
    assert len(queries) <= 26


def sign_in(office: Office) -> None:
    office.priya.set_password("a-long-password")
    office.priya.save()
    Client().post("/sign-in/", {"username": "priya", "password": "a-long-password"})
    office.priya.refresh_from_db()


def test_signing_in_on_another_day_tells_what_happened_since_the_last_visit(office: Office) -> None:
    office.priya.last_login = office.at - 2 * DAY
    sign_in(office)
    assert office.priya.home_seen_at == office.at - 2 * DAY

    sign_in(office)
    assert office.priya.home_seen_at == office.at - 2 * DAY


def test_a_visit_ends_with_the_last_thing_that_was_done(office: Office) -> None:
    office.priya.last_login, done_at = office.at - 2 * DAY - 8 * HOUR, office.at - 2 * DAY
    working.log_contact(call(), customer=office.customer("100"), by=office.priya, at=done_at)
    sign_in(office)
    assert office.priya.home_seen_at == done_at


def test_a_promise_that_broke_later_on_the_day_of_the_last_visit_is_told(office: Office) -> None:
    office.priya.last_login = office.at - 2 * DAY
    broken_promise(office, ago=2 * DAY - HOUR / 60)
    sign_in(office)
    assert counts(home(office))["Broken promises"] == 1


def test_a_promise_that_broke_before_the_last_visit_is_not_told_again(office: Office) -> None:
    office.priya.last_login = office.at - 2 * DAY
    broken_promise(office, ago=2 * DAY + HOUR / 60)
    sign_in(office)
    assert counts(home(office))["Broken promises"] == 0


def stayed_signed_in(office: Office, since: dt.datetime) -> Client:
    """A browser in which Priya signed in and looked at home at that moment, and never again."""
    browser = office.client(office.priya)
    User.objects.filter(pk=office.priya.pk).update(last_login=since)
    session = browser.session
    session["home_looked_at"] = since.isoformat()
    session.save()
    return browser


def test_the_first_look_of_a_day_begins_a_visit_for_who_stayed_signed_in(office: Office) -> None:
    last = office.at - DAY
    broken_promise(office, ago=2 * DAY)
    browser = stayed_signed_in(office, last)
    for _ in range(2):
        assert counts(browser.get("/NG/").content.decode())["Broken promises"] == 0
        office.priya.refresh_from_db()
        assert office.priya.home_seen_at == last


def test_a_look_at_the_day_before_ends_with_the_last_thing_that_was_done(office: Office) -> None:
    done_at = office.at - DAY
    working.log_contact(call(), customer=office.customer("100"), by=office.priya, at=done_at)
    stayed_signed_in(office, done_at - HOUR / 4).get("/NG/")
    office.priya.refresh_from_db()
    assert office.priya.home_seen_at == done_at


def test_later_looks_of_a_day_change_nothing(office: Office) -> None:
    browser = stayed_signed_in(office, office.at)
    browser.get("/NG/")
    office.priya.refresh_from_db()
    assert office.priya.home_seen_at is None


def test_a_manager_hears_that_a_stand_in_left_until_they_have_seen_it(office: Office) -> None:
    ada = person(office.company, "ada", Role.ADMINISTRATOR)
    theirs = portfolios.create(
        company=office.company, name="North", rule=Rule(), collector=office.priya, by=None, at=office.at
    )
    days = {"start": office.today, "end": office.today + DAY}
    portfolios.set_stand_in(portfolio=theirs, stand_in=office.tom, **days, by=None, at=office.at)
    left = {"full_name": "Tom", "email": "", "role": "collector", "companies": [office.company.pk]}
    assert office.client(ada).post(f"/setup/users/{office.tom.pk}/", left).status_code == 303

    assert "Tom left: nobody stands in for Priya" in " ".join(home(office, "dana").split())
    assert f"/NG/segments/portfolios/{theirs.pk}/" in home(office, "dana")
    assert "nobody stands in" not in home(office)
    office.client(office.dana).post("/NG/home/seen/")
    assert "nobody stands in" not in home(office, "dana")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("harrow", ["Harrow Tools"]),
        ("HARROW 100", ["Harrow Tools"]),
        ("B1", ["B1"]),
        ("zzz", []),
        ("h", []),
        ("%", []),
    ],
)
def test_search_finds_customers_and_invoices(
    office: Office, htmx: dict[str, str], words: str, found: list[str]
) -> None:
    browser = office.client(office.priya)
    page = browser.get("/NG/search/", {"q": words}).content.decode()
    part = browser.get("/NG/search/", {"q": words}, headers=htmx).content.decode()

    for text in (page, part):
        assert re.findall(r'class="palette-item"[^>]*>\s*([^<\n]+?)\s*<', text) == found
    assert "<html" not in part


def test_search_finds_nothing_of_strangers(office: Office) -> None:
    for words in ("harrow", "A1"):
        page = office.client(office.tom).get("/NG/search/", {"q": words}).content.decode()
        assert "palette-item" not in page.split("<main")[1].split("</main>")[0]


def test_the_rail_counts_what_is_to_work(office: Office) -> None:
    assert Entry.objects.filter(left_out="", collector=office.priya).count() == 3
    assert re.search(r'class="tally">3<', home(office))
