"""What is left out of a proposal, and who gets none."""

import datetime as dt
from decimal import Decimal

from collections_app.contact import conversations, disputes, promises
from collections_app.contact.rules import Outcome
from collections_app.dunning import levels
from collections_app.dunning.draft_rows import ReminderDraft, ReminderDraftInvoice
from collections_app.dunning.rules.ladder import Why
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.people.users import User
from tests.desk import call
from tests.dunning.reminding import LEDGER, drafts, later, morning, told
from tests.ledgertext import load


def asked(draft: ReminderDraft) -> list[str]:
    lines = ReminderDraftInvoice.objects.filter(draft=draft)
    return sorted(lines.values_list("invoice__number", flat=True))


def test_disputed_and_promised_invoices_are_not_asked_for(
    company: Company, today: dt.date, at: dt.datetime, priya: User
) -> None:
    load(LEDGER, company=company, today=today)
    customer = Customer.objects.get()
    disputes.lodge(
        customer=customer,
        invoice=Invoice.objects.get(number="A1"),
        amount=Decimal(1200),
        reason="PRICE",
        by=priya,
        at=at,
    )
    morning(company, later(today, 1))
    (draft,) = drafts(company)
    assert asked(draft) == ["A2"]
    assert draft.oldest_due_on == later(today, -2)

    promises.record(
        customer=customer,
        amount=Decimal(300),
        currency="GBP",
        promised_on=later(today, 8),
        lines=[(Invoice.objects.get(number="A2"), Decimal(300))],
        by=priya,
        at=at,
        today=today,
    )
    counts = morning(company, later(today, 1))
    (draft,) = drafts(company)
    assert draft.state == "dropped"
    assert counts.why[Why.NOTHING_DUE] + counts.why[Why.NOTHING_COLLECTABLE] == 1


def test_money_that_is_here_already_moves_the_oldest_on(company: Company, today: dt.date) -> None:
    load(f"{LEDGER}\nreceipt 100 P1 1300.00 on=-1", company=company, today=today)

    morning(company, today)

    # The cash covers A1 wholly, and A2 is only two days overdue.
    assert drafts(company) == []


def test_after_a_call_the_message_waits(
    company: Company, today: dt.date, at: dt.datetime, priya: User
) -> None:
    load(LEDGER, company=company, today=today)
    morning(company, today)
    conversations.record(
        customer=Customer.objects.get(),
        conversation=call(Outcome.INFORMED, said="Told them"),
        by=priya,
        at=at,
    )

    counts = morning(company, today)

    assert counts.why[Why.CONTACT] == 1
    assert drafts(company)[0].state == "dropped"
    morning(company, later(today, 5))
    assert told(drafts(company))[1:] == [("100", "email+3", "proposed")]


def test_nobody_is_drafted_on_a_day_of_rest_and_drafts_stand(company: Company, today: dt.date) -> None:
    load(LEDGER, company=company, today=today)
    morning(company, today)

    counts = morning(company, later(today, 3))

    assert counts.why[Why.REST_DAY] == 1
    assert drafts(company)[0].state == "proposed"


def test_levels_are_switched_on_one_at_a_time(
    company: Company, today: dt.date, at: dt.datetime, dana: User
) -> None:
    load(LEDGER.replace("due=-9", "due=-90"), company=company, today=today)
    levels.switch(company=company, highest_level=0, from_on=today, by=dana, at=at)
    assert morning(company, today).why[Why.LEVEL_OFF] == 1
    assert drafts(company) == []

    levels.switch(company=company, highest_level=1, from_on=later(today, 1), by=dana, at=at)
    assert morning(company, today).why[Why.LEVEL_OFF] == 1
    morning(company, later(today, 1))

    assert told(drafts(company)) == [("100", "email+3", "proposed")]


def test_inactive_customers_and_those_without_a_procedure_get_none(company: Company, today: dt.date) -> None:
    load(LEDGER, company=company, today=today)
    Customer.objects.update(is_active=False)

    assert morning(company, today).looked_at == 0
