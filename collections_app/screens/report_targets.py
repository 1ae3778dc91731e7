"""The target of what comes in a month: set, changed, taken away. Held against the cash of the month."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.reports import cash_targets
from collections_app.reports.cash_targets import CashTarget
from collections_app.reports.rules import months
from collections_app.reports.rules.aiming import AHEAD_MAX
from collections_app.screens.fields import MoneyField
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page
from collections_app.screens.report_filters import filters_of
from collections_app.screens.scoping import Scope, scope_of

SHOWN_AHEAD = 12


class TargetForm(forms.Form):
    """Of which month, in which currency, how much; empty for none."""

    month = forms.ChoiceField(label="Month")
    currency = forms.ChoiceField(label="Currency")
    amount = MoneyField("What is to come; empty for no target")

    def __init__(self, *args: Any, today: dt.date, currencies: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "target_%s", **kwargs})
        firsts = [months.first_of(today, back=-ahead) for ahead in range(min(SHOWN_AHEAD, AHEAD_MAX) + 1)]
        choices: dict[str, list[tuple[str, str]]] = {
            "month": [(each.isoformat(), f"{each:%B %Y}") for each in firsts],
            "currency": [(each, each) for each in currencies],
        }
        for name, given in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = given


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, company: str) -> HttpResponse:
    """The targets that are set, and the form for one."""
    scope = scope_of(request, to=Deed.SEE_WHOLE_COMPANY)
    filters = filters_of(request, scope)
    currency = filters.currency or scope.company.currency
    known = [choice for choice, _ in filters.form.fields["currency"].choices]  # type: ignore[attr-defined]
    form = TargetForm(
        request.POST if request.method == "POST" else None,
        today=scope.today,
        currencies=known,
        initial={
            "month": months.first_of(scope.today).isoformat(),
            "currency": currency,
            "amount": cash_targets.of_month(scope.company, scope.today).get(currency),
        },
    )
    problems: Sequence[Problem] = ()
    if request.method == "POST" and form.is_valid():
        try:
            _set(scope, form.cleaned_data)
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, "The target is set." if form.cleaned_data["amount"] else "No target.")
            return go_to(request, _back(scope, f"currency={form.cleaned_data['currency']}"))
    newest = CashTarget.objects.filter(company=scope.company).select_related("set_by")
    context = {
        "scope": scope,
        "form": form,
        "problems": problems,
        "targets": newest.order_by("-month", "currency")[:AHEAD_MAX],
        "back_url": _back(scope, filters.address(currency=currency)),
    }
    status = UNPROCESSABLE if problems or form.errors else 200
    return render_page(request, "reports/target.html", context, status=status)


def _set(scope: Scope, given: dict[str, Any]) -> None:
    cash_targets.set_target(
        company=scope.company,
        month=dt.date.fromisoformat(given["month"]),
        currency=given["currency"],
        amount=given["amount"],
        by=scope.user,
        at=scope.at,
    )


def _back(scope: Scope, query: str) -> str:
    return f"{reverse('reports', kwargs={'company': scope.company.code})}?{query}"


urlpatterns = [path("reports/target/", edit, name="report_target")]
