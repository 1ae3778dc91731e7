"""Interest for late payment over a whole company: what waits for approval, what was decided, the law and its
rates, which may be entered when they are published, and whether any is charged at all.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from collections_app.dunning import interest, interest_terms, reference_rates
from collections_app.dunning.interest_rows import InterestCharge
from collections_app.dunning.rules.late_payment_laws import Applying
from collections_app.dunning.rules.late_payment_rates import (
    PUBLISHED_BEFORE,
    RATE_DIGITS,
    RATE_PLACES,
    Reference,
)
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page
from collections_app.screens.scoping import Scope, scope_of

ROWS_MAX = 50
HALF_YEARS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class HalfYear:
    """The rate of a half-year, in the words of who reads it."""

    name: str
    rate: Decimal


class RateForm(forms.Form):
    """The rate of a half-year that came after the release, or one that was entered, set right."""

    half_year = forms.ChoiceField(label="Of the")
    rate = forms.DecimalField(
        label="Per cent a year",
        max_digits=RATE_DIGITS,
        decimal_places=RATE_PLACES,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={"required": "Write the rate.", "invalid": "Write the rate like 3.75."},
    )

    def __init__(self, *args: Any, half_years: Sequence[dt.date], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "rate_%s", **kwargs})
        choices = [(day.isoformat(), _name(day)) for day in half_years]
        self.fields["half_year"] = forms.ChoiceField(label="Of the", choices=choices)


@require_safe
def index(request: HttpRequest, company: str) -> HttpResponse:
    """What waits, what was decided lately, and by which law."""
    return _page(request, scope_of(request, to=Deed.CHARGE_INTEREST))


@require_POST
def enter_rate(request: HttpRequest, company: str) -> HttpResponse:
    """Take in a rate that was published after the release."""
    scope = scope_of(request, to=Deed.CHARGE_INTEREST)
    law = reference_rates.law_of(scope.company).law
    if law is None:
        return _page(request, scope)
    form = RateForm(request.POST, half_years=_to_enter(scope, law.reference))
    if not form.is_valid():
        return _page(request, scope, form=form)
    day, rate = dt.date.fromisoformat(form.cleaned_data["half_year"]), form.cleaned_data["rate"]
    try:
        reference_rates.enter(
            company=scope.company, reference=law.reference.code, half_year=day, rate=rate, by=scope.user,
            at=scope.at,
        )  # fmt: skip
    except Refused as refused:
        return _page(request, scope, form=form, problems=refused.problems)
    messages.success(request, f"Interest of the {_name(day)} is worked out with {rate.normalize():f} %.")
    return go_to(request, reverse("interest", kwargs={"company": company}))


def _page(
    request: HttpRequest, scope: Scope, *, form: RateForm | None = None, problems: Sequence[Problem] = ()
) -> HttpResponse:
    charges = InterestCharge.objects.filter(company=scope.company)
    with_names = charges.select_related(
        "customer", "invoice", "proposed_by", "decided_by", "posted", "credited", "credited_by"
    )
    applying = reference_rates.law_of(scope.company)
    to_enter = _to_enter(scope, applying.law.reference) if applying.law else []
    context = {
        "scope": scope,
        "is_on": interest.is_on(scope.company),
        "waiting": with_names.waiting().order_by("proposed_at", "pk")[:ROWS_MAX],
        "decided": with_names.filter(decided_at__isnull=False).order_by("-decided_at", "-pk")[:ROWS_MAX],
        "law": applying,
        "half_years": _half_years(scope, applying),
        "form": form or (RateForm(half_years=to_enter) if to_enter else None),
        "problems": problems,
        "published_on": applying.law.reference.wanted - PUBLISHED_BEFORE if applying.law else None,
    }
    status = UNPROCESSABLE if form else 200
    return render_page(request, "interest/index.html", context, status=status)


@require_POST
def switch(request: HttpRequest, company: str) -> HttpResponse:
    """Begin or cease to charge."""
    scope = scope_of(request, to=Deed.CHARGE_INTEREST)
    on = request.POST.get("on") == "yes"
    interest_terms.switch(company=scope.company, on=on, by=scope.user, at=scope.at)
    told = "may be charged, and letters tell of it from the third reminder on" if on else "is charged no more"
    messages.success(request, f"Interest for late payment {told}.")
    return go_to(request, reverse("interest", kwargs={"company": company}))


def _half_years(scope: Scope, applying: Applying) -> list[HalfYear]:
    """The newest rates that are known, the newest first, for what is invoiced today."""
    if (law := applying.law) is None:
        return []
    newest = sorted(law.reference.rates, reverse=True)[:HALF_YEARS_SHOWN]
    found = [(day, law.rate_for(day, arose_on=scope.today)) for day in newest]
    return [HalfYear(_name(day), rate) for day, rate in found if rate is not None]


def _to_enter(scope: Scope, reference: Reference) -> list[dt.date]:
    """Half-years whose rate may be entered today: the one that is missing, then those that were entered."""
    is_published = reference.wanted - PUBLISHED_BEFORE <= scope.today
    return [*([reference.wanted] if is_published else []), *sorted(reference.entered, reverse=True)]


def _name(day: dt.date) -> str:
    return f"{'second' if day.month > 1 else 'first'} half of {day.year}"


urlpatterns = [
    path("interest/", index, name="interest"),
    path("interest/rates/", enter_rate, name="interest_rate"),
    path("interest/switch/", switch, name="interest_switch"),
]
