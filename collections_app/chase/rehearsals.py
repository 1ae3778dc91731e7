"""A rehearsal: the chase list of another day, derived as the night would and then forgotten.

The list that people work is the stored one. Asking for that of another day, or asking why somebody was not on
it, must not disturb it: everything is derived in a transaction that is rolled back.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from collections_app.behaviour import habits, positions
from collections_app.chase import entries
from collections_app.forecasting import forecasts
from collections_app.ledger.companies import Company
from collections_app.segmentation import assignments, versions


@contextmanager
def list_of(*, company: Company, day: dt.date, at: dt.datetime) -> Iterator[bool]:
    """Inside the block the entries of ``company`` are those of ``day``: stored ones (true), or rehearsed
    (false).
    """
    if entries.is_stored(company=company, day=day):
        yield True
        return
    with transaction.atomic():
        positions.measure(company=company, today=day)
        habits.measure(company=company, today=day)
        versions.ensure_default(company=company, by=None, at=at)
        assignments.assign(company=company, today=day)
        forecasts.make(company=company, today=day, at=at)
        entries.refresh(company=company, today=day, at=at)
        try:
            yield False
        finally:
            transaction.set_rollback(True)
