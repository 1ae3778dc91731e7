"""Exceptions: everything that was let off the rules, in force and ended, adds up, and leaves as a file."""

import csv
import datetime as dt
import io
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from collections_app.dunning import blocks, interest_charges, interest_terms
from collections_app.holds import orders, releases, steering
from collections_app.holds.rules.ordering import Stated
from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.people.desks import Desk
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.reports import exceptions
from collections_app.reports.exceptions import Kind, Standing, Total, Wanted
from collections_app.write_offs import decisions, proposals, recoveries
from tests.desk import person
from tests.doors import signed_in, text
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
TODAY = NOON.date()
DAY = dt.timedelta(days=1)
PAGE = "/NG/reports/exceptions/"
LEDGER = """
customer 100 "Harrow Tools" country=GB
invoice 100 A1 1200.00 due=-95 issued=-125
invoice 100 A2 80.00 due=-50 issued=-80
invoice 100 A3 500.00 due=-95 issued=-125 currency=EUR
"""


@pytest.fixture
def rows(monkeypatch: pytest.MonkeyPatch) -> Rows:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return load(LEDGER, company=company_of("NG", time_zone="Europe/London", country="GB"), today=TODAY)


@pytest.fixture
def company(rows: Rows) -> Company:
    return rows.company


@pytest.fixture
def priya(company: Company) -> User:
    return person(company, "priya")


@pytest.fixture
def fred(company: Company) -> User:
    """The finance director."""
    user = person(company, "fred", Role.MANAGER)
    user.desk = Desk.FINANCE_DIRECTOR
    user.save()
    return user


@pytest.fixture
def dana(company: Company) -> User:
    return person(company, "dana", Role.MANAGER)


@pytest.fixture
def granted(rows: Rows, priya: User, dana: User, fred: User) -> None:
    """One of each kind; a block whose day has passed, and a write-off that was taken back."""
    harrow, before = rows.customers["100"], NOON - 20 * DAY
    blocks.place(customer=harrow, reason="plan", words="", until=TODAY - 5 * DAY, by=priya, at=before)
    one = rows.invoices["A1"]
    blocks.place(customer=harrow, invoice=one, reason="legal", until=TODAY + DAY, by=priya, at=before)
    for amount, day in (("80.00", 1), ("70.00", 2)):
        lines = [(rows.invoices["A2"], Decimal(amount))]
        made = proposals.propose(
            harrow, lines=lines, reason="COST", words="Gone", by=priya, at=before + day * DAY
        )
        decisions.approve(made, by=dana, at=before + day * DAY)
        if day == 1:
            recoveries.take_back(made, because="They paid after all", by=fred, at=before + day * DAY)
    interest_terms.switch(company=rows.company, on=True, by=dana, at=before)
    charge = interest_charges.propose(one, reason="Late", by=dana, at=NOON - 4 * DAY)
    interest_charges.waive(charge, because="Goodwill", by=fred, at=NOON - 3 * DAY)
    interest_terms.exempt(harrow, kind="contract", words="Clause 4", by=dana, at=NOON - 2 * DAY)
    forced = steering.force(harrow, reason="We wait", by=dana, at=NOON - 2 * DAY)
    steering.lift(forced, because="They rang", by=fred, at=NOON - 2 * DAY)
    stated = Stated(number="SO-1", amount=Decimal(700), currency="GBP", placed_on=TODAY)
    order = orders.take_in(customer=harrow, stated=stated, by=None, at=NOON - 2 * DAY).order
    asked = releases.ask(order, reason="Their line stands still", by=priya, at=NOON - 2 * DAY)
    releases.grant(asked, until=TODAY + 3 * DAY, words="Fine", by=fred, at=NOON - DAY)
    until = TODAY + 10 * DAY
    steering.exclude(harrow, code="overdue_days", until=until, reason="A plan", by=fred, at=NOON)


def found(company: Company, **wanted: Any) -> list[tuple[Kind, Standing]]:
    listed = exceptions.page(company, Wanted(**wanted), today=TODAY)
    return [(each.kind, each.standing) for each in listed.rows]


@pytest.mark.usefixtures("granted")
def test_every_kind_is_listed_the_newest_first_with_how_it_stands(company: Company) -> None:
    assert found(company) == [
        (Kind.EXCLUSION, Standing.IN_FORCE),
        (Kind.RELEASE, Standing.IN_FORCE),
        (Kind.EXEMPT, Standing.IN_FORCE),
        (Kind.FORCED, Standing.ENDED),
        (Kind.WAIVED, Standing.DONE),
        (Kind.WRITE_OFF, Standing.DONE),
        (Kind.WRITE_OFF, Standing.ENDED),
        (Kind.BLOCK, Standing.IN_FORCE),
        (Kind.BLOCK, Standing.ENDED),
    ]


@pytest.mark.usefixtures("granted")
def test_who_asked_who_decided_and_the_money_are_told(company: Company) -> None:
    listed = exceptions.page(company, Wanted(), today=TODAY)
    told = {(each.kind, each.standing): each for each in listed.rows}
    release = told[Kind.RELEASE, Standing.IN_FORCE]
    undone = told[Kind.WRITE_OFF, Standing.ENDED]

    assert (release.asked_by, release.decided_by, release.amount) == ("Priya", "Fred", Decimal(700))
    assert (undone.asked_by, undone.decided_by, undone.ended_by) == ("Priya", "Dana", "Fred")
    # 80.00 taken back and 70.00 that stands
    assert Total(Kind.WRITE_OFF, "GBP", 2, Decimal(150)) in listed.totals
    assert listed.number == 9


@pytest.mark.usefixtures("granted")
def test_filters_narrow_the_list_and_its_totals(company: Company, dana: User, fred: User) -> None:
    assert found(company, kind="block") == [
        (Kind.BLOCK, Standing.IN_FORCE),
        (Kind.BLOCK, Standing.ENDED),
    ]
    assert found(company, standing="done") == [
        (Kind.WAIVED, Standing.DONE),
        (Kind.WRITE_OFF, Standing.DONE),
    ]
    assert found(company, since=TODAY) == [(Kind.EXCLUSION, Standing.IN_FORCE)]
    assert found(company, until=TODAY - 19 * DAY)[0] == (Kind.WRITE_OFF, Standing.ENDED)
    assert (Kind.RELEASE, Standing.IN_FORCE) not in found(company, person=dana.pk)
    assert (Kind.RELEASE, Standing.IN_FORCE) in found(company, person=fred.pk)


def page(user: User, **given: str) -> str:
    return text(signed_in(user).get(PAGE, given))


@pytest.mark.usefixtures("granted")
def test_the_page_says_it_in_words_and_opens_where_it_stands(dana: User) -> None:
    shown = page(dana)

    assert "9 exceptions" in shown
    assert "Overdue for too long" in shown
    assert "A1: With lawyers or an agency".lower() in shown.lower()
    assert "The contract says something else" in shown
    links = [part.split('"')[0] for part in shown.split('href="')[1:] if "data-row-link" in part[:120]]
    assert len(links) == 9
    assert {signed_in(dana).get(link).status_code for link in set(links)} == {200}
    assert "2</a> · " in page(dana, kind="write_off")
    assert "None fits these filters" in page(dana, kind="block", standing="done")


@pytest.mark.usefixtures("granted")
def test_wrong_days_are_told_and_nothing_typed_is_lost(dana: User) -> None:
    shown = page(dana, since="2026-11-20", until="2026-11-01")

    assert "Choose a day that is not before the first one." in shown
    assert 'value="2026-11-01"' in shown
    refused = signed_in(dana).get("/NG/reports/exceptions.csv", {"since": "soon"})
    assert refused.status_code == 422


@pytest.mark.usefixtures("granted")
def test_the_file_holds_what_the_page_does(dana: User) -> None:
    answer: Any = signed_in(dana).get("/NG/reports/exceptions.csv", {"kind": "write_off"})
    lines = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))

    assert [(each["Amount"], each["State"], each["Ended by"]) for each in lines] == [
        ("70.00", "Once for all", ""),
        ("80.00", "Ended", "Fred"),
    ]
    whole: Any = signed_in(dana).get("/NG/reports/exceptions.xlsx")
    assert whole.status_code == 200
    b"".join(whole.streaming_content)
    assert signed_in(dana).get("/NG/reports/exceptions.pdf").status_code == 404


def test_it_is_for_those_who_see_the_whole_company(priya: User, dana: User, company: Company) -> None:
    sam = person(company, "sam", Role.SALES)
    strangers = person(company_of("DE"), "stan", Role.MANAGER)

    assert "Nothing was let off the rules" in page(dana)
    for user in (priya, sam):
        assert signed_in(user).get(PAGE).status_code == 403
        assert signed_in(user).get("/NG/reports/exceptions.csv").status_code == 403
    assert signed_in(strangers).get(PAGE).status_code == 404


@pytest.mark.usefixtures("granted")
def test_it_asks_no_more_however_many_there_are(rows: Rows, dana: User) -> None:
    def asked(browser: Client) -> int:
        browser.get(PAGE)
        with CaptureQueriesContext(connection) as queries:
            browser.get(PAGE)
        return len(queries)

    browser = signed_in(dana)
    before = asked(browser)
    for n in range(1, 4):
        steering.exclude(rows.customers["100"], until=TODAY + n * DAY, reason="Why", by=dana, at=NOON)
    assert asked(browser) == before
