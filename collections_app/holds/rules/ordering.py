"""What an order that comes in must look like, and when it is still in hand. Pure."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from collections_app.holds.rules.paying import unit
from collections_app.lib import iso_codes, money
from collections_app.lib.refusals import Problem

NUMBER_LETTERS_MAX = 64
CLASS_LETTERS_MAX = 40
SOURCE_LETTERS_MAX = 60
SALESPERSON_LETTERS_MAX = 150
AMOUNT_BELOW = Decimal(10) ** (money.MAX_DIGITS - money.DECIMAL_PLACES)


class OrderState(StrEnum):
    """As the system says that takes orders; nothing of it is decided here."""

    IN_HAND = "in_hand"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


class Moment(StrEnum):
    """When an order was checked."""

    ENTRY = "entry"  # it came in, or came in changed
    PICK = "pick"  # it is to be picked and delivered
    NIGHT = "night"
    PAYMENT = "payment"  # the ledger changed
    AGREED = "agreed"  # something was promised or disputed, or is no more
    PERSON = "person"  # somebody decided something about the customer
    EXPIRY = "expiry"  # a release has ended


class Ending(StrEnum):
    """How a hold ended."""

    FACTS = "facts"
    RELEASE = "release"
    ORDER_ENDED = "order_ended"


MOMENT_LABELS: dict[Moment, str] = {
    Moment.ENTRY: "when the order came in",
    Moment.PICK: "when it was to be picked",
    Moment.NIGHT: "in the night",
    Moment.PAYMENT: "after the ledger changed",
    Moment.AGREED: "after something was agreed with the customer",
    Moment.PERSON: "after a decision of ours",
    Moment.EXPIRY: "when its release ended",
}
ENDING_LABELS: dict[Ending, str] = {
    Ending.FACTS: "freed by facts",
    Ending.RELEASE: "released",
    Ending.ORDER_ENDED: "the order ended",
}


@dataclass(frozen=True, slots=True)
class Stated:
    """An order as its system states it. Of an order that is known, what is ``left_out`` (names of fields)
    stays; of a new one the values here count.
    """

    number: str
    amount: Decimal
    currency: str
    placed_on: dt.date
    state: str = OrderState.IN_HAND
    wanted_on: dt.date | None = None
    exemption_class: str = ""
    salesperson_code: str = ""
    source: str = ""
    left_out: frozenset[str] = frozenset()


def problems_of(stated: Stated) -> list[Problem]:
    """Everything that is wrong with an order; empty when it may be taken in."""
    found = []
    for code, text, most, name in (
        ("number", stated.number, NUMBER_LETTERS_MAX, "An order's number"),
        ("exemption_class", stated.exemption_class, CLASS_LETTERS_MAX, "The class of an order"),
        ("salesperson", stated.salesperson_code, SALESPERSON_LETTERS_MAX, "A salesperson's name"),
        ("source", stated.source, SOURCE_LETTERS_MAX, "The name of the system it comes from"),
    ):
        if len(text) > most or not text.isprintable():
            found.append(Problem(code, f"{name} has up to {most} letters on one line."))
    if not stated.number.strip():
        found.append(Problem("number", "An order needs a number."))
    if stated.state not in set(OrderState):
        text = f"“{stated.state}” is not a state of an order. Use in_hand, delivered or cancelled."
        found.append(Problem("state", text))
    return found + problems_of_amount(stated.amount, stated.currency)


def problems_of_amount(amount: Decimal, currency: str) -> list[Problem]:
    """What is wrong with the amount of an order, or of one that somebody only asks about."""
    if not iso_codes.is_currency(currency):
        return [Problem("currency", f"“{currency}” is not a currency. Use its three capitals, like EUR.")]
    if not amount.is_finite() or not 0 < amount < AMOUNT_BELOW:
        return [Problem("amount", "The amount of an order is above zero, and has at most 15 digits.")]
    if amount != amount.quantize(unit(currency)):
        places = money.minor_units(currency)
        return [Problem("amount", f"An amount in {currency} has at most {places} decimals.")]
    return []
