"""When a target of what comes in a month may be set, and how far it is met. Pure."""

import datetime as dt
from decimal import Decimal

from collections_app.lib.refusals import Problem

# So many months ahead a target may be set: a budget is of a year, and of the next one before that begins.
AHEAD_MAX = 24


def problems_of_target(amount: Decimal | None, *, month: dt.date, today: dt.date) -> list[Problem]:
    """What stands in the way of a target of the month that begins with ``month``. One of a month that is over
    stays as it was while the month ran: nobody meets a target afterwards.
    """
    found = []
    ahead = (month.year - today.year) * 12 + month.month - today.month
    if amount is not None and amount <= 0:
        found.append(Problem("amount_not_positive", "A target is more than nothing; empty is none."))
    if ahead < 0:
        found.append(Problem("month_over", "This month is over; its target stays as it was."))
    if ahead > AHEAD_MAX:
        found.append(Problem("month_far", f"Set a target for at most {AHEAD_MAX} months ahead."))
    return found
