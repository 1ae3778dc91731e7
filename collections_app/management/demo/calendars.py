"""The working days of a company over the demo's years, looked up because every row asks for some."""

import datetime as dt
from bisect import bisect_left, bisect_right

from collections_app.lib.working_days import Calendar

DAY = dt.timedelta(days=1)


class WorkDays:
    """The days worked between ``first`` and ``last``, both included."""

    def __init__(self, calendar: Calendar, *, first: dt.date, last: dt.date) -> None:
        days = (first + DAY * n for n in range((last - first).days + 1))
        self.days = [day for day in days if calendar.is_working_day(day)]

    def on_or_after(self, day: dt.date) -> dt.date:
        """``day`` when it is worked, otherwise the next day that is."""
        return self.days[min(bisect_left(self.days, day), len(self.days) - 1)]

    def on_or_before(self, day: dt.date) -> dt.date:
        """``day`` when it is worked, otherwise the last day before it that was."""
        return self.days[max(bisect_right(self.days, day) - 1, 0)]

    def after(self, day: dt.date, working_days: int) -> dt.date:
        """The day that lies ``working_days`` working days after ``day``, or before it when negative."""
        place = bisect_right(self.days, day) - 1 + working_days
        return self.days[min(max(place, 0), len(self.days) - 1)]

    def between(self, first: dt.date, last: dt.date) -> list[dt.date]:
        """The days worked from ``first`` to ``last``, both included."""
        return self.days[bisect_left(self.days, first) : bisect_right(self.days, last)]


def month_end(day: dt.date) -> dt.date:
    """The last day of the month of ``day``."""
    return (day.replace(day=28) + 4 * DAY).replace(day=1) - DAY


def next_fifteenth(day: dt.date) -> dt.date:
    """The first 15th of a month on or after ``day``."""
    return day.replace(day=15) if day.day <= 15 else (month_end(day) + DAY).replace(day=15)


def next_friday(day: dt.date) -> dt.date:
    """The first Friday on or after ``day``."""
    return day + DAY * ((4 - day.weekday()) % 7)


def due_day(issued_on: dt.date, terms: str) -> dt.date:
    """When an invoice is due: ``"30"`` is 30 days, ``"30 EOM"`` is 30 days and then the end of that month."""
    days, _, end_of_month = terms.partition(" ")
    due = issued_on + DAY * int(days)
    return month_end(due) if end_of_month else due
