"""The figures about disputes with their working: how many, how long, how old, how often the customer was
right.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from collections_app.contact import dispute_causes, dispute_figures, dispute_reasons
from collections_app.contact.dispute_causes import Caused
from collections_app.contact.dispute_figures import PERIOD_DAYS
from collections_app.contact.rules.dispute_rates import Cell, ReasonAges, by_age
from collections_app.contact.rules.disputing import Reason
from collections_app.people.rules import Deed
from collections_app.reports.piece_params import CAUSED_PARTS
from collections_app.screens.htmx import render_page
from collections_app.screens.scoping import Scope, scope_of


class PeriodForm(forms.Form):
    """The days that the figures are of."""

    since = forms.DateField(label="From", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    until = forms.DateField(
        label="Until and with", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )


@require_safe
def show(request: HttpRequest, company: str) -> HttpResponse:
    """The figures of a period, a year until today when none is named."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    until, since = scope.today, scope.today - dt.timedelta(days=PERIOD_DAYS - 1)
    form = PeriodForm({"since": since, "until": until, **request.GET.dict()})
    if form.is_valid() and form.cleaned_data["since"] <= form.cleaned_data["until"] <= scope.today:
        since, until = form.cleaned_data["since"], form.cleaned_data["until"]
    found = dispute_figures.figures(company=scope.company, since=since, until=until)
    reasons = dispute_reasons.of(scope.company)
    url = reverse("disputes", kwargs={"company": company}) if until == scope.today else ""
    context = {
        "scope": scope,
        "form": form,
        "figures": found,
        "bands": [_band(first, last) for first, last, _ in by_age({})],
        "causes": [
            (
                each,
                [(_label(reasons, one.reason), one.number) for one in each.reasons],
                _lists(scope, each, since, until),
            )
            for each in dispute_causes.closed(scope.company, since=since, until=until)
        ],
        "by_reason": [_row(row, reasons, url) for row in found.open_by_reason],
    }
    return render_page(request, "disputes/figures.html", context)


@dataclass(frozen=True, slots=True)
class Box:
    """One cell of a row; ``url`` opens its list, and is empty where there is none to open."""

    label: str
    cell: Cell
    url: str = ""


def _row(row: ReasonAges, reasons: dict[str, Reason], url: str) -> tuple[str, list[Box], Box, Decimal | None]:
    """A reason in words, its boxes by age, that of all ages, and the median; without links when ``url`` is
    empty.
    """
    known = reasons.get(row.reason)
    label = _label(reasons, row.reason) or "All reasons"
    reason = {"reason": row.reason} if row.reason else {}

    def box(label: str, cell: Cell, **narrowed: str) -> Box:
        query = urlencode({"view": "all", **reason, **narrowed})
        is_listed = bool(url and cell.number and (known or not row.reason))
        return Box(label, cell, f"{url}?{query}" if is_listed else "")

    boxes = [
        box(_band(first, last), cell, age=str(first))
        for (first, last, _), cell in zip(by_age({}), row.cells, strict=True)
    ]
    return label, boxes, box("All ages", row.whole), row.median_days


def _lists(scope: Scope, caused: Caused, since: dt.date, until: dt.date) -> dict[str, str]:
    """Where what was contested and what was credited opens, for whoever may see reports."""
    if not scope.user.may(Deed.SEE_WHOLE_COMPANY):
        return {}
    address = reverse("report_pieces", kwargs={"company": scope.company.code, "what": "disputes_caused"})
    given = {"as_of": until.isoformat(), "currency": caused.currency}
    return {
        part: f"{address}?{urlencode({**given, 'of': f'{caused.cause}.{since.isoformat()}.{part}'})}"
        for part in CAUSED_PARTS
    }


def _label(reasons: dict[str, Reason], code: str) -> str:
    """A reason in words; its code where the company knows it no more."""
    return reasons[code].label if code in reasons else code


def _band(first: int, last: int | None) -> str:
    return f"{first} and more" if last is None else f"{first} to {last}"


urlpatterns = [path("disputes/figures/", show, name="dispute_figures")]
