"""The rows of reminders: the ladder a customer stands on, drafts of its steps, the invoices each is about.

Drafts are the memory of what was done: a message counts once it left, a call or task once it is proposed. A
run writes them (``runs``), people decide about them (``drafts``).
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q, Value

from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.request_rows import ColleagueRequest
from collections_app.correspondence.messages import Message
from collections_app.dunning.procedure_rows import ProcedureVersion
from collections_app.dunning.rules.drafting import (
    BECAUSE_LETTERS_MAX,
    OPEN,
    STATE_LABELS,
    DraftState,
    is_for_manager,
    message_key,
)
from collections_app.dunning.rules.steps import CHANNEL_LABELS, LEVEL_LABELS, Channel
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib import money
from collections_app.people.users import User

MESSAGES = [channel.value for channel in Channel if channel.is_message]


def _money() -> "models.DecimalField[Any, Any]":
    return models.DecimalField(max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES)


class ReminderClimb(models.Model):
    """That a customer stands on the ladder, from its first step until all that it was about is settled."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_index=False)
    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, related_name="reminder_climbs", db_index=False
    )
    began_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "reminder_climb"
        constraints = [
            models.UniqueConstraint(
                fields=["customer"], condition=Q(ended_on__isnull=True), name="customer_climbs_one_ladder"
            ),
        ]
        indexes = [
            models.Index(
                fields=["company", "customer"],
                condition=Q(ended_on__isnull=True),
                name="reminder_climb_running",
            )
        ]


class ReminderDraftQuerySet(models.QuerySet["ReminderDraft"]):
    """Words for drafts."""

    def open(self) -> "ReminderDraftQuerySet":
        """Somebody, or the next run, goes on with them."""
        return self.filter(state__in=OPEN)

    def messages(self) -> "ReminderDraftQuerySet":
        """What leaves the house."""
        return self.filter(channel__in=MESSAGES)

    def deeds(self) -> "ReminderDraftQuerySet":
        """What a person of ours is to do: calls, tasks, proposals of holds."""
        return self.exclude(channel__in=MESSAGES)


class ReminderDraft(models.Model):
    """One step for one customer. ``counts_on`` is the day from which the distance to the next step counts."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, related_name="reminder_drafts", db_index=False
    )
    # Empty before the due date: what falls due stands on no ladder.
    climb = models.ForeignKey(
        ReminderClimb, null=True, blank=True, on_delete=models.CASCADE, related_name="drafts"
    )
    procedure = models.ForeignKey(
        ProcedureVersion, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    segment_code = models.CharField(max_length=40)
    run_on = models.DateField()
    counts_on = models.DateField()
    step_code = models.CharField(max_length=60)
    nominal_days = models.SmallIntegerField()
    level = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Channel])
    template = models.CharField(max_length=30)
    note = models.CharField(max_length=200, blank=True)
    signer = models.CharField(max_length=20)
    is_automatic = models.BooleanField(default=False)
    # A call or task on the day of a message: the step is taken when the message is.
    beside_message = models.BooleanField(default=False, db_default=False)
    oldest_due_on = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=[(one.value, one.value) for one in DraftState])
    # [{"code", "then", "sentence", "until"}] of what holds it back; empty otherwise.
    stops = models.JSONField(default=list)
    # Words of its own; empty for those of the template, which are made when it is approved. A letter keeps
    # either from its approval on.
    subject = models.CharField(max_length=250, blank=True)
    body = models.TextField(blank=True)
    has_own_words = models.BooleanField(default=False, db_default=False)
    # Counts changes, so that a form opened on an older state is refused.
    revision = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    # What its words ask for since they were approved: {currency: {"asked", "aside", "interest", "documents"},
    # "bank_details": what they name}.
    said = models.JSONField(default=dict, db_default=Value({}, models.JSONField()))
    # The day by which they ask for an answer.
    answer_by = models.DateField(null=True, blank=True)
    message = models.OneToOneField(
        Message, null=True, blank=True, on_delete=models.PROTECT, related_name="reminder_draft"
    )
    # Who approved, dropped or did it; empty when it was the clock.
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    because = models.CharField(max_length=BECAUSE_LETTERS_MAX, blank=True)
    put_off_until = models.DateField(null=True, blank=True)
    # The conversation that did a call, and the colleague who was asked for a task.
    contact_log = models.ForeignKey(
        ContactLog, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    colleague_request = models.ForeignKey(
        ColleagueRequest, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    # When its email left, written down by the next run: ``message`` knows it before.
    left_at = models.DateTimeField(null=True, blank=True)
    # When a letter was printed and posted, and by whom.
    posted_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    posted_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ReminderDraftQuerySet] = ReminderDraftQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "reminder_draft"
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "run_on", "level", "channel"],
                name="reminder_is_drafted_once_a_run_level_and_channel",
            ),
            models.UniqueConstraint(
                fields=["customer"],
                condition=Q(state__in=["proposed", "held_back"], channel__in=["email", "letter"]),
                name="customer_has_one_message_that_waits_for_a_decision",
            ),
            models.CheckConstraint(
                name="reminder_that_is_decided_says_when",
                condition=Q(state__in=["proposed", "held_back"], decided_at__isnull=True)
                | (~Q(state__in=["proposed", "held_back"]) & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="reminder_that_is_held_back_says_why",
                condition=~Q(state="held_back") | ~Q(stops=[]),
            ),
            models.CheckConstraint(
                name="reminder_that_is_dropped_says_why", condition=~Q(state="dropped") | ~Q(because="")
            ),
            models.CheckConstraint(
                name="reminder_that_is_posted_says_when_and_by_whom",
                condition=Q(posted_at__isnull=True, posted_by__isnull=True)
                | Q(posted_at__isnull=False, posted_by__isnull=False, channel="letter", state="done"),
            ),
            models.CheckConstraint(
                name="reminder_that_left_is_an_email_that_was_approved",
                condition=Q(left_at__isnull=True) | Q(channel="email", state="approved"),
            ),
            models.CheckConstraint(
                name="reminder_after_the_due_date_stands_on_a_ladder",
                condition=Q(level=0, climb__isnull=True) | Q(level__gt=0, climb__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["company", "level", "segment_code"],
                include=["customer", "channel", "signer"],
                condition=Q(state__in=["proposed", "held_back"]),
                name="reminder_draft_open",
            ),
            models.Index(
                fields=["company"],
                include=["customer", "channel", "signer"],
                condition=Q(state="approved", channel="letter"),
                name="reminder_draft_to_post",
            ),
            # Those of which no run has written down yet that they left: few.
            models.Index(
                fields=["company"],
                include=["customer", "message"],
                condition=Q(state="approved", channel="email", left_at__isnull=True),
                name="reminder_draft_unsent",
            ),
            # Read by every page, for the customers of its reader.
            models.Index(
                fields=["customer"],
                include=["channel", "signer"],
                condition=Q(state__in=["proposed", "held_back"]),
                name="reminder_draft_open_by_cust",
            ),
            models.Index(fields=["customer", "-run_on"], name="reminder_draft_by_customer"),
            models.Index(fields=["company", "run_on"], name="reminder_draft_by_run"),
        ]

    @property
    def state_label(self) -> str:
        """Where it stands, in words."""
        return STATE_LABELS[DraftState(self.state)]

    @property
    def level_label(self) -> str:
        """Its level, in words."""
        return LEVEL_LABELS[self.level]

    @property
    def channel_label(self) -> str:
        """How it reaches the customer, in words."""
        return CHANNEL_LABELS[Channel(self.channel)]

    @property
    def is_for_manager(self) -> bool:
        """Whether what is to be done is for a manager."""
        return is_for_manager(signer=self.signer, channel=self.channel)

    @property
    def key(self) -> str:
        """The cause of its message."""
        return message_key(
            company=self.company_id,
            customer=self.customer_id,
            run_on=self.run_on,
            level=self.level,
            channel=self.channel,
        )


class ReminderDraftInvoice(models.Model):
    """An invoice that a draft asks about, as it stood: what was open, and disputed or promised of it."""

    draft = models.ForeignKey(ReminderDraft, on_delete=models.CASCADE, related_name="lines")
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="reminded")
    currency = models.CharField(max_length=3)
    open_amount = _money()
    disputed = _money()
    promised = _money()

    class Meta:
        db_table = "reminder_draft_invoice"
        constraints = [
            models.UniqueConstraint(fields=["draft", "invoice"], name="reminder_names_an_invoice_once"),
        ]
