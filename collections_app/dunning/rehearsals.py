"""A rehearsal: reminders of any day, derived as the night would and then forgotten."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from collections_app.behaviour import habits, positions
from collections_app.behaviour.positions import Position
from collections_app.dunning import procedures
from collections_app.ledger.companies import Company
from collections_app.segmentation import assignments


@contextmanager
def of_day(*, company: Company, day: dt.date, at: dt.datetime) -> Iterator[None]:
    """Inside the block everything that a run of ``day`` stands on is that of ``day``; afterwards nothing of
    it is there, nor of what was written in it. It is derived apart, so that nobody who saves something about
    a customer meanwhile waits for it.
    """
    with transaction.atomic():
        procedures.ensure_default(company=company, by=None, at=at)
        days = Position.objects.filter(company=company).values_list("day", flat=True).distinct()[:2]
        if list(days) != [day]:
            positions.rehearse(company=company, today=day)
            habits.rehearse(company=company, today=day)
            assignments.rehearse(company=company, today=day)
        try:
            yield
        finally:
            transaction.set_rollback(True)
