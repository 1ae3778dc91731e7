"""Why an invoice is expected when it is, in sentences that a collector would say. Pure.

Everything is made from what the night stored beside the expected day, so a sentence always fits it.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from collections_app.lib import money

WEEKDAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
# From so many settled invoices on, what is said is theirs alone.
OWN_COUNT_MIN = 5


@dataclass(frozen=True, slots=True)
class Case:
    """One open invoice as it was stored; ``segment`` is the name of its customer's segment, or empty."""

    facts: Mapping[str, Any]
    currency: str
    promised: Decimal = money.ZERO
    disputed: Decimal = money.ZERO
    segment: str = ""


def why(case: Case, *, today: dt.date) -> str:
    """The reason of one invoice: a promise first, then their own past, then who stands in for it."""
    parts = [_promised(case, today), _past(case), _as_late(case), _pay_day(case), _no_due_date(case)]
    return " ".join(part for part in (*parts, _disputed(case)) if part)


def expected_next(
    number: str, amount: str, on: dt.date, first: dt.date | None, last: dt.date | None, *, today: dt.date
) -> str:
    """What is expected of a customer next; ``first`` and ``last`` hold in four of five cases."""
    sure = "" if first == last == on else f" (in four of five cases {between(first, last, today=today)})"
    return f"Expected next: {amount} of {number} by {day(on, today=today)}{sure}."


def expected(on: dt.date | None, *, today: dt.date) -> str:
    """The day on which it is as likely paid as not."""
    return day(on, today=today) if on else "not within half a year"


def between(first: dt.date | None, last: dt.date | None, *, today: dt.date) -> str:
    """The days of a band: one day, from one to another, or from one on."""
    if first is None:
        return "later than half a year"
    if last is None:
        return f"{day(first, today=today)} or later"
    if first == last:
        return day(first, today=today)
    return f"{day(first, today=today)} to {day(last, today=today)}"


def day(on: dt.date, *, today: dt.date) -> str:
    """Fri 13 March, with the year when it is another one."""
    year = "" if on.year == today.year else f" {on.year}"
    return f"{on:%a} {on.day} {on:%B}{year}"


def per_cent(share: Decimal | float) -> str:
    """84 %; never 0 or 100, which nobody can promise."""
    return f"{min(max(round(share * 100), 1), 99)} %"


def _past(case: Case) -> str:
    settled = int(case.facts.get("settled", 0))
    whose = f"customers of the segment “{case.segment}”" if case.segment else "the company's other customers"
    if not settled:
        return f"No invoice of theirs has been paid yet, so {whose} stand in for them."
    if settled < OWN_COUNT_MIN:
        paid = "1 invoice of theirs has" if settled == 1 else f"{settled} invoices of theirs have"
        return f"Only {paid} been paid, so {whose} count too."
    if "median" not in case.facts:
        return f"By their {settled:,} paid invoices."
    return f"Half of their {settled:,} paid invoices came by {_lateness(round(case.facts['median']))}."


def _lateness(days: int) -> str:
    if not days:
        return "the due date"
    return (
        f"{abs(days)} {'day' if abs(days) == 1 else 'days'} {'after' if days > 0 else 'before'} the due date"
    )


def _as_late(case: Case) -> str:
    late, settled = int(case.facts.get("late", 0)), int(case.facts.get("settled", 0))
    if late <= 0 or settled < OWN_COUNT_MIN:
        return ""
    as_late = int(case.facts.get("as_late", 0))
    if not as_late:
        return "None of them was ever as late as this one, so those who were decide."
    were = "1 of them was" if as_late == 1 else f"{as_late:,} of them were"
    return f"{were} as late as this one or later."


def _pay_day(case: Case) -> str:
    if month_day := case.facts.get("month_day"):
        ending = "th" if 10 < month_day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(month_day % 10, "th")
        return f"They usually pay on the {month_day}{ending}."
    if weekday := case.facts.get("weekday"):
        return f"They usually pay on {WEEKDAYS[weekday - 1]}."
    return ""


def _promised(case: Case, today: dt.date) -> str:
    if "promised_on" not in case.facts or not case.promised:
        return ""
    on = dt.date.fromisoformat(case.facts["promised_on"])
    kept, due = case.facts.get("kept", 0), case.facts.get("promises", 0)
    record = f"kept {kept} of {due}" if due else "none has fallen due yet"
    return (
        f"{money.shown(case.promised, case.currency)} is promised for {day(on, today=today)}; "
        f"a promise of theirs is worth {per_cent(case.facts['word'])} ({record})."
    )


def _disputed(case: Case) -> str:
    return f"{money.shown(case.disputed, case.currency)} is disputed and set aside." if case.disputed else ""


def _no_due_date(case: Case) -> str:
    return "It has no due date, so days count from its issue." if case.facts.get("no_due_date") else ""
