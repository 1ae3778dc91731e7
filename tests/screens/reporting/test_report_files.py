"""Every list and table of the reports leaves as CSV or as a workbook, equal to its page to the penny."""

import csv
import datetime as dt
import io
import re
from decimal import Decimal
from html import unescape
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from collections_app.ledger.customers import Customer
from collections_app.lib import clock, spreadsheets
from collections_app.people.rules import Role
from collections_app.reports import items, snapshots
from tests.desk import list_day, person
from tests.doors import signed_in, text
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load
from tests.screens.reporting.walking import drawn

pytestmark = pytest.mark.django_db

LEDGER = """
customer 100 "Harrow Tools" country=GB
invoice 100 A1 1200.10 due=-95 issued=-125
invoice 100 A2 500.00 due=+5 issued=-25
invoice 100 A3 77.77 due=-12 issued=-42
customer 200 "Brandt GmbH" country=DE
invoice 200 B1 3000.00 due=-40 issued=-70
receipt 200 P1 250.00 on=-3
allocation P1 B1 150.00 on=-3
credit_note 200 C1 40.00 on=-9
customer 300 "Calder Ltd" country=GB
invoice 300 D1 900.00 due=-20 issued=-50
invoice 300 E1 10.00 due=-1 issued=-31 currency=EUR
invoice 300 Y1 5000 due=-1 issued=-31 currency=JPY
"""


@pytest.fixture
def rows() -> Rows:
    company = company_of("NG", time_zone="Europe/London", country="GB")
    at = clock.now()
    rows = load(LEDGER, company=company, today=company.today(at=at))
    list_day(company, at=at)
    snapshots.refresh(company=company, today=company.today(at=at), at=at)
    return rows


@pytest.fixture
def dana(rows: Rows) -> Client:
    return signed_in(person(rows.company, "dana", Role.MANAGER))


def taken(dana: Client, url: str) -> tuple[str, bytes]:
    """The name of a file and what is in it."""
    answer: Any = dana.get(url)
    assert answer.status_code == 200, url
    return answer["Content-Disposition"], b"".join(answer.streaming_content)


def content(dana: Client, url: str) -> bytes:
    return taken(dana, url)[1]


def as_csv(dana: Client, url: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content(dana, url).decode("utf-8-sig"), newline="")))


def as_workbook(dana: Client, url: str) -> list[dict[str, Any]]:
    book = openpyxl.load_workbook(io.BytesIO(content(dana, url)))
    heads, *found = list(book.worksheets[0].values)
    return [dict(zip(map(str, heads), row, strict=True)) for row in found]


def files_on(html: str) -> list[str]:
    return [unescape(url) for url in re.findall(r'href="([^"]*/reports/\w+\.(?:csv|xlsx)[^"]*)"', html)]


def shown_total(html: str) -> Decimal:
    return Decimal(re.findall(r'data-total="([^"]*)"', html)[0])


@pytest.mark.parametrize("query", ["", "&currency=JPY", "&country=GB"])
@pytest.mark.parametrize("page", ["customers", "documents"])
def test_a_list_adds_up_to_its_page_in_both_kinds_of_file(dana: Client, page: str, query: str) -> None:
    for part in ("total", "owed", "overdue_31", "unallocated", "received"):
        html = text(dana.get(f"/NG/reports/{page}/?part={part}{query}"))
        plain = [f"/NG/reports/{page}.{kind}?part={part}{query}" for kind in ("csv", "xlsx")]
        link, workbook = files_on(html) or plain  # a list with nothing in it has no links

        of_csv = [Decimal(row["Amount"]) for row in as_csv(dana, link)]
        of_book = [Decimal(str(row["Amount"])) for row in as_workbook(dana, workbook)]

        assert sum(of_csv) == sum(of_book) == shown_total(html), part
        assert len(of_csv) == len(of_book)


def test_a_list_of_several_chunks_is_whole_and_takes_as_many_queries(
    dana: Client, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(items, "CHUNK_ROWS", 2)
    more = "\n".join(f"invoice 300 N{n} 1.11 due=-{n + 1} issued=-60" for n in range(60))
    url = "/NG/reports/documents.csv?part=overdue"
    content(dana, url)
    with CaptureQueriesContext(connection) as before:
        few = as_csv(dana, url)
    load(f"customer 300\n{more}", company=rows.company, today=rows.company.today(at=clock.now()))

    with CaptureQueriesContext(connection) as after:
        many = as_csv(dana, url)

    assert len(many) == len(few) + 60
    assert len(after) == len(before)
    assert sum(Decimal(row["Amount"]) for row in many) == shown_total(
        text(dana.get("/NG/reports/documents/?part=overdue"))
    )


def test_all_files_of_the_dashboard_can_be_taken_and_have_rows(dana: Client) -> None:
    links = files_on(drawn(dana, "/NG/reports/")) + files_on(text(dana.get("/NG/reports/measures/")))

    assert len(links) == 26
    for url in links:
        assert (as_csv if ".csv" in url else as_workbook)(dana, url), url


def test_the_ageing_file_has_the_parts_of_the_balance_with_their_currency(dana: Client, rows: Rows) -> None:
    today = rows.company.today(at=clock.now())

    first = as_csv(dana, "/NG/reports/ageing.csv")[0]

    assert first["At the end of"] == today.isoformat()
    assert first["Currency"] == "GBP"
    # 1,200.10 + 500 + 77.77 + 2,850 + 900 owed; 40 of credit notes and 100 of money not set against any.
    assert first["Owed"] == "5527.87"
    assert first["not overdue"] == "500.00"
    assert first["31–60 days"] == "2850.00"
    assert (first["Credit notes"], first["Unallocated"]) == ("-40.00", "-100.00")
    assert first["Balance"] == "5387.87"
    assert first["Overdue, per cent of owed"] == "91.0"


def test_a_measure_in_the_file_reads_as_on_its_page(dana: Client) -> None:
    html = text(dana.get("/NG/reports/measures/"))
    rows = as_csv(dana, "/NG/reports/measures.csv")

    values = {(row["Measure"], row["Variant"]): row for row in rows if row["Line"] == "value"}
    share = values["Share not overdue", "by amount"]

    assert share["Unit"] == "per cent"
    assert f"Share not overdue, by amount: {share['Value']} %" in html
    inputs = [row for row in rows if row["Measure"] == "Share not overdue" and row["Line"] == "owed"]
    assert [(row["Currency"], row["Value"]) for row in inputs] == [("GBP", "5527.87")]


def test_a_name_that_looks_like_a_formula_is_a_text_in_both(dana: Client, rows: Rows) -> None:
    Customer.objects.filter(pk=rows.customers["100"].pk).update(name="=HYPERLINK(1)")
    names = {row["Customer"] for row in as_csv(dana, "/NG/reports/customers.csv?part=owed")}
    book = openpyxl.load_workbook(
        io.BytesIO(content(dana, "/NG/reports/customers.xlsx?part=owed")), data_only=False
    )
    (cell,) = (each for row in book.worksheets[0] for each in row if each.value == "=HYPERLINK(1)")

    assert "'=HYPERLINK(1)" in names
    assert cell.data_type == "s" or cell.quotePrefix
    assert cell.quotePrefix


def test_figures_and_days_of_a_workbook_are_figures_and_days(dana: Client, rows: Rows) -> None:
    (row,) = as_workbook(dana, "/NG/reports/documents.xlsx?part=credits")

    assert row["Amount"] == -40
    assert isinstance(row["Posted"], dt.datetime)
    assert row["Currency"] == "GBP"


def test_yen_have_no_decimals(dana: Client) -> None:
    (row,) = as_csv(dana, "/NG/reports/documents.csv?part=owed&currency=JPY")

    assert row["Amount"] == "5000"


def test_the_file_says_of_what_and_when_it_is(dana: Client, rows: Rows) -> None:
    today = rows.company.today(at=clock.now())
    url = "/NG/reports/documents.{}?part=overdue&country=GB"

    name = unquote(taken(dana, url.format("csv"))[0])
    book = openpyxl.load_workbook(io.BytesIO(content(dana, url.format("xlsx"))))
    about = dict(list(book["About"].values))

    assert f"NG, Overdue by document, {today}, GBP, Country GB, read {today}" in name
    assert about["At the end of"].date() == today
    assert (about["Company"], about["Currency"], about["Country"]) == ("NG Ltd", "GBP", "GB") or about[
        "Company"
    ].startswith("NG ")
    assert Decimal(str(about["Total"])) == Decimal("2177.87")
    assert about["Rows"] == 3


@pytest.mark.parametrize("url", ["customers.pdf", "secrets.csv", "documents.csv?part=secrets"])
def test_a_file_that_there_is_not_is_not_found(dana: Client, url: str) -> None:
    assert dana.get(f"/NG/reports/{url}").status_code == 404


def test_a_filter_that_cannot_be_read_makes_no_file_of_something_else(dana: Client) -> None:
    answer = dana.get("/NG/reports/documents.csv?part=owed&country=XX")

    assert answer.status_code == 422
    assert "There is none of that name in this report." in text(answer)


def test_a_workbook_ends_where_one_would_wait_too_long_and_csv_does_not(
    dana: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreadsheets, "WORKBOOK_ROWS_MAX", 2)

    refused = dana.get("/NG/reports/documents.xlsx?part=owed")

    assert refused.status_code == 422
    assert "Take the CSV file" in text(refused)
    assert len(as_csv(dana, "/NG/reports/documents.csv?part=owed")) == 5


def test_files_are_for_those_who_see_the_whole_company(rows: Rows) -> None:
    collector = signed_in(person(rows.company, "priya", Role.COLLECTOR))
    stranger = signed_in(person(company_of("OTHER"), "eve", Role.MANAGER))

    for table in ("documents", "ageing", "measures"):
        assert collector.get(f"/NG/reports/{table}.csv").status_code == 403
        assert stranger.get(f"/NG/reports/{table}.csv").status_code == 404


@pytest.mark.parametrize(
    "asked",
    [
        "what=moved_overdue&known_on=2026-01-01",
        "what=collected&of=garbage",
        "what=contacts&of=me",
        "what=none",
    ],
)
def test_a_file_of_what_there_is_not_is_as_little_there_as_its_page(dana: Client, asked: str) -> None:
    for kind in ("csv", "xlsx"):
        assert dana.get(f"/NG/reports/pieces.{kind}?{asked}").status_code == 404
