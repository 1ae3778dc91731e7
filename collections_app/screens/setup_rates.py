"""Exchange rates of a company: what one unit of a currency is worth in its own, from a day on."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.decorators.http import require_http_methods

from collections_app.activity import company_setup
from collections_app.ledger.companies import Company
from collections_app.ledger.exchange_rates import ExchangeRate
from collections_app.lib import clock
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page
from collections_app.screens.scoping import administrator_of
from collections_app.segmentation import previews

RATES_MAX = 100


class RateForm(forms.Form):
    """One rate."""

    currency = forms.CharField(max_length=3, label="Currency", help_text="Three letters, like EUR.")
    rate = forms.DecimalField(
        max_digits=18,
        decimal_places=8,
        label="One unit is worth",
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    valid_from = forms.DateField(
        label="From", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean_currency(self) -> str:
        """Capitals, however it was typed."""
        return str(self.cleaned_data["currency"]).upper()


@dataclass(frozen=True, slots=True)
class Line:
    """A rate as the list shows it."""

    currency: str
    plain: str
    valid_from: dt.date


@require_http_methods(["GET", "HEAD", "POST"])
def rates(request: HttpRequest, code: str) -> HttpResponse:
    """The rates of one company, newest first; a POST adds or replaces one."""
    user = administrator_of(request, to=Deed.MANAGE_COMPANIES)
    company = get_object_or_404(Company, code=code)
    at = clock.now()
    today = company.today(at=at)
    problems: Sequence[Problem] = ()
    form = RateForm(request.POST or None, initial={"valid_from": today})
    if request.method == "POST" and form.is_valid():
        try:
            kept = company_setup.set_rate(company=company, **form.cleaned_data, by=user, at=at)
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, f"The rate of {kept.currency} is known. The next night goes by it.")
            return go_to(request, request.path)
    context = {
        "company": company,
        "form": form,
        "problems": problems,
        **_known(company, today),
        "unpriced": previews.unpriced(company=company, today=today),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render_page(request, "setup/rates.html", context, status=status)


def _known(company: Company, today: dt.date) -> dict[str, list[Line]]:
    """The rates that hold today, one a currency, and the newest of the others."""
    rates = ExchangeRate.objects.filter(company=company)
    newest = rates.filter(valid_from__lte=today).order_by("currency", "-valid_from").distinct("currency")
    in_force = {rate.pk: _line(rate) for rate in newest}
    others = rates.exclude(pk__in=in_force).order_by("-valid_from", "currency")[:RATES_MAX]
    return {"in_force": list(in_force.values()), "earlier": [_line(rate) for rate in others]}


def _line(rate: ExchangeRate) -> Line:
    return Line(rate.currency, f"{rate.rate.normalize():f}", rate.valid_from)


urlpatterns = [path("setup/companies/<slug:code>/rates/", rates, name="setup_rates")]
