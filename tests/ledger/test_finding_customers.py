"""Customers are found by words of number and name, and an index does it."""

import pytest
from django.db import connection

from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib.search_keys import search_key
from tests.crowd import customer
from tests.ledgerrows import company_of


@pytest.fixture
def company(db: None) -> Company:
    company = company_of()
    customer(company, "0000712", name="Brändt & Söhne Maschinenbau GmbH")
    customer(company, "C4711", name="Harrow Tools Ltd")
    customer(company, "712999", name="Harbour 3M Supplies Ltd")
    return company


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("brandt", ["0000712"]),
        ("SÖH", ["0000712"]),
        ("har", ["712999", "C4711"]),
        ("ltd har", ["712999", "C4711"]),
        ("har tools", ["C4711"]),
        ("712", ["0000712", "712999"]),  # its number without the zeros, too
        ("0000712", ["0000712"]),
        ("00712", ["0000712"]),  # begins no word, so it is looked for anywhere
        ("bau", ["0000712"]),
        ("4711", ["C4711"]),
        ("3m", ["712999"]),
        ("o'brien & \\ ' : * | !", []),
        ("zzz", []),
        ("", ["0000712", "712999", "C4711"]),
    ],
)
def test_words_find_customers_by_how_they_begin_or_else_anywhere(
    company: Company, words: str, found: list[str]
) -> None:
    matching = Customer.objects.filter(company=company).matching(search_key(words))
    assert list(matching.order_by("number").values_list("number", flat=True)) == found


def test_the_beginning_of_a_word_goes_before_its_middle(company: Company) -> None:
    customer(company, "900", name="Tools and More")
    customer(company, "901", name="Footools")
    matching = Customer.objects.filter(company=company).matching("tools")
    assert list(matching.order_by("number").values_list("number", flat=True)) == ["900", "C4711"]


def test_it_is_found_by_an_index(company: Company) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
    plan = Customer.objects.matching("har tools").explain()
    assert "Bitmap Index Scan on customer_by_words" in plan


def test_a_key_with_blanks_to_spare_does_no_harm(company: Company) -> None:
    Customer.objects.filter(number="C4711").update(search_key="  000  odd  ")
    assert Customer.objects.matching("odd").count() == 1
