"""The kinds of pieces: by which statement each is read, and with which parameters. ``pieces`` lists and adds
them.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from collections_app.contact import dispute_figures
from collections_app.contact.promise_rates import RATE_DAYS
from collections_app.contact.rules import dispute_rates
from collections_app.forecasting.forecasts import ForecastWeek
from collections_app.lib import money
from collections_app.lib.sql import Statement, array
from collections_app.reports import derived
from collections_app.reports.derived import PLACED, ROLLED, SETTLED, TOOK, TOUCHED, Asked
from collections_app.reports.rules import months
from collections_app.reports.rules.measuring import COHORT_STEPS

Params = Callable[[Asked, int, str], dict[str, Any]]


class Unknown(ValueError):
    """An address that asks for pieces that there are not."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One sum: what its pieces are read by, with which parameters, and how they are told. Sums that are
    worked out by the month are rounded by the month too.
    """

    label: str
    listed: Statement
    summed: Statement
    params: Params
    is_by_month: bool = False
    is_by_size: bool = False
    is_counted: bool = False


def _kind(label: str, pieces: Statement, params: Params, **more: bool) -> Kind:
    return Kind(
        label,
        Statement(__file__, "list_pieces", after=pieces),
        Statement(__file__, "sum_pieces", after=pieces),
        params,
        **more,
    )


def _settled(what: str) -> Params:
    def params(asked: Asked, number: int, of: str) -> dict[str, Any]:
        since = months.first_of(asked.day, back=number - 1)
        return asked.params(since=since, what=what)

    return params


def _open(asked: Asked, number: int, of: str) -> dict[str, Any]:
    """``of`` are months (2026-03), and for what is older than any of a year ``before``."""
    named = [each for each in of.split(",") if each and each != "before"]
    oldest = months.first_of(asked.day, back=number - 1)
    return asked.params(
        months=[_month(each) for each in named], before=oldest if "before" in of.split(",") else None
    )


def _unpaid(asked: Asked, number: int, of: str) -> dict[str, Any]:
    """``of`` is the step, and whether what was in dispute is meant: 60.all, 60.ever or 60.never."""
    step, _, disputes = of.partition(".")
    if step not in {str(each) for each in COHORT_STEPS} or disputes not in ("all", "ever", "never"):
        raise Unknown(of)
    since, until = derived.cohort_of(asked.day)
    return asked.params(since=since, until=until, step=int(step), disputes=disputes)


def of_customers(asked: Asked) -> dict[str, Any]:
    """What statements take that are of some customers or of all. One query where it is narrowed."""
    customers = derived.customers_of(asked)
    return {
        "company": asked.company.pk,
        "zone": asked.company.time_zone,
        "day": asked.day,
        "customers": None if customers is None else array(customers),
    }


def _fallen(what: str) -> Params:
    def params(asked: Asked, number: int, of: str) -> dict[str, Any]:
        return {**of_customers(asked), "since": asked.day - dt.timedelta(RATE_DAYS), "what": what}

    return params


def _work(what: str) -> Params:
    def params(asked: Asked, number: int, of: str) -> dict[str, Any]:
        since, year_ago = months.first_of(asked.day, back=number - 1), asked.day - dt.timedelta(RATE_DAYS)
        return {**of_customers(asked), "since": since, "year_ago": year_ago, "what": what}

    return params


def _days(*kinds: str) -> Params:
    def params(asked: Asked, number: int, of: str) -> dict[str, Any]:
        return asked.params(since=months.first_of(asked.day, back=number - 1), kinds=list(kinds))

    return params


def _raised(what: str) -> Params:
    def params(asked: Asked, number: int, of: str) -> dict[str, Any]:
        return {**of_customers(asked), "since": months.first_of(asked.day, back=number - 1), "what": what}

    return params


def _due(asked: Asked, number: int, of: str) -> dict[str, Any]:
    """``of`` is the day; ``late`` before it for all that was due by it."""
    late, day = of.startswith("late"), _day(of.removeprefix("late"))
    return {**of_customers(asked), "first": None if late else day, "last": day}


def _disputes(asked: Asked, number: int, of: str) -> dict[str, Any]:
    """``of`` is the first day of an age, and the reason: 6.PRICE; either may be missing."""
    first, _, reason = of.partition(".")
    bands = {str(start): (start, end) for start, end, _ in dispute_rates.by_age({})}
    if first and first not in bands:
        raise Unknown(of)
    begins, ends = bands.get(first, (0, None))
    customers = derived.customers_of(asked)
    params = dispute_figures.params_of(asked.company, customers, since=asked.day, until=asked.day)
    return {**params, "reason": reason or None, "first": begins, "last": ends}


def _held(asked: Asked, number: int, of: str) -> dict[str, Any]:
    return {**of_customers(asked), "until": end_of(asked)}


RELEASED_MONTHS = 6
# Within so many days of the release, later, by credit notes or written off, and not at all.
RELEASED_PARTS = ("week", "month", "later", "otherwise", "unpaid")


def released(asked: Asked, number: int, of: str) -> dict[str, Any]:
    """``of`` is the month of the release and what of it: 2026-03.week; either may be missing."""
    month, _, what = of.partition(".")
    if what not in ("", "orders", "overdue", *RELEASED_PARTS):
        raise Unknown(of)
    since = months.first_of(asked.day, back=RELEASED_MONTHS - 1)
    return {
        **of_customers(asked),
        "since": since,
        "month": _month(month) if month else None,
        "what": what or None,
    }


ENDED_WEEKS = 8
ENDED_PARTS = ("kept", "partly", "broken")


def ended(asked: Asked, number: int, of: str) -> dict[str, Any]:
    """``of`` is the Monday of the week and what came of them: 2026-03-09.kept; either may be missing."""
    week, _, what = of.partition(".")
    if what not in ("", *ENDED_PARTS):
        raise Unknown(of)
    monday = asked.day - dt.timedelta(asked.day.weekday())
    since = _day(week) if week else monday - dt.timedelta(weeks=ENDED_WEEKS - 1)
    until = since + dt.timedelta(6) if week else asked.day
    return {**of_customers(asked), "since": since, "until": until, "what": what or None}


def end_of(asked: Asked) -> dt.datetime:
    """The last moment of the day."""
    return dt.datetime.combine(asked.day, dt.time.max, ZoneInfo(asked.company.time_zone))


def _expected(asked: Asked, number: int, of: str) -> dict[str, Any]:
    """From the day after the report's to the end of its month: a week that lies across counts by its working
    days.
    """
    found = ForecastWeek.objects.filter(forecast__company=asked.company, forecast__is_frozen=False)
    currencies = list(found.values_list("currency", flat=True).distinct().order_by("currency"))
    return {
        **of_customers(asked),
        "shares": months.week_shares(asked.day, asked.company.calendar.is_working_day),
        "currencies": currencies,
        "places": [money.minor_units(each) for each in currencies],
    }


def _missed(what: str) -> Params:
    def params(asked: Asked, number: int, of: str) -> dict[str, Any]:
        return {**of_customers(asked), "monday": _day(of), "what": what}

    return params


_SETTLED = Statement(__file__, "pieces_settled", after=SETTLED)
_UNPAID = Statement(__file__, "pieces_unpaid", after=ROLLED)
_FALLEN = Statement(__file__, "pieces_promises_fallen")
_RAISED = Statement(__file__, "pieces_disputes_raised")
_MISSED = Statement(__file__, "pieces_missed")
_OPEN = Statement(__file__, "pieces_open", after=PLACED)
_DISPUTED = Statement(__file__, "pieces_disputed", after=PLACED)
DUE = Statement(__file__, "pieces_promises_due")
_HELD = Statement(__file__, "pieces_holds")
RELEASED = Statement(__file__, "pieces_released")
ENDED = Statement(__file__, "pieces_promises_ended")
_EXPECTED = Statement(__file__, "pieces_expected")
_DAYS = Statement(__file__, "pieces_days", after=TOOK)
_TOUCHED = Statement(__file__, "pieces_touched", after=TOUCHED)
_WORK = Statement(__file__, "pieces_work")

KINDS: dict[str, Kind] = {
    "settled_by_credit": _kind(
        "Settled by credit notes or written off", _SETTLED, _settled("settled_by_credit"), is_by_month=True
    ),
    "paid": _kind("Set against invoices", _SETTLED, _settled("paid"), is_by_month=True),
    "paid_due": _kind(
        "Set against invoices with a due date", _SETTLED, _settled("paid_due"), is_by_month=True
    ),
    "paid_days": _kind("Amounts × days since issue", _SETTLED, _settled("paid_days"), is_by_month=True),
    "late_days": _kind("Amounts × days late", _SETTLED, _settled("late_days"), is_by_month=True),
    "open": _kind("Still open of these months", _OPEN, _open, is_by_month=True),
    "disputed": _kind("Overdue and in dispute", _DISPUTED, lambda asked, number, of: asked.params()),
    "unpaid": _kind("Unpaid of what fell due", _UNPAID, _unpaid),
    "promised": _kind("Promised, fallen due", _FALLEN, _fallen("promised")),
    "promise_received": _kind("Received for promises in time", _FALLEN, _fallen("received")),
    "promises_kept": _kind("Promises kept", _FALLEN, _fallen("kept"), is_counted=True),
    "promises_fallen": _kind("Promises fallen due", _FALLEN, _fallen("fallen"), is_counted=True),
    "dispute_raised": _kind("Disputed in the period", _RAISED, _raised("raised")),
    "dispute_invoiced": _kind("Invoices of the period", _RAISED, _raised("invoiced")),
    "disputes": _kind("Open disputes", dispute_figures.OPEN, _disputes),
    "promises_due": _kind("Promised and not paid yet", DUE, _due),
    "expected_rest": _kind("Expected in the rest of the month", _EXPECTED, _expected, is_by_size=True),
    "holds": _kind("Orders that wait", _HELD, _held),
    "promises_ended": _kind("Promised, by what came of it", ENDED, ended),
    "released": _kind("Overdue when an order was released", RELEASED, released),
    "missed": _kind("Came, less what was expected", _MISSED, _missed("missed"), is_by_size=True),
    "expected": _kind("Expected of the week", _MISSED, _missed("expected"), is_by_size=True),
    "came": _kind("Came in the week", _MISSED, _missed("came"), is_by_size=True),
}


# What is counted, by its label: of our work, and of invoices by the days that they took.
_COUNTED = {
    "calls_made": "Calls made",
    "calls_answered": "Calls answered",
    "calls_decided": "Calls with the right person",
    "commitments_met": "Commitments met",
    "commitments_fallen": "Commitments fallen due",
    "invoices_disputed": "Invoices disputed",
    "invoices_raised": "Invoices raised",
    "disputes_ended": "Disputes ended",
    "disputes_standing": "Disputes still open",
    "holds_looked_at": "Holds first looked at",
    "holds_unseen": "Holds that wait unseen",
    "requests_decided": "Requests decided",
}
KINDS |= {what: _kind(label, _WORK, _work(what), is_counted=True) for what, label in _COUNTED.items()} | {
    "touched": _kind("First touched", _TOUCHED, _settled("touched"), is_counted=True),
    "untouched": _kind("Open and not touched", _TOUCHED, _settled("untouched"), is_counted=True),
    "closed_late": _kind("Closed, with days late", _DAYS, _days("late"), is_counted=True),
    "closed_to_pay": _kind("Closed, with days to pay", _DAYS, _days("to_pay"), is_counted=True),
    "late_to_date": _kind("Closed and overdue, days late", _DAYS, _days("late", "open"), is_counted=True),
    "to_pay_to_date": _kind(
        "Closed and overdue, days to pay", _DAYS, _days("to_pay", "unpaid"), is_counted=True
    ),
}


def _month(text: str) -> dt.date:
    return _day(f"{text}-01")


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise Unknown(text) from error
