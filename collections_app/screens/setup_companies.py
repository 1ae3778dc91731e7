"""Set-up of our companies: what they are called, where they are, and which days they work."""

from collections.abc import Sequence
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from collections_app.activity import company_setup
from collections_app.chase import beginnings
from collections_app.dunning import stops
from collections_app.dunning.rules import old_figures
from collections_app.ledger.companies import Company
from collections_app.ledger.company_rules import (
    BANK_FILES_REGULAR,
    BANK_STALE_HOURS,
    CONTACT_HOURS_LETTERS_MAX,
    Sending,
)
from collections_app.lib import clock
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed, Role
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page
from collections_app.screens.scoping import administrator_of
from collections_app.templatetags import formats

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ZONES = sorted(available_timezones())
COUNTRIES = [("", "None, so no public holidays"), *formats.countries()]
HUNDRED = Decimal(100)


class NewCompanyForm(forms.Form):
    """What a company must have from the start."""

    code = forms.CharField(
        max_length=20, label="Code", help_text="Short and lasting; it stands in addresses."
    )
    name = forms.CharField(max_length=200, label="Name")
    currency = forms.CharField(max_length=3, label="Currency", help_text="Three letters, like EUR.")
    time_zone = forms.CharField(
        max_length=64,
        label="Time zone",
        initial="UTC",
        help_text="Its days begin and end there.",
        widget=forms.TextInput(attrs={"list": "zones"}),
    )
    country = forms.CharField(
        required=False,
        label="Country",
        help_text="Its public holidays are not worked.",
        widget=forms.Select(choices=COUNTRIES),
    )


class CompanyForm(forms.Form):
    """What may be changed of a company."""

    name = forms.CharField(max_length=200, label="Name")
    currency = forms.CharField(max_length=3, label="Currency", help_text="Settled once there are customers.")
    time_zone = forms.CharField(
        max_length=64, label="Time zone", widget=forms.TextInput(attrs={"list": "zones"})
    )
    country = forms.CharField(required=False, label="Country", widget=forms.Select(choices=COUNTRIES))
    subdivision = forms.CharField(
        max_length=10, required=False, label="Part of the country", help_text="Like BY for Bavaria in DE."
    )
    weekend = forms.TypedMultipleChoiceField(
        choices=list(enumerate(WEEKDAYS)),
        coerce=int,
        required=False,
        label="Days of rest",
        widget=forms.CheckboxSelectMultiple,
    )
    stale_after_hours = forms.IntegerField(
        label="Figures are old after",
        help_text="Hours without a new ledger, after which every page says so and no message leaves. "
        "Days of rest do not count.",
    )
    move_percent = forms.DecimalField(
        max_digits=5,
        decimal_places=2,
        label="An import asks first when totals move by",
        help_text="Per cent of the open balance.",
    )
    night_starts_at = forms.TimeField(
        label="The night's work begins at",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text="In its own time zone.",
    )
    promise_grace_days = forms.IntegerField(
        required=False,
        label="Grace of a promise to pay",
        help_text="Working days in which late money still keeps it; for promises from now on.",
    )
    kept_percent = forms.DecimalField(
        required=False,
        max_digits=5,
        decimal_places=2,
        label="A promise counts as kept from",
        help_text="Per cent of what was promised, so that bank charges break none.",
    )
    contact_hours = forms.CharField(
        required=False,
        max_length=CONTACT_HOURS_LETTERS_MAX,
        label="Messages leave between",
        help_text="By the customer's own clock, on days they work; like 09:00-12:00, 13:30-17:00.",
    )
    touches_max = forms.IntegerField(
        required=False,
        label="A customer hears from us at most",
        help_text="Times, over all of us, reminders and calls alike.",
    )
    touch_days = forms.IntegerField(
        required=False, label="Within", help_text="Days over which those times are counted."
    )
    bank_stale_after_hours = forms.IntegerField(
        required=False,
        label="News of payments is old after",
        help_text="Hours after the newest day in the files of payments; then nothing leaves that states "
        f"amounts. Left empty: {BANK_STALE_HOURS}, and until {BANK_FILES_REGULAR} such files have come in, "
        "lists of open items count as news of payments too. Days of rest do not count. 0 for never.",
    )

    second_factor_roles = forms.MultipleChoiceField(
        choices=[(role.value, role.value.capitalize()) for role in Role],
        required=False,
        label="Asks for a second factor",
        widget=forms.CheckboxSelectMultiple,
        help_text="People of these roles add one when they next sign in. Best for administrators.",
    )

    def facts(self, company: Company) -> dict[str, Any]:
        """The company as the verb takes it; what was left empty of promises and of sending stays, but for the
        limit of payments, which may be none.
        """
        given = dict(self.cleaned_data)
        share = given.pop("move_percent") / HUNDRED
        kept = given.pop("kept_percent")
        kept_share = None if kept is None else kept / HUNDRED
        told = {field.name: given.pop(field.name) for field in fields(Sending)}
        sending = {name: value for name, value in told.items() if value not in (None, "")}
        if "bank_stale_after_hours" in self.data:
            sending["bank_stale_after_hours"] = told["bank_stale_after_hours"]
        return {
            **given,
            "total_move_share": share,
            "promise_kept_share": kept_share,
            "sending": replace(company.sending, **sending),
        }


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All companies."""
    administrator_of(request, to=Deed.MANAGE_COMPANIES)
    known = Company.objects.order_by("name").annotate(people=Count("members", distinct=True))
    return render_page(request, "setup/index.html", {"companies": known})


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new company."""
    user = administrator_of(request, to=Deed.MANAGE_COMPANIES)
    form = NewCompanyForm(request.POST or None)
    if request.method != "POST":
        return _page(request, "setup/new.html", form)
    if not form.is_valid():
        return _page(request, "setup/new.html", form, status=UNPROCESSABLE)
    try:
        made, is_new = beginnings.set_up(**form.cleaned_data, by=user, at=clock.now())
    except Refused as refused:
        return _page(request, "setup/new.html", form, refused.problems, status=UNPROCESSABLE)
    if not is_new:
        taken = Problem("code", f"The code “{made.code}” belongs to {made.name} already.")
        return _page(request, "setup/new.html", form, [taken], status=UNPROCESSABLE)
    messages.success(request, f"{made.name} is set up. Let users see it, then import its ledger.")
    return go_to(request, reverse("setup_company", kwargs={"code": made.code}))


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, code: str) -> HttpResponse:
    """One company."""
    user = administrator_of(request, to=Deed.MANAGE_COMPANIES)
    company = get_object_or_404(Company, code=code)
    if request.method != "POST":
        return _page(request, "setup/show.html", CompanyForm(initial=_filled(company)), company=company)
    form = CompanyForm(request.POST)
    problems: Sequence[Problem] = ()
    if form.is_valid():
        try:
            company_setup.change(company=company, **form.facts(company), by=user, at=clock.now())
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, f"{company.name} is set up anew.")
            return go_to(request, reverse("setup"))
    return _page(request, "setup/show.html", form, problems, company=company, status=UNPROCESSABLE)


def _filled(company: Company) -> dict[str, Any]:
    plain = (
        "name",
        "currency",
        "time_zone",
        "country",
        "subdivision",
        "stale_after_hours",
        "night_starts_at",
        "promise_grace_days",
        *(field.name for field in fields(Sending)),
    )
    return {
        **{field: getattr(company, field) for field in plain},
        "weekend": list(company.calendar.weekend),
        "second_factor_roles": [role for role in company.second_factor_roles.split(",") if role],
        "move_percent": f"{(company.total_move_share * HUNDRED).normalize():f}",
        "kept_percent": f"{(company.promise_kept_share * HUNDRED).normalize():f}",
    }


def _page(
    request: HttpRequest,
    template: str,
    form: forms.Form,
    problems: Sequence[Problem] = (),
    *,
    company: Company | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "problems": problems, "company": company, "zones": ZONES}
    if company:
        zone = ZoneInfo(company.time_zone)
        context["payments"] = old_figures.of_payments(stops.house_of(company), zone)
    return render_page(request, template, context, status=status)


urlpatterns = [
    path("setup/", index, name="setup"),
    path("setup/companies/new/", add, name="setup_company_new"),
    path("setup/companies/<slug:code>/settings/", change, name="setup_company"),
]
