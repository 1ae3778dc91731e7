"""How many calls were made and whom they reached: the days that are over are counted once, the last two
whenever somebody asks.

What was counted is kept under the state of late logs (``contact_logs.late_state``): one that is written or
taken back days later makes another name, so that both together are what all logs say.
"""

import datetime as dt
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, Value

from collections_app.contact import contact_logs
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.rules import Channel, Direction, Outcome
from collections_app.ledger.companies import Company
from collections_app.reports.derived import Asked, customers_of
from collections_app.reports.kept_readings import Readings
from collections_app.reports.rules import months
from collections_app.reports.rules.reaching import Calls

UNANSWERED = (Outcome.NO_ANSWER, Outcome.LEFT_MESSAGE)


def made(readings: Readings, *, since: dt.date) -> Calls:
    """Our calls from ``since`` to the day that is asked for, to whom it is narrowed."""
    asked = readings.asked
    first = live_from(asked.company, at=readings.began_at)
    last = min(asked.day, first - months.DAY)
    if not readings.version or last < since:
        return _counted(asked, since, asked.day)
    late = contact_logs.late_state(asked.company)
    over = readings.of("calls", lambda: _counted(asked, since, last), since, last, late, on=())
    return over.plus(_counted(asked, first, asked.day)) if asked.day >= first else over


def live_from(company: Company, *, at: dt.datetime) -> dt.date:
    """The first of the days whose logs may still be written or taken back in time: yesterday."""
    return at.astimezone(ZoneInfo(company.time_zone)).date() - months.DAY


def _counted(asked: Asked, since: dt.date, until: dt.date) -> Calls:
    called = Q(channel=Channel.CALL, direction=Direction.OUT)
    answered = ~Q(outcome__in=UNANSWERED)
    zone = ZoneInfo(asked.company.time_zone)
    span = dt.datetime.combine(since, dt.time(), zone), dt.datetime.combine(until, dt.time.max, zone)
    logs = ContactLog.objects.valid().filter(called, company=asked.company, at__range=span)
    customers = customers_of(asked)
    if customers is not None:
        logs = logs.filter(customer__any=customers)
    return Calls(
        **logs.aggregate(
            made=Count(Value(1)),
            answered=Count(Value(1), filter=answered),
            decided=Count(Value(1), filter=answered & ~Q(outcome=Outcome.WRONG_PERSON)),
        )
    )
