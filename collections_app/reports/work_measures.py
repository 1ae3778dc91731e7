"""The measures of our own work: promises and our commitments kept, disputes, first touches, calls, holds;
and how much each collector looks after, by name. Nobody is ranked.

Each is told by the room that knows it; here it only gets its words and its working. What a room can narrow to
customers is narrowed, the rest is of the whole company and says so.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from collections_app.contact import dispute_figures, owing, promise_rates
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.promise_rates import RATE_DAYS
from collections_app.contact.rules import Channel, Direction, Outcome, dispute_rates
from collections_app.contact.rules.promise_rates import Fallen, overall
from collections_app.holds import waiting_times
from collections_app.ledger.customers import Customer
from collections_app.people.users import User
from collections_app.reports import derived
from collections_app.reports.derived import Asked
from collections_app.reports.narrowing import ALL
from collections_app.reports.rules.measuring import Measure, spread_inputs
from collections_app.reports.rules.paying import spread
from collections_app.reports.rules.reaching import Calls
from collections_app.reports.rules.totals import Standing

UNANSWERED = (Outcome.NO_ANSWER, Outcome.LEFT_MESSAGE)
WHOLE_COMPANY = "Of the whole company."


@dataclass(frozen=True, slots=True)
class Load:
    """What one collector looks after in one currency; nobody's customers have an empty name."""

    collector: str
    currency: str
    standing: Standing


def of(asked: Asked, *, since: dt.date) -> list[Measure]:
    """The measures of work from ``since`` to the day; those of a year where a period has too few."""
    return [
        *_promises(asked),
        _commitments(asked),
        *_disputes(asked, since),
        _first_touch(asked, since),
        _calls(asked, since),
        _holds(asked, since),
    ]


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


def _note(asked: Asked) -> str:
    return "" if asked.narrowed == ALL else WHOLE_COMPANY


def _customers(asked: Asked) -> list[int] | None:
    if asked.narrowed == ALL:
        return None
    names = {"segment": "assignment__segment__code", "collector": "assignment__collector"}
    given = {names.get(name, name): value for name, value in asked.narrowed.given.items()}
    if asked.narrowed.segment == "":
        given = {**given, "assignment__segment__isnull": True}
        del given["assignment__segment__code"]
    return list(Customer.objects.filter(company=asked.company, **given).values_list("pk", flat=True))


def promises_kept(asked: Asked) -> Measure:
    """The promise-kept rate of the last year by count."""
    return _by_count(_fallen(asked))


def _promises(asked: Asked) -> list[Measure]:
    fallen = _fallen(asked)
    return [_by_count(fallen), *(_by_value(each) for each in fallen)]


def _fallen(asked: Asked) -> list[Fallen]:
    year_ago = asked.day - dt.timedelta(RATE_DAYS)
    customers = _customers(asked)
    return promise_rates.fallen_due(company=asked.company, customers=customers, day=asked.day, since=year_ago)


def _by_count(fallen: list[Fallen]) -> Measure:
    kept, due = sum(each.kept for each in fallen), sum(each.count for each in fallen)
    return Measure("promise_kept", overall(fallen), {"kept": kept, "fallen_due": due})


def _by_value(fallen: Fallen) -> Measure:
    inputs = {"received": fallen.received, "promised": fallen.promised}
    return Measure("promise_kept_value", fallen.value_rate, inputs, fallen.currency)


def _commitments(asked: Asked) -> Measure:
    year_ago = asked.day - dt.timedelta(RATE_DAYS)
    met = owing.met_in_all(owing.met_by_owner(asked.company, today=asked.day, since=year_ago))
    inputs = {"met": met.met, "fallen_due": met.fallen_due}
    return Measure("commitments_met", met.share, inputs, note=_note(asked))


def _disputes(asked: Asked, since: dt.date) -> list[Measure]:
    found = dispute_figures.figures(company=asked.company, since=since, until=asked.day)
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
        Measure("dispute_rate", whole.dispute_rate, rate, note=_note(asked)),
        Measure("dispute_cycle", found.cycle_median, cycle, note=_note(asked)),
    ]


def _first_touch(asked: Asked, since: dt.date) -> Measure:
    found = derived.first_touches(asked, since=since)
    touched, untouched = spread(found["touched"]), spread(found["untouched"])
    inputs = {**spread_inputs(touched), "untouched": untouched.count, "untouched_oldest": untouched.worst}
    del inputs["weighted"]
    return Measure("first_touch", touched.mean, inputs)


def _calls(asked: Asked, since: dt.date) -> Measure:
    made = Q(channel=Channel.CALL, direction=Direction.OUT)
    answered = made & ~Q(outcome__in=UNANSWERED)
    logs = ContactLog.objects.valid().filter(company=asked.company, at__range=_span(asked, since))
    customers = _customers(asked)
    if customers is not None:
        logs = logs.filter(customer__in=customers)
    calls = Calls(
        **logs.aggregate(
            made=Count("pk", filter=made),
            answered=Count("pk", filter=answered),
            decided=Count("pk", filter=answered & ~Q(outcome=Outcome.WRONG_PERSON)),
        )
    )
    inputs = {"answered": calls.answered, "made": calls.made, "right_person": calls.decided}
    return Measure("contact_rate", calls.contact_rate, inputs)


def _holds(asked: Asked, since: dt.date) -> Measure:
    begins_at, _ = _span(asked, since)
    looked = waiting_times.until_looked_at(company=asked.company, since=begins_at)
    decided = waiting_times.until_decided(company=asked.company, since=begins_at)
    hours = None if looked.hours is None else Decimal(str(looked.hours))
    inputs = {
        "released": looked.number,
        "requests_decided": decided.number,
        "request_hours": None if decided.hours is None else Decimal(str(decided.hours)),
    }
    return Measure("hold_hours", hours, inputs, note=_note(asked))


def _span(asked: Asked, since: dt.date) -> tuple[dt.datetime, dt.datetime]:
    zone = ZoneInfo(asked.company.time_zone)
    return (
        dt.datetime.combine(since, dt.time(), zone),
        dt.datetime.combine(asked.day, dt.time.max, zone),
    )
