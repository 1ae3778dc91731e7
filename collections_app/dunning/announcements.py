"""An announcement: what a reminder said would happen on which day, remembered from the approval on.

It is in force once the reminder has left. The day comes and a person is given the deed to do
(``announced_deeds``), or it ends before: paid, or the reminder did not leave after all. What a letter does
not say is not remembered, whatever its step would have announced.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from collections_app.correspondence.rules import MessageState, letter_tone, purposes
from collections_app.correspondence.rules.letter_values import Action, Consequence, LetterValues
from collections_app.correspondence.rules.writing import Letter
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.dunning.procedure_rows import ProcedureVersion
from collections_app.dunning.rules import answering
from collections_app.dunning.rules.drafting import BECAUSE_LETTERS_MAX, DraftState
from collections_app.dunning.rules.steps import ACTION_LABELS, Channel, Step
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib.working_days import Calendar

HAS_LEFT = Q(draft__state=DraftState.APPROVED, draft__message__state=MessageState.SENT) | Q(
    draft__state=DraftState.DONE, draft__channel=Channel.LETTER
)


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    """Words for announcements."""

    def standing(self) -> "AnnouncementQuerySet":
        """Not ended: its day is to come, or its deed is to be done."""
        return self.filter(ended_at__isnull=True)

    def due(self, day: dt.date) -> "AnnouncementQuerySet":
        """Whose day has come, whose reminder has left, and whose deed nobody was given yet."""
        return self.standing().filter(HAS_LEFT, falls_on__lte=day, deed__isnull=True)


class Announcement(models.Model):
    """What one reminder announces. ``deed`` is what a person was given to do when the day had come."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, related_name="announcements", db_index=False
    )
    draft = models.OneToOneField(ReminderDraft, on_delete=models.CASCADE, related_name="announcement")
    action = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Action])
    falls_on = models.DateField()
    made_at = models.DateTimeField()
    # A deed that the ladder proposed on the same day may carry out more than one.
    deed = models.ForeignKey(
        ReminderDraft, null=True, blank=True, on_delete=models.CASCADE, related_name="announced"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    because = models.CharField(max_length=BECAUSE_LETTERS_MAX, blank=True)

    objects: ClassVar[AnnouncementQuerySet] = AnnouncementQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "announcement"
        constraints = [
            models.CheckConstraint(
                name="announcement_that_ended_says_why",
                condition=Q(ended_at__isnull=True, because="") | (Q(ended_at__isnull=False) & ~Q(because="")),
            ),
            models.CheckConstraint(
                name="announcement_is_of_a_known_action",
                condition=Q(action__in=[one.value for one in Action]),
            ),
        ]
        indexes = [
            models.Index(
                fields=["company", "falls_on"],
                condition=Q(ended_at__isnull=True),
                name="announcement_standing",
            ),
            models.Index(
                fields=["customer"],
                condition=Q(ended_at__isnull=True),
                name="announcement_by_customer",
            ),
        ]

    @property
    def label(self) -> str:
        """What happens, in words."""
        return ACTION_LABELS[Action(self.action)]


def about(draft: ReminderDraft) -> list[Announcement]:
    """What a reminder announced, or what a deed carries out. One query."""
    found = Announcement.objects.filter(Q(draft=draft) | Q(deed=draft))
    return list(found.select_related("draft", "deed").order_by("falls_on", "pk"))


def steps_of(drafts: Sequence[ReminderDraft]) -> dict[int, Step]:
    """The steps that announce something, by draft (id). One query."""
    versions = ProcedureVersion.objects.in_bulk({draft.procedure_id for draft in drafts})
    announcing: dict[tuple[int, str], Step] = {
        (pk, step.code): step
        for pk, version in versions.items()
        for step in version.procedure.steps
        if step.announces
    }
    return {
        draft.pk: announcing[place]
        for draft in drafts
        if (place := (draft.procedure_id, draft.step_code)) in announcing
    }


def consequence_of(step: Step, answered_by: dt.date, *, ours: Calendar, theirs: Calendar) -> Consequence:
    """What a letter of ``step`` says will happen, for a step that announces something."""
    assert step.announces
    day = answering.carried_out_on(answered_by, step.announced_days, ours=ours, theirs=theirs)
    return Consequence(step.announces, day)


def remember(
    letters: Mapping[int, tuple[Letter, LetterValues]],
    *,
    drafts: Sequence[ReminderDraft],
    company: Company,
    at: dt.datetime,
) -> dict[int, Announcement]:
    """Schedule what the approved ``letters`` (by draft) announce, and forget what those drafts announced
    before. Within the transaction of the approval.
    """
    made = {}
    for draft in drafts:
        letter, values = letters[draft.pk]
        if values.consequence and _says(letter, values.consequence.on):
            made[draft.pk] = Announcement(
                company=company,
                customer_id=draft.customer_id,
                draft=draft,
                action=values.consequence.action,
                falls_on=values.consequence.on,
                made_at=at,
            )
    Announcement.objects.filter(draft__in=[draft.pk for draft in drafts]).delete()
    Announcement.objects.bulk_create(made.values())
    return made


def facts_of(made: Announcement) -> dict[str, Any]:
    """As events keep it."""
    return {"announces": made.action, "on": made.falls_on.isoformat()}


def _says(letter: Letter, day: dt.date) -> bool:
    return letter_tone.names_day(letter.body, day, language=purposes.language_of(letter.language))
