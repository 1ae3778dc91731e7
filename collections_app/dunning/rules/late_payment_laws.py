"""The laws on late payment between businesses, as dated data: which applies, from which day interest runs, at
which rate, and what fixed sum comes with it. Pure, and no legal advice: a contract may say otherwise.

A law is changed by one more row of its terms, with the day from which debts fall under it; what was owed
before keeps the terms that it arose under.
"""

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from collections_app.dunning.rules.late_payment_rates import (
    BANK_RATE,
    BASISZINSSATZ,
    ECB_RATE,
    Reference,
    half_year_of,
)
from collections_app.lib import money

DAYS_WITHOUT_DUE_DATE = 30
YEAR_DAYS = 365  # also in a leap year, whose 29 February is a day like any other
HALF_POINT = Decimal("0.5")

# Rates that came after the release: by the code of a reference, and by the first day of a half-year.
Entered = Mapping[str, Mapping[dt.date, Decimal]]


@dataclass(frozen=True, slots=True)
class FixedSums:
    """The sum that is owed once for a debt that is late: ``bands`` of a debt's size and the sum, and the sum
    for what is larger. A debt of exactly a band's size belongs to it where ``includes_limit``.
    """

    bands: tuple[tuple[Decimal, Decimal], ...]
    above: Decimal
    includes_limit: bool = False

    def of(self, debt: Decimal) -> Decimal:
        """The sum for a debt, which is compared by its number, in whichever currency it is."""
        for limit, amount in self.bands:
            if debt < limit or (self.includes_limit and debt == limit):
                return amount
        return self.above


@dataclass(frozen=True, slots=True)
class Terms:
    """What a law says of debts that arose from ``since`` on: points above the reference, fixed sums."""

    since: dt.date
    margin: Decimal
    fixed_sums: FixedSums | None = None


@dataclass(frozen=True)
class Law:
    """A law on late payment. ``is_fixed_at_start``: the rate for the half-year in which interest starts stays
    for that debt; otherwise it is fixed anew each half-year. ``terms`` are the oldest first.
    """

    code: str
    name: str
    reference: Reference
    terms: tuple[Terms, ...]
    currency: str = "EUR"  # of the fixed sums
    is_fixed_at_start: bool = False
    rounds_up_to: Decimal | None = None
    source: str = ""

    def begins_on(self, *, issued_on: dt.date, due_on: dt.date | None) -> dt.date:
        """The first day that bears interest: the day after the due date, and never before the document was
        there; without a due date the day after thirty days. A holiday makes no difference.
        """
        due = due_on or issued_on + dt.timedelta(DAYS_WITHOUT_DUE_DATE)
        return max(due, issued_on) + dt.timedelta(1)

    def terms_for(self, arose_on: dt.date) -> Terms | None:
        """The terms that a debt of that day falls under; None before the law."""
        return next((terms for terms in reversed(self.terms) if terms.since <= arose_on), None)

    def rate_for(self, day: dt.date, *, arose_on: dt.date) -> Decimal | None:
        """Per cent a year for the half-year of ``day``; None when it is not known."""
        terms, reference = self.terms_for(arose_on), self.reference.rate_for(day)
        if terms is None or reference is None:
            return None
        if self.rounds_up_to is not None:
            reference = math.ceil(reference / self.rounds_up_to) * self.rounds_up_to
        return reference + terms.margin

    def fixed_sum(self, debt: Decimal, *, arose_on: dt.date) -> Decimal:
        """The sum owed once for a debt of that size; nothing where the law knows none."""
        terms = self.terms_for(arose_on)
        return terms.fixed_sums.of(debt) if terms and terms.fixed_sums and debt > 0 else money.ZERO

    def not_known(self, day: dt.date, *, arose_on: dt.date) -> str:
        """Why there is no rate for ``day``, in a sentence."""
        if self.terms_for(arose_on) is None:
            return f"{self.name} covers debts from {_day(self.terms[0].since)} on."
        if day < self.reference.known_from:
            return f"No rate is known before {_day(self.reference.known_from)} ({self.name})."
        since = _day(max(half_year_of(day), self.reference.known_until + dt.timedelta(1)))
        return f"No rate is known from {since} on ({self.name})."


def _day(day: dt.date) -> str:
    return f"{day:%-d %B %Y}"


def _sums(*amounts: str, includes_limit: bool = False) -> FixedSums:
    by_size = tuple(zip((Decimal(1000), Decimal(10000)), map(Decimal, amounts), strict=False))
    return FixedSums(by_size, Decimal(amounts[-1]), includes_limit)


FORTY = FixedSums((), Decimal(40))
SEVEN, EIGHT, NINE, TEN = (Decimal(points) for points in (7, 8, 9, 10))
# Directive 2000/35/EC, and what took its place, directive 2011/7/EU, from the day by which it was to be law.
_OLD = Terms(dt.date(2002, 8, 8), SEVEN)
_NEW = Terms(dt.date(2013, 3, 16), EIGHT, FORTY)

UNITED_KINGDOM = Law(
    "GB",
    "Late Payment of Commercial Debts (Interest) Act 1998",
    BANK_RATE,
    (Terms(dt.date(2002, 8, 7), EIGHT, _sums("40", "70", "100")),),
    currency="GBP",
    is_fixed_at_start=True,
    source="SI 2002/1675, article 4; section 5A of the Act",
)
GERMANY = Law(
    "DE",
    "§ 288 BGB",
    BASISZINSSATZ,
    (Terms(dt.date(2002, 1, 1), EIGHT), Terms(dt.date(2014, 7, 29), NINE, FORTY)),
    source="§§ 247, 286 (3), 288 (2) and (5) BGB",
)
IRELAND = Law(
    "IE",
    "European Communities (Late Payment in Commercial Transactions) Regulations 2012",
    ECB_RATE,
    (_OLD, Terms(dt.date(2013, 3, 16), EIGHT, _sums("40", "70", "100", includes_limit=True))),
    source="SI 580/2012, regulations 5 and 9",
)
NETHERLANDS = Law("NL", "art. 6:119a BW", ECB_RATE, (_OLD, _NEW), source="art. 6:120 (2), 6:96 (4) BW")
FRANCE = Law(
    "FR",
    "art. L441-10 Code de commerce",
    ECB_RATE,
    (
        Terms(dt.date(2003, 1, 1), SEVEN),
        Terms(dt.date(2009, 1, 1), TEN),
        Terms(dt.date(2013, 1, 1), TEN, FORTY),
    ),
    source="art. L441-10 and D441-5 Code de commerce",
)
SPAIN = Law(
    "ES",
    "Ley 3/2004",
    ECB_RATE,
    (Terms(dt.date(2004, 12, 31), SEVEN), Terms(dt.date(2013, 2, 24), EIGHT, FORTY)),
    source="Ley 3/2004, artículos 7 y 8; Real Decreto-ley 4/2013",
)
ITALY = Law(
    "IT",
    "D.Lgs. 231/2002",
    ECB_RATE,
    (Terms(dt.date(2002, 11, 7), SEVEN), Terms(dt.date(2013, 1, 1), EIGHT, FORTY)),
    source="D.Lgs. 231/2002, artt. 5 e 6; D.Lgs. 192/2012",
)
BELGIUM = Law(
    "BE",
    "Loi du 2 août 2002 (retard de paiement)",
    ECB_RATE,
    (_OLD, _NEW),
    rounds_up_to=HALF_POINT,
    source="loi du 2 août 2002, articles 2, 5 et 6",
)
FINLAND = Law(
    "FI",
    "Korkolaki 4 a §",
    ECB_RATE,
    (_OLD, _NEW),
    rounds_up_to=HALF_POINT,
    source="korkolaki 633/1982, 4 a and 12 §; laki 30/2013, 10 e §",
)
# What the directive asks of every country with the euro at least; a country of which no more is known.
DIRECTIVE = Law("EU", "Directive 2011/7/EU", ECB_RATE, (_OLD, _NEW), source="Directive 2011/7/EU, art. 2, 6")

LAWS: Mapping[str, Law] = {
    law.code: law
    for law in (
        UNITED_KINGDOM,
        GERMANY,
        IRELAND,
        NETHERLANDS,
        FRANCE,
        SPAIN,
        ITALY,
        BELGIUM,
        FINLAND,
        DIRECTIVE,
    )
}
# With the euro, and nothing better known than what the directive asks for at least.
_AT_LEAST = frozenset({"AT", "CY", "EE", "GR", "HR", "LT", "LU", "LV", "MT", "PT", "SI", "SK"})
# Where the law of the seller's country is taken to govern a sale, unless the contract says otherwise (Rome I,
# article 4): the union, its neighbours in the economic area, the United Kingdom.
_UNION = frozenset({"BG", "CZ", "DK", "HU", "PL", "RO", "SE", "IS", "LI", "NO"})
REACHED = frozenset(LAWS) - {"EU"} | _AT_LEAST | _UNION


@dataclass(frozen=True, slots=True)
class Applying:
    """The law that applies, or why none does, in a sentence."""

    law: Law | None
    because: str = ""

    def __bool__(self) -> bool:
        return self.law is not None

    def knowing(self, entered: Entered) -> "Applying":
        """The same with the rates that were entered for its reference."""
        if self.law is None:
            return self
        reference = self.law.reference.knowing(entered.get(self.law.reference.code, {}))
        return replace(self, law=replace(self.law, reference=reference))


def law_for(*, seller: str, buyer: str, is_business: bool = True) -> Applying:
    """The law for a seller and a buyer in these countries (ISO 3166, empty when not known): the seller's. A
    buyer of whom no country is known is taken to be at home where the seller is.
    """
    if not is_business:
        return Applying(None, "Laws on late payment are between businesses, and this customer is none.")
    if not seller:
        return Applying(None, "The company has no country, so nobody can tell which law applies.")
    law = LAWS["EU"] if seller in _AT_LEAST else LAWS.get(seller)
    if law is None or seller == "EU":
        return Applying(None, f"No law on late payment with its rates is known for {seller}.")
    if buyer and buyer not in REACHED:
        return Applying(None, f"With a customer in {buyer}, what the contract says applies.")
    return Applying(law)
