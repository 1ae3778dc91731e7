"""Standing notes: on every call card until taken off, and never edited."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from collections_app.activity.events import Event
from collections_app.contact import standing_notes
from collections_app.contact.rules.noting import STANDING_MAX, NoteKind
from collections_app.contact.standing_notes import StandingNote
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from collections_app.people.users import User


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_a_habit_stands_until_it_is_taken_off(harrow: Customer, priya: User, at: dt.datetime) -> None:
    note = standing_notes.record(
        customer=harrow, kind=NoteKind.HABIT, words=" asks for copies first ", by=priya, at=at
    )
    assert list(harrow.standing_notes.standing()) == [note]
    assert note.words == "asks for copies first"

    standing_notes.withdraw(note, by=priya, at=at)
    standing_notes.withdraw(note, by=priya, at=at)
    assert not harrow.standing_notes.standing().exists()
    assert [(event.what, event.summary) for event in Event.objects.order_by("pk")] == [
        ("standing_note.recorded", "Noted (agreed habit): asks for copies first"),
        ("standing_note.withdrawn", "Took off (agreed habit): asks for copies first"),
    ]


def test_an_opinion_is_asked_about_once_and_kept_when_it_is_meant(
    harrow: Customer, priya: User, at: dt.datetime
) -> None:
    with pytest.raises(Refused) as refused:
        standing_notes.record(customer=harrow, kind=NoteKind.AVOID, words="rude before ten", by=priya, at=at)
    assert codes(refused) == ["better_left_out"]
    kept = standing_notes.record(
        customer=harrow, kind=NoteKind.AVOID, words="rude before ten", as_it_is=True, by=priya, at=at
    )
    assert kept.words == "rude before ten"


def test_it_refuses_with_every_reason(harrow: Customer, sam: User, at: dt.datetime) -> None:
    with pytest.raises(Refused) as refused:
        standing_notes.record(customer=harrow, kind=NoteKind.HABIT, words=" ", by=sam, at=at)
    assert codes(refused) == ["may_not_work", "says_nothing"]
    with pytest.raises(Refused) as refused:
        standing_notes.record(customer=harrow, kind=NoteKind.HABIT, words="x" * 301, by=sam, at=at)
    assert codes(refused) == ["may_not_work", "too_long"]


def test_the_same_words_twice_and_a_card_full_of_notes_are_refused(
    harrow: Customer, priya: User, at: dt.datetime
) -> None:
    for number in range(STANDING_MAX):
        standing_notes.record(customer=harrow, kind=NoteKind.HABIT, words=f"Note {number}", by=priya, at=at)
    with pytest.raises(Refused) as refused:
        standing_notes.record(customer=harrow, kind=NoteKind.HABIT, words="note 1", by=priya, at=at)
    assert codes(refused) == ["noted_already", "too_many"]


def test_the_same_form_twice_writes_one_note(harrow: Customer, priya: User, at: dt.datetime) -> None:
    key = uuid4()
    first, second = (
        standing_notes.record(
            customer=harrow, kind=NoteKind.AVOID, words="not before ten", form_key=key, by=priya, at=at
        )
        for _ in range(2)
    )
    assert first == second
    assert Event.objects.count() == 1


def test_the_database_keeps_no_empty_note_and_no_withdrawal_by_nobody(
    harrow: Customer, priya: User, at: dt.datetime
) -> None:
    note = standing_notes.record(customer=harrow, kind=NoteKind.AVOID, words="no calls", by=priya, at=at)
    for change in ({"words": ""}, {"withdrawn_at": at}):
        with pytest.raises(IntegrityError), transaction.atomic():
            StandingNote.objects.filter(pk=note.pk).update(**change)
