"""The forms that stand on the page of a dispute. Each carries the version it was opened on, and its own
key.
"""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms

from collections_app.contact import dispute_reasons
from collections_app.contact.dispute_rows import Dispute
from collections_app.contact.dispute_work import may_own
from collections_app.contact.rules import DisputeState
from collections_app.contact.rules.dispute_endings import CAUSE_LABELS, FINDING_LABELS, RootCause
from collections_app.contact.rules.disputing import STATE_LABELS
from collections_app.people import desks
from collections_app.people.users import User
from collections_app.screens.fields import MoneyField

ENDS = (
    DisputeState.ACCEPTED,
    DisputeState.PARTLY_ACCEPTED,
    DisputeState.REJECTED,
    DisputeState.WITHDRAWN,
)


def _text(label: str, *, rows: int = 3, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea({"rows": rows}), **options)


class StampedForm(forms.Form):
    """What the rule asks for it says itself, all at once; a form only reads what was typed."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    form_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, dispute: Dispute, name: str) -> None:
        self.dispute = dispute
        initial = {"version": dispute.version, "form_key": uuid4(), **self.begin()}
        super().__init__(data, initial=initial, auto_id=f"{name}_%s")

    def begin(self) -> dict[str, Any]:
        """What stands in the form at first."""
        return {}


class AnswerForm(StampedForm):
    """What its owner found out."""

    finding = forms.ChoiceField(
        label="Who is right?",
        required=False,
        choices=[(finding.value, label) for finding, label in FINDING_LABELS.items()],
        widget=forms.RadioSelect,
    )
    text = _text("What did you find?")

    def begin(self) -> dict[str, Any]:
        return {"finding": self.dispute.finding, "text": self.dispute.answer}


class AskForm(StampedForm):
    """What we wait for."""

    asked_for = forms.CharField(
        label="We asked them for", required=False, help_text="The clock stops until it has come."
    )

    def begin(self) -> dict[str, Any]:
        return {"asked_for": self.dispute.asked_for}


class EvidenceForm(StampedForm):
    """What came."""

    evidence = _text("What came, and where is it kept?", rows=2)


class ResumeForm(StampedForm):
    """Why we go on without it."""

    because = forms.CharField(label="Why we go on without it", required=False)


class AssignForm(StampedForm):
    """Whose it is from now on: a colleague, or a desk."""

    owner = forms.ModelChoiceField(
        User.objects.none(), label="Colleague", required=False, empty_label="whoever sits at the desk"
    )
    desk = forms.ChoiceField(label="Desk", required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, dispute: Dispute, name: str) -> None:
        super().__init__(data, dispute=dispute, name=name)
        people = User.objects.filter(may_own(self.dispute.company)).distinct().order_by("full_name")
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]
        named = [(desk.value, label) for desk, label in desks.LABELS.items()]
        self.fields["desk"].choices = [("", "their own"), *named]  # type: ignore[attr-defined]

    def begin(self) -> dict[str, Any]:
        return {"owner": self.dispute.owner_id, "desk": self.dispute.desk}


class RecodeForm(StampedForm):
    """Another reason."""

    reason = forms.ChoiceField(label="Reason", required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, dispute: Dispute, name: str) -> None:
        super().__init__(data, dispute=dispute, name=name)
        offered = dispute_reasons.active(self.dispute.company)
        self.fields["reason"].choices = [(each.code, each.label) for each in offered]  # type: ignore[attr-defined]

    def begin(self) -> dict[str, Any]:
        return {"reason": self.dispute.reason}


class AmountForm(StampedForm):
    """Another part of the invoice."""

    amount = MoneyField("Disputed")

    def begin(self) -> dict[str, Any]:
        return {"amount": f"{self.dispute.amount.normalize():f}"}


class TellForm(StampedForm):
    """That the customer heard from us."""

    words = forms.CharField(label="What they were told", required=False)


class CloseForm(StampedForm):
    """How it ends."""

    to = forms.ChoiceField(
        label="How does it end?",
        required=False,
        choices=[(state.value, STATE_LABELS[state]) for state in ENDS],
        widget=forms.RadioSelect,
    )
    credited = MoneyField("Credited; 0 when nothing needs to be")
    cause = forms.ChoiceField(
        label="What caused it?",
        required=False,
        choices=[
            ("", "choose …"),
            *((cause.value, label) for cause, label in CAUSE_LABELS.items() if cause != RootCause.BY_MISTAKE),
        ],
    )
    is_told = forms.TypedChoiceField(
        label="Has the customer been told?",
        required=False,
        choices=[("yes", "Yes, they know how it ends"), ("no", "Not yet")],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
    )
    conclusion = _text("In a sentence, for the file", rows=2)
