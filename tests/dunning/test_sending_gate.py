"""What is asked in the transaction in which a reminder leaves, with payments at the same moment."""

import datetime as dt
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import transaction

from collections_app.contact import disputes
from collections_app.correspondence import messages, outbox
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import Audience, MessageKind
from collections_app.correspondence.rules.writing import Letter
from collections_app.dunning import levels, procedures, sending_gate
from collections_app.dunning.draft_rows import ReminderClimb, ReminderDraft, ReminderDraftInvoice
from collections_app.dunning.procedure_rows import ProcedureVersion
from collections_app.intake import work
from collections_app.jobs.outbox import GATES
from collections_app.ledger import balances
from collections_app.ledger.allocations import Allocation
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.postings import Posting
from tests.correspondence.mailing import Post, send
from tests.dunning.office import AT, DAY, HOUR, TODAY, Office
from tests.together import Elsewhere, interleaved

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def office(db: None) -> Office:
    return Office()


def queued(office: Office, *numbers: str, level: int = 1, at: dt.datetime = AT) -> Message:
    """A reminder of some invoices as they stand, approved and due to leave."""
    company, customer = office.company, office.harrow
    procedures.ensure_default(company=company, by=None, at=at)
    draft = ReminderDraft.objects.create(
        company=company,
        customer=customer,
        climb=ReminderClimb.objects.get_or_create(company=company, customer=customer, began_on=TODAY)[0],
        procedure=ProcedureVersion.objects.filter(company=company)[0],
        segment_code="standard",
        run_on=at.date(),
        counts_on=at.date(),
        step_code="first",
        nominal_days=3,
        level=level,
        channel="email",
        template=f"LEVEL_{level}",
        signer="collector",
        state="proposed",
        made_at=at,
    )
    for number in numbers or ("A1", "A2"):
        invoice = office.rows.invoices[number]
        facts = {"open_amount": invoice.open_amount, "currency": invoice.currency}
        ReminderDraftInvoice.objects.create(draft=draft, invoice=invoice, disputed=0, promised=0, **facts)
    letter = Letter(
        kind=MessageKind.REMINDER,
        audience=Audience.CUSTOMER,
        to_name="Ada Osei",
        to_address="ada@harrow.example",
        subject="Invoices A1 and A2",
        body="Could you tell me the payment date?\n",
    )
    made = messages.prepare(company=company, customer=customer, key=draft.key, letter=letter, by=None, at=at)
    ReminderDraft.objects.filter(pk=draft.pk).update(state="approved", decided_at=at, message=made)
    outbox.release([made], by=None, at=at)
    return made


def pay(office: Office, number: str = "A1", amount: str = "480.00") -> None:
    """Money is set against an invoice, as an import does it."""
    posting = Posting.objects.create(company=office.company, recorded_at=AT, source="bank")
    Allocation.objects.create(
        company=office.company,
        posting=posting,
        invoice=office.rows.invoices[number],
        currency="GBP",
        amount=Decimal(amount),
        basis="stated",
        posted_on=TODAY,
        recorded_at=AT,
    )
    balances.refresh(posting=posting)


def leave(at: dt.datetime = AT) -> int:
    """How many messages left in a round of the outbox, as the product sends."""
    post = Post()
    send(post, gates=GATES, at=at)
    return len(post.taken)


def stops_of(message: Message) -> list[tuple[str, str]]:
    message.refresh_from_db()
    return [(message.state, stop["code"]) for stop in message.stops]


def test_a_reminder_that_is_right_leaves(office: Office) -> None:
    message = queued(office)
    assert leave() == 1
    message.refresh_from_db()
    assert message.state == "sent"


def test_what_was_paid_since_is_not_asked_for(office: Office) -> None:
    message = queued(office)
    pay(office)
    assert leave() == 0
    assert stops_of(message) == [("held_back", "settled")]
    assert message.stops[0]["sentence"] == "A1 was settled since this was written."


@pytest.mark.parametrize(("level", "highest"), [(2, 1), (1, 0), (1, -1)])
def test_a_level_that_was_switched_off_since_does_not_leave(office: Office, level: int, highest: int) -> None:
    message = queued(office, level=level)
    levels.switch(company=office.company, highest_level=highest, from_on=TODAY, by=office.dana, at=AT)
    assert leave() == 0
    assert stops_of(message) == [("held_back", "level_off")]


def test_levels_that_are_switched_off_from_a_later_day_do_not_stop_those_of_today(office: Office) -> None:
    queued(office, level=2)
    levels.switch(company=office.company, highest_level=1, from_on=TODAY + DAY, by=office.dana, at=AT)
    assert leave() == 1


def test_whoever_is_no_customer_any_more_is_not_reminded(office: Office) -> None:
    message = queued(office)
    Customer.objects.filter(pk=office.harrow.pk).update(is_active=False)
    assert leave() == 0
    assert stops_of(message) == [("held_back", "inactive")]


def test_what_is_not_overdue_by_now_is_not_asked_for(office: Office) -> None:
    """Other terms were agreed since it was approved."""
    message = queued(office)
    Invoice.objects.filter(customer=office.harrow).update(due_on=TODAY)
    assert leave() == 0
    assert stops_of(message) == [("held_back", "changed")]
    assert message.stops[0]["sentence"].startswith("Nothing that it asks for is overdue (A1, A2)")


def test_all_that_speaks_against_it_is_told(office: Office) -> None:
    message = queued(office)
    pay(office, "A1", "80.00")
    disputes.lodge(
        customer=office.harrow,
        invoice=office.rows.invoices["A2"],
        amount=Decimal(100),
        reason="PRICE",
        by=office.tom,
        at=AT,
    )
    night = AT + 9 * HOUR
    with transaction.atomic():
        found = sending_gate.stops_when_sending(Message.objects.get(pk=message.pk), night)
    assert [(stop.code, stop.until is None) for stop in found] == [
        ("settled", True),
        ("disputed", True),
        ("hour", False),
    ]


def test_a_message_of_the_evening_leaves_in_the_morning(office: Office) -> None:
    message = queued(office, at=AT + 9 * HOUR)
    assert leave(AT + 9 * HOUR) == 0
    assert stops_of(message) == [("queued", "hour")]
    assert message.next_attempt_at == AT + DAY - HOUR
    assert leave(AT + DAY - HOUR) == 1


def test_a_message_that_waited_too_long_is_written_anew(office: Office) -> None:
    message = queued(office, at=AT - 5 * DAY)
    assert leave() == 0
    assert stops_of(message) == [("held_back", "outdated")]


def test_words_that_nobody_approved_do_not_leave(office: Office) -> None:
    first = queued(office)
    outbox.recall(first, by=office.tom, at=AT)
    second = messages.correct(
        first, subject="Invoices", body="When may we expect it?\n", by=office.tom, at=AT
    )
    outbox.release([second], by=None, at=AT)
    assert leave(AT + MINUTE) == 0
    assert stops_of(second) == [("held_back", "unapproved")]


@pytest.mark.parametrize("state", ["proposed", "held_back", "dropped"])
def test_a_reminder_whose_approval_was_taken_back_does_not_leave(office: Office, state: str) -> None:
    """However its message came to wait in the outbox."""
    message = queued(office)
    decided_at = AT if state == "dropped" else None
    ReminderDraft.objects.update(state=state, stops=["x"], because="x", decided_at=decided_at)
    assert leave() == 0
    assert stops_of(message) == [("held_back", "unapproved")]


def test_a_letter_to_a_colleague_is_not_asked_about(office: Office) -> None:
    letter = Letter(
        kind=MessageKind.REMINDER,
        audience=Audience.COLLEAGUE,
        to_name="Sam",
        to_address="sam@northgate.example",
        subject="Your answer",
        body="Please.\n",
    )
    night = AT + 9 * HOUR
    made = messages.prepare(
        company=office.company, customer=office.harrow, key=f"ask:{uuid4()}", letter=letter, by=None, at=night
    )
    outbox.release([made], by=None, at=night)
    assert leave(night) == 1


@pytest.mark.django_db(transaction=True)
def test_a_payment_that_commits_between_draft_and_sending_is_seen() -> None:
    office = Office()
    message = queued(office)
    with Elsewhere(lambda: pay(office)):
        pass
    assert leave() == 0
    assert stops_of(message) == [("held_back", "settled")]


@pytest.mark.django_db(transaction=True)
def test_while_a_payment_is_being_posted_the_message_waits_and_then_sees_it() -> None:
    office = Office()
    message = queued(office)
    with Elsewhere(lambda: pay(office)) as other:
        assert leave() == 0
        assert stops_of(message) == [("queued", "busy")]
        assert AT + MINUTE <= (message.next_attempt_at or AT) < AT + 2 * MINUTE
        other.commit()
        assert leave(AT + 2 * MINUTE) == 0
    assert stops_of(message) == [("held_back", "settled")]


@pytest.mark.django_db(transaction=True)
def test_while_a_file_is_being_read_in_the_message_waits() -> None:
    office = Office()
    message = queued(office)
    with Elsewhere(lambda: work._LOCK.execute({"company": office.company.pk})):
        assert leave() == 0
        assert stops_of(message) == [("queued", "busy")]
    assert leave(AT + 2 * MINUTE) == 1


@pytest.mark.django_db(transaction=True)
def test_while_somebody_writes_about_the_customer_the_message_waits() -> None:
    office = Office()
    message = queued(office)

    def lodge() -> None:
        disputes.lodge(
            customer=office.harrow,
            invoice=office.rows.invoices["A1"],
            amount=Decimal(100),
            reason="PRICE",
            by=office.tom,
            at=AT,
        )

    with Elsewhere(lodge) as other:
        assert leave() == 0
        other.commit()
        assert leave() == 0
    assert stops_of(message) == [("held_back", "disputed")]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("deed", ["payment", "customer", "file"])
def test_whoever_comes_while_it_is_asked_waits_until_the_message_has_left(deed: str) -> None:
    office = Office()
    message = queued(office)
    order: list[str] = []

    def ask() -> None:
        stands = Message.objects.select_for_update(no_key=True).get(pk=message.pk)
        assert sending_gate.stops_when_sending(stands, AT) == []
        order.append("asked")

    def come() -> None:
        with transaction.atomic():
            if deed == "payment":
                pay(office)
            elif deed == "customer":
                Customer.objects.select_for_update(no_key=True).get(pk=office.harrow.pk)
            else:
                work._LOCK.execute({"company": office.company.pk})
            order.append("came")

    interleaved(ask, come)
    assert order == ["asked", "came"]
