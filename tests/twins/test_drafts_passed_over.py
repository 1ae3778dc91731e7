"""A night passes over drafts by what statements see of them. Looked at one by one, nothing else would be
written with those.
"""

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collections_app.dunning import draft_stops, run_writing
from collections_app.dunning.draft_rows import ReminderDraft, ReminderDraftInvoice
from collections_app.dunning.run_writing import Lines
from collections_app.ledger.contacts import Contact
from collections_app.ledger.rules import InvoiceKind
from tests.dunning.reminding import waiting
from tests.ledgerdraws import ledgers
from tests.ledgermodel import Ledger
from tests.ledgerrows import Rows, company_of, moment, write
from tests.twins.test_positions import DAYS, TODAY, agree, agreed

pytestmark = pytest.mark.django_db
SETTINGS: dict[str, Any] = {
    "max_examples": 30,
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}
# As of any day, so that some of what stands in the ledger came later.
days = st.integers(0, DAYS)
# For each invoice, what the draft says beside the truth of today: nothing, or as if less had been open.
said = st.lists(st.sampled_from([0, 0, 0, 7]), min_size=20, max_size=20)


def drafted(rows: Rows, said: list[int], *, reached: bool) -> None:
    """A message to each customer about all that was ever invoiced to them."""
    for customer in rows.customers.values():
        owed = [
            each
            for each in rows.invoices.values()
            if each.customer_id == customer.pk and each.kind != InvoiceKind.CREDIT_NOTE
        ]
        waiting(customer, *owed, day=TODAY)
        if reached:
            Contact.objects.create(
                customer=customer,
                name="Ada",
                email=f"{customer.number}@x.example",
                recorded_at=moment(TODAY),
            )
    for line, less in zip(ReminderDraftInvoice.objects.order_by("invoice"), said, strict=False):
        line.open_amount -= less
        line.save()


@settings(**SETTINGS)
@given(ledger=ledgers(), shares=agreed, said=said, reached=st.booleans(), ago=days)
def test_what_holds_back_a_draft_that_is_passed_over_stands_with_it_already(
    ledger: Ledger, shares: list[tuple[int, int]], said: list[int], reached: bool, ago: int
) -> None:
    with transaction.atomic():
        rows = write(ledger, company=company_of())
        agree(rows, ledger, shares)
        drafted(rows, said, reached=reached)
        at = moment(TODAY - dt.timedelta(ago))

        asked = draft_stops.to_ask_about(company=rows.company, at=at)
        draft_stops.look_at(company=rows.company, drafts=asked, at=at)

        everybody = list(ReminderDraft.objects.order_by("pk"))
        assert draft_stops.look_at(company=rows.company, drafts=everybody, at=at) == 0
        transaction.set_rollback(True)


@settings(**SETTINGS)
@given(ledger=ledgers(), shares=agreed, said=said, ago=days)
def test_a_draft_whose_invoices_are_passed_over_asks_about_those_it_is_to_ask_about(
    ledger: Ledger, shares: list[tuple[int, int]], said: list[int], ago: int
) -> None:
    with transaction.atomic():
        rows = write(ledger, company=company_of())
        agree(rows, ledger, shares)
        drafted(rows, said, reached=True)
        today = TODAY - dt.timedelta(ago)

        to_line = run_writing.to_line(company=rows.company, today=today, at=moment(today))
        run_writing.write_lines(Lines(sorted(to_line)), company=rows.company, today=today)
        before = lines()
        everybody = list(ReminderDraft.objects.order_by("pk").values_list("pk", flat=True))
        run_writing.write_lines(Lines(everybody), company=rows.company, today=today)

        assert lines() == before
        transaction.set_rollback(True)


def lines() -> set[tuple[object, ...]]:
    """What stands with all drafts."""
    facts = ("draft", "invoice", "currency", "open_amount", "disputed", "promised")
    return set(ReminderDraftInvoice.objects.values_list(*facts))
