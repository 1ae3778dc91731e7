"""Runs and what came of them, in few words."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from collections_app.behaviour import positions
from collections_app.contact import contact_logs
from collections_app.contact.rules import Channel as CallChannel
from collections_app.contact.rules import Direction, Outcome
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import Audience, MessageKind, MessageState
from collections_app.dunning import procedures, proposals, runs
from collections_app.dunning.draft_rows import ReminderClimb, ReminderDraft
from collections_app.dunning.procedure_rows import ProcedureVersion
from collections_app.dunning.proposals import Counts
from collections_app.dunning.rules.drafting import DraftState
from collections_app.dunning.runs import Run
from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.people.users import User
from collections_app.segmentation import assignments, versions
from tests.ledgertext import load

# Large and old enough to be of the standard segment: neither new customers nor small ones.
HISTORY = "".join(f"invoice 100 H{n} 900.00 due=+{40 + n}\n" for n in range(4))
LEDGER = f"""
customer 100
{HISTORY}
invoice 100 A1 1200.00 due=-9
invoice 100 A2 300.00 due=-2
invoice 100 A3 50.00 due=+20
"""


def later(day: dt.date, days: int) -> dt.date:
    return day + dt.timedelta(days)


def morning(company: Company, day: dt.date, **facts: Any) -> Counts:
    """The night's stages that a run stands on, and its first half: what is proposed."""
    at = stages(company, day)
    return proposals.propose(company=company, today=day, at=at, **facts)


def stages(company: Company, day: dt.date) -> dt.datetime:
    """The night's stages that a run stands on; the moment of the run."""
    at = dt.datetime.combine(day, dt.time(9, 15), dt.UTC)
    positions.measure(company=company, today=day)
    versions.ensure_default(company=company, by=None, at=at)
    assignments.assign(company=company, today=day)
    return at


def drafts(company: Company, **facts: Any) -> list[ReminderDraft]:
    """Drafts in the order in which they were made."""
    found = ReminderDraft.objects.filter(company=company, **facts).select_related("customer")
    return list(found.order_by("run_on", "pk"))


def told(found: Sequence[ReminderDraft]) -> list[tuple[str, str, str]]:
    """(customer, step, state) of drafts."""
    return [(one.customer.number, one.step_code, one.state) for one in found]


def waiting(customer: Customer, *invoices: Invoice, day: dt.date, **facts: Any) -> ReminderDraft:
    """A first reminder by email about ``invoices`` that waits for a yes, whatever day it is."""
    company, at = customer.company, dt.datetime.combine(day, dt.time(6), dt.UTC)
    procedures.ensure_default(company=company, by=None, at=at)
    climb, _ = ReminderClimb.objects.get_or_create(company=company, customer=customer, began_on=day)
    draft = ReminderDraft.objects.create(
        **{
            "company": company,
            "customer": customer,
            "climb": climb,
            "procedure": ProcedureVersion.objects.filter(company=company).latest("pk"),
            "segment_code": "standard",
            "run_on": day,
            "counts_on": day,
            "step_code": "email+3",
            "nominal_days": 3,
            "level": 1,
            "channel": "email",
            "template": "level_1",
            "signer": "collector",
            "state": "proposed",
            "made_at": at,
            "oldest_due_on": min((each.due_on for each in invoices if each.due_on), default=None),
            **facts,
        }
    )
    for each in invoices:
        draft.lines.create(
            invoice=each, currency=each.currency, open_amount=each.open_amount, disputed=0, promised=0
        )
    return draft


def approve(
    draft: ReminderDraft, *, at: dt.datetime, state: MessageState = MessageState.SENT, **facts: Any
) -> ReminderDraft:
    """As if it had been approved, and its message, if it has one, had left at once; or stood elsewhere."""
    draft.state, draft.decided_at = DraftState.APPROVED, at
    if draft.channel == "email":
        draft.message = message_of(draft, state, at=at, **facts)
    draft.save()
    return draft


def drafted(message: Message, *, day: dt.date) -> Message:
    """As if a run had drafted a reminder that stands by itself, of no invoice."""
    assert message.customer
    waiting(message.customer, day=day, state="approved", decided_at=message.prepared_at, message=message)
    return message


def asked_by_them(draft: ReminderDraft, *, by: User, at: dt.datetime) -> None:
    """They ring up about what a draft asks for."""
    contact_logs.log(
        customer=draft.customer,
        channel=CallChannel.CALL,
        direction=Direction.IN,
        outcome=Outcome.INFORMED,
        said="They asked for the number again.",
        by=by,
        at=at,
    )


def called(draft: ReminderDraft) -> ReminderDraft:
    """A call that somebody made before, on the ladder of a draft."""
    call = ReminderDraft.objects.get(pk=draft.pk)
    call.pk, call.message, call.level, call.channel = None, None, 2, "call"
    call.state, call.step_code, call.decided_at, call.stops = DraftState.DONE, "call+14", draft.made_at, []
    call.save(force_insert=True)
    return call


def message_of(draft: ReminderDraft, state: MessageState, *, at: dt.datetime, **facts: Any) -> Message:
    """The message of a draft, in a state since ``at``."""
    is_tried = state not in (MessageState.READY, MessageState.QUEUED, MessageState.HELD_BACK)
    stop = {"code": "covered", "sentence": "Money is here.", "until": None}
    return Message.objects.create(
        **{
            "company": draft.company,
            "customer": draft.customer,
            "key": draft.key,
            "message_id": f"<{draft.key}@house.example>",
            "kind": MessageKind.REMINDER,
            "audience": Audience.CUSTOMER,
            "to_address": "ada@harrow.example",
            "language": "en",
            "subject": "Invoice A1",
            "body": "When may we expect it?\n",
            "state": state,
            "prepared_at": at,
            "changed_at": at,
            "leave_after": at,
            "next_attempt_at": at if state == MessageState.QUEUED else None,
            "attempts": 1 if is_tried else 0,
            "claimed_at": at if is_tried else None,
            "sent_at": at if state == MessageState.SENT else None,
            "withdrawn_at": at if state == MessageState.WITHDRAWN else None,
            "stops": [stop] if state == MessageState.HELD_BACK else [],
            **facts,
        }
    )


def dunned(company: Company, day: dt.date, at: dt.datetime) -> Run:
    morning(company, day)
    return runs.run(company=company, today=day, at=at)


def by_hand(draft: ReminderDraft) -> ReminderDraft:
    """As if its step were one that a person approves."""
    draft.is_automatic = False
    draft.save()
    return draft


def with_contact(company: Company, *, today: dt.date) -> Customer:
    """A customer whose first reminder leaves by itself."""
    load(LEDGER, company=company, today=today)
    customer = Customer.objects.get()
    Contact.objects.create(
        customer=customer,
        name="Ada Osei",
        email="ada@harrow.example",
        is_primary=True,
        recorded_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    )
    return customer
