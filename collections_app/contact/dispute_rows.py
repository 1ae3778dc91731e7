"""The table of disputes, and words for them. The verbs are in ``disputes``, ``dispute_work``,
``dispute_pauses`` and ``dispute_closings``.
"""

import datetime as dt
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import DateTimeField, ExpressionWrapper, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.db.models.lookups import LessThan

from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.rules import DisputeState, Outcome
from collections_app.contact.rules.dispute_clocks import LEVEL_LABELS, PROGRESS_WORKING_DAYS, Level
from collections_app.contact.rules.dispute_endings import CAUSE_LABELS, FINDING_LABELS, Finding, RootCause
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib import money
from collections_app.people import desks
from collections_app.people.users import User

# What a dispute may have been raised after: a fact, not an accusation.
LATE_RAISED = {"": "", "promise": "after a promise to pay it", "final_notice": "after the final notice"}


# In these nobody was reached, so that the customer heard nothing.
UNHEARD = (Outcome.NO_ANSWER, Outcome.LEFT_MESSAGE, Outcome.WRONG_PERSON)


class DisputeQuerySet(models.QuerySet["Dispute"]):
    """Words for disputes. Days are the company's."""

    def open(self) -> "DisputeQuerySet":
        """Lodged or waiting, and not closed."""
        return self.filter(closed_at__isnull=True)

    def closed(self) -> "DisputeQuerySet":
        """Ended, however."""
        return self.filter(closed_at__isnull=False)

    def waiting(self) -> "DisputeQuerySet":
        """The customer's turn; the clock stands."""
        return self.filter(state=DisputeState.WAITING)

    def owned_by(self, user: User) -> "DisputeQuerySet":
        """With ``user`` in person."""
        return self.filter(owner=user)

    def at_desk_of(self, user: User) -> "DisputeQuerySet":
        """At the desk of ``user``, whichever colleague there has it."""
        return self.filter(desk=user.desk) if user.desk else self.none()

    def with_somebody(self, user: User) -> "DisputeQuerySet":
        """With ``user`` in person, or at their desk and with nobody in person."""
        own = Q(owner=user)
        return self.filter(own | Q(owner__isnull=True, desk=user.desk) if user.desk else own)

    def overdue(self, today: dt.date) -> "DisputeQuerySet":
        """Open past the day by which they were to be resolved, or so when their clock was stopped."""
        return self.open().filter(resolve_due_on__lt=Coalesce(F("waiting_since"), today))

    def unanswered(self, today: dt.date) -> "DisputeQuerySet":
        """Our turn, and without a first answer though its day has come."""
        ours = self.filter(state=DisputeState.LODGED, answered_at__isnull=True, told_at__isnull=True)
        return ours.filter(answer_due_on__lte=today)

    def risen(self) -> "DisputeQuerySet":
        """Open, and told to a manager or the finance director because of their age."""
        return self.open().filter(level__gt=0)

    def answered(self) -> "DisputeQuerySet":
        """Open with the owner's answer, so that somebody can decide."""
        return self.filter(state=DisputeState.LODGED, answered_at__isnull=False)

    def unknown_to_customer(self) -> "DisputeQuerySet":
        """Closed, and the customer has not been told how. What was lodged by mistake needs no telling."""
        return (
            self.closed().filter(outcome_told_at__isnull=True).exclude(cause="by_mistake").exclude(cause="")
        )

    def lodged_by_day(self, company: Company, day: dt.date) -> "DisputeQuerySet":
        """Lodged on ``day`` or before."""
        return self.filter(lodged_at__lt=_day_ends_at(company, day))

    def with_heard_at(self) -> "DisputeQuerySet":
        """With ``heard_at``: when the customer last heard from us about it, by a line or in a
        conversation.
        """
        talk = ContactLog.objects.valid().filter(invoices=OuterRef("invoice")).exclude(outcome__in=UNHEARD)
        heard = Greatest("lodged_at", "told_at", Subquery(talk.order_by("-at").values("at")[:1]))
        return self.annotate(heard_at=ExpressionWrapper(heard, output_field=DateTimeField()))

    def owing_progress(self, company: Company, today: dt.date) -> "DisputeQuerySet":
        """Open, and the customer has not heard from us for five working days."""
        day = company.calendar.latest_with(PROGRESS_WORKING_DAYS, today)
        return self.open().with_heard_at().filter(LessThan(F("heard_at"), _day_ends_at(company, day)))


def _money(**options: Any) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES, **options)


def _somebody() -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )


class Dispute(models.Model):
    """A contested amount of one invoice, and how it ended."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="disputes", db_index=False)
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="disputes")
    contact_log = models.ForeignKey(
        ContactLog, null=True, blank=True, on_delete=models.PROTECT, related_name="disputes"
    )
    currency = models.CharField(max_length=3)
    amount = _money()
    reason = models.CharField(max_length=10)
    said = models.TextField(blank=True)
    state = models.CharField(max_length=20, choices=[(s.value, s.value) for s in DisputeState])
    lodged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    lodged_at = models.DateTimeField()
    late_raised = models.CharField(max_length=20, blank=True, choices=list(LATE_RAISED.items()))
    # How often it was changed, and the form of the last change.
    version = models.PositiveIntegerField(default=1)
    form_key = models.UUIDField(null=True, blank=True, unique=True)

    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="disputes")
    desk = models.CharField(max_length=30, blank=True)
    answer_days = models.PositiveSmallIntegerField()
    resolve_days = models.PositiveSmallIntegerField()
    answer_due_on = models.DateField()
    resolve_due_on = models.DateField()
    # While the clock stands still; the pauses have all of it.
    waiting_since = models.DateField(null=True, blank=True)
    level = models.PositiveSmallIntegerField(default=0, choices=[(v.value, LEVEL_LABELS[v]) for v in Level])
    rises_on = models.DateField(null=True, blank=True)

    asked_for = models.CharField(max_length=500, blank=True)
    evidence = models.TextField(blank=True)
    evidence_at = models.DateTimeField(null=True, blank=True)
    finding = models.CharField(
        max_length=20, blank=True, choices=[(f.value, FINDING_LABELS[f]) for f in Finding]
    )
    answer = models.TextField(blank=True)
    answered_by = _somebody()
    answered_at = models.DateTimeField(null=True, blank=True)
    # The last line that the customer had from us about it.
    told_by = _somebody()
    told_at = models.DateTimeField(null=True, blank=True)

    closed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    cause = models.CharField(
        max_length=20, blank=True, choices=[(c.value, CAUSE_LABELS[c]) for c in RootCause]
    )
    credited = _money(default=money.ZERO)
    conclusion = models.TextField(blank=True)
    outcome_told_by = _somebody()
    outcome_told_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[DisputeQuerySet] = DisputeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "dispute"
        constraints = [
            models.CheckConstraint(name="dispute_amount_is_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="dispute_is_closed_by_somebody",
                condition=Q(state__in=["lodged", "waiting"], closed_by__isnull=True, closed_at__isnull=True)
                | (~Q(state__in=["lodged", "waiting"]) & Q(closed_by__isnull=False, closed_at__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["invoice"], condition=Q(closed_at__isnull=True), name="invoice_has_one_open_dispute"
            ),
            models.CheckConstraint(
                name="dispute_stops_its_clock_while_waiting",
                condition=Q(state="waiting", waiting_since__isnull=False)
                | (~Q(state="waiting") & Q(waiting_since__isnull=True)),
            ),
            models.CheckConstraint(
                name="dispute_has_an_owner_or_a_desk", condition=Q(owner__isnull=False) | ~Q(desk="")
            ),
            models.CheckConstraint(
                name="dispute_credit_is_within_what_is_disputed",
                condition=Q(credited__gte=0, credited__lte=F("amount")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["company", "customer"],
                condition=Q(closed_at__isnull=True),
                name="dispute_open_by_customer",
            ),
            # Read by positions, also as of a past day.
            models.Index(fields=["customer"], name="dispute_by_customer"),
            # The lists: what is due first, and what was closed last.
            models.Index(
                fields=["company", "resolve_due_on", "id"],
                condition=Q(closed_at__isnull=True),
                name="dispute_open_by_due_day",
            ),
            models.Index(
                fields=["company", "-closed_at", "-id"],
                condition=Q(closed_at__isnull=False),
                name="dispute_closed_by_moment",
            ),
            models.Index(
                fields=["company", "rises_on"],
                condition=Q(closed_at__isnull=True),
                name="dispute_open_by_rise",
            ),
            models.Index(fields=["company", "lodged_at"], name="dispute_by_lodging"),
            # Taken back, so that days that were kept with it are wrong.
            models.Index(fields=["company"], condition=Q(cause="by_mistake"), name="dispute_by_mistake"),
        ]

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def holder(self) -> str:
        """Who it is with, as people say it."""
        return str(self.owner) if self.owner else desks.label(self.desk)

    def is_theirs(self, user: User) -> bool:
        """Whether ``user`` is its owner or sits at its desk."""
        return self.owner_id == user.pk or bool(user.desk and user.desk == self.desk)


def _day_ends_at(company: Company, day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), ZoneInfo(company.time_zone))
