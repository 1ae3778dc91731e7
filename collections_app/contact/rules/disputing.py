"""Why an amount is contested, who answers for it, and when a dispute can be lodged or closed. Pure."""

from dataclasses import dataclass
from decimal import Decimal

from collections_app.contact.rules import DisputeState
from collections_app.contact.rules.conversation import OpenPart
from collections_app.lib import money
from collections_app.lib.refusals import Problem


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason code. Days are working days; ``ask_for`` is the evidence to ask for at once."""

    code: str
    label: str
    owner: str
    answer_days: int
    resolve_days: int
    ask_for: str


# Somebody who cannot pay contests nothing: that stays to be collected, so it has no code here.
REASONS: dict[str, Reason] = {
    reason.code: reason
    for reason in (
        Reason("COPY", "No invoice or statement received", "credit control", 0, 0, ""),
        Reason("PO", "Order number missing or wrong", "sales administration", 1, 2, "the order number"),
        Reason("PRICE", "Price or discount", "sales", 1, 5, "the quote or the line of the price list"),
        Reason(
            "QTY", "Too few or too many delivered", "warehouse", 1, 5, "the delivery note and their count"
        ),
        Reason("POD", "No proof of delivery", "logistics", 1, 3, "the number of the proof of delivery"),
        Reason("DMG", "Damaged or poor quality", "quality", 1, 10, "photographs"),
        Reason("RET", "Returned, credit awaited", "returns desk", 1, 5, "the return note"),
        Reason("DUP", "Invoiced twice", "billing", 1, 2, "both invoice numbers"),
        Reason("TAX", "VAT or other tax", "finance", 1, 3, "the tax registration"),
        Reason("SVC", "Service not as agreed", "service lead", 1, 10, "the job sheet"),
        Reason("TERMS", "Due date or terms", "credit manager", 1, 2, "the page of the contract"),
        Reason("PAID", "Says it is paid", "cashier", 0, 1, "the remittance advice and the value date"),
        Reason("OTHER", "Something else, to be coded within two days", "credit control", 1, 2, ""),
    )
}

# From a state to those it may move to. Every end is final; a new dispute is lodged when it flares up again.
MOVES: dict[DisputeState, frozenset[DisputeState]] = {
    DisputeState.LODGED: frozenset({DisputeState.ACCEPTED, DisputeState.REJECTED, DisputeState.WITHDRAWN}),
    DisputeState.ACCEPTED: frozenset(),
    DisputeState.REJECTED: frozenset(),
    DisputeState.WITHDRAWN: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Contest:
    """A dispute as somebody wants to lodge it."""

    invoice: OpenPart
    amount: Decimal
    reason: str
    invoice_is_theirs: bool
    is_disputed: bool


def problems_of(contest: Contest) -> list[Problem]:
    """Everything that speaks against lodging ``contest``; empty when nothing does."""
    invoice, found = contest.invoice, []
    if not contest.invoice_is_theirs:
        found.append(Problem("strange_invoices", f"Not an invoice of this customer: {invoice.number}."))
    if not invoice.is_owed:
        found.append(Problem("not_owed", f"{invoice.number} is a credit note and cannot be disputed."))
    if contest.reason not in REASONS:
        found.append(Problem("unknown_reason", "Choose a reason for the dispute."))
    if contest.amount <= 0:
        found.append(Problem("nothing_disputed", "A dispute needs an amount above zero."))
    elif money.rounded(contest.amount, invoice.currency) != contest.amount:
        found.append(
            Problem("too_exact", f"{invoice.currency} has {money.minor_units(invoice.currency)} decimals.")
        )
    if contest.amount > invoice.open_amount:
        is_open = money.shown(invoice.open_amount, invoice.currency)
        found.append(Problem("beyond_the_open_amount", f"Only {is_open} of {invoice.number} is open."))
    if contest.is_disputed:
        found.append(
            Problem("already_disputed", f"{invoice.number} is disputed already. Close that dispute first.")
        )
    return found


def problems_of_move(state: DisputeState, to: DisputeState) -> list[Problem]:
    """Whether a dispute may end as ``to``."""
    if to in MOVES[state]:
        return []
    return [Problem("already_closed", f"This dispute was {state.value} before and stays so.")]
