"""The row of a request to a colleague: what is asked of whom, why, by when, and how it ended. Its verbs stand
in ``colleague_requests``.
"""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Q

from collections_app.contact.disputes import Dispute
from collections_app.contact.rules import asking
from collections_app.contact.rules.asking import KINDS, STATE_LABELS, RequestKind, RequestState
from collections_app.correspondence.rules import writing
from collections_app.correspondence.stored_files import StoredFile
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.people import desks
from collections_app.people.users import User


def to_person(user: User) -> Q:
    """Asked of ``user`` by name, or risen to them."""
    return Q(to_user=user) | Q(risen_to=user)


def to_desk_of(user: User) -> Q:
    """Asked of the desk at which ``user`` works; none when they work at none."""
    return Q(to_desk=user.desk) if user.desk else Q(pk__in=[])


def is_overdue(today: dt.date) -> Q:
    """Open, and the day that was asked for has passed."""
    return Q(state=RequestState.OPEN, due_on__lt=today)


class RequestQuerySet(models.QuerySet["ColleagueRequest"]):
    """Words for requests."""

    def open(self) -> "RequestQuerySet":
        """Neither answered nor declined nor withdrawn."""
        return self.filter(state=RequestState.OPEN)

    def overdue(self, today: dt.date) -> "RequestQuerySet":
        """Open, and the day that was asked for has passed."""
        return self.filter(is_overdue(today))

    def asked_of(self, user: User) -> "RequestQuerySet":
        """Asked of ``user`` by name, or risen to them."""
        return self.filter(to_person(user))

    def at_desk_of(self, user: User) -> "RequestQuerySet":
        """Asked of the desk at which ``user`` works; none when they work at none."""
        return self.filter(to_desk_of(user))

    def asked_by(self, user: User) -> "RequestQuerySet":
        """Those that ``user`` made."""
        return self.filter(asked_by=user)

    def concerning(self, user: User) -> "RequestQuerySet":
        """Those that ``user`` has to do with, whatever customers they see: asked, asked of, risen to."""
        return self.filter(Q(asked_by=user) | to_person(user) | to_desk_of(user))

    def answered_since(self, at: dt.datetime) -> "RequestQuerySet":
        """Answered or declined after a moment: news for whoever asked."""
        return self.filter(state__in=[RequestState.ANSWERED, RequestState.DECLINED], ended_at__gt=at)

    def in_order(self, *, latest_first: bool = False) -> "RequestQuerySet":
        """What is due first stands first, so late ones lead; or the other way round, for what has ended."""
        return self.order_by("-due_on", "-pk") if latest_first else self.order_by("due_on", "pk")

    def after(self, due_on: dt.date, pk: int, *, latest_first: bool = False) -> "RequestQuerySet":
        """Those that follow one in that order; a page begins after the one before."""
        if latest_first:
            return self.filter(Q(due_on__lt=due_on) | Q(due_on=due_on, pk__lt=pk))
        return self.filter(Q(due_on__gt=due_on) | Q(due_on=due_on, pk__gt=pk))


class ColleagueRequest(models.Model):
    """Something that one of us asks another for, about a customer. ``due_at`` is in the company's zone."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, related_name="colleague_requests", db_index=False
    )
    dispute = models.ForeignKey(
        Dispute, null=True, blank=True, on_delete=models.PROTECT, related_name="colleague_requests"
    )
    invoices = models.ManyToManyField(Invoice, through="RequestInvoice", related_name="colleague_requests")
    kind = models.CharField(max_length=20, choices=[(kind.value, KINDS[kind].label) for kind in RequestKind])
    # Exactly one of these three: a colleague, a desk, or somebody who does not sign in.
    to_user = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    to_desk = models.CharField(max_length=30, blank=True)
    to_email = models.CharField(max_length=writing.ADDRESS_LETTERS_MAX, blank=True)
    to_name = models.CharField(max_length=asking.NAME_MAX, blank=True)
    reason = models.CharField(max_length=asking.REASON_MAX)
    words = models.TextField()
    due_on = models.DateField()
    due_at = models.TimeField(default=asking.DUE_AT)
    state = models.CharField(
        max_length=10, choices=[(state.value, STATE_LABELS[state]) for state in RequestState]
    )
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    files = models.ManyToManyField(StoredFile, through="RequestFile", related_name="colleague_requests")
    # Who ended it; by a link nobody who signs in did, and the name is what they gave.
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_as = models.CharField(max_length=asking.NAME_MAX, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    risen_to = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    risen_at = models.DateTimeField(null=True, blank=True)
    # Counts the changes: a form that saw an older one is refused.
    version = models.PositiveIntegerField(default=1)
    form_key = models.UUIDField(null=True, blank=True, unique=True)
    answer_key = models.UUIDField(null=True, blank=True, unique=True)

    objects: ClassVar[RequestQuerySet] = RequestQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "colleague_request"
        constraints = [
            models.CheckConstraint(
                name="request_is_asked_of_one",
                condition=Q(to_user__isnull=False, to_desk="", to_email="", to_name="")
                | (Q(to_user__isnull=True, to_email="", to_name="") & ~Q(to_desk=""))
                | (Q(to_user__isnull=True, to_desk="") & ~Q(to_email="")),
            ),
            models.CheckConstraint(
                name="request_that_is_open_has_not_ended",
                condition=Q(state="open", ended_at__isnull=True, ended_by__isnull=True, ended_as="")
                | (~Q(state="open") & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="request_has_a_known_kind", condition=Q(kind__in=[kind.value for kind in RequestKind])
            ),
            models.CheckConstraint(
                name="request_has_a_known_state",
                condition=Q(state__in=[state.value for state in RequestState]),
            ),
            models.CheckConstraint(
                name="request_that_rose_says_to_whom_and_when",
                condition=Q(risen_to__isnull=True, risen_at__isnull=True)
                | Q(risen_to__isnull=False, risen_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["to_user", "due_on"], condition=Q(state="open"), name="request_open_by_user"
            ),
            models.Index(fields=["risen_to"], condition=Q(state="open"), name="request_open_by_manager"),
            models.Index(
                fields=["company", "to_desk", "due_on"],
                condition=Q(state="open"),
                name="request_open_by_desk",
            ),
            models.Index(fields=["customer", "due_on"], name="request_by_customer"),
            models.Index(fields=["company", "due_on", "id"], name="request_by_day"),
            models.Index(fields=["asked_by", "due_on"], name="request_by_asker"),
        ]

    def __str__(self) -> str:
        return KINDS[RequestKind(self.kind)].label

    @property
    def asked_of(self) -> str:
        """Whom it was asked of, as people say it."""
        if self.to_user:
            return str(self.to_user)
        return desks.label(self.to_desk) if self.to_desk else self.to_name or self.to_email

    @property
    def ended_name(self) -> str:
        """Who ended it, as people say it; the name somebody gave with a link, if they gave one."""
        return str(self.ended_by) if self.ended_by else self.ended_as or self.asked_of

    @property
    def cause(self) -> str:
        """What begins the keys of the messages about it."""
        return f"request:{self.pk}:"

    def is_overdue(self, today: dt.date) -> bool:
        """Open, and the day that was asked for has passed."""
        return self.state == RequestState.OPEN and self.due_on < today


class RequestInvoice(models.Model):
    """That a request is about an invoice."""

    request = models.ForeignKey(ColleagueRequest, on_delete=models.CASCADE)
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT)

    class Meta:
        db_table = "colleague_request_invoice"
        constraints = [
            models.UniqueConstraint(fields=["request", "invoice"], name="request_names_an_invoice_once")
        ]


class RequestFile(models.Model):
    """A file that came with the answer."""

    request = models.ForeignKey(ColleagueRequest, on_delete=models.CASCADE)
    stored_file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "colleague_request_file"


def waiting(user: User, company: Company) -> int:
    """How many open requests wait for ``user``: by name, at their desk, or risen to them."""
    theirs = to_person(user) | to_desk_of(user)
    return ColleagueRequest.objects.open().filter(theirs, company=company).count()
