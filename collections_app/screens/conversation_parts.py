"""The parts of the form of a conversation: their promise, their dispute, what we will do. Each shows when it
is wanted and says what it holds in the words of ``contact.conversations``.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms

from collections_app.chase import asking
from collections_app.chase.cards import Card
from collections_app.contact import dispute_reasons
from collections_app.contact.conversations import Contested, Promised, Undertaken
from collections_app.contact.rules import PAY_BY_LABELS
from collections_app.contact.rules.committing import KIND_LABELS, PROPOSED_DAYS, WORDS_MAX, CommitmentKind
from collections_app.contact.rules.promising import Instalment
from collections_app.contact.rules.summing import OpenPoint, OurPoint, TheirPoint
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.rules import InvoiceKind
from collections_app.lib import money
from collections_app.screens.fields import DayField, MoneyField, TimeField

# The first part of a promise is its own amount and day; so many more fit on the form.
MORE_PARTS = range(2, 7)


class Part(forms.Form):
    """What every part knows: the card it stands beside, and the company's today."""

    card: Card
    today: dt.date

    def offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """The choices of a field that depend on the customer."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def ask(self, name: str, question: str) -> None:
        """A field that belongs to what was chosen is asked for, unless something else is wrong with it."""
        if name not in self.errors and not self.cleaned_data.get(name):
            self.add_error(name, question)


class PromisePart(Part):
    """What they promise. Nothing ticked means all that is due."""

    promise_amount = MoneyField("They promise")
    promise_currency = forms.ChoiceField(label="Currency", required=False)
    promised_on = DayField("By")
    pays_by = forms.ChoiceField(
        label="How",
        required=False,
        choices=[("", "Not said"), *((way.value, label) for way, label in PAY_BY_LABELS.items())],
    )
    replaces = forms.BooleanField(label="It replaces an earlier promise", required=False)

    def add_parts(self) -> None:
        """Fields for further instalments. Without them the promise falls due on one day."""
        for number in MORE_PARTS:
            self.fields[f"part_amount_{number}"] = MoneyField(f"Part {number}")
            self.fields[f"part_on_{number}"] = DayField("By")

    def parts(self) -> Iterator[tuple[Any, Any]]:
        """The fields of further instalments, in pairs, for the template."""
        for number in MORE_PARTS:
            yield self[f"part_amount_{number}"], self[f"part_on_{number}"]

    def has_parts(self) -> bool:
        """Whether any further instalment was typed, so that it stays in sight."""
        return any(
            amount.value() or day.value() or amount.errors or day.errors for amount, day in self.parts()
        )

    def promised(self, ticked: tuple[Invoice, ...]) -> Promised:
        """What was typed. The first amount is the whole promise, or its first part when more follow."""
        given = self.cleaned_data
        currency = given["promise_currency"] or self.card.customer.currency
        first = Instalment(given["promised_on"] or self.today, given["promise_amount"] or money.ZERO)
        more = [
            Instalment(given[f"part_on_{number}"], given[f"part_amount_{number}"])
            for number in MORE_PARTS
            if given.get(f"part_amount_{number}") and given.get(f"part_on_{number}")
        ]
        plan = (first, *more) if more else ()
        return Promised(
            amount=sum((each.amount for each in plan), money.ZERO) if plan else first.amount,
            currency=currency,
            promised_on=first.promised_on,
            invoices=ticked or self._all_that_is_due(currency, again=given["replaces"]),
            replaces=given["replaces"],
            how=given["pays_by"],
            instalments=plan,
        )

    def their_points(self) -> tuple[TheirPoint, ...]:
        """What was typed so far, by day, to be read back."""
        given, names = self.cleaned_data, [("promise_amount", "promised_on")]
        names += [(f"part_amount_{number}", f"part_on_{number}") for number in MORE_PARTS]
        currency = given.get("promise_currency") or self.card.customer.currency
        return tuple(
            TheirPoint(given[amount], currency, given[day])
            for amount, day in names
            if given.get(amount) and given.get(day)
        )

    def clean_promise(self) -> None:
        """An amount and its day belong together."""
        self.ask("promise_amount", "How much do they promise?")
        self.ask("promised_on", "For which day?")
        for number in MORE_PARTS:
            amount, day = f"part_amount_{number}", f"part_on_{number}"
            if self.cleaned_data.get(amount):
                self.ask(day, "For which day?")
            elif self.cleaned_data.get(day):
                self.ask(amount, "How much of it?")

    def _all_that_is_due(self, currency: str, *, again: bool) -> tuple[Invoice, ...]:
        """What a promise is for when nothing is ticked."""
        due = asking.collectable(self.card.customer, currency=currency, today=self.today, also_promised=again)
        return tuple(due)


class DisputePart(Part):
    """What they dispute: an invoice, or an amount of it, and why."""

    also_disputes = forms.BooleanField(label="They also dispute an invoice", required=False)
    dispute_invoice = forms.ChoiceField(label="They dispute", required=False)
    dispute_amount = MoneyField("Amount in dispute")
    dispute_reason = forms.ChoiceField(label="Because", required=False)

    def offer_disputes(self) -> None:
        """The customer's invoices, and the company's reasons with whose they are and what to ask for."""
        owed = [(str(i.pk), i.number) for i in self.card.invoices if i.kind != InvoiceKind.CREDIT_NOTE]
        self.offer("dispute_invoice", [("", "Choose an invoice"), *owed])
        reasons = dispute_reasons.active(self.card.customer.company)
        self.offer("dispute_reason", [("", "Choose a reason"), *((r.code, r.label) for r in reasons)])

    def contested(self, said: str) -> tuple[Contested, ...]:
        """What was typed; without an amount the whole invoice."""
        given = self.cleaned_data
        invoice = next((one for one in self.card.invoices if str(one.pk) == given["dispute_invoice"]), None)
        if invoice is None:
            return ()
        amount = given["dispute_amount"]
        return (
            Contested(
                invoice=invoice,
                amount=invoice.open_amount if amount is None else amount,
                reason=given["dispute_reason"],
                said=said,
            ),
        )

    def open_points(self) -> tuple[OpenPoint, ...]:
        """What was typed so far, to be read back."""
        if not self.cleaned_data.get("dispute_invoice") or "dispute_amount" not in self.cleaned_data:
            return ()
        return tuple(
            OpenPoint(each.invoice.number, each.amount, each.invoice.currency) for each in self.contested("")
        )

    def clean_dispute(self) -> None:
        """A dispute is about an invoice."""
        self.ask("dispute_invoice", "Which invoice do they dispute?")


class OursPart(Part):
    """What we will do for them, and by when. Whoever says it does it."""

    ours_kind = forms.ChoiceField(
        label="We will",
        required=False,
        choices=[("", "Nothing more"), *((kind.value, label) for kind, label in KIND_LABELS.items())],
    )
    ours_words = forms.CharField(
        label="In a few words",
        required=False,
        max_length=WORDS_MAX,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    ours_on = DayField("By")
    ours_at = TimeField("At")

    def undertaken(self) -> tuple[Undertaken, ...]:
        """What was typed; without a day on the usual one for its kind."""
        given = self.cleaned_data
        if not given["ours_kind"]:
            return ()
        usual = PROPOSED_DAYS[CommitmentKind(given["ours_kind"])]
        day = self.card.customer.company.calendar.add(self.today, usual) if usual else self.today
        return (
            Undertaken(given["ours_kind"], given["ours_words"], given["ours_on"] or day, given["ours_at"]),
        )

    def our_points(self) -> tuple[OurPoint, ...]:
        """What was typed so far, to be read back."""
        if any(name not in self.cleaned_data for name in ("ours_kind", "ours_words", "ours_on", "ours_at")):
            return ()
        return tuple(OurPoint(one.kind, one.words, one.due_on, one.due_at) for one in self.undertaken())

    def clean_ours(self) -> None:
        """Words, a day or a time without a kind are something else that we will do."""
        given = self.cleaned_data
        if not given.get("ours_kind") and any(
            given.get(name) for name in ("ours_words", "ours_on", "ours_at")
        ):
            given["ours_kind"] = CommitmentKind.OTHER
