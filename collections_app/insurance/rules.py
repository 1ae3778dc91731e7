"""By when a credit insurer is to be told of an invoice, and what speaks against saying that it was. Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from collections_app.lib.refusals import Problem
from collections_app.lib.working_days import Calendar

DAYS_MAX = 730
WARN_WORKING_DAYS = 10
WARN_WORKING_DAYS_MAX = 60
NAME_LETTERS_MAX = 100
WORDS_LETTERS_MAX = 500


class NoticeKind(StrEnum):
    """What the insurer is told: that it is overdue, or that they are to pay and go on with it."""

    REPORT = "report"
    CLAIM = "claim"


KIND_LABELS: dict[NoticeKind, str] = {
    NoticeKind.REPORT: "Report as overdue",
    NoticeKind.CLAIM: "Hand over as a claim",
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What a policy says, in days after the due date. ``stop_days``: from then on no more is delivered under
    cover; ``claim_days``: by then it is handed over; None where the policy says nothing.
    """

    insurer: str
    policy_number: str
    report_days: int
    stop_days: int | None
    claim_days: int | None
    warn_working_days: int = WARN_WORKING_DAYS


@dataclass(frozen=True, slots=True)
class Told:
    """An invoice of which the insurer is said to have been told."""

    number: str
    is_theirs: bool
    is_overdue: bool
    is_told_already: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody says that the insurer was told."""

    may_tell: bool
    is_insured: bool
    invoices: Sequence[Told]
    reference: str
    told_on: dt.date
    today: dt.date
    words: str = ""


def deadline(due_on: dt.date, days: int, calendar: Calendar) -> dt.date:
    """The last day on which they can be told: a day that is not worked is brought forward."""
    day = due_on + dt.timedelta(days=days)
    return day if calendar.is_working_day(day) else calendar.add(day, -1)


def falls_until(day: dt.date, calendar: Calendar) -> dt.date:
    """The last day that is brought forward to ``day`` or before it: what a query compares bare days with."""
    return calendar.next_working_day(day) - dt.timedelta(days=1)


def problems_of_terms(terms: Terms) -> list[Problem]:
    """What is wrong with a policy as somebody wrote it down."""
    found = []
    if not terms.insurer.strip() or len(terms.insurer) > NAME_LETTERS_MAX:
        found.append(Problem("insurer", f"Name the insurer, in {NAME_LETTERS_MAX} letters at most."))
    given = [terms.report_days, terms.stop_days or 0, terms.claim_days or 0]
    if min(given) < 0 or max(given) > DAYS_MAX:
        found.append(Problem("days", f"Days after the due date are 0 to {DAYS_MAX}."))
    if terms.claim_days is not None and terms.claim_days < terms.report_days:
        found.append(Problem("claim_days", "A claim is not handed over before it is reported as overdue."))
    if not 1 <= terms.warn_working_days <= WARN_WORKING_DAYS_MAX:
        text = f"Be warned 1 to {WARN_WORKING_DAYS_MAX} working days before."
        found.append(Problem("warn_working_days", text))
    return found


def problems_of_insuring(limit: Decimal, report_days: int | None) -> list[Problem]:
    """What is wrong with a limit of one customer."""
    found = []
    if limit <= 0:
        found.append(Problem("limit", "An insured limit is above zero."))
    if report_days is not None and not 0 <= report_days <= DAYS_MAX:
        found.append(Problem("report_days", f"Days after the due date are 0 to {DAYS_MAX}."))
    return found


def problems_of_telling(wish: Wish) -> list[Problem]:
    """Everything that speaks against noting that the insurer was told."""
    found = []
    if not wish.may_tell:
        found.append(Problem("not_allowed", "Your role does not tell the insurer."))
    if not wish.is_insured:
        found.append(Problem("not_insured", "This customer is not insured."))
    if not wish.invoices:
        found.append(Problem("invoices", "Tick at least one invoice."))
    if not wish.reference.strip() or len(wish.reference) > NAME_LETTERS_MAX:
        text = f"Give the insurer's reference, in {NAME_LETTERS_MAX} letters at most."
        found.append(Problem("reference", text))
    if wish.told_on > wish.today:
        found.append(Problem("told_on", "Choose a day that is not in the future."))
    if len(wish.words) > WORDS_LETTERS_MAX:
        found.append(Problem("words", f"Keep it within {WORDS_LETTERS_MAX} letters."))
    for each in wish.invoices:
        if not each.is_theirs:
            found.append(Problem("invoice", f"{each.number} is no invoice of this customer."))
        elif each.is_told_already:
            found.append(Problem("told", f"They were told of {each.number} already."))
        elif not each.is_overdue:
            found.append(Problem("overdue", f"{each.number} is not overdue."))
    return found


def problems_of_signing(
    *, may_sign: bool, has_policy: bool, day: dt.date, today: dt.date, waiting: Sequence[str]
) -> list[Problem]:
    """Why a day's list cannot be signed off; ``waiting`` are customers of whom they are still to be told."""
    found = []
    if not may_sign:
        found.append(Problem("not_allowed", "Your role does not sign the list off."))
    if not has_policy:
        found.append(Problem("no_policy", "No policy is set up, so there is no list."))
    if day > today:
        found.append(Problem("day", "A day is signed off when it has come."))
    if waiting:
        names = ", ".join(waiting[:3]) + (" and others" if waiting[3:] else "")
        found.append(Problem("waiting", f"The insurer is still to be told of {names}."))
    return found
