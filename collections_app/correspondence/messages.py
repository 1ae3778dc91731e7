"""A message: to whom, in which language, and its words, which never change.

Its key says the cause, so the same cause prepares one message however often it is asked. A correction is a
new message that withdraws the one before. What is ready waits for a person; ``outbox`` releases it and
``deliveries`` sends it. ``rules.sending`` holds the table of states.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from django.conf import settings
from django.db import transaction

from collections_app.activity.events import Event
from collections_app.correspondence.message_rows import Message, event, locked
from collections_app.correspondence.rules import (
    Audience,
    MessageKind,
    MessageState,
    sending,
    writing,
)
from collections_app.correspondence.rules.writing import Letter
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from collections_app.people.users import User

__all__ = ["Message", "correct", "prepare", "prepare_several", "withdraw", "withdraw_about"]

# A person may still put other words in the place of these.
CORRECTABLE = (MessageState.READY, MessageState.HELD_BACK, MessageState.FAILED)


def prepare(
    *,
    company: Company,
    customer: Customer | None,
    key: str,
    letter: Letter,
    by: User | None,
    at: dt.datetime,
) -> Message:
    """Make a message ready. The same ``key`` again gives the newest message of that cause, as it stands.

    Raises ``Refused`` with every problem.
    """
    with transaction.atomic():
        prepare_several(company=company, letters={key: (customer, letter)}, by=by, at=at)
        return Message.objects.filter(key=key).order_by("-revision")[0]


def prepare_several(
    *,
    company: Company,
    letters: Mapping[str, tuple[Customer | None, Letter]],
    leave_after: dt.datetime | None = None,
    anew: bool = False,
    by: User | None,
    at: dt.datetime,
) -> int:
    """Make messages ready, by key; those whose cause has one already are left alone. How many are new.

    With ``leave_after`` they are released at once, for that moment; with ``anew`` a cause whose message was
    withdrawn gets another. A few statements however many letters. Raises ``Refused`` with every problem of
    any.
    """
    if problems := [found for _, letter in letters.values() for found in writing.problems_of(letter)]:
        raise Refused(problems)
    with transaction.atomic():
        before = Message.objects.filter(key__in=list(letters))
        revisions = dict(before.order_by("revision").values_list("key", "revision"))
        known = set((before.standing() if anew else before).values_list("key", flat=True))
        rows = [
            _row(company, customer, key, letter, by, at, revision=revisions.get(key, 0) + 1)
            for key, (customer, letter) in letters.items()
            if key not in known
        ]
        for row in rows if leave_after else ():
            row.state, row.leave_after, row.next_attempt_at = MessageState.QUEUED, leave_after, leave_after
        # Two at once: the second waits for the first here, and writes nothing.
        Message.objects.bulk_create(rows, ignore_conflicts=True)
        made = Message.objects.filter(key__in=[row.key for row in rows], prepared_at=at)
        Event.objects.bulk_create(
            [event("prepared", "Made ready", message, by=by, at=at) for message in made]
        )
    return len(made)


def correct(
    message: Message,
    *,
    subject: str,
    body: str,
    body_html: str = "",
    to_address: str = "",
    by: User,
    at: dt.datetime,
) -> Message:
    """Other words for the same cause, or another address: a new message that is ready, with the same
    attachments; the one before is withdrawn. Raises ``Refused`` with every problem.
    """
    with transaction.atomic():
        stands = locked(message)
        letter = replace(
            _letter_of(stands),
            subject=subject,
            body=body,
            body_html=body_html,
            to_address=to_address or stands.to_address,
        )
        problems = writing.problems_of(letter)
        if stands.state not in CORRECTABLE:
            raise Refused.because("not_ready", "This message does not wait to leave any more.")
        if problems:
            raise Refused(problems)
        attached = list(stands.attachments.order_by("position"))
        _end(stands, by=by, at=at)
        made = _row(stands.company, stands.customer, stands.key, letter, by, at, revision=stands.revision + 1)
        made.save()
        for each in attached:
            each.pk, each.message = None, made
        made.attachments.bulk_create(attached)
        event("corrected", "Corrected", made, by=by, at=at).save()
    return made


def withdraw(message: Message, *, by: User | None, at: dt.datetime) -> Message:
    """It is not sent. Twice has one effect. Raises ``Refused`` when it is too late."""
    with transaction.atomic():
        stands = locked(message)
        if problems := sending.problems_of_withdrawal(MessageState(stands.state)):
            raise Refused(problems)
        if stands.state != MessageState.WITHDRAWN:
            _end(stands, by=by, at=at)
            event("withdrawn", "Will not be sent", stands, by=by, at=at).save()
    return stands


def withdraw_about(cause: str, *, customer: Customer, by: User | None, at: dt.datetime) -> int:
    """Nothing about ``customer`` that has not left, and whose key begins with ``cause``, is sent; how much
    was. What it was about is over, and whoever ended it says so in their own event.

    What may have left stays for a person: that it is over does not tell whether they read it.
    """
    about = Message.objects.filter(
        state__in=[state for state in sending.WITHDRAWABLE if state != MessageState.UNCERTAIN],
        customer=customer,
        key__startswith=cause,
    )
    return about.update(
        state=MessageState.WITHDRAWN,
        withdrawn_by=by,
        withdrawn_at=at,
        changed_at=at,
        next_attempt_at=None,
    )


def _end(message: Message, *, by: User | None, at: dt.datetime) -> None:
    message.state, message.withdrawn_by, message.withdrawn_at = MessageState.WITHDRAWN, by, at
    message.changed_at, message.next_attempt_at = at, None
    message.save(update_fields=["state", "withdrawn_by", "withdrawn_at", "changed_at", "next_attempt_at"])


def _letter_of(message: Message) -> Letter:
    return Letter(
        kind=MessageKind(message.kind),
        audience=Audience(message.audience),
        to_name=message.to_name,
        to_address=message.to_address,
        subject=message.subject,
        body=message.body,
        language=message.language,
        reply_to=message.reply_to,
        body_html=message.body_html,
        in_reply_to=message.in_reply_to,
        references=message.references,
        is_automatic=message.auto_submitted,
    )


def _row(
    company: Company,
    customer: Customer | None,
    key: str,
    letter: Letter,
    by: User | None,
    at: dt.datetime,
    *,
    revision: int = 1,
) -> Message:
    return Message(
        company=company,
        customer=customer,
        key=key,
        revision=revision,
        message_id=writing.message_id(key, revision, host=sending.host_of(settings.DEFAULT_FROM_EMAIL)),
        kind=letter.kind,
        audience=letter.audience,
        to_name=letter.to_name,
        to_address=letter.to_address,
        reply_to=letter.reply_to,
        language=letter.language,
        subject=letter.subject,
        body=letter.body,
        body_html=letter.body_html,
        in_reply_to=letter.in_reply_to,
        references=letter.references,
        auto_submitted=letter.is_automatic,
        state=MessageState.READY,
        prepared_by=by,
        prepared_at=at,
        changed_at=at,
    )
