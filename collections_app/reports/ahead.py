"""Readings of the whole ledger that the first reader of a day would wait for, read once the night is over and
kept (``kept_readings``). Whoever comes earlier, or after the next posting, reads the same and waits.
"""

import datetime as dt

from collections_app.ledger.companies import Company
from collections_app.reports import cash, measures
from collections_app.reports.derived import Asked


def read(*, company: Company, day: dt.date) -> None:
    """All measures of the end of ``day``, and the cash of its month."""
    measures.measured(company=company, day=day)
    cash.of(Asked(company, day), currency=company.currency, today=day)
