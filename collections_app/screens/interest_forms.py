"""The forms of interest for late payment: proposing it, giving it up, and whom none is asked of."""

import datetime as dt
from typing import Any
from uuid import uuid4

from django import forms

from collections_app.dunning.interest_rows import InterestExemption
from collections_app.dunning.rules.charging import EXEMPTION_LABELS, REASON_LETTERS_MAX


def _words(label: str, **options: Any) -> forms.CharField:
    quiet = forms.TextInput({"autocomplete": "off"})
    return forms.CharField(
        label=label, required=False, max_length=REASON_LETTERS_MAX, widget=quiet, **options
    )


class ProposalForm(forms.Form):
    """Up to which day, and why. What is missing the rule says itself, all at once."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    until = forms.DateField(
        label="Up to and including",
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text="Up to today when left empty.",
        error_messages={"invalid": "Write the day like 2026-03-31."},
    )
    reason = _words("Why it is to be charged")

    def __init__(self, *args: Any, today: dt.date, invoice_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"interest_{invoice_id}_%s", **kwargs})
        if not self.is_bound:
            self.initial = {"form_key": uuid4(), "until": today, **(self.initial or {})}


class GivingUpForm(forms.Form):
    """Why a proposal is waived or withdrawn."""

    because = _words(
        "Why it is given up",
        help_text="Days that are waived or credited are not charged again; those of withdrawn ones may be.",
    )

    def __init__(self, *args: Any, charge_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"charge_{charge_id}_%s", **kwargs})
        self.charge_id = charge_id


class ExemptionForm(forms.Form):
    """Whether interest is asked of a customer as the law says, or why not."""

    kind = forms.ChoiceField(
        label="Interest is asked of them",
        required=False,
        choices=[
            ("", "As the law says"),
            *(
                (kind.value, f"Not at all: {label[0].lower()}{label[1:]}")
                for kind, label in EXEMPTION_LABELS.items()
            ),
        ],
    )
    words = _words("What was agreed", help_text="The clause, or who said so.")

    def __init__(self, *args: Any, exemption: InterestExemption | None, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "exemption_%s", **kwargs})
        if exemption and not self.is_bound:
            self.initial = {"kind": exemption.kind, "words": exemption.words}
