"""The form that stands beside the figures during a call: outcome, words, promise, dispute, next step. One
post.
"""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms

from collections_app.chase import cards
from collections_app.chase.cards import Card
from collections_app.contact.conversations import Contested, Conversation, Promised
from collections_app.contact.rules import (
    CHANNEL_LABELS,
    DIRECTION_LABELS,
    NEXT_STEP_LABELS,
    OUTCOME_LABELS,
    Channel,
    Direction,
    NextStep,
    Outcome,
)
from collections_app.contact.rules.conversation import (
    SAID_LETTERS_MAX,
    SPOKE_WITH_LETTERS_MAX,
    proposed_next_step,
)
from collections_app.contact.rules.disputing import REASONS
from collections_app.ledger.contacts import Contact
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.rules import InvoiceKind
from collections_app.lib import money

AS_USUAL, NOTHING_MORE = "", "none"
SOMEBODY_ELSE = ""
# 1,234 and 12,345,678.90; not 12,50 and not 1,2345.
THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")
# The outcomes in the order of the form, by the key that chooses them.
OUTCOMES: dict[str, Outcome] = {
    "1": Outcome.NO_ANSWER,
    "2": Outcome.LEFT_MESSAGE,
    "b": Outcome.CALL_BACK,
    "p": Outcome.PROMISED,
    "d": Outcome.DISPUTES,
    "3": Outcome.SAYS_PAID,
    "i": Outcome.WANTS_COPY,
    "4": Outcome.WRONG_PERSON,
    "5": Outcome.INFORMED,
    "6": Outcome.OTHER,
}


@dataclass(frozen=True, slots=True)
class OutcomeChoice:
    """One outcome as a button."""

    value: str
    label: str
    key: str
    usual: str
    is_chosen: bool


class _Date(forms.DateField):
    def __init__(self, label: str) -> None:
        widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        super().__init__(label=label, required=False, widget=widget)


class _Money(forms.DecimalField):
    def __init__(self, label: str) -> None:
        super().__init__(
            label=label,
            required=False,
            max_digits=money.MAX_DIGITS,
            decimal_places=money.DECIMAL_PLACES,
            widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "class": "num"}),
        )

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """People write thousands separators; commas that are all of that kind are dropped. Any other comma
        may stand for the decimals, and a hundred times too much is worse than being asked.
        """
        if isinstance(value, str) and "," in value:
            if not THOUSANDS.fullmatch(value.strip()):
                raise forms.ValidationError(f"“{value.strip()}” is not clear. Write it like 1,234.50.")
            value = value.replace(",", "")
        return super().to_python(value)


class ConversationForm(forms.Form):
    """What is written down after a conversation. The invoices it was about are ticked in their table."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label="What came of it",
        choices=[(each.value, OUTCOME_LABELS[each]) for each in OUTCOMES.values()],
        widget=forms.RadioSelect,
        error_messages={"required": "Say what came of it."},
    )
    said = forms.CharField(
        label="What they said",
        required=False,
        max_length=SAID_LETTERS_MAX,
        widget=forms.Textarea({"rows": 2, "autocomplete": "off"}),
    )
    contact = forms.ChoiceField(label="With", required=False)
    spoke_with = forms.CharField(
        label="Their name",
        required=False,
        max_length=SPOKE_WITH_LETTERS_MAX,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    channel = forms.ChoiceField(label="How", choices=[(each.value, CHANNEL_LABELS[each]) for each in Channel])
    direction = forms.ChoiceField(
        label="Who began", choices=[(each.value, DIRECTION_LABELS[each]) for each in Direction]
    )
    promise_amount = _Money("They promise")
    promise_currency = forms.ChoiceField(label="Currency", required=False)
    promised_on = _Date("By")
    replaces = forms.BooleanField(label="It replaces an earlier promise", required=False)
    also_disputes = forms.BooleanField(label="They also dispute an invoice", required=False)
    dispute_invoice = forms.ChoiceField(label="They dispute", required=False)
    dispute_amount = _Money("Amount in dispute")
    dispute_reason = forms.ChoiceField(
        label="Because",
        required=False,
        choices=[("", "Choose a reason"), *((r.code, r.label) for r in REASONS.values())],
    )
    next_step = forms.ChoiceField(
        label="Next step",
        required=False,
        choices=[
            (AS_USUAL, "As usual"),
            *((each.value, NEXT_STEP_LABELS[each]) for each in NextStep),
            (NOTHING_MORE, "Nothing more"),
        ],
    )
    next_on = _Date("On")
    next_at = forms.TimeField(
        label="At", required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )

    def __init__(self, *args: Any, card: Card, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "log_%s", **kwargs})
        self.card, self.today = card, today
        self.calendar = card.customer.company.calendar
        people = [(str(contact.pk), contact.name) for contact in card.contacts]
        self._offer("contact", [*people, (SOMEBODY_ELSE, "Somebody else")])
        currencies = [position.currency for position in card.positions] or [card.customer.currency]
        self._offer("promise_currency", [(code, code) for code in currencies])
        owed = [(str(i.pk), i.number) for i in card.invoices if i.kind != InvoiceKind.CREDIT_NOTE]
        self._offer("dispute_invoice", [("", "Choose an invoice"), *owed])
        if not self.is_bound:
            self.initial = {**self._proposed(currencies[0]), **(self.initial or {})}

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def _proposed(self, currency: str) -> dict[str, Any]:
        """What is right most often, so that most calls are logged in a few keys."""
        main = self.card.main
        to_collect = main.to_collect if main and main.to_collect > 0 else None
        tomorrow = self.calendar.next_working_day(self.today)
        return {
            "form_key": uuid4(),
            "contact": str(self.card.contact.pk) if self.card.contact else SOMEBODY_ELSE,
            "channel": Channel.CALL,
            "direction": Direction.OUT,
            "promise_amount": money.text(to_collect, currency) if to_collect else None,
            "promise_currency": currency,
            "promised_on": tomorrow,
        }

    def outcome_choices(self) -> list[OutcomeChoice]:
        """The outcomes as buttons, each with its key and what is usual after it, in words."""
        chosen = self["outcome"].value()
        return [self._choice(outcome, key, chosen=chosen) for key, outcome in OUTCOMES.items()]

    def _choice(self, outcome: Outcome, key: str, *, chosen: str | None) -> OutcomeChoice:
        step, day = proposed_next_step(outcome, today=self.today, calendar=self.calendar)
        usual = f"{NEXT_STEP_LABELS[step]}, {day:%a} {day.day} {day:%b}"
        return OutcomeChoice(outcome.value, OUTCOME_LABELS[outcome], key, usual, outcome.value == chosen)

    def conversation(self, ticked: tuple[Invoice, ...]) -> Conversation:
        """What was typed, as the verb takes it. Call it on a valid form."""
        given = self.cleaned_data
        outcome = Outcome(given["outcome"])
        step, next_on = self._next_step(outcome)
        return Conversation(
            channel=Channel(given["channel"]),
            direction=Direction(given["direction"]),
            outcome=outcome,
            said=given["said"],
            contact=self._contact(),
            spoke_with=given["spoke_with"],
            invoices=ticked,
            next_step=step,
            next_on=next_on,
            next_at=given["next_at"],
            promised=self._promised(ticked) if outcome == Outcome.PROMISED else None,
            contested=self._contested() if outcome == Outcome.DISPUTES or given["also_disputes"] else (),
        )

    def _next_step(self, outcome: Outcome) -> tuple[NextStep | None, dt.date | None]:
        """As usual after the outcome, unless something was chosen; a time alone is an agreed call back."""
        chosen, next_on, next_at = (self.cleaned_data[name] for name in ("next_step", "next_on", "next_at"))
        if chosen == NOTHING_MORE:
            return None, next_on
        step, day = proposed_next_step(
            outcome, today=self.today, calendar=self.calendar, promised_on=self.cleaned_data["promised_on"]
        )
        if next_at and not chosen:
            return NextStep.CALL_BACK, next_on or self.today
        return (NextStep(chosen) if chosen else step), next_on or day

    def _contact(self) -> Contact | None:
        wanted = self.cleaned_data["contact"]
        return next((contact for contact in self.card.contacts if str(contact.pk) == wanted), None)

    def _promised(self, ticked: tuple[Invoice, ...]) -> Promised:
        given = self.cleaned_data
        currency = given["promise_currency"] or self.card.customer.currency
        return Promised(
            amount=given["promise_amount"] or money.ZERO,
            currency=currency,
            promised_on=given["promised_on"] or self.today,
            invoices=ticked or self._all_that_is_due(currency, again=given["replaces"]),
            replaces=given["replaces"],
        )

    def _all_that_is_due(self, currency: str, *, again: bool) -> tuple[Invoice, ...]:
        """What a promise is for when nothing is ticked."""
        due = cards.collectable(self.card.customer, currency=currency, today=self.today, also_promised=again)
        return tuple(due)

    def _contested(self) -> tuple[Contested, ...]:
        given = self.cleaned_data
        invoice = next(
            (each for each in self.card.invoices if str(each.pk) == given["dispute_invoice"]), None
        )
        if invoice is None:
            return ()
        amount = given["dispute_amount"]
        return (
            Contested(
                invoice=invoice,
                amount=invoice.open_amount if amount is None else amount,
                reason=given["dispute_reason"],
                said=given["said"],
            ),
        )

    def clean(self) -> dict[str, Any]:
        """What belongs together is asked for together; all else is the rules' to say."""
        given = super().clean() or {}
        outcome = given.get("outcome")
        if outcome == Outcome.PROMISED:
            for name, words in (
                ("promise_amount", "How much do they promise?"),
                ("promised_on", "For which day?"),
            ):
                if name not in self.errors and not given.get(name):
                    self.add_error(name, words)
        disputes = outcome == Outcome.DISPUTES or given.get("also_disputes")
        if disputes:
            self._ask("dispute_invoice", "Which invoice do they dispute?")
        return given

    def _ask(self, name: str, question: str) -> None:
        if name not in self.errors and not self.cleaned_data.get(name):
            self.add_error(name, question)
