"""A standing note: how to work with a customer, for whoever picks up the telephone next.

An agreed habit ("asks for copies before the call") or something to avoid ("not before ten"). It stays on
every call card until somebody takes it off, and a stand-in reads it first. Its words are never changed: a
correction takes the old note off and writes a new one. Written by whoever works the customer.
"""

import datetime as dt
from typing import ClassVar
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q

from collections_app.activity import events
from collections_app.contact.rules import conversation, noting
from collections_app.contact.rules.noting import WORDS_MAX, NoteKind, StandingNoteWords
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer, lock_customer
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Deed
from collections_app.people.users import User


class StandingNoteQuerySet(models.QuerySet["StandingNote"]):
    """Words for standing notes."""

    def standing(self) -> "StandingNoteQuerySet":
        """Not taken off."""
        return self.filter(withdrawn_at__isnull=True)


class StandingNote(models.Model):
    """One habit, or one thing to avoid."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, related_name="standing_notes", db_index=False
    )
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in NoteKind])
    words = models.CharField(max_length=WORDS_MAX)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    # The key of the form that wrote it: the same form posted twice has one effect.
    form_key = models.UUIDField(null=True, blank=True, unique=True)
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[StandingNoteQuerySet] = StandingNoteQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "standing_note"
        constraints = [
            models.CheckConstraint(name="standing_note_says_something", condition=~Q(words="")),
            models.CheckConstraint(
                name="standing_note_is_withdrawn_by_somebody",
                condition=Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["customer"],
                condition=Q(withdrawn_at__isnull=True),
                name="standing_note_by_customer",
            )
        ]

    def __str__(self) -> str:
        return self.words


def record(
    *,
    customer: Customer,
    kind: NoteKind,
    words: str,
    as_it_is: bool = False,
    form_key: UUID | None = None,
    by: User,
    at: dt.datetime,
) -> StandingNote:
    """Put a note on the call card. Words that are private matters, hearsay or opinions are asked about once:
    refused unless ``as_it_is``. The same ``form_key`` twice gives the note that is there. Raises ``Refused``.
    """
    with transaction.atomic():
        lock_customer(customer.pk)
        if form_key and (written := StandingNote.objects.filter(form_key=form_key).first()):
            return written
        standing = StandingNote.objects.standing().filter(customer=customer)
        asked = StandingNoteWords(
            words=words, as_it_is=as_it_is, others=tuple(standing.values_list("words", flat=True))
        )
        may_not = conversation.problems_of_author(may_work=by.may(Deed.WORK_CUSTOMERS))
        if problems := may_not + noting.problems_of(asked):
            raise Refused(problems)
        made = StandingNote.objects.create(
            company=customer.company,
            customer=customer,
            kind=kind,
            words=words.strip(),
            recorded_by=by,
            recorded_at=at,
            form_key=form_key,
        )
        _record("standing_note.recorded", "Noted", made, by=by, at=at)
    return made


def withdraw(note: StandingNote, *, by: User, at: dt.datetime) -> StandingNote:
    """Take a note off the card; the timeline keeps it. Twice has one effect. Raises ``Refused``."""
    with transaction.atomic():
        lock_customer(note.customer_id)
        note.refresh_from_db()
        if note.withdrawn_at is not None:
            return note
        if problems := conversation.problems_of_author(may_work=by.may(Deed.WORK_CUSTOMERS)):
            raise Refused(problems)
        note.withdrawn_by, note.withdrawn_at = by, at
        note.save(update_fields=["withdrawn_by", "withdrawn_at"])
        _record("standing_note.withdrawn", "Took off", note, by=by, at=at)
    return note


def _record(what: str, done: str, note: StandingNote, *, by: User, at: dt.datetime) -> None:
    label = noting.KIND_LABELS[NoteKind(note.kind)].lower()
    summary = f"{done} ({label}): {note.words}"
    facts = {"standing_note": note.pk, "kind": note.kind}
    events.record(what, summary, company=note.company, customer=note.customer, facts=facts, by=by, at=at)
