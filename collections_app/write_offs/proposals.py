"""Proposing that amounts are written off, and taking a proposal back. Nothing is in the ledger yet."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from collections_app.activity import events
from collections_app.contact.dispute_rows import Dispute
from collections_app.contact.promised import PromisedInvoice
from collections_app.ledger.customers import Customer, lock_customer
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.rules import InvoiceKind
from collections_app.lib import money
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.people.users import User
from collections_app.write_offs import terms, write_off_reasons
from collections_app.write_offs.rules import proposing
from collections_app.write_offs.rules.proposing import STATE_LABELS, Part, Wish, WriteOffState
from collections_app.write_offs.write_off_rows import WriteOff, WriteOffLine

Asked = Sequence[tuple[Invoice, Decimal]]


def propose(
    customer: Customer,
    *,
    lines: Asked,
    reason: str,
    words: str,
    in_spite_of: str = "",
    form_key: UUID | None = None,
    by: User,
    at: dt.datetime,
) -> WriteOff:
    """Propose that the amounts of ``lines`` are given up. The same ``form_key`` twice gives the proposal that
    is there. Raises ``Refused`` with every problem.
    """
    with holding(customer, [invoice.pk for invoice, _ in lines]) as standing:
        if form_key and (written := WriteOff.objects.filter(form_key=form_key).first()):
            if written.customer_id != customer.pk:
                raise Refused.because("form_key", "This form was sent for another customer. Open it again.")
            return written
        company, known = customer.company, write_off_reasons.of(customer.company).get(reason)
        parts = parts_of([(standing[invoice.pk], amount) for invoice, amount in lines], customer)
        wish = Wish(
            may_propose=by.may(Deed.WORK_CUSTOMERS),
            parts=parts,
            reason_is_known=known is not None and known.is_active,
            words=words,
            in_spite_of=in_spite_of,
        )
        problems = proposing.problems_of(wish)
        if len(in_spite_of) > proposing.WORDS_LETTERS_MAX:
            problems.append(Problem("in_spite_of", "Say shorter why it is written off in spite of that."))
        if problems or known is None:
            raise Refused(problems)
        hindrances = [each for part in parts for each in part.hindrances]
        made = WriteOff.objects.create(
            company=company,
            customer=customer,
            currency=parts[0].currency,
            amount=sum((part.amount for part in parts), money.ZERO),
            reason=reason,
            reason_label=known.label,
            words=words.strip(),
            hindrances=hindrances,
            in_spite_of=in_spite_of.strip() if hindrances else "",
            state=WriteOffState.PROPOSED,
            proposed_by=by,
            proposed_at=at,
            waits_until=company.calendar.add(company.today(at=at), terms.of(company).waits_working_days),
            form_key=form_key,
        )
        WriteOffLine.objects.bulk_create(
            [WriteOffLine(write_off=made, invoice=invoice, amount=amount) for invoice, amount in lines]
        )
        tell(made, f"Proposed to write off {shown(made)}: {made.reason_label}", by=by, at=at)
    return made


def withdraw(write_off: WriteOff, *, by: User, at: dt.datetime) -> WriteOff:
    """Whoever proposed it takes it back. Twice has one effect. Raises ``Refused``."""
    with deciding(write_off, WriteOffState.WITHDRAWN) as is_new:
        if not is_new:
            return write_off
        if by.pk != write_off.proposed_by_id:
            text = f"{write_off.proposed_by} proposed it, so they withdraw it. You may refuse it."
            raise Refused.because("not_yours", text)
        end(write_off, WriteOffState.WITHDRAWN)
        tell(write_off, f"Withdrew the write-off of {shown(write_off)}", by=by, at=at)
    return write_off


def parts_of(lines: Asked, customer: Customer, *, but: WriteOff | None = None) -> list[Part]:
    """What the rules read of each line, as it stands now; ``but`` is the proposal that these are of. Three
    queries however many.
    """
    ids = [invoice.pk for invoice, _ in lines]
    found = hindrances_of(ids)
    waiting = WriteOffLine.objects.filter(invoice__in=ids, is_waiting=True)
    if but is not None:
        waiting = waiting.exclude(write_off=but)
    waits = set(waiting.values_list("invoice", flat=True))
    return [
        Part(
            number=f"{invoice.number}/{invoice.line}" if invoice.line else invoice.number,
            currency=invoice.currency,
            open_amount=invoice.open_amount,
            amount=amount,
            is_owed=invoice.kind != InvoiceKind.CREDIT_NOTE,
            is_theirs=invoice.customer_id == customer.pk,
            waits_already=invoice.pk in waits,
            hindrances=tuple(found.get(invoice.pk, [])),
        )
        for invoice, amount in lines
    ]


def hindrances_of(invoices: Sequence[int]) -> dict[int, list[str]]:
    """By invoice the open dispute and the running promise on it, in sentences. Two queries."""
    found: dict[int, list[str]] = {}
    for dispute in Dispute.objects.open().filter(invoice__in=invoices).select_related("invoice"):
        amount = money.shown(dispute.amount, dispute.currency)
        text = f"{amount} of {dispute.invoice.number} is in dispute."
        found.setdefault(dispute.invoice_id, []).append(text)
    promised = PromisedInvoice.objects.running().filter(invoice__in=invoices)
    for line in promised.select_related("promise", "invoice"):
        amount = money.shown(line.amount, line.invoice.currency)
        text = f"{amount} of {line.invoice.number} is promised for {line.promise.promised_on:%-d %B %Y}."
        found.setdefault(line.invoice_id, []).append(text)
    return found


@contextmanager
def holding(customer: Customer, invoices: Sequence[int]) -> Iterator[dict[int, Invoice]]:
    """The customer first, then the invoices, as by everybody: what is paid meanwhile waits or is seen."""
    with transaction.atomic():
        lock_customer(customer.pk)
        held = Invoice.objects.select_for_update(no_key=True).filter(pk__in=invoices).order_by("pk")
        yield {invoice.pk: invoice for invoice in held}


@contextmanager
def deciding(write_off: WriteOff, to: WriteOffState) -> Iterator[bool]:
    """Whether ``write_off`` is still to be decided; another end than ``to`` that was made is refused."""
    lines = list(write_off.lines.values_list("invoice", flat=True))
    with holding(write_off.customer, lines):
        write_off.refresh_from_db()
        if not write_off.is_waiting and write_off.state != to:
            label = STATE_LABELS[WriteOffState(write_off.state)].lower()
            by = f", by {write_off.decided_by}" if write_off.decided_by else ""
            raise Refused.because("decided", f"This proposal has ended: {label}{by}.")
        yield write_off.is_waiting


def end(write_off: WriteOff, to: WriteOffState) -> None:
    """It waits no more, and its invoices may be proposed again."""
    write_off.state = to
    write_off.save()
    write_off.lines.update(is_waiting=False)


def shown(write_off: WriteOff) -> str:
    """A write-off in words."""
    return f"{money.shown(write_off.amount, write_off.currency)} ({write_off.number})"


def tell(write_off: WriteOff, summary: str, *, what: str = "", by: User | None, at: dt.datetime) -> None:
    """One event, named by the state in which the write-off is now unless ``what`` names it."""
    facts = {
        "write_off": write_off.pk,
        "amount": money.text(write_off.amount, write_off.currency),
        "currency": write_off.currency,
        "reason": write_off.reason,
    }
    name = f"write_off.{what or write_off.state}"
    company, customer = write_off.company, write_off.customer
    events.record(name, summary, company=company, customer=customer, facts=facts, by=by, at=at)
