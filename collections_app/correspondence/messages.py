"""A message that is ready to leave: to whom, in which language, and its words, which never change.

Its key says the cause, so the same cause prepares one message however often it is asked. A correction is a
new message that withdraws the one before. The outbox takes over whatever is ready and sends it; where its
words hold ``writing.LINK_SLOT``, it first asks whoever prepared it for a link of the reader's own.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from django.db import models, transaction
from django.db.models import Q

from collections_app.activity.events import Event
from collections_app.correspondence.rules import (
    MESSAGE_LABELS,
    Audience,
    MessageKind,
    MessageState,
    writing,
)
from collections_app.correspondence.rules.writing import Letter
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from collections_app.people.users import User


class MessageQuerySet(models.QuerySet["Message"]):
    """Words for messages."""

    def ready(self) -> "MessageQuerySet":
        """Waiting to leave."""
        return self.filter(state=MessageState.READY)


class Message(models.Model):
    """Words to one person. ``key`` names the cause, ``revision`` counts its corrections from 1."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_index=False)
    # Whom it is about, also when it goes to a colleague.
    customer = models.ForeignKey(
        Customer, null=True, blank=True, on_delete=models.PROTECT, related_name="messages", db_index=False
    )
    key = models.CharField(max_length=writing.KEY_LETTERS_MAX)
    revision = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in MessageKind])
    audience = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Audience])
    to_name = models.CharField(max_length=writing.NAME_LETTERS_MAX, blank=True)
    to_address = models.CharField(max_length=writing.ADDRESS_LETTERS_MAX)
    reply_to = models.CharField(max_length=writing.ADDRESS_LETTERS_MAX, blank=True)
    language = models.CharField(max_length=5)
    subject = models.CharField(max_length=writing.SUBJECT_LETTERS_MAX)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in MessageState])
    # Empty when the clock did it.
    prepared_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[MessageQuerySet] = MessageQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "message"
        constraints = [
            models.UniqueConstraint(
                fields=["key", "revision"], name="message_is_prepared_once_for_its_cause"
            ),
            models.UniqueConstraint(
                fields=["key"], condition=Q(state="ready"), name="message_is_ready_once_for_its_cause"
            ),
            models.CheckConstraint(
                name="message_that_is_withdrawn_says_when",
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | (~Q(state="withdrawn") & Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)),
            ),
            models.CheckConstraint(
                name="message_says_something_to_somebody",
                condition=~Q(subject="") & ~Q(body="") & ~Q(to_address=""),
            ),
        ]
        indexes = [
            models.Index(fields=["company", "prepared_at"], condition=Q(state="ready"), name="message_ready"),
            models.Index(fields=["customer", "-prepared_at"], name="message_by_customer"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def words(self) -> str:
        """Its body as it is shown here: a link in it works for its reader only."""
        return self.body.replace(writing.LINK_SLOT, writing.LINK_SHOWN)


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
    by: User | None,
    at: dt.datetime,
) -> int:
    """Make messages ready, by key; those whose cause has one already are left alone. How many are new.

    A few statements however many letters. Raises ``Refused`` with every problem of any.
    """
    if problems := [found for _, letter in letters.values() for found in writing.problems_of(letter)]:
        raise Refused(problems)
    with transaction.atomic():
        known = set(Message.objects.filter(key__in=list(letters)).values_list("key", flat=True))
        rows = [
            _row(company, customer, key, letter, by, at)
            for key, (customer, letter) in letters.items()
            if key not in known
        ]
        # Two at once: the second waits for the first here, and writes nothing.
        Message.objects.bulk_create(rows, ignore_conflicts=True)
        made = Message.objects.filter(key__in=[row.key for row in rows], prepared_at=at)
        Event.objects.bulk_create(
            [_event("message.prepared", "Made ready", message, by=by, at=at) for message in made]
        )
    return len(made)


def correct(message: Message, *, subject: str, body: str, by: User, at: dt.datetime) -> Message:
    """Other words for the same cause: a new message, and the one before is withdrawn. Raises ``Refused``."""
    with transaction.atomic():
        stands = _locked(message)
        letter = replace(_letter_of(stands), subject=subject, body=body)
        problems = writing.problems_of(letter)
        if stands.state != MessageState.READY:
            raise Refused.because("not_ready", "This message does not wait to leave any more.")
        if problems:
            raise Refused(problems)
        _end(stands, by=by, at=at)
        made = _row(stands.company, stands.customer, stands.key, letter, by, at)
        made.revision = stands.revision + 1
        made.save()
        _event("message.corrected", "Corrected", made, by=by, at=at).save()
    return made


def withdraw(message: Message, *, by: User | None, at: dt.datetime) -> Message:
    """It is not sent. Twice has one effect."""
    with transaction.atomic():
        stands = _locked(message)
        if stands.state == MessageState.READY:
            _end(stands, by=by, at=at)
            _event("message.withdrawn", "Will not be sent", stands, by=by, at=at).save()
    return stands


def withdraw_about(cause: str, *, customer: Customer, by: User | None, at: dt.datetime) -> int:
    """Nothing that is ready about ``customer``, and whose key begins with ``cause``, is sent; how much was.
    What it was about is over, and whoever ended it says so in their own event.
    """
    about = Message.objects.ready().filter(customer=customer, key__startswith=cause)
    return about.update(state=MessageState.WITHDRAWN, withdrawn_by=by, withdrawn_at=at)


def _locked(message: Message) -> Message:
    return (
        Message.objects.select_for_update(no_key=True, of=("self",))
        .select_related("company", "customer")
        .get(pk=message.pk)
    )


def _end(message: Message, *, by: User | None, at: dt.datetime) -> None:
    message.state, message.withdrawn_by, message.withdrawn_at = MessageState.WITHDRAWN, by, at
    message.save(update_fields=["state", "withdrawn_by", "withdrawn_at"])


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
    )


def _row(
    company: Company, customer: Customer | None, key: str, letter: Letter, by: User | None, at: dt.datetime
) -> Message:
    return Message(
        company=company,
        customer=customer,
        key=key,
        kind=letter.kind,
        audience=letter.audience,
        to_name=letter.to_name,
        to_address=letter.to_address,
        reply_to=letter.reply_to,
        language=letter.language,
        subject=letter.subject,
        body=letter.body,
        state=MessageState.READY,
        prepared_by=by,
        prepared_at=at,
    )


def _event(what: str, words: str, message: Message, *, by: User | None, at: dt.datetime) -> Event:
    about = MESSAGE_LABELS[MessageKind(message.kind)].lower()
    summary = f"{words}: {about} to {message.to_name or message.to_address}, “{message.subject}”"
    return Event(
        company_id=message.company_id,
        customer_id=message.customer_id,
        what=what,
        summary=summary[:500],
        facts={"message": message.pk, "key": message.key},
        by=by,
        at=at,
    )
