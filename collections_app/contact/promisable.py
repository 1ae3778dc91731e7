"""What of a customer's invoices can be promised now, and how an amount is spread over them."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from collections_app.contact.disputes import Dispute
from collections_app.contact.promised import PromisedInvoice
from collections_app.contact.rules import promising
from collections_app.contact.rules.conversation import OpenPart
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.rules import InvoiceKind
from collections_app.lib import money

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
