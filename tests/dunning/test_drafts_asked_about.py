"""Which drafts a night looks at: those of whom something may have to be written down, and no others."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from collections_app.contact import commitments, disputes
from collections_app.dunning import blocks, draft_stops, levels
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.dunning.rules.stop_codes import StopCode
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from tests.dunning.office import AT, DAY, TODAY, Office
from tests.dunning.reminding import waiting

pytestmark = pytest.mark.django_db


def asked(office: Office) -> list[str]:
    """The numbers of the customers about whom a night asks."""
    found = draft_stops.to_ask_about(company=office.company, at=AT)
    return [draft.customer.number for draft in found]


# What waits by itself is asked again when a message is to leave, and holds no draft back.
WAITS = {"unread_reply", "paused", "old_ledger", "old_bank", "budget", "weekend", "holiday", "hour", "busy"}
# What holds a draft back, and the statement that finds drafts to ask about looks for.
LOOKED_FOR = {
    *("settled", "changed", "covered", "disputed", "promised"),
    *("blocked", "left_alone", "ours_late", "no_address", "bounced", "no_legal_form", "first_word"),
    *("level_off", "inactive"),
}
# A draft does not say on which day it was written; its invoices are written anew every night, and the ladder
# of that night ended what does not come in its turn.
OF_MESSAGES = {"outdated", "out_of_turn", "too_soon", "no_draft", "unapproved"}


def test_every_stop_is_looked_for_or_waits_by_itself() -> None:
    assert {code.value for code in StopCode} == WAITS | LOOKED_FOR | OF_MESSAGES


def dispute(office: Office) -> None:
    a1 = office.rows.invoices["A1"]
    disputes.lodge(
        customer=office.harrow, invoice=a1, amount=Decimal(1), reason="PRICE", by=office.tom, at=AT
    )


def commit(office: Office) -> None:
    given = {"kind": "copy", "owner": office.tom, "due_on": TODAY - DAY, "by": office.tom, "at": AT - 3 * DAY}
    commitments.record(customer=office.harrow, **given)  # type: ignore[arg-type]


NEWS: dict[str, Callable[[Office], object]] = {
    "a receipt": lambda office: office.receive("5.00"),
    "a credit note": lambda office: office.post("credit_note 100 C1 5.00 on=-1"),
    "money dated later": lambda office: office.post("receipt 100 P1 480.00 on=2"),
    "a payment": lambda office: Invoice.objects.filter(number="A1").update(open_amount=1),
    "a dispute": dispute,
    "a promise": lambda office: office.promise("A2", on=TODAY + DAY),
    "a block": lambda office: blocks.place(
        customer=office.harrow, reason="plan", until=TODAY, by=office.dana, at=AT
    ),
    "an agreed call": lambda office: office.call_agreed(TODAY, at=AT),
    "a commitment": commit,
    "mail that came back": lambda office: Contact.objects.update(email_bounced_at=AT),
    "a letter before action": lambda office: ReminderDraft.objects.filter(customer=office.harrow).update(
        level=5
    ),
    "a level that is switched off": lambda office: levels.switch(
        company=office.company, highest_level=0, from_on=TODAY, by=office.dana, at=AT
    ),
    "a customer of before": lambda office: Customer.objects.filter(number="100").update(is_active=False),
    "nobody to write to": lambda office: Contact.objects.update(is_active=False),
    "stops of before": lambda office: ReminderDraft.objects.update(
        state="held_back", stops=[{"code": "covered", "then": "person", "sentence": "…", "until": None}]
    ),
}


@pytest.mark.parametrize("news", NEWS.values(), ids=list(NEWS))
def test_a_draft_is_looked_at_when_something_may_hold_it_back_or_no_longer_does(
    news: Callable[[Office], object],
) -> None:
    office = Office()
    invoices = office.rows.invoices
    waiting(office.harrow, invoices["A1"], invoices["A2"], day=TODAY)
    waiting(office.rows.customers["101"], invoices["N1"], day=TODAY)
    office.meet(office.rows.customers["101"], "Nora", "nora@north.example")
    assert asked(office) == []

    news(office)

    assert asked(office)[0] == "100"


def test_a_draft_without_an_address_is_looked_at_once_and_again_when_there_is_one() -> None:
    office = Office()
    brandt = office.rows.customers["200"]
    draft = waiting(brandt, office.rows.invoices["B1"], day=TODAY)
    assert asked(office) == ["200"]
    draft_stops.look_at(company=office.company, drafts=[draft], at=AT)
    assert asked(office) == []
    office.meet(brandt, "Uwe", "uwe@brandt.example")
    assert asked(office) == ["200"]


def test_a_letter_needs_a_postal_address_and_no_email() -> None:
    office = Office()
    draft = waiting(office.harrow, office.rows.invoices["A1"], day=TODAY, channel="letter")
    assert asked(office) == ["100"]
    draft_stops.look_at(company=office.company, drafts=[draft], at=AT)
    assert (draft.state, asked(office)) == ("held_back", [])
    Customer.objects.filter(pk=office.harrow.pk).update(address="1 Mill Lane")
    assert asked(office) == ["100"]


def test_only_customers_who_were_asked_about_are_looked_at() -> None:
    office = Office()
    waiting(office.rows.customers["200"], office.rows.invoices["B1"], day=TODAY)
    nobody = draft_stops.to_ask_about(company=office.company, at=AT, customers=[office.harrow.pk])
    assert nobody == []
