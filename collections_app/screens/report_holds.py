"""The strip of orders on hold: what waits, and how long sales wait for a decision; and where insurers and the
team are looked after.
"""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse

from collections_app.holds import waiting_times
from collections_app.reports import conversions, dashboards, derived, piece_params, pieces
from collections_app.reports.narrowing import ALL
from collections_app.reports.rules import months
from collections_app.screens import insurance
from collections_app.screens.report_filters import Filters
from collections_app.screens.report_links import pieces_url
from collections_app.screens.scoping import Scope


def drawn(scope: Scope, filters: Filters) -> dict[str, Any]:
    """What waited at the end of the day, and the waiting of the three months until then."""
    asked = filters.asked
    sums = pieces.summed(asked, "holds")
    telling = conversions.telling(
        asked,
        currency=filters.currency or scope.company.currency,
        into=filters.into,
        currencies={each.currency for each in sums},
    )
    told = [each for each in sums if each.currency in telling.rates]
    since = months.first_of(asked.day, back=dashboards.PERIOD_MONTHS - 1)
    begins_at = dt.datetime.combine(since, dt.time(), ZoneInfo(asked.company.time_zone))
    customers, ends_at = derived.customers_of(asked), piece_params.end_of(asked)
    of_company = {"company": scope.company.code}
    return {
        "found": telling,
        "since": since,
        "amount": telling.told({each.currency: each.amount for each in told}),
        "number": sum(each.number for each in told),
        "url": pieces_url(scope, filters, "holds", currency=telling.currency),
        "decided": waiting_times.until_decided(
            company=asked.company, customers=customers, since=begins_at, until=ends_at
        ),
        "looks": waiting_times.until_looked_at(
            company=asked.company, customers=customers, since=begins_at, until=ends_at
        ),
        "decided_url": pieces_url(scope, filters, "requests_decided", number=dashboards.PERIOD_MONTHS),
        "unseen_url": pieces_url(scope, filters, "holds_unseen", number=dashboards.PERIOD_MONTHS),
        "holds_url": reverse("holds", kwargs=of_company),
        "insurer": insurance.heard(scope) if asked.narrowed == ALL and asked.day == scope.today else None,
        "insurance_url": reverse("insurance", kwargs=of_company),
    }
