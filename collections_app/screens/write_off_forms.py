"""The forms of write-offs: proposing, deciding, taking back, booking, and what holds at a company."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.forms.boundfield import BoundField

from collections_app.ledger.invoices import Invoice
from collections_app.lib import money
from collections_app.screens.fields import MoneyField
from collections_app.screens.hold_forms import words_field
from collections_app.write_offs.rules import reasons
from collections_app.write_offs.rules.proposing import WORDS_LETTERS_MAX
from collections_app.write_offs.rules.reasons import Reason
from collections_app.write_offs.write_off_rows import REFERENCE_LETTERS_MAX


class ProposalForm(forms.Form):
    """Which invoices with how much of each, why, and what was tried. What is missing the rule says itself."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.ChoiceField(label="Reason", required=False)
    words = words_field(
        "What was tried, and why no more will come",
        WORDS_LETTERS_MAX,
        help_text="Whoever decides, and an auditor in two years, reads this.",
    )
    in_spite_of = words_field(
        "Why it is written off in spite of a dispute or promise",
        WORDS_LETTERS_MAX,
        rows=2,
        help_text="Only where one of the ticked invoices has one.",
    )

    def __init__(
        self, *args: Any, invoices: Sequence[Invoice], known: Sequence[Reason], **kwargs: Any
    ) -> None:
        super().__init__(*args, **{"auto_id": "write_off_%s", **kwargs})
        reason = self.fields["reason"]
        assert isinstance(reason, forms.ChoiceField)
        reason.choices = [("", "choose one"), *((each.code, each.label) for each in known)]
        self.invoices = invoices
        for invoice in invoices:
            name = f"{invoice.number}/{invoice.line}" if invoice.line else invoice.number
            self.fields[f"tick_{invoice.pk}"] = forms.BooleanField(
                label=f"Write off {name}",
                required=False,
                widget=forms.CheckboxInput({"class": "form-check-input"}),
            )
            self.fields[f"amount_{invoice.pk}"] = MoneyField(f"Amount of {name} to be written off")
        if not self.is_bound:
            amounts = {f"amount_{each.pk}": money.text(each.open_amount, each.currency) for each in invoices}
            self.initial = {"form_key": uuid4(), **amounts, **(self.initial or {})}

    @property
    def rows(self) -> list[tuple[Invoice, BoundField, BoundField]]:
        """Each invoice with its tick and its amount."""
        return [(each, self[f"tick_{each.pk}"], self[f"amount_{each.pk}"]) for each in self.invoices]

    @property
    def lines(self) -> list[tuple[Invoice, Decimal]]:
        """What is ticked, with its amount; an empty amount is nothing."""
        given = self.cleaned_data
        ticked = [each for each in self.invoices if given.get(f"tick_{each.pk}")]
        return [(each, given.get(f"amount_{each.pk}") or money.ZERO) for each in ticked]


class ApproveForm(forms.Form):
    """What an approver says; needed only where something has come since the proposal."""

    words = words_field("What you say to it", WORDS_LETTERS_MAX, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "approve_%s", **kwargs})


class RefuseForm(forms.Form):
    """Why it is not written off."""

    words = words_field(
        "Why not, and what to try instead", WORDS_LETTERS_MAX, help_text="They read it as it stands."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "refuse_%s", **kwargs})


class TakeBackForm(forms.Form):
    """Why what was written off is owed again."""

    because = words_field("Why it is owed again", WORDS_LETTERS_MAX, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "take_back_%s", **kwargs})


class BookedForm(forms.Form):
    """Under which entry the accounts system has it."""

    booked_as = forms.CharField(
        label="Number of the entry in the accounts",
        required=False,
        max_length=REFERENCE_LETTERS_MAX,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "booked_%s", **kwargs})


class TermsForm(forms.Form):
    """Who approves up to which sum, in the company's currency, and how long a proposal waits."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    managers = MoneyField("A manager approves up to")
    two_above = MoneyField("Two people approve above")
    waits_working_days = forms.IntegerField(label="A proposal waits for working days", min_value=1)

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "terms_%s", **kwargs})
        for name in ("managers", "two_above"):
            self.fields[name].required = True
        self.people = people
        for pk, name in people:
            self.fields[f"limit_{pk}"] = MoneyField(f"{name}, instead")

    @property
    def limits(self) -> dict[int, Decimal]:
        """The limits of people who have one of their own, by id."""
        given = {pk: self.cleaned_data.get(f"limit_{pk}") for pk, _ in self.people}
        return {pk: amount for pk, amount in given.items() if amount is not None}


class ReasonForm(forms.Form):
    """A reason as a manager writes it."""

    code = forms.CharField(
        label="Code", max_length=reasons.CODE_LETTERS_MAX, help_text="Capitals and digits; it stays."
    )
    label = forms.CharField(label="Why amounts are given up", max_length=reasons.LABEL_LETTERS_MAX)
    evidence = forms.CharField(
        label="Evidence to keep", max_length=reasons.EVIDENCE_LETTERS_MAX, required=False
    )
    is_active = forms.BooleanField(
        label="Can be chosen", required=False, help_text="Take the tick away to retire it."
    )
