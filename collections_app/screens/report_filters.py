"""What a report is asked for: the day, the currency and whom it is narrowed to, all in the address.

What cannot be read is said beside its field, and the report is shown without it.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest, HttpResponse

from collections_app.lib import iso_codes
from collections_app.reports import conversions, dashboards, measures, narrowing, placements, places
from collections_app.reports.dashboards import Dashboard
from collections_app.reports.derived import Asked
from collections_app.reports.measures import Measured
from collections_app.reports.narrowing import DIMENSIONS, NOBODY
from collections_app.screens.htmx import UNPROCESSABLE, sentence
from collections_app.screens.scoping import Scope
from collections_app.segmentation import segments, versions

# Charts look two years back from a day.
EARLIEST = dt.date(1980, 1, 1)
ALL = ("", "All")
NONE = (NOBODY, "None")
UNCONVERTED = ("", "Not converted")


class FilterForm(forms.Form):
    """The bar of filters. Choices are where customers belong now, or did in the newest snapshot."""

    as_of = forms.DateField(
        label="At the end of",
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "This is not a date. Write it like 2026-03-31."},
    )
    currency = forms.ChoiceField(label="Currency", required=False)
    into = forms.ChoiceField(label="Converted into", required=False)
    segment = forms.ChoiceField(label="Segment", required=False)
    collector = forms.ChoiceField(label="Collector", required=False)
    salesperson = forms.ChoiceField(label="Salesperson", required=False)
    country = forms.ChoiceField(label="Country", required=False)
    # The list behind a figure of another day is told at the rates of the report that it belongs to.
    rates_on = forms.DateField(label="Rates of", required=False)
    # Of months that ended before this day customers are placed as they were when the month was kept.
    kept_before = forms.DateField(label="Kept before", required=False)
    # As they were when another day was kept.
    placed_on = forms.DateField(label="Placed on", required=False)
    # By who is insured now: behind the provisions that are told apart.
    insured = forms.ChoiceField(
        label="Insured", required=False, choices=[("", "all"), ("yes", "yes"), ("no", "no")]
    )
    # What was posted or corrected after it is not known yet; empty stands for all that is known now.
    known_on = forms.DateField(
        label="As known at the end of",
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "This is not a date. Write it like 2026-03-31."},
    )

    def __init__(self, data: dict[str, Any], *, scope: Scope) -> None:
        super().__init__({"as_of": scope.today, "currency": scope.company.currency, **data})
        self.scope = scope
        for name, choices in _choices(scope, str(data.get("currency", ""))).items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
            field.error_messages["invalid_choice"] = "There is none of that name in this report."

    def clean_as_of(self) -> dt.date:
        """Today when empty. Raises ``ValidationError`` for a day to come, and before all books."""
        day: dt.date = self.cleaned_data["as_of"] or self.scope.today
        if day > self.scope.today:
            raise forms.ValidationError("This day has not come yet.")
        if day < EARLIEST:
            raise forms.ValidationError("No books go back that far.")
        return day

    def clean_known_on(self) -> dt.date | None:
        """Raises ``ValidationError`` for a day to come; today is what is known now."""
        day: dt.date | None = self.cleaned_data["known_on"]
        if day and day > self.scope.today:
            raise forms.ValidationError("This day has not come yet.")
        return None if day == self.scope.today else day

    @property
    def words(self) -> list[tuple[str, str]]:
        """The fields that narrow the report and what was chosen, by their labels."""
        told = []
        for name in ("into", *DIMENSIONS):
            field, chosen = self.fields[name], self.cleaned_data.get(name)
            assert isinstance(field, forms.ChoiceField)
            if chosen:
                choices: Any = field.choices
                told.append((str(field.label), str(dict(choices)[chosen])))
        if known_on := self.cleaned_data.get("known_on"):
            told.append((str(self.fields["known_on"].label), f"{known_on:%-d %B %Y}"))
        return told


@dataclass(frozen=True, slots=True)
class Filters:
    """What was asked for, and the same as part of an address."""

    form: FilterForm
    asked: Asked
    currency: str
    query: dict[str, str]
    into: str = ""
    rates_on: dt.date | None = None
    kept_before: dt.date | None = None
    placed_on: dt.date | None = None

    def of_months(self, number: int = 1) -> "Filters":
        """Those of a list over so many months, whose customers are placed as its figure has them."""
        if self.kept_before is None:
            return self
        asked = placements.as_kept(self.asked, before=self.kept_before, number=number, at=self.placed_on)
        return replace(self, asked=asked)

    @property
    def of_both_ends(self) -> "Filters":
        """Those of what changed since the end of the month before: customers as they were at each end."""
        if self.kept_before is None:
            return self
        return replace(self, asked=placements.as_kept_at_each(self.asked, before=self.kept_before))

    @property
    def back(self) -> dict[str, str]:
        """What of an address leads from a list to the report that it belongs to."""
        own = {"rates_on": "", "kept_before": "", "placed_on": "", "insured": ""}
        day = self.rates_on or self.kept_before
        return {**own, "as_of": day.isoformat()} if day else own

    def address(self, **more: str) -> str:
        """The query of a link that keeps all filters but those that ``more`` empties."""
        return urlencode({name: value for name, value in {**self.query, **more}.items() if value})

    def of_day(self, day: dt.date, **more: str) -> str:
        """The same of another day, told at the rates of this one."""
        rates_on = self.asked.day.isoformat() if self.into else ""
        return self.address(**{"as_of": day.isoformat(), "rates_on": rates_on, **more})

    @property
    def dashboard(self) -> Dashboard:
        """What is asked for."""
        return dashboards.of(self.asked, currency=self.currency, into=self.into)

    @property
    def measured(self) -> Measured:
        """All measures of what is asked for."""
        return self.measured_of()

    def measured_of(self, *, is_of_work: bool = True) -> Measured:
        """The same, or those of the ledger alone."""
        asked = self.asked
        return measures.measured(
            company=asked.company,
            day=asked.day,
            known_at=asked.known_at,
            narrowed=asked.narrowed,
            into=self.into,
            is_of_work=is_of_work,
        )

    @property
    def words(self) -> list[tuple[str, str]]:
        """Whom the report is narrowed to, as the fields call it."""
        told = self.form.words
        return [*told, ("Customers", self.placed)] if self.placed else told

    @property
    def placed(self) -> str:
        """How customers are placed that a list is narrowed to, where it is not as they are now."""
        insured = self.asked.narrowed.insured
        told = [] if insured is None else [f"who are {'' if insured else 'not '}insured now"]
        if self.kept_before is not None and self.asked.narrowed != narrowing.ALL:
            told.append("as they were placed when the month was kept")
        return ", ".join(told)

    @property
    def known_on(self) -> dt.date | None:
        """At the end of which day it is told as known; None for now."""
        return self.form.cleaned_data.get("known_on")


def filters_of(
    request: HttpRequest, scope: Scope, *, knows: bool = False, only: Collection[str] | None = None
) -> Filters:
    """Read the filters of a request, or ``only`` some; those of what ``knows`` an earlier ledger may ask for
    it.
    """
    data = {name: value for name, value in request.GET.dict().items() if only is None or name in only}
    if not knows:
        data = {name: value for name, value in data.items() if name not in ("known_on", "insured")}
    form = FilterForm(data, scope=scope)
    form.is_valid()
    given = form.cleaned_data
    narrowed = narrowing.of_query(given)
    day = given.get("as_of") or scope.today
    query = {name: str(value) for name, value in given.items() if value}
    return Filters(
        form,
        Asked(scope.company, day, _end_of(given.get("known_on"), scope), narrowed),
        given.get("currency") or "",
        query,
        given.get("into") or "",
        given.get("rates_on"),
        given.get("kept_before"),
        given.get("placed_on"),
    )


def _end_of(day: dt.date | None, scope: Scope) -> dt.datetime | None:
    zone = ZoneInfo(scope.company.time_zone)
    return dt.datetime.combine(day, dt.time.max, zone) if day else None


def refused(request: HttpRequest, filters: Filters, *, what: str) -> HttpResponse | None:
    """A sentence where the filters cannot be read, for what has no field to say it beside: without one of
    them it would be of other customers than it was asked for. None where they can.
    """
    form = filters.form
    texts = [f"{form.fields[name].label}: {text}" for name, all_ in form.errors.items() for text in all_]
    if not texts:
        return None
    return sentence(request, " ".join([what, *texts]), status=UNPROCESSABLE)


def _choices(scope: Scope, asked: str) -> dict[str, list[tuple[str, str]]]:
    """A currency that is ``asked`` for may be newer than the newest snapshot."""
    found = places.of(scope.company)
    currencies = {*found.currencies, scope.company.currency}
    if iso_codes.is_currency(asked):
        currencies.add(asked)
    live = versions.live(scope.company)
    labels = {each.code: each.name for each in segments.of(live)} if live else {}
    coded = sorted({*found.segments, *labels} - {""})
    return {
        "currency": [(each, each) for each in sorted(currencies)],
        "into": [
            UNCONVERTED,
            *((each, each) for each in conversions.choices(company=scope.company, day=scope.today)),
        ],
        "segment": [ALL, NONE, *((code, labels.get(code, code)) for code in coded)],
        "collector": [ALL, NONE, *_named(found.collectors)],
        "salesperson": [ALL, NONE, *_named(found.salespeople)],
        "country": [ALL, NONE, *((each, each) for each in sorted(found.countries))],
    }


def _named(people: dict[int, str]) -> list[tuple[str, str]]:
    return sorted(((str(pk), name) for pk, name in people.items()), key=lambda each: each[1])
