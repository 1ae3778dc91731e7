"""Readings of the whole ledger that the first reader would wait for, read once the night is over, and again
once files came in, and kept. Whoever comes earlier reads the same and waits.
"""

import datetime as dt

from collections_app.ledger.companies import Company
from collections_app.reports import cash, dashboards, measure_sums, measures
from collections_app.reports.derived import Asked


def read(*, company: Company, day: dt.date, at: dt.datetime) -> None:
    """What each customer adds to the measures of the end of ``day``, all measures, the dashboard, and the
    cash of its month.
    """
    measure_sums.keep(company=company, day=day, at=at)
    asked = Asked(company, day)
    measures.measured(company=company, day=day)
    measures.agreements(asked)
    dashboards.of(asked)
    cash.of(asked, currency=company.currency, today=day)
