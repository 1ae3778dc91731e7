"""The forecast, how near it came, roll rates, workload and respect leave as files, with the figures of their
pages.
"""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.test import Client

from collections_app.contact.contact_logs import ContactLog
from collections_app.forecasting import forecasts
from collections_app.forecasting.forecasts import Forecast, ForecastWeek
from collections_app.ledger.customers import Customer
from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.reports.rules import months
from collections_app.segmentation.assignments import Assignment
from tests.desk import list_day, person
from tests.doors import HTMX, signed_in, text
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load
from tests.screens.reporting.test_report_files import as_csv, as_workbook, files_on, taken

pytestmark = pytest.mark.django_db

LEDGER = """
customer 100 "Harrow Tools" country=GB
invoice 100 A1 1200.10 due=-95 issued=-125
invoice 100 A2 500.00 due=+5 issued=-25
customer 200 "Calder Ltd" country=GB
invoice 200 B1 900.00 due=-20 issued=-50
invoice 200 B2 10.00 due=-1 issued=-31 currency=EUR
"""


@pytest.fixture
def rows() -> Rows:
    company = company_of("NG", time_zone="Europe/London", country="GB")
    at = clock.now()
    rows = load(LEDGER, company=company, today=company.today(at=at))
    list_day(company, at=at)
    forecasts.make(company=company, today=company.today(at=at), at=at)
    return rows


@pytest.fixture
def today(rows: Rows) -> dt.date:
    return rows.company.today(at=clock.now())


@pytest.fixture
def dana(rows: Rows) -> Client:
    return signed_in(person(rows.company, "dana", Role.MANAGER))


def test_the_forecast_comes_to_what_is_open(dana: Client, today: dt.date) -> None:
    link, workbook = files_on(text(dana.get("/NG/reports/forecast/?currency=GBP")))

    found = as_csv(dana, link)

    assert sum(Decimal(row["Expected"]) for row in found) == Decimal("2600.10")
    assert [row["What"] for row in found] == ["Week"] * 13 + ["Later or never", "Disputed, set aside"]
    assert {row["Currency"] for row in found} == {"GBP"}
    assert len(as_workbook(dana, workbook)) == len(found)
    assert f"Expected by the night of {today}" in taken(dana, link)[0]


def test_the_forecast_of_today_is_not_told_under_another_day(dana: Client, today: dt.date) -> None:
    name, _ = taken(dana, "/NG/reports/forecast.csv?currency=EUR&as_of=2020-01-01&country=GB")

    assert f"Expected to come, {today}, EUR" in name
    assert "2020" not in name


def test_weeks_as_they_were_expected_stand_beside_what_came(rows: Rows, dana: Client, today: dt.date) -> None:
    monday = today - dt.timedelta(today.weekday() + 7)
    frozen = Forecast.objects.create(
        company=rows.company, day=monday, monday=monday, is_frozen=True, made_at=clock.now()
    )
    for currency, came in (("GBP", 80), ("EUR", 7)):
        ForecastWeek.objects.create(
            forecast=frozen, currency=currency, place=0, starts_on=monday,
            ends_on=monday + dt.timedelta(6), expected=100, came=came,
        )  # fmt: skip
    page = text(dana.get("/NG/reports/charts/accuracy/?currency=GBP", headers=HTMX))
    (row,) = as_csv(dana, next(url for url in files_on(page) if "accuracy.csv" in url))

    assert row == {
        "Week of": monday.isoformat(), "Currency": "GBP", "Expected": "100.00", "Came": "80.00",
        "Came less expected": "-20.00", "Off, per cent of what came": "25.0",
    }  # fmt: skip


def test_roll_rates_have_a_line_for_each_month_and_step_that_is_over(
    rows: Rows, dana: Client, today: dt.date
) -> None:
    page = text(dana.get("/NG/reports/measures/?currency=GBP"))
    found = as_csv(dana, next(url for url in files_on(page) if "rolling.csv" in url))

    first = months.first_of(today - dt.timedelta(95))
    of_a1 = [row for row in found if row["Fell due from"] == first.isoformat()]
    assert [row["Still unpaid"] for row in of_a1][:2] == ["1200.10", "1200.10"]
    assert of_a1[0]["Days past due"] == "fell due"
    assert of_a1[1]["Per cent of the step before"] == "100.0"


def test_the_workload_counts_everybody_once_and_tells_each_currency(rows: Rows, dana: Client) -> None:
    priya = person(rows.company, "priya")
    for customer in Customer.objects.filter(company=rows.company):
        Assignment.objects.create(
            company=rows.company, customer=customer, collector=priya, day=dt.date(2026, 1, 1)
        )
    link, _ = files_on(text(dana.get("/NG/reports/workload/")))

    found = as_csv(dana, link)

    assert {(row["Currency"], row["Overdue"]) for row in found} == {("GBP", "2100.10"), ("EUR", "10.00")}
    assert [row["Customers"] for row in found] == ["2", ""]
    assert as_csv(dana, link)[0]["Collector"] == str(priya)


def test_a_collector_who_reads_their_own_line_is_offered_no_file(rows: Rows) -> None:
    priya = signed_in(person(rows.company, "priya"))

    assert files_on(text(priya.get("/NG/reports/workload/"))) == []
    assert priya.get("/NG/reports/workload.csv").status_code == 403


def test_respect_has_the_figures_of_its_page(rows: Rows, dana: Client, today: dt.date) -> None:
    ContactLog.objects.create(
        company=rows.company, customer=rows.customers["100"], by=person(rows.company, "priya"),
        at=clock.now(), channel="call", direction="out", outcome="no_answer",
    )  # fmt: skip
    page = text(dana.get("/NG/reports/respect/"))
    link, _ = files_on(page)

    found = as_csv(dana, link)
    hours = [row for row in found if row["Figure"] == "Calls within office hours"]

    assert {row["Month"] for row in found} == {months.first_of(today, back=n).isoformat() for n in range(6)}
    assert [row["Of"] for row in hours] == ["1", "0", "0", "0", "0", "0"]
    assert hours[0]["As it should be"] == re.findall(r"<small>(\d+) of 1</small>", page)[0]
