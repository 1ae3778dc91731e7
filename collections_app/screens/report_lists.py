"""What a figure of a report is made of: its customers, the documents of one or of all, and what came in a
month.

A list tells its own total, which is the figure that led to it.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from collections_app.ledger.customers import Customer
from collections_app.people.rules import Deed
from collections_app.reports import conversions, items
from collections_app.reports.conversions import Opened
from collections_app.reports.items import Listed
from collections_app.reports.rules import months
from collections_app.reports.rules.parts import PARTS
from collections_app.screens import paging, report_words
from collections_app.screens.htmx import render_page
from collections_app.screens.report_filters import Filters, filters_of, refused
from collections_app.screens.scoping import Scope, scope_of

# Of so many months what was posted can be listed together.
MONTHS = frozenset(str(number) for number in range(1, 37))
UNLISTED = "There is no such list."
POSTED = {"invoiced": "Invoiced this month", "received": "Received this month"}
KIND_WORDS = {
    "invoice": "Invoice", "debit_note": "Debit note", "finance_charge": "Interest",
    "credit_note": "Credit note", "receipt": "Receipt", "refund": "Refund", "reversal": "Reversal",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chosen:
    """The part that is listed, in which currency, from which page."""

    part: str
    label: str
    currency: str
    page: int
    filters: Filters
    scope: Scope
    months: int = 1
    begins: dt.date | None = None

    @property
    def since(self) -> dt.date:
        """The first day of what was posted."""
        return self.begins or months.first_of(self.filters.asked.day, back=self.months - 1)

    def address(self, name: str, **more: str) -> str:
        """A list with the same filters."""
        return f"{reverse(name, kwargs={'company': self.scope.company.code})}?{self.query(**more)}"

    def query(self, **more: str) -> str:
        """The filters and the part as an address has them."""
        span = {"months": str(self.months)} if self.months > 1 else {}
        if self.begins:
            span = {"since": self.begins.isoformat()}
        return self.filters.address(**{"part": self.part, "currency": self.currency, **span, **more})


@require_safe
def customers(request: HttpRequest, company: str) -> HttpResponse:
    """The customers of a part, the largest first; what was invoiced or received is told by document."""
    chosen = chosen_of(request)
    if no := refused(request, chosen.filters, what=UNLISTED):
        return no
    if chosen.filters.into:
        return _converted(request, chosen)
    if chosen.part in POSTED:
        return documents(request, company)
    found = items.customers(
        chosen.filters.asked, part=chosen.part, currency=chosen.currency, page=chosen.page
    )
    rows = [{**row, "url": chosen.address("report_documents", customer=str(row["id"]))} for row in found.rows]
    context = _context(chosen, found, "report_customers") | {
        "rows": rows,
        "documents_url": chosen.address("report_documents"),
    }
    return render_page(request, "reports/customers.html", context)


def _converted(request: HttpRequest, chosen: Chosen) -> HttpResponse:
    """A converted figure by currency and age; each line opens the list of its own currency."""
    found = converted_of(chosen)
    own = {"into": "", "rates_on": "", "months": ""}
    context = {
        "scope": chosen.scope,
        "chosen": chosen,
        "conversion": report_words.converted(found.conversion),
        "lines": [
            {
                "currency": each.currency,
                "label": each.label,
                "own": each.own,
                "rate": f"{each.rate.normalize():f}",
                "amount": each.amount,
                "url": chosen.address(
                    "report_customers",
                    **own,
                    currency=each.currency,
                    part=each.part,
                    as_of=each.day.isoformat(),
                ),
            }
            for each in found.lines
        ],
        "whole": found.whole,
        "apart": [
            (
                each,
                amount,
                chosen.address(
                    "report_customers", **{**own, "months": str(chosen.months)}, currency=each.currency
                ),
            )
            for each in found.conversion.apart
            for currency, amount in found.apart
            if currency == each.currency and amount
        ],
        "reports_url": _reports_url(chosen),
        "customers_url": chosen.address("report_customers"),
        "file_query": chosen.query(),
    }
    return render_page(request, "reports/converted.html", context)


def converted_of(chosen: Chosen) -> Opened:
    """A converted figure in lines."""
    filters = chosen.filters
    rates_on = filters.rates_on or filters.asked.day
    return conversions.opened(
        filters.asked, part=chosen.part, since=chosen.since, into=filters.into, rates_on=rates_on
    )


@require_safe
def documents(request: HttpRequest, company: str) -> HttpResponse:
    """The documents of a part, of one customer or of all."""
    chosen, customer = chosen_of(request), None
    if no := refused(request, chosen.filters, what=UNLISTED):
        return no
    number = request.GET.get("customer", "")
    if number:
        customer = customer_of(chosen.scope, number)
    found = _documents(chosen, customer)
    more = {"customer": number} if number else {}
    rows = [{**row, "words": KIND_WORDS[row["kind"]]} for row in found.rows]
    context = _context(chosen, found, "report_documents", **more) | {"rows": rows, "customer": customer}
    return render_page(request, "reports/documents.html", context)


def _documents(chosen: Chosen, customer: Customer | None) -> Listed:
    asked = chosen.filters.asked
    if chosen.part in POSTED:
        return items.posted(
            asked, what=chosen.part, currency=chosen.currency, since=chosen.since, page=chosen.page
        )
    return items.documents(
        asked,
        part=chosen.part,
        currency=chosen.currency,
        customer=customer.pk if customer else None,
        page=chosen.page,
    )


def chosen_of(request: HttpRequest) -> Chosen:
    """Which list a request asks for. Raises ``Http404`` for a part that there is not."""
    scope = scope_of(request, to=Deed.SEE_WHOLE_COMPANY)
    filters = filters_of(request, scope, knows=True)
    part = request.GET.get("part", "owed")
    if part not in PARTS and part not in POSTED:
        raise Http404("No such part of the ledger.")
    given = request.GET.get("months", "")
    number = int(given) if part in POSTED and given in MONTHS else 1
    filters = filters.of_months(number)
    label = POSTED[part] if part in POSTED else PARTS[part].label
    if number > 1:
        label = f"{conversions.POSTED_LABELS[part]} in {number} months"
    begins = _begins(request.GET.get("since", ""), filters.asked.day) if part in POSTED else None
    if begins:
        number, label = 1, f"{conversions.POSTED_LABELS[part]} from {begins:%-d %B %Y}"
        if begins == filters.asked.day:
            label = f"{conversions.POSTED_LABELS[part]} on {begins:%-d %B %Y}"
    return Chosen(
        part,
        label,
        filters.currency or scope.company.currency,
        paging.asked(request),
        filters,
        scope,
        number,
        begins,
    )


def _begins(text: str, until: dt.date) -> dt.date | None:
    """The first day that is asked for; None for anything that is none, or after the last."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if day <= until else None


def customer_of(scope: Scope, number: str) -> Customer:
    """A customer of the company by the id in an address. Raises ``Http404``."""
    found = Customer.objects.filter(company=scope.company)
    customer = found.filter(pk=number).first() if number.isascii() and number.isdecimal() else None
    if customer is None:
        raise Http404("No such customer.")
    return customer


def _context(chosen: Chosen, found: Listed, name: str, **more: str) -> dict[str, Any]:
    later = {} if found.is_last else {"url": chosen.address(name, page=str(found.page + 1), **more)}
    return {
        "scope": chosen.scope,
        "chosen": chosen,
        "found": found,
        "next_url": later.get("url", ""),
        "first_url": chosen.address(name, **more) if found.page > 1 else "",
        "reports_url": _reports_url(chosen),
        "customers_url": chosen.address("report_customers"),
        "total_label": _total_label(found),
        "file_query": chosen.query(**more),
    }


def _reports_url(chosen: Chosen) -> str:
    """The report that the list belongs to."""
    back = chosen.filters.back
    address = reverse("reports", kwargs={"company": chosen.scope.company.code})
    return f"{address}?{chosen.filters.address(currency=chosen.currency, **back)}"


def _total_label(found: Listed) -> str:
    """The total is of all rows; a page that does not show them all says which it does."""
    if found.page == 1 and found.is_last:
        return "Total"
    first = (found.page - 1) * found.page_rows + 1
    return f"Total of all {found.number:,} rows; here are {first:,} to {first + len(found.rows) - 1:,}"


urlpatterns = [
    path("reports/customers/", customers, name="report_customers"),
    path("reports/documents/", documents, name="report_documents"),
]
