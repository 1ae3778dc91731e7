"""All measures of a company as of a day: those of the ledger in each currency, and those of our own work.

Everything is derived from rows, so a past day is told as the corrected ledger has it, or with
``known_at`` as it was known then. Amounts of different currencies are added only when the report is asked for
in one of them (``into``), at the rates that it names. A measure is worked
out over the calendar months of a period that ends with the month of the day; of that month, the days that
have passed.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache

from collections_app.ledger import exchange_rates
from collections_app.ledger.companies import Company
from collections_app.lib import money
from collections_app.reports import (
    conversions,
    customer_sums,
    derived,
    history,
    kept_days,
    kept_readings,
    measure_sums,
    provisions,
    reconciling,
    work_measures,
)
from collections_app.reports.derived import Asked
from collections_app.reports.measure_sums import Found
from collections_app.reports.narrowing import ALL, Narrowed
from collections_app.reports.reconciling import Agreement
from collections_app.reports.rules import measure_parts, measuring, months
from collections_app.reports.rules.converting import Conversion
from collections_app.reports.rules.measure_parts import Cohort, Parts
from collections_app.reports.rules.measuring import COHORT_STEPS, Measure, Sums
from collections_app.reports.rules.paying import Took
from collections_app.reports.rules.rolling import Rolled
from collections_app.reports.rules.totals import Flow, Standing

PERIOD_MONTHS = 3
NOTHING_NAMED = "No document contradicts its rows: look for one that is left out or counted twice."
# By currency: the sums, the days that invoices took, and what cohorts are made of.
OfLedger = tuple[dict[str, Sums], dict[tuple[str, str], list[Took]], Parts]


@dataclass(frozen=True, slots=True)
class CurrencyMeasures:
    """One currency: the ledger at the end of the day, its measures, how its cohort rolled on (None without
    one), and how what fell due in each month did, as far as its steps are over.
    """

    currency: str
    closing: Standing
    measures: list[Measure]
    rolled: Rolled | None
    rolled_by_month: dict[dt.date, Rolled] = field(default_factory=dict)


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
    conversion: Conversion | None = None

    def in_currency(self, currency: str) -> CurrencyMeasures:
        """The measures in a currency, or in the first when there are none in it."""
        return next((each for each in self.currencies if each.currency == currency), self.currencies[0])


def measured(
    *,
    company: Company,
    day: dt.date,
    period_months: int = PERIOD_MONTHS,
    known_at: dt.datetime | None = None,
    narrowed: Narrowed = ALL,
    into: str = "",
    is_of_work: bool = True,
) -> Measured:
    """The measures of the end of ``day``, over so many calendar months; of each currency, or with ``into``
    of all that can be converted into one, and of each that cannot; unless of the ledger alone, also those
    of our work. A dozen statements, whatever the ledger holds.
    """
    readings = kept_readings.begin(Asked(company, day, known_at, narrowed))
    asked = readings.asked
    since = months.first_of(day, back=period_months - 1)
    kept = cache(lambda: measure_sums.of(asked) if period_months == measure_sums.PERIOD_MONTHS else None)
    # What is converted depends on the rates of the day as well.
    rates = exchange_rates.dated_on(company=company, day=day) if into else {}
    found, conversion = readings.of(
        "measures and cohorts",
        lambda: _of_ledger(asked, kept(), period_months, into),
        period_months,
        into,
        str(rates),
    )
    beside = provisions.apart(readings, conversion)
    found = [replace(each, measures=[*each.measures, *beside.get(each.currency, [])]) for each in found]
    work = work_measures.of(readings, since=since, conversion=conversion, kept=kept) if is_of_work else []
    cohort_since, cohort_until = derived.cohort_of(day)
    return Measured(asked, period_months, since, cohort_since, cohort_until, found, work, conversion)


def _of_ledger(
    asked: Asked, kept: Found | None, period_months: int, into: str
) -> tuple[list[CurrencyMeasures], Conversion | None]:
    """The measures of each currency, from what is kept of customers, or read from rows."""
    company, day = asked.company, asked.day
    by_currency, taken, parts = _kept(asked, kept) if kept else _read(asked, period_months)
    cohorts = measure_parts.cohorts(parts, steps=len(COHORT_STEPS))
    by_month = measure_parts.cohorts_by_month(parts, steps=len(COHORT_STEPS))
    known = {*by_currency, *(currency for currency, _ in taken), *cohorts}
    conversion = conversions.of(company=company, day=day, into=into, currencies=known) if into else None
    if conversion:
        by_currency = _joined(by_currency, conversion)
        taken = _taken_in_one(taken, conversion)
        cohorts = measure_parts.cohorts_in_one(cohorts, conversion)
        by_month = _months_in_one(by_month, conversion)
    found = []
    for sums in by_currency.values():
        currency = sums.currency
        days = {what: each for (of, what), each in taken.items() if of == currency}
        told = [*measuring.of_ledger(sums), *measuring.of_days(currency, days)]
        rolled = Rolled(*cohorts[currency]) if currency in cohorts else None
        if rolled:
            told.append(measuring.of_cohort(currency, rolled.unpaid, sums.closing))
        theirs = {first: each for (of, first), each in by_month.items() if of == currency}
        found.append(CurrencyMeasures(currency, sums.closing, told, rolled, _rolled_by_month(theirs, day)))
    return found, conversion


def _kept(asked: Asked, found: Found) -> OfLedger:
    parts, period = found.parts, measure_sums.PERIOD_MONTHS
    sums = measure_parts.sums(parts, day=asked.day, months=period)
    if not sums:
        name = asked.company.currency
        sums = {name: Sums(name, asked.day, period, Standing(), Standing(), {})}
    return sums, measure_parts.taken(parts), parts


def _read(asked: Asked, period_months: int) -> OfLedger:
    return (
        sums_of(asked, period_months=period_months),
        derived.days_taken(asked, since=months.first_of(asked.day, back=period_months - 1)),
        derived.cohort_parts(asked),
    )


def sums_of(asked: Asked, *, period_months: int = PERIOD_MONTHS) -> dict[str, Sums]:
    """The sums of each currency, in the order of their names; of an empty ledger, of the company's own. Of
    months that the nights kept it is read what they kept.
    """
    day = asked.day
    kept = kept_days.months_with(asked, number=max(measuring.COUNTBACK_MONTHS, period_months))
    if kept:
        by_month = derived.open_by_month(asked)
        return {
            name: replace(
                each.sums(day, period_months=period_months),
                open_by_month={first: open_ for (of, first), open_ in by_month.items() if of == name},
            )
            for name, each in kept.items()
        }
    before = months.first_of(day, back=period_months - 1) - months.DAY
    oldest = months.first_of(day, back=max(measuring.COUNTBACK_MONTHS, period_months) - 1)
    opening = derived.by_currency(derived.standings(replace(asked, day=before)))
    closing = _closing(asked)
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


def _joined(found: Mapping[str, Sums], conversion: Conversion) -> dict[str, Sums]:
    """What is converted as one, and each currency that stays apart beside it."""
    apart = {name: each for name, each in found.items() if name not in conversion.rates}
    return {conversion.into: measuring.joined(list(found.values()), conversion), **apart}


def _taken_in_one(
    taken: Mapping[tuple[str, str], list[Took]], conversion: Conversion
) -> dict[tuple[str, str], list[Took]]:
    found: dict[tuple[str, str], list[Took]] = {}
    for (currency, what), each in taken.items():
        rate, told_in = conversion.rates.get(currency, Decimal(1)), conversion.told_in(currency)
        amounts = (money.rounded(took.amount * rate, told_in) for took in each)
        converted = [Took(took.days, took.count, amount) for took, amount in zip(each, amounts, strict=True)]
        found.setdefault((told_in, what), []).extend(converted)
    return found


def _months_in_one(
    found: Mapping[tuple[str, dt.date], Cohort], conversion: Conversion
) -> dict[tuple[str, dt.date], Cohort]:
    firsts = sorted({first for _, first in found})
    joined = {
        first: measure_parts.cohorts_in_one(
            {of: each for (of, month), each in found.items() if month == first}, conversion
        )
        for first in firsts
    }
    return {(currency, first): each for first in firsts for currency, each in joined[first].items()}


def _rolled_by_month(found: Mapping[dt.date, Cohort], day: dt.date) -> dict[dt.date, Rolled]:
    """Each month as far as its steps are over; one that has not fallen due yet is left out."""
    over = {first: len(measuring.steps_over(first, day)) for first in found}
    return {
        first: Rolled(unpaid[: over[first]], disputed[: over[first]])
        for first, (unpaid, disputed) in found.items()
        if over[first]
    }


def agreements(asked: Asked) -> list[Agreement]:
    """Whether the open items of the whole company agree with its ledger, by currency."""
    company, day, known_at = asked.company, asked.day, asked.known_at
    whole = Asked(company, day, known_at)
    found = customer_sums.basis(whole)
    snapshot = found.snapshot if found is not None and not found.postings else kept_days.of_day(whole)
    if snapshot is not None:
        return history.agreements(snapshot, history.kept(company=company, days=[day]))

    def read() -> list[Agreement]:
        if kept := measure_sums.of(whole):
            sums = measure_parts.sums(kept.parts, day=day, months=measure_sums.PERIOD_MONTHS)
            posted = measure_parts.accounts(kept.parts)
            return reconciling.compared({name: each.closing.total for name, each in sums.items()}, posted)
        totals = {currency: standing.total for currency, standing in _closing(whole).items()}
        return reconciling.compared(totals, account(whole))

    return kept_readings.begin(whole).of("agreements", read)


def _closing(asked: Asked) -> dict[str, Standing]:
    """What is open at the end of the day by currency, which several figures of a page begin with."""
    if asked == Asked(asked.company, asked.day):
        return {name: standing for name, (standing, _) in customer_sums.kept_by_currency(asked).items()}
    return kept_readings.begin(asked).of(
        "closing", lambda: derived.by_currency(derived.standings(asked)), str(asked.spans)
    )


def account(asked: Asked) -> dict[str, Decimal]:
    """The balance of each currency by what was posted until the end of the day, kept until something is."""
    company, day, known_at = asked.company, asked.day, asked.known_at
    return kept_readings.begin(Asked(company, day, known_at)).of(
        "account", lambda: reconciling.account(company=company, day=day, known_at=known_at), on=["postings"]
    )


def differing(asked: Asked, found: Sequence[Agreement]) -> list[str]:
    """What the ledger's proofs find wrong, in sentences, where something does not agree; kept for as long as
    the differences are the same, since every item of the ledger is proven.
    """
    differences = str([(each.currency, each.difference) for each in found if each.difference])
    if not any(each.difference for each in found):
        return []
    readings = kept_readings.begin(Asked(asked.company, asked.day))
    named = readings.of("differing", lambda: reconciling.differing(asked.company), differences)
    return named or [NOTHING_NAMED]
