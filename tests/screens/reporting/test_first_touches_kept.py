"""First touches are kept until a posting, and say until when they are told: the lists that they open go as
far, whoever was called or taken back since.
"""

import datetime as dt
import re

import pytest
from django.test import Client

from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.reports import measure_sums
from tests.desk import person
from tests.doors import signed_in, text
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load
from tests.reports.test_calls_kept import logged, taken_back
from tests.screens.reporting.walking import linked, total

pytestmark = pytest.mark.django_db

LEDGER = """
customer 100 "Harrow Tools" country=GB
invoice 100 A1 10.00 due=-20 issued=-50
invoice 100 A2 20.00 due=-9 issued=-39
customer 200 "Brandt GmbH" country=DE
invoice 200 B1 30.00 due=-15 issued=-45
customer 300 "Calder Ltd" country=GB
invoice 300 C1 40.00 due=-12 issued=-42
"""
NEWS = """
customer 300 "Calder Ltd" country=GB
invoice 300 C2 5.00 due=-4 issued=-34
"""
PAGE = "/NG/reports/measures/"


@pytest.fixture
def company() -> Company:
    return company_of("NG", country="GB")


@pytest.fixture
def rows(company: Company) -> Rows:
    return load(LEDGER, company=company, today=company.today(at=clock.now()))


@pytest.fixture
def dana(company: Company) -> Client:
    return signed_in(person(company, "dana", Role.MANAGER))


def figures(dana: Client, query: str = "") -> list[int]:
    """What was touched and what was not, each of which opens as many."""
    page = text(dana.get(f"{PAGE}{query}"))
    found = [each for each in linked(page) if re.search("/(un)?touched/", each[0])]
    assert len(found) == 2
    for url, figure in found:
        assert total(text(dana.get(url))) == figure, url
        file = f"/NG/reports/pieces.csv?{url.partition('?')[2]}&what={url.split('/')[4]}"
        read = b"".join(dana.get(file)).decode("utf-8-sig").splitlines()
        assert len(read) - 1 == figure, url
    return [int(figure) for _, figure in found]


@pytest.mark.parametrize("is_kept", [True, False])
def test_the_list_goes_as_far_as_its_figure(rows: Rows, dana: Client, *, is_kept: bool) -> None:
    """Kept of customers by the night, or read from rows and kept since."""
    company, now = rows.company, clock.now()
    priya = person(company, "priya")
    early = logged(rows.customers["100"], priya, now - dt.timedelta(days=5))
    if is_kept:
        measure_sums.keep(company=company, day=company.today(at=now), at=now)
    before = figures(dana), figures(dana, "?country=GB")
    assert before == ([2, 2], [2, 1])

    taken_back(early, priya, clock.now())
    logged(rows.customers["200"], priya, clock.now())
    logged(rows.customers["300"], priya, clock.now())
    assert (figures(dana), figures(dana, "?country=GB")) == before

    # What is posted makes it read again: all until the moment that the night kept, or until now.
    load(NEWS, company=company, today=company.today(at=now))
    after = ([2, 3], [2, 2]) if is_kept else ([3, 2], [2, 2])
    assert (figures(dana), figures(dana, "?country=GB")) == after
    if is_kept:
        # Of those about whom there is something new alone; the touches of all are told until the same moment.
        assert measure_sums.keep(company=company, day=company.today(at=now), at=clock.now()) == 1
        assert (figures(dana), figures(dana, "?country=GB")) == after


def test_a_moment_that_is_none_has_no_list(rows: Rows, dana: Client) -> None:
    assert dana.get("/NG/reports/pieces/touched/?of=soon").status_code == 404
