"""The forms of what we owe a customer. Days are the company's; the rule tells all that is wrong."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict

from collections_app.contact.rules import committing
from collections_app.contact.rules.committing import KIND_LABELS, PROPOSED_DAYS, CommitmentKind
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.people.users import User

INVOICES_OFFERED = 30
NUMBERS_NAMED = 2


def day_field(label: str, **options: Any) -> forms.DateField:
    """A day, told in words when it is none."""
    told = {"required": "Choose a day.", "invalid": "Write the day like 2026-03-31."}
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, error_messages=told, **options)


def time_field(label: str, **options: Any) -> forms.TimeField:
    """A time of day, told in words when it is none."""
    told = {"required": "Choose a time.", "invalid": "Write the time like 15:30."}
    widget = forms.TimeInput({"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget, error_messages=told, **options)


def people_of(company: Company) -> "forms.ModelChoiceField[User]":
    """Everybody who works here and may see ``company``."""
    everybody = User.objects.filter(is_active=True, companies=company).order_by("full_name", "pk")
    told = {"invalid_choice": "Choose somebody who works here."}
    return forms.ModelChoiceField(everybody, required=False, empty_label="choose …", error_messages=told)


def invoices_of(customer: Customer, chosen: Collection[int]) -> "forms.ModelMultipleChoiceField[Invoice]":
    """What is open, the oldest first, and whatever is ``chosen`` already."""
    oldest = Invoice.objects.open().filter(customer=customer).order_by("due_on", "pk")
    ids = [*oldest.values_list("pk", flat=True)[:INVOICES_OFFERED], *chosen]
    offered = Invoice.objects.filter(customer=customer, pk__in=ids).order_by("due_on", "pk")
    told = {
        "invalid_choice": "That is not an invoice of this customer.",
        "invalid_pk_value": "Tick invoices.",
    }
    return forms.ModelMultipleChoiceField(
        offered,
        label="About these invoices",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=told,
    )


def named(invoices: Iterable[Invoice]) -> str:
    """The first numbers of a row's invoices; they were fetched with it."""
    numbers = sorted(invoice.number for invoice in invoices)
    more = " …" if len(numbers) > NUMBERS_NAMED else ""
    return ", ".join(numbers[:NUMBERS_NAMED]) + more


def chosen_in(data: Any, name: str = "invoices") -> list[int]:
    """The ids of ticked invoices in a query or form; what is no number is left out."""
    return [
        int(text) for text in data.getlist(name) if text.isascii() and text.isdecimal() and len(text) < 18
    ]


def proposed_day(kind: str, *, company: Company, today: dt.date) -> dt.date:
    """By when something of a kind is usually done, never on a day of rest; that of anything else for a kind
    that nobody knows.
    """
    known = CommitmentKind(kind) if kind in set(CommitmentKind) else CommitmentKind.OTHER
    return company.calendar.on_or_after(company.calendar.add(today, PROPOSED_DAYS[known]))


def with_proposed_day(typed: QueryDict, *, company: Company, today: dt.date) -> QueryDict:
    """What was typed so far, with the day of the chosen kind where nobody has put in another."""
    found = typed.copy()
    day = f"{proposed_day(typed.get('kind', ''), company=company, today=today):%Y-%m-%d}"
    if typed.get("due_on", "") in ("", typed.get("proposed", "")):
        found["due_on"] = day
    found["proposed"] = day
    return found


class CommitmentForm(forms.Form):
    """Something that we owe."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(
        label="What we owe them",
        choices=[(kind.value, label) for kind, label in KIND_LABELS.items()],
        error_messages={"required": "Say what we owe them.", "invalid_choice": "Say what we owe them."},
    )
    words = forms.CharField(
        label="In a few words", required=False, max_length=committing.WORDS_MAX,
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    due_on = day_field("By")
    # The day that was put in for them; while it stands there, another kind brings its own.
    proposed = forms.DateField(widget=forms.HiddenInput, required=False)
    due_at = time_field("At", required=False, help_text="For an agreed call back.")

    def __init__(self, *args: Any, customer: Customer, by: User, today: dt.date, **kwargs: Any) -> None:
        kind = CommitmentKind.CREDIT_NOTE
        day = proposed_day(kind, company=customer.company, today=today)
        initial = {
            "form_key": uuid4(),
            "kind": kind.value,
            "owner": by.pk,
            "due_on": day,
            "proposed": day,
        }
        super().__init__(*args, **{**kwargs, "initial": {**initial, **kwargs.get("initial", {})}})
        self.fields["owner"] = people_of(customer.company)
        self.fields["owner"].label = "Who does it"
        chosen = chosen_in(self.data) if self.is_bound else self.initial.get("invoices", [])
        self.fields["invoices"] = invoices_of(customer, chosen)


class MoveForm(forms.Form):
    """Another day, and why."""

    due_on = day_field("New day")
    due_at = time_field("At", required=False)
    reason = forms.CharField(label="Why", required=False, max_length=committing.REASON_MAX)


class HandOverForm(forms.Form):
    """Somebody else does it, and why."""

    reason = forms.CharField(label="Why", required=False, max_length=committing.REASON_MAX)
    field_order = ("to", "reason")

    def __init__(self, *args: Any, company: Company, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = people_of(company)
        self.fields["to"].label = "To"
        self.order_fields(self.field_order)


class WithdrawForm(forms.Form):
    """We no longer owe it, and why."""

    reason = forms.CharField(label="Why", required=False, max_length=committing.REASON_MAX)


class SeenForm(forms.Form):
    """Which version a form was opened on."""

    version = forms.IntegerField(min_value=1, required=False)


def seen_in(data: Any) -> int | None:
    """The version that a posted form saw; None when it says none."""
    form = SeenForm(data)
    return form.cleaned_data["version"] if form.is_valid() else None
