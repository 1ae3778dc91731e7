"""The aged list by customer leaves as a file, by due date or by the date of the invoice, in any buckets."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client

from collections_app.people.rules import Role
from tests.desk import person
from tests.doors import signed_in, text
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load
from tests.screens.reporting.test_report_files import as_csv, as_workbook, files_on, taken
from tests.screens.reporting.walking import drawn

pytestmark = pytest.mark.django_db

LEDGER = """
customer 100 "Harrow Tools" country=GB
invoice 100 A1 120.00 due=-41 issued=-71
invoice 100 A2 30.50 due=+1 issued=-29
customer 200 "Brandt GmbH" country=DE
invoice 200 B1 90.00 due=-5 issued=-35
invoice 200 B2 9.00 due=never issued=0
invoice 200 B3 7.00 due=-5 issued=-35 currency=EUR
credit_note 200 C1 20.00 on=-5
receipt 200 P1 1.00 on=-5
"""


@pytest.fixture
def rows(today: dt.date) -> Rows:
    return load(LEDGER, company=company_of("NG", country="GB"), today=today)


@pytest.fixture
def dana(rows: Rows) -> Client:
    return signed_in(person(rows.company, "dana", Role.MANAGER))


def aged(dana: Client, by: str, query: str = "") -> list[list[str]]:
    url = f"/NG/reports/aged_by_{by}.csv?as_of=2026-03-11&currency=GBP&buckets=30,60{query}"
    return [[*row.values()] for row in as_csv(dana, url)]


def test_it_is_aged_by_due_date_and_by_the_date_of_the_invoice(dana: Client) -> None:
    harrow, brandt = ["100", "Harrow Tools", "GBP"], ["200", "Brandt GmbH", "GBP"]

    assert aged(dana, "due") == [
        [*harrow, "30.50", "0.00", "120.00", "0.00", "0.00", "0.00", "150.50"],
        [*brandt, "9.00", "90.00", "0.00", "0.00", "-20.00", "-1.00", "78.00"],
    ]
    assert aged(dana, "invoice") == [
        [*harrow, "0.00", "30.50", "0.00", "120.00", "0.00", "0.00", "150.50"],
        [*brandt, "9.00", "0.00", "90.00", "0.00", "-20.00", "-1.00", "78.00"],
    ]


def test_it_narrows_and_tells_what_was_known(dana: Client, rows: Rows, today: dt.date) -> None:
    late = "customer 100\ninvoice 100 LATE 5.00 due=-20 issued=-50 known=0"
    load(late, company=rows.company, today=today)

    assert [row[0] for row in aged(dana, "due", "&country=DE")] == ["200"]
    assert aged(dana, "due")[0][-1] == "155.50"
    assert aged(dana, "due", f"&known_on={today - dt.timedelta(1)}")[0][-1] == "150.50"


def test_its_file_says_how_it_is_aged_and_agrees_with_the_ledger(dana: Client) -> None:
    page = drawn(dana, "/NG/reports/?as_of=2026-03-11&currency=GBP")
    links = [url for url in files_on(page) if "aged_by_invoice" in url]

    found = as_workbook(dana, next(url for url in links if ".xlsx" in url))

    assert sum(Decimal(str(row["Balance"])) for row in found) == Decimal("228.50")
    assert "Aged by invoice date" in taken(dana, links[0])[0]


@pytest.mark.parametrize("buckets", ["60,30", "a", "30,", "1,2,3,4,5,6,7,8,9,10,11,12,13"])
def test_what_are_no_buckets_is_not_found(dana: Client, buckets: str) -> None:
    answer = dana.get(f"/NG/reports/aged_by_due.csv?buckets={buckets}")

    assert answer.status_code == 404
    assert "Table" not in text(answer)
