"""All measures of a company as of a day: those of the ledger in each currency, and those of our own work.

Everything is derived from rows, so a past day is told as the corrected ledger has it, or with
``known_at`` as it was known then. Amounts of different currencies are never added. A measure is worked
out over the calendar months of a period that ends with the month of the day; of that month, the days that
have passed.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from collections_app.ledger.companies import Company
from collections_app.reports import derived, reconciling, work_measures
from collections_app.reports.derived import Asked
from collections_app.reports.narrowing import ALL, Narrowed
from collections_app.reports.reconciling import Agreement
from collections_app.reports.rules import measuring, months
from collections_app.reports.rules.measuring import COHORT_MONTHS, COHORT_STEPS, Measure, Sums, Value
from collections_app.reports.rules.totals import Flow, Standing

PERIOD_MONTHS = 3


@dataclass(frozen=True, slots=True)
class CurrencyMeasures:
    """One currency: the ledger at the end of the day, its measures, and the roll rates of the cohort."""

    currency: str
    closing: Standing
    measures: list[Measure]
    roll_rates: list[Value]


@dataclass(frozen=True, slots=True)
class Measured:
    """All measures of a company; ``work`` are those of people, which have no currency."""

    asked: Asked
    months: int
    since: dt.date
    cohort_since: dt.date
    cohort_until: dt.date
    currencies: list[CurrencyMeasures]
    work: list[Measure]


def measured(
    *,
    company: Company,
    day: dt.date,
    period_months: int = PERIOD_MONTHS,
    known_at: dt.datetime | None = None,
    narrowed: Narrowed = ALL,
) -> Measured:
    """The measures of the end of ``day``, over so many calendar months. A dozen statements, whatever the
    ledger holds.
    """
    asked = Asked(company, day, known_at, narrowed)
    since = months.first_of(day, back=period_months - 1)
    cohort_until = day - dt.timedelta(COHORT_STEPS[-1])
    cohort_since = months.first_of(cohort_until, back=COHORT_MONTHS - 1)
    taken = derived.days_taken(asked, since=since)
    cohorts = derived.cohorts(asked, since=cohort_since, until=cohort_until, steps=COHORT_STEPS)
    found = []
    for sums in sums_of(asked, period_months=period_months).values():
        currency = sums.currency
        days = {what: each for (of, what), each in taken.items() if of == currency}
        parts = [*measuring.of_ledger(sums), *measuring.of_days(currency, days)]
        rolled: list[Value] = []
        if currency in cohorts:
            rolled, provision = measuring.of_cohort(currency, cohorts[currency][0], sums.closing)
            parts.append(provision)
        found.append(CurrencyMeasures(currency, sums.closing, parts, rolled))
    work = work_measures.of(asked, since=since)
    return Measured(asked, period_months, since, cohort_since, cohort_until, found, work)


def sums_of(asked: Asked, *, period_months: int = PERIOD_MONTHS) -> dict[str, Sums]:
    """The sums of each currency, in the order of their names; of an empty ledger, of the company's own."""
    day = asked.day
    before = months.first_of(day, back=period_months - 1) - months.DAY
    oldest = months.first_of(day, back=max(measuring.COUNTBACK_MONTHS, period_months) - 1)
    opening = _by_currency(derived.standings(Asked(asked.company, before, asked.known_at, asked.narrowed)))
    closing = _by_currency(derived.standings(asked))
    flows: dict[str, dict[dt.date, list[Flow]]] = {}
    for (first, place), flow in derived.flows(asked, since=oldest).items():
        flows.setdefault(place.currency, {}).setdefault(first, []).append(flow)
    open_by_month = derived.open_by_month(asked)
    names = sorted({*opening, *closing, *flows}) or [asked.company.currency]
    return {
        name: Sums(
            currency=name,
            day=day,
            months=period_months,
            opening=opening.get(name, Standing()),
            closing=closing.get(name, Standing()),
            flows={first: Flow.summed(parts) for first, parts in flows.get(name, {}).items()},
            open_by_month={first: open_ for (of, first), open_ in open_by_month.items() if of == name},
        )
        for name in names
    }


def agreements(asked: Asked) -> list[Agreement]:
    """Whether the open items of the whole company agree with its ledger, by currency."""
    reported = _by_currency(derived.standings(Asked(asked.company, asked.day, asked.known_at)))
    totals = {currency: standing.total for currency, standing in reported.items()}
    return reconciling.agreements(totals, company=asked.company, day=asked.day, known_at=asked.known_at)


def _by_currency(found: Mapping[derived.Place, Standing]) -> dict[str, Standing]:
    parts: dict[str, list[Standing]] = {}
    for place, standing in found.items():
        parts.setdefault(place.currency, []).append(standing)
    return {currency: Standing.summed(each) for currency, each in parts.items()}
