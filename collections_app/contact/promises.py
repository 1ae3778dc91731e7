"""A promise to pay: an amount, a day, the invoices it is for, and who said it. Settled from allocations
only.
"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q

from collections_app.activity import events
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.disputes import Dispute
from collections_app.contact.rules import PromiseState, conversation, promising
from collections_app.contact.rules.conversation import OpenPart
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.rules import InvoiceKind
from collections_app.lib import money
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Deed
from collections_app.people.users import User


class Promise(models.Model):
    """What a customer said they would pay, and by when."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="promises", db_index=False)
    contact_log = models.ForeignKey(
        ContactLog, null=True, blank=True, on_delete=models.PROTECT, related_name="promises"
    )
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES)
    promised_on = models.DateField()
    said_by = models.CharField(max_length=150, blank=True)
    state = models.CharField(
        max_length=20, choices=[(s.value, s.value.replace("_", " ")) for s in PromiseState]
    )
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    settled_on = models.DateField(null=True, blank=True)
    # The later promise that took this one's place.
    replaced_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces"
    )
    paid_amount = models.DecimalField(
        max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES, default=money.ZERO
    )

    class Meta:
        db_table = "promise"
        constraints = [
            models.CheckConstraint(name="promise_amount_is_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="promise_that_runs_is_not_settled",
                condition=Q(state="running", settled_on__isnull=True)
                | (~Q(state="running") & Q(settled_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="promise_that_is_replaced_names_its_successor",
                condition=Q(replaced_by__isnull=True) | Q(state="replaced"),
            ),
        ]
        indexes = [
            models.Index(
                fields=["company", "customer"],
                condition=Q(state="running"),
                name="promise_running_by_customer",
            ),
            models.Index(fields=["customer", "-settled_on"], name="promise_by_customer"),
        ]


class PromisedInvoice(models.Model):
    """The part of a promise that is for one invoice. ``is_running`` follows the promise, for the one
    constraint.
    """

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="lines")
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="promised")
    amount = models.DecimalField(max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES)
    is_running = models.BooleanField(default=True)

    class Meta:
        db_table = "promised_invoice"
        constraints = [
            models.UniqueConstraint(
                fields=["invoice"], condition=Q(is_running=True), name="invoice_has_one_running_promise"
            ),
            models.UniqueConstraint(fields=["promise", "invoice"], name="promise_names_an_invoice_once"),
            models.CheckConstraint(name="promised_amount_is_positive", condition=Q(amount__gt=0)),
        ]


Line = tuple[Invoice, Decimal]


def open_parts(customer: Customer, invoices: Sequence[Invoice]) -> dict[int, OpenPart]:
    """What of each invoice can be promised now, by id, in the given order. Three queries however many
    invoices.

    Read anew: what the caller holds may be older than the last import.
    """
    ids = [invoice.pk for invoice in invoices]
    standing = Invoice.objects.filter(customer=customer).in_bulk(ids)
    disputed = dict(Dispute.objects.open().filter(invoice__in=ids).values_list("invoice", "amount"))
    running = PromisedInvoice.objects.filter(invoice__in=ids, is_running=True)
    promised = set(running.values_list("invoice", flat=True))
    return {
        invoice.pk: OpenPart(
            invoice_id=invoice.pk,
            number=invoice.number,
            currency=invoice.currency,
            open_amount=invoice.open_amount,
            disputed=disputed.get(invoice.pk, money.ZERO),
            is_owed=invoice.kind != InvoiceKind.CREDIT_NOTE,
            is_promised=invoice.pk in promised,
        )
        for invoice in (standing[pk] for pk in ids if pk in standing)
    }


def lines_for(customer: Customer, amount: Decimal, invoices: Sequence[Invoice]) -> list[Line]:
    """``amount`` spread over invoices, the oldest first, each up to what of it is open and undisputed."""
    by_id = {invoice.pk: invoice for invoice in invoices}
    oldest_first = sorted(invoices, key=lambda invoice: (invoice.due_on or dt.date.max, invoice.pk))
    parts = open_parts(customer, oldest_first)
    strange = [(invoice, money.ZERO) for invoice in invoices if invoice.pk not in parts]
    return [
        (by_id[part.invoice_id], share) for part, share in promising.spread(amount, list(parts.values()))
    ] + strange


def record(
    *,
    customer: Customer,
    amount: Decimal,
    currency: str,
    promised_on: dt.date,
    lines: Sequence[Line],
    said_by: str = "",
    contact_log: ContactLog | None = None,
    replaces: bool = False,
    by: User,
    at: dt.datetime,
    today: dt.date,
) -> Promise:
    """Write down what a customer said they would pay. Raises ``Refused`` with every problem.

    1. The customer is locked, so that two promises for one invoice wait for each other.
    2. With ``replaces`` the promises that run on these invoices end as replaced.
    """
    with transaction.atomic():
        Customer.objects.select_for_update(no_key=True).get(pk=customer.pk)
        parts = open_parts(customer, [invoice for invoice, _ in lines])
        offer = promising.Offer(
            amount=amount,
            currency=currency,
            promised_on=promised_on,
            today=today,
            parts=tuple(promising.PromisedPart(parts[i.pk], part) for i, part in lines if i.pk in parts),
            strange_invoices=tuple(invoice.number for invoice, _ in lines if invoice.pk not in parts),
            replaces=replaces,
        )
        may_not = conversation.problems_of_author(may_work=by.may(Deed.WORK_CUSTOMERS))
        if problems := may_not + promising.problems_of(offer):
            raise Refused(problems)
        earlier = _stop_running(customer, [invoice for invoice, _ in lines], today=today) if replaces else []
        made = Promise.objects.create(
            company=customer.company,
            customer=customer,
            contact_log=contact_log,
            currency=currency,
            amount=amount,
            promised_on=promised_on,
            said_by=said_by,
            state=PromiseState.RUNNING,
            recorded_by=by,
            recorded_at=at,
        )
        PromisedInvoice.objects.bulk_create(
            [PromisedInvoice(promise=made, invoice=invoice, amount=part) for invoice, part in lines]
        )
        Promise.objects.filter(pk__in=earlier).update(replaced_by=made)
        _record(
            "promise.recorded", f"Promised {_money(made)} for {promised_on:%-d %B %Y}", made, by=by, at=at
        )
    return made


def _stop_running(customer: Customer, invoices: Sequence[Invoice], *, today: dt.date) -> list[int]:
    running = PromisedInvoice.objects.filter(
        invoice__in=invoices, is_running=True, promise__customer=customer
    )
    ids = _locked(Q(pk__in=running.values("promise"), state=PromiseState.RUNNING))
    Promise.objects.filter(pk__in=ids).update(state=PromiseState.REPLACED, settled_on=today)
    PromisedInvoice.objects.filter(promise__in=ids).update(is_running=False)
    return ids


def _locked(chosen: Q) -> list[int]:
    """Ids of promises, locked before their lines and in one order, as the night does it."""
    locking = Promise.objects.select_for_update(no_key=True).filter(chosen).order_by("pk")
    return list(locking.values_list("pk", flat=True))


def withdraw(promise: Promise, *, by: User, at: dt.datetime, today: dt.date) -> Promise:
    """Take a running promise back; those that it replaced run again, unless they were taken back too or one
    of their invoices runs in another promise now. One that has ended stays as it ended. Raises ``Refused``.
    """
    with transaction.atomic():
        Customer.objects.select_for_update(no_key=True).get(pk=promise.customer_id)
        _locked(Q(pk=promise.pk) | Q(replaced_by=promise))
        promise.refresh_from_db()
        if promise.state != PromiseState.RUNNING:
            return promise
        if problems := conversation.problems_of_author(may_work=by.may(Deed.WORK_CUSTOMERS)):
            raise Refused(problems)
        promise.state, promise.settled_on = PromiseState.WITHDRAWN, today
        promise.save(update_fields=["state", "settled_on"])
        promise.lines.update(is_running=False)
        replaced = _may_run_again(promise)
        Promise.objects.filter(pk__in=replaced).update(
            state=PromiseState.RUNNING, settled_on=None, replaced_by=None
        )
        PromisedInvoice.objects.filter(promise__in=replaced).update(is_running=True)
        _record("promise.withdrawn", f"Took back the promise of {_money(promise)}", promise, by=by, at=at)
    return promise


def _may_run_again(promise: Promise) -> list[int]:
    taken = PromisedInvoice.objects.filter(
        is_running=True,
        invoice__in=PromisedInvoice.objects.filter(promise=OuterRef(OuterRef("pk"))).values("invoice"),
    )
    stands = Q(contact_log__isnull=True) | Q(contact_log__withdrawn_at__isnull=True)
    return list(promise.replaces.filter(stands).exclude(Exists(taken)).values_list("pk", flat=True))


def _money(promise: Promise) -> str:
    return money.shown(promise.amount, promise.currency)


def _record(what: str, summary: str, promise: Promise, *, by: User, at: dt.datetime) -> None:
    facts = {"promise": promise.pk, "contact_log": promise.contact_log_id}
    events.record(
        what, summary, company=promise.company, customer=promise.customer, facts=facts, by=by, at=at
    )
