"""The form by which an entry is put to sleep or passed over; the list and the customer's
page both show it.
"""

import datetime as dt
from typing import Any

from django import forms

from collections_app.chase.rules.pausing import REASON_LETTERS_MAX, SNOOZE_DAYS_MAX


class PauseForm(forms.Form):
    """Until when (empty: for the rest of today), and why. Whether the day is a good one, the rule says."""

    until = forms.DateField(label="Until", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    reason = forms.CharField(
        label="Why",
        max_length=REASON_LETTERS_MAX,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": "Say why in a few words, so that others understand."},
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "pause_%s", **kwargs})
        tomorrow, last = today + dt.timedelta(days=1), today + dt.timedelta(days=SNOOZE_DAYS_MAX)
        self.fields["until"].widget.attrs |= {"min": tomorrow.isoformat(), "max": last.isoformat()}


class SkipForm(forms.Form):
    """Why a customer is passed over for the rest of today."""

    reason = forms.CharField(
        label="Why not now",
        max_length=REASON_LETTERS_MAX,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": "Say why in a few words, so that others understand."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "skip_%s", **kwargs})
