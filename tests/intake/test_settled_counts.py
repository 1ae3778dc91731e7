"""Settled is what was open in the ledger and is not any more, also by the allocations of the file itself."""

import pytest

from collections_app.intake.batches import Batch
from collections_app.ledger.companies import Company
from tests.intake.conftest import Import
from tests.intake.ledgers import assert_proven, messages, open_of

HEAD = "type,customer,number,amount,issued_on,posted_on,source,source_type,reverses,allocation\n"
BEFORE = (
    "invoice,C1,A,100.00,2026-01-02,,,,,\n"
    "invoice,C1,B,50.00,2026-01-02,,,,,\n"
    "credit_note,C1,N,20.00,2026-01-03,,,,,\n"
)


def counts(batch: Batch) -> dict[str, int]:
    assert batch.state == "applied", messages(batch)
    return {key: batch.summary[key] for key in ("new", "changed", "settled", "unchanged")}


@pytest.fixture
def ledger(import_text: Import, company: Company) -> Company:
    import_text(HEAD + BEFORE, kind="transactions", name="before.csv")
    return company


def test_what_the_allocations_settle_counts(ledger: Company, import_text: Import) -> None:
    text = (
        "receipt,C1,P,140.00,,2026-02-02,,,,\n"
        "allocation,C1,A,80.00,,2026-02-02,P,receipt,,\n"
        "allocation,C1,A,20.00,,2026-02-02,N,credit_note,,\n"
        "allocation,C1,B,49.99,,2026-02-02,P,receipt,,\n"
    )
    batch = import_text(HEAD + text, kind="transactions")

    # The invoice and the credit note; of B a cent is left.
    assert counts(batch) == {"new": 1, "changed": 0, "settled": 2, "unchanged": 0}
    settled = [
        (row["number"], row["was"], row["becomes"])
        for row in batch.summary["samples"]
        if row["change"] == "settled"
    ]
    assert settled == [("A", "100.00", "0.00"), ("N", "20.00", "0.00")]
    assert str(open_of(ledger, "B")) == "0.010"
    assert_proven(ledger)


def test_a_document_that_stands_in_the_file_too_counts_once(ledger: Company, import_text: Import) -> None:
    text = BEFORE + "receipt,C1,P,50.00,,2026-02-02,,,,\nallocation,C1,B,50.00,,2026-02-02,P,receipt,,\n"

    assert counts(import_text(HEAD + text, kind="transactions")) == {
        "new": 1, "changed": 0, "settled": 1, "unchanged": 2,
    }  # fmt: skip
    assert_proven(ledger)


def test_a_corrected_amount_counts_with_what_is_left_to_settle(ledger: Company, import_text: Import) -> None:
    text = (
        "invoice,C1,B,60.00,2026-01-02,,,,,\n"
        "receipt,C1,P,60.00,,2026-02-02,,,,\n"
        "allocation,C1,B,{amount},,2026-02-02,P,receipt,,X\n"
    )
    some = import_text(HEAD + text.format(amount="50.00"), kind="transactions")
    assert counts(some) == {"new": 1, "changed": 1, "settled": 0, "unchanged": 0}

    rest = "allocation,C1,B,10.00,,2026-02-03,P,receipt,,Y\n"
    assert counts(import_text(HEAD + rest, kind="transactions", name="rest.csv"))["settled"] == 1
    assert_proven(ledger)


def test_an_allocation_that_the_file_undoes_settles_nothing(ledger: Company, import_text: Import) -> None:
    text = (
        "receipt,C1,P,50.00,,2026-02-02,,,,\n"
        "allocation,C1,B,50.00,,2026-02-02,P,receipt,,X\n"
        "deallocation,C1,B,50.00,,2026-02-04,,,X,\n"
    )
    assert counts(import_text(HEAD + text, kind="transactions"))["settled"] == 0
    assert open_of(ledger, "B") == 50
    assert_proven(ledger)


def test_what_comes_new_and_settled_is_new(import_text: Import, company: Company) -> None:
    text = BEFORE + "receipt,C1,P,50.00,,2026-02-02,,,,\nallocation,C1,B,50.00,,2026-02-02,P,receipt,,\n"

    assert counts(import_text(HEAD + text, kind="transactions")) == {
        "new": 4, "changed": 0, "settled": 0, "unchanged": 0,
    }  # fmt: skip
    again = import_text(HEAD + text, kind="transactions", name="again.csv")
    assert counts(again)["settled"] == 0
    assert_proven(company)
