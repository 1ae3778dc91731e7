"""Working days by country, subdivision and weekend. Holidays come from the ``holidays`` library."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

import holidays

SATURDAY_AND_SUNDAY = (5, 6)


@lru_cache(maxsize=512)
def _public_holidays(country: str, subdivision: str, year: int) -> frozenset[dt.date]:
    if country not in holidays.list_supported_countries():
        return frozenset()
    return frozenset(holidays.country_holidays(country, subdiv=subdivision or None, years=year))


def subdivisions(country: str) -> frozenset[str]:
    """The parts of a country that have holidays of their own, such as BY in DE; none for
    an unknown country.
    """
    return frozenset(holidays.list_supported_countries().get(country, ()))


@lru_cache(maxsize=512)
def usual_weekend(country: str) -> tuple[int, ...]:
    """The weekday numbers of rest that a country keeps, such as Friday and Saturday in Egypt; Saturday and
    Sunday in one that nobody knows.
    """
    if country not in holidays.list_supported_countries():
        return SATURDAY_AND_SUNDAY
    return tuple(sorted(holidays.country_holidays(country).weekend))


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked. ``weekend`` holds weekday numbers, Monday 0 to Sunday 6."""

    country: str = ""
    subdivision: str = ""
    weekend: tuple[int, ...] = SATURDAY_AND_SUNDAY

    def is_working_day(self, day: dt.date) -> bool:
        """Neither a weekend day nor a public holiday. An unknown country has no holidays."""
        return day.weekday() not in self.weekend and day not in _public_holidays(
            self.country, self.subdivision, day.year
        )

    def next_working_day(self, day: dt.date) -> dt.date:
        """The first working day after ``day``."""
        return self.add(day, 1)

    def on_or_after(self, day: dt.date) -> dt.date:
        """``day`` itself when it is worked, otherwise the next working day."""
        return day if self.is_working_day(day) else self.next_working_day(day)

    def add(self, day: dt.date, working_days: int) -> dt.date:
        """The day that lies ``working_days`` working days after ``day`` (before it when negative)."""
        step = dt.timedelta(days=1 if working_days >= 0 else -1)
        left = abs(working_days)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def count(self, after: dt.date, until: dt.date) -> int:
        """The working days after ``after``, up to and with ``until``; none when that lies before."""
        span = (until - after).days
        return sum(self.is_working_day(after + dt.timedelta(days=day)) for day in range(1, span + 1))

    def has_worked(self, hours: int, *, since: dt.datetime, until: dt.datetime) -> bool:
        """Whether more than ``hours`` lie between two moments, days of rest not counted; days are those of
        the zone of ``since``.
        """
        left, until = dt.timedelta(hours=hours), until.astimezone(since.tzinfo)
        while left >= dt.timedelta(0) and since < until:
            midnight = dt.datetime.combine(since.date() + dt.timedelta(days=1), dt.time(), since.tzinfo)
            end = min(until, midnight)
            if self.is_working_day(since.date()):
                # As time passes, also on the days on which clocks change.
                left -= end.astimezone(dt.UTC) - since.astimezone(dt.UTC)
            since = end
        return left < dt.timedelta(0)

    def latest_with(self, working_days: int, until: dt.date) -> dt.date:
        """The last day after which at least ``working_days`` working days had passed on ``until``: what began
        then or earlier is so old. Turns an age in working days into one day that a query can compare with.
        """
        first_counted = self.add(until + dt.timedelta(days=1), -working_days)
        return first_counted - dt.timedelta(days=1) if working_days else until
