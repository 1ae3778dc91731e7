"""Exchange rates of a company: what one unit of a currency is worth in its own, from a day on. Entered one by
one, or brought in from a file of published rates.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.decorators.http import require_http_methods

from collections_app.holds import taking_effect
from collections_app.ledger import rate_files
from collections_app.ledger.companies import Company
from collections_app.ledger.exchange_rates import SOURCE_LENGTH_MAX, ExchangeRate
from collections_app.lib import clock
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.people.users import User
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page
from collections_app.screens.scoping import administrator_of
from collections_app.screens.upload_limits import takes_files
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


class RatesFileForm(forms.Form):
    """A file of published rates, and whose they are."""

    file = forms.FileField(
        label="File",
        max_length=255,
        help_text="A day a line, a currency a column, each for one euro; CSV, or the ZIP file it came in.",
        widget=forms.FileInput({"accept": ".csv,.zip"}),
        error_messages={
            "required": "Choose the file.",
            "empty": "The file is empty.",
            "max_length": "The name of the file is too long. Rename it and choose it again.",
        },
    )
    source = forms.CharField(
        label="Whose rates they are",
        max_length=SOURCE_LENGTH_MAX,
        initial="euro reference rates of the European Central Bank",
        error_messages={"required": "Say whose rates they are; every report names it."},
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A rate as the list shows it."""

    currency: str
    plain: str
    valid_from: dt.date
    source: str


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def rates(request: HttpRequest, code: str) -> HttpResponse:
    """The rates of one company, newest first; a POST adds or replaces one, or brings in those of a file."""
    user = administrator_of(request, to=Deed.MANAGE_COMPANIES)
    company = get_object_or_404(Company, code=code)
    at = clock.now()
    today = company.today(at=at)
    problems: Sequence[Problem] = ()
    is_file = request.method == "POST" and request.POST.get("what") == "file"
    form = RateForm(None if is_file else request.POST or None, initial={"valid_from": today})
    file_form = RatesFileForm(*((request.POST, request.FILES) if is_file else (None, None)))
    file_problems: Sequence[Problem] = ()
    if is_file:
        if file_form.is_valid():
            try:
                said = _take(file_form, company, user, at)
            except Refused as refused:
                file_problems = refused.problems
            else:
                messages.success(request, said)
                return go_to(request, request.path)
    elif request.method == "POST" and form.is_valid():
        try:
            kept = taking_effect.set_rate(company=company, **form.cleaned_data, by=user, at=at)
        except Refused as refused:
            problems = refused.problems
        else:
            said = f"The rate of {kept.currency} is known. The next night goes by it"
            now = ", and what waited for it alone is free" if kept.valid_from <= today else ""
            messages.success(request, f"{said}{now}.")
            return go_to(request, request.path)
    context = {
        "company": company,
        "form": form,
        "problems": problems,
        "file_form": file_form,
        "file_problems": file_problems,
        **_known(company, today),
        "unpriced": previews.unpriced(company=company, today=today),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render_page(request, "setup/rates.html", context, status=status)


def _take(form: RatesFileForm, company: Company, user: User, at: dt.datetime) -> str:
    """Bring in the file; what it brought, in words. Raises ``Refused``."""
    file = form.cleaned_data["file"]
    if file.size > rate_files.BYTES_MAX:
        raise Refused.because("large", f"Choose a file below {rate_files.BYTES_MAX // 1024**2} MB.")
    found = taking_effect.take_rates(
        rate_files.read(file.read()), company=company, source=form.cleaned_data["source"], by=user, at=at
    )
    if not found.changed:
        return "All rates of this file were known already. Nothing has changed."
    return (
        f"Rates from {found.since:%-d %B %Y} to {found.until:%-d %B %Y} are known: {found.changed:,} are new "
        "or changed. What was entered here for a day has stayed."
    )


def _known(company: Company, today: dt.date) -> dict[str, list[Line]]:
    """The rates that hold today, one a currency, and the newest of the others."""
    rates = ExchangeRate.objects.filter(company=company)
    newest = rates.filter(valid_from__lte=today).order_by("currency", "-valid_from").distinct("currency")
    in_force = {rate.pk: _line(rate) for rate in newest}
    others = rates.exclude(pk__in=in_force).order_by("-valid_from", "currency")[:RATES_MAX]
    return {"in_force": list(in_force.values()), "earlier": [_line(rate) for rate in others]}


def _line(rate: ExchangeRate) -> Line:
    return Line(rate.currency, f"{rate.rate.normalize():f}", rate.valid_from, rate.source)


urlpatterns = [path("setup/companies/<slug:code>/rates/", rates, name="setup_rates")]
