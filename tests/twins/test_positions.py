"""Positions by SQL and by the rule: the same for random ledgers, disputes and promises, on every day."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from collections_app.behaviour import positions
from collections_app.behaviour.positions import Position
from collections_app.behaviour.rules import Item, Standing, standing
from collections_app.chase import asking
from collections_app.contact.disputes import Dispute
from collections_app.contact.promises import Promise, PromisedInvoice
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.rules import Basis, InvoiceKind
from collections_app.people.users import User
from tests.ledgerdraws import ledgers
from tests.ledgermodel import Ledger
from tests.ledgerrows import Rows, company_of, moment, write

TODAY = dt.date(2026, 3, 11)
DAYS = 13
MADE_ON = TODAY - dt.timedelta(8)  # when they disputed and promised

Parts = dict[str, tuple[Decimal, Decimal]]

# For each invoice: whether a part is disputed and promised, in hundredths of its amount; over 100 is capped.
agreed = st.lists(
    st.tuples(st.sampled_from([0, 0, 30, 100, 150]), st.sampled_from([0, 0, 50, 200])),
    min_size=20,
    max_size=20,
)


def agree(rows: Rows, ledger: Ledger, shares: list[tuple[int, int]]) -> Parts:
    """Write an open dispute and a running promise for some invoices, recorded at noon of ``MADE_ON``."""
    user = User.objects.create(username="priya", full_name="Priya", role="collector")
    at = moment(MADE_ON)
    found: Parts = {}
    for (number, invoice), (disputed, promised) in zip(rows.invoices.items(), shares, strict=False):
        if invoice.kind == InvoiceKind.CREDIT_NOTE:
            continue
        amounts = (invoice.amount * disputed / 100, invoice.amount * promised / 100)
        shared = {"company": rows.company, "customer": invoice.customer, "currency": invoice.currency}
        if disputed:
            Dispute.objects.create(
                **shared,
                invoice=invoice,
                amount=amounts[0],
                reason="PRICE",
                desk="sales",
                answer_days=1,
                resolve_days=5,
                answer_due_on=TODAY,
                resolve_due_on=TODAY,
                state="lodged",
                lodged_by=user,
                lodged_at=at,
            )
        if promised:
            promise = Promise.objects.create(
                **shared,
                amount=amounts[1],
                promised_on=TODAY,
                state="running",
                recorded_by=user,
                recorded_at=at,
            )
            PromisedInvoice.objects.create(promise=promise, invoice=invoice, amount=amounts[1])
        found[number] = amounts
    return found


def still(
    agreed: tuple[Decimal, Decimal], ledger: Ledger, number: str, day: dt.date
) -> tuple[Decimal, Decimal]:
    """What is disputed of an invoice, and what of it is still promised: no more than there was to pay when
    it was promised, less the money that came for it since and did not go back. Nothing before they spoke.
    """
    if day < MADE_ON:
        return Decimal(0), Decimal(0)
    disputed, promised = agreed
    undone = {a.undoes for a in ledger.allocations.values() if a.posted_on <= day}
    stood = [a for a in ledger.allocations_of(number) if a.known_on <= MADE_ON]
    since = [
        a
        for a in ledger.allocations_of(number, day=day)
        if a.known_on > MADE_ON and not a.undoes and a.name not in undone
    ]
    came = [a for a in since if a.basis is not Basis.CREDIT_NOTE and a.posted_on >= MADE_ON]
    to_pay = (
        ledger.invoices[number].amount - sum(a.effect for a in [*stood, *since]) + sum(a.effect for a in came)
    )
    return disputed, max(min(promised, to_pay) - sum(a.effect for a in came), Decimal(0))


def expected(ledger: Ledger, parts: Parts, day: dt.date) -> dict[tuple[str, str], Standing]:
    """Where every customer stands by plain arithmetic, one currency at a time."""
    found = {}
    pairs = {(line.customer, line.currency) for line in ledger.invoices.values()}
    pairs |= {(line.customer, line.currency) for line in ledger.payments.values()}
    for customer, currency in pairs:
        open_parts = [
            (invoice, ledger.open_on(invoice.number, day=day))
            for invoice in ledger.invoices.values()
            if (invoice.customer, invoice.currency) == (customer, currency)
        ]
        items = [
            Item(invoice.due_on, left, *still(parts[invoice.number], ledger, invoice.number, day))
            for invoice, left in open_parts
            if left > 0 and invoice.kind is not InvoiceKind.CREDIT_NOTE
        ]
        credits_ = sum((left for invoice, left in open_parts if left > 0 and invoice.sign < 0), Decimal(0))
        unallocated = sum(
            (
                -payment.sign * ledger.unallocated_on(payment.number, day=day)
                for payment in ledger.payments.values()
                if (payment.customer, payment.currency) == (customer, currency)
            ),
            Decimal(0),
        )
        if items or credits_ or unallocated:
            found[customer, currency] = standing(items, credits=credits_, unallocated=unallocated, day=day)
    return found


def measured(rows: Rows, day: dt.date) -> dict[tuple[str, str], Standing]:
    positions.measure(company=rows.company, today=day)
    return {
        (position.customer.number, position.currency): Standing(
            overdue=position.overdue,
            due=position.due,
            disputed=position.disputed,
            promised=position.promised,
            cover=max(Decimal(0), position.credits + position.unallocated),
            to_collect=position.to_collect,
            oldest_due_on=position.oldest_due_on,
            oldest_days=position.oldest_days,
        )
        for position in Position.objects.filter(company=rows.company).select_related("customer")
    }


@pytest.mark.django_db
@settings(max_examples=25, phases=[Phase.generate], deadline=None, suppress_health_check=list(HealthCheck))
@given(ledger=ledgers(), shares=agreed)
def test_sql_and_the_rule_agree_on_every_day(ledger: Ledger, shares: list[tuple[int, int]]) -> None:
    with transaction.atomic():
        rows = write(ledger, company=company_of())
        parts = agree(rows, ledger, shares)
        for day in (TODAY - dt.timedelta(ago) for ago in range(DAYS)):
            assert measured(rows, day) == expected(ledger, parts, day), day
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(max_examples=25, phases=[Phase.generate], deadline=None, suppress_health_check=list(HealthCheck))
@given(ledger=ledgers(), shares=agreed)
def test_the_call_card_and_the_rule_agree_on_what_can_be_asked_for(
    ledger: Ledger, shares: list[tuple[int, int]]
) -> None:
    with transaction.atomic():
        rows = write(ledger, company=company_of())
        parts = agree(rows, ledger, shares)
        for customer in rows.customers.values():
            for currency in {line.currency for line in ledger.invoices.values()}:
                asked = asking.collectable(customer, currency=currency, today=TODAY)
                assert {invoice.number for invoice in asked} == {
                    invoice.number
                    for invoice in rows.invoices.values()
                    if (invoice.customer_id, invoice.currency) == (customer.pk, currency)
                    and invoice.kind != InvoiceKind.CREDIT_NOTE
                    and _can_be_asked_for(invoice, parts, ledger)
                }
        transaction.set_rollback(True)


def _can_be_asked_for(invoice: Invoice, parts: Parts, ledger: Ledger) -> bool:
    invoice.refresh_from_db()
    agreed = still(parts[invoice.number], ledger, invoice.number, TODAY)
    item = Item(invoice.due_on, invoice.open_amount, *agreed)
    return item.is_due(TODAY) and item.collectable > 0
