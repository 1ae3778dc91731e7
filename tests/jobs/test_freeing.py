"""What a batch frees: orders of whoever it says something of, and of nobody else."""

import datetime as dt

import pytest

from collections_app.holds import order_files
from collections_app.holds.order_rows import Order
from collections_app.intake import aftermaths, batches
from collections_app.intake.batches import Batch
from collections_app.jobs import freeing
from collections_app.ledger import postings
from collections_app.ledger.companies import Company
from tests.holds.selling import Shop, held
from tests.jobs.conftest import AT, TODAY
from tests.ledgerrows import company_of
from tests.ledgertext import load

BEFORE = AT - dt.timedelta(hours=3)
LEDGER = """
customer 1 "Harrow Holdings" limit=1000
customer 2 "Harrow Tools" parent=1
customer 3 "Harrow North" parent=1
customer 100 "Brandt" limit=5000
customer 200 "Oakley" limit=1000
invoice 3 N1 900.00 due=+9
invoice 100 A1 480.00 due=-100
invoice 200 B1 300.00 due=-3
invoice 200 B2 40.00 due=-3
credit_note 200 C1 10.00 on=-1
"""
HEAD = "type,customer,number,amount,posted_on,due_on,source,source_type\n"


@pytest.fixture
def company(db: None) -> Company:
    return company_of(country="GB")


@pytest.fixture
def shop(company: Company) -> Shop:
    """Orders that wait, of three customers; each was looked at some hours ago."""
    shop = Shop(load(LEDGER, company=company, today=TODAY), AT)
    for number, amount, customer in (("SO-1", "50", "100"), ("SO-2", "900", "200"), ("SO-3", "500", "2")):
        shop.order(number, amount, customer=customer, at=BEFORE)
    assert held() == ["SO-1", "SO-2", "SO-3"]
    return shop


def brought(company: Company, file: str, *, kind: str = "transactions") -> Batch:
    batch = batches.receive(
        company=company, file_name=kind, content=[file.encode()], profile_name="own", kind=kind, by=None,
        at=AT,
    )  # fmt: skip
    return batches.apply(batch, accepted=True, by=None, at=AT, sides=order_files.SIDES)


def paid(customer: str, number: str, amount: str, invoice: str) -> str:
    return (
        f"receipt,{customer},{number},{amount},{TODAY},,,\n"
        f"allocation,{customer},{invoice},{amount},{TODAY},,{number},receipt\n"
    )


def looked_at() -> list[str]:
    """Orders that were looked at now."""
    return list(Order.objects.filter(checked_at=AT).order_by("number").values_list("number", flat=True))


def test_only_orders_of_whoever_paid_are_looked_at(shop: Shop, company: Company) -> None:
    brought(company, HEAD + paid("100", "P1", "480.00", "A1"))

    assert freeing.free(company=company, at=AT) == 1
    assert (held(), looked_at()) == (["SO-2", "SO-3"], ["SO-1"])
    assert freeing.free(company=company, at=AT) == 0
    assert aftermaths.not_freed(company) == []


def test_what_a_sister_pays_frees_an_order_of_their_group(shop: Shop, company: Company) -> None:
    brought(company, HEAD + paid("3", "P1", "400.00", "N1"))

    assert freeing.free(company=company, at=AT) == 1
    assert (held(), looked_at()) == (["SO-1", "SO-2"], ["SO-3"])


def test_several_batches_are_looked_at_together(shop: Shop, company: Company) -> None:
    brought(company, HEAD + paid("100", "P1", "480.00", "A1"))
    brought(company, HEAD + paid("3", "P2", "400.00", "N1"))

    assert freeing.free(company=company, at=AT) == 2
    assert (held(), looked_at()) == (["SO-2"], ["SO-1", "SO-3"])


def test_customers_with_new_limits_may_free_anybody(shop: Shop, company: Company) -> None:
    batch = brought(company, "type,customer,credit_limit\ncustomer,200,9000.00\n", kind="customers")

    assert aftermaths.touched_by([batch.pk]) is None
    assert freeing.free(company=company, at=AT) == 1
    assert (held(), looked_at()) == (["SO-1", "SO-3"], ["SO-1", "SO-2", "SO-3"])


@pytest.mark.parametrize(
    ("row", "touched"),
    [
        (f"invoice,2,N9,10.00,{TODAY},{TODAY},,\n", ["2"]),
        (f"receipt,1,P9,10.00,{TODAY},,,\n", ["1"]),
        (f"allocation,200,B2,10.00,{TODAY},,C1,credit_note\n", ["200"]),
        (f"invoice,100,A1,470.00,{TODAY - dt.timedelta(130)},{TODAY - dt.timedelta(100)},,\n", ["100"]),
    ],
    ids=["a new invoice", "a receipt", "a credit note that is used", "an invoice that is corrected"],
)
def test_whom_a_posting_touched_is_told_by_its_rows(
    shop: Shop, company: Company, row: str, touched: list[str]
) -> None:
    batch = brought(company, HEAD + row)

    found = postings.customers_of([batch.posting_id or 0])
    assert found == [shop.rows.customers[number].pk for number in touched]
    assert postings.customers_of([]) == []


def test_a_payment_of_a_customer_who_has_no_order_costs_no_look_at_any(shop: Shop, company: Company) -> None:
    load('customer 300 "Other"\ninvoice 300 D1 90.00 due=-3', company=company, today=TODAY)
    brought(company, HEAD + paid("300", "P1", "90.00", "D1"))

    assert freeing.free(company=company, at=AT) == 0
    assert looked_at() == []
