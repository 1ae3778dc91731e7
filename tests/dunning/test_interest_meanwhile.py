"""Interest beside what happens meanwhile: payments, disputes, a second manager, interest on interest."""

import datetime as dt
from decimal import Decimal

import pytest

from collections_app.contact import disputes
from collections_app.dunning import interest, interest_charges
from collections_app.dunning.interest_rows import InterestCharge
from collections_app.ledger.companies import Company
from collections_app.ledger.invoices import Invoice
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.desk import person
from tests.dunning.charging import charges, codes, late, pay, propose
from tests.ledgerrows import Rows, moment
from tests.together import interleaved

DAY = dt.timedelta(days=1)


@pytest.fixture
def rows(company: Company, today: dt.date, dana: User) -> Rows:
    return late(company, today=today, by=dana)


@pytest.fixture
def ruth(company: Company) -> User:
    return person(company, "ruth", Role.MANAGER)


@pytest.fixture
def invoice(rows: Rows) -> Invoice:
    return rows.invoices["A1"]


def test_what_is_disputed_is_not_charged(
    invoice: Invoice, rows: Rows, at: dt.datetime, dana: User, ruth: User
) -> None:
    charge = propose(invoice, dana, at)
    disputes.lodge(
        customer=rows.customers["100"], invoice=invoice, amount=Decimal(200), reason="PRICE", by=dana, at=at
    )
    with pytest.raises(Refused, match=r"200\.00 of it is disputed") as approving:
        interest_charges.approve(charge, by=ruth, at=at)
    interest_charges.withdraw(charge, because="Disputed", by=dana, at=at)
    with pytest.raises(Refused) as proposing:
        propose(invoice, dana, at)

    assert codes(approving) == codes(proposing) == ["disputed"]


def test_a_payment_that_turns_up_before_approval_is_told_and_nothing_is_posted(
    rows: Rows, invoice: Invoice, today: dt.date, at: dt.datetime, dana: User, ruth: User
) -> None:
    charge = propose(invoice, dana, at)
    pay(rows, "400", today - 10 * DAY)
    with pytest.raises(Refused, match=r"£82\.88 was proposed, and now it would be £81\.59") as refused:
        interest_charges.approve(charge, by=ruth, at=at)

    assert codes(refused) == ["changed"]
    assert charges() == []


def test_what_was_posted_stays_when_a_payment_comes_or_the_invoice_is_corrected(
    rows: Rows, invoice: Invoice, today: dt.date, at: dt.datetime, dana: User, ruth: User
) -> None:
    charge = interest_charges.approve(propose(invoice, dana, at), by=ruth, at=at)
    pay(rows, "1000", today - 20 * DAY)
    charge.refresh_from_db()
    (posted,) = charges()

    assert (posted.amount, posted.open_amount, charge.amount) == (Decimal("82.88"),) * 3
    assert charge.lines[0]["days"] == 40


def test_interest_may_be_charged_after_the_invoice_was_paid(
    rows: Rows, invoice: Invoice, today: dt.date, at: dt.datetime, dana: User
) -> None:
    """20 of 40 days: 6.44."""
    pay(rows, "1000", today - 20 * DAY)
    invoice.refresh_from_db()
    charge = propose(invoice, dana, at)

    assert (invoice.open_amount, charge.interest, charge.fixed_sum) == (0, Decimal("6.44"), 70)


def test_a_finance_charge_bears_no_interest(
    invoice: Invoice, today: dt.date, at: dt.datetime, dana: User, ruth: User
) -> None:
    posted = interest_charges.approve(propose(invoice, dana, at), by=ruth, at=at).posted
    assert posted is not None
    with pytest.raises(Refused) as refused:
        propose(posted, dana, moment(today + 60 * DAY))

    assert "kind" in codes(refused)
    assert interest.accrued_on(posted, as_of=today + 60 * DAY).whole is None


@pytest.mark.django_db(transaction=True)
def test_two_managers_at_once_propose_one_and_post_one(
    rows: Rows, invoice: Invoice, at: dt.datetime, dana: User, ruth: User
) -> None:
    def second() -> None:
        with pytest.raises(Refused) as refused:
            propose(Invoice.objects.select_related("customer__company").get(pk=invoice.pk), ruth, at)
        assert codes(refused) == ["waits"]

    interleaved(lambda: propose(invoice, dana, at), second)

    def approve() -> None:
        interest_charges.approve(InterestCharge.objects.get(), by=ruth, at=at)

    interleaved(approve, approve)

    assert len(charges()) == 1
