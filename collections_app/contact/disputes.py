"""A dispute: an amount of an invoice that the customer contests. The rest of the invoice stays collectable.

Lodged -> (waiting for the customer -> lodged ...) -> accepted, partly accepted, rejected or withdrawn. It has
one owner (a colleague, or a desk), one day by which it is to be resolved, and a clock that stops only while
it is the customer's turn. Its table is in ``dispute_rows``, work on it in ``dispute_work`` and
``dispute_pauses``, its end in ``dispute_closings``, how the night lets it rise in ``dispute_escalations``.
"""

import datetime as dt
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from collections_app.contact import dispute_changes, dispute_reasons
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.dispute_rows import Dispute
from collections_app.contact.rules import DisputeState, conversation, disputing
from collections_app.contact.rules.conversation import OpenPart
from collections_app.contact.rules.dispute_endings import RootCause
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer, lock_customer
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.rules import InvoiceKind
from collections_app.lib import money
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Deed
from collections_app.people.users import User

__all__ = ["Dispute", "is_staffed", "lodge", "open_part", "withdraw"]


def lodge(
    *,
    customer: Customer,
    invoice: Invoice,
    amount: Decimal,
    reason: str,
    said: str = "",
    contact_log: ContactLog | None = None,
    after_final_notice: bool = False,
    form_key: UUID | None = None,
    by: User,
    at: dt.datetime,
) -> Dispute:
    """Write down that ``amount`` of ``invoice`` is contested; its reason says whose it is, and by when. The
    same ``form_key`` twice has one effect. Raises ``Refused`` with every problem.
    """
    with transaction.atomic():
        lock_customer(customer.pk)
        if form_key and (written := Dispute.objects.filter(form_key=form_key).first()):
            return written
        # What the caller holds may be older than the last import.
        invoice = Invoice.objects.get(pk=invoice.pk)
        company, terms = customer.company, dispute_reasons.of_code(customer.company, reason)
        contest = disputing.Contest(
            invoice=open_part(invoice),
            amount=amount,
            reason_is_known=terms.is_active,
            invoice_is_theirs=invoice.customer_id == customer.pk,
            is_disputed=Dispute.objects.open().filter(invoice=invoice).exists(),
        )
        may_not = conversation.problems_of_author(may_work=by.may(Deed.WORK_CUSTOMERS))
        if problems := may_not + disputing.problems_of(contest):
            raise Refused(problems)
        made = Dispute(
            company=company,
            customer=customer,
            invoice=invoice,
            contact_log=contact_log,
            currency=invoice.currency,
            amount=amount,
            reason=reason,
            said=said,
            asked_for=terms.ask_for,
            state=DisputeState.LODGED,
            desk=terms.desk,
            owner=None if is_staffed(company, terms.desk) else by,
            late_raised=_late_raised(invoice, after_final_notice=after_final_notice, at=at),
            form_key=form_key,
            lodged_by=by,
            lodged_at=at,
        )
        dispute_changes.wind(made, terms, [])
        made.save()
        dispute_changes.tell(
            made, "lodged", f"Disputes {dispute_changes.shown(made)}: {terms.label}", by=by, at=at
        )
    return made


def withdraw(
    dispute: Dispute, *, version: int | None = None, form_key: UUID | None = None, by: User, at: dt.datetime
) -> Dispute:
    """It was lodged by mistake and is taken back; it counts in no figure. Raises ``Refused``."""
    with dispute_changes.changing(dispute, version=version, form_key=form_key) as is_new:
        if not is_new or dispute.state == DisputeState.WITHDRAWN:
            return dispute
        may_not = conversation.problems_of_author(may_work=by.may(Deed.WORK_CUSTOMERS))
        problems = disputing.problems_of_move(DisputeState(dispute.state), DisputeState.WITHDRAWN)
        if problems := may_not + problems:
            raise Refused(problems)
        dispute.cause = RootCause.BY_MISTAKE
        dispute_changes.close(dispute, DisputeState.WITHDRAWN, by=by, at=at)
        summary = f"Withdrew the dispute of {dispute_changes.shown(dispute)}"
        dispute_changes.keep(dispute, "withdrawn", summary, form_key=form_key, by=by, at=at)
    return dispute


def open_part(invoice: Invoice) -> OpenPart:
    """What of an invoice can be contested."""
    return OpenPart(
        invoice_id=invoice.pk,
        number=invoice.number,
        currency=invoice.currency,
        open_amount=invoice.open_amount,
        disputed=money.ZERO,
        is_owed=invoice.kind != InvoiceKind.CREDIT_NOTE,
        is_promised=False,
    )


def is_staffed(company: Company, desk: str) -> bool:
    """Whether somebody who may answer sits at the desk; otherwise whoever lodges a dispute keeps it."""
    return User.objects.filter(is_active=True, desk=desk, companies=company).exclude(desk="").exists()


def _late_raised(invoice: Invoice, *, after_final_notice: bool, at: dt.datetime) -> str:
    """What it was raised after, when that is late: the final notice, or a promise of an earlier moment."""
    if after_final_notice:
        return "final_notice"
    promised = invoice.promised.filter(promise__recorded_at__lt=at).exclude(promise__state="withdrawn")
    return "promise" if promised.exists() else ""
