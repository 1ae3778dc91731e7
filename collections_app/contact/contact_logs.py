"""A contact log: one attempt or conversation, and what came of it. It is never edited, which the database
holds too; withdrawing it is an event.

The newest log that was not withdrawn says what happens next with the customer, and when.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.db import models, transaction
from django.db.models import Count, F, Q, Sum, Value
from django.db.models.functions import Now
from django.db.models.lookups import GreaterThan, LessThan

from collections_app.activity import events
from collections_app.contact.rules import OUTCOME_LABELS, Channel, Direction, NextStep, Outcome, conversation
from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer, lock_customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib.kept_queries import KeptQuery
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.people.users import User

# A log that is written, or taken back, longer after its moment than this (or before it) changes days that are
# over. Those of the last two days are counted as they stand whenever somebody asks.
LATE_AFTER, EARLY_BEFORE = dt.timedelta(hours=23), dt.timedelta(hours=-1)
_WRITTEN, _TAKEN_BACK = F("written_at") - F("at"), F("withdrawn_at") - F("at")
LATE = (
    Q(GreaterThan(_WRITTEN, Value(LATE_AFTER)))
    | Q(LessThan(_WRITTEN, Value(EARLY_BEFORE)))
    | Q(GreaterThan(_TAKEN_BACK, Value(LATE_AFTER)))
)


class ContactLogQuerySet(models.QuerySet["ContactLog"]):
    """Words for contact logs."""

    def valid(self) -> "ContactLogQuerySet":
        """Not taken back."""
        return self.filter(withdrawn_at__isnull=True)


class ContactLog(models.Model):
    """What was said with a customer, through which channel, by whom, and the next step."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, related_name="contact_logs", db_index=False
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="contact_logs")
    at = models.DateTimeField()
    channel = models.CharField(max_length=10, choices=[(c.value, c.value) for c in Channel])
    direction = models.CharField(max_length=3, choices=[(d.value, d.value) for d in Direction])
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Who it was when it was nobody on file.
    spoke_with = models.CharField(max_length=150, blank=True)
    outcome = models.CharField(max_length=20, choices=[(o.value, o.value.replace("_", " ")) for o in Outcome])
    said = models.TextField(blank=True)
    invoices = models.ManyToManyField(Invoice, through="ContactLogInvoice", related_name="contact_logs")
    next_step = models.CharField(
        max_length=20, blank=True, choices=[(n.value, n.value.replace("_", " ")) for n in NextStep]
    )
    next_on = models.DateField(null=True, blank=True)
    next_at = models.TimeField(null=True, blank=True)
    # The key of the form that wrote it: the same form posted twice has one effect.
    form_key = models.UUIDField(null=True, blank=True, unique=True)
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # When the row came to be, by the clock of the database; empty for those of before it was kept.
    written_at = models.DateTimeField(null=True, editable=False, db_default=Now())

    objects: ClassVar[ContactLogQuerySet] = ContactLogQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "contact_log"
        constraints = [
            models.CheckConstraint(
                name="contact_log_next_step_has_a_day",
                condition=Q(next_step="", next_on__isnull=True)
                | (~Q(next_step="") & Q(next_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="contact_log_is_withdrawn_by_somebody",
                condition=Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
            ),
        ]
        indexes = [
            # With those that were taken back: the timeline tells them too.
            models.Index(fields=["customer", "-at", "-id"], name="contact_log_by_customer"),
            models.Index(
                fields=["company", "next_on"],
                condition=Q(withdrawn_at__isnull=True),
                name="contact_log_by_next_step",
            ),
            # What is counted of our calls, and whether they were made at a decent hour.
            models.Index(
                fields=["company", "at"],
                include=["customer", "outcome"],
                condition=Q(channel="call", direction="out", withdrawn_at__isnull=True),
                name="contact_log_call_by_moment",
            ),
            # How many everybody wrote down lately.
            models.Index(
                fields=["company", "at"],
                include=["by"],
                condition=Q(withdrawn_at__isnull=True),
                name="contact_log_by_moment",
            ),
            # Those that change days that are over: which they are is told without reading one of them.
            models.Index(
                fields=["company"],
                include=["id", "withdrawn_at"],
                condition=LATE,
                name="contact_log_of_late",
            ),
        ]


class ContactLogInvoice(models.Model):
    """That a conversation was about an invoice."""

    contact_log = models.ForeignKey(ContactLog, on_delete=models.CASCADE)
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT)

    class Meta:
        db_table = "contact_log_invoice"
        constraints = [
            models.UniqueConstraint(
                fields=["contact_log", "invoice"], name="contact_log_names_an_invoice_once"
            )
        ]


def log(
    *, customer: Customer, form_key: UUID | None = None, by: User, at: dt.datetime, **facts: Any
) -> ContactLog:
    """Write down one attempt or conversation, with the ``facts`` that ``write`` takes. The same ``form_key``
    twice gives the log that is there already. Raises ``Refused`` with every problem.
    """
    with transaction.atomic():
        # The customer first: two posts of one form wait for each other here.
        lock_customer(customer.pk)
        if form_key and (written := by_form_key(form_key)):
            return written
        return write(customer=customer, form_key=form_key, by=by, at=at, **facts)


def write(
    *,
    customer: Customer,
    channel: Channel,
    direction: Direction,
    outcome: Outcome,
    said: str = "",
    contact: Contact | None = None,
    spoke_with: str = "",
    invoices: Sequence[Invoice] = (),
    next_step: NextStep | None = None,
    next_on: dt.date | None = None,
    next_at: dt.time | None = None,
    form_key: UUID | None = None,
    by: User,
    at: dt.datetime,
) -> ContactLog:
    """Write down one attempt or conversation with a customer who is locked. Asks everything before it writes
    anything.

    ``next_on`` and ``next_at`` are in the company's zone. Raises ``Refused`` with every problem.
    """
    company = customer.company
    problems = conversation.problems_of(
        conversation.Conversation(
            outcome=outcome,
            said=said,
            spoke_with=spoke_with,
            next_step=next_step or "",
            next_on=next_on,
            next_at=next_at,
            author_may_work=by.may(Deed.WORK_CUSTOMERS),
            contact_is_theirs=contact is None or contact.customer_id == customer.pk,
            strange_invoices=tuple(i.number for i in invoices if i.customer_id != customer.pk),
            today=company.today(at=at),
        )
    )
    if problems:
        raise Refused(problems)
    made = ContactLog.objects.create(
        company=company,
        customer=customer,
        by=by,
        at=at,
        channel=channel,
        direction=direction,
        contact=contact,
        spoke_with=spoke_with,
        outcome=outcome,
        said=said,
        next_step=next_step or "",
        next_on=next_on,
        next_at=next_at,
        form_key=form_key,
    )
    ContactLogInvoice.objects.bulk_create(
        [
            ContactLogInvoice(contact_log=made, invoice_id=pk)
            for pk in sorted({invoice.pk for invoice in invoices})
        ]
    )
    _record("contact.logged", OUTCOME_LABELS[outcome], made, by=by, at=at)
    return made


def late_state(company: Company) -> str:
    """Another text whenever the logs of days long over changed: what was counted of them is told by it."""
    late = ContactLog.objects.filter(LATE, company=company)
    found = late.aggregate(written=Count("pk"), which=Sum("pk"), taken_back=Count("withdrawn_at"))
    return "-".join(str(found[name] or 0) for name in ("written", "which", "taken_back"))


def by_form_key(form_key: UUID) -> ContactLog | None:
    """The log that a form wrote, if it did already."""
    return _BY_FORM_KEY.first(form_key)


_BY_FORM_KEY = KeptQuery(lambda form_key: ContactLog.objects.filter(form_key=form_key), "uuid")


def problems_of_withdrawing(log: ContactLog, *, by: User, at: dt.datetime) -> Sequence[Problem]:
    """Why ``by`` cannot take ``log`` back; empty when they can. Buttons ask this too."""
    return conversation.problems_of_withdrawal(
        conversation.Withdrawal(
            is_author=log.by_id == by.pk,
            may_correct_others=by.may(Deed.CORRECT_COLLEAGUES),
            logged_on=log.company.today(at=log.at),
            today=log.company.today(at=at),
        )
    )


def withdraw(log: ContactLog, *, by: User, at: dt.datetime) -> ContactLog:
    """Take a log of today back; it stays, marked. Twice has one effect. Raises ``Refused`` with every
    problem.

    What was agreed in the conversation is withdrawn with it by ``conversations.undo``.
    """
    with transaction.atomic():
        lock_customer(log.customer_id)
        log.refresh_from_db()
        if log.withdrawn_at is not None:
            return log
        if problems := problems_of_withdrawing(log, by=by, at=at):
            raise Refused(problems)
        log.withdrawn_by, log.withdrawn_at = by, at
        log.save(update_fields=["withdrawn_by", "withdrawn_at"])
        _record("contact.withdrawn", f"Took back: {OUTCOME_LABELS[Outcome(log.outcome)]}", log, by=by, at=at)
    return log


def _record(what: str, summary: str, log: ContactLog, *, by: User, at: dt.datetime) -> None:
    facts = {"contact_log": log.pk, "outcome": log.outcome, "next_step": log.next_step}
    events.record(what, summary, company=log.company, customer=log.customer, facts=facts, by=by, at=at)
