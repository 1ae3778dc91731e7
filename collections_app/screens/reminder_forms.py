"""The forms beside a reminder: that it does not leave, who else does a task, and yes or no to a hold."""

from collections.abc import Sequence
from typing import Any

from django import forms

from collections_app.contact.rules import asking
from collections_app.dunning import deeds
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.dunning.rules.drafting import BECAUSE_LETTERS_MAX
from collections_app.screens.commitment_forms import day_field
from collections_app.screens.fields import DayField
from collections_app.screens.request_forms import ToForm

HANDED_ON_DAYS = 2


class DropForm(forms.Form):
    """Why it does not leave, and when the step comes again."""

    because = forms.CharField(
        label="Why not",
        max_length=BECAUSE_LETTERS_MAX,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": "Say why this reminder is not to leave."},
    )
    put_off_until = DayField("Again on")

    def __init__(self, data: Any = None) -> None:
        # It stands beside a form with a reason of its own.
        super().__init__(data, auto_id="drop_%s")


class HoldForm(forms.Form):
    """Yes or no to a hold, and why."""

    agrees = forms.TypedChoiceField(
        label="Deliveries",
        choices=[("yes", "Yes, they wait"), ("no", "No, they go on")],
        coerce=lambda text: text == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Say yes or no."},
    )
    decided_because = forms.CharField(
        label="Why",
        max_length=BECAUSE_LETTERS_MAX,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": "Say why, so that whoever asks later reads it."},
    )


class HandOnForm(ToForm):
    """Which colleague does a task, by when, and what they read."""

    due_on = day_field("By")
    words = forms.CharField(
        label="What they read",
        max_length=asking.WORDS_MAX,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Write what they are to do."},
    )
    field_order: Sequence[str] = ("to_user", "to_desk", "to_email", "to_name", "due_on", "words")

    def __init__(self, data: Any = None, *, draft: ReminderDraft, today: Any) -> None:
        company = draft.customer.company
        due_on = company.calendar.add(today, HANDED_ON_DAYS)
        initial = {"due_on": due_on, "words": deeds.words_for(draft, due_on)}
        super().__init__(data, company=company, initial=initial)
