"""What a call is for, and how a customer pays, each in one sentence. Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from collections_app.chase.rules import sentences
from collections_app.lib import money

WEEKDAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides what to ask for; amounts are in one currency."""

    currency: str
    to_collect: Decimal
    disputed: Decimal
    promised: Decimal
    invoices: int
    oldest_days: int
    due: Decimal
    # What those invoices come to before credits and unallocated cash are taken off.
    open_parts: Decimal = money.ZERO
    step: str = ""
    # The promise that was not kept and that nobody has asked about yet, in words.
    broken: str = ""


def purpose(standing: Standing) -> str:
    """What to ask for on this call: the amount that is neither disputed nor promised, and how it is made up.
    A promise that was not kept comes first.
    """
    broken = f"Ask what happened: {standing.broken}. " if standing.broken else ""
    return broken + _wish(standing)


def _wish(standing: Standing) -> str:
    if standing.to_collect > 0:
        asked = money.shown(standing.to_collect, standing.currency)
        made_of = sentences.count(standing.invoices, "invoice") + _less_cover(standing)
        oldest = (
            f", oldest {sentences.count(standing.oldest_days, 'day')}" if standing.oldest_days > 0 else ""
        )
        return f"Ask for a date for {asked} ({made_of}{oldest}).{_undisputed(standing)}"
    if standing.step:
        return f"Do what was agreed: {standing.step.lower()}. Nothing is to be collected now."
    if standing.due > 0 and standing.disputed >= standing.due:
        return "All that is due is disputed. Tell them how the dispute stands."
    if standing.due > 0 and standing.promised + standing.disputed >= standing.due:
        rest = " or disputed" if standing.disputed > 0 else ""
        return f"What is due is promised{rest}. Nothing to ask for until the promised day."
    if standing.due > 0 and standing.promised > 0:
        promised = money.shown(standing.promised, standing.currency)
        return f"{promised} is promised; credits and unallocated cash cover the rest of what is due."
    if standing.due > 0:
        return "Credits and unallocated cash cover what is due. Ask what they are meant for."
    return "Nothing is due. There is nothing to ask for."


def back_under_limit(limit: Decimal | None, exposure: Decimal, currency: str) -> str:
    """What they gain by paying: the smallest payment after which they can order on account again; empty when
    they are within their limit, or have none. Both amounts are in ``currency``.
    """
    if limit is None or exposure <= limit:
        return ""
    needed = money.shown(exposure - limit, currency)
    return f"A payment of {needed} brings them back within their limit of {money.shown(limit, currency)}."


def frees_order(number: str, amounts: Sequence[str], since: dt.date, others: int) -> str:
    """What they gain by paying while orders wait: ``amounts`` are the smallest payment, as people write it;
    ``others`` wait besides.
    """
    gain = f"A payment of {' and '.join(amounts)} frees order {number} (on hold since {since:%-d %B})."
    if others:
        gain += f" {others} more {'order waits' if others == 1 else 'orders wait'}."
    return gain


def _less_cover(standing: Standing) -> str:
    """What makes the invoices come to the amount that is asked for, when it is not they alone."""
    cover = standing.open_parts - standing.to_collect
    if cover <= 0:
        return ""
    return f" less {money.shown(cover, standing.currency)} of credits and unallocated cash"


def _undisputed(standing: Standing) -> str:
    if standing.disputed <= 0:
        return " Undisputed."
    contested = money.shown(standing.disputed, standing.currency)
    return f" A further {contested} is disputed."


@dataclass(frozen=True, slots=True)
class Habit:
    """How a customer paid so far; None where too little is known."""

    settled_count: int
    median_days_late: Decimal | None
    pay_weekday: int | None
    pay_day_of_month: int | None
    trend_days: Decimal | None
    promises_kept: int
    promises_due: int


def habit(known: Habit) -> str:
    """How they pay: days late, on which day, whether that changes, and how good their word is."""
    if known.median_days_late is None or not known.settled_count:
        return "No invoice of theirs has been settled yet, so nothing is known of how they pay."
    parts = [_lateness(known.median_days_late, known.settled_count)]
    if known.pay_day_of_month:
        parts.append(f"usually on the {_ordinal(known.pay_day_of_month)}")
    elif known.pay_weekday:
        parts.append(f"usually on {WEEKDAYS[known.pay_weekday - 1]}")
    if known.trend_days and abs(known.trend_days) >= 3:
        days = sentences.count(round(abs(known.trend_days)), "day")
        parts.append(f"lately {days} {'later' if known.trend_days > 0 else 'earlier'} than before")
    text = f"Pays {', '.join(parts)}."
    if known.promises_due:
        text += f" Promises kept: {known.promises_kept} of {known.promises_due}."
    return text


def _lateness(median: Decimal, settled: int) -> str:
    days = round(median)
    basis = f"(median of {sentences.count(settled, 'invoice')})"
    if days == 0:
        return f"on time {basis}"
    return f"{sentences.count(abs(days), 'day')} {'late' if days > 0 else 'early'} {basis}"


def _ordinal(day: int) -> str:
    ending = "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"
