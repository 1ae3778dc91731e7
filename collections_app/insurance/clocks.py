"""By when the insurer is to be told of what, as it stands now. Nothing is kept: it follows the ledger."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from collections_app.insurance import rules
from collections_app.insurance.insurance_rows import InsurancePolicy, InsurerNoticeLine
from collections_app.insurance.rules import NoticeKind
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib.sql import Statement, query

_CLOCKS = Statement(__file__, "list_clocks")
ROWS_MAX = 500
INVOICES_MAX = 200


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the insurer is to be told of one customer in one currency, ``by`` which day at the latest."""

    kind: NoticeKind
    customer_id: int
    customer_number: str
    customer: str
    currency: str
    amount: Decimal
    disputed: Decimal
    invoices: int
    by: dt.date


@dataclass(frozen=True, slots=True)
class Clock:
    """One overdue invoice: by when each is to be told, and whether it was."""

    invoice: Invoice
    report_by: dt.date | None
    is_reported: bool
    claim_by: dt.date | None
    is_claimed: bool


def waiting(
    policy: InsurancePolicy, *, visible: "QuerySet[Customer]", today: dt.date, until: dt.date | None = None
) -> list[Waiting]:
    """What is to be told of customers in ``visible`` up to ``until``, or within the days of the warning; the
    most urgent first. One query.
    """
    company = policy.company
    calendar = company.calendar
    last = until or calendar.add(today, policy.warn_working_days)
    try:
        seen = query(visible.order_by().values("pk"))
    except EmptyResultSet:
        return []
    found = _CLOCKS.rows(
        {
            "company": company.pk,
            "visible": seen,
            "today": today,
            "until": rules.falls_until(last, calendar),
            "claim_days": policy.claim_days,
            "limit": ROWS_MAX,
        }
    )
    return [
        Waiting(
            kind=NoticeKind(row["kind"]),
            customer_id=row["customer_id"],
            customer_number=row["customer_number"],
            customer=row["customer"],
            currency=row["currency"],
            amount=row["amount"],
            disputed=row["disputed"],
            invoices=row["invoices"],
            by=rules.deadline(row["falls_on"], 0, calendar),
        )
        for row in found
    ]


def of_customer(policy: InsurancePolicy, customer: Customer, *, today: dt.date) -> list[Clock]:
    """The overdue invoices of one customer, the oldest first. Two queries."""
    overdue = Invoice.objects.overdue(today).filter(company=policy.company, customer=customer)
    invoices = list(overdue.order_by("due_on", "pk")[:INVOICES_MAX])
    lines = InsurerNoticeLine.objects.filter(invoice__in=invoices, is_valid=True)
    told = set(lines.values_list("invoice", "kind"))
    calendar, days = policy.company.calendar, customer.insurer_report_days

    def by(invoice: Invoice, after: int | None) -> dt.date | None:
        return (
            rules.deadline(invoice.due_on, after, calendar) if invoice.due_on and after is not None else None
        )

    return [
        Clock(
            invoice=each,
            report_by=by(each, days),
            is_reported=(each.pk, NoticeKind.REPORT.value) in told,
            claim_by=by(each, policy.claim_days),
            is_claimed=(each.pk, NoticeKind.CLAIM.value) in told,
        )
        for each in invoices
    ]


def stops_on(policy: InsurancePolicy, clocks: list[Clock]) -> dt.date | None:
    """From which day on nothing more is delivered under cover; None where nothing says so."""
    if policy.stop_days is None:
        return None
    oldest = min((each.invoice.due_on for each in clocks if each.invoice.due_on), default=None)
    return oldest + dt.timedelta(days=policy.stop_days) if oldest else None
