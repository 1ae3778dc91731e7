"""The forms of requests to colleagues: asking, answering, and what changes a request."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms

from collections_app.contact.rules import asking
from collections_app.contact.rules.asking import KINDS, RequestKind
from collections_app.correspondence.rules.writing import ADDRESS_LETTERS_MAX
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people import desks
from collections_app.screens.commitment_forms import chosen_in, day_field, invoices_of, people_of, time_field
from collections_app.screens.file_answers import FilesField

DESKS = [("", "choose …"), *sorted(desks.LABELS.items(), key=lambda each: each[1])]


def _reason(label: str) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=asking.REASON_MAX)


class ToForm(forms.Form):
    """Whom it is asked of: one of a colleague, a desk, and an address."""

    to_desk = forms.ChoiceField(label="or a desk", choices=DESKS, required=False)
    to_email = forms.CharField(
        label="or somebody's email", required=False, max_length=ADDRESS_LETTERS_MAX,
        help_text="For a colleague who does not sign in: they answer by a link of their own.",
        widget=forms.EmailInput({"autocomplete": "off"}),
    )  # fmt: skip
    to_name = forms.CharField(label="and their name", required=False, max_length=asking.NAME_MAX)
    field_order: Sequence[str] = ("to_user", "to_desk", "to_email", "to_name")

    def __init__(self, *args: Any, company: Company, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_user"] = people_of(company)
        self.fields["to_user"].label = "Asked of a colleague"
        self.order_fields(list(self.field_order))

    def clean_to_name(self) -> str:
        """A name says nothing without an address."""
        return str(self.cleaned_data["to_name"]) if self.cleaned_data.get("to_email") else ""


class AskForm(ToForm):
    """A request, its words filled in. Words that nobody touched are written anew from the rest."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(
        widget=forms.HiddenInput, choices=[(kind.value, KINDS[kind].label) for kind in RequestKind]
    )
    written = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    reason = _reason("Why")
    due_on = day_field("By")
    due_at = time_field("At")
    words = forms.CharField(
        label="What they read",
        required=False,
        max_length=asking.WORDS_MAX,
        widget=forms.Textarea({"rows": 4}),
    )
    field_order = ("to_user", "to_desk", "to_email", "to_name", "reason", "due_on", "due_at", "words")

    def __init__(
        self,
        *args: Any,
        customer: Customer,
        kind: RequestKind,
        numbers: Sequence[str],
        today: dt.date,
        **kwargs: Any,
    ) -> None:
        due_on = customer.company.calendar.add(today, KINDS[kind].days)
        words = asking.words_for(
            kind, numbers=numbers, customer=customer.name, reason=KINDS[kind].reason, due_on=due_on
        )
        initial: dict[str, Any] = {
            "form_key": uuid4(),
            "kind": kind.value,
            "to_desk": KINDS[kind].desk.value,
            "reason": KINDS[kind].reason,
            "due_on": due_on,
            "due_at": asking.DUE_AT,
            "words": words,
            "written": words,
        }
        initial |= kwargs.pop("initial", {})
        super().__init__(*args, company=customer.company, initial=initial, **kwargs)
        chosen = chosen_in(self.data) if self.is_bound else initial.get("invoices", [])
        self.fields["invoices"] = invoices_of(customer, chosen)

    def words_to_keep(self) -> str:
        """Empty when they are as they were filled in: then they follow reason, day and invoices."""
        data = self.cleaned_data
        same = " ".join(data["words"].split()) == " ".join(data["written"].split())
        return "" if same else str(data["words"])


class AnswerForm(forms.Form):
    """An answer: words, files, or both; or that it cannot be done."""

    answer_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    words = forms.CharField(
        label="Your answer", required=False, max_length=asking.ANSWER_MAX, widget=forms.Textarea({"rows": 4})
    )
    files = FilesField(label="Files")  # type: ignore[assignment]  # what was sent stands in self.files

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"answer_key": uuid4()}, **kwargs})


class AnswerByLinkForm(AnswerForm):
    """The same from somebody who does not sign in, who may say who they are."""

    by_name = forms.CharField(
        label="Your name",
        required=False,
        max_length=asking.NAME_MAX,
        widget=forms.TextInput({"autocomplete": "name"}),
    )


class PassOnForm(ToForm):
    """Somebody else is asked, and why."""

    reason = _reason("Why")
    field_order = ("to_user", "to_desk", "to_email", "to_name", "reason")


class MoveRequestForm(forms.Form):
    """Another day, and why."""

    due_on = day_field("New day")
    reason = _reason("Why")


class WithdrawRequestForm(forms.Form):
    """It is not needed any more, and why."""

    reason = _reason("Why")
