"""A forecast: what is expected to come each week from what is open on a day, by currency, with bands.

One stands, that of the last night. The first of a week is frozen: never changed again, and held against what
came as its weeks end. Weeks begin on Monday; the first is what is left of this one. What is expected of the
weeks and later or never, and what is disputed and set aside, come to what is open, to the penny. Open credit
notes and unallocated cash are not in it.
"""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Q

from collections_app.forecasting import expected_payments, payers
from collections_app.forecasting.rules import weeks
from collections_app.forecasting.rules.weeks import WEEKS
from collections_app.forecasting.sums import DISPUTED, Facts, Sum, Sums
from collections_app.ledger.companies import Company
from collections_app.ledger.customer_ranges import CustomerRange
from collections_app.lib import money
from collections_app.lib.sql import Statement

_COMPARE = Statement(__file__, "settle_weeks", "compare_customers", "compare_invoices", "compare_forecasts")
_FREEZE_CUSTOMERS = Statement(__file__, "freeze_customers")
_FREEZE_INVOICES = Statement(__file__, "freeze_invoices")
_FORGET_INVOICES = Statement(__file__, "forget_invoices")

# What comes to light about a week so many days after its end still corrects what came in it.
CORRECTED_DAYS = 35
# So long it is kept what a frozen forecast expected of each invoice: a year, and what it is held against.
INVOICES_KEPT_WEEKS = 60


def _money(**options: Any) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES, **options)


class ForecastQuerySet(models.QuerySet["Forecast"]):
    """Words for forecasts."""

    def frozen(self) -> "ForecastQuerySet":
        """Those of each week's first night."""
        return self.filter(is_frozen=True)

    def standing(self) -> "ForecastQuerySet":
        """The one of the last night."""
        return self.filter(is_frozen=False)


class Forecast(models.Model):
    """What was expected on ``day``, as known at ``made_at``."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    monday = models.DateField()  # of the week of that day
    is_frozen = models.BooleanField()
    # Whether it is kept of which invoices its first week was expected.
    is_by_invoice = models.BooleanField(default=False, db_default=False)
    # How often something new was written beside its weeks, their customers or invoices: what is read of them
    # is kept until then.
    compared = models.PositiveIntegerField(default=0, db_default=0)
    made_at = models.DateTimeField()

    objects: ClassVar[ForecastQuerySet] = ForecastQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "forecast"
        constraints = [
            models.UniqueConstraint(
                fields=["company"], condition=Q(is_frozen=False), name="company_has_one_standing_forecast"
            ),
            models.UniqueConstraint(
                fields=["company", "monday"],
                condition=Q(is_frozen=True),
                name="forecast_is_frozen_once_a_week",
            ),
        ]


class ForecastWeek(models.Model):
    """One week of a forecast in one currency; ``place`` counts from 0, and past the weeks stand ``LATER`` and
    ``DISPUTED``, which have no days and no bands.
    """

    forecast = models.ForeignKey(Forecast, on_delete=models.CASCADE, related_name="weeks", db_index=False)
    currency = models.CharField(max_length=3)
    place = models.PositiveSmallIntegerField()
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    expected = _money()
    low_50 = _money(null=True)
    high_50 = _money(null=True)
    low_80 = _money(null=True)
    high_80 = _money(null=True)
    # How far it may lie off as its invoices tell; bands are wider where earlier weeks were missed by more.
    deviation = _money(null=True)
    # Of a frozen one whose week has ended: the money that came for what was open then, and what credit notes
    # took off it instead.
    came = _money(null=True)
    credited = _money(null=True)
    # Of the standing one: how many invoices it is made of, and the largest of them (ids), in order.
    invoices = models.PositiveIntegerField(null=True)
    largest = ArrayField(models.BigIntegerField(), default=list, db_default=[])

    class Meta:
        db_table = "forecast_week"
        constraints = [
            models.UniqueConstraint(
                fields=["forecast", "currency", "place"], name="forecast_has_each_week_once"
            ),
            models.CheckConstraint(name="forecast_expects_nothing_below_zero", condition=Q(expected__gte=0)),
        ]


@transaction.atomic
def make(*, company: Company, today: dt.date, at: dt.datetime) -> int:
    """Expect what is open anew, keep the forecast of ``today`` as the standing one, and freeze it when it is
    the first of its week; the number of invoices expected.
    """
    sums = Sums()
    count = expected_payments.expect(company=company, today=today, seen=sums.see)
    _keep(company, today, sums, at=at)
    return count


@transaction.atomic
def make_range(
    *, company: Company, today: dt.date, within: CustomerRange, everybody: Iterable[payers.Told]
) -> tuple[int, Facts]:
    """Expect what is open of a range of customers anew, beside what ``payers.add_up`` told of ``everybody``:
    the number of invoices, and what they come to, for ``make_of_ranges``.
    """
    sums = Sums()
    count = expected_payments.expect(
        company=company, today=today, seen=sums.see, within=within, everybody=everybody
    )
    return count, sums.facts


@transaction.atomic
def make_of_ranges(*, company: Company, today: dt.date, told: Iterable[Facts], at: dt.datetime) -> None:
    """Keep the forecast of ``today`` once each range of customers was expected; ``told`` is what these came
    to, in the order of the ranges.
    """
    _keep(company, today, Sums.heard(told), at=at)


def _keep(company: Company, today: dt.date, sums: Sums, *, at: dt.datetime) -> None:
    Forecast.objects.standing().filter(company=company).delete()
    made = Forecast.objects.create(
        company=company, day=today, monday=weeks.monday_of(today), is_frozen=False, made_at=at
    )
    ForecastWeek.objects.bulk_create(_weeks(made, sums.by_currency, _stretches(company)))
    freeze(made)


def _stretches(company: Company) -> dict[str, float]:
    """By currency, how far the newest weeks that have ended were missed (``weeks.stretch``)."""
    ended = ForecastWeek.objects.filter(
        forecast__company=company, forecast__is_frozen=True, place=0, came__isnull=False, deviation__gt=0
    )
    missed: dict[str, list[float]] = {}
    rows = ended.order_by("-forecast__monday").values_list("currency", "expected", "came", "deviation")
    for currency, expected, came, deviation in rows:
        missed.setdefault(currency, []).append(float(abs(came - expected) / deviation))
    return {currency: weeks.stretch(each) for currency, each in missed.items()}


def freeze(standing: Forecast) -> bool:
    """Keep the standing forecast as that of its week, and of whom and of which invoices it expects it; forget
    the invoices of old ones. Nothing happens when the week has one.
    """
    if Forecast.objects.frozen().filter(company=standing.company_id, monday=standing.monday).exists():
        return False
    frozen = Forecast.objects.create(
        company_id=standing.company_id,
        day=standing.day,
        monday=standing.monday,
        is_frozen=True,
        is_by_invoice=True,
        made_at=standing.made_at,
    )
    copies = list(standing.weeks.all())
    for week in copies:
        week.pk, week.forecast, week.invoices, week.largest = None, frozen, None, []
    ForecastWeek.objects.bulk_create(copies)
    params = {"forecast": frozen.pk, "company": standing.company_id}
    _FREEZE_CUSTOMERS.execute(params)
    _FREEZE_INVOICES.execute(params)
    before = standing.monday - dt.timedelta(weeks=INVOICES_KEPT_WEEKS)
    _FORGET_INVOICES.execute({"company": standing.company_id, "before": before})
    return True


def compare(*, company: Company, today: dt.date) -> int:
    """Write beside each week of a frozen forecast that has ended what came in it, from whom and for which
    invoices; the weeks written. One statement: money that is set meanwhile is in all three or in none.
    """
    params = {"company": company.pk, "day": today, "corrected_days": CORRECTED_DAYS}
    return _COMPARE.execute(params)


def _weeks(made: Forecast, sums: dict[str, Sum], stretches: dict[str, float]) -> list[ForecastWeek]:
    ends = [made.day + dt.timedelta(days - 1) for days in weeks.days_left(made.day)]
    return [
        _week(made, currency, sums[currency], place, ends, stretches.get(currency, 1.0))
        for currency in sorted(sums)
        for place in range(WEEKS + 2)
    ]


def _week(
    made: Forecast, currency: str, found: Sum, place: int, ends: list[dt.date], stretched: float
) -> ForecastWeek:
    expected = weeks.amount_of(int(found.expected[place]))
    largest = found.largest[place]
    week = ForecastWeek(forecast=made, currency=currency, place=place, expected=expected)
    week.invoices, week.largest = largest.number, largest.ids
    if place < WEEKS:
        total = weeks.amount_of(int(found.expected[:DISPUTED].sum()))
        deviation = found.uncertain.deviation(place, expected=expected)
        band = found.uncertain.band(
            place, expected=expected, total=total, currency=currency, stretched=stretched
        )
        week.deviation = money.rounded(Decimal(deviation), currency)
        week.starts_on = ends[place - 1] + dt.timedelta(1) if place else made.day
        week.ends_on = ends[place]
        week.low_50, week.high_50 = band.low_50, band.high_50
        week.low_80, week.high_80 = band.low_80, band.high_80
    return week
