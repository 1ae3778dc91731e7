"""The figures about disputes with their working: how many, how long, how old, how often the customer was
right.
"""

import datetime as dt

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from collections_app.contact import dispute_figures
from collections_app.contact.dispute_figures import PERIOD_DAYS
from collections_app.people.rules import Deed
from collections_app.screens.htmx import render_page
from collections_app.screens.scoping import scope_of


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
    context = {"scope": scope, "form": form, "figures": found, "is_today": until == scope.today}
    return render_page(request, "disputes/figures.html", context)


urlpatterns = [path("disputes/figures/", show, name="dispute_figures")]
