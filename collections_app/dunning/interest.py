"""What being late costs on documents of the ledger: read from the rows, worked out by the law that applies.

Reads only, and in as many statements for one document as for many. What is charged is decided in
``interest_charges``.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from collections_app.dunning import reference_rates
from collections_app.dunning.interest_rows import InterestCharge, InterestExemption, InterestSetting
from collections_app.dunning.rules import late_payment_laws
from collections_app.dunning.rules.charging import BEARING, ExemptionKind
from collections_app.dunning.rules.late_payment import Debt, InterestStatement, PrincipalEvent, interest_on
from collections_app.dunning.rules.late_payment_laws import DAYS_WITHOUT_DUE_DATE, Applying, Entered
from collections_app.dunning.rules.late_payment_rates import Reference
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib.refusals import Refused
from collections_app.lib.sql import Statement, array

_PRINCIPALS = Statement(__file__, "gather_principals")
DAY = dt.timedelta(days=1)
# A document that was paid late is offered for so long.
LOOKED_BACK_DAYS = 180


@dataclass(frozen=True, slots=True)
class Accrued:
    """Interest on one document. ``whole`` is all of it since it was late, ``rest`` what was neither charged
    nor waived yet; both are none where no law applies, and ``no_law`` says why.
    """

    invoice: Invoice
    no_law: str
    whole: InterestStatement | None = None
    rest: InterestStatement | None = None
    # The last day that was charged or waived, or waits for approval.
    taken_until: dt.date | None = None


def is_on(company: Company) -> bool:
    """Whether the company tells and charges interest. One query."""
    return InterestSetting.objects.filter(company=company, is_on=True).exists()


def missing_rate(company: Company, *, today: dt.date) -> Reference | None:
    """The reference of a company that charges interest and of which today has no rate. Two queries."""
    if not is_on(company):
        return None
    law = reference_rates.law_of(company).law
    return law.reference if law and law.reference.rate_for(today) is None else None


def law_of(customer: Customer, exemption: InterestExemption | None, *, entered: Entered) -> Applying:
    """The law between a customer and their company, with the rates it ``entered``, or why none applies."""
    if exemption and exemption.kind == ExemptionKind.CONTRACT:
        return Applying(None, f"The contract says something else{_words(exemption)}.")
    applying = late_payment_laws.law_for(
        seller=customer.company.country,
        buyer=customer.country,
        is_business=not (exemption and exemption.kind == ExemptionKind.NO_BUSINESS),
    )
    return applying.knowing(entered)


def accrued(invoices: Sequence[Invoice], *, as_of: dt.date) -> dict[int, Accrued]:
    """Interest up to and including ``as_of`` on documents that come with customer and company, by id, from
    all that is known by now. Four statements, however many.
    """
    customers = {invoice.customer_id for invoice in invoices}
    exempt = {each.customer_id: each for each in InterestExemption.objects.filter(customer__in=customers)}
    taken = _taken([invoice.pk for invoice in invoices])
    events = _events([invoice.pk for invoice in invoices])
    entered = reference_rates.of_companies({invoice.company_id for invoice in invoices})
    found = {}
    for invoice in invoices:
        applying = law_of(
            invoice.customer, exempt.get(invoice.customer_id), entered=entered.get(invoice.company_id, {})
        )
        if invoice.kind not in BEARING:
            applying = Applying(None, "Interest is owed on invoices and debit notes only.")
        found[invoice.pk] = _accrued(
            invoice, applying, events[invoice.pk], taken.get(invoice.pk), as_of=as_of
        )
    return found


def accrued_on(invoice: Invoice, *, as_of: dt.date) -> Accrued:
    """Interest on one document that comes with customer and company."""
    return accrued([invoice], as_of=as_of)[invoice.pk]


def as_proposed(charge: InterestCharge) -> Accrued:
    """What a proposed charge would be from all that is known by now: its ``rest`` is of the same days."""
    invoice, customer = charge.invoice, charge.customer
    exemption = InterestExemption.objects.filter(customer=customer).first()
    applying = law_of(customer, exemption, entered=reference_rates.of(charge.company_id))
    if applying.law is None:
        return Accrued(invoice, applying.because)
    now = interest_on(
        _debt(invoice, _events([invoice.pk])[invoice.pk]),
        applying.law,
        from_on=charge.from_on,
        until=charge.until_on,
        with_fixed_sum=charge.fixed_sum > 0,
    )
    return Accrued(invoice, "", rest=now)


def looked_at(customer: Customer, *, today: dt.date) -> QuerySet[Invoice]:
    """Documents of a customer that may bear interest: late ones, those paid late not long ago, and whatever
    was ever proposed to be charged. The oldest first, each with customer and company.
    """
    is_late = Q(due_on__lt=today) | Q(
        due_on__isnull=True, issued_on__lt=today - dt.timedelta(DAYS_WITHOUT_DUE_DATE)
    )
    since = today - dt.timedelta(LOOKED_BACK_DAYS)
    paid_late = Q(settled_on__gte=since) & (Q(due_on__isnull=True) | Q(settled_on__gt=F("due_on")))
    proposed = Exists(InterestCharge.objects.filter(invoice=OuterRef("pk")))
    found = Invoice.objects.filter(
        Q(open_amount__gt=0) & is_late | paid_late | proposed, customer=customer, kind__in=BEARING
    )
    return found.select_related("customer__company").order_by(F("due_on").asc(nulls_first=True), "pk")


def invoice_of(*, company: Company, number: str, line: str = "", customer: str = "") -> Invoice:
    """The document that bears interest with that number, for a door that was given it in words. Raises
    ``Refused`` when there is none, or more than one.
    """
    found = Invoice.objects.filter(company=company, number=number, kind__in=BEARING)
    if customer:
        found = found.filter(customer__number=customer)
    if line:
        found = found.filter(line=line)
    named = list(found.select_related("customer__company")[:2])
    if not named:
        raise Refused.because("unknown_invoice", f"{company.name} has no invoice with the number “{number}”.")
    if len(named) > 1:
        text = f"There is more than one invoice with the number “{number}”. Name the customer, and the line."
        raise Refused.because("several_invoices", text)
    return named[0]


def _accrued(
    invoice: Invoice,
    applying: Applying,
    events: Sequence[PrincipalEvent],
    taken_until: dt.date | None,
    *,
    as_of: dt.date,
) -> Accrued:
    if (law := applying.law) is None:
        return Accrued(invoice, applying.because, taken_until=taken_until)
    debt = _debt(invoice, events)
    whole = interest_on(debt, law, until=as_of)
    if taken_until is None:
        return Accrued(invoice, "", whole, whole)
    rest = interest_on(debt, law, from_on=taken_until + DAY, until=as_of, with_fixed_sum=False)
    return Accrued(invoice, "", whole, rest, taken_until)


def _debt(invoice: Invoice, events: Sequence[PrincipalEvent]) -> Debt:
    return Debt(invoice.currency, invoice.issued_on, invoice.due_on, tuple(events))


def _events(invoices: Sequence[int]) -> Mapping[int, list[PrincipalEvent]]:
    found: dict[int, list[PrincipalEvent]] = defaultdict(list)
    for row in _PRINCIPALS.rows({"invoices": array(invoices)}):
        found[row["invoice_id"]].append(PrincipalEvent(row["effective_on"], row["change"]))
    return found


def _taken(invoices: Sequence[int]) -> dict[int, dt.date]:
    charges = InterestCharge.objects.standing().filter(invoice__in=invoices)
    ordered = charges.order_by("invoice", "-until_on").distinct("invoice")
    return dict(ordered.values_list("invoice", "until_on"))


def _words(exemption: InterestExemption) -> str:
    return f": {exemption.words}" if exemption.words else ""
