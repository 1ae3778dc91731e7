"""The promises that are due within ten working days, and how many are kept."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse

from collections_app.lib import money
from collections_app.lib.money import ZERO
from collections_app.reports import conversions, promises_due, work_measures
from collections_app.reports.conversions import Telling
from collections_app.screens import charts, report_words
from collections_app.screens.report_filters import Filters
from collections_app.screens.report_links import list_of, pieces_of, pieces_url
from collections_app.screens.report_words import Drill
from collections_app.screens.scoping import Scope
from collections_app.templatetags import formats


@dataclass(frozen=True, slots=True)
class Column:
    """What is due on a day, or what was due before today and is in its grace."""

    label: str
    on: dt.date | None
    number: int
    amount: Decimal
    url: str


def drawn(scope: Scope, filters: Filters) -> dict[str, Any]:
    """The chart; promises are told as they stand now, so of no other day than today."""
    asked = filters.asked
    is_today = asked.day == scope.today
    found = promises_due.by_day(asked) if is_today else []
    telling = conversions.telling(
        asked,
        currency=filters.currency or scope.company.currency,
        into=filters.into,
        currencies={each.currency for each in found},
    )
    columns = _columns(scope, filters, found, telling)
    kept = work_measures.promises_kept(asked)
    drill = Drill(
        list_of(scope, filters, telling.currency, is_derived=True),
        pieces_of(scope, filters, is_derived=True),
        asked.day,
        1,
    )
    return {
        "found": telling,
        "is_today": is_today,
        "columns": columns,
        "drawn": charts.stacked(
            [each.label for each in columns], [_parts(each, telling) for each in columns]
        ),
        "kept": report_words.working(kept, drill),
        "promises_url": reverse("promises", kwargs={"company": scope.company.code}) if scope.may_work else "",
    }


def _columns(scope: Scope, filters: Filters, found: list[promises_due.Due], telling: Telling) -> list[Column]:
    if filters.asked.day != scope.today:
        return []
    days = promises_due.days(filters.asked)
    told = [each for each in found if each.currency in telling.rates]
    shown: list[dt.date | None] = [None, *sorted({*days, *(each.on for each in told if each.on)})]
    columns = []
    for on in shown:
        mine = [each for each in told if each.on == on]
        amounts: dict[str, Decimal] = {}
        for each in mine:
            amounts[each.currency] = amounts.get(each.currency, ZERO) + each.amount
        before = filters.asked.day - dt.timedelta(1)
        of = on.isoformat() if on else f"late{before.isoformat()}"
        columns.append(
            Column(
                f"{on:%a %-d}" if on else "late",
                on,
                sum(each.number for each in mine),
                telling.told(amounts),
                pieces_url(scope, filters, "promises_due", of=of, currency=telling.currency),
            )
        )
    return columns


def _parts(column: Column, telling: Telling) -> list[tuple[Decimal, str]]:
    """What is late has a pattern of its own, and neither is the empty one."""
    words = f"{formats.counted(column.number, 'promise')}: {money.shown(column.amount, telling.currency)}"
    return [*[(ZERO, "")] * (1 if column.on else 2), (column.amount, words)]
