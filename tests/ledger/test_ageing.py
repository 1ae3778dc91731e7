"""Ageing: each open item stands in exactly one place, and all places add up to the ledger."""

import datetime as dt
from decimal import Decimal

import pytest

from collections_app.ledger import ageing
from collections_app.ledger.companies import Company
from tests import ledgertext
from tests.ledgerrows import company_of, moment

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(1)


def amounts(found: ageing.CurrencyAgeing) -> dict[str, Decimal]:
    """The parts that hold something, by the first day of a bucket or by name."""
    named = {"not due": found.not_due, "credits": found.credits, "unallocated": found.unallocated}
    named |= {str(bucket.first): part for bucket, part in zip(found.buckets, found.aged, strict=True)}
    return {name: part.amount for name, part in named.items() if part.count}


def aged(text: str, *, today: dt.date, company: Company | None = None) -> dict[str, Decimal]:
    company = company or company_of()
    ledgertext.load("customer 100\n" + text, company=company, today=today)
    return amounts(ageing.as_of(company=company, day=today).currencies["GBP"])


@pytest.mark.parametrize(
    ("due", "place"),
    [
        ("+30", "not due"), ("+1", "not due"), ("0", "not due"), ("never", "not due"),
        ("-1", "1"), ("-30", "1"), ("-31", "31"), ("-60", "31"), ("-61", "61"), ("-90", "61"), ("-91", "91"),
        ("-4000", "91"),
    ],
)  # fmt: skip
def test_it_puts_an_invoice_into_its_bucket_at_every_boundary(due: str, place: str, today: dt.date) -> None:
    assert aged(f"invoice 100 A 10.00 due={due} issued=2010-01-01", today=today) == {place: Decimal("10.00")}


def test_it_ages_by_invoice_date_when_asked(today: dt.date) -> None:
    """A published case, its buckets moved to ours: 1, 2 (7 days), 3 (14), 4 (30), 5 (45), 6 (60), 100 (15),
    credit 3."""
    text = """
    customer A
    customer B
    invoice A 1 1.00 issued=0 due=never
    invoice A 2 2.00 issued=-7 due=never
    invoice A 3 3.00 issued=-14 due=+7
    invoice A 4 4.00 issued=-30 due=-7
    invoice A 5 5.00 issued=-45 due=-45
    invoice A 6 6.00 issued=-60 due=-60
    credit_note A C 3.00 issued=-60 due=never
    invoice B 7 100.00 issued=-15 due=never
    """
    rows = ledgertext.load(text, company=company_of(), today=today)

    by_invoice = ageing.as_of(
        company=rows.company, day=today, by="invoice", edges=(6, 13, 29, 59)
    ).currencies["GBP"]
    by_due = ageing.as_of(company=rows.company, day=today, edges=(29, 59)).currencies["GBP"]
    only_a = ageing.as_of(
        company=rows.company, day=today, by="invoice", customers=[rows.customers["A"].pk]
    ).currencies["GBP"]

    assert amounts(by_invoice) == {"not due": 1, "7": 2, "14": 103, "30": 9, "60": 6, "credits": -3}
    assert [part.count for part in by_invoice.aged] == [0, 1, 2, 2, 1]
    assert amounts(by_due) == {"not due": 106, "1": 4, "30": 5, "60": 6, "credits": -3}
    assert amounts(only_a) == {"not due": 1, "1": 9, "31": 11, "credits": -3}


def test_it_shows_credits_and_money_not_yet_set_against_invoices_apart(today: dt.date) -> None:
    text = """
    invoice 100 A 100.00 due=-1
    invoice 100 B 100.00 due=never
    credit_note 100 C 50.54 on=-15
    receipt 100 P 30.00 on=-2
    refund 100 F 5.00 on=-1
    """
    assert aged(text, today=today) == {
        "1": Decimal("100.00"),
        "not due": Decimal("100.00"),
        "credits": Decimal("-50.54"),
        "unallocated": Decimal("-25.00"),
    }


def test_it_keeps_an_invoice_with_a_penny_open(today: dt.date) -> None:
    text = "invoice 100 A 100.00 due=-40\nreceipt 100 P 99.99 on=-3\nallocation P A 99.99 on=-3"
    assert aged(text, today=today) == {"31": Decimal("0.01")}


def test_it_ages_what_is_left_of_each_instalment(today: dt.date) -> None:
    text = """
    invoice 100 A1 60.00 due=-40 line=1
    invoice 100 A2 100.00 due=-10 line=2
    invoice 100 A3 40.00 due=+20 line=3
    receipt 100 P 40.00 on=-3
    credit_note 100 C 100.00 on=-2
    allocation P A1 40.00 on=-3
    allocation C A2 80.00 on=-2
    allocation C A1 20.00 on=-2
    """
    assert aged(text, today=today) == {"1": Decimal("20.00"), "not due": Decimal("40.00")}


def test_it_rebuilds_the_ledger_of_a_past_day(today: dt.date) -> None:
    text = """
    customer 100
    invoice 100 A 100.00 issued=-60 due=-30
    receipt 100 P 100.00 on=-20
    allocation P A 100.00 on=-20 name=all
    undo all on=-10
    reversal 100 R of=P on=-10
    """
    rows = ledgertext.load(text, company=company_of(), today=today)

    def on(offset: int) -> dict[str, Decimal]:
        return amounts(ageing.as_of(company=rows.company, day=today + offset * DAY).currencies["GBP"])

    assert on(-61) == {}
    assert on(-60) == on(-30) == {"not due": Decimal("100.00")}
    assert on(-29) == on(-21) == {"1": Decimal("100.00")}
    assert on(-20) == on(-11) == {}
    assert on(-10) == on(0) == {"1": Decimal("100.00")}
    assert on(31) == {"61": Decimal("100.00")}


def test_it_does_not_count_an_allocation_before_the_invoice_is_there(today: dt.date) -> None:
    """Paid in advance: until the invoice is posted the money is unallocated, whatever the allocation says."""
    text = """
    customer 100
    receipt 100 P 100.00 on=-20
    invoice 100 A 100.00 issued=-10
    allocation P A 100.00 on=-20
    """
    rows = ledgertext.load(text, company=company_of(), today=today)

    before = ageing.as_of(company=rows.company, day=today - 15 * DAY).currencies["GBP"]
    after = ageing.as_of(company=rows.company, day=today).currencies["GBP"]

    assert amounts(before) == {"unallocated": Decimal("-100.00")}
    assert amounts(after) == {}


def test_it_tells_a_past_day_as_it_is_known_now_and_as_it_was_known_then(today: dt.date) -> None:
    text = """
    customer 100
    invoice 100 A 100.00 issued=-60 due=-30
    receipt 100 P 40.00 on=-20 known=-5
    allocation P A 40.00 on=-20 known=-5
    correction A amount=90.00 due=+5 known=-3
    """
    rows = ledgertext.load(text, company=company_of(), today=today)

    def on_the_twentieth(known: int | None) -> dict[str, Decimal]:
        known_at = None if known is None else moment(today + known * DAY)
        return amounts(
            ageing.as_of(company=rows.company, day=today - 20 * DAY, known_at=known_at).currencies["GBP"]
        )

    assert on_the_twentieth(None) == {"not due": Decimal("50.00")}
    assert on_the_twentieth(-10) == {"1": Decimal("100.00")}
    assert on_the_twentieth(-4) == {"1": Decimal("60.00")}
    assert on_the_twentieth(-3) == {"not due": Decimal("50.00")}


def test_it_never_adds_currencies_and_answers_zeros_for_an_empty_ledger(today: dt.date) -> None:
    company = company_of()
    empty = ageing.as_of(company=company, day=today)
    ledgertext.load(
        "customer 100\ninvoice 100 A 7.00 currency=EUR\ninvoice 100 B 9 currency=JPY",
        company=company,
        today=today,
    )
    found = ageing.as_of(company=company, day=today)

    assert empty.currencies["GBP"].total == 0
    assert {name: part.total for name, part in found.currencies.items()} == {"EUR": 7, "JPY": 9}


def test_it_leaves_other_companies_out(today: dt.date) -> None:
    other = company_of("OT")
    ledgertext.load("customer 100\ninvoice 100 A 7.00", company=other, today=today)

    assert aged("invoice 100 A 5.00 due=-1", today=today) == {"1": Decimal("5.00")}


def test_it_refuses_buckets_that_do_not_rise(today: dt.date) -> None:
    with pytest.raises(ValueError, match="rise, like 30,60,90"):
        ageing.as_of(company=company_of(), day=today, edges=(30, 30))
