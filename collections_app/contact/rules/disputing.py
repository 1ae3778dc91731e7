"""Why an amount is contested, who answers for it, and what a dispute may become. Pure.

The reasons stand here as a company finds them; from then on they are its own, in ``dispute_reasons``.
"""

from dataclasses import dataclass
from decimal import Decimal

from collections_app.contact.rules import DisputeState
from collections_app.contact.rules.conversation import OpenPart
from collections_app.lib import money
from collections_app.lib.refusals import Problem
from collections_app.people.desks import Desk

SAID_LETTERS_MAX = 2_000


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason code. Days are working days; ``ask_for`` is the evidence to ask for at once; ``x12_code`` is
    its adjustment reason in X12 element 426, when there is one. A provisional one is to be replaced.
    """

    code: str
    label: str
    desk: str
    answer_days: int
    resolve_days: int
    ask_for: str
    x12_code: str = ""
    is_provisional: bool = False
    is_active: bool = True


# Somebody who cannot pay contests nothing: that stays to be collected, so it has no code here.
REASONS: dict[str, Reason] = {
    reason.code: reason
    for reason in (
        Reason("COPY", "No invoice or statement received", Desk.CREDIT_CONTROL, 0, 0, ""),
        Reason(
            "PO", "Order number missing or wrong", Desk.SALES_ADMINISTRATION, 1, 2, "the order number", "17"
        ),
        Reason(
            "PRICE", "Price or discount", Desk.SALES, 1, 5, "the quote or the line of the price list", "01"
        ),
        Reason(
            "QTY",
            "Too few or too many delivered",
            Desk.WAREHOUSE,
            1,
            5,
            "the delivery note and their count",
            "06",
        ),
        Reason(
            "POD", "No proof of delivery", Desk.LOGISTICS, 1, 3, "the number of the proof of delivery", "44"
        ),
        Reason("DMG", "Damaged or poor quality", Desk.QUALITY, 1, 10, "photographs", "04"),
        Reason("RET", "Returned, credit awaited", Desk.RETURNS, 1, 5, "the return note", "72"),
        Reason("DUP", "Invoiced twice", Desk.BILLING, 1, 2, "both invoice numbers", "19"),
        Reason("TAX", "VAT or other tax", Desk.FINANCE, 1, 3, "the tax registration"),
        Reason("SVC", "Service not as agreed", Desk.SERVICE, 1, 10, "the job sheet", "38"),
        Reason("TERMS", "Due date or terms", Desk.CREDIT_MANAGER, 1, 2, "the page of the contract", "09"),
        Reason("PAID", "Says it is paid", Desk.CASHIER, 0, 1, "the remittance advice and the value date"),
        Reason(
            "OTHER",
            "Something else, to be coded within two days",
            Desk.CREDIT_CONTROL,
            1,
            2,
            "",
            is_provisional=True,
        ),
    )
}

ENDS = frozenset(
    {
        DisputeState.ACCEPTED,
        DisputeState.PARTLY_ACCEPTED,
        DisputeState.REJECTED,
        DisputeState.WITHDRAWN,
    }
)
OPEN = frozenset({DisputeState.LODGED, DisputeState.WAITING})
# From a state to those it may move to. Every end is final; a new dispute is lodged when it flares up again.
MOVES: dict[DisputeState, frozenset[DisputeState]] = {
    DisputeState.LODGED: ENDS | {DisputeState.WAITING},
    DisputeState.WAITING: ENDS | {DisputeState.LODGED},
    **dict.fromkeys(ENDS, frozenset()),
}
STATE_LABELS: dict[DisputeState, str] = {
    DisputeState.LODGED: "Lodged",
    DisputeState.WAITING: "Waiting for the customer",
    DisputeState.ACCEPTED: "Accepted",
    DisputeState.PARTLY_ACCEPTED: "Partly accepted",
    DisputeState.REJECTED: "Rejected",
    DisputeState.WITHDRAWN: "Withdrawn",
}


@dataclass(frozen=True, slots=True)
class Contest:
    """A dispute as somebody wants to lodge it."""

    invoice: OpenPart
    amount: Decimal
    reason_is_known: bool
    invoice_is_theirs: bool
    is_disputed: bool


def problems_of(contest: Contest) -> list[Problem]:
    """Everything that speaks against lodging ``contest``; empty when nothing does."""
    invoice, found = contest.invoice, []
    if not contest.invoice_is_theirs:
        found.append(Problem("strange_invoices", f"Not an invoice of this customer: {invoice.number}."))
    if not invoice.is_owed:
        found.append(Problem("not_owed", f"{invoice.number} is a credit note and cannot be disputed."))
    found += problems_of_reason(is_known=contest.reason_is_known)
    found += problems_of_amount(invoice, contest.amount)
    if contest.is_disputed:
        found.append(
            Problem("already_disputed", f"{invoice.number} is disputed already. Close that dispute first.")
        )
    return found


def problems_of_reason(*, is_known: bool) -> list[Problem]:
    """Whether the reason is one that the company uses."""
    return [] if is_known else [Problem("unknown_reason", "Choose a reason for the dispute.")]


def problems_of_amount(invoice: OpenPart, amount: Decimal) -> list[Problem]:
    """Whether ``amount`` of ``invoice`` can be contested: something, in its coin, and within what is open."""
    found = []
    if amount <= 0:
        found.append(Problem("nothing_disputed", "A dispute needs an amount above zero."))
    elif money.rounded(amount, invoice.currency) != amount:
        found.append(
            Problem("too_exact", f"{invoice.currency} has {money.minor_units(invoice.currency)} decimals.")
        )
    if amount > invoice.open_amount:
        is_open = money.shown(invoice.open_amount, invoice.currency)
        found.append(Problem("beyond_the_open_amount", f"Only {is_open} of {invoice.number} is open."))
    return found


def problems_of_move(state: DisputeState, to: DisputeState) -> list[Problem]:
    """Whether a dispute may become ``to``."""
    if to in MOVES[state]:
        return []
    if state in ENDS:
        was = STATE_LABELS[state].lower()
        return [Problem("already_closed", f"This dispute was {was} before and stays so.")]
    return [Problem("not_so", f"This dispute is {STATE_LABELS[state].lower()} already.")]


def problems_of_being_closed(state: DisputeState) -> list[Problem]:
    """Whether a dispute may still be worked on."""
    return problems_of_move(state, state) if state in ENDS else []


def problems_of_hand(*, may_work: bool, is_theirs: bool) -> list[Problem]:
    """Whether somebody may work on a dispute: collectors may, and whoever it was given to, or to whose
    desk.
    """
    if may_work or is_theirs:
        return []
    return [Problem("not_yours", "This dispute is with somebody else. Ask them, or a collector.")]


def problems_of_said(text: str) -> list[Problem]:
    """Whether a text fits."""
    if len(text) <= SAID_LETTERS_MAX:
        return []
    return [Problem("said_too_long", f"Keep it within {SAID_LETTERS_MAX:,} letters.")]
