"""Between a file and the night, months that it says something about stand as they were kept: the page says
from which, and the day is of what the ledger says now in all of its parts.
"""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from collections_app.ledger.companies import Company
from collections_app.people.rules import Role
from collections_app.reports import dashboards, measure_sums, measures, snapshots
from collections_app.reports.derived import Asked
from tests.desk import person
from tests.doors import signed_in, text
from tests.ledgerrows import company_of
from tests.ledgertext import load
from tests.reports.quarter import QUARTER
from tests.screens.reporting.test_report_files import as_csv, files_on

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 4, 2, 9, 0, tzinfo=dt.UTC)
TODAY = NOW.date()
OF_FEBRUARY = "customer 100\ninvoice 100 F9 61.00 issued=2026-02-10 due=2026-03-12"
SAID = "was taken back: from the end of 28 February 2026 on they stand as they were kept"
PAGES = ("/NG/reports/", "/NG/reports/?country=GB", "/NG/reports/bridge/")


@pytest.fixture
def company() -> Company:
    company = company_of("NG", time_zone="Europe/London", country="GB")
    load(QUARTER, company=company, today=TODAY)
    snapshots.refresh(company=company, today=TODAY, at=NOW)
    return company


@pytest.fixture
def dana(company: Company) -> Client:
    return signed_in(person(company, "dana", Role.MANAGER))


@time_machine.travel(NOW, tick=True)
def test_it_says_which_months_are_not_restated_yet(company: Company, dana: Client) -> None:
    load("customer 100\ninvoice 100 NEW 1.23 due=+30", company=company, today=TODAY)
    assert "the day read from the ledger now, months as they were kept" in text(dana.get("/NG/reports/"))
    for page in PAGES:
        assert "they stand as they were kept" not in text(dana.get(page)), page

    load(OF_FEBRUARY, company=company, today=TODAY)
    for page in PAGES:
        assert SAID in text(dana.get(page)), page

    snapshots.refresh(company=company, today=TODAY, at=NOW + dt.timedelta(hours=1))
    for page in PAGES:
        assert "they stand as they were kept" not in text(dana.get(page)), page
    said = text(dana.get("/NG/reports/"))
    assert "2 restated days" in said
    assert "balance £6,061.00 instead of £6,000.00; not overdue £" in said


def test_restated_days_leave_as_a_file_part_by_part(company: Company, dana: Client) -> None:
    load(OF_FEBRUARY, company=company, today=TODAY)
    snapshots.refresh(company=company, today=TODAY, at=NOW + dt.timedelta(days=1))

    page = text(dana.get("/NG/reports/?as_of=2026-04-02"))
    (link,) = (each for each in files_on(page) if "restated.csv" in each)
    found = [row for row in as_csv(dana, link) if row["At the end of"] == "2026-02-28"]

    told = {row["Figure"]: (row["Currency"], row["When it was first over"], row["Now"]) for row in found}
    assert told["balance"] == ("GBP", "6000.00", "6061.00")
    assert told["invoiced in the month"] == ("GBP", "3610.00", "3671.00")
    assert {row["Edition"] for row in found} == {"2"}


def test_the_day_is_of_what_the_ledger_says_now_in_all_of_its_parts(company: Company) -> None:
    measure_sums.keep(company=company, day=TODAY, at=NOW)
    load(OF_FEBRUARY, company=company, today=TODAY)

    found = dashboards.of(Asked(company, TODAY)).now

    every = measures.measured(company=company, day=TODAY).in_currency("GBP").measures
    names = ("dso_rolling", "dso_countback", "add")
    assert {name: found.value(name) for name in names} == {
        each.name: each.value for each in every if each.name in names
    }
    assert found.measures["dso_rolling"].inputs["invoiced"] == Decimal(3610 + 3890 + 61)
