"""How a dispute ends: its outcome, what was credited, what caused it, and that the customer knows. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from collections_app.contact.rules import DisputeState
from collections_app.lib import money
from collections_app.lib.refusals import Problem


class Finding(StrEnum):
    """What the owner of a dispute found, in advance of the decision."""

    RIGHT = "right"
    PARTLY_RIGHT = "partly_right"
    NOT_RIGHT = "not_right"


FINDING_LABELS: dict[Finding, str] = {
    Finding.RIGHT: "The customer is right",
    Finding.PARTLY_RIGHT: "The customer is partly right",
    Finding.NOT_RIGHT: "The invoice is right",
}


class RootCause(StrEnum):
    """Where it came from, so that it need not come again."""

    PRICING = "pricing"
    DELIVERY = "delivery"
    CARRIER = "carrier"
    QUALITY = "quality"
    INVOICING = "invoicing"
    MISSING_PAPER = "missing_paper"
    OUR_DATA = "our_data"
    CASH_APPLICATION = "cash_application"
    IN_ORDER = "in_order"
    BY_MISTAKE = "by_mistake"


CAUSE_LABELS: dict[RootCause, str] = {
    RootCause.PRICING: "Price or discount was not as agreed",
    RootCause.DELIVERY: "We delivered the wrong quantity or to the wrong place",
    RootCause.CARRIER: "Lost or damaged on the way",
    RootCause.QUALITY: "Goods or service were not good enough",
    RootCause.INVOICING: "Our invoice was wrong, double or did not arrive",
    RootCause.MISSING_PAPER: "A document or an order number was missing",
    RootCause.OUR_DATA: "Details in our books were wrong",
    RootCause.CASH_APPLICATION: "Their payment was not yet set against the invoice",
    RootCause.IN_ORDER: "Everything was in order",
    RootCause.BY_MISTAKE: "Lodged by mistake",
}


@dataclass(frozen=True, slots=True)
class Ending:
    """A dispute as somebody wants to close it. What was not said is none."""

    to: DisputeState
    cause: str
    credited: Decimal | None
    is_told: bool | None
    disputed: Decimal
    currency: str
    reason_is_provisional: bool


def problems_of(ending: Ending) -> list[Problem]:
    """Everything that is missing or wrong; empty when the dispute may be closed so."""
    found = []
    if ending.reason_is_provisional:
        found.append(Problem("still_uncoded", "Give the dispute its real reason first."))
    found += problems_of_cause(ending.cause)
    found += _problems_of_credit(ending)
    if ending.is_told is None:
        found.append(Problem("not_said_whether_told", "Say whether the customer has been told."))
    return found


def problems_of_cause(cause: str) -> list[Problem]:
    """Whether the root cause is one of ours."""
    return [] if cause in set(RootCause) else [Problem("no_cause", "Choose what caused the dispute.")]


def _problems_of_credit(ending: Ending) -> list[Problem]:
    credited, disputed = ending.credited, money.shown(ending.disputed, ending.currency)
    if ending.to in (DisputeState.REJECTED, DisputeState.WITHDRAWN):
        if credited:
            why = "Nothing is credited when a dispute is rejected or withdrawn."
            return [Problem("credit_without_reason", f"{why} Accept a part of it instead.")]
        return []
    if credited is None:
        return [Problem("credit_not_said", "Say how much is credited; 0 when nothing needs to be.")]
    if credited < 0:
        return [Problem("credit_below_zero", "What is credited cannot be below zero.")]
    if money.rounded(credited, ending.currency) != credited:
        return [Problem("too_exact", f"{ending.currency} has {money.minor_units(ending.currency)} decimals.")]
    if credited > ending.disputed:
        return [Problem("credit_beyond_dispute", f"Only {disputed} is disputed.")]
    if ending.to == DisputeState.PARTLY_ACCEPTED and credited in (0, ending.disputed):
        return [Problem("not_a_part", f"A part is more than nothing and less than {disputed}.")]
    return []
