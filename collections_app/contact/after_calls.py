"""After a call: what was agreed in it, theirs and ours, to be read back and to be sent as a summary.

A summary is made from the rows that the conversation wrote, so it says what the product will remember, in the
letter that the company has for it. It is prepared once for a conversation and leaves through the outbox.
"""

import datetime as dt

from django.db import transaction
from django.db.models import prefetch_related_objects

from collections_app.contact.commitment_rows import Commitment
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.disputes import Dispute
from collections_app.contact.promised import PromiseInstalment
from collections_app.contact.rules import NextStep, PromiseState, conversation, summing
from collections_app.contact.rules.summing import Agreed, OpenPoint, OurPoint, TheirPoint
from collections_app.correspondence import letter_templates, letterheads, messages
from collections_app.correspondence.messages import Message
from collections_app.correspondence.rules import Audience, MessageKind, writing
from collections_app.correspondence.rules.letter_values import (
    CollectorValues,
    ContactValues,
    CustomerValues,
    LetterValues,
)
from collections_app.correspondence.rules.letters import Unwritten
from collections_app.correspondence.rules.purposes import Purpose
from collections_app.correspondence.rules.writing import Letter
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import lock_customer
from collections_app.lib.kept_queries import KeptQuery
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.people.users import User

STANDS_NO_MORE = (PromiseState.WITHDRAWN, PromiseState.REPLACED)


def summary_key(log: ContactLog) -> str:
    """The key of the message that sums a conversation up."""
    return f"{cause_of(log)}summary"


def copies_key(log: ContactLog) -> str:
    """The key of the message with the copies that were asked for in a conversation."""
    return f"{cause_of(log)}copies"


def agreed_in(log: ContactLog, *, by: User) -> Agreed:
    """What was agreed in a conversation and still stands. Four queries."""
    company = log.company
    return Agreed(
        spoken_on=company.today(at=log.at),
        their_name=log.contact.name if log.contact else log.spoke_with,
        our_name=str(by),
        our_company=company.name,
        theirs=_theirs(log),
        ours=_ours(log),
        open=_open(log),
    )


def problems_of_summary(log: ContactLog, *, by: User) -> list[Problem]:
    """Why a conversation cannot be summed up for the customer; empty when it can. Buttons ask this too."""
    found = conversation.problems_of_author(may_work=by.may(Deed.WORK_CUSTOMERS))
    if log.withdrawn_at is not None:
        found.append(Problem("taken_back", "This conversation was taken back."))
    elif not agreed_in(log, by=by).is_worth_writing:
        found.append(Problem("nothing_agreed", "Nothing was agreed that would be worth a letter."))
    if log.contact is None or not log.contact.email:
        text = "Nobody with an email address is named in it. Put them on file, then sum it up."
        found.append(Problem("no_address", text))
    return found


def prepare_summary(log: ContactLog, *, by: User, at: dt.datetime) -> Message:
    """Make the summary of a conversation ready to leave, in the contact's language. Twice gives the one that
    is there. Raises ``Refused`` with every problem.
    """
    with transaction.atomic():
        lock_customer(log.customer_id)
        log = ContactLog.objects.select_related("company", "customer", "contact").get(pk=log.pk)
        if there := Message.objects.standing().filter(key=summary_key(log)).first():
            return there
        if problems := problems_of_summary(log, by=by):
            raise Refused(problems)
        assert log.contact is not None  # the rule refused it otherwise
        letter = _summary(log, log.contact, by=by, at=at)
        return messages.prepare(
            company=log.company, customer=log.customer, key=summary_key(log), letter=letter, by=by, at=at
        )


def _summary(log: ContactLog, contact: Contact, *, by: User, at: dt.datetime) -> Letter:
    """The letter, as the company words it in the reader's language."""
    customer, today = log.customer, log.company.today(at=at)
    language = contact.language or customer.language
    agreed = agreed_in(log, by=by)
    values = LetterValues(
        company=letterheads.values_of(log.company),
        customer=CustomerValues(customer.number, customer.name, customer.address, customer.country),
        contact=ContactValues.named(contact.name, contact.email),
        collector=CollectorValues(str(by), by.email),
        language=language,
        today=today,
        answer_by=log.company.calendar.next_working_day(today),
        agreed=summing.values_of(agreed, language=language, country=customer.country),
    )
    template = letter_templates.shelf_of(log.company).letter(Purpose.SUMMARY, language)
    try:
        written = letter_templates.render(template, values=values)
    except Unwritten as fault:
        raise Refused.because("letter", f"The letter cannot be written: {fault}") from None
    return Letter(
        kind=MessageKind.SUMMARY,
        audience=Audience.CUSTOMER,
        to_name=writing.one_line(contact.name),
        to_address=contact.email,
        subject=written.subject,
        body=written.text,
        body_html=written.html,
        language=template.language,
        reply_to=by.email,
    )


def withdraw_messages(log: ContactLog, *, by: User, at: dt.datetime) -> int:
    """What waits to leave because of a conversation that is taken back does not leave; how many."""
    return messages.withdraw_about(cause_of(log), customer=log.customer, by=by, at=at)


def cause_of(log: ContactLog) -> str:
    """With what the key of every message begins that a conversation causes."""
    return f"contact_log:{log.pk}:"


def _theirs(log: ContactLog) -> tuple[TheirPoint, ...]:
    standing = PROMISED.of(log.pk)
    prefetch_related_objects(standing, "promise__lines__invoice")
    return tuple(
        TheirPoint(
            amount=each.amount,
            currency=each.promise.currency,
            day=each.promised_on,
            invoices=tuple(line.invoice.number for line in each.promise.lines.all()),
        )
        for each in standing
    )


def _ours(log: ContactLog) -> tuple[OurPoint, ...]:
    points = [OurPoint(each.kind, each.words, each.due_on, each.due_at) for each in UNDERTAKEN.of(log.pk)]
    if log.next_step == NextStep.CALL_BACK and log.next_on:
        points.append(OurPoint("call_back", "", log.next_on, log.next_at))
    return tuple(points)


def _open(log: ContactLog) -> tuple[OpenPoint, ...]:
    return tuple(
        OpenPoint(each.invoice.number, each.amount, each.currency, each.resolve_due_on)
        for each in CONTESTED.of(log.pk)
    )


PROMISED = KeptQuery(
    lambda log: (
        PromiseInstalment.objects.filter(promise__contact_log=log)
        .exclude(promise__state__in=STANDS_NO_MORE)
        .select_related("promise")
        .order_by("promised_on", "pk")
    ),
    "bigint",
)
UNDERTAKEN = KeptQuery(
    lambda log: Commitment.objects.open().filter(contact_log=log).order_by("due_on", "pk"), "bigint"
)
CONTESTED = KeptQuery(
    lambda log: Dispute.objects.open().filter(contact_log=log).select_related("invoice").order_by("pk"),
    "bigint",
)
