"""Interest for late payment over a whole company: what waits for approval, what was decided, the law and its
rates, and whether any is charged at all.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from collections_app.dunning import interest, interest_terms
from collections_app.dunning.interest_rows import InterestCharge
from collections_app.dunning.rules import late_payment_laws
from collections_app.dunning.rules.late_payment_laws import Applying
from collections_app.people.rules import Deed
from collections_app.screens.htmx import go_to, render_page
from collections_app.screens.scoping import Scope, scope_of

ROWS_MAX = 50
HALF_YEARS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class HalfYear:
    """The rate of a half-year, in the words of who reads it."""

    name: str
    rate: Decimal


@require_safe
def index(request: HttpRequest, company: str) -> HttpResponse:
    """What waits, what was decided lately, and by which law."""
    scope = scope_of(request, to=Deed.CHARGE_INTEREST)
    charges = InterestCharge.objects.filter(company=scope.company)
    with_names = charges.select_related(
        "customer", "invoice", "proposed_by", "decided_by", "posted", "credited", "credited_by"
    )
    applying = late_payment_laws.law_for(seller=scope.company.country, buyer="")
    context = {
        "scope": scope,
        "is_on": interest.is_on(scope.company),
        "waiting": with_names.waiting().order_by("proposed_at", "pk")[:ROWS_MAX],
        "decided": with_names.filter(decided_at__isnull=False).order_by("-decided_at", "-pk")[:ROWS_MAX],
        "law": applying,
        "half_years": _half_years(scope, applying),
    }
    return render_page(request, "interest/index.html", context)


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
    return [
        HalfYear(f"{'second' if day.month > 1 else 'first'} half of {day.year}", rate)
        for day, rate in found
        if rate is not None
    ]


urlpatterns = [
    path("interest/", index, name="interest"),
    path("interest/switch/", switch, name="interest_switch"),
]
