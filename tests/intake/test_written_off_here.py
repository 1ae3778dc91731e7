"""What was written off here, beside lists of open items that still show it."""

import datetime as dt
from decimal import Decimal

import pytest

from collections_app.intake.batches import Batch, RowProblem
from collections_app.ledger.companies import Company
from collections_app.ledger.invoices import Correction, Invoice
from collections_app.people.rules import Role
from collections_app.write_offs import decisions, proposals, recoveries
from collections_app.write_offs.write_off_rows import WriteOff
from tests.desk import person
from tests.intake.conftest import AT, Import
from tests.intake.ledgers import assert_proven, open_of

DAY = dt.timedelta(days=1)
HEAD = "type,customer,number,amount,open_amount,issued_on,due_on\n"
A = "invoice,C1,A,{amount},{open},2026-01-02,2026-02-01\n"
B = "invoice,C1,B,50,50,2026-01-02,2026-02-01\n"


@pytest.fixture
def written_off(import_text: Import, company: Company) -> WriteOff:
    """Of invoice A over 100.00, 60.00 are given up at noon."""
    import_text(HEAD + A.format(amount=100, open=100) + B, kind="open-items")
    dana, priya = person(company, "dana", Role.MANAGER), person(company, "priya")
    invoice = Invoice.objects.select_related("customer__company").get(number="A")
    made = proposals.propose(
        invoice.customer, lines=[(invoice, Decimal(60))], reason="COST", words="Two letters", by=priya, at=AT
    )
    return decisions.approve(made, by=dana, at=AT + dt.timedelta(hours=1))


def bring(import_text: Import, rows: str, *, days: int) -> Batch:
    """The list of so many days after the write-off."""
    day = AT + days * DAY
    return import_text(HEAD + rows, kind="open-items", as_of=day.date(), at=day)


def test_a_list_that_still_shows_all_of_it_leaves_it_written_off(
    import_text: Import, company: Company, written_off: WriteOff
) -> None:
    """The invoice does not grow by what we gave up, and whoever brings the list is told."""
    batch = bring(import_text, A.format(amount=100, open=100) + B, days=1)

    assert [open_of(company, number) for number in "AB"] == [40, 50]
    assert not Correction.objects.exists()
    assert any("written off" in note for note in batch.summary["notes"])
    assert batch.summary["totals"] == {"EUR": "150.00"}
    assert_proven(company)


def test_the_list_of_a_day_before_it_was_written_off_is_proven_for_its_day(
    import_text: Import, company: Company, written_off: WriteOff
) -> None:
    bring(import_text, A.format(amount=100, open=100) + B, days=0)

    assert open_of(company, "A") == 40
    assert_proven(company)


def test_once_the_accounts_have_booked_it_what_is_paid_of_the_rest_counts(
    import_text: Import, company: Company, written_off: WriteOff
) -> None:
    bring(import_text, A.format(amount=100, open=40) + B, days=1)
    booked = open_of(company, "A")
    bring(import_text, A.format(amount=100, open=15) + B, days=2)

    assert [booked, open_of(company, "A")] == [40, 15]
    assert_proven(company)


def test_a_list_without_it_settles_the_rest(
    import_text: Import, company: Company, written_off: WriteOff
) -> None:
    bring(import_text, B, days=1)

    assert open_of(company, "A") == 0
    assert_proven(company)


def test_what_was_taken_back_is_open_as_the_list_says(
    import_text: Import, company: Company, written_off: WriteOff
) -> None:
    dana = written_off.decided_by
    assert dana
    recoveries.take_back(written_off, because="They pay", by=dana, at=AT + dt.timedelta(hours=2))
    batch = bring(import_text, A.format(amount=100, open=100) + B, days=1)

    assert open_of(company, "A") == 100
    assert not any("written off" in note for note in batch.summary["notes"])
    assert_proven(company)


def test_a_payment_of_what_was_written_off_says_what_to_do(
    import_text: Import, company: Company, written_off: WriteOff
) -> None:
    text = (
        "type,customer,number,amount,issued_on,source_type,source\n"
        "receipt,C1,P1,100,2026-03-21,,\n"
        "allocation,C1,A,100,2026-03-21,receipt,P1\n"
    )
    batch = import_text(text, kind="transactions", at=AT + DAY)

    assert batch.state == "refused"
    assert any("take the write-off back" in each.message for each in RowProblem.objects.filter(batch=batch))
