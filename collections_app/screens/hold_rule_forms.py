"""The form of a set of hold rules: an empty field switches its rule off."""

from decimal import Decimal
from typing import Any

from django import forms

from collections_app.holds.rules import rule_sets
from collections_app.holds.rules.rule_sets import Exemption, RuleSet
from collections_app.screens.fields import DayField, MoneyField

EXEMPTIONS_LETTERS_MAX = 6000
OFF = "Empty: this rule is off."


def _number(label: str, help_text: str = OFF, **options: Any) -> forms.IntegerField:
    widget = forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "class": "num"})
    told = {"invalid": "Write a whole number."}
    return forms.IntegerField(
        label=label, required=False, widget=widget, help_text=help_text, error_messages=told, **options
    )


def _yes(label: str) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


class RulesForm(forms.Form):
    """What holds an order, and how one is released. What is out of bounds the rule says."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    overdue_days = _number(
        "Days overdue, from more on", "After what they paid in advance was counted. " + OFF
    )
    overdue_amount = MoneyField("Overdue in all, from more on")
    limit_percent = _number("Per cent of the credit limit, from more on")
    group_percent = _number("Per cent of their group's limit, from more on")
    broken_promises = _number("Broken promises within a year, from so many on")
    holds_expired_limit = _yes("Hold when the credit limit has expired")
    holds_first_order = _yes("Hold the first order of a new customer")
    release_working_days = _number("Working days that a release lasts", "Usually five.")
    release_amount_max = MoneyField("Largest order that a manager releases")
    promises_lift = _yes("An order may be released on a promise to pay")
    exemptions = forms.CharField(
        label="Classes of orders that are never held",
        required=False,
        max_length=EXEMPTIONS_LETTERS_MAX,
        widget=forms.Textarea({"rows": 3}),
        help_text="One a line, with who answers for it: medical = Dana Reyes",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "rules_%s", **kwargs})
        self.fields["overdue_amount"].help_text = OFF
        self.fields["release_amount_max"].help_text = "Empty: any. Above it the finance director decides."

    def clean_release_working_days(self) -> int:
        """The usual five when nothing is said."""
        given: int | None = self.cleaned_data["release_working_days"]
        return rule_sets.RELEASE_WORKING_DAYS if given is None else given

    def clean_exemptions(self) -> tuple[Exemption, ...]:
        """A class and its owner a line."""
        lines = [line for line in self.cleaned_data["exemptions"].splitlines() if line.strip()]
        pairs = [line.partition("=") for line in lines]
        return tuple(Exemption(code.strip(), owner.strip()) for code, _, owner in pairs)

    @property
    def rules(self) -> RuleSet:
        """The set as the verb takes it."""
        return RuleSet(**{name: value for name, value in self.cleaned_data.items() if name != "revision"})


class PublishForm(forms.Form):
    """From which day on, and what changes."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    in_force_from = DayField("In force from")
    note = forms.CharField(
        label="What changes, and why",
        required=False,
        max_length=300,
        help_text="Stays in the history beside your name.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "publish_%s", **kwargs})
        self.fields["in_force_from"].required = True
        self.fields["in_force_from"].error_messages["required"] = "Choose the day from which they hold."


def initial_of(rules: RuleSet, revision: int) -> dict[str, Any]:
    """A set as the form shows it."""
    known = {name: getattr(rules, name) for name in rule_sets.write(rules) if name != "exemptions"}
    told = {
        name: f"{value.normalize():f}" if isinstance(value, Decimal) else value
        for name, value in known.items()
    }
    exempt = "\n".join(f"{each.code} = {each.owner}" for each in rules.exemptions)
    return {**told, "exemptions": exempt, "revision": revision}
