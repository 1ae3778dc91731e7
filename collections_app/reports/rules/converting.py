"""Amounts of several currencies told in one, at dated rates that are shown. Pure.

One rate a currency: that of the day the report is of, for all of its months too. So a chart moves with what
customers did and not with what currencies did, and the same days of sales come out of one currency alone.

Rounded once, where money is smallest here: each age, credit notes, unallocated money and what came and went,
by currency. Whatever is larger is the sum of those rounded amounts, and so is the list behind it; between a
figure and its list there is no room for a difference. Beneath a line of that list everything is in its own
currency.

A rate that is missing or too old is not guessed: its currency stays apart, and the report says so.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

# A rate entered on the first of a month holds to its end, and some days longer for whoever is late with it.
RATE_AGE_DAYS_MAX = 35
PLACES = 12


@dataclass(frozen=True, slots=True)
class Quote:
    """What one unit of a currency was worth in the company's own on a day, and who told."""

    currency: str
    rate: Decimal
    day: dt.date
    source: str = ""


@dataclass(frozen=True, slots=True)
class Used:
    """What one unit of a currency counts for in the report. ``quotes`` are what it was worked out from: one,
    or two when neither of both is the company's own, or none for the report's own.
    """

    currency: str
    rate: Decimal
    quotes: tuple[Quote, ...]

    @property
    def day(self) -> dt.date | None:
        """The day of the rate, the older of two."""
        return min((each.day for each in self.quotes), default=None)

    def age_days(self, day: dt.date) -> int:
        """How old the rate is on ``day``."""
        return (day - self.day).days if self.day else 0


@dataclass(frozen=True, slots=True)
class Apart:
    """A currency that is not converted, and why."""

    currency: str
    why: str


@dataclass(frozen=True, slots=True)
class Conversion:
    """Into which currency a report is converted, at the rates of which day, and what stays apart."""

    into: str
    day: dt.date
    used: tuple[Used, ...]
    apart: tuple[Apart, ...] = ()

    @property
    def rates(self) -> dict[str, Decimal]:
        """By currency, with that of the report itself."""
        return {each.currency: each.rate for each in self.used}

    def told_in(self, currency: str) -> str:
        """The currency in which amounts of ``currency`` stand: the report's, or their own when apart."""
        return self.into if currency in self.rates else currency

    def worded(self, used: Used) -> str:
        """A rate as a report names it: what one unit counts for, from when and whose it is."""
        if not used.quotes:
            return "the currency of this report, as it is"
        told = "; ".join(
            f"{each.currency} of {each.day:%-d %B %Y}, {_old((self.day - each.day).days)}"
            f"{f', {each.source}' if each.source else ''}"
            for each in used.quotes
        )
        return f"1 {used.currency} = {used.rate.normalize():f} {self.into} ({told})"


def conversion(
    into: str, *, own: str, currencies: Collection[str], quotes: Mapping[str, Quote], day: dt.date
) -> Conversion:
    """How ``currencies`` are told in ``into`` on ``day``. ``quotes`` are the newest of that day or before,
    each in units of ``own``, the company's currency, which needs none.
    """
    used: list[Used] = []
    apart: list[Apart] = []
    for currency in sorted({*currencies}):
        if currency == into:
            used.append(Used(currency, Decimal(1), ()))
            continue
        needed = [each for each in (currency, into) if each != own]
        if why := next((why for each in needed if (why := _unfit(each, quotes.get(each), day))), ""):
            apart.append(Apart(currency, f"{currency} stays apart, in its own amounts: {why}"))
            continue
        worth = Decimal(1) if currency == own else quotes[currency].rate
        per = Decimal(1) if into == own else quotes[into].rate
        rate = (worth / per).quantize(Decimal(1).scaleb(-PLACES), rounding=ROUND_HALF_UP)
        if not rate:
            apart.append(Apart(currency, f"{currency} stays apart: its rate is too small to be told."))
            continue
        used.append(Used(currency, rate, tuple(quotes[each] for each in needed)))
    return Conversion(into, day, tuple(used), tuple(apart))


def _old(days: int) -> str:
    return f"{days} day{'' if days == 1 else 's'} old" if days else "of the day itself"


def _unfit(currency: str, quote: Quote | None, day: dt.date) -> str:
    """Why a rate cannot be used; empty when it can."""
    if quote is None:
        return f"no rate of {currency} is known on {day:%-d %B %Y} or before."
    age = (day - quote.day).days
    if age > RATE_AGE_DAYS_MAX:
        return (
            f"the newest rate of {currency} is of {quote.day:%-d %B %Y}, {age} days old; more than "
            f"{RATE_AGE_DAYS_MAX} are too many."
        )
    return ""
