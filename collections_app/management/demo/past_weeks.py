"""The Mondays of the last weeks, as the product would have seen them: each is forecast from what was known
that morning and frozen, so that what was expected can be held against what came. Nothing of it is made up.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from django.db.models import F

from collections_app.behaviour import habits
from collections_app.forecasting import forecasts
from collections_app.ledger.allocations import Allocation
from collections_app.ledger.companies import Company
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.payments import Payment
from collections_app.management.demo.moments import DAY
from collections_app.segmentation import assignments, versions

WEEKS = 12
# When the night of a Monday is over; what Sunday's rows told came in hours before.
MORNING = dt.time(5)


def freeze(company: Company, *, before: dt.date) -> None:
    """Forecast the Mondays of the ``WEEKS`` weeks before that of a day, the oldest first."""
    monday = before - DAY * before.weekday()
    for weeks in range(WEEKS, 0, -1):
        day = monday - DAY * 7 * weeks
        at = dt.datetime.combine(day, MORNING, ZoneInfo(company.time_zone))
        versions.ensure_default(company=company, by=None, at=at)
        with _as_in_the_morning(company, day):
            habits.measure(company=company, today=day)
            assignments.assign(company=company, today=day)
            forecasts.compare(company=company, today=day)
            forecasts.make(company=company, today=day, at=at)


@contextmanager
def _as_in_the_morning(company: Company, day: dt.date) -> Iterator[None]:
    """Inside the block nothing is of ``day`` yet: the accounts system tells of a day in the next night."""
    of_company = {"company": company}
    found = [
        (model, name, list(model.objects.filter(**of_company, **{name: day}).values_list("pk", flat=True)))
        for model, name in (
            (Invoice, "posted_on"), (Invoice, "settled_on"), (Payment, "posted_on"),
            (Allocation, "posted_on"),
        )
    ]  # fmt: skip
    for model, name, ids in found:
        model.objects.filter(pk__in=ids).update(**{name: F(name) + DAY})
    try:
        yield
    finally:
        for model, name, ids in found:
            model.objects.filter(pk__in=ids).update(**{name: F(name) - DAY})
