"""Noting that the insurer was told, with their reference; and taking such a note back where it was wrong."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from collections_app.activity import events
from collections_app.insurance import policies, rules
from collections_app.insurance.insurance_rows import InsurancePolicy, InsurerNotice, InsurerNoticeLine
from collections_app.insurance.rules import NoticeKind, Told, Wish
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.rules import InvoiceKind
from collections_app.lib.refusals import Refused
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User


@transaction.atomic
def tell(
    customer: Customer,
    *,
    kind: NoticeKind,
    invoices: Sequence[Invoice],
    reference: str,
    told_on: dt.date,
    words: str = "",
    form_key: UUID | None = None,
    by: User,
    at: dt.datetime,
) -> InsurerNotice:
    """Note that the insurer was told of ``invoices``. The same ``form_key`` twice gives the note that is
    there. Raises ``Refused`` with every problem.
    """
    held = Customer.objects.select_for_update(of=["self"], no_key=True).select_related("company")
    customer = held.get(pk=customer.pk)
    if form_key and (written := InsurerNotice.objects.filter(form_key=form_key).first()):
        return written
    company, policy = customer.company, policies.of(customer.company)
    today = company.today(at=at)
    lines = InsurerNoticeLine.objects.filter(invoice__in=invoices, kind=kind, is_valid=True)
    told = set(lines.values_list("invoice", flat=True))
    wish = Wish(
        may_tell=by.may(Deed.TELL_INSURER),
        is_insured=policy is not None and customer.insurer_report_days is not None,
        invoices=[_told(each, customer, each.pk in told, today) for each in invoices],
        reference=reference,
        told_on=told_on,
        today=today,
        words=words,
    )
    if (problems := rules.problems_of_telling(wish)) or policy is None:
        raise Refused(problems)
    made = InsurerNotice.objects.create(
        company=company,
        customer=customer,
        kind=kind,
        reference=reference.strip(),
        words=words.strip(),
        told_on=told_on,
        told_by=by,
        recorded_at=at,
        form_key=form_key,
    )
    InsurerNoticeLine.objects.bulk_create([_line(made, each, policy, customer) for each in invoices])
    numbers = ", ".join(each.number for each in invoices[:3]) + (" and more" if invoices[3:] else "")
    verb = "Reported" if kind == NoticeKind.REPORT else "Handed over"
    _tell(made, f"{verb} {numbers} to the insurer ({made.reference})", "told", by=by, at=at)
    return made


@transaction.atomic
def withdraw(notice: InsurerNotice, *, by: User, at: dt.datetime) -> InsurerNotice:
    """It was a mistake: the insurer was not told, and the clocks run again. Twice has one effect."""
    require(by, Deed.TELL_INSURER)
    locking = InsurerNotice.objects.select_for_update(of=["self"]).select_related("company", "customer")
    notice = locking.get(pk=notice.pk)
    if notice.withdrawn_at is not None:
        return notice
    notice.withdrawn_by, notice.withdrawn_at = by, at
    notice.save()
    notice.lines.update(is_valid=False)
    _tell(notice, f"The insurer was not told as noted ({notice.reference})", "withdrawn", by=by, at=at)
    return notice


def _told(invoice: Invoice, customer: Customer, is_told: bool, today: dt.date) -> Told:
    is_owed = invoice.open_amount > 0 and invoice.kind != InvoiceKind.CREDIT_NOTE
    return Told(
        number=invoice.number,
        is_theirs=invoice.customer_id == customer.pk,
        is_overdue=is_owed and invoice.due_on is not None and invoice.due_on < today,
        is_told_already=is_told,
    )


def _line(
    notice: InsurerNotice, invoice: Invoice, policy: InsurancePolicy, customer: Customer
) -> InsurerNoticeLine:
    days = customer.insurer_report_days if notice.kind == NoticeKind.REPORT else policy.claim_days
    due_on = invoice.due_on or notice.told_on
    deadline = rules.deadline(due_on, days or 0, policy.company.calendar)
    return InsurerNoticeLine(
        notice=notice, invoice=invoice, kind=notice.kind, amount=invoice.open_amount, deadline_on=deadline
    )


def _tell(notice: InsurerNotice, summary: str, what: str, *, by: User, at: dt.datetime) -> None:
    company, customer, facts = notice.company, notice.customer, {"notice": notice.pk, "kind": notice.kind}
    events.record(f"insurance.{what}", summary, company=company, customer=customer, facts=facts, by=by, at=at)
