"""Interest is charged once somebody else approved it, and waived with a reason; what was posted stays."""

import datetime as dt
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from collections_app.activity.events import Event
from collections_app.dunning import interest_charges, interest_credits, interest_terms
from collections_app.dunning.interest_rows import InterestCharge
from collections_app.ledger import proofs
from collections_app.ledger.companies import Company
from collections_app.ledger.invoices import Invoice
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.desk import person
from tests.dunning.charging import charges, codes, late, propose
from tests.ledgerrows import Rows, moment

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


def test_what_one_proposes_and_another_approves_is_owed_as_a_finance_charge(
    invoice: Invoice, today: dt.date, at: dt.datetime, dana: User, ruth: User
) -> None:
    charge = propose(invoice, dana, at)
    nothing_yet = charges()
    interest_charges.approve(charge, by=ruth, at=at)
    (posted,) = charges()

    assert nothing_yet == []
    assert (posted.amount, posted.open_amount, posted.currency) == (Decimal("82.88"), Decimal("82.88"), "GBP")
    assert (posted.number, posted.reference) == (charge.number, "A1")
    assert (posted.issued_on, posted.due_on) == (today, today + 14 * DAY)
    assert charge.lines == [
        {
            "from": "2026-01-31",
            "until": "2026-03-11",
            "days": 40,
            "rate": "11.75",
            "principal": "1000.00",
            "amount": "12.88",
        }
    ]
    assert proofs.prove(company=invoice.company) == []


def test_nobody_approves_what_they_proposed(invoice: Invoice, at: dt.datetime, dana: User) -> None:
    charge = propose(invoice, dana, at)
    with pytest.raises(Refused) as refused:
        interest_charges.approve(charge, by=dana, at=at)

    assert codes(refused) == ["own"]
    assert charges() == []
    with pytest.raises(IntegrityError, match="approved_by_somebody_else"), transaction.atomic():
        InterestCharge.objects.update(state="posted", decided_by=dana, decided_at=at, posted=invoice)


def test_who_sells_to_the_customer_gives_no_interest_up_for_them(
    invoice: Invoice, at: dt.datetime, dana: User, ruth: User
) -> None:
    customer = invoice.customer
    customer.salesperson = dana
    customer.save()
    charge = propose(invoice, ruth, at)
    with pytest.raises(Refused, match="You sell to this customer, so somebody else decides") as waiving:
        interest_charges.waive(charge, because="They asked for it", by=dana, at=at)
    with pytest.raises(Refused) as exempting:
        interest_terms.exempt(customer, kind="contract", words="Clause 4", by=dana, at=at)
    charge = interest_charges.approve(charge, by=dana, at=at)
    with pytest.raises(Refused) as crediting:
        interest_credits.credit(charge, because="They asked for it", by=dana, at=at)

    assert codes(waiving) == codes(exempting) == codes(crediting) == ["salesperson"]
    assert charge.state == "posted"
    assert interest_credits.credit(charge, because="A gesture", by=ruth, at=at).state == "credited"


def test_who_sells_to_the_customer_may_take_back_what_was_proposed_wrongly(
    invoice: Invoice, at: dt.datetime, dana: User
) -> None:
    invoice.customer.salesperson = dana
    invoice.customer.save()
    charge = propose(invoice, dana, at)

    assert interest_charges.withdraw(charge, because="Wrong day", by=dana, at=at).state == "withdrawn"


def test_a_collector_neither_proposes_nor_approves_nor_waives(
    invoice: Invoice, at: dt.datetime, dana: User, priya: User
) -> None:
    with pytest.raises(Refused) as proposing:
        propose(invoice, priya, at)
    charge = propose(invoice, dana, at)
    with pytest.raises(Refused) as approving:
        interest_charges.approve(charge, by=priya, at=at)
    with pytest.raises(Refused) as waiving:
        interest_charges.waive(charge, because="They asked", by=priya, at=at)

    assert codes(proposing) == codes(approving) == codes(waiving) == ["not_allowed"]


def test_a_company_that_charges_none_proposes_none(
    invoice: Invoice, company: Company, at: dt.datetime, dana: User, ruth: User
) -> None:
    charge = propose(invoice, dana, at)
    interest_terms.switch(company=company, on=False, by=dana, at=at)
    with pytest.raises(Refused) as approving:
        interest_charges.approve(charge, by=ruth, at=at)
    interest_charges.withdraw(charge, because="Switched off", by=dana, at=at)
    with pytest.raises(Refused) as proposing:
        propose(invoice, dana, at)

    assert codes(approving) == codes(proposing) == ["switched_off"]


def test_a_proposal_needs_a_reason_and_days_that_have_passed(
    invoice: Invoice, today: dt.date, at: dt.datetime, dana: User
) -> None:
    with pytest.raises(Refused) as refused:
        propose(invoice, dana, at, reason="  ", until=today + DAY)

    assert codes(refused) == ["reason", "until_on"]


def test_before_it_is_late_there_is_nothing_to_charge(invoice: Invoice, at: dt.datetime, dana: User) -> None:
    with pytest.raises(Refused) as refused:
        propose(invoice, dana, at, until=dt.date(2026, 1, 30))

    assert codes(refused) == ["nothing"]


def test_the_same_form_twice_proposes_once_and_approving_twice_posts_once(
    invoice: Invoice, at: dt.datetime, dana: User, ruth: User
) -> None:
    key = uuid4()
    first, second = (propose(invoice, dana, at, form_key=key) for _ in range(2))
    with pytest.raises(Refused) as another:
        propose(invoice, ruth, at)
    for _ in range(2):
        interest_charges.approve(first, by=ruth, at=at)

    assert first == second
    assert codes(another) == ["waits"]
    assert len(charges()) == 1
    assert Event.objects.filter(what="interest.posted").count() == 1


def test_the_next_charge_begins_where_the_last_ended_and_has_no_fixed_sum(
    invoice: Invoice, today: dt.date, at: dt.datetime, dana: User, ruth: User
) -> None:
    """90 days in all, 1,000 x 11.75 % x 50 / 365 = 16.10 for those since."""
    interest_charges.approve(propose(invoice, dana, at), by=ruth, at=at)
    with pytest.raises(Refused) as at_once:
        propose(invoice, dana, at)
    later = propose(invoice, dana, moment(today + 50 * DAY))

    assert codes(at_once) == ["nothing"]
    assert (later.from_on, later.interest, later.fixed_sum) == (today + DAY, Decimal("16.10"), 0)


def test_a_waived_one_posts_nothing_and_gives_its_days_up(
    invoice: Invoice, today: dt.date, at: dt.datetime, dana: User, ruth: User
) -> None:
    charge = propose(invoice, dana, at)
    for _ in range(2):
        interest_charges.waive(charge, because="They pay by Friday", by=dana, at=at)
    with pytest.raises(Refused) as approving:
        interest_charges.approve(charge, by=ruth, at=at)
    later = propose(invoice, dana, moment(today + 10 * DAY))

    assert codes(approving) == ["decided"]
    assert charges() == []
    assert later.from_on == today + DAY
    assert Event.objects.filter(what="interest.waived").count() == 1


def test_waiving_needs_a_reason(invoice: Invoice, at: dt.datetime, dana: User) -> None:
    charge = propose(invoice, dana, at)
    with pytest.raises(Refused) as refused:
        interest_charges.waive(charge, because=" ", by=dana, at=at)

    assert codes(refused) == ["reason"]
    with pytest.raises(IntegrityError, match="given_up_says_why"), transaction.atomic():
        InterestCharge.objects.update(state="waived", decided_by=dana, decided_at=at)


def test_the_days_of_a_withdrawn_one_may_be_proposed_again(
    invoice: Invoice, at: dt.datetime, dana: User
) -> None:
    first = propose(invoice, dana, at)
    interest_charges.withdraw(first, because="Wrong last day", by=dana, at=at)
    second = propose(invoice, dana, at, until=first.until_on - DAY)

    assert (second.from_on, second.fixed_sum) == (first.from_on, 70)


def test_the_working_and_the_total_of_a_charge_must_add_up(
    invoice: Invoice, at: dt.datetime, dana: User
) -> None:
    propose(invoice, dana, at)
    with pytest.raises(IntegrityError, match="interest_charge_adds_up"), transaction.atomic():
        InterestCharge.objects.update(amount=Decimal(99))
