"""The cash of the month on the dashboard: received against what the night expects and what was aimed at."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse

from collections_app.lib import money
from collections_app.lib.money import ZERO
from collections_app.reports import cash
from collections_app.reports.cash import Cash, Day
from collections_app.reports.rules import months
from collections_app.screens import charts
from collections_app.screens.charts import Chart
from collections_app.screens.report_filters import Filters
from collections_app.screens.report_links import pieces_url
from collections_app.screens.report_words import Input, Tile, Working
from collections_app.screens.scoping import Scope
from collections_app.templatetags import formats

# A label every so many days fits under the picture.
LABELLED_EVERY = 5


@dataclass(frozen=True, slots=True)
class Row:
    """A day on which something came, with its receipts."""

    day: Day
    url: str


def read(scope: Scope, filters: Filters) -> Cash:
    """The month of the report."""
    currency = filters.currency or scope.company.currency
    return cash.of(filters.asked, currency=currency, into=filters.into, today=scope.today)


def drawn(scope: Scope, filters: Filters) -> dict[str, Any]:
    """The chart, with each day that opens its receipts."""
    found = read(scope, filters)
    currency = found.telling.currency
    day, of_company = filters.asked.day, {"company": scope.company.code}
    return {
        "found": found.telling,
        "cash": found,
        "drawn": picture(found),
        "rows": [
            Row(each, received_url(scope, filters, currency, each.day)) for each in reversed(found.days)
        ],
        "received_url": received_url(scope, filters, currency),
        "rest_url": pieces_url(scope, filters, "expected_rest", currency=currency),
        "is_narrowed": bool(filters.asked.narrowed.given),
        "is_today": day == scope.today,
        "target_url": f"{reverse('report_target', kwargs=of_company)}?{filters.address(currency=currency)}",
    }


def received_url(scope: Scope, filters: Filters, currency: str, day: dt.date | None = None) -> str:
    """What came in the month until the report's day; or on one day."""
    address = reverse("report_customers", kwargs={"company": scope.company.code})
    of_day = {"as_of": day.isoformat(), "since": day.isoformat()} if day else {}
    rates_on = filters.asked.day.isoformat() if filters.into and day else ""
    return f"{address}?{filters.address(part='received', currency=currency, rates_on=rates_on, **of_day)}"


def picture(found: Cash) -> Chart:
    """What came so far as a line, from there on what is expected, and the way to the target."""
    first, last = months.first_of(found.day), found.ends_on
    days = [first + months.DAY * number for number in range((last - first).days + 1)]
    came = {each.day: each.so_far for each in found.days}
    received: list[Decimal | None] = []
    so_far = ZERO
    for day in days:
        so_far = came.get(day, so_far)
        received.append(so_far if day <= found.day else None)
    series: list[tuple[str, charts.Values]] = [("received", received)]
    if found.target is not None:
        step = found.target / len(days)
        series.append(("target, in even steps", [step * (number + 1) for number in range(len(days))]))
    if found.forecast is not None and found.day < last:
        ends = {found.day: found.received, last: found.forecast}
        series.append(("expected to come, to the end of the month", [ends.get(day) for day in days]))
    labels = [str(day.day) if day.day % LABELLED_EVERY == 0 or day.day == 1 else "" for day in days]
    return charts.lines(labels, series)


def of_month(scope: Scope, filters: Filters) -> Tile:
    """The month in one figure, beside the same days of other months."""
    found = read(scope, filters)
    currency = found.telling.currency
    url, rest_url = received_url(scope, filters, currency), pieces_url(scope, filters, "expected_rest")
    changes = [
        f"{money.shown(abs(found.received - each.received), currency)} "
        f"{'more' if found.received >= each.received else 'less'} than by {each.until:%-d %B %Y}"
        for each in found.earlier
    ]
    inputs = [Input("received", money.shown(found.received, currency), url)]
    if found.target is not None:
        inputs.append(Input("target", money.shown(found.target, currency)))
        changes.insert(0, f"{formats.share(found.received / found.target)} of the target")
    if found.rest is not None:
        inputs.append(Input("expected in the rest of the month", money.shown(found.rest, currency), rest_url))
    working = Working(
        "Cash this month",
        f"until {found.day:%-d %B %Y}",
        money.shown(found.received, currency),
        "receipts of the month less what went back",
        inputs,
        (),
        "",
    )
    spark = charts.spark([each.so_far for each in found.days])
    value = formats.amount(found.received, currency, whole=True)
    return Tile("Cash this month", working.variant, value, changes, spark, [working])
