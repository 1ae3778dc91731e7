"""What a customer may be asked for: what is open, and what of it is neither disputed nor still promised."""

import datetime as dt
from decimal import Decimal

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from collections_app.contact.disputes import Dispute
from collections_app.contact.promised import PromisedInvoice, still_promised
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib.kept_queries import KeptRows


def open_invoices(customer: Customer | int, *, today: dt.date) -> QuerySet[Invoice]:
    """What is open, the oldest first, each with its disputed part, what of it is still promised, and for
    when.
    """
    dispute = Dispute.objects.open().filter(invoice=OuterRef("pk"))
    running = PromisedInvoice.objects.running().filter(invoice=OuterRef("pk"))
    promised = running.annotate(still=still_promised(today))
    return (
        Invoice.objects.open()
        .filter(customer=customer)
        .annotate(
            disputed_part=Subquery(dispute.values("amount")[:1]),
            promised_part=Subquery(promised.values("still")[:1]),
            promised_on=Subquery(promised.values("promise__promised_on")[:1]),
        )
        .order_by("due_on", "pk")
    )


def collectable(
    customer: Customer | int, *, currency: str, today: dt.date, also_promised: bool = False
) -> QuerySet[Invoice]:
    """What is due, the oldest first, with a part that is not disputed, nor still promised
    unless those count too; ``asked`` is that part.
    """
    running = PromisedInvoice.objects.running().filter(invoice=OuterRef("pk"))
    promised = running.annotate(still=still_promised(today))
    disputed = Dispute.objects.open().filter(invoice=OuterRef("pk"))
    taken: Combinable = Coalesce(Subquery(disputed.values("amount")[:1]), Value(Decimal(0)))
    if not also_promised:
        taken += Coalesce(Subquery(promised.values("still")[:1]), Value(Decimal(0)))
    due = Invoice.objects.open().owed().filter(customer=customer, currency=currency, due_on__lte=today)
    return due.annotate(asked=F("open_amount") - taken).filter(asked__gt=0).order_by("due_on", "pk")


def sum_of(customer: Customer, *, currency: str, today: dt.date) -> tuple[int, Decimal]:
    """How many invoices are ``collectable``, and the sum of what is asked of them."""
    found: tuple[int, Decimal] = _SUM.first(customer.pk, currency, today) or (0, Decimal(0))
    return found


_SUM = KeptRows(
    lambda customer, currency, today: (
        collectable(customer, currency=currency, today=today)
        .order_by()
        .values("currency")
        .annotate(number=Count("pk"), total=Sum("asked"))
        .values_list("number", "total")
    ),
    *("bigint", "text", "date"),
)
