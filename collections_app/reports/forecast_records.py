"""The last weeks as they were expected on their Mondays, or on the first day of them that had a forecast, and
what came in them.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, cast

from django.db.models import Exists, OuterRef, Sum

from collections_app.forecasting.forecast_customers import ForecastCustomer
from collections_app.forecasting.forecasts import ForecastWeek
from collections_app.lib.money import ZERO
from collections_app.reports import derived
from collections_app.reports.derived import Asked
from collections_app.reports.narrowing import ALL

WEEKS = 12


@dataclass(slots=True)
class Week:
    """A week that has ended, by currency, as it was expected on ``day``. ``is_by_customer``: it is kept of
    whom it was expected.
    """

    monday: dt.date
    day: dt.date
    is_by_customer: bool = True
    expected: dict[str, Decimal] = field(default_factory=dict)
    came: dict[str, Decimal] = field(default_factory=dict)

    @property
    def is_late(self) -> bool:
        """Whether it had begun when it was forecast: what came before counts on neither side."""
        return self.day > self.monday


def weeks(asked: Asked) -> list[Week]:
    """The newest weeks that had ended by the day, the newest first. Two queries, three where it is narrowed,
    which leaves out the weeks of which nothing is kept by customer.
    """
    ended = ForecastWeek.objects.filter(
        forecast__company=asked.company,
        forecast__is_frozen=True,
        place=0,
        came__isnull=False,
        ends_on__lte=asked.day,
    )
    newest = ended.values_list("forecast__monday", flat=True).distinct().order_by("-forecast__monday")
    mondays = list(newest[:WEEKS])
    if asked.narrowed == ALL:
        kept = ForecastCustomer.objects.filter(forecast=OuterRef("forecast"))
        rows = ended.filter(forecast__monday__in=mondays).values(
            "forecast__monday", "forecast__day", "currency", "expected", "came", is_by_customer=Exists(kept)
        )
        return _joined(rows)
    customers = derived.customers_of(asked)
    theirs = ForecastCustomer.objects.filter(
        forecast__company=asked.company,
        forecast__is_frozen=True,
        forecast__monday__in=mondays,
        customer__any=customers or (),
    )
    summed = theirs.values("forecast__monday", "forecast__day", "currency").annotate(
        sum_expected=Sum("expected"), sum_came=Sum("came")
    )
    return _joined(
        {**row, "expected": row["sum_expected"], "came": row["sum_came"] or ZERO}
        for row in cast("Iterable[dict[str, Any]]", summed)
    )


def _joined(rows: Iterable[Mapping[str, Any]]) -> list[Week]:
    found: dict[dt.date, Week] = {}
    for row in rows:
        monday = row["forecast__monday"]
        week = found.setdefault(monday, Week(monday, row["forecast__day"], row.get("is_by_customer", True)))
        week.expected[row["currency"]] = row["expected"]
        week.came[row["currency"]] = row["came"]
    return sorted(found.values(), key=lambda week: week.monday, reverse=True)
