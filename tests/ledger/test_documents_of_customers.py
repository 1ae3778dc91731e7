"""The database holds that documents and payments are of a customer of their company, a statement at once."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, models, transaction

from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.payments import Payment
from tests import ledgertext
from tests.ledgerrows import Rows, company_of
from tests.together import interleaved

NOBODY = 999_999_999
KEY = "is_of_its_customers_company"
TEXT = """
customer 100
customer 200
invoice 100 A1 120.00 due=-41
invoice 200 A2 50.00 due=-20
receipt 100 P1 80.00 on=-10
"""
DOCUMENTS: list[tuple[type[models.Model], str]] = [(Invoice, "A1"), (Payment, "P1")]
by_kind = pytest.mark.parametrize(("model", "number"), DOCUMENTS, ids=["invoice", "payment"])


@pytest.fixture
def rows(db: None, today: dt.date) -> Rows:
    return ledgertext.load(TEXT, company=company_of(), today=today)


def copy_of(model: type[models.Model], like: str, /, **changes: object) -> models.Model:
    """A further row like the one of that number."""
    row = model._default_manager.get(number=like)
    row.pk = None
    row._state.adding = True
    for name, value in {"number": "X1", **changes}.items():
        setattr(row, name, value)
    return row


def refused(act: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError, match=KEY), transaction.atomic():
        act()


@by_kind
def test_it_refuses_a_document_of_a_customer_who_is_not_there(
    rows: Rows, model: type[models.Model], number: str
) -> None:
    refused(lambda: copy_of(model, number, customer_id=NOBODY).save())


@by_kind
def test_it_refuses_a_document_of_another_companys_customer(
    rows: Rows, model: type[models.Model], number: str
) -> None:
    refused(lambda: copy_of(model, number, company=company_of("OT")).save())


@by_kind
def test_one_strange_row_among_many_refuses_the_statement(
    rows: Rows, model: type[models.Model], number: str
) -> None:
    good = [copy_of(model, number, number=f"G{place}") for place in range(20)]
    strange = copy_of(model, number, customer_id=NOBODY)

    refused(lambda: model._default_manager.bulk_create([*good, strange]))

    assert not model._default_manager.filter(number__startswith="G").exists()
    assert len(model._default_manager.bulk_create(good)) == 20


@by_kind
def test_it_refuses_to_move_a_document_to_a_stranger(
    rows: Rows, model: type[models.Model], number: str
) -> None:
    refused(lambda: model._default_manager.filter(number=number).update(customer_id=NOBODY))
    refused(lambda: model._default_manager.filter(number=number).update(company=company_of("OT")))

    assert model._default_manager.filter(number=number).update(customer=rows.customers["200"]) == 1


def test_a_customer_with_documents_is_neither_taken_away_nor_given_to_another_company(rows: Rows) -> None:
    other = company_of("OT")
    mine = Customer.objects.filter(number="100")

    refused(lambda: mine._raw_delete(using="default"))
    refused(lambda: mine.update(company=other))

    Invoice.objects.filter(number="A2").delete()
    assert Customer.objects.filter(number="200").update(company=other) == 1
    assert Customer.objects.filter(number="200").delete()[0] == 1


def test_the_key_can_be_read_in_the_database(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE contype = 'f' AND conname LIKE %s", [f"%{KEY}"]
        )
        assert {name for (name,) in cursor.fetchall()} == {f"invoice_{KEY}", f"payment_{KEY}"}


@pytest.mark.django_db(transaction=True)
def test_a_customer_who_goes_while_a_document_comes_is_waited_for(today: dt.date) -> None:
    rows = ledgertext.load(
        "customer 100\ninvoice 100 A1 10.00\ncustomer 300", company=company_of(), today=today
    )
    coming = copy_of(Invoice, "A1", customer=rows.customers["300"])
    going = Customer.objects.filter(number="300")

    with pytest.raises(IntegrityError, match=KEY):
        interleaved(coming.save, lambda: going._raw_delete(using="default"))

    assert going.exists()
    assert Invoice.objects.get(number="X1").customer_id == rows.customers["300"].pk
