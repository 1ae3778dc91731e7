"""When a promise to pay can be recorded, how an amount is spread over invoices, and which promise of a row it
is. Pure. How one ends stands in ``settling``.

A promise has one or more instalments, each an amount and a day. Grace, in working days, and the share from
which it counts as kept are the company's when the promise is recorded, and stay with it: who changes the
setting changes what is promised from then on, not what was.
"""

import datetime as dt
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from collections_app.contact.rules import Confidence, PayBy, PromiseState
from collections_app.contact.rules.conversation import OpenPart
from collections_app.ledger.company_rules import KEPT_SHARE, PROMISE_GRACE_DAYS
from collections_app.lib import money
from collections_app.lib.refusals import Problem
from collections_app.lib.working_days import Calendar

GRACE_WORKING_DAYS = PROMISE_GRACE_DAYS  # unless the company sets its own
USUAL_KEPT_SHARE = KEPT_SHARE
PROMISE_DAYS_MAX = 180
# A plan may take longer than one promise, since its first part comes soon.
INSTALMENT_DAYS_MAX = 366
INSTALMENTS_MAX = 12
BECAUSE_LETTERS_MAX = 500
ROLE_LETTERS_MAX = 100
NAME_LETTERS_MAX = 150

# Broken promises of so many days count when the next one is made.
BROKEN_COUNTS_DAYS = 365
# After so many, a promise lifts no hold; after so many, a manager calls.
BROKEN_LIFTS_NO_HOLD = 2
BROKEN_FOR_MANAGER = 3


@dataclass(frozen=True, slots=True)
class Instalment:
    """A part of a promise: so much by a day."""

    promised_on: dt.date
    amount: Decimal


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
    instalments: tuple[Instalment, ...]
    today: dt.date
    parts: tuple[PromisedPart, ...]
    strange_invoices: tuple[str, ...]
    replaces: bool


@dataclass(frozen=True, slots=True)
class Earlier:
    """The last promise there was for an invoice. ``by_somebody`` when a person ended it, not the night."""

    level: int
    state: str
    by_somebody: bool


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


def due_days(
    promised_on: dt.date, calendar: Calendar, *, grace_days: int = GRACE_WORKING_DAYS
) -> tuple[dt.date, dt.date]:
    """The last day that keeps a promise, and the last that keeps it late: a day of rest moves the first one
    on, the grace counts working days.
    """
    due_on = calendar.on_or_after(promised_on)
    return due_on, calendar.add(due_on, grace_days)


def moved(promised_on: dt.date, calendar: Calendar) -> str:
    """What to say when a promised day is not worked; empty when it is."""
    due_on = calendar.on_or_after(promised_on)
    if due_on == promised_on:
        return ""
    return f"{promised_on:%A %-d %B} is not a working day: money until {due_on:%A %-d %B} keeps the promise."


def level_of(earlier: Iterable[Earlier]) -> int:
    """Which promise it is for its invoices. One that was broken, renewed or taken back raises the level;
    after one that was kept, for a part, the next one for the rest stays at its level.
    """
    return max((each.level + (0 if _was_kept(each) else 1) for each in earlier), default=1)


def _was_kept(earlier: Earlier) -> bool:
    if earlier.state == PromiseState.WITHDRAWN:
        return not earlier.by_somebody  # it was credited, or paid before: nobody let anybody down
    return earlier.state in (PromiseState.KEPT, PromiseState.KEPT_LATE)


def after_broken(count: int) -> str:
    """What follows from so many broken promises of a year, in a sentence; empty while nothing does."""
    if count >= BROKEN_FOR_MANAGER:
        return f"{count} promises were broken in a year: a manager calls and agrees a plan, or escalates."
    if count >= BROKEN_LIFTS_NO_HOLD:
        return f"{count} promises were broken in a year: a promise alone no longer lifts a hold."
    return ""


def problems_of(offer: Offer) -> list[Problem]:
    """Everything that speaks against recording ``offer``; empty when nothing does."""
    found = []
    if offer.amount <= 0:
        found.append(Problem("nothing_promised", "A promise needs an amount above zero."))
    elif money.rounded(offer.amount, offer.currency) != offer.amount:
        found.append(
            Problem("too_exact", f"{offer.currency} has {money.minor_units(offer.currency)} decimals.")
        )
    found += _problems_of_days(offer)
    if len(offer.instalments) > 1:
        found += _problems_of_plan(offer)
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


def problems_of_words(
    *, said_by: str = "", said_by_role: str = "", how: str = "", confidence: str = "", because: str = ""
) -> list[Problem]:
    """What is wrong with who said it, how it is to come, how far we believe it, and why it changes."""
    found = []
    lengths = (
        (said_by, NAME_LETTERS_MAX, "name_too_long", "the name"),
        (said_by_role, ROLE_LETTERS_MAX, "role_too_long", "their role"),
        (because, BECAUSE_LETTERS_MAX, "reason_too_long", "the reason"),
    )
    for words, letters, code, what in lengths:
        if len(words) > letters:
            found.append(Problem(code, f"Keep {what} within {letters} letters."))
    if how and how not in set(PayBy):
        found.append(Problem("unknown_way", "Choose how the money is to come."))
    if confidence and confidence not in set(Confidence):
        found.append(Problem("unknown_confidence", "Choose how far the promise is believed."))
    return found


def _problems_of_days(offer: Offer) -> list[Problem]:
    found, days = [], [each.promised_on for each in offer.instalments]
    if any(day < offer.today for day in days):
        found.append(Problem("promised_in_the_past", "A promise is for today or a later day."))
    too_far = days[0] > offer.today + dt.timedelta(days=PROMISE_DAYS_MAX)
    if too_far or any(day > offer.today + dt.timedelta(days=INSTALMENT_DAYS_MAX) for day in days):
        within = PROMISE_DAYS_MAX if too_far else INSTALMENT_DAYS_MAX
        found.append(
            Problem(
                "promised_too_far",
                f"A promise is for the next {within} days. Make a note of anything later.",
            )
        )
    return found


def _problems_of_plan(offer: Offer) -> list[Problem]:
    found, plan = [], offer.instalments
    if len(plan) > INSTALMENTS_MAX:
        found.append(
            Problem(
                "too_many_instalments", f"A promise has up to {INSTALMENTS_MAX} instalments, not {len(plan)}."
            )
        )
    if any(each.amount <= 0 for each in plan):
        found.append(Problem("empty_instalment", "Every instalment needs an amount above zero."))
    elif any(money.rounded(each.amount, offer.currency) != each.amount for each in plan):
        digits = money.minor_units(offer.currency)
        found.append(
            Problem("instalment_too_exact", f"Instalments in {offer.currency} have {digits} decimals.")
        )
    if any(later.promised_on <= before.promised_on for before, later in itertools.pairwise(plan)):
        found.append(
            Problem("instalments_not_in_order", "Each instalment is for a later day than the one before.")
        )
    together = sum((each.amount for each in plan), money.ZERO)
    if together != offer.amount:
        is_sum, is_whole = (money.shown(each, offer.currency) for each in (together, offer.amount))
        found.append(
            Problem(
                "instalments_do_not_add_up", f"The instalments come to {is_sum}, the promise to {is_whole}."
            )
        )
    return found


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
    undisputed = max(invoice.open_amount - invoice.disputed, money.ZERO)
    is_wholly_disputed = invoice.open_amount > 0 and not undisputed
    if part.amount > invoice.open_amount or (part.amount > undisputed and not is_wholly_disputed):
        is_free = f"{money.shown(undisputed, invoice.currency)} of {invoice.number} is open and undisputed"
        if not invoice.disputed or is_wholly_disputed:
            is_free = f"{money.shown(invoice.open_amount, invoice.currency)} of {invoice.number} is open"
        found.append(Problem("beyond_the_open_amount", f"Only {is_free}."))
    if is_wholly_disputed:
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
