"""What stops a message and positions tell the same of every ledger: due, disputed, promised, and covered."""

from collections import defaultdict
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from collections_app.behaviour import positions
from collections_app.behaviour.positions import Position
from collections_app.dunning import stops
from collections_app.ledger.invoices import Invoice
from tests.ledgerdraws import ledgers
from tests.ledgermodel import Ledger
from tests.ledgerrows import company_of, moment, write
from tests.twins.test_positions import TODAY, agree, agreed


@pytest.mark.django_db
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(ledger=ledgers(), shares=agreed)
def test_facts_and_positions_agree(ledger: Ledger, shares: list[tuple[int, int]]) -> None:
    with transaction.atomic():
        rows = write(ledger, company=company_of())
        agree(rows, ledger, shares)
        positions.measure(company=rows.company, today=TODAY)
        customers = [customer.pk for customer in rows.customers.values()]
        found = stops.facts_for(company=rows.company, customers=customers, at=moment(TODAY))

        due_on = {invoice.pk: (invoice.currency, invoice.due_on) for invoice in Invoice.objects.all()}
        sums: dict[tuple[int, str], list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 4)
        for customer, facts in found.items():
            for currency, cash in facts.cash.items():
                sums[customer, currency][3] += cash.total
            for number, owed in facts.invoices.items():
                currency, day = due_on[number]
                if day and day <= TODAY:
                    told = (owed.open_amount, owed.disputed, owed.promised, Decimal(0))
                    sums[customer, currency] = [
                        a + b for a, b in zip(sums[customer, currency], told, strict=True)
                    ]
        told_by_positions = {
            (each.customer_id, each.currency): [each.due, each.disputed, each.promised, each.cover]
            for each in Position.objects.filter(company=rows.company)
        }
        empty = [Decimal(0)] * 4
        keys = {key for key, value in told_by_positions.items() if value != empty} | set(sums)
        assert {key: sums[key] for key in keys} == {key: told_by_positions.get(key, empty) for key in keys}
        transaction.set_rollback(True)
