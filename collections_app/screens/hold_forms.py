"""The forms of orders on hold: asking for a release, deciding about one, and what if they pay so much."""

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms

from collections_app.contact.promised import Promise
from collections_app.contact.rules import PromiseState
from collections_app.holds.rules.releasing import CONDITIONS_LETTERS_MAX, WORDS_LETTERS_MAX
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.lib import money
from collections_app.screens.fields import DayField, MoneyField


def words_field(
    label: str, most: int = WORDS_LETTERS_MAX, *, rows: int = 3, **options: Any
) -> forms.CharField:
    """Words in a few lines. What is missing the rule says itself, all at once."""
    return forms.CharField(
        label=label, required=False, max_length=most, widget=forms.Textarea({"rows": rows}), **options
    )


class _PromiseField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A promise as people tell it."""

    def label_from_instance(self, promise: Promise) -> str:
        """Its amount and its day."""
        return f"{money.shown(promise.amount, promise.currency)} for {promise.promised_on:%-d %B}"


class ReleaseForm(forms.Form):
    """Why an order should go, by when it is needed, and on which promise it rests."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    reason = words_field("Why it should go", help_text="What is known to you and not to us helps most.")
    needed_on = DayField("Needed by")
    promise = _PromiseField(
        Promise.objects.none(),
        label="It rests on a promise to pay",
        required=False,
        empty_label="on none",
        error_messages={"invalid_choice": "Choose a promise of this customer that still runs."},
    )

    def __init__(
        self, *args: Any, customer: Customer, wanted_on: dt.date | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **{"auto_id": "ask_%s", **kwargs})
        running = Promise.objects.filter(customer=customer, state=PromiseState.RUNNING)
        promises = self.fields["promise"]
        assert isinstance(promises, forms.ModelChoiceField)
        promises.queryset = running.order_by("promised_on", "pk")
        if not promises.queryset.exists():
            del self.fields["promise"]
        if not self.is_bound:
            self.initial = {"form_key": uuid4(), "needed_on": wanted_on}


class LetterForm(forms.Form):
    """To whom the letter about an order goes."""

    contact = forms.ModelChoiceField(
        queryset=Contact.objects.none(),
        label="Send it to",
        empty_label=None,
        error_messages={"required": "Nobody with an email address is on file here."},
    )

    def __init__(self, *args: Any, customer: Customer, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "letter_%s", **kwargs})
        field = self.fields["contact"]
        assert isinstance(field, forms.ModelChoiceField)
        reached = Contact.objects.filter(customer=customer, is_active=True).exclude(email="")
        field.queryset = reached.order_by("-is_primary", "name")


class GrantForm(forms.Form):
    """Until when an order goes, and under which conditions."""

    until = DayField("Released up to and with")
    conditions = words_field("Conditions", CONDITIONS_LETTERS_MAX, rows=2)
    words = words_field("What you say to them", rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "grant_%s", **kwargs})


class DeclineForm(forms.Form):
    """Why an order stays on hold."""

    words = words_field(
        "Why it stays on hold", help_text="They read it as it stands, and can tell the customer."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "decline_%s", **kwargs})


class WhatIfForm(forms.Form):
    """How much they would pay, of which currency."""

    paid = MoneyField("Amount")
    currency = forms.ChoiceField(
        label="in", required=False, error_messages={"invalid_choice": "Choose one of the currencies."}
    )

    def __init__(self, *args: Any, currencies: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "what_if_%s", **kwargs})
        self.currencies = currencies
        field = self.fields["currency"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each, each) for each in currencies]
        if len(currencies) == 1:
            del self.fields["currency"]

    def clean_paid(self) -> Decimal | None:
        """Nobody pays less than nothing."""
        paid: Decimal | None = self.cleaned_data["paid"]
        if paid is not None and paid < 0:
            raise forms.ValidationError("An amount is not below zero.")
        return paid

    @property
    def payment(self) -> dict[str, Decimal]:
        """What would be paid, by currency; nothing where nothing was asked."""
        if not self.is_valid() or not self.cleaned_data["paid"]:
            return {}
        return {self.cleaned_data.get("currency") or self.currencies[0]: self.cleaned_data["paid"]}
