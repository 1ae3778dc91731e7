"""What a converted change is made of: what stood in each currency at one end of a month and at the other."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from django.urls import reverse

from collections_app.reports import customer_sums, placements
from collections_app.reports.derived import Asked
from collections_app.reports.rules import months
from collections_app.reports.rules.parts import PARTS
from collections_app.reports.rules.totals import FIRSTS
from collections_app.screens.report_filters import Filters
from collections_app.screens.report_links import pieces_url
from collections_app.screens.scoping import Scope

# By which pieces those parts are listed that are no ages.
DISPUTED = {"disputed": "in_dispute", "disputed_overdue": "disputed"}
# The parts of a standing that a change is of, and whether they add to it or are taken off.
SIGNED_PARTS = {
    "moved_not_due": {"not_due": 1, "disputed": -1, "disputed_overdue": 1},
    "moved_disputed": {"disputed": 1},
    "moved_overdue": {**{f"overdue_{first}": 1 for first in FIRSTS}, "disputed_overdue": -1},
}
# What those who moved brought or took: who they are is not kept by currency, so it is told in each by itself.
UNCONVERTED = {"moved_along"}
LABELS = {"disputed": "In dispute", "disputed_overdue": "Overdue and in dispute"}


@dataclass(frozen=True, slots=True)
class Part:
    """What stood in a part of one currency at one end; ``sign`` says whether it is taken off."""

    currency: str
    label: str
    own: Decimal
    sign: int
    url: str


def found(scope: Scope, filters: Filters, what: str) -> list[Part]:
    """The parts of both ends that are not zero, by currency, those of the later end first."""
    day = filters.asked.day
    ends = {day: 1, months.first_of(day) - months.DAY: -1}
    parts = [each for end, sign in ends.items() for each in _at(scope, filters, what, end, sign)]
    return sorted(parts, key=lambda each: each.currency)


def _at(scope: Scope, filters: Filters, what: str, end: dt.date, sign: int) -> Iterator[Part]:
    for currency, (standing, _) in customer_sums.kept_by_currency(_placed(filters, end)).items():
        for name, each in SIGNED_PARTS[what].items():
            if own := getattr(standing, name):
                words = LABELS[name] if name in LABELS else PARTS[name].label
                label = f"{words}, {end:%-d %B %Y}{', taken off' * (each * sign < 0)}"
                yield Part(currency, label, own, each * sign, _url(scope, filters, name, end, currency))


def _placed(filters: Filters, end: dt.date) -> Asked:
    asked = replace(filters.asked, day=end, spans=None)
    return placements.as_kept(asked, before=filters.kept_before) if filters.kept_before else asked


def _url(scope: Scope, filters: Filters, name: str, end: dt.date, currency: str) -> str:
    own = {"into": "", "rates_on": "", "currency": currency, "as_of": end.isoformat()}
    if name in DISPUTED:
        return pieces_url(scope, filters, DISPUTED[name], more=own)
    address = reverse("report_customers", kwargs={"company": scope.company.code})
    return f"{address}?{filters.address(**own, part=name)}"
