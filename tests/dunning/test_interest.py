"""Interest as the rows of a ledger have it: part payments, credit notes, returned payments, and whom it is
asked of.
"""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collections_app.dunning import interest, interest_terms
from collections_app.dunning.interest import Accrued
from collections_app.ledger.companies import Company
from collections_app.ledger.invoices import Invoice
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from tests.ledgertext import load

DUE = "2026-01-30"  # interest runs from the 31st, at 11.75 % in Britain; 40 days by 11 March
HEAD = 'customer 100 "Harrow Tools"\ninvoice 100 A1 1000.00 due=2026-01-30\n'


def accrued(
    company: Company, today: dt.date, more: str = "", *, head: str = HEAD, number: str = "A1"
) -> Accrued:
    load(head + more, company=company, today=today)
    invoice = interest.invoice_of(company=company, number=number)
    return interest.accrued_on(invoice, as_of=today)


def spans(found: Accrued) -> list[tuple[int, int]]:
    assert found.whole is not None
    return [(line.days, int(line.principal)) for line in found.whole.lines]


def test_an_invoice_that_is_late_bears_interest_by_the_law_of_our_country(
    company: Company, today: dt.date
) -> None:
    """1,000 x 11.75 % x 40 / 365 = 12.88."""
    found = accrued(company, today)

    assert found.whole is not None
    assert (found.whole.law.code, found.whole.interest, found.whole.fixed_sum) == (
        "GB",
        Decimal("12.88"),
        Decimal(70),
    )
    assert found.rest == found.whole


def test_a_payment_counts_from_the_day_it_came_and_not_from_when_it_was_allocated(
    company: Company, today: dt.date
) -> None:
    found = accrued(company, today, "receipt 100 P1 400 on=2026-02-09\nallocation P1 A1 400 on=2026-03-02")

    assert spans(found) == [(10, 1000), (30, 600)]


def test_a_payment_that_was_returned_never_lessened_anything(company: Company, today: dt.date) -> None:
    returned = (
        "receipt 100 P1 1000 on=2026-02-09\nallocation P1 A1 1000 on=2026-02-09 name=first\n"
        "undo first on=2026-02-20\nreversal 100 R1 of=P1 on=2026-02-20"
    )

    assert spans(accrued(company, today, returned)) == [(40, 1000)]


def test_what_was_credited_was_never_owed(company: Company, today: dt.date) -> None:
    credited = "credit_note 100 C1 300 on=2026-02-20\nallocation C1 A1 300 on=2026-02-20"
    found = accrued(company, today, credited)

    assert spans(found) == [(40, 700)]
    assert found.whole is not None
    assert found.whole.fixed_sum == 40


def test_what_a_list_of_open_items_takes_as_settled_and_shows_again_bears_interest_throughout(
    company: Company, today: dt.date
) -> None:
    guessed = "allocation - A1 1000 on=2026-02-10 basis=implied name=gone\nundo gone on=2026-02-12"

    assert spans(accrued(company, today, guessed)) == [(40, 1000)]


def test_what_was_settled_before_the_first_list_bears_none(company: Company, today: dt.date) -> None:
    found = accrued(company, today, "allocation - A1 250 on=2026-03-01 basis=opening")

    assert spans(found) == [(40, 750)]


def test_a_corrected_amount_is_corrected_from_the_first_day(company: Company, today: dt.date) -> None:
    assert spans(accrued(company, today, "correction A1 amount=900.00 known=-1")) == [(40, 900)]


def test_interest_itself_bears_no_interest(company: Company, today: dt.date) -> None:
    load(HEAD + "finance_charge 100 F1 20 due=2026-01-30", company=company, today=today)
    charge = Invoice.objects.select_related("customer__company").get(number="F1")

    assert interest.accrued_on(charge, as_of=today).no_law == (
        "Interest is owed on invoices and debit notes only."
    )


def test_a_customer_elsewhere_follows_the_contract(company: Company, today: dt.date) -> None:
    found = accrued(company, today, head=HEAD.replace('"Harrow Tools"', '"Harrow Tools" country=US'))

    assert found.whole is None
    assert found.no_law == "With a customer in US, what the contract says applies."


def test_whom_no_interest_is_asked_of_says_why_and_can_be_asked_again(
    company: Company, today: dt.date, at: dt.datetime, dana: User
) -> None:
    accrued(company, today)
    invoice = interest.invoice_of(company=company, number="A1")
    interest_terms.exempt(invoice.customer, kind="contract", words="2 % a month, § 7", by=dana, at=at)
    agreed = interest.accrued_on(invoice, as_of=today)
    interest_terms.exempt(invoice.customer, kind="no_business", by=dana, at=at)
    private = interest.accrued_on(invoice, as_of=today)
    interest_terms.include(invoice.customer, by=dana, at=at)

    assert agreed.no_law == "The contract says something else: 2 % a month, § 7."
    assert private.no_law == "Laws on late payment are between businesses, and this customer is none."
    assert interest.accrued_on(invoice, as_of=today).whole is not None
    assert not interest_terms.include(invoice.customer, by=dana, at=at)


def test_collectors_do_not_decide_whom_interest_is_asked_of(
    company: Company, today: dt.date, at: dt.datetime, priya: User
) -> None:
    accrued(company, today)
    customer = interest.invoice_of(company=company, number="A1").customer

    with pytest.raises(Refused):
        interest_terms.exempt(customer, kind="no_business", by=priya, at=at)
    with pytest.raises(Refused):
        interest_terms.switch(company=company, on=True, by=priya, at=at)


def test_switching_twice_changes_once(company: Company, at: dt.datetime, dana: User) -> None:
    assert interest_terms.switch(company=company, on=True, by=dana, at=at)
    assert not interest_terms.switch(company=company, on=True, by=dana, at=at)
    assert interest_terms.switch(company=company, on=False, by=dana, at=at)
    assert not interest.is_on(company)


def test_many_documents_take_no_more_statements_than_one(company: Company, today: dt.date) -> None:
    lines = "\n".join(f"invoice 100 M{n} {n}.00 due=-{n}" for n in range(1, 201))
    load('customer 100 "Harrow Tools"\n' + lines, company=company, today=today)
    found = list(Invoice.objects.select_related("customer__company"))

    def statements(number: int) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            interest.accrued(found[:number], as_of=today)
        return len(captured)

    assert statements(1) == statements(200) == 4


def test_a_number_that_is_not_known_or_belongs_to_several_is_refused(
    company: Company, today: dt.date
) -> None:
    load(
        'customer 100 "Harrow"\ncustomer 200 "Brandt"\ninvoice 100 A1 10 due=-5', company=company, today=today
    )
    Invoice.objects.create(
        **{
            field.attname: getattr(Invoice.objects.get(), field.attname)
            for field in Invoice._meta.concrete_fields
            if field.name not in ("id", "customer", "signed_amount", "signed_open")
        },
        customer=company.customers.get(number="200"),
    )

    with pytest.raises(Refused, match="no invoice with the number"):
        interest.invoice_of(company=company, number="Z9")
    with pytest.raises(Refused, match="more than one"):
        interest.invoice_of(company=company, number="A1")
    assert interest.invoice_of(company=company, number="A1", customer="200").customer.number == "200"
