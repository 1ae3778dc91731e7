"""Calendar months: the pieces that sales, effectiveness and days to pay are summed over. Pure."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

DAY = dt.timedelta(days=1)


def first_of(day: dt.date, *, back: int = 0) -> dt.date:
    """The first day of the month of ``day``, or of the month so many months before it."""
    months = day.year * 12 + day.month - 1 - back
    return dt.date(months // 12, months % 12 + 1, 1)


def is_end(day: dt.date) -> bool:
    """Whether a month is over at the end of ``day``."""
    return first_of(day + DAY) == day + DAY


def days_until(first: dt.date, day: dt.date) -> int:
    """How many days of the month that begins at ``first`` have passed at the end of ``day``: all of a
    past one.
    """
    end = min(first_of(first, back=-1) - DAY, day)
    return (end - first).days + 1


def ends_before(day: dt.date, number: int) -> list[dt.date]:
    """The last days of the ``number`` months before that of ``day``, oldest first."""
    return [first_of(day, back=back) - DAY for back in range(number - 1, -1, -1)]


def week_shares(day: dt.date, is_working_day: Callable[[dt.date], bool]) -> list[Decimal]:
    """Of what is left of the week of ``day`` and of each week after it, the share of its working days (of all
    its days when none is) that lie after ``day`` and within its month.
    """
    end, begins, found = first_of(day, back=-1) - DAY, day, []
    while begins <= end:
        days = [begins + DAY * n for n in range(7 - begins.weekday())]
        counted = [each for each in days if is_working_day(each)] or days
        found.append(Decimal(sum(day < each <= end for each in counted)) / len(counted))
        begins = days[-1] + DAY
    return found
