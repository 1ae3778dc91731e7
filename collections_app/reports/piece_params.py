"""With which parameters each kind of pieces is read: of which days, of whom, and what of it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from collections_app.contact import dispute_causes, dispute_figures
from collections_app.contact.promise_rates import RATE_DAYS
from collections_app.contact.rules import dispute_rates
from collections_app.forecasting.forecasts import Forecast, ForecastWeek
from collections_app.lib import money
from collections_app.lib.sql import array
from collections_app.reports import addressed, derived
from collections_app.reports.addressed import Unknown
from collections_app.reports.derived import Asked
from collections_app.reports.narrowing import Narrowed
from collections_app.reports.rules import months
from collections_app.reports.rules.measuring import COHORT_STEPS, steps_over

Params = Callable[[Asked, int, str], dict[str, Any]]


def settled(what: str) -> Params:
    """Of the allocations of some months: by which sum they are told."""

    def params(asked: Asked, number: int, of: str) -> dict[str, Any]:
        since = months.first_of(asked.day, back=number - 1)
        return asked.params(since=since, what=what)

    return params


# What was collected, and of what all it is left.
COLLECTED = {"": "collected", "all": "settled", "credit": "settled_by_credit"}


def collected(asked: Asked, number: int, of: str) -> dict[str, Any]:
    """``of`` is empty for what came in money, ``all`` for all that was settled, ``credit`` for what was
    otherwise.
    """
    if of not in COLLECTED:
        raise Unknown(of)
    return settled(COLLECTED[of])(asked, number, "")


def still_open(asked: Asked, number: int, of: str) -> dict[str, Any]:
    """``of`` are months (2026-03), and for what is older than any of a year ``before``."""
    named = [each for each in of.split(",") if each and each != "before"]
    oldest = months.first_of(asked.day, back=number - 1)
    return asked.params(
        months=[addressed.month(each) for each in named], before=oldest if "before" in of.split(",") else None
    )


def unpaid(asked: Asked, number: int, of: str) -> dict[str, Any]:
    """``of`` is the step, and whether what was in dispute is meant: 60.all, 60.ever or 60.never; of what fell
    due in one month by itself with the month before it: 2026-03.60.all.
    """
    month, step, disputes = ["", "", *of.split(".")][-3:]
    if of.count(".") not in (1, 2) or disputes not in ("all", "ever", "never"):
        raise Unknown(of)
    since, until = derived.cohort_of(asked.day)
    steps: tuple[int, ...] = COHORT_STEPS
    if month:
        since = addressed.month(month)
        until, steps = months.first_of(since, back=-1) - months.DAY, steps_over(since, asked.day)
    if step not in {str(each) for each in steps}:
        raise Unknown(of)
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


def fallen(what: str) -> Params:
    """Of the promises that fell due in a year: what one of the rates counts."""

    def params(asked: Asked, number: int, of: str) -> dict[str, Any]:
        return {**of_customers(asked), "since": asked.day - dt.timedelta(RATE_DAYS), "what": what}

    return params


def work(what: str) -> Params:
    """Of our work in some months, or from the day that ``of`` names, and of commitments in a year: what is
    counted.
    """

    def params(asked: Asked, number: int, of: str) -> dict[str, Any]:
        since, year_ago = _since(asked, number, of), asked.day - dt.timedelta(RATE_DAYS)
        return {**of_customers(asked), "since": since, "year_ago": year_ago, "what": what}

    return params


def days(*kinds: str) -> Params:
    """Of invoices of some months: whose days, and of which kind."""

    def params(asked: Asked, number: int, of: str) -> dict[str, Any]:
        return asked.params(since=months.first_of(asked.day, back=number - 1), kinds=list(kinds))

    return params


def raised(what: str) -> Params:
    """Of some months, or from the day that ``of`` names: what was disputed, or invoiced."""

    def params(asked: Asked, number: int, of: str) -> dict[str, Any]:
        return {**of_customers(asked), "since": _since(asked, number, of), "what": what}

    return params


def due(asked: Asked, number: int, of: str) -> dict[str, Any]:
    """``of`` is the day; ``late`` before it for all that was due by it."""
    late, day = of.startswith("late"), addressed.day(of.removeprefix("late"))
    return {**of_customers(asked), "first": None if late else day, "last": day}


def disputes(asked: Asked, number: int, of: str) -> dict[str, Any]:
    """``of`` is the first day of an age, and the reason: 6.PRICE; either may be missing."""
    first, _, reason = of.partition(".")
    bands = {str(start): (start, end) for start, end, _ in dispute_rates.by_age({})}
    if first and first not in bands:
        raise Unknown(of)
    begins, ends = bands.get(first, (0, None))
    customers = derived.customers_of(asked)
    params = dispute_figures.params_of(asked.company, customers, since=asked.day, until=asked.day)
    return {**params, "reason": reason or None, "first": begins, "last": ends}


CAUSED_PARTS = ("contested", "credited")


def caused(asked: Asked, number: int, of: str) -> dict[str, Any]:
    """``of`` is the cause (empty for all), the first day and what of it: carrier.2026-01-01.credited."""
    cause, _, rest = of.partition(".")
    since, _, what = rest.partition(".")
    if cause not in {*dispute_causes.COUNTED, ""} or what not in CAUSED_PARTS:
        raise Unknown(of)
    return {**of_customers(asked), "cause": cause or None, "since": addressed.day(since), "what": what}


def held(asked: Asked, number: int, of: str) -> dict[str, Any]:
    """As it stood at the end of the day."""
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
        "month": addressed.month(month) if month else None,
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
    since = addressed.day(week) if week else monday - dt.timedelta(weeks=ENDED_WEEKS - 1)
    until = since + dt.timedelta(6) if week else asked.day
    return {**of_customers(asked), "since": since, "until": until, "what": what or None}


# So many working days of contacts, and days of first touches, are told of how work is spread.
CONTACT_WORKING_DAYS = 10
TOUCH_DAYS = 90


def touched(what: str) -> Params:
    """Of what became overdue in some months; ``of`` is the moment until which the figure was read, if any."""

    def params(asked: Asked, number: int, of: str) -> dict[str, Any]:
        since = months.first_of(asked.day, back=number - 1)
        return derived.of_few(asked).params(since=since, touched_until=addressed.moment(of), what=what)

    return params


def looked_after(asked: Asked, number: int, of: str) -> dict[str, Any]:
    """``of`` is the collector (an id)."""
    return of_customers(_with(asked, of))


def contacts(asked: Asked, number: int, of: str) -> dict[str, Any]:
    """``of`` is who made them (an id), whoever looks after the customer."""
    since = asked.company.calendar.add(asked.day, -CONTACT_WORKING_DAYS)
    return {**of_customers(asked), "since": since, "by": addressed.number(of)}


def touched_lately(asked: Asked, number: int, of: str) -> dict[str, Any]:
    """Of what became overdue within some weeks; ``of`` is the collector (an id), and the moment until which
    the figure was read: 12.2026-03-11T09:30:00+00:00; without one, as it stands.
    """
    collector, _, until = of.partition(".")
    given = {"since": asked.day - dt.timedelta(TOUCH_DAYS), "touched_until": addressed.moment(until)}
    return derived.of_few(_with(asked, collector)).params(**given, what="touched")


def end_of(asked: Asked) -> dt.datetime:
    """The last moment of the day."""
    return dt.datetime.combine(asked.day, dt.time.max, ZoneInfo(asked.company.time_zone))


def expected(asked: Asked, number: int, of: str) -> dict[str, Any]:
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


BY_CUSTOMER = "customers"


def missed(what: str) -> Params:
    """``of`` is the Monday: of its week what was expected, what came, or what was missed; by customer with
    2026-03-09.customers, and where it is not kept by invoice. One query more.
    """

    def params(asked: Asked, number: int, of: str) -> dict[str, Any]:
        monday, _, by = of.partition(".")
        if by not in ("", BY_CUSTOMER):
            raise Unknown(of)
        frozen = Forecast.objects.frozen().filter(company=asked.company, monday=addressed.day(monday)).first()
        return {
            **of_customers(asked),
            "forecast": frozen and frozen.pk,
            "compared": frozen and frozen.compared,
            "day": frozen and frozen.day,
            "what": what,
            "by_customer": bool(by) or not (frozen and frozen.is_by_invoice),
        }

    return params


def _with(asked: Asked, collector: str) -> Asked:
    return replace(asked, narrowed=Narrowed(collector=addressed.number(collector)))


def _since(asked: Asked, number: int, of: str) -> dt.date:
    return addressed.day(of) if of else months.first_of(asked.day, back=number - 1)
