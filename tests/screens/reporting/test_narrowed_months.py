"""A narrowed month of a chart opens the customers that were there when it was kept, wherever they are now."""

import datetime as dt
import re

import pytest
from django.test import Client

from collections_app.ledger.customers import Customer
from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.reports import snapshots
from collections_app.reports.placements import Placement
from collections_app.reports.snapshot_rows import Snapshot
from tests.desk import list_day, person
from tests.doors import signed_in, text
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load
from tests.screens.reporting.test_reports import LEDGER, keep
from tests.screens.reporting.walking import drawn, linked, total

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows() -> Rows:
    company = company_of("NG", time_zone="Europe/London", country="GB")
    at = clock.now()
    rows = load(LEDGER, company=company, today=company.today(at=at))
    list_day(company, at=at)
    return rows


@pytest.fixture
def dana(rows: Rows) -> Client:
    return signed_in(person(rows.company, "dana", Role.MANAGER))


def test_narrowed_months_open_the_customers_that_were_there_when_they_were_kept(
    rows: Rows, dana: Client
) -> None:
    keep(rows.company)
    before = set(linked(drawn(dana, "/NG/reports/?country=GB&currency=GBP")))
    Customer.objects.filter(company=rows.company, name="Calder Ltd").update(country="IE")
    at = clock.now() + dt.timedelta(seconds=1)
    snapshots.refresh(company=rows.company, today=rows.company.today(at=at), at=at)

    after = set(linked(drawn(dana, "/NG/reports/?country=GB&currency=GBP")))
    kept = {each for each in after if "kept_before" in each[0]}
    assert kept == {each for each in before if "kept_before" in each[0]}
    assert any(figure for _, figure in kept)
    for url, figure in after:
        listed = text(dana.get(url))
        assert total(listed) == figure, url
        if "kept_before" in url and "/pieces/" not in url:
            assert "as they were placed when the month was kept" in listed
            for behind, amount in linked(listed):
                assert total(text(dana.get(behind))) == amount, behind


def test_months_that_were_kept_before_it_was_known_who_belonged_where_open_nothing(
    rows: Rows, dana: Client
) -> None:
    keep(rows.company)
    Placement.objects.all().delete()
    page = drawn(dana, "/NG/reports/?country=GB")

    today = rows.company.today(at=clock.now()).isoformat()
    days = {day.isoformat() for day in Snapshot.objects.values_list("day", flat=True)}
    # What goes into the figures of the day is of those who belong there now, and opens as it is.
    kept = [url for url, _ in linked(page) if "part=invoiced" not in url]
    assert {re.findall(r"as_of=([\d-]*)", url)[0] for url in kept} & days == {today}
    for url, figure in linked(page):
        assert total(text(dana.get(url))) == figure, url
