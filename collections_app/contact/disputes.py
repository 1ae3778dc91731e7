"""A dispute: an amount of an invoice that the customer contests. The rest of the invoice stays
collectable.
"""

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from django.db import models, transaction
from django.db.models import Q

from collections_app.activity import events
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.rules import DisputeState, conversation, disputing
from collections_app.contact.rules.conversation import OpenPart
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.rules import InvoiceKind
from collections_app.lib import money
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Deed
from collections_app.people.users import User


class DisputeQuerySet(models.QuerySet["Dispute"]):
    """Words for disputes."""

    def open(self) -> "DisputeQuerySet":
        """Lodged and not closed."""
        return self.filter(state=DisputeState.LODGED)


class Dispute(models.Model):
    """A contested amount of one invoice, and how it ended."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="disputes", db_index=False)
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="disputes")
    contact_log = models.ForeignKey(
        ContactLog, null=True, blank=True, on_delete=models.PROTECT, related_name="disputes"
    )
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES)
    reason = models.CharField(max_length=10)
    said = models.TextField(blank=True)
    state = models.CharField(max_length=20, choices=[(s.value, s.value) for s in DisputeState])
    lodged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    lodged_at = models.DateTimeField()
    closed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[DisputeQuerySet] = DisputeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "dispute"
        constraints = [
            models.CheckConstraint(name="dispute_amount_is_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="dispute_is_closed_by_somebody",
                condition=Q(state="lodged", closed_by__isnull=True, closed_at__isnull=True)
                | (~Q(state="lodged") & Q(closed_by__isnull=False, closed_at__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["invoice"], condition=Q(state="lodged"), name="invoice_has_one_open_dispute"
            ),
        ]
        indexes = [
            models.Index(
                fields=["company", "customer"], condition=Q(state="lodged"), name="dispute_open_by_customer"
            ),
            # Read by positions, also as of a past day.
            models.Index(fields=["customer"], name="dispute_by_customer"),
        ]


def lodge(
    *,
    customer: Customer,
    invoice: Invoice,
    amount: Decimal,
    reason: str,
    said: str = "",
    contact_log: ContactLog | None = None,
    by: User,
    at: dt.datetime,
) -> Dispute:
    """Write down that ``amount`` of ``invoice`` is contested. Raises ``Refused`` with every problem."""
    with transaction.atomic():
        Customer.objects.select_for_update(no_key=True).get(pk=customer.pk)
        # What the caller holds may be older than the last import.
        invoice = Invoice.objects.get(pk=invoice.pk)
        part = OpenPart(
            invoice_id=invoice.pk,
            number=invoice.number,
            currency=invoice.currency,
            open_amount=invoice.open_amount,
            disputed=money.ZERO,
            is_owed=invoice.kind != InvoiceKind.CREDIT_NOTE,
            is_promised=False,
        )
        contest = disputing.Contest(
            invoice=part,
            amount=amount,
            reason=reason,
            invoice_is_theirs=invoice.customer_id == customer.pk,
            is_disputed=Dispute.objects.open().filter(invoice=invoice).exists(),
        )
        may_not = conversation.problems_of_author(may_work=by.may(Deed.WORK_CUSTOMERS))
        if problems := may_not + disputing.problems_of(contest):
            raise Refused(problems)
        made = Dispute.objects.create(
            company=customer.company,
            customer=customer,
            invoice=invoice,
            contact_log=contact_log,
            currency=invoice.currency,
            amount=amount,
            reason=reason,
            said=said,
            state=DisputeState.LODGED,
            lodged_by=by,
            lodged_at=at,
        )
        because = disputing.REASONS[reason].label
        _record(
            "dispute.lodged", f"Disputes {_money(made)} of {invoice.number}: {because}", made, by=by, at=at
        )
    return made


def accept(dispute: Dispute, *, by: User, at: dt.datetime) -> Dispute:
    """The customer is right. What is owed changes only when a credit note arrives."""
    return _close(dispute, DisputeState.ACCEPTED, "Accepted the dispute of", by=by, at=at)


def reject(dispute: Dispute, *, by: User, at: dt.datetime) -> Dispute:
    """The amount is owed after all and is collected again."""
    return _close(dispute, DisputeState.REJECTED, "Rejected the dispute of", by=by, at=at)


def withdraw(dispute: Dispute, *, by: User, at: dt.datetime) -> Dispute:
    """The customer no longer contests it, or it was lodged by mistake."""
    return _close(dispute, DisputeState.WITHDRAWN, "Withdrew the dispute of", by=by, at=at)


def _close(dispute: Dispute, to: DisputeState, words: str, *, by: User, at: dt.datetime) -> Dispute:
    with transaction.atomic():
        Customer.objects.select_for_update(no_key=True).get(pk=dispute.customer_id)
        dispute.refresh_from_db()
        if dispute.state == to:
            return dispute
        may_not = conversation.problems_of_author(may_work=by.may(Deed.WORK_CUSTOMERS))
        if problems := may_not + disputing.problems_of_move(DisputeState(dispute.state), to):
            raise Refused(problems)
        dispute.state, dispute.closed_by, dispute.closed_at = to, by, at
        dispute.save(update_fields=["state", "closed_by", "closed_at"])
        summary = f"{words} {_money(dispute)} of {dispute.invoice.number}"
        _record(f"dispute.{to.value}", summary, dispute, by=by, at=at)
    return dispute


def _money(dispute: Dispute) -> str:
    return money.shown(dispute.amount, dispute.currency)


def _record(what: str, summary: str, dispute: Dispute, *, by: User, at: dt.datetime) -> None:
    facts = {"dispute": dispute.pk, "invoice": dispute.invoice_id, "reason": dispute.reason}
    events.record(
        what, summary, company=dispute.company, customer=dispute.customer, facts=facts, by=by, at=at
    )
