"""Files that end too early, and rows that come to nothing: asked about, told, or refused; never taken for
something else.
"""

import datetime as dt
from decimal import Decimal

import pytest

from collections_app.ledger.companies import Company
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.payments import Payment
from tests.intake.conftest import Import

pytestmark = pytest.mark.django_db

HEAD = "type,customer,customer_name,number,currency,amount,issued_on,due_on\n"
GOOD = "invoice,C1,Good Ltd,A-1,EUR,10.00,2026-01-02,2026-02-01\n"
MONEY_LAST = (
    "type,customer,number,currency,issued_on,due_on,amount\n"
    "invoice,C1,A-1,EUR,2026-01-02,2026-02-01,10.00\n"
    "invoice,C1,A-2,EUR,2026-01-02,2026-02-01,4127.95\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
def test_a_file_that_is_cut_inside_its_last_amount_is_asked_about(
    encoding: str, import_text: Import, company: Company
) -> None:
    whole, cut = (text.encode(encoding) for text in (MONEY_LAST, MONEY_LAST[:-6]))
    asked = import_text(cut, kind="transactions", accepted=False)
    assert (asked.state, [each["code"] for each in asked.summary["questions"]]) == (
        "checked",
        ["no_line_end"],
    )
    assert not Invoice.objects.exists()
    assert not Payment.objects.exists()

    applied = import_text(whole, kind="transactions", accepted=False)
    assert applied.state == "applied", applied.summary
    assert Invoice.objects.get(number="A-2").amount == Decimal("4127.95")


@pytest.mark.parametrize("ends", ["10.00", '"10.00"\n', "10.00\r\n", "10.00\r"])
def test_one_row_alone_and_lines_that_end_are_asked_about_by_nobody(
    ends: str, import_text: Import, company: Company
) -> None:
    text = MONEY_LAST.partition("10.00")[0] + ends
    assert import_text(text.encode(), kind="transactions", accepted=False).state == "applied"


def test_an_amount_of_zero_takes_no_document_out_by_itself(import_text: Import, company: Company) -> None:
    import_text((HEAD + GOOD).encode(), kind="transactions")
    refused = import_text((HEAD + GOOD.replace("10.00", "0.00")).encode(), kind="transactions")

    assert refused.state == "refused"
    problem = refused.problems.get()
    assert (problem.line, problem.code) == (2, "amount_zero")
    assert problem.message == (
        "“A-1” is known with 10, and zero does not take it out of the ledger. "
        "Bring in the credit note that does."
    )
    assert Invoice.objects.get().open_amount == Decimal(10)


def test_a_list_that_states_nothing_of_a_document_settles_it(import_text: Import, company: Company) -> None:
    head = "type,customer,number,currency,amount,open_amount,issued_on,due_on\n"
    row = "invoice,C1,A-1,EUR,{0},{0},2026-01-02,2026-02-01\n"
    day = dt.date(2026, 3, 1)
    import_text((head + row.format("10.00")).encode(), kind="open-items", as_of=day)
    later = import_text(
        (head + row.format("0.00")).encode(), kind="open-items", as_of=day + dt.timedelta(days=1)
    )

    assert later.state == "applied", list(later.problems.values())
    assert later.summary["settled"] == 1
    assert Invoice.objects.values_list("amount", "open_amount").get() == (Decimal(10), Decimal(0))


def test_new_documents_that_come_to_nothing_are_told(import_text: Import, company: Company) -> None:
    more = GOOD.replace("A-1", "A-2").replace("10.00", "0.00")
    batch = import_text((HEAD + GOOD + more).encode(), kind="transactions")

    assert (batch.state, batch.summary["new"]) == ("applied", 1)
    assert "1 rows of new documents come to nothing, and were left out." in batch.summary["notes"]


def test_days_that_the_file_does_not_tell_are_spoken_of(import_text: Import, company: Company) -> None:
    text = "cust_number,clear_date,due_date,amount\n7,2026-01-20,2026-02-01,10.00\n"
    batch = import_text(text, "b2b-closed")

    assert batch.state == "applied"
    assert Invoice.objects.get().issued_on == dt.date(2026, 1, 20)
    assert [note for note in batch.summary["notes"] if note.startswith("1 rows have no invoice date.")]


def test_headers_that_are_missing_are_named_with_what_may_stand_for_them(
    import_text: Import, company: Company
) -> None:
    batch = import_text("a,b,c\n1,2,3\n", kind="transactions")
    [problem] = batch.problems.all()
    assert "headers with “customer” or “customer_name” and “amount”" in problem.message
