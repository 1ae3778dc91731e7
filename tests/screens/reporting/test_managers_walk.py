"""Every figure of the other pages of managers, walked to the list behind it: exceptions, respect, workload
and what is expected to come.
"""

import csv
import datetime as dt
import io
import re
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client

from collections_app.chase import working
from collections_app.contact import commitments, contact_logs, disputes
from collections_app.contact.commitment_rows import Commitment
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.disputes import Dispute
from collections_app.contact.rules import Outcome
from collections_app.forecasting import forecasts
from collections_app.holds import releases, rule_versions, steering
from collections_app.ledger.customers import Customer
from collections_app.ledger.exchange_rates import ExchangeRate
from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.reports import derived, snapshots
from collections_app.segmentation import assignments, portfolios
from collections_app.segmentation.rules.conditions import Rule
from tests.desk import call, list_day, person
from tests.doors import signed_in, text
from tests.holds.selling import Shop
from tests.ledgerrows import Rows, company_of, moment
from tests.ledgertext import load
from tests.reports.test_calls_kept import logged
from tests.screens.reporting.walking import linked, total

pytestmark = pytest.mark.django_db

LEDGER = """
customer 100 "Harrow Tools" country=GB limit=50000
invoice 100 A1 1200.10 due=-105 issued=-135
invoice 100 A2 500.00 due=+5 issued=-25
invoice 100 A3 10.00 due=-20 issued=-50
invoice 100 A4 10.00 due=-9 issued=-39
customer 200 "Brandt GmbH" country=DE limit=50000
invoice 200 B1 3000.00 due=-40 issued=-70
invoice 200 B2 800.00 due=-130 issued=-160 currency=EUR
customer 300 "Calder Ltd" country=GB
invoice 300 C1 80.00 due=-100 issued=-130
receipt 300 P1 80.00 on=-8
allocation P1 C1 80.00 on=-8
"""
EXCEPTIONS, RESPECT = "/NG/reports/exceptions/", "/NG/reports/respect/"
WORKLOAD, FORECAST = "/NG/reports/workload/", "/NG/reports/forecast/"


@pytest.fixture
def rows() -> Rows:
    company = company_of("NG", time_zone="Europe/London", country="GB")
    at = clock.now()
    today = company.today(at=at)
    rows = load(LEDGER, company=company, today=today)
    by, priya, sam = (
        person(company, name, role)
        for name, role in (("fred", Role.MANAGER), ("priya", Role.COLLECTOR), ("sam", Role.SALES))
    )
    portfolios.create(company=company, name="All", rule=Rule(), collector=priya, by=by, at=at)
    assignments.assign(company=company, today=today)
    past = moment(today - dt.timedelta(5))
    ExchangeRate.objects.create(
        company=company, currency="EUR", valid_from=past.date(), rate=Decimal("0.86"), source="a bank"
    )
    rule_versions.ensure_default(company=company, by=None, at=past)
    for number, customer, currency in (("SO-1", "100", "GBP"), ("SO-2", "200", "EUR")):
        order = Shop(rows, past).order(number, "99.90", customer=customer, currency=currency).order
        asked = releases.ask(order, reason="Stock", by=sam, at=past)
        releases.grant(asked, by=by, at=past)
    until = today + dt.timedelta(10)
    steering.exclude(rows.customers["100"], code="overdue_days", until=until, reason="A plan", by=by, at=at)
    steering.force(rows.customers["200"], reason="We wait", by=by, at=at)
    for outcome in (Outcome.NO_ANSWER, Outcome.SAYS_PAID):
        working.log_contact(call(outcome), customer=rows.customers["200"], by=priya, at=at)
    owed = commitments.record(
        customer=rows.customers["100"], kind="copy", owner=priya, due_on=today, by=priya, at=at
    )
    late = today - dt.timedelta(2)
    Commitment.objects.filter(pk=owed.pk).update(due_on=late, first_due_on=late)
    disputes.lodge(
        customer=rows.customers["200"], invoice=rows.invoices["B1"], amount=Decimal("40.10"), reason="PRICE",
        by=priya, at=at,
    )  # fmt: skip
    Dispute.objects.update(owner=priya)
    list_day(company, at=at)
    monday = today - dt.timedelta(14 + today.weekday())
    forecasts.make(company=company, today=monday, at=moment(monday))
    forecasts.make(company=company, today=today, at=at)
    forecasts.compare(company=company, today=today)
    snapshots.refresh(company=company, today=today, at=at)
    disputes.lodge(
        customer=rows.customers["100"], invoice=rows.invoices["A1"], amount=Decimal("30.30"), reason="PRICE",
        by=priya, at=at + dt.timedelta(seconds=1),
    )  # fmt: skip
    return rows


@pytest.fixture
def dana(rows: Rows) -> Client:
    return signed_in(person(rows.company, "dana", Role.MANAGER))


def lines_of(html: str) -> int:
    """The rows of a list of things that open."""
    return len(re.findall(r"\bdata-row-link\b", html))


def test_exceptions_by_kind_and_currency_come_to_what_their_list_says(dana: Client) -> None:
    page = text(dana.get(EXCEPTIONS))
    figures = linked(page)
    amounts = {
        unescape(url): Decimal(amount)
        for url, amount in re.findall(r'href="([^"]*)"[^>]*data-amount="([^"]*)"', page)
    }

    assert len(figures) > 3
    assert sum(figure for _, figure in figures) == total(page)
    assert {"EUR", "GBP"} <= set(re.findall(r"currency=(\w+)", " ".join(amounts)))
    for url, figure in figures:
        listed = text(dana.get(f"{EXCEPTIONS}{url}"))
        assert total(listed) == figure == lines_of(listed), url
        file = dana.get(f"/NG/reports/exceptions.csv{url}")
        read = list(csv.reader(io.StringIO(b"".join(file).decode("utf-8-sig"))))
        heads = next(number for number, row in enumerate(read) if "Amount" in row)
        column = read[heads].index("Amount")
        cells = [row[column] for row in read[heads + 1 :] if len(row) > column]
        assert len(cells) == figure, url
        assert sum(Decimal(each) for each in cells if each) == amounts.get(url, 0), url


def test_figures_of_respect_come_to_what_their_list_says(dana: Client) -> None:
    page = text(dana.get(RESPECT))
    figures = linked(page)

    assert len(figures) >= 2
    for url, figure in figures:
        listed = text(dana.get(url))
        assert total(listed) == figure == lines_of(listed), url
        whole, missed = linked(listed)
        assert whole[1] == figure
        assert total(text(dana.get(missed[0]))) == missed[1] == lines_of(text(dana.get(missed[0])))
    days = re.findall(r'href="([^"]*)" data-days="([^"]*)"', page)
    assert days
    for url, value in days:
        assert f"{value} days" in text(dana.get(unescape(url))), url


@pytest.mark.parametrize("few_max", [0, 2_000])
def test_figures_of_the_workload_come_to_what_their_list_says(
    rows: Rows, dana: Client, few_max: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also of many customers, whose contacts are kept until a moment: what is said later changes neither."""
    monkeypatch.setattr(derived, "FEW_MAX", few_max)
    priya = User.objects.get(username="priya")
    before = text(dana.get(WORKLOAD))
    for log in ContactLog.objects.all():
        contact_logs.withdraw(log, by=priya, at=clock.now())
    logged(rows.customers["100"], priya, clock.now())
    page = text(dana.get(WORKLOAD))
    figures = linked(page)
    touched = [[each for each in linked(told) if "touched_lately" in each[0]] for told in (before, page)]
    assert (touched[0] == touched[1]) == ("of the contacts until" in page) == (few_max == 0)

    assert len(figures) >= 7
    of_reports = [each for each in figures if "/reports/" in each[0]]
    assert {url.split("/")[4] for url, _ in of_reports if "/pieces/" in url} == {
        "looked_after", "contacts", "touched_lately",
    }  # fmt: skip
    for url, figure in figures:
        listed = text(dana.get(url))
        if (url, figure) in of_reports:
            assert total(listed) == figure, url
        else:
            assert lines_of(listed) == figure, url
    # Whoever has no customer with anything in the ledger is told of no less.
    Customer.objects.filter(company=rows.company).update(collector=None)
    assert dana.get("/NG/reports/pieces/looked_after/?of=nobody").status_code == 404


def test_figures_of_the_forecast_come_to_what_their_list_says(dana: Client) -> None:
    for currency in ("GBP", "EUR"):
        page = text(dana.get(f"{FORECAST}?currency={currency}"))
        figures = linked(page)

        assert len(figures) >= 4
        assert any("/pieces/" in url for url, _ in figures)
        for url, figure in figures:
            assert total(text(dana.get(url))) == figure, url
        assert dana.get(f"{FORECAST}invoices/?currency={currency}&week=17").status_code == 404


def test_the_team_on_the_dashboard_is_what_the_workload_says(rows: Rows, dana: Client) -> None:
    chart = text(dana.get("/NG/reports/charts/team/"))
    figures = linked(chart)
    workload = linked(text(dana.get(WORKLOAD)))

    assert {url.split("/")[4] for url, _ in figures if "/pieces/" in url} == {
        "commitments_met", "commitments_fallen", "looked_after", "contacts", "touched_lately",
    }  # fmt: skip
    assert len({url for url, _ in figures} & dict(workload).keys()) >= 3
    for url, figure in figures:
        assert dict(workload).get(url, figure) == figure, url
        listed = text(dana.get(url))
        assert (total(listed) if "/reports/" in url else lines_of(listed)) == figure, url
    assert "median" in chart
    for query in ("?country=GB", "?as_of=2026-01-01"):
        said = text(dana.get(f"/NG/reports/charts/team/{query}"))
        assert "is told of today and of everybody" in said
