"""When a promise to pay can be recorded, how an amount is spread over invoices, and how a promise ends. Pure.

A promise falls due on its day, or the next working day of the company. Money that is posted until then keeps
it; money within the grace that a bank transfer needs keeps it late; after that it is partly kept or broken.
Only allocations that we learned of after the promise was recorded count, and an invoice runs in one promise
at a time, so that no receipt keeps two promises. What was credited, or paid before the promise was made, is
no longer promised.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from collections_app.contact.rules import PromiseState
from collections_app.contact.rules.conversation import OpenPart
from collections_app.lib import money
from collections_app.lib.refusals import Problem
from collections_app.lib.working_days import Calendar

GRACE_WORKING_DAYS = 2
KEPT_SHARE = Decimal("0.98")  # bank charges do not break a promise
PROMISE_DAYS_MAX = 180


@dataclass(frozen=True, slots=True)
class PromisedPart:
    """One invoice of a promise, as it stands, and how much of it is promised."""

    invoice: OpenPart
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Offer:
    """A promise as somebody wants to record it. ``replaces`` when it takes the place of those that run."""

    amount: Decimal
    currency: str
    promised_on: dt.date
    today: dt.date
    parts: tuple[PromisedPart, ...]
    strange_invoices: tuple[str, ...]
    replaces: bool


def spread(amount: Decimal, over: Sequence[OpenPart]) -> list[tuple[OpenPart, Decimal]]:
    """``amount`` over invoices in the given order, each up to what of it is open and undisputed; the last
    takes the rest.

    So an amount beyond all of them stays visible, and the rule can refuse it in a sentence.
    """
    lines, left = [], amount
    for part in over:
        share = min(left, max(part.open_amount - part.disputed, money.ZERO))
        if share > 0:
            lines.append((part, share))
            left -= share
    if left > 0 and over:
        last, share = lines.pop() if lines else (over[-1], money.ZERO)
        lines.append((last, share + left))
    return lines


def problems_of(offer: Offer) -> list[Problem]:
    """Everything that speaks against recording ``offer``; empty when nothing does."""
    found = []
    if offer.amount <= 0:
        found.append(Problem("nothing_promised", "A promise needs an amount above zero."))
    elif money.rounded(offer.amount, offer.currency) != offer.amount:
        found.append(
            Problem("too_exact", f"{offer.currency} has {money.minor_units(offer.currency)} decimals.")
        )
    if offer.promised_on < offer.today:
        found.append(Problem("promised_in_the_past", "A promise is for today or a later day."))
    if offer.promised_on > offer.today + dt.timedelta(days=PROMISE_DAYS_MAX):
        found.append(
            Problem(
                "promised_too_far",
                f"A promise is for the next {PROMISE_DAYS_MAX} days. Make a note of anything later.",
            )
        )
    if offer.strange_invoices:
        numbers = ", ".join(offer.strange_invoices)
        found.append(Problem("strange_invoices", f"Not an invoice of this customer: {numbers}."))
    if not offer.parts and not offer.strange_invoices:
        found.append(Problem("no_invoices", "Tick the invoices that the promise is for."))
    elif offer.parts and sum(part.amount for part in offer.parts) != offer.amount:
        found.append(
            Problem("does_not_add_up", "The amounts by invoice do not add up to the promised amount.")
        )
    return found + [problem for part in offer.parts for problem in _problems_of_part(part, offer)]


def _problems_of_part(part: PromisedPart, offer: Offer) -> list[Problem]:
    invoice, found = part.invoice, []
    if not invoice.is_owed:
        found.append(Problem("not_owed", f"{invoice.number} is a credit note. Nothing is to be paid on it."))
    if invoice.currency != offer.currency:
        found.append(
            Problem(
                "other_currency",
                f"{invoice.number} is in {invoice.currency}, the promise in {offer.currency}.",
            )
        )
    if part.amount <= 0:
        found.append(Problem("nothing_promised", f"Nothing is promised for {invoice.number}. Leave it out."))
    if part.amount > invoice.open_amount:
        is_open = money.shown(invoice.open_amount, invoice.currency)
        found.append(Problem("beyond_the_open_amount", f"Only {is_open} of {invoice.number} is open."))
    if invoice.open_amount > 0 and invoice.disputed >= invoice.open_amount:
        found.append(
            Problem("wholly_disputed", f"{invoice.number} is disputed in full. Close the dispute first.")
        )
    if invoice.is_promised and not offer.replaces:
        found.append(
            Problem(
                "already_promised",
                f"{invoice.number} is promised already. Say that this replaces the earlier promise.",
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class Payments:
    """What came of a running promise. ``needed`` is what of it is still to be paid for, ``by_due`` within
    ``by_grace``.
    """

    needed: Decimal
    by_due: Decimal
    by_grace: Decimal


def due_days(promised_on: dt.date, calendar: Calendar) -> tuple[dt.date, dt.date]:
    """The last day that keeps a promise, and the last that keeps it late: a day of rest moves the first one
    on.
    """
    due_on = calendar.on_or_after(promised_on)
    return due_on, calendar.add(due_on, GRACE_WORKING_DAYS)


def verdict(paid: Payments, *, due_on: dt.date, grace_ends_on: dt.date, today: dt.date) -> PromiseState:
    """How a promise stands ``today``. Paid in full decides at once; all else waits for the days to pass."""
    enough = paid.needed * KEPT_SHARE
    if paid.needed <= 0:
        return PromiseState.WITHDRAWN
    if paid.by_due >= paid.needed or (today > due_on and paid.by_due >= enough):
        return PromiseState.KEPT
    if paid.by_grace >= paid.needed or (today > grace_ends_on and paid.by_grace >= enough):
        return PromiseState.KEPT_LATE
    if today <= grace_ends_on:
        return PromiseState.RUNNING
    return PromiseState.PARTLY_KEPT if paid.by_grace > 0 else PromiseState.BROKEN
