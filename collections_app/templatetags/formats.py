"""How amounts, days and counts read on screen. Pure: the day and the moment are always given.

A minus is U+2212, as wide as a plus, so that figures line up. What is not known reads as an en dash.
"""

import datetime as dt
from bisect import bisect_right
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel import Locale
from django.conf.locale import LANG_INFO

from collections_app.ledger.rules import DEFAULT_BUCKETS, buckets
from collections_app.lib import iso_codes, money

MINUS = "\u2212"
NOTHING = "\u2013"
NO_BREAK = "\u00a0"

# Signs that mean one currency only to a reader in Europe and America; every other currency shows its code.
SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}

DAYS_KEPT_MAX = 4_000

_TERRITORIES = Locale("en", "GB").territories
_BUCKETS_BEGIN = [bucket.first for bucket in buckets(DEFAULT_BUCKETS)]

SECONDS_A_MINUTE = 60
MINUTES_AN_HOUR = 60
HOURS_TODAY_MAX = 24


def figure(value: Decimal | int | None, currency: str, *, whole: bool = False) -> str:
    """Digits with thousands separators and the currency's own decimals; ``whole`` rounds half-up to units."""
    if value is None:
        return NOTHING
    exact = Decimal(value)
    exact = exact.quantize(Decimal(1), rounding=ROUND_HALF_UP) if whole else money.rounded(exact, currency)
    places = 0 if whole else money.minor_units(currency)
    return f"{MINUS if exact < 0 else ''}{abs(exact):,.{places}f}"


def amount(value: Decimal | int | None, currency: str, *, whole: bool = False) -> str:
    """A figure with its currency: £36,900.00, −£1.20, CHF 1,200.00."""
    if value is None:
        return NOTHING
    digits = figure(value, currency, whole=whole)
    minus, digits = (MINUS, digits[1:]) if digits.startswith(MINUS) else ("", digits)
    sign = SIGNS.get(currency)
    return f"{minus}{sign}{digits}" if sign else f"{currency}{NO_BREAK}{minus}{digits}"


def percent(share: Decimal | None) -> str:
    """A share with one decimal, half-up: 0.4725 is 47.3 %."""
    if share is None:
        return NOTHING
    return f"{(share * 100).quantize(Decimal('0.1'), rounding=ROUND_HALF_UP)} %"


def signed(points: int | None) -> str:
    """Points with their sign: +40, −5, 0."""
    if points is None:
        return NOTHING
    return "0" if points == 0 else f"{'+' if points > 0 else MINUS}{abs(points):,}"


def share(part: Decimal | None) -> str:
    """0.0304 is 3.0 %."""
    return NOTHING if part is None else f"{(part * 100).quantize(Decimal('0.1'), ROUND_HALF_UP)}{NO_BREAK}%"


def day(on: dt.date | None, *, today: dt.date, weekday: bool = False) -> str:
    """3 Mar this year, 3 Mar 2025 in another; ``weekday`` puts Tue before it."""
    if on is None:
        return NOTHING
    return _day(on.year, on.month, on.day, on.year == today.year, weekday)


@lru_cache(DAYS_KEPT_MAX)
def _day(year: int, month: int, day_of_month: int, is_this_year: bool, weekday: bool) -> str:
    """The days of a long list are few, and to look up the name of a month takes longer than all the rest."""
    on = dt.date(year, month, day_of_month)
    name = f"{on:%a} " if weekday else ""
    return f"{name}{on.day} {on:%b}{'' if is_this_year else f' {year}'}"


def moment(at: dt.datetime | None, *, now: dt.datetime) -> str:
    """today 06:10, yesterday 17:00, tomorrow 09:00, 3 Mar 17:00: both moments in the reader's own zone."""
    if at is None:
        return NOTHING
    here = at.astimezone(now.tzinfo)
    names = {0: "today", 1: "tomorrow", -1: "yesterday"}
    name = names.get((here.date() - now.date()).days) or day(here.date(), today=now.date())
    return f"{name} {here:%H:%M}"


def ago(at: dt.datetime | None, *, now: dt.datetime) -> str:
    """just now, 5 minutes ago, 3 hours ago; from a day on, the moment itself."""
    if at is None:
        return NOTHING
    minutes = int((now - at).total_seconds() // SECONDS_A_MINUTE)
    if minutes < 1:
        return "just now"
    if minutes < MINUTES_AN_HOUR:
        return f"{counted(minutes, 'minute')} ago"
    hours = minutes // MINUTES_AN_HOUR
    return f"{counted(hours, 'hour')} ago" if hours < HOURS_TODAY_MAX else moment(at, now=now)


def counted(number: int, word: str, many: str = "") -> str:
    """1 customer, 2 customers, 1,204 entries: ``many`` for words that do not simply take an s."""
    return f"{number:,} {word if number == 1 else many or word + 's'}"


def language(code: str) -> str:
    """German for de, also for de-AT; what is no code reads as it was written."""
    known = LANG_INFO.get(code.strip().casefold().replace("_", "-").split("-")[0], {})
    return str(known.get("name", code))


def countries() -> list[tuple[str, str]]:
    """Codes and names of all countries, by name."""
    return sorted(((code, country(code)) for code in iso_codes.COUNTRIES), key=lambda known: known[1])


def country(code: str) -> str:
    """Germany for DE; what is no code reads as it was written."""
    return str(_TERRITORIES.get(code.strip().upper(), code))


def days(number: int | None) -> str:
    """41 days, 1 day."""
    return NOTHING if number is None else counted(number, "day")


def due(on: dt.date | None, *, today: dt.date) -> str:
    """41 days overdue, due today, due in 3 days, no due date."""
    if on is None:
        return "no due date"
    late = (today - on).days
    if late == 0:
        return "due today"
    return f"{days(late)} overdue" if late > 0 else f"due in {days(-late)}"


def age_step(days_overdue: int) -> int:
    """Which ageing bucket: 0 not overdue, 1 the first bucket, and so on. Colours follow this number."""
    return bisect_right(_BUCKETS_BEGIN, days_overdue)
