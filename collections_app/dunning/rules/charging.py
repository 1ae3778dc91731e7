"""When interest may be charged to a customer, who approves it, and when it is waived. Pure.

Somebody proposes it with a reason and somebody else approves it; then it is owed. A proposal that was wrong
is withdrawn and its days may be proposed again; a waived one gives its days up for good. What was charged
already is given up by a credit note over all of it.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from collections_app.ledger.rules import InvoiceKind
from collections_app.lib import money
from collections_app.lib.refusals import Problem
from collections_app.people.selling import problems_of_seller

REASON_LETTERS_MAX = 300
# By when a charge is to be paid, in days after it was posted.
PAYABLE_DAYS = 14
# From this level of reminders on a letter may tell what being late costs.
SHOWN_FROM_LEVEL = 3
BEARING = frozenset({InvoiceKind.INVOICE, InvoiceKind.DEBIT_NOTE})


class ChargeState(StrEnum):
    """Proposed until it is posted, waived or withdrawn; what was posted may be credited."""

    PROPOSED = "proposed"
    POSTED = "posted"
    WAIVED = "waived"
    WITHDRAWN = "withdrawn"
    CREDITED = "credited"


class ExemptionKind(StrEnum):
    """Why no law's interest is asked of a customer."""

    NO_BUSINESS = "no_business"
    CONTRACT = "contract"


STATE_LABELS: dict[ChargeState, str] = {
    ChargeState.PROPOSED: "Waits for approval",
    ChargeState.POSTED: "Charged",
    ChargeState.WAIVED: "Waived",
    ChargeState.WITHDRAWN: "Withdrawn",
    ChargeState.CREDITED: "Charged, then credited",
}
EXEMPTION_LABELS: dict[ExemptionKind, str] = {
    ExemptionKind.NO_BUSINESS: "They are no business",
    ExemptionKind.CONTRACT: "The contract says something else",
}


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody wants to charge interest on a document of that ``kind``. ``no_law`` says why no law applies,
    ``not_known`` from where on there is no rate; ``amount`` is what would be charged.
    """

    may_charge: bool
    is_switched_on: bool
    kind: str
    currency: str
    amount: Decimal
    from_on: dt.date
    until_on: dt.date
    today: dt.date
    reason: str
    no_law: str = ""
    not_known: str = ""
    disputed: Decimal = money.ZERO
    waits_already: bool = False


def problems_of(wish: Wish) -> list[Problem]:
    """Everything that speaks against a proposal; empty when it may be made."""
    found = problems_of_role(wish.may_charge) + problems_of_reason(wish.reason)
    if not wish.is_switched_on:
        text = "This company charges no interest. It is switched on where interest is looked at."
        found.append(Problem("switched_off", text))
    if wish.kind not in BEARING:
        found.append(Problem("kind", "Interest is charged on invoices and debit notes only."))
    if wish.no_law:
        found.append(Problem("no_law", wish.no_law))
    elif wish.not_known:
        found.append(Problem("not_known", f"{wish.not_known} Choose an earlier last day."))
    if wish.until_on > wish.today:
        found.append(Problem("until_on", "Interest is charged up to today at most."))
    if wish.waits_already:
        found.append(Problem("waits", "Interest on this invoice waits for approval already."))
    elif not wish.no_law and not wish.not_known and wish.amount <= 0:
        found.append(Problem("nothing", "There is nothing to charge for these days."))
    if wish.disputed > 0:
        found.append(_disputed(wish.disputed, wish.currency))
    return found


def problems_of_role(may_charge: bool) -> list[Problem]:
    """Whether somebody decides about interest at all."""
    text = "Your role does not charge or waive interest."
    return [] if may_charge else [Problem("not_allowed", text)]


def problems_of_giving_up(*, may_charge: bool, is_salesperson: bool, because: str) -> list[Problem]:
    """Everything that speaks against asking no interest where the law lets us: as with write-offs, who sells
    to the customer does not decide.
    """
    return problems_of_role(may_charge) + problems_of_seller(is_salesperson) + problems_of_reason(because)


def problems_of_reason(reason: str) -> list[Problem]:
    """What is wrong with why something is proposed, waived or withdrawn."""
    if not reason.strip():
        return [Problem("reason", "Say why, in a few words.")]
    if len(reason) > REASON_LETTERS_MAX:
        return [Problem("reason", f"Say why in {REASON_LETTERS_MAX} letters at most.")]
    return []


def problems_of_approval(
    *,
    may_charge: bool,
    is_own: bool,
    is_switched_on: bool,
    proposed: Decimal,
    now: Decimal,
    currency: str,
    no_law: str = "",
    disputed: Decimal = money.ZERO,
) -> list[Problem]:
    """Everything that speaks against posting what was ``proposed``, which the ledger makes ``now``."""
    found = problems_of_role(may_charge)
    if is_own:
        text = "You proposed it, so somebody else approves it."
        found.append(Problem("own", text))
    if not is_switched_on:
        found.append(Problem("switched_off", "This company charges no interest any more."))
    if no_law:
        found.append(Problem("no_law", no_law))
    elif proposed != now:
        text = (
            f"What was paid has changed since: {money.shown(proposed, currency)} was proposed, and now it "
            f"would be {money.shown(now, currency)}. Withdraw it and propose it again."
        )
        found.append(Problem("changed", text))
    if disputed > 0:
        found.append(_disputed(disputed, currency))
    return found


def problems_of_crediting(
    *, may_charge: bool, is_salesperson: bool, because: str, is_posted: bool, label: str
) -> list[Problem]:
    """Everything that speaks against giving a charge back."""
    found = problems_of_giving_up(may_charge=may_charge, is_salesperson=is_salesperson, because=because)
    if not is_posted:
        found.append(Problem("not_posted", f"Only what was charged is credited; this is: {label.lower()}."))
    return found


def _disputed(amount: Decimal, currency: str) -> Problem:
    contested = money.shown(amount, currency)
    return Problem("disputed", f"{contested} of it is disputed. Let the dispute end first.")
