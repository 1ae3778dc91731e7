"""The form that stands beside the figures during a call: outcome, words, promise, dispute, what we will do,
next step. One post.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict

from collections_app.chase import changes
from collections_app.chase.cards import Card
from collections_app.contact.conversations import Conversation
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
    STEPS_AT_A_TIME,
    proposed_next_step,
    try_again,
)
from collections_app.contact.rules.noting import BETTER_LEFT_OUT
from collections_app.contact.rules.promising import ROLE_LETTERS_MAX
from collections_app.contact.rules.summing import Agreed
from collections_app.correspondence.invoice_documents import COPIES_MAX
from collections_app.ledger.contacts import Contact
from collections_app.ledger.invoices import Invoice
from collections_app.lib import money
from collections_app.lib.refusals import Problem
from collections_app.people.users import User
from collections_app.screens.conversation_parts import DisputePart, OursPart, PromisePart
from collections_app.screens.fields import DayField, TimeField

AS_USUAL, NOTHING_MORE = "", "none"
SOMEBODY_ELSE = ""
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


class ConversationForm(PromisePart, DisputePart, OursPart):
    """What is written down after a conversation. The invoices it was about are ticked in their table.

    ``seen`` is what the writer's page knew of the customer; ``as_it_is`` is set when they were asked about a
    word and want it kept; ``reply`` is the received message that it answers.
    """

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    as_it_is = forms.BooleanField(required=False, widget=forms.HiddenInput)
    reply = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
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
    their_role = forms.CharField(
        label="Their role",
        required=False,
        max_length=ROLE_LETTERS_MAX,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    channel = forms.ChoiceField(label="How", choices=[(each.value, CHANNEL_LABELS[each]) for each in Channel])
    direction = forms.ChoiceField(
        label="Who began", choices=[(each.value, DIRECTION_LABELS[each]) for each in Direction]
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
    next_on = DayField("On")
    next_at = TimeField("At")

    def __init__(self, *args: Any, card: Card, now: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "log_%s", **kwargs})
        self.card, self.now, self.today = card, now, now.date()
        self.calendar = card.customer.company.calendar
        people = [(str(contact.pk), contact.name) for contact in card.contacts]
        self.offer("contact", [*people, (SOMEBODY_ELSE, "Somebody else")])
        currencies = [position.currency for position in card.positions] or [card.customer.currency]
        self.offer("promise_currency", [(code, code) for code in currencies])
        self.offer_disputes()
        self.add_parts()
        if not self.is_bound:
            self.initial = {**self._proposed(currencies[0]), **(self.initial or {})}

    def _proposed(self, currency: str) -> dict[str, Any]:
        """What is right most often, so that most calls are logged in a few keys."""
        main = self.card.main
        to_collect = main.to_collect if main and main.to_collect > 0 else None
        return {
            "form_key": uuid4(),
            "seen": changes.seen_of(self.card.customer),
            "contact": str(self.card.contact.pk) if self.card.contact else SOMEBODY_ELSE,
            "channel": Channel.CALL,
            "direction": Direction.OUT,
            "promise_amount": money.text(to_collect, currency) if to_collect else None,
            "promise_currency": currency,
            "promised_on": self.calendar.next_working_day(self.today),
        }

    def outcome_choices(self) -> list[OutcomeChoice]:
        """The outcomes as buttons, each with its key and what is usual after it, in words."""
        chosen = self["outcome"].value()
        return [self._choice(outcome, key, chosen=chosen) for key, outcome in OUTCOMES.items()]

    def _choice(self, outcome: Outcome, key: str, *, chosen: str | None) -> OutcomeChoice:
        step, day, time = self._usual(outcome, promised_on=self._promised_so_far())
        usual = f"{NEXT_STEP_LABELS[step]}, {day:%a} {day.day} {day:%b}{f' {time:%H:%M}' if time else ''}"
        if outcome == Outcome.WANTS_COPY:
            usual = self._about_copies(usual)
        return OutcomeChoice(outcome.value, OUTCOME_LABELS[outcome], key, usual, outcome.value == chosen)

    def _promised_so_far(self) -> dt.date | None:
        """The day that stands in the field: typed, or proposed."""
        given = self.cleaned_data if self.is_bound else self.initial
        return given.get("promised_on")

    def _about_copies(self, usual: str) -> str:
        address = self.card.contact.email if self.card.contact else ""
        if address:
            return f"copies are made ready for {address}. {usual}"
        return f"{usual}. Nobody's email address is on file: ask for one, or download the copies below"

    def conversation(self, ticked: tuple[Invoice, ...]) -> Conversation:
        """What was typed, as the verb takes it. Call it on a valid form."""
        given = self.cleaned_data
        outcome = Outcome(given["outcome"])
        copies = self._copies(ticked) if outcome == Outcome.WANTS_COPY else ()
        step, next_on, next_at = self._next_step(outcome, copies_are_ready=bool(copies))
        return Conversation(
            channel=Channel(given["channel"]),
            direction=Direction(given["direction"]),
            outcome=outcome,
            said=given["said"],
            contact=self._contact(),
            spoke_with=given["spoke_with"],
            their_role=given["their_role"],
            invoices=ticked,
            next_step=step,
            next_on=next_on,
            next_at=next_at,
            promised=self.promised(ticked) if outcome == Outcome.PROMISED else None,
            contested=self.contested(given["said"]) if self._disputes(outcome) else (),
            undertaken=self.undertaken(),
            copies=copies,
            as_it_is=given["as_it_is"],
        )

    def _disputes(self, outcome: str) -> bool:
        return outcome == Outcome.DISPUTES or bool(self.cleaned_data.get("also_disputes"))

    def _usual(
        self, outcome: Outcome, *, promised_on: dt.date | None = None, copies_are_ready: bool | None = None
    ) -> tuple[NextStep, dt.date, dt.time | None]:
        if copies_are_ready is None:
            copies_are_ready = bool(self.card.contact and self.card.contact.email)
        step, day = proposed_next_step(
            outcome,
            today=self.today,
            calendar=self.calendar,
            promised_on=promised_on,
            copies_are_ready=copies_are_ready,
        )
        if outcome == Outcome.NO_ANSWER:
            return step, *try_again(now=self.now, calendar=self.calendar)
        return step, day, None

    def _next_step(
        self, outcome: Outcome, *, copies_are_ready: bool
    ) -> tuple[NextStep | None, dt.date | None, dt.time | None]:
        """As usual after the outcome, unless something was chosen; a time alone is an agreed call back, or
        another try when nobody answered.
        """
        chosen, next_on, next_at = (self.cleaned_data[name] for name in ("next_step", "next_on", "next_at"))
        if chosen == NOTHING_MORE:
            return None, next_on, next_at
        step, day, time = self._usual(
            outcome, promised_on=self.cleaned_data["promised_on"], copies_are_ready=copies_are_ready
        )
        if next_at and not chosen:
            is_call = step in STEPS_AT_A_TIME
            return (step if is_call else NextStep.CALL_BACK), next_on or self.today, next_at
        as_usual = not chosen and not next_on
        return (NextStep(chosen) if chosen else step), next_on or day, next_at or (time if as_usual else None)

    def _contact(self) -> Contact | None:
        wanted = self.cleaned_data["contact"]
        return next((contact for contact in self.card.contacts if str(contact.pk) == wanted), None)

    def _copies(self, ticked: tuple[Invoice, ...]) -> tuple[Invoice, ...]:
        """What they want copies of: what is ticked, else what is due; nothing while no address is on file."""
        contact = self._contact()
        if contact is None or not contact.email:
            return ()
        due = [one for one in self.card.invoices if one.due_on and one.due_on <= self.today]
        return ticked or tuple(due[:COPIES_MAX])

    def clean(self) -> dict[str, Any]:
        """What belongs together is asked for together; all else is the rules' to say."""
        given = super().clean() or {}
        outcome = given.get("outcome", "")
        if outcome == Outcome.PROMISED:
            self.clean_promise()
        if self._disputes(outcome):
            self.clean_dispute()
        self.clean_ours()
        return given

    def see(self, token: str) -> None:
        """From now on the form knows what its writer is being told."""
        self._type("seen", token)

    def ask_once(self, problems: Sequence[Problem]) -> None:
        """Whoever was asked about a word and saves again wants it as it is."""
        if any(problem.code == BETTER_LEFT_OUT for problem in problems):
            self._type("as_it_is", "on")

    def _type(self, name: str, value: str) -> None:
        assert isinstance(self.data, QueryDict)  # a copy of what was sent
        self.data[name] = value

    def agreed(self, by: User) -> Agreed:
        """What the form holds by now, as both sides would remember it; what is not filled in well is left
        out.
        """
        self.full_clean()
        given = self.cleaned_data
        outcome, contact = given.get("outcome", ""), self._contact() if "contact" in given else None
        return Agreed(
            spoken_on=self.today,
            their_name=contact.name if contact else given.get("spoke_with", ""),
            our_name=str(by),
            our_company=self.card.customer.company.name,
            theirs=self.their_points() if outcome == Outcome.PROMISED else (),
            ours=self.our_points(),
            open=self.open_points() if self._disputes(outcome) else (),
        )
