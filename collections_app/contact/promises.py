"""A promise to pay: an amount, a day, the invoices it is for, and who said it. Settled from allocations
only.
"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.db import models, transaction
from django.db.models import Q

from collections_app.activity import events
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.disputes import Dispute
from collections_app.contact.rules import PromiseState, promising
from collections_app.contact.rules.conversation import OpenPart
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.rules import InvoiceKind
from collections_app.lib import money
from collections_app.lib.refusals import Refused
from collections_app.lib.sql import Statement
from collections_app.people.users import User

PAYMENTS = Statement(__file__, "sum_promise_payments")
END = Statement(__file__, "end_promises")

# How the timeline tells the end of a promise.
ENDINGS = {
    PromiseState.KEPT: "Promise kept",
    PromiseState.KEPT_LATE: "Promise kept late",
    PromiseState.PARTLY_KEPT: "Promise partly kept",
    PromiseState.BROKEN: "Promise broken",
    PromiseState.WITHDRAWN: "Promise no longer needed, since it was paid before or credited",
}


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
    """What of each invoice can be promised now, by id. Two queries however many invoices."""
    ids = [invoice.pk for invoice in invoices]
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
        for invoice in invoices
        if invoice.customer_id == customer.pk
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
        if problems := promising.problems_of(offer):
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
    ids = sorted(set(running.values_list("promise", flat=True)))
    PromisedInvoice.objects.filter(promise__in=ids).update(is_running=False)
    Promise.objects.filter(pk__in=ids).update(state=PromiseState.REPLACED, settled_on=today)
    return ids


def withdraw(promise: Promise, *, by: User, at: dt.datetime, today: dt.date) -> Promise:
    """Take a running promise back; those that it replaced run again. One that has ended stays as it ended."""
    with transaction.atomic():
        Customer.objects.select_for_update(no_key=True).get(pk=promise.customer_id)
        promise.refresh_from_db()
        if promise.state != PromiseState.RUNNING:
            return promise
        promise.state, promise.settled_on = PromiseState.WITHDRAWN, today
        promise.save(update_fields=["state", "settled_on"])
        promise.lines.update(is_running=False)
        replaced = list(promise.replaces.values_list("pk", flat=True))
        Promise.objects.filter(pk__in=replaced).update(
            state=PromiseState.RUNNING, settled_on=None, replaced_by=None
        )
        PromisedInvoice.objects.filter(promise__in=replaced).update(is_running=True)
        _record("promise.withdrawn", f"Took back the promise of {_money(promise)}", promise, by=by, at=at)
    return promise


def settle(*, company: Company, today: dt.date, at: dt.datetime) -> int:
    """End the running promises whose money came, or whose days have passed; how many ended. Running twice
    ends none twice.

    SQL sums what was paid for each, the rule decides, SQL writes.
    """
    running = Promise.objects.filter(company=company, state=PromiseState.RUNNING)
    promised = sorted(set(running.values_list("promised_on", flat=True)))
    days = {day: promising.due_days(day, company.calendar) for day in promised}
    with transaction.atomic():
        rows = PAYMENTS.rows(
            {
                "company": company.pk,
                "zone": company.time_zone,
                "promised_on": promised,
                "due_on": [days[day][0] for day in promised],
                "grace_ends_on": [days[day][1] for day in promised],
            }
        )
        ended = []
        for row in rows:
            paid = promising.Payments(row["needed"], row["by_due"], row["by_grace"])
            due_on, grace_ends_on = days[row["promised_on"]]
            state = promising.verdict(paid, due_on=due_on, grace_ends_on=grace_ends_on, today=today)
            if state != PromiseState.RUNNING:
                amount = f"{row['currency']} {money.text(row['amount'], row['currency'])}"
                summary = f"{ENDINGS[state]}: {amount} for {row['promised_on']:%-d %B %Y}"
                ended.append((row["promise_id"], state.value, paid.by_grace, summary))
        if not ended:
            return 0
        ids, states, amounts, summaries = (list(column) for column in zip(*ended, strict=True))
        return END.execute(
            {"ids": ids, "states": states, "paid": amounts, "summaries": summaries, "today": today, "at": at}
        )


def _money(promise: Promise) -> str:
    return f"{promise.currency} {money.text(promise.amount, promise.currency)}"


def _record(what: str, summary: str, promise: Promise, *, by: User, at: dt.datetime) -> None:
    facts = {"promise": promise.pk, "contact_log": promise.contact_log_id}
    events.record(
        what, summary, company=promise.company, customer=promise.customer, facts=facts, by=by, at=at
    )
