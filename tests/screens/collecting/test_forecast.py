"""The forecast on screen: weeks that add up, every figure opens its invoices, earlier forecasts beside what
came.
"""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collections_app.behaviour import habits
from collections_app.contact import disputes
from collections_app.forecasting import forecasts
from collections_app.forecasting.forecasts import ForecastWeek
from collections_app.forecasting.sums import DISPUTED
from collections_app.people.users import User
from collections_app.screens import forecast_chart
from tests.forecasting.paying import always
from tests.ledgertext import load
from tests.screens.collecting.conftest import Office

URL = "/NG/reports/forecast/"


def page(office: Office, rest: str = "", *, user: User | None = None) -> str:
    return office.client(user or office.dana).get(f"{URL}{rest}").content.decode()


def amounts(html: str) -> list[str]:
    return re.findall(r"£[\d,]+\.\d\d", html)


@pytest.fixture
def made(office: Office) -> Office:
    """Harrow pays nine days late; one of their invoices is disputed in part. The night has run."""
    load("\n".join(always("100", late=9)), company=office.company, today=office.today)
    disputes.lodge(
        customer=office.customer("100"),
        invoice=office.rows.invoices["A2"],
        amount=Decimal(100),
        reason="PRICE",
        by=office.priya,
        at=office.at,
    )
    habits.measure(company=office.company, today=office.today)
    forecasts.make(company=office.company, today=office.today, at=office.at)
    return office


def test_before_the_first_night_it_says_what_is_next(office: Office) -> None:
    assert "The next night counts how customers pay and makes the first forecast." in page(office)


def test_weeks_later_and_disputed_are_shown_with_what_is_open(made: Office) -> None:
    html = page(made)

    assert "£151,400.00" in html  # 120,000 + 500 + 30,000 + 900
    assert "£100.00" in html
    assert html.count('class="expected"') == 13
    assert "Show the working" in html


def test_every_figure_opens_the_invoices_that_make_it(made: Office) -> None:
    for week in ForecastWeek.objects.filter(forecast__is_frozen=False, expected__gt=0):
        html = page(made, f"invoices/?currency=GBP&week={week.place}")
        total = amounts(html[html.index("<header class") :])[0]
        parts = re.findall(r'class="num strong"[^>]*>.*?(£[\d,]+\.\d\d)', html, re.DOTALL)

        assert total == f"£{week.expected:,.2f}"
        assert sum(Decimal(part[1:].replace(",", "")) for part in parts) == week.expected


def test_each_invoice_says_why(made: Office) -> None:
    html = page(made, f"invoices/?currency=GBP&week={DISPUTED}")

    assert "Half of their 20 paid invoices came by 9 days after the due date." in html
    assert "£100.00 is disputed and set aside." in html


def test_what_came_stands_beside_what_was_expected(made: Office) -> None:
    monday = dt.date(2026, 1, 5)
    frozen = forecasts.Forecast.objects.create(
        company=made.company, day=monday, monday=monday, is_frozen=True, made_at=made.at
    )
    ForecastWeek.objects.create(
        forecast=frozen,
        currency="GBP",
        place=0,
        starts_on=monday,
        ends_on=monday + dt.timedelta(6),
        expected=142_000,
        low_50=130_000,
        high_50=150_000,
        low_80=120_000,
        high_80=160_000,
        came=130_000,
        credited=0,
    )

    html = " ".join(page(made).split())

    assert "right to 90.8" in html
    assert "within one in two" in html


def test_only_who_sees_the_whole_company_sees_it(made: Office) -> None:
    assert made.client(made.sam).get(URL).status_code == 403
    assert made.client(made.priya).get(f"{URL}invoices/?currency=GBP&week=0").status_code == 403


@pytest.mark.parametrize(
    "query", ["week=17&currency=GBP", "week=-1&currency=GBP", "week=0&currency=EUR", "week=x"]
)
def test_a_figure_that_there_is_not_is_not_found(made: Office, query: str) -> None:
    assert made.client(made.dana).get(f"{URL}invoices/?{query}").status_code == 404


def test_queries_do_not_grow_with_invoices(made: Office) -> None:
    def queries() -> int:
        browser = made.client(made.dana)
        browser.get(URL)
        with CaptureQueriesContext(connection) as counted:
            browser.get(URL)
            browser.get(f"{URL}invoices/?currency=GBP&week=13")
        return len(counted)

    few = queries()
    more = [f"invoice 300 N{place} 10.00 due={place}" for place in range(60)]
    load("\n".join(["customer 300", *more]), company=made.company, today=made.today)
    forecasts.make(company=made.company, today=made.today, at=made.at)

    assert queries() == few


def test_a_bar_and_its_bands_stand_at_their_amounts() -> None:
    week = ForecastWeek(
        currency="GBP",
        place=0,
        expected=Decimal(1_000),
        low_50=Decimal(500),
        high_50=Decimal(1_500),
        low_80=Decimal(0),
        high_80=Decimal(2_000),
    )

    drawn = forecast_chart.picture([week])
    (bar,) = drawn.bars
    foot = forecast_chart.HEIGHT - forecast_chart.FOOT

    assert [line.amount for line in drawn.lines] == [0, 500, 1_000, 1_500, 2_000]
    assert (bar.top_80, bar.foot_80, bar.top + bar.height) == (forecast_chart.TOP, foot, foot)
    assert bar.top == drawn.lines[2].y
    assert (bar.top_50, bar.top_50 + bar.height_50) == (drawn.lines[3].y, drawn.lines[1].y)
