"""The forms by which reminders are blocked until a day, and the day is moved, on the customer's page."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms

from collections_app.dunning.rules.blocking import DAYS_MOST, PROPOSED_DAYS, TERMS, WORDS_LETTERS_MAX
from collections_app.ledger.invoices import Invoice

EVERYTHING = ("", "All of their invoices")
_DAY = "%Y-%m-%d"


class BlockForm(forms.Form):
    """Of what, why, and until when. Whether the day is a good one for the reason, the rule says."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    invoice = forms.TypedChoiceField(label="No reminders of", required=False, coerce=int, empty_value=None)
    until = forms.DateField(label="Until the end of", widget=forms.DateInput({"type": "date"}, format=_DAY))
    reason = forms.ChoiceField(
        label="Because", choices=[(reason.value, terms.label) for reason, terms in TERMS.items()]
    )
    words = forms.CharField(
        label="In a few words",
        required=False,
        max_length=WORDS_LETTERS_MAX,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, today: dt.date, invoices: Sequence[Invoice] = (), **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "block_%s", **kwargs})
        field = self.fields["invoice"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [EVERYTHING, *((each.pk, f"{each.number} only") for each in invoices)]
        self.fields["until"].widget.attrs |= {"min": today.isoformat(), "max": _last(today).isoformat()}
        if not self.is_bound:
            proposed = today + dt.timedelta(days=PROPOSED_DAYS)
            self.initial = {"form_key": uuid4(), "until": proposed, **(self.initial or {})}


class MoveForm(forms.Form):
    """Another last day, and the version that was seen."""

    until = forms.DateField(label="Until the end of", widget=forms.DateInput({"type": "date"}, format=_DAY))
    version = forms.IntegerField(widget=forms.HiddenInput)


def _last(today: dt.date) -> dt.date:
    return today + dt.timedelta(days=DAYS_MOST)
