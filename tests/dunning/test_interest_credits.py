"""Interest that was charged is given back by a credit note, to the penny."""

import datetime as dt
from decimal import Decimal

import pytest

from collections_app.activity.events import Event
from collections_app.dunning import interest, interest_charges, interest_credits
from collections_app.dunning.interest_rows import InterestCharge
from collections_app.ledger import balances, proofs
from collections_app.ledger.allocations import Allocation
from collections_app.ledger.companies import Company
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.payments import Payment
from collections_app.ledger.postings import Posting
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.desk import person
from tests.dunning.charging import codes, late, propose
from tests.ledgerrows import Rows


@pytest.fixture
def rows(company: Company, today: dt.date, dana: User) -> Rows:
    return late(company, today=today, by=dana)


@pytest.fixture
def ruth(company: Company) -> User:
    return person(company, "ruth", Role.MANAGER)


@pytest.fixture
def charge(rows: Rows, at: dt.datetime, dana: User, ruth: User) -> InterestCharge:
    """82.88 that Dana proposed and Ruth approved."""
    return interest_charges.approve(propose(rows.invoices["A1"], dana, at), by=ruth, at=at)


def paid(charge: InterestCharge, amount: str, at: dt.datetime) -> None:
    """A payment set against the finance charge, as an import writes it."""
    assert charge.posted
    posting = Posting.objects.create(company=charge.company, recorded_at=at, source="bank")
    payment = Payment.objects.create(
        company=charge.company,
        customer=charge.customer,
        kind="receipt",
        number="P9",
        currency="GBP",
        amount=Decimal(amount),
        unallocated_amount=Decimal(amount),
        posted_on=at.date(),
        recorded_at=at,
        posting=posting,
    )
    Allocation.objects.create(
        company=charge.company,
        invoice=charge.posted,
        payment=payment,
        basis="payment",
        currency="GBP",
        amount=Decimal(amount),
        posted_on=at.date(),
        recorded_at=at,
        posting=posting,
    )
    balances.refresh(posting=posting)


def owed(company: Company) -> Decimal:
    return sum(Invoice.objects.filter(company=company).values_list("signed_open", flat=True), Decimal(0))


def test_a_credit_note_settles_the_charge(
    charge: InterestCharge, company: Company, today: dt.date, at: dt.datetime, dana: User
) -> None:
    before = owed(company)

    interest_credits.credit(charge, because="They pay by Friday", by=dana, at=at)

    note = Invoice.objects.get(kind="credit_note")
    assert (note.number, note.reference, note.amount) == (
        charge.credit_number, charge.number, Decimal("82.88"),
    )  # fmt: skip
    assert (note.open_amount, note.settled_on, note.is_ours_alone) == (0, today, True)
    posted = Invoice.objects.get(kind="finance_charge")
    assert (posted.open_amount, posted.settled_on) == (0, today)
    assert before - owed(company) == Decimal("82.88")
    assert proofs.prove(company=company) == []


def test_what_was_paid_of_it_stays_to_their_credit(
    charge: InterestCharge, company: Company, at: dt.datetime, dana: User
) -> None:
    paid(charge, "50.01", at)

    interest_credits.credit(charge, because="They were right", by=dana, at=at)

    note = Invoice.objects.get(kind="credit_note")
    assert (note.amount, note.open_amount) == (Decimal("82.88"), Decimal("50.01"))
    assert Invoice.objects.get(kind="finance_charge").open_amount == 0
    assert owed(company) == Decimal("1000.00") - Decimal("50.01")
    assert proofs.prove(company=company) == []


def test_paid_in_full_all_of_it_stays_to_their_credit(
    charge: InterestCharge, company: Company, at: dt.datetime, dana: User
) -> None:
    paid(charge, "82.88", at)

    interest_credits.credit(charge, because="They were right", by=dana, at=at)

    assert Invoice.objects.get(kind="credit_note").open_amount == Decimal("82.88")
    assert Allocation.objects.filter(credit_note__isnull=False).count() == 0
    assert proofs.prove(company=company) == []


def test_twice_writes_one_note(
    charge: InterestCharge, company: Company, at: dt.datetime, dana: User, ruth: User
) -> None:
    interest_credits.credit(charge, because="They pay by Friday", by=dana, at=at)
    interest_credits.credit(charge, because="Again", by=ruth, at=at)

    charge.refresh_from_db()
    assert (charge.state, charge.because, charge.credited_by) == ("credited", "They pay by Friday", dana)
    assert Invoice.objects.filter(kind="credit_note").count() == 1
    event = Event.objects.get(what="interest.credited")
    assert event.summary == (
        f"Credited £82.88 interest on A1 up to 11 March 2026 by {charge.credit_number}. They pay by Friday"
    )


def test_its_days_are_not_charged_again(
    charge: InterestCharge, rows: Rows, today: dt.date, at: dt.datetime, dana: User
) -> None:
    interest_credits.credit(charge, because="They pay by Friday", by=dana, at=at)

    found = interest.accrued_on(rows.invoices["A1"], as_of=today)

    assert found.taken_until == today
    assert found.rest
    assert found.rest.total == 0


def test_it_refuses_what_was_never_charged(rows: Rows, at: dt.datetime, dana: User) -> None:
    proposed = propose(rows.invoices["A1"], dana, at)

    with pytest.raises(Refused) as refused:
        interest_credits.credit(proposed, because="No", by=dana, at=at)

    assert codes(refused) == ["not_posted"]


def test_it_refuses_without_a_reason_and_to_whom_it_is_not_given(
    charge: InterestCharge, at: dt.datetime, priya: User
) -> None:
    with pytest.raises(Refused) as refused:
        interest_credits.credit(charge, because=" ", by=priya, at=at)

    assert codes(refused) == ["not_allowed", "reason"]
    assert not Invoice.objects.filter(kind="credit_note").exists()
