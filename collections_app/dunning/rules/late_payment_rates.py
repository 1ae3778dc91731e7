"""Reference rates that laws on late payment build on, by half-year. Data, and how it is read. Pure.

A rate that is not in a table is not known; it is never guessed from the one before. A new half-year is one
more figure at the end of a table; until a release brings it, a company enters it for itself (``entered``).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from collections_app.lib.refusals import Problem

_SECOND_HALF = 7  # the month in which it begins
# What was published of a half-year stands on the day before it begins.
PUBLISHED_BEFORE = dt.timedelta(days=1)
RATE_DIGITS, RATE_PLACES = 4, 2
LOWEST, HIGHEST = Decimal(-5), Decimal(50)


def half_year_of(day: dt.date) -> dt.date:
    """The first day of the half-year that ``day`` is in."""
    return dt.date(day.year, _SECOND_HALF if day.month >= _SECOND_HALF else 1, 1)


def next_half_year(day: dt.date) -> dt.date:
    """The first day of the half-year after the one that ``day`` is in."""
    begun = half_year_of(day)
    return dt.date(begun.year + 1, 1, 1) if begun.month == _SECOND_HALF else dt.date(begun.year, 7, 1)


@dataclass(frozen=True)
class Reference:
    """A published rate, per cent a year, by the first day of each half-year for which it counts: ``by_year``
    as this release knows them, ``entered`` those that came after it.
    """

    code: str
    name: str
    source: str
    by_year: Mapping[int, tuple[str, ...]] = field(repr=False)
    entered: Mapping[dt.date, Decimal] = field(default_factory=dict, repr=False)
    rates: Mapping[dt.date, Decimal] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        rates = {
            dt.date(year, month, 1): Decimal(rate)
            for year, of_year in self.by_year.items()
            for month, rate in zip((1, _SECOND_HALF), of_year, strict=False)
        }
        object.__setattr__(self, "rates", {**self.entered, **rates})

    def rate_for(self, day: dt.date) -> Decimal | None:
        """The rate for the half-year of ``day``; None when it is not known."""
        return self.rates.get(half_year_of(day))

    def knowing(self, entered: Mapping[dt.date, Decimal]) -> "Reference":
        """The same with rates that were entered; those of the release stand."""
        return replace(self, entered=entered) if entered else self

    @property
    def known_from(self) -> dt.date:
        """The first day for which there is a rate."""
        return min(self.rates)

    @property
    def known_until(self) -> dt.date:
        """The last day before which no half-year is missing."""
        day = min(self.rates)
        while day in self.rates:
            day = next_half_year(day)
        return day - dt.timedelta(1)

    @property
    def wanted(self) -> dt.date:
        """The first day of the half-year of which the rate is wanted next."""
        return self.known_until + dt.timedelta(1)


def problems_of(reference: Reference, *, half_year: dt.date, rate: Decimal, today: dt.date) -> list[Problem]:
    """What speaks against entering ``rate`` (per cent) for the half-year that begins on ``half_year``."""
    if half_year != half_year_of(half_year):
        return [Problem("half_year", "A half-year begins on 1 January or on 1 July.")]
    if half_year in reference.rates and half_year not in reference.entered:
        return [Problem("half_year", f"The rate from {half_year:%-d %B %Y} is known, and stands.")]
    if half_year > reference.wanted:
        return [Problem("half_year", f"The rate from {reference.wanted:%-d %B %Y} comes first.")]
    if half_year - PUBLISHED_BEFORE > today:
        published = half_year - PUBLISHED_BEFORE
        return [Problem("half_year", f"That rate is not published before {published:%-d %B %Y}.")]
    if not LOWEST <= rate <= HIGHEST:
        return [Problem("rate", f"A rate is between {LOWEST} and {HIGHEST} per cent a year.")]
    if rate != round(rate, RATE_PLACES):
        return [Problem("rate", f"A rate has {RATE_PLACES} digits after the point at most.")]
    return []


# What the Bank of England's rate was on 31 December for the first half of the year after, and on 30 June for
# the second half.
BANK_RATE = Reference(
    "bank_of_england",
    "the Bank of England's rate",
    "Bank of England, official Bank Rate history (IUDBEDR); SI 2002/1675, article 4",
    {
        2002: ("4", "4"),
        2003: ("4", "3.75"),
        2004: ("3.75", "4.5"),
        2005: ("4.75", "4.75"),
        2006: ("4.5", "4.5"),
        2007: ("5", "5.5"),
        2008: ("5.5", "5"),
        2009: ("2", "0.5"),
        2010: ("0.5", "0.5"),
        2011: ("0.5", "0.5"),
        2012: ("0.5", "0.5"),
        2013: ("0.5", "0.5"),
        2014: ("0.5", "0.5"),
        2015: ("0.5", "0.5"),
        2016: ("0.5", "0.5"),
        2017: ("0.25", "0.25"),
        2018: ("0.5", "0.5"),
        2019: ("0.75", "0.75"),
        2020: ("0.75", "0.1"),
        2021: ("0.1", "0.1"),
        2022: ("0.25", "1.25"),
        2023: ("3.5", "5"),
        2024: ("5.25", "5.25"),
        2025: ("4.75", "4.25"),
        2026: ("3.75", "3.75"),
    },
)

# The main refinancing rate in force on the first day of the half-year; while it was tendered (until 2008) the
# marginal rate of the last tender before it.
ECB_RATE = Reference(
    "ecb",
    "the European Central Bank's main refinancing rate",
    "European Central Bank, key interest rates; Directive 2011/7/EU, article 2 (7)",
    {
        2002: ("3.45", "3.35"),
        2003: ("2.85", "2.1"),
        2004: ("2.02", "2.01"),
        2005: ("2.09", "2.05"),
        2006: ("2.25", "2.83"),
        2007: ("3.58", "4.07"),
        2008: ("4.2", "4.07"),
        2009: ("2.5", "1"),
        2010: ("1", "1"),
        2011: ("1", "1.25"),
        2012: ("1", "1"),
        2013: ("0.75", "0.5"),
        2014: ("0.25", "0.15"),
        2015: ("0.05", "0.05"),
        2016: ("0.05", "0"),
        2017: ("0", "0"),
        2018: ("0", "0"),
        2019: ("0", "0"),
        2020: ("0", "0"),
        2021: ("0", "0"),
        2022: ("0", "0"),
        2023: ("2.5", "4"),
        2024: ("4.5", "4.25"),
        2025: ("3.15", "2.15"),
        2026: ("2.15", "2.4"),
    },
)

BASISZINSSATZ = Reference(
    "bundesbank",
    "the Bundesbank's Basiszinssatz",
    "Deutsche Bundesbank, Basiszinssatz nach § 247 BGB",
    {
        2002: ("2.57", "2.47"),
        2003: ("1.97", "1.22"),
        2004: ("1.14", "1.13"),
        2005: ("1.21", "1.17"),
        2006: ("1.37", "1.95"),
        2007: ("2.70", "3.19"),
        2008: ("3.32", "3.19"),
        2009: ("1.62", "0.12"),
        2010: ("0.12", "0.12"),
        2011: ("0.12", "0.37"),
        2012: ("0.12", "0.12"),
        2013: ("-0.13", "-0.38"),
        2014: ("-0.63", "-0.73"),
        2015: ("-0.83", "-0.83"),
        2016: ("-0.83", "-0.88"),
        2017: ("-0.88", "-0.88"),
        2018: ("-0.88", "-0.88"),
        2019: ("-0.88", "-0.88"),
        2020: ("-0.88", "-0.88"),
        2021: ("-0.88", "-0.88"),
        2022: ("-0.88", "-0.88"),
        2023: ("1.62", "3.12"),
        2024: ("3.62", "3.37"),
        2025: ("2.27", "1.27"),
        2026: ("1.27", "1.52"),
    },
)

REFERENCES: Mapping[str, Reference] = {each.code: each for each in (BANK_RATE, ECB_RATE, BASISZINSSATZ)}
