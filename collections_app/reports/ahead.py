"""Readings of the whole ledger that the first reader would wait for, read once the night is over, and again
once files came in, and kept. Whoever comes earlier reads the same and waits.
"""

import datetime as dt

from collections_app.contact.dispute_figures import PERIOD_DAYS
from collections_app.ledger.companies import Company
from collections_app.reports import cash, dashboards, measure_sums, measures, pieces, respect, workloads
from collections_app.reports.derived import Asked
from collections_app.reports.piece_kinds import KINDS
from collections_app.reports.rules import months


def read(*, company: Company, day: dt.date, at: dt.datetime) -> None:
    """What each customer adds to the measures of the end of ``day``, all measures, the dashboard, the cash of
    its month, how customers were treated, how the work is spread, what was invoiced in a year, and what moved
    in the newest month that is over.
    """
    measure_sums.keep(company=company, day=day, at=at)
    asked = Asked(company, day)
    measures.measured(company=company, day=day)
    measures.agreements(asked)
    dashboards.of(asked)
    cash.of(asked, currency=company.currency, today=day)
    respect.figures(company, today=day)
    workloads.loads(company, today=day)
    measure_sums.invoiced(asked, since=day - dt.timedelta(days=PERIOD_DAYS - 1))
    over = Asked(company, months.first_of(day) - months.DAY)
    for what, kind in KINDS.items():
        # Of everybody nobody moves.
        if kind.is_between and what != "moved_along":
            pieces.listed(over, what, number=1, of="", currencies=[company.currency])
