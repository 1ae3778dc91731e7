"""The report of exceptions: what was let off the rules, by whom, until when; as a page and as a file."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from collections_app.dunning.rules.blocking import TERMS, BlockReason
from collections_app.dunning.rules.charging import EXEMPTION_LABELS, ExemptionKind
from collections_app.holds.rules.reasons import REASON_LABELS, ReasonCode
from collections_app.ledger import exchange_rates
from collections_app.ledger.companies import Membership
from collections_app.lib import iso_codes, money, spreadsheets
from collections_app.lib.spreadsheets import Cell, Table
from collections_app.people.rules import Deed
from collections_app.reports import exceptions
from collections_app.reports.exceptions import Granted, Kind, Listed, Standing, Total, Wanted
from collections_app.screens import paging
from collections_app.screens.fields import DayField
from collections_app.screens.htmx import UNPROCESSABLE, render_page, sentence
from collections_app.screens.report_files import KINDS, written
from collections_app.screens.scoping import Scope, scope_of

LABELS = {
    Kind.EXCLUSION: "Rule set aside",
    Kind.RELEASE: "Order released",
    Kind.FORCED: "On hold by hand",
    Kind.BLOCK: "Reminders blocked",
    Kind.WAIVED: "Interest waived",
    Kind.EXEMPT: "No interest asked",
    Kind.WRITE_OFF: "Written off",
}
STANDINGS = {
    Standing.IN_FORCE: "In force",
    Standing.ENDED: "Ended",
    Standing.DONE: "Once for all",
}
HEADS = (
    "What", "Of", "Customer number", "Customer", "Currency", "Amount", "Why", "Asked by", "Decided by",
    "Granted on", "Until", "State", "Ended on", "Ended by",
)  # fmt: skip


# Stands for those that are about no amount, in an address.
NONE = "none"


class WantedForm(forms.Form):
    """Which exceptions; all of it stands in the address."""

    kind = forms.ChoiceField(label="What", required=False)
    standing = forms.ChoiceField(label="State", required=False)
    person = forms.ChoiceField(label="Asked or decided by", required=False)
    since = DayField("Granted from")
    until = DayField("Granted until")
    currency = forms.ChoiceField(label="Currency", required=False)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "exceptions_%s", **kwargs})
        known = Membership.objects.filter(company=scope.company).select_related("user")
        people = sorted((str(each.user), each.user_id) for each in known)
        choices: dict[str, list[tuple[str, str]]] = {
            "kind": [(each.value, label) for each, label in LABELS.items()],
            "standing": [(each.value, label) for each, label in STANDINGS.items()],
            "person": [(str(pk), name) for name, pk in people],
            "currency": [
                *((each, each) for each in _currencies(scope, str(self.data.get("currency", "")))),
                (NONE, "without an amount"),
            ],
        }
        for name, given in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "any"), *given]

    @property
    def wanted(self) -> Wanted:
        """What was chosen; nothing of what is wrong."""
        given: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        person = given.get("person")
        return Wanted(
            given.get("kind", ""),
            given.get("standing", ""),
            int(person) if person else None,
            given.get("since"),
            given.get("until"),
            given.get("currency", ""),
        )

    @property
    def query(self) -> str:
        """What was chosen, as an address has it."""
        return urlencode({name: self.data[name] for name in self.fields if self.data.get(name)})

    def query_of(self, total: Total) -> str:
        """The same of one kind alone, in its currency."""
        chosen = {name: self.data[name] for name in self.fields if self.data.get(name)}
        return urlencode({**chosen, "kind": total.kind.value, "currency": total.currency or NONE})

    def clean(self) -> dict[str, Any] | None:
        """Days in their order."""
        given = super().clean()
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", "Choose a day that is not before the first one.")
        return given


@dataclass(frozen=True, slots=True)
class Line:
    """One exception in words, and where it stands."""

    granted: Granted
    label: str
    about: str
    state: str
    url: str


@require_safe
def index(request: HttpRequest, company: str) -> HttpResponse:
    """A page of exceptions with what all of them come to."""
    scope = scope_of(request, to=Deed.SEE_WHOLE_COMPANY)
    form = WantedForm(request.GET, scope=scope)
    page = paging.asked(request)
    found = exceptions.page(scope.company, form.wanted, today=scope.today, page=page)
    context = {
        "scope": scope,
        "form": form,
        "lines": [_line(each, scope) for each in found.rows],
        "totals": [(LABELS[each.kind], each, f"?{form.query_of(each)}") for each in found.totals],
        "number": found.number,
        "query": form.query,
        **paging.ways(request, page=page, is_last=found.is_last)._asdict(),
    }
    return render_page(request, "exceptions/index.html", context)


@require_safe
def file(request: HttpRequest, company: str, kind: str) -> HttpResponseBase:
    """All of them with the filters of the page."""
    scope = scope_of(request, to=Deed.SEE_WHOLE_COMPANY)
    if kind not in KINDS:
        raise Http404("No such file.")
    form = WantedForm(request.GET, scope=scope)
    if form.errors:
        said = " ".join(str(text) for texts in form.errors.values() for text in texts)
        return sentence(request, f"No file was made. {said}", status=UNPROCESSABLE)
    found = exceptions.every(scope.company, form.wanted, today=scope.today)
    if kind == "xlsx" and found.number > spreadsheets.WORKBOOK_ROWS_MAX:
        return sentence(
            request, "These are too many for a workbook. Take the CSV file.", status=UNPROCESSABLE
        )
    name = f"{scope.company.code}, exceptions, read {scope.now:%Y-%m-%d %H.%M}.{kind}"
    return written(_table(found, form, scope), kind, name)


def _currencies(scope: Scope, asked: str) -> list[str]:
    """Those of the company, and one that is ``asked`` for."""
    known = {scope.company.currency, *exchange_rates.dated_on(company=scope.company, day=scope.today)}
    return sorted(known | ({asked} if iso_codes.is_currency(asked) else set()))


def _table(found: Listed, form: WantedForm, scope: Scope) -> Table:
    about: list[tuple[str, Cell]] = [
        ("Company", f"{scope.company.code} {scope.company.name}"),
        *((str(form[name].label), str(form.data[name])) for name in form.fields if form.data.get(name)),
        ("Rows", found.number),
        ("Read at", f"{scope.now:%Y-%m-%d %H:%M} {scope.company.time_zone}"),
    ]
    rows = (_cells(_line(each, scope), scope) for each in found.rows)
    return Table("Exceptions", HEADS, rows, found.number, about)


def _cells(line: Line, scope: Scope) -> tuple[Cell, ...]:
    each = line.granted
    amount = None if each.amount is None else money.rounded(each.amount, each.currency)
    return (
        line.label, line.about, each.customer_number, each.customer, each.currency, amount, each.reason,
        each.asked_by, each.decided_by, _day(each.granted_at, scope), each.until, line.state,
        _day(each.ended_at, scope), each.ended_by,
    )  # fmt: skip


def _day(at: dt.datetime | None, scope: Scope) -> dt.date | None:
    return scope.company.today(at=at) if at else None


def _line(each: Granted, scope: Scope) -> Line:
    return Line(each, LABELS[each.kind], _about(each), STANDINGS[each.standing], _url(each, scope))


def _about(each: Granted) -> str:
    if each.kind == Kind.EXCLUSION:
        return REASON_LABELS[ReasonCode(each.code)] if each.code else "Every rule"
    if each.kind == Kind.BLOCK:
        label = TERMS[BlockReason(each.code)].label
        return f"{each.about}: {label.lower()}" if each.about else label
    if each.kind == Kind.EXEMPT:
        return EXEMPTION_LABELS[ExemptionKind(each.code)]
    return each.about


def _url(each: Granted, scope: Scope) -> str:
    """Where it was decided; what stands on the customer's page is found there."""
    of_company = {"company": scope.company.code}
    if each.kind == Kind.RELEASE:
        return reverse("order", kwargs={**of_company, "order_id": each.id})
    if each.kind == Kind.WRITE_OFF and scope.may_work:
        return reverse("write_off", kwargs={**of_company, "write_off_id": each.id})
    name = "customer_interest" if each.kind in (Kind.WAIVED, Kind.EXEMPT) else "customer"
    return reverse(name, kwargs={**of_company, "customer_id": each.customer_id})


urlpatterns = [
    path("reports/exceptions/", index, name="exceptions"),
    path("reports/exceptions.<slug:kind>", file, name="exceptions_file"),
]
