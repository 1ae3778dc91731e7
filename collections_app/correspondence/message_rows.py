"""A message as a row: its words and where it stands. What is done with messages is in ``messages`` (written,
corrected, withdrawn), ``outbox`` (released, decided) and ``deliveries`` (sent).
"""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Q

from collections_app.activity.events import Event
from collections_app.correspondence.rules import (
    MESSAGE_LABELS,
    STATE_LABELS,
    Audience,
    MessageKind,
    MessageState,
    sending,
    writing,
)
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.users import User


class MessageQuerySet(models.QuerySet["Message"]):
    """Words for messages."""

    def ready(self) -> "MessageQuerySet":
        """Waiting for a person to send them."""
        return self.filter(state=MessageState.READY)

    def standing(self) -> "MessageQuerySet":
        """Not withdrawn: at most one for each cause."""
        return self.exclude(state=MessageState.WITHDRAWN)

    def undecided(self) -> "MessageQuerySet":
        """Where nothing more happens unless a person decides."""
        return self.filter(state__in=sending.UNDECIDED)


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
    body_html = models.TextField(blank=True, default="", db_default="")
    # As its reader's program knows it. Follows from key and revision, so it is the same on each attempt.
    message_id = models.CharField(max_length=writing.ID_LETTERS_MAX)
    in_reply_to = models.CharField(max_length=writing.ID_LETTERS_MAX, blank=True, default="", db_default="")
    references = models.CharField(
        max_length=writing.REFERENCES_LETTERS_MAX, blank=True, default="", db_default=""
    )
    # Nobody reads it before it leaves, so other programs need not answer it (RFC 3834).
    auto_submitted = models.BooleanField(default=False, db_default=False)
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in MessageState])
    # Empty when the clock did it.
    prepared_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # Since when it is in its state.
    changed_at = models.DateTimeField()
    # Until then whoever released it may call it back.
    leave_after = models.DateTimeField(null=True, blank=True)
    # When the next attempt is due: that moment, or later after an attempt that came to nothing.
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    # When a worker began the last attempt, and the number of that attempt.
    claimed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0, db_default=0)
    # Attempts before a person last had it sent again: after that it has as many as a new one.
    attempts_before = models.PositiveSmallIntegerField(default=0, db_default=0)
    last_answer = models.CharField(
        max_length=sending.ANSWER_LETTERS_MAX, blank=True, default="", db_default=""
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    # What spoke against sending it when that was last asked: [{"code": .., "sentence": .., "until": ..}].
    stops = models.JSONField(default=list, blank=True)

    objects: ClassVar[MessageQuerySet] = MessageQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "message"
        constraints = [
            models.UniqueConstraint(
                fields=["key", "revision"], name="message_is_prepared_once_for_its_cause"
            ),
            models.UniqueConstraint(
                fields=["key"], condition=~Q(state="withdrawn"), name="message_stands_once_for_its_cause"
            ),
            models.UniqueConstraint(fields=["message_id"], name="message_has_an_id_of_its_own"),
            models.CheckConstraint(
                name="message_that_is_withdrawn_says_when",
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | (~Q(state="withdrawn") & Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)),
            ),
            models.CheckConstraint(
                name="message_says_something_to_somebody",
                condition=~Q(subject="") & ~Q(body="") & ~Q(to_address=""),
            ),
            models.CheckConstraint(
                name="message_that_waits_says_until_when",
                condition=Q(state="queued", leave_after__isnull=False, next_attempt_at__isnull=False)
                | (~Q(state="queued") & Q(next_attempt_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="message_that_is_leaving_says_since_when",
                condition=~Q(state__in=["sending", "uncertain"])
                | Q(claimed_at__isnull=False, attempts__gt=0),
            ),
            models.CheckConstraint(
                name="message_that_left_says_when",
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="message_that_is_held_back_says_why", condition=~Q(state="held_back", stops=[])
            ),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at", "id"], condition=Q(state="queued"), name="message_due"),
            models.Index(
                fields=["company", "next_attempt_at", "id"],
                condition=Q(state="queued"),
                name="message_due_of_company",
            ),
            models.Index(fields=["claimed_at"], condition=Q(state="sending"), name="message_leaving"),
            models.Index(fields=["company", "state", "-changed_at", "-id"], name="message_by_state"),
            models.Index(fields=["customer", "-prepared_at"], name="message_by_customer"),
            models.Index(
                fields=["company", "sent_at"],
                include=["id", "customer"],
                condition=Q(audience="customer", sent_at__isnull=False),
                name="message_sent_by_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def state_label(self) -> str:
        """Where it stands, in words."""
        return STATE_LABELS[MessageState(self.state)]

    @property
    def kind_label(self) -> str:
        """What it is for, in words."""
        return MESSAGE_LABELS[MessageKind(self.kind)]

    @property
    def words(self) -> str:
        """Its body as it is shown here: a link in it works for its reader only."""
        return self.body.replace(writing.LINK_SLOT, writing.LINK_SHOWN)


def locked(message: Message) -> Message:
    """The message as it stands, kept so until the transaction ends."""
    return (
        Message.objects.select_for_update(no_key=True, of=("self",))
        .select_related("company", "customer")
        .get(pk=message.pk)
    )


def event(what: str, words: str, message: Message, *, by: User | None, at: dt.datetime) -> Event:
    """What the timeline tells of a message: ``words``, then what it is, to whom, and its subject. Unsaved."""
    about = MESSAGE_LABELS[MessageKind(message.kind)].lower()
    summary = f"{words}: {about} to {message.to_name or message.to_address}, “{message.subject}”"
    return Event(
        company_id=message.company_id,
        customer_id=message.customer_id,
        what=f"message.{what}",
        summary=summary[:500],
        facts={"message": message.pk, "key": message.key},
        by=by,
        at=at,
    )
