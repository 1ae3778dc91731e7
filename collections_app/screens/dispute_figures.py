"""The figures about disputes with their working: how many, how long, how old, how often the customer was
right.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from collections_app.contact import dispute_causes, dispute_figures, dispute_reasons
from collections_app.contact.dispute_causes import Caused
from collections_app.contact.dispute_figures import PERIOD_DAYS, Figures
from collections_app.contact.rules.dispute_rates import Cell, ReasonAges, by_age
from collections_app.contact.rules.disputing import Reason
from collections_app.people.rules import Deed
from collections_app.reports import conversions, derived, kept_readings, measure_sums
from collections_app.reports.derived import Asked
from collections_app.reports.narrowing import ALL, DIMENSIONS
from collections_app.screens import dispute_caused, report_words
from collections_app.screens.htmx import render_page
from collections_app.screens.report_filters import Filters, filters_of, refused
from collections_app.screens.report_links import pieces_url
from collections_app.screens.scoping import Scope, scope_of

# Where disputes of a reason and of an age (its first day) are listed; either may be empty.
Opening = Callable[[str, str], str]


class PeriodForm(forms.Form):
    """The days that the figures are of."""

    since = forms.DateField(label="From", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    until = forms.DateField(
        label="Until and with", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )


@require_safe
def show(request: HttpRequest, company: str) -> HttpResponse:
    """The figures of a period, a year until today when none is named. Whoever may see reports comes here from
    theirs, narrows them as these are, and has what caused disputes told in one currency.
    """
    scope = scope_of(request)
    is_listed = scope.user.may(Deed.SEE_WHOLE_COMPANY)
    if not is_listed:
        scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    filters = filters_of(request, scope, only=["into", *DIMENSIONS] if is_listed else [])
    if no := refused(request, filters, what="These are no figures."):
        return no
    until, since = scope.today, scope.today - dt.timedelta(days=PERIOD_DAYS - 1)
    form = PeriodForm({"since": since, "until": until, **request.GET.dict()})
    if form.is_valid() and form.cleaned_data["since"] <= form.cleaned_data["until"] <= scope.today:
        since, until = form.cleaned_data["since"], form.cleaned_data["until"]
    found, caused = _figures(Asked(scope.company, until, None, filters.asked.narrowed), since)
    reasons = dispute_reasons.of(scope.company)
    telling = conversions.telling(
        filters.asked,
        currency=scope.company.currency,
        into=filters.into,
        currencies={each.currency for each in caused},
    )
    open_ones = _opening(scope, filters, until, is_listed=is_listed)
    context = {
        "scope": scope,
        "form": form,
        "filters": filters if is_listed else None,
        "conversion": report_words.converted(telling.conversion),
        "figures": found,
        "counted": _counted(scope, filters, since, until) if is_listed else {},
        "by_value": [
            (each, _valued(scope, filters, since, until, each.currency) if is_listed else {})
            for each in found.sums
        ],
        "bands": [_band(first, last) for first, last, _ in by_age({})],
        "causes": dispute_caused.rows(
            scope, filters, telling, caused, reasons=reasons, since=since, until=until, is_listed=is_listed
        ),
        "by_reason": [_row(row, reasons, open_ones) for row in found.open_by_reason],
    }
    return render_page(request, "disputes/figures.html", context)


def _counted(scope: Scope, filters: Filters, since: dt.date, until: dt.date) -> dict[str, str]:
    """Where what is counted over all currencies opens."""
    named = {"raised": "invoices_disputed", "invoiced": "invoices_raised"}
    named |= {"resolved": "disputes_ended", "credited": "disputes_credited"}
    more = {"into": "", "rates_on": ""}
    return {
        name: pieces_url(scope, filters, what, day=until, of=since.isoformat(), more=more)
        for name, what in named.items()
    }


def _valued(scope: Scope, filters: Filters, since: dt.date, until: dt.date, currency: str) -> dict[str, str]:
    """Where the amounts of one currency open, which are never added to another's."""

    def opened(what: str, of: str) -> str:
        more = {"into": "", "rates_on": ""}
        return pieces_url(scope, filters, what, day=until, of=of, currency=currency, more=more)

    return {
        "raised": opened("dispute_raised", since.isoformat()),
        "invoiced": opened("dispute_invoiced", since.isoformat()),
        "resolved": opened("disputes_caused", f".{since}.contested"),
        "credited": opened("disputes_caused", f".{since}.credited"),
    }


def _opening(scope: Scope, filters: Filters, until: dt.date, *, is_listed: bool) -> Opening:
    """Where the open ones of a reason and the first day of an age are listed: of today and of everybody
    beside what there is to do about them; else, and for whoever works none, as reports list them.
    """
    if scope.may_work and until == scope.today and filters.asked.narrowed == ALL:
        url = reverse("disputes", kwargs={"company": scope.company.code})
        return lambda reason, age: f"{url}?{urlencode({'view': 'all', **_given(reason=reason, age=age)})}"
    if not is_listed:
        return lambda _reason, _age: ""
    return lambda reason, age: pieces_url(scope, filters, "disputes_aged", day=until, of=f"{age}.{reason}")


def _given(**parts: str) -> dict[str, str]:
    return {name: part for name, part in parts.items() if part}


def _figures(asked: Asked, since: dt.date) -> tuple[Figures, list[Caused]]:
    """Of whom it is narrowed to, and what caused them, kept until something is posted or disputed."""

    def read() -> tuple[Figures, list[Caused]]:
        customers, until = derived.customers_of(asked), asked.day
        invoiced = measure_sums.invoiced(asked, since=since)
        found = dispute_figures.figures(
            company=asked.company, customers=customers, since=since, until=until, invoiced=invoiced
        )
        return found, dispute_causes.closed(asked.company, customers=customers, since=since, until=until)

    return kept_readings.begin(asked).of("disputes in figures with causes", read, since)


@dataclass(frozen=True, slots=True)
class Box:
    """One cell of a row; ``url`` opens its list, and is empty where there is none to open."""

    label: str
    cell: Cell
    url: str = ""


def _row(
    row: ReasonAges, reasons: dict[str, Reason], opening: Opening
) -> tuple[str, list[Box], Box, Decimal | None]:
    """A reason in words, its boxes by age, that of all ages, and the median."""
    known = reasons.get(row.reason)
    label = _label(reasons, row.reason) or "All reasons"

    def box(label: str, cell: Cell, age: str = "") -> Box:
        is_listed = bool(cell.number and (known or not row.reason))
        return Box(label, cell, opening(row.reason, age) if is_listed else "")

    boxes = [
        box(_band(first, last), cell, str(first))
        for (first, last, _), cell in zip(by_age({}), row.cells, strict=True)
    ]
    return label, boxes, box("All ages", row.whole), row.median_days


def _label(reasons: dict[str, Reason], code: str) -> str:
    """A reason in words; its code where the company knows it no more."""
    return reasons[code].label if code in reasons else code


def _band(first: int, last: int | None) -> str:
    return f"{first} and more" if last is None else f"{first} to {last}"


urlpatterns = [path("disputes/figures/", show, name="dispute_figures")]
