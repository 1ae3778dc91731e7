"""The reports in one currency: every figure opens the lines that it is the sum of, each at a rate shown."""

import csv
import datetime as dt
import json
import re
from decimal import Decimal
from html import unescape
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from openpyxl import load_workbook

from collections_app.ledger.exchange_rates import ExchangeRate
from collections_app.lib import clock, money
from collections_app.people.rules import Role
from collections_app.reports import snapshots
from tests.desk import list_day, person
from tests.doors import signed_in, text
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load

pytestmark = pytest.mark.django_db

# The cents are such that converting sums and converting invoices would come out differently.
LEDGER = """
customer 100 "Harrow Tools" country=GB
invoice 100 A1 1200.10 due=-95 issued=-125
invoice 100 A2 500.00 due=+5 issued=-2
customer 200 "Brandt GmbH" country=DE
invoice 200 B1 3000.02 due=-40 issued=-70 currency=EUR
invoice 200 B2 3000.02 due=-41 issued=-70 currency=EUR
invoice 200 B3 0.33 due=-130 issued=-160 currency=EUR
invoice 200 B4 777.77 due=+9 issued=-2 currency=EUR
receipt 200 P1 250.05 on=-1 currency=EUR
customer 300 "Calder Inc" country=US
invoice 300 D1 900.99 due=-20 issued=-50 currency=USD
invoice 300 J1 50000 due=-3 issued=-33 currency=JPY
"""
EUR, USD = Decimal("0.86215"), Decimal("0.75")


@pytest.fixture
def rows() -> Rows:
    company = company_of("NG", time_zone="Europe/London", country="GB")
    at = clock.now()
    today = company.today(at=at)
    rows = load(LEDGER, company=company, today=today)
    list_day(company, at=at)
    for currency, rate, age in (("EUR", EUR, 3), ("USD", USD, 0), ("JPY", Decimal("0.005"), 60)):
        ExchangeRate.objects.create(
            company=company,
            currency=currency,
            valid_from=today - dt.timedelta(age),
            rate=rate,
            source="a central bank",
        )
    return rows


@pytest.fixture
def dana(rows: Rows) -> Client:
    return signed_in(person(rows.company, "dana", Role.MANAGER))


def linked(html: str) -> list[tuple[str, Decimal]]:
    found = re.findall(r'<a\b[^>]*href="([^"]*)"[^>]*data-figure="([^"]*)"', html)
    return [
        (unescape(url), Decimal(re.sub(r"[^\d.\-−]", "", figure).replace("−", "-"))) for url, figure in found
    ]


def content(dana: Client, url: str) -> bytes:
    answer: Any = dana.get(url)
    return b"".join(answer.streaming_content)


def as_csv(dana: Client, url: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content(dana, url).decode("utf-8-sig"))))


def workbook(dana: Client, url: str) -> dict[str, str]:
    """Each sheet's texts, by its name."""
    book = load_workbook(BytesIO(content(dana, url)))
    return {sheet.title: str([list(row) for row in sheet.iter_rows(values_only=True)]) for sheet in book}


def total(html: str) -> Decimal:
    (found,) = re.findall(r'data-total="([^"]*)"', html)
    return Decimal(found)


def keep(rows: Rows) -> None:
    at = clock.now()
    snapshots.refresh(company=rows.company, today=rows.company.today(at=at), at=at)


@pytest.mark.parametrize(
    ("query", "is_kept"),
    [
        ("into=GBP", True),
        ("into=EUR", False),
        ("into=USD&country=DE", True),
        ("into=USD&country=DE", False),
        ("into=GBP&as_of={past}", False),
    ],
)
def test_every_converted_figure_opens_lines_that_add_up_to_it_down_to_the_invoices(
    rows: Rows, dana: Client, query: str, is_kept: bool
) -> None:
    if is_kept:
        keep(rows)
    past = rows.company.today(at=clock.now()) - dt.timedelta(1)
    page = text(dana.get(f"/NG/reports/?{query.format(past=past.isoformat())}"))
    figures, read = set(linked(page)), dict[str, str]()

    def answer(url: str) -> str:
        if url not in read:
            read[url] = text(dana.get(url))
        return read[url]

    assert len(figures) >= 13
    for url, figure in figures:
        lines = answer(url)
        assert total(lines) == figure, url
        converted = [Decimal(each) for each in re.findall(r'data-converted="([^"]*)"', lines)]
        assert sum(converted) == figure
        # Beneath a line all is in its own currency; to the invoices it is the third click at most.
        for of_currency, own in linked(lines):
            customers = answer(of_currency)
            assert total(customers) == own, of_currency
            for documents, amount in linked(customers):
                assert total(answer(documents)) == amount


def test_a_line_is_its_amount_at_the_rate_beside_it_rounded_once(rows: Rows, dana: Client) -> None:
    page = text(dana.get("/NG/reports/customers/?part=overdue&into=GBP"))

    # Not 5,172.94, which converting the two invoices of 3,000.02 one by one would give.
    assert money.rounded(Decimal("6000.04") * EUR, "GBP") == Decimal("5172.93")
    expected = Decimal("1200.10") + Decimal("5172.93") + Decimal("0.28") + Decimal("675.74")
    assert total(page) == expected
    assert "0.86215" in page


def test_the_rates_are_named_with_their_day_age_and_source(rows: Rows, dana: Client) -> None:
    day = rows.company.today(at=clock.now()) - dt.timedelta(3)
    page = text(dana.get("/NG/reports/?into=GBP"))

    assert f"1 EUR = 0.86215 GBP (EUR of {day:%-d %B %Y}, 3 days old, a central bank)" in page
    assert f"Money in GBP: 1 EUR = 0.86215 of {day:%-d %B %Y}" in page
    assert "Each age of each currency is rounded once" in page


def test_what_has_no_fresh_rate_stays_apart_and_can_be_reached(rows: Rows, dana: Client) -> None:
    page = text(dana.get("/NG/reports/?into=GBP"))

    assert "JPY stays apart, in its own amounts: the newest rate of JPY is of" in page
    assert "60 days old" in page
    (way,) = re.findall(r'<a href="([^"]*)">The reports in JPY', page)
    assert "50,000" in text(dana.get(unescape(way)))
    lines = text(dana.get("/NG/reports/customers/?part=overdue&into=GBP"))
    assert "JPY stays apart" in lines
    assert "50,000" in lines


def test_nothing_is_added_across_currencies_without_being_asked_for(rows: Rows, dana: Client) -> None:
    keep(rows)
    page = text(dana.get("/NG/reports/?currency=GBP"))

    (balance,) = (amount for url, amount in linked(page) if "part=total" in url)
    assert balance == Decimal("1700.10")
    assert "Converted into GBP" not in page


def test_a_months_figures_are_told_at_the_rates_of_the_report(rows: Rows, dana: Client) -> None:
    keep(rows)
    page = text(dana.get("/NG/reports/?into=GBP"))

    of_last_month = [(url, figure) for url, figure in linked(page) if "rates_on=" in url]
    assert of_last_month
    for url, figure in of_last_month:
        assert total(text(dana.get(url))) == figure


def test_files_are_converted_as_the_page_is_and_name_the_rates(rows: Rows, dana: Client) -> None:
    page = text(dana.get("/NG/reports/customers/?part=overdue&into=GBP"))
    lines = as_csv(dana, "/NG/reports/customers.csv?part=overdue&into=GBP")

    assert sum(Decimal(line["Converted"]) for line in lines) == total(page)
    assert {line["Into"] for line in lines} == {"GBP"}
    for table in ("amounts", "ageing", "dso", "effectiveness", "bridge", "top", "measures"):
        said = workbook(dana, f"/NG/reports/{table}.xlsx?into=GBP")
        assert "1 EUR = 0.86215 GBP" in said["About"], table
        assert "JPY stays apart" in said["About"], table


def test_the_top_list_is_in_the_order_of_what_it_comes_to(rows: Rows, dana: Client) -> None:
    top = text(dana.get("/NG/reports/charts/top/?into=GBP"))

    assert top.index("Brandt GmbH") < top.index("Harrow Tools") < top.index("Calder Inc")
    assert "€6,000.37" in top


def test_all_measures_are_told_in_one_currency_and_a_strange_one_is_not_asked_for(
    rows: Rows, dana: Client
) -> None:
    page = text(dana.get("/NG/reports/measures/?into=EUR"))

    assert "Converted into EUR" in page
    assert "JPY stays apart" in page
    assert "There is none of that name in this report." in text(dana.get("/NG/reports/?into=XXX"))


def test_a_view_keeps_into_what_it_is_converted(rows: Rows, dana: Client) -> None:
    kept = dana.post("/NG/reports/views/", {"name": "All in euro", "currency": "GBP", "into": "EUR"})

    assert kept.status_code == 303
    assert "into=EUR" in kept["Location"]
    assert "Converted into EUR" in text(dana.get(kept["Location"]))


def test_the_bridge_is_converted_and_its_ends_open(rows: Rows, dana: Client) -> None:
    keep(rows)
    page = text(dana.get("/NG/reports/bridge/?into=GBP"))

    for url, figure in linked(page):
        assert total(text(dana.get(url))) == figure, url


def test_machines_get_the_measures_in_one_currency_with_the_rates(rows: Rows) -> None:
    said = StringIO()

    call_command("measures", "--company", "NG", "--into", "gbp", "--json", stdout=said)

    found = json.loads(said.getvalue())
    assert sorted(found["currencies"]) == ["GBP", "JPY"]
    overdue = Decimal(found["currencies"]["GBP"]["buckets"][1]["amount"])
    assert overdue == money.rounded(Decimal("6000.04") * EUR, "GBP")
    assert [each["currency"] for each in found["conversion"]["rates"]] == ["EUR", "GBP", "USD"]
    assert found["conversion"]["rates"][0]["quotes"][0]["source"] == "a central bank"
    assert found["conversion"]["apart"][0]["currency"] == "JPY"
