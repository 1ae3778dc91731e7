"""Documents are found by the beginning of their number through an index, also behind the wall."""

import datetime as dt

import pytest
from django.db import connection

from collections_app.ledger.companies import Company
from collections_app.ledger.invoices import Invoice
from collections_app.lib import walls
from collections_app.lib.beginnings import begins
from tests.ledgerrows import company_of
from tests.ledgertext import load


@pytest.fixture
def company(db: None, today: dt.date) -> Company:
    company = company_of()
    load(
        "customer 100\ninvoice 100 A%1 12.00 due=-9\ninvoice 100 a%1 10.00 due=-9\ninvoice 100 B1 5.00 due=9",
        company=company,
        today=today,
    )
    return company


@pytest.mark.parametrize(("words", "found"), [("A%", ["A%1"]), ("a", ["a%1"]), ("_", []), ("1", [])])
def test_what_begins_so_is_found_letter_for_letter(company: Company, words: str, found: list[str]) -> None:
    asked = Invoice.objects.filter(begins("number", words), company=company)
    assert list(asked.values_list("number", flat=True)) == found


def test_behind_the_wall_an_index_finds_it(company: Company, today: dt.date) -> None:
    many = "\n".join(f"invoice 200 N{number} 5.00 due=9" for number in range(1500))
    load(f"customer 200\n{many}", company=company, today=today)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE invoice")
    with walls.around([company.pk]):
        plan = Invoice.objects.filter(begins("number", "A%"), company=company).explain()
    assert "number" in plan.partition("Index Cond")[2].partition("\n")[0], plan
