"""A received message as a row: what came back, what it answers, and whether somebody read it. What is done
with it is in ``received_messages`` (taken in, assigned, read) and ``bounces`` (addresses that do not work).
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import Audience, writing
from collections_app.correspondence.rules.incoming import (
    KIND_LABELS,
    SORT_LABELS,
    ReceivedKind,
    ReplySort,
)
from collections_app.correspondence.stored_files import StoredFile
from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.people.users import User

MAILBOX_LETTERS_MAX = 150
NAME_LETTERS_MAX = 250
SENTENCE_LETTERS_MAX = 300
# What somebody has to look at; an automatic answer or a delay asks for nothing.
FOR_PEOPLE = (ReceivedKind.REPLY, ReceivedKind.BOUNCE)


class ReceivedMessageQuerySet(models.QuerySet["ReceivedMessage"]):
    """Words for received messages."""

    def unread(self) -> "ReceivedMessageQuerySet":
        """Replies and bounces that nobody has read."""
        return self.filter(read_at__isnull=True, kind__in=FOR_PEOPLE)

    def pausing(self) -> "ReceivedMessageQuerySet":
        """Unread replies of customers: until they are read, nothing more is asked."""
        return self.filter(
            read_at__isnull=True,
            kind=ReceivedKind.REPLY,
            audience=Audience.CUSTOMER,
            customer__isnull=False,
        )


class ReceivedMessage(models.Model):
    """An email that came back. ``key`` is the same however often it is read; ``about`` is what it answers
    or could not deliver. Without ``customer`` somebody says whose it is.
    """

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(
        Customer, null=True, on_delete=models.PROTECT, related_name="received_messages", db_index=False
    )
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="+")
    about = models.ForeignKey(Message, null=True, on_delete=models.PROTECT, related_name="answers")
    # Whom the message was written to that it answers; who writes unasked is taken for a customer.
    audience = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Audience])
    key = models.CharField(max_length=64)
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in ReceivedKind])
    sort = models.CharField(max_length=12, choices=[(sort.value, sort.value) for sort in ReplySort])
    message_id = models.CharField(max_length=writing.ID_LETTERS_MAX, blank=True)
    from_name = models.CharField(max_length=writing.NAME_LETTERS_MAX, blank=True)
    from_address = models.CharField(max_length=writing.ADDRESS_LETTERS_MAX, blank=True)
    subject = models.CharField(max_length=writing.SUBJECT_LETTERS_MAX, blank=True)
    words = models.TextField(blank=True)
    quoted = models.TextField(blank=True)
    language = models.CharField(max_length=5)
    # [{"address": .., "is_hard": .., "status": .., "words": ..}]
    failures = models.JSONField(default=list)
    # Files that could not be taken, with why: [{"name": .., "sentence": ..}]
    refused_files = models.JSONField(default=list)
    back_on = models.DateField(null=True)
    promised_on = models.DateField(null=True)
    # Its own word for when it was sent; then when we read it, and in which mailbox or file.
    sent_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    mailbox = models.CharField(max_length=MAILBOX_LETTERS_MAX, blank=True)
    read_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True)

    objects: ClassVar[ReceivedMessageQuerySet] = ReceivedMessageQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "received_message"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "key"], name="received_message_is_taken_in_once_by_a_company"
            ),
            models.CheckConstraint(
                name="received_message_is_read_by_somebody",
                condition=Q(read_by__isnull=True, read_at__isnull=True)
                | Q(read_by__isnull=False, read_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["company", "-received_at", "-id"], name="received_by_company"),
            models.Index(fields=["customer", "-received_at"], name="received_by_customer"),
            # Read by every page for its count, and before each reminder leaves.
            models.Index(
                fields=["company", "customer"],
                condition=Q(read_at__isnull=True, kind__in=["reply", "bounce"]),
                name="received_unread",
            ),
        ]

    def __str__(self) -> str:
        return self.subject or "(no subject)"

    @property
    def kind_label(self) -> str:
        """What came back, in words."""
        return KIND_LABELS[ReceivedKind(self.kind)]

    @property
    def sort_label(self) -> str:
        """What a reply is about, in words."""
        return SORT_LABELS[ReplySort(self.sort)]

    @property
    def sender(self) -> str:
        """Who wrote, by name where one is given."""
        return self.from_name or self.from_address or "somebody"

    @property
    def is_reply(self) -> bool:
        """Whether somebody wrote."""
        return self.kind == ReceivedKind.REPLY

    @property
    def is_bounce(self) -> bool:
        """Whether it says that a message did not arrive."""
        return self.kind == ReceivedKind.BOUNCE

    @property
    def is_for_people(self) -> bool:
        """Whether somebody has to read it."""
        return self.kind in FOR_PEOPLE


class ReceivedFile(models.Model):
    """A file that came with it, at its place among the others."""

    received = models.ForeignKey(
        ReceivedMessage, on_delete=models.CASCADE, related_name="files", db_index=False
    )
    stored_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "received_file"
        constraints = [
            models.UniqueConstraint(fields=["received", "position"], name="received_file_has_its_own_place"),
        ]


class Unreadable(models.Model):
    """Something in a mailbox that could not be read, with why; once however often it is met."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_index=False)
    sha256 = models.CharField(max_length=64)
    named = models.CharField(max_length=NAME_LETTERS_MAX, blank=True)
    size_bytes = models.BigIntegerField()
    sentence = models.CharField(max_length=SENTENCE_LETTERS_MAX)
    met_at = models.DateTimeField()
    read_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "received_unreadable"
        constraints = [
            models.UniqueConstraint(fields=["company", "sha256"], name="unreadable_mail_is_told_of_once"),
        ]
