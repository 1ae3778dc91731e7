"""The sentences of the chase list: why somebody is on it, why not, and what would take them off. Pure.

Everything is made from what the refresh stored, so a sentence always fits the points beside it.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from collections_app.chase.rules.points import INSURER_DAYS, LATELY_DAYS, SILENCE_AFTER_DAYS, SILENCE_DAYS
from collections_app.lib import money

Facts = Mapping[str, Any]


def amount(value: str, currency: str) -> str:
    """£1,280.00."""
    return money.shown(Decimal(value), currency)


def day(on: str | dt.date, *, today: dt.date) -> str:
    """6 March, with the year when it is another one; today and tomorrow by name."""
    date = dt.date.fromisoformat(on) if isinstance(on, str) else on
    near = {0: "today", 1: "tomorrow"}.get((date - today).days)
    year = "" if date.year == today.year else f" {date.year}"
    return near or f"{date.day} {date:%B}{year}"


def count(number: int, one: str, many: str = "") -> str:
    """1 day, 2 days."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def step(name: str) -> str:
    """send_copy reads as “send copy”."""
    return name.replace("_", " ")


def _broken_promise(part: Facts, today: dt.date) -> str:
    number = int(part["measure"])
    newest = f"promise of {amount(part['amount'], part['currency'])} for {day(part['on'], today=today)}"
    if number == 1 and part.get("state") == "partly_kept":
        return f"{newest} was kept only in part: {amount(part['paid'], part['currency'])} came"
    if number == 1:
        return f"{newest} was not kept"
    return f"{number} promises broken in the last {LATELY_DAYS} days, the last a {newest}"


def _broken_since_contact(part: Facts, today: dt.date) -> str:
    return f"nobody has spoken with them since that was known, {day(part['on'], today=today)}: call them"


def _insurer_clock(part: Facts, today: dt.date) -> str:
    left = INSURER_DAYS - int(part["measure"])
    if left < 0:
        return f"the insurer was to be told by {day(part['on'], today=today)}, {count(-left, 'day')} ago"
    return f"the insurer must be told by {day(part['on'], today=today)}, {count(left, 'day')} left"


WHY: dict[str, Callable[[Facts, dt.date], str]] = {
    "oldest_age": lambda part, today: f"oldest invoice {count(int(part['measure']), 'day')} overdue",
    "amount": lambda part, today: f"{amount(part['amount'], part['currency'])} to collect",
    "broken_promise": _broken_promise,
    "broken_since_contact": _broken_since_contact,
    "call_back": lambda part, today: f"call-back agreed for {day(part['on'], today=today)}",
    "next_step_due": lambda part, today: (
        f"next step agreed for {day(part['on'], today=today)}: {step(part['step'])}"
    ),
    "new_overdue": lambda part, today: (
        f"{count(int(part['measure']), 'invoice')} became overdue in the last week, none before"
    ),
    "later_than_usual": lambda part, today: (
        f"{Decimal(part['measure']):g} days later than nine in ten of their payments"
    ),
    "pays_soon": lambda part, today: f"{part['measure']} % likely to come within a week, as they usually pay",
    "near_limit": lambda part, today: f"{part['measure']} % of the credit limit used",
    "insurer_clock": _insurer_clock,
    "segment": lambda part, today: f"segment “{part.get('segment', '')}”",
    "never_contacted": lambda part, today: (
        f"more than {SILENCE_AFTER_DAYS} days overdue, and nobody spoke with them for {SILENCE_DAYS} days"
    ),
    "pre_due": lambda part, today: (
        f"{amount(part['measure'], part['currency'])} in one invoice falls due within a week"
    ),
}


def why(part: Facts, *, today: dt.date) -> str:
    """Why a part of the score was given."""
    return WHY[part["rule"]](part, today)


def no_rate(currency: str) -> str:
    """Why an amount gives no points."""
    return f"there is no exchange rate for {currency}, so the amount gives no points"


ABSENT: dict[str, Callable[[Facts, dt.date], str]] = {
    "inactive": lambda facts, today: "They are not an active customer any more.",
    "snoozed": lambda facts, today: (
        f"They sleep until {day(facts['on'], today=today)}, because: {facts['reason']}"
    ),
    "nothing_due": lambda facts, today: (
        f"Nothing is due. {amount(facts['amount'], facts['currency'])} is open, "
        f"and the next falls due on {day(facts['on'], today=today)}."
        if facts.get("on")
        else "Nothing is due, and nothing falls due later."
    ),
    "all_disputed": lambda facts, today: (
        f"All that is due is disputed: {amount(facts['amount'], facts['currency'])}."
    ),
    "all_promised": lambda facts, today: (
        f"What is due and not disputed is promised: {amount(facts['amount'], facts['currency'])}"
        + (f", by {day(facts['on'], today=today)}." if facts.get("on") else ".")
    ),
    "covered": lambda facts, today: (
        f"Credits and unallocated cash of {amount(facts['amount'], facts['currency'])} "
        f"cover what is due, {amount(facts['due'], facts['currency'])}."
    ),
    "asleep": lambda facts, today: (
        f"The next step, {step(facts['step'])}, is agreed for {day(facts['on'], today=today)}. "
        "They come onto the list on that day."
    ),
    "worked_today": lambda facts, today: (
        "Somebody worked them today. They come onto the list tomorrow unless a later day is agreed."
    ),
    "below_least_amount": lambda facts, today: (
        f"{amount(facts['amount'], facts['currency'])} is to be collected, and their segment "
        f"asks for at least {amount(facts['least'], facts['currency'])}."
    ),
    "too_early": lambda facts, today: (
        f"The oldest is {count(int(facts['days']), 'day')} overdue, and their segment waits for "
        f"{int(facts['least'])}. They come onto the list on {day(facts['on'], today=today)}."
    ),
    "usual_delay": lambda facts, today: (
        f"The oldest is {count(int(facts['days']), 'day')} overdue, within their usual "
        f"{int(facts['usual'])} and {int(facts['grace'])} days of grace. "
        f"They come onto the list on {day(facts['on'], today=today)}."
    ),
}


def absent(left_out: str, facts: Facts, *, today: dt.date) -> str:
    """Why somebody is not on the list."""
    return ABSENT[left_out](facts, today)
