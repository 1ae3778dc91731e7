"""Proofs: a sound ledger proves, and a figure broken by hand is found and named."""

import datetime as dt
import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from collections_app.ledger import proofs
from collections_app.ledger.companies import Company
from collections_app.ledger.invoices import Invoice
from tests import ledgertext
from tests.ledgerrows import Rows, company_of

pytestmark = pytest.mark.django_db

TEXT = """
customer 100 "Harrow Tools"
customer 110 "Harrow Tools North" parent=100
customer 200 "Brandt GmbH"
invoice 100 A1 120.00 due=-41
invoice 110 A2 50.00 due=-20
invoice 200 A3 10.00 currency=EUR
credit_note 100 C1 20.00 on=-5
receipt 100 P1 80.00 on=-10
receipt 100 P2 200.00 on=-9
receipt 200 P3 7.00 on=-9
allocation P1 A1 80.00 on=-10 name=bounced
undo bounced on=-2
reversal 100 R1 of=P1 on=-2
allocation P2 A1 100.00 on=-9 name=most
allocation C1 A1 20.00 on=-5
allocation P2 A2 50.00 on=-4 name=parent-pays
correction A3 amount=9.00 known=-1
"""


@pytest.fixture
def rows(today: dt.date) -> Rows:
    return ledgertext.load(TEXT, company=company_of(), today=today)


def broken(statement: str, **params: dt.date | int | str) -> list[tuple[str, str]]:
    """The codes and sentences after a change that no verb of ours would make."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
    return [(problem.code, problem.message) for problem in proofs.prove()]


def test_a_sound_ledger_proves(rows: Rows) -> None:
    assert proofs.prove() == []
    assert proofs.prove(company=rows.company) == []


def test_it_names_an_open_amount_that_does_not_follow(rows: Rows) -> None:
    assert broken("UPDATE invoice SET open_amount = 8.00 WHERE number = 'A3'") == [
        (
            "open_amount",
            "NG, Brandt GmbH (200), invoice A3: 8.00 EUR stands open, but its rows leave 9.00 "
            "(difference -1.00).",
        )
    ]


def test_it_names_an_unallocated_amount_that_does_not_follow(rows: Rows) -> None:
    assert broken("UPDATE payment SET unallocated_amount = 6.99 WHERE number = 'P3'") == [
        (
            "unallocated_amount",
            "NG, Brandt GmbH (200), receipt P3: 6.99 GBP stands unallocated, but its rows leave 7.00 "
            "(difference -0.01).",
        )
    ]


def test_it_names_an_invoice_that_is_settled_by_more_than_its_amount(rows: Rows) -> None:
    found = broken("UPDATE allocation SET amount = 101 WHERE id = %(id)s", id=rows.allocations["most"].pk)

    assert (
        "settled_too_much",
        "NG, Harrow Tools (100), invoice A1: its rows settle 1.00 GBP more than its amount.",
    ) in found


def test_it_names_a_payment_that_is_allocated_beyond_its_amount(rows: Rows) -> None:
    found = broken("UPDATE payment SET amount = 140, unallocated_amount = 0 WHERE number = 'P2'")

    assert found == [
        (
            "allocated_too_much",
            "NG, Harrow Tools (100), receipt P2: its rows allocate 10.00 GBP more than its amount.",
        )
    ]


def test_it_names_a_credit_note_that_is_used_beyond_its_amount(rows: Rows) -> None:
    found = broken("UPDATE invoice SET amount = 15 WHERE number = 'C1'")

    assert [code for code, _ in found] == ["settled_too_much"]
    assert "credit note C1: its rows settle 5.00 GBP more" in found[0][1]


def test_it_names_a_wrong_day_of_settlement(rows: Rows, today: dt.date) -> None:
    found = broken("UPDATE invoice SET settled_on = %(day)s WHERE number = 'A2'", day=today)

    assert found == [
        (
            "settled_on",
            "NG, Harrow Tools North (110), invoice A2: it is held to be settled on 2026-03-11, "
            "but its rows say 2026-03-07.",
        )
    ]


def test_it_names_a_correction_that_the_invoice_does_not_carry(rows: Rows) -> None:
    assert [code for code, _ in broken("UPDATE invoice_correction SET amount_to = 1")] == ["corrected_amount"]


def test_it_names_a_reversal_that_is_not_whole(rows: Rows) -> None:
    codes = [code for code, _ in broken("UPDATE payment SET amount = 79 WHERE number = 'R1'")]

    assert "reversal_is_not_whole" in codes


def test_it_names_a_reversed_receipt_that_is_still_allocated(rows: Rows) -> None:
    codes = {
        code
        for code, _ in broken(
            "DELETE FROM allocation WHERE id = %(id)s", id=rows.allocations["undo bounced"].pk
        )
    }

    assert {"reversed_but_allocated", "settled_too_much"} == codes


def test_it_names_an_undoing_that_does_not_match(rows: Rows) -> None:
    codes = {code for code, _ in broken("UPDATE allocation SET amount = 79 WHERE side = 'restores'")}

    assert "allocation_undone" in codes


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE payment SET customer_id = %(brandt)s WHERE number = 'P2'", "allocation_customer"),
        ("UPDATE invoice SET currency = 'USD' WHERE number = 'A2'", "allocation_currency"),
        ("UPDATE allocation SET company_id = %(other)s WHERE id = %(parent_pays)s", "allocation_company"),
        ("UPDATE invoice SET posting_id = 0 WHERE number = 'A3'", "document_company"),
        ("UPDATE invoice SET kind = 'debit_note' WHERE number = 'C1'", "allocation_of_a_debt"),
    ],
)
def test_it_names_rows_that_do_not_belong_together(statement: str, code: str, rows: Rows) -> None:
    found = broken(
        statement,
        brandt=rows.customers["200"].pk,
        other=company_of("OT").pk,
        parent_pays=rows.allocations["parent-pays"].pk,
    )

    assert code in {name for name, _ in found}


def test_it_lets_a_parent_pay_for_its_subsidiary_and_names_a_stranger(rows: Rows) -> None:
    assert proofs.prove() == []
    found = broken("UPDATE customer SET parent_id = NULL")
    assert [code for code, _ in found] == ["allocation_customer"]


def test_it_counts_what_it_does_not_name(today: dt.date, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proofs, "ROWS_NAMED_MAX", 2)
    lines = "\n".join(f"invoice 100 A{place} 10.00" for place in range(5))
    ledgertext.load(f"customer 100\n{lines}", company=company_of(), today=today)

    found = broken("UPDATE invoice SET open_amount = 9")

    assert [code for code, _ in found] == ["open_amount"] * 3
    assert found[-1][1] == "And 3 more of this kind (open_amount)."


def test_the_database_itself_refuses_an_invoice_of_another_company_than_its_customers(rows: Rows) -> None:
    other = company_of("OT")

    with pytest.raises(IntegrityError, match="invoice_is_of_its_customers_company"), transaction.atomic():
        Invoice.objects.filter(number="A3").update(company=other)


def test_it_keeps_to_the_company_that_was_asked_for(rows: Rows) -> None:
    other: Company = company_of("OT")
    broken("UPDATE invoice SET open_amount = 8.00 WHERE number = 'A3'")

    assert proofs.prove(company=other) == []
    assert len(proofs.prove(company=rows.company)) == 1


def test_the_command_says_so_and_ends_with_1_when_something_is_wrong(rows: Rows) -> None:
    said = StringIO()
    call_command("check_ledger", "--json", stdout=said)
    assert json.loads(said.getvalue()) == {"ok": True, "problems": []}

    broken("UPDATE invoice SET open_amount = 8.00 WHERE number = 'A3'")
    said = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("check_ledger", "--company", "NG", "--json", stdout=said)

    answer = json.loads(said.getvalue())
    assert ended.value.code == 1
    assert answer["ok"] is False
    assert answer["problems"][0]["code"] == "open_amount"
