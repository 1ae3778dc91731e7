"""The form of a conversation as a reply fills it: who wrote, how, their words, what they want, the invoices
and the day that they name. Whoever saves it has read the reply.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from collections_app.chase import replies
from collections_app.chase.cards import Card
from collections_app.contact.rules import Channel, Direction, Outcome
from collections_app.contact.rules.conversation import SAID_LETTERS_MAX, SPOKE_WITH_LETTERS_MAX
from collections_app.correspondence.received_rows import ReceivedMessage
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib import money
from collections_app.screens import inbox_lists
from collections_app.screens.conversation_form import SOMEBODY_ELSE, ConversationForm
from collections_app.screens.scoping import Scope


@dataclass(frozen=True, slots=True)
class Filled:
    """The form, the reply that fills it, and the ids of the invoices that it names."""

    form: ConversationForm
    reply: ReceivedMessage
    ticked: list[int]


def reply_of(scope: Scope, customer: Customer, given: object) -> ReceivedMessage | None:
    """The reply of ``customer`` with an id that somebody gave; None for anything else."""
    number = str(given or "")
    if not (number.isascii() and number.isdecimal() and len(number) < 18):
        return None
    found = inbox_lists.visible(scope).filter(customer=customer, pk=int(number))
    return found.select_related("company", "customer", "contact").first()


def filled(request: HttpRequest, scope: Scope, customer: Customer) -> Filled | None:
    """What a link from the inbox asks for; None on every other page."""
    reply = reply_of(scope, customer, request.GET.get("reply")) if scope.may_work else None
    if reply is None:
        return None
    card = Card(customer, today=scope.today, at=scope.at, all_invoices=True)
    named = replies.named_invoices(reply)
    asked = request.GET.get("outcome", "")
    outcome = asked if asked in set(Outcome) else ""
    form = ConversationForm(card=card, now=scope.now, initial=_facts(reply, outcome, named, card))
    return Filled(form, reply, [invoice.pk for invoice in named])


def _facts(reply: ReceivedMessage, outcome: str, named: list[Invoice], card: Card) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "reply": reply.pk,
        # They are the customer's own words.
        "as_it_is": "on",
        "outcome": outcome,
        "said": reply.words[:SAID_LETTERS_MAX],
        "channel": Channel.EMAIL,
        "direction": Direction.IN,
        "contact": str(reply.contact_id) if _is_known(reply, card) else SOMEBODY_ELSE,
        "spoke_with": "" if _is_known(reply, card) else reply.sender[:SPOKE_WITH_LETTERS_MAX],
    }
    if reply.promised_on:
        facts["promised_on"] = reply.promised_on
    currencies = {invoice.currency for invoice in named}
    if named and len(currencies) == 1:
        [currency] = currencies
        total = sum((invoice.open_amount for invoice in named), money.ZERO)
        facts |= {"promise_currency": currency, "promise_amount": money.text(total, currency)}
    if named and outcome == Outcome.DISPUTES:
        facts["dispute_invoice"] = str(named[0].pk)
    return facts


def _is_known(reply: ReceivedMessage, card: Card) -> bool:
    return any(contact.pk == reply.contact_id for contact in card.contacts)
