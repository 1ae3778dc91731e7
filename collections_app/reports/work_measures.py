"""The measures of our own work: promises and our commitments kept, disputes, first touches, calls, holds;
and how much each collector looks after, by name. Nobody is ranked.

Each is told by the room that knows it, of the customers that the report is narrowed to; here it only gets its
words and its working.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from zoneinfo import ZoneInfo

from collections_app.contact import dispute_figures, owing, promise_rates
from collections_app.contact.dispute_figures import Sums
from collections_app.contact.promise_rates import RATE_DAYS
from collections_app.contact.rules import dispute_rates
from collections_app.contact.rules.promise_rates import Fallen, overall
from collections_app.holds import waiting_times
from collections_app.lib import money
from collections_app.lib.money import ZERO
from collections_app.people.users import User
from collections_app.reports import calls, derived
from collections_app.reports.derived import Asked
from collections_app.reports.kept_readings import Readings
from collections_app.reports.measure_sums import Found
from collections_app.reports.rules import measure_parts
from collections_app.reports.rules.converting import Conversion
from collections_app.reports.rules.measuring import Measure, spread_inputs
from collections_app.reports.rules.paying import Spread, spread
from collections_app.reports.rules.totals import Standing

KNOWN_NOW = "As known now; what was known at another moment is told of the ledger only."


@dataclass(frozen=True, slots=True)
class Load:
    """What one collector looks after in one currency; nobody's customers have an empty name."""

    collector: str
    currency: str
    standing: Standing


def of(
    readings: Readings,
    *,
    since: dt.date,
    conversion: Conversion | None = None,
    kept: Callable[[], Found | None] = lambda: None,
) -> list[Measure]:
    """The measures of work from ``since`` to the day; those of a year where a period has too few."""
    asked = readings.asked
    found = [
        *_promises(asked, conversion),
        commitments(asked),
        *_disputes(readings, since, conversion, kept),
        _first_touch(readings, since, kept),
        _calls(readings, since),
        _holds(asked, since),
    ]
    return found if asked.known_at is None else [replace(each, note=KNOWN_NOW) for each in found]


def loads(asked: Asked) -> list[Load]:
    """What each collector looks after at the end of the day, in the order of their names."""
    parts: dict[tuple[int | None, str], list[Standing]] = {}
    for place, standing in derived.standings(asked).items():
        parts.setdefault((place.collector, place.currency), []).append(standing)
    wanted = [collector for collector, _ in parts if collector is not None]
    names = dict(User.objects.filter(pk__in=wanted).values_list("pk", "full_name"))
    found = [
        Load(names.get(collector or 0, ""), currency, Standing.summed(each))
        for (collector, currency), each in parts.items()
    ]
    return sorted(found, key=lambda load: (load.collector, load.currency))


def promises_kept(asked: Asked) -> Measure:
    """The promise-kept rate of the last year by count."""
    return _by_count(_fallen(asked))


def promises_kept_at(asked: Asked, days: Sequence[dt.date]) -> list[Decimal | None]:
    """The same rate at the end of each of these days."""
    return promise_rates.history(company=asked.company, customers=derived.customers_of(asked), days=days)


def _promises(asked: Asked, conversion: Conversion | None) -> list[Measure]:
    fallen = _fallen(asked)
    by_value = _in_one(fallen, conversion) if conversion else fallen
    return [_by_count(fallen), *(_by_value(each) for each in by_value)]


def _in_one(fallen: list[Fallen], conversion: Conversion) -> list[Fallen]:
    """Those that can be converted as one, and each currency that stays apart."""
    found: dict[str, Fallen] = {}
    for each in fallen:
        told_in = conversion.told_in(each.currency)
        rate = conversion.rates.get(each.currency, Decimal(1))
        promised, received = (
            money.rounded(amount * rate, told_in) for amount in (each.promised, each.received)
        )
        before = found.get(told_in, Fallen(told_in, 0, 0, ZERO, ZERO))
        found[told_in] = Fallen(
            told_in,
            before.count + each.count,
            before.kept + each.kept,
            before.promised + promised,
            before.received + received,
        )
    return list(found.values())


def _fallen(asked: Asked) -> list[Fallen]:
    year_ago = asked.day - dt.timedelta(RATE_DAYS)
    customers = derived.customers_of(asked)
    return promise_rates.fallen_due(company=asked.company, customers=customers, day=asked.day, since=year_ago)


def _by_count(fallen: list[Fallen]) -> Measure:
    kept, due = sum(each.kept for each in fallen), sum(each.count for each in fallen)
    return Measure("promise_kept", overall(fallen), {"kept": kept, "fallen_due": due})


def _by_value(fallen: Fallen) -> Measure:
    inputs = {"received": fallen.received, "promised": fallen.promised}
    return Measure("promise_kept_value", fallen.value_rate, inputs, fallen.currency)


def commitments(asked: Asked) -> Measure:
    """The share of our commitments of the last year that was met in time."""
    year_ago, customers = asked.day - dt.timedelta(RATE_DAYS), derived.customers_of(asked)
    by_owner = owing.met_by_owner(asked.company, customers=customers, today=asked.day, since=year_ago)
    met = owing.met_in_all(by_owner)
    return Measure("commitments_met", met.share, {"met": met.met, "fallen_due": met.fallen_due})


def _disputes(
    readings: Readings,
    since: dt.date,
    conversion: Conversion | None,
    kept: Callable[[], Found | None],
) -> list[Measure]:
    asked = readings.asked

    def read() -> dispute_figures.Figures:
        customers, found = derived.customers_of(asked), kept()
        return dispute_figures.figures(
            company=asked.company,
            customers=customers,
            since=since,
            until=asked.day,
            invoiced=measure_parts.raised(found.parts) if found else None,
        )

    found = readings.of("disputes", read, since)
    whole = found.all
    rate = {"disputed": whole.raised_count, "invoices": whole.invoiced_count}
    cycle = {
        "ended": whole.resolved_count,
        "p90": found.cycle_p90,
        "open": whole.open_count,
        "open_median_age": dispute_rates.median(found.open_days),
        "open_oldest": found.oldest_open,
    }
    return [
        Measure("dispute_rate", whole.dispute_rate, rate),
        *_disputed_values(found.sums, conversion),
        Measure("dispute_cycle", found.cycle_median, cycle),
    ]


def _disputed_values(sums: list[Sums], conversion: Conversion | None) -> list[Measure]:
    """By currency, or with a conversion of those together that it has."""
    found: dict[str, tuple[Decimal, Decimal]] = {}
    for each in sums:
        told_in = conversion.told_in(each.currency) if conversion else each.currency
        rate = conversion.rates.get(each.currency, Decimal(1)) if conversion else Decimal(1)
        before = found.get(told_in, (ZERO, ZERO))
        found[told_in] = (
            before[0] + money.rounded(each.raised_amount * rate, told_in),
            before[1] + money.rounded(each.invoiced_amount * rate, told_in),
        )
    return [
        Measure(
            "dispute_rate_value",
            dispute_rates.share(disputed, invoiced),
            {"disputed": disputed, "invoiced": invoiced},
            currency,
        )
        for currency, (disputed, invoiced) in found.items()
    ]


def _first_touch(readings: Readings, since: dt.date, kept: Callable[[], Found | None]) -> Measure:
    """Of the touches until it was read, which it says; a touch alone does not make it read again."""
    asked = readings.asked

    def read() -> tuple[Spread, Spread, dt.datetime]:
        if kept_parts := kept():
            found, until = measure_parts.touches(kept_parts.parts), kept_parts.until
        else:
            found = derived.first_touches(asked, since=since, until=readings.began_at)
            until = readings.began_at
        return spread(found["touched"]), spread(found["untouched"]), until

    # The figures and not what they are made of, which are thousands of numbers of days.
    touched, untouched, until = readings.of("first touches", read, since)
    inputs = {**spread_inputs(touched), "untouched": untouched.count, "untouched_oldest": untouched.worst}
    del inputs["weighted"]
    zone = ZoneInfo(asked.company.time_zone)
    note = f"Touches until {until.astimezone(zone):%-d %B %Y %H:%M}."
    return Measure("first_touch", touched.mean, inputs, note=note, until=until)


def _calls(readings: Readings, since: dt.date) -> Measure:
    called = calls.made(readings, since=since)
    inputs = {"answered": called.answered, "made": called.made, "right_person": called.decided}
    return Measure("contact_rate", called.contact_rate, inputs)


def _holds(asked: Asked, since: dt.date) -> Measure:
    begins_at, ends_at = _span(asked, since)
    company, customers = asked.company, derived.customers_of(asked)
    looked = waiting_times.until_looked_at(
        company=company, customers=customers, since=begins_at, until=ends_at
    )
    decided = waiting_times.until_decided(
        company=company, customers=customers, since=begins_at, until=ends_at
    )
    hours = None if looked.hours is None else Decimal(str(looked.hours))
    inputs = {
        "looked_at": looked.number,
        "waiting_unseen": looked.unseen,
        "requests_decided": decided.number,
        "request_hours": None if decided.hours is None else Decimal(str(decided.hours)),
    }
    return Measure("hold_hours", hours, inputs)


def _span(asked: Asked, since: dt.date) -> tuple[dt.datetime, dt.datetime]:
    zone = ZoneInfo(asked.company.time_zone)
    return (
        dt.datetime.combine(since, dt.time(), zone),
        dt.datetime.combine(asked.day, dt.time.max, zone),
    )
