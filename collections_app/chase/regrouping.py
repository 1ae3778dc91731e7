"""What follows a change of who is treated how and by whom: everybody is placed anew, and the chase list
follows.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from collections_app.behaviour import positions
from collections_app.chase import entries
from collections_app.ledger.companies import Company
from collections_app.segmentation import assignments


@contextmanager
def following(*, company: Company, today: dt.date, at: dt.datetime) -> Iterator[None]:
    """The deed inside, the placing of all customers and the chase list of ``today``: all of it, or nothing.

    Positions are measured only when the list that stands is of another day; a night of today has done it.
    """
    with transaction.atomic():
        yield
        if not entries.is_stored(company=company, day=today):
            positions.measure(company=company, today=today)
        assignments.assign(company=company, today=today)
        entries.refresh(company=company, today=today, at=at)
