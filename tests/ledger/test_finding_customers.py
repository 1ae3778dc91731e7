"""Customers are found by words of number and name, and an index does it."""

import datetime as dt

import pytest
from django.db import connection

from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer, middles
from collections_app.lib import walls
from collections_app.lib.search_keys import search_key
from tests.crowd import customer
from tests.ledgerrows import company_of

AT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


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


def scans() -> int:
    """How often the index was asked in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_get_xact_numscans('customer_by_words'::regclass)")
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize("is_walled", [False, True])
def test_it_is_found_by_an_index(company: Company, is_walled: bool) -> None:
    """Behind the wall too, where PostgreSQL by itself would compare word by word."""
    # So many that an index is worth it, and PostgreSQL knows of them, whatever it found here before.
    Customer.objects.bulk_create(
        Customer(company=company, number=f"X{n}", name="", search_key=f"x{n}", currency="GBP", recorded_at=AT)
        for n in range(1000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE customer")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
    before = scans()
    with walls.around([company.pk]) if is_walled else walls.scope():
        assert Customer.objects.matching("har tools").count() == 1
    assert scans() > before


def test_behind_the_wall_nobody_of_another_company_is_found(company: Company) -> None:
    other = company_of("OT")
    customer(other, "900", name="Harrow Toolmakers")
    with walls.around([company.pk]):
        assert [each.number for each in Customer.objects.matching("har tool")] == ["C4711"]
        assert [each.number for each in Customer.objects.matching("row ool")] == ["C4711"]
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM customers_begun('har:*')")
            assert cursor.fetchone() == (2,)
            cursor.execute("SELECT count(*) FROM customers_holding('{%arrow%}')")
            assert cursor.fetchone() == (1,)


def test_a_key_with_blanks_to_spare_does_no_harm(company: Company) -> None:
    Customer.objects.filter(number="C4711").update(search_key="  000  odd  ")
    assert Customer.objects.matching("odd").count() == 1


def test_the_rarest_words_are_looked_for_first() -> None:
    assert middles("cust 4711 limited c9") == ["%4711%", "%c9%", "%limited%", "%cust%"]
