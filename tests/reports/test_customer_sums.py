"""What was kept of customers, with those about whom something was posted or disputed since, is what all rows
say: to the penny, in the same order, whoever it is narrowed to.
"""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from collections_app.contact import disputes
from collections_app.ledger.customers import Customer
from collections_app.reports import customer_sums, items, snapshots
from collections_app.reports.derived import Asked
from collections_app.reports.items import Listed
from collections_app.reports.narrowing import ALL, Narrowed
from collections_app.reports.rules.parts import PARTS
from collections_app.reports.rules.totals import Flow, Standing
from collections_app.reports.snapshot_rows import CustomerSum, Snapshot
from tests.desk import person
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 11, 12, 0, tzinfo=dt.UTC)
TODAY = NOW.date()
LEDGER = """
customer 100 "Harrow Tools" country=GB
invoice 100 A1 1200.10 due=-95 issued=-125
invoice 100 A2 500.00 due=+5 issued=-25
invoice 100 A3 77.77 due=-12 issued=-42
customer 200 "Brandt GmbH" country=DE
invoice 200 B1 3000.00 due=-40 issued=-70
invoice 200 B2 800.00 due=-130 issued=-160
receipt 200 P1 250.00 on=-3
allocation P1 B1 150.00 on=-3
credit_note 200 C1 40.00 on=-9
customer 300 "Calder Ltd" country=GB
invoice 300 D1 900.00 due=-20 issued=-50
invoice 300 D2 65.00 due=0 issued=-100
invoice 300 E1 10.00 due=-1 issued=-31 currency=EUR
customer 400 "Paid Ltd" country=GB
invoice 400 F1 120.00 due=-5 issued=-8
receipt 400 P2 120.00 on=-2
allocation P2 F1 120.00 on=-2
"""
LATER = """
customer 100 "Harrow Tools"
invoice 100 A4 1.23 due=-31 issued=-33
receipt 100 P3 77.77 on=-1
allocation P3 A3 77.77 on=-1
customer 500 "Newcomer" country=DE
invoice 500 G1 9999.00 due=-1 issued=-2
"""


@pytest.fixture
def rows() -> Rows:
    company = company_of("NG", country="GB")
    rows = load(LEDGER, company=company, today=TODAY)
    snapshots.refresh(company=company, today=TODAY, at=NOW)
    return rows


def _asked(rows: Rows, narrowed: Narrowed = ALL) -> Asked:
    return Asked(rows.company, TODAY, None, narrowed)


def _dispute(rows: Rows, *numbers: str) -> None:
    priya = person(rows.company, "priya")
    for number in numbers:
        invoice = rows.invoices[number]
        disputes.lodge(
            customer=invoice.customer, invoice=invoice, amount=Decimal("70.07"), reason="PRICE", by=priya,
            at=NOW + dt.timedelta(minutes=5),
        )  # fmt: skip


def _nothing_less(found: customer_sums.ByCurrency) -> customer_sums.ByCurrency:
    return {currency: each for currency, each in found.items() if each != (Standing(), Flow())}


def _lists(asked: Asked) -> list[Listed]:
    """All of them; what each row tells of the whole besides is told of the whole already."""
    found = [
        listed(asked, part=part, currency=currency)
        for listed in (items.customers, items.documents)
        for part in PARTS
        for currency in ("GBP", "EUR", "USD")
    ]
    beside = {"whole", "customers", "items"}
    return [
        replace(each, rows=[{name: row[name] for name in row.keys() - beside} for row in each.rows])
        for each in found
    ]


@pytest.mark.parametrize(
    "narrowed", [ALL, Narrowed(country="GB"), Narrowed(country="DE"), Narrowed(segment="")]
)
@pytest.mark.parametrize("later", ["", LATER, "disputed"])
def test_figures_and_lists_are_those_of_all_rows(
    rows: Rows, narrowed: Narrowed, later: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if later == "disputed":
        _dispute(rows, "A1", "B1")
    elif later:
        load(later, company=rows.company, today=TODAY)
    asked = _asked(rows, narrowed)
    found = customer_sums.basis(asked)
    assert found is not None
    assert len(found.touched) == (2 if later else 0)
    sums, lists = customer_sums.by_currency(asked), _lists(asked)

    monkeypatch.setattr(customer_sums, "basis", lambda asked: None)

    assert _nothing_less(sums) == _nothing_less(customer_sums.by_currency(asked))
    assert lists == _lists(asked)
    assert any(each.number for each in lists)


@pytest.mark.parametrize("narrowed", [ALL, Narrowed(country="GB")])
def test_what_is_posted_between_two_readings_of_the_night_is_counted_once(
    rows: Rows, narrowed: Narrowed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the lines of a snapshot were read, and before its customers are."""
    keep = customer_sums.keep

    def late(snapshot: Snapshot) -> None:
        load(LATER, company=rows.company, today=TODAY)
        keep(snapshot)

    monkeypatch.setattr(customer_sums, "keep", late)
    snapshots.refresh(company=rows.company, today=TODAY, at=NOW)
    asked = _asked(rows, narrowed)
    sums, lists = customer_sums.by_currency(asked), _lists(asked)

    monkeypatch.setattr(customer_sums, "basis", lambda asked: None)

    assert _nothing_less(sums) == _nothing_less(customer_sums.by_currency(asked))
    assert lists == _lists(asked)


def test_lists_after_a_file_are_kept_until_the_next(rows: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = _asked(rows)
    load(LATER, company=rows.company, today=TODAY)
    after_one = _lists(asked)
    assert after_one == _lists(asked)
    load("customer 300 Calder\nreceipt 300 P4 65.00 on=0", company=rows.company, today=TODAY)

    after_both = _lists(asked)

    assert after_both != after_one
    monkeypatch.setattr(customer_sums, "basis", lambda asked: None)
    assert after_both == _lists(asked)


def test_a_customer_who_moves_is_where_they_belong_now(rows: Rows) -> None:
    Customer.objects.filter(number="200").update(country="GB")

    assert customer_sums.by_currency(_asked(rows, Narrowed(country="DE"))) == {}
    british = customer_sums.by_currency(_asked(rows, Narrowed(country="GB")))
    assert british["GBP"] == customer_sums.by_currency(_asked(rows))["GBP"]


def test_a_page_after_the_first_goes_on_where_the_one_before_ended(rows: Rows) -> None:
    asked = _asked(rows)
    whole = items.documents(asked, part="total", currency="GBP")

    pages = [
        items.documents(asked, part="total", currency="GBP", page=page, page_rows=3) for page in (1, 2, 3, 4)
    ]

    assert [row["id"] for page in pages for row in page.rows] == [row["id"] for row in whole.rows]
    assert {(page.whole, page.number) for page in pages} == {(whole.whole, len(whole.rows))}


def test_another_day_and_what_is_posted_for_a_day_to_come_are_read_from_rows(rows: Rows) -> None:
    assert customer_sums.basis(Asked(rows.company, TODAY - dt.timedelta(1))) is None
    assert customer_sums.basis(Asked(rows.company, TODAY, NOW)) is None
    load("customer 600\ninvoice 600 H1 5.00 due=+40 issued=+10", company=rows.company, today=TODAY)

    listed = items.documents(_asked(rows), part="owed", currency="GBP")

    assert "H1" not in [row["number"] for row in listed.rows]
    assert listed.whole == sum(row["amount"] for row in listed.rows)


def test_only_the_newest_snapshot_is_kept_by_customer(rows: Rows) -> None:
    tomorrow = NOW + dt.timedelta(1)
    snapshots.take(company=rows.company, day=tomorrow.date(), by=None, at=tomorrow)
    snapshots.take(company=rows.company, day=TODAY, by=None, at=tomorrow)

    (newest,) = Snapshot.objects.exclude(parts={})
    assert newest.day == tomorrow.date()
    assert set(CustomerSum.objects.values_list("snapshot", flat=True)) == {newest.pk}
