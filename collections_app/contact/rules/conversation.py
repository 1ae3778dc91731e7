"""What a contact log must say, what usually follows from an outcome, and who may take a log back. Pure."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from collections_app.contact.rules import NextStep, Outcome
from collections_app.lib.refusals import Problem
from collections_app.lib.working_days import Calendar

NEXT_STEP_DAYS_MAX = 180
STEPS_AT_A_TIME = (NextStep.CALL, NextStep.CALL_BACK)
SAID_LETTERS_MAX = 5_000
SPOKE_WITH_LETTERS_MAX = 150

# By outcome: the next step that a form proposes, and in how many working days. After a promise the bank is
# looked at on the first working day after the promised one; this table's days are counted from that day.
NEXT_STEPS: dict[Outcome, tuple[NextStep, int]] = {
    Outcome.NO_ANSWER: (NextStep.CALL, 1),
    Outcome.LEFT_MESSAGE: (NextStep.CALL, 2),
    Outcome.CALL_BACK: (NextStep.CALL_BACK, 1),
    Outcome.PROMISED: (NextStep.CHECK_BANK, 1),
    Outcome.SAYS_PAID: (NextStep.CHECK_BANK, 2),
    Outcome.WANTS_COPY: (NextStep.SEND_COPY, 0),
    Outcome.DISPUTES: (NextStep.REVIEW, 5),
    Outcome.WRONG_PERSON: (NextStep.CALL, 1),
    Outcome.INFORMED: (NextStep.CALL, 5),
    Outcome.OTHER: (NextStep.REVIEW, 5),
}


# Who did not answer in the morning may do so in the afternoon; whoever was tried in the afternoon, tomorrow.
TRY_AGAIN_UNTIL, TRY_AGAIN_AT, TRY_AGAIN_NEXT_DAY_AT = dt.time(12), dt.time(15), dt.time(10)
# When copies are ready to leave already, there is nothing to send; we ask in some days whether all is well.
AFTER_COPIES: tuple[NextStep, int] = (NextStep.CALL, 3)


def try_again(*, now: dt.datetime, calendar: Calendar) -> tuple[dt.date, dt.time]:
    """When to call again whom nobody reached: later today, or on the next working day. ``now`` is in the
    company's zone.
    """
    if now.time() < TRY_AGAIN_UNTIL and calendar.is_working_day(now.date()):
        return now.date(), TRY_AGAIN_AT
    return calendar.next_working_day(now.date()), TRY_AGAIN_NEXT_DAY_AT


def proposed_next_step(
    outcome: Outcome,
    *,
    today: dt.date,
    calendar: Calendar,
    promised_on: dt.date | None = None,
    copies_are_ready: bool = False,
) -> tuple[NextStep, dt.date]:
    """What a form proposes after ``outcome``: a step and a working day. A promise is checked after its own
    day.
    """
    is_sent = copies_are_ready and outcome == Outcome.WANTS_COPY
    step, working_days = AFTER_COPIES if is_sent else NEXT_STEPS[outcome]
    start = max(promised_on, today) if outcome == Outcome.PROMISED and promised_on else today
    return step, calendar.add(start, working_days) if working_days else calendar.on_or_after(start)


@dataclass(frozen=True, slots=True)
class Conversation:
    """A contact log as somebody wants to write it. Days are the company's; ``strange_invoices`` are not the
    customer's.
    """

    outcome: str
    said: str
    spoke_with: str
    next_step: str
    next_on: dt.date | None
    next_at: dt.time | None
    author_may_work: bool
    contact_is_theirs: bool
    strange_invoices: tuple[str, ...]
    today: dt.date


def problems_of_author(*, may_work: bool) -> list[Problem]:
    """Whether somebody may write down, or take back, what was said and agreed."""
    if may_work:
        return []
    return [
        Problem("may_not_work", "Your role does not log contacts. Ask a collector or a manager to do it.")
    ]


def problems_of(log: Conversation) -> list[Problem]:
    """Everything that speaks against writing ``log``; empty when nothing does."""
    found = problems_of_author(may_work=log.author_may_work)
    if not log.contact_is_theirs:
        found.append(Problem("stranger", "That person is not a contact of this customer."))
    if log.strange_invoices:
        numbers = ", ".join(log.strange_invoices)
        found.append(Problem("strange_invoices", f"Not an invoice of this customer: {numbers}."))
    if len(log.said) > SAID_LETTERS_MAX:
        found.append(Problem("said_too_long", f"Keep what was said within {SAID_LETTERS_MAX:,} letters."))
    if len(log.spoke_with) > SPOKE_WITH_LETTERS_MAX:
        found.append(Problem("name_too_long", f"Keep the name within {SPOKE_WITH_LETTERS_MAX} letters."))
    if log.outcome == Outcome.OTHER and not log.said.strip():
        found.append(
            Problem(
                "says_nothing", "Say in a few words what came of it, since the outcome is “something else”."
            )
        )
    return found + _problems_of_next_step(log)


def _problems_of_next_step(log: Conversation) -> list[Problem]:
    found = []
    if log.next_step and log.next_on is None:
        found.append(Problem("next_step_without_day", "Say on which day the next step is due."))
    if log.next_on and not log.next_step:
        found.append(Problem("day_without_next_step", "Say what is to be done on that day."))
    if log.next_on and log.next_on < log.today:
        found.append(
            Problem(
                "next_step_in_the_past",
                f"The next step cannot be in the past. Today is {log.today:%-d %B %Y}.",
            )
        )
    if log.next_on and log.next_on > log.today + dt.timedelta(days=NEXT_STEP_DAYS_MAX):
        last = log.today + dt.timedelta(days=NEXT_STEP_DAYS_MAX)
        found.append(
            Problem(
                "next_step_too_far", f"Choose a day up to {last:%-d %B %Y}, so that nothing is forgotten."
            )
        )
    if log.next_at and log.next_step not in STEPS_AT_A_TIME:
        found.append(Problem("time_without_call", "A time of day belongs to a call only."))
    return found


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Somebody wants to take a contact log back."""

    is_author: bool
    may_correct_others: bool
    logged_on: dt.date
    today: dt.date


def problems_of_withdrawal(asked: Withdrawal) -> list[Problem]:
    """A log is taken back on the day it was written, by its author or a manager; later it is history."""
    found = []
    if not asked.is_author and not asked.may_correct_others:
        found.append(
            Problem("not_yours", "Only the one who logged this contact, or a manager, can take it back.")
        )
    if asked.logged_on != asked.today:
        found.append(
            Problem(
                "another_day",
                f"This contact was logged on {asked.logged_on:%-d %B} and can no longer be taken back.",
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class OpenPart:
    """What of an invoice can be promised or disputed: ``open_amount`` in ``currency``, less an open dispute's
    part.
    """

    invoice_id: int
    number: str
    currency: str
    open_amount: Decimal
    disputed: Decimal
    is_owed: bool
    is_promised: bool
