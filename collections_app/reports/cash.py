"""The cash of a month: what came day by day, what is still expected of it, and the target it is held
against.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from collections_app.forecasting.forecasts import Forecast
from collections_app.lib.money import ZERO
from collections_app.lib.sql import Statement
from collections_app.reports import cash_targets, conversions, items, kept_readings, pieces
from collections_app.reports.conversions import Telling
from collections_app.reports.derived import PLACED, Asked
from collections_app.reports.narrowing import ALL
from collections_app.reports.rules import months

_BY_DAY = Statement(__file__, "sum_received_by_day", after=PLACED)


@dataclass(frozen=True, slots=True)
class Day:
    """What came on a day, and from the first of its month until its end."""

    day: dt.date
    received: Decimal
    so_far: Decimal


@dataclass(frozen=True, slots=True)
class Earlier:
    """What had come by the same day of an earlier month."""

    until: dt.date
    received: Decimal


@dataclass(frozen=True, slots=True)
class Cash:
    """``rest`` is what the last night expects from tomorrow to the end of the month, None where none can be
    told; ``target`` None where none is set, or where the report is of some customers only.
    """

    telling: Telling
    day: dt.date
    days: list[Day]
    earlier: list[Earlier]
    target: Decimal | None
    rest: Decimal | None = None

    @property
    def ends_on(self) -> dt.date:
        """The last day of the month."""
        return months.first_of(self.day, back=-1) - months.DAY

    @property
    def received(self) -> Decimal:
        """From the first of the month to the day."""
        return self.days[-1].so_far if self.days else ZERO

    @property
    def forecast(self) -> Decimal | None:
        """What the month comes to as the last night expects it."""
        return None if self.rest is None else self.received + self.rest


def of(asked: Asked, *, currency: str, into: str = "", today: dt.date | None = None) -> Cash:
    """The month of the day until its end, beside the same days of a month and of a year before; on ``today``
    also what is still expected. Both are kept for as long as nothing changes that they are of.
    """
    spans = _spans(asked.day)
    firsts, lasts = [first for first, _ in spans], [last for _, last in spans]
    readings = kept_readings.begin(asked)
    rows = readings.of(
        "received by day",
        lambda: items.rows(_BY_DAY, asked.params(firsts=firsts, lasts=lasts)),
        on=["postings"],
    )
    targets = cash_targets.of_month(asked.company, asked.day) if asked.narrowed == ALL else {}
    expected = _forecast_of(asked) if today == asked.day else None
    rests = (
        readings.of("expected rest", lambda: pieces.summed(asked, "expected_rest"), expected, on=[])
        if expected
        else None
    )
    known = {*(row["currency"] for row in rows), *targets, *(each.currency for each in rests or ())}
    telling = conversions.telling(asked, currency=currency, into=into, currencies=known)
    by_day: dict[dt.date, dict[str, Decimal]] = {}
    for row in rows:
        by_day.setdefault(row["day"], {})[row["currency"]] = row["amount"]
    found = [_days(by_day, first, last, telling) for first, last in spans]
    earlier = [
        Earlier(last, days[-1].so_far if days else ZERO)
        for (_, last), days in zip(spans[1:], found[1:], strict=True)
    ]
    aimed = telling.told(targets) if telling.knows(targets) else None
    rest = None if rests is None else telling.told({each.currency: each.amount for each in rests})
    return Cash(telling, asked.day, found[0], earlier, aimed, rest)


def _forecast_of(asked: Asked) -> int | None:
    """The forecast of the day, by its number."""
    standing = Forecast.objects.standing().filter(company=asked.company, day=asked.day)
    return standing.values_list("pk", flat=True).first()


def _spans(day: dt.date) -> list[tuple[dt.date, dt.date]]:
    """The month until the day; the same days of the month before, and of the month of the year before."""
    found = []
    for back in (0, 1, 12):
        first = months.first_of(day, back=back)
        last = months.first_of(day, back=back - 1) - months.DAY
        found.append((first, min(first.replace(day=min(day.day, last.day)), last)))
    return found


def _days(
    by_day: dict[dt.date, dict[str, Decimal]], first: dt.date, last: dt.date, telling: Telling
) -> list[Day]:
    """The days on which something came. What came until a day is rounded once by currency, as its list is."""
    so_far: dict[str, Decimal] = {}
    found = []
    for day in sorted(each for each in by_day if first <= each <= last):
        for currency, amount in by_day[day].items():
            so_far[currency] = so_far.get(currency, ZERO) + amount
        if telling.knows(by_day[day]):
            found.append(Day(day, telling.told(by_day[day]), telling.told(so_far)))
    return found
