"""The list behind a sum that is no part of the open ledger, with its own total: what was settled, promised,
disputed, held, or came otherwise than it was expected.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from collections_app.contact import dispute_reasons
from collections_app.lib import money
from collections_app.lib.money import ZERO
from collections_app.people.rules import Deed
from collections_app.reports import conversions, pieces
from collections_app.reports.addressed import Unknown
from collections_app.reports.piece_kinds import KINDS, Kind
from collections_app.reports.pieces import Sum
from collections_app.reports.rules import months
from collections_app.reports.rules.converting import Conversion
from collections_app.screens import paging, report_missed, report_moved, report_words
from collections_app.screens.htmx import render_page
from collections_app.screens.report_filters import Filters, filters_of, refused
from collections_app.screens.report_links import pieces_url
from collections_app.screens.report_lists import KIND_WORDS, MONTHS, UNLISTED
from collections_app.screens.scoping import Scope, scope_of

OF_LETTERS_MAX = 200
# Counted by currency, as the invoices are that they count.
OF_DISPUTES = {
    "disputes",
    "disputes_aged",
    "disputes_caused",
    "dispute_raised",
    "invoices_disputed",
    "disputes_ended",
    "disputes_credited",
    "disputes_standing",
}
OF_CURRENCY = {"closed_late", "closed_to_pay", "late_to_date", "to_pay_to_date"}
WORDS = {
    **KIND_WORDS,
    "payment": "by a payment",
    "credit_note": "by a credit note",
    "write_off": "written off",
    "stated": "told as settled by the accounts system",
    "implied": "no longer told as open by the accounts system",
    "new": "invoiced in the month",
    "settled": "settled",
    "lessened": "settled in part",
    "restored": "open again",
    "fell_due": "fell overdue",
    "contested": "put in dispute",
    "agreed": "its dispute ended or lessened",
    "came": "its customer moved here",
    "went": "its customer moved away",
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which pieces, of how many months, and with ``of`` which of them; from which page."""

    what: str
    number: int
    of: str
    page: int
    currency: str
    filters: Filters
    scope: Scope

    @property
    def kind(self) -> Kind:
        return KINDS[self.what]

    @property
    def label(self) -> str:
        return self.kind.label

    @property
    def since(self) -> dt.date | None:
        """The end of the month from which a change is told."""
        return months.first_of(self.filters.asked.day) - months.DAY if self.kind.is_between else None

    def url(self, **more: str) -> str:
        """The same list, with ``more`` in its address."""
        given = {"currency": self.currency, **more}
        return pieces_url(self.scope, self.filters, self.what, number=self.number, of=self.of, more=given)

    @property
    def sought(self) -> list[str] | None:
        """The currencies whose pieces are listed: what is counted over all has none, and what is counted in a
        converted report is of all that it has.
        """
        if self.kind.is_counted and self.what not in OF_CURRENCY:
            return None
        if not self.filters.into:
            return [self.currency]
        sums = pieces.summed(self.filters.asked, self.what, number=self.number, of=self.of)
        return list(conversion_of(self, {each.currency for each in sums}).rates)


@dataclass(frozen=True, slots=True)
class Line:
    """What the pieces of one currency come to, in it and converted; ``url`` opens them."""

    each: Sum
    label: str
    rate: str
    amount: Decimal
    url: str

    @property
    def currency(self) -> str:
        return self.each.currency

    @property
    def own(self) -> Decimal:
        return self.each.amount


@require_safe
def show(request: HttpRequest, company: str, what: str) -> HttpResponse:
    """A page of the pieces; a converted sum by currency, each of which opens its own."""
    chosen = chosen_of(request, what)
    if no := refused(request, chosen.filters, what=UNLISTED):
        return no
    try:
        if chosen.filters.into and not chosen.kind.is_counted:
            return _converted(request, chosen)
        found = pieces.listed(
            chosen.filters.asked,
            what,
            number=chosen.number,
            of=chosen.of,
            currencies=chosen.sought,
            page=chosen.page,
        )
    except Unknown as unknown:
        raise Http404("No such figure.") from unknown
    context = _context(chosen) | {
        "found": found,
        "rows": [{**row, "words": word_of(row["about"], chosen)} for row in found.rows],
        "next_url": "" if found.is_last else chosen.url(page=str(found.page + 1)),
        "first_url": chosen.url() if found.page > 1 else "",
    }
    if what in report_missed.KINDS:
        told = report_missed.told(chosen.scope.company, chosen.of)
        context |= {"told": told, "other_url": chosen.url(of=told.other)}
    return render_page(request, "reports/pieces.html", context)


def chosen_of(request: HttpRequest, what: str) -> Chosen:
    """Which pieces a request asks for. Raises ``Http404`` for those that there are not."""
    scope = scope_of(request, to=Deed.SEE_WHOLE_COMPANY)
    if what not in KINDS:
        raise Http404("No such figure.")
    filters = filters_of(request, scope, knows=True)
    if filters.into and what in report_moved.UNCONVERTED:
        raise Http404("Not told in one currency.")
    given, of = request.GET.get("months", ""), request.GET.get("of", "")
    number = int(given) if given in MONTHS else 1
    kind = KINDS[what]
    placed_for = number if kind.is_by_month else 1
    filters = filters.of_both_ends if kind.is_between else filters.of_months(placed_for)
    return Chosen(
        what,
        number,
        of[:OF_LETTERS_MAX],
        paging.asked(request),
        filters.currency or scope.company.currency,
        filters,
        scope,
    )


def _converted(request: HttpRequest, chosen: Chosen) -> HttpResponse:
    conversion, lines = converted_of(chosen)
    known = conversion.rates
    context = _context(chosen) | {
        "conversion": report_words.converted(conversion),
        "lines": [line for line in lines if line.currency in known],
        "apart": [
            (each, line.own, line.url)
            for each in conversion.apart
            for line in lines
            if line.currency == each.currency
        ],
        "whole": sum((line.amount for line in lines if line.currency in known), ZERO),
    }
    return render_page(request, "reports/pieces_converted.html", context)


def converted_of(chosen: Chosen) -> tuple[Conversion, list[Line]]:
    """A converted sum in lines. What was never in dispute is what there is less what was, and what was
    collected is what was settled less what credits did: each of both is rounded, as in the figures.
    """
    filters, of = chosen.filters, chosen.of
    if chosen.kind.is_between:
        return _moved_lines(chosen)
    signs, taken_off = {of: 1}, ""
    if chosen.what == "unpaid" and of.endswith(".never"):
        signs = {of.replace(".never", ".all"): 1, of.replace(".never", ".ever"): -1}
        taken_off = "ever in dispute, taken off"
    elif chosen.what == "collected" and not of:
        signs, taken_off = {"all": 1, "credit": -1}, "by credit notes or written off, taken off"
    sums = [
        (part, sign, each)
        for part, sign in signs.items()
        for each in pieces.summed(filters.asked, chosen.what, number=chosen.number, of=part)
    ]
    into = filters.into
    conversion = conversion_of(chosen, {each.currency for _, _, each in sums})
    lines = []
    for part, sign, each in sums:
        rate = conversion.rates.get(each.currency, Decimal(1))
        label = ", ".join(filter(None, [f"{each.month:%B %Y}" if each.month else "", taken_off * (sign < 0)]))
        url = _own_url(chosen, each, part)
        amount = money.rounded(each.amount * rate, into) * sign
        lines.append(Line(each, label, f"{rate.normalize():f}", amount, url))
    return conversion, lines


def _moved_lines(chosen: Chosen) -> tuple[Conversion, list[Line]]:
    """A converted change is what stood at one end less what stood at the other, each of whose parts is
    rounded as in the figures.
    """
    found = report_moved.found(chosen.scope, chosen.filters, chosen.what)
    conversion = conversion_of(chosen, {each.currency for each in found})
    lines = []
    for each in found:
        rate = conversion.rates.get(each.currency, Decimal(1))
        amount = money.rounded(each.own * rate, chosen.filters.into) * each.sign
        own = Sum(each.currency, None, each.own, 0)
        lines.append(Line(own, each.label, f"{rate.normalize():f}", amount, each.url))
    return conversion, lines


def conversion_of(chosen: Chosen, currencies: Collection[str]) -> Conversion:
    """At which rates the report is told that the figure belongs to."""
    filters = chosen.filters
    day = filters.rates_on or filters.asked.day
    return conversions.of(company=chosen.scope.company, day=day, into=filters.into, currencies=currencies)


def _own_url(chosen: Chosen, each: Sum, of: str) -> str:
    """The pieces of a line in their own currency: where it is of a month, those of that month."""
    number, own = chosen.number, {"into": "", "rates_on": "", "currency": each.currency}
    if each.month and chosen.what == "open":
        of = f"{each.month:%Y-%m}"
    elif each.month:
        end = months.first_of(each.month, back=-1) - months.DAY
        number, own = 1, {**own, "as_of": min(end, chosen.filters.asked.day).isoformat()}
    return pieces_url(chosen.scope, chosen.filters, chosen.what, number=number, of=of, more=own)


def word_of(about: str, chosen: Chosen) -> str:
    """What a piece is, in words."""
    if chosen.what in OF_DISPUTES:
        reasons = dispute_reasons.of(chosen.scope.company)
        return reasons[about].label if about in reasons else about
    return WORDS.get(about, about)


def _context(chosen: Chosen) -> dict[str, Any]:
    back = chosen.filters.back
    address = reverse("reports", kwargs={"company": chosen.scope.company.code})
    return {
        "scope": chosen.scope,
        "filters": chosen.filters,
        "chosen": chosen,
        "reports_url": f"{address}?{chosen.filters.address(currency=chosen.currency, **back)}",
        "file_query": f"{chosen.url().partition('?')[2]}&what={chosen.what}",
    }


urlpatterns = [path("reports/pieces/<slug:what>/", show, name="report_pieces")]
