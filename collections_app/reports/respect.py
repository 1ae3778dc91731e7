"""How we treat customers, by month, beside how fast they pay: what was said, called, promised and answered.

Of the company, never of a person; each figure has the list behind it.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from django.core.cache import cache

from collections_app.contact import contact_logs
from collections_app.dunning import customer_calendars
from collections_app.ledger.companies import Company
from collections_app.lib.sql import Statement
from collections_app.reports import calls, kept_readings
from collections_app.reports.derived import Asked
from collections_app.reports.kept_readings import Readings
from collections_app.reports.rules import months

_COUNTS = Statement(__file__, "respect_items", "respect_counts")
_LIST = Statement(__file__, "respect_items", "respect_list")
_COUNTRIES = Statement(__file__, "list_countries")
_WHERE = Statement(__file__, "tell_where_customers_are")
MONTHS = 6
PAGE_ROWS = 50
OPENS, CLOSES = dt.time(8), dt.time(18)
# Whatever came in a month is to be answered so soon after it.
STILL_OPEN_DAYS = 14
KEPT_SECONDS = 24 * 3600

# By kind and month: how many, and how many as they should be.
Counted = dict[tuple[str, dt.date], tuple[int, int]]


class Kind(StrEnum):
    """What is looked at."""

    WORDS = "words"
    COMMITMENTS = "commitments"
    CALL_BACKS = "call_backs"
    HOURS = "hours"
    REPLIES = "replies"
    DISPUTES = "disputes"


@dataclass(frozen=True, slots=True)
class Figure:
    """How many of a kind in a month, and how many of them were as they should be."""

    kind: Kind
    month: dt.date
    number: int
    good: int

    @property
    def share(self) -> Decimal | None:
        """Good / number; None where there was nothing."""
        return Decimal(self.good) / self.number if self.number else None


@dataclass(frozen=True, slots=True)
class Item:
    """One thing behind a figure. ``about`` is a subject, a reason, a time of day, or what was promised."""

    id: int
    customer_id: int | None
    customer: str
    on: dt.date
    about: str
    is_good: bool


def figures(company: Company, *, today: dt.date) -> dict[Kind, list[Figure]]:
    """By kind the figures of the last months, the newest first. Four queries; one more after a posting, and
    three once a day or after customers turned out to be elsewhere.
    """
    wanted = [months.first_of(today, back=n) for n in range(MONTHS)]
    # What was in time in a month that is long over stays so, and there is much of it.
    open_since = months.first_of(today - dt.timedelta(days=STILL_OPEN_DAYS))
    late = contact_logs.late_state(company)
    readings = kept_readings.begin(Asked(company, today))
    # Where a customer is says what time it was there, and whether they worked; it changes with a posting.
    where = readings.of(
        "where customers are", lambda: str(_WHERE.row({"company": company.pk})), on=["postings"]
    )
    ours = f"{company.pk} {company.time_zone} {company.calendar}"
    told = f"{kept_readings.code()} {ours} {today} {late} {where}"
    over = f"respect:{sha256(told.encode()).hexdigest()}"
    kept: Counted | None = cache.get(over)
    if kept is None:
        kept = _counted(company, wanted[-1], open_since - months.DAY, today=today)
        cache.set(over, kept, KEPT_SECONDS)
    found = kept | _newly_counted(readings, open_since, f"{late} {where}")
    return {
        kind: [Figure(kind, month, *found.get((kind.value, month), (0, 0))) for month in wanted]
        for kind in Kind
    }


def _newly_counted(readings: Readings, since: dt.date, told: str) -> Counted:
    """What is counted from ``since``, of which calls of days that are over are kept for as long as it is
    ``told`` alike: of whatever time of day they were, it is worked out for each.
    """
    company, today = readings.asked.company, readings.asked.day
    first = max(since, calls.live_from(company, at=min(readings.began_at, _end_of(today, company))))
    given = _params(company, since, today, today=today)
    found = _read({**given, "hours_since": first})
    if first == since:
        return found
    over = {**given, "until": first - months.DAY}

    def called() -> Counted:
        return {key: told for key, told in _read(over).items() if key[0] == Kind.HOURS}

    known = readings.of("calls by the hour", called, told, str(sorted(over.items())), on=())
    for key, (number, good) in known.items():
        more = found.get(key, (0, 0))
        found[key] = (number + more[0], good + more[1])
    return found


def _end_of(day: dt.date, company: Company) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.max, ZoneInfo(company.time_zone))


def figure(company: Company, kind: Kind, *, month: dt.date, today: dt.date) -> Figure:
    """The figure of one month (its first day), counted now as the list behind it is. Two queries."""
    until = min(months.first_of(month, back=-1) - dt.timedelta(days=1), today)
    found = _counted(company, month, until, today=today)
    return Figure(kind, month, *found.get((kind.value, month), (0, 0)))


def _counted(company: Company, since: dt.date, until: dt.date, *, today: dt.date) -> Counted:
    return _read(_params(company, since, until, today=today))


def _read(params: Mapping[str, Any]) -> Counted:
    rows = _COUNTS.rows(params)
    return {(row["kind"], row["month"]): (row["number"], row["good"]) for row in rows}


def items(
    company: Company, kind: Kind, *, month: dt.date, missed: bool = False, today: dt.date, page: int = 1
) -> tuple[list[Item], bool]:
    """A page of what is behind the figure of a month (its first day), what was missed first; and whether it
    is the last one. Two queries.
    """
    following = (month + dt.timedelta(days=31)).replace(day=1)
    until = min(following - dt.timedelta(days=1), today)
    given = _params(company, month, until, today=today)
    given |= {"kind": kind.value, "missed": missed, "limit": PAGE_ROWS + 1, "skip": (page - 1) * PAGE_ROWS}
    rows = _LIST.rows(given)
    found = [
        Item(row["id"], row["customer_id"], row["name"] or "", row["on_day"], row["about"], row["is_good"])
        for row in rows[:PAGE_ROWS]
    ]
    return found, len(rows) <= PAGE_ROWS


def _params(company: Company, since: dt.date, until: dt.date, *, today: dt.date) -> dict[str, Any]:
    """A reply is read on the next working day at the latest, and one of a day off on the first after it.
    Calls are judged by the days of rest in the customer's country, where it may be a day more or less.
    """
    days = [since + dt.timedelta(days=n) for n in range((until - since).days + 1)]
    rests = _rests(company, [since - months.DAY, *days, until + months.DAY])
    everywhere = set.intersection(*rests.values())
    there = [(country, day) for country, rested in rests.items() for day in rested - everywhere]
    return {
        "resting": sorted(everywhere),
        "rest_in": [country for country, _ in there],
        "rest_on": [day for _, day in there],
        "company": company.pk,
        "since": since,
        "hours_since": since,
        "until": until,
        "today": today,
        "zone": company.time_zone,
        "days": days,
        "answer_by": [company.calendar.next_working_day(each) for each in days],
        "opens": OPENS,
        "closes": CLOSES,
    }


def _rests(company: Company, days: list[dt.date]) -> dict[str, set[dt.date]]:
    """Which of some days are of rest, by the countries that customers are in (empty for those without one).
    One query.
    """
    countries = {"", *(row["country"] for row in _COUNTRIES.rows({"company": company.pk}))}
    calendars = {country: customer_calendars.of(country, "", company) for country in countries}
    return {
        country: {day for day in days if not calendar.is_working_day(day)}
        for country, calendar in calendars.items()
    }
